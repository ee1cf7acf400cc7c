package io.portcullis.admission;

/** What became of reading a request's body. */
public sealed interface Reading permits Review, Malformed {}
