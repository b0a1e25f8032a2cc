"""Trains one of the two networks.

usage: train.py reader|finder STEPS OUT.pt EXAMPLES.npz... --judge EXAMPLES.npz [--start OLD.pt] [--rate R] [--ctc-from FRACTION] [--hard]
Seeds are fixed; one thread, so that the same examples give the same weights on the same kind of processor.
"""

import argparse
import time

import cv2
import numpy as np
import torch
import torch.nn.functional as F

import contrast
import strip as strips
from networks import Finder, Reader

BLANK, IGNORE = 11, 255


class Strips:
    """All strips of the example files; batches of like width."""

    def __init__(self, files, hard=False):
        self.parts, self.hard = [], hard
        for file in files:
            d = np.load(file)
            w = d["widths"]
            px = np.concatenate([[0], np.cumsum(w)])
            fr = np.concatenate([[0], np.cumsum(-(-w // strips.STRIDE))])
            tx = np.concatenate([[0], np.cumsum(d["lengths"])])
            pixels, frames, texts = d["pixels"], d["frames"], d["texts"]
            for i in range(len(w)):
                text = texts[tx[i] : tx[i + 1]]
                repeats = int((text[1:] == text[:-1]).sum())
                if w[i] // strips.STRIDE >= len(text) + repeats + 1:
                    self.parts.append((pixels[:, px[i] : px[i + 1]], frames[fr[i] : fr[i + 1]], text))
        self.parts.sort(key=lambda p: p[0].shape[1])

    def batches(self, rng, size):
        order = [range(a, min(a + size, len(self.parts))) for a in range(0, len(self.parts), size)]
        rng.shuffle(order)
        return order

    def batch(self, ids, rng=None):
        parts = [self.parts[i] for i in ids]
        width = -(-max(p[0].shape[1] for p in parts) // 8) * 8
        x = np.zeros((len(parts), 1, strips.HEIGHT, width), np.float32)
        frames = np.full((len(parts), width // strips.STRIDE), IGNORE, np.uint8)
        for k, (pixels, classes, _) in enumerate(parts):
            if rng is not None:
                pixels = varied(pixels, rng)
                pixels = hardened(pixels, rng) if self.hard else pixels
            flat = strips.flatten(pixels)
            if rng is not None:
                flat = disturbed(flat, rng)
            x[k, 0, :, : flat.shape[1]] = flat
            frames[k, : len(classes)] = classes
        return torch.from_numpy(x), torch.from_numpy(frames.astype(np.int64)), [p[2] for p in parts], [p[0].shape[1] // strips.STRIDE for p in parts]


def varied(pixels, rng):
    """Leans the digits, makes them a little higher or lower and their strokes bolder or finer: fonts that nobody drew, and
    rows that the finder does not see quite where they are."""
    lean, high, down = rng.normal(0, 0.06), rng.normal(1, 0.04), rng.normal(0, 0.6)
    middle = strips.HEIGHT / 2
    M = np.float32([[1, lean, -lean * middle], [0, high, middle * (1 - high) + down]])
    pixels = cv2.warpAffine(pixels, M, pixels.shape[::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < 0.4:
        grown = (cv2.erode if rng.random() < 0.5 else cv2.dilate)(pixels, np.ones((3, 3), np.uint8))
        share = rng.uniform(0, 0.6)
        pixels = cv2.addWeighted(pixels, 1 - share, grown, share, 0)
    return pixels


def hardened(pixels, rng):
    """What most misses had: a lamp that leaves a few grey levels of contrast, stripes between the screen's grid and the
    camera's, blur."""
    height, width = pixels.shape
    x = pixels.astype(np.float32)
    if rng.random() < 0.25:
        strength, period, angle = rng.uniform(0.15, 0.9) * x.std(), rng.uniform(3, 14), rng.normal(0, 0.6)
        yy, xx = np.mgrid[:height, :width]
        phase = rng.uniform(0, 2 * np.pi) + 0.3 * np.sin(xx / rng.uniform(40, 200))
        x += strength * np.sin(2 * np.pi / period * (xx * np.cos(angle) + yy * np.sin(angle)) + phase)
    if rng.random() < 0.2:
        x = cv2.GaussianBlur(x, (0, 0), rng.uniform(0.6, 2.2), sigmaY=rng.uniform(0.6, 2.2))
    if rng.random() < 0.3:
        far = (np.arange(width) - rng.uniform(0, width)) / rng.uniform(40, 250)
        lost = rng.uniform(0.5, 0.97) * np.exp(-(far**2))
        x = x * (1 - lost) + rng.uniform(200, 255) * lost + rng.normal(0, rng.uniform(0.2, 1.2), x.shape)
    return np.clip(np.round(x), 0, 255).astype(np.uint8)


def disturbed(flat, rng):
    """Contrast, noise, polarity, dirt."""
    flat = flat * rng.uniform(0.75, 1.3)
    if rng.random() < 0.6:
        flat = flat + rng.normal(0, rng.uniform(0, 0.2), flat.shape).astype(np.float32)
    if rng.random() < 0.5:
        flat = -flat
    if rng.random() < 0.2:
        a, r = int(rng.integers(0, flat.shape[1])), int(rng.integers(0, 24))
        flat[r : r + int(rng.integers(5, 14)), a : a + int(rng.integers(3, 10))] = 0
    return np.ascontiguousarray(flat, np.float32)


def greedy(classes, length):
    out, last = [], BLANK
    for c in classes[:length]:
        if c != last and c != BLANK:
            out.append(c)
        last = c
    return out


def judge_reader(net, data):
    net.eval()
    lines = wrong = 0
    with torch.no_grad():
        for ids in data.batches(np.random.default_rng(0), 64):
            x, _, texts, lengths = data.batch(ids)
            best = net(x).argmax(1).numpy()
            for classes, text, length in zip(best, texts, lengths):
                lines += 1
                wrong += greedy(classes, length) != [int(c) for c in text]
    net.train()
    return wrong / max(1, lines)


class Tiles:
    def __init__(self, files):
        parts = [np.load(f) for f in files]
        self.tiles = np.concatenate([p["tiles"] for p in parts])
        self.labels = np.concatenate([p["labels"] for p in parts])
        self.sizes = np.concatenate([p["sizes"] for p in parts])
        self.offsets = np.concatenate([p["offsets"] for p in parts])

    def batches(self, rng, size):
        order = rng.permutation(len(self.tiles))
        return [order[a : a + size] for a in range(0, len(order) - size + 1, size)]

    def batch(self, ids, rng=None):
        x = np.stack([contrast.local(self.tiles[i]) for i in ids])
        if rng is not None:
            x *= np.where(rng.random((len(ids), 1, 1)) < 0.3, -1, 1)
            x += rng.normal(0, 1, x.shape) * rng.uniform(0, 0.15, (len(ids), 1, 1))
        answers = (torch.from_numpy(a[ids].astype(t)) for a, t in ((self.labels, np.int64), (self.sizes, np.float32), (self.offsets, np.float32)))
        return torch.from_numpy(x.astype(np.float32))[:, None], *answers


def finder_loss(out, label, size, offset):
    known = label != IGNORE
    core = label == 1
    logit = out[:, 0]
    weight = torch.where(core, 1.5, 1.0) * known
    cross = F.binary_cross_entropy_with_logits(logit, core.float(), weight, reduction="sum") / known.sum()
    if not core.any():
        return cross
    return cross + 0.15 * F.smooth_l1_loss(out[:, 1][core], size[core], beta=0.1) + 0.15 * F.smooth_l1_loss(out[:, 2][core], offset[core], beta=0.1)


def judge_finder(net, data):
    net.eval()
    hit = said = real = 0
    with torch.no_grad():
        for ids in data.batches(np.random.default_rng(0), 8):
            x, label, _, _ = data.batch(ids)
            yes = net(x)[:, 0] > 0
            hit += int((yes & (label == 1)).sum())
            said += int((yes & (label != IGNORE)).sum())
            real += int((label == 1).sum())
    net.train()
    return dict(recall=round(hit / max(1, real), 4), precision=round(hit / max(1, said), 4))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("which", choices=["reader", "finder"])
    parser.add_argument("steps", type=int)
    parser.add_argument("out")
    parser.add_argument("examples", nargs="+")
    parser.add_argument("--start", help="weights to go on from")
    parser.add_argument("--judge", required=True, help="examples to judge by")
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--ctc-from", type=float, default=0.35, help="the part of the steps that learn from places only")
    parser.add_argument("--hard", action="store_true", help="the reader's strips are made harder than the camera made them")
    parser.add_argument("--batch", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    reader = args.which == "reader"
    net = Reader() if reader else Finder()
    data = Strips(args.examples, args.hard) if reader else Tiles(args.examples)
    held = (Strips if reader else Tiles)([args.judge])
    print(args.which, "weights", sum(p.numel() for p in net.parameters()), flush=True)
    if args.start:
        net.load_state_dict(torch.load(args.start))
    opt = torch.optim.AdamW(net.parameters(), args.rate, weight_decay=1e-4)
    rng = np.random.default_rng(1 if args.start else 0)
    step, mean, began, size = 0, None, time.time(), args.batch or (24 if reader else 8)
    while step < args.steps:
        for ids in data.batches(rng, size):
            done = step / args.steps
            for group in opt.param_groups:
                group["lr"] = args.rate * min(1, (step + 1) / 100) * (0.5 * (1 + np.cos(np.pi * done)) + 0.01)
            if reader:
                x, frames, texts, lengths = data.batch(ids, rng)
                out = net(x)
                loss = F.cross_entropy(out, frames, ignore_index=IGNORE)
                if done >= args.ctc_from:
                    logs = F.log_softmax(out, 1).permute(2, 0, 1)
                    flat = torch.tensor(np.concatenate(texts).astype(np.int64))
                    ctc = F.ctc_loss(logs, flat, torch.tensor(lengths), torch.tensor([len(t) for t in texts]), blank=BLANK, zero_infinity=True)
                    loss = 0.15 * loss + ctc
            else:
                x, label, high, offset = data.batch(ids, rng)
                loss = finder_loss(net(x), label, high, offset)
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
            opt.step()
            step += 1
            mean = loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
            if step % 250 == 0 or step == args.steps:
                judged = judge_reader(net, held) if reader else judge_finder(net, held)
                print(step, round(time.time() - began), round(mean, 4), judged, flush=True)
                torch.save(net.state_dict(), args.out)
            if step >= args.steps:
                break


if __name__ == "__main__":
    main()
