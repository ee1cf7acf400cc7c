package io.portcullis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.judge.Judgement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A policy that a program wrote: each rule is asked about each of its peers, and none breaks. */
class ManyPeersTest {
  private static final int PEERS = 10_000;
  private static final int WORKLOADS = 300;

  @Test
  void aPolicyWithTenThousandPeersIsJudgedByAllRules() {
    Judgement judgement = Sample.creation(documents("caller-%d")).judge();
    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.allowed()).isTrue();
  }

  @Test
  void amongAllThatThereIsToo() {
    Judgement judgement = Sample.whole(documents("web-%d")).judge();
    assertThat(judgement.errors()).isEmpty();
    assertThat(judgement.allowed()).isTrue();
  }

  private static String documents(String peer) {
    String peers =
        IntStream.range(0, PEERS)
            .mapToObj(i -> "{podSelector: {matchLabels: {app: %s}}}".formatted(peer.formatted(i)))
            .collect(Collectors.joining(", "));
    String policy =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: many, namespace: shop}
        spec:
          podSelector: {}
          policyTypes: [Ingress, Egress]
          ingress:
            - from: [%1$s]
              ports: [{port: 8080}]
          egress:
            - to: [%1$s]
              ports: [{port: 8080}]
        """
            .formatted(peers);
    return Stream.concat(
            Stream.of(policy), IntStream.range(0, WORKLOADS).mapToObj(ManyPeersTest::deployment))
        .collect(Collectors.joining("---\n"));
  }

  private static String deployment(int i) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web-%1$d, namespace: shop}
    spec:
      selector: {matchLabels: {app: web-%1$d}}
      template:
        metadata: {labels: {app: web-%1$d}}
        spec: {containers: [{name: c, image: example.com/c, ports: [{containerPort: 8080}]}]}
    """
        .formatted(i);
  }
}
