#!/bin/bash
# An answer for a PC on which Hikyaku does not run, by a handheld scanner: every
# symbol is made, decoded, and typed as key presses into a console, with a
# Japanese and a US keyboard, with and without Caps Lock. What arrives must be
# what the symbol holds, and `slmgr` (a double over a practice PC) activates the
# product that the command names. On a German keyboard the command must not
# arrive, and the digits must.
# Usage: tests/typed/run.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
export HIKYAKU_TRIPS=$work/trips
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

field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1; }

# The text of one form's symbol, read from its picture.
decoded() { # FORM
    "$program" reply "$iid" "$cid" --without-hikyaku="$1" --activation-id "$id" -o "$work/$1.png" >"$work/said" 2>/dev/null
    printf '%b' "$("$program" --json decode "$work/$1.png" 2>/dev/null | field text)"
}

activated() { "$program" --json --practice "$work/pc.json" status | grep "$id" | grep -q '"status":1'; }

typed=0
for lang in ja en; do
    export HIKYAKU_LANG=$lang
    for keyboard in jp us; do
        for lock in off on; do
            case="$lang, $keyboard, Caps Lock $lock"
            rm -rf "$work/pc.json" "$HIKYAKU_TRIPS"
            # Windows and an add-on wait: the command says which one is meant.
            "$program" practice new-pc "$work/pc.json" --name "PC-$keyboard" --esu >/dev/null 2>&1
            "$program" --json --practice "$work/pc.json" status >"$work/status" 2>/dev/null
            line=$(grep 'f520e45e' "$work/status")
            id=$(field activation_id <<<"$line")
            iid=$("$program" --json --practice "$work/pc.json" show --product "$id" 2>/dev/null | field iid)
            cid=$("$program" --json practice portal "$iid" 2>/dev/null | field cid)

            command=$(decoded command)
            [[ $command == "SLMGR /ATP $cid ${id^^}" ]] || fail "$case: the symbol holds '$command'"
            grep -qF "$command" "$work/said" || fail "$case: the command does not stand in text"
            layout "$keyboard"
            caps "$lock"
            open_console command
            scan "$command"
            waited arrived || fail "$case: nothing arrived"
            waited activated || { cat "$work/slmgr.log" >&2; fail "$case: the PC is not activated"; }
            wanted=$command
            [[ $lock == off ]] || wanted=${command,,}
            [[ $(cat "$work/arrived") == "$wanted" ]] || fail "$case: '$(cat "$work/arrived")' arrived"
            close_console
            typed=$((typed + 1))

            for form in tabbed-boxes digits; do
                text=$(decoded $form)
                [[ ${text//$'\t'/} == "$cid" ]] || fail "$case: the symbol of $form holds '$text'"
                open_console boxes
                scan "$text"
                waited arrived || fail "$case: nothing arrived of $form"
                [[ $(cat "$work/arrived") == "$text" ]] || fail "$case: '$(cat "$work/arrived")' arrived of $form"
                close_console
                typed=$((typed + 1))
            done
            caps off
        done
    done
done

# Why the faces name the keyboards.
layout de
open_console boxes
scan "$command"
waited arrived || fail "German: nothing arrived"
! grep -qF "$command" "$work/arrived" || fail "the command arrives on a German keyboard; the faces say otherwise"
close_console
open_console boxes
scan "$cid"
waited arrived || fail "German: no digits arrived"
[[ $(cat "$work/arrived") == "$cid" ]] || fail "German: '$(cat "$work/arrived")' arrived"
close_console
echo "typed: $typed symbols typed into a console as they are, every PC activated; a German keyboard takes the digits only"
