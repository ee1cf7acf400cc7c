/**
 * Values of networking: addresses, ports, labels and the selectors that match them.
 *
 * <p>Everything here is an immutable value with an algebra ({@code union}, {@code minus}, {@code
 * overlaps}), equal by content, and refuses nonsense in its constructor with a sentence that says
 * how to mend it. A worked example: the selector {@code app=web,tier in (frontend)} matches the
 * labels {@code {app: web, tier: frontend, version: v2}} and not {@code {app: web}}.
 *
 * <p>May use the JDK only. Knows nothing of Kubernetes objects, of files or of JSON.
 */
@NullMarked
package io.portcullis.net;

import org.jspecify.annotations.NullMarked;
