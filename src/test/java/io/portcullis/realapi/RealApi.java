package io.portcullis.realapi;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one plane that all classes share; without it each test is skipped, loudly. */
final class RealApi implements BeforeEachCallback, ParameterResolver {
  private static final Namespace OURS = Namespace.create(RealApi.class);

  /** The plane, or why there is none. Closed when the last class is done. */
  private record Shared(Optional<Plane> plane, String reason) implements AutoCloseable {
    static Shared create() {
      Optional<String> missing = Plane.whatIsMissing();
      if (missing.isPresent()) {
        System.err.println("REAL API RING SKIPPED: " + missing.get());
        return new Shared(Optional.empty(), missing.get());
      }
      return new Shared(Optional.of(Plane.up()), "");
    }

    @Override
    public void close() {
      plane.ifPresent(Plane::close);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Shared shared = shared(context);
    Assumptions.assumeTrue(shared.plane().isPresent(), shared.reason());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Plane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return shared(context).plane().orElseThrow();
  }

  private static Shared shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(OURS)
        .computeIfAbsent("plane", key -> Shared.create(), Shared.class);
  }
}
