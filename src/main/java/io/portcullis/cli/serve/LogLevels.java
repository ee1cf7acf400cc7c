package io.portcullis.cli.serve;

import io.portcullis.text.Plain;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.jboss.logging.Logger;
import org.jboss.logmanager.LogContext;

/**
 * Changes what the log tells while the server runs: {@code PUT
 * /q/loggers/portcullis.watch?level=DEBUG} on the management port, {@code GET} to ask, {@code
 * DELETE} to take it back. From this host only, which is where {@code kubectl port-forward} comes
 * from: other pods may scrape the port, and have no say in this. Audit records are not log lines:
 * no level silences them.
 */
@Singleton
final class LogLevels {
  private static final Logger LOG = Logger.getLogger("portcullis.serve");
  private static final String PATH = "/q/loggers/";
  private static final Set<String> LEVELS =
      Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  void open(@Observes ManagementInterface management) {
    management.router().route(PATH + ":name").handler(LogLevels::answer);
  }

  private static void answer(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    String name = Optional.ofNullable(routing.pathParam("name")).orElse("");
    if (!isLocal(request)) {
      send(routing, 403, "log levels are changed from this host only: use kubectl port-forward");
    } else if (request.method().equals(HttpMethod.PUT)) {
      put(routing, name);
    } else if (request.method().equals(HttpMethod.DELETE)) {
      set(name, Optional.empty());
      send(routing, 200, told(name));
    } else if (request.method().equals(HttpMethod.GET)) {
      send(routing, 200, told(name));
    } else {
      send(routing, 405, "want GET, PUT with ?level=, or DELETE");
    }
  }

  private static void put(RoutingContext routing, String name) {
    String level =
        Optional.ofNullable(routing.request().getParam("level"))
            .map(given -> given.toUpperCase(Locale.ROOT))
            .orElse("");
    if (LEVELS.contains(level)) {
      set(name, Optional.of(org.jboss.logmanager.Level.parse(level)));
      send(routing, 200, told(name));
    } else {
      send(routing, 400, "want ?level= with one of OFF, ERROR, WARN, INFO, DEBUG, TRACE");
    }
  }

  private static boolean isLocal(HttpServerRequest request) {
    return Optional.ofNullable(request.connection().remoteAddress())
        .map(address -> address.hostAddress())
        .map(InetAddress::ofLiteral)
        .filter(InetAddress::isLoopbackAddress)
        .isPresent();
  }

  private static void set(String name, Optional<Level> level) {
    org.jboss.logmanager.Logger logger = LogContext.getLogContext().getLogger(name);
    logger.setLevel(level.orElse(null));
    LOG.infof("The log level of %s", Plain.oneLine(told(name)));
  }

  /** {@code portcullis.watch DEBUG}: what holds, set there or above. */
  private static String told(String name) {
    int effective = LogContext.getLogContext().getLogger(name).getEffectiveLevel();
    String level =
        LEVELS.stream()
            .filter(each -> org.jboss.logmanager.Level.parse(each).intValue() == effective)
            .findFirst()
            .orElse(Integer.toString(effective));
    return name + " " + level;
  }

  private static void send(RoutingContext routing, int status, String line) {
    routing
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "text/plain; charset=utf-8")
        .end(line + "\n");
  }
}
