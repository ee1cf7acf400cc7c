package io.portcullis.cli.report;

import io.portcullis.cluster.manifests.Manifest;
import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.cluster.manifests.Sources;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.read.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A report with a finding of each mode, a file that can't be read, and text that must be escaped.
 */
final class SomeReport {
  private static final String FILE = "shop & co/web,1.yaml";
  private static final String TEXT =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec:
        selector:
          app: wep
        ports: [{port: 80}]
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: quiet, namespace: shop}
      """;

  private SomeReport() {}

  static Report failingOn(Mode mode) {
    Manifests read =
        Manifests.of(
            new Sources(List.of(new Sources.Text(FILE, TEXT, true)), List.of()), "default");
    Manifest web = read.manifests().get(0);
    Manifest shop = read.manifests().get(1);
    Manifest quiet = read.manifests().get(2);
    return new Report(
        List.of(
            new Report.Checked(
                web, List.of(located(typo(), Mode.DENY, web), located(doubt(), Mode.WARN, web))),
            new Report.Checked(shop, List.of(located(note(), Mode.AUDIT, shop))),
            new Report.Checked(quiet, List.of())),
        List.of(
            new ManifestProblem(
                "b.yaml", Optional.of(new Position(3, 7)), "kind: \"Servcie\" is <nothing>"),
            new ManifestProblem("none", Optional.empty(), "no such file or folder")),
        mode);
  }

  private static Located located(Finding finding, Mode mode, Manifest manifest) {
    return new Located(
        new Judged(finding, mode), manifest.file(), manifest.positionOf(finding.path()));
  }

  private static Finding typo() {
    return Finding.violation(
            "service-selector",
            new ObjectRef("Service", "shop", "web"),
            FieldPath.of("spec", "selector", "app"),
            "no pod has app=wep: did you mean app=\"web\"\u001b[31m <100%>?")
        .fix("set app to \"web\".")
        .patch(
            List.of(
                new PatchOp.Test("/spec/selector/app", "wep"),
                new PatchOp.Replace("/spec/selector/app", "web"),
                new PatchOp.Add("/metadata/labels", Map.of("app", "web")),
                new PatchOp.Remove("/metadata/annotations")))
        .related(List.of(new ObjectRef("Deployment", "shop", "web")));
  }

  private static Finding doubt() {
    return Finding.suspicion(
        "service-port",
        new ObjectRef("Service", "shop", "web"),
        FieldPath.of("spec", "ports").index(0).field("port"),
        "no pod declares port 80.");
  }

  private static Finding note() {
    return Finding.violation(
        "tier-label",
        new ObjectRef("Namespace", "", "shop"),
        FieldPath.of("metadata", "labels"),
        "the namespace is in no tier.");
  }
}
