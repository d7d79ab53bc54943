#!/usr/bin/env bash
# What the tests need beside Python: a browser, and the readers of PDF pages and QR codes.
set -u
here="$(dirname "$0")"
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v zbarimg >/dev/null || missing+=(zbar-tools)
[ ${#missing[@]} = 0 ] || exec bash "$here/install-debian.sh" "${missing[@]}"
