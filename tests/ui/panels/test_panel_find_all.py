"""Finding in all articles: hits as they come, walked, ticked, labelled after a preview in one step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from annotator.model.matching import Wanted
from annotator.model.records import Fragment, Span
from annotator.services.pattern_process import PatternProcess
from annotator.ui.panels.find_all import FindAllPanel
from annotator.ui.panels.find_run import FindRun
from annotator.ui.picker import Picker

RUNAWAY = r"(\w|\s|.)+$x"


@pytest.fixture
def panel(world: Any) -> FindAllPanel:
    made = FindAllPanel(world.session)
    made._typing.setInterval(1)
    made._walking.setInterval(1)
    made.resize(320, 600)
    world.show(made)
    return made


def look(world: Any, panel: FindAllPanel, text: str, **how: bool) -> None:
    """Type and wait for the end of the search."""
    for name, on in how.items():
        getattr(panel.options, name).setChecked(on)
    panel.start(text)
    world.qtbot.waitUntil(lambda: not panel.run.is_running and not panel._typing.isActive())


def texts(panel: FindAllPanel) -> list[str]:
    """Return what the rows show, hits in square brackets."""
    found = []
    for row in range(panel.rows.rowCount()):
        article, hit = panel.rows.found_at(row)
        found.append(article.title if hit is None else f"[{hit.text}]")
    return found


def current(panel: FindAllPanel) -> int:
    return panel.list.currentIndex().row()


def test_hits_are_grouped_by_article(world: Any, panel: FindAllPanel) -> None:
    panel.edit.setFocus()
    world.qtbot.keyClicks(panel.edit, "promise")
    world.qtbot.waitUntil(lambda: panel.rows.hits == 2)
    world.settle()
    assert texts(panel) == [
        "Ministry defends flood spending",
        "[promise]",
        "Harbour opens again",
        "[promise]",
    ]
    assert panel.count.text() == "Places: 2 · articles: 2"
    assert panel.rows.data(panel.rows.index(0)) == "Ministry defends flood spending, places: 1"
    assert "We have kept our promise" in str(panel.rows.data(panel.rows.index(1)))


def test_walking_shows_each_hit_and_keeps_the_list(world: Any, panel: FindAllPanel) -> None:
    shown: list[tuple[Sequence[Fragment], int]] = []
    panel.highlights.connect(lambda pieces, at: shown.append((tuple(pieces), at)))
    look(world, panel, "the")
    world.qtbot.keyClick(panel.edit, Qt.Key.Key_Down)
    assert panel.list.hasFocus()
    assert current(panel) == 1
    world.qtbot.waitUntil(lambda: bool(shown))
    pieces, at = shown[-1]
    assert at == 0
    assert all(world.text[one.start : one.end].lower() == "the" for one in pieces)
    world.qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    world.qtbot.waitUntil(lambda: shown[-1][1] == 1)
    world.qtbot.keyClick(panel.list, Qt.Key.Key_Right)
    world.qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    world.qtbot.waitUntil(lambda: world.session.content.article.id == world.ids["other"])
    assert panel.list.hasFocus()
    world.qtbot.keyClick(panel.list, Qt.Key.Key_Up)
    world.qtbot.waitUntil(lambda: world.session.content.article.id == world.ids["article"])
    world.qtbot.keyClick(panel.list, Qt.Key.Key_Left)
    assert current(panel) == 0
    world.qtbot.keyClick(panel.list, Qt.Key.Key_End)
    assert current(panel) == panel.rows.rowCount() - 1
    world.qtbot.keyClick(panel.list, Qt.Key.Key_Home)
    assert current(panel) == 0
    panel.hide()
    assert shown[-1] == ((), -1)


def test_enter_goes_to_the_article_and_escape_too(world: Any, panel: FindAllPanel) -> None:
    look(world, panel, "harbour")
    world.qtbot.keyClick(panel.edit, Qt.Key.Key_Return)
    assert panel.list.hasFocus()
    with world.qtbot.waitSignals([panel.left, world.session.revealed]):
        world.qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert world.content.article.id == world.ids["other"]
    with world.qtbot.waitSignal(panel.left):
        world.qtbot.keyClick(panel.list, Qt.Key.Key_Escape)


def test_the_options_search_anew(world: Any, panel: FindAllPanel) -> None:
    look(world, panel, "MIN")
    assert panel.rows.hits == 0
    assert panel.count.text() == "Not found in any article"
    look(world, panel, "MIN", whole=False)
    assert panel.rows.hits == 4
    look(world, panel, "MIN", case=True)
    assert panel.rows.hits == 0
    look(world, panel, "promise", case=False, here=True)
    assert panel.rows.articles == {world.ids["article"]}
    panel.edit.clear()
    world.qtbot.waitUntil(lambda: panel.count.text() == "")


def test_options_without_room_are_in_a_menu_that_says_what_is_ticked(world: Any, panel: FindAllPanel) -> None:
    look(world, panel, "MIN")
    options = panel.options
    assert (options.spread.isVisible(), options.folded.isVisible()) == (True, False)
    before = options.height()
    panel.resize(170, 600)
    world.qtbot.waitUntil(options.folded.isVisible)
    assert not options.spread.isVisible()
    world.qtbot.waitUntil(lambda: options.height() <= before)
    actions = {one.text(): one for one in options.folded.menu().actions()}
    assert [name for name, one in actions.items() if one.isChecked()] == ["Whole words"]
    assert options.folded.text() == "Whole words"
    actions["Whole words"].trigger()
    assert options.folded.text() == "Options"
    world.qtbot.waitUntil(lambda: panel.rows.hits == 4)
    for name in ("Match case", "Match accents", "This article only"):
        actions[name].trigger()
    assert options.folded.text() == "Options ticked: 3"
    assert options.folded.accessibleDescription() == "Match case, Match accents, This article only"
    options.manner.setCurrentIndex(2)
    assert [name for name, one in actions.items() if one.isEnabled()] == ["Match case", "This article only"]


def test_patterns_are_found_and_what_is_wrong_with_one_is_said(world: Any, panel: FindAllPanel) -> None:
    panel.options.manner.setCurrentIndex(2)
    assert not panel.options.whole.isEnabled()
    look(world, panel, r"\b[A-Z]\w+ [A-Z]\w+\b", case=True)
    assert "[Samir Haddad]" in texts(panel)
    look(world, panel, "(")
    assert panel.count.text().startswith("This is not a regular expression")


def limit(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    made = partial(PatternProcess, time_limit=seconds)
    monkeypatch.setattr("annotator.services.pattern_process.PatternProcess", made)


def test_the_window_lives_while_a_pattern_has_no_end(
    world: Any, panel: FindAllPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, 60.0)
    panel.options.manner.setCurrentIndex(2)
    panel.start(RUNAWAY)
    world.qtbot.waitUntil(lambda: panel.run._look.isActive() and bool(panel.run._texts))
    world.do(lambda project: project.add_span(world.ids["article"], "PERSON", [(0, 8)]))
    assert panel.run.is_running
    assert panel.stop_button.isVisible()
    panel.run.stop()


def test_a_pattern_without_an_end_is_stopped(
    world: Any, panel: FindAllPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit(monkeypatch, 0.5)
    panel.options.manner.setCurrentIndex(2)
    panel.start(RUNAWAY)
    world.qtbot.waitUntil(lambda: panel.count.text().startswith("Stopped: "))
    assert panel.count.text().startswith("Stopped: this pattern takes more than 0.5 seconds")
    assert not panel.run.is_running
    assert "Not found" not in panel.count.text()


def test_stop_ends_a_search_at_once(world: Any, panel: FindAllPanel) -> None:
    panel.options.manner.setCurrentIndex(2)
    panel.start(RUNAWAY)
    world.qtbot.waitUntil(lambda: panel.run._look.isActive() and bool(panel.run._texts))
    world.qtbot.mouseClick(panel.stop_button, Qt.MouseButton.LeftButton)
    assert not panel.run.is_running
    assert panel.count.text().startswith("Stopped")
    assert panel.run._process is None


def test_a_search_that_runs_ends_with_the_project(world: Any, panel: FindAllPanel) -> None:
    panel.options.manner.setCurrentIndex(2)
    panel.start(RUNAWAY)
    world.qtbot.waitUntil(lambda: panel.run._look.isActive() and bool(panel.run._texts))
    world.session.close_project()
    assert not panel.run.is_running
    assert panel.rows.hits == 0


def test_the_last_search_alone_is_shown(world: Any, panel: FindAllPanel) -> None:
    panel.start("promise")
    look(world, panel, "zebra")
    world.settle()
    assert panel.rows.rowCount() == 0


def test_a_search_ends_at_its_most(world: Any) -> None:
    run = FindRun(world.session, most=3)
    with world.qtbot.waitSignal(run.ended) as ended:
        run.start(Wanted("e", whole=False))
    assert ended.args == ["These are the first 3 places: look for something rarer."]


def test_boxes_are_ticked_by_key_and_mouse(world: Any, panel: FindAllPanel) -> None:
    look(world, panel, "the")
    hits, states = panel.rows.hits, Qt.CheckState
    assert panel.rows.sum.adds == hits
    panel.label.take("PERSON")
    world.qtbot.keyClick(panel.edit, Qt.Key.Key_Down)
    world.qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert panel.rows.tick_of(1) == states.Unchecked
    assert panel.rows.tick_of(0) == states.PartiallyChecked
    assert panel.rows.sum.adds == hits - 1
    box = panel.list.visualRect(panel.rows.index(0))
    place = QPoint(box.left() + panel.list.room(panel.rows.index(0)) // 2, box.center().y())
    world.qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.rows.tick_of(0) == states.Checked
    world.qtbot.mouseClick(panel.label.none, Qt.MouseButton.LeftButton)
    assert panel.rows.sum.adds == 0
    assert not panel.label.go.isEnabled()
    world.qtbot.mouseClick(panel.label.all, Qt.MouseButton.LeftButton)
    assert panel.rows.sum.adds == hits
    beside = QPoint(box.right() - 20, panel.list.visualRect(panel.rows.index(2)).center().y())
    world.qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert current(panel) == 2
    assert panel.rows.tick_of(2) == states.Checked


def test_the_preview_says_what_labelling_would_do(world: Any, panel: FindAllPanel) -> None:
    world.do(lambda project: project.add_span(world.ids["article"], "ORG", [world.at("Ministry")]))
    look(world, panel, "ministry", case=True)
    panel.edit.setText("Ministry")
    look(world, panel, "Ministry")
    assert panel.label.preview.text() == ""
    panel.label.take("ORG")
    assert panel.rows.note_of(1) == "has it"
    assert (
        panel.label.preview.text()
        == "New spans: 1 · articles: 1 · have the label, left out: 1 · overlap other spans: 1."
    )
    panel.label.take("PERSON")
    assert panel.rows.note_of(2) == "overlaps"
    assert panel.label.preview.text() == "New spans: 2 · articles: 1 · overlap other spans: 2."


def test_labels_come_in_one_step_and_the_list_knows(world: Any, panel: FindAllPanel) -> None:
    look(world, panel, "promise")
    panel.label.take("PRODUCT")
    panel.rows.toggle(0)
    panel.rows.toggle(0)
    world.qtbot.mouseClick(panel.label.go, Qt.MouseButton.LeftButton)
    world.qtbot.waitUntil(lambda: panel.label.preview.text().startswith("No new spans"))
    assert panel.label.preview.text() == "No new spans · have the label, left out: 2."
    assert world.said[-1] == "Labelled as Product: 2 places in 2 articles. Undo takes all of it back."
    assert world.undo_name() == "Label 2 places as product"
    assert not panel.label.go.isEnabled()
    world.undo()
    world.qtbot.waitUntil(lambda: panel.label.preview.text().startswith("New spans: 2"))
    assert not [one for one in world.content.spans if one.label == "PRODUCT"]


def products(world: Any) -> list[Span]:
    return [one for one in world.content.spans if one.label == "PRODUCT"]


def begun(panel: FindAllPanel) -> None:
    """Choose a label, type, and ask for labels before the search has begun."""
    panel._typing.setInterval(60_000)
    panel.label.take("PRODUCT")
    panel.edit.setText("promise")
    panel.commit()


def test_labelling_waits_for_the_search(world: Any, panel: FindAllPanel) -> None:
    begun(panel)
    assert panel.run.is_running
    assert world.said[-1] == "The search is still under way: labelling follows."
    world.qtbot.waitUntil(lambda: world.said[-1].startswith("Labelled as Product: 2 places in 2 articles."))
    assert len(products(world)) == 1


def test_what_an_earlier_search_found_is_not_labelled(world: Any, panel: FindAllPanel) -> None:
    look(world, panel, "harbour")
    assert panel.rows.sum.adds
    before = world.undo_name()
    panel._typing.setInterval(60_000)
    panel.label.take("PRODUCT")
    panel.edit.setText("zebra")
    panel.commit()
    world.qtbot.waitUntil(lambda: world.said[-1].startswith("There is nothing new to label"))
    panel.edit.clear()
    panel.commit()
    world.settle()
    assert not panel.run.is_running
    assert world.undo_name() == before


@pytest.mark.parametrize("how", ["stop", "escape", "hide", "type", "option"])
def test_labelling_that_waits_is_let_go(world: Any, panel: FindAllPanel, how: str) -> None:
    before = world.undo_name()
    begun(panel)
    assert panel.run.is_running
    if how == "stop":
        panel.run.stop()
    elif how == "escape":
        world.qtbot.keyClick(panel.edit, Qt.Key.Key_Escape)
    elif how == "hide":
        panel.hide()
    elif how == "type":
        panel.edit.setText("promised")
        panel._search()
    else:
        panel.options.case.setChecked(True)
    world.qtbot.waitUntil(lambda: not panel.run.is_running)
    world.settle()
    assert world.undo_name() == before
    assert not products(world)


def test_a_part_of_what_is_looked_for_is_not_labelled(world: Any, panel: FindAllPanel) -> None:
    panel.run.most = 1
    before = world.undo_name()
    begun(panel)
    world.qtbot.waitUntil(lambda: panel.count.text().startswith("These are the first"))
    world.settle()
    assert world.undo_name() == before


def test_what_a_search_that_broke_off_found_is_not_labelled(
    world: Any, panel: FindAllPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, told = world.undo_name(), list[object]()
    begun(panel)
    monkeypatch.setattr(panel.run, "_next", lambda: panel.run._ask(lambda _: 1 / 0, told.append))
    monkeypatch.setattr(world.session, "tell", told.append)
    world.qtbot.waitUntil(lambda: bool(told))
    world.settle()
    assert panel.count.text().startswith("The search broke off; not all is found.")
    assert not panel._is_wished
    assert world.undo_name() == before


def test_labelling_that_is_stopped_leaves_nothing(world: Any, panel: FindAllPanel) -> None:
    look(world, panel, "promise")
    panel.label.take("PRODUCT")
    before = world.undo_name()
    panel.commit()
    world.session.cancel()
    world.settle()
    assert world.undo_name() == before
    assert not world.session.is_saving
    assert panel.rows.sum.adds == 2


def test_without_a_label_one_is_asked_for(world: Any, panel: FindAllPanel) -> None:
    look(world, panel, "promise")
    panel.commit()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Picker)
    offered = [popup.list.item(row).text() for row in range(popup.list.count())]
    scheme = world.session.scheme
    assert offered == [one.title or one.name for one in scheme.of("span") if one.is_offered]
    world.qtbot.keyClicks(popup.field, "pers")
    world.qtbot.keyClick(popup.field, Qt.Key.Key_Return)
    assert panel.label.label == "PERSON"
    assert world.undo_name() != "Label 2 places as person"
    panel.label.ticks_wanted.emit(False)
    panel.commit()
    assert world.said[-1] == "There is nothing new to label: tick some places first."


def test_a_project_for_reading_only_is_searched_and_not_labelled(world: Any, panel: FindAllPanel) -> None:
    path = world.session.path
    world.session.close_project()
    world.settle()
    with world.qtbot.waitSignal(world.session.project_changed):
        world.session.open_project(path, read_only=True)
    look(world, panel, "promise")
    panel.label.take("PERSON")
    assert panel.label.preview.text() == "This project is open for reading only."
    assert not panel.label.go.isEnabled()


def test_a_label_that_the_scheme_lets_go_is_let_go(world: Any, panel: FindAllPanel) -> None:
    panel.label.take("PERSON")
    panel.label.set_scheme(None)
    assert panel.label.label == ""


def test_what_is_labelled_elsewhere_meanwhile_is_known(world: Any, panel: FindAllPanel) -> None:
    look(world, panel, "promise")
    panel.label.take("PRODUCT")
    before = panel.label.preview.text()
    world.do(lambda project: project.add_span(world.ids["article"], "PRODUCT", [world.at("promise")]))
    world.qtbot.waitUntil(lambda: panel.label.preview.text() != before)
    assert panel.rows.sum.same == 1
    assert [one for one in world.content.spans if one.label == "PRODUCT" and isinstance(one, Span)]


@pytest.mark.parametrize("text", ['"', "*", "NEAR(", "a AND", "%_", "😀", "שלום", "'; drop", "x" * 5000])
def test_odd_searches_never_fail(world: Any, panel: FindAllPanel, text: str) -> None:
    for manner in range(3):
        panel.options.manner.setCurrentIndex(manner)
        look(world, panel, text)
        panel.grab()
        assert all(panel.rows.data(panel.rows.index(row)) for row in range(panel.rows.rowCount()))
