package io.portcullis.settings;

import io.portcullis.net.PortRange;
import io.portcullis.net.Protocol;
import io.portcullis.text.Nearest;
import io.portcullis.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads {@code tiers}. A tier is declared by being assigned, exposed or an end of a flow; a name
 * that is nearly one that is assigned or exposed is taken for a slip.
 */
final class TiersReader {
  private static final Pattern PORT = Pattern.compile("(TCP|UDP|SCTP)/(\\d{1,5})(?:-(\\d{1,5}))?");

  /** A tier's name where it stands. */
  private record Placed(String name, Value at) {}

  private final List<Placed> assigned = new ArrayList<>();
  private final List<Placed> ends = new ArrayList<>();
  private final List<Placed> exposed = new ArrayList<>();

  /** Namespaces that are wholly in the tier of an entry before. */
  private final Map<String, String> taken = new HashMap<>();

  private TiersReader() {}

  static Optional<Tiers> read(Value value) {
    return value.record(new TiersReader()::tiers);
  }

  private Optional<Tiers> tiers(Fields fields) {
    Optional<String> label = fields.get("label").flatMap(Names::labelKey);
    List<Tiers.Assignment> assign = fields.items("assign", this::assignment);
    List<Tiers.Flow> flows = fields.items("flows", this::flow);
    List<String> open = fields.items("exposed", this::exposed);
    Optional<Tiers.Unlabelled> unlabelled =
        fields
            .get("unlabelled")
            .flatMap(value -> value.oneOf("value of unlabelled", Tiers.Unlabelled.class));
    slips();
    return Optional.of(
        new Tiers(
            label.orElse(Tiers.DEFAULT_LABEL),
            assign,
            flows,
            open,
            unlabelled.orElse(Tiers.Unlabelled.ALLOW)));
  }

  private Optional<Tiers.Assignment> assignment(Value value) {
    return value.record(fields -> {
      Optional<String> tier = fields.need("tier").flatMap(at -> tier(at, assigned));
      Optional<Value> at = fields.need("namespaces");
      Optional<NamespaceMatch> namespaces = at.flatMap(SelectorsReader::namespaces);
      return tier.flatMap(name ->
          namespaces.map(match -> {
            at.ifPresent(place -> claim(name, match, place));
            return new Tiers.Assignment(name, match);
          }));
    });
  }

  /** The first match wins, so that an entry for a namespace that is taken would never hold. */
  private void claim(String tier, NamespaceMatch match, Value at) {
    for (String name : match.names()) {
      String before = taken.get(name);
      if (before != null && !before.equals(tier)) {
        at.problem(
            "the namespace \"%s\" is in the tier \"%s\" already.".formatted(name, before),
            "assign it to one tier.");
      }
      if (match.selector().isEmpty()) {
        taken.putIfAbsent(name, tier);
      }
    }
  }

  private Optional<Tiers.Flow> flow(Value value) {
    return value.record(fields -> {
      Optional<String> from = fields.need("from").flatMap(this::end);
      Optional<String> to = fields.need("to").flatMap(this::end);
      List<Tiers.FlowPort> ports = fields.get("ports").map(TiersReader::ports).orElse(List.of());
      if (from.filter(Tiers.NOT_TIERS::contains).isPresent()
          && to.filter(Tiers.NOT_TIERS::contains).isPresent()) {
        fields.problem(
            "neither \"%s\" nor \"%s\" is a tier.".formatted(from.get(), to.get()),
            "let one end be a tier.");
      }
      return from.flatMap(a -> to.map(b -> new Tiers.Flow(a, b, ports)));
    });
  }

  private Optional<String> end(Value value) {
    Optional<String> name = tierName(value);
    name.filter(some -> !Tiers.NOT_TIERS.contains(some))
        .ifPresent(some -> ends.add(new Placed(some, value)));
    return name;
  }

  private static List<Tiers.FlowPort> ports(Value list) {
    if (list.isEmptyList()) {
      list.problem("the list is empty.", "name a port, or leave the key out for all ports.");
    }
    return list.items(TiersReader::port);
  }

  private static Optional<Tiers.FlowPort> port(Value value) {
    boolean bare = value.shown().matches("\\d{1,5}");
    return value.parsed(
        TiersReader::port,
        "port with a protocol",
        bare
            ? "write TCP/%s.".formatted(value.shown())
            : "write it like TCP/8080 or TCP/9000-9010.");
  }

  private static Optional<Tiers.FlowPort> port(String text) {
    Matcher matcher = PORT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(matcher.group(2));
    int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
    return first < 1 || last > PortRange.ALL.last() || first > last
        ? Optional.empty()
        : Optional.of(
            new Tiers.FlowPort(Protocol.valueOf(matcher.group(1)), new PortRange(first, last)));
  }

  private Optional<String> exposed(Value value) {
    return tier(value, exposed);
  }

  /** A name that a tier of pods may have, noted with its place. */
  private static Optional<String> tier(Value value, List<Placed> places) {
    return tierName(value)
        .flatMap(name -> {
          if (Tiers.NOT_TIERS.contains(name)) {
            value.problem(
                "\"%s\" is no tier of pods.".formatted(name),
                "use another name: %s are only ends of flows."
                    .formatted(Words.and(Tiers.NOT_TIERS)));
            return Optional.empty();
          }
          places.add(new Placed(name, value));
          return Optional.of(name);
        });
  }

  private static Optional<String> tierName(Value value) {
    return value.parsed(
        Names::labelValue,
        "tier's name",
        "use letters, digits, dashes, dots and underscores, at most 63.");
  }

  /** A slip is told where it stands alone: what is assigned is taken for right. */
  private void slips() {
    Set<String> assignedOrEnds = names(assigned);
    assignedOrEnds.addAll(names(ends));
    Set<String> sure = names(assigned);
    for (Placed one : exposed) {
      if (assignedOrEnds.contains(one.name())
          || !slip(one, assignedOrEnds, "assigned nor in a flow")) {
        sure.add(one.name());
      }
    }
    Set<String> candidates = new HashSet<>(sure);
    candidates.addAll(Tiers.NOT_TIERS);
    ends.stream()
        .filter(one -> !sure.contains(one.name()))
        .forEach(one -> slip(one, candidates, "assigned nor exposed"));
  }

  private boolean slip(Placed one, Set<String> candidates, String neither) {
    Optional<String> near = Nearest.to(one.name(), candidates);
    near.ifPresent(name ->
        one.at()
            .problem(
                "the tier \"%s\" is neither %s: did you mean \"%s\"?"
                    .formatted(one.name(), neither, name),
                isSure(name)
                    ? "write %s, or assign namespaces to %s.".formatted(name, one.name())
                    : "write the same name in flows and exposed."));
    return near.isPresent();
  }

  /** Of two names that are written once each, in a flow and as exposed, either may be the slip. */
  private boolean isSure(String name) {
    return Tiers.NOT_TIERS.contains(name)
        || names(assigned).contains(name)
        || Stream.concat(ends.stream(), exposed.stream())
                .filter(place -> place.name().equals(name))
                .count()
            > 1;
  }

  private static Set<String> names(List<Placed> places) {
    Set<String> names = new HashSet<>();
    places.forEach(place -> names.add(place.name()));
    return names;
  }
}
