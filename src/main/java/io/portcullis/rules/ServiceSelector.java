package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Service whose selector fits no pod, a template that no longer fits the Service that selects it,
 * and a new one that nearly fits a Service that waits. What may still come is only suspected; what
 * is nearly there under another spelling is a mistake.
 */
public final class ServiceSelector implements Rule {
  private static final String ID = "service-selector";
  private static final FieldPath SELECTOR = FieldPath.of("spec", "selector");

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "A Service's selector fits the labels of pods, and pods keep the labels it asks for",
          Set.of(Kind.SERVICE, Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public boolean isQuick(Change change) {
    return true;
  }

  @Override
  public List<Finding> judge(Question question) {
    Optional<KubeObject> object = question.change().object();
    if (object.isPresent() && object.get() instanceof Service service) {
      return judge(service, question).stream().toList();
    }
    if (!(object.orElse(null) instanceof Workload now)) {
      return List.of();
    }
    return question.change().oldObject().orElse(null) instanceof Workload old
        ? Stranded.services(ID, old, now, question)
        : Awaited.by(ID, now, question);
  }

  private static Optional<Finding> judge(Service service, Question question) {
    if (service.selector().isEmpty() || service.type() == Service.Type.EXTERNAL_NAME) {
      return Optional.empty();
    }
    Labels wanted = service.selector().get();
    Carriers carriers = Carriers.in(service.namespace(), question);
    if (carriers.any(Selector.of(wanted)) || carriers.late().beyondControllers(wanted).isEmpty()) {
      return Optional.empty();
    }
    Optional<NearMiss> miss = NearMiss.find(Selector.of(wanted), carriers, service.name());
    return Optional.of(
        miss.filter(ServiceSelector::contradicts)
            .map(found -> contradiction(service, wanted, carriers, found))
            .orElseGet(() -> nothingYet(service, wanted, miss, question)));
  }

  /** What has its Service is complete, and something of a near name may still come. */
  private static boolean contradicts(NearMiss miss) {
    return miss.servedBy().isEmpty() || miss.slips().all().stream().allMatch(Slips.Slip::isOfCase);
  }

  private static Finding contradiction(
      Service service, Labels wanted, Carriers carriers, NearMiss miss) {
    Selector pods = Selector.of(wanted);
    return Finding.violation(
            ID,
            ObjectRef.of(service),
            SELECTOR.field(miss.slips().firstWrongKey()),
            "no pod has %s: did you mean %s (%s)?"
                .formatted(miss.slips().written(), miss.slips().meant(), miss.carrier()))
        .fix(miss.slips().fix("the selector"))
        .patch(miss.slips().patch(SELECTOR))
        .related(miss.related())
        .about(miss.slips().written().toString())
        .restsOn(
            List.of(
                miss.presence(),
                new Evidence.NothingMatches(
                    service.namespace(), pods, carriers.late().forTemplates(pods))));
  }

  private static Finding nothingYet(
      Service service, Labels wanted, Optional<NearMiss> miss, Question question) {
    return Finding.suspicion(
            ID,
            ObjectRef.of(service),
            SELECTOR,
            "no pod or workload has %s yet%s."
                .formatted(
                    wanted,
                    SelectorHints.about(
                        wanted,
                        service.namespace(),
                        miss,
                        "but a Service selects in its own only",
                        question)))
        .fix("apply the workload, or correct the selector.")
        .about(wanted.toString());
  }
}
