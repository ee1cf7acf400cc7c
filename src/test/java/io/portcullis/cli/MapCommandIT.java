package io.portcullis.cli;

/** The same of the native executable. */
class MapCommandIT extends MapCommandTest {}
