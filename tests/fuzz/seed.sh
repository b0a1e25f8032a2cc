#!/bin/sh
# Fills tests/fuzz/corpus (git-ignored) with the texts of the fixtures.
set -eu
cd "$(dirname "$0")/../.."
for target in message packet number packet_cbor; do
    mkdir -p "tests/fuzz/corpus/$target"
done
python3 - <<'PYTHON'
import base64, glob, json

for path in glob.glob("fixtures/*/*/*.json"):
    with open(path, encoding="utf-8") as file:
        fixture = json.load(file)
    if "text" not in fixture:
        continue
    name, text = path.replace("/", "-"), fixture["text"]
    if len(text) > 4096:
        continue
    kind = text[:3]
    packet = kind in ("r1.", "c1.", "t1.")
    targets = ["message", "packet" if packet else "number"]
    for target in targets:
        with open(f"tests/fuzz/corpus/{target}/{name}", "wb") as file:
            file.write(text.encode())
    if packet and "cbor" in fixture:
        cbor = bytes.fromhex(fixture["cbor"])
    elif packet and fixture.get("canonical"):
        body = text[3:]
        cbor = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    else:
        continue
    with open(f"tests/fuzz/corpus/packet_cbor/{name}", "wb") as file:
        file.write(bytes([("r1.", "c1.", "t1.").index(kind)]) + cbor)
PYTHON
mkdir -p tests/fuzz/corpus/pasted tests/fuzz/corpus/entry
cp fixtures/pasted/*.txt fixtures/pasted/*.bin tests/fuzz/corpus/pasted/
cp tests/fuzz/corpus/number/* tests/fuzz/corpus/entry/
mkdir -p tests/fuzz/corpus/jpeg tests/fuzz/corpus/picture tests/fuzz/corpus/digits
cp fixtures/jpeg/*.jpg tests/fuzz/corpus/jpeg/
cp fixtures/jpeg/*.jpg fixtures/parts/*.png tests/fuzz/corpus/picture/
cp fixtures/digits/photographs/*.jpg fixtures/digits/screenshots/*.png tests/fuzz/corpus/digits/
