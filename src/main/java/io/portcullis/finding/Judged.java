package io.portcullis.finding;

/**
 * A finding with what it does here and now.
 *
 * @param exception why it does less than it would; empty where nobody made an exception
 */
public record Judged(Finding finding, Mode mode, String exception) {
  public Judged(Finding finding, Mode mode) {
    this(finding, mode, "");
  }
}
