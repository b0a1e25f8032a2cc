# Sourced: a virtual screen, a practice PC, a camera made of pictures. Expects $program.

work=$(mktemp -d)
cd "$work"
xvfb='' window=''
export HIKYAKU_LANG=ja LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY

end_screen() {
    [[ -z $window ]] || kill "$window" 2>/dev/null || true
    [[ -z $xvfb ]] || kill "$xvfb" 2>/dev/null || true
    cd /
    rm -rf "$work"
}
trap end_screen EXIT

step() { printf -- '-- %s\n' "$*"; }

fail() {
    echo "FAILED: $*" >&2
    shot "$OLDPWD_SHOT" 2>/dev/null || true
    echo "the screen at that moment: $OLDPWD_SHOT" >&2
    sed 's/^/   /' window.log >&2 || true
    exit 1
}
OLDPWD_SHOT=${TMPDIR:-/tmp}/window-failed.png

begin_screen() { # WIDTH HEIGHT
    exec 3< <(Xvfb -displayfd 1 -screen 0 1920x1080x24 -nolisten tcp 2>/dev/null & echo "pid $!"; wait)
    local line
    DISPLAY=''
    while read -r line <&3; do
        case $line in
        pid*) xvfb=${line#pid } ;;
        *) DISPLAY=:$line ;;
        esac
        [[ -z $xvfb || -z ${DISPLAY-} ]] || break
    done
    export DISPLAY
    width=$1 height=$2
}

shot() { import -window root -crop "${width}x$height+0+0" +repage "$1"; }

new_pc() { # FOLDER [OPTIONS OF new-pc]
    local folder=$1
    shift
    mkdir -p "$folder/frames"
    "$program" practice new-pc "$folder/pc.json" "$@" >/dev/null 2>&1
}

# The JSON of `show` for a product, by default the first.
request() { # FOLDER [KEY TAIL]
    "$program" --practice "$1/pc.json" --memory "$1/other.json" show --json ${2:+--product "$2"} 2>/dev/null | head -n 1
}
iid_of() { request "$@" | sed 's/.*"iid":"\([0-9]*\)".*/\1/'; }
cid_of() { "$program" practice portal --json "$(iid_of "$@")" 2>/dev/null | sed 's/.*"cid":"\([0-9]*\)".*/\1/'; }
reply_of() { # FOLDER [KEY TAIL]: the 60 digits
    local iid cid
    iid=$(iid_of "$@") cid=$(cid_of "$@")
    "$program" reply "$iid" "$cid" -o reply.png --module 8 >/dev/null 2>&1
    "$program" decode --json reply.png | sed 's/.*"text":"\([0-9]*\)".*/\1/'
}

# Writes, atomically, a picture of a phone that shows the digits, or of nothing.
film() { # DIGITS FILE
    if [[ -n $1 ]]; then
        convert -size 1280x720 xc:'#4a4a4a' -fill '#141414' -draw 'rectangle 470,30 810,690' \
            reply.png -gravity center -composite -blur 0x0.8 -colorspace Gray film.png
    else
        convert -size 1280x720 gradient:'#333-#666' -colorspace Gray film.png
    fi
    mv film.png "$2"
}

open_window() { # FOLDER [OPTIONS OF window]
    local folder=$1
    shift
    local camera=(--camera-folder "$folder/frames")
    [[ " $* " != *" --no-camera "* ]] || camera=()
    local size=(--size "${width}x$height")
    [[ " $* " != *" --size "* ]] || size=()
    "$program" --practice "$folder/pc.json" window "${camera[@]}" "${size[@]}" "$@" >window.log 2>&1 &
    window=$!
    take_focus
    [[ " $* " != *"1920x1080"* ]] || { width=1920 height=1080; }
}

# Shows the replies of the trip on the screen.
open_board() {
    "$program" deliver --window >window.log 2>&1 &
    window=$!
    take_focus
}

take_focus() {
    # Without a window manager, keyboard focus follows the pointer.
    local id
    id=$(timeout 20 xdotool search --sync --onlyvisible --pid "$window" | tail -n 1) ||
        id=$(timeout 20 xdotool search --sync --onlyvisible --name '飛脚|Hikyaku|返信' | tail -n 1)
    xdotool windowmove "$id" 0 0 windowfocus "$id" 2>/dev/null || true
}

close_window() {
    kill "$window"
    wait "$window" 2>/dev/null || true
    window='' width=1024 height=768
}

wait_for() { # COMMAND...: for at most 15 seconds
    local end=$((SECONDS + ${HIKYAKU_PATIENCE:-15}))
    until "$@"; do
        ((SECONDS < end)) || fail "waited for: $*"
        sleep 0.2
    done
}

texts_on_screen() { shot screen.png && "$program" decode --json screen.png 2>/dev/null; }
request_on_screen() { texts_on_screen | grep -q "\"text\":\"$(iid_of "$1")\""; }
reads_on_screen() { texts_on_screen | grep -q "\"text\":\"$1\""; }
delivered() { # NAME OF A PC
    "$program" --json report 2>/dev/null | grep -o '"pc":"'"$1"'".*' | head -n 1 | grep -oE '"progress":"[a-z-]*"' | head -n 1 | grep -q delivered
}
receipt_on_screen() { texts_on_screen | grep -q '"text":"c1\.'; }
activated() { "$program" --practice "$1/pc.json" status --json 2>/dev/null | head -n 1 | grep -q '"status":1'; }
activated_product() { # FOLDER KEY TAIL
    "$program" --practice "$1/pc.json" status --json 2>/dev/null | grep "\"$2\"" | grep -q '"status":1'
}
colour_at() { convert screen.png -format "%[pixel:p{$1,$2}]" info:; }
shows_colour() { # R,G,B
    shot screen.png
    convert screen.png -format %c histogram:info: 2>/dev/null | grep -Eq "\( *${1//,/, *}[,)]"
}
