"""A phone's camera before a screen: sub-pixel grid, perspective, defocus, shake, light, glare, Bayer noise, sharpening, JPEG.

All severities are in pixels and degrees of the camera. One numpy Generator decides everything.
"""

import cv2
import numpy as np

cv2.setNumThreads(1)
_V = np.arange(256) / 255
_LINEAR = np.where(_V <= 0.04045, _V / 12.92, ((_V + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _srgb(x):
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.clip(x, 1e-6, None) ** (1 / 2.4) - 0.055)


def _disk(r):
    k = int(np.ceil(r)) * 2 + 1
    y, x = np.mgrid[:k, :k] - k // 2
    d = np.clip(r + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
    return d / d.sum()


def _shake(length, angle):
    k = max(3, (int(np.ceil(length)) | 1) + 2)
    m = np.zeros((k, k), np.float32)
    for t in np.linspace(-length / 2, length / 2, 33):
        x, y = k // 2 + t * np.cos(angle), k // 2 + t * np.sin(angle)
        i, j = int(np.floor(y)), int(np.floor(x))
        fy, fx = y - i, x - j
        for di, dj, part in ((0, 0, (1 - fy) * (1 - fx)), (0, 1, (1 - fy) * fx), (1, 0, fy * (1 - fx)), (1, 1, fy * fx)):
            if 0 <= i + di < k and 0 <= j + dj < k:
                m[i + di, j + dj] += part
    return m / m.sum()


def draw(rng, hard=1.0):
    """What one photograph is like. hard scales tilt, blur and noise."""
    return dict(
        yaw=rng.uniform(-25, 25) * min(1, hard),
        pitch=rng.uniform(-25, 25) * min(1, hard),
        roll=float(np.clip(rng.normal(0, 2.5), -8, 8)),
        focal=rng.uniform(2600, 3400),
        defocus=min(3.0, float(rng.lognormal(np.log(0.6), 0.55))) * hard,
        shake=min(6.0, float(rng.exponential(0.9))) * hard,
        shake_angle=rng.uniform(0, np.pi),
        fill=rng.uniform(0.5, 1.0),
        row_gap=rng.uniform(0, 0.7),
        exposure=rng.uniform(0.55, 1.15),
        ambient=rng.uniform(0, 0.08),
        gradient=rng.uniform(0, 0.5),
        gradient_angle=rng.uniform(0, 2 * np.pi),
        glares=int(rng.random() < 0.35) * int(rng.integers(1, 3)),
        glare_seed=int(rng.integers(1 << 30)),
        shot=float(rng.lognormal(np.log(0.012), 0.6)) * hard,
        read=0.004 * hard,
        balance=rng.uniform(0.9, 1.1, 3),
        sharpen=rng.uniform(0, 1.2),
        quality=int(rng.integers(75, 93)),
        noise_seed=int(rng.integers(1 << 30)),
    )


_PSF = 0.45  # what even a good lens blurs, pixels


def _projection(p, zoom, cx, cy):
    ya, pi, ro = np.deg2rad([p["yaw"], p["pitch"], p["roll"]])
    ry = np.array([[np.cos(ya), 0, np.sin(ya)], [0, 1, 0], [-np.sin(ya), 0, np.cos(ya)]])
    rx = np.array([[1, 0, 0], [0, np.cos(pi), -np.sin(pi)], [0, np.sin(pi), np.cos(pi)]])
    rz = np.array([[np.cos(ro), -np.sin(ro), 0], [np.sin(ro), np.cos(ro), 0], [0, 0, 1]])
    r = rz @ rx @ ry
    f = p["focal"]
    lens = np.diag([f, f, 1.0]) @ np.column_stack([r[:, 0], r[:, 1], [0, 0, f / zoom]])
    return lens @ np.array([[1, 0, -cx], [0, 1, -cy], [0, 0, 1.0]])


def photograph(image, digit_height, zoom, p, center, crop, longest=2600):
    """Screen pixels (sRGB) -> (JPEG bytes, homography screen -> photograph).

    zoom: camera pixels per screen pixel at `center` (x, y); crop: what of the screen is in the picture (x0, y0, x1, y1).
    """
    h, w = image.shape[:2]
    P = _projection(p, zoom, *center)
    x0, y0, x1, y1 = crop
    corners = cv2.perspectiveTransform(np.float64([[[x0, y0], [x1, y0], [x1, y1], [x0, y1]]]), P)[0]
    middle = cv2.perspectiveTransform(np.float64([[center]]), P)[0, 0]
    low = np.maximum(corners.min(0), middle - longest / 2)
    high = np.minimum(corners.max(0), middle + longest / 2)
    ow, oh = [max(16, int(v)) for v in np.ceil(high - low)]
    P = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1.0]]) @ P
    # What the screen emits, on its grid of sub-pixels.
    k = 6 if zoom > 2.2 else 3
    edge = cv2.perspectiveTransform(np.float64([[[0, 0], [ow, 0], [ow, oh], [0, oh]]]), np.linalg.inv(P))[0]
    (x0, y0), (x1, y1) = np.maximum(edge.min(0) - 8, 0).astype(int), np.minimum(edge.max(0) + 9, (w, h)).astype(int)
    light = _LINEAR[image[y0:y1, x0:x1]].repeat(k, 0).repeat(k, 1)
    mask = np.zeros((k, k, 3), np.float32)
    for channel in range(3):
        mask[:, channel * k // 3 : (channel + 1) * k // 3, channel] = 1
    mask[-1] *= 1 - p["row_gap"]
    if k == 6:
        mask[:, 1::2] *= p["fill"]
    mask /= mask.mean((0, 1))
    light *= np.tile(mask, (y1 - y0, x1 - x0, 1))
    over = 2 if ow * oh < 700_000 else 1
    sigma = 0.4 * k / (zoom * over)
    if sigma > 0.5:
        light = cv2.GaussianBlur(light, (0, 0), sigma)
    A = np.diag([over, over, 1.0]) @ P @ np.array([[1, 0, x0], [0, 1, y0], [0, 0, 1.0]]) @ np.diag([1 / k, 1 / k, 1.0])
    A = A @ np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    seen = cv2.warpPerspective(light, A, (ow * over, oh * over), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    r = float(np.hypot(p["defocus"], _PSF * 0.6)) * over
    if r > 0.6:
        seen = cv2.filter2D(seen, -1, _disk(r), borderType=cv2.BORDER_REPLICATE)
    if p["shake"] * over > 1:
        seen = cv2.filter2D(seen, -1, _shake(p["shake"] * over, p["shake_angle"]), borderType=cv2.BORDER_REPLICATE)
    if over == 2:
        seen = cv2.resize(seen, (ow, oh), interpolation=cv2.INTER_AREA)
    # The room's light.
    g = np.random.default_rng(p["glare_seed"])
    yy, xx = np.mgrid[:oh, :ow].astype(np.float32)
    slope = (xx / ow - 0.5) * np.cos(p["gradient_angle"]) + (yy / oh - 0.5) * np.sin(p["gradient_angle"])
    seen *= (p["exposure"] * (1 - p["gradient"] * (slope + 0.5)))[..., None]
    seen += p["ambient"]
    for _ in range(p["glares"]):
        gx, gy, size, strength = g.uniform(0, ow), g.uniform(0, oh), g.uniform(0.05, 0.3) * max(ow, oh), g.uniform(0.1, 0.9)
        flat = g.uniform(0.3, 1)
        seen += (strength * np.exp(-(((xx - gx) / size) ** 2 + ((yy - gy) / (size * flat)) ** 2)))[..., None].astype(np.float32)
    seen *= p["balance"].astype(np.float32)
    # The sensor, and what the phone makes of it.
    n = np.random.default_rng(p["noise_seed"])
    bayer = np.empty((oh, ow), np.float32)
    bayer[0::2, 0::2] = seen[0::2, 0::2, 0]
    bayer[0::2, 1::2] = seen[0::2, 1::2, 1]
    bayer[1::2, 0::2] = seen[1::2, 0::2, 1]
    bayer[1::2, 1::2] = seen[1::2, 1::2, 2]
    bayer += n.standard_normal(bayer.shape, np.float32) * np.sqrt(np.clip(bayer, 0, None) * p["shot"] ** 2 * 4 + p["read"] ** 2)
    color = cv2.demosaicing((np.clip(bayer, 0, 1) * 65535).astype(np.uint16), cv2.COLOR_BayerBG2BGR)
    x = _srgb(color.astype(np.float32) / 65535).astype(np.float32)
    if p["sharpen"] > 0.1:
        x = x + p["sharpen"] * (x - cv2.GaussianBlur(x, (0, 0), 1.2))
    out = (np.clip(x, 0, 1) * 255 + 0.5).astype(np.uint8)
    return cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, p["quality"]])[1].tobytes(), P


def map_points(P, points):
    return cv2.perspectiveTransform(np.float64([points]), P)[0]
