package io.portcullis.settings;

/** Settings as a test writes them. */
public final class Written {
  private Written() {}

  /** The settings of a text that is right. */
  public static Settings settings(String text, String version) {
    return switch (SettingsReader.read(text, version)) {
      case SettingsReader.Result.Valid valid -> valid.settings();
      case SettingsReader.Result.Invalid invalid ->
          throw new AssertionError("these settings are wrong: " + invalid.problems());
    };
  }
}
