package io.portcullis.cluster.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API server answers, but not with what was asked for. Source: meta/v1 Status.
 *
 * <p>Its message is the server's own and may be of any length.
 */
final class StatusException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int UNPROCESSABLE = 422;

  private final int code;
  private final @Nullable Duration retryAfter;

  StatusException(int code, String message, Optional<Duration> retryAfter) {
    super(message.isEmpty() ? "status " + code : message + " (status " + code + ")");
    this.code = code;
    this.retryAfter = retryAfter.orElse(null);
  }

  /** The HTTP status. */
  int code() {
    return code;
  }

  /** How long the server wants to be left alone. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  boolean isForbidden() {
    return code == FORBIDDEN || code == UNAUTHORIZED;
  }

  boolean isNotFound() {
    return code == NOT_FOUND;
  }

  /** Whether the version that a watch, or a page, was to go on from is forgotten. */
  boolean isExpired() {
    return code == GONE;
  }

  /** Whether the server does not know a parameter of the request. */
  boolean isInvalid() {
    return code == BAD_REQUEST || code == UNPROCESSABLE;
  }
}
