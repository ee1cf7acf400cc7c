package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.kube.WebhookConfiguration;
import io.portcullis.kube.WebhookConfiguration.Webhook;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import io.portcullis.reach.Clause;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.PeerMatcher;
import io.portcullis.reach.Reach;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The backends of admission webhooks that a change cuts from the API server.
 *
 * <p>Who calls a webhook is the API server, and no selector means it. It surely comes in where
 * nothing isolates the pods and by a rule for everybody. It may come in by any block, since nobody
 * says what its address is; and by pods of the cluster's own namespaces, since some clusters send
 * its calls through such pods (konnectivity, tunnels). What is still open to one of these is not
 * cut.
 */
final class WebhookBackends {
  /** Labels of nodes that the API server runs on. Source: kubeadm, before 1.24, RKE, MicroK8s. */
  private static final Set<String> CONTROL_PLANE =
      Set.of(
          "node-role.kubernetes.io/control-plane",
          "node-role.kubernetes.io/master",
          "node-role.kubernetes.io/controlplane",
          "node.kubernetes.io/microk8s-controlplane");

  /** How sure it is that calls are cut. */
  enum Sureness {
    /** They come in now, and no longer then. */
    SURE,
    /** Whether they come in now is not known. */
    MAY_BE_CLOSED_NOW,
    /** The API server may be on the node of the pods, from where everything comes in. */
    MAY_SHARE_THE_NODE
  }

  /**
   * A backend that is cut.
   *
   * @param pods the first of its pods that are
   * @param ports the pods'
   */
  record Cut(Backend backend, Touched.Moved pods, PortSet ports, Sureness sureness) {}

  /**
   * A Service that webhooks are behind.
   *
   * @param configuration the first that leads there, with the first webhook that does
   * @param others how many more webhooks do
   */
  record Backend(
      Service service, int port, WebhookConfiguration configuration, Webhook webhook, int others) {
    private Backend plusOne() {
      return new Backend(service, port, configuration, webhook, others + 1);
    }

    private boolean selects(End end) {
      Selector selector = Selector.of(service.selector().orElseThrow());
      return selector.matches(end.endpoint().labels());
    }

    /** Where the API server's calls arrive, unless the pods say that they listen elsewhere. */
    private PortSet ports(End end) {
      PortSet ports = PortSet.NONE;
      for (ServicePort each : service.ports()) {
        if (each.port() == port && each.protocol() == Protocol.TCP) {
          ports = ports.union(Served.on(end.endpoint(), each));
        }
      }
      return end.declared().isEmpty() ? ports : ports.intersection(end.declared());
    }
  }

  private final Question question;
  private final Reach before;
  private final Reach after;

  WebhookBackends(Question question) {
    this.question = question;
    this.before = question.reachBefore();
    this.after = question.reachAfter();
  }

  /** The backends among what is touched that are cut, each once. */
  List<Cut> cut(Touched touched) {
    List<Touched.Moved> receivers =
        touched.ends().stream()
            .filter(moved -> moved.directions().contains(Direction.INGRESS))
            .toList();
    return receivers.isEmpty()
        ? List.of()
        : backends(receivers.getFirst().before().namespace()).stream()
            .flatMap(backend -> cut(backend, receivers).stream())
            .toList();
  }

  private Optional<Cut> cut(Backend backend, List<Touched.Moved> receivers) {
    return receivers.stream()
        .filter(moved -> backend.selects(moved.before()) && backend.selects(moved.after()))
        .flatMap(moved -> cut(backend, moved).stream())
        .min(Comparator.comparing(Cut::sureness));
  }

  private Optional<Cut> cut(Backend backend, Touched.Moved moved) {
    PortSet called = backend.ports(moved.before());
    PortSet then = open(after, moved.after(), this::mayMean);
    PortSet sure = open(before, moved.before(), WebhookBackends::surelyMeans);
    PortSet maybe = open(before, moved.before(), WebhookBackends::meansFromOutside);
    PortSet cut = called.intersection(sure).minus(then);
    if (!cut.isEmpty()) {
      Sureness sureness = mayShareNode() ? Sureness.MAY_SHARE_THE_NODE : Sureness.SURE;
      return Optional.of(new Cut(backend, moved, cut, sureness));
    }
    PortSet perhaps = called.intersection(maybe).minus(then);
    return perhaps.isEmpty()
        ? Optional.empty()
        : Optional.of(new Cut(backend, moved, perhaps, Sureness.MAY_BE_CLOSED_NOW));
  }

  private static PortSet open(Reach reach, End end, Predicate<Clause> means) {
    Endpoint pod = end.endpoint();
    return reach.stance(pod, Direction.INGRESS).decide(means, Optional.of(pod)).open();
  }

  private static boolean surelyMeans(Clause clause) {
    return clause.matcher() instanceof PeerMatcher.Everybody;
  }

  private static boolean meansFromOutside(Clause clause) {
    return surelyMeans(clause)
        || (clause.action() == Action.ACCEPT && clause.matcher() instanceof PeerMatcher.Addresses);
  }

  private boolean mayMean(Clause clause) {
    return surelyMeans(clause) || (clause.action() == Action.ACCEPT && mayMean(clause.matcher()));
  }

  private boolean mayMean(PeerMatcher matcher) {
    return switch (matcher) {
      case PeerMatcher.Everybody _, PeerMatcher.Addresses _, PeerMatcher.Nobody _ -> true;
      case PeerMatcher.PodsHere _ -> false;
      case PeerMatcher.PodsOf of ->
          after.cluster().namespacesMatching(of.namespaceSelector()).stream()
              .filter(question.settings()::isExempt)
              .map(after.cluster()::in)
              .anyMatch(there ->
                  there.anyPodMatches(of.podSelector())
                      || there.anyTemplateMatches(of.podSelector()));
    };
  }

  /**
   * Whether the API server may be on the very node of the pods. Of two that it runs on, one is
   * another; where no node says that it runs there, it runs elsewhere, unless there is but one.
   */
  private boolean mayShareNode() {
    Collection<KubeObject> nodes = after.cluster().all(Kind.NODE);
    long planes =
        nodes.stream()
            .filter(node -> CONTROL_PLANE.stream().anyMatch(node.meta().labels()::has))
            .count();
    return planes == 1 || (planes == 0 && nodes.size() == 1);
  }

  /** The Services of a namespace that webhooks are behind, by the names of what leads there. */
  private Collection<Backend> backends(String namespace) {
    Contents here = question.after().in(namespace);
    Map<String, Backend> found = new LinkedHashMap<>();
    for (WebhookConfiguration configuration : configurations()) {
      for (Webhook webhook : configuration.webhooks()) {
        if (webhook.namespace().equals(namespace)) {
          here.service(webhook.service())
              .filter(service -> service.selector().isPresent())
              .filter(service -> service.type() != Service.Type.EXTERNAL_NAME)
              .ifPresent(service ->
                  found.merge(
                      service.name() + ":" + webhook.port(),
                      new Backend(service, webhook.port(), configuration, webhook, 0),
                      (first, _) -> first.plusOne()));
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  private List<WebhookConfiguration> configurations() {
    return Stream.of(Kind.VALIDATING_WEBHOOK_CONFIGURATION, Kind.MUTATING_WEBHOOK_CONFIGURATION)
        .flatMap(kind ->
            question.after().all(kind).stream().sorted(Comparator.comparing(KubeObject::name)))
        .map(WebhookConfiguration.class::cast)
        .toList();
  }
}
