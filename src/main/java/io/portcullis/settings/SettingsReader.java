package io.portcullis.settings;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.Yaml;
import io.portcullis.kube.read.YamlProblem;
import io.portcullis.net.Selector;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text of settings, strictly: an unknown key, a value of another type and a contradiction
 * are problems, and all of them are told at once, in the order of the text.
 */
public final class SettingsReader {
  private static final Pattern DURATION =
      Pattern.compile("(?=.)(?:(\\d{1,2})h)?(?:(\\d{1,4})m)?(?:(\\d{1,5})s)?");
  private static final Duration LONGEST = Duration.ofHours(24);

  /** What became of a text. */
  public sealed interface Result {
    /** The text is settings. */
    record Valid(Settings settings) implements Result {}

    /** The text is not to be used. */
    record Invalid(List<SettingsProblem> problems) implements Result {
      public Invalid {
        if (problems.isEmpty()) {
          throw new IllegalArgumentException("invalid settings have at least one problem");
        }
        problems = List.copyOf(problems);
      }
    }
  }

  private final String version;
  private final Problems problems = new Problems();

  private SettingsReader(String version) {
    this.version = version;
  }

  /**
   * Reads a text. One without any value gives the defaults.
   *
   * @param version what {@link Settings#version} is to be
   */
  public static Result read(String text, String version) {
    return new SettingsReader(version).read(Yaml.documents(text));
  }

  private Result read(List<Yaml.Document> documents) {
    if (documents.size() > 1) {
      problem(
          new YamlProblem(
              documents.get(1).position(),
              "settings are one document, here a second one begins: remove the line --- before"
                  + " it"));
    }
    Optional<Node> root = documents.stream().findFirst().flatMap(this::root);
    if (root.isPresent() && isManifest(root.get())) {
      problems.add(
          root.get().position(),
          FieldPath.ROOT,
          "this is a manifest, not the text of settings.",
          "give what stands under data, %s of it.".formatted(Settings.KEY));
      return new Result.Invalid(problems.inOrder());
    }
    Optional<Settings> settings =
        root.isEmpty()
            ? Optional.of(settings(Fields.none(problems)))
            : new Value(root.get(), FieldPath.ROOT, problems)
                .record(fields -> Optional.of(settings(fields)));
    List<SettingsProblem> found = problems.inOrder();
    return found.isEmpty() ? new Result.Valid(settings.orElseThrow()) : new Result.Invalid(found);
  }

  /** The whole ConfigMap is given at times. */
  private static boolean isManifest(Node root) {
    return root instanceof Node.Mapping map
        && map.get("apiVersion").isPresent()
        && map.get("kind").isPresent();
  }

  private Optional<Node> root(Yaml.Document document) {
    return switch (document) {
      case Yaml.Document.Sound sound -> Optional.of(sound.root());
      case Yaml.Document.Broken broken -> {
        broken.problems().forEach(this::problem);
        yield broken.rest();
      }
    };
  }

  private void problem(YamlProblem problem) {
    problems.add(problem.position(), FieldPath.ROOT, problem.message() + ".", "");
  }

  private Settings settings(Fields fields) {
    Settings defaults = Settings.DEFAULT;
    return new Settings(
        version,
        fields.get("mode").flatMap(RulesReader::mode),
        fields.get("rules").map(RulesReader::rules).orElse(defaults.rules()),
        fields.get("namespaces").flatMap(SettingsReader::namespaces).orElse(defaults.namespaces()),
        fields.items("overrides", RulesReader::override),
        fields.items("exceptions", RulesReader::exception),
        fields.get("tiers").flatMap(TiersReader::read).orElse(defaults.tiers()),
        fields.get("addresses").flatMap(AddressesReader::read).orElse(defaults.addresses()),
        fields.get("isolation").flatMap(SettingsReader::isolation).orElse(defaults.isolation()),
        fields.get("audit").flatMap(SettingsReader::audit).orElse(defaults.audit()),
        fields.get("dns").flatMap(SettingsReader::dns).orElse(defaults.dns()),
        fields
            .get("onTimeout")
            .flatMap(value -> value.oneOf("value of onTimeout", Settings.OnTimeout.class))
            .orElse(defaults.onTimeout()),
        fields.get("grace").flatMap(SettingsReader::duration).orElse(defaults.grace()),
        fields
            .get("suppressions")
            .flatMap(value -> value.oneOf("value of suppressions", Settings.Suppressions.class))
            .orElse(defaults.suppressions()),
        fields.items("ingressControllers", SettingsReader::ingressController));
  }

