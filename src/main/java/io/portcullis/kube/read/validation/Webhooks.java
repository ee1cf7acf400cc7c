package io.portcullis.kube.read.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Webhook configurations. Source: ValidateValidatingWebhookConfiguration. */
final class Webhooks {
  private static final int SEGMENTS = 3;

  private Webhooks() {}

  static void check(Field webhooks) {
    Set<String> names = new HashSet<>();
    for (Field webhook : webhooks.items()) {
      Field name = webhook.at("name");
      name(name);
      if (!names.add(name.text())) {
        name.duplicate(name.shown());
      }
      Field policy = webhook.at("failurePolicy");
      if (policy.isPresent() && !List.of("Fail", "Ignore").contains(policy.text())) {
        policy.unsupported("Fail", "Ignore");
      }
      client(webhook.at("clientConfig"));
    }
  }

  private static void name(Field name) {
    List<String> wrong = Formats.subdomain(name.text());
    if (name.text().isEmpty()) {
      name.required("");
    } else if (!wrong.isEmpty()) {
      name.invalid(wrong);
    } else if (name.text().chars().filter(each -> each == '.').count() < SEGMENTS - 1) {
      name.invalid("should be a domain with at least three segments separated by dots");
    }
  }

  private static void client(Field client) {
    Field service = client.at("service");
    if (service.isPresent() == client.at("url").isPresent()) {
      client.required("exactly one of url or service is required");
    } else if (service.isPresent()) {
      service(service);
    }
  }

  private static void service(Field service) {
    Field name = service.at("name");
    if (name.text().isEmpty()) {
      name.required("");
    }
    Field namespace = service.at("namespace");
    if (namespace.text().isEmpty()) {
      namespace.required("");
    }
    Field port = service.at("port");
    if (port.isPresent()) {
      Formats.portNumber(port.number())
          .forEach(wrong -> port.invalid("port is not valid: " + wrong));
    }
  }
}
