package io.portcullis.cli;

/** The same of the native executable. */
class CommandsIT extends CommandsTest {}
