package io.portcullis.finding;

import java.util.Optional;

/** What is asked for. Source: admission/v1 Operation. */
public enum Operation {
  CREATE,
  UPDATE,
  DELETE,
  CONNECT;

  public static Optional<Operation> of(String text) {
    for (Operation each : values()) {
      if (each.name().equals(text)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
