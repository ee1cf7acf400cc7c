package io.portcullis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.admission.Reviews;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reviews in, whole answers out. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class ReviewsTest {
  private final Caller caller = new Caller();

  @TestFactory
  List<DynamicTest> eachReviewIsAnsweredAsWritten() {
    // The pod is as the mutating side sees it, without its label.
    return Reviews.all().stream()
        .filter(name -> !name.equals("create-pod"))
        .map(name -> DynamicTest.dynamicTest(name, () -> isAnsweredAsWritten(name, "validate")))
        .toList();
  }

  @Test
  void aPodIsLabelledWithItsTier() {
    isAnsweredAsWritten("create-pod", "mutate");
  }

  @Test
  void aLabelledPodIsLeftAlone() {
    String labelled =
        Reviews.text("create-pod").replace("\"labels\":{", "\"labels\":{\"tier\":\"frontend\",");
    assertThat(caller.post("/mutate?timeout=2s", labelled).body())
        .contains("\"allowed\":true")
        .doesNotContain("patch");
  }

  @Test
  void theMutatingSideRefusesNobody() {
    assertThat(
            caller.post("/mutate?timeout=2s", Reviews.bytes("create-ingress-without-tls")).body())
        .contains("\"allowed\":true")
        .doesNotContain("warnings");
  }

  private void isAnsweredAsWritten(String name, String webhook) {
    HttpResponse<String> answer = caller.post("/" + webhook + "?timeout=10s", Reviews.bytes(name));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.body()).isEqualTo(Reviews.answer(name, webhook));
  }
}
