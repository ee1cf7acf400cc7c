/**
 * Readers: JSON and YAML in, {@code kube}'s records out.
 *
 * <p>{@link io.portcullis.kube.read.ObjectReader} walks a stream of JSON tokens and keeps only the
 * fields that rules read; nothing of the rest is ever held. A field of a wrong type is a {@link
 * io.portcullis.kube.read.ReadProblem} and the rest is read on: the webhook lets such objects pass
 * with a warning, the command line names file, line and column. YAML is read into {@link
 * io.portcullis.kube.read.Node}s, which know their positions and are walked by the same readers.
 *
 * <p>The only one of the first rooms that knows Jackson and SnakeYAML. May use {@code kube} and
 * {@code net}. Knows nothing of rules, of the picture or of where bytes come from.
 */
@NullMarked
package io.portcullis.kube.read;

import org.jspecify.annotations.NullMarked;
