package io.portcullis.admission;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Reads one body on the event loop, up to a size and within a time. What comes past the size is
 * thrown away as it comes, so that the client gets to read the answer: a connection that is closed
 * while a client still sends is reset, and the answer is lost with it.
 */
final class Intake {
  /** How long a client may take for its body. */
  private static final long SLOWEST_MILLIS = 30_000;

  /** How much is thrown away before the connection is closed after all. */
  private static final long MOST_THROWN_AWAY = 64L * 1024 * 1024;

  private final HttpServerRequest request;
  private final Reply reply;
  private final int most;
  private final Buffer body = Buffer.buffer();
  private final long alarm;
  private final Vertx vertx;
  private boolean refused;
  private long thrownAway;

  private Intake(Vertx vertx, HttpServerRequest request, int most, Reply reply) {
    this.vertx = vertx;
    this.request = request;
    this.reply = reply;
    this.most = most;
    this.alarm = vertx.setTimer(SLOWEST_MILLIS, id -> tooSlow());
  }

  /** Gives the whole body to {@code whole}, or answers why not. */
  static void read(
      Vertx vertx, HttpServerRequest request, int most, Reply reply, Consumer<byte[]> whole) {
    Intake intake = new Intake(vertx, request, most, reply);
    request.exceptionHandler(broken -> intake.end());
    request.handler(intake::part);
    request.endHandler(end -> {
      intake.end();
      if (!intake.refused) {
        whole.accept(intake.body.getBytes());
      }
    });
    if (intake.announcesTooMuch()) {
      intake.tooLarge();
    }
    request.resume();
  }

  private boolean announcesTooMuch() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length != null && Long.parseLong(length) > most;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void part(Buffer part) {
    if (refused) {
      thrownAway += part.length();
      if (thrownAway > MOST_THROWN_AWAY) {
        request.connection().close();
      }
    } else if (body.length() + part.length() > most) {
      tooLarge();
    } else {
      body.appendBuffer(part);
    }
  }

  private void tooLarge() {
    refused = true;
    Refusals.CONTENT_TOO_LARGE.send(reply, "the body has more than " + most + " bytes");
  }

  private void tooSlow() {
    if (!refused) {
      refused = true;
      Refusals.REQUEST_TIMEOUT.send(
          reply, "the body did not come within " + SLOWEST_MILLIS / 1000 + " seconds");
    }
    request.connection().close();
  }

  private void end() {
    vertx.cancelTimer(alarm);
  }
}
