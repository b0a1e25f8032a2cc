# Sourced after expect.sh: PCs that the test double of WMI represents.

# CLSID_WbemLocator
wine reg add 'HKLM\Software\Classes\CLSID\{4590f811-1d3a-11d0-891f-00aa004b2e24}\InprocServer32' \
    /ve /d 'C:\windows\system32\wmi_double.dll' /f >/dev/null

# Runs a command without administrator rights, as Windows does by default.
unelevated() { wine "$HIKYAKU_UNELEVATED" "$(winepath -w "$HIKYAKU_EXE")" "$@"; }

# Creates a PC in the file that the double answers from, with an empty history.
new_pc() {
    rm -f "$1.json" "$1.memory.json"
    wine "$HIKYAKU_EXE" practice new-pc "$1.json" --name "$1" --serial PF3ABCDE "${@:2}" >/dev/null 2>&1
    HIKYAKU_WMI_DOUBLE=$(winepath -w "$PWD/$1.json")
    HIKYAKU_MEMORY=$(winepath -w "$PWD/$1.memory.json")
    export HIKYAKU_WMI_DOUBLE HIKYAKU_MEMORY
}

iid_of() {
    hikyaku --json show --product "$1" 2>/dev/null | sed -n 's/.*"iid":"\([0-9]*\)".*/\1/p'
}

# The portal's answer. The double disguises practice numbers as real ones by their
# first group; this reverts the disguise and applies it again.
cid_for() {
    local cid
    cid=$(hikyaku --json practice portal "0000000${1:7}" 2>/dev/null |
        sed -n 's/.*"cid":"\([0-9]*\)".*/\1/p')
    echo "111110${cid:6}"
}

# reply IID CID FILE
reply() { hikyaku reply "$1" "$2" -o "$3" >/dev/null 2>&1; }
