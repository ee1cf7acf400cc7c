package io.portcullis.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharingParserTest {
  private static final JsonFactory JSON = new JsonFactory();

  @Test
  void equalTextsAreOneObject() throws IOException {
    assertThat(texts("[\"frontend\"]").getFirst()).isSameAs(texts("[\"frontend\"]").getFirst());
  }

  @Test
  void equalNamesOfFieldsAreOneObject() throws IOException {
    assertThat(names("{\"tier\": 1}").getFirst()).isSameAs(names("{\"tier\": 1}").getFirst());
  }

  @Test
  void otherTextsStayWhatTheyAre() throws IOException {
    String longer = "x".repeat(300);

    assertThat(texts("[\"Aa\", \"BB\", \"\\u00e9\", \"\", \"%s\"]".formatted(longer)))
        .containsExactly("Aa", "BB", "é", "", longer);
    assertThat(names("{\"a\": {\"b\": 1}, \"c\": 2}")).containsExactly("a", "c");
  }

  private static List<String> texts(String json) throws IOException {
    List<String> texts = new ArrayList<>();
    try (JsonParser parser = new SharingParser(JSON.createParser(json))) {
      parser.nextToken();
      while (parser.nextToken().isScalarValue()) {
        texts.add(parser.getText());
      }
    }
    return texts;
  }

  private static List<String> names(String json) throws IOException {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = new SharingParser(JSON.createParser(json))) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        names.add(name);
        parser.nextToken();
        parser.skipChildren();
      }
    }
    return names;
  }
}
