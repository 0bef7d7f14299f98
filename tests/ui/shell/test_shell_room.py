"""Everything keeps to the room there is: words of the toolbar, facts of the status bar, what pops up."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QToolButton, QWidget

from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.ui import picker, style
from annotator.ui.actions import BAR_NAMES
from annotator.ui.focus_ring import FocusRing
from annotator.ui.key_hint import GAP, KeyHint
from annotator.ui.key_sheet import KeySheet, _stacks
from annotator.ui.long_work import JobState
from annotator.ui.panels.widgets import answers
from annotator.ui.picker import Choice, Picker
from annotator.ui.tool_bar import ToolBar

_FRAME = 2
"""Pixels by which a window without a display stands lower than it was put."""


@pytest.fixture
def bar(qtbot) -> ToolBar:
    made = ToolBar("Bar", None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    for name in ("Undo", "Accept", "Reject", "Colours"):
        made.addAction(name)
    buttons = [made.widgetForAction(action) for action in made.actions()[1:]]
    made.set_named([one for one in buttons if isinstance(one, QToolButton)])
    made.show()
    return made


def words(bar: ToolBar) -> list[str]:
    beside = bar._named[0].toolButtonStyle().__class__.ToolButtonTextBesideIcon
    return [one.text() for one in bar._named if one.toolButtonStyle() == beside]


def test_words_of_the_toolbar_go_before_its_buttons(bar: ToolBar) -> None:
    bar.resize(800, 40)
    assert words(bar) == ["Accept", "Reject", "Colours"]
    whole = bar.sizeHint().width()
    bar.resize(whole, 40)
    assert len(words(bar)) == 3
    bar.resize(whole - 10, 40)
    assert words(bar) == ["Accept", "Reject"]
    bar.resize(whole - 100, 40)
    assert words(bar) == []


def test_the_window_names_its_buttons_where_there_is_room(desk, sample) -> None:
    desk.open(sample)
    desk.window.resize(1500, 800)
    desk.qtbot.waitUntil(lambda: len(words(desk.window.bar)) == len(BAR_NAMES))
    desk.window.resize(900, 800)
    desk.qtbot.waitUntil(lambda: 0 < len(words(desk.window.bar)) < len(BAR_NAMES))
    assert words(desk.window.bar)[:2] == ["Accept", "Reject"]


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_word_of_the_toolbar_pushes_a_button_out_of_sight(desk, sample, percent: int) -> None:
    desk.open(sample)
    window = desk.window
    window.settings.choose("window_size", percent)
    more = window.bar.findChild(QToolButton, "qt_toolbar_ext_button")
    for width in range(900, 1920, 60):
        window.resize(width, 800)
        QApplication.processEvents()
        assert not more.isVisible(), width


def test_the_status_bar_leaves_room_for_the_keys(desk, sample) -> None:
    desk.open(sample)
    status = desk.window.status
    desk.window.resize(1600, 800)
    desk.qtbot.waitUntil(lambda: all(one.isHidden() != bool(one.text()) for one in status._facts))
    desk.qtbot.waitUntil(lambda: not desk.window.hinting._soon.isActive())
    status.set_usual(GAP.join(f"{key} something that it does" for key in "abcdefgh"))
    status._said.stop()
    status._show_usual()
    status._on_saved(0.0)
    desk.window.resize(720, 800)
    desk.qtbot.waitUntil(lambda: any(one.isHidden() for one in status._facts))
    assert not status.saved.isHidden()
    taken = sum(one.width() for one in status._facts if one.isVisible())
    assert status.width() - taken >= min(status.hint.wanted_width(), status.width() // 2)
    desk.window.resize(1600, 800)
    desk.qtbot.waitUntil(lambda: all(one.isHidden() != bool(one.text()) for one in status._facts))


def test_one_suggestion_is_not_many(desk, sample) -> None:
    desk.open(sample)
    many = desk.window.status.suggestions.text()
    assert many == "6 suggestions here"
    waiting = [one.id for one in desk.content.suggested_frames if one.state == "open"]
    desk.session.do(lambda project: project.reject(waiting[1:]))
    desk.settle()
    assert desk.window.status.suggestions.text() == "1 suggestion here"


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """The keys that a hint paints, and whether each finds room."""
    found: list[tuple[str, bool]] = []
    paint = KeyHint._paint_key

    def note(self: KeyHint, painter: QPainter, box: QRectF, key: str) -> float:
        found.append((key, box.right() < self.width()))
        return paint(self, painter, box, key)

    monkeypatch.setattr(KeyHint, "_paint_key", note)
    return found


def test_what_enter_would_take_from_a_picker_is_read_out(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(picker, "announce", lambda _, words: read.append(words))
    parent = QLabel()
    qtbot.addWidget(parent)
    popup = Picker(parent, "Label")
    popup.offer([Choice(one, lambda: None) for one in ("Claim", "Cue", "Source")], digits=True)
    qtbot.keyClick(popup.field, Qt.Key.Key_Down)
    popup.field.setText("so")
    popup.field.setText("sox")
    assert read == ["Claim, 1", "Cue, 2", "Source, 1", "Nothing here has these words."]


@pytest.mark.parametrize("lines", [1, 2])
def test_keys_are_told_beside_a_sentence(qtbot, painted: list[tuple[str, bool]], lines: int) -> None:
    """What can be done next is not hidden by what was done."""
    hint = KeyHint()
    qtbot.addWidget(hint)
    hint.set_lines(lines)
    hint.show_sentence("Attribution with a source and a cue.")
    hint.show_beside(f"Attribution:{GAP}s another source{GAP}t stance")
    hint.resize(hint.wanted_width() * (3 - lines) + 40, 40)
    hint.grab()
    keys = [("s", True), ("t", True)]
    assert [one for one in painted if one[0]] == keys[: 4 - lines]
    assert hint.text() == "Attribution with a source and a cue."
    painted.clear()
    hint.show_sentence("Another one.")
    hint.grab()
    assert painted == [("", True)]


def test_keys_come_before_the_words_that_open_a_list(qtbot, painted: list[tuple[str, bool]]) -> None:
    hint = KeyHint()
    qtbot.addWidget(hint)
    keys = f"A suggestion with quite a long reason for it:{GAP}Enter accepts{GAP}Tab next"
    hint.show_keys(keys)
    for part in (4, 3):
        hint.resize(hint.wanted_width() * part // 4, 30)
        painted.clear()
        hint.grab()
        assert painted == [("", True), ("Enter", True), ("Tab", True)]
    hint.resize(hint.wanted_width() // 4, 30)
    painted.clear()
    hint.grab()
    assert ("Tab", True) not in painted


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.integers(1, 5))
def test_columns_hold_everything_in_order_and_none_is_very_long(heights: list[int], count: int) -> None:
    stacks = _stacks(heights, count)
    assert [at for stack in stacks for at in stack] == list(range(len(heights)))
    assert len(stacks) <= count
    longest = max(sum(heights[at] for at in stack) for stack in stacks)
    assert longest <= sum(heights) / count + max(heights)


def test_the_key_sheet_is_never_wider_than_its_window(desk, sample) -> None:
    desk.open(sample)
    for width in (760, 1400):
        desk.window.resize(width, 800)
        desk.do("keys")
        sheet = desk.window.findChild(KeySheet)
        QApplication.processEvents()
        right = max(one.mapTo(sheet, QPoint(one.width(), 0)).x() for one in sheet.findChildren(QLabel))
        assert right <= sheet.width() <= width
        guide = next(one for one in sheet.findChildren(QLabel) if "Mark every level" in one.text())
        desk.qtbot.waitUntil(lambda one=guide: one.height() >= one.heightForWidth(one.width()))
        sheet.deleteLater()
        sheet.setParent(None)


def test_what_pops_up_covers_nothing_of_the_line_it_is_for(desk, sample) -> None:
    desk.open(sample)
    screen = desk.window.screen().availableGeometry()
    for line in (screen.top() + 40, screen.center().y(), screen.bottom() - 40):
        popup = Picker(desk.window, "Label")
        popup.offer([Choice(str(number), lambda: None) for number in range(30)])
        popup.open_at(QPoint(100, line + 20), line)
        place = QRect(popup.pos(), popup.size())
        assert place.bottom() <= line + _FRAME or place.top() >= line + 20
        assert screen.adjusted(0, 0, _FRAME, _FRAME).contains(place)
        popup.close()


def holds(bar: QWidget, button: QToolButton) -> bool:
    return not button.isVisible() or bar.rect().contains(button.geometry())


def test_answers_over_the_article_keep_within_it(desk, sample) -> None:
    desk.open(sample)
    for width in (740, 1000, 1500):
        desk.window.resize(width, 700)
        QApplication.processEvents()
        desk.go("Every quotation")
        desk.press("e")
        answer_bar, port = desk.window.answer_bar, desk.window.view.viewport()
        assert answer_bar.isVisible()
        assert 0 <= answer_bar.x() <= answer_bar.geometry().right() <= port.width()
        buttons = answer_bar.findChildren(QToolButton)
        desk.qtbot.waitUntil(lambda bar=answer_bar, shown=buttons: all(map(partial(holds, bar), shown)))
        desk.qtbot.keyClick(desk.window.view, "\x1b")


def test_dialogs_have_answers_without_pictures(qtbot) -> None:
    standard = QDialogButtonBox.StandardButton
    box = answers(standard.Ok, standard.Cancel)
    qtbot.addWidget(box)
    assert [one.icon().isNull() for one in box.buttons()] == [True, True]


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_colours_as_delivered_are_drawn_as_they_are(name: str) -> None:
    theme = style.theme(name)
    for path in resource("schemes").glob("*.toml"):
        for number, label in enumerate(read_scheme(path).labels):
            if not label.colour:
                assert theme.given(label, number).name() == theme.label(label, number).ink


def test_the_list_that_has_the_keys_has_a_ring(desk, sample) -> None:
    desk.open(sample)
    window = desk.window
    window.activateWindow()
    desk.qtbot.waitUntil(window.isActiveWindow)
    lists = (window.articles.view, window.inspector.article.frames)
    rings = [one.findChild(FocusRing) for one in lists]
    for view, ring in zip(lists, rings, strict=True):
        view.setFocus()
        assert [one.isVisible() for one in rings] == [one is ring for one in rings]
        picture = view.grab().toImage()
        highlight = view.palette().color(QPalette.ColorRole.Highlight)
        assert picture.pixelColor(picture.width() // 2, picture.height() - 1) == highlight
        view.resize(view.width(), view.height() - 5)
        assert ring.geometry() == view.rect()
    window.view.setFocus()
    assert not any(one.isVisible() for one in rings)


def test_a_sentence_gets_the_room_it_needs_and_a_longer_one_stays_above_the_article(desk) -> None:
    window, status = desk.window, desk.window.status
    window.resize(1100, 700)
    desk.qtbot.waitUntil(lambda: status.width() > 1000)
    letter = status.hint.fontMetrics().horizontalAdvance("n")
    status.say("n" * (status.width() * 7 // 8 // letter))
    desk.qtbot.waitUntil(lambda: status.hint.width() >= status.hint.wanted_width())
    assert not window.banner.isVisible()
    assert any(not one.isVisible() for one in status._facts if one.text())
    long = "n " * (status.width() // letter)
    status.say(long)
    assert window.banner.isVisible()
    assert window.banner.text.text() == long
    status.set_usual("c claim")
    status._said.stop()
    status._show_usual()
    desk.qtbot.waitUntil(status.annotator.isVisible)
    assert window.banner.isVisible()


def test_a_sentence_keeps_its_room_while_what_is_said_of_a_job_grows(desk) -> None:
    session, bar = desk.session, desk.window.status
    desk.window.resize(1000, 700)
    session.progress.emit(JobState("Learning"))
    session.warned.emit("What was learned before does not hold any more: it is learned anew.")
    QApplication.processEvents()
    assert bar.suggestions.isVisible()
    session.progress.emit(JobState("Learning", 31, 37, "comparing what was learned", 61.0))
    QApplication.processEvents()
    assert bar.hint.is_sentence
    assert bar.hint.wanted_width() <= bar.hint.width()


def test_two_lines_show_the_words_that_open_a_list_in_full(qtbot) -> None:
    hint, opening = KeyHint(), "Somebody – suggested (likely: quite a long reason for it, and more):"
    qtbot.addWidget(hint)
    hint.show_keys(f"{opening}{GAP}Enter accepts{GAP}Tab next")
    for share in (1.0, 0.8, 0.6):
        hint.set_lines(1)
        hint.resize(round(hint.fontMetrics().horizontalAdvance(opening) * share), 40)
        assert len(hint._rows(hint.width())) == 1
        hint.set_lines(2)
        first, second = hint._rows(hint.width())
        words = [text for key, text in (*first, *second) if not key]
        assert " ".join(words) == opening
        assert all(hint.fontMetrics().horizontalAdvance(one) <= hint.width() for one in words)
        assert ("Enter", "accepts") in second
    font, before = hint.font(), (hint.minimumHeight(), hint.wanted_width())
    font.setPointSizeF(font.pointSizeF() * 2)
    hint.setFont(font)
    assert (hint.minimumHeight() > 1.5 * before[0], hint.wanted_width() > 1.5 * before[1]) == (True, True)
    hint.show_keys(f"c claim{GAP}s source")
    assert hint._rows(20) == [[("c", "claim"), ("s", "source")]]


def test_a_long_reason_leaves_room_for_the_keys_that_answer(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    hint, painted = KeyHint(), []
    qtbot.addWidget(hint)
    opening = f"Somebody – suggested (guess: {'a long reason for it, ' * 6}):"
    hint.show_keys(f"{opening}{GAP}Enter accepts{GAP}Backspace rejects{GAP}Tab next")
    hint.set_lines(2)
    paint = KeyHint._paint_key
    monkeypatch.setattr(KeyHint, "_paint_key", lambda *given: painted.append(given[-1]) or paint(*given))
    hint.resize(hint.least_width(), 50)
    assert " ".join(text for row in hint._rows(hint.width() - 4) for key, text in row if not key) == opening
    for part in (4, 3):
        hint.resize(hint.least_width() * part // 4, 50)
        painted.clear()
        hint.grab()
        assert painted[:4] == ["", "", "Enter", "Backspace"]


def test_a_job_leaves_a_long_reason_its_room(desk, sample) -> None:
    desk.open(sample)
    status = desk.window.status
    desk.window.resize(800, 600)
    desk.session.choose(desk.window.walking._waiting()[0].id)
    desk.qtbot.waitUntil(lambda: status.hint.text() == desk.window.hinting.text())
    for words, seen in (("short", [True] * 4), ("a long reason, " * 12, [False, False, True, True])):
        status.set_usual(f"Somebody – suggested (guess: {words}):{GAP}Enter accepts{GAP}Backspace rejects")
        desk.session.progress.emit(JobState("Suggesting", 2, 8))
        job = status.job
        assert [one.isVisible() for one in (job.name, job.bar, job.left, job.stop)] == seen
        assert job.toolTip() == "Suggesting"
    status.set_usual(f"c claim{GAP}s source")
    assert job.bar.isVisible()


def test_facts_give_way_to_the_keys_that_answer_a_suggestion(desk, sample) -> None:
    desk.open(sample)
    status = desk.window.status
    desk.window.resize(800, 600)
    desk.session.choose(desk.window.walking._waiting()[0].id)
    desk.qtbot.waitUntil(lambda: status.hint.text() == desk.window.hinting.text())
    for words, is_beside in (("short", True), ("long, " * 30, False)):
        status.set_usual(f"Somebody – suggested (guess: {words}):{GAP}Enter accepts{GAP}Backspace rejects")
        assert status.suggestions.isVisible() == is_beside


def is_read_in_full(hint: KeyHint) -> bool:
    shown = [text for row in hint._rows(hint.width() - 16) for key, text in row if not key]
    assert " ".join(shown) == hint.text().partition(GAP)[0]
    return all(hint.fontMetrics().horizontalAdvance(text) <= hint.width() - 8 for text in shown)


def test_the_reason_of_a_suggestion_is_read_in_full_in_a_small_window(desk, sample) -> None:
    desk.open(sample)
    hint = desk.window.status.hint
    desk.window.resize(800, 600)
    for one in desk.window.walking._waiting():
        desk.session.choose(one.id)
        desk.qtbot.waitUntil(lambda: hint.text() == desk.window.hinting.text())
        desk.qtbot.waitUntil(lambda: is_read_in_full(hint), timeout=5000)  # what gives way does so in a turn
    assert hint.height() >= 2 * hint.fontMetrics().height()


def test_what_is_cut_of_a_sentence_is_cut_in_sight(qtbot) -> None:
    hint = KeyHint()
    qtbot.addWidget(hint)
    hint.resize(120, 24)
    hint.show_sentence("m" * 100)
    whole = hint.grab().toImage()
    hint.show_sentence(hint.fontMetrics().elidedText("m" * 100, Qt.TextElideMode.ElideRight, 120))
    assert hint.text().endswith("…")
    assert hint.grab().toImage() == whole


def test_the_bar_is_as_high_when_no_suggestion_is_left(desk, sample) -> None:
    """Else the end of an article would move under the eyes of who takes the last one."""
    desk.open(sample)
    status = desk.window.status
    desk.window.resize(800, 600)
    desk.qtbot.waitUntil(lambda: bool(desk.window.walking._waiting()) and status.width() < 900)
    before = status.minimumSizeHint().height()
    desk.reject_all()
    assert status.suggestions.text() == ""
    assert (status.minimumSizeHint().height(), status.hint._lines) == (before, 2)
