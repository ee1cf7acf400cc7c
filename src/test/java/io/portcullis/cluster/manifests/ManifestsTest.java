package io.portcullis.cluster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  private static final String WEB = service("web", "shop");

  @TempDir private Path folder;

  @Test
  void anObjectKnowsTheFileTheLineAndTheColumnOfItsFields() throws IOException {
    write("web.yaml", WEB);
    Manifests read = read("web.yaml");
    Manifest web = read.manifests().getFirst();
    assertThat(web.place()).isEqualTo(at("web.yaml") + ":1:1");
    assertThat(web.positionOf(FieldPath.of("spec", "selector", "app"))).hasToString("7:5");
    assertThat(web.positionOf(FieldPath.of("spec", "ports", "nowhere"))).hasToString("8:3");
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void foldersAreReadWithAllThatIsBelowThemInTheOrderOfNames() throws IOException {
    write("b.yml", service("b", "shop"));
    write("a/z.yaml", service("z", "shop"));
    write(
        "a/c.json",
        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"c\"}}");
    write("notes.txt", "kind: Service");
    assertThat(names(read("."))).containsExactly("c", "z", "b");
  }

  @Test
  void aFileThatIsReachedTwiceIsReadOnce() throws IOException {
    write("web.yaml", WEB);
    Manifests read = read(".", "web.yaml");
    assertThat(names(read)).containsExactly("web");
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void aDashIsTheStandardInput() {
    Manifests read = Manifests.read(List.of("-"), "default", input(WEB));
    assertThat(names(read)).containsExactly("web");
    assertThat(read.manifests().getFirst().place()).isEqualTo("-:1:1");
  }

  @Test
  void listsAreUnpackedAndKeepTheirPlaces() throws IOException {
    write(
        "list.yaml",
        """
        apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
          - apiVersion: v1
            kind: ServiceList
            items:
              - metadata: {name: web, namespace: shop}
                spec: {ports: [{port: 80}]}
        """);
    Manifests read = read("list.yaml");
    assertThat(problems(read)).isEmpty();
    assertThat(names(read)).containsExactly("shop", "web");
    assertThat(read.manifests().getLast().place()).isEqualTo(at("list.yaml") + ":10:9");
  }

  @Test
  void anObjectWithoutNamespaceIsInTheDefaultOne() throws IOException {
    write("web.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n");
    assertThat(read("web.yaml").objects())
        .extracting(KubeObject::namespace)
        .containsExactly("default");
    Manifests elsewhere =
        Manifests.read(List.of(at("web.yaml")), "shop", InputStream.nullInputStream());
    assertThat(elsewhere.objects()).extracting(KubeObject::namespace).containsExactly("shop");
  }

  @Test
  void kindsThatDoNotConcernTheNetworkAreSkippedSilently() throws IOException {
    write(
        "other.yaml",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: web}
        ---
        apiVersion: serving.knative.dev/v1
        kind: Service
        metadata: {name: web}
        """);
    assertThat(read("other.yaml"))
        .isEqualTo(new Manifests(List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void twoDocumentsForOneObjectAreAnErrorThatNamesBothPlaces() throws IOException {
    write("a.yaml", WEB);
    write("b.yaml", "# the same again\n" + WEB);
    Manifests read = read(".");
    assertThat(names(read)).containsExactly("web");
    assertThat(problems(read))
        .containsExactly("b.yaml:2:1: Service shop/web is already defined at a.yaml:1:1");
  }

  @Test
  void aBrokenDocumentDoesNotKeepTheOthersFromBeingRead() throws IOException {
    write("mixed.yaml", "kind: [Service\n---\n" + WEB + "---\nspec: {}\n");
    Manifests read = read("mixed.yaml");
    assertThat(names(read)).containsExactly("web");
    assertThat(problems(read)).hasSize(2);
    assertThat(problems(read).getFirst()).startsWith("mixed.yaml:");
    assertThat(problems(read).getLast())
        .isEqualTo(
            "mixed.yaml:13:1: kind: the document has no kind: it is no manifest (of a chart or a"
                + " kustomization, give what \"helm template\" or \"kubectl kustomize\" prints)");
  }

  @Test
  void whatTheApiServerRefusesIsReadAllTheSameButNotAccepted() throws IOException {
    write("web.yaml", WEB.replace("port: 80", "port: 80800"));
    Manifests read = read("web.yaml");
    assertThat(read.manifests()).extracting(Manifest::accepted).containsExactly(false);
    assertThat(problems(read))
        .containsExactly(
            "web.yaml:9:7: spec.ports[0].port: Invalid value: 80800: must be between 1 and 65535,"
                + " inclusive");
  }

  @Test
  void emptyFoldersEmptyFilesAndMissingPathsAreErrors() throws IOException {
    write("empty/notes.txt", "nothing");
    write("comment.yaml", "# nothing yet\n");
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
    Manifests read = read("empty", "comment.yaml", "missing.yaml", "latin.yaml");
    assertThat(problems(read))
        .containsExactlyInAnyOrder(
            "empty: holds no manifest: no .yaml, .yml or .json file is in it",
            "comment.yaml: holds no manifest",
            "missing.yaml: no such file or folder",
            "latin.yaml:1:4: is not encoded in UTF-8 here");
  }

  @Test
  void aFolderOfEmptyFilesIsAnError() throws IOException {
    write("comments/a.yaml", "# nothing yet\n---\n");
    assertThat(problems(read("comments")))
        .containsExactly("comments: holds no manifest: its files are empty");
  }

  @Test
  void linksAreFollowedAndCirclesEnd() throws IOException {
    write("release/web.yaml", WEB);
    Files.createDirectories(folder.resolve("all"));
    Files.createSymbolicLink(folder.resolve("all/now"), folder.resolve("release"));
    Files.createSymbolicLink(folder.resolve("release/circle"), folder.resolve("release"));
    Files.createSymbolicLink(folder.resolve("current"), folder.resolve("release"));

    assertThat(names(read("all"))).containsExactly("web");
    assertThat(names(read("current"))).containsExactly("web");
    assertThat(problems(read("all", "current", "release"))).isEmpty();
  }

  @Test
  void aMountedConfigMapIsReadOnce() throws IOException {
    write("mount/..2026/web.yaml", WEB);
    Files.createSymbolicLink(folder.resolve("mount/..data"), Path.of("..2026"));
    Files.createSymbolicLink(folder.resolve("mount/web.yaml"), Path.of("..data/web.yaml"));

    assertThat(problems(read("mount"))).isEmpty();
    assertThat(names(read("mount"))).containsExactly("web");
  }

  @Test
  void aLinkThatLeadsNowhereIsAnError() throws IOException {
    write("release/web.yaml", WEB);
    Files.createSymbolicLink(folder.resolve("release/gone.yaml"), Path.of("nowhere.yaml"));

    assertThat(problems(read("release")))
        .containsExactly("release/gone.yaml: no such file or folder");
  }

  @Test
  void thePictureHasTheNamespacesAndTheDnsThatEveryClusterHas() throws IOException {
    write("web.yaml", WEB);
    Cluster cluster = Surroundings.around(read("web.yaml").objects());
    assertThat(cluster.namespaceObjects())
        .extracting(Namespace::name)
        .containsExactlyInAnyOrder(
            "default", "kube-node-lease", "kube-public", "kube-system", "shop");
    assertThat(cluster.find(Kind.SERVICE, "kube-system", "kube-dns")).isPresent();
  }

  @Test
  void whatTheFilesShowIsNotReplaced() throws IOException {
    write("dns.yaml", service("kube-dns", "kube-system"));
    write(
        "ns.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system, labels: {a: b}}\n");
    Manifests read = read(".");
    Cluster cluster = Surroundings.around(read.objects());
    assertThat(cluster.find(Kind.SERVICE, "kube-system", "kube-dns"))
        .contains(read.objects().getFirst());
    assertThat(cluster.namespaceLabels("kube-system").has("a", "b")).isTrue();
  }

  @Test
  void aDnsOfAnotherNameKeepsItsPods() throws IOException {
    write(
        "dns.yaml",
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: coredns, namespace: kube-system}
        spec:
          selector: {matchLabels: {app: coredns}}
          template: {metadata: {labels: {app: coredns}}, spec: {containers: [{name: dns}]}}
        ---
        """
            + service("coredns", "kube-system"));
    Manifests read = read("dns.yaml");
    assertThat(Surroundings.around(read.objects()).find(Kind.DEPLOYMENT, "kube-system", "coredns"))
        .contains(read.objects().getFirst());
  }

  @Test
  void whatHasAPrefixForANameKeepsAPlaceOfItsOwn() throws IOException {
    write("a.yaml", job("open-") + "---\n" + job("shut-") + "---\n" + job("open-"));
    Manifests read = read("a.yaml");
    assertThat(problems(read)).isEmpty();
    assertThat(names(read)).containsExactly("open-*", "shut-*", "open-*2");
    Cluster cluster = Surroundings.around(read.objects());
    assertThat(cluster.in("shop").all(Kind.JOB)).hasSize(3);
  }

  @Test
  void aNameGoesBeforeAPrefix() throws IOException {
    String named = job("open-").replace("metadata: {", "metadata: {name: open-x7, ");
    write("a.yaml", named + "---\n" + named);
    assertThat(names(read("a.yaml"))).containsExactly("open-x7");
    assertThat(problems(read("a.yaml"))).hasSize(1);
  }

  private static String job(String prefix) {
    return """
    apiVersion: batch/v1
    kind: Job
    metadata: {generateName: %s, namespace: shop}
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: c, image: c}]}
    """
        .formatted(prefix);
  }

  private static String service(String name, String namespace) {
    return """
    apiVersion: v1
    kind: Service
    metadata:
      {name: %s, namespace: %s}
    spec:
      selector:
        app: web
      ports:
        - port: 80
    """
        .formatted(name, namespace);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String at(String file) {
    return folder.resolve(file).normalize().toString();
  }

  private Manifests read(String... files) {
    return Manifests.read(
        List.of(files).stream().map(this::at).toList(), "default", InputStream.nullInputStream());
  }

  private static InputStream input(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> names(Manifests read) {
    return read.objects().stream().map(KubeObject::name).toList();
  }

  /** The problems, with files as they are named in the folder. */
  private List<String> problems(Manifests read) {
    return read.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }
}
