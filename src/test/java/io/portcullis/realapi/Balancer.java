package io.portcullis.realapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a Service is to the API server: each new connection goes to one of the replicas that were
 * ready when they were last asked, as probes and endpoints would have it.
 */
final class Balancer implements AutoCloseable {
  private static final Duration PROBES = Duration.ofSeconds(1);

  private final ServerSocket door;
  private final List<Replica> replicas = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final java.util.concurrent.ScheduledExecutorService probes =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("probes").factory());
  private volatile List<Replica> ready = List.of();

  Balancer() {
    try {
      door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Future<?> _ = threads.submit(this::accept);
    Future<?> _ =
        probes.scheduleWithFixedDelay(this::probe, 0, PROBES.toMillis(), TimeUnit.MILLISECONDS);
  }

  int port() {
    return door.getLocalPort();
  }

  /** One more replica, which gets connections once it is ready. */
  void add(Replica replica) {
    replicas.add(replica);
  }

  /** Whether this one gets connections. */
  boolean leadsTo(Replica replica) {
    return ready.contains(replica);
  }

  private void probe() {
    ready = replicas.stream().filter(Replica::isReady).toList();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Future<?> _ = threads.submit(() -> join(client));
      } catch (IOException e) {
        // Closed: the test is over.
        return;
      }
    }
  }

  private void join(Socket client) {
    List<Replica> now = new ArrayList<>(ready);
    try (client) {
      if (now.isEmpty()) {
        return;
      }
      int port = now.get(Math.floorMod(turn.getAndIncrement(), now.size())).port();
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
        Future<?> back = threads.submit(() -> copy(server, client));
        copy(client, server);
        back.get();
      }
    } catch (IOException | java.util.concurrent.ExecutionException e) {
      // Whoever waits for an answer hears of it.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the one side has said all; then the other is told so. */
  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      // Broken: the other side is to break too.
      try {
        to.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    probes.shutdownNow();
    threads.shutdownNow();
  }
}
