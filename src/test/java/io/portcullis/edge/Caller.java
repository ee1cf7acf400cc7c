package io.portcullis.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;

/** Calls the server as the API server does: HTTP/1.1 over TLS, trusting our CA and nobody else. */
final class Caller {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(trust()).build();

  HttpResponse<String> post(String path, byte[] body) {
    return send(request(path, "application/json").POST(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<String> post(String path, String body) {
    return post(path, body.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static HttpRequest.Builder request(String path, String contentType) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path))
        .timeout(PATIENCE)
        .header("content-type", contentType);
  }

  /** The text of a page of the management port. */
  static HttpResponse<String> management(String path) {
    return management(path, "GET");
  }

  static HttpResponse<String> management(String path, String method) {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
    try (HttpClient plain = HttpClient.newHttpClient()) {
      URI page = URI.create("http://localhost:" + port + path);
      return plain.send(
          HttpRequest.newBuilder(page).method(method, BodyPublishers.noBody()).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static int port() {
    return ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", Integer.class);
  }

  /** Trust in the CA that the server's folder names now. */
  static SSLContext trust() {
    Path folder = Path.of(System.getProperty(EdgeProfile.STATE), "certs");
    try (var pem = Files.newInputStream(folder.resolve("ca.crt"))) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      Certificate authority = CertificateFactory.getInstance("X.509").generateCertificate(pem);
      store.setCertificateEntry("ca", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
