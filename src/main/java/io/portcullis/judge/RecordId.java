package io.portcullis.judge;

import io.portcullis.finding.Change;
import io.portcullis.finding.Judged;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The id of an audit record: a hash of what stays the same when the same mistake is tried again, so
 * that retries count up one Event instead of making a flood.
 */
final class RecordId {
  private static final int DIGITS = 8;

  private RecordId() {}

  static String of(Change change, List<Judged> findings, String settings) {
    String rules =
        findings.stream()
            .map(judged -> judged.finding().rule())
            .collect(Collectors.toCollection(TreeSet::new))
            .toString();
    return hash(
        String.join(
            "\n",
            change.target().kind(),
            change.target().namespace(),
            who(change),
            rules,
            settings));
  }

  /** The owner where there is one: a ReplicaSet's pods are refused under ever new names. */
  private static String who(Change change) {
    Optional<Meta> meta = change.subject().map(object -> object.meta());
    return meta.flatMap(Meta::controller)
        .map(Owner::name)
        .or(() -> meta.map(Meta::displayName))
        .orElse(change.target().name());
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
