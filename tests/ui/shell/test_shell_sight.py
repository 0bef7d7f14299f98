"""How colours look to those who see fewer of them; the numbers are those of the publication."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from annotator.ui import sight


@pytest.mark.parametrize("kind", sorted(sight.KINDS))
def test_greys_stay_grey(kind: str) -> None:
    for level in (0, 90, 180, 255):
        found = sight.seen(QColor(level, level, level), kind)
        parts = (found.red(), found.green(), found.blue())
        assert max(abs(one - level) for one in parts) <= 2


def test_matrices_keep_white_and_differ() -> None:
    for matrix in sight.KINDS.values():
        assert all(abs(sum(line) - 1) < 1e-5 for line in matrix)
    assert len(set(sight.KINDS.values())) == 4


@pytest.mark.parametrize(
    ("kind", "colour", "wanted"),
    [
        ("usual", "#cc2244", "#cc2244"),
        ("protanopia", "#ff0000", "#6d5f00"),
        ("deuteranopia", "#ff0000", "#a39000"),
        ("tritanopia", "#0000ff", "#006b96"),
    ],
)
def test_pure_colours_look_as_published(kind: str, colour: str, wanted: str) -> None:
    found, expected = sight.seen(QColor(colour), kind), QColor(wanted)
    parts = (
        (found.red(), expected.red()),
        (found.green(), expected.green()),
        (found.blue(), expected.blue()),
    )
    assert max(abs(one - other) for one, other in parts) <= 1, found.name()


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [("#123456", "#123456", 0, 0.01), ("#000000", "#ffffff", 99.99, 100.01), ("#777777", "#787878", 0.1, 1)],
)
def test_distances(monkeypatch: pytest.MonkeyPatch, one: str, other: str, low: float, high: float) -> None:
    colours = {"one": QColor(one), "other": QColor(other)}
    monkeypatch.setattr(sight, "HARD", low)
    assert sight.alike(colours, "usual") == []
    monkeypatch.setattr(sight, "HARD", high)
    assert sight.alike(colours, "usual") == [("one", "other")]


def test_red_and_green_are_alike_without_red_or_green_cones_only() -> None:
    colours = {"red": QColor("#a36a50"), "green": QColor("#7b7b50"), "blue": QColor("#2020c0")}
    found = {kind: sight.alike(colours, kind) for kind in sight.KINDS}
    assert found["usual"] == found["tritanopia"] == []
    assert found["deuteranopia"] == [("red", "green")]
