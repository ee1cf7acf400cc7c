package io.portcullis.cli;

import io.portcullis.text.Plain;
import io.quarkus.runtime.Quarkus;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a server. Being told to stop is no failure: SIGTERM and SIGINT end it with 0, where a
 * JVM by itself says 143 and 130.
 */
final class Shutdown {
  private static final int SIGNALLED = 0x80;
  private static final long GRACE_SECONDS = 40;

  private Shutdown() {}

  /** Runs the server and ends the process. */
  static void runUntilStopped() {
    Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::awaitEnd, "wait-for-end"));
    Quarkus.run(null, Shutdown::end);
  }

  /** The JVM ends when its hooks have: this one leaves the server the time to end it first. */
  private static void awaitEnd() {
    try {
      TimeUnit.SECONDS.sleep(GRACE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(int code, @Nullable Throwable failure) {
    if (failure == null && code > SIGNALLED) {
      // A native executable hands its signals here before anything has stopped.
      Quarkus.asyncExit(0);
      return;
    }
    if (failure != null) {
      System.err.println("portcullis serve: " + reason(failure));
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(failure == null ? code : Main.COULD_NOT);
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    for (Throwable next = failure; next != null; next = next.getCause()) {
      root = next;
    }
    return Plain.oneLine(String.valueOf(root.getMessage()));
  }
}
