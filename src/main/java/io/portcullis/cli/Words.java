package io.portcullis.cli;

import io.portcullis.finding.Mode;
import io.portcullis.rules.RuleInfo;
import io.portcullis.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words that options take, as help and shells show them. */
final class Words {
  private Words() {}

  /** Reads one of an enum's names, in whatever case. */
  static <E extends Enum<E>> ITypeConverter<E> of(Class<E> type) {
    return text -> {
      List<String> names =
          Arrays.stream(type.getEnumConstants())
              .map(each -> each.name().toLowerCase(Locale.ROOT))
              .toList();
      String name = text.toLowerCase(Locale.ROOT);
      if (!names.contains(name)) {
        throw new TypeConversionException(
            "\"%s\" is none of %s".formatted(text, String.join(", ", names)) + near(name, names));
      }
      return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    };
  }

  /** {@code ": did you mean serve?"}, or nothing. */
  static String near(String written, Collection<String> names) {
    return Nearest.ofFew(written, names).map(": did you mean %s?"::formatted).orElse("");
  }

  /** Of {@code --fail-on}. */
  static final class Modes extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Modes() {
      super(Arrays.stream(Mode.values()).map(Mode::text).toList());
    }
  }

  /** Of {@code completion}. */
  static final class Shells extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Shells() {
      super(
          Arrays.stream(Completion.Shell.values())
              .map(shell -> shell.name().toLowerCase(Locale.ROOT))
              .toList());
    }
  }

  /** Of {@code rules}. */
  static final class RuleIds extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    RuleIds() {
      super(Rules.inOrder().stream().map(RuleInfo::id).toList());
    }
  }

  /** Of {@code check -o}. */
  static final class Outputs extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Outputs() {
      super(
          Arrays.stream(Check.Output.values())
              .map(output -> output.name().toLowerCase(Locale.ROOT))
              .toList());
    }
  }

  /** Of {@code map -o}. */
  static final class MapOutputs extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    MapOutputs() {
      super(
          Arrays.stream(MapCommand.Output.values())
              .map(output -> output.name().toLowerCase(Locale.ROOT))
              .toList());
    }
  }

  /** Of {@code diff -o} and {@code explain -o}. */
  static final class AnswerOutputs extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    AnswerOutputs() {
      super(
          Arrays.stream(AnswerOutput.values())
              .map(output -> output.name().toLowerCase(Locale.ROOT))
              .toList());
    }
  }
}
