"""Reads labels of tagtog (anndoc): what a .ann.json says of the parts of the page that lies beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import Any

from annotator.exchange.corpora.corpora_json import draft_of, dropped, with_text
from annotator.exchange.encoding import decode
from annotator.exchange.files import TEXT_FILE_LIMIT, is_there, read_bytes
from annotator.exchange.json_lines import Row, first_record
from annotator.exchange.record_faults import Fault, key_of, list_of, objects_of, offset_of, text_of
from annotator.model.formats import Draft
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, Proposal, SpanMark
from annotator.model.text import Utf16Map

_FIELDS = frozenset({"annotatable", "anncomplete"})
LEGEND = "annotations-legend.json"
ENDING = ".ann.json"
_PAGES = (".plain.html", ".html")
_PLAIN, _WHOLE = ".txt", "s1v1"
"""How a text ends that tagtog takes as it is, and what its one part is called."""
_FOLDERS = ("plain.html", "html")
_DEPTH = 5
"""So many folders above a file are looked into for its page and the legend."""
_PART = re.compile(r"s\d+(?:[a-z]\d+)+")
"""What the parts of a page are called that labels may lie in: s1h1, s2p1, s3v1."""
_END = re.compile(r"(.+)\|(\w+)\|([0-9]{1,18}),([0-9]{1,18})")
"""An end of a relation: its part, its label, and its first and last character."""
_BETWEEN = "\n\n"
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_MODEL = "ml:"
_GONE = "relations of what is not there"
_NOWHERE = "labels in no part of the page"
_NO_LEGEND = f"{LEGEND}, which says what labels are called, does not lie beside it"


class _Page(HTMLParser):
    """The parts of a page and their texts, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: dict[str, list[str]] = {}
        self._open: list[str] = []
        """Of each element around, the part that its text belongs to."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a part, or go on with the one around."""
        if tag in _VOID:
            return
        name = next((value for key, value in attrs if key == "id" and value), "")
        around = self._open[-1] if self._open else ""
        self._open.append(name if _PART.fullmatch(name) else around)
        self.parts.setdefault(self._open[-1], [])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over what holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        """End what is innermost."""
        if self._open and tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Add to the part that is open."""
        if self._open:
            self.parts[self._open[-1]].append(data)


@dataclass(slots=True)
class _Text:
    """The text of a page, and where its parts begin in it."""

    whole: str
    begins: dict[str, int]
    parts: dict[str, str]
    maps: dict[str, Utf16Map] = field(default_factory=dict)

    def place(self, part: str, start: int, quote: str) -> tuple[int, int] | None:
        """Return where words lie; they tell whether characters were counted, or UTF-16 units."""
        text = self.parts.get(part)
        if text is None:
            return None
        if not text.startswith(quote, start):
            if part not in self.maps:
                self.maps[part] = Utf16Map(text)
            other = self.maps[part].from_16(start)
            start = other if text.startswith(quote, other) else start
        begin = self.begins[part] + start
        return begin, begin + len(quote)


def is_tagtog(values: Mapping[str, Any]) -> bool:
    """Tell whether a record holds labels of tagtog, and not only fields of these names."""
    return values.keys() >= _FIELDS and isinstance(values["annotatable"], dict)


def page_of(path: Path) -> Path | None:
    """Return the page that labels belong to: beside them, or where a folder of pages lies beside theirs."""
    names = [f"{_stem(path)}{one}" for one in _PAGES]
    folders = [path.parent]
    own = path.absolute().parent
    for above in tuple(own.parents)[:_DEPTH]:
        inner = own.relative_to(above).parts
        folders += [above.joinpath(one, *inner[at:]) for one in _FOLDERS for at in range(1, len(inner) + 1)]
    names += [f"{_stem(path)}{_PLAIN}"] if _is_whole(path) else []
    return next((one for folder in folders for name in names if is_there(one := folder / name)), None)


def _is_whole(path: Path) -> bool:
    """Tell whether labels are of a text without parts."""
    about = first_record(path).get("annotatable")
    return isinstance(about, dict) and about.get("parts") == [_WHOLE]


def _stem(path: Path) -> str:
    return path.name.removesuffix(ENDING if path.name.endswith(ENDING) else path.suffix)


def legend_of(path: Path) -> Path | None:
    """Return what says how labels are called: in the folder of a file, or the next one above."""
    above = (folder / LEGEND for folder in tuple(path.absolute().parents)[:_DEPTH])
    return next((one for one in above if one.is_file()), None)


def tagtog(row: Row, path: Path) -> Draft:
    """Return the article of a page with the labels that a file of tagtog has for it."""
    page, legend = page_of(path), legend_of(path)
    if page is None:
        pages = " or ".join(f"{_stem(path)}{one}" for one in _PAGES)
        raise Fault("", f"it holds labels of tagtog; the page with its text, {pages}, does not lie beside it")
    written = decode(read_bytes(page, TEXT_FILE_LIMIT)).text
    is_plain = page.suffix.lower() == _PLAIN
    text = _Text(written, {_WHOLE: 0}, {_WHOLE: written}) if is_plain else _text_of(written)
    names = {} if legend is None else first_record(legend)
    reading = _Reading({key: one for key, one in names.items() if isinstance(one, str)}, text)
    marks = reading.marks(row.values)
    url = next((key_of(one.get("url")) for one in objects_of(row.values, "sources") if one.get("url")), "")
    own = with_text(row, text.whole)
    own.values.update({"url": url} if url else {}, name=_stem(path))
    but = ("annotatable", "anncomplete", "entities", "metas", "relations", "sources")
    notes = [*dropped(reading.left_out), *([_NO_LEGEND] if legend is None else [])]
    return draft_of(own, path.name, "text", marks, but=but, notes=notes)


def _text_of(page: str) -> _Text:
    parser = _Page()
    try:
        parser.feed(page)
        parser.close()
    except AssertionError as error:  # what some versions of Python raise of "<![foo"
        raise Fault("", f"the page with its text cannot be read: {error}") from error
    told = {name: "".join(words) for name, words in parser.parts.items() if name}
    parts = {name: text for name, text in told.items() if text.strip()}
    begins = accumulate((len(one) + len(_BETWEEN) for one in parts.values()), initial=0)
    return _Text(_BETWEEN.join(parts.values()), dict(zip(parts, begins, strict=False)), parts)


class _Reading:
    """The labels of one file."""

    def __init__(self, names: Mapping[str, str], text: _Text) -> None:
        self._names, self._text = names, text
        self._keys: dict[tuple[str, str, int], str] = {}
        """Spans by part, label and first character, as relations name them."""
        self.left_out = Counter[str]()

    def marks(self, values: dict[str, Any]) -> Marks:
        """Return what a file says."""
        spans = [
            mark for at, one in enumerate(objects_of(values, "entities")) for mark in self._spans(one, at)
        ]
        frames = [*self._frames(values)]
        return Marks(spans, frames, [*self._labels(values.get("metas"))])

    def _spans(self, one: dict[str, Any], at: int) -> Iterator[SpanMark]:
        where, kind, part = f"entities[{at}]", key_of(one.get("classId")), key_of(one.get("part"))
        places, quotes = list[tuple[int, int]](), list[str]()
        for place in objects_of(one, "offsets", f"{where}."):
            start, quote = offset_of(place.get("start"), f"{where}.offsets"), text_of(place, "text")
            found = self._text.place(part, start, quote)
            places += [found] if found is not None else []
            quotes.append(quote)
            self._keys.setdefault((part, kind, start), where)
        if len(places) < len(quotes) or not places:
            self.left_out[_NOWHERE] += 1
            return
        said = {**self._said(one.get("fields")), **self._said(one.get("normalizations"))}
        label, covered = self._names.get(kind, kind), " ".join(quotes)
        for number, (by, proposal) in enumerate(_makers(one)):
            key = where if number == 0 else f"{where} ({number + 1})"
            yield SpanMark(key, label, tuple(places), covered, said, by=by, proposal=proposal)

    def _frames(self, values: dict[str, Any]) -> Iterator[FrameMark]:
        for at, one in enumerate(objects_of(values, "relations")):
            found = [_END.fullmatch(str(each)) for each in list_of(one, "entities", f"relations[{at}].")]
            ends = [self._keys.get((end[1], end[2], int(end[3])), "") for end in found if end]
            if len(ends) != 2 or not all(ends):
                self.left_out[_GONE] += 1
                continue
            # The legend has a name made at random, and the labels of the ends: e3x(e_1|e_2).
            label = "_".join(self._names.get(end[2], end[2]) for end in found if end)
            pair = (EndMark("from", ends[0]), EndMark("to", ends[1]))
            by, proposal = next(_makers(one))
            yield FrameMark(f"relations[{at}]", label, pair, by=by, proposal=proposal, is_ordered=True)

    def _labels(self, metas: object) -> Iterator[ArticleMark]:
        for kind, one in _fields(metas):
            value, name = one.get("value"), self._names.get(kind, kind)
            if value is True or (isinstance(value, str) and value):
                label = name if value is True else f"{name}: {value}"
                yield ArticleMark(label, by=next(_makers(one))[0])

    def _said(self, held: object) -> dict[str, str]:
        """Return what fields say of a span, or which thing elsewhere it is."""
        found = {}
        for kind, one in _fields(held):
            source = one.get("source")
            value = one.get("value", source.get("id") if isinstance(source, dict) else None)
            if value not in (None, ""):
                found[self._names.get(kind, kind)] = str(value)
        return found


def _fields(held: object) -> Iterator[tuple[str, dict[str, Any]]]:
    found = held if isinstance(held, dict) else {}
    return ((kind, one) for kind, one in found.items() if isinstance(one, dict))


def _makers(one: Mapping[str, Any]) -> Iterator[tuple[str, Proposal | None]]:
    """Yield who made a label, or the model that proposed it."""
    confidence = one.get("confidence")
    held = confidence if isinstance(confidence, dict) else {}
    who = [name for name in list_of(held, "who", "confidence.") if isinstance(name, str)]
    people = [name.removeprefix("user:") for name in who if not name.startswith(_MODEL)]
    if people or not who:
        yield from ((name, None) for name in people or [""])
        return
    sure = held.get("prob")
    score = float(sure) if isinstance(sure, int | float) and 0 <= sure <= 1 else 1.0
    yield "", Proposal(who[0].removeprefix(_MODEL) or "tagtog", score)
