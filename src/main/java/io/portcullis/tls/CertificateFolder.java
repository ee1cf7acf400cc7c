package io.portcullis.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A folder with {@code tls.crt}, {@code tls.key} and {@code ca.crt}, as a mounted Secret of type
 * kubernetes.io/tls has them.
 */
public final class CertificateFolder {
  /** How long a certificate holds that we make ourselves. */
  public static final Duration LIFE = Duration.ofDays(365);

  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";
  private static final String AUTHORITY = "ca.crt";

  private final Path folder;

  public CertificateFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether neither a certificate nor a key is there. */
  public boolean isEmpty() {
    return !Files.exists(folder.resolve(CERTIFICATE)) && !Files.exists(folder.resolve(KEY));
  }

  /**
   * Makes an authority and a certificate, whatever was there before. Only the owner may read the
   * key; the authority's own key is not kept.
   */
  public void make(Collection<String> hosts, Instant now) throws IOException {
    Authority authority = Authority.make(now);
    Identity identity = authority.issue(hosts, now, LIFE);
    Files.createDirectories(folder);
    write(AUTHORITY, Pem.text(List.of(authority.certificate())), "rw-r--r--");
    write(KEY, Pem.text(identity.key()), "rw-------");
    write(CERTIFICATE, Pem.text(identity.chain()), "rw-r--r--");
  }

  /**
   * What the folder holds now.
   *
   * @throws IOException where a file can't be read
   * @throws IllegalArgumentException where what it holds is no certificate with its key
   */
  public Identity read() throws IOException {
    List<X509Certificate> chain = Pem.certificates(text(CERTIFICATE));
    return new Identity(Pem.privateKey(text(KEY)), chain);
  }

  /** The authority's certificates, where the folder has any. */
  public Optional<String> authority() throws IOException {
    return Files.exists(folder.resolve(AUTHORITY))
        ? Optional.of(text(AUTHORITY))
        : Optional.empty();
  }

  /** The text of all files: while it stays the same, nothing has changed. */
  public String fingerprint() throws IOException {
    return text(CERTIFICATE) + text(KEY) + authority().orElse("");
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.US_ASCII);
  }

  /** Puts a whole file in place at once, so that nobody ever reads half of it. */
  private void write(String file, String text, String permissions) throws IOException {
    Path temporary = Files.createTempFile(folder, "." + file, ".new");
    Files.writeString(temporary, text, StandardCharsets.US_ASCII);
    PosixFileAttributeView view =
        Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
    Files.move(temporary, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }
}
