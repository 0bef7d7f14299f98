"""Finding in the open article and in all of them: literally, live, with exact offsets."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from annotator.model.records import Fragment
from annotator.ui.panels.find_all import FindAllPanel
from annotator.ui.panels.find_panel import FindPanel
from annotator.ui.panels.finding import MOST, find, nearest


@pytest.fixture
def panel(world: Any) -> FindPanel:
    made = FindPanel(world.session)
    world.show(made)
    return made


@pytest.fixture
def everywhere(world: Any) -> FindAllPanel:
    made = FindAllPanel(world.session)
    made._timer.setInterval(1)
    made.resize(340, 300)
    world.show(made)
    return made


# The rules


@given(st.text(max_size=40), st.text(min_size=1, max_size=3))
def test_what_is_found_is_what_was_wanted(text: str, wanted: str) -> None:
    for start, end in find(text, wanted, case=True):
        assert text[start:end] == wanted
    assert bool(find(text, wanted, case=True)) == (wanted in text)


@pytest.mark.parametrize("wanted", ["(a+)+$", ".*", "[", "\\", "a|b", "^", "$(id)", "%s"])
def test_signs_of_patterns_are_taken_literally(wanted: str) -> None:
    assert find(f"x{wanted}y", wanted) == (Fragment(1, 1 + len(wanted)),)
    assert find("aaab", wanted) == ()


def test_offsets_stay_exact_where_lower_case_is_longer() -> None:
    assert find("İİİ Ali", "ali") == (Fragment(4, 7),)
    assert find("😀😀 Ali", "ALI") == (Fragment(3, 6),)


def test_case_can_matter() -> None:
    assert len(find("The the THE", "the")) == 3
    assert find("The the THE", "the", case=True) == (Fragment(4, 7),)


def test_nothing_wanted_finds_nothing_and_too_much_is_cut() -> None:
    assert find("text", "") == ()
    assert len(find("a" * (MOST + 10), "a")) == MOST


def test_the_nearest_is_at_or_after_the_caret() -> None:
    found = find("a b a b a", "a")
    assert [nearest(found, caret) for caret in (0, 1, 4, 9)] == [0, 1, 1, 0]
    assert nearest((), 3) == -1


# In this article


def test_places_are_shown_as_one_types(world: Any, panel: FindPanel) -> None:
    panel.start(caret=world.at("Minister").start)
    told: list[Any] = []
    panel.highlights.connect(lambda *found: told.append(found))
    world.qtbot.keyClicks(panel.edit, "minis")
    found, current = told[-1]
    assert [world.text[one.start : one.end] for one in found] == ["Minis", "Minis", "Minis", "minis"]
    assert found[current].start == world.at("Minister").start
    assert panel.count.text() == "3 of 4"


def test_enter_walks_on_and_shift_enter_back_round_the_ends(world: Any, panel: FindPanel) -> None:
    panel.start("minis")
    seen = []
    for modifier in (Qt.KeyboardModifier.NoModifier,) * 4 + (Qt.KeyboardModifier.ShiftModifier,):
        world.qtbot.keyClick(panel.edit, Qt.Key.Key_Return, modifier)
        seen.append(panel.current)
    assert seen == [1, 2, 3, 0, 3]


def test_buttons_walk_too(world: Any, panel: FindPanel) -> None:
    panel.start("minis")
    world.qtbot.mouseClick(panel.next, Qt.MouseButton.LeftButton)
    world.qtbot.mouseClick(panel.next, Qt.MouseButton.LeftButton)
    world.qtbot.mouseClick(panel.previous, Qt.MouseButton.LeftButton)
    assert panel.current == 1


def test_the_case_option_finds_anew(world: Any, panel: FindPanel) -> None:
    panel.start("minis")
    panel.case.setFocus()
    world.qtbot.keyClick(panel.case, Qt.Key.Key_Space)
    assert panel.count.text() == "1 of 1"


def test_not_found_is_said_and_the_buttons_rest(panel: FindPanel) -> None:
    panel.start("zebra")
    assert panel.count.text() == "Not found"
    assert not panel.next.isEnabled()
    panel.step(1)
    assert panel.current == -1


def test_another_article_is_searched_when_it_is_opened(world: Any, panel: FindPanel) -> None:
    panel.start("harbour")
    assert panel.count.text() == "Not found"
    world.session.open_article(world.ids["other"])
    world.settle()
    assert panel.count.text() == "1 of 2"


@pytest.mark.parametrize("by_key", [True, False])
def test_closing_takes_the_highlights_away(world: Any, panel: FindPanel, by_key: bool) -> None:
    panel.start("minis")
    told: list[Any] = []
    panel.highlights.connect(lambda *found: told.append(found))
    with world.qtbot.waitSignal(panel.closed):
        if by_key:
            world.qtbot.keyClick(panel.edit, Qt.Key.Key_Escape)
        else:
            world.qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)
    assert told[-1] == ((), -1)
    assert not panel.isVisible()


# In all articles


def test_hits_stand_in_their_context_and_enter_opens_one(world: Any, everywhere: FindAllPanel) -> None:
    everywhere.start()
    world.qtbot.keyClicks(everywhere.edit, "promise")
    world.qtbot.waitUntil(lambda: len(everywhere.list.rows) == 2)
    assert everywhere.count.text() == "Places: 2 · articles: 2"
    for row in everywhere.list.rows:
        assert row.text[slice(*row.strong)] == "promise"
    details = {row.detail.split(" · ")[0] for row in everywhere.list.rows}
    assert details == {"Ministry defends flood spending", "Harbour opens again"}
    other = next(row.value for row in everywhere.list.rows if row.value.article == world.ids["other"])
    world.qtbot.keyClick(everywhere.edit, Qt.Key.Key_Down)
    assert everywhere.list.hasFocus()
    everywhere.list.go_to(other)
    with world.qtbot.waitSignal(world.session.revealed) as revealed:
        world.qtbot.keyClick(everywhere.list, Qt.Key.Key_Return)
    assert world.content.article.id == world.ids["other"]
    assert revealed.args == [other.start]


def test_enter_searches_at_once_then_goes_into_the_list(world: Any, everywhere: FindAllPanel) -> None:
    everywhere._timer.setInterval(60_000)
    everywhere.start()
    world.qtbot.keyClicks(everywhere.edit, "harbour")
    world.qtbot.keyClick(everywhere.edit, Qt.Key.Key_Return)
    world.settle()
    assert len(everywhere.list.rows) == 2
    world.qtbot.keyClick(everywhere.edit, Qt.Key.Key_Return)
    assert everywhere.list.hasFocus()
    assert everywhere.list.current() is not None


def test_not_found_anywhere_is_said(world: Any, everywhere: FindAllPanel) -> None:
    everywhere.start("zebra")
    world.settle()
    assert everywhere.count.text() == "Not found in any article"
    everywhere.edit.clear()
    everywhere._search()
    assert everywhere.count.text() == ""


def test_an_answer_to_what_is_typed_no_longer_is_dropped(world: Any, everywhere: FindAllPanel) -> None:
    everywhere.start("promise")
    everywhere.edit.setText("zebra")
    everywhere._search()
    world.settle()
    assert not everywhere.list.rows


@pytest.mark.parametrize("text", ['"', "*", "NEAR(", "a AND", "%_", "😀", "שלום", "'; drop", "x" * 5000])
def test_odd_searches_never_fail(world: Any, everywhere: FindAllPanel, text: str) -> None:
    everywhere.start(text)
    world.settle()
    assert all(row.value.text for row in everywhere.list.rows)
