#!/bin/bash
# `hikyaku portal` on a screen in memory: somebody copies the Installation ID
# from the clipboard, and copies the practice portal's answer back, PC by PC.
# Usage: tests/portal/run.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
work=$(mktemp -d)
export HIKYAKU_TRIPS=$work/trips HIKYAKU_LANG=en
PCS=5

cleanup() { exec 3>&- || true; kill "${portal:-}" "${screen:-}" 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT
fail() { echo "portal: $*" >&2; cat "$work/portal.err" >&2 2>/dev/null || true; exit 1; }

mkfifo "$work/number"
Xvfb -displayfd 3 -screen 0 640x480x24 -nolisten tcp 3>"$work/number" 2>/dev/null &
screen=$!
read -r number <"$work/number"
export DISPLAY=:$number
unset WAYLAND_DISPLAY

"$program" trip new Desk >/dev/null
for ((i = 1; i <= PCS; i++)); do
    "$program" practice new-pc "$work/$i.json" --name "DESK-PC$i" >/dev/null
    "$program" --practice "$work/$i.json" show -o "$work/$i.png" >/dev/null 2>&1
done
"$program" collect "$work"/*.png >/dev/null 2>&1

# What lay on the clipboard before was copied for something else.
printf '092914 273902 996432 764863 869585 514303 965545 262473' | xclip -selection clipboard -i

mkfifo "$work/keys"
"$program" portal --json <"$work/keys" >"$work/portal.out" 2>"$work/portal.err" &
portal=$!
exec 3>"$work/keys"

kept() { wc -l <"$work/portal.out"; }
clip() { timeout 5 xclip -selection clipboard -o 2>/dev/null || true; }
waited() { for ((t = 0; t < 100; t++)); do "$@" && return; sleep 0.1; done; return 1; }

sleep 1
(($(kept) == 0)) || fail "a number from before was taken"
! grep -q "Practice numbers and real ones" "$work/portal.err" || fail "a number from before was looked at"
answered=""
for ((i = 0; i < PCS; i++)); do
    fresh() { iid=$(clip); [[ $iid =~ ^[0-9]{63}$ && $answered != *"$iid"* ]]; }
    waited fresh || fail "no Installation ID of another PC on the clipboard"
    cid=$("$program" practice portal "$iid" 2>/dev/null | grep -oE '[A-H] +[0-9]{6}' | grep -oE '[0-9]{6}' | tr '\n' ' ')
    if ((i == 1)); then
        # The answer of the PC before, copied once more by mistake.
        printf '%s' "$before" | xclip -selection clipboard -i
        sleep 1
        (($(kept) == i)) || fail "another PC's answer was taken"
        echo >&3 # Enter: the number once more.
        again() { [[ $(clip) == "$iid" ]]; }
        waited again || fail "Enter did not bring the number back"
    fi
    printf 'Confirmation ID: %s' "$cid" | xclip -selection clipboard -i
    taken() { (($(kept) == i + 1)); }
    waited taken || fail "the answer for PC $((i + 1)) was not taken"
    answered+=" $iid"
    before=$cid
done
wait "$portal" || fail "it ended with $?"
"$program" --json report 2>/dev/null | grep -q '"products":5,"activated":0' || fail "the record is wrong"
[[ $("$program" --json deliver 2>/dev/null | wc -l) == "$PCS" ]] || fail "not every PC has its reply"
echo "portal: $PCS answers taken from the clipboard, the mistaken one refused"
