package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.rules.WebhookBackends.Sureness;
import java.util.List;

/** What is said of backends of webhooks that a change cuts from the API server. */
record WebhookFindings(ConnectionFindings words) {
  /** One for each backend, a violation where it is sure and not by a policy that only closes. */
  List<Finding> of(List<WebhookBackends.Cut> cuts, boolean onlyCloses) {
    return cuts.stream().map(cut -> finding(cut, onlyCloses)).toList();
  }

  private Finding finding(WebhookBackends.Cut cut, boolean onlyCloses) {
    WebhookBackends.Backend backend = cut.backend();
    String message =
        "%s API server -> %s %s%s: %s (webhook %s of %s, failurePolicy %s%s)."
            .formatted(
                cut.sureness() == Sureness.MAY_BE_CLOSED_NOW ? "may cut" : "cuts",
                cut.pods().before().path(),
                cut.ports(),
                cut.sureness() == Sureness.MAY_SHARE_THE_NODE
                    ? ", unless it runs on their node"
                    : "",
                words.closed(
                    words
                        .question()
                        .reachAfter()
                        .between(Ways.ANYWHERE, cut.pods().after().endpoint()),
                    cut.ports(),
                    Direction.INGRESS),
                backend.webhook().name(),
                ObjectRef.of(backend.configuration()),
                backend.webhook().failurePolicy().text(),
                backend.others() == 0 ? "" : ", and " + backend.others() + " more");
    boolean isSure = cut.sureness() == Sureness.SURE && !onlyCloses;
    FieldPath path = ConnectionFindings.whole(words.question());
    Finding finding =
        isSure
            ? Finding.violation(words.rule(), words.question().ref(), path, message)
                .restsOn(evidence(cut))
            : Finding.suspicion(words.rule(), words.question().ref(), path, message);
    return finding
        .fix(onlyCloses ? ConnectionFindings.OPEN_NEXT : words.fix(opening(cut)))
        .about("webhooks behind " + backend.service().name() + " " + backend.port())
        .related(List.of(ObjectRef.of(backend.configuration()), ObjectRef.of(backend.service())));
  }

  private static String opening(WebhookBackends.Cut cut) {
    return "open "
        + cut.ports()
        + " by a rule without from, here or in a policy that you apply first: no selector means the"
        + " API server.";
  }

  /** That all is as the picture has it: who is called, by whom, and by which policies. */
  private List<Evidence> evidence(WebhookBackends.Cut cut) {
    return List.of(
        asSeen(cut.backend().configuration()),
        asSeen(cut.backend().service()),
        cut.pods().before().presence(words.question().before()),
        ConnectionFindings.policies(cut.pods().before().namespace(), words.question()));
  }

  private static Evidence asSeen(KubeObject object) {
    return new Evidence.Present(
        object.kind(),
        object.namespace(),
        object.name(),
        live -> !live.meta().ending() && live.facts().equals(object.facts()));
  }
}
