package io.portcullis.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Writes {@code PASS|FAIL what figure} for each test that {@link Proves} something, to stdout and,
 * after the number of the line, to {@code target/proofs.txt}. Gives such a test its {@link Figure}.
 */
public final class Table implements TestWatcher, ParameterResolver {
  private static final Path FILE = Path.of("target", "proofs.txt");
  private static final Namespace OURS = Namespace.create(Table.class);

  /** What was measured. */
  public static final class Figure {
    private volatile String text = "";

    /** Says what was measured. */
    public void is(String measured) {
      text = measured;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Figure.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getStore(OURS).computeIfAbsent(Figure.class, key -> new Figure(), Figure.class);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    write("PASS", context);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    write("FAIL", context);
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    write("SKIP", context);
  }

  private static void write(String verdict, ExtensionContext context) {
    Proves proves =
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Proves.class)
            .orElseThrow();
    String figure =
        Optional.ofNullable(context.getStore(OURS).get(Figure.class, Figure.class))
            .map(each -> each.text)
            .orElse("");
    String line = "%s %s: %s%n".formatted(verdict, proves.value(), figure);
    System.out.print(line);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(
          FILE,
          "%02d %s".formatted(proves.line(), line),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
