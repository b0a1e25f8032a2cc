"""Screens of Windows that show numbers, painted: message box, console, PowerShell, dialogs of blocks, the portal's answer.

Nothing here is Windows' own rasteriser: FreeType in its LCD, grey and mono modes stands in for ClearType,
DirectWrite and the bitmaps of MS Gothic. One numpy Generator decides everything, so a seed is a screen.
"""

from dataclasses import dataclass, field

import numpy as np

import fonts
from check_digits import groups, number

DTI = {
    "en": "Product activation telephone numbers can be obtained by searching the phone.inf file for the appropriate "
    "phone number for your location/country. You can open the phone.inf file from a Command Prompt or the Start Menu "
    "by running: notepad %systemroot%\\system32\\sppui\\phone.inf",
    "ja": "ライセンス認証の電話番号は、phone.inf ファイルを検索して、お住まいの国または地域の該当する電話番号を見つけることができます。"
    "コマンド プロンプトまたは [スタート] メニューから次を実行して phone.inf を開いてください: "
    "notepad %systemroot%\\system32\\sppui\\phone.inf",
}
DLV = {
    "en": [
        "Software licensing service version: 10.0.19041.4894",
        "Name: Windows(R), Professional edition",
        "Description: Windows(R) Operating System, RETAIL channel",
        "Activation ID: {guid}",
        "Application ID: 55c92734-d682-4d71-983e-d6ec3f16059f",
        "Extended PID: 03612-{d5}-{d3}-{d6}-03-1041-19045.0000-{d7}",
        "Product Key Channel: Retail",
        "Installation ID: {iid}",
        "Use License URL: https://activation-v2.sls.microsoft.com/SLActivateProduct/SLActivateProduct.asmx?configextension=Retail",
        "Validation URL: https://validation-v2.sls.microsoft.com/SLWGA/slwga.asmx",
        "Partial Product Key: 3V66T",
        "License Status: Notification",
        "Notification Reason: 0xC004F034.",
        "Remaining Windows rearm count: 1001",
        "Remaining SKU rearm count: 1001",
        "Trusted time: 11/{d1}/2026 10:{d2}:09 AM",
    ],
    "ja": [
        "ソフトウェア ライセンス サービスのバージョン: 10.0.19041.4894",
        "名前: Windows(R), Professional edition",
        "説明: Windows(R) Operating System, RETAIL channel",
        "ライセンス認証 ID: {guid}",
        "アプリケーション ID: 55c92734-d682-4d71-983e-d6ec3f16059f",
        "拡張 PID: 03612-{d5}-{d3}-{d6}-03-1041-19045.0000-{d7}",
        "プロダクト キー チャネル: Retail",
        "インストール ID: {iid}",
        "ライセンス URL の使用: https://activation-v2.sls.microsoft.com/SLActivateProduct/SLActivateProduct.asmx?configextension=Retail",
        "検証 URL: https://validation-v2.sls.microsoft.com/SLWGA/slwga.asmx",
        "プロダクト キーの一部: 3V66T",
        "ライセンスの状態: 通知",
        "通知の理由: 0xC004F034。",
        "残り Windows rearm 回数: 1001",
        "残り SKU rearm 回数: 1001",
        "信頼できる日時: 2026/11/{d2} 10:{d2}:09",
    ],
}
POWERSHELL = [
    "ID                             : {guid}",
    "Name                           : Windows(R), Professional edition",
    "OfflineInstallationId          : {iid}",
    "PartialProductKey              : 3V66T",
    "LicenseStatus                  : 5",
    "LicenseStatusReason            : 3221549108",
    "GracePeriodRemaining           : {d5}",
]
# What stands on a desktop or in a list beside a number, and what is no number of ours.
JUNK = [
    "10.0.19045.4291", "2024/05/13  10:22", "Name: Windows(R), Professional edition", "Partial Product Key: 3V66T",
    "License Status: Notification", "Remaining Windows rearm count: 1001", "192.168.10.24", "KB5036892",
    "00330-80000-00000-AA484", "Volume in drive C", "2,147,483,648 bytes free", "TEL 03-5555-0123", "請求書番号 20261130-0042",
    "合計 1,284,500 円", "〒105-0011 東京都港区", "S/N 5CG1234XYZ", "MAC 00-1B-44-11-3A-B7", "0120-000-000", "4980 0000 1234 5678",
]
SCALES = (1, 1.25, 1.5, 2.0)


@dataclass
class Line:
    """A line of text: each character's extent in x, the baseline, and the height of its digits, in screen pixels."""

    text: str
    xs: list
    baseline: float
    digit_height: float

    def shifted(self, dx, dy):
        return Line(self.text, [(a + dx, b + dx) for a, b in self.xs], self.baseline + dy, self.digit_height)


