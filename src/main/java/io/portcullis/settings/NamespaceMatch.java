package io.portcullis.settings;

import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;

/**
 * Which namespaces: by name, by labels, or, where both are given, by both.
 *
 * @param names empty: any name
 * @param selector empty: any labels
 */
public record NamespaceMatch(List<String> names, Optional<Selector> selector) {
  public NamespaceMatch {
    names = List.copyOf(names);
  }

  /** Whether a namespace of this name and these labels is meant; one that asks nothing is not. */
  public boolean matches(String name, Labels labels) {
    boolean asks = !names.isEmpty() || selector.isPresent();
    return asks
        && (names.isEmpty() || names.contains(name))
        && (selector.isEmpty() || selector.get().matches(labels));
  }
}
