package io.portcullis.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completion for fish, which picocli does not know: a line for each thing that may follow. */
final class Fish {
  private final String program;
  private final List<String> lines = new ArrayList<>();

  private Fish(String program) {
    this.program = program;
  }

  static String completion(CommandLine program) {
    Fish fish = new Fish(program.getCommandName());
    fish.line("-f");
    fish.options(program.getCommandSpec(), "__fish_use_subcommand");
    program.getSubcommands().forEach(fish::command);
    return String.join(System.lineSeparator(), fish.lines) + System.lineSeparator();
  }

  private void command(String name, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    line("-n __fish_use_subcommand -a " + name + description(spec.usageMessage().description()));
    String seen = quoted("__fish_seen_subcommand_from " + name);
    options(spec, seen);
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      line("-n " + seen + (values(parameter).isPresent() ? " -f" + choice(parameter) : " -F"));
    }
  }

  private void options(CommandSpec spec, String condition) {
    for (OptionSpec option : spec.options()) {
      StringBuilder line = new StringBuilder("-n " + condition);
      for (String name : option.names()) {
        line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1));
      }
      if (option.arity().max() > 0) {
        line.append(isFile(option) ? " -r -F" : " -x").append(choice(option));
      }
      line(line + description(option.description()));
    }
  }

  private static boolean isFile(ArgSpec argument) {
    return List.of(argument.auxiliaryTypes()).contains(Path.class)
        || List.of(argument.auxiliaryTypes()).contains(File.class)
        || argument.paramLabel().equals("PATH");
  }

  private static String choice(ArgSpec argument) {
    return values(argument).map(values -> " -a " + quoted(values)).orElse("");
  }

  private static Optional<String> values(ArgSpec argument) {
    return Optional.ofNullable(argument.completionCandidates())
        .map(candidates -> String.join(" ", candidates));
  }

  private static String description(String... lines) {
    String first = lines.length == 0 ? "" : lines[0];
    String plain =
        first.replaceAll(" ?\\([^)]*\\$\\{[^)]*\\)", "").replaceAll("\\$\\{[^}]*\\}", "");
    return plain.isBlank() ? "" : " -d " + quoted(plain.strip());
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private void line(String rest) {
    lines.add("complete -c " + program + " " + rest);
  }
}
