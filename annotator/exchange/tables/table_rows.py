"""The tables that a researcher opens in a spreadsheet: articles, spans, frames by label, frames by end."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache

from annotator.exchange import flat as flats
from annotator.exchange.tables.cells import harmless
from annotator.model import left_out as gone
from annotator.model.columns import different
from annotator.model.formats import Option
from annotator.model.ids import Id, id_text, id_texts
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
DONE_BY = "done_by"
"""The column of who said that the article is done: a name per line, which no name has two of."""
ARTICLE = ("id", "name", "title", "language", *FACTS, DONE_BY, "text")
_WHERE = ("article", "article_name", "id", "label")
_SPAN = (*_WHERE, "start", "end", "text", PIECES, "actor", "claim_card")
ENDS = "ends"
"""The column of a frame that says what fills its roles: JSON, made to be read by this program."""
WORDS_PIECES, END_LABEL = f"words_{PIECES}", "end_label"
_MADE = ("note", "annotator", "origin")
_END = (*_WHERE, "role", "kind", "words", "start", "end", WORDS_PIECES, "end_id", END_LABEL, *_MADE)
BETWEEN = " | "
_JSON = json.JSONEncoder(ensure_ascii=False)
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
DONE = "marks that an article is done"
BEGUN = "marks that an article was begun"
SPANS = gone.SPANS
FRAMES = gone.FRAMES
FAR = "ends of frames that are other articles, or stand in another table"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, and the rows that an article gives."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Look], Iterator[list[str]]]
    numbers: tuple[int, ...] = ()
    """The places of columns that hold numbers."""
    label: str = ""
    """The label of its frames, where it is a table of frames."""


@lru_cache(maxsize=4)
def tables_of(scheme: Scheme, names: tuple[str, ...]) -> tuple[Table, ...]:
    """Return the tables of these names."""
    return tuple(_table(name, scheme) for name in names)


@lru_cache(maxsize=4)
def every_table(scheme: Scheme) -> tuple[Table, ...]:
    """Return articles, spans, a table for every label of frames, and labels of articles."""
    whole, spans, labels = tables_of(scheme, ("articles", "spans", "labels"))
    frames: dict[str, Table] = {}
    for one in scheme.of("frame"):
        name = one.name.lower()
        while name in frames or name in (whole.name, spans.name, labels.name):
            name += "_frames"
        frames[name] = _frame_table(name, one, scheme)
    return (whole, spans, *frames.values(), labels)


def _table(name: str, scheme: Scheme) -> Table:
    if name == "articles":
        return Table(name, ARTICLE, _article_rows)
    if name == "spans":
        names = _attributes(scheme.of("span"))
        columns = (*_SPAN, *map(_attribute_column, names), *_MADE)
        return Table(name, columns, lambda look: _span_rows(look, names), _numbers(_SPAN))
    if name == "ends":
        return Table(name, _END, _end_rows, _numbers(_END))
    if name == "labels":
        names = _attributes(scheme.of("article"))
        columns = (*_WHERE, *map(_attribute_column, names), *_MADE)
        return Table(name, columns, lambda look: _label_rows(look, names))
    label = scheme.meant(_MEANINGS[name]) or Label(_MEANINGS[name], "frame")
    return _frame_table(name, label, scheme)


def _numbers(columns: Sequence[str]) -> tuple[int, int]:
    return columns.index("start"), columns.index("end")


def _frame_table(name: str, label: Label, scheme: Scheme) -> Table:
    names = _attributes([label])
    with_place = {role.name for role in label.roles if _takes_spans(role.ends, scheme)}
    columns, numbers = [*_WHERE], list[int]()
    for role in label.roles:
        if role.name in with_place:
            numbers += (len(columns) + 1, len(columns) + 2)
        columns += _role_columns(role.name, {*columns, *_MADE, ENDS}, with_place=role.name in with_place)
    columns += [*map(_attribute_column, names), *_MADE, ENDS]

    def rows(look: Look) -> Iterator[list[str]]:
        for frame in look.frames:
            if frame.label != label.name:
                continue
            row = [*look.start, id_text(frame.id), frame.label]
            ends = look.by_role(frame)
            for role in label.roles:
                row += look.cells(ends[role.name], with_place=role.name in with_place)
            yield [*row, *_values(frame, names), *look.made(frame), look.ends(frame)]

    return Table(name, tuple(columns), rows, tuple(numbers), label.name)


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


def _values(one: Span | Frame | ArticleLabel, names: Sequence[str]) -> list[str]:
    if not one.attributes:  # as most
        return [""] * len(names)
    return [one.attributes.get(name, "") for name in names]


def _article_rows(look: Look) -> Iterator[list[str]]:
    article = look.content.article
    facts = [article.meta.get(name, "") for name in FACTS]
    yield [*look.start, article.title, article.language, *facts, look.done_by(), article.text]


def _span_rows(look: Look, names: Sequence[str]) -> Iterator[list[str]]:
    spans = sorted(look.spans.values(), key=lambda one: (one.start, one.end, one.label, one.id))
    for span, own in zip(spans, id_texts([one.id for one in spans]), strict=True):
        words, pieces = look.places[span.id]
        above = (look.above(span.actor), look.above(span.claim_card))
        place = (str(span.start), str(span.end), words, pieces, *above)
        yield [*look.start, own, span.label, *place, *_values(span, names), *look.made(span)]


def _label_rows(look: Look, names: Sequence[str]) -> Iterator[list[str]]:
    for one in look.content.labels:
        yield [*look.start, id_text(one.id), one.label, *_values(one, names), *look.made(one)]


def _end_rows(look: Look) -> Iterator[list[str]]:
    for frame in look.frames:
        for end in frame.roles:
            span = look.spans.get(end.end)
            place, label = ("", "", ""), ""
            if span is not None:
                place, label = (str(span.start), str(span.end), look.places[span.id][1]), span.label
            what = (frame.label, end.role, end.kind, look.words(end))
            yield [
                *(*look.start, id_text(frame.id), *what, *place, id_text(end.end), label),
                *look.made(frame),
            ]


@dataclass(slots=True)
class Look:
    """An article as its tables show it: what the ends of frames are, in words."""

    content: ArticleContent
    annotators: Mapping[Id, Annotator]
    start: tuple[str, str] = field(init=False)
    """What its rows begin with: its id and its name."""
    spans: dict[Id, Span] = field(init=False)
    places: dict[Id, tuple[str, str]] = field(init=False)
    """What each span covers, its fragments joined by a blank, and where."""
    frames: list[Frame] = field(init=False)
    _above: dict[Id, str] = field(init=False)

    def __post_init__(self) -> None:
        content, text = self.content, self.content.article.text
        self.start = id_text(content.article.id), content.article.name
        self.spans = {one.id: one for one in content.spans}
        self.places = {
            own: (" ".join([text[start:end] for start, end in one.fragments]), pieces_of(one.fragments))
            for own, one in self.spans.items()
        }
        self.frames = sorted(content.frames, key=lambda one: one.id)
        self._above = {one.id: one.name for one in content.actors}
        self._above |= {one.id: one.wording for one in content.claim_cards}

    def made(self, one: Span | Frame | ArticleLabel) -> tuple[str, str, str]:
        """Return what is said of how a record was made."""
        return one.note, self.annotators[one.annotator].name, one.origin

    def done_by(self) -> str:
        """Return who said that the article is done."""
        done = [self.annotators[one.annotator].name for one in self.content.readings if one.state == "done"]
        return "\n".join(sorted(done))

    def above(self, record: Id | None) -> str:
        """Return the name of an actor, or the wording of a claim card."""
        if record is None:
            return ""
        return self._above[record] if record in self._above else id_text(record)

    def words(self, end: RoleEnd) -> str:
        """Return what fills a role: covered text, name or wording; else its id."""
        place = self.places.get(end.end)
        return self.above(end.end) if place is None else place[0]

    def ends(self, frame: Frame) -> str:
        """Return what fills the roles: ids, of actors and claim cards their words; of spans also where."""
        return _JSON.encode([self._end(one) for one in frame.roles])

    def _end(self, end: RoleEnd) -> list[str]:
        if end.kind in ABOVE_KINDS:
            return [end.role, end.kind, self.above(end.end)]
        span = self.spans.get(end.end)
        more = [] if span is None else [span.label, self.places[span.id][1]]
        return [end.role, end.kind, id_text(end.end), *more]

    def by_role(self, frame: Frame) -> Mapping[str, list[RoleEnd]]:
        """Return the ends of a frame by their roles."""
        found: defaultdict[str, list[RoleEnd]] = defaultdict(list)
        for one in frame.roles:
            found[one.role].append(one)
        return found

    def cells(self, ends: Sequence[RoleEnd], *, with_place: bool) -> list[str]:
        """Return the cells of a role: its words and, where it takes spans, from where to where."""
        words = BETWEEN.join(map(self.words, ends))
        if not with_place:
            return [words]
        spans = [self.spans[one.end] for one in ends if one.end in self.spans]
        if not spans or len(spans) != len(ends):
            return [words, "", "", ""]
        pieces = " ".join(self.places[one.id][1] for one in spans)
        return [words, str(min(one.start for one in spans)), str(max(one.end for one in spans)), pieces]


def pieces_of(fragments: Sequence[Fragment]) -> str:
    """Return fragments as a cell has them; two dots, because a spreadsheet takes `3-9` for a date."""
    if len(fragments) == 1:  # as most
        return "{}..{}".format(*fragments[0])
    return "+".join(f"{start}..{end}" for start, end in fragments)


def read_pieces(cell: str) -> list[list[Fragment]]:
    """Return the fragments of each span of such a cell; raises ValueError when it is none."""
    return [[_fragment(piece) for piece in one.split("+")] for one in cell.split()]


def _fragment(piece: str) -> Fragment:
    start, _, end = piece.partition("..")
    return Fragment(int(start), int(end))


def is_covered(text: str, cell: str, words: str) -> bool:
    """Tell whether what such a cell says covers these words."""
    start, _, end = cell.partition("..")
    if start.isdecimal() and end.isdecimal():  # as nearly always
        return text[int(start) : int(end)] == words
    return covered(text, read_pieces(cell)) == words


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
    there = different(content.spans, "id") | {one.id for one in frames}
    done = sum(one.state == "done" for one in content.readings)
    return +Counter(
        {
            TEXTS: 0 if has_articles else 1,
            FACTS_LOST: len(content.article.meta.keys() - {*FACTS}) if has_articles else 0,
            BLOCKS: len(content.blocks),
            DONE: 0 if has_articles else done,
            BEGUN: len(content.readings) - done,
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
