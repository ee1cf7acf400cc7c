/**
 * What is written down about judgements, and where to: a line of JSON, and metrics.
 *
 * <p>An {@link io.portcullis.audit.AuditRecord} says who wanted what when, which rules spoke and
 * what became of it; it holds no object and no Secret's content. {@link
 * io.portcullis.audit.AuditLog} writes one JSON object a line behind the answer's back: an answer
 * never waits for it, and it keeps room for denials when all else has to be dropped. {@link
 * io.portcullis.audit.ReviewMeters} counts the same facts. A worked example: a refused Ingress is
 * one line with verdict {@code deny}, one on {@code portcullis_reviews_total} and one on {@code
 * portcullis_findings_total} for each finding.
 *
 * <p>May use {@code finding}, {@code judge}, Jackson and Micrometer. Knows nothing of HTTP.
 */
@NullMarked
package io.portcullis.audit;

import org.jspecify.annotations.NullMarked;
