package io.portcullis.cli;

import io.portcullis.cluster.watch.Snapshot;
import io.portcullis.finding.Evidence;
import io.portcullis.kube.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far a snapshot reaches. What it does not show may be there: nothing is refused for being
 * absent where nobody could look.
 */
record Sight(Snapshot snapshot) {
  static Sight of(Snapshot snapshot) {
    return new Sight(snapshot);
  }

  boolean coversAll(List<Evidence> evidence) {
    return evidence.stream().allMatch(this::covers);
  }

  private boolean covers(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Present _, Evidence.SomePodMatches _ -> true;
      case Evidence.Absent absent -> snapshot.sees(absent.kind(), absent.namespace());
      case Evidence.NothingMatches nothing -> seesCarriers(nothing.namespace());
      case Evidence.NothingDeclares nothing -> seesCarriers(nothing.namespace());
      case Evidence.AllHold all -> snapshot.sees(all.kind(), all.namespace());
      case Evidence.NoNamespaceMatches _ -> snapshot.sees(Kind.NAMESPACE, "");
    };
  }

  private boolean seesCarriers(String namespace) {
    return Stream.concat(Stream.of(Kind.POD), Arrays.stream(Kind.values()).filter(Kind::isWorkload))
        .allMatch(kind -> snapshot.sees(kind, namespace));
  }
}
