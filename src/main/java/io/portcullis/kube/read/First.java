package io.portcullis.kube.read;

import java.util.Optional;

/** Keeps the first of the values that a field was given, which may be none. */
final class First<T> {
  private Optional<T> value = Optional.empty();

  void take(T one) {
    take(Optional.of(one));
  }

  void take(Optional<T> one) {
    if (value.isEmpty()) {
      value = one;
    }
  }

  Optional<T> value() {
    return value;
  }
}
