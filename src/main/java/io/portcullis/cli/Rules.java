package io.portcullis.cli;

import io.portcullis.rules.Rule;
import io.portcullis.rules.RuleBook;
import io.portcullis.rules.RuleInfo;
import io.portcullis.settings.Catalogue;
import io.portcullis.text.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The catalogue of rules, and the page of each. */
@Command(
    name = "rules",
    description = "Lists the rules with their default modes, or prints one rule's page.")
final class Rules implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The rule whose page is wanted.",
      completionCandidates = Words.RuleIds.class)
  private Optional<String> id = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(id.map(this::page).orElseGet(Rules::catalogue));
    out.flush();
    return 0;
  }

  /** The rules that there are, worst first. */
  static List<RuleInfo> inOrder() {
    return RuleBook.standard().rules().stream()
        .map(Rule::info)
        .sorted(Comparator.comparingInt(rule -> Catalogue.rank(rule.id())))
        .toList();
  }

  private static String catalogue() {
    int widest = inOrder().stream().mapToInt(rule -> rule.id().length()).max().orElse(0);
    String row = "%-" + widest + "s  %-5s  %s%n";
    StringBuilder table = new StringBuilder(row.formatted("RULE", "MODE", "WHAT HOLDS"));
    for (RuleInfo rule : inOrder()) {
      String mode =
          Catalogue.find(rule.id()).map(entry -> entry.defaultMode().text()).orElse("deny");
      table.append(row.formatted(rule.id(), mode, rule.summary()));
    }
    return table.toString();
  }

  private String page(String rule) {
    List<String> ids = inOrder().stream().map(RuleInfo::id).toList();
    if (!ids.contains(rule)) {
      String hint =
          Nearest.ofFew(rule, ids)
              .map(near -> "did you mean " + near + "?")
              .orElse("portcullis rules lists them all");
      throw new ParameterException(
          spec.commandLine(), "there is no rule \"%s\": %s".formatted(rule, hint));
    }
    try (InputStream in = RuleBook.class.getResourceAsStream(rule + ".md")) {
      if (in == null) {
        throw new IllegalStateException("the page of " + rule + " is not on the class path");
      }
      return PlainPage.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
