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
 * Writes records to a stream, one JSON object a line, by a thread of its own. Taking a record never
 * blocks. Where the stream does not keep up, the last quarter of the room is kept for denials and
 * errors; what has to be dropped all the same is counted and told.
 */
public final class AuditLog implements AutoCloseable {
  private static final int DEFAULT_ROOM = 16_384;
  private static final int BATCH = 256;
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final OutputStream out;
  private final BlockingQueue<AuditRecord> queue;
  private final int reserved;
  private final Consumer<String> complaints;
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer;
  private volatile boolean closing;
  private boolean broken;

  /**
   * @param complaints takes what goes wrong with the log itself, a line each
   */
  public AuditLog(OutputStream out, Consumer<String> complaints) {
    this(out, DEFAULT_ROOM, complaints);
  }

  AuditLog(OutputStream out, int room, Consumer<String> complaints) {
    this.out = out;
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

  /** How many records were dropped since the start. */
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
        complaints.accept((now - told) + " audit records were dropped: stdout does not keep up");
        told = now;
      }
    }
  }

  private void writeAll(List<AuditRecord> batch) {
    try {
      for (AuditRecord record : batch) {
        out.write(AuditJson.line(record));
      }
      out.flush();
      broken = false;
    } catch (IOException e) {
      lost.addAndGet(batch.size());
      if (!broken) {
        complaints.accept("the audit log can't be written: " + e.getMessage());
      }
      broken = true;
    }
  }
}
