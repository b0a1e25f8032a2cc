#!/bin/bash
# Types one command into a console of one practice PC, as a handheld scanner does,
# and waits until the console has run it. Prints what arrived.
# Usage: tests/typed/type.sh PROGRAM PRACTICE-PC LAYOUT TEXT
set -euo pipefail
program=$(realpath "$1") pc=$(realpath "$2") keyboard=$3 text=$4
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
fail() { echo "typed: $*" >&2; exit 1; }
. "$here/keys.sh"
cleanup() {
    kill "${console:-}" 2>/dev/null || true
    end_screen
    rm -rf "$work"
}
trap cleanup EXIT
begin_screen
. "$here/console.sh"
layout "$keyboard"
open_console command
scan "$text"
waited arrived || fail "nothing arrived"
# The double has run when its line of the log is whole.
waited test -s "$work/slmgr.log" || fail "nothing was run"
close_console
cat "$work/arrived"
