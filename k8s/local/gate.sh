# shellcheck shell=bash
# The gate on this machine: built when needed, started against the local API server, registered there
# from the same file as in a cluster. Sourced after plane.sh.

jar=$root/target/quarkus-app/quarkus-run.jar
base=$root/k8s/base

# Sets `program` to what runs the gate, and builds it first where sources are newer.
find_gate() {
  local java_home
  if [ "${native:-}" = true ]; then
    program=("$root"/target/*-runner)
    [ -x "${program[0]}" ] || fail "no native executable in target/: ./mvnw package -Dnative -DskipTests makes it"
    return
  fi
  java_home=$("$root/mvnw" --java-home) || exit 1
  if [ ! -f "$jar" ] || [ -n "$(find "$root/src/main" "$root/pom.xml" -newer "$jar" -print | head -n 1)" ]; then
    say "building the gate: ./mvnw -q package -DskipTests"
    (cd "$root" && ./mvnw -q package -DskipTests)
    touch "$jar"
  fi
  program=("$java_home/bin/java" -jar "$jar")
}

start_gate() {
  find_gate
  # On loopback only. The audit records go to stdout, everything else to stderr.
  launch gate "$state/audit-portcullis.log" "$state/portcullis.log" \
    env QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_MANAGEMENT_HOST=127.0.0.1 "${program[@]}" serve \
    --kubeconfig "$state/gate.kubeconfig" --cert-dir "$state/certs" \
    --port "$gate_port" --management-port "$management_port"
  await gate "$state/portcullis.log" 180 probe "http://127.0.0.1:$management_port" /q/health/ready
}

# The gate speaks to the API server as the ServiceAccount that it has in a cluster, with its rights.
grant_gate() {
  local account=system:serviceaccount:portcullis-system:portcullis
  kube apply -f "$base/namespace.yaml" -f "$base/rbac.yaml" >/dev/null
  write_kubeconfig gate.kubeconfig "$account" \
    "$(kube create token portcullis --namespace portcullis-system --duration 8760h)"
}

# A file that does not parse is better refused here, with its own line numbers, than in the ConfigMap.
apply_settings() {
  find_gate
  "${program[@]}" settings "$1" || fail "$1 is not valid; see above"
  kube create configmap portcullis --namespace portcullis-system --from-file "portcullis.yaml=$1" \
    --dry-run=client -o yaml | kube apply -f - >/dev/null
}

# From Service to URL: the API server of this machine can't reach a Service's address.
registration() {
  sed "s#clientConfig: {service: {.*path: \(/[a-z/]*\)}}#clientConfig: {url: 'https://127.0.0.1:$gate_port\1', caBundle: $(
    base64 <"$state/certs/ca.crt" | tr -d '\n'
  )}#" "$base/webhooks.yaml"
}

# Whether the API server asks for both: it learns of a registration a moment after it was stored.
asked_by_api_server() {
  local asked
  kube create --dry-run=server -f - >/dev/null 2>&1 <<'POD' || true
{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "portcullis-probe", "namespace": "default"},
 "spec": {"containers": [{"name": "probe", "image": "probe"}]}}
POD
  asked=$(probe "http://127.0.0.1:$management_port" /q/metrics | grep '^portcullis_reviews_total{')
  case $asked in *'webhook="mutate'*) ;; *) return 1 ;; esac
  case $asked in *'webhook="validate'*) ;; *) return 1 ;; esac
}

register_gate() {
  registration | kube apply -f - >/dev/null
  await gate "$state/portcullis.log" 20 asked_by_api_server
}
