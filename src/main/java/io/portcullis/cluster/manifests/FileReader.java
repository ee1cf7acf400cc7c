package io.portcullis.cluster.manifests;

import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.Position;
import io.portcullis.kube.read.ReadProblem;
import io.portcullis.kube.read.Yaml;
import io.portcullis.kube.read.Yaml.Document;
import io.portcullis.kube.read.YamlProblem;
import io.portcullis.kube.read.validation.StrictReader;
import io.portcullis.kube.read.validation.StrictReader.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the objects of one document of a file. */
final class FileReader {
  private final String file;
  private final String defaultNamespace;
  private final List<Manifest> manifests = new ArrayList<>();
  private final List<ManifestProblem> problems = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private final List<ManifestProblem> strays = new ArrayList<>();

  private FileReader(String file, String defaultNamespace) {
    this.file = file;
    this.defaultNamespace = defaultNamespace;
  }

  static Manifests read(Sources.Text text, String defaultNamespace) {
    List<Document> documents = Yaml.documents(text.content());
    if (documents.isEmpty() && text.named()) {
      return new Manifests(
          List.of(),
          List.of(new ManifestProblem(text.file(), Optional.empty(), "holds no manifest")),
          List.of(),
          List.of());
    }
    // One file may hold a whole cluster.
    List<FileReader> readers =
        documents.parallelStream()
            .map(document -> {
              FileReader reader = new FileReader(text.file(), defaultNamespace);
              reader.document(document);
              return reader;
            })
            .toList();
    return new Manifests(
        readers.stream().flatMap(reader -> reader.manifests.stream()).toList(),
        readers.stream().flatMap(reader -> reader.problems.stream()).toList(),
        readers.stream().flatMap(reader -> reader.unread.stream()).toList(),
        readers.stream().flatMap(reader -> reader.strays.stream()).toList());
  }

  private void document(Document document) {
    switch (document) {
      case Document.Sound sound -> objects(sound.root(), true);
      case Document.Broken broken -> {
        for (YamlProblem problem : broken.problems()) {
          problems.add(at(problem.position(), problem.message()));
        }
        broken.rest().ifPresent(rest -> objects(rest, false));
      }
    }
  }

  private void objects(Node document, boolean sound) {
    for (Node object : StrictReader.unpack(document)) {
      object(object, sound);
    }
  }

  private void object(Node node, boolean sound) {
    switch (StrictReader.read(node, defaultNamespace)) {
      case Outcome.Skipped skipped -> skipped.policy().ifPresent(unread::add);
      case Outcome.Unknown unknown -> problems.add(at(node, unknown.problem()));
      case Outcome.Known known -> {
        known.problems().forEach(problem -> problems.add(at(known.node(), problem)));
        known.strays().forEach(stray -> strays.add(at(known.node(), stray)));
        boolean accepted = sound && known.problems().isEmpty();
        manifests.add(new Manifest(known.object(), file, known.node(), accepted));
      }
    }
  }

  private ManifestProblem at(Node node, ReadProblem problem) {
    return at(node.positionOf(problem.path()), problem.toString());
  }

  private ManifestProblem at(Position position, String message) {
    return new ManifestProblem(file, Optional.of(position), message);
  }
}
