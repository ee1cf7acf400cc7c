package io.portcullis.yes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * The least that a webhook on this stack can do: take the body, find its uid, say yes. Only in
 * builds that are measured, never in those that are shipped.
 */
@Singleton
final class YesRoute {
  private static final byte[] UID = "\"uid\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final String BEFORE =
      "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":\"";
  private static final String AFTER = "\",\"allowed\":true}}";

  void hang(@Observes Router router) {
    router.post("/yes").order(-1).handler(routing -> answer(routing.request()));
  }

  private static void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body ->
                request
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(BEFORE + uid(body) + AFTER));
    request.resume();
  }

  private static String uid(Buffer body) {
    byte[] bytes = body.getBytes();
    for (int at = 0; at < bytes.length - UID.length; at++) {
      if (matches(bytes, at)) {
        int from = at + UID.length;
        int to = from;
        while (to < bytes.length && bytes[to] != '"') {
          to++;
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static boolean matches(byte[] bytes, int at) {
    for (int i = 0; i < UID.length; i++) {
      if (bytes[at + i] != UID[i]) {
        return false;
      }
    }
    return true;
  }
}
