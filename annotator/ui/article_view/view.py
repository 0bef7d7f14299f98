"""The article view: paragraphs, spans and frames of one article, with caret and selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Fragment, Span
from annotator.model.scheme import Scheme
from annotator.model.units import TextUnits
from annotator.ui.article_view.ahead import Ahead
from annotator.ui.article_view.caret import Caret, Edge, Unit, moved_edge, with_fragment
from annotator.ui.article_view.column import Column
from annotator.ui.article_view.inks import Inks
from annotator.ui.article_view.marks import Marks
from annotator.ui.article_view.page import Page
from annotator.ui.article_view.pointer import Pointer
from annotator.ui.article_view.repainting import Repainter
from annotator.ui.article_view.setting import Setting
from annotator.ui.article_view.stripes import WIDTH, Stripes
from annotator.ui.article_view.theme import LIGHT, ViewTheme, with_labels
from annotator.ui.painters import painting

SMALLEST, LARGEST, USUAL = 8.0, 40.0, 13.0
_NO_SCHEME = Scheme("", "", ())


class ArticleView(QAbstractScrollArea):
    """Shows one article with everything on it; knows records and a scheme, and nothing of a project."""

    caret_moved = Signal()
    selection_changed = Signal()
    chosen = Signal(object)
    selection_made = Signal(QPoint)
    context_wanted = Signal(QPoint, object)
    edge_dragged = Signal(object, object)
    linked = Signal(object, object)
    text_size_changed = Signal(float)
    pressed = Signal(str)
    """The mouse, on the letter that a span shows; empty where there is none."""

    def __init__(self, parent: QWidget | None = None, theme: ViewTheme = LIGHT) -> None:
        super().__init__(parent)
        self._base_theme, self._scheme, self._points = theme, _NO_SCHEME, USUAL
        self._content: ArticleContent | None = None
        self._y = 0
        self._goal: float | None = None
        self.page = Page()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.stripes = Stripes(self, theme)
        self.stripes.wanted.connect(self._on_stripe)
        self.setViewportMargins(0, 0, WIDTH, 0)
        self._pointer = Pointer(self)
        self._repainter = Repainter(self.viewport(), self.page)
        self._ahead = Ahead(self, self.page.lay_more, self._show_place)
        self._load(None)

    # --- what is shown ---

    def set_content(self, content: ArticleContent | None, scheme: Scheme | None) -> None:
        """Show another article (or none); the caret goes to its start."""
        self._scheme = scheme or _NO_SCHEME
        self._load(content)
        self.caret_moved.emit()

    def update_content(self, content: ArticleContent) -> None:
        """Show the same article after a change; caret, selection and place stay."""
        old = self._content
        if old is None or content.article.text != old.article.text:
            self.set_content(content, self._scheme)
            return
        self._content, page, before = content, self.page, self._repainter.look()
        touched = page.column.marks.update(content)
        if content.blocks != old.blocks:
            page.column.set_again(page.column.setting, content.blocks)
            self.viewport().update()
        else:
            page.column.drop(touched)
        self._ahead.start()
        self.stripes.read_again(touched)
        page.choose(page.chosen)
        self.stripes.set_chosen(page.place_of(page.chosen))
        self._show_place()
        self._repainter.update_sections(touched, page.set_nothing(content.nothing_here), before)

    def set_scheme(self, scheme: Scheme | None) -> None:
        """Draw the same article by another scheme; caret, selection, choice, finds and place stay."""
        place, self._scheme = self.position(), scheme or _NO_SCHEME
        self._draw_anew()
        self.restore_position(place)

    def set_theme(self, theme: ViewTheme) -> None:
        """Draw with another theme."""
        self._base_theme = theme
        self._set_again()

    def set_text_size(self, points: float) -> None:
        """Set the text in another size."""
        points = max(SMALLEST, min(points, LARGEST))
        if points != self._points:
            self._points = points
            self._set_again()

    def text_size(self) -> float:
        """Return the size of body text in points."""
        return self._points

    @property
    def content(self) -> ArticleContent | None:
        """The article that is shown."""
        return self._content

    @property
    def show_all_frames(self) -> bool:
        """Whether the lines of all frames are drawn, not only those of the chosen one."""
        return self.page.all_frames

    @show_all_frames.setter
    def show_all_frames(self, shown: bool) -> None:
        self.page.all_frames = shown
        self.viewport().update()

    def set_highlights(self, highlights: Sequence[Fragment], current: int = -1) -> None:
        """Mark what a search found; `current` is the index of the one looked at."""
        found = highlights[current] if 0 <= current < len(highlights) else None
        self.page.set_finds(highlights, found)
        self.stripes.set_finds(highlights)
        self.viewport().update()

    def set_hints(self, hints: Mapping[Id, str]) -> None:
        """Show a letter on each of these spans and frames; none takes the letters away."""
        self.page.hints = hints
        self.viewport().update()

    def is_seen(self, record: Id) -> bool:
        """Tell whether a span, or the first span of a frame, begins in view."""
        return self.page.hint_place(record) is not None

    # --- caret, selection, choice ---

    @property
    def caret(self) -> int:
        """The offset of the token (or character) the annotator is at."""
        return self.page.caret.offset

    @caret.setter
    def caret(self, offset: int) -> None:
        self.page.caret.go(offset)
        self._moved()

    @property
    def selection(self) -> Fragment | None:
        """The selected stretch."""
        return self.page.caret.selection

    @property
    def chosen_id(self) -> Id | None:
        """The chosen span, frame or suggestion."""
        return self.page.chosen

    def select(self, stretch: Fragment | None) -> None:
        """Select a stretch, or nothing."""
        self.page.caret.select(stretch)
        self._moved(selection_too=True)

    def choose(self, record: Id | None) -> None:
        """Choose a record (a signal is only sent when the annotator chooses by mouse or key)."""
        page, old, before = self.page, self.page.chosen, self._repainter.look()
        page.choose(record)
        self.stripes.set_chosen(page.place_of(record))
        self._repainter.update_records({old, record}, before)

    def reveal(self, offset: int) -> None:
        """Bring an offset into view."""
        self.page.column.show(offset)
        self._settle()

    def move_caret(self, unit: Unit, step: int, *, extend: bool = False, characters: bool = False) -> None:
        """Move the caret by so many units; `extend` widens the selection."""
        before = self.selection
        if unit in ("line", "page"):
            for _ in range(abs(step)):
                offset, self._goal = self.page.line_step(unit, 1 if step > 0 else -1, self._goal)
                self.page.caret.go(offset, extend=extend, characters=characters)
        else:
            self._goal = None
            self.page.caret.move(unit, step, extend=extend, characters=characters)
        self._moved(selection_too=before != self.selection, keep_goal=True)

    def grow(self) -> None:
        """Widen the selection: token, quotation or clause, sentence, paragraph, article."""
        self.page.caret.grow()
        self._moved(selection_too=True)

    def shrink(self) -> None:
        """Narrow the selection again."""
        self.page.caret.shrink()
        self._moved(selection_too=True)

    def move_edge(self, edge: Edge, step: int) -> None:
        """Move an edge of the selection by tokens; without one, that of the chosen span."""
        records = self.page.column.marks.records
        record = records.get(self.chosen_id) if self.chosen_id and self.selection is None else None
        if isinstance(record, Span):
            at = 0 if edge == "start" else len(record.fragments) - 1
            moved = moved_edge(self.page.units, record.fragments[at], edge, step)
            self.edge_dragged.emit(record.id, with_fragment(record.fragments, at, moved))
            return
        self.page.caret.move_edge(edge, step)
        self._moved(selection_too=True)

    def proposed(self, kind: str = "span") -> Fragment:
        """Return what a label key would label: the selection, else the statement (or name) at the caret."""
        if kind == "entity":
            return self.proposed_entity()
        return self.selection or self.page.units.claim_at(self.caret)

    def proposed_entity(self) -> Fragment:
        """Return the selection, else the run of tokens at the caret that looks like one name."""
        return self.selection or self.page.units.name_at(self.caret)

    def paragraph_at(self, offset: int) -> Fragment:
        """Return the paragraph that holds `offset`."""
        return self.page.units.paragraph_at(offset)

    def position(self) -> tuple[int, float]:
        """Return what the top of the view shows: a paragraph and a share of it."""
        return self.page.position()

    def restore_position(self, position: tuple[int, float]) -> None:
        """Go back to where `position` was taken."""
        self.page.restore_position(position)
        self._settle()

    def enter_at(self, position: tuple[int, float]) -> None:
        """Go there in a text that was just opened, with the caret: else its first step leads away again."""
        self.restore_position(position)
        if self.caret == 0 < self.verticalScrollBar().value():
            self.caret = self.page.offset_at(QPointF(self.page.left, self.viewport().height() / 3))

    # --- Qt ---

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in view."""
        with painting(self.viewport()) as painter:
            self.page.paint(painter, QRect(event.rect()), has_focus=self.hasFocus())
        self._repainter.note_painted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the column into the new width; the same text stays on top."""
        super().resizeEvent(event)
        area = self.viewport().geometry()
        self.stripes.setGeometry(area.right() + 1, area.top(), WIDTH, area.height())
        self._set_again()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Follow the scroll bar: exactly for a small step, by guessed heights for a far jump."""
        value = self.verticalScrollBar().value()
        column, step = self.page.column, value - self._y
        if abs(step) <= 2 * column.view_height and value < self.verticalScrollBar().maximum():
            column.scroll_by(step)
        else:
            column.scroll_to(value)
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or with Ctrl change the size of the text."""
        if not self._pointer.zoom(event):
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret as active."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the caret as inactive."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start whatever a press starts."""
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a drag, or see what is under the pointer."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag or a click."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the token; a third click selects the sentence."""
        self._pointer.double(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu at the pointer, or for the keyboard's menu key at the caret."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._pointer.ask_menu(QPointF(event.pos()))
        else:
            self.context_wanted.emit(self.caret_rect().bottomLeft(), self.chosen_id)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the reason of a suggestion as a tool tip, and forget the hovered span on leaving."""
        if event.type() == QEvent.Type.ToolTip:
            return self._pointer.tell(event)
        if event.type() == QEvent.Type.Leave:
            self._pointer.leave()
        return super().viewportEvent(event)

    def caret_rect(self) -> QRect:
        """Return the rectangle of the caret's token in the viewport."""
        return self.page.token_rect().toRect()

    def _load(self, content: ArticleContent | None) -> None:
        self._content, self._goal = content, None
        self.page.open(Caret(TextUnits(content.article.text if content else "")))
        self._draw_anew()

    def _draw_anew(self) -> None:
        content, units = self._content, self.page.caret.units
        theme, marks = with_labels(self._base_theme, self._scheme), Marks(units, self._scheme)
        if content:
            marks.update(content)
        column = Column(units, marks, content.blocks if content else (), self._setting(theme))
        column.view_height = float(self.viewport().height())
        self.page.draw_from(column, Inks(theme))
        self.page.set_nothing(content.nothing_here if content else ())
        self.stripes.set_theme(theme)
        self.stripes.set_marks(marks, len(units.text))
        self._settle()
        self._ahead.start()

    def _setting(self, theme: ViewTheme) -> Setting:
        self.page.width = float(self.viewport().width())
        return Setting(theme, self._points, self.logicalDpiY(), self.page.width)

    def _set_again(self) -> None:
        theme, column = with_labels(self._base_theme, self._scheme), self.page.column
        column.view_height = float(self.viewport().height())
        setting = self._setting(theme)
        if theme != column.setting.theme or not setting.same_as(column.setting):
            if theme != column.setting.theme:
                self.page.inks = Inks(theme)
                self.stripes.set_theme(theme)
            column.set_again(setting)
            self._ahead.start()
        self._settle()

    def _settle(self) -> None:
        """Lay out what is seen, bring the scroll bar in line, and paint."""
        self._show_place()
        self.viewport().update()

    def _show_place(self) -> None:
        """Lay out what is seen, and bring the scroll bar in line."""
        column, bar = self.page.column, self.verticalScrollBar()
        column.settle()
        bar.blockSignals(True)
        bar.setSingleStep(int(column.setting.em * 2))
        bar.setPageStep(max(1, int(column.view_height)))
        bar.setRange(0, int(column.most))
        bar.setValue(int(column.y))
        bar.blockSignals(False)
        self._y = bar.value()
        self.stripes.set_seen(*self.page.seen())

    def _moved(self, *, selection_too: bool = False, keep_goal: bool = False) -> None:
        """Bring the caret into view; without a scroll, only the lines it left and came to are painted."""
        if not keep_goal:
            self._goal = None
        self.page.column.show(self.caret)
        if not self._repainter.move_caret():
            self._settle()
        self.caret_moved.emit()
        if selection_too:
            self.selection_changed.emit()

    def _on_stripe(self, share: float) -> None:
        self.page.column.show(int(share * len(self.page.units.text)), share=0.3)
        self._settle()
