package io.portcullis.cli.serve;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.watch.LiveReadException;
import io.portcullis.cluster.watch.LiveReader;
import io.portcullis.finding.Evidence;
import io.portcullis.judge.Confirmation;
import io.portcullis.judge.Deadline;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * Confirms denials by asking the API server, all at once. What can't be asked is unknown, and said
 * in the log: somebody gets a warning where there should have been a denial.
 */
final class LiveConfirmation implements Confirmation {
  private static final Logger LOG = Logger.getLogger("portcullis.live");

  private final LiveReader reader;

  LiveConfirmation(LiveReader reader) {
    this.reader = reader;
  }

  @Override
  public Answer confirm(List<Evidence> evidence, Deadline deadline) {
    long end = System.nanoTime() + deadline.left().toNanos();
    List<Callable<Answer>> questions =
        evidence.stream().<Callable<Answer>>map(each -> () -> ask(each, end)).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(questions)) {
        answers.add(answer.get());
      }
      return worst(answers);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.UNKNOWN;
    } catch (ExecutionException e) {
      LOG.error("A denial could not be confirmed and becomes a warning", e);
      return Answer.UNKNOWN;
    }
  }

  @Override
  public Optional<Namespace> namespace(String name, Deadline deadline) {
    long end = System.nanoTime() + deadline.left().toNanos();
    try {
      return reader.get(Kind.NAMESPACE, "", name, end).map(Namespace.class::cast);
    } catch (LiveReadException e) {
      LOG.warnf("Judged without the labels of the new namespace %s: %s", name, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public Optional<Cluster> refreshed(
      Cluster picture, Kind kind, String namespace, Deadline deadline) {
    long end = System.nanoTime() + deadline.left().toNanos();
    try {
      return Optional.of(picture.withAll(kind, namespace, reader.all(kind, namespace, end)));
    } catch (LiveReadException e) {
      LOG.warnf(
          "Judged by the picture alone: can't read the %s of %s: %s",
          kind.plural(), namespace, e.getMessage());
      return Optional.empty();
    }
  }

  private static Answer worst(List<Answer> answers) {
    if (answers.contains(Answer.NO)) {
      return Answer.NO;
    }
    return answers.contains(Answer.UNKNOWN) ? Answer.UNKNOWN : Answer.YES;
  }

  private Answer ask(Evidence evidence, long end) {
    try {
      return isSo(evidence, end) ? Answer.YES : Answer.NO;
    } catch (LiveReadException e) {
      LOG.warnf("A denial becomes a warning: can't confirm that %s: %s", evidence, e.getMessage());
      return Answer.UNKNOWN;
    }
  }

  private boolean isSo(Evidence evidence, long end) throws LiveReadException {
    return switch (evidence) {
      case Evidence.Present present -> {
        Optional<KubeObject> found =
            reader.get(present.kind(), present.namespace(), present.name(), end);
        yield found.filter(present.holds()).isPresent();
      }
      case Evidence.Absent absent ->
          reader.get(absent.kind(), absent.namespace(), absent.name(), end).isEmpty();
      case Evidence.SomePodMatches some -> reader.anyPodMatches(some.namespace(), some.pods(), end);
      case Evidence.NothingMatches nothing ->
          !reader.anyMatches(nothing.namespace(), nothing.pods(), nothing.templates(), end);
      case Evidence.NothingDeclares nothing ->
          !reader.anySpec(
              nothing.namespace(), nothing.pods(), nothing.templates(), nothing::isRefutedBy, end);
      case Evidence.AllHold all -> all.hold().test(reader.all(all.kind(), all.namespace(), end));
      case Evidence.NoNamespaceMatches none ->
          !reader.anyNamespaceMatches(none.namespaces(), none.except(), end);
    };
  }
}
