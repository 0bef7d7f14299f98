"""The mouse on the article: select, choose, drag an edge, link two spans, tool tips."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.model.ids import Id
from annotator.model.records import Fragment, SuggestedSpan
from annotator.ui.article_view.caret import with_fragment
from annotator.ui.article_view.hint_boxes import hint_boxes
from annotator.ui.article_view.hits import edge_under, fills_under
from annotator.ui.article_view.marks import Drawn
from annotator.ui.saying import because
from annotator.ui.steps import step_words

if TYPE_CHECKING:
    from annotator.ui.article_view.view import ArticleView

Doing = Literal["", "pressed", "select", "edge", "link"]
_SCROLL_EVERY = 30


class Pointer:
    """What a press began, until it is released."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._doing: Doing = ""
        self._start = QPointF()
        self._now = QPointF()
        self._characters = False
        self._grabbed: Drawn | None = None
        self._edge: tuple[int, Literal["start", "end"]] | None = None
        self._last_double = 0
        self._scroll = QTimer(view)
        self._scroll.setInterval(_SCROLL_EVERY)
        self._scroll.timeout.connect(self._on_scroll)

    def press(self, event: QMouseEvent) -> None:
        """Note what lies under the press; a third click in a row selects the sentence."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        page, point = self._view.page, event.position()
        self._doing = ""
        hint = self._hint_at(point) if page.hints else ""
        self._view.pressed.emit(hint)
        if hint:
            return
        if event.timestamp() - self._last_double < QApplication.doubleClickInterval() and self._last_double:
            self._last_double = 0
            self._view.select(page.units.sentence_at(page.offset_at(point)))
            self._doing = ""
            self._view.selection_made.emit(self._bar_place())
            return
        self._start = self._now = point
        self._characters = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._grabbed, self._edge = self._tag(point), self._edge_at(point)
        if self._grabbed is None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._grabbed = next(iter(self._fills(point)), None)
        self._doing = "pressed"
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            page.caret.go(page.offset_at(point), extend=True, characters=self._characters)
            self._doing = "select"
            self._view.selection_changed.emit()
        self._view.viewport().update()

    def move(self, event: QMouseEvent) -> None:
        """Go on with what the press began; without one, note what is under the pointer."""
        self._now = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(self._now)
            return
        far = (self._now - self._start).manhattanLength() >= QApplication.startDragDistance() / 2
        if self._doing == "pressed" and far:
            self._begin()
        self._drag()
        outside = not self._view.viewport().rect().adjusted(0, 12, 0, -12).contains(self._now.toPoint())
        if outside and self._doing in ("select", "edge", "link"):
            if not self._scroll.isActive():
                self._scroll.start()
        else:
            self._scroll.stop()

    def release(self, event: QMouseEvent) -> None:
        """End what the press began."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._scroll.stop()
        doing, self._doing = self._doing, ""
        self._now = event.position()
        if doing == "pressed":
            self._click(self._now)
        elif doing == "select" and self._view.selection:
            self._view.selection_made.emit(self._bar_place())
        elif doing == "edge":
            self._end_edge()
        elif doing == "link":
            self._end_link()

    def double(self, event: QMouseEvent) -> None:
        """Select the token under a double click."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        page = self._view.page
        self._view.select(page.units.token_at(page.offset_at(event.position())))
        self._last_double = event.timestamp() or 1
        self._doing = ""
        self._view.selection_made.emit(self._bar_place())

    def ask_menu(self, point: QPointF) -> None:
        """Ask for a menu about what lies under a point."""
        record = self._tag(point) or next(iter(self._fills(point)), None)
        if self._view.selection is None and record is None:
            self._put_caret(point)
            self._view.viewport().update()
        self._view.context_wanted.emit(point.toPoint(), record.id if record else None)

    def tell(self, event: QEvent) -> bool:
        """Show what is known about the span under the pointer."""
        assert isinstance(event, QHelpEvent)
        point = QPointF(event.pos())
        found = [one for one in (self._tag(point), *self._fills(point)) if one is not None]
        under = self._view.page.local(point)
        words = tip(found[0]) if found else self._view.page.worth.reason_under(*under) if under else ""
        if not words:
            QToolTip.hideText()
            event.ignore()
            return True
        QToolTip.showText(event.globalPos(), words, self._view.viewport())
        return True

    def zoom(self, event: QWheelEvent) -> bool:
        """Change the size of the text with Ctrl; tell whether that was asked for."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        view, step = self._view, event.angleDelta().y()
        view.set_text_size(view.text_size() + (0.5 if step > 0 else -0.5 if step < 0 else 0))
        view.text_size_changed.emit(view.text_size())
        event.accept()
        return True

    def leave(self) -> None:
        """Forget what was under the pointer."""
        if self._view.page.hovered is not None:
            self._view.page.hovered = None
            self._view.viewport().update()

    def _hover(self, point: QPointF) -> None:
        record = self._tag(point) or next(iter(self._fills(point)), None)
        hovered = record.id if record else None
        if hovered != self._view.page.hovered:
            self._view.page.hovered = hovered
            self._view.viewport().update()
        shape = Qt.CursorShape.IBeamCursor
        if self._edge_at(point):
            shape = Qt.CursorShape.SizeHorCursor
        elif self._tag(point):
            shape = Qt.CursorShape.PointingHandCursor
        if self._view.viewport().cursor().shape() != shape:
            self._view.viewport().setCursor(shape)

    def _begin(self) -> None:
        page = self._view.page
        if self._edge is not None:
            self._doing = "edge"
        elif self._grabbed is not None:
            self._doing = "link"
        else:
            self._doing = "select"
            offset = page.offset_at(self._start, on_character=not self._characters)
            page.caret.drag_from(offset, characters=self._characters)
            self._view.caret_moved.emit()

    def _drag(self) -> None:
        page, view = self._view.page, self._view
        if self._doing in ("select", "edge"):
            offset = page.offset_at(self._now, on_character=not self._characters)
            if self._doing == "edge":
                before = page.caret.selection
                page.caret.select(self._edge_stretch(offset))
            else:
                before = page.caret.selection
                page.caret.go(offset, extend=True, characters=self._characters)
            if before != page.caret.selection:
                view.selection_changed.emit()
                view.viewport().update()
        elif self._doing == "link":
            page.thread = (self._start, self._now)
            view.viewport().update()

    def _edge_stretch(self, offset: int) -> Fragment | None:
        record = self._view.page.column.marks.records.get(self._view.chosen_id or Id(b""))
        if record is None or self._edge is None:
            return None
        at, edge = self._edge
        start, end = record.fragments[at]
        units, by_character = self._view.page.units, self._characters
        if edge == "start":
            last = end - 1 if by_character else max(start, units.token_at(end - 1).start)
            return Fragment(min(offset if by_character else units.token_at(offset).start, last), end)
        first = start + 1 if by_character else min(end, units.token_at(start).end)
        return Fragment(start, max(offset if by_character else units.token_at(offset).end, first))

    def _end_edge(self) -> None:
        view = self._view
        stretch, chosen = view.selection, view.chosen_id
        record = view.page.column.marks.records.get(chosen) if chosen else None
        view.select(None)
        if stretch and record and self._edge and stretch != record.fragments[self._edge[0]]:
            view.edge_dragged.emit(record.id, with_fragment(record.fragments, self._edge[0], stretch))

    def _end_link(self) -> None:
        self._view.page.thread = None
        self._view.viewport().update()
        target = self._tag(self._now) or next(iter(self._fills(self._now)), None)
        if target is not None and self._grabbed is not None and target.id != self._grabbed.id:
            self._view.linked.emit(self._grabbed.id, target.id)

    def _hint_at(self, point: QPointF) -> str:
        """Return the letter under a point, or that of the span there; nothing where none stands."""
        hints = self._view.page.hints
        boxes = (record for record, box in hint_boxes(self._view.page).items() if box.contains(point))
        spans = (one.id for one in (self._tag(point), *self._fills(point)) if one and one.id in hints)
        found = next(boxes, None) or next(spans, None)
        return hints[found] if found is not None else ""

    def _click(self, point: QPointF) -> None:
        view = self._view
        found = [self._grabbed] if self._grabbed else self._fills(point)
        if self._grabbed is None:
            self._put_caret(point)
        ids = [record.id for record in found]
        at = ids.index(view.chosen_id) + 1 if view.chosen_id in ids else 0
        view.choose(ids[at % len(ids)] if ids else None)
        view.chosen.emit(view.chosen_id)

    def _put_caret(self, point: QPointF) -> None:
        """Put the caret under the pointer, where nothing has to move for it to be seen."""
        view = self._view
        view.page.caret.go(view.page.offset_at(point))
        view.caret_moved.emit()
        view.selection_changed.emit()

    def _tag(self, point: QPointF) -> Drawn | None:
        return self._view.page.tag_at(point)

    def _fills(self, point: QPointF) -> list[Drawn]:
        found = self._view.page.local(point)
        return fills_under(*found) if found else []

    def _edge_at(self, point: QPointF) -> tuple[int, Literal["start", "end"]] | None:
        page = self._view.page
        found = page.local(point)
        record = page.column.marks.records.get(page.chosen) if page.chosen else None
        return edge_under(*found, record.id) if found and record is not None else None

    def _bar_place(self) -> QPoint:
        selection = self._view.selection
        rects = self._view.page.rects(selection) if selection else []
        return rects[-1].bottomRight().toPoint() if rects else self._now.toPoint()

    def _on_scroll(self) -> None:
        bar = self._view.verticalScrollBar()
        below = self._now.y() > self._view.viewport().height() - 12
        bar.setValue(bar.value() + (24 if below else -24))
        self._drag()


def tip(record: Drawn) -> str:
    """Return the tool tip of a span as text that cannot be taken for mark-up."""
    lines = [record.label]
    if isinstance(record, SuggestedSpan):
        lines = [f"{record.label}? {step_words(record.score)}", because(record.reason)]
    elif record.note:
        lines.append(record.note)
    text = "\n".join(line for line in lines if line)
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>"
