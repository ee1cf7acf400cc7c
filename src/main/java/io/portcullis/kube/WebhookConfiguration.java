package io.portcullis.kube;

import io.portcullis.net.Labels;
import java.util.List;

/**
 * A ValidatingWebhookConfiguration or MutatingWebhookConfiguration: whom the API server asks before
 * it stores an object. Only webhooks behind a Service are kept, no URLs and never a certificate.
 */
public record WebhookConfiguration(Kind kind, Meta meta, List<Webhook> webhooks)
    implements KubeObject {
  /** Where the API server calls a webhook whose Service names no port. */
  public static final int DEFAULT_PORT = 443;

  /** What becomes of a request when the webhook does not answer. */
  public enum FailurePolicy {
    FAIL("Fail"),
    IGNORE("Ignore");

    private final String text;

    FailurePolicy(String text) {
      this.text = text;
    }

    /** As in a manifest. */
    public String text() {
      return text;
    }
  }

  /**
   * One webhook.
   *
   * @param name unique in its configuration
   * @param namespace the Service's
   * @param port the Service's, not its pods'
   */
  public record Webhook(
      String name, String namespace, String service, int port, FailurePolicy failurePolicy) {}

  public WebhookConfiguration {
    webhooks = List.copyOf(webhooks);
  }

  @Override
  public WebhookConfiguration facts() {
    return new WebhookConfiguration(kind, meta.facts(Labels.EMPTY), webhooks);
  }
}
