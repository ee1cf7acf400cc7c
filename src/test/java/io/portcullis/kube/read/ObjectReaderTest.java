package io.portcullis.kube.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.Node;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.PolicyPort;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.kube.Workload;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectReaderTest {
  private static final JsonFactory JSON = new JsonFactory();

  private static ReadObject read(String json) {
    try (JsonParser parser = JSON.createParser(json.replace('\'', '"'))) {
      parser.nextToken();
      return ObjectReader.read(parser);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static <T extends KubeObject> T read(Class<T> type, String json) {
    ReadObject read = read(json);
    assertThat(read.problems()).isEmpty();
    return type.cast(read.object().orElseThrow());
  }

  @Test
  void aPodKeepsItsLabelsPortsAndOwner() {
    Pod pod =
        read(
            Pod.class,
            """
            {'status':{'phase':'Running','podIP':'10.1.2.3','podIPs':[{'ip':'10.1.2.3'},{'ip':'fd00::3'}]},
             'kind':'Pod','apiVersion':'v1',
             'metadata':{'name':'web-1','namespace':'shop','uid':'u1','resourceVersion':'7',
               'labels':{'app':'web'},
               'annotations':{'portcullis.io/bypass':'x','kubectl.kubernetes.io/last':'y'},
               'ownerReferences':[{'apiVersion':'apps/v1','kind':'ReplicaSet','name':'web','uid':'u0',
                 'controller':true,'blockOwnerDeletion':true}]},
             'spec':{'hostNetwork':false,'nodeName':'n1','schedulingGates':[{'name':'g'}],
               'initContainers':[
                 {'name':'once','ports':[{'containerPort':1}]},
                 {'name':'sidecar','restartPolicy':'Always','ports':[{'containerPort':15090,'name':'prom'}]}],
               'containers':[{'name':'c','ports':[{'containerPort':8080,'name':'http'},
                 {'containerPort':53,'protocol':'UDP','hostPort':53}]}]}}\
            """);
    assertThat(pod.meta().labels()).isEqualTo(Labels.of("app", "web"));
    assertThat(pod.meta().annotations()).containsOnlyKeys("portcullis.io/bypass");
    assertThat(pod.meta().controller()).contains(new Owner("ReplicaSet", "web", "u0", true));
    assertThat(pod.spec().ports())
        .containsExactly(
            new ContainerPort("prom", 15090, Protocol.TCP, 0),
            new ContainerPort("http", 8080, Protocol.TCP, 0),
            new ContainerPort("", 53, Protocol.UDP, 53));
    assertThat(pod.spec().hasSilentContainer()).isFalse();
    assertThat(pod.spec().schedulingGates()).containsExactly("g");
    assertThat(pod.addresses()).containsExactly("10.1.2.3", "fd00::3");
    assertThat(pod.finished()).isFalse();
  }

  @Test
  void aContainerWithoutPortsIsSilent() {
    Pod pod =
        read(
            Pod.class,
            "{'apiVersion':'v1','kind':'Pod','spec':{'containers':[{'name':'a'},"
                + "{'name':'b','ports':[{'containerPort':1}]}]}}");
    assertThat(pod.spec().hasSilentContainer()).isTrue();
  }

  @Test
  void aCronJobHasTheTemplateOfItsJobs() {
    Workload workload =
        read(
            Workload.class,
            """
            {'apiVersion':'batch/v1','kind':'CronJob','metadata':{'name':'nightly','namespace':'shop'},
             'spec':{'schedule':'* * * * *','jobTemplate':{'spec':{'template':{
               'metadata':{'labels':{'app':'nightly'}},
               'spec':{'containers':[{'name':'c','ports':[{'containerPort':80}]}]}}}}}}\
            """);
    assertThat(workload.template().labels()).isEqualTo(Labels.of("app", "nightly"));
    assertThat(workload.template().spec().ports()).hasSize(1);
    assertThat(workload.selector()).isEmpty();
  }

  @Test
  void aReplicationControllerWithoutASelectorGetsItsTemplatesLabels() {
    Workload workload =
        read(
            Workload.class,
            """
            {'apiVersion':'v1','kind':'ReplicationController','metadata':{'name':'old'},
             'spec':{'replicas':0,'template':{'metadata':{'labels':{'app':'old'}}}}}\
            """);
    assertThat(workload.selector()).contains(Selector.of(Labels.of("app", "old")));
    assertThat(workload.replicas()).isZero();
  }

  @Test
  void aServiceGetsTheDefaultsOfTheApi() {
    Service service =
        read(
            Service.class,
            """
            {'apiVersion':'v1','kind':'Service','metadata':{'name':'web','namespace':'shop'},
             'spec':{'selector':{'app':'web'},'ports':[{'port':80},
               {'name':'dns','protocol':'UDP','port':53,'targetPort':'dns','nodePort':30053}]}}\
            """);
    assertThat(service.type()).isEqualTo(Service.Type.CLUSTER_IP);
    assertThat(service.selector()).contains(Labels.of("app", "web"));
    assertThat(service.ports())
        .containsExactly(
            new ServicePort("", Protocol.TCP, 80, new PortRef.ByNumber(80), 0),
            new ServicePort("dns", Protocol.UDP, 53, new PortRef.ByName("dns"), 30053));
    assertThat(service.headless()).isFalse();
  }

  @Test
  void anEmptySelectorOfAServiceIsNone() {
    assertThat(
            read(Service.class, "{'apiVersion':'v1','kind':'Service','spec':{'selector':{}}}")
                .selector())
        .isEmpty();
  }

  @Test
  void aPolicyTellsAbsentFromEmptySelectors() {
    NetworkPolicy policy =
        read(
            NetworkPolicy.class,
            """
            {'apiVersion':'networking.k8s.io/v1','kind':'NetworkPolicy','metadata':{'name':'p'},
             'spec':{'podSelector':{'matchExpressions':[{'key':'app','operator':'Exists'}]},
               'ingress':[{'from':[{'podSelector':{},'namespaceSelector':null},{'namespaceSelector':{}},
                  {'ipBlock':{'cidr':'10.0.0.0/8','except':['10.1.0.0/16']}}],
                 'ports':[{'port':8080},{'port':9000,'endPort':9010,'protocol':'UDP'},{'protocol':'SCTP'}]}],
               'egress':[{}]}}\
            """);
    assertThat(policy.policyTypes()).containsOnly(Direction.INGRESS, Direction.EGRESS);
    assertThat(policy.ingress().getFirst().peers())
        .containsExactly(
            new PolicyPeer.Pods(Optional.of(Selector.EVERYTHING), Optional.empty()),
            new PolicyPeer.Pods(Optional.empty(), Optional.of(Selector.EVERYTHING)),
            new PolicyPeer.Block(Cidr.parse("10.0.0.0/8"), List.of(Cidr.parse("10.1.0.0/16"))));
    assertThat(policy.ingress().getFirst().ports())
        .containsExactly(
            new PolicyPort(Protocol.TCP, Optional.of(new PortRef.ByNumber(8080)), Optional.empty()),
            new PolicyPort(
                Protocol.UDP, Optional.of(new PortRef.ByNumber(9000)), Optional.of(9010)),
            new PolicyPort(Protocol.SCTP, Optional.empty(), Optional.empty()));
    assertThat(policy.egress()).containsExactly(new NetworkPolicy.Rule(List.of(), List.of()));
  }

  @Test
  void aPolicyWithoutTypesIsForIngressUnlessItHasEgressRules() {
    String policy = "{'apiVersion':'networking.k8s.io/v1','kind':'NetworkPolicy','spec':{%s}}";
    assertThat(read(NetworkPolicy.class, policy.formatted("'podSelector':{}")).policyTypes())
        .containsOnly(Direction.INGRESS);
    assertThat(read(NetworkPolicy.class, policy.formatted("'egress':[]")).policyTypes())
        .containsOnly(Direction.INGRESS);
    assertThat(
            read(NetworkPolicy.class, policy.formatted("'policyTypes':['Egress']")).policyTypes())
        .containsOnly(Direction.EGRESS);
  }

  @Test
  void anIngressKeepsHostsTlsAndBackends() {
    Ingress ingress =
        read(
            Ingress.class,
            """
            {'apiVersion':'networking.k8s.io/v1','kind':'Ingress','metadata':{'name':'web'},
             'spec':{'ingressClassName':'nginx','tls':[{'hosts':['a.example.com'],'secretName':'a'},{}],
               'defaultBackend':{'resource':{'apiGroup':'x','kind':'Bucket','name':'b'}},
               'rules':[{'host':'a.example.com','http':{'paths':[{'path':'/','pathType':'Prefix',
                 'backend':{'service':{'name':'web','port':{'name':'http'}}}}]}},{}]}}\
            """);
    assertThat(ingress.effectiveClass()).contains("nginx");
    assertThat(ingress.tls())
        .containsExactly(
            new Ingress.Tls(List.of("a.example.com"), Optional.of("a")),
            new Ingress.Tls(List.of(), Optional.empty()));
    assertThat(ingress.defaultBackend()).contains(new IngressBackend.ToResource("Bucket", "b"));
    assertThat(ingress.rules().getFirst().paths().getFirst().backend())
        .isEqualTo(new IngressBackend.ToService("web", Optional.of(new PortRef.ByName("http"))));
    assertThat(ingress.rules().getLast().host()).isEmpty();
  }

  @Test
  void aNamespaceAlwaysCarriesItsName() {
    assertThat(
            read(
                    Namespace.class,
                    "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'shop'}}")
                .meta()
                .labels())
        .isEqualTo(Labels.of("kubernetes.io/metadata.name", "shop"));
  }

  @Test
  void aNodeHasItsRangesAndAddresses() {
    Node node =
        read(
            Node.class,
            """
            {'apiVersion':'v1','kind':'Node','metadata':{'name':'n1'},
             'spec':{'podCIDR':'10.244.0.0/24','podCIDRs':['10.244.0.0/24','fd00::/64']},
             'status':{'addresses':[{'type':'InternalIP','address':'192.168.1.4'},
               {'type':'Hostname','address':'n1'}]}}\
            """);
    assertThat(node.podCidrs()).hasSize(2);
    assertThat(node.addresses()).hasSize(1);
  }

  @Test
  void fieldsOfAWrongTypeAreToldAndTheRestIsRead() {
    ReadObject read =
        read(
            """
            {'apiVersion':'v1','kind':'Service','metadata':{'name':7,'labels':['x']},
             'spec':{'selector':{'app':'web','n':1},'type':'Clusterip',
               'ports':[{'port':'eighty'},{'port':99999999999},{'port':80,'protocol':'tcp'}]}}\
            """);
    assertThat(read.problems())
        .extracting(ReadProblem::toString)
        .containsExactly(
            "metadata.name: is a whole number, want a string",
            "metadata.labels: is a list, want an object",
            "spec.selector.n: is a whole number, want a string",
            "spec.type: \"Clusterip\" is no Service type: want ClusterIP, NodePort, LoadBalancer or"
                + " ExternalName",
            "spec.ports[0].port: is a string, want a whole number",
            "spec.ports[1].port: 99999999999 is too large",
            "spec.ports[2].protocol: \"tcp\" is no protocol: want TCP, UDP or SCTP");
    Service service = (Service) read.object().orElseThrow();
    assertThat(service.ports()).hasSize(3);
  }

  @Test
  void kindsThatWeDoNotReadAreNone() {
    ReadObject read = read("{'apiVersion':'v1','kind':'Secret','data':{'k':'v'}}");
    assertThat(read.object()).isEmpty();
    assertThat(read.kind()).isEqualTo("Secret");
    assertThat(read("{'apiVersion':'example.com/v1','kind':'Service'}").object()).isEmpty();
  }

  @Test
  void nullIsTheSameAsAbsent() {
    assertThat(
            read(
                    Service.class,
                    "{'apiVersion':'v1','kind':'Service','metadata':{'labels':null},"
                        + "'spec':{'selector':null,'ports':null,'type':null}}")
                .selector())
        .isEmpty();
  }

  @Test
  void brokenJsonIsAnIoError() {
    assertThatThrownBy(
            () -> {
              try (JsonParser parser = JSON.createParser("{\"metadata\":{\"name\":")) {
                parser.nextToken();
                ObjectReader.read(Kind.SERVICE, parser);
              }
            })
        .isInstanceOf(IOException.class);
  }

  /** Whatever stands where, reading ends with an object or with an IOException. */
  @Test
  void noJsonMakesTheReaderFallOver() {
    Random random = new Random(20_261_123L);
    for (int i = 0; i < 5_000; i++) {
      String json = "{\"metadata\":" + junk(random, 4) + ",\"spec\":" + junk(random, 6) + "}";
      for (Kind kind : Kind.values()) {
        try (JsonParser parser = JSON.createParser(json)) {
          parser.nextToken();
          assertThat(ObjectReader.read(kind, parser).object()).isPresent();
          assertThat(parser.nextToken()).isNull();
        } catch (IOException e) {
          throw new AssertionError(json, e);
        }
      }
    }
  }

  private static final List<String> WORDS =
      List.of(
          "name",
          "labels",
          "selector",
          "ports",
          "port",
          "template",
          "metadata",
          "spec",
          "rules",
          "http",
          "paths",
          "backend",
          "service",
          "tls",
          "hosts",
          "ingress",
          "from",
          "podSelector",
          "ipBlock",
          "cidr",
          "matchExpressions",
          "values",
          "ownerReferences",
          "containers");

  private static String junk(Random random, int depth) {
    StringBuilder text = new StringBuilder();
    switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> text.append("null");
      case 1 -> text.append(random.nextBoolean());
      case 2 -> text.append(random.nextInt());
      case 3 -> text.append(random.nextDouble());
      case 4 -> text.append(random.nextLong()).append("000000000000000000000");
      case 5 -> text.append('"').append(WORDS.get(random.nextInt(WORDS.size()))).append('"');
      case 6 -> {
        text.append('[');
        for (int i = random.nextInt(3); i > 0; i--) {
          text.append(junk(random, depth - 1)).append(i > 1 ? "," : "");
        }
        text.append(']');
      }
      default -> {
        text.append('{');
        for (int i = random.nextInt(5); i > 0; i--) {
          text.append('"').append(WORDS.get(random.nextInt(WORDS.size()))).append("\":");
          text.append(junk(random, depth - 1)).append(i > 1 ? "," : "");
        }
        text.append('}');
      }
    }
    return text.toString();
  }
}
