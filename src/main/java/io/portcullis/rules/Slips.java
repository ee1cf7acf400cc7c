package io.portcullis.rules;

import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import io.portcullis.text.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The pairs of a selector that were written otherwise than they are carried: with a near value, or
 * under a well-known twin of the key.
 *
 * @param all at least one
 */
record Slips(List<Slip> all) {
  /** One such pair. */
  record Slip(Label written, Label meant) {
    boolean isOfKey() {
      return !written.key().equals(meant.key());
    }

    /** Whether only letter case differs: nobody names two things so. */
    boolean isOfCase() {
      return !isOfKey() && written.value().equalsIgnoreCase(meant.value());
    }

    /** Whether nobody would name two things so: the twin key, or letter case only. */
    boolean isSure() {
      return isOfKey() || isOfCase();
    }
  }

  /** Keys that different conventions use for the same thing; the last are those of namespaces. */
  private static final List<List<String>> TWINS =
      List.of(
          List.of("app", "app.kubernetes.io/name", "k8s-app", "name", "run"),
          List.of("component", "app.kubernetes.io/component"),
          List.of("instance", "app.kubernetes.io/instance", "release"),
          List.of("version", "app.kubernetes.io/version"),
          List.of("part-of", "app.kubernetes.io/part-of"),
          List.of("kubernetes.io/metadata.name", "name", "namespace", "kubernetes.io/name"));

  Slips {
    all = List.copyOf(all);
  }

  /**
   * The slips that lead from what is asked to the labels of one carrier; empty where they are equal
   * or not near.
   *
   * @param isCarried whether anything carries a pair as it is written: then it is no slip
   */
  static Optional<Slips> between(Labels asked, Labels carried, Predicate<Label> isCarried) {
    List<Slip> slips = new ArrayList<>();
    for (Label pair : asked.pairs()) {
      if (carried.has(pair.key(), pair.value())) {
        continue;
      }
      Optional<Label> meant = isCarried.test(pair) ? Optional.empty() : meant(pair, carried);
      if (meant.isEmpty()) {
        return Optional.empty();
      }
      slips.add(new Slip(pair, meant.get()));
    }
    return slips.isEmpty() ? Optional.empty() : Optional.of(new Slips(slips));
  }

  /** What a pair may have meant among the labels that are carried. */
  static Optional<Label> meant(Label pair, Labels carried) {
    Optional<String> value = carried.get(pair.key());
    if (value.isPresent()) {
      return value
          .filter(near -> Nearest.isNear(pair.value(), near))
          .map(near -> new Label(pair.key(), near));
    }
    return twins(pair.key())
        .filter(twin -> carried.has(twin, pair.value()))
        .map(twin -> new Label(twin, pair.value()))
        .findFirst();
  }

  /**
   * All that a pair may have meant, nearest values first.
   *
   * @param values what is carried under its key
   */
  static Stream<Label> nearTo(Label pair, Collection<String> values) {
    return Stream.concat(
        Nearest.allTo(pair.value(), values).stream().map(near -> new Label(pair.key(), near)),
        twins(pair.key()).map(twin -> new Label(twin, pair.value())));
  }

  private static Stream<String> twins(String key) {
    return TWINS.stream()
        .filter(set -> set.contains(key))
        .flatMap(List::stream)
        .filter(twin -> !twin.equals(key));
  }

  /** The pairs that nothing carries. */
  Labels written() {
    return labelsOf(all.stream().map(Slip::written));
  }

  /** What they should be. */
  Labels meant() {
    return labelsOf(all.stream().map(Slip::meant));
  }

  private static Labels labelsOf(Stream<Label> pairs) {
    Map<String, String> map = new TreeMap<>();
    pairs.forEach(pair -> map.put(pair.key(), pair.value()));
    return Labels.of(map);
  }

  /** The first pair's key as it was written. */
  String firstWrongKey() {
    return all.getFirst().written().key();
  }

  /** How to mend it, in words. */
  String fix(String what) {
    List<String> steps =
        all.stream()
            .map(slip ->
                slip.isOfKey()
                    ? "use the key %s instead of %s"
                        .formatted(slip.meant().key(), slip.written().key())
                    : "set %s to \"%s\"".formatted(slip.meant().key(), slip.meant().value()))
            .toList();
    return String.join(" and ", steps) + " in " + what + ".";
  }

  /** The mending of a map of labels that stands at a path. */
  List<PatchOp> patch(FieldPath map) {
    List<PatchOp> patch = new ArrayList<>();
    for (Slip slip : all) {
      String wrong = map.field(slip.written().key()).pointer();
      if (slip.isOfKey()) {
        patch.add(new PatchOp.Remove(wrong));
        patch.add(new PatchOp.Add(map.field(slip.meant().key()).pointer(), slip.meant().value()));
      } else {
        patch.add(new PatchOp.Replace(wrong, slip.meant().value()));
      }
    }
    return patch;
  }

  /** A selector that asks for what was meant. */
  Selector mended(Selector wanted) {
    Labels wrong = written();
    Stream<Requirement> right =
        all.stream()
            .map(Slip::meant)
            .map(pair -> new Requirement.In(pair.key(), List.of(pair.value())));
    return new Selector(
        Stream.concat(
                wanted.requirements().stream()
                    .filter(requirement ->
                        !(requirement instanceof Requirement.In in
                            && in.values().size() == 1
                            && wrong.has(in.key(), in.values().getFirst()))),
                right)
            .toList());
  }
}
