#!/bin/bash
# Tests the Windows side under Wine: builds the exe, a test double of WMI and the
# library's tests for x86_64-pc-windows-gnu, once and in one profile, then runs
#   1. the library's tests, the licence store among them, against Wine's own
#      provider;
#   2. the command line: its text cases, and a complete rehearsal;
#   3. the licence store against the double (double.sh);
#   4. the window, if the exe has one (window.sh);
#   5. the command of a PC without Hikyaku, typed into cmd (typed.sh);
# 2 to 5 with planted libraries beside the exe (plant.sh), none of which may run.
#
# If std, compiler or Wine are not available, prints SKIPPED with the reason as its last
# line and succeeds.
#
# usage: run.sh [--no-window | --is-built]
#   --no-window   an exe without the window, and without 4: builds in half the
#                 time
#   --is-built    only reports, by its exit code, whether a complete run was built here
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
here=$root/tests/windows
target=x86_64-pc-windows-gnu
export CARGO_TERM_COLOR=never

skip() {
    printf '\n#################### SKIPPED ####################\n'
    echo "SKIPPED: the tests for Windows: $*"
    exit 0
}
step() { printf '\n== windows: %s (%ss)\n' "$*" "$SECONDS"; }

for tool in wine wineserver xvfb-run x86_64-w64-mingw32-objdump; do
    command -v $tool >/dev/null || skip "no $tool here (.ci/windows-setup --wine installs it)"
done
[[ $(wine --version 2>/dev/null) == wine-* ]] || skip "wine does not start"
reason=$(.ci/std x86_64-pc-windows-gnu) || skip "$reason"

# A cache outside the checkout makes the next run faster; it is optional.
if [[ -z ${CARGO_TARGET_DIR-} ]]; then
    key=$( { rustc -vV; cat Cargo.lock; } | sha256sum | cut -c1-16)
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/hikyaku-ci/windows-$key
    mkdir -p "$cache" 2>/dev/null && export CARGO_TARGET_DIR=$cache
fi
built=${CARGO_TARGET_DIR:-target}/$target/debug
features=()
case ${1-} in
    --is-built) [[ -e ${CARGO_TARGET_DIR:-target}/whole ]] && exit 0 || exit 1 ;;
    --no-window) features=(--no-default-features --features hikyaku/cli,hikyaku/camera) ;;
esac

# Without line tables, which nobody needs here, building and linking are faster. One
# command for all packages, so that they share every dependency.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0
# Clippy's driver compiles, too: linting needs no build of its own.
driver=$(rustc --print sysroot)/bin/clippy-driver
if [[ -x $driver ]]; then
    export RUSTC_WORKSPACE_WRAPPER=$driver CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings
fi
step "build, and lints"
# Both commands build tests, and so agree on the features of all packages.
.ci/windows-cargo build --locked -p hikyaku -p wmi-double --lib --bins --test cli "${features[@]}"
.ci/windows-cargo test --locked -p hikyaku --lib --test cli --no-run "${features[@]}"
((${#features[@]})) || touch "${CARGO_TARGET_DIR:-target}/whole"

step "a Windows of its own"
scratch=$(mktemp -d)
mkdir "$scratch/work" "$scratch/stick"
cp "$built/hikyaku.exe" "$scratch/stick/"
cp "$built/unelevated.exe" "$scratch/"
.ci/windows-finish "$scratch/stick/hikyaku.exe"
.ci/windows-exe-check "$scratch/stick/hikyaku.exe"
export WINEPREFIX=$scratch/prefix WINEARCH=win64 WINEDEBUG=-all
# No menus, browser engine or .NET, which would want the network.
export WINEDLLOVERRIDES="winemenubuilder.exe,mshtml,mscoree="
cleanup() {
    wineserver -k 2>/dev/null || true
    wineserver -w 2>/dev/null || true
    rm -rf "$scratch"
}
trap cleanup EXIT
system=$WINEPREFIX/drive_c/windows/system32
# This writes 700 MB, which has failed on busy or full disks: an incomplete prefix is no
# reason to skip, and is created again.
for attempt in 1 2 3; do
    rm -rf "$WINEPREFIX"
    xvfb-run -a sh -c 'wine wineboot -i; wineserver -w' >"$scratch/wineboot.log" 2>&1 || true
    if wine cmd /c ver >>"$scratch/wineboot.log" 2>&1; then
        # Its server must end first: the next one gets another lifetime below.
        wineserver -w
        break
    fi
    echo "wine made no Windows (attempt $attempt):"
    tail -n 20 "$scratch/wineboot.log"
    df -h "$scratch"
    wineserver -k 2>/dev/null || true
    ((attempt < 3)) || { echo "FAILED: wine is here, and makes no Windows" >&2; exit 1; }
done
gcc=$(command -v x86_64-w64-mingw32-gcc-win32 || echo x86_64-w64-mingw32-gcc)
$gcc -shared -O2 -o "$system/bcryptprimitives.dll" "$here/bcryptprimitives.c" -ladvapi32
cp "$built/wmi_double.dll" "$system/"
export HIKYAKU_EXE=$scratch/stick/hikyaku.exe HIKYAKU_LANG=en
export HIKYAKU_UNELEVATED=$scratch/unelevated.exe
# Keep the server running between commands.
wineserver -p60
# Unlike Windows, Wine has no font that the window's renderer can use.
SLINT_DEFAULT_FONT=$(wine winepath -w "$(fc-match -f '%{file}' 'Noto Sans CJK JP')" | tr -d '\r')
export SLINT_DEFAULT_FONT

step "the library's tests, and the command line's cases"
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=wine
# The approved pictures of the window are compared on Linux, with its fonts.
.ci/windows-cargo test --locked -p hikyaku --lib "${features[@]}" -- --skip window::tests
.ci/windows-cargo test --locked -p hikyaku --test cli "${features[@]}"

# From here on, planted libraries are beside the exe, for every name that Windows would
# load from the program's folder. With "native first", Wine behaves like Windows; two of
# them are needed by Wine's core, but not by that of Windows.
step "planted libraries"
. "$here/plant.sh" "$gcc" "$scratch" "$system"

step "the command line as an exe"
"$here/cases.sh" "$scratch/work"
nothing_planted_ran

step "the licence store against Wine's own provider"
"$here/own-provider.sh"
nothing_planted_ran

step "the licence store against the double"
"$here/double.sh" "$scratch/work"
nothing_planted_ran

step "the window"
"$here/window.sh" "$scratch/work"
nothing_planted_ran

step "a scanner types into cmd"
"$here/typed.sh" "$scratch/work"
nothing_planted_ran

if ((${#features[@]})); then
    printf '\n#################### LEFT OUT ####################\n'
    echo "left out: the window under Wine, which a second run on this machine tries"
    exit 0
fi
step "passed"
