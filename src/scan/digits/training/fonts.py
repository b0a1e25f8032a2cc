"""Which fonts the screens are painted with: all from Debian packages, none of them in this repository.

TRAINED fonts are what the networks learn from. HELD fonts are never trained on: every figure that is
reported comes from them. Windows' own fonts (Segoe UI, Yu Gothic UI, Meiryo UI, Consolas, MS Gothic)
may not be had; relatives of theirs stand in both lists.
"""

import functools
import os

import freetype as ft
import numpy as np

_TT = "/usr/share/fonts/truetype/"
_OT = "/usr/share/fonts/opentype/"

# "ui": proportional, as message boxes and dialogs have them. "mono": fixed width, as consoles have them.
TRAINED = {
    "ui": [
        _TT + "open-sans/OpenSans-Regular.ttf",
        _TT + "noto/NotoSans-Regular.ttf",
        _TT + "noto/NotoSansDisplay-Regular.ttf",
        _TT + "dejavu/DejaVuSans.ttf",
        _TT + "dejavu/DejaVuSansCondensed.ttf",
        _TT + "liberation/LiberationSans-Regular.ttf",
        _TT + "clear-sans/ClearSans-Regular.ttf",
        _TT + "lato/Lato-Regular.ttf",
        _TT + "roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
        _TT + "karla/Karla-Regular.otf",
        _TT + "manrope/Manrope-Regular.ttf",
        _TT + "vlgothic/VL-PGothic-Regular.ttf",
        _TT + "takao-gothic/TakaoPGothic.ttf",
        _TT + "umeplus/umeplus-p-gothic.ttf",
        _TT + "sawarabi-gothic/sawarabi-gothic-medium.ttf",
        _TT + "wqy/wqy-microhei.ttc",
        _OT + "ipafont-gothic/ipagp.ttf",
        _OT + "ipaexfont-gothic/ipaexg.ttf",
        _OT + "inter/Inter-Regular.otf",
        _OT + "cabin/Cabin-Regular.otf",
        _OT + "mplus/Mplus1-Regular.otf",
        _OT + "mplus/Mplus2-Regular.otf",
        _OT + "noto/NotoSansCJK-Regular.ttc",
        _OT + "urw-base35/NimbusSans-Regular.otf",
        _TT + "bizud-gothic/BIZUDPGothic-Regular.ttf",
        _TT + "oxygen/Oxygen-Sans.ttf",
        _TT + "andika/Andika-Regular.ttf",
        _TT + "nanum/NanumGothic.ttf",
        _TT + "motoya-l-maruberi/MTLmr3m.ttf",
        _TT + "tlwg/Loma.ttf",
        _TT + "freefont/FreeSans.ttf",
        _TT + "clear-sans/ClearSans-Medium.ttf",
        _TT + "roboto/unhinted/RobotoTTF/Roboto-Medium.ttf",
        _TT + "roboto/unhinted/RobotoCondensed-Regular.ttf",
        _TT + "lato/Lato-Medium.ttf",
        _OT + "inter/Inter-Medium.otf",
        _OT + "mplus/Mplus1-Medium.otf",
        "/usr/share/fonts/fonts-go/Go-Regular.ttf",
        "/usr/share/wine/fonts/tahoma.ttf",
        "/usr/share/wine/fonts/ms_sans_serif.ttf",
    ],
    "mono": [
        _TT + "dejavu/DejaVuSansMono.ttf",
        _TT + "liberation/LiberationMono-Regular.ttf",
        _TT + "hack/Hack-Regular.ttf",
        _TT + "firacode/FiraCode-Regular.ttf",
        _TT + "jetbrains-mono/JetBrainsMono-Regular.ttf",
        _TT + "monoid/Monoid-Regular.ttf",
        _TT + "inconsolata/Inconsolata.otf",
        _TT + "anonymous-pro/Anonymous Pro.ttf",
        _TT + "agave/agave-r-autohinted.ttf",
        _TT + "hermit/Hermit-medium.otf",
        _TT + "vlgothic/VL-Gothic-Regular.ttf",
        _TT + "takao-gothic/TakaoGothic.ttf",
        _TT + "umeplus/umeplus-gothic.ttf",
        _TT + "dotgothic16/DotGothic16-Regular.ttf",
        _OT + "ipafont-gothic/ipag.ttf",
        _OT + "mplus/Mplus1Code-Regular.otf",
        _OT + "mplus/MplusCode60-Regular.otf",
        _OT + "fantasque-sans/Normal/OTF/FantasqueSansMono-Regular.otf",
        _OT + "league-mono/LeagueMono-Regular.otf",
        _TT + "bizud-gothic/BIZUDGothic-Regular.ttf",
        _TT + "oxygen/OxygenMono-Regular.ttf",
        _TT + "nanum/NanumGothicCoding.ttf",
        _TT + "ricty-diminished/RictyDiminished-Regular.ttf",
        _TT + "freefont/FreeMono.ttf",
        _TT + "firacode/FiraCode-Medium.ttf",
        _TT + "jetbrains-mono/JetBrainsMono-Medium.ttf",
        _OT + "mplus/Mplus1Code-Medium.otf",
        "/usr/share/fonts/fonts-go/Go-Mono.ttf",
        _OT + "noto/NotoSansCJK-Regular.ttc",
        "/usr/share/wine/fonts/fixedsys.ttf",
    ],
}
HELD = {
    "ui": [
        _TT + "crosextra/Carlito-Regular.ttf",
        _TT + "migmix/migmix-2p-regular.ttf",
        _OT + "cantarell/Cantarell-Regular.otf",
    ],
    "mono": [
        _TT + "noto/NotoMono-Regular.ttf",
        _TT + "mononoki/mononoki-Regular.ttf",
        _OT + "b612/B612Mono-Regular.otf",
    ],
}
# What draws the characters that a font lacks.
_FALLBACK = _OT + "ipafont-gothic/ipagp.ttf"
_FALLBACK_MONO = _OT + "ipafont-gothic/ipag.ttf"


