package io.portcullis.cluster.watch;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read by one thread as it comes. The next bytes are asked of the connection
 * only once the last ones are read, so that a slow reader slows the sender down; a wait for them
 * ends in {@link SilentException} when patience does.
 */
final class ByteStream extends InputStream implements AsyncBody.Consumer<List<ByteBuffer>> {
  /** What the connection hands over. */
  private sealed interface Part {
    record Bytes(ByteBuffer buffer) implements Part {}

    record End() implements Part {}

    record Broken(Throwable why) implements Part {}
  }

  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final Patience patience;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private @Nullable AsyncBody body;
  private boolean ended;

  ByteStream(Patience patience) {
    this.patience = patience;
  }

  /** Begins to take what comes; called once, when the answer has begun. */
  void open(AsyncBody answer) {
    body = answer;
    CompletableFuture<Void> _ =
        answer
            .done()
            .whenComplete((done, failure) ->
                parts.add(failure == null ? new Part.End() : new Part.Broken(failure)));
  }

  @Override
  public void consume(List<ByteBuffer> buffers, AsyncBody from) {
    buffers.forEach(buffer -> parts.add(new Part.Bytes(buffer)));
  }

  @Override
  public int read() throws IOException {
    return fill() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(into, offset, count);
    return count;
  }

  /** Whether there is at least one byte to read; waits for it. */
  private boolean fill() throws IOException {
    while (!current.hasRemaining() && !ended) {
      if (parts.isEmpty()) {
        Objects.requireNonNull(body, "not open yet").consume();
      }
      switch (await()) {
        case Part.Bytes bytes -> current = bytes.buffer();
        case Part.End _ -> ended = true;
        case Part.Broken broken -> throw new IOException(words(broken.why()), broken.why());
      }
    }
    return current.hasRemaining();
  }

  private Part await() throws IOException {
    try {
      Part part = parts.poll(patience.toGoOn(), TimeUnit.NANOSECONDS);
      if (part == null) {
        throw new SilentException("the answer stopped in the middle");
      }
      return part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  private static String words(Throwable why) {
    String message = why.getMessage();
    return message == null ? why.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    if (body != null && !ended) {
      body.cancel();
    }
  }
}
