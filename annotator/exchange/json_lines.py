"""Reads JSON one record per line, strictly: what Python's own reader lets pass is refused and named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from annotator.exchange.conll.conll_lines import TAG
from annotator.exchange.corpora.json_tables import records_of
from annotator.exchange.encoding import MARK, choose_encoding, decode, decoded_pieces
from annotator.exchange.files import (
    BUFFER,
    TABLE_LIMIT,
    cannot_read,
    file_size,
    read_bytes,
    read_start,
    shown,
)
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.exchange.tables.columns import are_prose
from annotator.model.errors import UserError
from annotator.model.formats import SAMPLE, Column, ImportOptions, Note, Nth, Preview, Problem

LINE_LIMIT = 64_000_000
"""Bytes of one record."""
_MANY_BLANKS = 1000
_PREVIEWED = 20
_TORN = 3
"""Lines without a record before the first one, at most, where that tells what a file is."""
_PAIR = re.compile(r'\[[ \t]*"(?:[^"\\]|\\.)*+(?:"\s*,\s*[\[{]|\Z)')

# What the JSON reader says, and what that means to a person.
_REASONS = (
    ("unexpected end of data", "the record is cut off: the file is incomplete; fetch it again"),
    ("unexpected content after document", "two records on one line (the second begins at column {})"),
    ("surrogate", "half a character (lone surrogate) at column {}"),
    ("depth limit", "it is nested too deep"),
    ("infinity", "a number is out of range at column {}"),
    ("not valid UTF-8", "it is not UTF-8; choose the file's encoding"),
)
_SIDES = 3
"""A text, what is said of it, and at most what it came with."""
_WORD_WITH_TAG = (("word", "token", "text"), ("tag", "ner", "ner_tag", "label", "bio"))
_NO_OBJECT = "it is not an object with named fields ({…})"
_OF_WORDS = (
    "it is a sentence as a list of words, as Stanza writes it; write CoNLL-U or CoNLL there, which keep names"
)
_AFTER_LIST = "the list of records ends before this, but the file goes on"


class Row(NamedTuple):
    """One record: its line (its number in an array), its bytes (empty there) and what it says."""

    line: int
    raw: bytes
    values: dict[str, Any]


class _TwinKeys(ValueError):
    """A key that stands twice in one object."""


def read_rows(
    path: Path, options: ImportOptions, *, has_pairs: bool = False
) -> Iterator[Row | Note | Problem]:
    """Yield the records of a file, a problem for each line that holds none, and notes.

    With `has_pairs`, a record may be a text and what is said of it, side by side.  An object that is a table
    gives its rows.  Raises UserError when the file is no text of records at all.
    """
    is_first = True
    for found in _read_rows(path, options, has_pairs=has_pairs):
        table = records_of(found.values) if is_first and isinstance(found, Row) else None
        is_first = is_first and not isinstance(found, Row)
        if table is None:
            yield found
        else:
            yield from (Row(Nth(number), b"", one) for number, one in enumerate(table, 1))


def _read_rows(path: Path, options: ImportOptions, *, has_pairs: bool) -> Iterator[Row | Note | Problem]:
    name = shown(path.name)
    start = read_start(path)
    file_size(path, TABLE_LIMIT)
    refuse_other_kinds(start)
    encoding, notes = choose_encoding(start, options.encoding)
    yield from (Note(name, note) for note in notes)
    if encoding == "utf-8" and start.startswith(MARK.encode()):
        yield Note(name, "leading byte-order mark dropped")
    head = start.decode(encoding, "replace").lstrip(MARK + " \t\r\n")
    # With pairs, each may be on a line of its own, and then they are no list together.
    if head.startswith("[") and not (has_pairs and _PAIR.match(head)):
        if encoding == "utf-8" and _is_by_lines(path, has_pairs):
            yield from _array_by_lines(path, name, has_pairs)
        else:
            yield from _array(path, encoding, name, has_pairs)
        return
    if head.split("\n", 1)[0].strip() == "{":
        yield from _spread(path, encoding, name)
        return
    blanks = 0
    for line, raw in enumerate(_lines(path, encoding), 1):
        if not raw.strip():
            blanks += 1
            continue
        _refuse_bare_carriage(raw)
        yield _row(line, raw, name, has_pairs=has_pairs)
    if blanks > _MANY_BLANKS:
        yield Note(name, f"{blanks:,} blank lines skipped")


def first_record(path: Path, *, has_pairs: bool = False) -> Mapping[str, Any]:
    """Return the first record of a file as far as it can be read, else an empty one."""
    return next((row.values for row in first_rows(path, has_pairs=has_pairs)), {})


def first_rows(path: Path, *, has_pairs: bool = False) -> Iterator[Row]:
    """Yield records of a file until more than a few lines hold none."""
    torn = 0
    try:
        for found in read_rows(path, ImportOptions(), has_pairs=has_pairs):
            if isinstance(found, Row):
                yield found
            elif isinstance(found, Problem) and (torn := torn + 1) > _TORN:
                return
    except UserError:
        return


def preview_records(
    path: Path,
    options: ImportOptions,
    uses: Mapping[str, str] | None = None,
    *,
    has_pairs: bool = False,
    rows: Iterable[Row | Note | Problem] | None = None,
) -> Preview:
    """Return the fields of the first records with what they are used for, and how many records there are.

    Without `uses` the format itself knows its fields, and there is nothing to choose; `rows` are the records
    of a file that is not JSON.
    """
    examples: dict[str, list[str]] = {}
    count, sample = 0, ""
    for found in read_rows(path, options, has_pairs=has_pairs) if rows is None else rows:
        if not isinstance(found, Row):
            continue
        count += 1
        if count <= _PREVIEWED:
            for field, value in found.values.items():
                said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                examples.setdefault(field, []).append(said)
            used_as_text = (one for one, use in (uses or {}).items() if use == "text")
            text = found.values.get(next(used_as_text, "text"))
            shown_as = text if isinstance(text, str) else json.dumps(found.values, ensure_ascii=False)
            sample = sample or shown_as[:SAMPLE]
    columns = tuple(
        Column(field, uses.get(field, "skip"), tuple(value[:80] for value in values[:3]))
        for field, values in examples.items()
        if uses is not None
    )
    encoding, _notes = choose_encoding(read_start(path), options.encoding)
    return Preview(columns, count, encoding, sample)


def twin_key(raw: bytes, values: object) -> str:
    """Return a key that stands twice in one object of valid JSON, or nothing; `values` were read from it.

    Written again, most files come out the same byte for byte, and then nothing was lost in reading.
    Else every key's closing quote stands before a colon: as many of these as keys means no twins.
    """
    if _again(values) == raw:
        return ""
    is_plain = b'" :' not in raw and b"\t" not in raw and b"\r" not in raw
    if is_plain and raw.count(b'":') == _count_keys(values):
        return ""
    try:
        json.loads(raw, object_pairs_hook=_refuse_twins)
    except _TwinKeys as twin:
        return str(twin)
    except (RecursionError, ValueError):
        return ""
    return ""


def _again(values: object) -> bytes:
    try:
        return orjson.dumps(values)
    except TypeError:
        # Nested deeper than it writes, but not than it reads.
        return b""


def _count_keys(value: object) -> int:
    count, left = 0, [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            count += len(one)
            left += one.values()
        elif isinstance(one, list):
            left += one
    return count


def _row(line: int, raw: bytes, name: str, *, has_pairs: bool = False) -> Row | Problem:
    try:
        values = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return Problem(name, _reason(error, raw), line)
    values = _meant(values, has_pairs)
    if not isinstance(values, dict):
        return Problem(name, "the line is not an object with named fields ({…})", line)
    return Row(line, raw.strip(), values)


def _lines(path: Path, encoding: str) -> Iterator[bytes]:
    """Yield lines as UTF-8, split at LF alone."""
    if encoding != "utf-8":
        yield from _recoded_lines(path, encoding)
        return
    try:
        with path.open("rb", BUFFER) as file:
            is_first = True
            while line := file.readline(LINE_LIMIT + 1):
                if len(line) > LINE_LIMIT:
                    raise UserError(
                        "a line is longer than {limit:,} bytes; one record may not be so large",
                        limit=LINE_LIMIT,
                    )
                yield line.removeprefix(MARK.encode()) if is_first else line
                is_first = False
    except OSError as error:
        raise cannot_read(error) from error


def _recoded_lines(path: Path, encoding: str) -> Iterator[bytes]:
    rest, is_first = "", True
    for piece in decoded_pieces(path, encoding):
        *lines, rest = (rest + (piece.removeprefix(MARK) if is_first else piece)).split("\n")
        is_first = False
        for line in lines:
            yield line.encode("utf-8", "surrogatepass")
        if len(rest) > LINE_LIMIT:
            raise UserError(
                "a line is longer than {limit:,} characters; one record may not be so large",
                limit=LINE_LIMIT,
            )
    if rest:
        yield rest.encode("utf-8", "surrogatepass")


def _meant(value: Any, has_pairs: bool) -> Any:
    """Return a value as the record that it stands for, if it is none itself."""
    return of_words(of_pair(value) if has_pairs else value)


def of_pair(value: Any) -> Any:
    """Return a text and what is said of it as one record, where they stand side by side."""
    if not isinstance(value, list) or not 1 < len(value) <= _SIDES:
        return value
    text, *said = value
    if isinstance(text, str) and all(isinstance(one, dict) for one in said):
        return {**said[-1], **said[0], "text": text}
    if isinstance(text, str) and len(said) == 1 and _are_triples(said[0]):
        return {"text": text, "entities": said[0]}
    return value


def _are_triples(value: Any) -> bool:
    is_list = isinstance(value, list) and bool(value)
    return is_list and all(isinstance(one, list) and [*map(type, one)] == [int, int, str] for one in value)


def of_words(value: Any) -> Any:
    """Return a sentence that is a list of words, each with its tag, as a record of words and tags."""
    if not isinstance(value, list) or not value:
        return value
    rows = [[*one.values()] if isinstance(one, dict) else one for one in value]
    names = [str(one).lower() for one in value[0]] if isinstance(value[0], dict) else []
    if not all(isinstance(one, list) and len(one) == len(rows[0]) > 1 for one in rows):
        return value
    columns = [*map(list, zip(*rows, strict=True))]
    word, tag = (next((names.index(one) for one in some if one in names), -1) for some in _WORD_WITH_TAG)
    word = word if names else 0
    if word < 0 or {*map(type, (*columns[word], *columns[tag]))} != {str}:
        return value
    if word == tag or not all(map(TAG.fullmatch, columns[tag])):
        return value
    others = {
        f"column {at + 1}": one for at, one in enumerate(columns) if at not in (word, tag % len(columns))
    }
    return {"tokens": columns[word], "tags": columns[tag], **others}


def _spread(path: Path, encoding: str, name: str) -> Iterator[Row | Problem]:
    """Yield records that go over several lines, each to the line that closes it."""
    lines: list[bytes] = []
    size = number = 0
    for number, line in enumerate(_lines(path, encoding), 1):
        lines.append(line)
        size += len(line)
        is_closed = line.startswith(b"}") and line.strip() in (b"}", b"},")
        if is_closed or size > LINE_LIMIT:
            yield _row(number + 1 - len(lines), b"".join(lines).strip().removesuffix(b","), name)
            lines, size = [], 0
    if b"".join(lines).strip():
        yield _row(number + 1 - len(lines), b"".join(lines), name)


def _is_by_lines(path: Path, has_pairs: bool) -> bool:
    """Tell whether a list of records has each on a line of its own, by the first one."""
    first, second, *_ = (*(line.strip() for line in islice(_lines(path, "utf-8"), 2)), b"", b"")
    try:
        one = orjson.loads(second.removesuffix(b",")) if first == b"[" else None
        return isinstance(_meant(one, has_pairs), dict)
    except orjson.JSONDecodeError:
        return False


def _array_by_lines(path: Path, name: str, has_pairs: bool) -> Iterator[Row | Problem]:
    """Yield the records of a list of any length, as such a list is written by most programs, and by ours."""
    count, line, is_closed = 0, 0, False
    for line, raw in enumerate(_lines(path, "utf-8"), 1):
        plain = raw.strip().removesuffix(b",").rstrip()
        if line == 1 or not plain:
            continue
        is_closed = plain == b"]"
        if is_closed:
            continue
        count += 1
        found = _row(line, plain, name, has_pairs=has_pairs)
        if isinstance(found, Row):
            if twin := twin_key(plain, found.values):
                raise _twice(twin)
            found = Row(Nth(count), b"", found.values)
        yield found
    if not is_closed:
        yield Problem(name, "the list of records has no end: the file is incomplete; fetch it again", line)


def _twice(key: str) -> UserError:
    return UserError("the field {key!r} stands twice in one record; which one holds?", key=key)


def _array(path: Path, encoding: str, name: str, has_pairs: bool) -> Iterator[Row | Problem]:
    raw = decode(read_bytes(path, LINE_LIMIT), encoding).text.removeprefix(MARK)
    try:
        values = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        line = raw.count("\n", 0, error.pos) + 1
        is_over = str(error.msg).startswith("unexpected content")
        yield Problem(name, _AFTER_LIST if is_over else _reason(error, raw.encode()), line)
        return
    if twin := twin_key(raw.encode(), values):
        raise _twice(twin)
    if has_pairs and are_prose(values):
        values = [{"text": one} if isinstance(one, str) else one for one in values]
    for count, one in enumerate((_meant(one, has_pairs) for one in values), 1):
        if isinstance(one, dict):
            yield Row(Nth(count), b"", one)
        else:
            yield Problem(name, _OF_WORDS if _is_of_words(one) else _NO_OBJECT, Nth(count))


def _is_of_words(one: object) -> bool:
    """Tell whether a record is a sentence as Stanza writes it: a list of words, and where they stand."""
    return isinstance(one, list) and bool(one) and isinstance(one[0], dict) and "start_char" in one[0]


def _refuse_bare_carriage(raw: bytes) -> None:
    if b"\r" in raw and b"}\r{" in raw.replace(b"\r\n", b""):
        raise UserError("its lines end in CR only; save it with LF (or CR LF) line ends and import it again")


def _reason(error: orjson.JSONDecodeError, raw: bytes) -> str:
    what = str(error.msg).rsplit(": line ", 1)[0]
    if error.pos >= len(raw.rstrip()) and not raw.endswith(b"\n"):
        what = "unexpected end of data"
    for sign, reason in _REASONS:
        if sign in what:
            return reason.format(error.colno)
    return f"not valid JSON at column {error.colno}: {what}"


def _refuse_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise _TwinKeys(next(one for one in names if names.count(one) > 1))
    return found
