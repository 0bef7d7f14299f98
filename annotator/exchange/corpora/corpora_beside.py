"""Reads tables of labels whose texts are files beside them, which their rows name or which stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from annotator.exchange.conll.tags import BARE_LABEL
from annotator.exchange.corpora.corpora_json import dropped
from annotator.exchange.encoding import decode
from annotator.exchange.files import (
    TEXT_FILE_LIMIT,
    is_there,
    read_bytes,
    read_start,
    shown,
    stamp_of,
    storable,
)
from annotator.exchange.record_faults import is_pair
from annotator.exchange.tables.cell_values import list_in
from annotator.exchange.tables.columns import plain_name
from annotator.exchange.tables.csv_lines import columns_of, open_csv
from annotator.exchange.tables.own_tables import own_kind
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Item, Note, Problem
from annotator.model.marks import EndMark, FrameMark, Marks, SpanMark

BARE, TABLES = (".labels", ".txt"), (".csv", ".tsv")
"""Endings of tables without names of columns, and of those with such."""
_LINE = re.compile(r"(\S{1,200}+)\t(?:([^\t\n]{1,200}+)\t)?([0-9]{1,9})\t([0-9]{1,9})\s*")
_LIMIT = 200_000_000
_FOLDERS, _FILES = 200, 100_000
_OF_TEXTS = re.compile(r"article|text|essay|docs?\b|document|raw|data", re.IGNORECASE)
"""What folders of texts are called, which lie beside that of labels."""
_START = re.compile(r"(.*)(?:start|begin)(?:offset|char|index)?")
_END = re.compile(r"(.*)(?:end|stop)(?:offset|char|index)?")
_LABEL = re.compile(r".*(?:type|label|tag|category|stance|technique|code)")
_QUOTES, _SPEAKER = "quotebytespans", "speaker"
"""Columns of the corpus of dialogues in novels (PDNC)."""
_LOOKED_AT, _FEW = 1000, 5
"""Rows that tell whether a table is such, and how many of them may be of no text that is there."""


@dataclass(slots=True)
class _Row:
    """What a row says of a text."""

    text: Path
    marks: Sequence[SpanMark]
    frames: Sequence[FrameMark] = ()


@lru_cache(maxsize=2 * _FOLDERS)
def _texts_in(folder: str, _stamp: tuple[int, ...]) -> dict[str, Path]:
    """Return the text files in a folder, by name."""
    try:
        files = [*islice(Path(folder).iterdir(), _FILES)]
    except OSError:
        return {}
    return {one.name: one for one in files if one.suffix.lower() == ".txt"}


def _folders_in(folder: Path) -> list[Path]:
    """Return the folders in one; none of one that may not be looked at."""
    try:
        return [one for one in islice(folder.iterdir(), _FILES) if one.is_dir()]
    except OSError:
        return []


class _Texts:
    """Text files beside a table: in its folder, in those inside of it, and in those of texts beside it."""

    def __init__(self, table: Path) -> None:
        self._table = table.absolute()
        parent = self._table.parent
        inner, outer = _folders_in(parent), _folders_in(parent.parent)
        named = [one for one in outer if _OF_TEXTS.search(one.name) and "label" not in one.name.lower()]
        folders = (parent, *sorted(inner)[:_FOLDERS], *sorted(named)[:_FOLDERS])
        self._names = [_texts_in(str(one), stamp_of(one)) for one in folders]

    def of(self, key: str) -> Path | None:
        """Return the text that a row names: by its file, with its folder or without, or by its number."""
        plain = key.strip()
        parts = Path(plain.replace("\\", "/")).parts
        if len(parts) > 1 and ".." not in parts and not Path(plain).is_absolute():
            found = self._table.parent.joinpath(*parts)
            if found.suffix.lower() == ".txt" and is_there(found):
                return found
        names = (plain, f"{plain}.txt", f"article{plain}.txt")
        stands = (texts[one] for texts in self._names for one in names if one in texts)
        return next((one for one in stands if one != self._table), None)

    def alone(self) -> Path | None:
        """Return the only text in the folder of the table."""
        found = [*self._names[0].values()]
        return found[0] if len(found) == 1 else None


def is_beside(path: Path) -> bool:
    """Tell whether a file holds labels, and the text that its first row is of lies beside it."""
    ending = path.suffix.lower()
    if ending in BARE:
        first = read_start(path).decode("utf-8", "replace").split("\n", 1)[0]
        found = _LINE.fullmatch(first)
        return found is not None and _Texts(path).of(found[1]) is not None
    columns = columns_of(path, ImportOptions()) if ending in TABLES else None
    if columns is None or own_kind(columns) or _columns(columns) is None:
        return False
    try:
        rows = [*islice(_named(path, ImportOptions(), _LOOKED_AT), _FEW)]
    except UserError:  # told where the file is read
        return False
    return any(isinstance(one, _Row) for one in rows)


def texts_of(path: Path, options: ImportOptions) -> tuple[Path, ...]:
    """Return the texts that are read with a file of labels."""
    try:
        return tuple(dict.fromkeys(one.text for one in _rows(path, options) if isinstance(one, _Row)))
    except UserError:  # told where the file is read
        return ()


def beside(path: Path, options: ImportOptions, known_as: Mapping[str, str]) -> Iterator[Item]:
    """Yield each text with its labels; what cannot be read, a row or a text, is a problem."""
    by_text: dict[Path, list[_Row]] = {}
    for found in _rows(path, options):
        if isinstance(found, _Row):
            by_text.setdefault(found.text, []).append(found)
        else:
            yield found
    for text, rows in by_text.items():
        try:
            told = decode(read_bytes(text, TEXT_FILE_LIMIT), options.encoding)
        except UserError as error:
            yield Problem(shown(text.name), str(error))
            continue
        spans = [one for row in rows for one in row.marks]
        frames = [one for row in rows for one in row.frames]
        marks = Marks(spans, frames, known_as=known_as)
        yield Draft(storable(text.name), told.text, notes=told.notes, marks=marks)


def _rows(path: Path, options: ImportOptions) -> Iterator[_Row | Problem | Note]:
    return _bare(path, options) if path.suffix.lower() in BARE else _named(path, options)


def _bare(path: Path, options: ImportOptions) -> Iterator[_Row | Problem]:
    """Yield rows of a number, a label, a start and an end, as those of propaganda techniques have them."""
    name, texts = shown(path.name), _Texts(path)
    lines = decode(read_bytes(path, _LIMIT), options.encoding).text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            expected = "it is no row of a text, a label, a start and an end, parted by tabs"
            yield Problem(name, expected, number)
            continue
        place = (int(found[3]), int(found[4]))
        mark = SpanMark(f"row {number}", (found[2] or BARE_LABEL).strip(), (place,), line=number)
        yield _with_text(texts.of(found[1]), mark, name, found[1])


def _with_text(text: Path | None, mark: SpanMark, name: str, key: str) -> _Row | Problem:
    if text is None:
        return Problem(name, f"the text {shown(key)} is not beside it", mark.line)
    return _Row(text, (mark,))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns say what; `texts` may name the text."""

    texts: Sequence[str]
    start: str
    end: str
    label: str
    words: str


