package io.portcullis.cli;

import io.portcullis.cli.map.ExplanationJson;
import io.portcullis.cli.map.ExplanationText;
import io.portcullis.kube.Service;
import io.portcullis.net.PortSet;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.Entries;
import io.portcullis.reach.Explanation;
import io.portcullis.reach.Explanation.End;
import io.portcullis.reach.MapPeer;
import io.portcullis.reach.Outside;
import io.portcullis.reach.Peer;
import io.portcullis.reach.Reach;
import io.portcullis.reach.Scene;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why one reaches the other, or does not. */
@Command(
    name = "explain",
    description = {
      "Says whether FROM reaches TO, and which policies and fields decide.",
      "An end is NAMESPACE/KIND/NAME or, where that is clear, NAMESPACE/NAME; an address or block;"
          + " world; ingress-controller. TO may also be NAMESPACE/Service/NAME."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:open: with --port all of it, else any port",
      "1:closed",
      "2:something could not be read"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final int CLOSED = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FROM", description = "Who connects.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "To whom.")
  private String to = "";

  @Parameters(
      index = "2..*",
      paramLabel = "PATH",
      arity = "0..*",
      description = "Files, folders (read with all below: .yaml, .yml, .json), - for stdin.")
  private List<String> paths = List.of();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "5432 (TCP), UDP/53 or a port's name; of a Service its own port. All if absent.")
  private Optional<String> port = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
      completionCandidates = Words.AnswerOutputs.class)
  private AnswerOutput output = AnswerOutput.TEXT;

  @Mixin private Reading reading = new Reading();

  @Override
  public Integer call() {
    return reading.about(paths, this::explain);
  }

  private int explain(Reading.Seen seen) {
    Scene scene = seen.last();
    Reach reach = Reach.of(scene.cluster());
    Ends ends = new Ends(scene, reach, reading.namespace());
    Ends.Answer.Found source = found(ends.find(from));
    Ends.Answer.Found target = found(ends.find(to));
    if (source.service().isPresent()) {
      throw refused("a Service connects to nobody: name the workload that does");
    }
    Target reached = target(target, scene);
    check(source.end(), reached.end());
    Explanation explanation = Explanation.of(reach, source.end(), reached.end(), reached.portsOf());
    if (isOutside(source.end())) {
      explanation = explanation.entering(scene.waysIn(source.end(), reached.end(), reach));
    }
    if (source.end().id().equals(MapPeer.IngressController.ID)) {
      explanation = explanation.limitedTo(led(reached.end(), scene));
    }
    Optional<PortSet> asked =
        target.service().isEmpty() ? port.map(_ -> reached.ports()) : Optional.empty();
    return answer(
        explanation.hinting(
            Hints.of(scene, reach, explanation, source.end(), reached.end(), asked)));
  }

  private int answer(Explanation explanation) {
    switch (output) {
      case TEXT -> new ExplanationText().write(explanation, reading.out());
      case JSON -> new ExplanationJson().write(explanation, reading.out());
    }
    reading.out().flush();
    boolean open =
        port.isPresent() ? explanation.blocked().isEmpty() : !explanation.allowed().isEmpty();
    return open ? 0 : CLOSED;
  }

  /** Where the connection goes, and the ports that are asked about of each there. */
  private record Target(End end, Function<Peer, PortSet> portsOf) {
    PortSet ports() {
      return end.peers().stream().map(portsOf).reduce(PortSet.NONE, PortSet::union);
    }
  }

  private Target target(Ends.Answer.Found found, Scene scene) {
    Optional<AskedPorts> asked = port.map(this::parsed);
    Target target =
        found
            .service()
            .map(service -> behind(service, found.end().id(), asked, scene))
            .orElseGet(() ->
                new Target(
                    found.end(), peer -> asked.map(port -> port.on(peer)).orElse(PortSet.ALL)));
    if (target.end().peers().isEmpty()) {
      throw refused("%s selects no pods".formatted(to));
    }
    if (target.ports().isEmpty()) {
      throw refused("%s has no port %s".formatted(to, port.orElse("")).strip());
    }
    return target;
  }

  private AskedPorts parsed(String text) {
    return AskedPorts.tryParse(text)
        .orElseThrow(() ->
            refused(
                "--port: \"%s\" is no port: want 5432, UDP/53 or a port's name".formatted(text)));
  }

  private static Target behind(
      Service service, String id, Optional<AskedPorts> asked, Scene scene) {
    List<Endpoint> selected =
        scene.parties().stream()
            .flatMap(party -> party.members().stream())
            .map(member -> member.endpoint())
            .filter(pod -> isSelected(pod, service))
            .distinct()
            .toList();
    // What the Service has no port on is not behind it; a headless one has no ports of its own.
    List<Endpoint> led =
        selected.stream()
            .filter(pod -> Entries.of(service).stream().anyMatch(lead -> !lead.on(pod).isEmpty()))
            .toList();
    List<Endpoint> pods = service.headless() || led.isEmpty() ? selected : led;
    return new Target(
        new End(id, List.<Peer>copyOf(pods)), peer -> ports((Endpoint) peer, service, asked));
  }

  private static PortSet ports(Endpoint pod, Service service, Optional<AskedPorts> asked) {
    return asked.map(port -> port.on(pod, service)).orElseGet(() -> AskedPorts.allOn(pod, service));
  }

  private static boolean isSelected(Endpoint pod, Service service) {
    return pod.namespace().equals(service.namespace())
        && service.type() != Service.Type.EXTERNAL_NAME
        && service.selector().filter(pod.labels()::containsAll).isPresent();
  }

  private static PortSet led(End end, Scene scene) {
    return end.peers().stream()
        .filter(Endpoint.class::isInstance)
        .map(pod -> scene.led((Endpoint) pod))
        .reduce(PortSet.NONE, PortSet::union);
  }

  private void check(End source, End target) {
    if (target.id().equals(MapPeer.IngressController.ID)) {
      throw refused("nobody connects to ingress-controller: it is where entries come from");
    }
    if (isOutside(source) && isOutside(target)) {
      throw refused("neither end is in the cluster: policies say nothing of it");
    }
  }

  private static boolean isOutside(End end) {
    return end.peers().stream().allMatch(Outside.class::isInstance);
  }

  private Ends.Answer.Found found(Ends.Answer answer) {
    return switch (answer) {
      case Ends.Answer.Found found -> found;
      case Ends.Answer.Unclear unclear -> throw refused(unclear.message());
    };
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
