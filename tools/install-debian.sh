#!/usr/bin/env bash
# Install the named Debian packages, or say in one line what is missing and how to get it.
set -u
why() { echo "Missing: $*. Install it with: apt-get install $*" >&2; exit 1; }
command -v apt-get >/dev/null || why "$@"
sudo=""
if [ "$(id -u)" != 0 ]; then sudo="sudo -n"; $sudo true 2>/dev/null || why "$@"; fi
echo "Installing $* …"
{ $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "$@"; } >/dev/null 2>&1 || why "$@"
