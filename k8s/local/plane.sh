# shellcheck shell=bash
# The five processes of the control plane: how each is started and when it is ready. Sourced after
# lib.sh by up, down and plane.

# Stopped from first to last, started from last to first.
processes="gate scheduler controller-manager apiserver etcd"

# Ports and options that outlive the script that chose them, so that a process which is stopped and
# started again comes back where its clients expect it.
remember() { printf '%s=%q\n' "$1" "$2" >>"$state/run/options"; }
recall() {
  # shellcheck source=/dev/null
  [ ! -f "$state/run/options" ] || . "$state/run/options"
}

choose_ports() {
  local name
  for name in etcd_port etcd_peer_port apiserver_port controller_manager_port scheduler_port gate_port \
    management_port; do
    free_port
    remember $name "$port"
  done
}

# One line for each user of the API server: token,user,uid,groups. The gate is not among them: it has
# a ServiceAccount, as in any cluster.
write_credentials() {
  local user tokens=$state/pki/tokens.csv
  command -v openssl >/dev/null || fail "openssl is needed to make the service-account key: install it"
  openssl genrsa -out "$state/pki/service-accounts.key" 2048 2>/dev/null
  for user in admin,system:masters system:kube-controller-manager, system:kube-scheduler,; do
    printf '%s,%s,%s,"%s"\n' "$(openssl rand -hex 16)" "${user%,*}" "${user%,*}" "${user#*,}"
  done >"$tokens"
}

token_of() { sed -n "s/^\([0-9a-f]*\),$1,.*/\1/p" "$state/pki/tokens.csv"; }

# write_kubeconfig FILE USER TOKEN
write_kubeconfig() {
  cat >"$state/$1.new" <<KUBECONFIG
apiVersion: v1
kind: Config
current-context: portcullis-local
contexts:
  - name: portcullis-local
    context: {cluster: portcullis-local, user: "$2"}
clusters:
  - name: portcullis-local
    cluster:
      server: https://127.0.0.1:$apiserver_port
      certificate-authority-data: $(base64 <"$state/pki/apiserver.crt" | tr -d '\n')
users:
  - name: "$2"
    user: {token: "$3"}
KUBECONFIG
  mv "$state/$1.new" "$state/$1"
}

start_etcd() {
  local client=http://127.0.0.1:$etcd_port peer=http://127.0.0.1:$etcd_peer_port
  launch etcd "$state/etcd.log" "$state/etcd.log" "$state/bin/etcd" --name local \
    --data-dir "$state/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "$client" --advertise-client-urls "$client" \
    --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "local=$peer"
  await etcd "$state/etcd.log" 30 probe "$client" /health
}

start_apiserver() {
  local admission=()
  # Without the controller-manager no namespace gets its "default" ServiceAccount, and pods would be
  # refused for the want of it.
  [ "${controllers:-}" = true ] || admission=(--disable-admission-plugins=ServiceAccount)
  launch apiserver "$state/apiserver.log" "$state/apiserver.log" "$state/bin/kube-apiserver" \
    --etcd-servers "http://127.0.0.1:$etcd_port" \
    --bind-address 127.0.0.1 --advertise-address 127.0.0.1 --secure-port "$apiserver_port" \
    --endpoint-reconciler-type none --service-cluster-ip-range 10.96.0.0/12 \
    --cert-dir "$state/pki" --token-auth-file "$state/pki/tokens.csv" \
    --authorization-mode Node,RBAC --allow-privileged \
    --service-account-issuer https://kubernetes.default.svc \
    --service-account-key-file "$state/pki/service-accounts.key" \
    --service-account-signing-key-file "$state/pki/service-accounts.key" \
    --audit-policy-file "$here/audit-policy.yaml" --audit-log-path "$state/audit.log" \
    --audit-log-mode blocking ${admission[@]+"${admission[@]}"}
  await apiserver "$state/apiserver.log" 60 probe "https://127.0.0.1:$apiserver_port" /readyz "$(token_of admin)"
  write_kubeconfig kubeconfig admin "$(token_of admin)"
}

start_controller_manager() {
  write_kubeconfig controller-manager.kubeconfig system:kube-controller-manager \
    "$(token_of system:kube-controller-manager)"
  # Each controller speaks as its own ServiceAccount, as kubeadm sets it up: who asks matters to the gate.
  launch controller-manager "$state/controller-manager.log" "$state/controller-manager.log" \
    "$state/bin/kube-controller-manager" --kubeconfig "$state/controller-manager.kubeconfig" \
    --bind-address 127.0.0.1 --secure-port "$controller_manager_port" --cert-dir "$state/pki/controller-manager" \
    --use-service-account-credentials --leader-elect=false \
    --service-account-private-key-file "$state/pki/service-accounts.key" \
    --root-ca-file "$state/pki/apiserver.crt" --kube-api-qps 200 --kube-api-burst 400
  await controller-manager "$state/controller-manager.log" 60 \
    probe "https://127.0.0.1:$controller_manager_port" /healthz "$(token_of admin)"
  await controller-manager "$state/controller-manager.log" 60 \
    kube get serviceaccount default --namespace default
}

start_scheduler() {
  write_kubeconfig scheduler.kubeconfig system:kube-scheduler "$(token_of system:kube-scheduler)"
  launch scheduler "$state/scheduler.log" "$state/scheduler.log" \
    "$state/bin/kube-scheduler" --kubeconfig "$state/scheduler.kubeconfig" \
    --bind-address 127.0.0.1 --secure-port "$scheduler_port" --cert-dir "$state/pki/scheduler" \
    --leader-elect=false
  await scheduler "$state/scheduler.log" 60 probe "https://127.0.0.1:$scheduler_port" /healthz "$(token_of admin)"
}

# Starts one process unless it runs: start NAME
start() {
  if running "$1"; then
    say "$1 runs already"
    return
  fi
  local began=$SECONDS
  case $1 in
    etcd) start_etcd ;;
    apiserver) start_apiserver ;;
    controller-manager) start_controller_manager ;;
    scheduler) start_scheduler ;;
    gate) start_gate ;;
    *) fail "no process is called \"$1\"; there are: $processes" ;;
  esac
  say "$1 started in $((SECONDS - began)) s"
}

stop() {
  case " $processes " in *" $1 "*) ;; *) fail "no process is called \"$1\"; there are: $processes" ;; esac
  if running "$1"; then
    halt "$1"
    say "$1 stopped"
  else
    halt "$1"
    say "$1 does not run"
  fi
}

any_running() {
  local name
  for name in $processes; do
    if running "$name"; then return 0; fi
  done
  return 1
}

# Stops everything. The logs stay until the next up; the data and the credentials do not.
stop_all() {
  local name
  for name in $processes; do
    halt "$name"
  done
  rm -rf "$state/etcd" "$state/pki" "$state/certs" "$state/run" "$state"/*kubeconfig
}
