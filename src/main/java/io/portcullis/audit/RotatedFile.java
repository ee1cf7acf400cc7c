package io.portcullis.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.handlers.SizeRotatingFileHandler;
import org.jspecify.annotations.Nullable;

/**
 * A file that is moved aside when it has grown to a size: {@code audit.log} becomes {@code
 * audit.log.1}, that {@code audit.log.2}, and the oldest goes. Each write is a line and stays in
 * one file. What was there is written on. For one thread.
 */
public final class RotatedFile extends OutputStream {
  private final SizeRotatingFileHandler handler;
  private final AtomicReference<@Nullable IOException> trouble = new AtomicReference<>();

  /**
   * @param most how many bytes a file has at most, give or take a line
   * @param kept how many files are kept beside the one that is written
   * @throws IOException where it can't be written
   */
  public RotatedFile(Path file, long most, int kept) throws IOException {
    handler = new SizeRotatingFileHandler(file.toFile(), true);
    handler.setRotateSize(most);
    handler.setMaxBackupIndex(kept);
    handler.setFormatter(new AsItIs());
    handler.setErrorManager(new Remembering());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b});
  }

  @Override
  public void write(byte[] line, int from, int length) throws IOException {
    String text = new String(line, from, length, StandardCharsets.UTF_8);
    handler.publish(new ExtLogRecord(Level.INFO, text, RotatedFile.class.getName()));
    check();
  }

  @Override
  public void flush() throws IOException {
    handler.flush();
    check();
  }

  @Override
  public void close() {
    handler.close();
  }

  /** A handler never throws; a log that loses records must not go on as if nothing were. */
  private void check() throws IOException {
    IOException found = trouble.getAndSet(null);
    if (found != null) {
      throw found;
    }
  }

  private final class Remembering extends ErrorManager {
    @Override
    public void error(@Nullable String message, @Nullable Exception cause, int code) {
      String why = Optional.ofNullable(cause).map(Exception::getMessage).orElse(message);
      trouble.compareAndSet(null, new IOException(why, cause));
    }
  }

  private static final class AsItIs extends Formatter {
    @Override
    public String format(LogRecord line) {
      return line.getMessage();
    }
  }
}
