package io.portcullis.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What options are where the command line does not say: the system property {@code
 * portcullis.cert-dir}, else the environment's {@code PORTCULLIS_CERT_DIR}, else the line of
 * application.properties, and so for every option.
 */
final class Defaults implements IDefaultValueProvider {
  private static final String PREFIX = "portcullis.";

  private final Function<String, @Nullable String> properties;
  private final Map<String, String> environment;
  private final Properties shipped;

  Defaults(
      Function<String, @Nullable String> properties,
      Map<String, String> environment,
      Properties shipped) {
    this.properties = properties;
    this.environment = environment;
    this.shipped = shipped;
  }

  /** The defaults of this process. */
  static Defaults ofProcess() {
    return new Defaults(System::getProperty, System.getenv(), shipped());
  }

  /** The value of an option by its long name without dashes; an empty one is none. */
  Optional<String> find(String name) {
    return Optional.ofNullable(properties.apply(PREFIX + name))
        .filter(value -> !value.isEmpty())
        .or(() -> Optional.ofNullable(environment.get(variable(name))).filter(Defaults::isMeant))
        .or(() -> DevMode.isOn() ? shipped("%dev." + PREFIX + name) : Optional.empty())
        .or(() -> shipped(PREFIX + name));
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? find(option.longestName().replaceFirst("^-+", "")).orElse(null)
        : null;
  }

  private static String variable(String name) {
    return (PREFIX + name).replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /**
   * A cluster gives each pod of our namespace {@code PORTCULLIS_PORT=tcp://10.96.7.1:443} for our
   * own Service, unless the pod says {@code enableServiceLinks: false}.
   */
  private static boolean isMeant(String value) {
    return !value.isEmpty() && !value.startsWith("tcp://") && !value.startsWith("udp://");
  }

  private Optional<String> shipped(String key) {
    return Optional.ofNullable(shipped.getProperty(key)).filter(value -> !value.isEmpty());
  }

  private static Properties shipped() {
    Properties properties = new Properties();
    try (InputStream in = Defaults.class.getResourceAsStream("/application.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
