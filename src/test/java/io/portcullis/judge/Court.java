package io.portcullis.judge;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.finding.User;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Service;
import io.portcullis.net.Labels;
import io.portcullis.rules.Question;
import io.portcullis.rules.Rule;
import io.portcullis.rules.RuleBook;
import io.portcullis.rules.RuleInfo;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Written;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A judge with rules that say what a test wants to hear, and what it is asked with. */
record Court(
    List<Rule> rules,
    List<KubeObject> present,
    Settings settings,
    Confirmation live,
    Duration time,
    LocalDate today) {
  static final LocalDate TODAY = LocalDate.of(2026, 1, 15);

  /** A rule of this name that says something about every object of every kind. */
  record Says(String id, RuleInfo.View view, Function<Question, List<Finding>> words)
      implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo(
          id,
          "Says what it is told to",
          EnumSet.allOf(Kind.class),
          Set.of(Operation.values()),
          view);
    }

    @Override
    public List<Finding> judge(Question question) {
      return words.apply(question);
    }
  }

  static Court of(Rule... rules) {
    return new Court(
        List.of(rules),
        List.of(),
        Settings.DEFAULT,
        Confirmation.THE_PICTURE,
        Duration.ofMinutes(1),
        TODAY);
  }

  Court among(KubeObject... objects) {
    return new Court(rules, List.of(objects), settings, live, time, today);
  }

  Court with(String yaml) {
    return new Court(rules, present, Written.settings(yaml, "test"), live, time, today);
  }

  Court confirmedBy(Confirmation confirmation) {
    return new Court(rules, present, settings, confirmation, time, today);
  }

  Court outOfTime() {
    return new Court(rules, present, settings, live, Duration.ZERO, today);
  }

  Court on(LocalDate day) {
    return new Court(rules, present, settings, live, time, day);
  }

  Judgement judge(Change change) {
    return new Judge(new RuleBook(rules))
        .judge(
            change,
            Cluster.of(present),
            settings,
            live,
            Deadline.in(time, System::nanoTime),
            today);
  }

  Mutation mutate(Change change) {
    return new Judge(new RuleBook(rules)).mutate(change, Cluster.of(present), settings, today);
  }

  /** A rule that finds a mistake in whatever it sees. */
  static Rule refusing(String id) {
    return new Says(
        id, RuleInfo.View.THE_OBJECT, question -> List.of(violation(id, question, "wrong")));
  }

  /** A rule that suspects whatever it sees. */
  static Rule suspecting(String id) {
    return new Says(
        id,
        RuleInfo.View.THE_OBJECT,
        question ->
            List.of(Finding.suspicion(id, question.ref(), FieldPath.of("spec"), "perhaps wrong")));
  }

  /** A rule that refuses Services by each of their external addresses, wherever it stands. */
  static Rule refusingAddresses(String id) {
    return new Says(
        id,
        RuleInfo.View.THE_OBJECT,
        question ->
            question.change().object().stream()
                .map(Service.class::cast)
                .flatMap(service -> service.addresses().externalIps().stream())
                .map(address -> violation(id, question, address))
                .toList());
  }

  /** A rule that refuses and rests on something that must be there. */
  static Rule resting(String id) {
    return new Says(
        id,
        RuleInfo.View.OTHER_OBJECTS,
        question ->
            List.of(
                violation(id, question, "wrong")
                    .restsOn(List.of(new Evidence.Absent(Kind.DEPLOYMENT, "shop", "checkout")))));
  }

  static Rule throwing(String id, Supplier error) {
    return new Says(
        id,
        RuleInfo.View.THE_OBJECT,
        question -> {
          throw error.get();
        });
  }

  /** Makes what a rule breaks with. */
  interface Supplier {
    RuntimeException get();
  }

  static Finding violation(String id, Question question, String what) {
    return Finding.violation(id, question.ref(), FieldPath.of("spec"), what);
  }

  static Service service(String namespace, String name, String... addresses) {
    return service(Meta.of(namespace, name, Labels.EMPTY), addresses);
  }

  static Service service(Meta meta, String... addresses) {
    return new Service(
        meta,
        Service.Type.CLUSTER_IP,
        Optional.empty(),
        "",
        List.of(),
        Service.Addresses.DEFAULT.withExternalIps(Arrays.asList(addresses)));
  }

  /** The same change by somebody in particular. */
  static Change by(Change change, String user, String... groups) {
    return new Change(
        change.uid(),
        change.operation(),
        change.target(),
        change.object(),
        change.oldObject(),
        new User(user, List.of(groups)),
        change.dryRun());
  }
}
