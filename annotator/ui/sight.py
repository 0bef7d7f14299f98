"""How colours look to those who see fewer of them, and which pairs become hard to tell apart.

The matrices are those of Machado, Oliveira and Fernandes (IEEE TVCG 15, 2009) for the whole loss of one kind
of cones; they act on linear sRGB. Distances are those of CIE 1976 in L*a*b* under D65.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations

from PySide6.QtGui import QColor

Three = tuple[float, float, float]
HARD = 6.0
"""Colours nearer than that are hard to tell apart in small areas; one at a time they look the same."""
KINDS: Mapping[str, tuple[Three, Three, Three]] = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def seen(colour: QColor, kind: str) -> QColor:
    """Return how a colour looks with this kind of sight, one of `KINDS`."""
    parts = (min(1.0, max(0.0, one)) for one in _times(KINDS[kind], _linear(colour)))
    return QColor.fromRgbF(*(_curved(one) for one in parts))


def alike(colours: Mapping[str, QColor], kind: str) -> list[tuple[str, str]]:
    """Return the pairs of names whose colours are hard to tell apart, the nearest first."""
    labs = {name: _lab(seen(colour, kind)) for name, colour in colours.items()}
    found = []
    for one, other in combinations(labs, 2):
        far = math.dist(labs[one], labs[other])
        if far < HARD:
            found.append((far, one, other))
    return [(one, other) for _, one, other in sorted(found)]


def _times(matrix: tuple[Three, Three, Three], value: Three) -> Three:
    first, second, third = (sum(a * b for a, b in zip(line, value, strict=True)) for line in matrix)
    return first, second, third


def _linear(colour: QColor) -> Three:
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return red, green, blue


def _curved(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _lab(colour: QColor) -> Three:
    xyz = _times(_TO_XYZ, _linear(colour))
    x, y, z = (
        part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29
        for part in (one / white for one, white in zip(xyz, _WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
