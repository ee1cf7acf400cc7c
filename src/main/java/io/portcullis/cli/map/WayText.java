package io.portcullis.cli.map;

import io.portcullis.reach.WayIn;
import io.portcullis.text.Plain;
import io.portcullis.text.Words;

/** The ways in from outside, for people. */
final class WayText {
  private WayText() {}

  /** {@code world -> shop/Deployment/web TCP/8080 by LoadBalancer of shop/Service/web}. */
  static String line(WayIn way) {
    return Plain.oneLine(way.from() + " -> " + way.to()) + "  " + way.ports() + "  " + by(way);
  }

  /** {@code by LoadBalancer and NodePort of shop/Service/web}. */
  static String by(WayIn way) {
    return "by %s of %s".formatted(Words.and(way.through()), Plain.oneLine(way.service()));
  }
}
