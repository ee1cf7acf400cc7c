package io.portcullis.edge;

import io.portcullis.cli.serve.AuditOut;
import io.portcullis.proof.Await;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes the audit log in place of stdout. */
@Singleton
class CapturedAudit {
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Produces
  @Singleton
  AuditOut out() {
    return new AuditOut(log);
  }

  /** The records about a request, once there are so many. */
  List<String> about(String uid, int count) {
    Await.that(count + " audit records of " + uid, () -> about(uid).size() >= count);
    return about(uid);
  }

  /** The records about a request that were written so far. */
  List<String> about(String uid) {
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("\"uid\":\"" + uid + "\""))
        .toList();
  }
}
