package io.portcullis.proof;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that is a line of the table that {@code k8s/local/faults} prints. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Tag("proof")
@ExtendWith(Table.class)
public @interface Proves {
  /** Where the line stands. */
  int line();

  /** What is shown to be so. */
  String value();
}
