package io.portcullis.kube;

import io.portcullis.net.Labels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The metadata that rules read.
 *
 * @param namespace empty for cluster-scoped objects
 * @param name empty where the API server still has to make one from {@code generateName}; of a
 *     manifest {@code web-*} then
 * @param uid empty in files and in objects that are being created
 * @param resourceVersion empty in files
 * @param annotations only those that some rule reads: {@link Annotations#isKept}
 * @param ending whether {@code deletionTimestamp} is set
 * @param takesDependents whether it is ending, and the garbage collector ends what it owns before
 */
public record Meta(
    String namespace,
    String name,
    String generateName,
    String uid,
    String resourceVersion,
    Labels labels,
    Map<String, String> annotations,
    List<Owner> owners,
    boolean ending,
    boolean takesDependents) {
  public Meta {
    annotations =
        annotations.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(annotations));
    owners = List.copyOf(owners);
  }

  /** One that takes its dependents with it when it ends. */
  public Meta(
      String namespace,
      String name,
      String generateName,
      String uid,
      String resourceVersion,
      Labels labels,
      Map<String, String> annotations,
      List<Owner> owners,
      boolean ending) {
    this(
        namespace,
        name,
        generateName,
        uid,
        resourceVersion,
        labels,
        annotations,
        owners,
        ending,
        ending);
  }

  /** The metadata of an object in a file: a namespace, a name, labels. */
  public static Meta of(String namespace, String name, Labels labels) {
    return new Meta(namespace, name, "", "", "", labels, Map.of(), List.of(), false);
  }

  /** The owner that manages the object. */
  public Optional<Owner> controller() {
    return owners.stream().filter(Owner::controller).findFirst();
  }

  public Optional<String> annotation(String key) {
    return Optional.ofNullable(annotations.get(key));
  }

  /**
   * The name as people read it: {@code web}, or {@code web-*} while there is only a prefix, and of
   * what is being created with one: what was made of it is another name at the next try.
   */
  public String displayName() {
    boolean isMade = name.isEmpty() || (resourceVersion.isEmpty() && name.startsWith(generateName));
    return isMade && !generateName.isEmpty() ? generateName + "*" : name;
  }

  public Meta withLabels(Labels changed) {
    return new Meta(
        namespace,
        name,
        generateName,
        uid,
        resourceVersion,
        changed,
        annotations,
        owners,
        ending,
        takesDependents);
  }

  public Meta withNamespace(String changed) {
    return new Meta(
        changed,
        name,
        generateName,
        uid,
        resourceVersion,
        labels,
        annotations,
        owners,
        ending,
        takesDependents);
  }

  /** What of the metadata a rule may judge: these labels, and the annotations. */
  Meta facts(Labels labelsThatMatter) {
    return new Meta(
        namespace,
        name,
        "",
        "",
        "",
        labelsThatMatter,
        annotations,
        List.of(),
        ending,
        takesDependents);
  }
}
