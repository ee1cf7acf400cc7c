package io.portcullis.admission;

/** The ways in. */
public enum Webhook {
  MUTATE("mutate", "/mutate"),
  VALIDATE("validate", "/validate"),

  /**
   * What the entry {@code guard} asks. The same is asked of {@link #VALIDATE} at the same time,
   * which a webhook's conditions can't prevent: two equal answers, of which one is written down.
   */
  GUARD("guard", "/validate/guard");

  private final String text;
  private final String path;

  Webhook(String text, String path) {
    this.text = text;
    this.path = path;
  }

  /** Where it is served. */
  public String path() {
    return path;
  }

  /** As metrics write it. */
  public String text() {
    return text;
  }
}
