package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A parser that gives equal short texts as one object where it can: a cluster's labels, namespaces
 * and names of ports are few, and would be held a hundred thousand times over.
 */
final class SharingParser extends JsonParserDelegate {
  /** Longer texts are rarely said twice. */
  private static final int LONGEST = 63;

  /**
   * The text that was last seen at each place. A thread may miss what another has just seen: then a
   * text is held twice, no more.
   */
  private static final String[] SEEN = new String[1 << 14];

  SharingParser(JsonParser parser) {
    super(parser);
  }

  @Override
  public String getText() throws IOException {
    return shared(delegate.getText());
  }

  @Override
  public @Nullable String nextFieldName() throws IOException {
    String name = delegate.nextFieldName();
    return name == null ? null : shared(name);
  }

  private static String shared(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int hash = text.hashCode();
    int place = (hash ^ (hash >>> 16)) & (SEEN.length - 1);
    String seen = SEEN[place];
    if (text.equals(seen)) {
      return seen;
    }
    SEEN[place] = text;
    return text;
  }
}
