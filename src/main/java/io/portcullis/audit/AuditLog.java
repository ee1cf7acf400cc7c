package io.portcullis.audit;

import io.portcullis.finding.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes records to streams, one JSON object a line, by a thread of its own. Taking a record never
 * blocks. Where the streams do not keep up, the last quarter of the room is kept for denials and
 * errors; what has to be dropped all the same is counted and told.
 */
public final class AuditLog implements AutoCloseable {
  private static final int DEFAULT_ROOM = 16_384;
  private static final int BATCH = 256;
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final List<Outlet> outlets;
  private final BlockingQueue<AuditRecord> queue;
  private final int reserved;
  private final Consumer<String> complaints;
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer;
  private volatile boolean closing;

  /**
   * @param outs each gets every record, by one call of {@code write} a line
   * @param complaints takes what goes wrong with the log itself, a line each
   */
  public AuditLog(List<OutputStream> outs, Consumer<String> complaints) {
    this(outs, DEFAULT_ROOM, complaints);
  }

  AuditLog(List<OutputStream> outs, int room, Consumer<String> complaints) {
    this.outlets = outs.stream().map(Outlet::new).toList();
    this.queue = new ArrayBlockingQueue<>(room);
    this.reserved = room / 4;
    this.complaints = complaints;
    this.writer = Thread.ofPlatform().daemon().name("portcullis-audit").start(this::run);
  }

  /** Takes a record to be written soon. */
  public void write(AuditRecord record) {
    Verdict verdict = record.judgement().verdict();
    boolean mustStay = verdict == Verdict.DENY || verdict == Verdict.ERROR;
    boolean hasRoom = mustStay || queue.remainingCapacity() > reserved;
    if (!hasRoom || !queue.offer(record)) {
      lost.incrementAndGet();
    }
  }

  /** How many records were dropped since the start, those of a broken stream included. */
  public long lost() {
    return lost.get();
  }

  /** Writes what is left, for ten seconds at most, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      boolean _ = writer.join(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<AuditRecord> batch = new ArrayList<>(BATCH);
    long told = 0;
    while (!closing || !queue.isEmpty()) {
      try {
        AuditRecord first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          writeAll(batch);
          batch.clear();
        }
      } catch (InterruptedException e) {
        closing = true;
      }
      long now = lost.get();
      if (now > told) {
        complaints.accept(
            (now - told)
                + " audit records were dropped: what they are written to does not keep up");
        told = now;
      }
    }
  }

  private void writeAll(List<AuditRecord> batch) {
    List<byte[]> lines = batch.stream().map(AuditJson::line).toList();
    outlets.forEach(outlet -> outlet.write(lines));
  }

  /** One stream; that another is broken is nothing to it. */
  private final class Outlet {
    private final OutputStream out;
    private boolean broken;

    Outlet(OutputStream out) {
      this.out = out;
    }

    void write(List<byte[]> lines) {
      try {
        for (byte[] line : lines) {
          out.write(line);
        }
        out.flush();
        broken = false;
      } catch (IOException e) {
        lost.addAndGet(lines.size());
        if (!broken) {
          complaints.accept("the audit log can't be written: " + e.getMessage());
        }
        broken = true;
      }
    }
  }
}
