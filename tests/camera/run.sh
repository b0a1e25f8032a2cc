#!/bin/bash
# Tests a real camera device: boots Debian's kernel in an emulated machine, feeds its
# /dev/video0 with footage of practice replies, and lets the program read and deposit
# them; then tests no camera, and a busy, a stalled and an unplugged one.
#
# Needs root or sudo for packages, but no KVM. If something is not available, prints
# "SKIPPED: ..." as its last line and succeeds.
#
# usage: run.sh [PROGRAM]   (by default it is built; the example `footage` must be beside
#        it in examples/, where `cargo test` puts it)
set -euo pipefail
cd "$(dirname "$0")/../.."
export CARGO_TERM_COLOR=never

skip() {
    echo "SKIPPED: camera test: $*"
    exit 0
}

as_root=()
if [[ $(id -u) != 0 ]]; then as_root=(sudo -n); fi

install_packages() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    apt_get_new "${missing[@]}"
}

# Installs or upgrades packages.
apt_get_new() {
    "${as_root[@]}" apt-get update -qq || true
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

[[ $(uname -m) == x86_64 ]] || skip "only for x86_64, this is $(uname -m)"
command -v apt-get >/dev/null || skip "no apt-get here"
install_packages gcc libc6-dev make kmod cpio busybox-static qemu-system-x86 linux-headers-amd64 ||
    skip "packages cannot be installed"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# --- kernel and modules, cached between runs ---------------------------------
kernel_named() {
    kernel=$(dpkg-query -W -f '${Depends}' linux-headers-amd64 |
        sed -n 's/.*linux-headers-\([0-9][^ ,]*\).*/\1/p')
    [[ -d /usr/src/linux-headers-$kernel ]] || skip "no headers of kernel $kernel"
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/hikyaku-ci/kernel-$kernel
}
download() {
    mkdir -p "$scratch/download"
    (cd "$scratch/download" && apt-get download -qq -o APT::Sandbox::User=root \
        "linux-image-$kernel" v4l2loopback-dkms)
}
kernel_named
if [[ ! -d $cache ]]; then
    # Installed headers may be older than any available kernel.
    download || { apt_get_new linux-headers-amd64 && kernel_named && download; } ||
        skip "apt offers no linux-image-$kernel or v4l2loopback-dkms"
    for package in "$scratch"/download/*.deb; do
        dpkg-deb -x "$package" "$scratch/unpacked"
    done
    cp -r "$scratch"/unpacked/usr/src/v4l2loopback-* "$scratch/loopback"
    make -s -C "/usr/src/linux-headers-$kernel" M="$scratch/loopback" modules >"$scratch/log" 2>&1 ||
        { cat "$scratch/log" >&2; skip "v4l2loopback does not build for $kernel"; }
    tree=$scratch/unpacked/lib/modules/$kernel
    mkdir -p "$tree/extra" "$scratch/kernel"
    cp "$scratch/loopback/v4l2loopback.ko" "$tree/extra/"
    depmod -b "$scratch/unpacked" "$kernel"
    for module in v4l2loopback vivid; do
        modprobe -d "$scratch/unpacked" -S "$kernel" --show-depends $module |
            awk '$1 == "insmod" { print $2 }' >"$scratch/files"
        xargs -a "$scratch/files" cp -t "$scratch/kernel"
        sed 's#.*/#/modules/#' "$scratch/files" >"$scratch/kernel/$module"
    done
    cp "$scratch/unpacked/boot/vmlinuz-$kernel" "$scratch/kernel/vmlinuz"
    # Atomically: concurrent runs may use it.
    mkdir -p "$cache.$$"
    cp "$scratch"/kernel/* "$cache.$$/"
    mv -T "$cache.$$" "$cache" 2>/dev/null || rm -rf "$cache.$$"
fi

# --- the program, and footage of replies -------------------------------------
if (($#)); then
    hikyaku=$(realpath "$1")
else
    # Without the window, which is not needed here.
    cargo build --locked --no-default-features --features cli,camera,filming --bin hikyaku --example footage
    hikyaku=$(realpath "${CARGO_TARGET_DIR:-target}/debug/hikyaku")
fi
footage=$(dirname "$hikyaku")/examples/footage

mkdir -p "$scratch"/root/{bin,data,modules,proc,sys,dev,etc,tmp,lib,lib64}
echo 'nobody:x:65534:65534::/tmp:/bin/sh' >"$scratch/root/etc/passwd"
data=$scratch/root/data
for pc in 1 2 3 4; do
    "$hikyaku" practice new-pc "$data/pc-$pc.json" --name "PC-$pc" >/dev/null 2>&1
    number() { sed -n 's/.*"'"$1"'":"\([0-9]*\)".*/\1/p' | head -n 1; }
    iid=$("$hikyaku" --practice "$data/pc-$pc.json" --json show 2>/dev/null | number iid)
    cid=$("$hikyaku" --json practice portal "$iid" 2>/dev/null | number cid)
    reply=$("$hikyaku" --json reply "$iid" "$cid" -o "$scratch/reply.png" 2>/dev/null | number reply)
    [[ ${#reply} == 60 ]] || { echo "FAILED: no reply for PC-$pc" >&2; exit 1; }
    case $pc in
        1 | 3) format=yuyv ;;
        *) format=mjpg ;;
    esac
    "$footage" "$reply" $format "$data/reply-$pc.$format" 4 $pc
done
rm -f "$data"/*.memory.json

# --- the machine -------------------------------------------------------------
cp "$hikyaku" "$scratch/root/bin/hikyaku"
strip "$scratch/root/bin/hikyaku"
gcc -O1 -Wall -Werror -static tests/camera/feeder.c -o "$scratch/root/bin/feeder"
cp /bin/busybox "$scratch/root/bin/"
for tool in $(/bin/busybox --list); do
    [[ $tool == busybox ]] || ln -s busybox "$scratch/root/bin/$tool"
done
cp "$cache"/*.ko "$cache/v4l2loopback" "$cache/vivid" "$scratch/root/modules/"
ldd "$hikyaku" | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$scratch/root$(dirname "$library")"
    cp -L "$library" "$scratch/root$library"
done
install -m 755 tests/camera/guest.sh "$scratch/root/init"
(cd "$scratch/root" && find . | cpio --quiet -o -H newc | gzip -1) >"$scratch/initramfs"

timeout 900 qemu-system-x86_64 -accel tcg -M pc -m 1024 -smp 1 -nographic -no-reboot -nic none \
    -kernel "$cache/vmlinuz" -initrd "$scratch/initramfs" \
    -append "console=ttyS0 quiet panic=-1 rdinit=/init" </dev/null |
    sed -u -e 's/\r//g' -e 's/\x1b[^a-zA-Z]*[a-zA-Z]//g' | tee "$scratch/console" | grep -v '^$'

grep -qx '== the guest is done' "$scratch/console" || { echo "FAILED: the machine did not get to the end"; exit 1; }
if grep -q '^FAILED' "$scratch/console"; then exit 1; fi
echo "passed: camera test with kernel $kernel"
