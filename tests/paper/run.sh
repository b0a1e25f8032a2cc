#!/bin/bash
# Every document printed to PDF by Chromium, for 1, 12 and 60 PCs, in both
# languages: pages counted, words inside the page, every symbol on the pages'
# pictures read back by our own reader.
# Usage: tests/paper/run.sh PROGRAM [FOLDER]   (the PDFs stay in FOLDER)
set -euo pipefail
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
out=${2:-$work/out}
mkdir -p "$out"
export HIKYAKU_TRIPS=$work/trips
trap 'rm -rf "$work"' EXIT
fail() { echo "paper: $*" >&2; exit 1; }

. "$here/print.sh"

# A trip of so many PCs, collected.
begin_trip() { # COUNT
    rm -rf "$HIKYAKU_TRIPS"
    mkdir -p "$work/pcs-$1"
    "$program" trip new "病棟3" --customer "中央病院" --technician "佐藤" --date 2026-12-01 >/dev/null
    local i
    for ((i = 1; i <= $1; i++)); do
        [[ -e $work/pcs-$1/$i.png ]] || {
            "$program" practice new-pc "$work/pcs-$1/$i.json" --name "病棟3-PC$i" >/dev/null 2>&1
            "$program" --practice "$work/pcs-$1/$i.json" show --page https://example.jp/p/ \
                -o "$work/pcs-$1/$i.png" >/dev/null 2>&1
        }
    done
    "$program" collect "$work/pcs-$1" >/dev/null 2>&1
}

# All Installation IDs of the trip, one a line, in its order.
iids() { "$program" trip export "$work/trip.json" >/dev/null 2>&1; grep -oE '"iid": "[0-9]+"' "$work/trip.json" | grep -oE '[0-9]{54,63}' | awk '!seen[$0]++'; }

answer_all() {
    local iid
    for iid in $(iids); do
        "$program" practice portal "$iid" 2>/dev/null | grep -oE '[A-H] +[0-9]{6}' | grep -oE '[0-9]{6}' | tr '\n' ' '
        echo
    done | "$program" portal --no-clipboard >/dev/null 2>&1
}

pages_at_most() { # NAME COUNT
    local pages
    pages=$(pdfinfo "$out/$1.pdf" | sed -n 's/^Pages: *//p')
    ((pages >= 1 && pages <= $2)) || fail "$1 has $pages pages, $2 are expected"
    printf '%s %s, ' "$1" "$pages"
}

for count in 1 12 60; do
    begin_trip "$count"
    for lang in ja en; do
        HIKYAKU_LANG=$lang "$program" deliver --request-sheet "$work/requests.html" >/dev/null 2>&1
        print "$work/requests.html" "requests-$count-$lang"
    done
    iids | sort >"$work/wanted"
    answer_all
    "$program" --json deliver 2>/dev/null | grep -oE '"reply":"[0-9]{60}"' | grep -oE '[0-9]{60}' | sort >"$work/wanted-replies"
    "$program" --json deliver --without-hikyaku 2>/dev/null | grep -oE 'SLMGR /ATP [^"]*' | sort >"$work/wanted-commands"
    (($(wc -l <"$work/wanted-replies") == count)) || fail "not every PC has a reply"
    for lang in ja en; do
        export HIKYAKU_LANG=$lang
        "$program" deliver --sheet "$work/replies.html" >/dev/null 2>&1
        "$program" deliver --sheet "$work/keyed.html" --without-hikyaku >/dev/null 2>&1
        "$program" report -o "$work/record.html" --company "佐藤システム" >/dev/null 2>&1
        "$program" runbook -o "$work/runbook.html" --trip "病棟3" --company "佐藤システム" >/dev/null 2>&1
        for document in replies keyed record runbook; do
            print "$work/$document.html" "$document-$count-$lang"
        done
        # Six strips fit a page, five on the first; three dozen lines of a table.
        pages_at_most "replies-$count-$lang" $((count / 6 + 1))
        pages_at_most "keyed-$count-$lang" $((count / 4 + 1))
        pages_at_most "requests-$count-$lang" $((count / 4 + 1))
        pages_at_most "record-$count-$lang" $((count / 8 + 2))
        pages_at_most "runbook-$count-$lang" $((count / 16 + 5))
        symbols "requests-$count-$lang" "^病棟3-PC[0-9]+" | grep -E '^[0-9]{63}$' | cmp -s - "$work/wanted" ||
            fail "a symbol of requests-$count-$lang is not read back"
        symbols "replies-$count-$lang" "^病棟3-PC[0-9]+" | grep -E '^[0-9]{60}$' | cmp -s - "$work/wanted-replies" ||
            fail "a symbol of replies-$count-$lang is not read back"
        symbols "keyed-$count-$lang" "^病棟3-PC[0-9]+" | grep -E '^SLMGR /ATP ' | cmp -s - "$work/wanted-commands" ||
            fail "a command of keyed-$count-$lang is not read back"
        symbols "runbook-$count-$lang" "^https://aka.ms/aoh" | grep -qx "https://aka.ms/aoh" ||
            fail "the portal's symbol in runbook-$count-$lang is not read back"
        unset HIKYAKU_LANG
    done
done
for lang in ja en; do
    for way in lend carry-in; do
        HIKYAKU_LANG=$lang "$program" letter -o "$work/letter.html" --way $way --pcs 12 \
            --customer "中央病院" --company "佐藤システム" --date 2026-12-01 >/dev/null
        print "$work/letter.html" "letter-$way-$lang"
        pages_at_most "letter-$way-$lang" 1
    done
    HIKYAKU_LANG=$lang "$program" letter -o "$work/letter.html" --without-hikyaku --pcs 12 \
        --customer "中央病院" --company "佐藤システム" --date 2026-12-01 >/dev/null
    print "$work/letter.html" "letter-scanner-$lang"
    pages_at_most "letter-scanner-$lang" 1
    HIKYAKU_LANG=$lang "$program" plan --pcs 12 --devices --signal 5 --without-hikyaku 3 -o "$work/plan.html" >/dev/null
    print "$work/plan.html" "plan-$lang"
    pages_at_most "plan-$lang" 2
done
echo
for pdf in "$out"/*.pdf; do inside "$pdf"; done
echo "paper: all printed, all symbols read back, no word outside its page"
