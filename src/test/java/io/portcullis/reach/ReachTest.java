package io.portcullis.reach;

import static io.portcullis.reach.Written.admin;
import static io.portcullis.reach.Written.baseline;
import static io.portcullis.reach.Written.clusterWide;
import static io.portcullis.reach.Written.namespace;
import static io.portcullis.reach.Written.pod;
import static io.portcullis.reach.Written.podAt;
import static io.portcullis.reach.Written.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.net.AddressRange;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The semantics, case by case. Source: the reference of each API, and its end-to-end tests. */
class ReachTest {
  private static final String WEB = pod("shop", "web", "web", "");
  private static final String API = pod("shop", "api", "api", "{name: http, containerPort: 8080}");
  private static final String SPY = pod("lab", "web", "web", "");

  @Test
  void withoutPoliciesEverythingIsOpen() {
    assertThat(Written.of(WEB, API).between("shop/web", "shop/api").open()).isEqualTo(PortSet.ALL);
  }

  /** The table of the package's page, one row each. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {podSelector: {}}                                                                | yes | no  | no
          {podSelector: {matchLabels: {app: web}}}                                         | yes | no  | no
          {podSelector: {matchLabels: {app: db}}}                                          | no  | no  | no
          {namespaceSelector: {}}                                                          | yes | yes | yes
          {namespaceSelector: {}, podSelector: {}}                                         | yes | yes | yes
          {namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}                  | yes | yes | no
          {namespaceSelector: {matchLabels: {team: lab}}}                                  | no  | yes | yes
          {namespaceSelector: {matchLabels: {team: lab}}, podSelector: {}}                 | no  | yes | yes
          {namespaceSelector: {matchLabels: {team: lab}}, podSelector: {matchLabels: {app: web}}} | no | yes | no
          {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}          | yes | no  | no
          {podSelector: {matchExpressions: [{key: gone, operator: DoesNotExist}]}}         | yes | no  | no
          {podSelector: {matchExpressions: [{key: gone, operator: NotIn, values: [x]}]}}   | yes | no  | no
          {namespaceSelector: {}, podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}} | no | no | yes
          {ipBlock: {cidr: 10.0.0.0/8}}                                                    | no  | no  | no
          """)
  void aPeerMeans(String peer, String shopWeb, String labWeb, String labDb) {
    Written cluster =
        Written.of(
            WEB,
            API,
            SPY,
            pod("lab", "db", "db", ""),
            namespace("lab", "{team: lab}"),
            policy(
                "shop",
                "api",
                "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [%s]}]}"
                    .formatted(peer)));
    assertThat(isOpen(cluster, "shop/web", "shop/api")).isEqualTo(shopWeb.equals("yes"));
    assertThat(isOpen(cluster, "lab/web", "shop/api")).isEqualTo(labWeb.equals("yes"));
    assertThat(isOpen(cluster, "lab/db", "shop/api")).isEqualTo(labDb.equals("yes"));
  }

  /** Which lists of rules leave TCP/8080 open. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {podSelector: {}}                                                        | no
          {podSelector: {}, ingress: []}                                           | no
          {podSelector: {}, ingress: [{}]}                                         | yes
          {podSelector: {}, ingress: [{from: []}]}                                 | yes
          {podSelector: {}, ingress: [{from: }]}                                   | yes
          {podSelector: {}, ingress: [{ports: []}]}                                | yes
          {podSelector: {}, ingress: [{ports: [{}]}]}                              | yes
          {podSelector: {}, ingress: [{ports: [{protocol: UDP}]}]}                 | no
          {podSelector: {}, ingress: [{ports: [{port: 8080}]}]}                    | yes
          {podSelector: {}, ingress: [{ports: [{port: 8081}]}]}                    | no
          {podSelector: {}, ingress: [{ports: [{port: 8000, endPort: 8080}]}]}     | yes
          {podSelector: {}, ingress: [{ports: [{port: 8000, endPort: 8079}]}]}     | no
          {podSelector: {}, ingress: [{ports: [{port: http}]}]}                    | yes
          {podSelector: {}, ingress: [{ports: [{port: http, protocol: UDP}]}]}     | no
          {podSelector: {}, ingress: [{ports: [{port: https}]}]}                   | no
          {podSelector: {}, policyTypes: [Egress]}                                 | no
          {podSelector: {matchLabels: {app: api}}, policyTypes: [Egress]}          | yes
          {podSelector: {matchLabels: {app: api}}, policyTypes: []}                | no
          {podSelector: {matchLabels: {app: web}}, egress: []}                     | yes
          {podSelector: {matchLabels: {app: web}}, egress: [{ports: [{port: 1}]}]} | no
          {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress], egress: [{ports: [{port: 1}]}]} | yes
          {podSelector: {matchLabels: {app: web}}, egress: [{ports: [{port: http}]}]} | yes
          """)
  void aPolicyLeavesOpen(String spec, String open) {
    Written cluster = Written.of(WEB, API, policy("shop", "p", spec));
    assertThat(cluster.between("shop/web", "shop/api").open().contains(Protocol.TCP, 8080))
        .isEqualTo(open.equals("yes"));
  }

  @Test
  void policiesAddUp() {
    Written cluster =
        Written.of(
            WEB,
            API,
            policy("shop", "a", "{podSelector: {}, ingress: [{ports: [{port: 80}]}]}"),
            policy("shop", "b", "{podSelector: {}, ingress: [{ports: [{port: 81}]}]}"));
    assertThat(cluster.between("shop/web", "shop/api").open())
        .isEqualTo(PortSet.of(Protocol.TCP, 80).union(PortSet.of(Protocol.TCP, 81)));
  }

  @Test
  void aNameIsAnotherNumberOnAnotherPodAndAnotherProtocol() {
    Written cluster =
        Written.of(
            WEB,
            pod("shop", "a", "db", "{name: sql, containerPort: 5432}"),
            pod(
                "shop",
                "b",
                "db",
                "{name: sql, containerPort: 6432}, {name: dns, containerPort: 53, protocol: UDP}"),
            policy(
                "shop",
                "p",
                "{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: sql}, {port:"
                    + " dns, protocol: UDP}]}]}"));
    assertThat(cluster.between("shop/web", "shop/a").open())
        .isEqualTo(PortSet.of(Protocol.TCP, 5432));
    assertThat(cluster.between("shop/web", "shop/b").open())
        .isEqualTo(PortSet.of(Protocol.TCP, 6432).union(PortSet.of(Protocol.UDP, 53)));
  }

  @Test
  void aBlockMeansPodsWhoseAddressIsKnown() {
    Written cluster =
        Written.of(
            podAt("shop", "near", "a", "10.0.1.1"),
            podAt("shop", "far", "a", "10.0.2.1"),
            API,
            policy(
                "shop",
                "p",
                "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{ipBlock: {cidr:"
                    + " 10.0.0.0/16, except: [10.0.2.0/24]}}]}]}"));
    assertThat(isOpen(cluster, "shop/near", "shop/api")).isTrue();
    assertThat(isOpen(cluster, "shop/far", "shop/api")).isFalse();
    assertThat(cluster.between(outside("10.0.3.0/24"), cluster.pod("shop/api")).open())
        .isEqualTo(PortSet.ALL);
    assertThat(cluster.between(outside("10.0.2.0/25"), cluster.pod("shop/api")).open())
        .isEqualTo(PortSet.NONE);
    assertThat(cluster.between(outside("fd00::/8"), cluster.pod("shop/api")).open())
        .isEqualTo(PortSet.NONE);
  }

  @Test
  void selectorsDoNotMeanTheWorldAndAbsentPeersDo() {
    Written cluster =
        Written.of(
            API,
            WEB,
            policy(
                "shop",
                "a",
                "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{namespaceSelector:"
                    + " {}}]}]}"),
            policy(
                "shop",
                "w",
                "{podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 80}]}]}"));
    Outside world = outside("0.0.0.0/0");
    assertThat(cluster.between(world, cluster.pod("shop/api")).open()).isEqualTo(PortSet.NONE);
    assertThat(cluster.between(world, cluster.pod("shop/web")).open())
        .isEqualTo(PortSet.of(Protocol.TCP, 80));
  }

  @Test
  void aNamedPortOpensNothingTowardsAddresses() {
    Written cluster =
        Written.of(
            WEB,
            policy(
                "shop",
                "p",
                "{podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}"));
    assertThat(cluster.between(cluster.pod("shop/web"), outside("0.0.0.0/0")).open())
        .isEqualTo(PortSet.NONE);
  }

  @Test
  void noSelectorMeansAPodInItsNodesNetwork() {
    Written cluster =
        Written.of(
            API,
            pod("shop", "agent", "agent", "").replace("spec: {", "spec: {hostNetwork: true, "),
            policy("shop", "p", "{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}"));
    assertThat(isOpen(cluster, "shop/agent", "shop/api")).isFalse();
    assertThat(isOpen(cluster, "shop/api", "shop/agent")).isTrue();
  }

  @Test
  void theVerdictNamesThePolicyAndTheField() {
    Written cluster =
        Written.of(
            WEB,
            API,
            policy("shop", "deny", "{podSelector: {}}"),
            policy(
                "shop",
                "api",
                "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: db}}},"
                    + " {podSelector: {}}], ports: [{port: 80}]}]}"));
    Verdict ingress = cluster.between("shop/web", "shop/api").ingress();
    assertThat(ingress.isolatedBy())
        .extracting(PolicyRef::toString)
        .containsExactly("shop/api", "shop/deny");
    assertThat(ingress.reasons())
        .singleElement()
        .satisfies(reason -> {
          assertThat(reason.clause().policy()).hasToString("shop/api");
          assertThat(reason.clause().path()).hasToString("spec.ingress[0].from[1]");
          assertThat(reason.ports()).isEqualTo(PortSet.of(Protocol.TCP, 80));
        });
    assertThat(cluster.between("shop/web", "shop/api").egress()).isEqualTo(Verdict.FREE);
  }

  @Test
  void anAdminsDenyBeatsAnAllowAndItsAllowBeatsADeny() {
    Written cluster =
        Written.of(
            WEB,
            API,
            SPY,
            admin(
                "first",
                10,
                "subject: {namespaces: {}}, ingress: [{action: Allow, from: [{namespaces: {}}],"
                    + " ports: [{portNumber: {port: 9100, protocol: TCP}}]}]"),
            admin(
                "second",
                20,
                "subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}},"
                    + " ingress: [{action: Deny, from: [{namespaces: {matchLabels:"
                    + " {kubernetes.io/metadata.name: lab}}}]}]"),
            policy("shop", "all", "{podSelector: {}, ingress: [{ports: [{port: 80}]}]}"));
    assertThat(cluster.between("lab/web", "shop/api").open())
        .isEqualTo(PortSet.of(Protocol.TCP, 9100));
    assertThat(cluster.between("shop/web", "shop/api").open())
        .isEqualTo(PortSet.of(Protocol.TCP, 9100).union(PortSet.of(Protocol.TCP, 80)));
    assertThat(cluster.between("lab/web", "shop/api").ingress().reasons(Action.DENY))
        .singleElement()
        .satisfies(reason ->
            assertThat(reason.clause().policy()).hasToString("AdminNetworkPolicy/second"));
  }

  @Test
  void passHandsOnToNetworkPoliciesAndThenToTheBaseline() {
    String pass =
        admin(
            "pass",
            1,
            "subject: {namespaces: {}}, ingress: [{action: Pass, from: [{namespaces: {}}], ports:"
                + " [{portRange: {start: 80, end: 90}}]}]");
    String deny =
        admin(
            "then",
            2,
            "subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]");
    String rest =
        baseline(
            "subject: {namespaces: {}}, ingress: [{action: Allow, from: [{namespaces: {}}], ports:"
                + " [{portNumber: {port: 80, protocol: TCP}}]}, {action: Deny, from: [{namespaces:"
                + " {}}]}]");
    assertThat(Written.of(WEB, API, pass, deny, rest).between("shop/web", "shop/api").open())
        .isEqualTo(PortSet.of(Protocol.TCP, 80));
    String own = policy("shop", "p", "{podSelector: {}, ingress: [{ports: [{port: 85}]}]}");
    assertThat(Written.of(WEB, API, pass, deny, rest, own).between("shop/web", "shop/api").open())
        .isEqualTo(PortSet.of(Protocol.TCP, 85));
  }

  @Test
  void withoutARuleThatMatchesAnAdminLeavesItOpen() {
    Written cluster =
        Written.of(
            WEB,
            API,
            admin("none", 1, "subject: {namespaces: {}}"),
            baseline("subject: {namespaces: {}}"));
    assertThat(isOpen(cluster, "shop/web", "shop/api")).isTrue();
  }

  @Test
  void equalPrioritiesGoByName() {
    String allow = "subject: {namespaces: {}}, egress: [{action: Allow, to: [{namespaces: {}}]}]";
    String deny = "subject: {namespaces: {}}, egress: [{action: Deny, to: [{namespaces: {}}]}]";
    assertThat(
            isOpen(
                Written.of(WEB, API, admin("a", 5, allow), admin("b", 5, deny)),
                "shop/web",
                "shop/api"))
        .isTrue();
    assertThat(
            isOpen(
                Written.of(WEB, API, admin("a", 5, deny), admin("b", 5, allow)),
                "shop/web",
                "shop/api"))
        .isFalse();
  }

  @Test
  void anAdminsNamedPortBringsItsProtocol() {
    Written cluster =
        Written.of(
            WEB,
            pod("shop", "dns", "dns", "{name: dns, containerPort: 53, protocol: UDP}"),
            admin(
                "a",
                1,
                "subject: {namespaces: {}}, ingress: [{action: Allow, from: [{namespaces: {}}],"
                    + " ports: [{namedPort: dns}]}, {action: Deny, from: [{namespaces: {}}]}]"));
    assertThat(cluster.between("shop/web", "shop/dns").open())
        .isEqualTo(PortSet.of(Protocol.UDP, 53));
    assertThat(cluster.between("shop/dns", "shop/web").open()).isEqualTo(PortSet.NONE);
  }

  @Test
  void networksMeanAddressesAndPodsThatHaveThem() {
    Written cluster =
        Written.of(
            WEB,
            podAt("shop", "db", "db", "10.1.0.7"),
            admin(
                "a",
                1,
                "subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks:"
                    + " [10.0.0.0/8]}]}]"));
    assertThat(isOpen(cluster, "shop/web", "shop/db")).isFalse();
    assertThat(isOpen(cluster, "shop/db", "shop/web")).isTrue();
    assertThat(cluster.between(cluster.pod("shop/web"), outside("10.9.0.0/16")).open())
        .isEqualTo(PortSet.NONE);
  }

  @Test
  void clusterNetworkPoliciesSpeakTheirOwnWords() {
    Written cluster =
        Written.of(
            WEB,
            API,
            clusterWide(
                "a",
                "Admin",
                1,
                "subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: api}}}},"
                    + " ingress: [{action: Accept, from: [{namespaces: {}}], protocols: [{tcp:"
                    + " {destinationPort: {number: 80}}}, {udp: {destinationPort: {range: {start:"
                    + " 1, end: 9}}}}, {destinationNamedPort: http}]}]"),
            clusterWide(
                "z",
                "Baseline",
                1,
                "subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}]}]"));
    assertThat(cluster.between("shop/web", "shop/api").open())
        .hasToString("TCP/80, TCP/8080, UDP/1-9");
    assertThat(cluster.between("shop/api", "shop/web").open()).isEqualTo(PortSet.NONE);
  }

  @Test
  void theIndexesAnswerWhomAPolicyTouches() {
    Written cluster =
        Written.of(
            WEB,
            API,
            SPY,
            policy(
                "shop",
                "p",
                "{podSelector: {matchLabels: {app: api}}, ingress: [{from: [{namespaceSelector: {},"
                    + " podSelector: {matchLabels: {app: web}}}]}]}"));
    Reach reach = Reach.of(cluster.cluster());
    var policy = reach.cluster().in("shop").networkPolicies().getFirst();
    assertThat(reach.selected(policy))
        .extracting(group -> group.labels().toString())
        .containsExactly("app=api");
    Stance stance =
        reach.stance(cluster.pod("shop/api"), io.portcullis.kube.NetworkPolicy.Direction.INGRESS);
    assertThat(stance.clauses().stream().flatMap(clause -> reach.meant(clause).stream()))
        .extracting(group -> group.namespace() + " " + group.labels())
        .containsExactlyInAnyOrder("shop app=web", "lab app=web");
  }

  private static boolean isOpen(Written cluster, String from, String to) {
    PortSet open = cluster.between(from, to).open();
    assertThat(List.of(PortSet.ALL, PortSet.NONE)).contains(open);
    return open.isAll();
  }

  private static Outside outside(String range) {
    return new Outside(AddressRange.tryParse(range).orElseThrow());
  }
}
