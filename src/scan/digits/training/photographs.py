"""Sets of photographs for judging the reader: HELD fonts, seeds that nothing was trained on.

usage: photographs.py FOLDER FIRST_SEED COUNT [--trained] [--shots N] [--height LOW HIGH] [--plain] [--empty]
Writes NNNN.jpg (or .png for --plain: a screenshot, no camera) and truth.json.
"""

import argparse
import json
import os

import cv2
import numpy as np

import camera
import fonts
import screens


def framed(rng, shown, zoom, margin=60):
    """What a technician has in the picture: the whole window where it fits, else a band around the numbers."""
    x, y, w, h = shown.window
    full = (0, 0, shown.image.shape[1], shown.image.shape[0])
    if not shown.numbers:
        return full, (x + w / 2, y + h / 2)
    parts = [part for digits in shown.numbers for part in screens.lines_of(shown, digits)]
    if not parts:
        raise ValueError("a number that is not on its screen")
    left = min(line.xs[a][0] for line, a, _ in parts)
    right = max(line.xs[b - 1][1] for line, _, b in parts)
    top = min(line.baseline - line.digit_height for line, _, _ in parts)
    bottom = max(line.baseline for line, _, _ in parts)
    center = ((left + right) / 2, (top + bottom) / 2)
    if full[2] * zoom < 2200:
        return full, center
    return (max(0, left - margin), max(0, top - margin), min(full[2], right + margin), min(full[3], bottom + margin)), center


def quads(shown, P, digits):
    """Where the lines of a number are in the photograph: corners of their digits' boxes."""
    out = []
    for line, a, b in screens.lines_of(shown, digits):
        x0, x1, y1 = line.xs[a][0], line.xs[b - 1][1], line.baseline
        y0 = y1 - line.digit_height
        out.append(camera.map_points(P, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]))
    return out


def take(seed, which, height=None, screen_seed=None, hard=1.0, empty=False, low=8.0, high=40.0):
    """-> (JPEG bytes, truth); the numbers are whole in the picture, three pixels from its edge at least."""
    rng = np.random.default_rng(seed)
    shown = screens.screen(np.random.default_rng(seed + 5_000_000 if screen_seed is None else screen_seed), which, empty=empty)
    for _ in range(20):
        d = height or float(np.exp(rng.uniform(np.log(low), np.log(high))))
        zoom = d / shown.digit_height
        crop, center = framed(rng, shown, zoom)
        jpeg, P = camera.photograph(shown.image, d, zoom, camera.draw(rng, hard), center, crop, 3600)
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), 0)
        where = [quads(shown, P, digits) for digits in shown.numbers]
        every = np.array([q for qs in where for q in qs] or [[[9, 9]]])
        if every.min() > 3 and every[..., 0].max() < picture.shape[1] - 3 and every[..., 1].max() < picture.shape[0] - 3:
            break
    truth = dict(
        seed=seed,
        numbers=shown.numbers,
        quads=[[q.tolist() for q in qs] for qs in where],
        parts=[[line.text[a:b] for line, a, b in screens.lines_of(shown, digits)] for digits in shown.numbers],
        kind=shown.kind,
        font=shown.font,
        mode=shown.mode,
        height=d,
        size=[picture.shape[1], picture.shape[0]],
    )
    return jpeg, truth


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("first", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("--trained", action="store_true")
    parser.add_argument("--shots", type=int, default=1)
    parser.add_argument("--height", type=float, nargs=2, default=(8.0, 40.0))
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--empty", action="store_true")
    args = parser.parse_args()
    which = fonts.TRAINED if args.trained else fonts.HELD
    os.makedirs(args.folder, exist_ok=True)
    truths = []
    for i in range(args.count):
        seed = args.first + i
        for shot in range(args.shots):
            if args.plain:
                shown = screens.screen(np.random.default_rng(seed), which, empty=args.empty)
                name = f"{seed:07d}.png"
                data = cv2.imencode(".png", shown.image[..., ::-1])[1].tobytes()
                truth = dict(seed=seed, numbers=shown.numbers, kind=shown.kind, font=shown.font, mode=shown.mode, height=shown.digit_height)
            else:
                name = f"{seed:07d}.jpg" if args.shots == 1 else f"{seed:07d}-{shot}.jpg"
                data, truth = take(
                    seed * args.shots + shot, which, screen_seed=seed + 5_000_000, empty=args.empty, low=args.height[0], high=args.height[1]
                )
            with open(os.path.join(args.folder, name), "wb") as file:
                file.write(data)
            truths.append(dict(file=name, screen=seed, **truth))
    with open(os.path.join(args.folder, "truth.json"), "w") as file:
        json.dump(truths, file)


if __name__ == "__main__":
    main()
