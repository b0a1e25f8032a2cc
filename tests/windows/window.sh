#!/bin/bash
# Tests the window on a screen without any graphics driver: a screenshot decodes to the
# request of the double's PC; a reply held to its camera (a folder of pictures) is
# deposited; a screenshot then decodes to the receipt. The second start is by double
# click.
#
# usage: window.sh FOLDER
set -euo pipefail
if ! wine "$HIKYAKU_EXE" window --help >/dev/null 2>&1; then
    echo "this exe has no window: nothing to try"
    exit 0
fi
# The first process creates the desktop, which needs the screen.
if [[ -z ${HIKYAKU_ON_A_SCREEN-} ]]; then
    wineserver -k || true
    wineserver -w
    HIKYAKU_ON_A_SCREEN=1 exec xvfb-run -a -s '-screen 0 1280x900x24' "$0" "$@"
fi
. "$(dirname "$0")/expect.sh"
. "$(dirname "$0")/pc.sh"
cd "$1"
# Takes a screenshot into FILE, and prints every text that is read in it.
texts() {
    import -silent -window root "$1"
    hikyaku --json decode "$1" 2>/dev/null | grep -o '"text":"[^"]*"' || true
}

# waits FILE TEXT: waits until a screenshot shows the text, at most a minute.
waits() {
    local until=$((SECONDS + 60))
    while ((SECONDS < until)); do
        sleep 1
        if texts "$1" | grep -qF "$2"; then return 0; fi
    done
    echo "FAILED: $1 never shows $2" >&2
    failures=$((failures + 1))
}

gone() { wine taskkill /f /im hikyaku.exe >/dev/null 2>&1 || true; }

new_pc WARD3-PC14 --office
iid=$(iid_of 3V66T)
rm -rf frames
mkdir frames
wine "$HIKYAKU_EXE" --lang en window --size 1024x768 --camera-folder frames >window.log 2>&1 </dev/null &
waits shown.png "$iid"
reply "$iid" "$(cid_for "$iid")" held.png
mv held.png frames/
until=$((SECONDS + 60))
until hikyaku status 2>/dev/null | grep -q '3V66T .* activated' || ((SECONDS > until)); do sleep 1; done
expect 0 '3V66T · activated' hikyaku status
receipt=$(hikyaku --json receipt 2>/dev/null | grep -o 'c1\.[A-Za-z0-9_-]*' | head -n 1)
waits done.png "${receipt:0:12}"
gone
wait

# As started from the desktop: no arguments, its own console or none.
wine start /b /unix "$HIKYAKU_EXE" >/dev/null 2>&1 </dev/null || true
waits double-click.png "$(iid_of PPL21)"
gone
[[ -z ${HIKYAKU_SCREENS-} ]] || cp ./*.png "$HIKYAKU_SCREENS/"
finish "window"
