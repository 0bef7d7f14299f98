"""Find and label in the whole window, by real keys and by mouse."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.matching import Wanted
from annotator.model.records import Span
from annotator.ui.picker import Picker

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(
    desk: Any, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the focus is, as the system does: shortcuts first."""
    target = QApplication.activePopupWidget() or desk.window
    target = target.focusWidget() or target
    if isinstance(key, str):
        QTest.keyClicks(target, key, modifiers)
    else:
        QTest.keyClick(target, key, modifiers)
    desk.settle()


def people(desk: Any) -> list[Span]:
    return [one for one in desk.content.spans if one.label == "PERSON"]


def searched(desk: Any) -> Any:
    panel = desk.window.find_all
    desk.qtbot.waitUntil(
        lambda: not panel.run.is_running and not panel._typing.isActive() and panel.rows.hits > 0
    )
    return panel


def test_find_everywhere_choose_and_label_by_keys_alone(desk: Any) -> None:
    press(desk, Qt.Key.Key_F, CTRL | SHIFT)
    panel = desk.window.find_all
    assert panel.edit.hasFocus()
    press(desk, "Benko")
    searched(desk)
    hits = panel.rows.hits
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_Space)
    assert panel.rows.sum.adds == hits - 1
    press(desk, Qt.Key.Key_Return, CTRL)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, Picker)
    press(desk, "fac")
    press(desk, Qt.Key.Key_Return)
    assert panel.label.preview.text().startswith("New spans: ")
    before = len([one for one in desk.content.spans if one.label == "FAC"])
    press(desk, Qt.Key.Key_Return, CTRL)
    desk.qtbot.waitUntil(lambda: panel.rows.sum.adds == 0)
    after = [one for one in desk.content.spans if one.label == "FAC"]
    assert len(after) > before
    assert {desk.words(one) for one in after} >= {"Benko"}
    press(desk, Qt.Key.Key_Z, CTRL)
    desk.qtbot.waitUntil(lambda: panel.rows.sum.adds == hits - 1)
    assert len([one for one in desk.content.spans if one.label == "FAC"]) == before
    press(desk, Qt.Key.Key_Escape)
    assert desk.window.view.hasFocus()


def test_labelling_right_after_typing_waits_for_the_search(desk: Any) -> None:
    press(desk, Qt.Key.Key_F, CTRL | SHIFT)
    panel = desk.window.find_all
    panel.label.take("FAC")
    panel._typing.setInterval(60_000)
    QTest.keyClicks(panel.edit, "Benko")
    QTest.keyClick(panel.edit, Qt.Key.Key_Return, CTRL)
    desk.qtbot.waitUntil(lambda: desk.said[-1].startswith("Labelled as "))
    desk.settle()
    assert "Benko" in {desk.words(one) for one in desk.content.spans if one.label == "FAC"}


def test_what_the_find_bar_shows_is_labelled_after_a_preview(desk: Any) -> None:
    press(desk, Qt.Key.Key_F, CTRL)
    press(desk, "read")
    bar, panel = desk.window.find_bar, desk.window.find_all
    found = list(bar.found)
    assert len(found) > 1
    press(desk, Qt.Key.Key_Return, CTRL)
    searched(desk)
    assert not bar.isVisible()
    assert panel.isVisible()
    assert panel.options.here.isChecked()
    (places,) = panel.rows.ticked_places()().values()
    assert places == found


def test_same_words_are_offered_after_a_label_and_listed_by_a_key(desk: Any) -> None:
    more, panel = desk.window.finding.more, desk.window.find_all
    assert not more.isVisible()
    desk.go("Benko")
    desk.drag("Benko")
    desk.press("e")
    desk.press("f")
    desk.qtbot.waitUntil(more.isVisible)
    assert more.text().startswith("Also label “Benko”: ")
    assert "(F)" in more.text()
    everywhere = desk.session.content.article.text.count("Benko")
    assert more.here == everywhere - 1
    assert more.everywhere >= more.here
    there = more.everywhere - more.here
    beside = f" here, {there} in other articles" if there else " in this article"
    assert more.text() == f"Also label “Benko”: {more.here}{beside}  (F)"
    offered = more.everywhere
    desk.press("f")
    searched(desk)
    assert not more.isVisible()
    assert panel.isVisible()
    assert (panel.edit.text(), panel.label.label) == ("Benko", "FAC")
    assert (panel.rows.sum.adds, panel.rows.sum.same) == (offered, 1)


