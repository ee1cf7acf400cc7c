package io.portcullis.cli.serve;

/**
 * A text of settings that was found somewhere.
 *
 * @param version which one it is, as audit records write it
 */
record SettingsText(String version, String content) {}
