package io.portcullis.kube.read;

import com.fasterxml.jackson.core.JsonToken;
import io.portcullis.kube.read.Node.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Single values as the JSON that kubectl would send: {@code 010} of YAML is the integer 8, {@code
 * 1.0} the integer 1, {@code yes} is true.
 */
public final class JsonScalars {
  /** From here on JSON is written with an exponent. Source: Go's encoding/json. */
  private static final double EXPONENT = 1e21;

  private JsonScalars() {}

  /** What JSON has in its place. */
  static JsonToken token(Scalar scalar) {
    return switch (scalar.type()) {
      case STRING -> JsonToken.VALUE_STRING;
      case NULL -> JsonToken.VALUE_NULL;
      case BOOLEAN ->
          YamlScalars.isTrue(scalar.text()) ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE;
      case INTEGER -> JsonToken.VALUE_NUMBER_INT;
      case FLOAT ->
          isWhole(decimal(scalar)) ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    };
  }

  /** The number; empty where it is none, has a fraction or needs more than 32 bits. */
  public static Optional<Integer> integer(Scalar scalar) {
    return token(scalar) == JsonToken.VALUE_NUMBER_INT
        ? Optional.of(whole(scalar))
            .filter(value -> value.bitLength() < Integer.SIZE)
            .map(BigInteger::intValue)
        : Optional.empty();
  }

  /** Whether it is true or false; empty where it is neither. */
  public static Optional<Boolean> flag(Scalar scalar) {
    return scalar.type() == Scalar.Type.BOOLEAN
        ? Optional.of(YamlScalars.isTrue(scalar.text()))
        : Optional.empty();
  }

  /** The text of a string, and of anything else as JSON writes it. */
  public static String text(Scalar scalar) {
    return switch (token(scalar)) {
      case VALUE_STRING -> scalar.text();
      case VALUE_NUMBER_INT -> whole(scalar).toString();
      case VALUE_NUMBER_FLOAT -> Double.toString(decimal(scalar));
      default -> token(scalar).asString();
    };
  }

  private static BigInteger whole(Scalar scalar) {
    return scalar.type() == Scalar.Type.INTEGER
        ? YamlScalars.integer(scalar.text()).orElseGet(() -> new BigInteger(scalar.text()))
        : new BigDecimal(decimal(scalar)).toBigInteger();
  }

  private static double decimal(Scalar scalar) {
    return Double.parseDouble(scalar.text().replace("_", ""));
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < EXPONENT;
  }
}
