"""The two networks. Rust runs the same layers (`scan/digits/network.rs`); `export.py` writes their weights."""

import torch
from torch import nn


def conv(i, o, kernel, stride=1, padding=0, dilation=1, groups=1, relu=True):
    layers = [nn.Conv2d(i, o, kernel, stride, padding, dilation, groups, bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*layers, nn.ReLU()) if relu else nn.Sequential(*layers)


class Reader(nn.Module):
    """A strip (1 x 32 x W, flattened) -> 12 classes for every four columns: digits 0-9, other text, blank."""

    def __init__(self):
        super().__init__()
        self.look = nn.Sequential(
            conv(1, 12, 3, padding=1),
            nn.MaxPool2d(2),
            conv(12, 24, 3, padding=1),
            nn.MaxPool2d(2),
            conv(24, 48, 3, padding=1),
            conv(48, 64, 3, padding=1),
            nn.MaxPool2d((2, 1)),
            conv(64, 80, 3, padding=1),
            nn.MaxPool2d((2, 1)),
            conv(80, 128, (2, 1)),
        )
        # What stands beside a digit tells the font and the blur.
        self.beside = nn.ModuleList(conv(128, 128, (1, 3), padding=(0, d), dilation=(1, d)) for d in (1, 2, 4, 1))
        self.classes = nn.Conv2d(128, 12, 1)

    def forward(self, x):
        x = self.look(x)
        for layer in self.beside:
            x = x + layer(x)
        return self.classes(x)[:, :, 0]


class Finder(nn.Module):
    """A picture (1 x H x W, local contrast) -> for every cell of 4 x 4: middle of digits? log2(height / 10), offset of the middle / height."""

    def __init__(self):
        super().__init__()
        self.shrink = nn.Sequential(conv(1, 12, 5, stride=2, padding=2), conv(12, 32, 3, stride=2, padding=1))
        self.blocks = nn.ModuleList(
            nn.Sequential(conv(32, 32, (3, 7), padding=(1, 3), groups=32, relu=False), conv(32, 32, 1)) for _ in range(5)
        )
        self.answers = nn.Conv2d(32, 3, 1)

    def forward(self, x):
        x = self.shrink(x)
        for block in self.blocks:
            x = x + block(x)
        return self.answers(x)


def folded(sequence):
    """A convolution with its batch normalisation folded in: (weights, biases)."""
    c, bn = sequence[0], sequence[1]
    scale = bn.weight / torch.sqrt(bn.running_var + bn.eps)
    return (c.weight * scale[:, None, None, None]).detach(), (bn.bias - bn.running_mean * scale).detach()
