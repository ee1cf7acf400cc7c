/**
 * The rules: one class each, flat, listed in {@link io.portcullis.rules.RuleBook}.
 *
 * <p>A {@link io.portcullis.rules.Rule} is a pure function from a {@link
 * io.portcullis.rules.Question} to findings: no I/O, no clock, no framework. It sees the change,
 * the picture before and after it, and the settings. Mode, exceptions, demotion and live
 * confirmation are {@code judge}'s business. Each rule has a page in {@code docs/rules} and a
 * folder of samples in {@code src/test/resources/rules}; a test fails where one is missing.
 *
 * <p>May use {@code cluster}, {@code settings}, {@code finding}, {@code text}, {@code kube}, {@code
 * net}.
 */
@NullMarked
package io.portcullis.rules;

import org.jspecify.annotations.NullMarked;
