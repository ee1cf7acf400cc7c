/**
 * What an admin sets in the ConfigMap {@code portcullis}, key {@code portcullis.yaml}: records,
 * their strict reader, their defaults.
 *
 * <p>{@link io.portcullis.settings.Settings} is the whole; {@link
 * io.portcullis.settings.Settings#DEFAULT} is what holds where nothing is set. Reading is strict:
 * an unknown key, a value of another type or a contradiction is a problem with line, column and the
 * nearest known key, and all problems of one text are given at once. A worked example: {@code
 * rules: {ingres-tls: deny}} is refused at 1:9 with "did you mean ingress-tls".
 *
 * <p>May use {@code finding}, {@code kube} (its YAML nodes too), {@code net} and {@code text}.
 * Knows nothing of rules but their names, and nothing of where the text comes from.
 */
@NullMarked
package io.portcullis.settings;

import org.jspecify.annotations.NullMarked;
