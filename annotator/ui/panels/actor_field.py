"""Who or what a span stands for: its actor, or its claim card, chosen by typing or made anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.model.ids import Id
from annotator.model.records import Actor, ClaimCard
from annotator.ui.panels.choose_edit import Choice, ChooseEdit
from annotator.ui.panels.widgets import MEDIUM, SMALL, ElidedLabel, PlainLabel, column, icon_button, row
from annotator.ui.panels.words import spoken, tr

_WORD = re.compile(r"\w+")


class LinkField(QWidget):
    """Shows one linked thing with a button to take it away, and a line to choose or make another."""

    picked = Signal(object)
    """Id of what was chosen; None to take it away."""
    named = Signal(str)
    """Name of something new."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self._text = ElidedLabel()
        self._remove = icon_button(
            "mdi6.close", tr("Remove {what}").format(what=name), lambda: self.picked.emit(None)
        )
        self.edit = ChooseEdit(name, hint, new=True)
        self.edit.picked.connect(self.picked.emit)
        self.edit.named.connect(self.named.emit)
        layout = column(self, spacing=SMALL)
        layout.addWidget(PlainLabel(name, muted=True))
        linked = row(self._text, self._remove, stretch=0)
        linked.setContentsMargins(MEDIUM, 0, 0, 0)
        layout.addLayout(linked)
        layout.addWidget(self.edit)

    @property
    def remove_button(self) -> QWidget:
        """The button that takes it away."""
        return self._remove

    @property
    def stops(self) -> Sequence[QWidget]:
        """What Tab goes through, as it stands there."""
        return self._remove, self.edit

    def text(self) -> str:
        """Return what is shown as linked."""
        return self._text.text()

    def show_link(self, text: str, choices: Iterable[Choice]) -> None:
        """Show what is linked (empty: nothing), and offer these."""
        self._text.show_text(text)
        for one in (self._text, self._remove):
            one.setVisible(bool(text))
        self.edit.set_choices(choices)


def actor_choices(actors: Iterable[Actor], article: Id, words: str = "") -> Iterable[Choice]:
    """Yield the actors a span of this article may stand for; other articles' authors aside.

    Those with a name that shares most with the words of the span come first.
    """
    said = set(_WORD.findall(words.casefold()))

    def rank(one: Actor) -> tuple[int, str]:
        names = (set(_WORD.findall(name.casefold())) for name in (one.name, *one.aliases))
        return -max(len(said & name) for name in names), one.name.casefold()

    for one in sorted(actors, key=rank):
        if one.article is None or one.article == article:
            text = tr("the author") if one.kind == "author" else one.name
            yield Choice(one.id, text, " ".join((*one.aliases, spoken(one.kind), one.affiliation)))


def card_choices(cards: Iterable[ClaimCard]) -> Iterable[Choice]:
    """Yield all claim cards."""
    for one in sorted(cards, key=lambda one: one.wording.casefold()):
        yield Choice(one.id, one.wording)
