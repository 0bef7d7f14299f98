"""Inspector page "Selected": everything about the chosen span, frame or suggestion."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.model.ids import Id
from annotator.model.records import Frame, Span, SuggestedFrame, SuggestedSpan
from annotator.ui.panels.card_list import Colour
from annotator.ui.panels.frame_editor import FrameEditor
from annotator.ui.panels.names import names_of
from annotator.ui.panels.register import Register
from annotator.ui.panels.span_editor import SpanEditor
from annotator.ui.panels.suggestion_card import SuggestionCard
from annotator.ui.panels.widgets import LARGE, PlainLabel, column, scrolled
from annotator.ui.session import Session


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
        hint = self.tr("Nothing is selected. Click a label in the article, or a card on the first page.")
        layout = column(nothing, margin=LARGE)
        layout.addWidget(PlainLabel(hint, muted=True))
        layout.addStretch(1)
        self._places = {kind: self.addWidget(page) for kind, page in self._pages(nothing).items()}
        session.content_changed.connect(self._show)
        session.chosen_changed.connect(self._show)
        session.scheme_changed.connect(self._show)
        register.renewed.connect(self._show)
        self._show()

    def set_colours(self, colour: Colour) -> None:
        """Use these colours of labels."""
        self._colour = colour
        self._show()

    def commit(self) -> None:
        """Save what is just being edited."""
        self.span.commit()
        self.frame.commit()

    def focus_first(self) -> None:
        """Give the focus to the first thing to change."""
        first = {"span": self.span.label, "frame": self.frame.label, "suggestion": self.suggestion.accept}
        for kind, widget in first.items():
            if self.currentIndex() == self._places[kind]:
                widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_note(self) -> None:
        """Give the focus to the note."""
        for kind, editor in (("span", self.span), ("frame", self.frame)):
            if self.currentIndex() == self._places[kind]:
                editor.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _pages(self, nothing: QWidget) -> dict[str, QWidget]:
        return {
            "nothing": nothing,
            "span": scrolled(self.span),
            "frame": scrolled(self.frame),
            "suggestion": scrolled(self.suggestion),
        }

    def _show(self) -> None:
        content, scheme, chosen = self._session.content, self._session.scheme, self._session.chosen
        if content is None or scheme is None or chosen is None:
            self._turn_to("nothing", None)
            return
        names = names_of(content, scheme, self._register.actors, self._register.claim_cards)
        record = names.record(chosen)
        if isinstance(record, Span):
            self._turn_to("span", record.id)
            self.span.show_span(record, names, self._colour(record.label))
        elif isinstance(record, Frame):
            self._turn_to("frame", record.id)
            self.frame.show_frame(record, names, self._colour(record.label))
        elif isinstance(record, SuggestedSpan | SuggestedFrame):
            self._turn_to("suggestion", record.id)
            self.suggestion.show_suggestion(record, names, self._colour(record.label))
        else:
            self._turn_to("nothing", None)

    def _turn_to(self, name: str, record: Id | None) -> None:
        # Before anything is shown for another record, what was typed for the last one is saved.
        self.span.leave(record)
        self.frame.leave(record)
        self.setCurrentIndex(self._places[name])