def missing():
    """The font files that are not installed: see the packages in README.md."""
    every = [f for lists in (TRAINED, HELD) for kind in lists.values() for f in kind]
    return sorted({f for f in every if not os.path.exists(f)})


@functools.lru_cache(None)
def face(path):
    return ft.Face(path)


def has(path, char):
    return face(path).get_char_index(char) != 0


def font_for(path, char, mono):
    return path if has(path, char) else (_FALLBACK_MONO if mono else _FALLBACK)


@functools.lru_cache(40000)
def glyph(path, pixels, char, mode):
    """(coverage h x w x 3 in 0..1, left, top, advance in pixels); mode: "lcd" (ClearType), "grey" or "mono"."""
    font = face(path)
    try:
        font.set_pixel_sizes(0, pixels)
    except ft.FT_Exception:  # a font of bitmaps: the nearest size, as Windows' GDI does
        font.select_size(int(np.argmin([abs(s.height - pixels) for s in font.available_sizes])))
        mode = "mono"
    target = {"lcd": ft.FT_LOAD_TARGET_LCD, "grey": ft.FT_LOAD_TARGET_LIGHT, "mono": ft.FT_LOAD_TARGET_MONO}[mode]
    try:
        font.load_char(char, ft.FT_LOAD_RENDER | target)
    except ft.FT_Exception:
        font.load_char(char, ft.FT_LOAD_RENDER)
    slot = font.glyph
    bitmap = slot.bitmap
    if bitmap.rows == 0 or bitmap.width == 0:
        return np.zeros((0, 0, 3), np.float32), 0, 0, slot.advance.x / 64
    raw = np.array(bitmap.buffer, np.uint8).reshape(bitmap.rows, bitmap.pitch)
    if bitmap.pixel_mode == ft.FT_PIXEL_MODE_MONO:
        cover = np.unpackbits(raw, axis=1)[:, : bitmap.width].astype(np.float32)[..., None].repeat(3, 2)
    elif bitmap.pixel_mode == ft.FT_PIXEL_MODE_LCD:
        cover = raw[:, : bitmap.width].reshape(bitmap.rows, bitmap.width // 3, 3).astype(np.float32) / 255
    else:
        cover = (raw[:, : bitmap.width].astype(np.float32) / 255)[..., None].repeat(3, 2)
    return cover, slot.bitmap_left, slot.bitmap_top, slot.advance.x / 64
