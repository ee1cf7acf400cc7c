package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What an API server says when something is wrong. Source: meta/v1 Status.
 *
 * @param code 0 where it says none
 * @param message cut to a bearable length
 */
record Status(int code, String message) {
  private static final int LONGEST = 300;

  /** Reads the status that the parser stands at; what is none gives an empty one. */
  static Status read(JsonParser parser) throws IOException {
    int code = 0;
    String message = "";
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return new Status(code, message);
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "code" -> code = parser.getValueAsInt();
        case "message" -> message = parser.getValueAsString("");
        default -> parser.skipChildren();
      }
    }
    return new Status(code, message.substring(0, Math.min(LONGEST, message.length())));
  }
}
