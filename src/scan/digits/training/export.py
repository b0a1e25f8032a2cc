"""Writes a network's weights as Rust reads them (`scan/digits/weights.rs`), and their SHA-256 beside them.

usage: export.py reader|finder TRAINED.pt FOLDER
Batch normalisation is folded into the layers; weights become signed bytes with a scale for each output channel.
"""

import hashlib
import os
import struct
import sys

import torch

from networks import Finder, Reader, folded


def layers_of(net):
    """(weights, biases) of every convolution, in the order in which they run."""
    out = []

    def visit(module):
        if isinstance(module, torch.nn.Sequential) and len(module) > 1 and isinstance(module[1], torch.nn.BatchNorm2d):
            out.append(folded(module))
        elif isinstance(module, torch.nn.Conv2d):
            out.append((module.weight.detach(), module.bias.detach()))
        else:
            for child in module.children():
                visit(child)

    visit(net)
    return out


def main():
    which, trained, folder = sys.argv[1:4]
    net = Reader() if which == "reader" else Finder()
    net.load_state_dict(torch.load(trained))
    net.eval()
    data = b"HKN1"
    for weights, biases in layers_of(net):
        for channel, bias in zip(weights.reshape(weights.shape[0], -1), biases):
            scale = max(float(channel.abs().max()), 1e-12) / 127
            data += struct.pack("<ff", scale, float(bias))
            data += bytes((torch.round(channel / scale).clamp(-127, 127).to(torch.int64) & 255).tolist())
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, f"{which}.bin"), "wb") as file:
        file.write(data)
    with open(os.path.join(folder, f"{which}.sha256"), "w") as file:
        file.write(hashlib.sha256(data).hexdigest() + "\n")
    print(which, len(data), "bytes")


if __name__ == "__main__":
    main()
