/**
 * The commands: one class each, listed in {@link io.portcullis.cli.Main}.
 *
 * <p>A command reads its options, asks the rooms above, prints, and says an exit code. All but
 * {@code serve} run without starting Quarkus. Every option may also be given as a system property
 * {@code portcullis.<option>} or as {@code PORTCULLIS_<OPTION>} in the environment. What was not
 * understood is one line on stderr and exit code 2.
 *
 * <p>May use every other room. The server that {@code serve} starts is wired in {@code cli.serve}.
 */
@NullMarked
package io.portcullis.cli;

import org.jspecify.annotations.NullMarked;
