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
 * <p>May use the JDK and Bouncy Castle, and Quarkus where it is handed to the server. Knows nothing
 * of requests and of what is judged.
 */
@NullMarked
package io.portcullis.tls;

import org.jspecify.annotations.NullMarked;
