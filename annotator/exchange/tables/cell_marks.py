"""Finds labels in the cells of a table of articles, by what all of its first rows say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import accumulate
from typing import Any

import orjson

from annotator.exchange.claims.stance_pairs import ARTICLE_STANCE, DECLARED
from annotator.exchange.json_records import is_inside_word
from annotator.exchange.record_faults import short
from annotator.exchange.tables.cell_kinds import KINDS, MOSTLY, OF_SPAN, holds_lists, places_of, row_words
from annotator.exchange.tables.cell_values import classes_in, list_in
from annotator.exchange.tables.columns import Uses, plain_name
from annotator.exchange.whose import made_by
from annotator.model.formats import Draft, Problem
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, SpanMark

LOOKED_AT, _LONG = 100, 500_000
"""Rows that tell what the cells of a column are, and characters of its cells in them."""
_PARTS: Mapping[str, tuple[str, ...]] = {
    "Content": (
        *("claim", "claims", "claimspan", "claimtext", "content", "contentspan", "quote", "quotes"),
        *("quotetext", "quotation", "quotations", "quotationtext"),
    ),
    "Source": ("source", "sources", "sourcespan", "speaker", "speakers", "claimer", "claimant"),
    "Cue": ("cue", "cues", "cuespan", "cueverb", "verb", "reportingverb"),
}
"""Columns of the words of an attribution, by what PolNeAR calls its parts."""
_CLASSES = frozenset(
    {
        *("label", "labels", "classlabel", "goldlabel", "finallabel", "majoritylabel", "targetlabel"),
        *("claimlabel", "stance", "articleheadlinestance", "verdict", "veracity", "rating", "ourrating"),
        *("annotation", "technique", "discoursetype", "coding", "sentiment"),
    }
)
"""Columns of what a whole text is."""
_ON = ("target", "topic", "topictext", "claimheadline", "claim", "motion", "targetname")
"""Columns of what a stance is on."""
_STANCES: Mapping[str, str] = {
    **dict.fromkeys(("favor", "favour", "support", "supports", "for", "pro", "agree", "agrees"), "agree"),
    **dict.fromkeys(("against", "deny", "denies", "con", "disagree", "disagrees", "refutes"), "disagree"),
    **dict.fromkeys(("none", "neutral", "neither", "comment", "observing", "discuss", "query"), "discuss"),
    "unrelated": "unrelated",
}
"""Stances as such tables name them, and as FNC-1 does."""
_CLASS_LONGEST = 60
_ANSWERS = frozenset({"yes", "no", "y", "n", "true", "false"})
"""What answers a question, and is no name of a class."""
_VERDICTS = frozenset({"label", "claimlabel", "goldlabel", "verdict", "veracity", "rating", "ourrating"})
"""Columns in which true and false are what was found of a claim."""
_LABELS, _ABOUT_LABELS = frozenset({"label", "labels"}), frozenset({"by", "date", "id", "source", "time"})
_SHARED_NAMES = frozenset({"class", "code", "codes", "type"})
"""Columns of classes, and of other things."""
_NUMBERED = re.compile(r"column [0-9]{1,3}")
"""What columns without a name are called."""
_MOST_CLASSES, _FEW_CLASSES, _MOST_NUMBERS = 500, 5, 10
_CLASS_NUMBER = re.compile(r"-?[0-9]{1,2}(?:\.0)?")
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+|[^\W_A-Za-z]+")
"""The words of a name, also of one that is written as aWordLikeThis."""
_NOTHING_CHOSEN: Mapping[str, str] = {}
_CLOSES = tuple(".!?…。！？")
"""What sentences end with, and classes do not."""
_STARTS = ("start", "begin", "startoffset", "startchar", "charstart", "startindex")
_ENDS = ("end", "endoffset", "endchar", "charend", "endindex", "stop")
_MAKERS = frozenset(
    {"annotator", "annotatorid", "annotatorname", "annotatedby", "coder", "rater", "labeler", "workerid"}
)
"""Columns of who said what a text is."""
_USERS = frozenset({"user", "userid", "username"})
"""Columns of whoever wrote a text, or, where each comes from several of them, of who said what it is."""
_NUMBER = re.compile(r"[0-9]{1,18}")
"""More digits are no place in any text, and thousands of them no number that Python reads."""


@dataclass(frozen=True, slots=True)
class CellReader:
    """Which columns of a table of articles say what of its texts."""

    lists: Mapping[str, str] = field(default_factory=dict)
    """The kind of each column of lists."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """The part of an attribution whose words a column holds."""
    stance: tuple[str, str] | None = None
    """The columns of what a stance is on, and of the stance."""
    classes: Sequence[str] = ()
    place: tuple[str, str, str] | None = None
    """The columns of a start, an end and a label, where each row is one span."""
    worded: tuple[str, str] | None = None
    """The columns of words and their label, where each row names words of its text."""
    after: int = 0
    """How many characters behind that end a span ends."""
    maker: str = ""
    """The column of who says so."""
    unread: Sequence[str] = ()
    """Columns of lists that are none of these."""
    is_by_span: bool = False
    """Whether texts come again, so that ids are those of rows."""

    @property
    def columns(self) -> frozenset[str]:
        """Return the columns that are read."""
        pairs = (*(self.stance or ()), *(self.place or ()), *(self.worded or ()))
        said = frozenset((*self.lists, *self.parts, *pairs, *self.classes))
        return said | {self.maker} if said and self.maker else said

    def notes(self) -> Iterator[str]:
        """Yield what to say of the table."""
        if self.columns:
            yield f"labels were read beside the text, from: {', '.join(sorted(self.columns))}"
        if self.unread:
            yield f"cells with lists that tell no labels were kept as they are: {', '.join(self.unread)}"

    def marked(
        self, draft: Draft, values: Mapping[str, str], file: str, known_as: Mapping[str, str]
    ) -> tuple[Draft, list[Problem]]:
        """Return an article with the labels of its row, and what is wrong with them."""
        said = _Said(draft, values, file)
        for column, kind in self.lists.items():
            said.read_list(column, kind)
        said.read_parts(self.parts)
        if self.place is not None:
            said.read_place(self.place, self.after)
        if self.worded is not None and (label := values.get(self.worded[1], "").strip()):
            said.read_parts({self.worded[0]: label})
        if self.stance is not None:
            said.read_stance(self.stance)
        for column in self.classes:
            said.read_classes(column)
        marks = Marks(said.spans, said.frames, said.labels, known_as=known_as, declared=(DECLARED,))
        by = values.get(self.maker, "").strip()
        marks = made_by(marks, by) if by else marks
        key = "" if self.is_by_span else draft.key
        return replace(draft, marks=marks, key=key) if marks else draft, said.problems


def reader_for(
    uses: Uses, rows: Sequence[Mapping[str, str]], chosen: Mapping[str, str] = _NOTHING_CHOSEN
) -> CellReader | None:
    """Return which cells of a table say something of its texts, as its first rows show; None without any.

    Columns that were chosen to hold labels of the whole text do, and none of those chosen for something else.
    """
    text = uses.column("text")
    free = {name: plain_name(name) for name, use in uses.by_column.items() if use == "meta"}
    rows = [{**dict.fromkeys(free, ""), **one} for one in rows if one.get(text or "", "").strip()]
    if text is None or not rows:
        return None
    filled = {name: _filled(name, rows) for name in free}
    place = _place(free, rows, text)
    worded = None if place else row_words(free, rows, text)
    taken = place or worded or ()
    lists = {
        name: kind
        for name, some in filled.items()
        if some and name not in taken and (kind := _kind(name, some, text))
    }
    left = {name: plain for name, plain in free.items() if name not in lists and name not in taken}
    parts = _parts(left, filled, text)
    left = {name: plain for name, plain in left.items() if name not in parts}
    stance = _stance(left, filled)
    is_by_sentence = uses.column("title") is None
    classes = uses.labels + [
        name
        for name in left
        if name not in (stance or ())
        and name not in chosen
        and _are_classes(name, filled[name], is_by_sentence=is_by_sentence)
    ]
    unread = [name for name in left if _holds_labels([list_in(one[name]) for one in filled[name]])]
    is_by_span = bool(taken or parts) and len({one[text] for one in rows}) < len(rows)
    maker = next((name for name in _makers(left, rows, text) if filled[name]), "")
    after = _after(place, free, rows, text) if place else 0
    found = CellReader(lists, parts, stance, classes, place, worded, after, maker, unread, is_by_span)
    return found if found.columns or unread else None


def _makers(free: Mapping[str, str], rows: Sequence[Mapping[str, str]], text: str) -> list[str]:
    """Return the columns of who said what a text is: of users, where each comes from two on average."""
    user = next((name for name, plain in free.items() if plain in _USERS), "")
    is_by_several = len({(one[text], one.get(user)) for one in rows}) >= 2 * len({one[text] for one in rows})
    return [name for name, plain in free.items() if plain in _MAKERS or (is_by_several and plain in _USERS)]


def cells_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a record as cells of a table that says the same."""
    return {name: value if isinstance(value, str) else _cell_of(value) for name, value in values.items()}


