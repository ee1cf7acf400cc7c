package io.portcullis.admission;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of one object's fields. An envelope has few, which are looked through quicker. */
final class Names {
  private static final int FEW = 16;

  private final String[] few = new String[FEW];
  private int count;
  private @Nullable Set<String> many;

  /** Whether it is new. */
  boolean add(String name) {
    if (many != null) {
      return many.add(name);
    }
    for (int at = 0; at < count; at++) {
      if (few[at].equals(name)) {
        return false;
      }
    }
    if (count < FEW) {
      few[count++] = name;
    } else {
      many = new HashSet<>(Arrays.asList(few));
      many.add(name);
    }
    return true;
  }
}