@dataclass
class Screen:
    """Pixels (sRGB, h x w x 3 bytes), all lines of text, and the numbers that are shown."""

    image: np.ndarray
    lines: list
    numbers: list
    kind: str
    font: str
    mode: str
    digit_height: float
    window: tuple = field(default=(0, 0, 0, 0))  # x, y, w, h of the window on the desktop


class Pen:
    """Paints text in one font and size; keeps every line that it painted."""

    def __init__(self, path, pixels, mode, cell=None):
        self.path, self.pixels, self.mode, self.cell = path, pixels, mode, cell
        self.digit_height = fonts.glyph(path, pixels, "0", mode)[0].shape[0]
        self.lines = []

    def advance(self, char):
        if self.cell:
            return self.cell * (2 if ord(char) > 0x2000 else 1)
        path = fonts.font_for(self.path, char, False)
        return round(fonts.glyph(path, self.pixels, char, self.mode)[3])

    def width(self, text):
        return sum(self.advance(c) for c in text)

    def draw(self, image, x, y, text, color):
        """Baseline y, advances in whole pixels as GDI has them."""
        color = np.asarray(color, np.float32)
        xs = []
        for char in text:
            path = fonts.font_for(self.path, char, bool(self.cell))
            cover, left, top, _ = fonts.glyph(path, self.pixels, char, self.mode)
            step = self.advance(char)
            xs.append((x, x + step))
            h, w = cover.shape[:2]
            x0, y0 = x + left, y - top
            if h and y0 >= 0 and x0 >= 0 and y0 + h <= image.shape[0] and x0 + w <= image.shape[1]:
                under = image[y0 : y0 + h, x0 : x0 + w]
                under += (color - under) * cover
            x += step
        if text.strip():
            self.lines.append(Line(text, xs, y, self.digit_height))
        return x


def wrap(text, limit, width, anywhere):
    """Greedy lines; a console breaks anywhere, a dialog at words and where a word is longer than the line."""
    out, line = [], ""
    for token in text if anywhere else _tokens(text):
        while not anywhere and width(token) > limit and len(token) > 1:
            n = next(k for k in range(len(token), 0, -1) if width(line + token[:k]) <= limit or k == 1)
            out.append(line + token[:n])
            line, token = "", token[n:]
        if line and width(line + token) > limit:
            out.append(line if anywhere else line.rstrip())
            line = token if anywhere else token.lstrip()
        else:
            line += token
    return out + [line]


def _tokens(text):
    out, word = [], ""
    for char in text:
        if ord(char) > 0x2000:
            out += [word] * bool(word) + [char]
            word = ""
        elif char == " ":
            out.append(word + " ")
            word = ""
        else:
            word += char
    return out + [word] * bool(word)


def fill(text, rng, iid=""):
    """Placeholders of a template: a GUID, runs of digits, the number."""
    guid = "-".join("".join(rng.choice(list("0123456789abcdef"), n)) for n in (8, 4, 4, 4, 12))
    text = text.replace("{iid}", iid).replace("{guid}", guid)
    for n in range(1, 8):
        text = text.replace("{d%d}" % n, "".join(map(str, rng.integers(0, 10, n))))
    return text


def _pen(rng, which, console, scale):
    sizes = (14, 16, 16, 18) if console else (12, 12, 12, 15)
    path = str(rng.choice(which["mono" if console else "ui"]))
    pixels = int(round(rng.choice(sizes) * scale))
    mode = str(rng.choice(["lcd", "grey", "mono"], p=[0.5, 0.38, 0.12]))
    cell = max(5, round(fonts.glyph(path, pixels, "0", mode)[3])) if console else None
    return Pen(path, pixels, mode, cell)


def _canvas(h, w, color):
    image = np.empty((h, w, 3), np.float32)
    image[:] = color
    return image


def _console(rng, pen, scale, rows):
    """Rows of text in a console: light on dark mostly, broken at the last column, a title bar above."""
    columns = int(rng.choice([80, 80, 100, 120]))
    schemes = [((12, 12, 12), (204, 204, 204)), ((0, 0, 0), (192, 192, 192)), ((1, 36, 86), (238, 237, 240)), ((255, 255, 255), (0, 0, 0))]
    ground, ink = schemes[rng.choice(4, p=[0.5, 0.25, 0.15, 0.1])]
    rows = [part for row in rows for part in wrap(row, columns * pen.cell, pen.width, True)]
    step = int(pen.pixels * rng.uniform(1.1, 1.3)) + 1
    bar = int(30 * scale)
    image = _canvas(bar + step * len(rows) + int(30 * scale), columns * pen.cell + int(20 * scale), ground)
    image[:bar] = (255, 255, 255) if rng.random() < 0.5 else (32, 32, 32)
    y = bar + step
    for row in rows:
        pen.draw(image, int(4 * scale), y, row, ink)
        y += step
    return image


