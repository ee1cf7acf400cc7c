package io.portcullis.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0-10.255.255.255",
    "10.0.0.7/8, 10.0.0.0-10.255.255.255", // host bits are let pass
    "10.0.0.7/32, 10.0.0.7",
    "0.0.0.0/0, 0.0.0.0-255.255.255.255",
    "fd00::/8, fd00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "::/0, ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "::ffff:10.0.0.0/104, 10.0.0.0-10.255.255.255",
  })
  void aBlockCoversItsRange(String block, String range) {
    assertThat(Cidr.parse(block).range()).hasToString(range);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "fd00::/129",
        "/8",
        "a/8",
        "10.0.0.0/8/8",
        "10.0.0.0/9999",
        "::ffff:10.0.0.0/64"
      })
  void whatIsNoBlockIsNone(String text) {
    assertThat(Cidr.tryParse(text)).isEmpty();
    assertThatThrownBy(() -> Cidr.parse(text)).hasMessageContaining("is no address block");
  }

  @ParameterizedTest
  @CsvSource({
    // the guide's outage: pods over the nodes' network
    "192.168.0.0/16, 192.168.1.0/24, 192.168.1.0-192.168.1.255",
    "10.0.0.0/8, 11.0.0.0/8, ",
    "10.0.0.0/8, 10.0.0.0/8, 10.0.0.0-10.255.255.255",
    "10.0.0.1-10.0.0.9, 10.0.0.9-10.0.0.20, 10.0.0.9",
    "10.0.0.0/8, fd00::/8, ",
  })
  void twoRangesShareWhatBothHave(String one, String other, String shared) {
    AddressRange a = AddressRange.tryParse(one).orElseThrow();
    AddressRange b = AddressRange.tryParse(other).orElseThrow();
    Optional<String> both = a.intersection(b).map(AddressRange::toString);
    assertThat(both).isEqualTo(Optional.ofNullable(shared));
    assertThat(b.intersection(a)).isEqualTo(a.intersection(b));
    assertThat(a.overlaps(b)).isEqualTo(shared != null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.9-10.0.0.1", "10.0.0.1-fd00::1", "10.0.0.1-", "-", "x-y"})
  void whatIsNoRangeIsNone(String text) {
    assertThat(AddressRange.tryParse(text)).isEmpty();
  }

  @Test
  void aRangeContainsItsEnds() {
    AddressRange range = AddressRange.tryParse("10.0.0.1-10.0.0.9").orElseThrow();
    assertThat(range.contains(Address.parse("10.0.0.1"))).isTrue();
    assertThat(range.contains(Address.parse("10.0.0.9"))).isTrue();
    assertThat(range.contains(Address.parse("10.0.0.10"))).isFalse();
    assertThat(range.contains(Address.parse("::10"))).isFalse();
    assertThat(Cidr.parse("10.0.0.0/28").range().contains(range)).isTrue();
  }

  @Test
  void aPortRangeRefusesNonsense() {
    assertThat(new PortRange(1, 65_535)).isEqualTo(PortRange.ALL);
    assertThat(PortRange.of(80)).hasToString("80");
    assertThatThrownBy(() -> new PortRange(90, 80))
        .hasMessage("\"90-80\" is no port range: want 1-65535, the lower end first");
    assertThatThrownBy(() -> new PortRange(0, 80)).isInstanceOf(IllegalArgumentException.class);
  }
}
