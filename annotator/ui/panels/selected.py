"""Inspector page "Selected": everything about the chosen span, frame or suggestion."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from annotator.model.ids import Id
from annotator.model.records import Frame, Span
from annotator.ui.panels.card_list import Colour
from annotator.ui.panels.frame_editor import FrameEditor
from annotator.ui.panels.register import Register
from annotator.ui.panels.span_editor import SpanEditor
from annotator.ui.panels.suggestion_card import SuggestionCard
from annotator.ui.panels.when_seen import WhenSeen
from annotator.ui.panels.widgets import LARGE, PlainLabel, column, scrolled
from annotator.ui.session import Session
from annotator.ui.turns import turns_of


class SelectedPage(QStackedWidget):
    """Shows the editor that fits what is chosen."""

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__()
        self._session, self._register = session, register
        self._colour: Colour = lambda _: QColor(self.palette().dark().color())
        self.span = SpanEditor(session, register)
        self.frame = FrameEditor(session, register)
        self.suggestion = SuggestionCard(session)
        nothing = QWidget()
        hint = self.tr("Nothing is chosen. Click a label in the article, or a card on the page Article.")
        layout = column(nothing, margin=LARGE)
        layout.addWidget(PlainLabel(hint, muted=True))
        layout.addStretch(1)
        self._places = {kind: self.addWidget(page) for kind, page in self._pages(nothing).items()}
        self._seen = WhenSeen(self, self._show)
        session.chosen_changed.connect(self._on_chosen)
        for signal in (session.content_changed, session.scheme_changed, register.renewed):
            signal.connect(self._seen.ask)
        self._seen.ask()

    def set_colours(self, colour: Colour) -> None:
        """Use these colours of labels."""
        self._colour = colour
        self._seen.ask()

    def commit(self) -> None:
        """Save what is just being edited."""
        self.span.commit()
        self.frame.commit()

    def focus_first(self) -> None:
        """Give the focus to the first thing to change."""
        self._seen.catch_up()
        first = {"span": self.span.label, "frame": self.frame.label, "suggestion": self.suggestion.accept}
        for kind, widget in first.items():
            if self.currentIndex() == self._places[kind]:
                widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self._bring_to_sight(widget)

    def focus_note(self) -> None:
        """Give the focus to the note."""
        self._seen.catch_up()
        for kind, editor in (("span", self.span), ("frame", self.frame)):
            if self.currentIndex() == self._places[kind]:
                editor.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self._bring_to_sight(editor.note)

    def _bring_to_sight(self, widget: QWidget) -> None:
        """Scroll the page to a widget, also where the page is only being laid out."""
        area = self.currentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget)
            QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget))

    def _pages(self, nothing: QWidget) -> dict[str, QWidget]:
        return {
            "nothing": nothing,
            "span": scrolled(self.span),
            "frame": scrolled(self.frame),
            "suggestion": scrolled(self.suggestion),
        }

    def _on_chosen(self, chosen: Id | None) -> None:
        # Before anything is shown for another record, what was typed for the last one is saved.
        self.span.leave(chosen)
        self.frame.leave(chosen)
        if self.isVisible():
            turns_of(self).later(self._prepare)
        self._seen.ask()

    def _prepare(self) -> None:
        """Make what a label that is shown for the first time needs, in a turn before it is shown."""
        names = self._register.names
        record = names.record(self._session.chosen) if names is not None else None
        if names is not None and isinstance(record, Span | Frame):
            editor = self.span if isinstance(record, Span) else self.frame
            editor.prepare(record, names.scheme)

    def _show(self) -> None:
        names = self._register.names
        record = names.record(self._session.chosen) if names is not None else None
        if names is None or record is None:
            self._turn_to("nothing")
        elif isinstance(record, Span):
            self._turn_to("span")
            self.span.show_span(record, names, self._colour(record.label))
        elif isinstance(record, Frame):
            self._turn_to("frame")
            self.frame.show_frame(record, names, self._colour(record.label))
        else:
            self._turn_to("suggestion")
            self.suggestion.show_suggestion(record, names, self._colour(record.label))

    def _turn_to(self, name: str) -> None:
        self.setCurrentIndex(self._places[name])
