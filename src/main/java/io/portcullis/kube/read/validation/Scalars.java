package io.portcullis.kube.read.validation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.portcullis.kube.read.Node.Scalar;
import io.portcullis.kube.read.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Single values as JSON has them: {@code 010} of YAML is 8, {@code yes} is true. */
final class Scalars {
  /** A number as nearly all are written, which both languages read alike. */
  private static final Pattern PLAIN = Pattern.compile("[1-9][0-9]{0,8}");

  private Scalars() {}

  /** The number; empty where it is none, has a fraction or needs more than 32 bits. */
  static OptionalInt integer(Scalar scalar) {
    return scalar.type() == Scalar.Type.INTEGER && PLAIN.matcher(scalar.text()).matches()
        ? OptionalInt.of(Integer.parseInt(scalar.text()))
        : unusual(scalar);
  }

  private static OptionalInt unusual(Scalar scalar) {
    try (JsonParser parser = Tokens.of(scalar)) {
      return parser.nextToken() == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() == JsonParser.NumberType.LONG
              && parser.getLongValue() == (int) parser.getLongValue()
          ? OptionalInt.of((int) parser.getLongValue())
          : OptionalInt.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is true or false; empty where it is neither. */
  static Optional<Boolean> flag(Scalar scalar) {
    try (JsonParser parser = Tokens.of(scalar)) {
      return switch (parser.nextToken()) {
        case VALUE_TRUE -> Optional.of(true);
        case VALUE_FALSE -> Optional.of(false);
        default -> Optional.empty();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of what is no string, as JSON writes it. */
  static String json(Scalar scalar) {
    try (JsonParser parser = Tokens.of(scalar)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
