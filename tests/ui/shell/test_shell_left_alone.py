"""An article that has labels gets no suggestions by itself: the status bar says so, and what suggests."""

from __future__ import annotations

from typing import Any

import pytest

SAID = "Has labels already, so nothing is suggested by itself:"


@pytest.mark.parametrize("is_opened", [False, True])
def test_the_hint_names_the_key_that_suggests(
    desk: Any, monkeypatch: pytest.MonkeyPatch, is_opened: bool
) -> None:
    proposer, hint = desk.session.proposer, desk.window.status.hint
    labelled = desk.session.order[1]
    desk.session.do(lambda project: project.set_reading(labelled, "begun"))
    desk.session.open_article(labelled)
    desk.qtbot.waitUntil(lambda: bool(desk.content.frames) and bool(hint.text()))
    assert SAID not in hint.text()
    proposer.is_automatic = is_opened
    proposer.take(() if is_opened else [labelled])
    proposer._on_content(desk.content)
    keys = "Ctrl+U suggests for all articles"
    desk.qtbot.waitUntil(lambda: hint.text().split("   ")[:2] == [SAID, keys])
    desk.qtbot.waitUntil(lambda: not proposer.is_at_work)
    proposer.is_automatic = False
    desk.session.do(lambda project: project.set_reading(labelled, "done"))
    desk.qtbot.waitUntil(lambda: SAID not in hint.text())
    desk.session.undo()
    desk.qtbot.waitUntil(lambda: SAID in hint.text())
    monkeypatch.setattr(proposer._all, "begin", proposer.rested.emit)
    desk.do("suggest")
    desk.qtbot.waitUntil(lambda: SAID not in hint.text())


def test_an_article_without_labels_or_with_suggestions_has_no_such_hint(desk: Any) -> None:
    proposer = desk.session.proposer
    assert desk.content.suggested_frames
    proposer._labelled.add(desk.content.article.id)
    assert not proposer.has_left_alone(desk.content)
