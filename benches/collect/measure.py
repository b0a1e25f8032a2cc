#!/usr/bin/env python3
"""Photographs of many PCs' screens, read by `hikyaku collect` and by others on
the same files: pictures a second, processor time, memory, share read.

usage: python3 benches/collect/measure.py PROGRAM [COUNT | FOLDER]

Needs zbarimg (Debian: zbar-tools), and zxing-cpp with Pillow or OpenCV
(opencv-python-headless) from PyPI; who is not there is left out. Without COUNT: 300
photographs of 12 megapixels, which take 1.2 GB and some minutes to make. Also: every
command on a trip of 1,000 PCs. `measure.py PROGRAM FOLDER` reads the photographs that
are in a folder instead, and leaves the trip out.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ZXING = """
import sys, zxingcpp
way, *names = sys.argv[1:]
if way.startswith("OpenCV"):
    import cv2
    cv2.setNumThreads(1)
else:
    from PIL import Image
qr = {} if way == "Pillow" else {"formats": zxingcpp.BarcodeFormat.QRCode}
for name in names:
    if way == "OpenCV grey":
        picture = cv2.imread(name, cv2.IMREAD_GRAYSCALE)
    elif way == "OpenCV grey half":
        picture = cv2.imread(name, cv2.IMREAD_REDUCED_GRAYSCALE_2)
    else:
        picture = Image.open(name).convert("L")
    print(name, len(zxingcpp.read_barcodes(picture, **qr)))
"""

# How zxing-cpp gets its pictures, and what it looks for: as its documentation has it, then
# better and better informed of what is wanted.
ZXING_WAYS = {
    "Pillow": "zxing-cpp, Pillow",
    "Pillow QR": "zxing-cpp, Pillow, QR codes only",
    "OpenCV grey": "zxing-cpp, OpenCV in grey, QR codes only",
    "OpenCV grey half": "zxing-cpp, OpenCV in grey at half size, QR codes only",
}

# Each reader reads everything so often, in turns, so that what else the machine does
# meets all of them; the median counts.
ROUNDS = 3


def run(arguments, env, input_text=None):
    """Seconds by the clock, seconds of processor, MB, and what it printed."""
    with tempfile.TemporaryFile("w+") as out:
        begun = time.monotonic()
        child = subprocess.Popen(
            arguments, env=env, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.DEVNULL, text=True
        )
        if input_text is not None:
            child.stdin.write(input_text)
        child.stdin.close()
        _, _, usage = os.wait4(child.pid, 0)
        took = time.monotonic() - begun
        out.seek(0)
        return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read()


def quietly(*arguments, env):
    subprocess.run(arguments, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def photographs(program, folder, count, env):
    """Every PC's screen, photographed by the model of a phone."""
    for number in range(count):
        pc, screen = f"{folder}/pc.json", f"{folder}/screen.png"
        if os.path.exists(pc):
            os.remove(pc)
        quietly(program, "practice", "new-pc", pc, "--name", f"PC-{number}", "--serial", f"S{number}", env=env)
        quietly(program, "--practice", pc, "show", "--page", "https://example.jp/p/", "-o", screen, env=env)
        quietly(
            program, "practice", "film", screen, "-o", f"{folder}/photos/{number:03}.jpg", "--camera", "phone",
            "--frames", "1", "--width", "4000", "--height", "3000", "--seed", str(number), env=env,
        )


