package io.portcullis.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "010.000.0.1, 10.0.0.1", // as the API server reads it in its old fields
    "::1, ::1",
    "fd00:0:0:0:0:0:0:1, fd00::1",
    "FD00::A, fd00::a",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1", // one zero group alone is not shortened
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1", // the longest run is
    "::ffff:10.0.0.1, 10.0.0.1", // mapped IPv4 is IPv4
    "::, ::",
  })
  void anAddressIsWrittenCanonically(String text, String canonical) {
    assertThat(Address.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0",
        "10.0.0.0.1",
        "10.0.0.256",
        "1",
        "localhost",
        "10.0.0.1/8",
        "fd00::1::2",
        ":::",
        "10.0.0.-1",
        " 10.0.0.1",
        "fe80::1%eth0",
        "0x0a.0.0.1",
        "12345::"
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(Address.tryParse(text)).isEmpty();
    assertThatThrownBy(() -> Address.parse(text))
        .hasMessage("\"%s\" is no IP address: write it like 10.0.0.1 or fd00::1".formatted(text));
  }

  @Test
  void ipv4ComesBeforeIpv6() {
    assertThat(Address.parse("255.255.255.255")).isLessThan(Address.parse("::"));
  }

  @Test
  void theNextAddressEndsWithTheFamily() {
    assertThat(Address.parse("10.0.0.255").plus(1)).contains(Address.parse("10.0.1.0"));
    assertThat(Address.parse("255.255.255.255").plus(1)).isEmpty();
    assertThat(Address.parse("0.0.0.0").plus(-1)).isEmpty();
  }

  @Test
  void bitsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> new Address(Address.Family.IPV4, BigInteger.ONE.shiftLeft(32)))
        .hasMessageContaining("is no IPV4 address");
  }
}
