package io.portcullis.finding;

/**
 * One operation of a JSON Patch (RFC 6902). Values are what JSON has: strings, numbers, booleans,
 * lists and maps of these.
 */
public sealed interface PatchOp {
  /** A JSON Pointer (RFC 6901). */
  String path();

  /** Adds, or replaces what is there under a key. */
  record Add(String path, Object value) implements PatchOp {}

  record Replace(String path, Object value) implements PatchOp {}

  record Remove(String path) implements PatchOp {}

  /** Fails the whole patch where the value differs. */
  record Test(String path, Object value) implements PatchOp {}
}
