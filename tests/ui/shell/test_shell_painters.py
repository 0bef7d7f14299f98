"""Painters end with their block, also when what they paint makes a mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QPainter, QPixmap

import annotator.ui
from annotator.ui.painters import painting


def test_a_painter_ends_when_painting_fails(qapp: object) -> None:
    assert qapp
    kept: list[QPainter] = []
    picture = QPixmap(4, 4)

    def paint() -> None:
        with painting(picture) as painter:
            kept.append(painter)
            assert painter.isActive()
            raise ValueError("no colour")

    with pytest.raises(ValueError, match="no colour"):
        paint()
    assert not kept[0].isActive()


def test_a_mistake_while_the_article_is_painted_leaves_no_painter_behind(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, kept = desk.window.view.page, []

    def fail(painter: QPainter, *_: object, **__: object) -> None:
        kept.append(painter)
        raise ValueError("no colour")

    monkeypatch.setattr(page, "paint", fail)
    with pytest.raises(ValueError, match="no colour"):
        desk.window.view.viewport().repaint()
    assert not kept[0].isActive()
    monkeypatch.undo()
    desk.window.view.viewport().repaint()


def test_painters_are_begun_in_one_place() -> None:
    folder = Path(annotator.ui.__file__).parent
    begun = [one.name for one in folder.rglob("*.py") if "QPainter(" in one.read_text(encoding="utf-8")]
    assert begun == ["painters.py"]
