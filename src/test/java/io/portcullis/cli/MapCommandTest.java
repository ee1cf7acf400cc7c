package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code map}: a case for each promise. */
class MapCommandTest {
  private static final String WORLD = "0.0.0.0-255.255.255.255";
  private static final String WEB = deployment("shop", "web", "web");
  private static final String API = deployment("shop", "api", "api");

  @TempDir private Path folder;

  @Test
  void withoutPoliciesEverybodyReachesEverybodyAndTheWorld() {
    assertThat(map(WEB, API))
        .containsExactlyInAnyOrderEntriesOf(
            connections(
                "shop/Deployment/web shop/Deployment/api ALL",
                "shop/Deployment/api shop/Deployment/web ALL",
                "shop/Deployment/web " + WORLD + " ALL",
                "shop/Deployment/api " + WORLD + " ALL",
                WORLD + " shop/Deployment/web ALL",
                WORLD + " shop/Deployment/api ALL"));
  }

  @Test
  void everythingOpenIsAllThreeProtocols() {
    assertThat(json(WEB).at("/connections/0/ports").toString())
        .isEqualTo("{\"TCP\":[\"1-65535\"],\"UDP\":[\"1-65535\"],\"SCTP\":[\"1-65535\"]}");
  }

  @Test
  void portsAreMergedAscendingAndAsTextAndAnEmptyProtocolIsAbsent() {
    String policy =
        policy(
            "shop",
            "p",
            "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {}}], ports:"
                + " [{port: 90}, {port: 80, endPort: 89}, {port: 53, protocol: UDP}, {port:"
                + " 7}]}]}");
    assertThat(json(WEB, API, policy).at("/connections").findValues("ports"))
        .extracting(JsonNode::toString)
        .contains("{\"TCP\":[\"7\",\"80-90\"],\"UDP\":[\"53\"]}");
  }

  @Test
  void everyWorkloadIsAPeerWithItsFields() {
    JsonNode peers =
        json(WEB.replace("replicas: 1", "replicas: 0"), policy("shop", "deny", DENY_ALL))
            .path("peers");
    assertThat(peers).hasSize(2);
    assertThat(peers.get(0).toString())
        .isEqualTo(
            "{\"id\":\"shop/Deployment/web\",\"namespace\":\"shop\",\"kind\":\"Deployment\",\"name\":\"web\"}");
    assertThat(peers.get(1).toString())
        .isEqualTo("{\"id\":\"%s\",\"ranges\":[\"%s\"]}".formatted(WORLD, WORLD));
  }

  @Test
  void aPairWithoutAnOpenPortIsAbsent() {
    assertThat(map(WEB, API, policy("shop", "deny", DENY_ALL))).isEmpty();
  }

  @Test
  void podsBelongToTheirTopController() {
    assertThat(
            workloads(
                WEB,
                replicaSet("web-5d4", "Deployment", "web"),
                ownedPod("web-5d4-x", "ReplicaSet", "web-5d4"),
                ownedPod("web-5d4-y", "ReplicaSet", "web-5d4")))
        .containsExactly("shop/Deployment/web");
  }

  @Test
  void aReplicaSetWithoutItsOwnersManifestIsThePeer() {
    assertThat(
            workloads(
                replicaSet("web-5d4", "Deployment", "web"),
                ownedPod("web-5d4-x", "ReplicaSet", "web-5d4"),
                ownedPod("old-1-x", "ReplicaSet", "old-1")))
        .containsExactly("shop/ReplicaSet/old-1", "shop/ReplicaSet/web-5d4");
  }

  @Test
  void aNodeIsNoControllerAndAnUnknownKindIsOne() {
    assertThat(
            workloads(
                ownedPod("etcd-1", "Node", "node-1"), ownedPod("pg-0", "PostgresCluster", "pg")))
        .containsExactly("shop/Pod/etcd-1", "shop/PostgresCluster/pg");
  }

