package io.portcullis.cluster.manifests;

import io.portcullis.kube.read.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
  public record Text(String file, String content, boolean named) {
    /** Whether nothing but comments and separators is in it. */
    boolean isBlank() {
      return content
          .lines()
          .map(String::strip)
          .allMatch(line -> line.isEmpty() || line.startsWith("#") || line.equals("---"));
    }
  }

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

  /**
   * A file to be read.
   *
   * @param key equal for all names of one file
   */
  private record Found(Path path, Object key) {
    static Object key(Path path, BasicFileAttributes attributes) {
      Object key = attributes.fileKey();
      return key == null ? path.toAbsolutePath().normalize() : key;
    }
  }

  /** What was found so far. */
  private static final class Reading {
    private final List<Text> texts = new ArrayList<>();
    private final List<ManifestProblem> problems = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();

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
          files(List.of(new Found(start, key(start))), true);
        }
      } catch (InvalidPathException e) {
        problem(path, "is no path: " + e.getReason());
      }
    }

    private void folder(Path folder) {
      List<Found> files = new ArrayList<>();
      try {
        Files.walkFileTree(
            folder,
            EnumSet.of(FileVisitOption.FOLLOW_LINKS),
            Integer.MAX_VALUE,
            new Walk(folder, files));
      } catch (IOException e) {
        problem(folder.toString(), "can't be read: " + e.getMessage());
        return;
      }
      int known = texts.size();
      files.sort(Comparator.comparing(Found::path));
      files(files, false);
      if (files.isEmpty()) {
        problem(folder.toString(), "holds no manifest: no .yaml, .yml or .json file is in it");
      } else if (texts.size() > known
          && texts.subList(known, texts.size()).stream().allMatch(Text::isBlank)) {
        problem(folder.toString(), "holds no manifest: its files are empty");
      }
    }

    /** Several at a time: a folder may have thousands. */
    private void files(List<Found> files, boolean named) {
      List<Found> fresh = files.stream().filter(file -> seen.add(file.key())).toList();
      fresh.parallelStream().map(file -> file(file.path(), named)).toList().forEach(this::add);
    }

    private static Object key(Path file) {
      try {
        return Found.key(file, Files.readAttributes(file, BasicFileAttributes.class));
      } catch (IOException _) {
        return file;
      }
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
      CharBuffer content = CharBuffer.allocate(bytes.length);
      boolean broken =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes), content, true)
              .isError();
      String text = content.flip().toString();
      return broken
          ? new Sources(
              List.of(),
              List.of(
                  new ManifestProblem(
                      file, Optional.of(end(text)), "is not encoded in UTF-8 here")))
          : new Sources(List.of(new Text(file, text, named)), List.of());
    }

    /** The place after a text. */
    private static Position end(String text) {
      String line = text.substring(text.lastIndexOf('\n') + 1);
      return new Position(
          1 + (int) text.chars().filter(c -> c == '\n').count(),
          1 + line.codePointCount(0, line.length()));
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
  }

  /**
   * The files of a folder and of what it links to, each circle once. A ConfigMap is mounted as
   * links into folders whose names begin with two dots: these are not walked beside the links.
   */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Found> files;

    Walk(Path folder, List<Found> files) {
      this.folder = folder;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      return !path.equals(folder) && path.getFileName().toString().startsWith("..")
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    /** A link that leads nowhere is one to be read too, so that somebody hears of it. */
    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      String name = path.toString();
      if (EXTENSIONS.stream().anyMatch(name::endsWith)
          && (attributes.isRegularFile() || attributes.isSymbolicLink())) {
        files.add(new Found(path, Found.key(path, attributes)));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      if (e instanceof FileSystemLoopException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
