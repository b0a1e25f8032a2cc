#!/usr/bin/env python3
"""Numbers read off photographs of screens: Hikyaku beside tesseract and PP-OCR, same photographs, same run.

usage: measure.py FOLDER PHOTOGRAPHS [--peers N]

FOLDER gets the photographs (fonts and seeds that nothing was trained on). --peers N: tesseract and PP-OCR read
the first N of them only, since they take seconds for each. Needs what `src/scan/digits/training/README.md`
lists, `tesseract-ocr`, and `pip install rapidocr_onnxruntime`; a peer that is not installed is left out.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
TRAINING = os.path.join(ROOT, "src", "scan", "digits", "training")
sys.path.insert(0, TRAINING)
import check_digits  # noqa: E402

FIRST_SEED = 900_000
LENGTHS = (63, 54, 48)


def holds(digits):
    return all(check_digits.check_digit([int(c) for c in g[:-1]]) == int(g[-1]) for g in check_digits.groups(digits))


def bounded(lines):
    """Numbers by a plain rule: a run of digits to the end of a line, and following lines that are all digits."""
    lines = [re.sub(r"\s", "", line) for line in lines]
    found = set()
    for i, line in enumerate(lines):
        run = re.search(r"(\d{3,})$", line)
        if not run:
            continue
        digits = run.group(1)
        for j in range(i, min(len(lines), i + 9)):
            if j > i:
                if not re.fullmatch(r"\d{1,}", lines[j]):
                    break
                digits += lines[j]
            if len(digits) in LENGTHS and holds(digits):
                found.add(digits)
    return found


def tesseract(file):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["tesseract", file, "-", "--psm", "6", "-c", "tessedit_char_whitelist=0123456789"]
    out = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ, OMP_THREAD_LIMIT="1")).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [line for line in out.split("\n") if line.strip()], took


def pp_ocr():
    from rapidocr_onnxruntime import RapidOCR

    engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)

    def read(file):
        before = time.process_time()
        found, _ = engine(file, use_cls=False)
        return [text for _, text, _ in found or []], time.process_time() - before

    return read


def peers():
    out = {}
    try:
        subprocess.run(["tesseract", "--version"], capture_output=True, check=True)
        out["tesseract, run bounded"] = tesseract
    except OSError:
        print("tesseract is not installed")
    try:
        out["PP-OCR, run bounded"] = pp_ocr()
    except ImportError:
        print("rapidocr_onnxruntime is not installed")
    return out


def row(name, results):
    """results: (exact, wrong, seconds of one processor)."""
    n = len(results)
    exact, wrong = sum(r[0] for r in results), sum(r[1] for r in results)
    mean = 1000 * sum(r[2] for r in results) / max(1, n)
    return f"| {name} | {n} | {100 * exact / max(1, n):.1f} % | {wrong} | {mean:.0f} |"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("photographs", type=int)
    parser.add_argument("--peers", type=int, default=60)
    args = parser.parse_args()
    if not os.path.exists(os.path.join(args.folder, "truth.json")):
        script = os.path.join(TRAINING, "photographs.py")
        subprocess.run([sys.executable, script, args.folder, str(FIRST_SEED), str(args.photographs)], check=True)
    with open(os.path.join(args.folder, "truth.json")) as file:
        truth = json.load(file)
    print("| reader | photographs | exact | wrong and accepted | ms, one core |\n| --- | ---: | ---: | ---: | ---: |")
    for name, read in peers().items():
        results = []
        for picture in truth[: args.peers]:
            lines, took = read(os.path.join(args.folder, picture["file"]))
            found = bounded(lines)
            shown = set(picture["numbers"])
            results.append((shown <= found, len(found - shown), took))
        print(row(name, results), flush=True)
    command = ["taskset", "-c", "0", "cargo", "bench", "--bench", "digits", "--no-default-features", "--features", "pictures", "--"]
    out = subprocess.run([*command, args.folder, "--json"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    ours = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    for name, some in (
        (f"hikyaku, the first {args.peers}", ours[: args.peers]),
        ("hikyaku, all", ours),
        ("hikyaku, digits of 10 px and more", [o for o in ours if o["height"] >= 10]),
    ):
        print(row(name, [(o["exact"], o["wrong"], o["ms"] / 1000) for o in some]))


if __name__ == "__main__":
    main()
