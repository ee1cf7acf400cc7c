package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend.ToService;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An Ingress that leads to a Service, or to a port of one, that is not there, and a Service that
 * goes, or gives up a port, while an Ingress leads to it. The Service may still come: that is only
 * suspected, unless one is there that is nearly called so. A port that an existing Service does not
 * have is a mistake.
 */
public final class IngressBackend implements Rule {
  private static final String ID = "ingress-backend";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "The Services and ports that an Ingress leads to exist",
          Set.of(Kind.INGRESS, Kind.SERVICE),
          Set.of(Operation.CREATE, Operation.UPDATE, Operation.DELETE),
          RuleInfo.View.OTHER_OBJECTS);

  /**
   * Stands for a port where the annotation below says what is done. It may be written later: Argo
   * Rollouts does.
   */
  static final PortRef ALB_ACTION = new PortRef.ByName("use-annotation");

  private static final String ALB_ACTIONS = "alb.ingress.kubernetes.io/actions.";

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
    if (object.isPresent() && object.get() instanceof Ingress ingress) {
      return judge(ingress, question);
    }
    return question.change().oldObject().isPresent()
            && question.change().oldObject().get() instanceof Service old
        ? LostBackends.of(ID, old, question)
        : List.of();
  }

  private static List<Finding> judge(Ingress ingress, Question question) {
    if (Ingresses.isAcmeSolver(ingress)) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    Set<ToService> told = new HashSet<>();
    for (Ingresses.At at : Ingresses.backends(ingress)) {
      if (at.backend() instanceof ToService to && !isAction(to, ingress) && told.add(to)) {
        findings.addAll(new MissingBackend(ID, ingress, at, to, question).findings());
      }
    }
    return findings;
  }

  /**
   * A load balancer's own answer or redirect, which is written where a Service stands elsewhere.
   */
  static boolean isAction(ToService to, Ingress ingress) {
    return to.port().equals(Optional.of(ALB_ACTION))
        && ingress.meta().annotations().containsKey(ALB_ACTIONS + to.service());
  }
}
