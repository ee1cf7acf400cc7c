package io.portcullis.cluster.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * HTTP/1.1 over a bare socket, one request a connection: what answers can do the unspeakable, which
 * no decent server would let it.
 */
final class RawServer implements AutoCloseable {
  /** Answers a request; the connection is closed afterwards. */
  interface Handler {
    void handle(Request request, Reply reply) throws IOException, InterruptedException;
  }

  /** What was asked for. */
  record Request(String path, Map<String, String> query, String accept) {
    String parameter(String name) {
      return query.getOrDefault(name, "");
    }
  }

  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile ServerSocket listening;

  RawServer(Handler handler) {
    this.handler = handler;
    this.listening = listen(0);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Cuts all connections and listens no more. */
  void stop() {
    close(listening);
    cut();
  }

  /** Listens again on the same port. */
  void restart() {
    listening = listen(port());
  }

  /** Cuts all connections, without a farewell. */
  void cut() {
    open.forEach(RawServer::reset);
  }

  private ServerSocket listen(int port) {
    // Whoever waits in accept() may hold on to the port for a moment longer.
    Optional<ServerSocket> socket = Optional.empty();
    for (int tries = 0; socket.isEmpty() && tries < 500; tries++) {
      socket = tryListen(port);
    }
    ServerSocket found = socket.orElseThrow();
    Thread.ofVirtual().start(() -> accept(found));
    return found;
  }

  private static Optional<ServerSocket> tryListen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return Optional.of(socket);
    } catch (IOException e) {
      LockSupport.parkNanos(1_000_000);
      return Optional.empty();
    }
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed: nobody is accepted any more.
      cut();
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      String line = reader.readLine();
      if (line != null) {
        handler.handle(request(line, reader), new Reply(connection));
      }
    } catch (IOException e) {
      // The other side is gone, or was cut off.
      reset(connection);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(connection);
    }
  }

  private static Request request(String line, BufferedReader reader) throws IOException {
    String accept = "";
    for (String header = reader.readLine();
        header != null && !header.isEmpty();
        header = reader.readLine()) {
      if (header.regionMatches(true, 0, "accept: ", 0, 8)) {
        accept = header.substring(8);
      }
    }
    URI uri = URI.create(line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' ')));
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        int equals = pair.indexOf('=');
        String value = pair.substring(equals + 1);
        query.put(pair.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return new Request(uri.getPath(), query, accept);
  }

  /** An answer. */
  static final class Reply {
    private final Socket connection;
    private final OutputStream out;

    Reply(Socket connection) throws IOException {
      this.connection = connection;
      this.out = connection.getOutputStream();
    }

    /** The head of an answer whose body follows in chunks. */
    void head(int code, String... headers) throws IOException {
      StringBuilder head = new StringBuilder("HTTP/1.1 " + code + " X\r\n");
      head.append("Content-Type: application/json\r\nConnection: close\r\n");
      for (String header : headers) {
        head.append(header).append("\r\n");
      }
      write(head.append("Transfer-Encoding: chunked\r\n\r\n").toString());
    }

    /** A piece of the body, sent at once. */
    void chunk(String text) throws IOException {
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      write(Integer.toHexString(length) + "\r\n" + text + "\r\n");
    }

    /** The right end of the body. */
    void end() throws IOException {
      write("0\r\n\r\n");
    }

    /** A whole answer. */
    void whole(int code, String body, String... headers) throws IOException {
      head(code, headers);
      chunk(body);
      end();
    }

    /** A whole answer, some bytes at a time. */
    void crumbs(int code, String body) throws IOException {
      head(code);
      for (int at = 0; at < body.length(); at += 7) {
        chunk(body.substring(at, Math.min(body.length(), at + 7)));
      }
      end();
    }

    void reset() {
      RawServer.reset(connection);
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private static void reset(Socket connection) {
    try {
      connection.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
    close(connection);
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
