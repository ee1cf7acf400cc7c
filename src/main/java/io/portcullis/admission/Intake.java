package io.portcullis.admission;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;

/**
 * Reads one body on the event loop, up to a size, within a time, and while there is room for it.
 * What comes past the size is thrown away as it comes, so that the client gets to read the answer:
 * a connection that is closed while a client still sends is reset, and the answer is lost with it.
 * Where there is no room only the beginning is kept, which tells whom to answer.
 */
final class Intake {
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

  private static final byte[] NOTHING = {};

  private final Context context;
  private final HttpServerRequest request;
  private final Reply reply;
  private final int most;
  private final Room room;
  private final Awaited awaited;
  private final long begun = System.nanoTime();
  private byte[] body = NOTHING;
  private int length;
  private boolean refused;
  private boolean crowded;
  private long taken;
  private long came;

  private Intake(
      Context context,
      HttpServerRequest request,
      int most,
      Room room,
      Awaited awaited,
      Reply reply) {
    this.context = context;
    this.request = request;
    this.most = most;
    this.room = room;
    this.awaited = awaited;
    this.reply = reply;
  }

  /**
   * Gives the body to the taker, or answers why not.
   *
   * @param context the event loop of the request
   */
  static void read(
      Context context,
      HttpServerRequest request,
      int most,
      Room room,
      Awaited awaited,
      Reply reply,
      Taker taker) {
    Intake intake = new Intake(context, request, most, room, awaited, reply);
    awaited.add(intake);
    request.exceptionHandler(broken -> intake.end());
    request.handler(intake::part);
    request.endHandler(end -> intake.hand(taker));
    if (intake.announcesTooMuch()) {
      intake.tooLarge();
    }
    request.resume();
  }

  /** When it began, by {@link System#nanoTime}. */
  long begun() {
    return begun;
  }

  /** Ends it where it is still awaited; from any thread. */
  void giveUp() {
    context.runOnContext(now -> tooSlow());
  }

  private boolean announcesTooMuch() {
    String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return announced != null && Long.parseLong(announced) > most;
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
      append(part, part.length());
    } else {
      keepTheBeginning(part);
    }
  }

  private void keepTheBeginning(Buffer part) {
    crowded = true;
    length = Math.min(length, BEGINNING);
    body = Arrays.copyOf(body, length);
    append(part, Math.min(part.length(), BEGINNING - length));
    giveBack();
  }

  /** Most bodies come in one part, which is not copied again. */
  private void append(Buffer part, int bytes) {
    if (length == 0) {
      body = part.getBytes(0, bytes);
    } else {
      if (bytes > body.length - length) {
        body = Arrays.copyOf(body, Math.max(2 * length, length + bytes));
      }
      part.getBytes(0, bytes, body, length);
    }
    length += bytes;
  }

  private void hand(Taker taker) {
    boolean _ = awaited.remove(this);
    if (refused) {
      return;
    }
    byte[] bytes = length == body.length ? body : Arrays.copyOf(body, length);
    body = NOTHING;
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
    if (!awaited.remove(this)) {
      return;
    }
    if (!refused) {
      refuse(
          Refusals.REQUEST_TIMEOUT,
          "the body did not come within " + awaited.longest().toSeconds() + " seconds");
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
    boolean _ = awaited.remove(this);
    drop();
  }

  /** What came is not wanted any more; the client may still send. */
  private void drop() {
    body = NOTHING;
    length = 0;
    giveBack();
  }

  private void giveBack() {
    room.give(taken);
    taken = 0;
  }
}
