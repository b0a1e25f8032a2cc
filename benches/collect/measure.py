#!/usr/bin/env python3
"""Photographs of many PCs' screens, read by `hikyaku collect` and by others on
the same files: pictures a second, processor time, memory, share read.

usage: python3 benches/collect/measure.py PROGRAM [COUNT]

Needs zbarimg (Debian: zbar-tools) and zxing-cpp with Pillow from PyPI; who is not
there is left out. Without COUNT: 300 photographs of 12 megapixels, which take
0.9 GB and some minutes to make. Also: every command on a trip of 1,000 PCs.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

ZXING = """
import sys, zxingcpp
from PIL import Image
for name in sys.argv[1:]:
    found = zxingcpp.read_barcodes(Image.open(name).convert("L"))
    print(name, len(found))
"""


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


def collecting(program, folder, count, env):
    photos = sorted(f"{folder}/photos/{name}" for name in os.listdir(f"{folder}/photos"))
    rows = []
    for name, before in [("hikyaku collect", []), ("hikyaku collect, one processor", ["taskset", "-c", "0"])]:
        quietly(program, "trip", "new", name, env=env)
        took, cpu, memory, out = run([*before, program, "--json", "collect", "--trip", name, *photos], env)
        read = sum(json.loads(line)["outcome"] in ("collected", "known") for line in out.splitlines())
        rows.append((name, took, cpu, memory, read))
    if shutil.which("zbarimg"):
        took, cpu, memory, out = run(["zbarimg", "--quiet", "-Sdisable", "-Sqrcode.enable", *photos], env)
        rows.append(("zbarimg", took, cpu, memory, len(out.splitlines())))
    try:
        took, cpu, memory, out = run([sys.executable, "-c", ZXING, *photos], env)
        read = sum(not line.endswith(" 0") for line in out.splitlines())
        if out:
            rows.append(("zxing-cpp (Python)", took, cpu, memory, read))
    except OSError:
        pass
    print(f"\n{count} photographs of 12 megapixels\n")
    print("| reader | read | pictures/s | processor s | MB |\n| --- | ---: | ---: | ---: | ---: |")
    for name, took, cpu, memory, read in rows:
        print(f"| {name} | {read} | {count / took:.1f} | {cpu:.1f} | {memory:.0f} |")


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
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/photos")
        env = {**os.environ, "HIKYAKU_TRIPS": f"{folder}/trips", "HIKYAKU_LANG": "en"}
        thousand(program, folder, env)
        if count:
            photographs(program, folder, count, env)
            collecting(program, folder, count, env)


if __name__ == "__main__":
    main()
