#!/usr/bin/env bash
# Compiles the npm package unix-dgram, which the tests of @stasis-rx/statsd over unix datagrams need: npm installs it without
# running its install script (.npmrc). Does nothing when it loads. Installs Debian's compiler where there is none.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! node --eval 'require("unix-dgram")' 2>/dev/null; then
  if ! command -v g++ >/dev/null || ! command -v make >/dev/null || ! command -v python3 >/dev/null; then
    if ! command -v apt-get >/dev/null; then
      echo 'build-unix-dgram: there is neither a compiler nor apt-get; install python3, make and g++ by hand' >&2
      exit 1
    fi
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 make g++
  fi
  # Node's headers: those that were installed with it, where they were; else node-gyp downloads them.
  prefix=$(node --print 'require("path").resolve(process.execPath, "../..")')
  if [ -f "$prefix/include/node/node.h" ]; then export npm_config_nodedir=$prefix; fi
  log=$(mktemp)
  if ! npm explore unix-dgram -- node-gyp rebuild >"$log" 2>&1; then
    cat "$log" >&2
    echo 'build-unix-dgram: cannot compile unix-dgram' >&2
    exit 1
  fi
  rm "$log"
  node --eval 'require("unix-dgram")'
fi

echo "unix-dgram $(node --print 'require("unix-dgram/package.json").version')"
