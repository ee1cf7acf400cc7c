package io.portcullis.cluster.watch;

import io.portcullis.kube.KubeObject;
import java.util.Set;

/** What a reflector tells the writer. */
sealed interface News {
  Source source();

  /**
   * An object as it is now.
   *
   * @param version up to which all has been told with this; empty while a list is under way
   */
  record Put(Source source, KubeObject object, String version) implements News {}

  /** An object is gone. */
  record Gone(Source source, Name name, String version) implements News {}

  /** All up to a version has been told. */
  record UpTo(Source source, String version) implements News {}

  /** Everything has been told that there is at a version: what is not named is gone. */
  record Listed(Source source, Set<Name> names, String version) implements News {}

  /** The API server answers; whether with what was asked for is to be seen. */
  record Answers(Source source) implements News {}

  /** The source can't be kept. */
  record Trouble(Source source, State state) implements News {}

  /** An object of the source. */
  record Name(String namespace, String name) {
    static Name of(KubeObject object) {
      return new Name(object.namespace(), object.name());
    }
  }

  /** How it goes with a source. */
  sealed interface State {
    /** Well, as far as we know. */
    record Going() implements State {}

    /** The API server does not know the kind. */
    record NotServed() implements State {}

    /** We may not read it. */
    record Forbidden(String message) implements State {}

    /** The API server can't be reached. */
    record Unreachable(String message) implements State {}

    /** The API server answers with an error, or with what is no answer. */
    record Failing(String message) implements State {}
  }
}
