"""The order of the cards of an article: as in the text, or by what is worth checking."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from annotator.model.worth import worth
from annotator.ui.panels.frame_cards import FrameCard
from annotator.ui.panels.widgets import Combo
from annotator.ui.panels.words import tr

_CLAIM = "claim"


class CardOrder(Combo):
    """The choice of the order."""

    def __init__(self) -> None:
        super().__init__(tr("Order of the frames"))
        self.show_choices((("text", tr("As in the text")), ("worth", tr("Most worth checking"))), "text")

    def sorted(self, cards: Sequence[FrameCard]) -> Sequence[FrameCard]:
        """Return cards, which come as in the text, in the order that is chosen."""
        return sorted(cards, key=lambda card: -_worth(card)) if self.value == "worth" else cards


def _worth(card: FrameCard) -> float:
    return max((_worth_of(line.text) for line in card.lines if line.role == _CLAIM), default=0.0)


@lru_cache(maxsize=4096)
def _worth_of(claim: str) -> float:
    return worth(claim).score