def _columns(columns: Sequence[str]) -> _Columns | None:
    """Return the columns of places, and of what is beside them; None where there are none."""
    plain = {plain_name(one): one for one in reversed(columns)}
    if plain.keys() >= {_QUOTES, _SPEAKER}:
        return _Columns((), plain[_QUOTES], plain[_QUOTES], plain[_SPEAKER], "")
    starts = {found[1]: name for name in plain if (found := _START.fullmatch(name))}
    ends = {found[1]: name for name in plain if (found := _END.fullmatch(name))}
    stems = sorted(starts.keys() & ends.keys(), key=lambda one: [*plain].index(starts[one]))
    if not stems:
        return None
    stem = next((one for one in stems if "clean" in one), stems[0])
    labels = [name for name in plain if _LABEL.fullmatch(name)]
    texts = sorted(plain, key=lambda name: -len(_common(name, stem)))
    words = plain.get(f"{stem}text", "")
    left = [plain[one] for one in texts if one not in (starts[stem], ends[stem])]
    return _Columns(left, plain[starts[stem]], plain[ends[stem]], plain[labels[0]] if labels else "", words)


def _common(one: str, other: str) -> str:
    size = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))
    return one[:size]


def _named(path: Path, options: ImportOptions, most: int | None = None) -> Iterator[_Row | Problem | Note]:
    """Yield rows whose columns have names, of all or of the first ones."""
    table, name, texts = open_csv(path, options), shown(path.name), _Texts(path)
    uses = _columns(table.columns)
    if uses is None:
        return
    key, placeless = "", 0
    for found in islice(table.checked(name), most):
        if isinstance(found, Problem):
            yield found
            continue
        line, values = found
        if uses.start == uses.end:
            yield _quote(texts.alone(), values, uses, (name, line))
            continue
        key = key or next((one for one in uses.texts if texts.of(values[one]) is not None), "")
        try:
            place = (int(float(values[uses.start])), int(float(values[uses.end])))
        except (ValueError, OverflowError):
            placeless += 1
            continue
        label = values[uses.label].strip() if uses.label else BARE_LABEL
        mark = SpanMark(f"row {line}", label or BARE_LABEL, (place,), values.get(uses.words), line=line)
        yield _with_text(texts.of(values[key]) if key else None, mark, name, values.get(key, "of the row"))
    yield from (
        Note(name, note) for note in dropped({"rows without a place": placeless} if placeless else {})
    )


def _quote(
    text: Path | None, values: Mapping[str, str], uses: _Columns, where: tuple[str, int]
) -> _Row | Problem:
    """Return a quotation of a novel, in pieces, with its speaker."""
    name, line = where
    pieces = list_in(values[uses.start])
    are_places = isinstance(pieces, list) and all(map(is_pair, pieces))
    if text is None or not pieces or not are_places:
        reason = "it is no list of places" if text is not None else "there is no text beside it, or several"
        return Problem(name, reason, line, uses.start)
    mark = SpanMark(f"row {line}", "Content", tuple((one[0], one[1]) for one in pieces), line=line)
    speaker = values[uses.label].strip()
    ends = (EndMark("Content", mark.key), EndMark("implicit_source", speaker, "actor"))
    frame = FrameMark(f"frame {line}", "Attribution", ends[: 1 + bool(speaker)], line=line)
    return _Row(text, (mark,), (frame,))
