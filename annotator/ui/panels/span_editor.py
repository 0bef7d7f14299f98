"""The chosen span: its words, who or what it stands for, and the frames it is part of."""

from __future__ import annotations

from PySide6.QtGui import QColor

from annotator.model.ids import Id
from annotator.model.records import Span
from annotator.model.rules import takes_card
from annotator.ui.panels.actor_field import LinkField, actor_choices, card_choices
from annotator.ui.panels.names import Names, whole
from annotator.ui.panels.record_editor import RecordEditor
from annotator.ui.panels.register import Register
from annotator.ui.panels.rows import Row, RowsView
from annotator.ui.panels.widgets import PlainLabel, tip
from annotator.ui.panels.words import brief, joined, spoken, tr
from annotator.ui.session import Session

_EXCERPT = 300
_NOBODY = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL", "ORDINAL")
_ACTOR_KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "government", "NORP": "group_named"}
_MOST_FRAMES = 4


class SpanEditor(RecordEditor):
    """Everything about one span."""

    kind = "span"

    def __init__(self, session: Session, register: Register) -> None:
        super().__init__(session, register)
        self.words = PlainLabel()
        self.actor = LinkField(tr("actor"), tr("Who is it? Type a name…"))
        self.card = LinkField(tr("claim card"), tr("Which proposition? Type it…"))
        self._frames_title = PlainLabel(tr("part of"), muted=True)
        self.frames = RowsView(tr("Frames that this span is part of"))
        self.middle.addWidget(self.words)
        for field in (self.actor, self.card, self._frames_title, self.frames):
            self.after.addWidget(field)
        self.actor.picked.connect(self._on_actor)
        self.actor.named.connect(self._on_new_actor)
        self.card.picked.connect(self._on_card)
        self.card.named.connect(self._on_new_card)
        self.frames.opened.connect(self.session.choose)
        self.frames.clicked.connect(lambda _: self.session.choose(self._frame_id()))

    def show_span(self, span: Span, names: Names, colour: QColor) -> None:
        """Show a span."""
        self.show_record(span, names, colour)
        pieces = [brief(names.text[one.start : one.end], _EXCERPT) for one in span.fragments]
        self.words.show_text("\n… ".join(pieces))
        tip(self.words, tr("Characters {offsets}").format(offsets=whole(span.fragments)))
        is_card = takes_card(span, names.scheme)
        can_act = not is_card and names.scheme.meaning(span.label) not in ("CUE", *_NOBODY)
        actor = names.actor_name(span.actor) if span.actor else ""
        self.actor.setVisible(can_act or bool(actor))
        self.actor.show_link(actor, actor_choices(self.register.actors, span.article, " ".join(pieces)))
        card = names.cards.get(span.claim_card) if span.claim_card else None
        self.card.setVisible(is_card or card is not None)
        self.card.show_link(card.wording if card else "", card_choices(self.register.claim_cards))
        self._show_frames(span, names)
        self.order(behind=(*self.actor.stops, *self.card.stops, self.frames))

    def _show_frames(self, span: Span, names: Names) -> None:
        found = [
            Row(frame.id, names.frame(frame, 80), joined([spoken(end.role)]))
            for frame in names.content.frames
            for end in frame.roles
            if end.end == span.id
        ]
        self.frames.set_rows(found)
        for one in (self._frames_title, self.frames):
            one.setVisible(bool(found))
        line = 2 * self.fontMetrics().height() + 10
        self.frames.setFixedHeight(line * max(1, min(len(found), _MOST_FRAMES)) + 2)

    def _frame_id(self) -> Id | None:
        found = self.frames.current()
        return Id(found) if isinstance(found, bytes) else None

    def _on_actor(self, actor: Id | None) -> None:
        span = self.record_id
        if span is not None:
            self.session.do(lambda project: project.set_actor(span, actor))

    def _on_new_actor(self, name: str) -> None:
        span, content = self.record_id, self.session.content
        label = next((one.label for one in content.spans if one.id == span), "") if content else ""

        scheme = self.session.scheme
        kind = _ACTOR_KINDS.get(scheme.meaning(label) if scheme is not None else label, "unspecified")
        if span is not None:
            self.session.do(lambda project: project.add_actor(name, kind=kind, span=span))

    def _on_card(self, card: Id | None) -> None:
        span = self.record_id
        if span is not None:
            self.session.do(lambda project: project.set_claim_card(span, card, moves=True))

    def _on_new_card(self, wording: str) -> None:
        span = self.record_id
        if span is not None:
            self.session.do(lambda project: project.add_claim_card(wording, [span], moves=True))
