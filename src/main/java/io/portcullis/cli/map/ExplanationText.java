package io.portcullis.cli.map;

import io.portcullis.net.PortSet;
import io.portcullis.reach.Explanation;
import io.portcullis.reach.PolicyRef;
import io.portcullis.reach.WayIn;
import io.portcullis.text.Plain;
import io.portcullis.text.Words;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;

/** For people: the answer, then what the policies over each end say. */
public record ExplanationText() implements ExplanationFormat {
  @Override
  public void write(Explanation explanation, PrintWriter out) {
    out.println("%s -> %s".formatted(explanation.from(), explanation.to()));
    line("open", explanation.allowed(), out);
    line("closed", explanation.blocked(), out);
    side("egress of " + explanation.from(), explanation.egress(), explanation.blocked(), out);
    side("ingress of " + explanation.to(), explanation.ingress(), explanation.blocked(), out);
    explanation.entries().ifPresent(ways -> entries(ways, out));
    explanation.hints().forEach(hint -> out.println("hint: " + Plain.oneLine(hint)));
  }

  private static void line(String word, PortSet ports, PrintWriter out) {
    if (!ports.isEmpty()) {
      out.println("  %s: %s".formatted(word, ports));
    }
  }

  private static void side(String what, Explanation.Side side, PortSet blocked, PrintWriter out) {
    out.println(Plain.oneLine(what) + ": " + isolation(side.isolatedBy()));
    side.allowedBy().forEach(each -> ruling("allowed", each, out));
    side.deniedBy().forEach(each -> ruling("denied", each, out));
    // What a policy of the cluster denies, these may allow all the same.
    PortSet said =
        Stream.concat(side.allowedBy().stream(), side.deniedBy().stream())
            .map(Explanation.Ruling::ports)
            .reduce(PortSet.NONE, PortSet::union);
    PortSet unsaid = blocked.minus(said);
    if (!side.isolatedBy().isEmpty() && !unsaid.isEmpty()) {
      out.println(
          "  nothing in them allows "
              + (unsaid.equals(PortSet.ALL) ? "any port" : unsaid.toString()));
    }
  }

  private static void entries(List<WayIn> ways, PrintWriter out) {
    out.println("ways in from outside: " + (ways.isEmpty() ? "none" : ways.size()));
    ways.forEach(way -> out.println("  " + WayText.line(way)));
  }

  private static String isolation(List<PolicyRef> by) {
    return by.isEmpty()
        ? "no NetworkPolicy isolates it"
        : "isolated by " + Words.and(by.stream().map(PolicyRef::toString).toList());
  }

  private static void ruling(String word, Explanation.Ruling ruling, PrintWriter out) {
    out.println(
        "  %s by %s, %s: %s".formatted(word, ruling.policy(), ruling.path(), ruling.ports()));
  }
}
