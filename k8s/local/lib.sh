# shellcheck shell=bash
# What the scripts of this folder share: where the state lies, how a process of the plane is started,
# watched and stopped. Kept to bash 3.2, which is what macOS has.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# The scripts that source this file use it.
# shellcheck disable=SC2034
root=$(cd "$here/../.." && pwd)
state=${PORTCULLIS_LOCAL_STATE:-$here/.state}
case $state in /*) ;; *) state=$PWD/$state ;; esac

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# The comment at the top of the script that runs is its help.
help() { sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; }

kube() { "$state/bin/kubectl" --kubeconfig "$state/kubeconfig" "$@"; }

# Asks any server on this machine, so that neither curl nor wget is needed: probe URL PATH [TOKEN]
# Without some token kubectl would ask for a user name.
probe() {
  "$state/bin/kubectl" --kubeconfig /dev/null --server "$1" --insecure-skip-tls-verify \
    --token "${3:-none}" get --raw "$2" 2>/dev/null
}

# Sets `port` to a port that nobody listens on, below the ports that outgoing connections take. Not
# for $(...): a subshell would draw the same number twice.
free_port() {
  local tries
  for tries in {1..200}; do
    port=$((20000 + RANDOM % 12000))
    case " ${ports_taken:-} " in *" $port "*) continue ;; esac
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      ports_taken="${ports_taken:-} $port"
      return
    fi
  done
  fail "no free port on 127.0.0.1 in 20000-31999 after $tries tries"
}

command_line() {
  if [ -d /proc/self ]; then
    tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" || true
  else
    ps -ww -o command= -p "$1" 2>/dev/null || true
  fi
}

# Whether a process of this plane runs. Its command line must name the state folder: after a reboot the
# number in the file may be somebody else's.
running() {
  local pid
  pid=$(cat "$state/run/$1.pid" 2>/dev/null) || return 1
  case $(command_line "$pid") in *"$state"*) return 0 ;; *) return 1 ;; esac
}

# launch NAME STDOUT STDERR COMMAND...
# In a process group of its own: Ctrl-C in the terminal does not reach it, and stopping the group
# leaves no child behind.
launch() {
  local name=$1 out=$2 err=$3
  shift 3
  set -m
  "$@" </dev/null >>"$out" 2>>"$err" &
  printf '%s\n' $! >"$state/run/$name.pid"
  disown $!
  set +m
  # Between fork and exec the command line is still ours, which would look like a process that is gone.
  local tries
  for tries in {1..20}; do
    if running "$name"; then return; fi
    sleep 0.05
  done
  say "$name ended within $((tries * 50)) ms" >&2
}

# await NAME LOG SECONDS COMMAND...: until the command succeeds; fails with the end of the log as soon
# as the process is gone or the time is up.
await() {
  local name=$1 log=$2 end=$((SECONDS + $3))
  shift 3
  until "$@" >/dev/null 2>&1; do
    if ! running "$name"; then
      tail -n 20 "$log" >&2
      fail "$name ended instead of getting ready; the lines above are the end of $log"
    elif [ "$SECONDS" -ge "$end" ]; then
      tail -n 20 "$log" >&2
      fail "$name did not get ready in time; the lines above are the end of $log"
    fi
    sleep 0.1
  done
}

# Stops one process and what it started: politely, then by force. The API server would wait up to a
# minute for the watches of its clients.
halt() {
  local name=$1 pid tries=0 patience=100
  [ "$name" != apiserver ] || patience=20
  if running "$name"; then
    pid=$(cat "$state/run/$name.pid")
    kill -TERM -- "-$pid" 2>/dev/null || true
    while running "$name" && [ $tries -lt $patience ]; do
      sleep 0.1
      tries=$((tries + 1))
    done
    kill -KILL -- "-$pid" 2>/dev/null || true
  fi
  rm -f "$state/run/$name.pid"
}
