#!/bin/bash
# Tests the exe's command line: practice PC, reply, receipt, a complete rehearsal; a
# read-only folder; colours; a history in the person's folder.
#
# usage: cases.sh FOLDER
set -euo pipefail
. "$(dirname "$0")/expect.sh"
cd "$1"

expect 0 '^hikyaku [0-9]+\.[0-9]+' hikyaku --version
expect 2 'no-such-option' hikyaku --no-such-option
expect 0 '使い方' hikyaku --lang ja --help

expect 0 'Practice PC made' hikyaku practice new-pc p.json --name 病棟3-PC12 --office
expect 0 '病棟3-PC12' hikyaku --practice p.json show --product 3V66T -o request.png
expect 0 '^[{].*"texts":' hikyaku --json decode request.png
iid=$(sed -n 's/.*"text":"\([0-9]*\)".*/\1/p' <<<"$said")
expect 0 '"cid"' hikyaku --json practice portal "$iid"
cid=$(sed -n 's/.*"cid":"\([0-9]*\)".*/\1/p' <<<"$said")
expect 0 'reply.png' hikyaku reply "$iid" "$cid" -o reply.png
expect 5 'Nothing was deposited|another|other' hikyaku --practice p.json scan reply.png --product PPL21
expect 0 'Activated' hikyaku --practice p.json scan reply.png
expect 0 'receipt' hikyaku --practice p.json receipt -o receipt.png

# Colours are for terminals; but a painted symbol is a result, and keeps its colours.
expect 0 '!'$'\x1b' hikyaku --practice p.json status
expect 0 $'\x1b''\[48;5;231m' hikyaku --practice p.json show --product PPL21

expect 0 '"mixups_refused":[0-9]+,"wrong_deposits":0' hikyaku --json practice run --pcs 2 --out run
printf '%s\n' "$said" | tail -n 1

# On a read-only medium, the exe writes nothing beside itself.
mkdir -p medium
cp "$HIKYAKU_EXE" medium/
chmod 555 medium
before=$(ls -A medium)
(
    cd medium
    HIKYAKU_EXE=./hikyaku.exe failures=0
    expect 0 'PPL21' hikyaku --practice ../p.json status
    exit $failures
) || failures=$((failures + 1))
[[ $(ls -A medium) == "$before" ]] || { echo "FAILED: something was written beside the exe" >&2; failures=$((failures + 1)); }
chmod 755 medium

# The elevated process does not trust its arguments, and reports by its exit code.
expect 87 '' hikyaku deposit-for-unelevated
expect 87 '!panicked' hikyaku deposit-for-unelevated patience-9 4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c 1
# Without Media Foundation (N and KN editions, servers), all but the camera works.
export WINEDLLOVERRIDES=$WITHOUT_MEDIA_FOUNDATION
expect 8 'Media Feature Pack' hikyaku cameras
expect 8 'Optional features' hikyaku --practice p.json scan --camera
expect 8 'メディア機能パック' hikyaku --lang ja cameras
expect 0 'PPL21' hikyaku --practice p.json status
expect 0 '"texts"' hikyaku --json decode request.png
finish "command line"
