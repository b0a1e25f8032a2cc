#!/usr/bin/env python3
"""How fast and how light the window is, on a screen in memory (Xvfb, no GL).

    cargo build --release && python3 benches/window/measure.py [PROGRAM]

- start: from starting the program to the symbol on the screen, by the clock, and the processor time until then;
- memory: resident, with the preview running;
- preview: share of one processor core while 15 frames a second are shown and
  there is nothing to read, for 20 seconds;
- deposit: from the moment a readable frame lies in the camera's folder to the
  practice PC's file saying that it is activated.

The clock counts what else runs on the machine; the processor time does not.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 7
SIZE = (1024, 768)
# Within the white quiet zone and in a dark finder of the symbol at that size.
QUIET, DARK = (60, 230), (90, 300)
TICK = os.sysconf("SC_CLK_TCK")


class Screen:
    """A screen whose pixels lie in a file."""

    def __init__(self, folder):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24",
             "-fbdir", folder, "-nolisten", "tcp"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        self.display = ":" + os.read(read, 16).decode().strip()
        self.pixels = open(os.path.join(folder, "Xvfb_screen0"), "rb", buffering=0)
        header = self.pixels.read(100)
        word = lambda index: int.from_bytes(header[4 * index:4 * index + 4], "big")
        # XWD: header, 12 bytes a colour, then lines.
        self.begin, self.line = word(0) + 12 * word(19), word(12)

    def pixel(self, x, y):
        self.pixels.seek(self.begin + y * self.line + 4 * x)
        return self.pixels.read(3)

    def has_symbol(self):
        return self.pixel(*QUIET) == b"\xff\xff\xff" and self.pixel(*DARK) == b"\0\0\0"

    def close(self):
        self.server.terminate()
        self.server.wait()


def run(program, *arguments):
    return subprocess.run([program, *arguments], check=True, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


class Pc:
    """A practice PC with a camera made of pictures."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.file = os.path.join(folder, "pc.json")
        self.frames = os.path.join(folder, "frames")
        os.makedirs(self.frames)
        run(program, "practice", "new-pc", self.file)

    def reply(self):
        iid = json.loads(run(self.program, "--practice", self.file, "show", "--json").splitlines()[0])["iid"]
        cid = json.loads(run(self.program, "practice", "portal", "--json", iid).splitlines()[0])["cid"]
        picture = os.path.join(self.folder, "reply.png")
        run(self.program, "reply", iid, cid, "-o", picture, "--module", "8")
        return picture

    def is_activated(self):
        with open(self.file, encoding="utf-8") as file:
            return json.load(file)["products"][0]["status"] == 1

    def open(self, screen, *options):
        environment = {**os.environ, "DISPLAY": screen.display}
        environment.pop("WAYLAND_DISPLAY", None)
        return subprocess.Popen(
            [self.program, "--lang", "ja", "--practice", self.file, "window", "--size",
             f"{SIZE[0]}x{SIZE[1]}", *options],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def processor_time(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident(pid, name="VmRSS"):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        for line in file:
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    return float("nan")


def wait_for(condition, limit=30.0, pause=0.001):
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            sys.exit("waited in vain")
        time.sleep(pause)
    return time.monotonic()


def scene(path, reply=None, light=70):
    """A dim room, with noise; with a phone that shows a reply."""
    phone = ["-fill", "#141414", "-draw", "rectangle 470,30 810,690", reply,
             "-gravity", "center", "-composite"] if reply else []
    subprocess.run(["convert", "-size", "1280x720", f"xc:rgb({light},{light},{light})", *phone,
                    "-attenuate", "0.15", "+noise", "Gaussian", "-colorspace", "Gray", path], check=True)


def start(program, folder, screen):
    pc = Pc(program, folder)
    begun = time.monotonic()
    window = pc.open(screen, "--camera-folder", pc.frames)
    shown = wait_for(screen.has_symbol)
    spent = processor_time(window.pid)
    window.terminate()
    window.wait()
    wait_for(lambda: screen.pixel(*QUIET) != b"\xff\xff\xff")
    return (shown - begun) * 1000, spent * 1000


def preview(program, folder, screen):
    pc = Pc(program, folder)
    for index in range(2):
        scene(os.path.join(pc.frames, f"{index}.png"))
    window = pc.open(screen, "--camera-folder", pc.frames)
    time.sleep(8)
    before, begun = processor_time(window.pid), time.monotonic()
    time.sleep(20)
    share = (processor_time(window.pid) - before) / (time.monotonic() - begun)
    memory = resident(window.pid), resident(window.pid, "VmHWM")
    window.terminate()
    window.wait()
    return share * 100, *memory


def deposit(program, folder, screen):
    pc = Pc(program, folder)
    empty, film = os.path.join(pc.frames, "0.png"), os.path.join(folder, "film.png")
    scene(empty)
    scene(film, pc.reply())
    window = pc.open(screen, "--camera-folder", pc.frames)
    wait_for(screen.has_symbol)
    time.sleep(4)
    begun = time.monotonic()
    os.rename(film, os.path.join(pc.frames, "1.png"))
    took = wait_for(pc.is_activated) - begun
    window.terminate()
    window.wait()
    wait_for(lambda: screen.pixel(*QUIET) != b"\xff\xff\xff")
    return took * 1000


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(here, "../../target"))
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(target, "release/hikyaku"))
    work = tempfile.mkdtemp()
    screen = None
    try:
        screen = Screen(work)
        folder = lambda: tempfile.mkdtemp(dir=work)
        starts = [start(program, folder(), screen) for _ in range(RUNS)]
        for name, values in zip(("start, clock", "start, processor"), zip(*starts)):
            print(f"{name:<18} {statistics.median(values):6.0f} ms   ({min(values):.0f}-{max(values):.0f})")
        share, now, most = preview(program, folder(), screen)
        print(f"{'preview':<18} {share:6.1f} % of a core")
        print(f"{'memory':<18} {now:6.1f} MB   (at most {most:.1f})")
        deposits = [deposit(program, folder(), screen) for _ in range(RUNS)]
        print(f"{'deposit':<18} {statistics.median(deposits):6.0f} ms   ({min(deposits):.0f}-{max(deposits):.0f})")
    finally:
        if screen:
            screen.close()
        shutil.rmtree(work, ignore_errors=True)


main()
