package io.portcullis.finding;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A fact about another object that a finding rests on. Before a denial it is asked of the live
 * cluster, so that a stale picture never denies.
 */
public sealed interface Evidence {
  /**
   * An object is there, and is as the rule saw it.
   *
   * @param holds whether the object as read now still bears the finding out; pure and cheap
   */
  record Present(Kind kind, String namespace, String name, Predicate<KubeObject> holds)
      implements Evidence {
    @Override
    public String toString() {
      return kind.text() + " " + namespace + "/" + name + " is there";
    }
  }

  /** No object of that name is there. */
  record Absent(Kind kind, String namespace, String name) implements Evidence {
    @Override
    public String toString() {
      return kind.text() + " " + namespace + "/" + name + " is not there";
    }
  }

  /** At least one pod of the namespace has labels that match. */
  record SomePodMatches(String namespace, Selector pods) implements Evidence {
    @Override
    public String toString() {
      return "a pod in " + namespace + " matches " + pods;
    }
  }

  /**
   * No pod of the namespace and no workload's template in it has labels that match.
   *
   * @param pods what pods are asked with
   * @param templates what templates are asked with: less than {@code pods} asks where labels are
   *     added to pods on their way in
   */
  record NothingMatches(String namespace, Selector pods, Selector templates) implements Evidence {
    @Override
    public String toString() {
      return "nothing in " + namespace + " matches " + pods;
    }
  }

  /**
   * No pod of the namespace with such labels, and no template of a workload that none other makes,
   * declares the port or has a container that declares none at all.
   *
   * @param pods what pods are asked with
   * @param templates what templates are asked with; empty: templates are not asked
   */
  record NothingDeclares(
      String namespace,
      Selector pods,
      Optional<Selector> templates,
      PortRef port,
      Protocol protocol)
      implements Evidence {
    /** Whether pods of this spec say otherwise. */
    public boolean isRefutedBy(PodSpec spec) {
      return spec.hasSilentContainer() || spec.declares(port, protocol);
    }

    @Override
    public String toString() {
      return "nothing in %s that matches %s declares %s %s"
          .formatted(namespace, pods, protocol, port);
    }
  }

  /**
   * No namespace has labels that match.
   *
   * @param except the name of one that is not asked; empty: all are
   */
  record NoNamespaceMatches(Selector namespaces, String except) implements Evidence {
    @Override
    public String toString() {
      return "no namespace matches " + namespaces;
    }
  }

  /**
   * The objects of a kind in a namespace are, all of them together, as the rule saw them.
   *
   * @param hold whether those read now, in no order, still bear the finding out; pure and cheap
   */
  record AllHold(Kind kind, String namespace, Predicate<List<KubeObject>> hold)
      implements Evidence {
    @Override
    public String toString() {
      return "what " + kind.plural() + " are in " + namespace;
    }
  }
}
