package io.portcullis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.admission.Reviews;
import io.portcullis.proof.Await;
import io.portcullis.tls.CertificateFolder;
import io.portcullis.tls.Hosts;
import io.portcullis.tls.Pem;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.Assertions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** What whoever runs the server holds on to: the log, metrics, probes, reloads. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class OperationsTest {
  @Inject CapturedAudit audit;

  @ConfigProperty(name = "portcullis.settings")
  Path settings;

  @ConfigProperty(name = "portcullis.cert-dir")
  Path certificates;

  @ConfigProperty(name = "portcullis.audit-file")
  Path auditFile;

  private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

  private final Caller caller = new Caller();

  @Test
  void aDenialIsOneLineInTheAuditLog() {
    String uid = post("create-ingress-without-tls");
    assertThat(audit.about(uid, 1))
        .singleElement()
        .asString()
        .contains("\"verdict\":\"deny\"")
        .contains("\"user\":\"kubernetes-admin\"")
        .contains("\"dryRun\":false")
        .contains("\"rule\":\"ingress-tls\",\"mode\":\"deny\",\"path\":\"spec.rules[0].host\"")
        .containsPattern("\"settings\":\"sha256:[0-9a-f]{8}\"");
  }

  @Test
  void aDryRunIsAuditedAsOne() {
    String uid = post("create-ingress-without-tls-dry-run");
    assertThat(audit.about(uid, 1)).singleElement().asString().contains("\"dryRun\":true");
  }

  @Test
  void theSameMistakeKeepsItsRecord() {
    String record = "(?s).*\"record\":\"([0-9a-f]{8})\".*";
    String first = audit.about(post("create-ingress-without-tls"), 1).getFirst();
    String second = audit.about(post("create-ingress-without-tls"), 1).getFirst();
    assertThat(second.replaceFirst(record, "$1")).isEqualTo(first.replaceFirst(record, "$1"));
  }

  @Test
  void aYesIsNotAudited() {
    String yes = post("create-ingress");
    audit.about(post("create-ingress-without-tls"), 1);
    assertThat(audit.about(yes)).isEmpty();
  }

  @Test
  void metricsHaveTheirNames() {
    post("create-ingress-without-tls");
    post("update-scale");
    caller.post("/mutate", Reviews.bytes("create-pod"));
    List<String> metrics = Caller.management("/q/metrics").body().lines().toList();
    for (String start :
        List.of(
            "portcullis_reviews_total{kind=\"Ingress\",operation=\"CREATE\",verdict=\"deny\","
                + "webhook=\"validate\"} ",
            "portcullis_reviews_total{kind=\"other\",operation=\"UPDATE\",verdict=\"warn\","
                + "webhook=\"validate\"} ",
            "portcullis_reviews_total{kind=\"Pod\",operation=\"CREATE\",verdict=\"allow\","
                + "webhook=\"mutate\"} ",
            "portcullis_review_seconds_bucket{le=\"0.001\"} ",
            "portcullis_review_seconds_count ",
            "portcullis_findings_total{mode=\"deny\",rule=\"ingress-tls\"} ",
            "portcullis_rule_errors_total{rule=\"read\"} ",
            "portcullis_picture_ready 1.0",
            "portcullis_picture_objects{kind=\"Service\"} 2.0",
            "portcullis_picture_version{kind=\"Service\"} ",
            "portcullis_settings_valid ",
            "portcullis_certificate_expiry_seconds{use=\"serving\"} ",
            "portcullis_certificate_expiry_seconds{use=\"ca\"} ")) {
      assertThat(metrics).as(start).anyMatch(line -> line.startsWith(start));
    }
  }

  @Test
  void metricsHaveTheirLabelsAndNoOthers() {
    caller.post(
        "/validate",
        Reviews.text("create-ingress-without-tls")
            .replace("\"ingressClassName\":\"nginx\"", "\"ingressClassName\":7"));
    Map<String, Set<String>> labels = new TreeMap<>();
    metrics()
        .lines()
        .filter(line -> line.startsWith("portcullis_"))
        .forEach(line ->
            labels.merge(
                line.replaceFirst("[{ ].*", ""), keys(line), (one, other) -> union(one, other)));
    assertThat(labels)
        .isEqualTo(
            Map.ofEntries(
                Map.entry(
                    "portcullis_reviews_total", Set.of("webhook", "operation", "kind", "verdict")),
                Map.entry("portcullis_review_seconds_bucket", Set.of("le")),
                Map.entry("portcullis_review_seconds_count", Set.of()),
                Map.entry("portcullis_review_seconds_sum", Set.of()),
                Map.entry("portcullis_review_seconds_max", Set.of()),
                Map.entry("portcullis_findings_total", Set.of("rule", "mode")),
                Map.entry("portcullis_rule_errors_total", Set.of("rule")),
                Map.entry("portcullis_picture_objects", Set.of("kind")),
                Map.entry("portcullis_picture_version", Set.of("kind")),
                Map.entry("portcullis_picture_ready", Set.of()),
                Map.entry("portcullis_settings_valid", Set.of()),
                Map.entry("portcullis_certificate_expiry_seconds", Set.of("use")),
                Map.entry("portcullis_audit_dropped_total", Set.of())));
  }

  @Test
  void theEndOfACertificateIsToldAsUnixTime() throws IOException {
    long end =
        Pem.certificates(Files.readString(certificates.resolve("tls.crt")))
            .getFirst()
            .getNotAfter()
            .toInstant()
            .getEpochSecond();
    Await.that(
        "the metric tells the end of the certificate in the folder",
        () ->
            metrics()
                .lines()
                .filter(line ->
                    line.startsWith("portcullis_certificate_expiry_seconds{use=\"serving\"} "))
                .anyMatch(line -> (long) Double.parseDouble(line.replaceFirst(".* ", "")) == end));
  }

  @Test
  void recordsAreInTheFileToo() throws IOException {
    String uid = post("create-ingress-without-tls");
    String line = audit.about(uid, 1).getFirst();
    Await.that("the file has it", () -> read(auditFile).lines().anyMatch(line::equals));
  }

  @Test
  void logLevelsAreChangedAndTakenBackWhileItRuns() {
    String path = "/q/loggers/portcullis.serve";
    assertThat(Caller.management(path).body()).isEqualTo("portcullis.serve INFO\n");
    assertThat(Caller.management(path + "?level=debug", "PUT").body())
        .isEqualTo("portcullis.serve DEBUG\n");
    assertThat(Logger.getLogger("portcullis.serve").isDebugEnabled()).isTrue();
    assertThat(Caller.management(path + "?level=loud", "PUT").statusCode()).isEqualTo(400);
    assertThat(Caller.management(path, "POST").statusCode()).isEqualTo(405);
    assertThat(Caller.management(path, "DELETE").body()).isEqualTo("portcullis.serve INFO\n");
    assertThat(Logger.getLogger("portcullis.serve").isDebugEnabled()).isFalse();
    assertThat(caller.post(path, "{}").statusCode()).as("at the webhook's port").isEqualTo(404);
  }

  @Test
  void probesAreUp() {
    for (String probe : List.of("started", "live", "ready")) {
      assertThat(Caller.management("/q/health/" + probe).statusCode()).as(probe).isEqualTo(200);
    }
    assertThat(Caller.management("/q/health/ready").body())
        .contains("\"name\": \"picture\"")
        .contains("\"name\": \"settings\"")
        .contains("\"name\": \"certificate\"")
        .contains("sha256:");
  }

  @Test
  void settingsAreInForceSoonAndInvalidOnesNever() throws IOException {
    String before = Files.readString(settings);
    try {
      Files.writeString(settings, before + "rules: {ingress-tls: warn}\n");
      Await.that("a warning instead of a denial", () -> verdict().contains("\"warn\""));
      Files.writeString(settings, before + "rules: {ingres-tls: deny}\n");
      Await.that("the metric says so", () -> metrics().contains("portcullis_settings_valid 0.0"));
      assertThat(verdict()).contains("\"warn\"");
      assertThat(Caller.management("/q/health/ready"))
          .satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(200))
          .satisfies(ready -> assertThat(ready.body()).contains("ingres-tls"));
    } finally {
      Files.writeString(settings, before);
    }
    Await.that("a denial again", () -> verdict().contains("\"deny\""));
    assertThat(metrics()).contains("portcullis_settings_valid 1.0");
  }

  @Test
  void aNewCertificateIsShownWhileConnectionsGoOn() throws IOException {
    try (RawConnection open = new RawConnection(Caller.trust().getSocketFactory())) {
      assertThat(open.post("/validate", Reviews.bytes("create-ingress")).status()).isEqualTo(200);
      new CertificateFolder(certificates).make(Hosts.with(List.of()), Instant.now());
      SSLContext newTrust = Caller.trust();
      Await.that("the new certificate", () -> isTrusted(newTrust));
      assertThat(open.post("/validate", Reviews.bytes("create-ingress")).status()).isEqualTo(200);
    }
    assertThat(new Caller().post("/validate", Reviews.bytes("create-ingress")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void tls12IsEnoughAndTls11IsNot() throws IOException {
    assertThat(handshake("TLSv1.2")).isEqualTo("TLSv1.2");
    Assertions.assertThatExceptionOfType(IOException.class).isThrownBy(() -> handshake("TLSv1.1"));
  }

  private static String handshake(String protocol) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) Caller.trust().getSocketFactory().createSocket("localhost", Caller.port())) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  private static boolean isTrusted(SSLContext trust) {
    try (SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket("localhost", Caller.port())) {
      socket.startHandshake();
      return true;
    } catch (SSLHandshakeException e) {
      return false;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String verdict() {
    String answer = caller.post("/validate", Reviews.bytes("create-ingress-without-tls")).body();
    return answer.replaceFirst("(?s).*\"verdict\":(\"[a-z]+\").*", "$1");
  }

  private static Set<String> keys(String line) {
    return LABEL
        .matcher(line)
        .results()
        .map((MatchResult label) -> label.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String metrics() {
    return Caller.management("/q/metrics").body();
  }

  /** Asks about a review under a uid of its own, which is given back. */
  private String post(String name) {
    String uid = UUID.randomUUID().toString();
    String review =
        Reviews.text(name).replaceFirst("\"uid\":\"[^\"]*\"", "\"uid\":\"" + uid + "\"");
    assertThat(caller.post("/validate", review).body()).contains(uid);
    return uid;
  }
}