def _box(rng, pen, scale, rows, breaking):
    """A message box of Windows Script Host: title bar, text, a button on a grey foot."""
    dark = rng.random() < 0.06
    ground, ink = ((32, 32, 32), (240, 240, 240)) if dark else ((255, 255, 255) if rng.random() < 0.85 else (240, 240, 240), (0, 0, 0))
    limit = int(rng.choice([330, 400, 480, 560, 640]) * scale)
    rows = [part for row, any_ in zip(rows, breaking) for part in wrap(row, limit, pen.width, any_)]
    step = int(round(pen.pixels * rng.uniform(1.2, 1.45)))
    bar, foot = int(30 * scale), int(50 * scale)
    w = max([pen.width(row) for row in rows] + [int(250 * scale)]) + int(40 * scale)
    image = _canvas(bar + int(22 * scale) + step * len(rows) + int(20 * scale) + foot, w, ground)
    title = (255, 255, 255) if rng.random() < 0.6 else tuple(int(v) for v in rng.integers((0, 60, 150), (90, 140, 230)))
    image[:bar] = title
    image[-foot:] = (43, 43, 43) if dark else (240, 240, 240)
    pen.draw(image, int(8 * scale), int(20 * scale), "Windows Script Host", (0, 0, 0) if title[0] > 200 else (255, 255, 255))
    x = w - int(95 * scale)
    image[-int(37 * scale) : -int(13 * scale), x : x + int(75 * scale)] = (225, 225, 225)
    pen.draw(image, x + int(28 * scale), image.shape[0] - int(21 * scale), "OK", (0, 0, 0))
    y = bar + int(22 * scale) + pen.pixels
    for row in rows:
        pen.draw(image, int(14 * scale), y, row, ink)
        y += step
    return image


