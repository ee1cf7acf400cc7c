package io.portcullis.admission;

import io.portcullis.judge.Deadline;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two routes, and what is refused of HTTP. Everything here runs on event loops. */
public final class Door {
  private static final String JSON = "application/json";

  /** How long a client may take for its body. */
  private static final Duration SLOWEST = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Desk desk;
  private final int maxBody;
  private final Room room;
  private final Awaited awaited;
  private volatile boolean leaving;
  private volatile @Nullable Asked asked;

  /**
   * @param maxBody the largest body that is read, in bytes
   * @param room for all bodies at once
   */
  public Door(Vertx vertx, Desk desk, int maxBody, Room room) {
    this(vertx, desk, maxBody, room, SLOWEST);
  }

  /**
   * @param slowest how long a client may take for its body
   */
  Door(Vertx vertx, Desk desk, int maxBody, Room room, Duration slowest) {
    this.vertx = vertx;
    this.desk = desk;
    this.maxBody = maxBody;
    this.room = room;
    this.awaited = new Awaited(vertx, slowest);
  }

  /**
   * From now on each answer closes its connection: the server is about to end, and who asks again
   * is to ask another replica.
   */
  public void leave() {
    leaving = true;
  }

  /** Hangs the door into a router. Any other path of it is answered with 404. */
  public void hang(Router router) {
    for (Webhook webhook : Webhook.values()) {
      router.route(webhook.path()).handler(routing -> enter(webhook, routing.request()));
    }
    router
        .route()
        .last()
        .handler(routing ->
            Refusals.NOT_FOUND.send(
                replyTo(routing.request()), "want POST /mutate or POST /validate"))
        .failureHandler(this::failed);
  }

  private void enter(Webhook webhook, HttpServerRequest request) {
    Reply reply = replyTo(request);
    if (!request.method().equals(HttpMethod.POST)) {
      request.response().putHeader(HttpHeaders.ALLOW, "POST");
      Refusals.METHOD_NOT_ALLOWED.send(reply, "want POST");
    } else if (!isJson(request)) {
      Refusals.UNSUPPORTED_MEDIA_TYPE.send(reply, "want content-type: " + JSON);
    } else {
      // From now on, not from the body's end: the API server began to wait before it sent any.
      Deadline deadline = Deadline.in(patience(request), System::nanoTime);
      Intake.read(
          vertx.getOrCreateContext(),
          request,
          maxBody,
          room,
          awaited,
          reply,
          new Visitor(desk, webhook, deadline, reply));
    }
  }

  /** A query and how long who writes it waits. */
  private record Asked(@Nullable String query, Duration toDecide) {}

  /** An API server writes the same query each time. */
  private Duration patience(HttpServerRequest request) {
    Asked known = asked;
    if (known == null || !Objects.equals(known.query(), request.query())) {
      Optional<String> timeout = Optional.ofNullable(request.getParam("timeout"));
      known = new Asked(request.query(), Patience.toDecide(timeout));
      asked = known;
    }
    return known.toDecide();
  }

  private record Visitor(Desk desk, Webhook webhook, Deadline deadline, Reply reply)
      implements Intake.Taker {
    @Override
    public void whole(byte[] body, Runnable done) {
      desk.take(webhook, body, deadline, reply, done);
    }

    @Override
    public void beginning(byte[] body) {
      desk.shed(webhook, body, reply);
    }
  }

  private static boolean isJson(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null) {
      return false;
    }
    int parameters = type.indexOf(';');
    String bare = parameters < 0 ? type : type.substring(0, parameters);
    return bare.strip().toLowerCase(Locale.ROOT).equals(JSON);
  }

  private Reply replyTo(HttpServerRequest request) {
    Context context = vertx.getOrCreateContext();
    return (status, type, body) -> {
      if (context.equals(Vertx.currentContext())) {
        write(request.response(), status, type, body);
      } else {
        context.runOnContext(now -> write(request.response(), status, type, body));
      }
    };
  }

  private void write(HttpServerResponse response, int status, String contentType, byte[] body) {
    if (!response.ended() && !response.closed()) {
      if (leaving) {
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
      response
          .setStatusCode(status)
          .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
          .end(Buffer.buffer(body));
    }
  }

  private void failed(RoutingContext routing) {
    Reply reply = (status, type, body) -> write(routing.response(), status, type, body);
    boolean ours = routing.statusCode() < 400 || routing.statusCode() >= 500;
    (ours ? Refusals.INTERNAL : Refusals.BAD_REQUEST).send(reply, "the request was not understood");
  }
}
