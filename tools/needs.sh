#!/usr/bin/env bash
# What the tests need beside Python: a browser, the readers of PDF pages and QR codes, and the
# writer that opens the Word files.
set -u
here="$(dirname "$0")"
missing=()
# Chromium without the frame around its pages, which costs a third of the time; asked for once
# where the whole one is there, for that one also serves.
if ! command -v chromium >/dev/null; then
  command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
elif ! command -v chromium-headless-shell >/dev/null && [ ! -e "$here/../.venv/asked" ]; then
  touch "$here/../.venv/asked"
  timeout 120 bash "$here/install-debian.sh" chromium-headless-shell ||
    echo "Going on with the whole browser, which takes longer."
fi
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v zbarimg >/dev/null || missing+=(zbar-tools)
# Without what Debian recommends beside it: the suite opens documents and shows none.
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui --no-install-recommends)
[ ${#missing[@]} = 0 ] || exec bash "$here/install-debian.sh" "${missing[@]}"
