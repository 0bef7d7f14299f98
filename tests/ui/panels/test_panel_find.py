"""Finding in the open article: literally, live, with exact offsets."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from annotator.model.matching import places
from annotator.model.records import Fragment
from annotator.ui.panels.find_panel import FindPanel
from annotator.ui.panels.finding import MOST, find, nearest


@pytest.fixture
def panel(world: Any) -> FindPanel:
    made = FindPanel(world.session)
    world.show(made)
    return made


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


def test_what_is_found_here_is_found_by_the_search_in_all_articles(world: Any, panel: FindPanel) -> None:
    panel.start("ministry")
    text = world.content.article.text
    assert panel.wanted.article == world.ids["article"]
    assert places(text, panel.wanted, MOST) == list(panel.found)
    panel.case.setChecked(True)
    assert places(text, panel.wanted, MOST) == list(panel.found) == []
