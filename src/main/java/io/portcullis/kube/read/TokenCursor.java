package io.portcullis.kube.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Walks the value that a parser stands at, token by token; what is passed over is not held.
 *
 * <p>Broken JSON comes out as {@link UncheckedIOException}, to be unwrapped by the reader that
 * began the walk.
 */
final class TokenCursor extends JsonCursor {
  private final JsonParser parser;

  TokenCursor(JsonParser parser) {
    this.parser = parser;
  }

  @Override
  JsonToken token() {
    return parser.currentToken();
  }

  @Override
  void eachField(Consumer<String> handler) {
    try {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        enter(name);
        handler.accept(name);
        skipWhatIsLeft();
        leave();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void eachItem(Runnable handler) {
    try {
      int at = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        enter(at++);
        handler.run();
        skipWhatIsLeft();
        leave();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  String string() {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Optional<Integer> number() {
    try {
      return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && parser.getLongValue() == (int) parser.getLongValue()
          ? Optional.of(parser.getIntValue())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void skipWhatIsLeft() throws IOException {
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    }
  }
}
