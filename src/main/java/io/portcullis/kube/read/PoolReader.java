package io.portcullis.kube.read;

import io.portcullis.kube.AddressPool;
import io.portcullis.kube.AddressPool.Part;
import io.portcullis.kube.AddressUse;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.net.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads pools of addresses. Sources: the CustomResourceDefinitions of Calico 3 (ippools), Cilium 1
 * (ciliumloadbalancerippools) and MetalLB 0.13 and later (ipaddresspools).
 */
final class PoolReader implements ObjectReader.Body {
  private final Kind kind;
  private final List<Part> parts = new ArrayList<>();

  /** What Calico gives its addresses to; empty: to pods. */
  private List<String> allowedUses = List.of();

  private boolean disabled;

  PoolReader(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("spec")) {
      cursor.fields(field -> {
        switch (field) {
          case "cidr" -> one(cursor, FieldPath.of("spec", "cidr"));
          // Cilium called them cidrs before it took ranges too.
          case "blocks", "cidrs" -> blocks(cursor, FieldPath.of("spec", field));
          case "addresses" -> addresses(cursor, FieldPath.of("spec", "addresses"));
          case "allowedUses" -> allowedUses = cursor.texts();
          case "disabled" -> disabled = cursor.flag();
          default -> {}
        }
      });
    }
  }

  private void one(JsonCursor cursor, FieldPath path) {
    cursor.text().ifPresent(text -> add(path, text));
  }

  private void addresses(JsonCursor cursor, FieldPath path) {
    List<String> texts = cursor.texts();
    for (int i = 0; i < texts.size(); i++) {
      add(path.index(i), texts.get(i));
    }
  }

  private void blocks(JsonCursor cursor, FieldPath path) {
    int[] index = {0};
    cursor.items(() -> block(cursor, path.index(index[0]++)));
  }

  /** A block, or the first and the last address of a range; the first alone is itself. */
  private void block(JsonCursor cursor, FieldPath path) {
    String[] ends = {"", ""};
    cursor.fields(field -> {
      switch (field) {
        case "cidr" -> one(cursor, path.field("cidr"));
        case "start" -> ends[0] = cursor.text().orElse("");
        case "stop" -> ends[1] = cursor.text().orElse("");
        default -> {}
      }
    });
    if (!ends[0].isEmpty()) {
      add(path.field("start"), ends[1].isEmpty() ? ends[0] : ends[0] + "-" + ends[1]);
    }
  }

  private void add(FieldPath path, String text) {
    Optional<AddressRange> range = AddressRange.tryParse(text.strip());
    range.ifPresent(found -> parts.add(new Part(path, found)));
  }

  @Override
  public KubeObject build(Meta meta) {
    Optional<AddressUse> use = use();
    return new AddressPool(
        kind, meta, use.orElse(AddressUse.PODS), use.isPresent() ? parts : List.of());
  }

  /** Whose its addresses are; empty where nobody gets one: it only says what is not translated. */
  private Optional<AddressUse> use() {
    if (kind != Kind.CALICO_POOL && kind != Kind.PROJECT_CALICO_POOL) {
      return Optional.of(AddressUse.LOAD_BALANCERS);
    }
    if (disabled) {
      return Optional.empty();
    }
    if (allowedUses.isEmpty() || allowedUses.contains("Workload")) {
      return Optional.of(AddressUse.PODS);
    }
    return allowedUses.contains("LoadBalancer")
        ? Optional.of(AddressUse.LOAD_BALANCERS)
        : Optional.empty();
  }
}
