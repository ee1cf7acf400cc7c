package io.portcullis.kube.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kubectl sends for a YAML text, as recorded from sigs.k8s.io/yaml v1.6.0. */
class JsonScalarsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: y                                  | {"a":true}
          a: NO                                 | {"a":false}
          a: off                                | {"a":false}
          a: "off"                              | {"a":"off"}
          a: nO                                 | {"a":"nO"}
          a: tRue                               | {"a":"tRue"}
          a: ~                                  | {"a":null}
          a:                                    | {"a":null}
          y: 1                                  | {"true":1}
          1.5: a                                | {"1.5":"a"}
          0x10: a                               | {"16":"a"}
          1e3: a                                | {"1000":"a"}
          08: a                                 | {"8":"a"}
          a: _1                                 | {"a":"_1"}
          a: -_1                                | {"a":-1}
          a: 1e5_0                              | {"a":1.0E50}
          a: 09.5                               | {"a":9.5}
          a: .1_0                               | {"a":0.1}
          a: 18446744073709551616               | {"a":18446744073709551616}
          a: 08                                 | {"a":8}
          a: 017                                | {"a":15}
          a: 0o17                               | {"a":15}
          a: 0_7                                | {"a":7}
          a: 0x1F                               | {"a":31}
          a: 0b11                               | {"a":3}
          a: -0b11                              | {"a":-3}
          a: +5                                 | {"a":5}
          a: 1_000                              | {"a":1000}
          a: 1__0                               | {"a":10}
          a: 1.0                                | {"a":1}
          a: 1e3                                | {"a":1000}
          a: 0.                                 | {"a":0}
          a: .5                                 | {"a":0.5}
          a: -.5                                | {"a":-0.5}
          a: .5e                                | {"a":".5e"}
          a: 1e21                               | {"a":1.0E21}
          a: 1e400                              | {"a":"1e400"}
          a: 18446744073709551615               | {"a":18446744073709551615}
          a: 123456789012345678901234567890     | {"a":1.2345678901234568E29}
          a: 2027-01-31                         | {"a":"2027-01-31"}
          a: 1:30                               | {"a":"1:30"}
          a: =                                  | {"a":"="}
          a: 10.0.0.1                           | {"a":"10.0.0.1"}
          a: !!int "3"                          | {"a":3}
          a: !!str 3                            | {"a":"3"}
          a: !!float 3                          | {"a":3}
          a: !!bool "yes"                       | {"a":true}
          a: !!binary aGk=                      | {"a":"hi"}
          a: !foo 3                             | {"a":"3"}
          ! a: 3                                | {"a":3}
          [a, [], {}, {b: [c]}]                 | ["a",[],{},{"b":["c"]}]
          {"a": 12345678901234567890123}        | {"a":12345678901234567890123}
          {"a": "\\u00e9"}                      | {"a":"é"}
          """)
  void scalarsHaveTheTypesThatKubectlWouldSend(String yaml, String json) {
    assertThat(json(yaml)).isEqualTo(json);
  }

  @Test
  void aMergeKeyOverridesWhatIsBeforeItAndGivesWayToWhatIsAfter() {
    assertThat(json("a: &x {p: 1, q: 2}\nb:\n  p: 9\n  <<: *x\n  q: 8\n"))
        .isEqualTo("{\"a\":{\"p\":1,\"q\":2},\"b\":{\"p\":1,\"q\":8}}");
  }

  @Test
  void theFirstOfSeveralMergedMapsCounts() {
    assertThat(json("a: &x {p: 1}\nb: {<<: [*x, {p: 3, r: 4}]}\nc: {\"<<\": 1}\n"))
        .isEqualTo("{\"a\":{\"p\":1},\"b\":{\"p\":1,\"r\":4},\"c\":{\"<<\":1}}");
  }

  @Test
  void anAliasIsWhatItsAnchorIs() {
    assertThat(json("a: &x [1, &y 2]\nb: *x\nc: *y\n"))
        .isEqualTo("{\"a\":[1,2],\"b\":[1,2],\"c\":2}");
  }

  private static String json(String yaml) {
    Node node = YamlTest.sound(Yaml.documents(yaml).getFirst());
    return NodeJson.of(node).toString();
  }
}
