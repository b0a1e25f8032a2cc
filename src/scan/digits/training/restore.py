"""Weights as Rust reads them, back into a network that can learn on.

usage: restore.py reader|finder FOLDER EXAMPLES.npz OUT.pt
The exported layers have their batch normalisation folded in. What it was cannot be known; it is made anew from what
the layers say to the examples, so that the network answers as before and learns as if it had never been folded.
"""

import os
import struct
import sys

import numpy as np
import torch

from networks import Finder, Reader
from train import Strips, Tiles

BATCHES = 12  # examples that the normalisation is made from, in batches of 24


def unfolded(net, data):
    """Fills the layers in the order in which `export.py` wrote them; (normalisations, their biases)."""
    at, normal = 4, []

    def take(shape):
        nonlocal at
        count = int(np.prod(shape[1:]))
        weights, biases = [], []
        for _ in range(shape[0]):
            scale, bias = struct.unpack_from("<ff", data, at)
            weights.append(np.frombuffer(data, np.int8, count, at + 8) * scale)
            biases.append(bias)
            at += 8 + count
        return torch.tensor(np.array(weights, np.float32)).reshape(shape), torch.tensor(biases)

    def visit(module):
        if isinstance(module, torch.nn.Sequential) and len(module) > 1 and isinstance(module[1], torch.nn.BatchNorm2d):
            weights, biases = take(module[0].weight.shape)
            module[0].weight.data = weights
            normal.append((module[1], biases))
        elif isinstance(module, torch.nn.Conv2d):
            module.weight.data, module.bias.data = take(module.weight.shape)
        else:
            for child in module.children():
                visit(child)

    assert data[:4] == b"HKN1"
    visit(net)
    assert at == len(data)
    return normal


def main():
    which, folder, examples, out = sys.argv[1:5]
    net = Reader() if which == "reader" else Finder()
    with open(os.path.join(folder, f"{which}.bin"), "rb") as file:
        normal = unfolded(net, file.read())
    seen = {norm: [] for norm, _ in normal}
    for norm, biases in normal:
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
        norm.weight.data.fill_(1)
        norm.bias.data = biases.clone()
        norm.register_forward_pre_hook(lambda module, x: seen[module].append((x[0].mean((0, 2, 3)), x[0].var((0, 2, 3)))))
    net.eval()
    data = (Strips if which == "reader" else Tiles)([examples])
    rng = np.random.default_rng(2)
    with torch.no_grad():
        for ids in data.batches(rng, 24)[:BATCHES]:
            net(data.batch(ids, rng)[0])
    for norm, biases in normal:
        mean, var = (torch.stack(values).mean(0) for values in zip(*seen[norm]))
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(var)
        norm.weight.data = torch.sqrt(var + norm.eps)
        norm.bias.data = biases + mean
    torch.save(net.state_dict(), out)


if __name__ == "__main__":
    main()
