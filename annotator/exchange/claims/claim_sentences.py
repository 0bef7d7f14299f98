"""Sentences of an article with the claims in them, as corpora of claim detection have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.exchange import flat as flats
from annotator.exchange.claims.stance_pairs import trimmed
from annotator.exchange.tables.cells import (
    MADE_HARMLESS,
    Cell,
    is_formula,
    makes_harmless,
    tsv_cells,
    tsv_line,
)
from annotator.model import left_out as gone
from annotator.model.formats import ExportSource
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Span

CHECKWORTHY = ("yes", "minor", "no", "unset")
"""Values of that attribute of a claim, the strongest first: that of a sentence is its strongest one."""
_SPANS = gone.NO_CLAIMS
_FRAMES = gone.FRAMES
_PLACES = "places of claims within their sentences"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, where it stands, and the claims of which it has a part."""

    start: int
    end: int
    text: str
    claims: tuple[Span, ...]

    @property
    def has_fact(self) -> bool:
        """Whether one of its claims is one of fact, as a claim is that says nothing else."""
        return any(one.attributes.get("type", "fact") == "fact" for one in self.claims)

    @property
    def checkworthy(self) -> str:
        """How worth checking it is; `no` without a claim."""
        found = [one.attributes.get("checkworthy", "unset") for one in self.claims]
        return min(found, key=lambda one: CHECKWORTHY.index(one) if one in CHECKWORTHY else 9, default="no")


def sentences_of(content: ArticleContent, source: ExportSource) -> list[Sentence]:
    """Return the sentences of an article; a claim that runs on is in each of those it has a part of."""
    text = content.article.text
    claims = _claims(content, source)
    found = []
    for bounds in flats.plain_sentences(text):
        start, end = trimmed(text, bounds)
        near = [one for one in claims if one.start < end and start < one.end]
        here = (one for one in near if any(a < end and start < b for a, b in one.fragments))
        found.append(Sentence(start, end, text[start:end], tuple(here)))
    return found


def _claims(content: ArticleContent, source: ExportSource) -> list[Span]:
    name = source.scheme.named("CLAIM")
    return [one for one in content.spans if one.label == name]


def losses(content: ArticleContent, source: ExportSource, rows: Iterable[Iterable[str]]) -> Counter[str]:
    """Count what a table of sentences does not hold; `rows` are its texts."""
    claims = _claims(content, source)
    attributes = [one.attributes.keys() - {"type", "checkworthy"} for one in claims]
    marked = sum(is_formula(one.lstrip()) for row in rows for one in row)
    made = {one.annotator for one in claims}
    return +Counter(
        {
            _SPANS: len(content.spans) - len(claims),
            _PLACES: len(claims),
            _FRAMES: len(content.frames),
            flats.ATTRIBUTES: sum(map(len, attributes)),
            flats.NOTES: sum(bool(one.note) for one in claims),
            flats.MADE_BY: len(claims) if len(made) > 1 else 0,
            **flats.beside(content),
            MADE_HARMLESS: marked if makes_harmless(source) else 0,
        }
    )


def proved_line(row: Sequence[Cell], source: ExportSource, *, is_quoted: bool = False) -> bytes:
    """Return the line of a row, and note how it is meant to be read."""
    cells = tsv_cells(row, is_harmless=makes_harmless(source))
    source.proof.wrote_row(cells)
    return tsv_line(cells, is_quoted=is_quoted)


def speakers(content: ArticleContent, source: ExportSource) -> dict[Id, str]:
    """Return who is said to make each claim: the actor where the source names one, else its words."""
    spans = {one.id: one for one in content.spans}
    actors = {one.id: one.name for one in content.actors}
    found: dict[Id, str] = {}
    for frame in sorted(content.frames, key=lambda one: one.id):
        if source.scheme.meaning(frame.label) != "ATTRIBUTION":
            continue
        said = [spans[one] for one in frame.ends("source") if one in spans]
        names = [_called(one, actors, content.article.text) for one in said]
        names += [actors[one] for one in frame.ends("implicit_source") if one in actors]
        for claim in frame.ends("claim"):
            if names:
                found.setdefault(claim, ", ".join(names))
    return found


def _called(span: Span, actors: dict[Id, str], text: str) -> str:
    named = actors.get(span.actor, "") if span.actor is not None else ""
    return named or " ".join(text[start:end] for start, end in span.fragments)
