"""Training examples out of simulated photographs (TRAINED fonts only).

usage: examples.py FIRST_SEED END_SEED OUT.npz
Strips for the reader's network: a class for each frame (what stands at that column) and the text of the line.
Tiles for the finder's network: at each cell, whether it lies in the middle of a run of digits, and how high these are.
"""

import sys

import cv2
import numpy as np

import camera
import fonts
import screens
import strip as strips
from strip import HEIGHT, STRIDE

OTHER, BLANK, IGNORE = 10, 11, 255
WIDEST = 512  # columns of a training strip
TILE_H, TILE_W, CELL = 192, 320, 4  # pixels of a tile, and of a cell of its labels
FINDER_HEIGHTS = (6.5, 16.0)  # digits, pixels: one octave and a little for the pyramid's steps of two


def practice_screen(rng):
    """Lines of digits and of other text without the look of a dialog: variety for the reader."""
    mono = rng.random() < 0.4
    pen = screens._pen(rng, fonts.TRAINED, mono, float(rng.choice(screens.SCALES)))
    lines = []
    for _ in range(7):
        n = int(rng.integers(8, 46))
        digits = "".join(map(str, rng.integers(0, 10, n)))
        if rng.random() < 0.25:  # repeats, where reading without positions is weakest
            digits = "".join(c * int(rng.choice([1, 1, 2, 3])) for c in digits)[:n]
        u = rng.random()
        if u < 0.5:
            text = digits
        elif u < 0.65:
            text = str(rng.choice(["Installation ID: ", "インストール ID: ", "OfflineInstallationId : ", "ID: "])) + digits
        elif u < 0.8:
            size = int(rng.choice([6, 7]))
            text = (" " * int(rng.integers(1, 5))).join(digits[i : i + size] for i in range(0, n, size))
        elif u < 0.9:
            text = "  ".join(rng.choice(screens.JUNK, 2))
        else:
            body = screens.DTI["en" if rng.random() < 0.5 else "ja"]
            at = int(rng.integers(0, len(body) - 40))
            text = body[at : at + 40].strip()
        lines.append(text)
    u = rng.random()
    if mono and u < 0.8:
        ground, ink = [((12, 12, 12), (204, 204, 204)), ((0, 0, 0), (192, 192, 192)), ((1, 36, 86), (238, 237, 240))][rng.integers(3)]
    elif u < 0.85:
        ground, ink = ((255, 255, 255) if rng.random() < 0.7 else (240, 240, 240)), (0, 0, 0)
    else:
        ground, ink = (32, 32, 32), (240, 240, 240)
    step = int(pen.pixels * rng.uniform(1.2, 1.7))
    image = screens._canvas(step * len(lines) + 60, max(pen.width(t) for t in lines) + 60, ground)
    for i, text in enumerate(lines):
        pen.draw(image, 30, 30 + pen.pixels + step * i, text, ink)
    h, w = image.shape[:2]
    return screens.Screen(np.clip(image, 0, 255).astype(np.uint8), pen.lines, [], "lines", "", pen.mode, pen.digit_height, (0, 0, w, h))


def text_of(chars):
    """What is to be read: digits as they are, every run of other characters one OTHER, spaces nothing."""
    out = []
    for char in chars:
        if char in "0123456789":
            out.append(int(char))
        elif char != " " and (not out or out[-1] != OTHER):
            out.append(OTHER)
    return out


