package io.portcullis.kube;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The way to a field of an object, as API errors write it: {@code spec.rules[0].host}. A map's key
 * that would not read as one word stands in brackets: {@code
 * spec.selector[app.kubernetes.io/name]}.
 */
public record FieldPath(List<Segment> segments) implements Comparable<FieldPath> {
  /** The object itself. */
  public static final FieldPath ROOT = new FieldPath(List.of());

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");

  /** One step of the way. */
  public sealed interface Segment {
    /** A field of an object or a key of a map. */
    record Key(String name) implements Segment {
      @Override
      public String toString() {
        return WORD.matcher(name).matches() ? "." + name : "[" + name + "]";
      }
    }

    /** An element of a list, counted from 0. */
    record Index(int at) implements Segment {
      @Override
      public String toString() {
        return "[" + at + "]";
      }
    }
  }

  public FieldPath {
    segments = List.copyOf(segments);
  }

  /** The path of these fields, one below the other: {@code of("spec", "selector")}. */
  public static FieldPath of(String... fields) {
    FieldPath path = ROOT;
    for (String field : fields) {
      path = path.field(field);
    }
    return path;
  }

  /** The field, or the map's key, below this. */
  public FieldPath field(String name) {
    return plus(new Segment.Key(name));
  }

  /** The list's element below this, counted from 0. */
  public FieldPath index(int at) {
    return plus(new Segment.Index(at));
  }

  private FieldPath plus(Segment segment) {
    List<Segment> longer = new ArrayList<>(segments);
    longer.add(segment);
    return new FieldPath(longer);
  }

  /** The same way as a JSON Pointer (RFC 6901), as JSON Patch takes it. */
  public String pointer() {
    StringBuilder pointer = new StringBuilder();
    for (Segment segment : segments) {
      pointer
          .append('/')
          .append(
              switch (segment) {
                case Segment.Key key -> key.name().replace("~", "~0").replace("/", "~1");
                case Segment.Index index -> Integer.toString(index.at());
              });
    }
    return pointer.toString();
  }

  /** As a reader meets them: {@code rules[2]} before {@code rules[10]}, a field before its own. */
  @Override
  public int compareTo(FieldPath other) {
    int shared = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < shared; i++) {
      int order = compare(segments.get(i), other.segments.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(segments.size(), other.segments.size());
  }

  private static int compare(Segment a, Segment b) {
    return a instanceof Segment.Index first && b instanceof Segment.Index second
        ? Integer.compare(first.at(), second.at())
        : a.toString().compareTo(b.toString());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    segments.forEach(text::append);
    return text.length() > 0 && text.charAt(0) == '.' ? text.substring(1) : text.toString();
  }
}
