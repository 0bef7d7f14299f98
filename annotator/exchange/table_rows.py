"""The tables that a researcher opens in a spreadsheet: articles, spans, frames by label, frames by end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from annotator.exchange import flat as flats
from annotator.exchange.cells import Cell, harmless
from annotator.model.formats import ExportSource, Option
from annotator.model.ids import Id, id_text
from annotator.model.records import (
    ABOVE_KINDS,
    Annotator,
    ArticleContent,
    ArticleLabel,
    Fragment,
    Frame,
    RoleEnd,
    Span,
)
from annotator.model.scheme import Label, Scheme

FACTS = ("outlet", "byline", "published", "url", "section")
"""Facts of an article that have a column."""
PIECES = "pieces"
"""Columns that say where a text stands, every piece of it: `3..9`, `3..9+12..20`, `3..9 30..41`."""
_ARTICLE = ("id", "name", "title", "language", *FACTS, "text")
_WHERE = ("article", "article_name", "id", "label")
_SPAN = (*_WHERE, "start", "end", "text", PIECES, "actor", "claim_card")
ENDS = "ends"
"""The column of a frame that says what fills its roles: JSON, made to be read by this program."""
WORDS_PIECES, END_LABEL = f"words_{PIECES}", "end_label"
_MADE = ("note", "annotator", "origin")
_END = (*_WHERE, "role", "kind", "words", "start", "end", WORDS_PIECES, "end_id", END_LABEL, *_MADE)
BETWEEN = " | "
_TABLES = ("articles", "spans", "attributions", "stances", "article_stances", "ends", "labels")
_MEANINGS = {"attributions": "ATTRIBUTION", "stances": "STANCE", "article_stances": "ARTICLE_STANCE"}
TABLE = Option(
    "table",
    "Table",
    _TABLES,
    (
        "articles, one row each",
        "spans, one row each",
        "attributions, one row each",
        "stances, one row each",
        "stances of articles, one row each",
        "frames of every label, a row for each end",
        "labels of articles",
    ),
)

FACTS_LOST = "facts of articles that have no column"
BLOCKS = "kinds of paragraphs"
TEXTS = "texts of articles"
SPANS = "spans"
FRAMES = "frames"
FAR = "ends of frames that are other articles, or stand in another table"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, and the rows that an article gives."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[ArticleContent], Iterator[list[Cell]]]
    label: str = ""
    """The label of its frames, where it is a table of frames."""


def tables_of(source: ExportSource, names: Sequence[str]) -> list[Table]:
    """Return the tables of these names."""
    return [_table(name, source) for name in names]


def every_table(source: ExportSource) -> list[Table]:
    """Return articles, spans, a table for every label of frames, and labels of articles."""
    scheme = source.scheme
    frames = [_frame_table(one.name.lower(), one, source) for one in scheme.of("frame")]
    return [*tables_of(source, ("articles", "spans")), *frames, _table("labels", source)]


def _table(name: str, source: ExportSource) -> Table:
    if name == "articles":
        return Table(name, _ARTICLE, _article_rows)
    if name == "spans":
        names = _attributes(source.scheme.of("span"))
        columns = (*_SPAN, *map(_attribute_column, names), *_MADE)
        return Table(name, columns, lambda content: _span_rows(content, names, source.annotators))
    if name == "ends":
        return Table(name, _END, lambda content: _end_rows(content, source.annotators))
    if name == "labels":
        names = _attributes(source.scheme.of("article"))
        columns = (*_WHERE, *map(_attribute_column, names), *_MADE)
        return Table(name, columns, lambda content: _label_rows(content, names, source.annotators))
    label = source.scheme.meant(_MEANINGS[name]) or Label(_MEANINGS[name], "frame")
    return _frame_table(name, label, source)


def _frame_table(name: str, label: Label, source: ExportSource) -> Table:
    names = _attributes([label])
    wide = [role for role in label.roles if _takes_spans(role.ends, source.scheme)]
    with_place = {role.name for role in wide}
    columns = [*_WHERE]
    for role in label.roles:
        columns += _role_columns(role.name, {*columns, *_MADE, ENDS}, with_place=role.name in with_place)
    columns += [*map(_attribute_column, names), *_MADE, ENDS]

    def rows(content: ArticleContent) -> Iterator[list[Cell]]:
        look = _Look(content)
        for frame in _sorted_frames(content):
            if frame.label != label.name:
                continue
            row = [*_start(content, frame.id), frame.label]
            for role in label.roles:
                row += look.cells(frame, role.name, with_place=role.name in with_place)
            yield [*row, *_values(frame, names), *_made(frame, source.annotators), look.ends(frame)]

    return Table(name, tuple(columns), rows, label.name)


def _role_columns(role: str, taken: set[str], *, with_place: bool) -> list[str]:
    name = harmless(role)
    found = [name, *(f"{name}_{more}" for more in ("start", "end", PIECES))] if with_place else [name]
    return _role_columns(f"role.{role}", taken, with_place=with_place) if taken & {*found} else found


def _takes_spans(ends: Sequence[str], scheme: Scheme) -> bool:
    return any(one == "span" or ((label := scheme.label(one)) and label.kind == "span") for one in ends)


def _attributes(labels: Sequence[Label]) -> list[str]:
    return list(dict.fromkeys(one.name for label in labels for one in label.attributes))


def _attribute_column(name: str) -> str:
    return f"attribute.{name}"


# --- rows -------------------------------------------------------------------------------------------


def _start(content: ArticleContent, record: Id) -> list[Cell]:
    return [id_text(content.article.id), content.article.name, id_text(record)]


def _made(one: Span | Frame | ArticleLabel, annotators: Mapping[Id, Annotator]) -> list[Cell]:
    return [one.note, annotators[one.annotator].name, one.origin]


def _values(one: Span | Frame | ArticleLabel, names: Sequence[str]) -> list[Cell]:
    return [one.attributes.get(name, "") for name in names]


def _article_rows(content: ArticleContent) -> Iterator[list[Cell]]:
    article = content.article
    facts = [article.meta.get(name, "") for name in FACTS]
    yield [id_text(article.id), article.name, article.title, article.language, *facts, article.text]


def _span_rows(
    content: ArticleContent, names: Sequence[str], annotators: Mapping[Id, Annotator]
) -> Iterator[list[Cell]]:
    look = _Look(content)
    for span in sorted(content.spans, key=lambda one: (one.start, one.end, one.label, one.id)):
        above = [look.above(span.actor), look.above(span.claim_card)]
        place: list[Cell] = [
            span.label,
            span.start,
            span.end,
            look.text(span),
            pieces_of(span.fragments),
            *above,
        ]
        yield _start(content, span.id) + place + _values(span, names) + _made(span, annotators)


def _label_rows(
    content: ArticleContent, names: Sequence[str], annotators: Mapping[Id, Annotator]
) -> Iterator[list[Cell]]:
    for one in content.labels:
        yield [*_start(content, one.id), one.label, *_values(one, names), *_made(one, annotators)]


def _end_rows(content: ArticleContent, annotators: Mapping[Id, Annotator]) -> Iterator[list[Cell]]:
    look = _Look(content)
    for frame in _sorted_frames(content):
        for end in frame.roles:
            span = look.spans.get(end.end)
            place: list[Cell] = ["", "", ""]
            if span is not None:
                place = [span.start, span.end, pieces_of(span.fragments)]
            what = (frame.label, end.role, end.kind, look.words(end))
            label = "" if span is None else span.label
            row = [*_start(content, frame.id), *what, *place, id_text(end.end), label]
            yield row + _made(frame, annotators)


def _sorted_frames(content: ArticleContent) -> list[Frame]:
    return sorted(content.frames, key=lambda one: one.id)


@dataclass(slots=True)
class _Look:
    """What the ends of frames are, in words."""

    content: ArticleContent
    spans: dict[Id, Span] = field(init=False)
    _above: dict[Id, str] = field(init=False)

    def __post_init__(self) -> None:
        content = self.content
        self.spans = {one.id: one for one in content.spans}
        self._above = {one.id: one.name for one in content.actors}
        self._above |= {one.id: one.wording for one in content.claim_cards}

    def text(self, span: Span) -> str:
        """Return what a span covers, its fragments joined by a blank."""
        return covered(self.content.article.text, [span.fragments])

    def above(self, record: Id | None) -> str:
        """Return the name of an actor, or the wording of a claim card."""
        return "" if record is None else self._above.get(record, id_text(record))

    def words(self, end: RoleEnd) -> str:
        """Return what fills a role: covered text, name or wording; else its id."""
        span = self.spans.get(end.end)
        return self.above(end.end) if span is None else self.text(span)

    def ends(self, frame: Frame) -> str:
        """Return what fills the roles: ids, of actors and claim cards their words; of spans also where."""
        return json.dumps([self._end(one) for one in frame.roles], ensure_ascii=False)

    def _end(self, end: RoleEnd) -> list[str]:
        key = self.above(end.end) if end.kind in ABOVE_KINDS else id_text(end.end)
        span = self.spans.get(end.end)
        more = [] if span is None else [span.label, pieces_of(span.fragments)]
        return [end.role, end.kind, key, *more]

    def cells(self, frame: Frame, role: str, *, with_place: bool) -> list[Cell]:
        """Return the cells of a role: its words and, where it takes spans, from where to where."""
        ends = [one for one in frame.roles if one.role == role]
        words = BETWEEN.join(map(self.words, ends))
        if not with_place:
            return [words]
        spans = [self.spans[one.end] for one in ends if one.end in self.spans]
        if not spans or len(spans) != len(ends):
            return [words, "", "", ""]
        pieces = " ".join(pieces_of(one.fragments) for one in spans)
        return [words, min(one.start for one in spans), max(one.end for one in spans), pieces]


def pieces_of(fragments: Sequence[Fragment]) -> str:
    """Return fragments as a cell has them; two dots, because a spreadsheet takes `3-9` for a date."""
    return "+".join(f"{start}..{end}" for start, end in fragments)


def read_pieces(cell: str) -> list[list[Fragment]]:
    """Return the fragments of each span of such a cell; raises ValueError when it is none."""
    return [[_fragment(piece) for piece in one.split("+")] for one in cell.split()]


def _fragment(piece: str) -> Fragment:
    start, _, end = piece.partition("..")
    return Fragment(int(start), int(end))


def covered(text: str, spans: Sequence[Sequence[Fragment]]) -> str:
    """Return what spans cover of a text, as a cell has it."""
    return BETWEEN.join(" ".join(text[start:end] for start, end in one) for one in spans)


# --- what is left out ---------------------------------------------------------------------------------


def losses(content: ArticleContent, tables: Sequence[Table]) -> Counter[str]:
    """Count what tables do not hold of an article."""
    names = {one.name for one in tables}
    labels = {one.label for one in tables if one.label}
    has_spans, has_articles = "spans" in names, "articles" in names
    frames = [one for one in content.frames if one.label in labels or ("ends" in names and one.roles)]
    shown = {end.end for one in frames for end in one.roles}
    bare = [] if has_spans else [one for one in content.spans if one.id in shown]
    mere = [*bare, *(frames if "ends" in names else ())]
    there = {one.id for part in (content.spans, frames) for one in part}
    return +Counter(
        {
            TEXTS: 0 if has_articles else 1,
            FACTS_LOST: len(content.article.meta.keys() - {*FACTS}) if has_articles else 0,
            BLOCKS: len(content.blocks),
            SPANS: 0 if has_spans else len(content.spans) - len(bare),
            FRAMES: len(content.frames) - len(frames),
            FAR: sum(_is_far(end, there) for one in frames for end in one.roles),
            flats.ATTRIBUTES: sum(len(one.attributes) for one in mere),
            flats.NOTES: sum(bool(one.note) for one in bare),
            flats.ABOVE: sum(one.actor is not None or one.claim_card is not None for one in bare),
            **flats.beside(content if "labels" not in names else replace(content, labels=())),
        }
    )


def _is_far(end: RoleEnd, there: AbstractSet[Id]) -> bool:
    return end.kind not in ABOVE_KINDS and end.end not in there
