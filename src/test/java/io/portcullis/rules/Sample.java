package io.portcullis.rules;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Operation;
import io.portcullis.finding.PatchOp;
import io.portcullis.judge.Confirmation;
import io.portcullis.judge.Deadline;
import io.portcullis.judge.Judge;
import io.portcullis.judge.Judgement;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.NodeJson;
import io.portcullis.kube.read.ObjectReader;
import io.portcullis.kube.read.ReadObject;
import io.portcullis.kube.read.Yaml;
import io.portcullis.reach.Reach;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A manifest to be judged and the cluster around it: the first document is the object, the others
 * are what exists. A ConfigMap {@code portcullis-system/portcullis} among the others is the
 * settings.
 *
 * @param object as it is to be; for a DELETE, as it is
 * @param old the object as it is stored, but for a CREATE; its file's other documents exist too
 * @param occasion whether the object is about to be stored, or is there with all that will be
 */
record Sample(
    JsonNode json,
    Operation operation,
    KubeObject object,
    Optional<KubeObject> old,
    List<KubeObject> others,
    Question.Occasion occasion) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 15);
  private static final Judge JUDGE = new Judge(RuleBook.standard());

  /** The sample of one text: the object is created. */
  static Sample creation(String yaml) {
    List<JsonNode> documents = documents(yaml);
    return new Sample(
        documents.getFirst(),
        Operation.CREATE,
        read(documents.getFirst()),
        Optional.empty(),
        documents.stream().skip(1).map(Sample::read).toList(),
        Question.Occasion.REQUEST);
  }

  /** The sample of two texts: the object is changed. */
  static Sample update(String oldYaml, String newYaml) {
    Sample before = creation(oldYaml);
    Sample after = creation(newYaml);
    return new Sample(
        after.json,
        Operation.UPDATE,
        after.object,
        Optional.of(before.object),
        Stream.concat(before.others.stream(), after.others.stream()).toList(),
        Question.Occasion.REQUEST);
  }

  /** The sample of one text: the object is deleted. */
  static Sample deletion(String yaml) {
    Sample before = creation(yaml);
    return new Sample(
        before.json,
        Operation.DELETE,
        before.object,
        Optional.of(before.object),
        before.others,
        Question.Occasion.REQUEST);
  }

  /** The sample of one text: the object is there with the others, and nothing more will come. */
  static Sample whole(String yaml) {
    Sample request = creation(yaml);
    return new Sample(
        request.json,
        Operation.CREATE,
        request.object,
        Optional.empty(),
        request.others,
        Question.Occasion.WHOLE);
  }

  /**
   * What the gate says to it, with its default settings or those among the others: it is changed on
   * its way in first, and judged as it comes out of that.
   */
  Judgement judge() {
    Change change = change();
    if (occasion == Question.Occasion.WHOLE) {
      return JUDGE.judgeWhole(
          change, Reach.of(cluster()), settings(), Confirmation.THE_PICTURE, TODAY);
    }
    List<PatchOp> added = JUDGE.mutate(change, cluster(), settings(), TODAY).patch();
    return added.isEmpty() ? judge(change) : mended(added).judge();
  }

  private Judgement judge(Change change) {
    return JUDGE.judge(
        change,
        cluster(),
        settings(),
        Confirmation.THE_PICTURE,
        Deadline.in(Duration.ofMinutes(1), System::nanoTime),
        TODAY);
  }

  private Cluster cluster() {
    List<KubeObject> present = new ArrayList<>(others);
    old.ifPresent(present::add);
    if (occasion == Question.Occasion.WHOLE) {
      present.add(object);
    }
    return Cluster.of(present);
  }

  private Change change() {
    return switch (operation) {
      case CREATE, CONNECT -> Change.creation(object);
      case UPDATE -> Change.update(old.orElseThrow(), object);
      case DELETE -> Change.deletion(object);
    };
  }

  /** The findings as an expectation file has them, one a line. */
  List<String> findings() {
    return judge().findings().stream().map(Sample::line).toList();
  }

  static String line(Judged judged) {
    return judged.mode().text() + " " + judged.finding().line();
  }

  /** The same sample with the object mended. */
  Sample mended(List<PatchOp> patch) {
    JsonNode after = JsonPatch.apply(json(patch), json);
    return new Sample(after, operation, read(after), old, others, occasion);
  }

  private Settings settings() {
    return others.stream()
        .filter(other -> other instanceof ConfigMap)
        .map(ConfigMap.class::cast)
        .filter(map -> map.namespace().equals(Settings.NAMESPACE))
        .filter(map -> map.name().equals(Settings.CONFIG_MAP))
        .map(map -> Written.settings(map.data().getOrDefault(Settings.KEY, ""), "sample"))
        .findFirst()
        .orElse(Settings.DEFAULT);
  }

  private static List<JsonNode> documents(String yaml) {
    return Yaml.documents(yaml).stream()
        .map(document ->
            switch (document) {
              case Yaml.Document.Sound sound -> NodeJson.of(sound.root());
              case Yaml.Document.Broken broken ->
                  throw new AssertionError("the sample is broken: " + broken.problems());
            })
        .toList();
  }

  private static KubeObject read(JsonNode document) {
    try (JsonParser tokens = document.traverse(JSON)) {
      tokens.nextToken();
      ReadObject read = ObjectReader.read(tokens);
      if (!read.problems().isEmpty()) {
        throw new AssertionError("the sample is wrong: " + read.problems());
      }
      return read.object()
          .orElseThrow(() -> new AssertionError("the sample has an unknown kind: " + read.kind()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrayNode json(List<PatchOp> patch) {
    ArrayNode array = JSON.createArrayNode();
    for (PatchOp op : patch) {
      switch (op) {
        case PatchOp.Add add ->
            array
                .addObject()
                .put("op", "add")
                .put("path", add.path())
                .putPOJO("value", add.value());
        case PatchOp.Replace replace ->
            array
                .addObject()
                .put("op", "replace")
                .put("path", replace.path())
                .putPOJO("value", replace.value());
        case PatchOp.Remove remove ->
            array.addObject().put("op", "remove").put("path", remove.path());
        case PatchOp.Test test ->
            array
                .addObject()
                .put("op", "test")
                .put("path", test.path())
                .putPOJO("value", test.value());
      }
    }
    return JSON.convertValue(JSON.<JsonNode>valueToTree(array), ArrayNode.class);
  }
}
