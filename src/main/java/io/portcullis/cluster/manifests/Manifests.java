package io.portcullis.cluster.manifests;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.Position;
import io.portcullis.kube.read.ReadProblem;
import io.portcullis.kube.read.Yaml;
import io.portcullis.kube.read.Yaml.Document;
import io.portcullis.kube.read.YamlProblem;
import io.portcullis.kube.read.validation.StrictReader;
import io.portcullis.kube.read.validation.StrictReader.Outcome;
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
 */
public record Manifests(List<Manifest> manifests, List<ManifestProblem> problems) {
  public Manifests {
    manifests = List.copyOf(manifests);
    problems = List.copyOf(problems);
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

  /** Reads texts. */
  public static Manifests of(Sources sources, String defaultNamespace) {
    Reading reading = new Reading(defaultNamespace, sources.problems());
    sources.texts().forEach(reading::text);
    return new Manifests(reading.manifests, reading.problems);
  }

  /** The objects, in the order of the files. */
  public List<KubeObject> objects() {
    return manifests.stream().map(Manifest::object).toList();
  }

  /** Which object; a name that the API server still has to make is nobody else's. */
  record Id(Kind kind, String namespace, String name) {
    static Optional<Id> of(KubeObject object) {
      return object.name().isEmpty()
          ? Optional.empty()
          : Optional.of(new Id(object.kind(), object.namespace(), object.name()));
    }
  }

  /** What was read so far. */
  private static final class Reading {
    private final String defaultNamespace;
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<ManifestProblem> problems;
    private final Map<Id, Manifest> seen = new HashMap<>();

    Reading(String defaultNamespace, List<ManifestProblem> problems) {
      this.defaultNamespace = defaultNamespace;
      this.problems = new ArrayList<>(problems);
    }

    void text(Sources.Text text) {
      List<Document> documents = Yaml.documents(text.content());
      if (documents.isEmpty() && text.named()) {
        problems.add(new ManifestProblem(text.file(), Optional.empty(), "holds no manifest"));
      }
      documents.forEach(document -> document(text.file(), document));
    }

    private void document(String file, Document document) {
      switch (document) {
        case Document.Sound sound -> objects(file, sound.root(), true);
        case Document.Broken broken -> {
          for (YamlProblem problem : broken.problems()) {
            problem(file, problem.position(), problem.message());
          }
          broken.rest().ifPresent(rest -> objects(file, rest, false));
        }
      }
    }

    private void objects(String file, Node document, boolean sound) {
      for (Node object : StrictReader.unpack(document)) {
        object(file, object, sound);
      }
    }

    private void object(String file, Node node, boolean sound) {
      switch (StrictReader.read(node, defaultNamespace)) {
        case Outcome.Skipped _ -> {}
        case Outcome.Unknown unknown -> problem(file, node, unknown.problem());
        case Outcome.Known known -> {
          known.problems().forEach(problem -> problem(file, known.node(), problem));
          boolean accepted = sound && known.problems().isEmpty();
          add(new Manifest(known.object(), file, known.node(), accepted));
        }
      }
    }

    private void add(Manifest manifest) {
      KubeObject object = manifest.object();
      Optional<Id> id = Id.of(object);
      Optional<Manifest> first = id.map(seen::get);
      if (first.isPresent()) {
        problem(
            manifest.file(),
            manifest.node().position(),
            "%s is already defined at %s".formatted(name(object), first.get().place()));
        return;
      }
      id.ifPresent(one -> seen.put(one, manifest));
      manifests.add(manifest);
    }

    private static String name(KubeObject object) {
      String name = object.meta().displayName();
      return object.kind().text()
          + " "
          + (object.namespace().isEmpty() ? name : object.namespace() + "/" + name);
    }

    private void problem(String file, Node node, ReadProblem problem) {
      problem(file, node.positionOf(problem.path()), problem.toString());
    }

    private void problem(String file, Position position, String message) {
      problems.add(new ManifestProblem(file, Optional.of(position), message));
    }
  }
}
