package io.portcullis.kube.read.validation;

import io.portcullis.kube.Annotations;
import io.portcullis.net.Address;
import java.util.List;

/** Ingresses. Source: ValidateIngressCreate. */
final class Ingresses {
  private static final List<String> BAD_SEQUENCES = List.of("//", "/./", "/../", "%2f", "%2F");
  private static final List<String> BAD_ENDS = List.of("/..", "/.");

  private Ingresses() {}

  static void check(Field object) {
    Field spec = object.at("spec");
    Field defaultBackend = spec.at("defaultBackend");
    List<Field> rules = spec.at("rules").items();
    if (rules.isEmpty() && !defaultBackend.isPresent()) {
      spec.invalid(
          spec.at("rules").isPresent() ? "[]" : "null",
          "either `defaultBackend` or `rules` must be specified");
    }
    if (defaultBackend.isPresent()) {
      backend(defaultBackend);
    }
    rules.forEach(Ingresses::rule);
    spec.at("tls").items().forEach(Ingresses::tls);
    className(object);
  }

  private static void className(Field object) {
    Field name = object.at("spec", "ingressClassName");
    if (!name.isPresent()) {
      return;
    }
    name.invalid(Formats.subdomain(name.text()));
    Field annotation = object.at("metadata", "annotations").at(Annotations.INGRESS_CLASS);
    if (annotation.isPresent() && !annotation.text().equals(name.text())) {
      annotation.invalid("must match `ingressClassName` when both are specified");
    }
  }

  private static void rule(Field rule) {
    Field host = rule.at("host");
    if (!host.text().isEmpty()) {
      if (Address.tryParse(host.text()).isPresent()) {
        host.invalid("must be a DNS name, not an IP address");
      }
      host(host);
    }
    Field http = rule.at("http");
    if (!http.isPresent()) {
      return;
    }
    List<Field> paths = http.at("paths").items();
    if (paths.isEmpty()) {
      http.at("paths").required("");
    }
    paths.forEach(Ingresses::path);
  }

  private static void host(Field host) {
    String text = host.text();
    host.invalid(text.contains("*") ? Formats.wildcard(text) : Formats.subdomain(text));
  }

  private static void tls(Field tls) {
    tls.at("hosts").items().forEach(Ingresses::host);
    Field secret = tls.at("secretName");
    if (!secret.text().isEmpty()) {
      secret.invalid(Formats.subdomain(secret.text()));
    }
  }

  private static void path(Field path) {
    Field type = path.at("pathType");
    if (!type.isPresent()) {
      type.required("pathType must be specified");
      return;
    }
    Field text = path.at("path");
    switch (type.text()) {
      case "Exact", "Prefix" -> {
        absolute(text);
        clean(text);
      }
      case "ImplementationSpecific" -> {
        if (!text.text().isEmpty()) {
          absolute(text);
        }
      }
      default -> type.unsupported("Exact", "ImplementationSpecific", "Prefix");
    }
    backend(path.at("backend"));
  }

  private static void absolute(Field path) {
    if (!path.text().startsWith("/")) {
      path.invalid("must be an absolute path");
    }
  }

  private static void clean(Field path) {
    for (String sequence : BAD_SEQUENCES) {
      if (path.text().contains(sequence)) {
        path.invalid("must not contain '" + sequence + "'");
      }
    }
    for (String end : BAD_ENDS) {
      if (path.text().endsWith(end)) {
        path.invalid("cannot end with '" + end + "'");
      }
    }
  }

  private static void backend(Field backend) {
    Field service = backend.at("service");
    Field resource = backend.at("resource");
    if (service.isPresent() && resource.isPresent()) {
      backend.invalid("\"\"", "cannot set both resource and service backends");
    } else if (service.isPresent()) {
      service(backend, service);
    } else if (resource.isPresent()) {
      resource(resource);
    } else {
      backend.invalid("\"\"", "resource or service backend is required");
    }
  }

  private static void service(Field backend, Field service) {
    Field name = service.at("name");
    if (name.text().isEmpty()) {
      name.required("");
    } else {
      name.invalid(Formats.label(name.text()));
    }
    Field portName = service.at("port", "name");
    Field portNumber = service.at("port", "number");
    boolean named = !portName.text().isEmpty();
    boolean numbered = portNumber.number() != 0;
    if (named && numbered) {
      backend.invalid("\"\"", "cannot set both port name & port number");
    } else if (named) {
      portName.invalid(Formats.portName(portName.text()));
    } else if (numbered) {
      portNumber.invalid(Formats.portNumber(portNumber.number()));
    } else {
      backend.required("port name or number is required");
    }
  }

  private static void resource(Field resource) {
    Field apiGroup = resource.at("apiGroup");
    if (apiGroup.isPresent()) {
      apiGroup.invalid(Formats.subdomain(apiGroup.text()));
    }
    for (Field field : List.of(resource.at("kind"), resource.at("name"))) {
      if (field.text().isEmpty()) {
        field.required("");
      } else {
        field.invalid(Formats.pathSegment(field.text()));
      }
    }
  }
}
