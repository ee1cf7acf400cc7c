package io.portcullis.cli;

import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.Position;
import io.portcullis.settings.Settings;
import io.portcullis.settings.SettingsProblem;
import io.portcullis.settings.SettingsReader;
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

/** Settings in a file, or in a manifest of the ConfigMap that holds them. */
final class SettingsFile {
  private static final String NAMESPACE = "portcullis-system";
  private static final String NAME = "portcullis";
  private static final String KEY = "portcullis.yaml";
  private static final int VERSION_DIGITS = 8;

  private SettingsFile() {}

  /** Reads a file; one that can't be read at all is invalid too. */
  static SettingsReader.Result read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return SettingsReader.read(text, version(bytes));
    } catch (NoSuchFileException _) {
      return unreadable("no such file");
    } catch (CharacterCodingException _) {
      return unreadable("is not encoded in UTF-8");
    } catch (IOException e) {
      return unreadable("can't be read: " + e.getMessage());
    }
  }

  /** The settings of the ConfigMap that holds them; empty for other objects and bad settings. */
  static Optional<Settings> in(KubeObject object) {
    if (!(object instanceof ConfigMap map)
        || !map.namespace().equals(NAMESPACE)
        || !map.name().equals(NAME)) {
      return Optional.empty();
    }
    return map.text(KEY)
        .map(text -> SettingsReader.read(text, version(text.getBytes(StandardCharsets.UTF_8))))
        .flatMap(result ->
            switch (result) {
              case SettingsReader.Result.Valid valid -> Optional.of(valid.settings());
              case SettingsReader.Result.Invalid _ -> Optional.<Settings>empty();
            });
  }

  /** {@code settings.yaml:3:5: rules.ingress-tls: "wran" is no mode. Fix: write "warn".} */
  static String line(Path file, SettingsProblem problem) {
    String where = problem.path().segments().isEmpty() ? "" : problem.path() + ": ";
    String fix = problem.fix().isEmpty() ? "" : " Fix: " + problem.fix();
    return "%s:%s: %s%s%s".formatted(file, problem.position(), where, problem.message(), fix);
  }

  private static SettingsReader.Result unreadable(String message) {
    return new SettingsReader.Result.Invalid(
        List.of(new SettingsProblem(new Position(1, 1), FieldPath.ROOT, message, "")));
  }

  /** The text's hash, short: which settings a judgement was made by. */
  private static String version(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
