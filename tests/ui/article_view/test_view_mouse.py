"""What the mouse does, by real events."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from annotator.model.records import Fragment
from annotator.ui.article_view.pointer import tip
from annotator.ui.article_view.view import ArticleView

Show = Callable[..., ArticleView]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Mouse:
    """Sends mouse events to places given as words of the text."""

    def __init__(self, view: ArticleView) -> None:
        self.view = view
        self.time = 10_000

    def place(self, words: str, share: float = 0.5) -> QPointF:
        start = self.view.page.units.text.index(words)
        rect = self.view.page.rects(Fragment(start, start + len(words)))[0]
        return QPointF(rect.left() + rect.width() * share, rect.center().y())

    def tag(self, record) -> QPointF:
        page = self.view.page
        for _, top, laid in page.column.visible():
            for line in laid.lines:
                for tag in line.tags:
                    if tag.record.id == record.id:
                        centre = tag.rect.center()
                        return QPointF(page.left + centre.x(), top + centre.y())
        raise AssertionError("no such tag")

    def send(self, kind: QEvent.Type, point: QPointF, button=LEFT, held=LEFT, keys=NO_KEY) -> None:
        viewport = self.view.viewport()
        event = QMouseEvent(kind, point, QPointF(viewport.mapToGlobal(point.toPoint())), button, held, keys)
        event.setTimestamp(self.time)
        self.time += 5
        QApplication.sendEvent(viewport, event)

    def press(self, point: QPointF, keys=NO_KEY) -> None:
        self.send(QEvent.Type.MouseButtonPress, point, keys=keys)

    def move(self, point: QPointF, held=LEFT, keys=NO_KEY) -> None:
        self.send(QEvent.Type.MouseMove, point, NONE, held, keys)

    def release(self, point: QPointF, keys=NO_KEY) -> None:
        self.send(QEvent.Type.MouseButtonRelease, point, held=NONE, keys=keys)

    def drag(self, start: QPointF, end: QPointF, keys=NO_KEY) -> None:
        self.press(start, keys)
        self.move((start + end) / 2, keys=keys)
        self.move(end, keys=keys)
        self.release(end, keys)

    def click(self, point: QPointF) -> None:
        self.time += 5_000
        self.press(point)
        self.release(point)


def selected(view: ArticleView) -> str:
    return view.page.units.text[slice(*view.selection)] if view.selection else ""


def test_a_drag_snaps_to_tokens_in_both_directions(show: Show, maker, qtbot: QtBot) -> None:
    view = show(maker.content())
    mouse = Mouse(view)
    with qtbot.waitSignals([view.selection_made, view.selection_changed]):
        mouse.drag(mouse.place("Ruiz"), mouse.place("reporters", 0.2))
    assert selected(view) == "Ruiz told reporters"
    mouse.drag(mouse.place("reporters"), mouse.place("Ana", 0.9))
    assert selected(view) == "Ana Ruiz told reporters"


def test_a_drag_with_alt_takes_characters(show: Show, make) -> None:
    view = show(make("wonderful 👍🏽 e\u0301clair").content())
    mouse, alt = Mouse(view), Qt.KeyboardModifier.AltModifier
    mouse.drag(mouse.place("won", 0.95), mouse.place("wonderf", 0.98), alt)
    assert selected(view) == "derf"
    mouse.drag(mouse.place("wonderful", 0.97), mouse.place("e\u0301", 0.9), alt)
    assert selected(view) == " 👍🏽 e\u0301"


def test_a_drag_over_paragraphs_takes_what_lies_between(show: Show, maker) -> None:
    view = show(maker.content())
    mouse = Mouse(view)
    mouse.drag(mouse.place("firm"), mouse.place("Deputy"))
    assert selected(view) == "firm\n\nDeputy"


def test_clicks_take_token_and_sentence(show: Show, maker) -> None:
    view = show(maker.content())
    mouse = Mouse(view)
    point = mouse.place("late")
    mouse.click(point)
    assert (view.caret, view.selection) == (maker.at("late").start, None)
    mouse.send(QEvent.Type.MouseButtonDblClick, point)
    mouse.release(point)
    assert selected(view) == "late"
    mouse.press(point)
    mouse.release(point)
    assert selected(view) == "The plan is late."


def test_a_slow_third_click_is_a_click(show: Show, maker) -> None:
    view = show(maker.content())
    mouse = Mouse(view)
    point = mouse.place("late")
    mouse.send(QEvent.Type.MouseButtonDblClick, point)
    mouse.release(point)
    mouse.click(point)
    assert selected(view) == ""


def test_a_click_with_shift_extends(show: Show, maker) -> None:
    view = show(maker.content())
    mouse = Mouse(view)
    view.caret = maker.at("Ana").start
    mouse.press(mouse.place("told"), Qt.KeyboardModifier.ShiftModifier)
    mouse.release(mouse.place("told"), Qt.KeyboardModifier.ShiftModifier)
    assert selected(view) == "Ana Ruiz told"


def test_clicks_choose_the_innermost_then_go_round(show: Show, maker, qtbot: QtBot) -> None:
    outer, inner = maker.span("CLAIM", "Ana Ruiz told reporters"), maker.span("PERSON", "Ana Ruiz")
    view = show(maker.content())
    mouse = Mouse(view)
    chosen = []
    view.chosen.connect(chosen.append)
    for _ in range(3):
        mouse.click(mouse.place("Ruiz"))
    mouse.click(mouse.place("told"))
    mouse.click(mouse.place("late"))
    assert chosen == [inner.id, outer.id, inner.id, outer.id, None]


def test_a_click_on_a_tag_chooses_its_span_and_leaves_the_caret(show: Show, maker) -> None:
    outer = maker.span("CLAIM", "Ana Ruiz told reporters")
    maker.span("CLAIM", "Ana Ruiz")
    view = show(maker.content())
    mouse = Mouse(view)
    mouse.click(mouse.tag(outer))
    assert (view.chosen_id, view.caret) == (outer.id, 0)


def test_an_edge_of_a_chosen_suggestion_is_dragged_and_leaves_it_a_word_at_least(
    show: Show, maker, qtbot: QtBot
) -> None:
    claim = maker.guess("CLAIM", "Ruiz told reporters")
    view = show(maker.content())
    mouse = Mouse(view)
    with qtbot.assertNotEmitted(view.edge_dragged):
        mouse.drag(mouse.place("reporters", 1.0), mouse.place("told"))
    view.choose(claim.id)
    with qtbot.waitSignal(view.edge_dragged) as told:
        mouse.drag(mouse.place("reporters", 1.0), mouse.place("told"))
    assert told.args == [claim.id, (maker.at("Ruiz told"),)]
    with qtbot.waitSignal(view.edge_dragged) as told:
        mouse.drag(mouse.place("Ruiz told", 0.0), mouse.place("on Monday"))
    assert told.args == [claim.id, (maker.at("reporters"),)]
    with qtbot.waitSignal(view.edge_dragged) as told:
        mouse.drag(mouse.place("reporters", 1.0), mouse.place("Mayor"))
    assert told.args == [claim.id, (maker.at("Ruiz"),)]


def test_an_edge_of_the_chosen_span_is_dragged(show: Show, maker, qtbot: QtBot) -> None:
    span = maker.span("CLAIM", "Ruiz told", "on Monday")
    view = show(maker.content())
    view.choose(span.id)
    mouse = Mouse(view)
    with qtbot.waitSignal(view.edge_dragged) as told:
        mouse.drag(mouse.place("Ruiz told", 0.0), mouse.place("Mayor Ana", 0.2))
    assert told.args == [span.id, (maker.at("Mayor Ana Ruiz told"), maker.at("on Monday"))]
    with qtbot.waitSignal(view.edge_dragged) as told:
        mouse.drag(mouse.place("Ruiz told", 1.0), mouse.place("Monday"))
    assert told.args == [span.id, (maker.at("Ruiz told reporters on Monday"),)]
    with qtbot.assertNotEmitted(view.edge_dragged):
        mouse.drag(mouse.place("Ruiz told", 1.0), mouse.place("told", 0.3))
    assert view.selection is None


def test_a_tag_dragged_onto_another_span_links(show: Show, maker, qtbot: QtBot) -> None:
    source, claim = maker.span("SOURCE", "Ana Ruiz"), maker.span("CLAIM", "the plan would go on")
    view = show(maker.content())
    mouse = Mouse(view)
    with qtbot.waitSignal(view.linked) as told:
        mouse.drag(mouse.tag(source), mouse.place("plan would"))
    assert told.args == [source.id, claim.id]
    with qtbot.assertNotEmitted(view.linked):
        mouse.drag(mouse.tag(source), mouse.place("late"))
        mouse.drag(mouse.tag(source), mouse.place("Ana"))
    assert view.page.thread is None


def test_any_span_is_dragged_onto_another_with_control(show: Show, maker, qtbot: QtBot) -> None:
    person, claim = maker.span("PERSON", "Ana Ruiz"), maker.span("CLAIM", "the plan would go on")
    view = show(maker.content())
    mouse = Mouse(view)
    with qtbot.waitSignal(view.linked) as told:
        mouse.drag(mouse.place("Ana"), mouse.place("plan would"), Qt.KeyboardModifier.ControlModifier)
    assert told.args == [person.id, claim.id]
    assert view.selection is None
    with qtbot.assertNotEmitted(view.linked):
        mouse.drag(mouse.place("told"), mouse.place("plan would"), Qt.KeyboardModifier.ControlModifier)
    assert selected(view).startswith("told")


def test_the_tag_that_shows_on_hovering_can_be_grabbed(show: Show, maker, qtbot: QtBot) -> None:
    person, claim = maker.span("PERSON", "Ana Ruiz"), maker.span("CLAIM", "the plan would go on")
    view = show(maker.content())
    mouse = Mouse(view)
    fill = mouse.place("Ana", 0.2)
    tag = QPointF(fill.x(), view.page.rects(maker.at("Ana"))[0].top() - 5)
    assert view.page.tag_at(tag) is None
    mouse.move(fill, held=NONE)
    mouse.move(tag, held=NONE)
    assert view.page.hovered == person.id
    with qtbot.waitSignal(view.linked) as told:
        mouse.drag(tag, mouse.place("plan would"))
    assert told.args == [person.id, claim.id]


def test_the_right_button_asks_for_a_menu(show: Show, maker, qtbot: QtBot) -> None:
    span = maker.span("CLAIM", "Ruiz told")
    view = show(maker.content())
    mouse = Mouse(view)
    with qtbot.waitSignal(view.context_wanted) as told:
        view._pointer.ask_menu(mouse.place("told"))
    assert told.args[1] == span.id
    with qtbot.waitSignal(view.context_wanted) as told:
        view._pointer.ask_menu(mouse.place("late"))
    assert told.args[1] is None
    assert view.caret == maker.at("late").start


def test_the_right_button_leaves_the_text_where_it_is(show: Show, make, qtbot: QtBot) -> None:
    view = show(make("\n\n".join(["Some words of a paragraph."] * 60)).content())
    low = QPointF(view.page.left + 20, view.viewport().height() - 30)
    with qtbot.waitSignal(view.context_wanted):
        view._pointer.ask_menu(low)
    assert view.verticalScrollBar().value() == 0
    assert view.caret == view.page.units.token_at(view.page.offset_at(low)).start > 0


def test_hovering_shows_tag_and_frame_and_leaving_forgets(show: Show, maker) -> None:
    person = maker.span("PERSON", "Ana Ruiz")
    view = show(maker.content())
    mouse = Mouse(view)
    mouse.move(mouse.place("Ana"), held=NONE)
    assert view.page.hovered == person.id
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert view.page.hovered is None


def test_tool_tips_are_plain_text(show: Show, maker) -> None:
    hostile = "<img src='//x/y.png'><b>said</b> & more"
    maker.guess("PERSON", "Ana Ruiz", reason=hostile)
    view = show(maker.content())
    mouse = Mouse(view)
    point = mouse.place("Ana").toPoint()
    help_event = QHelpEvent(QEvent.Type.ToolTip, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), help_event)
    shown = QToolTip.text()
    assert "&lt;img src=" in shown
    assert "<img" not in shown
    assert "<b>" not in shown
    QToolTip.hideText()


def test_a_tool_tip_tells_score_reason_and_note(maker) -> None:
    assert "PERSON? ●●○ likely\na reason" in tip(maker.guess("PERSON", "Ana"))
    assert "CLAIM\nlook again" in tip(maker.span("CLAIM", "plan", note="look again"))


@pytest.mark.parametrize(("turn", "more"), [(120, 0.5), (-120, -0.5)])
def test_the_wheel_with_control_changes_the_size_of_the_text(
    show: Show, maker, qtbot: QtBot, turn, more
) -> None:
    view = show(maker.content())
    size = view.text_size()
    point = QPointF(300, 200)
    event = QWheelEvent(
        point, point, QPoint(), QPoint(0, turn), NONE, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    with qtbot.waitSignal(view.text_size_changed) as told:
        QApplication.sendEvent(view.viewport(), event)
    assert told.args == [size + more]
    assert view.text_size() == size + more


def test_dragging_below_the_view_scrolls(show: Show, make, qtbot: QtBot) -> None:
    view = show(make("Some words in a line.\n\n" * 100).content(), 700, 300)
    mouse = Mouse(view)
    mouse.press(mouse.place("words"))
    mouse.move(QPointF(300, 320))
    mouse.move(QPointF(300, 330))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 100)
    mouse.release(QPointF(300, 330))
    assert view.selection is not None
    assert view.selection.end > 150


def test_a_click_on_the_stripes_goes_there(show: Show, make) -> None:
    view = show(make("Some words in a line.\n\n" * 200).content(), 700, 300)
    point = QPointF(5, view.stripes.height() * 0.5)
    QApplication.sendEvent(
        view.stripes, QMouseEvent(QEvent.Type.MouseButtonPress, point, point, LEFT, LEFT, NO_KEY)
    )
    low, high = view.page.seen()
    assert low < 0.5 < high
