package io.portcullis.finding;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.util.Optional;

/**
 * A change of one object that somebody asks for.
 *
 * @param uid the review's, to be given back
 * @param object as it is to be; empty for a DELETE and for kinds that we do not read
 * @param oldObject as it is; empty for a CREATE
 */
public record Change(
    String uid,
    Operation operation,
    Target target,
    Optional<KubeObject> object,
    Optional<KubeObject> oldObject,
    User user,
    boolean dryRun) {
  /** The creation of an object by nobody in particular, as files are judged. */
  public static Change creation(KubeObject object) {
    return new Change(
        "",
        Operation.CREATE,
        target(object),
        Optional.of(object),
        Optional.empty(),
        User.NOBODY,
        false);
  }

  /** The change from one version of an object to another, by nobody in particular. */
  public static Change update(KubeObject oldObject, KubeObject object) {
    return new Change(
        "",
        Operation.UPDATE,
        target(object),
        Optional.of(object),
        Optional.of(oldObject),
        User.NOBODY,
        false);
  }

  /** The deletion of an object by nobody in particular. */
  public static Change deletion(KubeObject oldObject) {
    return new Change(
        "",
        Operation.DELETE,
        target(oldObject),
        Optional.empty(),
        Optional.of(oldObject),
        User.NOBODY,
        false);
  }

  private static Target target(KubeObject object) {
    return new Target(
        object.kind().group(),
        object.kind().version(),
        object.kind().text(),
        object.kind() == Kind.NAMESPACE ? object.name() : object.namespace(),
        object.name(),
        "");
  }

  /** The object that a sentence about this change is about: the new one, else the old one. */
  public Optional<KubeObject> subject() {
    return object.or(() -> oldObject);
  }

  /** The object's name for people. */
  public ObjectRef ref() {
    return subject()
        .map(ObjectRef::of)
        .filter(ref -> !ref.name().isEmpty())
        .orElseGet(() -> new ObjectRef(target.kind(), target.namespace(), target.name()));
  }

  /** Whether anything changes that a rule may judge: not status, scale or foreign metadata. */
  public boolean touchesFacts() {
    return object.isEmpty()
        || oldObject.isEmpty()
        || !object.get().facts().equals(oldObject.get().facts());
  }
}
