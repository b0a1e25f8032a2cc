#!/bin/bash
# Tests the window on a screen without any GL library, driven like by a person: a reply
# in front of the camera (a folder of pictures), a handheld scanner's keys, a mistyped
# box, another PC's reply, an unplugged camera. Checks the state of the practice PC
# afterwards, and what a camera reads on the screen.
#
# usage: tests/window/run.sh [PROGRAM]   (by default it is built)
set -euo pipefail
cd "$(dirname "$0")/../.."
.ci/window
if (($#)); then
    program=$(realpath "$1")
else
    cargo build --locked --quiet
    program=${CARGO_TARGET_DIR:-target}/debug/hikyaku
    program=$(realpath "$program")
fi
. tests/window/screen.sh
begin_screen 1024 768

step "the request is on the screen, and reads"
new_pc one
open_window one
wait_for request_on_screen one
[[ $(colour_at 4 765) == "$(colour_at 1020 765)" ]] || fail "the foot is not whole"

step "a reply before the camera activates, and the receipt is on the screen"
film "$(reply_of one)" one/frames/a.png
wait_for activated one
wait_for receipt_on_screen
close_window

step "another PC's reply is refused, and the scan goes on"
new_pc two --name PC-02
new_pc three --name PC-03
open_window two
wait_for request_on_screen two
film "$(reply_of three)" two/frames/a.png
wait_for shows_colour 255,190,77
activated two && fail "the reply of another PC was taken"
rm two/frames/a.png
film "$(reply_of two)" two/frames/b.png
wait_for activated two
close_window

step "the camera is unplugged and plugged in again"
new_pc four
open_window four
wait_for request_on_screen four
film "" four/frames/a.png
sleep 0.5
echo camera-unplugged >four/frames/trouble
sleep 1.5
request_on_screen four || fail "the request went with the camera"
rm four/frames/trouble
film "$(reply_of four)" four/frames/a.png
wait_for activated four
close_window

step "a handheld scanner types the reply and Enter, wherever the focus is"
new_pc five
open_window five --no-camera
wait_for request_on_screen five
xdotool key Tab Tab
xdotool type --delay 8 "$(reply_of five)"
xdotool key Return
wait_for activated five
wait_for receipt_on_screen
close_window

step "typed by hand: a wrong box is marked and mended alone, by keys only"
new_pc six
open_window six --no-camera
wait_for request_on_screen six
cid=$(cid_of six)
wrong=$(((${cid:14:1} + 1) % 7))
# As slow as fingers, with a pause before Enter: anything faster counts as a scanner,
# whose Enter may come in the middle of a number.
xdotool type --delay 180 "${cid:0:12}${cid:12:2}$wrong${cid:15:33}"
sleep 0.5
xdotool key Return
wait_for shows_colour 255,190,77
activated six && fail "a mistyped number was taken"
xdotool type --delay 180 "c${cid:12:6}"
sleep 0.5
xdotool key Return
wait_for activated six
close_window

step "several products, one after the other, from the receipt"
new_pc seven --esu --office
open_window seven --size 1920x1080
wait_for request_on_screen seven
for product in ESU01 PPL21 3V66T; do
    film "$(reply_of seven $product)" seven/frames/a.png
    wait_for activated_product seven $product
done
wait_for receipt_on_screen
close_window

step "changed hardware: the reply is outdated, the new request is shown"
new_pc eight
old=$(reply_of eight)
open_window eight
wait_for request_on_screen eight
"$program" practice change-hardware eight/pc.json >/dev/null 2>&1
film "$old" eight/frames/a.png
wait_for shows_colour 255,190,77
wait_for request_on_screen eight
activated eight && fail "an outdated reply was taken"
film "$(reply_of eight)" eight/frames/b.png
rm eight/frames/a.png
wait_for activated eight
close_window

step "refused for lack of rights, then tried again by key"
new_pc nine --not-elevated
open_window nine
wait_for request_on_screen nine
film "$(reply_of nine)" nine/frames/a.png
wait_for shows_colour 255,128,128
sed -i 's/"elevated": false/"elevated": true/' nine/pc.json
xdotool key F5
wait_for activated nine
close_window

step "the language changes by key, and the symbol stays"
new_pc ten
open_window ten
wait_for request_on_screen ten
shot before.png
xdotool key F2
sleep 0.4
shot after.png
cmp -s before.png after.png && fail "nothing changed"
request_on_screen ten || fail "the symbol went"
close_window

step "outside: a trip's replies on the board, searched, kept once they stood"
export HIKYAKU_TRIPS=$PWD/trips
"$program" trip new ward >/dev/null 2>&1
for number in 1 2 3; do
    new_pc "board$number" --name "WARD-PC$number"
    "$program" --practice "board$number/pc.json" show --page https://example.jp/p/ -o "board$number.png" >/dev/null 2>&1
done
"$program" collect board?.png >/dev/null 2>&1
for number in 1 2 3; do cid_of "board$number"; done | "$program" portal --no-clipboard >/dev/null 2>&1
open_board
wait_for reads_on_screen "$(reply_of board1)"
wait_for delivered WARD-PC1
xdotool key Down
wait_for reads_on_screen "$(reply_of board2)"
xdotool type --delay 40 pc3
wait_for reads_on_screen "$(reply_of board3)"
"$program" --practice board3/pc.json scan screen.png >/dev/null 2>&1
activated board3 || fail "the reply on the board is not the PC's"
wait_for delivered WARD-PC3
close_window

end_screen
echo "the window: all steps passed"
