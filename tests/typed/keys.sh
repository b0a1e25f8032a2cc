# Sourced: a handheld scanner, which is a keyboard. It sends the keys of a US
# keyboard by their places, whatever the PC takes them for.
#
#   begin_screen            a screen in memory, in $DISPLAY; `end_screen` ends it
#   layout NAME             what the PC takes the keys for: jp, us, de
#   caps on|off             Caps Lock
#   scan TEXT               presses and releases a key for every character, then Enter
#   focus CLASS             gives a window the keyboard
#   waited COMMAND          waits until it succeeds, at most 20 seconds

begin_screen() {
    local pipe
    pipe=$(mktemp -u)
    mkfifo "$pipe"
    # Without -noreset the keyboard is forgotten whenever no window is open.
    Xvfb -displayfd 3 -screen 0 1024x768x24 -noreset -nolisten tcp 3>"$pipe" 2>/dev/null &
    screen=$!
    local number
    read -r number <"$pipe"
    rm -f "$pipe"
    export DISPLAY=:$number
    unset WAYLAND_DISPLAY
}
end_screen() { kill "${screen:-}" 2>/dev/null || true; }

waited() { for ((t = 0; t < 200; t++)); do "$@" && return; sleep 0.1; done; return 1; }

layout() {
    case $1 in
        jp) setxkbmap -model jp106 -layout jp ;;
        *) setxkbmap -model pc105 -layout "$1" ;;
    esac
}

# It is off on a new screen, and what arrives shows it. On a Japanese keyboard the
# key is 英数, and Caps Lock with Shift.
locked=off
caps() {
    [[ $locked != "$1" ]] || return 0
    xdotool keydown 50 key 66 keyup 50
    locked=$1
}

focus() { xdotool search --sync --onlyvisible --class "$1" windowfocus --sync >/dev/null; }

# Keycodes of the places, as X numbers them.
declare -A place=([ ]=65 [-]=20 [/]=61 [$'\t']=23)
row() { local code=$1 letters=$2 i; for ((i = 0; i < ${#letters}; i++)); do place[${letters:i:1}]=$((code + i)); done; }
row 10 1234567890
row 24 QWERTYUIOP
row 38 ASDFGHJKL
row 52 ZXCVBNM

scan() {
    local text=$1 keys=() i character code
    for ((i = 0; i < ${#text}; i++)); do
        character=${text:i:1}
        code=${place[$character]:-}
        [[ -n $code ]] || { echo "typed: no key for '$character'" >&2; return 1; }
        if [[ $character == [A-Z] ]]; then
            keys+=(keydown 50 key "$code" keyup 50)
        else
            keys+=(key "$code")
        fi
    done
    xdotool "${keys[@]}" key 36
}
