package io.portcullis.cluster.watch;

import io.portcullis.cluster.watch.News.State;
import org.jboss.logging.Logger;

/**
 * Says in the log what changes, once: an API server that is away is one line, not one for each
 * source and try. Used by one thread.
 */
final class Journal {
  private static final Logger LOG = Logger.getLogger("portcullis.watch");

  private final String url;
  private final Bell bell;
  private boolean away;

  /** Rings the bell when the server answers again. */
  Journal(String url, Bell bell) {
    this.url = url;
    this.bell = bell;
  }

  /** A source that was in one state is in another now, or in the same again. */
  void turned(Source source, State before, State state) {
    switch (state) {
      case State.Going _ -> goes(source, before);
      case State.Unreachable unreachable -> {
        if (!away) {
          LOG.warnf("Can't reach the API server at %s: %s. Retrying", url, unreachable.message());
        }
        away = true;
      }
      case State.Forbidden forbidden -> {
        if (!(before instanceof State.Forbidden)) {
          LOG.warnf("May not watch %s: %s. Retrying", source, forbidden.message());
        }
      }
      case State.NotServed _ -> {
        if (!(before instanceof State.NotServed)) {
          LOG.infof("The cluster does not serve %s; they are picked up when it does", source);
        }
      }
      case State.Failing failing -> {
        if (!(before instanceof State.Failing)) {
          LOG.warnf("The watch of %s fails: %s. Retrying", source, failing.message());
        }
      }
    }
  }

  private void goes(Source source, State before) {
    switch (before) {
      case State.Forbidden _, State.NotServed _, State.Failing _ ->
          LOG.infof("The watch of %s goes on", source);
      case State.Unreachable _ -> {
        if (away) {
          LOG.infof("The API server at %s answers again", url);
          away = false;
          bell.ring();
        }
      }
      case State.Going _ -> {}
    }
  }
}
