package io.portcullis.tls;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Our webhook configurations, of which two fields are ours to write: whom to trust ({@code
 * caBundle}), and the Namespace as owner, so that nothing is left that asks a gate which is gone.
 * Each is patched alone: whatever else stands there belongs to somebody else. One that does not
 * exist is left so; who deleted it meant it.
 */
public final class Registration {
  private static final Logger LOG = Logger.getLogger("portcullis.tls");

  private static final String NAME = "portcullis";
  private static final String OURS = ".portcullis.io";

  /** One of the configurations as it is stored. */
  private record Stored(Resource<? extends HasMetadata> at, ObjectMeta meta, List<Entry> entries) {
    void patch(String operations) {
      at.patch(PatchContext.of(PatchType.JSON), "[" + operations + "]");
    }
  }

  private record Entry(int index, String name, Optional<String> caBundle) {
    static Entry of(int index, String name, WebhookClientConfig config) {
      return new Entry(index, name, Optional.ofNullable(config.getCaBundle()));
    }

    /** The test holds the entry at its place: another may have been put before it. */
    String trust(String bundle) {
      return """
      {"op": "test", "path": "/webhooks/%d/name", "value": "%s"},
      {"op": "add", "path": "/webhooks/%d/clientConfig/caBundle", "value": "%s"}\
      """
          .formatted(index, name, index, bundle);
    }
  }

  private final KubernetesClient client;
  private String complaint = "";

  public Registration(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Has clients trust these authorities.
   *
   * @param bundle as PEM
   * @return whether all of them did already
   * @throws KubernetesClientException where it can't be read or patched
   */
  boolean trust(String bundle) {
    String encoded = Base64.getEncoder().encodeToString(bundle.getBytes(StandardCharsets.US_ASCII));
    boolean already = true;
    for (Stored stored : read()) {
      List<String> patches =
          stored.entries().stream()
              .filter(entry -> entry.name().endsWith(OURS))
              .filter(entry -> !entry.caBundle().equals(Optional.of(encoded)))
              .map(entry -> entry.trust(encoded))
              .toList();
      if (!patches.isEmpty()) {
        stored.patch(String.join(",", patches));
        already = false;
      }
    }
    return already;
  }

  /**
   * Has the Namespace own them. Some clusters allow that only to who may delete them: there it is
   * said once, and whoever uninstalls deletes them.
   *
   * @return whether there is nothing to be done soon; somebody else may have written meanwhile
   */
  public boolean own() {
    try {
      Optional.ofNullable(client.namespaces().withName(RingSecret.NAMESPACE).get())
          .map(namespace -> namespace.getMetadata().getUid())
          .ifPresent(uid -> read().forEach(stored -> own(stored, uid)));
      complaint = "";
      return true;
    } catch (KubernetesClientException e) {
      String message = String.valueOf(e.getMessage());
      boolean told = message.equals(complaint);
      if (!told) {
        LOG.warnf("The webhook configurations are not owned by our Namespace: %s", message);
      }
      complaint = message;
      return told;
    }
  }

  private static void own(Stored stored, String uid) {
    List<OwnerReference> owners =
        Optional.ofNullable(stored.meta().getOwnerReferences()).orElse(List.of());
    if (owners.stream().anyMatch(owner -> uid.equals(owner.getUid()))) {
      return;
    }
    String owner =
        """
        {"apiVersion": "v1", "kind": "Namespace", "name": "%s", "uid": "%s"}\
        """
            .formatted(RingSecret.NAMESPACE, uid);
    stored.patch(
        """
        {"op": "test", "path": "/metadata/resourceVersion", "value": "%s"},
        {"op": "add", "path": "/metadata/ownerReferences%s", "value": %s}
        """
            .formatted(
                stored.meta().getResourceVersion(),
                owners.isEmpty() ? "" : "/-",
                owners.isEmpty() ? "[" + owner + "]" : owner));
  }

  private List<Stored> read() {
    List<Stored> all = new ArrayList<>();
    Resource<MutatingWebhookConfiguration> mutating =
        client.admissionRegistration().v1().mutatingWebhookConfigurations().withName(NAME);
    Optional.ofNullable(mutating.get())
        .ifPresent(found -> all.add(new Stored(mutating, found.getMetadata(), entries(found))));
    Resource<ValidatingWebhookConfiguration> validating =
        client.admissionRegistration().v1().validatingWebhookConfigurations().withName(NAME);
    Optional.ofNullable(validating.get())
        .ifPresent(found -> all.add(new Stored(validating, found.getMetadata(), entries(found))));
    return all;
  }

  private static List<Entry> entries(MutatingWebhookConfiguration found) {
    return numbered(
        found.getWebhooks().stream()
            .map(each -> Entry.of(0, each.getName(), each.getClientConfig())));
  }

  private static List<Entry> entries(ValidatingWebhookConfiguration found) {
    return numbered(
        found.getWebhooks().stream()
            .map(each -> Entry.of(0, each.getName(), each.getClientConfig())));
  }

  private static List<Entry> numbered(Stream<Entry> entries) {
    List<Entry> numbered = new ArrayList<>();
    entries.forEach(
        entry -> numbered.add(new Entry(numbered.size(), entry.name(), entry.caBundle())));
    return numbered;
  }
}
