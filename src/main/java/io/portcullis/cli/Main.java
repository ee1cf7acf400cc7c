package io.portcullis.cli;

import io.portcullis.finding.Mode;
import io.portcullis.text.Plain;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program. Every command but {@code serve} runs without starting Quarkus. */
@QuarkusMain
@Command(
    name = "portcullis",
    description = "The gate in front of a Kubernetes cluster's network.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT)
public final class Main implements Callable<Integer> {
  /** The exit code of a command that could not do its work, or was not understood. */
  static final int COULD_NOT = 2;

  private static final NavigableMap<String, Supplier<Object>> COMMANDS =
      new TreeMap<>(
          Map.of(
              "certs", Certs::new,
              "check", Check::new,
              "completion", Completion::new,
              "diff", DiffCommand::new,
              "explain", ExplainCommand::new,
              "map", MapCommand::new,
              "rules", Rules::new,
              "schema", Schema::new,
              "serve", Serve::new,
              "settings", SettingsCommand::new));

  /** Tells of all the others. */
  private static final String TELLS_ALL = "completion";

  private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String... args) {
    Defaults defaults = Defaults.ofProcess();
    int code = run(commandLine(defaults, args), defaults, args);
    // Dev mode restarts the program from within: its JVM goes on.
    if (!DevMode.isOn()) {
      System.exit(code);
    }
  }

  /** Runs a command; the exit code. */
  static int run(CommandLine commands, Defaults defaults, String... args) {
    return commands.execute(withCommand(defaults, args));
  }

  /**
   * The program as far as these arguments need it: to make the commands that nobody asks for takes
   * longer than most of them run.
   */
  static CommandLine commandLine(Defaults defaults, String... args) {
    CommandLine program = new CommandLine(new Main());
    String[] full = withCommand(defaults, args);
    boolean one = full.length > 0 && COMMANDS.containsKey(full[0]) && !full[0].equals(TELLS_ALL);
    COMMANDS.forEach((name, command) -> {
      if (!one || name.equals(full[0])) {
        program.addSubcommand(name, command.get());
      }
    });
    return program
        .setDefaultValueProvider(defaults)
        .registerConverter(Mode.class, Words.of(Mode.class))
        .registerConverter(Check.Output.class, Words.of(Check.Output.class))
        .registerConverter(MapCommand.Output.class, Words.of(MapCommand.Output.class))
        .registerConverter(AnswerOutput.class, Words.of(AnswerOutput.class))
        .registerConverter(Completion.Shell.class, Words.of(Completion.Shell.class))
        .setParameterExceptionHandler(Main::refuse);
  }

  /** With no command, the one that {@code portcullis.command} names. */
  private static String[] withCommand(Defaults defaults, String... args) {
    boolean given = args.length > 0 && (!args[0].startsWith("-") || OWN_OPTIONS.contains(args[0]));
    return given
        ? args
        : defaults
            .find("command")
            .map(command -> Stream.concat(Stream.of(command), Stream.of(args)))
            .map(all -> all.toArray(String[]::new))
            .orElse(args);
  }

  private static int refuse(ParameterException problem, String... args) {
    CommandLine command = problem.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String message = Plain.oneLine(String.valueOf(problem.getMessage())) + near(problem);
    command.getErr().println(name + ": " + message + " (see " + name + " --help)");
    return COULD_NOT;
  }

  /** What a command or an option that there is not may have been meant for. */
  private static String near(ParameterException problem) {
    if (!(problem instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec of = problem.getCommandLine().getCommandSpec();
    String written = unmatched.getUnmatched().getFirst();
    int value = written.indexOf('=');
    return Words.near(
        value < 0 ? written : written.substring(0, value),
        written.startsWith("-") ? of.optionsMap().keySet() : of.subcommands().keySet());
  }

  /** With no command at all: help. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return COULD_NOT;
  }
}
