#!/bin/bash
# Sourced by run.sh: plants a library beside the exe for every name that Windows would
# load from the program's folder, and shows that they catch a careless program. Then
# `nothing_planted_ran` fails if any of them was loaded.
#
# Sets $WITHOUT_MEDIA_FOUNDATION, the WINEDLLOVERRIDES of a Windows without it.
gcc=$1 scratch=$2 system=$3

$gcc -shared -s -O2 -o "$scratch/plant.dll" "$here/plant.c"
mkdir "$scratch/careless"
$gcc -O2 -o "$scratch/careless/careless.exe" "$here/careless.c" -lwinmm

# Known libraries are never loaded from there: those that .ci/windows-exe-check lets the
# exe import, and their own dependencies.
known='advapi32|bcryptprimitives|combase|gdi32|imm32|kernel32|kernelbase|msvcrt|ntdll|ole32|oleaut32|rpcrt4|sechost|setupapi|shcore|shell32|shlwapi|ucrtbase|user32|win32u|ws2_32'
# Wine's known libraries import these two, those of Windows do not.
wines='version|zlib1'
mapfile -t names < <(find "$system" -maxdepth 1 -iname '*.dll' -printf '%f\n' |
    tr 'A-Z' 'a-z' | sed 's/\.dll$//' | grep -vxE "$known|$wines|wmi_double" | sort -u)
((${#names[@]} > 100)) || { echo "FAILED: only ${#names[@]} names to plant" >&2; exit 1; }
# Copies, because Wine treats two names of one file as one library.
for place in stick careless; do
    for name in "${names[@]}"; do cp "$scratch/plant.dll" "$scratch/$place/$name.dll"; done
done

before=$WINEDLLOVERRIDES
first=$(printf '%s\n' "${names[@]}" | grep -vxE 'mf|mfplat|mfreadwrite' | paste -sd,)
export WITHOUT_MEDIA_FOUNDATION="$before;mf,mfplat,mfreadwrite=;$first=n,b"
export WINEDLLOVERRIDES="$before;mf,mfplat,mfreadwrite,$first=n,b"

# The names in Wine's spelling.
loaded() { find "$scratch/$1" -maxdepth 1 -name '*.loaded' -printf '%f\n' | tr 'A-Z' 'a-z' | sort; }
wine "$scratch/careless/careless.exe" >/dev/null 2>&1 || true
if [[ $(loaded careless | paste -sd' ') != "dwmapi.dll.loaded winmm.dll.loaded" ]]; then
    echo "FAILED: what was planted does not show itself:" $(loaded careless) >&2
    exit 1
fi
echo "planted: ${#names[@]} libraries"

nothing_planted_ran() {
    local ran
    ran=$(loaded stick)
    [[ -z $ran ]] || { echo "FAILED: loaded from the program's own folder:" $ran >&2; exit 1; }
}
