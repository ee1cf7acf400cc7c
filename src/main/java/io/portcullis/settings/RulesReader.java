package io.portcullis.settings;

import io.portcullis.finding.Mode;
import io.portcullis.kube.Kind;
import io.portcullis.text.Nearest;
import io.portcullis.text.Words;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is set for rules: {@code rules}, {@code overrides} and {@code exceptions}. */
final class RulesReader {
  private static final int MOST_CONNECTIONS = 1000;

  private RulesReader() {}

  static Optional<Mode> mode(Value value) {
    return value.oneOf("mode", Mode.class);
  }

  /** Rules by their ids; an entry is a mode, or a map of the mode and the rule's parameters. */
  static Map<String, RuleSettings> rules(Value value) {
    Map<String, RuleSettings> rules = new LinkedHashMap<>();
    for (Value.Member member : value.members()) {
      id(member.keyed())
          .flatMap(entry -> rule(entry, member.value()))
          .ifPresent(rule -> rules.put(member.key(), rule));
    }
    return rules;
  }

  private static Optional<Catalogue.Entry> id(Value value) {
    return value
        .text()
        .flatMap(id -> {
          Optional<Catalogue.Entry> entry = Catalogue.find(id);
          if (entry.isEmpty()) {
            value.unknown(
                "\"%s\" is no rule".formatted(id),
                Nearest.ofFew(id, Catalogue.ids()),
                "write a rule's id: \"portcullis rules\" lists them.");
          }
          return entry;
        });
  }

  private static Optional<RuleSettings> rule(Catalogue.Entry entry, Value value) {
    return value.isMap()
        ? value.record(fields -> parameters(entry, fields))
        : mode(value)
            .map(mode ->
                new RuleSettings(Optional.of(mode), Optional.empty(), List.of(), List.of()));
  }

  private static Optional<RuleSettings> parameters(Catalogue.Entry entry, Fields fields) {
    return Optional.of(
        new RuleSettings(
            fields.get("mode").flatMap(RulesReader::mode),
            parameter("limit", entry, fields).flatMap(value -> value.whole(1, MOST_CONNECTIONS)),
            parameter("defaultCertificate", entry, fields)
                .map(value -> value.items(Names::object))
                .orElse(List.of()),
            parameter("allow", entry, fields)
                .map(value -> value.items(Names::host))
                .orElse(List.of())));
  }

  /** The value of a parameter; where the rule does not have it, a problem says whose it is. */
  private static Optional<Value> parameter(String name, Catalogue.Entry entry, Fields fields) {
    if (entry.parameters().contains(name)) {
      return fields.get(name);
    }
    List<String> owners =
        Catalogue.entries().stream()
            .filter(other -> other.parameters().contains(name))
            .map(Catalogue.Entry::id)
            .toList();
    fields.foreign(
        name,
        "the rule %s has no parameter \"%s\".".formatted(entry.id(), name),
        "remove it: it belongs to %s.".formatted(Words.and(owners)));
    return Optional.empty();
  }

  static Optional<Settings.ModeOverride> override(Value value) {
    return value.record(fields -> {
      Optional<NamespaceMatch> namespaces =
          fields.need("namespaces").flatMap(SelectorsReader::namespaces);
      List<String> rules = fields.get("rules").map(RulesReader::ids).orElse(List.of());
      Optional<Mode> mode = fields.need("mode").flatMap(RulesReader::mode);
      return namespaces.flatMap(
          match -> mode.map(some -> new Settings.ModeOverride(match, rules, some)));
    });
  }

  private static List<String> ids(Value list) {
    if (list.isEmptyList()) {
      list.problem("the list is empty.", "name a rule, or leave the key out for all rules.");
    }
    return list.items(value -> id(value).map(Catalogue.Entry::id));
  }

  static Optional<Settings.Exemption> exception(Value value) {
    return value.record(fields -> {
      Optional<String> rule = fields.get("rule").flatMap(RulesReader::id).map(Catalogue.Entry::id);
      Optional<String> kind = fields.get("kind").flatMap(RulesReader::kind);
      Optional<String> namespace = fields.get("namespace").flatMap(Names::namespace);
      Optional<String> name = fields.get("name").flatMap(Names::object);
      Optional<String> user = fields.get("user").flatMap(Value::text);
      Optional<String> group = fields.get("group").flatMap(Value::text);
      Optional<String> reason = fields.need("reason").flatMap(Value::text);
      Optional<LocalDate> expires = fields.get("expires").flatMap(RulesReader::date);
      if (!fields.hasAny("rule", "kind", "namespace", "name", "user", "group")) {
        fields.problem(
            "the exception would hold for everything.",
            "add what it is for: rule, kind, namespace, name, user or group.");
      }
      return reason.map(
          why -> new Settings.Exemption(rule, kind, namespace, name, user, group, why, expires));
    });
  }

  private static Optional<String> kind(Value value) {
    List<String> kinds = Arrays.stream(Kind.values()).map(Kind::text).sorted().distinct().toList();
    return value
        .text()
        .flatMap(text -> {
          if (kinds.contains(text)) {
            return Optional.of(text);
          }
          value.unknown(
              "\"%s\" is no kind that rules look at".formatted(text),
              Nearest.ofFew(text, kinds),
              "write one of %s.".formatted(Words.or(kinds)));
          return Optional.empty();
        });
  }

  private static Optional<LocalDate> date(Value value) {
    return value.parsed(RulesReader::date, "date", "write year, month and day: 2027-01-31.");
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
