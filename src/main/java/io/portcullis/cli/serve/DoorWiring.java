package io.portcullis.cli.serve;

import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.admission.Books;
import io.portcullis.admission.Desk;
import io.portcullis.admission.Door;
import io.portcullis.admission.Gate;
import io.portcullis.admission.Room;
import io.portcullis.audit.AuditLog;
import io.portcullis.audit.ReviewMeters;
import io.portcullis.audit.RotatedFile;
import io.portcullis.cluster.Picture;
import io.portcullis.judge.Confirmation;
import io.portcullis.judge.Judge;
import io.portcullis.rules.RuleBook;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** The way of a request: door, desk, gate, books. */
@Singleton
final class DoorWiring {
  /** Bodies may take this part of the memory, the picture the rest. */
  private static final int ROOM_SHARE = 8;

  private static final Logger AUDIT = Logger.getLogger("portcullis.audit");

  /** The process's own stdout, whatever a logger makes of {@link System#out}. */
  @Produces
  @Singleton
  @DefaultBean
  AuditOut auditOut() {
    return new AuditOut(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
  }

  @Produces
  @Singleton
  RuleBook book() {
    return RuleBook.standard();
  }

  @Produces
  @Singleton
  AuditLog auditLog(AuditOut out, ServeConfig config) throws IOException {
    List<OutputStream> outs = new ArrayList<>(List.of(out.stream()));
    if (config.auditFile().isPresent()) {
      int most = ByteSize.parse(config.auditFileSize()).bytes();
      outs.add(new RotatedFile(config.auditFile().get(), most, config.auditFileCount()));
    }
    return new AuditLog(outs, AUDIT::error);
  }

  void close(@Disposes AuditLog log) {
    log.close();
  }

  @Produces
  @Singleton
  Gate gate(RuleBook book, Picture picture, SettingsInForce settings, Confirmation live) {
    return new Gate(new Judge(book), picture, settings::now, live, Clock.systemUTC());
  }

  @Produces
  @Singleton
  Desk desk(Gate gate, AuditLog log, MeterRegistry registry) {
    return new Desk(gate, new Books(log, new ReviewMeters(registry), Clock.systemUTC()));
  }

  void close(@Disposes Desk desk) {
    desk.close();
  }

  @Produces
  @Singleton
  Door door(Vertx vertx, Desk desk, ServeConfig config) {
    int maxBody = ByteSize.parse(config.maxBody()).bytes();
    long room = Math.max(2L * maxBody, Runtime.getRuntime().maxMemory() / ROOM_SHARE);
    return new Door(vertx, desk, maxBody, new Room(room));
  }

  void open(@Observes Router router, Door door) {
    door.hang(router);
  }

  /** Readiness is off from here on; the API server's way to this replica closes bit by bit. */
  void leave(@Observes ShutdownDelayInitiatedEvent stopping, Door door) {
    door.leave();
  }
}
