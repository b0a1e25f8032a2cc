#!/bin/bash
# The window on a screen without any graphics driver: a screenshot of it must
# decode to the request of the PC that the double stands in for.
#
# usage: window.sh FOLDER
set -euo pipefail
. "$(dirname "$0")/expect.sh"
cd "$1"

if ! hikyaku window --help >/dev/null 2>&1; then
    echo "this exe has no window: nothing to test"
    exit 0
fi
command -v import >/dev/null || { echo "no import (imagemagick) here" >&2; exit 1; }
finish "window"
