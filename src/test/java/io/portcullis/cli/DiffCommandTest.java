package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code diff}. */
class DiffCommandTest {
  private static final String WORKLOADS =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {namespace: shop, name: db}
      spec:
        serviceName: db
        selector: {matchLabels: {app: db}}
        template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c}]}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {namespace: shop, name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c}]}}
      """;

  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: db, namespace: shop}
      spec:
        podSelector: {matchLabels: {app: db}}
        policyTypes: [Ingress, Egress]
        ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]
      """;

  @TempDir private Path folder;
  private String workloads;
  private String isolated;

  @BeforeEach
  void write() throws IOException {
    workloads = write("workloads.yaml", WORKLOADS);
    isolated = write("isolated.yaml", WORKLOADS + "---\n" + POLICY);
  }

  @Test
  void aServiceThatLeadsInFromOutsideIsADifferenceOfItsOwn() throws IOException {
    String service =
        """
        ---
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: web}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}], type: %s}
        """;
    String inside = write("inside.yaml", WORKLOADS + service.formatted("ClusterIP"));
    String outside = write("outside.yaml", WORKLOADS + service.formatted("LoadBalancer"));
    String way =
        " world -> shop/Deployment/web  TCP/8080  by LoadBalancer and NodePort of"
            + " shop/Service/web\n";
    assertThat(Ran.portcullis("diff", inside, outside)).isEqualTo(new Ran(1, "+" + way, ""));
    assertThat(Ran.portcullis("diff", outside, inside)).isEqualTo(new Ran(1, "-" + way, ""));
    assertThat(Ran.portcullis("diff", outside, outside).code()).isZero();
    assertThat(Ran.portcullis("diff", "-o", "json", inside, outside).out())
        .isEqualTo(
            """
            {"gained": [], "lost": [], "peersGained": [], "peersLost": [], "entriesGained": [
            {"from": "world", "to": "shop/Deployment/web", "ports": {"TCP": ["8080"]}, "service": "shop/Service/web", "through": ["LoadBalancer", "NodePort"]}]}
            """);
  }

  @Test
  void whatAPolicyTakesFromClientsOutsideIsLostForThem() throws IOException {
    String service =
        """
        ---
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: db}
        spec: {selector: {app: db}, ports: [{port: 5432}], type: NodePort}
        """;
    String policy =
        POLICY.replace("podSelector: {matchLabels: {app: web}}", "ipBlock: {cidr: 10.0.0.0/8}");
    String open = write("open.yaml", WORKLOADS + service);
    String bounded = write("bounded.yaml", WORKLOADS + service + "---\n" + policy);
    assertThat(Ran.portcullis("diff", open, bounded).out())
        .contains(
            "- 0.0.0.0-9.255.255.255,11.0.0.0-255.255.255.255 -> shop/StatefulSet/db  TCP/5432"
                + "  by NodePort of shop/Service/db");
  }

  @Test
  void aSetAgainstItselfIsEqual() {
    assertThat(Ran.portcullis("diff", isolated, isolated))
        .isEqualTo(new Ran(0, "no difference\n", ""));
    assertThat(Ran.portcullis("diff", "-o", "json", isolated, isolated))
        .isEqualTo(
            new Ran(
                0, "{\"gained\": [], \"lost\": [], \"peersGained\": [], \"peersLost\": []}\n", ""));
  }

  @Test
  void whatAPolicyTakesIsLostAndComesBackWithoutIt() {
    Ran taken = Ran.portcullis("diff", "-o", "json", workloads, isolated);
    assertThat(taken.code()).isEqualTo(1);
    assertThat(taken.out())
        .isEqualTo(
            """
            {"gained": [], "lost": [
            {"from": "shop/Deployment/web", "to": "shop/StatefulSet/db", "ports": {"TCP": ["1-5431", "5433-65535"], "UDP": ["1-65535"], "SCTP": ["1-65535"]}},
            {"from": "shop/StatefulSet/db", "to": "shop/Deployment/web", "ports": {"TCP": ["1-65535"], "UDP": ["1-65535"], "SCTP": ["1-65535"]}},
            {"from": "shop/StatefulSet/db", "to": "0.0.0.0-255.255.255.255", "ports": {"TCP": ["1-65535"], "UDP": ["1-65535"], "SCTP": ["1-65535"]}},
            {"from": "0.0.0.0-255.255.255.255", "to": "shop/StatefulSet/db", "ports": {"TCP": ["1-65535"], "UDP": ["1-65535"], "SCTP": ["1-65535"]}}], "peersGained": [], "peersLost": []}
            """);
    assertThat(Ran.portcullis("diff", "-o", "json", isolated, workloads).out())
        .startsWith(
            "{\"gained\": [\n{\"from\": \"shop/Deployment/web\", \"to\": \"shop/StatefulSet/db\"")
        .contains("\"lost\": []");
  }

  @Test
  void addressesAreCutOnTheBoundariesOfBoth() throws IOException {
    String all = write("all.yaml", WORKLOADS + "---\n" + world("0.0.0.0/0"));
    String some = write("some.yaml", WORKLOADS + "---\n" + world("10.0.0.0/8"));
    Ran ran = Ran.portcullis("diff", "-q", all, some);
    assertThat(ran.lines())
        .containsExactly(
            "- 0.0.0.0-9.255.255.255,11.0.0.0-255.255.255.255 -> shop/StatefulSet/db  all ports");
  }

  @Test
  void aWorkloadThatComesBringsItsConnections() throws IOException {
    String bare = write("bare.yaml", WORKLOADS.substring(WORKLOADS.indexOf("---")));
    Ran ran = Ran.portcullis("diff", bare, isolated);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.lines())
        .containsExactly(
            "+ shop/StatefulSet/db", "+ shop/Deployment/web -> shop/StatefulSet/db  TCP/5432");
    assertThat(Ran.portcullis("diff", "-o", "json", isolated, bare).out())
        .contains(
            "\"peersLost\": [\n"
                + "{\"id\": \"shop/StatefulSet/db\", \"namespace\": \"shop\", \"kind\":"
                + " \"StatefulSet\", \"name\": \"db\"}]");
  }

  @Test
  void aDifferenceInPeersAloneIsOne() throws IOException {
    String closed =
        """
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: all, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        """;
    String both = write("both.yaml", WORKLOADS + closed);
    String one = write("one.yaml", WORKLOADS.substring(WORKLOADS.indexOf("---")) + closed);
    assertThat(Ran.portcullis("diff", both, one))
        .isEqualTo(new Ran(1, "- shop/StatefulSet/db\n", ""));
  }

  @Test
  void whereOneSideIsNotThereNothingSeemsGainedOrLost() {
    String gone = folder.resolve("gone.yaml").toString();
    String told = gone + ": no such file or folder\n";
    assertThat(Ran.portcullis("diff", workloads, gone)).isEqualTo(new Ran(2, "", told));
    assertThat(Ran.portcullis("diff", gone, workloads)).isEqualTo(new Ran(2, "", told));
  }

  @Test
  void whatCanBeReadOfASideIsCompared() throws IOException {
    String broken = write("broken.yaml", WORKLOADS + "---\nkind: Service\n");
    Ran ran = Ran.portcullis("diff", isolated, broken);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.lines()).contains("+ shop/StatefulSet/db -> shop/Deployment/web  all ports");
  }

  @Test
  void ofAClusterItIsWhatApplyingWouldDo() throws IOException {
    String policy = write("policy.yaml", POLICY);
    Ran ran = Ran.portcullis("diff", "--cluster", workloads, policy);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.lines())
        .contains("- shop/StatefulSet/db -> shop/Deployment/web  all ports")
        .noneMatch(line -> line.startsWith("+"));
    assertThat(Ran.portcullis("diff", "--cluster", isolated, policy).code()).isZero();
  }

  @Test
  void aTemplateThatChangesTakesItsPodsWithIt() throws IOException {
    String pods =
        """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: db-0, namespace: shop, labels: {app: db}, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: db, uid: u, controller: true}]}
        spec: {containers: [{name: c}]}
        """;
    String cluster = write("cluster.yaml", WORKLOADS + "---\n" + POLICY + pods);
    String relabelled =
        write(
            "relabelled.yaml",
            WORKLOADS.replace("labels: {app: web}}, spec", "labels: {app: web, v: b}}, spec"));
    assertThat(Ran.portcullis("diff", "--cluster", cluster, relabelled).code()).isZero();
    String open =
        POLICY
            .replace("name: db", "name: open")
            .replace("app: db", "mode: open")
            .replaceFirst("ingress:.*", "ingress: [{}]");
    String waiting = write("waiting.yaml", Files.readString(Path.of(cluster)) + "---\n" + open);
    String opened =
        write(
            "opened.yaml",
            WORKLOADS.replace("labels: {app: db}}, spec", "labels: {app: db, mode: open}}, spec"));
    assertThat(Ran.portcullis("diff", "--cluster", waiting, opened).lines())
        .containsExactly(
            "+ shop/Deployment/web -> shop/StatefulSet/db"
                + "  TCP/1-5431, TCP/5433-65535, all UDP, all SCTP",
            "+ 0.0.0.0-255.255.255.255 -> shop/StatefulSet/db  all ports");
  }

  @Test
  void oneSetAloneIsNotEnough() {
    Ran ran = Ran.portcullis("diff", isolated);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("want OLD and NEW");
    assertThat(Ran.portcullis("diff", isolated, "nowhere.yaml").code()).isEqualTo(2);
    assertThat(Ran.portcullis("diff", "--cluster", isolated, "--context", "x", isolated).err())
        .contains("--cluster takes the cluster from files");
  }

  private static String world(String cidr) {
    return POLICY
        .replace("{podSelector: {matchLabels: {app: web}}}", "{ipBlock: {cidr: " + cidr + "}}")
        .replace(", ports: [{port: 5432}]", "");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
