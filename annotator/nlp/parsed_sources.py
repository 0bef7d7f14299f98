"""Source phrases extended to all that a parser hangs on them, and nothing else of a parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.model.errors import UserError
from annotator.model.suggesting import Proposals, ProposedSpan, Suggester, SuggestInput
from annotator.nlp.installed import LONGEST, load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

ROLE = "source"
MOST_WORDS = 30
"""Words of a phrase beyond which a parse is not believed."""
_UNUSED = ("ner", "entity_ruler", "span_ruler", "spancat", "textcat", "textcat_multilabel", "lemmatizer")
Place = tuple[int, int]


class WithParser:
    """Lets a suggester propose, and extends the sources of what it proposes."""

    def __init__(self, suggester: Suggester, nlp: Language) -> None:
        self._suggester = suggester
        self._nlp = nlp
        self._off = [name for name in nlp.pipe_names if name in _UNUSED]

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text, in order."""
        for one in texts:
            (proposals,) = self._suggester.suggest(iter([one]))
            if proposals.frames and len(one.text) <= LONGEST:
                proposals = extended(proposals, self._nlp(one.text, disable=self._off))
            yield proposals


def with_parser(suggester: Suggester, choice: str) -> Suggester:
    """Return a suggester that uses the parser of a pipeline; else the same one."""
    try:
        nlp = load_pipeline(choice)[0]
    except UserError:
        return suggester  # who suggests entities by this pipeline says why it cannot be used
    heads = {one for name in nlp.pipe_names for one in nlp.get_pipe_meta(name).assigns}
    return WithParser(suggester, nlp) if heads & {"token.head", "token.dep"} else suggester


def extended(proposals: Proposals, doc: Doc) -> Proposals:
    """Return proposals whose sources are whole phrases; none grows into a cue or a claim."""
    if not doc.has_annotation("DEP"):
        return proposals
    spans = list(proposals.spans)
    sources = {number for frame in proposals.frames for role, number in frame.roles if role == ROLE}
    others = [place for number, one in enumerate(spans) if number not in sources for place in one.fragments]
    for number in sources:
        spans[number] = _extended(spans[number], doc, others)
    return replace(proposals, spans=tuple(spans))


def _extended(span: ProposedSpan, doc: Doc, others: Iterable[Place]) -> ProposedSpan:
    """Return a span from the first to the last word that hangs on its head."""
    found = doc.char_span(*span.fragments[0], alignment_mode="expand")
    if len(span.fragments) != 1 or found is None or found.root.head == found.root:
        return span
    first, last = found.root.left_edge.i, found.root.right_edge.i
    phrase = doc[min(first, found.start) : max(last + 1, found.end)]
    while len(phrase) > len(found) and phrase.end > found.end and phrase[-1].is_punct:
        phrase = doc[phrase.start : phrase.end - 1]
    start, end = span.fragments[0]
    start, end = min(start, phrase.start_char), max(end, phrase.end_char)
    is_free = not any(_touch(one, (start, end)) for one in others if not _touch(one, span.fragments[0]))
    is_short = len(phrase) <= MOST_WORDS and "\n" not in doc.text[start:end]
    return replace(span, fragments=((start, end),)) if is_free and is_short else span


def _touch(one: Place, other: Place) -> bool:
    return one[0] < other[1] and other[0] < one[1]
