package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Estate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {
  private static final String RIGHT = "k8s/samples/right";
  private static final String BROKEN = "k8s/samples/broken/";
  private static final String SETTINGS = "k8s/samples/settings.yaml";

  /** Selects what is there, but is served without TLS. */
  private static final String INGRESS =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: web
        namespace: shop
      spec:
        rules:
          - host: shop.example.com
      """;

  private static final String SENDING =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: shop}
      spec:
        selector: {matchLabels: {app: web}}
        template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c}]}}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: web}}
        policyTypes: [Egress]
        egress: [{to: [%s], ports: [%s]}]
      """;

  private static final String SHOWN_DNS =
      """
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: kube-dns, namespace: kube-system}
      spec: {clusterIP: 10.96.0.10, selector: {k8s-app: dns}, ports: [{port: 53, protocol: UDP, name: udp}, {port: 53, name: tcp}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: dns, namespace: kube-system, labels: {k8s-app: dns}}
      spec: {containers: [{name: c}]}
      """;

  @TempDir private Path folder;
  private Path ingress;

  @BeforeEach
  void writeTheIngress() throws IOException {
    ingress = write("ingress.yaml", INGRESS);
  }

  @Test
  void theRightSampleIsRightWithAndWithoutSettings() {
    Ran bare = Ran.portcullis("check", RIGHT);
    assertThat(bare).isEqualTo(new Ran(0, "40 objects: 0 deny, 0 warn, 0 audit\n", ""));
    assertThat(Ran.portcullis("check", "--settings", SETTINGS, RIGHT)).isEqualTo(bare);
  }

  @Test
  void anEstateOfManyTeamsIsRight() throws IOException {
    Estate.write(folder.resolve("estate"), 4, 25);
    assertThat(Ran.portcullis("check", folder.resolve("estate").toString()))
        .isEqualTo(new Ran(0, "300 objects: 0 deny, 0 warn, 0 audit\n", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ingress-without-tls.yaml, 52:7, ingress-tls",
    "service-selector-typo.yaml, 35:5, service-selector",
    "settings-misspelt.yaml, 8:3, settings-valid",
    "unknown-tier.yaml, 31:9, tier-label",
  })
  void eachBrokenSampleIsRefusedWithRuleFileAndLine(String file, String place, String rule) {
    Ran ran = Ran.portcullis("check", BROKEN + file);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.lines().getFirst())
        .startsWith(BROKEN + file + ":" + place + ": deny [" + rule + "] ");
    assertThat(ran.lines()).hasSize(2);
    assertThat(ran.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"deny, 0", "warn, 1", "audit, 1", "off, 0", "WARN, 1"})
  void failOnSaysWhichModeIsAFailure(String failOn, int code) throws IOException {
    Path warn = write("settings.yaml", "mode: warn\n");
    Ran ran =
        Ran.portcullis(
            "check", "--fail-on", failOn, "--settings", warn.toString(), ingress.toString());
    assertThat(ran.code()).isEqualTo(code);
    assertThat(ran.out()).contains(": warn [ingress-tls] Ingress shop/web");
  }

  @Test
  void whatCannotBeReadIsToldAfterEverythingElseWasJudged() throws IOException {
    Path broken = write("broken.yaml", "kind: Service\napiVersion: v1\nmetadata: {name: Web}\n");
    Ran ran = Ran.portcullis("check", broken.toString(), ingress.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).contains("deny [ingress-tls]");
    assertThat(ran.complaints())
        .anySatisfy(line -> assertThat(line).startsWith(broken + ":3:12: metadata.name: Invalid"))
        .anySatisfy(
            line -> assertThat(line).isEqualTo(broken + ":1:1: spec.ports: Required value"));
  }

  @Test
  void objectsThatTheApiServerRefusesAreNotJudgedButSeen() throws IOException {
    Path both =
        write(
            "both.yaml",
            INGRESS.replace("name: web", "name: Web")
                + """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec:
                  selector: {app: web}
                  ports: [{port: 80}]
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec:
                  replicas: -1
                  selector: {matchLabels: {app: web}}
                  template: {metadata: {labels: {app: web}}}
                """);
    Ran ran = Ran.portcullis("check", both.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEqualTo("3 objects: 0 deny, 0 warn, 0 audit\n");
  }

  @Test
  void theClusterIsSeenButNotJudged() throws IOException {
    Path service =
        write(
            "service.yaml",
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: storefront}
            spec:
              selector: {app: wbe}
              ports: [{port: 80}]
            """);
    assertThat(Ran.portcullis("check", service.toString()).code()).isZero();
    Ran ran = Ran.portcullis("check", service.toString(), "--cluster", RIGHT);
    assertThat(ran.lines().getLast()).startsWith("1 object: ");
  }

  @Test
  void whatLosesItsPodsInTheClusterIsToldAtTheWorkload() throws IOException {
    String deployment =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: checkout, namespace: shop}
        spec:
          selector: {matchLabels: {run: checkout}}
          template:
            metadata: {labels: {run: checkout, app: %s}}
            spec: {containers: [{name: c, ports: [{containerPort: 8080}]}]}
        """;
    String service =
        """
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: checkout, namespace: shop}
        spec: {selector: {app: %s}, ports: [{port: 8080}]}
        """;
    String old =
        write("old/all.yaml", deployment.formatted("checkout") + service.formatted("checkout"))
            .toString();

    String slipped = write("slipped.yaml", deployment.formatted("chekout")).toString();
    Ran ran = Ran.portcullis("check", slipped, "--cluster", old);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("deny [service-selector]", "Service checkout", "did you mean")
        .endsWith("1 object: 1 deny, 0 warn, 0 audit\n");

    String same = write("same.yaml", deployment.formatted("checkout")).toString();
    assertThat(Ran.portcullis("check", same, "--cluster", old).code()).isZero();
    String both =
        write("both.yaml", deployment.formatted("chekout") + service.formatted("chekout"))
            .toString();
    assertThat(Ran.portcullis("check", both, "--cluster", old).code()).isZero();
  }

  @Test
  void aPolicyThatIsNotReadIsNoted() throws IOException {
    String policy =
        write(
                "policy.yaml",
                """
                apiVersion: cilium.io/v2
                kind: CiliumNetworkPolicy
                metadata: {name: db, namespace: shop}
                spec: {endpointSelector: {}}
                """)
            .toString();
    String note =
        "note: CiliumNetworkPolicy shop/db is not read: what only such a policy closes counts as"
            + " open\n";
    assertThat(Ran.portcullis("check", policy))
        .isEqualTo(new Ran(0, "0 objects: 0 deny, 0 warn, 0 audit\n", note));
    assertThat(Ran.portcullis("map", policy).err()).isEqualTo(note);
  }

  @Test
  void fieldsThatAKindDoesNotHaveAreNoted() throws IOException {
    String file =
        write(
                "policy.yaml",
                """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: db, namespace: shop}
                spec:
                  podSelector: {}
                  policytypes: [Ingress]
                  ingress:
                    - from:
                        - podSelector: {matchlabels: {app: web}}
                      port: [{port: 5432}]
                      description: what is this
                      name: null
                """)
            .toString();
    Ran ran = Ran.portcullis("check", file);
    String what = "; kubectl refuses it, the API server by itself drops it";
    assertThat(ran.code()).isZero();
    assertThat(ran.err().lines())
        .containsExactly(
            "note: %s:6:3: spec.policytypes: no such field, want egress or ingress or podSelector or policyTypes%s"
                .formatted(file, what),
            "note: %s:9:25: spec.ingress[0].from[0].podSelector.matchlabels: no such field, want matchExpressions or matchLabels%s"
                .formatted(file, what),
            "note: %s:10:7: spec.ingress[0].port: no such field, want from or ports%s"
                .formatted(file, what),
            "note: %s:11:7: spec.ingress[0].description: no such field, want from or ports%s"
                .formatted(file, what));
  }

  @Test
  void ofFieldsThatThereAreNotOnlySomeAreNoted() throws IOException {
    String fields =
        IntStream.range(0, 13).mapToObj(n -> ", x" + n + ": 1").collect(Collectors.joining());
    String file =
        write(
                "service.yaml",
                "{apiVersion: v1, kind: Service, metadata: {name: a},"
                    + " spec: {type: ExternalName, externalName: example.com%s}}\n"
                        .formatted(fields))
            .toString();
    List<String> notes = Ran.portcullis("check", file).err().lines().toList();
    assertThat(notes).hasSize(11);
    assertThat(notes.getFirst())
        .isEqualTo(
            "note: %s:1:108: spec.x0: no such field; kubectl refuses it, the API server by itself drops it"
                .formatted(file));
    assertThat(notes.getLast()).isEqualTo("note: and 3 more fields that there are not");
  }

  @Test
  void settingsInAManifestHoldAsTheyWouldInTheCluster() throws IOException {
    write(
        "map.yaml",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: portcullis, namespace: portcullis-system}
        data:
          portcullis.yaml: "rules: {ingress-tls: audit}"
        """);
    Ran ran = Ran.portcullis("check", folder.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains(": audit [ingress-tls]");
    Path deny = write("other/settings.txt", "mode: deny\n");
    assertThat(Ran.portcullis("check", folder.toString(), "--settings", deny.toString()).code())
        .isEqualTo(1);
  }

  @Test
  void badSettingsAreToldWithLineAndColumn() throws IOException {
    Path bad = write("settings.yaml", "rules:\n  ingres-tls: deny\n");
    Ran ran = Ran.portcullis("check", "--settings", bad.toString(), ingress.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).startsWith(bad + ":2:3: rules.ingres-tls: ");
    Ran missing = Ran.portcullis("check", "--settings", "nowhere.yaml", ingress.toString());
    assertThat(missing).isEqualTo(new Ran(2, "", "nowhere.yaml: no such file\n"));
  }

  @Test
  void quietSaysNothingWhereNothingFails() {
    assertThat(Ran.portcullis("check", "-q", RIGHT)).isEqualTo(new Ran(0, "", ""));
  }

  @ParameterizedTest
  @CsvSource({"json, '{'", "sarif, '{'", "junit, <?xml", "github, ::error file="})
  void eachFormatIsPrinted(String format, String begin) {
    Ran ran = Ran.portcullis("check", "-o", format, ingress.toString());
    assertThat(ran.out()).startsWith(begin).contains("ingress-tls");
    assertThat(ran.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"-o, xml", "--fail-on, never", "--nonsense, x"})
  void whatIsNotUnderstoodIsOneLineAndExitTwo(String option, String value) {
    Ran ran = Ran.portcullis("check", option, value, RIGHT);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.complaints()).hasSize(1);
    assertThat(Ran.portcullis("check").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}} | {port: 5353, protocol: UDP} | 0
          {ipBlock: {cidr: 169.254.169.254/32}}                                            | {port: 53, protocol: UDP}   | 0
          {ipBlock: {cidr: 8.8.8.8/32}}                                                    | {port: 53, protocol: UDP}   | 1
          {podSelector: {matchLabels: {app: web}}}                                         | {port: 53, protocol: UDP}   | 1
          {podSelector: {matchLabels: {app: web}}}                                         | {port: 8080}                | 1
          """)
  void whoHasNotShownTheDnsOfTheClusterMayHaveAnother(String peer, String port, int code)
      throws IOException {
    Path sending = write("sending.yaml", SENDING.formatted(peer, port));
    Ran ran = Ran.portcullis("check", sending.toString());
    assertThat(ran.code()).as(ran.out()).isEqualTo(code);
    assertThat(ran.out())
        .contains((code == 0 ? "warn" : "deny") + " [policy-blocks-dns] NetworkPolicy shop/web");
  }

  @Test
  void whoHasShownTheDnsOfTheClusterHasThatOne() throws IOException {
    Path sending =
        write("sending.yaml", SENDING.formatted("{podSelector: {}}", "{port: 53}") + SHOWN_DNS);
    Ran ran = Ran.portcullis("check", sending.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("deny [policy-blocks-dns] NetworkPolicy shop/web");
  }

  @Test
  void aNamespaceThatNobodyHasShownHasItsNameAsALabelAndNoOther() throws IOException {
    String peer = "{namespaceSelector: {matchLabels: {name: kube-system}}}";
    Path sending = write("sending.yaml", SENDING.formatted(peer, "{port: 53}"));
    assertThat(Ran.portcullis("check", sending.toString()).out())
        .contains("deny [policy-selects-nothing]")
        .contains("kubernetes.io/metadata.name=kube-system");
  }

  private Path write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }
}