def _cell_of(value: Any) -> str:
    """Return a value as a cell; nothing for one that is nested too deeply to be written."""
    try:
        return "" if value is None else orjson.dumps(value).decode()
    except orjson.JSONEncodeError:
        return ""


def _filled(name: str, rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Return rows that have a cell in a column, of long cells only the first."""
    found = [one for one in rows if one[name].strip()]
    sizes = accumulate(len(one[name]) for one in found)
    return [one for at, (one, size) in enumerate(zip(found, sizes, strict=True)) if not at or size <= _LONG]


def _kind(name: str, rows: Sequence[Mapping[str, str]], text: str) -> str:
    """Return of which kind the cells of a column are; nothing where they are of none."""
    misses, says, cuts = dict.fromkeys(KINDS, 0), set[str](), list[bool]()
    for row in rows:
        value = list_in(row[name])
        for kind in [*misses]:
            marks = KINDS[kind](row[name], value, row[text], name)
            if marks is None or not all(_lies_in(one, row[text]) for one in marks):
                misses[kind] += 1
                if len(rows) - misses[kind] < MOSTLY * len(rows):
                    del misses[kind]
            elif marks:
                says.add(kind)
                if kind == "places":
                    cuts.append(any(map(partial(_cuts_words, row[text]), marks)))
        if not misses:
            break
    if 2 * sum(cuts) > len(cuts):  # of words, not of characters
        misses.pop("places", None)
    return next((kind for kind in misses if kind in says), "")


def _cuts_words(text: str, one: SpanMark) -> bool:
    """Tell whether a span begins or ends in the middle of a word."""
    return any(is_inside_word(text, at) for place in one.fragments for at in place)


def _holds_labels(values: Sequence[Any]) -> bool:
    """Tell whether cells are lists of lists or objects, or empty ones, and not words or numbers."""
    return any(map(holds_lists, values)) and all(one in ([], {}) or holds_lists(one) for one in values)


def _lies_in(one: SpanMark, text: str) -> bool:
    return all(0 <= start < end <= len(text) for start, end in one.fragments)


def _place(
    free: Mapping[str, str], rows: Sequence[Mapping[str, str]], text: str
) -> tuple[str, str, str] | None:
    """Return the columns of a place and its label, where each row says where in its own text a span lies."""
    plain = {one: name for name, one in free.items()}
    found = [next((plain[one] for one in names if one in plain), "") for names in (_STARTS, _ENDS, OF_SPAN)]
    if not all(found):
        return None
    start, end, label = found
    sized = [(_stretch(one[start], one[end]), len(one[text])) for one in rows if one[label].strip()]
    places = [(*place, size) for place, size in sized if place is not None]
    fits = len(places) == len(sized) and all(first < last <= size for first, last, size in places)
    is_part = any(last - first < size for first, last, size in places)
    return (start, end, label) if fits and is_part else None


def _after(
    place: tuple[str, str, str], free: Mapping[str, str], rows: Sequence[Mapping[str, str]], text: str
) -> int:
    """Return 1 where an end is that of the last character, as the words in another column show; else 0."""
    some = [(one, at) for one in rows if (at := _stretch(one[place[0]], one[place[1]])) is not None]
    covered = [one[text][start : end + 1] for one, (start, end) in some]
    return int(any([one[name].strip() for one, _ in some] == covered for name in free if name not in place))


def _stretch(start: str, end: str) -> tuple[int, int] | None:
    """Return the place that two cells tell; None where they hold no numbers of one."""
    cells = (start.strip(), end.strip())
    return (int(cells[0]), int(cells[1])) if all(map(_NUMBER.fullmatch, cells)) else None


def _parts(
    free: Mapping[str, str], filled: Mapping[str, Sequence[Mapping[str, str]]], text: str
) -> dict[str, str]:
    """Return the columns that hold words of an attribution, as what is said stands in every text."""
    found = dict[str, str]()
    for part, names in _PARTS.items():
        for name, plain in free.items():
            is_one = plain in names and filled[name] and part not in found.values()
            stands = [bool(places_of(one[name], one[text])) for one in filled[name]] if is_one else []
            if stands and sum(stands) >= MOSTLY * len(stands):
                found[name] = part
    return found if "Content" in found.values() else {}


def _stance(
    free: Mapping[str, str], filled: Mapping[str, Sequence[Mapping[str, str]]]
) -> tuple[str, str] | None:
    """Return the columns of what a stance is on and of the stance, where all stances are known."""
    plain = {one: name for name, one in free.items()}
    on = next((plain[one] for one in _ON if one in plain), None)
    stance = next((plain[one] for one in ("stance", "articleheadlinestance") if one in plain), None)
    if on is None or stance is None or not filled[on] or not filled[stance]:
        return None
    return (on, stance) if all(plain_name(one[stance]) in _STANCES for one in filled[stance]) else None


def _are_classes(name: str, rows: Sequence[Mapping[str, str]], *, is_by_sentence: bool) -> bool:
    """Tell whether a column is called as those of classes are, and its cells are names of classes.

    Numbers are where its name says that it holds labels; names that others bear, too, hold classes where
    each row is no article of its own and few of them come again and again.
    """
    plain, words = plain_name(name), {*_WORDS.findall(name)}
    lower = {*map(str.lower, words)}
    is_label = plain in _CLASSES or (not lower.isdisjoint(_LABELS) and lower.isdisjoint(_ABOUT_LABELS))
    names = [each for one in rows for each in classes_in(one[name])]
    different = {*map(str.lower, names)}
    is_again = len(different) < len(names) and len(different) <= max(_FEW_CLASSES, len(names) // 2)
    is_shared = is_by_sentence and is_again and (plain in _SHARED_NAMES or _NUMBERED.fullmatch(name))
    if not names or not (is_label or is_shared) or len(different) > _MOST_CLASSES:
        return False
    if plain in _VERDICTS and different == {"true", "false"}:
        return True
    if plain in _LABELS and all(map(_CLASS_NUMBER.fullmatch, different)):
        return len(different) <= _MOST_NUMBERS
    return not _ANSWERS.issuperset(different) and all(
        len(one) <= _CLASS_LONGEST
        and any(map(str.isalpha, one))
        and not one.startswith(("[", "{"))
        and (plain in _CLASSES or not one.endswith(_CLOSES))
        for one in names
    )


class _Said:
    """What the cells of one row say."""

    def __init__(self, draft: Draft, values: Mapping[str, str], file: str) -> None:
        self._text, self._line, self._file, self._values = draft.text, draft.line, file, values
        self.spans: list[SpanMark] = []
        self.frames: list[FrameMark] = []
        self.labels: list[ArticleMark] = []
        self.problems: list[Problem] = []

    def read_list(self, column: str, kind: str) -> None:
        cell = self._values.get(column, "")
        if not cell.strip():
            return
        found = KINDS[kind](cell, list_in(cell), self._text, column)
        if found is None:
            self._fault(f"{short(cell)} is no list of labels as in the rows before", column)
        for one in found or ():
            if one.fragments:
                self.spans.append(one._replace(key=f"{column} {one.key}", line=self._line))
            else:
                self._placeless(one.quote or "", len(places_of(one.quote or "", self._text)), column)

    def read_parts(self, parts: Mapping[str, str]) -> None:
        ends = []
        for column, part in parts.items():
            words = self._values.get(column, "").strip()
            stands = places_of(words, self._text)
            if len(stands) == 1:
                self.spans.append(SpanMark(column, part, (stands[0],), line=self._line))
                ends.append(EndMark(part, column))
            elif words:
                self._placeless(words, len(stands), column)
        if len(ends) > 1 and any(one.role == "Content" for one in ends):
            self.frames.append(FrameMark("row", "Attribution", tuple(ends), line=self._line))

    def read_place(self, place: tuple[str, str, str], after: int) -> None:
        start, end, label = (self._values.get(one, "").strip() for one in place)
        if not label:
            return
        if (stretch := _stretch(start, end)) is not None:
            where = (stretch[0], stretch[1] + after)
            self.spans.append(SpanMark("row", label, (where,), line=self._line))
        else:
            self._fault("it is no place in a text: a start and an end in characters", place[0])

    def read_stance(self, columns: tuple[str, str]) -> None:
        on, stance = (" ".join(self._values.get(one, "").split()) for one in columns)
        value = _STANCES.get(plain_name(stance))
        if on and value:
            end = EndMark("claim_card", on, "claim_card")
            self.frames.append(FrameMark("stance", ARTICLE_STANCE, (end,), {"value": value}, line=self._line))
        elif stance:
            known = ", ".join(_STANCES)
            reason = f"{short(stance)} is no stance ({known})" if on else "it says not on what the stance is"
            self._fault(reason, columns[1])

    def read_classes(self, column: str) -> None:
        named = (re.sub(r"\s+", " ", one) for one in classes_in(self._values.get(column, "")))
        numbered = (f"{column.strip()} {one}" if _CLASS_NUMBER.fullmatch(one) else one for one in named)
        names = dict.fromkeys(numbered)
        self.labels += [ArticleMark(one, line=self._line) for one in names]

    def _placeless(self, words: str, often: int, column: str) -> None:
        how = f"stand {often:,} times" if often else "do not stand"
        self._fault(f"the words {short(words)} {how} in the text; say where", column)

    def _fault(self, reason: str, column: str) -> None:
        self.problems.append(Problem(self._file, reason, self._line, column))
