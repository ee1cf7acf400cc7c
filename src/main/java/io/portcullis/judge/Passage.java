package io.portcullis.judge;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.finding.Change;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Where changes of policies that guard something pass one after the other, so that each sees what
 * was let pass before it and is not stored yet: of two redundant policies that are deleted at the
 * same moment only one goes. Safe for any number of threads.
 */
final class Passage {
  /** After that an admitted change is stored, or never will be. */
  static final Duration LONGEST = Duration.ofSeconds(40);

  private record Id(Kind kind, String namespace, String name) {
    static Id of(KubeObject object) {
      return new Id(object.kind(), object.namespace(), object.name());
    }
  }

  /** A change that was let pass. */
  private record Passed(KubeObject old, Optional<KubeObject> now, Deadline until) {
    /** Whether an object is still the one that the change will replace; never one of a file. */
    boolean isAwaited(KubeObject stored) {
      Meta was = old.meta();
      Meta is = stored.meta();
      return !was.uid().isEmpty()
          && was.uid().equals(is.uid())
          && (now.isEmpty() || was.resourceVersion().equals(is.resourceVersion()));
    }
  }

  private final ReentrantLock turn = new ReentrantLock(true);

  /** Only for the one whose turn it is. */
  private final Map<Id, Passed> passed = new LinkedHashMap<>();

  /** What one says when it is its turn; empty where that does not come before the deadline. */
  Optional<Judgement> inTurn(Deadline deadline, Supplier<Judgement> judgement) {
    try {
      if (!turn.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(judgement.get());
    } finally {
      turn.unlock();
    }
  }

  /** What there will be once all is stored that was let pass; of policies that end, nothing. */
  Cluster ahead(Cluster stored, Change change) {
    passed.values().removeIf(each -> each.until().hasPassed());
    Optional<Id> own = change.oldObject().map(Id::of);
    Cluster next = stored;
    for (KubeObject policy : stored.in(change.target().namespace()).all(Kind.NETWORK_POLICY)) {
      if (own.filter(Id.of(policy)::equals).isEmpty()) {
        next = next.apply(ahead(policy));
      }
    }
    return next;
  }

  private Delta ahead(KubeObject stored) {
    Passed change = passed.get(Id.of(stored));
    if (stored.meta().ending()) {
      return Delta.between(Optional.of(stored), Optional.empty());
    }
    return change != null && change.isAwaited(stored)
        ? Delta.between(Optional.of(stored), change.now())
        : new Delta.Nothing();
  }

  /** Remembers a change that is let pass until it is stored. */
  void note(Change change, Deadline deadline) {
    change
        .oldObject()
        .ifPresent(old ->
            passed.put(
                Id.of(old),
                new Passed(old, change.object(), Deadline.in(LONGEST, deadline.clock()))));
  }
}