def collecting(program, photos, env):
    one = ["taskset", "-c", "0"]

    def hikyaku(before):
        trip = "photographs"
        shutil.rmtree(env["HIKYAKU_TRIPS"], ignore_errors=True)
        quietly(program, "trip", "new", trip, env=env)
        *usage, out = run([*before, program, "--json", "collect", "--trip", trip, *photos], env)
        return *usage, sum(json.loads(line)["outcome"] in ("collected", "known") for line in out.splitlines())

    def zbar():
        *usage, out = run([*one, "zbarimg", "--quiet", "-Sdisable", "-Sqrcode.enable", *photos], env)
        return *usage, len(out.splitlines())

    def zxing(way):
        *usage, out = run([*one, sys.executable, "-c", ZXING, way, *photos], env)
        return *usage, sum(not line.endswith(" 0") for line in out.splitlines())

    readers = {"hikyaku collect, all processors": lambda: hikyaku([]), "hikyaku collect": lambda: hikyaku(one)}
    if shutil.which("zbarimg"):
        readers["zbarimg"] = zbar
    for way, name in ZXING_WAYS.items():
        readers[name] = lambda way=way: zxing(way)
    rows = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            rows[name].append(read())
    print(f"\n{len(photos)} photographs of 12 megapixels; who does not say otherwise, on one processor\n")
    print("| reader | read | pictures/s | processor ms a picture | MB |\n| --- | ---: | ---: | ---: | ---: |")
    for name, runs in rows.items():
        took, cpu, memory, read = (statistics.median(column) for column in zip(*runs))
        # What cannot even be imported reads nothing at all.
        if read:
            each = 1000 * cpu / len(photos)
            print(f"| {name} | {read:.0f} | {len(photos) / took:.1f} | {each:.0f} | {memory:.0f} |")


def thousand(program, folder, env):
    """Every command on a trip of 1,000 PCs."""
    os.mkdir(f"{folder}/screens")
    iids = []
    for number in range(1000):
        pc = f"{folder}/pc-1000.json"
        if os.path.exists(pc):
            os.remove(pc)
        quietly(program, "practice", "new-pc", pc, "--name", f"WARD-{number}", "--serial", f"T{number}", env=env)
        quietly(program, "--practice", pc, "show", "-o", f"{folder}/screens/{number:04}.png", "--module", "3", "--page", "https://example.jp/p/", env=env)
    quietly(program, "trip", "new", "thousand", env=env)
    trip = ["--trip", "thousand"]
    quietly(program, "collect", f"{folder}/screens", *trip, env=env)
    out = f"{folder}/out"
    quietly(program, "trip", "export", f"{out}.json", *trip, env=env)
    with open(f"{out}.json") as file:
        iids = [entry["iid"] for pc in json.load(file)["pcs"] for entry in pc["entries"]]
    quietly(program, "trip", "new", "other", env=env)
    answer = run([program, "practice", "portal", iids[0]], env)[3]
    digits = "".join(c for c in "".join(answer.splitlines()[:2]) if c.isdigit())
    commands = {
        "trip show": (["trip", "show", *trip], None),
        "trip export": (["trip", "export", f"{out}.json", *trip], None),
        "trip merge, all new": (["trip", "merge", f"{out}.json", "--trip", "other"], None),
        "trip merge, nothing new": (["trip", "merge", f"{out}.json", "--trip", "other"], None),
        "portal, one answer": (["portal", "--no-clipboard", *trip], digits + "\nq\n"),
        "collect, one picture": (["collect", f"{folder}/screens/0007.png", *trip], None),
        "deliver --request-sheet": (["deliver", "--request-sheet", f"{out}.html", *trip], None),
        "report -o record.html": (["report", "-o", f"{out}.html", *trip], None),
        "report -o record.csv": (["report", "-o", f"{out}.csv", *trip], None),
        "runbook": (["runbook", "-o", f"{out}.html", *trip], None),
    }
    print(f"\n{len(iids)} PCs in a trip\n")
    print("| command | s by the clock | processor s | MB |\n| --- | ---: | ---: | ---: |")
    for name, (arguments, typed) in commands.items():
        took, cpu, memory, _ = run([program, *arguments], env, typed)
        print(f"| {name} | {took:.2f} | {cpu:.2f} | {memory:.0f} |")


def main():
    program = os.path.realpath(sys.argv[1])
    what = sys.argv[2] if len(sys.argv) > 2 else "300"
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "HIKYAKU_TRIPS": f"{folder}/trips", "HIKYAKU_LANG": "en"}
        photos = what
        if what.isdigit():
            photos = f"{folder}/photos"
            os.mkdir(photos)
            thousand(program, folder, env)
            photographs(program, folder, int(what), env)
        files = sorted(f"{photos}/{name}" for name in os.listdir(photos))
        if files:
            collecting(program, files, env)


if __name__ == "__main__":
    main()
