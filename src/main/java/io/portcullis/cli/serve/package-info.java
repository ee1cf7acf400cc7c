/**
 * The server's shell: makes the rooms from {@code portcullis.*} properties and hangs them into
 * Quarkus.
 *
 * <p>Here and nowhere else stand the beans. The rooms themselves get what they need by their
 * constructors and know no container.
 *
 * <p>May use every other room but {@code cli}.
 */
@NullMarked
package io.portcullis.cli.serve;

import org.jspecify.annotations.NullMarked;
