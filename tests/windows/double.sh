#!/bin/bash
# Tests the real code of the licence store against a test double of WMI that answers
# from a practice PC's file: list, hide, deposit, refuse, refresh, read again, and
# elevation only for the deposit.
#
# usage: double.sh FOLDER
set -euo pipefail
. "$(dirname "$0")/expect.sh"
. "$(dirname "$0")/pc.sh"
cd "$1"

windows=4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c
esu=f520e45e-7413-4a34-a497-d2765967d094

# --- pending and hidden products --------------------------------------------
new_pc WARD3-PC12 --esu --office --kms-client
expect 0 'WARD3-PC12  \(PF3ABCDE\)' hikyaku status
for tail in 3V66T ESU01 PPL21; do grep -q "key ending $tail .* not activated" <<<"$said" || { echo "FAILED: $tail does not wait" >&2; failures=$((failures + 1)); }; done
grep -q 'KMS client' <<<"$said" || { echo "FAILED: no reason for the hidden product" >&2; failures=$((failures + 1)); }
expect 0 '"product":.*"key_tail":"PPL21"' hikyaku --json show
[[ $(grep -c '"iid"' <<<"$said") == 3 ]] || { echo "FAILED: not three products shown" >&2; failures=$((failures + 1)); }
sed -i 's/volume-kms-client/virtual-machine/' WARD3-PC12.json
expect 0 'host|hypervisor' hikyaku status
expect 0 'PPL21' env HIKYAKU_WMI_DOUBLE_WINDOWS7=1 wine "$HIKYAKU_EXE" status

iid=$(iid_of 3V66T) esu_iid=$(iid_of ESU01)
cid=$(cid_for "$iid") esu_cid=$(cid_for "$esu_iid")
reply "$iid" "$cid" windows.png
reply "$esu_iid" "$esu_cid" esu.png

# --- not elevated ---------------------------------------------------------------
# Reading needs no rights.
expect 0 'key ending 3V66T' unelevated --lang en status
# Without consent: refused as by Windows, with advice.
expect 7 '0xC004F025' unelevated --lang en scan windows.png
grep -q 'Run as administrator' <<<"$said" || { echo "FAILED: no way out" >&2; failures=$((failures + 1)); }
expect 0 '3V66T .* not activated' hikyaku status
# With consent: the elevated process deposits, this one refreshes and reads again.
expect 0 'Activated: Windows' env HIKYAKU_WMI_DOUBLE_UAC=yes wine "$HIKYAKU_UNELEVATED" \
    "$(winepath -w "$HIKYAKU_EXE")" --lang en scan windows.png
expect 0 '3V66T .* activated' hikyaku status
expect 0 'ESU01 .* not activated' hikyaku status
expect 0 'receipt' hikyaku receipt -o receipt.png
# The second time, there is nothing to do.
expect 0 'already' hikyaku scan windows.png

# --- elevated: the add-on by its own Activation ID ------------------------------
expect 0 'Activated: .*ESU' hikyaku scan esu.png
expect 0 'PPL21 .* not activated' hikyaku status

