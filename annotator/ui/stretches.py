"""What a label would be put on: the selection, a chosen mention, or the words that the caret stands in."""

from __future__ import annotations

from annotator.model import proposing
from annotator.model.mentions import mention_at, word_near
from annotator.model.records import Fragment, Span, SuggestedSpan
from annotator.model.scheme import Label
from annotator.ui import looking
from annotator.ui.another import beside
from annotator.ui.article_view.view import ArticleView
from annotator.ui.session import Session

MENTIONS = ("SOURCE",)
WORDS = ("CUE",)


class Stretches:
    """Looks at the open article, where its caret is."""

    def __init__(self, session: Session, view: ArticleView) -> None:
        self._session = session
        self._view = view

    def of(self, label: Label) -> tuple[Fragment, ...]:
        """Return what a label would be put on: selection, chosen mention, or words at the caret."""
        if self._view.selection is not None:
            return (self._view.selection,)
        chosen = self._chosen_mention()
        if chosen is not None:
            return tuple(chosen.fragments)
        return self._proposed(label, self._view.caret)

    def _proposed(self, label: Label, caret: int) -> tuple[Fragment, ...]:
        """Return the words that a label would most likely be put on at the caret."""
        scheme = self._session.scheme
        meaning = scheme.meaning(label.name) if scheme is not None else label.name
        found = self._beside_claim(meaning, caret)
        if found is not None:
            return (found,)
        if label.group == "entity":
            return self._words_at_caret(meaning)
        if meaning in MENTIONS:
            mention = self._mention_at(caret)
            return tuple(mention.fragments) if mention is not None else self._words_at_caret(meaning)
        if meaning in WORDS:
            cue = proposing.cue_at(self._view.page.units, caret)
            return (cue,) if cue is not None else word_near(self._view.page.units, caret)
        if meaning == "CLAIM":
            return next(iter(proposing.claims(self._view.page.units, caret)), ())
        return (self._view.proposed("span"),)

    def _beside_claim(self, name: str, caret: int) -> Fragment | None:
        """Return the likeliest source or cue of the chosen claim, while the caret is still in it."""
        content = self._session.content
        claim = content.record(self._session.chosen) if content is not None else None
        if not isinstance(claim, Span) or claim.label != looking.named(self._session.scheme, "CLAIM"):
            return None
        return beside(self._view.page.units, claim.fragments, name, caret)

    def _words_at_caret(self, name: str) -> tuple[Fragment, ...]:
        """Return the name or the word at the caret; beside a mark, the word after it in the paragraph."""
        units, caret = self._view.page.units, self._view.caret
        found, end = mention_at(units, caret, name), units.paragraph_at(caret).end
        if any(one.isalnum() for one in units.text[found.start : found.end]):
            return (found,)
        at = next((at for at in range(found.end, end) if units.text[at].isalnum()), None)
        return (mention_at(units, at, name),) if at is not None else ()

    def _chosen_mention(self) -> Span | SuggestedSpan | None:
        """Return the chosen entity or suggestion, as long as the caret is still in it."""
        content, scheme = self._session.content, self._session.scheme
        found = content.record(self._session.chosen) if content is not None else None
        if not isinstance(found, Span | SuggestedSpan) or scheme is None:
            return None
        label = scheme.label(found.label)
        loose = isinstance(found, SuggestedSpan) or (label is not None and label.group == "entity")
        return found if loose and looking.covers(found, self._view.caret) else None

    def _mention_at(self, caret: int) -> Span | SuggestedSpan | None:
        """Return the longest person, group or place under the caret, labelled or suggested."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return None
        entities = {one.name for one in scheme.of("span", "entity")}
        waiting = [one for one in content.suggested_spans if one.state == "open"]
        mentions: list[Span | SuggestedSpan] = [*content.spans, *waiting]
        here = [one for one in mentions if one.label in entities and looking.covers(one, caret)]
        return max(here, key=lambda one: one.end - one.start, default=None)
