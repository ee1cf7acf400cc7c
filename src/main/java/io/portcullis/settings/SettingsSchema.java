package io.portcullis.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schema (2020-12) of the settings, for editors. What it refuses {@link SettingsReader}
 * refuses too, with better words; the reader alone sees contradictions.
 */
public final class SettingsSchema {
  private static final String RESOURCE = "schema.json";

  private SettingsSchema() {}

  /** The schema as it is shipped. */
  public static String text() {
    try (InputStream in = SettingsSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the schema of the settings is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the schema of the settings cannot be read", e);
    }
  }
}
