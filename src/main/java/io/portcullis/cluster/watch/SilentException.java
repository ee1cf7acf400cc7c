package io.portcullis.cluster.watch;

import java.io.IOException;

/** The API server let us wait for longer than patience lasts. */
final class SilentException extends IOException {
  private static final long serialVersionUID = 1L;

  SilentException(String message) {
    super(message);
  }
}
