package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Service that leads to a port that the pods it selects do not declare, and a template that no
 * longer declares a port that a Service leads to. A name that nothing declares leads nowhere; a
 * number may be listened on all the same, so it is only suspected.
 */
public final class ServicePort implements Rule {
  private static final String ID = "service-port";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "A Service's targetPort is one that the pods it selects declare",
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
      return judge(service, question);
    }
    return object.isPresent() && object.get() instanceof Workload workload
        ? LostPorts.of(ID, workload, question)
        : List.of();
  }

  private static List<Finding> judge(Service service, Question question) {
    if (!Selected.isReachedByPorts(service)) {
      return List.of();
    }
    Selected selected = Selected.by(service, question);
    if (selected.isEmpty() || selected.hasSilent()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < service.ports().size(); i++) {
      PortRef target = service.ports().get(i).targetPort();
      if (!selected.declares(target, service.ports().get(i).protocol())) {
        UndeclaredPort port = new UndeclaredPort(service, i, selected, question);
        findings.add(
            switch (target) {
              case PortRef.ByName name -> port.named(ID, name);
              case PortRef.ByNumber number -> port.numbered(ID, number);
            });
      }
    }
    return findings;
  }
}