  private static Optional<Settings.Namespaces> namespaces(Value value) {
    return value.record(fields -> {
      Set<String> exempt = new LinkedHashSet<>(Exempt.PRESET);
      exempt.addAll(fields.items("exempt", Names::namespace));
      Optional<Value> at = fields.get("guarded");
      NamespaceMatch guarded =
          at.flatMap(SelectorsReader::namespaces).orElse(Settings.DEFAULT.namespaces().guarded());
      for (String name : guarded.names()) {
        if (exempt.contains(name)) {
          at.ifPresent(place ->
              place.problem(
                  "the namespace \"%s\" is exempt, so that it can't be guarded.".formatted(name),
                  "remove it here%s."
                      .formatted(Exempt.PRESET.contains(name) ? "" : " or from exempt")));
        }
      }
      return Optional.of(new Settings.Namespaces(List.copyOf(exempt), guarded));
    });
  }

  private static Optional<Settings.Isolation> isolation(Value value) {
    Settings.Isolation defaults = Settings.DEFAULT.isolation();
    return value.record(fields ->
        Optional.of(
            new Settings.Isolation(
                fields
                    .get("baseline")
                    .flatMap(
                        some -> some.oneOf("value of baseline", Settings.Isolation.Baseline.class))
                    .orElse(defaults.baseline()),
                fields
                    .get("firstPod")
                    .flatMap(
                        some -> some.oneOf("value of firstPod", Settings.Isolation.FirstPod.class))
                    .orElse(defaults.firstPod()),
                fields
                    .get("withinTier")
                    .flatMap(some ->
                        some.oneOf("value of withinTier", Settings.Isolation.WithinTier.class))
                    .orElse(defaults.withinTier()))));
  }

  private static Optional<Settings.Audit> audit(Value value) {
    Settings.Audit defaults = Settings.DEFAULT.audit();
    return value.record(fields ->
        Optional.of(
            new Settings.Audit(
                fields.get("allowed").flatMap(Value::flag).orElse(defaults.allowed()),
                fields.get("events").flatMap(Value::flag).orElse(defaults.events()))));
  }

  private static Optional<Settings.Dns> dns(Value value) {
    Settings.Dns defaults = Settings.DEFAULT.dns();
    return value.record(fields -> {
      Optional<String[]> service =
          fields
              .get("service")
              .flatMap(some ->
                  some.parsed(
                      SettingsReader::service,
                      "Service",
                      "write namespace and name: kube-system/kube-dns."));
      return Optional.of(
          new Settings.Dns(
              service.map(parts -> parts[0]).orElse(defaults.namespace()),
              service.map(parts -> parts[1]).orElse(defaults.service()),
              fields
                  .get("nodeLocal")
                  .flatMap(AddressesReader::address)
                  .orElse(defaults.nodeLocal())));
    });
  }

  private static Optional<String[]> service(String text) {
    String[] parts = text.split("/", -1);
    return parts.length == 2
            && Names.dnsLabel(parts[0]).isPresent()
            && Names.dnsLabel(parts[1]).isPresent()
        ? Optional.of(parts)
        : Optional.empty();
  }

  private static Optional<Duration> duration(Value value) {
    return value.parsed(
        SettingsReader::duration, "time up to 24h", "write it like 5m, 30s or 1h30m.");
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration duration =
        Duration.ofHours(number(matcher.group(1)))
            .plusMinutes(number(matcher.group(2)))
            .plusSeconds(number(matcher.group(3)));
    return Optional.of(duration).filter(some -> some.compareTo(LONGEST) <= 0);
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static Optional<Settings.IngressController> ingressController(Value value) {
    return value.record(fields -> {
      Optional<String> name = fields.need("class").flatMap(Names::object);
      Optional<String> namespace = fields.need("namespace").flatMap(Names::namespace);
      Optional<Selector> pods = fields.need("podSelector").flatMap(SelectorsReader::selector);
      return name.flatMap(some ->
          namespace.flatMap(
              where -> pods.map(which -> new Settings.IngressController(some, where, which))));
    });
  }
}
