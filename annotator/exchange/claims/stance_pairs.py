"""Pairs of a claim and what an article says to it, as corpora of stances have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.exchange import flat as flats
from annotator.model import left_out as gone
from annotator.model.formats import ExportSource, Option
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Frame, RoleEnd, Span
from annotator.model.scheme import Attribute, Label, Role
from annotator.model.tokens import Bounds

STANCE, ARTICLE_STANCE = "STANCE", "ARTICLE_STANCE"
SIDES = ("agree", "disagree", "discuss", "unrelated")
"""What an article may say to a claim card, as FNC-1 calls it."""
DECLARED = Label(
    ARTICLE_STANCE,
    "frame",
    attributes=(Attribute("value", "choice", SIDES),),
    roles=(Role("claim_card", ("claim_card",), 1, 1),),
)
"""The stance of an article, as it is added to a scheme without one."""
_ALL, _ARTICLES, _HOLDERS = "all", "articles", "holders"
_TITLES = {
    _ALL: "of holders in articles and of articles as wholes",
    _ARTICLES: "of articles as wholes",
    _HOLDERS: "of holders in articles",
}
_SIDES = {"agree": "support", "disagree": "deny", "discuss": "neutral", "unrelated": "neutral"}
ELSEWHERE = gone.STANCES_ELSEWHERE
NOT_CHOSEN = gone.STANCES_NOT_CHOSEN
UNSHOWN = gone.STANCES_UNSHOWN
FRAMES = gone.NO_STANCES
SPANS = gone.SPANS


def stances_option(first: str) -> Option:
    """Return the choice of which stances are written; `first` holds unless chosen."""
    values = (first, *(one for one in _TITLES if one != first))
    return Option("stances", "Stances", values, tuple(_TITLES[one] for one in values))


@dataclass(frozen=True, slots=True)
class Pair:
    """A stance: the words of what it is on, its value, and the sentences that show it."""

    frame: Frame
    claim: str
    value: str
    sentences: tuple[Bounds, ...]
    card: Id | None
    people: frozenset[Id]
    """Who holds it, and whom it is on."""

    @property
    def side(self) -> str:
        """The value as a holder would have it: support, deny, question or neutral."""
        return _SIDES.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The stances of one article, and what is left out of it."""

    pairs: list[Pair]
    left_out: Counter[str]


def pairs_of(content: ArticleContent, source: ExportSource, *, shown: bool = True) -> Pairs:
    """Return the chosen stances of an article; where they have to be shown, only those with sentences."""
    return _Reading(content, source, shown).read()


def trimmed(text: str, bounds: Bounds) -> Bounds:
    """Return where a sentence stands without the blanks around it."""
    words = text[bounds[0] : bounds[1]]
    return bounds[0] + len(words) - len(words.lstrip()), bounds[0] + len(words.rstrip())


def sentence_words(content: ArticleContent, pair: Pair) -> list[str]:
    """Return the sentences that show a stance."""
    return [content.article.text[start:end].strip() for start, end in pair.sentences]


class _Reading:
    """Reads one article."""

    def __init__(self, content: ArticleContent, source: ExportSource, shown: bool) -> None:
        self._content = content
        self._scheme = source.scheme
        self._chosen = source.chosen.get("stances", _ALL)
        self._shown = shown
        self._spans = {one.id: one for one in content.spans}
        self._above: Mapping[Id, str] = {
            **{one.id: one.name for one in content.actors},
            **{one.id: one.wording for one in content.claim_cards},
            content.article.id: content.article.title or content.article.name,
        }

    def read(self) -> Pairs:
        found: list[Pair] = []
        left_out: Counter[str] = Counter()
        for frame in sorted(self._content.frames, key=lambda one: one.id):
            pair = self._pair(frame)
            if isinstance(pair, Pair):
                found.append(pair)
            else:
                left_out[pair] += 1
        return Pairs(found, +(left_out + self._rest(found)))

    def _rest(self, pairs: Sequence[Pair]) -> Counter[str]:
        content = self._content
        kept = {end.end for one in pairs for end in one.frame.roles}
        return Counter(
            {
                SPANS: sum(one.id not in kept for one in content.spans),
                flats.ATTRIBUTES: sum(len(one.frame.attributes.keys() - {"value"}) for one in pairs),
                flats.NOTES: sum(bool(one.frame.note) for one in pairs),
                **flats.beside(content),
            }
        )

    def _pair(self, frame: Frame) -> Pair | str:
        """Return a stance as a pair, or why it is none."""
        meaning = self._scheme.meaning(frame.label)
        if meaning not in (STANCE, ARTICLE_STANCE):
            return FRAMES
        if self._chosen == (_ARTICLES if meaning == STANCE else _HOLDERS):
            return NOT_CHOSEN
        target = next((one for one in frame.roles if one.role in ("target", "claim_card")), None)
        claim = "" if target is None else self._claim(target)
        if target is None or not claim:
            return ELSEWHERE
        sentences = self._sentences_of(frame, target)
        if self._shown and not sentences:
            return UNSHOWN
        span = self._spans.get(target.end)
        card = target.end if target.kind == "claim_card" else span.claim_card if span else None
        people = {one.end for one in frame.roles if one.kind == "actor"}
        people |= {span.actor} if span is not None and span.actor is not None else set()
        return Pair(frame, claim, self._value(frame), sentences, card, frozenset(people))

    def _value(self, frame: Frame) -> str:
        label = self._scheme.label(frame.label)
        known = label.attribute("value") if label is not None else None
        return frame.attributes.get("value") or (known.default if known is not None else "")

    def _claim(self, target: RoleEnd) -> str:
        """Return the words of what a stance is on; none where they stand in another article."""
        span = self._spans.get(target.end)
        if span is None:
            return " ".join(self._above.get(target.end, "").split())
        words = (self._content.article.text[start:end] for start, end in span.fragments)
        return " ".join((span.attributes.get("normalized") or " ".join(words)).split())

    def _sentences_of(self, frame: Frame, target: RoleEnd) -> tuple[Bounds, ...]:
        """Return the sentences with the words that show a stance; else with its holder, or its target."""
        for roles in (("expression", "evidence"), ("holder_mention",), (target.role,)):
            spans = [self._spans.get(one.end) for one in frame.roles if one.role in roles]
            found = self._around([one for one in spans if one is not None])
            if found:
                return found
        return ()

    def _around(self, spans: Iterable[Span]) -> tuple[Bounds, ...]:
        pieces = [piece for one in spans for piece in one.fragments]
        if not pieces:
            return ()
        return tuple(one for one in self._sentences if any(a < one[1] and one[0] < b for a, b in pieces))

    @property
    def _sentences(self) -> Sequence[Bounds]:
        return flats.plain_sentences(self._content.article.text)
