/**
 * One judgement for everybody who asks: the webhook, the command line, the scan.
 *
 * <p>{@link io.portcullis.judge.Judge} asks the rules that apply, gives each finding its mode, and
 * keeps the gate from being wrong: what an object had before is demoted to a warning, a denial that
 * rests on other objects is confirmed live through {@link io.portcullis.judge.Confirmation}, exempt
 * namespaces and endings are never touched, and a rule that throws does not keep the others from
 * judging. A worked example: an Ingress that already lacked TLS gets another label; its finding is
 * the old one's too, so the change passes with a warning.
 *
 * <p>May use {@code rules} and all rooms above it. Knows no clock but the deadline it is given, no
 * HTTP and no client.
 */
@NullMarked
package io.portcullis.judge;

import org.jspecify.annotations.NullMarked;
