/**
 * What a judgement is made of: the {@link io.portcullis.finding.Change} that is asked about, and
 * the {@link io.portcullis.finding.Finding}s that rules have to say about it.
 *
 * <p>A finding names the object, the field, what is wrong and how to mend it. It is a violation or
 * a suspicion; what a violation does ({@link io.portcullis.finding.Mode}) is for the settings to
 * say, not for the rule. What of it rests on other objects is written down as {@link
 * io.portcullis.finding.Evidence}, so that a denial can be confirmed against the live cluster.
 *
 * <p>May use {@code net} and {@code kube}. Knows nothing of the picture, of settings, of HTTP.
 */
@NullMarked
package io.portcullis.finding;

import org.jspecify.annotations.NullMarked;