# --- refusals -------------------------------------------------------------------
new_pc WARD3-PC13 --office
iid=$(iid_of 3V66T) office_iid=$(iid_of PPL21)
cid=$(cid_for "$iid") office_cid=$(cid_for "$office_iid")
expect 5 'another PC|other PC' hikyaku scan esu.png
# Another product's number, typed for this one: Windows refuses it.
expect 6 '0xC004F031' sh -c "echo $office_cid | wine '$HIKYAKU_EXE' enter --product 3V66T"
# A wrong check digit that the person insists on.
last=$((9 - ${cid:47:1}))
expect 6 '0xC004F04D' sh -c "echo ${cid:0:47}$last | wine '$HIKYAKU_EXE' enter --product 3V66T --trust-digits"
expect 6 '0xC004F04D' env HIKYAKU_WMI_DOUBLE_UAC=yes sh -c "echo ${cid:0:47}$last | wine '$HIKYAKU_UNELEVATED' '$(winepath -w "$HIKYAKU_EXE")' --lang en enter --product 3V66T --trust-digits"
# An account without rights, even elevated.
sed -i 's/"elevated": true/"elevated": false/' WARD3-PC13.json
expect 7 '0xC004F025' sh -c "echo $cid | wine '$HIKYAKU_EXE' enter --product 3V66T"
sed -i 's/"elevated": false/"elevated": true/' WARD3-PC13.json
# Practice numbers are refused.
expect 5 'practice' sh -c "echo 000000${cid:6} | wine '$HIKYAKU_EXE' enter --product 3V66T"
# The elevated process reads the Installation ID itself: another product's reply,
# another PC's product. Its exit code is the HRESULT, of which Wine's launcher passes on
# the last byte.
digits=$(hikyaku --json reply "$office_iid" "$office_cid" 2>/dev/null | sed -n 's/.*"reply":"\([0-9]*\)".*/\1/p')
[[ ${#digits} == 60 ]] || { echo "FAILED: no reply in digits" >&2; failures=$((failures + 1)); }
expect $((0x7F)) '' hikyaku deposit-for-unelevated patience-45 $windows "$digits"
expect $((0x15)) '' hikyaku deposit-for-unelevated patience-45 $esu "$digits"
expect 0 '!Licensed' hikyaku status
# The hardware changed after it was shown.
reply "$iid" "$cid" changed.png
expect 0 '' hikyaku practice change-hardware WARD3-PC13.json
expect 5 'changed' hikyaku scan changed.png
expect 0 '3V66T .* not activated' hikyaku status

# --- a service that is stopped, or hangs ------------------------------------------
expect 6 '0x800706BA' env HIKYAKU_WMI_DOUBLE_GONE=1 wine "$HIKYAKU_EXE" status
expect 6 'has not answered for 2 seconds' \
    env HIKYAKU_PATIENCE=2 HIKYAKU_WMI_DOUBLE_HANG=query wine "$HIKYAKU_EXE" status
iid=$(iid_of 3V66T)
reply "$iid" "$(cid_for "$iid")" hung.png
# The elevated process uses the timeout of the process that started it, although it
# does not inherit its environment: it gives up by itself, and reports only that.
# Meanwhile nobody can replace the program's file.
renamed() { wine cmd /c ren "$(winepath -w "$HIKYAKU_EXE")" away.exe >/dev/null 2>&1 && [[ ! -e $HIKYAKU_EXE ]]; }
back() { mv -f "$(dirname "$HIKYAKU_EXE")/away.exe" "$HIKYAKU_EXE"; }
# Waits until a command succeeds, at most a minute.
until_true() {
    local end=$((SECONDS + 60))
    until "$@"; do ((SECONDS < end)) || return 1; sleep 0.3; done
}
rm -f WARD3-PC13.hangs
(
    failures=0
    expect 6 'did not answer in time' env HIKYAKU_PATIENCE=3 HIKYAKU_WMI_DOUBLE_UAC=yes \
        HIKYAKU_WMI_DOUBLE_HANG=deposit wine "$HIKYAKU_UNELEVATED" \
        "$(winepath -w "$HIKYAKU_EXE")" --lang en scan hung.png
    exit $failures
) &
until_true test -e WARD3-PC13.hangs || { echo "FAILED: nothing hangs" >&2; failures=$((failures + 1)); }
if renamed; then
    back
    echo "FAILED: the program was renamed while its elevated part ran" >&2
    failures=$((failures + 1))
fi
wait $! || failures=$((failures + 1))
# Before that it can be replaced, as if the stick had been pulled out.
rm -rf frames
mkdir frames
cp receipt.png frames/
unelevated --lang en scan --camera-folder frames >stick.log 2>&1 </dev/null &
until_true grep -q 'Hold the code' stick.log || { echo "FAILED: the camera does not start" >&2; failures=$((failures + 1)); }
renamed || { echo "FAILED: the program cannot be renamed" >&2; failures=$((failures + 1)); }
cp hung.png frames/
status=0
wait $! || status=$?
back
if [[ $status != 7 ]] || ! grep -q "program's own file cannot be reached" stick.log; then
    { echo "FAILED: a program that is gone ends with $status:"; cat stick.log; } >&2
    failures=$((failures + 1))
fi
expect 6 'has not answered for 4 seconds' \
    env HIKYAKU_PATIENCE=1 HIKYAKU_WMI_DOUBLE_HANG=deposit wine "$HIKYAKU_EXE" scan hung.png
expect 0 '3V66T .* not activated' hikyaku status
finish "double of WMI"
