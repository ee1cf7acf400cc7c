package io.portcullis.admission;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads one body on the event loop, up to a size, within a time, and while there is room for it.
 * What comes past the size is thrown away as it comes, so that the client gets to read the answer:
 * a connection that is closed while a client still sends is reset, and the answer is lost with it.
 * Where there is no room only the beginning is kept, which tells whom to answer.
 */
final class Intake {
  /** How long a client may take for its body. */
  private static final long SLOWEST_MILLIS = 30_000;

  /** How much is thrown away before the connection is closed after all. */
  private static final long MOST_THROWN_AWAY = 64L * 1024 * 1024;

  /** What is kept of a body that there is no room for, in bytes. */
  private static final int BEGINNING = 8 * 1024;

  /** Takes a body. */
  interface Taker {
    /**
     * Takes a whole one.
     *
     * @param done to be run once the body is no longer held
     */
    void whole(byte[] body, Runnable done);

    /** Takes the beginning of one that there was no room for. */
    void beginning(byte[] body);
  }

  private final HttpServerRequest request;
  private final Reply reply;
  private final int most;
  private final Room room;
  private Buffer body = Buffer.buffer();
  private final long alarm;
  private final Vertx vertx;
  private boolean refused;
  private boolean crowded;
  private long taken;
  private long came;

  private Intake(Vertx vertx, HttpServerRequest request, int most, Room room, Reply reply) {
    this.vertx = vertx;
    this.request = request;
    this.reply = reply;
    this.most = most;
    this.room = room;
    this.alarm = vertx.setTimer(SLOWEST_MILLIS, id -> tooSlow());
  }

  /** Gives the body to the taker, or answers why not. */
  static void read(
      Vertx vertx, HttpServerRequest request, int most, Room room, Reply reply, Taker taker) {
    Intake intake = new Intake(vertx, request, most, room, reply);
    request.exceptionHandler(broken -> intake.end());
    request.handler(intake::part);
    request.endHandler(end -> intake.hand(taker));
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
    came += part.length();
    if (refused) {
      if (came > most + MOST_THROWN_AWAY) {
        request.connection().close();
      }
    } else if (came > most) {
      tooLarge();
    } else if (!crowded && room.take(part.length())) {
      taken += part.length();
      body.appendBuffer(part);
    } else {
      keepTheBeginning(part);
    }
  }

  private void keepTheBeginning(Buffer part) {
    crowded = true;
    int kept = Math.min(body.length(), BEGINNING);
    int more = Math.min(part.length(), BEGINNING - kept);
    // A copy: a slice would hold the whole.
    body = Buffer.buffer(body.getBytes(0, kept)).appendBytes(part.getBytes(0, more));
    giveBack();
  }

  private void hand(Taker taker) {
    vertx.cancelTimer(alarm);
    if (refused) {
      return;
    }
    byte[] bytes = body.getBytes();
    body = Buffer.buffer();
    if (crowded) {
      taker.beginning(bytes);
    } else {
      long held = taken;
      taken = 0;
      taker.whole(bytes, () -> room.give(held));
    }
  }

  private void tooLarge() {
    refuse(Refusals.CONTENT_TOO_LARGE, "the body has more than " + most + " bytes");
  }

  private void tooSlow() {
    if (!refused) {
      refuse(
          Refusals.REQUEST_TIMEOUT,
          "the body did not come within " + SLOWEST_MILLIS / 1000 + " seconds");
    }
    request.connection().close();
  }

  private void refuse(Refusals why, String detail) {
    refused = true;
    drop();
    why.send(reply, detail);
  }

  /** The connection broke, before or after the body was handed on. */
  private void end() {
    vertx.cancelTimer(alarm);
    drop();
  }

  /** What came is not wanted any more; the client may still send. */
  private void drop() {
    body = Buffer.buffer();
    giveBack();
  }

  private void giveBack() {
    room.give(taken);
    taken = 0;
  }
}