def frames_of(line, a, b, to_strip, width):
    """The class of each frame: its character where a frame's middle is near the character's, blank between."""
    count = -(-width // STRIDE)
    out = np.full(count, BLANK, np.uint8)
    middle = line.baseline - line.digit_height / 2
    for char, (x0, x1) in zip(line.text[a:b], line.xs[a:b]):
        if char == " ":
            continue
        p0, p1 = to_strip([(x0, middle), (x1, middle)])
        center, half = (p0[0] + p1[0]) / 2 / STRIDE - 0.5, max(p1[0] - p0[0], 1) / 2 / STRIDE
        for t in range(max(0, int(np.ceil(center - half))), min(count, int(np.floor(center + half)) + 1)):
            if abs(t - center) <= max(0.5, 0.25 * half):
                out[t] = int(char) if char.isdigit() and char.isascii() else OTHER
            elif out[t] == BLANK and abs(t - center) < 0.7 * half:
                out[t] = IGNORE
    return out


def strips_of(rng, shown, grey, P):
    out = []
    H, W = grey.shape
    for line in shown.lines:
        for _ in range(3):
            n = len(line.text)
            size = int(rng.integers(6, 40))
            a = int(rng.integers(0, max(1, n - size + 1)))
            b = min(n, a + size)
            d = line.digit_height
            x0 = line.xs[a][0] - (rng.uniform(0, 1.2) * d if a == 0 else rng.uniform(-0.1, 0.2) * d)
            x1 = line.xs[b - 1][1] + (rng.uniform(0, 1.2) * d if b == n else rng.uniform(-0.1, 0.2) * d)
            above, below = rng.uniform(0.15, 0.55, 2) * d
            jitter = lambda: rng.normal(0, 0.05) * d
            top, bottom = line.baseline - d - above, line.baseline + below
            corners = [(x0, top + jitter()), (x1, top + jitter()), (x1, bottom + jitter()), (x0, bottom + jitter())]
            q = camera.map_points(P, corners)
            if q.min() < 0 or q[:, 0].max() > W or q[:, 1].max() > H:
                continue
            flat = strips.rectify(grey, q)
            squeeze = rng.uniform(0.85, 1.18) if rng.random() < 0.6 else 1.0
            width = max(16, int(flat.shape[1] * squeeze))
            if width > WIDEST:
                continue
            M = cv2.getPerspectiveTransform(np.float32(q), np.float32([[0, 0], [width, 0], [width, HEIGHT], [0, HEIGHT]])).astype(np.float64) @ P
            flat = cv2.resize(flat, (width, HEIGHT)) if width != flat.shape[1] else flat
            text = text_of(line.text[a:b])
            if any(c != OTHER for c in text) or (text and rng.random() < 0.35):
                out.append((flat, frames_of(line, a, b, lambda pts: camera.map_points(M, pts), width), text))
    return out


def runs_of(line):
    """Digits that stand together: [(first, last)]; boxes of one row are runs of their own."""
    out, start = [], None
    for i, char in enumerate(line.text + "."):
        if char.isdigit() and char.isascii():
            if start is not None and line.xs[i][0] - line.xs[i - 1][1] > 0.3 * line.digit_height:
                out.append((start, i))
                start = None
            start = i if start is None else start
        elif start is not None:
            out.append((start, i))
            start = None
    return out


def tile_of(rng, shown, grey, P, height):
    """A cut-out at a height of digits in FINDER_HEIGHTS, with its labels: (tile, middle?, log2 of height / 10, offset to the middle / height)."""
    wanted = float(np.exp(rng.uniform(*np.log(FINDER_HEIGHTS))))
    scale = wanted / height
    if scale > 1.6:
        return None
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    h, w = small.shape
    tile = np.full((TILE_H, TILE_W), int(rng.integers(0, 255)), np.uint8)
    ox = int(rng.integers(0, max(1, w - TILE_W + 1)))
    oy = int(rng.integers(0, max(1, h - TILE_H + 1)))
    part = small[oy : oy + TILE_H, ox : ox + TILE_W]
    tile[: part.shape[0], : part.shape[1]] = part
    S = np.array([[scale, 0, -ox], [0, scale, -oy], [0, 0, 1.0]]) @ P
    rows, cols = TILE_H // CELL, TILE_W // CELL
    label = np.zeros((rows, cols), np.uint8)
    size = np.zeros((rows, cols), np.float16)
    offset = np.zeros((rows, cols), np.float16)
    yy, xx = np.mgrid[:rows, :cols] * CELL + (CELL - 1) / 2.0
    cells = np.stack([xx.ravel(), yy.ravel()], 1)
    for line in shown.lines:
        for a, b in runs_of(line):
            x0, x1 = line.xs[a][0], line.xs[b - 1][1]
            middle, d = line.baseline - line.digit_height / 2, line.digit_height
            quad = camera.map_points(S, [(x0, middle - d / 2), (x1, middle - d / 2), (x1, middle + d / 2), (x0, middle + d / 2)])
            if quad[:, 0].max() < -20 or quad[:, 1].max() < -20 or quad[:, 0].min() > TILE_W + 20 or quad[:, 1].min() > TILE_H + 20:
                continue
            back = camera.map_points(np.linalg.inv(S), cells)  # cells in pixels of the screen
            u = back[:, 0].reshape(rows, cols)
            v = (back[:, 1].reshape(rows, cols) - middle) / d
            across = (u > x0) & (u < x1)
            near = (u > x0 - 0.5 * d) & (u < x1 + 0.5 * d)
            label[near & (np.abs(v) < 0.75) & (label != 1)] = IGNORE
            core = across & (np.abs(v) < 0.36)
            label[core] = 1
            unit = camera.map_points(S, np.stack([back[:, 0], np.full(len(back), middle - d / 2)], 1))
            foot = camera.map_points(S, np.stack([back[:, 0], np.full(len(back), middle + d / 2)], 1))
            high = np.linalg.norm(foot - unit, axis=1).reshape(rows, cols)
            mid = ((foot + unit) / 2)[:, 1].reshape(rows, cols)
            size[core] = np.log2(np.clip(high[core], 2, 64) / 10)
            offset[core] = ((mid - yy) / np.maximum(high, 2))[core]
    return tile, label, size, offset


def main():
    first, end, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    pixels, widths, frames, texts, tiles = [], [], [], [], []
    for seed in range(first, end):
        rng = np.random.default_rng(seed)
        shown = practice_screen(rng) if rng.random() < 0.45 else screens.screen(rng, fonts.TRAINED, empty=rng.random() < 0.1)
        height = float(np.exp(rng.uniform(np.log(7.5), np.log(32))))
        zoom = height / shown.digit_height
        p = camera.draw(rng)
        p["exposure"] = min(p["exposure"], 1.08)
        w, h = shown.image.shape[1], shown.image.shape[0]
        line = shown.lines[int(rng.integers(len(shown.lines)))]
        center = ((line.xs[0][0] + line.xs[-1][1]) / 2, line.baseline)
        if rng.random() < 0.12:  # a screenshot: no camera between
            grey, P, height = cv2.cvtColor(shown.image, cv2.COLOR_RGB2GRAY), np.eye(3), shown.digit_height
        else:
            jpeg, P = camera.photograph(shown.image, height, zoom, p, center, (0, 0, w, h), 1800)
            grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), 0)
        for flat, classes, text in strips_of(rng, shown, grey, P):
            pixels.append(flat)
            widths.append(flat.shape[1])
            frames.append(classes)
            texts.append(text)
        for _ in range(2):
            tile = tile_of(rng, shown, grey, P, height)
            if tile is not None:
                tiles.append(tile)
        if (seed - first) % 100 == 99:
            print(seed, len(widths), len(tiles), flush=True)
    np.savez(
        out,
        pixels=np.concatenate(pixels, 1),
        widths=np.array(widths),
        frames=np.concatenate(frames),
        texts=np.concatenate([np.array(t, np.uint8) for t in texts]),
        lengths=np.array([len(t) for t in texts]),
        tiles=np.stack([t[0] for t in tiles]),
        labels=np.stack([t[1] for t in tiles]),
        sizes=np.stack([t[2] for t in tiles]),
        offsets=np.stack([t[3] for t in tiles]),
    )


if __name__ == "__main__":
    main()
