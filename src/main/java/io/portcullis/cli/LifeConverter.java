package io.portcullis.cli;

import io.portcullis.cli.serve.Life;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 365d} on the command line. */
final class LifeConverter implements ITypeConverter<Life> {
  @Override
  public Life convert(String text) {
    try {
      return Life.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
