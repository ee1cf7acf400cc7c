package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code explain}. */
class ExplainCommandTest {
  private static final String CLUSTER =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {namespace: shop, name: db}
      spec:
        serviceName: db
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: c, ports: [{name: sql, containerPort: 5432}]}]}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {namespace: shop, name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: db, namespace: shop}
      spec: {selector: {app: db}, ports: [{port: 80, targetPort: sql}]}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web, namespace: shop}
      spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: db, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: db}}
        ingress:
          - {from: [{podSelector: {matchLabels: {app: api}}}, {podSelector: {matchLabels: {app: web}}}], ports: [{port: sql}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: egress, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: db}}
        policyTypes: [Egress]
        egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}], ports: [{port: 443}]}]
      ---
      apiVersion: policy.networking.k8s.io/v1alpha1
      kind: AdminNetworkPolicy
      metadata: {name: no-udp}
      spec:
        priority: 1
        subject: {namespaces: {}}
        ingress: [{action: Deny, from: [{namespaces: {}}], ports: [{portRange: {protocol: UDP, start: 1, end: 65535}}]}]
      """;

  @TempDir private Path folder;
  private String file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("all.yaml"), CLUSTER).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shop/Deployment/web  | shop/StatefulSet/db | 5432           | 0
          shop/Deployment/web  | shop/StatefulSet/db | TCP/5432       | 0
          shop/Deployment/web  | shop/StatefulSet/db | sql            | 0
          shop/Deployment/web  | shop/StatefulSet/db | 80             | 1
          shop/Deployment/web  | shop/StatefulSet/db | UDP/5432       | 1
          shop/Deployment/web  | shop/StatefulSet/db | 5432-5433      | 1
          shop/Deployment/web  | shop/StatefulSet/db |                | 0
          shop/web             | shop/db             | 5432           | 0
          shop/web             | shop/service/db     | 80             | 0
          shop/web             | shop/Service/db     |                | 0
          shop/web             | shop/Service/db     | 5432           | 2
          shop/db              | shop/web            |                | 1
          shop/db              | world               | 443            | 1
          shop/db              | world               |                | 0
          shop/db              | 8.8.8.8             | 443            | 0
          shop/db              | 8.0.0.0/8           | 443            | 0
          shop/db              | 10.1.2.3            | 443            | 1
          world                | shop/db             |                | 1
          world                | shop/web            |                | 0
          ingress-controller   | shop/web            | 8080           | 0
          ingress-controller   | shop/web            | 80             | 1
          ingress-controller   | shop/db             |                | 1
          shop/web             | ingress-controller  |                | 2
          world                | 10.0.0.1            |                | 2
          shop/webb            | shop/db             |                | 2
          shop/web             | shop/db             | 99999          | 2
          shop/web             | shop/db             | nosuchname     | 2
          """)
  void itsCodeTellsWhetherItIsOpen(String from, String to, String port, int code) {
    List<String> args = new ArrayList<>(List.of("explain", from, to, file));
    if (port != null) {
      args.addAll(List.of("--port", port));
    }
    Ran ran = Ran.portcullis(args.toArray(String[]::new));
    assertThat(ran.code()).as(ran.err() + ran.out()).isEqualTo(code);
    assertThat(ran.complaints()).filteredOn(line -> !line.startsWith("note: ")).hasSize(code / 2);
  }

  /** A name is a port of each pod's own: nobody is asked for the other's number. */
  @Test
  void aNameStandsForAnotherNumberOnEachPod() throws IOException {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: shop, labels: {app: %s, pod: %1$s}}
        spec: {containers: [{name: c, ports: [{name: web, containerPort: %s}]}]}
        ---
        """;
    String path =
        Files.writeString(
                folder.resolve("names.yaml"),
                pod.formatted("old", "api", 8080)
                    + pod.formatted("new", "api", 9090)
                    + pod.formatted("caller", "caller", 80)
                    + """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: api, namespace: shop}
                    spec: {selector: {app: api}, ports: [{port: 80, targetPort: web}]}
                    ---
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: api, namespace: shop}
                    spec: {podSelector: {matchLabels: {app: api}}, ingress: [{ports: [{port: web}]}]}
                    """)
            .toString();
    assertThat(
            Ran.portcullis("explain", "-q", "shop/caller", "shop/old", path, "--port", "80").out())
        .contains("hint: TCP/80 is the port of Service shop/api");
    for (List<String> asked :
        List.of(List.of("--port", "80"), List.of("--port", "web"), List.<String>of())) {
      List<String> line = new ArrayList<>(List.of("explain", "-o", "json"));
      line.addAll(List.of("shop/caller", "shop/Service/api", path));
      line.addAll(asked);
      Ran ran = Ran.portcullis(line.toArray(String[]::new));
      assertThat(ran.code()).as(ran.out()).isZero();
      assertThat(read(ran).path("allowed").toString()).isEqualTo("{\"TCP\":[\"8080\",\"9090\"]}");
      assertThat(read(ran).path("blocked").toString()).isEqualTo("{}");
    }
  }

  @Test
  void theServicesPortInTheQuestionGivesAHint() {
    for (String port : List.of("80", "TCP/80")) {
      assertThat(Ran.portcullis("explain", "shop/web", "shop/db", file, "--port", port).out())
          .contains("hint: TCP/80 is the port of Service shop/db");
    }
    for (String to : List.of("shop/db", "shop/Service/db")) {
      String port = to.contains("Service") ? "80" : "5432";
      assertThat(Ran.portcullis("explain", "-q", "shop/web", to, file, "--port", port).out())
          .doesNotContain("hint");
    }
  }

  @Test
  void theServicesPortInAPolicyGivesAHint() throws IOException {
    String mistaken = CLUSTER.replace("ports: [{port: sql}]", "ports: [{port: 80}]");
    String path = Files.writeString(folder.resolve("mistaken.yaml"), mistaken).toString();
    for (String to : List.of("shop/db", "shop/Service/db")) {
      assertThat(Ran.portcullis("explain", "-q", "shop/web", to, path).out())
          .endsWith(
              "hint: shop/db, spec.ingress[0].from[1] opens TCP/80, the port of Service shop/db,"
                  + " whose pods listen on TCP/5432: policies apply to the pods' port, so open"
                  + " that\n");
    }
    assertThat(Ran.portcullis("explain", "-q", "shop/web", "shop/db", file).out())
        .doesNotContain("hint");
  }

  @Test
  void whatAnAdminPolicyDeniesOthersMayAllow() throws IOException {
    String denied =
        CLUSTER
            + """
            ---
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: AdminNetworkPolicy
            metadata: {name: no-sql}
            spec:
              priority: 1
              subject: {namespaces: {}}
              ingress:
                - action: Deny
                  from: [{namespaces: {}}]
                  ports: [{portNumber: {protocol: TCP, port: 5432}}]
            """;
    String path = Files.writeString(folder.resolve("denied.yaml"), denied).toString();

    assertThat(Ran.portcullis("explain", "-q", "shop/web", "shop/db", path, "--port", "5432").out())
        .contains("closed: TCP/5432", "denied by AdminNetworkPolicy/no-sql")
        .doesNotContain("nothing in them allows");
  }

  @Test
  void fromOutsideTheWaysInAreTold() {
    String entries = "src/test/resources/map/entries.yaml";
    assertThat(Ran.portcullis("explain", "-q", "world", "shop/bounded", entries).out())
        .endsWith(
            """
            ways in from outside: 2
              198.51.100.0-198.51.100.255 -> shop/Deployment/bounded  TCP/8080  by LoadBalancer of shop/Service/bounded
              world -> shop/Deployment/bounded  TCP/8080  by NodePort of shop/Service/bounded
            """);
    assertThat(Ran.portcullis("explain", "-q", "8.8.8.8", "shop/bounded", entries).out())
        .endsWith(
            """
            ways in from outside: 1
              8.8.8.8 -> shop/Deployment/bounded  TCP/8080  by NodePort of shop/Service/bounded
            """);
    assertThat(Ran.portcullis("explain", "-q", "world", "shop/inside", entries).out())
        .endsWith("ways in from outside: none\n");
    assertThat(Ran.portcullis("explain", "-q", "-o", "json", "world", "shop/node", entries).out())
        .contains(
            "\"entries\": [", "\"service\": \"shop/Service/node\", \"through\": [\"NodePort\"]");
    assertThat(Ran.portcullis("explain", "-q", "shop/node", "shop/inside", entries).out())
        .doesNotContain("ways in");
  }

  @Test
  void theJsonNamesPoliciesAndFields() {
    assertThat(explain("shop/web", "shop/db").toString())
        .isEqualTo(
            "{'from':'shop/Deployment/web','to':'shop/StatefulSet/db','allowed':{'TCP':['5432']},"
                    .replace('\'', '"')
                + "'blocked':{'TCP':['1-5431','5433-65535'],'UDP':['1-65535'],'SCTP':['1-65535']},"
                    .replace('\'', '"')
                + "'egress':{'isolatedBy':[],'allowedBy':[],'deniedBy':[]},".replace('\'', '"')
                + "'ingress':{'isolatedBy':['shop/db'],'allowedBy':[{'policy':'shop/db','path':'spec.ingress[0].from[1]','ports':{'TCP':['5432']}}],"
                    .replace('\'', '"')
                + "'deniedBy':[{'policy':'AdminNetworkPolicy/no-udp','path':'spec.ingress[0].from[0]','ports':{'UDP':['1-65535']}}]}}"
                    .replace('\'', '"'));
  }

  @Test
  void withAPortOnlyThatPortIsSpokenOf() {
    JsonNode asked = explain("shop/web", "shop/db", "--port", "80");
    assertThat(asked.path("allowed")).isEmpty();
    assertThat(asked.path("blocked").toString()).isEqualTo("{\"TCP\":[\"80\"]}");
    assertThat(asked.at("/ingress/allowedBy")).isEmpty();
    assertThat(asked.at("/ingress/isolatedBy/0").asText()).isEqualTo("shop/db");
  }

  @Test
  void aPodReachesItselfWhateverPoliciesSay() throws IOException {
    String deny =
        """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: shop, labels: {app: a}}
        spec: {containers: [{name: c}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: b, namespace: shop, labels: {app: a}}
        spec: {containers: [{name: c}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: deny, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        """;
    String path = Files.writeString(folder.resolve("deny.yaml"), CLUSTER + deny).toString();
    Ran itself = Ran.portcullis("explain", "-q", "shop/a", "shop/a", path, "--port", "80");
    assertThat(itself.code()).isZero();
    assertThat(itself.out())
        .contains("  open: TCP/80\n", "isolated by shop/deny\n")
        .endsWith("hint: a pod always reaches itself: no policy can close that\n");
    JsonNode json = read(Ran.portcullis("explain", "-q", "-o", "json", "shop/a", "shop/a", path));
    assertThat(json.path("blocked")).isEmpty();
    assertThat(json.path("hints")).hasSize(1);
    // Another pod just like it, and the other pods of a workload, are not it.
    assertThat(Ran.portcullis("explain", "shop/a", "shop/b", path).code()).isEqualTo(1);
    assertThat(Ran.portcullis("explain", "shop/web", "shop/web", path).code()).isEqualTo(1);
  }

  @Test
  void aHeadlessServiceTranslatesNothing() throws IOException {
    String headless =
        CLUSTER.replace(
            "spec: {selector: {app: db}", "spec: {clusterIP: None, selector: {app: db}");
    String path = Files.writeString(folder.resolve("headless.yaml"), headless).toString();
    for (String port : List.of("5432", "sql")) {
      assertThat(explainPort("shop/Service/db", path, port)).isEqualTo("{\"TCP\":[\"5432\"]}");
    }
    assertThat(explainPort("shop/Service/db", path, "80")).isEqualTo("{}");
    assertThat(explainPort("shop/Service/db", file, "80")).isEqualTo("{\"TCP\":[\"5432\"]}");
  }

  private static String explainPort(String to, String path, String port) {
    return read(Ran.portcullis("explain", "-q", "-o", "json", "shop/web", to, path, "--port", port))
        .path("allowed")
        .toString();
  }

  @Test
  void aServiceWithoutPodsIsToldFromOneWithoutThePort() throws IOException {
    String lost = CLUSTER.replace("spec: {selector: {app: db}", "spec: {selector: {app: lost}");
    String path = Files.writeString(folder.resolve("lost.yaml"), lost).toString();
    assertThat(Ran.portcullis("explain", "shop/web", "shop/Service/db", path, "--port", "80").err())
        .contains("shop/Service/db selects no pods");
    assertThat(Ran.portcullis("explain", "shop/web", "shop/Service/db", file, "--port", "81").err())
        .contains("shop/Service/db has no port 81");
  }

  @Test
  void aServiceIsItsPodsAndTheirPorts() {
    JsonNode asked = explain("shop/web", "shop/service/db", "--port", "80");
    assertThat(asked.path("to").asText()).isEqualTo("shop/Service/db");
    assertThat(asked.path("allowed").toString()).isEqualTo("{\"TCP\":[\"5432\"]}");
  }

  @Test
  void peopleReadTheAnswerFirst() {
    assertThat(Ran.portcullis("explain", "-q", "shop/web", "shop/db", file, "--port", "80").out())
        .isEqualTo(
            """
            shop/Deployment/web -> shop/StatefulSet/db
              closed: TCP/80
            egress of shop/Deployment/web: no NetworkPolicy isolates it
            ingress of shop/StatefulSet/db: isolated by shop/db
              nothing in them allows TCP/80
            hint: TCP/80 is the port of Service shop/db, whose pods listen on TCP/5432: policies apply to the pods' port; ask for that, or name the Service
            """);
  }

  @Test
  void aWrongNameGetsTheNearest() {
    assertThat(Ran.portcullis("explain", "shop/webb", "shop/db", file).err())
        .contains("there is no \"shop/webb\": did you mean shop/web?");
    assertThat(Ran.portcullis("explain", "shop/Deployment/wbe", "shop/db", file).err())
        .contains("did you mean shop/Deployment/web?");
  }

  @Test
  void aNameThatTwoHaveIsAskedBack() throws IOException {
    String two =
        Files.writeString(
                folder.resolve("two.yaml"),
                CLUSTER
                    + "---\n"
                    + "apiVersion: v1\n"
                    + "kind: Pod\n"
                    + "metadata: {name: web, namespace: shop}\n"
                    + "spec: {containers: [{name: c}]}\n")
            .toString();
    assertThat(Ran.portcullis("explain", "shop/web", "shop/db", two).err())
        .contains("\"shop/web\" is more than one: say shop/Deployment/web or shop/Pod/web");
    assertThat(Ran.portcullis("explain", "shop/Pod/web", "shop/db", two).code()).isEqualTo(1);
  }

  /** What explain says of each pair is what the map shows. */
  @Test
  void itAgreesWithTheMap() {
    JsonNode map = read(Ran.portcullis("map", "-q", "-o", "json", file));
    List<String> ids = new ArrayList<>();
    map.path("peers").forEach(peer -> ids.add(peer.path("id").asText()));
    int asked = 0;
    for (String from : ids) {
      for (String to : ids) {
        if (from.equals(to) || to.equals("ingress-controller") || !(from + to).contains("shop/")) {
          continue;
        }
        String shown = "{}";
        for (JsonNode each : map.path("connections")) {
          if (each.path("from").asText().equals(from) && each.path("to").asText().equals(to)) {
            shown = each.path("ports").toString();
          }
        }
        for (String source : from.split(",", -1)) {
          for (String target : to.split(",", -1)) {
            assertThat(explain(source, target).path("allowed").toString())
                .as("%s to %s", source, target)
                .isEqualTo(shown);
            asked++;
          }
        }
      }
    }
    assertThat(asked).isGreaterThan(10);
  }

  private JsonNode explain(String from, String to, String... more) {
    List<String> args = new ArrayList<>(List.of("explain", "-q", "-o", "json", from, to, file));
    args.addAll(List.of(more));
    return read(Ran.portcullis(args.toArray(String[]::new)));
  }

  private static JsonNode read(Ran ran) {
    try {
      return new ObjectMapper().readTree(ran.out());
    } catch (IOException e) {
      throw new AssertionError(ran.out() + ran.err(), e);
    }
  }
}
