package io.portcullis.kube.read;

import io.portcullis.kube.read.Node.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * The types of YAML scalars as kubectl sees them. Source: go.yaml.in/yaml/v2 resolve.go, and
 * sigs.k8s.io/yaml for what becomes of keys and of numbers that JSON has not.
 */
final class YamlScalars {
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern NOT_FINITE =
      Pattern.compile("\\.(nan|NaN|NAN)|[-+]?\\.(inf|Inf|INF)");

  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  /** {@code false}: of what begins with a letter, nothing longer has a type of its own. */
  private static final int LONGEST_WORD = 5;

  /** So many decimal digits surely fit 64 bits. */
  private static final int MOST_PLAIN_DIGITS = 18;

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private static final String STANDARD = "tag:yaml.org,2002:";
  private static final Map<String, Scalar.Type> TAGS =
      Map.of(
          STANDARD + "int", Scalar.Type.INTEGER,
          STANDARD + "float", Scalar.Type.FLOAT,
          STANDARD + "bool", Scalar.Type.BOOLEAN,
          STANDARD + "null", Scalar.Type.NULL);

  private YamlScalars() {}

  static Scalar read(ScalarEvent event, Position position) {
    String tag = event.getTag();
    String text = event.getValue();
    if (tag == null || tag.equals("!")) {
      boolean plain = event.isPlain() && tag == null;
      return scalar(text, plain ? typeOf(text) : Scalar.Type.STRING, position);
    }
    if (tag.equals(STANDARD + "binary")) {
      return new Scalar(position, decoded(text, position), Scalar.Type.STRING);
    }
    Scalar.Type wanted = TAGS.getOrDefault(tag, Scalar.Type.STRING);
    Scalar.Type found = wanted == Scalar.Type.STRING ? Scalar.Type.STRING : typeOf(text);
    if (found != wanted && !(wanted == Scalar.Type.FLOAT && found == Scalar.Type.INTEGER)) {
      throw new Refused(
          position,
          "\"%s\" is no value for the tag !!%s".formatted(text, tag.substring(STANDARD.length())));
    }
    return scalar(text, wanted, position);
  }

  private static Scalar scalar(String text, Scalar.Type type, Position position) {
    if (type == Scalar.Type.FLOAT && NOT_FINITE.matcher(text).matches()) {
      throw new Refused(
          position, "\"%s\" is a number that JSON does not have: quote it".formatted(text));
    }
    return new Scalar(position, text, type);
  }

  private static String decoded(String text, Position position) {
    try {
      return new String(
          Base64.getDecoder().decode(text.replaceAll("\\s", "")), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refused(position, "the value of the tag !!binary is no base64");
    }
  }

  /** The type of a scalar without quotes and without a tag. */
  static Scalar.Type typeOf(String text) {
    if (isWord(text)) {
      return Scalar.Type.STRING;
    }
    if (NULL.contains(text)) {
      return Scalar.Type.NULL;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return Scalar.Type.BOOLEAN;
    }
    if (Character.isLetter(text.charAt(0))) {
      return Scalar.Type.STRING;
    }
    if (integer(text).isPresent()) {
      return Scalar.Type.INTEGER;
    }
    return NOT_FINITE.matcher(text).matches() || decimal(text).isPresent()
        ? Scalar.Type.FLOAT
        : Scalar.Type.STRING;
  }

  /** Whether it is surely a string: most scalars are, and need no closer look. */
  private static boolean isWord(String text) {
    return text.length() > LONGEST_WORD && Character.isLetter(text.charAt(0));
  }

  /** Whether it is an integer as everybody writes one. */
  private static boolean isPlainInteger(String text) {
    if (text.isEmpty() || text.length() > MOST_PLAIN_DIGITS || text.charAt(0) == '0') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Whether a boolean is true. */
  static boolean isTrue(String text) {
    return TRUE.contains(text);
  }

  /**
   * The value of an integer in any of its notations, within what 64 bits hold; empty for other
   * texts.
   */
  static Optional<BigInteger> integer(String text) {
    if (isPlainInteger(text)) {
      return Optional.of(BigInteger.valueOf(Long.parseLong(text)));
    }
    if (text.isEmpty() || text.charAt(0) == '_') {
      return Optional.empty();
    }
    Matcher matcher = INTEGER.matcher(text.replace("_", ""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigInteger value = magnitude(matcher);
    BigInteger signed = matcher.group(1).equals("-") ? value.negate() : value;
    return signed.compareTo(LEAST) < 0 || signed.compareTo(MOST) > 0
        ? Optional.empty()
        : Optional.of(signed);
  }

  private static BigInteger magnitude(Matcher matcher) {
    int[] radixes = {16, 2, 8, 10};
    for (int group = 2; group <= 5; group++) {
      String digits = matcher.group(group);
      if (digits != null) {
        return new BigInteger(digits, radixes[group - 2]);
      }
    }
    throw new IllegalStateException("an integer without digits");
  }

  /** The value of a number with a point or an exponent, or one too large for an integer. */
  static Optional<Double> decimal(String text) {
    String plain = text.replace("_", "");
    if (text.startsWith("_") || !FLOAT.matcher(plain).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(plain);
    return Double.isInfinite(value) ? Optional.empty() : Optional.of(value);
  }

  /** The key that a scalar is in JSON. */
  static String key(Node node) {
    if (!(node instanceof Scalar scalar)) {
      throw new Refused(
          node.position(),
          "a key is a single value, not a list or a map (of a template, give what it prints)");
    }
    String text = scalar.text();
    return switch (scalar.type()) {
      case STRING -> text;
      case BOOLEAN -> Boolean.toString(isTrue(text));
      case INTEGER -> integer(text).map(BigInteger::toString).orElse(text);
      case FLOAT -> decimal(text).map(YamlScalars::key).orElse(text);
      case NULL -> throw new Refused(node.position(), "a key may not be empty or null");
    };
  }

  /** Of 32 bits, as the API server's reader makes it. Source: sigs.k8s.io/yaml. */
  private static String key(double value) {
    float narrow = (float) value;
    if (Float.isInfinite(narrow)) {
      return narrow > 0 ? ".inf" : "-.inf";
    }
    return new BigDecimal(Float.toString(narrow)).stripTrailingZeros().toPlainString();
  }
}
