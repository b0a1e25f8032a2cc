#!/bin/bash
# A handheld scanner types the command for a PC on which Hikyaku does not run into
# cmd, with a Japanese and a US keyboard, with and without Caps Lock: `slmgr` must be
# given what was typed, byte by byte, and the licence store (the double of WMI) must
# have the product activated. `slmgr` is a batch file here: Wine has no such script.
#
# usage: typed.sh FOLDER
set -euo pipefail
# The first process creates the desktop, which needs the screen.
if [[ -z ${HIKYAKU_ON_A_SCREEN-} ]]; then
    command -v xdotool >/dev/null || { echo "no xdotool here: nothing is typed"; exit 0; }
    wineserver -k || true
    wineserver -w
    HIKYAKU_ON_A_SCREEN=1 exec xvfb-run -a -s '-screen 0 1280x900x24 -noreset' "$0" "$@"
fi
here=$(cd "$(dirname "$0")" && pwd)
. "$here/expect.sh"
. "$here/pc.sh"
. "$here/../typed/keys.sh"
cd "$1"

system=$WINEPREFIX/drive_c/windows/system32
exe=$(winepath -w "$HIKYAKU_EXE")
# %0 is the name as it was typed, %* everything behind it. The blank line says that
# nothing follows box H.
printf '%s\r\n' '@echo off' \
    'echo %0 %*>>C:\arrived.txt' \
    '>C:\cid.txt echo %2' '>>C:\cid.txt echo.' \
    "\"$exe\" --lang en enter --product %3 <C:\\cid.txt >>C:\\slmgr.txt 2>&1" \
    'echo.>C:\ended.txt' >"$system/slmgr.bat"
drive=$WINEPREFIX/drive_c

esu=f520e45e-7413-4a34-a497-d2765967d094
arrived() { [[ -s $drive/arrived.txt ]]; }
activated() { hikyaku status 2>/dev/null | grep -q 'ESU01 · activated'; }
for keyboard in jp us; do
    for lock in off on; do
        case="$keyboard, Caps Lock $lock"
        new_pc "PC-$keyboard-$lock" --esu
        command="SLMGR /ATP $(cid_for "$(iid_of ESU01)") ${esu^^}"
        [[ ${#command} == 96 ]] || { echo "FAILED: $case: no command" >&2; failures=$((failures + 1)); }
        rm -f "$drive/arrived.txt" "$drive/slmgr.txt" "$drive/ended.txt"
        layout "$keyboard"
        # A console in a window: its keys go through Wine's own idea of the keyboard.
        wine wineconsole cmd >/dev/null 2>&1 </dev/null &
        xdotool search --sync --onlyvisible --name cmd windowfocus --sync >/dev/null
        sleep 2
        caps "$lock"
        scan "$command"
        waited arrived || { echo "FAILED: $case: nothing arrived" >&2; failures=$((failures + 1)); }
        # Not earlier: a file that is being read cannot be replaced, and the deposit would fail.
        for ((wait = 0; wait < 30; wait++)); do [[ -e $drive/ended.txt ]] && break; sleep 1; done
        wanted=$command
        [[ $lock == off ]] || wanted=${command,,}
        got=$(tr -d '\r' <"$drive/arrived.txt" 2>/dev/null || true)
        [[ $got == "$wanted" ]] || { echo "FAILED: $case: '$got' arrived" >&2; failures=$((failures + 1)); }
        activated || { { echo "FAILED: $case: not activated"; cat "$drive/slmgr.txt"; } >&2; failures=$((failures + 1)); }
        expect 0 '3V66T .* not activated' hikyaku status
        caps off
        wine taskkill /f /im cmd.exe >/dev/null 2>&1 || true
        wait
    done
done
finish "typed into cmd"
