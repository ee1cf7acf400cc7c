package io.portcullis.admission;

/** The two ways in. */
public enum Webhook {
  MUTATE("/mutate"),
  VALIDATE("/validate");

  private final String path;

  Webhook(String path) {
    this.path = path;
  }

  /** Where it is served. */
  public String path() {
    return path;
  }

  /** As metrics write it. */
  public String text() {
    return path.substring(1);
  }
}
