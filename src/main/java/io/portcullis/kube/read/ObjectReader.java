package io.portcullis.kube.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads an object of the cluster from JSON tokens or a node. Lenient: what is not of the type that
 * the API says becomes a problem, and the rest is read on.
 */
public final class ObjectReader {
  /** Reads what is special to a kind; the cursor stands at a field of the object. */
  interface Body {
    /** Takes the field's value, or leaves it. */
    void field(String name, JsonCursor cursor);

    /** The object, once all fields were given. */
    KubeObject build(Meta meta);
  }

  private ObjectReader() {}

  /**
   * Reads the object that the parser stands at, whose kind is told from outside: in lists the items
   * do not say theirs.
   *
   * @throws IOException where the text is no JSON or ends too early
   */
  public static ReadObject read(Kind kind, JsonParser parser) throws IOException {
    return read(kind, "", parser);
  }

  /**
   * Reads the object that the parser stands at.
   *
   * @param namespace where a namespaced object is that names no namespace
   * @throws IOException where the text is no JSON or ends too early
   */
  public static ReadObject read(Kind kind, String namespace, JsonParser parser) throws IOException {
    try {
      return read(kind, namespace, new TokenCursor(parser));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Reads the object of a document, whose kind is told from outside. */
  public static ReadObject read(Kind kind, Node document) {
    return read(kind, "", new NodeCursor(document));
  }

  private static ReadObject read(Kind kind, String namespace, JsonCursor cursor) {
    if (cursor.token() != JsonToken.START_OBJECT) {
      cursor.fields(name -> {});
      return new ReadObject("", "", Optional.empty(), cursor.problems());
    }
    MetaReader meta = new MetaReader(kind, namespace);
    Body body = body(kind);
    Head head = new Head();
    cursor.fields(name -> {
      switch (name) {
        case "apiVersion" -> head.apiVersion = cursor.text().orElse("");
        case "kind" -> head.kind = cursor.text().orElse("");
        case "metadata" -> meta.read(cursor);
        default -> body.field(name, cursor);
      }
    });
    return new ReadObject(
        head.apiVersion,
        head.kind,
        Optional.of(body.build(meta.build())),
        List.copyOf(cursor.problems()));
  }

  /**
   * Reads the object that the parser stands at, of whatever kind it says it is.
   *
   * @throws IOException where the text is no JSON or ends too early
   */
  public static ReadObject read(JsonParser parser) throws IOException {
    try (TokenBuffer copy = new TokenBuffer(parser)) {
      copy.copyCurrentStructure(parser);
      Head head = Head.of(copy);
      Optional<Kind> kind = Kind.of(head.group(), head.kind);
      if (kind.isEmpty()) {
        return new ReadObject(head.apiVersion, head.kind, Optional.empty(), List.of());
      }
      try (JsonParser again = copy.asParser()) {
        again.nextToken();
        return read(kind.get(), again);
      }
    }
  }

  private static Body body(Kind kind) {
    return switch (kind) {
      case POD -> new PodReader();
      case DEPLOYMENT,
          REPLICA_SET,
          STATEFUL_SET,
          DAEMON_SET,
          REPLICATION_CONTROLLER,
          JOB,
          CRON_JOB ->
          new WorkloadReader(kind);
      case SERVICE -> new ServiceReader();
      case NETWORK_POLICY -> new PolicyReader();
      case ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY, CLUSTER_NETWORK_POLICY ->
          new ClusterPolicyReader(kind);
      case HTTP_ROUTE, GRPC_ROUTE, TLS_ROUTE, TCP_ROUTE, UDP_ROUTE -> new RouteReader(kind);
      case OPENSHIFT_ROUTE -> new OpenShiftRouteReader();
      case REFERENCE_GRANT -> new GrantReader();
      case INGRESS -> new IngressReader();
      case VALIDATING_WEBHOOK_CONFIGURATION, MUTATING_WEBHOOK_CONFIGURATION ->
          new WebhookReader(kind);
      case CALICO_POOL, PROJECT_CALICO_POOL, CILIUM_POOL, METALLB_POOL -> new PoolReader(kind);
      case NAMESPACE, NODE, SERVICE_CIDR, INGRESS_CLASS, CONFIG_MAP, POD_DISRUPTION_BUDGET ->
          new SmallReader(kind);
    };
  }

  /** What the object says of itself. */
  private static final class Head {
    private String apiVersion = "";
    private String kind = "";

    static Head of(TokenBuffer copy) throws IOException {
      Head head = new Head();
      try (JsonParser parser = copy.asParser()) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return head;
        }
        JsonCursor cursor = new TokenCursor(parser);
        cursor.fields(name -> {
          switch (name) {
            case "apiVersion" -> head.apiVersion = cursor.text().orElse("");
            case "kind" -> head.kind = cursor.text().orElse("");
            default -> {}
          }
        });
      }
      return head;
    }

    String group() {
      int slash = apiVersion.indexOf('/');
      return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
  }
}
