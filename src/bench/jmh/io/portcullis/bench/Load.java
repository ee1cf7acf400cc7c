package io.portcullis.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The whole HTTPS trip, beside a handler of the same stack that only says yes: {@code PORT CA-FILE
 * CONNECTIONS SECONDS ROUNDS}. Both are asked in turns, so that what else the machine does falls on
 * both; a longer one to warm up comes first and is not counted.
 */
public final class Load {
  private static final List<String> PATHS = List.of("/yes", "/validate?timeout=10s");
  private static final int WARM_UP = 10;
  private static final double NANOS = 1e9;
  private static final double NANOS_IN_A_MILLI = 1e6;

  /** A turn: how many answers in a second, and the time that half and most of them took. */
  private record Turn(double rate, double median, double slow) {
    static Turn of(LongStream nanos, double seconds) {
      long[] sorted = nanos.sorted().toArray();
      return new Turn(
          sorted.length / seconds,
          sorted[sorted.length / 2] / NANOS_IN_A_MILLI,
          sorted[(int) (sorted.length * 0.99)] / NANOS_IN_A_MILLI);
    }
  }

  private final int port;
  private final SSLContext trust;
  private final byte[] body = Scene.ingress("new.example.com");

  private Load(int port, SSLContext trust) {
    this.port = port;
    this.trust = trust;
  }

  public static void main(String... args) throws Exception {
    Load load = new Load(Integer.parseInt(args[0]), trust(Path.of(args[1])));
    int connections = Integer.parseInt(args[2]);
    int seconds = Integer.parseInt(args[3]);
    int rounds = Integer.parseInt(args[4]);
    List<List<Turn>> turns = List.of(new ArrayList<>(), new ArrayList<>());
    for (String path : PATHS) {
      load.turn(path, connections, WARM_UP);
    }
    for (int round = 0; round < rounds; round++) {
      for (int path = 0; path < PATHS.size(); path++) {
        turns.get(path).add(load.turn(PATHS.get(path), connections, seconds));
      }
    }
    for (int path = 0; path < PATHS.size(); path++) {
      System.out.printf(
          Locale.ROOT,
          "%-24s %8.0f reviews/s  p50 %6.3f ms  p99 %6.3f ms  (medians of %d turns of %d s, %d"
              + " connections)%n",
          PATHS.get(path),
          median(turns.get(path), Turn::rate),
          median(turns.get(path), Turn::median),
          median(turns.get(path), Turn::slow),
          rounds,
          seconds,
          connections);
    }
    double[] ratios =
        IntStream.range(0, rounds)
            .mapToDouble(round -> turns.get(0).get(round).rate() / turns.get(1).get(round).rate())
            .sorted()
            .toArray();
    System.out.printf(
        Locale.ROOT,
        "time of a trip against yes, turn by turn: %.2f (half of them %.2f to %.2f)%n",
        ratios[rounds / 2],
        ratios[rounds / 4],
        ratios[rounds * 3 / 4]);
  }

  private interface Figure {
    double of(Turn turn);
  }

  private static double median(List<Turn> turns, Figure figure) {
    double[] sorted = turns.stream().mapToDouble(figure::of).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private Turn turn(String path, int connections, int seconds) throws Exception {
    long begun = System.nanoTime();
    long end = begun + (long) (seconds * NANOS);
    List<Callable<long[]>> callers = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      callers.add(() -> call(path, end));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      LongStream all = LongStream.empty();
      for (Future<long[]> caller : threads.invokeAll(callers)) {
        all = LongStream.concat(all, Arrays.stream(caller.get()));
      }
      return Turn.of(all, (System.nanoTime() - begun) / NANOS);
    }
  }

  private long[] call(String path, long end) throws IOException {
    LongStream.Builder times = LongStream.builder();
    try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      byte[] request = request(path);
      for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
        out.write(request);
        out.flush();
        expectYes(in);
        times.add(System.nanoTime() - now);
      }
    }
    return times.build().toArray();
  }

  private byte[] request(String path) {
    String head =
        """
        POST %s HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(path, body.length);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static void expectYes(InputStream in) throws IOException {
    int length = 0;
    String status = line(in);
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    if (!status.contains(" 200 ") || !answer.contains("\"allowed\":true")) {
      throw new IOException("want a yes, got " + status + " " + answer);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed without an answer");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static SSLContext trust(Path authority) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
