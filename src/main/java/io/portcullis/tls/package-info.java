/**
 * The serving certificate: made, read, and swapped while calls go on.
 *
 * <p>An {@link io.portcullis.tls.Authority} is a certificate authority of our own; it issues an
 * {@link io.portcullis.tls.Identity}, which is a key with its chain. Both may live in memory only,
 * or in a {@link io.portcullis.tls.CertificateFolder} as {@code tls.crt}, {@code tls.key} and
 * {@code ca.crt}, where somebody else may renew them too. The server shows whatever {@link
 * io.portcullis.tls.ServingKey} holds at the moment of a handshake: connections that are open stay,
 * new ones see the new certificate, and a broken file leaves the old one in place.
 *
 * <p>In a cluster all replicas read one Secret, and the one that leads keeps it: {@link
 * io.portcullis.tls.KeyRing} is what it holds, {@link io.portcullis.tls.Rotation} says what is to
 * be done next with it (a pure function of what there is and of the clock), {@link
 * io.portcullis.tls.InSecret} does it, and {@link io.portcullis.tls.Registration} has the API
 * server trust it. What is trusted is always told first: {@code [A] -> [B, A] -> certificate of B
 * -> [B]}.
 *
 * <p>May use the JDK and Bouncy Castle, and the Kubernetes client for that Secret and the
 * registration. Knows nothing of requests and of what is judged.
 */
@NullMarked
package io.portcullis.tls;

import org.jspecify.annotations.NullMarked;
