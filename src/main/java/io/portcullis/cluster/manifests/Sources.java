package io.portcullis.cluster.manifests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The texts behind PATHs: files, folders with all that is below them, the standard input.
 *
 * @param texts in the order of the PATHs, and of names inside a folder; a file that is reached
 *     twice is there once
 */
public record Sources(List<Text> texts, List<ManifestProblem> problems) {
  /** The PATH that means the standard input. */
  public static final String STANDARD_INPUT = "-";

  private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

  /**
   * A text to be read.
   *
   * @param named whether it was named itself, so that it must hold a manifest
   */
  public record Text(String file, String content, boolean named) {}

  public Sources {
    texts = List.copyOf(texts);
    problems = List.copyOf(problems);
  }

  /** Reads all texts. The standard input is read only where a PATH says so. */
  public static Sources of(List<String> paths, InputStream standardInput) {
    Reading reading = new Reading();
    for (String path : paths) {
      if (path.equals(STANDARD_INPUT)) {
        reading.stream(standardInput);
      } else {
        reading.path(path);
      }
    }
    return new Sources(reading.texts, reading.problems);
  }

  /** What was found so far. */
  private static final class Reading {
    private final List<Text> texts = new ArrayList<>();
    private final List<ManifestProblem> problems = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();

    void stream(InputStream input) {
      try {
        add(text(STANDARD_INPUT, input.readAllBytes(), true));
      } catch (IOException e) {
        problem(STANDARD_INPUT, "can't be read: " + e.getMessage());
      }
    }

    void path(String path) {
      try {
        Path start = Path.of(path);
        if (Files.isDirectory(start)) {
          folder(start);
        } else {
          files(List.of(start), true);
        }
      } catch (InvalidPathException e) {
        problem(path, "is no path: " + e.getReason());
      }
    }

    private void folder(Path folder) {
      try (Stream<Path> walk = Files.walk(folder)) {
        List<Path> files =
            walk.filter(path -> isManifest(path) && Files.isRegularFile(path)).sorted().toList();
        files(files, false);
        if (files.isEmpty()) {
          problem(folder.toString(), "holds no manifest: no .yaml, .yml or .json file is in it");
        }
      } catch (IOException | UncheckedIOException e) {
        problem(folder.toString(), "can't be read: " + e.getMessage());
      }
    }

    /** Several at a time: a folder may have thousands. */
    private void files(List<Path> files, boolean named) {
      files.stream()
          .filter(file -> seen.add(file.toAbsolutePath().normalize()))
          .toList()
          .parallelStream()
          .map(file -> file(file, named))
          .toList()
          .forEach(this::add);
    }

    private static Sources file(Path file, boolean named) {
      try {
        return text(file.toString(), Files.readAllBytes(file), named);
      } catch (NoSuchFileException _) {
        return only(file.toString(), "no such file or folder");
      } catch (IOException e) {
        return only(file.toString(), "can't be read: " + e.getMessage());
      }
    }

    private static Sources text(String file, byte[] bytes, boolean named) {
      try {
        String content =
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return new Sources(List.of(new Text(file, content, named)), List.of());
      } catch (CharacterCodingException _) {
        return only(file, "is not encoded in UTF-8");
      }
    }

    private static Sources only(String file, String problem) {
      return new Sources(List.of(), List.of(new ManifestProblem(file, Optional.empty(), problem)));
    }

    private void add(Sources more) {
      texts.addAll(more.texts());
      problems.addAll(more.problems());
    }

    private void problem(String file, String message) {
      add(only(file, message));
    }

    private static boolean isManifest(Path path) {
      String name = path.toString();
      return EXTENSIONS.stream().anyMatch(name::endsWith);
    }
  }
}
