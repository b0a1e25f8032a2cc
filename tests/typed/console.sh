# Sourced after keys.sh: a console of a PC on which Hikyaku does not run, with a
# double of Windows' own script over a practice PC. Needs $program, $work, fail; the
# PC is $work/pc.json unless $pc says otherwise.
#
#   open_console command|boxes   what arrives is in $work/arrived; `boxes` take
#                                whatever comes, as a dialog would
#   close_console
#   arrived                      whether a whole line arrived

# Under both cases: bash tells them apart, cmd does not.
mkdir -p "$work/bin"
cat >"$work/bin/slmgr" <<END
#!/bin/bash
printf '%s %s\n' "\${0##*/}" "\$*" >>"$work/arrived"
[[ \${1,,} == /atp ]] || exit 1
printf '%s\n\n' "\$2" | "$program" --practice "${pc:-$work/pc.json}" enter \${3:+--product "\$3"} >>"$work/slmgr.log" 2>&1
END
chmod +x "$work/bin/slmgr"
ln -sf slmgr "$work/bin/SLMGR"

open_console() { # FORM
    rm -f "$work/arrived"
    touch "$work/arrived"
    case $1 in
        boxes) set -- bash -c "exec cat >>'$work/arrived'" ;;
        *) set -- env PATH="$work/bin:$PATH" PS1='> ' bash --norc --noprofile -i ;;
    esac
    xterm -class Typed -e "$@" 2>/dev/null &
    console=$!
    focus Typed || fail "no console"
    sleep 0.5
}
close_console() {
    kill "$console" 2>/dev/null || true
    wait "$console" 2>/dev/null || true
}
arrived() { grep -q . "$work/arrived" && [[ $(tail -c 1 "$work/arrived" | wc -l) == 1 ]]; }
