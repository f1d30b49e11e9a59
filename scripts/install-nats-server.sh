#!/usr/bin/env bash
# Installs Debian's nats-server, which the tests of @stasis-rx/nats, the chaos run and examples/cluster need. Does nothing
# when there is one. Nothing is started: whoever needs a server starts one of its own, on loopback.
set -euo pipefail

if ! command -v nats-server >/dev/null; then
  if ! command -v apt-get >/dev/null; then
    echo 'install-nats-server: there is neither nats-server nor apt-get; install nats-server 2.9.10 or newer by hand' >&2
    exit 1
  fi
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -qq
  # Debian starts a service for it, on all interfaces: not wanted here.
  "${as_root[@]}" env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nats-server
fi

nats-server --version
