package io.portcullis.kube.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Makes nodes of one YAML document from SnakeYAML's events. Anchors, aliases and merge keys are
 * resolved as go-yaml v2 does, which is what kubectl reads with: a merge key overrides what stands
 * before it in its map and gives way to what stands after it.
 */
final class YamlComposer {
  static final int MOST_CHARACTERS = 32 * 1024 * 1024;

  private final String text;
  private final int firstLine;
  private final ParserImpl parser;
  private final NodeBuilder builder = new NodeBuilder();
  private final Map<String, Anchored> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  /** An anchor's value and how many values it is made of. */
  private record Anchored(Node node, int values) {}

  /**
   * @param firstLine the number of the text's first line in its file, from 1
   */
  YamlComposer(String text, int firstLine) {
    this.text = text;
    this.firstLine = firstLine;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    this.parser = new ParserImpl(new StreamReader(text), options);
  }

  /** The document; empty where it has no value. */
  Optional<Yaml.Document> document() {
    Optional<Node> root = Optional.empty();
    try {
      root = root();
    } catch (Refused e) {
      builder.problem(e.problem().position(), e.problem().message());
    } catch (MarkedYAMLException e) {
      builder.problem(positionOf(e), YamlWords.of(e, this::position));
    } catch (ReaderException e) {
      builder.problem(
          positionAt(e.getPosition()),
          "the character U+%04X may not stand in YAML: remove it".formatted(e.getCodePoint()));
    } catch (YAMLException e) {
      builder.problem(new Position(firstLine, 1), String.valueOf(e.getMessage()));
    }
    return builder.document(root);
  }

  private Optional<Node> root() {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return Optional.empty();
    }
    parser.getEvent();
    Node root = node();
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw new Refused(
          position(parser.peekEvent().getStartMark()),
          "more text after the end of the document: begin the next one with a line ---");
    }
    return Optional.of(root);
  }

  private Node node() {
    NodeEvent event = (NodeEvent) parser.getEvent();
    Position position = position(event.getStartMark());
    if (event instanceof AliasEvent) {
      return alias(event.getAnchor(), position);
    }
    Optional<String> anchor = Optional.ofNullable(event.getAnchor());
    anchor.ifPresent(open::add);
    int before = builder.values();
    builder.count(position);
    Node node = fresh(event, position);
    anchor.ifPresent(name -> {
      open.remove(name);
      anchors.put(name, new Anchored(node, builder.values() - before));
    });
    return node;
  }

  private Node alias(String name, Position position) {
    if (open.contains(name)) {
      throw new Refused(position, "the anchor \"%s\" contains itself".formatted(name));
    }
    Anchored anchored = anchors.get(name);
    if (anchored == null) {
      throw new Refused(position, "no anchor \"&%s\" stands before \"*%s\"".formatted(name, name));
    }
    builder.count(anchored.values, position);
    return anchored.node;
  }

  private Node fresh(NodeEvent event, Position position) {
    if (event instanceof ScalarEvent scalar) {
      return YamlScalars.read(scalar, position);
    }
    builder.enter(position);
    boolean mapping = ((CollectionStartEvent) event).is(Event.ID.MappingStart);
    Node node = mapping ? mapping(position) : sequence(position);
    builder.leave();
    parser.getEvent();
    return node;
  }

  private Node sequence(Position position) {
    List<Node> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node());
    }
    return new Node.Sequence(position, items);
  }

  private Node mapping(Position position) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    // The same until something is merged in, which may be written again.
    Map<String, Node.Entry> written = entries;
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      boolean merge = isMergeKey(parser.peekEvent());
      Node key = node();
      Node value = node();
      if (merge) {
        written = new HashMap<>(written);
        entries.putAll(merge(value));
      } else {
        Node.Entry entry = new Node.Entry(YamlScalars.key(key), key.position(), value);
        if (builder.isNew(entry, written)) {
          entries.put(entry.key(), entry);
        }
      }
    }
    return new Node.Mapping(position, List.copyOf(entries.values()));
  }

  private static boolean isMergeKey(Event event) {
    return event instanceof ScalarEvent scalar
        && scalar.getValue().equals("<<")
        && scalar.getImplicit().canOmitTagInPlainScalar();
  }

  private static Map<String, Node.Entry> merge(Node value) {
    Map<String, Node.Entry> merged = new LinkedHashMap<>();
    switch (value) {
      case Node.Mapping mapping ->
          mapping.entries().forEach(entry -> merged.put(entry.key(), entry));
      case Node.Sequence list -> {
        List<Node> items = new ArrayList<>(list.items());
        Collections.reverse(items);
        for (Node item : items) {
          if (!(item instanceof Node.Mapping)) {
            throw wantMap(item.position());
          }
          merged.putAll(merge(item));
        }
      }
      case Node.Scalar scalar -> throw wantMap(scalar.position());
    }
    return merged;
  }

  private static Refused wantMap(Position position) {
    return new Refused(position, "a merge key \"<<\" takes a map or a list of maps");
  }

  private Position position(Mark mark) {
    return new Position(mark.getLine() + firstLine, mark.getColumn() + 1);
  }

  private Position positionOf(MarkedYAMLException e) {
    Mark problem = e.getProblemMark();
    Mark context = e.getContextMark();
    Mark mark = problem == null ? context : problem;
    return mark == null ? new Position(firstLine, 1) : position(mark);
  }

  /** The place of a character that is given by its index among the code points. */
  private Position positionAt(int codePoint) {
    int end =
        text.offsetByCodePoints(0, Math.min(codePoint, text.codePointCount(0, text.length())));
    String before = text.substring(0, end);
    int breaks = (int) before.chars().filter(c -> c == '\n').count();
    String line = before.substring(before.lastIndexOf('\n') + 1);
    return new Position(firstLine + breaks, line.codePointCount(0, line.length()) + 1);
  }
}
