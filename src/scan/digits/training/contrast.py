"""Local contrast of a picture, as the finder's network sees it; the same stands in Rust (`scan/digits/finder.rs`)."""

import cv2
import numpy as np

RADIUS = 16  # pixels: half the window of the local mean


def local(grey):
    """h x w bytes -> float32, about -3..3: what differs from the mean around, over the deviation around."""
    x = grey.astype(np.float32)
    box = (2 * RADIUS + 1, 2 * RADIUS + 1)
    mean = cv2.blur(x, box, borderType=cv2.BORDER_REPLICATE)
    square = cv2.blur(x * x, box, borderType=cv2.BORDER_REPLICATE)
    deviation = np.sqrt(np.maximum(square - mean * mean, 0)) + 6.0
    return np.clip((x - mean) / deviation, -3, 3)
