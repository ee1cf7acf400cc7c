package io.portcullis.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long a gate takes from the start of its process until it says that it is ready, and the memory
 * that is resident five seconds later: {@code MANAGEMENT-PORT TIMES COMMAND...}. Prints each start
 * and the median.
 */
public final class Started {
  private static final double NANOS_IN_A_MILLI = 1e6;
  private static final byte[] QUESTION =
      "GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private Started() {}

  public static void main(String... args) throws Exception {
    int port = Integer.parseInt(args[0]);
    double[] millis = new double[Integer.parseInt(args[1])];
    for (int i = 0; i < millis.length; i++) {
      long begun = System.nanoTime();
      Process gate =
          new ProcessBuilder(List.of(args).subList(2, args.length))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        while (!ready(port)) {
          if (!gate.isAlive()) {
            throw new IOException("the gate ended with " + gate.exitValue());
          }
          Thread.sleep(1);
        }
        millis[i] = (System.nanoTime() - begun) / NANOS_IN_A_MILLI;
        Thread.sleep(5000);
        System.out.printf(
            Locale.ROOT, "ready after %.0f ms, then %s%n", millis[i], memory(gate.pid()));
      } finally {
        gate.destroyForcibly().waitFor();
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT, "median of %d starts: %.0f ms%n", millis.length, millis[millis.length / 2]);
  }

  private static boolean ready(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(QUESTION);
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(12), StandardCharsets.US_ASCII).endsWith("200");
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  private static String memory(long pid) throws IOException {
    StringBuilder memory = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS") || line.startsWith("VmHWM")) {
        long kilobytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
        memory.append(line, 0, 5).append(' ').append(kilobytes / 1024).append(" MB  ");
      }
    }
    return memory.toString().strip();
  }
}
