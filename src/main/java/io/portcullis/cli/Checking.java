package io.portcullis.cli;

import io.portcullis.cli.report.Located;
import io.portcullis.cli.report.Report;
import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.cluster.manifests.Manifest;
import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.finding.Change;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.ObjectRef;
import io.portcullis.judge.Deadline;
import io.portcullis.judge.Judge;
import io.portcullis.judge.Judgement;
import io.portcullis.judge.RuleError;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.reach.Reach;
import io.portcullis.rules.RuleBook;
import io.portcullis.settings.Settings;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * One run of {@code check}: each object is judged in the picture that all of them make up, several
 * at a time.
 */
final class Checking {
  private final Judge judge;
  private final Settings settings;
  private final LocalDate today;
  private final Mode failOn;
  private final Map<ObjectRef, KubeObject> replaced = new HashMap<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();

  Checking(RuleBook book, Settings settings, LocalDate today, Mode failOn) {
    this.judge = new Judge(book);
    this.settings = settings;
    this.today = today;
    this.failOn = failOn;
  }

  /** Judges the manifests; the background is only seen. */
  Report check(Manifests manifests, Background background) {
    Cluster picture = background.with(manifests.objects());
    background.objects().forEach(there -> replaced.put(ObjectRef.of(there), there));
    // Each thread remembers what it looked up.
    ThreadLocal<Reach> whole = ThreadLocal.withInitial(() -> Reach.of(picture));
    Map<ObjectRef, Manifest> places = new HashMap<>();
    manifests.manifests().forEach(each -> places.putIfAbsent(ObjectRef.of(each.object()), each));
    List<Report.Checked> checked =
        manifests.manifests().parallelStream()
            .map(manifest ->
                new Report.Checked(manifest, findings(manifest, whole.get(), background, places)))
            .toList();
    List<ManifestProblem> problems =
        Stream.concat(background.problems().stream(), manifests.problems().stream()).toList();
    return new Report(checked, problems, failOn);
  }

  /** Rules that broke: no judgement can be trusted then. */
  List<String> errors() {
    return errors.stream().sorted().toList();
  }

  private List<Located> findings(
      Manifest manifest, Reach whole, Background background, Map<ObjectRef, Manifest> places) {
    if (!manifest.accepted()) {
      return List.of();
    }
    Change change = Change.creation(manifest.object());
    Judgement created = judge.judgeWhole(change, whole, settings, background.confirmation(), today);
    return Stream.concat(
            findings(created, manifest),
            leftBehind(manifest, whole.cluster(), background, places.keySet()))
        .map(judged -> located(judged, manifest, places))
        .toList();
  }

  private Stream<Judged> findings(Judgement judgement, Manifest manifest) {
    for (RuleError error : judgement.errors()) {
      errors.add(
          "%s: internal error of rule %s: %s"
              .formatted(manifest.place(), error.rule(), error.message()));
    }
    return judgement.findings().stream();
  }

  /**
   * What an object would do to others of the cluster in the place of the one that is there: what is
   * only seen is not judged, so nobody else says that a Service loses its pods.
   */
  private Stream<Judged> leftBehind(
      Manifest manifest, Cluster whole, Background background, Set<ObjectRef> judged) {
    KubeObject object = manifest.object();
    KubeObject old = replaced.get(ObjectRef.of(object));
    if (old == null || !carriesOthers(object.kind())) {
      return Stream.empty();
    }
    Cluster before = whole.apply(Delta.between(Optional.empty(), Optional.of(old)));
    Judgement updated =
        judge.judge(
            Change.update(old, object),
            before,
            settings,
            background.confirmation(),
            Deadline.NEVER,
            today);
    return findings(updated, manifest)
        .filter(each -> each.finding().related().stream().anyMatch(ref -> !judged.contains(ref)));
  }

  private static boolean carriesOthers(Kind kind) {
    return kind.isWorkload() || kind == Kind.SERVICE || kind == Kind.NAMESPACE;
  }

  /** A rule may speak of another object than the one that it was asked about. */
  private static Located located(Judged judged, Manifest asked, Map<ObjectRef, Manifest> places) {
    ObjectRef about = judged.finding().object();
    Manifest place =
        about.equals(ObjectRef.of(asked.object())) ? asked : places.getOrDefault(about, asked);
    return new Located(judged, place.file(), place.positionOf(judged.finding().path()));
  }
}
