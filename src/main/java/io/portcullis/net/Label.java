package io.portcullis.net;

/** One label of an object. The value may be empty, the key never is. */
public record Label(String key, String value) {
  /** The pair as kubectl writes it: {@code app=web}. */
  @Override
  public String toString() {
    return key + "=" + value;
  }
}
