package io.portcullis.reach;

import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What may pass between any two classes of a picture. Classes that the same policies select share
 * their row; a connection is found by what its two rows leave open, so that pairs without any cost
 * nothing.
 */
final class Matrix {
  private final Classes classes;
  private final List<Row> egress = new ArrayList<>();
  private final List<Row> ingress = new ArrayList<>();

  /** All rows, each once. */
  private final List<Row> rows;

  /** The classes that share an ingress row. */
  private final Map<Row, List<Integer>> guarded = new LinkedHashMap<>();

  /** By source, the ingress rows that speak of it. */
  private final List<List<Row>> speaking = new ArrayList<>();

  /** The ingress rows that are open for those that they do not speak of. */
  private final List<Row> welcoming = new ArrayList<>();

  Matrix(Reach reach, Classes classes) {
    this.classes = classes;
    Rows made = new Rows(reach, classes);
    for (int i = 0; i < classes.size(); i++) {
      egress.add(made.of(i, Direction.EGRESS));
      ingress.add(made.of(i, Direction.INGRESS));
      speaking.add(new ArrayList<>());
    }
    for (int i = 0; i < classes.size(); i++) {
      guarded.computeIfAbsent(ingress.get(i), _ -> new ArrayList<>()).add(i);
    }
    LinkedHashSet<Row> all = new LinkedHashSet<>(egress);
    all.addAll(ingress);
    this.rows = List.copyOf(all);
    for (Row row : guarded.keySet()) {
      if (!row.otherwise().isEmpty()) {
        welcoming.add(row);
      }
      for (int from : row.others()) {
        speaking.get(from).add(row);
      }
    }
  }

  Classes classes() {
    return classes;
  }

  /** What may pass from one class to another, or within one. */
  PortSet open(int from, int to) {
    return egress.get(from).at(to).intersection(ingress.get(to).at(from));
  }

  /**
   * The classes towards which something may pass from one, and perhaps a few more, in no order and
   * some of them twice.
   */
  IntStream towards(int from) {
    Row row = egress.get(from);
    return row.otherwise().isEmpty()
        ? IntStream.of(row.others())
        : Stream.concat(speaking.get(from).stream(), welcoming.stream())
            .flatMap(accepting -> guarded.getOrDefault(accepting, List.of()).stream())
            .mapToInt(Integer::intValue);
  }

  /** What all rows say of a class: two that hear the same need no telling apart. */
  List<PortSet> heard(int one) {
    List<PortSet> heard = new ArrayList<>(rows.size());
    rows.forEach(row -> heard.add(row.at(one)));
    return heard;
  }

  /** Rows, each made once. */
  private static final class Rows {
    private final Reach reach;
    private final Classes classes;

    /** By stance, and where its ports have names by the names of the pod that it is about. */
    private final IdentityHashMap<Stance, Map<List<ContainerPort>, Row>> made =
        new IdentityHashMap<>();

    Rows(Reach reach, Classes classes) {
      this.reach = reach;
      this.classes = classes;
    }

    Row of(int one, Direction direction) {
      return switch (classes.representative(one)) {
        case Outside _ -> Row.FREE;
        case Endpoint pod -> of(reach.stance(pod, direction), pod, direction);
      };
    }

    private Row of(Stance stance, Endpoint pod, Direction direction) {
      boolean named = direction == Direction.INGRESS && stance.usesNames();
      return made.computeIfAbsent(stance, _ -> new HashMap<>())
          .computeIfAbsent(
              named ? pod.namedPorts() : List.of(),
              _ ->
                  switch (direction) {
                    case INGRESS -> Row.ofIngress(stance, pod, classes);
                    case EGRESS -> Row.ofEgress(stance, classes);
                  });
    }
  }
}