def _blocks(rng, pen, scale, digits, language):
    """Groups side by side, as slui, Office's wizard and the portal show them: labelled or not, boxed or not."""
    dark = rng.random() < 0.15
    ground, ink = ((32, 32, 32), (240, 240, 240)) if dark else ((255, 255, 255) if rng.random() < 0.8 else (243, 243, 243), (0, 0, 0))
    parts = groups(digits)
    gap = int(rng.choice([8, 14, 20, 28]) * scale)
    cid = len(digits) == 48
    per = int(rng.choice([8, 4, 2, 8] if cid else [9, 9, 5, 3]))
    width = max(pen.width(g) for g in parts)
    step = int(round(pen.pixels * 1.35))
    labels = rng.choice(["digits", "letters", "none", "inline"], p=[0.3, 0.4, 0.2, 0.1])
    boxed = rng.random() < 0.35
    inline = pen.width("A ") if labels == "inline" else 0
    w = max(int(420 * scale), min(per, len(parts)) * (width + gap + inline) + int(60 * scale))
    rows = -(-len(parts) // per)
    numbered = []  # the rows of the number stand together in the list of lines
    image = _canvas(int(130 * scale) + step * 5 * rows, w, ground)
    y = int(30 * scale)
    title = {"ja": "確認 ID" if cid else "ライセンス認証 - インストール ID", "en": "Confirmation ID" if cid else "Step 2: Provide the following installation ID"}
    pen.draw(image, int(20 * scale), y, title[language], ink)
    y += step * 2
    for first in range(0, len(parts), per):
        if labels in ("digits", "letters"):
            for j, part in enumerate(parts[first : first + per]):
                name = str(first + j + 1) if labels == "digits" else "ABCDEFGHI"[first + j]
                pen.draw(image, int(20 * scale) + j * (width + gap) + width // 2, y, name, ink)
            y += int(step * 1.3)
        row = Line("", [], y, pen.digit_height)
        for j, part in enumerate(parts[first : first + per]):
            x = int(20 * scale) + j * (width + gap + inline)
            if inline:
                x = pen.draw(image, x, y, "ABCDEFGHI"[first + j] + " ", ink)
                pen.lines.pop()
            if boxed:
                a, b = y - pen.digit_height - int(5 * scale), y + int(6 * scale)
                image[a:b, [x - 4, x + width + 3]] = 128
                image[[a, b], x - 4 : x + width + 4] = 128
            pen.draw(image, x, y, part, ink)
            line = pen.lines.pop()
            row.text += line.text
            row.xs += line.xs
        numbered.append(row)
        y += step * 2
    pen.lines += numbered
    pen.draw(image, int(20 * scale), y, "Windows 11 Pro" if rng.random() < 0.5 else "次へ(N)", ink)
    return image[: y + int(40 * scale)]


def screen(rng, which, kind=None, empty=False):
    """One screen. kind: dti, dlv, console, powershell, blocks or cid; empty: no number of ours on it."""
    kinds = ["dti", "dlv", "console", "powershell", "blocks", "cid"]
    kind = kind or str(rng.choice(kinds, p=[0.4, 0.1, 0.2, 0.05, 0.15, 0.1]))
    language = "ja" if rng.random() < 0.6 else "en"
    length = 48 if kind == "cid" else 63 if rng.random() < 0.8 else 54
    digits = number(rng, length)
    scale = float(rng.choice(SCALES, p=[0.4, 0.25, 0.2, 0.15]))
    pen = _pen(rng, which, kind in ("console", "powershell"), scale)
    label = "インストール ID: " if language == "ja" else "Installation ID: "
    shown = "" if empty else digits
    numbers = [] if empty else [digits]
    if kind == "console":
        rows = ["Microsoft (R) Windows Script Host Version 5.812", "Copyright (C) Microsoft Corporation. All rights reserved.", ""]
        if rng.random() < 0.35:
            rows += [fill(row, rng, shown) for row in DLV[language]]
        else:
            rows += [label + shown, "", DTI[language]]
        image = _console(rng, pen, scale, rows + ["", "C:\\Windows\\system32>"])
    elif kind == "powershell":
        rows = ["PS C:\\> Get-CimInstance SoftwareLicensingProduct | fl", ""]
        rows += [fill(row, rng, shown) for row in POWERSHELL]
        if not empty and rng.random() < 0.3:
            numbers.append(number(rng, length))
            rows += [""] + [fill(row, rng, numbers[-1]) for row in POWERSHELL]
        image = _console(rng, pen, scale, rows + ["", "PS C:\\>"])
    elif kind == "dti":
        head = ["Version: 10.0.19045.4291"] if rng.random() < 0.2 else []
        rows = head + [label + shown, "", DTI[language]]
        image = _box(rng, pen, scale, rows, [row.startswith(label) for row in rows])
    elif kind == "dlv":
        rows = [fill(row, rng, shown) for row in DLV[language]]
        if not empty and rng.random() < 0.3:
            numbers.append(number(rng, length))
            rows += [""] + [fill(row, rng, numbers[-1]) for row in DLV[language]]
        image = _box(rng, pen, scale, rows, [bool(shown) and any(n in row for n in numbers) for row in rows])
    elif empty:
        rows = ["   ".join(rng.choice(JUNK, 2)) for _ in range(8)]
        image = _box(rng, pen, scale, rows, [False] * 8)
    else:
        image = _blocks(rng, pen, scale, digits, language)
    return _on_desktop(rng, image, pen, scale, numbers, kind)


def _on_desktop(rng, image, pen, scale, numbers, kind):
    """Lays the window on a desktop, sometimes with other text around it."""
    m = int(40 * scale)
    h, w = image.shape[:2]
    desk = _canvas(h + 2 * m, w + 2 * m, 0)
    a, b = rng.uniform(20, 200, 3), rng.uniform(20, 200, 3)
    desk[:] = (a + (b - a) * np.linspace(0, 1, desk.shape[0])[:, None])[:, None, :]
    inside = [line.shifted(m, m) for line in pen.lines]
    outside = []
    if rng.random() < 0.35:
        desk[:] = rng.choice([250, 245, 30])
        ink = (10, 10, 10) if desk[0, 0, 0] > 100 else (200, 200, 200)
        pen.lines = []
        for y in range(int(14 * scale), desk.shape[0], int(18 * scale)):
            pen.draw(desk, int(6 * scale), y, "   ".join(rng.choice(JUNK, 4)), ink)
        for line in pen.lines:  # what the window hides is not to be seen
            if not m - 2 <= line.baseline <= m + h + line.digit_height:
                keep = len(line.text)
            else:
                keep = sum(1 for _, x in line.xs if x < m - 1)
            if keep:
                outside.append(Line(line.text[:keep], line.xs[:keep], line.baseline, line.digit_height))
    desk[m - 1 : m + h + 1, m - 1 : m + w + 1] = (120, 120, 120)
    desk[m : m + h, m : m + w] = image
    name = pen.path.rsplit("/", 1)[-1]
    return Screen(np.clip(desk, 0, 255).astype(np.uint8), inside + outside, numbers, kind, name, pen.mode, pen.digit_height, (m, m, w, h))


def lines_of(shown, digits):
    """The lines of a screen, as they were painted, whose digits make up this number: [(line, first, last)]."""
    lines = shown.lines
    for start, line in enumerate(lines):
        for at in range(len(line.text)):
            if line.text[at] != digits[0]:
                continue
            found, rest, k, i = [], digits, start, at
            while rest and k < len(lines):
                text = lines[k].text[i:]
                n = 0
                while n < len(text) and n < len(rest) and text[n] == rest[n]:
                    n += 1
                if n == 0 or (n < len(text) and n < len(rest)):
                    break
                found.append((lines[k], i, i + n))
                rest, k, i = rest[n:], k + 1, 0
            if not rest:
                return found
    return []
