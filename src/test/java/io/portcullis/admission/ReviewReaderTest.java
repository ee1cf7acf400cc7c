package io.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.Change;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewReaderTest {
  private static final String ENVELOPE =
      """
      {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1",\
      "kind":{"group":"","version":"v1","kind":"Service"},"operation":"CREATE","namespace":"shop",\
      "object":%s}}\
      """;

  @Test
  void tellsWhoWantsWhat() {
    Change change = review(Reviews.bytes("create-ingress-without-tls-dry-run")).change();
    assertThat(change.uid()).hasSize(36);
    assertThat(change.operation()).isEqualTo(Operation.CREATE);
    assertThat(change.dryRun()).isTrue();
    assertThat(change.user().name()).isEqualTo("kubernetes-admin");
    assertThat(change.user().groups()).contains("system:authenticated");
    assertThat(change.target().kind()).isEqualTo("Ingress");
    assertThat(change.target().group()).isEqualTo("networking.k8s.io");
    assertThat(change.ref()).hasToString("Ingress shop/web");
  }

  @Test
  void aPodWithoutANameIsCalledByItsPrefix() {
    assertThat(review(Reviews.bytes("create-pod")).change().ref())
        .hasToString("Pod shop/web-7d4b9c6f5d-*");
  }

  @Test
  void anUpdateHasBothObjects() {
    Change change = review(Reviews.bytes("update-ingress-losing-tls")).change();
    assertThat(change.object()).get().isInstanceOf(Ingress.class);
    assertThat(change.oldObject()).get().isInstanceOf(Ingress.class);
    assertThat(change.object()).isNotEqualTo(change.oldObject());
  }

  @Test
  void aDeleteHasTheOldObjectOnly() {
    Review review = review(Reviews.bytes("delete-networkpolicy"));
    assertThat(review.change().object()).isEmpty();
    assertThat(review.change().oldObject()).map(KubeObject::kind).contains(Kind.NETWORK_POLICY);
    assertThat(review.problems()).isEmpty();
  }

  @Test
  void anObjectWithoutANamespaceIsInTheRequests() {
    String usual = Reviews.text("create-service");
    String without =
        usual.replace(
            "\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"",
            "\"metadata\":{\"name\":\"web\"");
    assertThat(without).isNotEqualTo(usual);
    assertThat(review(without).change()).isEqualTo(review(usual).change());
  }

  @Test
  void theObjectMayComeBeforeItsKind() {
    String usual = Reviews.text("create-service");
    int from = usual.indexOf("\"object\":");
    int to = usual.indexOf(",\"oldObject\"");
    String object = usual.substring(from, to);
    String turned =
        usual.replace(object + ",", "").replace("\"request\":{", "\"request\":{" + object + ",");
    assertThat(review(turned).change()).isEqualTo(review(usual).change());
  }

  @Test
  void withoutAKindTheObjectTellsItsOwn() {
    String usual = Reviews.text("create-service");
    String without =
        usual.replaceFirst(
            "\"kind\":\\{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Service\"},", "");
    assertThat(without).isNotEqualTo(usual);
    assertThat(review(without).change().object()).map(KubeObject::kind).contains(Kind.SERVICE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null                                 | object: is missing
          7                                    | object: is no object
          []                                   | object: is no object
          {"kind":"Pod","apiVersion":"v1"}     | object: is of kind Pod, not Service
          {"kind":"Service","spec":{"type":4}} | spec.type: is a whole number, want a string
          """)
  void whatIsUnreadableInsideIsAProblemAndNoMore(String object, String problem) {
    assertThat(review(ENVELOPE.formatted(object)).problems())
        .extracting(Object::toString)
        .containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                  | not JSON
          ``                                 | must be a JSON object
          []                                 | the body must be a JSON object
          null                               | the body must be a JSON object
          {} {}                              | something follows
          {}                                 | apiVersion must be "admission.k8s.io/v1"
          {"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview"} | apiVersion must be
          {"apiVersion":"admission.k8s.io/v1","kind":"Review"} | kind must be "AdmissionReview"
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"} | there is no request
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":null} | there is no request
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":[]} | request must be a JSON object
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}} | there is no request.uid
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":7}} | request.uid must be a string
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"\\ud800"}} | request.uid is no text
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u"}} | request.operation is ""
          {"apiVersion":"admission.k8s.io/v1","apiVersion":"admission.k8s.io/v1"} | the key "apiVersion" stands twice
          {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"a","uid":"b"}} | the key "uid" stands twice in request
          """)
  void aWrongEnvelopeIsRefusedInASentence(String body, String detail) {
    assertThat(ReviewReader.read(body.getBytes(StandardCharsets.UTF_8)))
        .asInstanceOf(InstanceOfAssertFactories.type(Malformed.class))
        .extracting(Malformed::detail)
        .asString()
        .contains(detail)
        .hasSizeLessThanOrEqualTo(300)
        .doesNotContain("\n");
  }

  @Test
  void aNestingBombIsRefused() {
    String bomb = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
    assertThat(ReviewReader.read(ENVELOPE.formatted(bomb).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void whatAnApiServerTakesIsTaken() {
    String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
    String odd =
        "{\"status\":%s,\"%s\":%s}".formatted(deep, "k".repeat(100_000), "9".repeat(5_000));
    assertThat(review(ENVELOPE.formatted(odd).getBytes(StandardCharsets.UTF_8)).problems())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"NaN, Non-standard token 'NaN'", "[1, Unexpected close marker"})
  void aParserSaysNothingAboutItself(String json, String start) {
    Reading read = ReviewReader.read(ENVELOPE.formatted(json).getBytes(StandardCharsets.UTF_8));
    assertThat(read).isInstanceOf(Malformed.class);
    assertThat(((Malformed) read).detail()).contains(start).doesNotContain("`", "start marker");
  }

  @Test
  void anObjectWithoutANameIsCalledAsTheRequestSays() {
    String named = ENVELOPE.replace("\"object\"", "\"name\":\"web\",\"object\"");
    assertThat(review(named.formatted("{}").getBytes(StandardCharsets.UTF_8)).change().ref())
        .hasToString("Service shop/web");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32BE"})
  void anotherEncodingIsRefused(String charset) {
    byte[] body = Reviews.text("create-service").getBytes(Charset.forName(charset));
    assertThat(ReviewReader.read(body)).isInstanceOf(Malformed.class);
  }

  @Test
  void everyCutOfAReviewIsRefused() {
    byte[] whole = Reviews.text("create-service").strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThat(ReviewReader.read(cut)).as("%d bytes", length).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void theEnvelopeAloneIsEnoughToAnswer() {
    byte[] body = Reviews.bytes("create-ingress");
    Change whole = review(body).change();
    assertThat(ReviewReader.readEnvelope(body))
        .asInstanceOf(InstanceOfAssertFactories.type(Review.class))
        .satisfies(envelope -> {
          assertThat(envelope.change().object()).isEmpty();
          assertThat(envelope.change().target()).isEqualTo(whole.target());
          assertThat(envelope.change().uid()).isEqualTo(whole.uid());
        });
  }

  private static Review review(String body) {
    return review(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Review review(byte[] body) {
    assertThat(ReviewReader.read(body)).isInstanceOf(Review.class);
    return (Review) ReviewReader.read(body);
  }
}
