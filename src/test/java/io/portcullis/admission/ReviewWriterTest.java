package io.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.PatchOp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewWriterTest {
  @Test
  void aYesSaysNoMoreThanItMust() {
    assertThat(json(answer(List.of(), List.of())))
        .isEqualTo(
            "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\","
                + "\"response\":{\"uid\":\"u-1\",\"allowed\":true}}");
  }

  @Test
  void aPatchIsJsonPatchInBase64() {
    List<PatchOp> patch =
        List.of(
            new PatchOp.Test("/metadata/labels/a", true),
            new PatchOp.Add("/metadata/labels/portcullis.io~1tier", "frontend"),
            new PatchOp.Replace("/spec/list", List.of(1, "two", Map.of("three", 3L))),
            new PatchOp.Remove("/spec/gone"));
    String json = json(answer(List.of(), patch));
    assertThat(json).contains("\"patchType\":\"JSONPatch\"");
    String base64 = json.replaceFirst(".*\"patch\":\"([^\"]*)\".*", "$1");
    assertThat(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
        .isEqualTo(
            "[{\"op\":\"test\",\"path\":\"/metadata/labels/a\",\"value\":true},"
                + "{\"op\":\"add\",\"path\":\"/metadata/labels/portcullis.io~1tier\","
                + "\"value\":\"frontend\"},"
                + "{\"op\":\"replace\",\"path\":\"/spec/list\",\"value\":[1,\"two\",{\"three\":3}]},"
                + "{\"op\":\"remove\",\"path\":\"/spec/gone\"}]");
  }

  @Test
  void theUidComesBackAsItCame() {
    String uid = "\"\\u0000\t🚪";
    Answer answer = new Answer(uid, Optional.empty(), List.of(), Map.of(), List.of());
    assertThat(json(answer)).contains("\"uid\":\"\\\"\\\\u0000\\t🚪\"");
  }

  private static Answer answer(List<String> warnings, List<PatchOp> patch) {
    return new Answer("u-1", Optional.empty(), warnings, Map.of(), patch);
  }

  private static String json(Answer answer) {
    return new String(ReviewWriter.review(answer), StandardCharsets.UTF_8);
  }
}
