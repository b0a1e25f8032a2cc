#!/bin/sh
# Runs as init of the machine that run.sh boots: runs each case and prints its result
# on one line, "passed: ..." or "FAILED: ...".
export PATH=/bin HIKYAKU_LANG=en
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
mount -t tmpfs none /tmp
cd /tmp || exit
# Start on a fresh line.
echo
cp /data/pc-*.json /tmp

now() { cut -d' ' -f1 /proc/uptime; }

# Runs the program in the background; prefixes each line of its output with the time.
begin() { begin_with hikyaku "$@"; }

begin_as_nobody() { begin_with start-stop-daemon -S -c nobody -x /bin/hikyaku -- "$@"; }

begin_with() {
    rm -f out status
    { "$@" 2>&1; echo $? >status; } | while IFS= read -r line; do
        echo "$(now) $line"
    done >out &
    started=$(now)
}

# Waits for a text in the output, at most so many seconds; sets $when to its time.
says() {
    tries=$(($2 * 10))
    until when=$(grep -F -- "$1" out | head -n 1 | cut -d' ' -f1) && [ -n "$when" ]; do
        tries=$((tries - 1))
        if [ $tries -lt 0 ]; then
            complain "did not say \"$1\""
            return 1
        fi
        sleep 0.1
    done
}

# Waits for the program to end, and checks its exit code.
ends_with() {
    tries=$(($2 * 10))
    until [ -s status ]; do
        tries=$((tries - 1))
        if [ $tries -lt 0 ]; then
            complain "hangs"
            killall -9 hikyaku
            return 1
        fi
        sleep 0.1
    done
    [ "$(cat status)" = "$1" ] || complain "exit code $(cat status) instead of $1"
}

# Checks that one time came at most so many seconds after another. The machine is
# emulated: reading a single frame takes up to a second.
within() {
    took=$(awk "BEGIN { printf \"%.1f\", $2 - $1 }")
    awk "BEGIN { exit !($took <= $3) }" || complain "took $took s"
}

licensed() {
    hikyaku --practice "$1" status --json 2>&1 | grep -q '"standing":"licensed"' ||
        complain "nothing was deposited"
}

case_named() {
    name=$1 fine=yes took=
    rm -f pause next
}

complain() {
    [ $fine = no ] || echo "FAILED: $name: $*"
    fine=no
    sed 's/^/    /' out
}

done_with() {
    [ $fine = no ] || echo "passed: $name${took:+ ($took s)}"
}

stop_feeder() {
    killall feeder 2>/dev/null
    sleep 0.5
}

modules() {
    for module in $(cat "/modules/$1"); do
        [ -d "/sys/module/$(basename "$module" .ko | tr - _)" ] && continue
        case $module in
            */v4l2loopback.ko) insmod "$module" devices=1 video_nr=0 exclusive_caps=1 ;;
            */vivid.ko) insmod "$module" n_devs=1 node_types=0x1 num_inputs=1 input_types=0x0 ;;
            *) insmod "$module" ;;
        esac || echo "FAILED: cannot load $module"
    done
}

play() {
    feeder play /dev/video0 "$1" 640 480 10 "$2" &
    sleep 1
}

case_named "no camera"
begin --practice pc-1.json scan --camera
says "There is no camera." 3 && within "$started" "$when" 3
ends_with 8 3
done_with

case_named "no camera to list"
begin cameras
ends_with 8 3
done_with

modules v4l2loopback
case_named "YUYV: listed, read, deposited"
play YUYV /data/reply-1.yuyv
begin cameras --json
ends_with 0 5
grep -q '"place":"/dev/video0"' out || complain "is not listed"
begin --practice pc-1.json scan --camera
says "Activated" 60 && within "$started" "$when" 60
ends_with 0 5
licensed pc-1.json
stop_feeder
done_with

case_named "MJPG without Huffman tables: read, deposited"
play MJPG /data/reply-2.mjpg
begin --practice pc-2.json scan --camera
says "Activated" 60 && within "$started" "$when" 60
ends_with 0 5
licensed pc-2.json
stop_feeder
done_with

case_named "stalled: said, and gone on when frames return"
play YUYV /data/reply-1.yuyv
begin --practice pc-3.json scan --camera
says "is for another PC" 60
touch pause
paused=$(now)
says "sends no picture" 10 && within "$paused" "$when" 5
stalled=$took
cp /data/reply-3.yuyv next
rm pause
says "Pictures come again" 10
says "Activated" 60
ends_with 0 5
licensed pc-3.json
took=$stalled
stop_feeder
done_with

case_named "stalled from the beginning, and cancelled"
play YUYV /data/reply-1.yuyv
touch pause
sleep 0.5
begin --practice pc-4.json scan --camera
# Opening a camera may take nine seconds.
says "sends no picture" 18 && within "$started" "$when" 12
killall -INT hikyaku
ends_with 130 3
stop_feeder
done_with

rmmod v4l2loopback
modules vivid
case_named "busy"
feeder hold /dev/video0 &
sleep 0.5
begin --practice pc-4.json scan --camera
says "is used by another program" 5 && within "$started" "$when" 5
ends_with 8 3
stop_feeder
done_with

case_named "blocked"
chmod 600 /dev/video0
chmod 777 /tmp
chmod 666 pc-4*.json
begin_as_nobody --practice pc-4.json scan --camera
says "may not be used here" 5 && within "$started" "$when" 3
ends_with 8 3
done_with

case_named "unplugged, and gone on when plugged in again"
begin --practice pc-4.json scan --camera
says "Hold the code" 20
# vivid recovers when its last user has closed it.
feeder unplug /dev/video0
unplugged=$(now)
says "is gone" 10 && within "$unplugged" "$when" 3
says "Pictures come again" 20
killall -INT hikyaku
ends_with 130 3
done_with

echo "== the guest is done"
poweroff -f
