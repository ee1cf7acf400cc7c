package io.portcullis.cli;

import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.cluster.watch.LiveReadException;
import io.portcullis.reach.Scene;
import io.portcullis.settings.Settings;
import io.portcullis.text.Plain;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What the commands about connections read, and what they say of it on stderr. */
final class Reading {
  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Mixin private SettingsOption settings = new SettingsOption();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Do not print notes.")
  private boolean quiet = false;

  private final List<String> problems = new ArrayList<>();
  private final Set<String> noted = new HashSet<>();

  /** Scenes, and the settings that hold in the last of them. */
  record Seen(List<Scene> scenes, Settings settings) {
    Scene last() {
      return scenes.getLast();
    }
  }

  /** What is done with what was read; the exit code. */
  interface Task {
    int run(Seen seen);
  }

  /** Whether a cluster is named, so that there is something to see without any manifest. */
  boolean hasCluster() {
    return cluster.isNamed();
  }

  /** Runs a task about manifests, applied to the cluster if one is named. */
  int about(List<String> paths, Task task) {
    if (paths.isEmpty() && !hasCluster()) {
      throw new ParameterException(
          spec.commandLine(), "nothing to read: name a PATH, or a cluster with --context");
    }
    return guarded(() -> {
      Manifests manifests = manifests(paths);
      return task.run(seen(manifests, cluster.read(manifests), false));
    });
  }

  /** Runs a task about the cluster as it is, and as it is with manifests applied. */
  int aboutChange(List<String> paths, Task task) {
    return guarded(() -> {
      Manifests manifests = manifests(paths);
      return task.run(seen(manifests, cluster.read(manifests), true));
    });
  }

  /** Runs a task about two sets of manifests. */
  int aboutBoth(String before, String now, Task task) {
    return guarded(() -> {
      List<Scene> scenes = new ArrayList<>();
      Settings by = Settings.DEFAULT;
      for (String path : List.of(before, now)) {
        Manifests manifests = manifests(List.of(path));
        if (manifests.manifests().isEmpty() && !manifests.problems().isEmpty()) {
          // All of the other side would seem gained or lost.
          return Main.COULD_NOT;
        }
        Background nothing = cluster.read(manifests);
        by = settings.amid(manifests, nothing);
        scenes.add(new Scenery(by).applying(manifests).scene());
      }
      return task.run(new Seen(scenes, by));
    });
  }

  /** What is read from a cluster may fail. */
  private interface Work {
    int run() throws LiveReadException;
  }

  private int guarded(Work work) {
    List<String> bad = settings.problems();
    if (!bad.isEmpty()) {
      bad.forEach(this::complain);
      return Main.COULD_NOT;
    }
    try {
      int code = work.run();
      problems.forEach(this::complain);
      return problems.isEmpty() ? code : Main.COULD_NOT;
    } catch (LiveReadException e) {
      complain(String.valueOf(e.getMessage()));
      return Main.COULD_NOT;
    }
  }

  private Manifests manifests(List<String> paths) {
    Manifests manifests = Manifests.read(paths, cluster.namespace(), System.in);
    keep(manifests.problems());
    notes(manifests.notes().stream());
    return manifests;
  }

  private Seen seen(Manifests manifests, Background background, boolean both) {
    keep(background.problems());
    Settings by = settings.amid(manifests, background);
    List<Scene> scenes = new ArrayList<>();
    if (both) {
      scenes.add(new Scenery(by).with(background.objects()).scene());
    }
    scenes.add(new Scenery(by).with(background.objects()).applying(manifests).scene());
    notes(Stream.concat(background.notes().stream(), Notes.of(scenes.getLast()).stream()));
    return new Seen(scenes, by);
  }

  private void keep(List<ManifestProblem> some) {
    some.forEach(problem -> problems.add(problem.toString()));
  }

  private void notes(Stream<String> notes) {
    if (!quiet) {
      notes.filter(noted::add).forEach(this::complain);
    }
  }

  /** A line on stderr. */
  void complain(String line) {
    spec.commandLine().getErr().println(Plain.oneLine(line));
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Where objects are that name no namespace. */
  String namespace() {
    return cluster.namespace();
  }
}
