# Sourced: checks a command's exit code and output.
#
#   expect CODE TEXT COMMAND ...
#
# TEXT is an extended regular expression that a line of the output (of either stream)
# must match; with `!TEXT`, none may. The output is kept in $said.

failures=0

expect() {
    local code=$1 text=$2 got=0
    shift 2
    said=$("$@" 2>&1 </dev/null) || got=$?
    said=${said//$'\r'/}
    local wrong=
    [[ $got == "$code" ]] || wrong="ended with $got, not $code"
    if [[ $text == !* ]]; then
        ! grep -qE -- "${text#!}" <<<"$said" || wrong="${wrong:+$wrong; }says ${text#!}"
    else
        grep -qE -- "$text" <<<"$said" || wrong="${wrong:+$wrong; }does not say $text"
    fi
    if [[ -n $wrong ]]; then
        printf 'FAILED: %s\n  %s\n%s\n' "$*" "$wrong" "$said" >&2
        failures=$((failures + 1))
    fi
}

hikyaku() { wine "$HIKYAKU_EXE" "$@"; }

finish() {
    if ((failures)); then
        echo "$failures failed" >&2
        exit 1
    fi
    echo "passed: $1"
}
