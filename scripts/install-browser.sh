#!/usr/bin/env bash
# Installs the browser that the browser tests drive: Debian's Chromium. Does nothing when it is there; fails loudly when it
# cannot be had. CHROMIUM names another one: CHROMIUM=/usr/bin/google-chrome npm run ...
set -euo pipefail

browser="${CHROMIUM:-/usr/bin/chromium}"

fail() {
  printf '%s\n' "install-browser: $1" "Install Chromium yourself, and name it in CHROMIUM if it is not $browser." >&2
  exit 1
}

if [ -x "$browser" ]; then
  exit 0
fi
[ -z "${CHROMIUM:-}" ] || fail "CHROMIUM is $CHROMIUM, and that cannot be run."
command -v apt-get >/dev/null || fail 'there is no apt-get on this machine.'

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || fail 'apt-get needs root, and there is no sudo.'
  as_root=(sudo)
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q || fail 'apt-get update failed.'
"${as_root[@]}" apt-get install -q -y --no-install-recommends chromium || fail 'apt-get install chromium failed.'
[ -x "$browser" ] || fail "chromium was installed, but not as $browser."
"$browser" --version