@pytest.mark.parametrize(
    ("here", "everywhere", "more", "said"),
    [
        (0, 1, "", "1 in other articles"),
        (2, 2, "", "2 in this article"),
        (2, 2, "+", "2+ in this article"),
        (2, 9, "", "2 here, 7 in other articles"),
        (2, 1000, "+", "2 here, 998+ in other articles"),
    ],
)
def test_the_offer_names_only_where_there_are_some(
    desk: Any, here: int, everywhere: int, more: str, said: str
) -> None:
    offer = desk.window.finding.more
    offer.wanted, offer.here, offer.everywhere = Wanted("Benko", "phrase"), here, everywhere
    offer._on_ended("there are more" if more else "")
    assert offer.text().startswith(f"Also label “Benko”: {said}")


def test_the_offer_gives_way_to_what_the_keys_do(desk: Any) -> None:
    more, status = desk.window.finding.more, desk.window.status
    desk.window.resize(1280, 800)
    desk.drag("Benko")
    desk.press("e")
    desk.press("f")
    desk.qtbot.waitUntil(more.isVisible)
    keys = "a suggestion, sure:   Enter accepts   Backspace rejects   " + "   ".join(["s another source"] * 5)
    status.set_usual(keys)
    status._show_usual()
    desk.qtbot.waitUntil(lambda: status.hint.wanted_width() <= status.hint.width())
    assert more.text().startswith("Also label “Benko”: ")
    said = "Said"
    while status.fontMetrics().horizontalAdvance(said) < status.width() - more.sizeHint().width():
        said += " on"
    status.say(said)
    desk.qtbot.waitUntil(lambda: status.hint.wanted_width() <= status.hint.width())
    assert more.text() == f"“Benko”: {more.everywhere} more  (F)"
    status._show_usual()
    assert more.text().startswith("Also label “Benko”: ")


def test_the_offer_is_taken_by_a_click_and_goes_with_its_article(desk: Any) -> None:
    more = desk.window.finding.more
    desk.drag("Benko")
    desk.press("e")
    desk.press("f")
    desk.qtbot.waitUntil(more.isVisible)
    desk.qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert searched(desk).label.label == "FAC"
    desk.session.undo()
    desk.settle()
    desk.window.view.setFocus()
    desk.drag("Benko")
    desk.press("e")
    desk.press("f")
    desk.qtbot.waitUntil(more.isVisible)
    desk.session.next_article()
    desk.qtbot.waitUntil(lambda: not more.isVisible())


def test_words_that_stand_alone_are_not_offered(desk: Any) -> None:
    more = desk.window.finding.more
    text = desk.text
    words = next(one for one in text.split(". ") if text.count(one) == 1 and 30 < len(one) < 150)
    start = text.index(words)
    desk.session.do(
        lambda project: project.add_span(desk.content.article.id, "CLAIM", [(start, start + len(words))])
    )
    desk.settle()
    desk.qtbot.waitUntil(lambda: not more._soon.isActive() and not more._run.is_running)
    assert not more.isVisible()


def test_without_anything_to_label_it_is_said(desk: Any) -> None:
    desk.do("label_found")
    assert desk.said[-1] == "Find something first; then what was found can be labelled."
    desk.session.choose(None)
    desk.do("label_more")
    assert desk.said[-1] == "Choose a span first: its words are looked for in all articles."


def test_the_chosen_span_finds_its_words_without_an_offer(desk: Any) -> None:
    desk.drag("Benko")
    desk.press("e")
    desk.press("f")
    desk.window.finding.more.withdraw()
    desk.do("label_more")
    assert searched(desk).edit.text() == "Benko"


def test_the_search_has_the_height_of_the_list_of_articles(desk: Any) -> None:
    panels = desk.window.panels
    panels.show("find")
    desk.settle()
    assert not panels.docks["find"].visibleRegion().isEmpty()
    assert panels.docks["list"].visibleRegion().isEmpty()
    panels.toggle("list")
    desk.settle()
    assert not panels.docks["list"].visibleRegion().isEmpty()
    panels.toggle("list")
    assert panels.docks["list"].isHidden()
