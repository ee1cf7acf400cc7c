package io.portcullis.cli;

import io.portcullis.kube.Kind;
import io.portcullis.kube.Service;
import io.portcullis.net.AddressRange;
import io.portcullis.reach.Explanation.End;
import io.portcullis.reach.MapPeer;
import io.portcullis.reach.Outside;
import io.portcullis.reach.Party;
import io.portcullis.reach.Peer;
import io.portcullis.reach.Reach;
import io.portcullis.reach.Scene;
import io.portcullis.text.Nearest;
import io.portcullis.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the ends of connections by what people call them. */
final class Ends {
  private static final String WORLD = "world";

  private final Scene scene;
  private final Reach reach;
  private final String namespace;

  /** What a name stands for. */
  sealed interface Answer {
    /**
     * An end.
     *
     * @param service the Service by which it is reached, if it was named by one
     */
    record Found(End end, Optional<Service> service) implements Answer {}

    /** Nothing, or more than one; the message is for people. */
    record Unclear(String message) implements Answer {}
  }

  /**
   * @param namespace of a name that has none
   */
  Ends(Scene scene, Reach reach, String namespace) {
    this.scene = scene;
    this.reach = reach;
    this.namespace = namespace;
  }

  Answer find(String text) {
    if (text.equals(WORLD)) {
      return found(End.world(reach));
    }
    if (text.equals(MapPeer.IngressController.ID)) {
      return found(End.ingressController());
    }
    Optional<AddressRange> range = AddressRange.tryParse(text);
    if (range.isPresent()) {
      return found(new End(text, List.of(new Outside(range.get()))));
    }
    String[] parts = text.split("/", -1);
    return switch (parts.length) {
      case 1 -> named(namespace, parts[0], text);
      case 2 ->
          isService(parts[0])
              ? service(namespace, parts[1], text)
              : named(parts[0], parts[1], text);
      case 3 ->
          isService(parts[1])
              ? service(parts[0], parts[2], text)
              : ofKind(parts[0], parts[1], parts[2], text);
      default -> unclear(text);
    };
  }

  private static Answer found(End end) {
    return new Answer.Found(end, Optional.empty());
  }

  private static boolean isService(String kind) {
    return kind.toLowerCase(Locale.ROOT).matches("services?|svc");
  }

  private Answer service(String in, String name, String text) {
    return scene
        .cluster()
        .in(in)
        .service(name)
        .<Answer>map(service ->
            new Answer.Found(
                new End(in + "/" + Kind.SERVICE.text() + "/" + name, List.of()),
                Optional.of(service)))
        .orElseGet(() -> unclear(text));
  }

  private Answer ofKind(String in, String kind, String name, String text) {
    return one(candidates(in, name).filter(end -> isOfKind(end.id(), kind)).toList(), text);
  }

  private static boolean isOfKind(String id, String kind) {
    return id.split("/", -1)[1].equalsIgnoreCase(kind);
  }

  private Answer named(String in, String name, String text) {
    return one(candidates(in, name).toList(), text);
  }

  /** Workloads of that name; where there is none, their pods of that name. */
  private Stream<End> candidates(String in, String name) {
    List<End> workloads =
        parties(in)
            .filter(party -> party.name().equals(name))
            .map(party -> end(party.id(), party.members()))
            .toList();
    return workloads.isEmpty() ? pods(in, name) : workloads.stream();
  }

  private Stream<End> pods(String in, String name) {
    List<End> found = new ArrayList<>();
    parties(in)
        .forEach(party -> {
          for (Party.Member member : party.members()) {
            if (member.name().equals(name)) {
              found.add(end(in + "/" + party.kind() + "/" + name, List.of(member)));
            }
          }
        });
    return found.stream();
  }

  private Stream<Party> parties(String in) {
    return scene.parties().stream().filter(party -> party.namespace().equals(in));
  }

  private static End end(String id, List<Party.Member> members) {
    List<Peer> pods = members.stream().<Peer>map(Party.Member::endpoint).toList();
    return new End(id, pods, members.size() == 1 && members.getFirst().single());
  }

  private Answer one(List<End> found, String text) {
    if (found.size() == 1) {
      return found(found.getFirst());
    }
    return found.isEmpty()
        ? unclear(text)
        : new Answer.Unclear(
            "\"%s\" is more than one: say %s"
                .formatted(text, Words.or(found.stream().map(End::id).toList())));
  }

  private Answer unclear(String text) {
    List<String> ids = scene.parties().stream().map(Party::id).toList();
    String hint =
        Nearest.to(text, ids)
            .or(() -> Nearest.to(text, ids.stream().map(Ends::withoutKind).toList()))
            .map("did you mean %s?"::formatted)
            .orElse("want NAMESPACE/KIND/NAME, an address, world or ingress-controller");
    return new Answer.Unclear("there is no \"%s\": %s".formatted(text, hint));
  }

  private static String withoutKind(String id) {
    return id.replaceFirst("/[^/]*/", "/");
  }
}
