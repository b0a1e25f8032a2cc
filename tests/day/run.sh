#!/bin/bash
# A day at a hospital, with practice PCs: plan, work instruction and letter are
# printed, the PCs' screens photographed, their requests collected and answered
# over the clipboard, the reply sheet printed and held before every PC's webcam,
# the receipts photographed, and the record written. Nobody types a digit; there
# is one walk out and one walk in.
# Usage: tests/day/run.sh PROGRAM [PCS] [FOLDER]   (the documents stay in FOLDER)
set -euo pipefail
program=$(realpath "$1")
PCS=${2:-40}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
out=${3:-$work/out}
mkdir -p "$out" "$work/pcs" "$work/photos" "$work/receipts" "$work/before-webcams"
export HIKYAKU_TRIPS=$work/trips HIKYAKU_LANG=${HIKYAKU_LANG:-ja}
cleanup() {
    exec 3>&- || true
    kill "${portal:-}" "${screen:-}" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
fail() { echo "day: $*" >&2; exit 1; }
step() { printf '== day: %s (%ss)\n' "$*" "$SECONDS"; }
. "$here/../paper/print.sh"
quietly() { "$@" >/dev/null 2>&1; }
photographs=0
# A photograph by this camera; whoever cannot be read is photographed again.
photograph() { # CAMERA SCREEN PHOTO SEED
    photographs=$((photographs + 1))
    local size=(--width 1920 --height 1080)
    [[ $1 == webcam ]] && size=(--width 1280 --height 720)
    quietly "$program" practice film "$2" -o "$3" --camera "$1" --frames 1 --seed "$4" "${size[@]}" ||
        fail "no photograph of $2"
}
activated() { "$program" --json report 2>/dev/null | grep -oE '"activated":[0-9]+' | head -n 1 | grep -oE '[0-9]+'; }

step "before the visit: $PCS PCs on the list; plan, instruction and letter"
{
    echo "PC,場所"
    for ((i = 1; i <= PCS; i++)); do echo "病棟3-PC$i,$((i / 8 + 1))階"; done
} >"$work/list.csv"
quietly "$program" trip new "病棟3" --customer "中央病院" --technician "佐藤" --way carry-out \
    --date 2026-12-01 --list "$work/list.csv"
quietly "$program" plan --pcs "$PCS" --walk 12 -o "$work/plan.html" --company "佐藤システム"
print "$work/plan.html" plan
quietly "$program" runbook -o "$work/runbook.html" --trip "病棟3" --company "佐藤システム"
print "$work/runbook.html" runbook
quietly "$program" letter -o "$work/letter.html" --trip "病棟3" --way carry-in --company "佐藤システム"
print "$work/letter.html" letter

step "inside: every screen photographed with a phone"
for ((i = 1; i <= PCS; i++)); do
    quietly "$program" practice new-pc "$work/pcs/$i.json" --name "病棟3-PC$i"
    quietly "$program" --practice "$work/pcs/$i.json" show -o "$work/pcs/$i.png" \
        --page https://example.jp/hikyaku/
    photograph phone "$work/pcs/$i.png" "$work/photos/$i.jpg" "$i"
done
again=$PCS
for ((try = 1; try <= 3 && again > 0; try++)); do
    again=0
    "$program" --json collect "$work/photos" 2>/dev/null >"$work/collected" || true
    for ((i = 1; i <= PCS; i++)); do
        if ! grep -q "/photos/$i.jpg\",\"outcome\":\"\(collected\|known\)\"" "$work/collected"; then
            again=$((again + 1))
            photograph phone "$work/pcs/$i.png" "$work/photos/$i.jpg" "$((i + 1000 * try))"
        fi
    done
done
((again == 0)) || fail "$again screens are not read in four photographs"

step "outside: the portal, over the clipboard"
mkfifo "$work/number" "$work/keys"
Xvfb -displayfd 4 -screen 0 640x480x24 -nolisten tcp 4>"$work/number" 2>/dev/null &
screen=$!
read -r number <"$work/number"
export DISPLAY=:$number
unset WAYLAND_DISPLAY
"$program" --json portal <"$work/keys" >"$work/answers" 2>/dev/null &
portal=$!
exec 3>"$work/keys"
clip() { timeout 5 xclip -selection clipboard -o 2>/dev/null || true; }
done_before=" "
for ((i = 1; i <= PCS; i++)); do
    for ((t = 0; t < 200; t++)); do
        iid=$(clip)
        [[ $iid =~ ^[0-9]{63}$ && $done_before != *" $iid "* ]] && break
        sleep 0.05
    done
    # The practice portal, as the real one, answers with a page to copy from.
    "$program" practice portal "$iid" 2>/dev/null | xclip -selection clipboard -i
    for ((t = 0; t < 200; t++)); do
        (($(wc -l <"$work/answers") >= i)) && break
        sleep 0.05
    done
    (($(wc -l <"$work/answers") == i)) || fail "the answer for PC $i was not taken"
    done_before+="$iid "
done
wait "$portal" || fail "the portal ended with $?"

step "outside: the reply sheet is printed"
quietly "$program" deliver --sheet "$work/replies.html"
print "$work/replies.html" replies
cut replies '^病棟3-PC[0-9]+$' "$work/strips"
(($(find "$work/strips" -name '*.png' | wc -l) == PCS)) || fail "not every PC has its strip"

step "inside: every PC reads its strip with its webcam"
strip_of() { printf '%s\n' "$work/strips"/*-"病棟3-PC$1.png" | head -n 1; }
quietly "$program" --practice "$work/pcs/1.json" scan "$(strip_of 2)" && fail "PC 1 took PC 2's reply"
for ((i = 1; i <= PCS; i++)); do
    for ((try = 0; try < 6; try++)); do
        photograph webcam "$(strip_of "$i")" "$work/before-webcams/$i.jpg" "$((i + 100 * try))"
        code=0
        quietly "$program" --practice "$work/pcs/$i.json" scan "$work/before-webcams/$i.jpg" || code=$?
        ((code == 3)) || break
    done
    ((code == 0)) || fail "PC $i ended with $code"
    quietly "$program" --practice "$work/pcs/$i.json" receipt -o "$work/pcs/$i-receipt.png"
    photograph phone "$work/pcs/$i-receipt.png" "$work/receipts/$i.jpg" "$((i + 5000))"
done

step "outside: receipts, record"
for ((try = 1; try <= 3; try++)); do
    "$program" --json collect "$work/receipts" 2>/dev/null >"$work/collected" || true
    (($(activated) == PCS)) && break
    for ((i = 1; i <= PCS; i++)); do
        grep -q "/receipts/$i.jpg\",\"outcome\":\"receipt\"" "$work/collected" ||
            photograph phone "$work/pcs/$i-receipt.png" "$work/receipts/$i.jpg" "$((i + 5000 + 1000 * try))"
    done
done
(($(activated) == PCS)) || fail "$(activated) of $PCS are on record as activated"
quietly "$program" report -o "$work/record.html" --company "佐藤システム"
print "$work/record.html" record
for pdf in "$out"/*.pdf; do inside "$pdf"; done
grep -q 'class="open"\|残っているもの' "$work/record.html" && fail "the record says that something is left open"
echo "day: $PCS PCs activated and on record, $photographs photographs, no digit typed, one walk out, one walk in"
