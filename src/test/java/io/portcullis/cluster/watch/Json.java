package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodDisruptionBudget;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.kube.read.ObjectReader;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects as an API server writes them, with fields that nobody reads in between. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** The object in a version of the server's. */
  static String of(KubeObject object, long version) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("kind", object.kind().text());
    all.put("apiVersion", object.kind().apiVersion());
    all.put("metadata", meta(object, version));
    all.putAll(rest(object));
    return write(all);
  }

  /** What we make of the text: what a picture has to hold. */
  static KubeObject read(KubeObject object, long version) {
    try (JsonParser parser = MAPPER.createParser(of(object, version))) {
      parser.nextToken();
      return ObjectReader.read(object.kind(), parser).object().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> meta(KubeObject object, long version) {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("name", object.name());
    if (object.kind().namespaced()) {
      meta.put("namespace", object.namespace());
    }
    meta.put("uid", "uid-of-" + object.name());
    meta.put("resourceVersion", Long.toString(version));
    meta.put("labels", object.meta().labels().asMap());
    meta.put("ownerReferences", object.meta().owners().stream().map(Json::owner).toList());
    meta.put("managedFields", List.of(Map.of("fieldsV1", Map.of("f:metadata", Map.of()))));
    return meta;
  }

  private static Map<String, Object> owner(Owner owner) {
    return Map.of(
        "apiVersion", "apps/v1",
        "kind", owner.kind(),
        "name", owner.name(),
        "uid", owner.uid(),
        "controller", owner.controller());
  }

  private static Map<String, Object> rest(KubeObject object) {
    if (object instanceof Pod pod) {
      String phase = pod.finished() ? "Succeeded" : "Running";
      return Map.of("spec", podSpec(pod.spec()), "status", Map.of("phase", phase));
    }
    if (object instanceof Service service) {
      return Map.of(
          "spec",
          Map.of(
              "type",
              service.type().text(),
              "selector",
              service.selector().map(Labels::asMap).orElse(Map.of())));
    }
    if (object instanceof NetworkPolicy policy) {
      return Map.of(
          "spec",
          Map.of("podSelector", selector(policy.podSelector()), "policyTypes", List.of("Ingress")));
    }
    if (object instanceof Workload workload) {
      Map<String, Object> spec = workloadSpec(workload);
      return Map.of(
          "spec",
          workload.kind() == Kind.CRON_JOB ? Map.of("jobTemplate", Map.of("spec", spec)) : spec);
    }
    if (object instanceof PodDisruptionBudget budget) {
      return Map.of(
          "spec",
          budget
              .selector()
              .<Map<String, Object>>map(s -> Map.of("selector", selector(s)))
              .orElse(Map.of()));
    }
    if (object instanceof Ingress ingress) {
      return Map.of("spec", ingressSpec(ingress));
    }
    return object instanceof ConfigMap map ? Map.of("data", map.data()) : Map.of();
  }

  private static Map<String, Object> ingressSpec(Ingress ingress) {
    Map<String, Object> spec = new LinkedHashMap<>();
    ingress.defaultBackend().ifPresent(backend -> spec.put("defaultBackend", backend(backend)));
    List<Object> rules = new ArrayList<>();
    for (Ingress.Rule rule : ingress.rules()) {
      List<Object> paths = new ArrayList<>();
      rule.paths()
          .forEach(path ->
              paths.add(
                  Map.of(
                      "path",
                      path.path(),
                      "pathType",
                      path.pathType(),
                      "backend",
                      backend(path.backend()))));
      rules.add(Map.of("host", rule.host(), "http", Map.of("paths", paths)));
    }
    spec.put("rules", rules);
    return spec;
  }

  private static Map<String, Object> backend(IngressBackend backend) {
    return switch (backend) {
      case IngressBackend.ToService to ->
          Map.of(
              "service",
              Map.of(
                  "name",
                  to.service(),
                  "port",
                  to.port().map(Json::port).orElseGet(() -> Map.of())));
      case IngressBackend.ToResource to ->
          Map.of("resource", Map.of("kind", to.kind(), "name", to.name()));
    };
  }

  private static Map<String, Object> port(PortRef port) {
    return switch (port) {
      case PortRef.ByName name -> Map.of("name", name.name());
      case PortRef.ByNumber number -> Map.of("number", number.port());
    };
  }

  private static Map<String, Object> workloadSpec(Workload workload) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("replicas", workload.replicas());
    workload.selector().ifPresent(selector -> spec.put("selector", selector(selector)));
    spec.put(
        "template",
        Map.of(
            "metadata",
            Map.of("labels", workload.template().labels().asMap()),
            "spec",
            podSpec(workload.template().spec())));
    return spec;
  }

  private static Map<String, Object> podSpec(PodSpec spec) {
    List<Map<String, Object>> containers = new ArrayList<>();
    if (!spec.ports().isEmpty()) {
      List<Map<String, Object>> ports = new ArrayList<>();
      spec.ports()
          .forEach(port ->
              ports.add(
                  Map.of("name", port.name(), "containerPort", port.port(), "protocol", "TCP")));
      containers.add(Map.of("name", "main", "ports", ports));
    }
    if (spec.hasSilentContainer()) {
      containers.add(Map.of("name", "silent", "image", "example.com/silent:1"));
    }
    return Map.of("hostNetwork", spec.hostNetwork(), "containers", containers);
  }

  private static Map<String, Object> selector(Selector selector) {
    return Map.of(
        "matchExpressions", selector.requirements().stream().map(Json::requirement).toList());
  }

  private static Map<String, Object> requirement(Requirement requirement) {
    return switch (requirement) {
      case Requirement.In in ->
          Map.of("key", in.key(), "operator", "In", "values", List.copyOf(in.values()));
      case Requirement.NotIn notIn ->
          Map.of("key", notIn.key(), "operator", "NotIn", "values", List.copyOf(notIn.values()));
      case Requirement.Exists exists -> Map.of("key", exists.key(), "operator", "Exists");
      case Requirement.DoesNotExist not -> Map.of("key", not.key(), "operator", "DoesNotExist");
    };
  }
}
