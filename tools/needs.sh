#!/usr/bin/env bash
# What the tests need beside Python: a browser, the readers of PDF pages and QR codes, and the
# writer that opens the Word files.
set -u
here="$(dirname "$0")"
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v zbarimg >/dev/null || missing+=(zbar-tools)
# Without what Debian recommends beside it: the suite opens documents and shows none.
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui --no-install-recommends)
[ ${#missing[@]} = 0 ] || exec bash "$here/install-debian.sh" "${missing[@]}"
