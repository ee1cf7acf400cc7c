package io.portcullis.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {
  @Test
  void controlCharactersAreReplaced() {
    assertThat(Plain.oneLine("a\nb\tc\u001b[31md\u0000e\u2028f\u202eg"))
        .isEqualTo("a?b?c?[31md?e?f?g");
    assertThat(Plain.oneLine("schön, 日本, 🚀")).isEqualTo("schön, 日本, 🚀");
  }

  @Test
  void halfACharacterIsReplaced() {
    assertThat(Plain.oneLine("x\ud83dy")).isEqualTo("x?y");
  }

  @Test
  void aCutIsMarkedAndSplitsNoCharacter() {
    assertThat(Plain.cut("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Plain.cut("abcdefg", 6)).isEqualTo("abc...");
    assertThat(Plain.cut("ab🚀cdefg", 6)).isEqualTo("ab...");
  }

  @Test
  void aCutToBytesSplitsNoCharacter() {
    assertThat(Plain.cutBytes("schön", 6)).isEqualTo("schön");
    assertThat(Plain.cutBytes("schöner", 6)).isEqualTo("sch...");
    assertThat(Plain.cutBytes("schöner", 7)).isEqualTo("sch...");
    assertThat(Plain.cutBytes("a🚀🚀", 8)).isEqualTo("a🚀...");
  }

  @Test
  void bytesAreThoseOfUtf8() {
    assertThat(Plain.bytes("schön")).isEqualTo(6);
  }
}
