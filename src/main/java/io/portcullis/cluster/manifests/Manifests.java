package io.portcullis.cluster.manifests;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.read.validation.StrictReader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of some files.
 *
 * @param manifests one for each object that concerns the network, in the order of the files
 * @param problems what could not be read, in the order of the files
 * @param unread policies of kinds that are not read: {@code CiliumNetworkPolicy shop/db}
 * @param strays fields that the kind of their object does not have, in the order of the files
 */
public record Manifests(
    List<Manifest> manifests,
    List<ManifestProblem> problems,
    List<String> unread,
    List<ManifestProblem> strays) {
  private static final int MOST_NAMES = 3;
  private static final int MOST_STRAYS = 10;

  public Manifests {
    manifests = List.copyOf(manifests);
    problems = List.copyOf(problems);
    unread = List.copyOf(unread);
    strays = List.copyOf(strays);
  }

  /**
   * Reads what is behind PATHs. Never throws for what stands in the files.
   *
   * @param defaultNamespace where an object is that names no namespace
   * @param standardInput read only where a PATH is {@code -}
   */
  public static Manifests read(
      List<String> paths, String defaultNamespace, InputStream standardInput) {
    return of(Sources.of(paths, standardInput), defaultNamespace);
  }

  /** Reads texts, several at a time. */
  public static Manifests of(Sources sources, String defaultNamespace) {
    List<Manifests> files =
        sources.texts().parallelStream()
            .map(text -> FileReader.read(text, defaultNamespace))
            .toList();
    Merging merging = new Merging(sources.problems());
    files.forEach(merging::add);
    return new Manifests(merging.manifests, merging.problems, merging.unread, merging.strays);
  }

  /** The objects, in the order of the files. */
  public List<KubeObject> objects() {
    return manifests.stream().map(Manifest::object).toList();
  }

  /** What a reader should know of what was not read, a line each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (!unread.isEmpty()) {
      notes.add(
          "note: %s %s not read: what only such a policy closes counts as open"
              .formatted(some(unread), unread.size() == 1 ? "is" : "are"));
    }
    strays.stream().limit(MOST_STRAYS).forEach(stray -> notes.add("note: " + stray));
    if (strays.size() > MOST_STRAYS) {
      notes.add(
          "note: and %d more fields that there are not".formatted(strays.size() - MOST_STRAYS));
    }
    return notes;
  }

  private static String some(List<String> names) {
    int more = names.size() - MOST_NAMES;
    return String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** Which object; empty for one that has no name at all. */
  record Id(Kind kind, String namespace, String name) {
    static Optional<Id> of(KubeObject object) {
      return object.name().isEmpty()
          ? Optional.empty()
          : Optional.of(new Id(object.kind(), object.namespace(), object.name()));
    }
  }

  /** The files so far. */
  private static final class Merging {
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<ManifestProblem> problems;
    private final List<String> unread = new ArrayList<>();
    private final List<ManifestProblem> strays = new ArrayList<>();
    private final Map<Id, Manifest> seen = new HashMap<>();

    Merging(List<ManifestProblem> problems) {
      this.problems = new ArrayList<>(problems);
    }

    void add(Manifests file) {
      List<ManifestProblem> ofFile = new ArrayList<>(file.problems);
      unread.addAll(file.unread);
      strays.addAll(file.strays);
      for (Manifest read : file.manifests) {
        Manifest manifest = named(read);
        Optional<Id> id = Id.of(manifest.object());
        Optional<Manifest> first = id.map(seen::get);
        if (first.isPresent()) {
          ofFile.add(twice(manifest, first.get()));
        } else {
          id.ifPresent(one -> seen.put(one, manifest));
          manifests.add(manifest);
        }
      }
      ofFile.sort(ManifestProblem.IN_ORDER);
      problems.addAll(ofFile);
    }

    /**
     * The object under a name of its own while it has only a prefix, so that none takes another's
     * place: {@code backup-*}, and the next one {@code backup-*2}.
     */
    private Manifest named(Manifest manifest) {
      Meta meta = manifest.object().meta();
      if (!meta.name().isEmpty() || meta.generateName().isEmpty()) {
        return manifest;
      }
      KubeObject object = manifest.object();
      String name = meta.displayName();
      for (int next = 2;
          seen.containsKey(new Id(object.kind(), object.namespace(), name));
          next++) {
        name = meta.displayName() + next;
      }
      return new Manifest(
          StrictReader.named(object.kind(), manifest.node(), name),
          manifest.file(),
          manifest.node(),
          manifest.accepted());
    }

    private static ManifestProblem twice(Manifest manifest, Manifest first) {
      return new ManifestProblem(
          manifest.file(),
          Optional.of(manifest.node().position()),
          "%s is already defined at %s".formatted(name(manifest.object()), first.place()));
    }

    private static String name(KubeObject object) {
      String name = object.meta().displayName();
      return object.kind().text()
          + " "
          + (object.namespace().isEmpty() ? name : object.namespace() + "/" + name);
    }
  }
}
