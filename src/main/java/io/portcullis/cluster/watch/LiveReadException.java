package io.portcullis.cluster.watch;

/** The cluster could not be asked: it can't be reached, took too long, or was asked too often. */
public final class LiveReadException extends Exception {
  private static final long serialVersionUID = 1L;

  LiveReadException(String message) {
    super(message);
  }

  LiveReadException(String message, Throwable cause) {
    super(message, cause);
  }
}
