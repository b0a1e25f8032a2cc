#!/usr/bin/env python3
"""Draws the program's icon: a running QR code on a road.

Writes hikyaku.svg and hikyaku.ico beside itself. Everything lies on a grid of
16, so that the smallest icon is sharp as well.
"""

import pathlib
import struct
import zlib

BLUE, WHITE, PALE = (0x1F, 0x4E, 0x79), (0xFF, 0xFF, 0xFF), (0x9C, 0xC3, 0xE6)
RADIUS = 3

# x, y, width, height, colour; later ones on top.
RECTANGLES = [
    (7, 3, 7, 7, WHITE),  # a finder pattern ...
    (8, 4, 5, 5, BLUE),
    (9, 5, 3, 3, WHITE),
    (4, 3, 2, 1, WHITE),  # ... in a hurry ...
    (2, 6, 4, 1, WHITE),
    (3, 9, 3, 1, WHITE),
    (2, 12, 12, 1, PALE),  # ... on the road
]


def colour(x, y):
    """Colour at a point of the grid; None outside the rounded square."""
    inner_x = min(max(x, RADIUS), 16 - RADIUS)
    inner_y = min(max(y, RADIUS), 16 - RADIUS)
    if (x - inner_x) ** 2 + (y - inner_y) ** 2 > RADIUS**2:
        return None
    found = BLUE
    for left, top, width, height, fill in RECTANGLES:
        if left <= x < left + width and top <= y < top + height:
            found = fill
    return found


def png(size, samples=8):
    """The icon as a PNG; each pixel is the mean of its samples."""
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            red = green = blue = inside = 0
            for sub in range(samples * samples):
                x = (column + (sub % samples + 0.5) / samples) * 16 / size
                y = (row + (sub // samples + 0.5) / samples) * 16 / size
                seen = colour(x, y)
                if seen:
                    red, green, blue, inside = (
                        red + seen[0],
                        green + seen[1],
                        blue + seen[2],
                        inside + 1,
                    )
            if inside:
                rows += bytes(
                    [red // inside, green // inside, blue // inside, inside * 255 // samples**2]
                )
            else:
                rows += bytes(4)

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data))
            + kind
            + data
            + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(rows), 9))
        + chunk(b"IEND", b"")
    )


def ico(sizes):
    """All sizes in one file, in the format of Windows."""
    pictures = [png(size) for size in sizes]
    offset = 6 + 16 * len(sizes)
    directory = struct.pack("<HHH", 0, 1, len(sizes))
    for size, picture in zip(sizes, pictures):
        side = size % 256
        directory += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return directory + b"".join(pictures)


def svg():
    """The icon as SVG."""

    def rectangle(x, y, width, height, fill, extra=""):
        code = "#{:02x}{:02x}{:02x}".format(*fill)
        return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{code}"{extra}/>\n'

    body = rectangle(0, 0, 16, 16, BLUE, f' rx="{RADIUS}"')
    body += "".join(rectangle(*shape) for shape in RECTANGLES)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" role="img" '
        f'aria-label="飛脚 Hikyaku">\n{body}</svg>\n'
    )


here = pathlib.Path(__file__).parent
(here / "hikyaku.svg").write_text(svg(), encoding="utf-8")
(here / "hikyaku.ico").write_bytes(ico([16, 20, 24, 32, 40, 48, 64, 256]))
