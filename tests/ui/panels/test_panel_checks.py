"""The list of checks and the list of what was done."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from annotator.ui.panels.checks import ChecksPanel
from annotator.ui.panels.history_panel import HistoryPanel


@pytest.fixture
def checks(world: Any) -> ChecksPanel:
    made = ChecksPanel(world.session)
    made.resize(340, 400)
    world.show(made)
    return made


@pytest.fixture
def history(world: Any) -> HistoryPanel:
    made = HistoryPanel(world.session)
    made.resize(340, 400)
    world.show(made)
    return made


def texts(checks: ChecksPanel) -> list[str]:
    return [one.warning.text for one in checks.questions.questions]


def choose_all(world: Any, checks: ChecksPanel) -> None:
    checks.where.setFocus()
    world.qtbot.keyClick(checks.where, Qt.Key.Key_2)
    world.settle()


def test_questions_of_this_article_are_walked(world: Any, checks: ChecksPanel) -> None:
    assert texts(checks)
    checks.walk(1)
    world.settle()
    assert world.session.chosen == checks.questions.questions[0].warning.records[0]


def test_the_list_follows_the_article_and_its_changes(world: Any, checks: ChecksPanel) -> None:
    before = len(texts(checks))
    with world.qtbot.waitSignal(checks.counted) as counted:
        world.do(
            lambda project: project.link(world.ids["inner"], "implicit_source", "actor", world.ids["actor"])
        )
    assert counted.args == [before - 1]
    world.session.open_article(world.ids["other"])
    world.settle()
    assert texts(checks) == []
    assert checks.questions._count.text() == "Nothing to check."
    assert not checks.questions.forth.isEnabled()


def test_all_articles_are_checked_and_a_question_opens_its_article(world: Any, checks: ChecksPanel) -> None:
    world.do(lambda project: project.add_span(world.ids["other"], "CLAIM", [(31, 60)]))
    world.session.open_article(world.ids["other"])
    world.settle()
    here = set(texts(checks))
    choose_all(world, checks)
    assert here < set(texts(checks))
    assert {one.title for one in checks.questions.questions} == {
        "Ministry defends flood spending",
        "Harbour opens again",
    }
    assert not checks.progress.isVisible()
    first = checks.questions.questions[0]
    checks.walk(1)
    world.settle()
    assert world.content.article.id == first.article
    assert world.session.chosen == first.warning.records[0]


def test_a_list_of_all_says_when_it_is_old_and_checks_again(world: Any, checks: ChecksPanel) -> None:
    choose_all(world, checks)
    before = len(texts(checks))
    world.do(lambda project: project.remove([world.ids["inner"]]))
    assert checks._stale.text() == "Something has changed since."
    assert len(texts(checks)) == before
    world.qtbot.mouseClick(checks.again, Qt.MouseButton.LeftButton)
    world.settle()
    assert checks._stale.text() == "2 articles checked"
    assert "no source" not in " ".join(texts(checks))


def test_checking_all_can_be_stopped(world: Any, checks: ChecksPanel) -> None:
    checks.where.set_value("all")
    checks._begin(checks._round, [world.ids["article"]] * 30)
    assert checks.stop.isVisible()
    world.qtbot.mouseClick(checks.stop, Qt.MouseButton.LeftButton)
    assert "not checked" in checks._stale.text()
    world.settle()
    assert checks._left == []
    assert not checks.stop.isVisible()


def test_a_closed_project_has_no_questions(world: Any, checks: ChecksPanel) -> None:
    world.session.close_project()
    world.qtbot.waitUntil(lambda: texts(checks) == [])


def test_history_lists_the_newest_first_with_who_and_when(world: Any, history: HistoryPanel) -> None:
    world.do(lambda project: project.add_span(world.ids["article"], "CUE", [world.at("told")]))
    first = history.list.rows[0]
    assert first.text == "Add cue"
    assert first.detail.endswith("Ada")


def test_undo_and_redo_are_buttons_that_say_what_they_do(world: Any, history: HistoryPanel) -> None:
    assert not history.redo.isEnabled()
    name = world.undo_name()
    assert history.undo.accessibleName() == f"Undo: {name}"
    world.qtbot.mouseClick(history.undo, Qt.MouseButton.LeftButton)
    world.settle()
    assert history.redo.accessibleName() == f"Redo: {name}"
    assert any(row.muted and "undone" in row.detail for row in history.list.rows)
    world.qtbot.mouseClick(history.redo, Qt.MouseButton.LeftButton)
    world.settle()
    assert not history.redo.isEnabled()
    assert world.undo_name() == name


def test_history_of_no_project_is_empty(world: Any, history: HistoryPanel) -> None:
    world.session.close_project()
    world.qtbot.waitUntil(lambda: not history.list.rows)
    assert history._none.isVisible()
    assert not history.undo.isEnabled()