  @Test
  void aJobIsItsCronJobsEvenWithoutItsManifest() {
    String job =
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: nightly-1, namespace: shop, ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, uid: u, controller: true}]}
        spec: {template: {metadata: {labels: {app: nightly}}, spec: {restartPolicy: Never, containers: [{name: c}]}}}
        """;
    assertThat(workloads(job, ownedPod("nightly-1-x", "Job", "nightly-1")))
        .containsExactly("shop/CronJob/nightly");
    assertThat(workloads(job)).containsExactly("shop/CronJob/nightly");
  }

  @Test
  void ownersInACircleEndSomewhere() {
    assertThat(
            workloads(
                replicaSet("a", "ReplicaSet", "b"),
                replicaSet("b", "ReplicaSet", "a"),
                ownedPod("a-x", "ReplicaSet", "a")))
        .containsExactly("shop/ReplicaSet/a", "shop/ReplicaSet/b");
  }

  @Test
  void finishedPodsAreLeftOut() {
    assertThat(
            workloads(
                pod("done", "{phase: Succeeded}"),
                pod("broken", "{phase: Failed}"),
                pod("runs", "{phase: Running}")))
        .containsExactly("shop/Pod/runs");
  }

  @Test
  void hostNetworkPodsAreListedAndNoPolicySelectsThem() {
    String agent =
        deployment("shop", "agent", "agent")
            .replace("spec: {cont", "spec: {hostNetwork: true, cont");
    assertThat(map(agent, WEB, policy("shop", "deny", DENY_ALL)))
        .containsOnlyKeys("shop/Deployment/agent " + WORLD, WORLD + " shop/Deployment/agent");
  }

  @Test
  void tiersAreThereOnlyWhereSettingsDeclareThem() throws IOException {
    Path settings =
        write(
            "settings.txt",
            "tiers: {label: tier, assign: [{tier: data, namespaces: {names: [shop]}}], flows:"
                + " [{from: web, to: data}]}");
    Path file = write("all.yaml", String.join("\n---\n", WEB, pod("bare", "{}")));
    JsonNode peers =
        read(
            Ran.portcullis(
                "map", "-o", "json", "--settings", settings.toString(), file.toString()));
    assertThat(peers.at("/peers/0/tier").asText()).isEqualTo("data");
    assertThat(peers.at("/peers/1/id").asText()).isEqualTo("shop/Pod/bare");
    assertThat(peers.at("/peers/1").has("tier")).isFalse();
    assertThat(json(WEB).at("/peers/0").has("tier")).isFalse();
  }

  @Test
  void aTemplateIsReadWithTheLabelThatTheGateAdds() throws IOException {
    Path settings =
        write(
            "settings.txt",
            "tiers: {label: tier, assign: [{tier: data, namespaces: {names: [shop]}}], flows:"
                + " [{from: web, to: data}]}");
    String policy =
        policy(
            "shop",
            "p",
            "{podSelector: {matchLabels: {tier: data}}, policyTypes: [Ingress, Egress]}");
    Path file = write("all.yaml", String.join("\n---\n", WEB, policy, pod("bare", "{}")));
    assertThat(
            connections(
                read(
                    Ran.portcullis(
                        "map", "-o", "json", "--settings", settings.toString(), file.toString()))))
        .containsOnlyKeys("shop/Pod/bare " + WORLD, WORLD + " shop/Pod/bare");
  }

  @Test
  void aPodWithoutAnAddressMatchesNoBlockAndANoteSaysSo() throws IOException {
    String policy =
        policy(
            "shop",
            "p",
            "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{ipBlock: {cidr:"
                + " 0.0.0.0/0}}]}]}");
    Path file = write("all.yaml", String.join("\n---\n", WEB, API, policy));
    Ran ran = Ran.portcullis("map", "-o", "json", file.toString());
    assertThat(connections(read(ran)))
        .doesNotContainKey("shop/Deployment/web shop/Deployment/api")
        .containsKey(WORLD + " shop/Deployment/api");
    assertThat(ran.err())
        .isEqualTo(
            "note: the addresses of 2 of 2 workloads are not known: no ipBlock matches their"
                + " pods\n");
    assertThat(Ran.portcullis("map", "-q", file.toString()).err()).isEmpty();
  }

  @Test
  void podsThatPolicyTellsApartAreTheirOwnPeersAndDoNotConnectInTheMap() {
    String policy =
        policy(
            "shop",
            "p",
            "{podSelector: {matchLabels: {pod: db-0}}, policyTypes: [Ingress], ingress: []}");
    String first =
        ownedPod("db-0", "StatefulSet", "db").replace("labels: {", "labels: {pod: db-0, ");
    String second = ownedPod("db-1", "StatefulSet", "db");
    assertThat(workloads(first, second)).containsExactly("shop/StatefulSet/db");
    assertThat(workloads(first, second, policy))
        .containsExactly("shop/StatefulSet/db-0", "shop/StatefulSet/db-1");
    assertThat(map(first, second, policy))
        .containsOnlyKeys(
            "shop/StatefulSet/db-0 " + WORLD,
            "shop/StatefulSet/db-1 " + WORLD,
            WORLD + " shop/StatefulSet/db-1");
  }

  @Test
  void rangesAreTheCoarsestThatPoliciesTellApart() {
    String policy =
        policy(
            "shop",
            "p",
            "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8,"
                + " except: [10.1.0.0/16]}}, {ipBlock: {cidr: 11.0.0.0/8}}]}]}");
    assertThat(map(WEB, policy))
        .containsOnlyKeys(
            "shop/Deployment/web 10.0.0.0-10.0.255.255,10.2.0.0-11.255.255.255",
            "0.0.0.0-9.255.255.255,10.1.0.0-10.1.255.255,12.0.0.0-255.255.255.255"
                + " shop/Deployment/web",
            "10.0.0.0-10.0.255.255,10.2.0.0-11.255.255.255 shop/Deployment/web");
  }

  @Test
  void ipv6IsThereOnlyWhereAPolicyNamesIt() {
    String policy =
        policy(
            "shop", "p", "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 'fd00::/8'}}]}]}");
    assertThat(map(WEB, policy))
        .containsKey("fd00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff shop/Deployment/web")
        .doesNotContainKey(WORLD + " shop/Deployment/web");
    assertThat(peers(WEB, policy))
        .contains(
            WORLD,
            "::-fcff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,fe00::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
  }

  @Test
  void ipv6ThatOnlyAnIdleRuleNamesIsThereAndWhole() {
    String idle =
        policy(
            "shop",
            "p",
            "{podSelector: {}, policyTypes: [Ingress], egress: [{to: [{ipBlock: {cidr:"
                + " 'fd00::/8'}}]}]}");

    assertThat(map(WEB, idle))
        .containsKey("shop/Deployment/web ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
  }

  @Test
  void anIngressLeadsItsControllerToTheTargetPort() {
    assertThat(
            map(WEB, service("web", "{port: 80, targetPort: http}"), ingress("web", "number: 80")))
        .containsEntry("ingress-controller shop/Deployment/web", "{\"TCP\":[\"8080\"]}");
    assertThat(map(WEB, service("web", "{port: 80, targetPort: 9}"), ingress("web", "number: 80")))
        .containsEntry("ingress-controller shop/Deployment/web", "{\"TCP\":[\"9\"]}");
    assertThat(map(WEB, service("web", "{name: h, port: 80}"), ingress("web", "name: h")))
        .containsEntry("ingress-controller shop/Deployment/web", "{\"TCP\":[\"80\"]}");
  }

  @Test
  void anIngressNeverNamesATargetPort() {
    String service = service("web", "{name: h, port: 80, targetPort: 8080}");
    assertThat(peers(WEB, service, ingress("web", "number: 8080")))
        .doesNotContain("ingress-controller");
    assertThat(peers(WEB, service, ingress("web", "name: http")))
        .doesNotContain("ingress-controller");
  }

  @Test
  void anEntryWithoutPodsGivesNoConnectionAndNoError() {
    String bare = service("web", "{port: 80}").replace("selector: {app: web}, ", "");
    assertThat(peers(WEB, bare, ingress("web", "number: 80"))).doesNotContain("ingress-controller");
    assertThat(peers(WEB, ingress("gone", "number: 80"))).doesNotContain("ingress-controller");
  }

  @Test
  void theControllerCountsAsAPodInANamespaceOfItsOwn() {
    String service = service("web", "{port: 80, targetPort: 8080}");
    String entry = ingress("web", "number: 80");
    assertThat(map(WEB, service, entry, from("[{namespaceSelector: {}}]")))
        .containsKey("ingress-controller shop/Deployment/web");
    assertThat(
            map(
                WEB,
                service,
                entry,
                from(
                    "[{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name,"
                        + " operator: Exists}]}}]")))
        .containsKey("ingress-controller shop/Deployment/web");
    assertThat(map(WEB, service, entry, from("[{podSelector: {}}]")))
        .doesNotContainKey("ingress-controller shop/Deployment/web");
    assertThat(map(WEB, service, entry, from("[{ipBlock: {cidr: 0.0.0.0/0}}]")))
        .doesNotContainKey("ingress-controller shop/Deployment/web");
    assertThat(
            map(
                WEB,
                service,
                entry,
                from(
                    "[{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name:"
                        + " ingress-nginx}}}]")))
        .doesNotContainKey("ingress-controller shop/Deployment/web");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {to: {kind: Service, name: web}}                                                                 | true
          {to: {kind: Service, name: web, weight: 1}}                                                      | true
          {to: {kind: Service, name: web, weight: 0}}                                                      | false
          {to: {kind: Service, name: other}, alternateBackends: [{kind: Service, name: web, weight: 5}]}   | true
          {to: {kind: Service, name: other}, alternateBackends: [{kind: Service, name: web, weight: 0}]}   | false
          """)
  void aRouteWithoutWeightOnAServiceLeadsNowhere(String spec, boolean leads) throws IOException {
    String route =
        "{apiVersion: route.openshift.io/v1, kind: Route, metadata: {name: r, namespace: shop}, spec: %s}\n"
            .formatted(spec);
    String service =
        """
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop},
         spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}}
        """;
    assertThat(map(WEB, service, route).containsKey("ingress-controller shop/Deployment/web"))
        .isEqualTo(leads);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v1       | HTTPRoute | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 80}]}]}             | TCP 8080
          v1beta1  | HTTPRoute | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 80}]}]}             | TCP 8080
          v1       | GRPCRoute | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 80}]}]}             | TCP 8080
          v1       | HTTPRoute | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 80, weight: 5}]}]}  | TCP 8080
          v1       | HTTPRoute | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 80, weight: 0}]}]}  |
          v1alpha2 | TLSRoute  | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 80}]}]}             | TCP 8080
          v1alpha2 | TCPRoute  | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 80}]}]}             | TCP 8080
          v1alpha2 | UDPRoute  | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 53}]}]}             | UDP 53
          v1alpha2 | UDPRoute  | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 80}]}]}             |
          v1       | HTTPRoute | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 8080}]}]}           |
          v1       | HTTPRoute | {rules: [{backendRefs: [{name: web, port: 80}]}]}                                      |
          v1       | HTTPRoute | {parentRefs: [{name: web, kind: Service, group: ''}], rules: [{backendRefs: [{name: web, port: 80}]}]} |
          v1       | HTTPRoute | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, kind: Bucket, port: 80}]}]} |
          v1       | HTTPRoute | {parentRefs: [{name: g}], rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: web, port: 80}}}]}]} | TCP 8080
          """)
  void aGatewaysRouteLeadsTheControllerToTheTargetPort(
      String version, String kind, String spec, String led) {
    assertThat(led(route("gateway.networking.k8s.io/" + version, kind, "shop", spec)))
        .isEqualTo(led);
  }

  @Test
  void aRouteReachesAnotherNamespaceWithItsGrantOnly() {
    String route =
        route(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "edge",
            "{parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, namespace: shop, port:"
                + " 80}]}]}");
    String grant =
        route(
            "gateway.networking.k8s.io/v1beta1",
            "ReferenceGrant",
            "shop",
            "{from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: edge}], to:"
                + " [{group: '', kind: Service}]}");
    assertThat(led(route)).isNull();
    assertThat(led(route, grant)).isEqualTo("TCP 8080");
    assertThat(led(route, grant.replace("namespace: edge", "namespace: lab"))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {to: {kind: Service, name: web}, port: {targetPort: http}}      | TCP 8080
          {to: {kind: Service, name: web}, port: {targetPort: web-http}}  | TCP 8080
          {to: {kind: Service, name: web}, port: {targetPort: 8080}}      | TCP 8080
          {to: {kind: Service, name: web}, port: {targetPort: 80}}        |
          {to: {kind: Service, name: web}}                                | TCP 8080 9000
          {to: {name: web}, port: {targetPort: 9000}}                     | TCP 9000
          {to: {kind: Service, name: gone}}                               |
          {to: {kind: Service, name: gone}, alternateBackends: [{kind: Service, name: web}], port: {targetPort: 9000}} | TCP 9000
          """)
  void anOpenShiftRouteLeadsToTheServicesPortsOrThePods(String spec, String led) {
    assertThat(led(route("route.openshift.io/v1", "Route", "shop", spec))).isEqualTo(led);
  }

  /** Where routes lead ingress-controller: {@code TCP 8080 9000}; null where nowhere. */
  private @Nullable String led(String... routes) {
    List<String> yaml = new ArrayList<>(List.of(routes));
    yaml.add(WEB);
    yaml.add(
        service(
            "web",
            "{name: web-http, port: 80, targetPort: http}, {name: x, port: 81, targetPort: 9000},"
                + " {name: dns, port: 53, protocol: UDP}"));
    String ports = map(yaml.toArray(String[]::new)).get("ingress-controller shop/Deployment/web");
    return ports == null
        ? null
        : ports.replaceAll("[^A-Z0-9,]", "").replaceFirst("(TCP|UDP)", "$1 ").replace(",", " ");
  }

  private static String route(String version, String kind, String namespace, String spec) {
    return """
    apiVersion: %s
    kind: %s
    metadata: {name: web, namespace: %s}
    spec: %s
    """
        .formatted(version, kind, namespace, spec);
  }

  @Test
  void whereTheControllersPodsAreThereTheyAreThePeer() throws IOException {
    Path settings =
        write(
            "settings.txt",
            "ingressControllers: [{class: nginx, namespace: edge, podSelector: {matchLabels: {app:"
                + " nginx}}}]");
    Path file =
        write(
            "all.yaml",
            String.join(
                "\n---\n",
                WEB,
                service("web", "{port: 80}"),
                ingress("web", "number: 80"),
                deployment("edge", "nginx", "nginx")));
    assertThat(
            connections(
                read(
                    Ran.portcullis(
                        "map", "-o", "json", "--settings", settings.toString(), file.toString()))))
        .containsKey("edge/Deployment/nginx shop/Deployment/web")
        .doesNotContainKey("ingress-controller shop/Deployment/web");
  }

  @Test
  void objectsWithoutANamespaceAreInTheOneThatIsGiven() throws IOException {
    Path file = write("all.yaml", WEB.replace("namespace: shop, ", ""));
    assertThat(ids(read(Ran.portcullis("map", "-o", "json", file.toString()))))
        .contains("default/Deployment/web");
    assertThat(ids(read(Ran.portcullis("map", "-o", "json", "-n", "lab", file.toString()))))
        .contains("lab/Deployment/web");
  }

  @Test
  void whatTheApiServerWouldRefuseIsToldAndTheRestIsShown() throws IOException {
    Path file =
        write(
            "all.yaml",
            WEB + "---\n" + policy("shop", "p", "{podSelector: {}, ingress: [{from: [{}]}]}"));
    Ran ran = Ran.portcullis("map", "-o", "json", file.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("all.yaml:").contains("spec.ingress[0].from[0]: Required value");
    assertThat(connections(read(ran))).containsKey(WORLD + " shop/Deployment/web");
  }

  /** An AdminNetworkPolicy that closes the way from all pods to a peer. */
  private static String denying(String name, String peer) {
    return """
    apiVersion: policy.networking.k8s.io/v1alpha1
    kind: AdminNetworkPolicy
    metadata: {name: %s}
    spec: {priority: 7, subject: {namespaces: {}}, egress: [{action: Deny, to: [{%s}]}]}
    """
        .formatted(name, peer);
  }

  @Test
  void notesTellOfWhatAdminPoliciesCanNotSayHere() throws IOException {
    Path file =
        write(
            "all.yaml",
            String.join("\n---\n", WEB, denying("a", "nodes: {}"), denying("b", "nodes: {}")));
    Ran ran = Ran.portcullis("map", "-o", "json", file.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.complaints())
        .containsExactly(
            "note: AdminNetworkPolicy a: peers by \"nodes\" match nothing here",
            "note: AdminNetworkPolicy b: peers by \"nodes\" match nothing here",
            "note: a, b are all in the admin tier with priority 7: they are taken in the order of"
                + " their names");
  }

  @Test
  void aNetworkThatIsNoBlockIsNoted() throws IOException {
    String policy = denying("a", "networks: [1.2.3.4]");
    Ran ran = Ran.portcullis("map", write("all.yaml", WEB + "\n---\n" + policy).toString());
    assertThat(ran.err())
        .isEqualTo("note: AdminNetworkPolicy a: peers by \"networks\" match nothing here\n");
  }

  @Test
  void otherFormatsSayTheSame() throws IOException {
    String policy =
        policy(
            "shop",
            "p",
            "{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from: [{ipBlock: {cidr:"
                + " 10.0.0.0/8}}], ports: [{port: 80}, {port: 8000, endPort: 8010}]}]}");
    String file = write("all.yaml", String.join("\n---\n", WEB, policy)).toString();
    assertThat(Ran.portcullis("map", "-q", file).out())
        .isEqualTo(
            """
            10.0.0.0-10.255.255.255
              -> shop/Deployment/web  TCP/80, TCP/8000-8010
            to nobody:
              shop/Deployment/web
            """);
    assertThat(Ran.portcullis("map", "-q", "-o", "csv", file).out())
        .isEqualTo(
            """
            from,to,protocol,ports,service,through
            10.0.0.0-10.255.255.255,shop/Deployment/web,TCP,80 8000-8010,,
            """);
    assertThat(Ran.portcullis("map", "-q", "-o", "dot", file).lines())
        .contains(
            "digraph portcullis {",
            "  subgraph \"cluster_shop\" {",
            "  \"10.0.0.0-10.255.255.255\" -> \"shop/Deployment/web\" [label=\"TCP/80,"
                + " TCP/8000-8010\"];");
  }

  @Test
  void withNothingToMapItSaysWhatToName() {
    Ran ran = Ran.portcullis("map");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("nothing to read: name a PATH, or a cluster with --context");
  }

  private static final String DENY_ALL = "{podSelector: {}, policyTypes: [Ingress, Egress]}";

  private static String from(String peers) {
    return policy("shop", "p", "{podSelector: {}, ingress: [{from: %s}]}".formatted(peers));
  }

  private static String deployment(String namespace, String name, String app) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {namespace: %s, name: %s}
    spec:
      replicas: 1
      selector: {matchLabels: {app: %s}}
      template:
        metadata: {labels: {app: %s}}
        spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
    """
        .formatted(namespace, name, app, app);
  }

  private static String replicaSet(String name, String ownerKind, String owner) {
    return """
    apiVersion: apps/v1
    kind: ReplicaSet
    metadata: {name: %s, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: %s, name: %s, uid: u, controller: true}]}
    spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c}]}}}
    """
        .formatted(name, ownerKind, owner);
  }

  private static String ownedPod(String name, String ownerKind, String owner) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: shop, labels: {app: web}, ownerReferences: [{apiVersion: v1, kind: %s, name: %s, uid: u, controller: true}]}
    spec: {containers: [{name: c}]}
    """
        .formatted(name, ownerKind, owner);
  }

  private static String pod(String name, String status) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: shop}
    spec: {containers: [{name: c}]}
    status: %s
    """
        .formatted(name, status);
  }

  private static String policy(String namespace, String name, String spec) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %s, namespace: %s}
    spec: %s
    """
        .formatted(name, namespace, spec);
  }

  private static String service(String name, String port) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %s, namespace: shop}
    spec: {selector: {app: web}, ports: [%s]}
    """
        .formatted(name, port);
  }

  private static String ingress(String service, String port) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web, namespace: shop}
    spec:
      ingressClassName: nginx
      rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %s, port: {%s}}}}]}}]
    """
        .formatted(service, port);
  }

  /** Connections by "from to", with their ports as JSON. */
  private Map<String, String> map(String... yaml) {
    return connections(json(yaml));
  }

  private static Map<String, String> connections(JsonNode map) {
    Map<String, String> found = new TreeMap<>();
    map.path("connections")
        .forEach(each ->
            found.put(
                each.path("from").asText() + " " + each.path("to").asText(),
                each.path("ports").toString()));
    assertThat(found).hasSameSizeAs(map.path("connections"));
    return found;
  }

  private static Map<String, String> connections(String... expected) {
    Map<String, String> all = new TreeMap<>();
    for (String each : expected) {
      all.put(
          each.substring(0, each.lastIndexOf(' ')),
          "{\"TCP\":[\"1-65535\"],\"UDP\":[\"1-65535\"],\"SCTP\":[\"1-65535\"]}");
    }
    return all;
  }

  private List<String> workloads(String... yaml) {
    return peers(yaml).stream().filter(id -> !id.equals(WORLD)).toList();
  }

  private List<String> peers(String... yaml) {
    return ids(json(yaml));
  }

  private static List<String> ids(JsonNode map) {
    List<String> ids = new ArrayList<>();
    map.path("peers").forEach(peer -> ids.add(peer.path("id").asText()));
    return ids;
  }

  private JsonNode json(String... yaml) {
    Path file = write("all.yaml", String.join("\n---\n", yaml));
    Ran ran = Ran.portcullis("map", "-o", "json", "-q", file.toString());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    return read(ran);
  }

  private static JsonNode read(Ran ran) {
    try {
      return new ObjectMapper().readTree(ran.out());
    } catch (IOException e) {
      throw new AssertionError(ran.out() + ran.err(), e);
    }
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
