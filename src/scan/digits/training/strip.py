"""A line of digits, cut out of a photograph and laid flat: what the reader's network sees.

The same steps stand in Rust (`scan/digits/strip.rs`); a fixture holds the two together.
"""

import cv2
import numpy as np

HEIGHT = 32  # rows of a strip
STRETCH = 1.25  # a strip is wider than life, so that narrow digits have frames enough
STRIDE = 4  # columns of a strip to a frame of the network
AROUND = 0.35  # of a digit's height, above and below the digits
SMOOTH = 48  # columns: half the window of the running mean


def rectify(grey, quad, longest=4096):
    """Corners TL, TR, BR, BL in the photograph -> HEIGHT x W."""
    q = np.float32(quad)
    h = (np.linalg.norm(q[3] - q[0]) + np.linalg.norm(q[2] - q[1])) / 2
    w = (np.linalg.norm(q[1] - q[0]) + np.linalg.norm(q[2] - q[3])) / 2
    width = int(np.clip(round(w / max(h, 1) * HEIGHT * STRETCH), 16, longest))
    shrink = h / HEIGHT
    if shrink > 1.6:  # blur first, or fine patterns alias
        x0, y0 = np.maximum(np.floor(q.min(0)) - 4, 0).astype(int)
        x1, y1 = np.ceil(q.max(0)).astype(int) + 4
        grey = cv2.GaussianBlur(grey[y0:y1, x0:x1], (0, 0), shrink * 0.45)
        q = q - np.float32([x0, y0])
    M = cv2.getPerspectiveTransform(q, np.float32([[0, 0], [width, 0], [width, HEIGHT], [0, HEIGHT]]))
    return cv2.warpPerspective(grey, M, (width, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _running_mean(v):
    padded = np.pad(v, SMOOTH, mode="edge")
    total = np.concatenate([[0.0], np.cumsum(padded)])
    return (total[2 * SMOOTH + 1 :] - total[: -2 * SMOOTH - 1]) / (2 * SMOOTH + 1)


def flatten(strip):
    """Takes light and contrast out of a strip: float32, about -2..2, 0 where the ground's mean is."""
    x = strip.astype(np.float64)
    mean = _running_mean(x.mean(0))
    x = x - mean
    deviation = np.sqrt(_running_mean((x * x).mean(0))) + 2.0
    return np.clip(x / deviation * 0.65, -2, 2).astype(np.float32)
