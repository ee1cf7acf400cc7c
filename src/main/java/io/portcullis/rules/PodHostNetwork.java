package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Pods of a guarded namespace that are in the network of their node, or take a port of it: no
 * policy holds them there. Source: "Network Policies" in the Kubernetes documentation,
 * "NetworkPolicy and hostNetwork pods".
 */
public final class PodHostNetwork implements Rule {
  private static final String ID = "pod-host-network";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "Pods of guarded namespaces stay out of the network of their node",
          Set.of(
              Kind.POD,
              Kind.DEPLOYMENT,
              Kind.REPLICA_SET,
              Kind.STATEFUL_SET,
              Kind.DAEMON_SET,
              Kind.REPLICATION_CONTROLLER,
              Kind.JOB,
              Kind.CRON_JOB),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.THE_OBJECT);

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
    return guard(question).isOn(question.after())
        ? question.change().object().map(object -> judge(object, question)).orElse(List.of())
        : List.of();
  }

  private static List<Finding> judge(KubeObject object, Question question) {
    if (object instanceof Pod pod) {
      return judge(pod.spec(), FieldPath.of("spec"), question);
    }
    return object instanceof Workload workload
        ? judge(workload.template().spec(), template(workload.kind()), question)
        : List.of();
  }

  private static FieldPath template(Kind kind) {
    return kind == Kind.CRON_JOB
        ? FieldPath.of("spec", "jobTemplate", "spec", "template", "spec")
        : FieldPath.of("spec", "template", "spec");
  }

  private static List<Finding> judge(PodSpec spec, FieldPath path, Question question) {
    // In the network of the node the API server gives every port a hostPort of the same number.
    if (spec.hostNetwork()) {
      return List.of(hostNetwork(spec, path.field("hostNetwork"), question));
    }
    List<ContainerPort> ports = spec.ports().stream().filter(port -> port.hostPort() != 0).toList();
    return IntStream.range(0, ports.size())
        .mapToObj(i -> hostPort(ports.get(i), spec.hostPorts().get(i), question))
        .toList();
  }

  private static Finding hostNetwork(PodSpec spec, FieldPath path, Question question) {
    List<PatchOp> patch = new ArrayList<>();
    patch.add(new PatchOp.Remove(path.pointer()));
    // One that is written would stay, and be refused next.
    spec.hostPorts().forEach(port -> patch.add(new PatchOp.Remove(port.pointer())));
    return finding(
            path,
            "in the network of its node no NetworkPolicy holds a pod, and namespace %s is guarded."
                .formatted(question.change().target().namespace()),
            "take hostNetwork away, or run it in a namespace that is not guarded.",
            question)
        .patch(patch);
  }

  private static Finding hostPort(ContainerPort port, FieldPath path, Question question) {
    return finding(
            path,
            "hostPort %s/%d lets in by the node what NetworkPolicies may not see, and namespace %s is guarded."
                .formatted(
                    port.protocol(), port.hostPort(), question.change().target().namespace()),
            "take the hostPort away and put a Service in front of the pods.",
            question)
        .about("hostPort %s/%d".formatted(port.protocol(), port.hostPort()))
        .patch(List.of(new PatchOp.Remove(path.pointer())));
  }

  private static Finding finding(FieldPath path, String message, String fix, Question question) {
    return Finding.violation(ID, question.ref(), path, message)
        .fix(fix)
        .restsOn(List.of(guard(question).evidence()));
  }

  private static Guard guard(Question question) {
    return Guard.of(question.change().target().namespace(), question.settings());
  }
}
