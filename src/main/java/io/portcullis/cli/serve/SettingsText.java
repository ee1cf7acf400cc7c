package io.portcullis.cli.serve;

import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.KubeObject;
import io.portcullis.settings.SettingsProblem;
import io.portcullis.settings.SettingsReader;
import io.portcullis.settings.SettingsReader.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A text of settings that was found somewhere.
 *
 * @param version which one it is, as audit records write it
 */
public record SettingsText(String version, String content) {
  static final String NAMESPACE = "portcullis-system";
  static final String NAME = "portcullis";
  private static final String KEY = "portcullis.yaml";
  private static final int DIGITS = 8;

  /**
   * The text of a file; its version is a hash.
   *
   * @throws IOException where it can't be read, or is not encoded in UTF-8
   */
  public static SettingsText read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return new SettingsText(
        hash(bytes), StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
  }

  /** The text in our ConfigMap; empty for every other object. */
  public static Optional<SettingsText> in(KubeObject object) {
    boolean ours =
        object.namespace().equals(NAMESPACE)
            && object.name().equals(NAME)
            && object instanceof ConfigMap;
    return ours ? Optional.of(of((ConfigMap) object)) : Optional.empty();
  }

  static SettingsText of(ConfigMap map) {
    return new SettingsText(map.meta().resourceVersion(), map.text(KEY).orElse(""));
  }

  /** What the text says. */
  public Result result() {
    return SettingsReader.read(content, version);
  }

  /** What is wrong with the file, each as {@code file:line:column: problem}; empty if nothing. */
  public static List<String> problems(Path file) {
    SettingsText text;
    try {
      text = read(file);
    } catch (NoSuchFileException _) {
      return List.of(file + ": no such file");
    } catch (CharacterCodingException _) {
      return List.of(file + ": is not encoded in UTF-8");
    } catch (IOException e) {
      return List.of(file + ": can't be read: " + e.getMessage());
    }
    return switch (text.result()) {
      case Result.Valid _ -> List.of();
      case Result.Invalid invalid ->
          invalid.problems().stream().map(problem -> line(file, problem)).toList();
    };
  }

  /** {@code settings.yaml:3:5: rules.ingress-tls: "wran" is no mode. Fix: write "warn".} */
  private static String line(Path file, SettingsProblem problem) {
    String where = problem.path().segments().isEmpty() ? "" : problem.path() + ": ";
    String fix = problem.fix().isEmpty() ? "" : " Fix: " + problem.fix();
    return "%s:%s: %s%s%s".formatted(file, problem.position(), where, problem.message(), fix);
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
