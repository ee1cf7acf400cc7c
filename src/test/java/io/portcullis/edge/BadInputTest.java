package io.portcullis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.admission.Reviews;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no review gets a problem in one line, and the connection goes on. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class BadInputTest {
  private final Caller caller = new Caller();

  @Test
  void noJsonIs400() {
    isProblem(
        caller.post("/validate", "{"),
        400,
        "the body is not JSON: line 1, column 2: Unexpected end-of-input: expected close marker for"
            + " Object");
  }

  @Test
  void noBodyIs400() {
    isProblem(caller.post("/validate", ""), 400, "the body must be a JSON object");
  }

  @Test
  void aDuplicateKeyOfTheEnvelopeIs400() {
    String twice =
        Reviews.text("create-service")
            .replace("\"dryRun\":false", "\"dryRun\":false,\"dryRun\":true");
    isProblem(caller.post("/mutate", twice), 400, "the key \"dryRun\" stands twice in request");
  }

  @Test
  void aDuplicateKeyOfTheObjectIsNotOurs() {
    String twice =
        Reviews.text("create-service")
            .replace("\"sessionAffinity\":", "\"sessionAffinity\":\"x\",\"sessionAffinity\":");
    assertThat(caller.post("/validate", twice).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON"})
  void jsonIsTakenWithItsParameters(String type) {
    assertThat(
            caller
                .send(
                    Caller.request("/validate", type)
                        .POST(BodyPublishers.ofByteArray(Reviews.bytes("create-service"))))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void anotherContentTypeIs415() {
    isProblem(
        caller.send(
            Caller.request("/validate", "application/yaml")
                .POST(BodyPublishers.ofString("kind: AdmissionReview"))),
        415,
        "want content-type: application/json");
  }

  @Test
  void anotherMethodIs405AndSaysWhichIsRight() {
    HttpResponse<String> answer = caller.send(Caller.request("/validate", "text/plain").GET());
    isProblem(answer, 405, "want POST");
    assertThat(answer.headers().firstValue("allow")).contains("POST");
  }

  @Test
  void anotherPathIs404() {
    isProblem(caller.post("/validates", "{}"), 404, "want POST /mutate or POST /validate");
  }

  @Test
  void tooLargeABodyIs413() {
    isProblem(
        caller.post("/validate", new byte[2 * 1024 * 1024]),
        413,
        "the body has more than 1048576 bytes");
  }

  @Test
  void tooLargeABodyOfUnknownLengthIs413() {
    byte[] part = new byte[64 * 1024];
    isProblem(
        caller.send(
            Caller.request("/validate", "application/json")
                .POST(BodyPublishers.ofByteArrays(java.util.Collections.nCopies(40, part)))),
        413,
        "the body has more than 1048576 bytes");
  }

  @Test
  void anUnreadableFieldWarnsAndTheRestIsJudged() {
    String odd =
        Reviews.text("create-ingress-without-tls")
            .replace("\"ingressClassName\":\"nginx\"", "\"ingressClassName\":7");
    assertThat(caller.post("/validate", odd).body())
        .contains("\"allowed\":false")
        .contains("[ingress-tls] Ingress shop/web")
        .contains(
            "[read] Ingress shop/web, spec.ingressClassName: is a whole number, want a string;"
                + " this is let pass unjudged.");
  }

  @Test
  void anAbsentObjectIsLetPassWithAWarning() {
    String without =
        Reviews.text("create-service")
            .replaceFirst("\"object\":\\{.*\\},\"oldObject\"", "\"oldObject\"");
    assertThat(caller.post("/validate", without).body())
        .contains("\"allowed\":true")
        .contains("[read] Service shop/web, object: is missing; this is let pass unjudged.");
  }

  private static void isProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body())
        .startsWith("{\"type\":\"about:blank\",\"title\":\"")
        .contains("\"status\":" + status + ",\"detail\":\"" + detail.replace("\"", "\\\""))
        .hasLineCount(1);
    assertThat(answer.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(600);
  }
}
