/**
 * The HTTP edge: AdmissionReview {@code admission.k8s.io/v1} in, the same out.
 *
 * <p>{@link io.portcullis.admission.ReviewReader} reads the bytes of a request as a stream into a
 * {@link io.portcullis.admission.Review}, keeping only what is judged; a wrong envelope is {@link
 * io.portcullis.admission.Malformed}. {@link io.portcullis.admission.Gate} asks the judge and makes
 * an {@link io.portcullis.admission.Answer}, which {@link io.portcullis.admission.ReviewWriter}
 * writes. {@link io.portcullis.admission.Door} is the shell around them: the event loop reads a
 * body and writes an answer, a bounded pool judges, and at its deadline a request that is not
 * decided is answered by {@code onTimeout}. A worked example: {@code POST /validate?timeout=2s} is
 * judged within 1.8 seconds or let pass with a warning and an audit record of verdict {@code
 * error}.
 *
 * <p>May use {@code judge}, {@code audit} and the rooms above them, Jackson, and Vert.x in {@code
 * Door} only. Knows nothing of where the picture and the settings come from.
 */
@NullMarked
package io.portcullis.admission;

import org.jspecify.annotations.NullMarked;
