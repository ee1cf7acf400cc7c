/**
 * What {@code check} prints, in each of its formats.
 *
 * <p>A {@link io.portcullis.cli.report.Report} is the findings by object, with their places, and
 * what could not be read; a {@link io.portcullis.cli.report.Format} writes it as a text. Every
 * format replaces control characters and escapes what it must: names and values come from files.
 *
 * <p>May use every room but the edges. Knows nothing of options, of streams or of exit codes.
 */
@NullMarked
package io.portcullis.cli.report;

import org.jspecify.annotations.NullMarked;
