package io.portcullis.cli;

/** Whether this is {@code quarkus:dev}, where the program is restarted within one JVM. */
final class DevMode {
  /** What the plugin puts on the class path of the JVM that it starts. */
  private static final String MARK = "META-INF/dev-mode-context.dat";

  private DevMode() {}

  /** Quarkus itself knows only once it has started, which is too late for the command line. */
  static boolean isOn() {
    return ClassLoader.getSystemResource(MARK) != null;
  }
}
