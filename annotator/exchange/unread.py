"""Tells which fields of a file came in nowhere: what stands in them is looked for in all that was read."""

from __future__ import annotations

import marshal
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from annotator.exchange.articles.posts import posted_day
from annotator.exchange.files import shown
from annotator.exchange.tables.cell_values import LABEL_MARK, list_in
from annotator.exchange.tables.columns import plain_name, plain_words
from annotator.model.blocks import find_day
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Item, Note, Packed, Problem
from annotator.model.marks import Marks
from annotator.model.tokens import NO_BLANKS

Value = tuple[str, str]
"""The name of a field, and one value that stands in it."""
Fields = Callable[[Path, ImportOptions], Iterable[Value]]
"""Returns the fields of the first records of a file, as they stand there."""
SAMPLED, _VALUES = 50, 5_000
"""Records whose fields are looked at, and values of them."""
_READ = 60_000
"""Characters of values that are looked at: what was read of these has to be among that which is kept."""
_TAKEN, _LARGEST = 2_000, 4 * _READ
"""Articles in which these are looked for, and characters of them."""
_SCANNED = 1_000_000_000
"""Characters that are gone through for values that are nowhere: a third of a second."""
_FEW = 0.1
"""The share of values that may be missing, such as those of a record that was refused."""
_SHOWN, _DEEPEST = 12, 12
_WITHIN = 4
"""Letters of a value that may be a part of what was read; a shorter one has to be a word of it."""
_ELEMENT = re.compile("<[^<>]*>")
_TAG = re.compile(r"[BIESLU]-(?=\S)")
_APART, _SECONDS = re.compile(r"[;,|]"), re.compile(r"1\d{9}(?:\d{3})?")
_COMPACT = re.compile(r"^([12]\d{3})(\d\d)(\d\d)(?=T|$)")
"""A day as news agencies write it."""
_NOTHING = frozenset({"", "o", "none", "null", "nan", "accept", "reject", "ignore"})
"""What says nothing, or no more than that the record holds."""
_OF_TOOLS = frozenset({"color", "direction", "from_name", "to_name"})
"""Fields that say how a tool works, and nothing of its labels; so do those that begin with a stroke."""
_KINDS = (
    *(".result.type", ".result.id", ".result.origin", "view_id", "versions.sessions"),
    *("arc.head", "arc.child"),
)
"""How fields end that say what a label is of, or where it was made, in words of a tool."""
_WITHOUT_TEXT = re.compile(r"([\d,]+) (?:row|document)s? without text left out")
_MAPPED = frozenset({"relations", "spans"})
"""Fields of labels that are told of by name, where they are left out."""
UNREAD = "fields that came in nowhere, with their values: {}"


def told(items: Iterable[Item], path: Path, options: ImportOptions, fields: Fields) -> Iterator[Item]:
    """Yield what was read of a file, and last a note on the fields that are nowhere in it."""
    held = _Held()
    for item in items:
        held.take(item)
        yield item
    if not held.articles:
        return
    try:
        values = [*_first(fields(path, options))]
    except UserError:
        return  # whoever reads the file has said why
    if missing := held.missing(values, options):
        yield Note(shown(path.name), UNREAD.format(", ".join(missing)))


def _first(values: Iterable[Value]) -> Iterator[Value]:
    """Yield values until they are many, or long."""
    length = 0
    for one in islice(values, _VALUES):
        yield one
        length += len(one[1])
        if length >= _READ:
            return


def leaves(value: Any, name: str = "", depth: int = _DEEPEST, *, is_placed: bool = False) -> Iterator[Value]:
    """Yield the values of a record with the names that lead to them; numbers in lists are places."""
    if isinstance(value, dict):
        is_keyed = len(value) > 1 and (all(one.isdecimal() for one in value) or _are_alike([*value.values()]))
        for key, one in value.items() if depth else ():
            inner = name if is_keyed else f"{name}.{key}" if name else key
            yield from leaves(one, inner, depth - 1, is_placed=is_placed)
    elif isinstance(value, list):
        for one in value if depth else ():
            yield from leaves(one, name, depth - 1, is_placed=True)
    elif isinstance(value, str):
        yield name, value
    elif isinstance(value, int | float) and not is_placed:
        yield name, str(value).lower()


def _are_alike(values: list[Any]) -> bool:
    """Tell whether values are records with the same fields, as those that stand under their ids."""
    names = [one.keys() for one in values if isinstance(one, dict)]
    return len(names) == len(values) > 1 and bool(names[0]) and all(one == names[0] for one in names)


@dataclass(slots=True)
class _Held:
    """All that was read of a file, as it is compared: small letters and digits alone."""

    articles: int = 0
    size: int = 0
    faults: int = 0
    """Records among the first that were refused."""
    others: int = 0
    """Articles that are not kept."""
    textless: int = 0
    """Records that were left out, as they have no text."""
    is_packed: bool = False
    """Whether labels were brought into the words of the scheme already."""
    taken: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """What was told already."""

    def take(self, item: Item) -> None:
        """Take in what an article has, as long as that is not too much."""
        if isinstance(item, Note):
            self.said.append(item.text)
            if without := _WITHOUT_TEXT.fullmatch(item.text):
                self.textless += int(without[1].replace(",", ""))
        elif isinstance(item, Problem):
            self.faults += self.articles + self.faults < SAMPLED
            self.said.append(f"{item.field} {item.reason}")
        elif self.articles >= _TAKEN or self.size >= _LARGEST:
            self.others += 1
        elif isinstance(item, Draft):
            self.articles += 1
            self.said += item.notes
            self._take_text(item.text)
            self._take(item.name, item.title, item.language, item.key, *item.meta, *item.meta.values())
            if item.marks is not None:
                self._take_marks(item.marks)
        elif isinstance(item, Packed):
            self.articles += 1
            self.is_packed = True
            self._take(*_written_in(marshal.loads(item.data)))  # noqa: S302 - packed a moment ago
            self._take(item.name, item.name.rpartition(":")[2])

    def _take_text(self, text: str) -> None:
        words = plain_words(text)
        self.size += len(text)
        self.texts.append("".join(words))
        self.words.update(words)

    def _take(self, *values: str) -> None:
        for one in values:
            if one in self.taken:
                continue
            self.taken.add(one)
            plain = plain_name(one)
            self.size += len(plain)
            self.whole.add(plain)
            self.texts.append(plain)
            self.words.update(map(plain_name, one.split()))

    def _take_marks(self, marks: Marks) -> None:
        self._take(*marks.done, *marks.adjudicators)
        for span in marks.spans:
            self._take(span.key, span.label, span.note, span.by, span.actor, span.claim_card)
            self._take(*span.attributes, *span.attributes.values())
            self.whole.update(str(at) for place in span.fragments for at in place)
            if span.proposal is not None:
                self._take(span.proposal.suggester, span.proposal.state)
        for label in marks.labels:
            self._take(label.label, label.note, label.by, *label.attributes, *label.attributes.values())
        for frame in marks.frames:
            self._take(frame.label, frame.note, frame.by, *frame.attributes, *frame.attributes.values())
            self._take(frame.key, *(said for end in frame.ends for said in (end.role, end.key)))

    def missing(self, values: Iterable[Value], options: ImportOptions) -> list[str]:
        """Return the fields of which some values are nowhere, with how many, as they are told."""
        blob = "\n".join([*self.texts, *map(plain_name, self.said)])
        left = 1 + _SCANNED // (1 + len(blob))
        counts, gone = Counter[str](), Counter[str]()
        for name, value in values:
            if self._is_passed_over(name, options) or plain_name(value) in _NOTHING:
                continue
            counts[name] += 1
            is_gone = not (self._is_class(name, value) or self._has(value, blob))
            gone[name] += is_gone
            left -= is_gone
            if not left:
                break
        said = " ".join(self.said)
        missing = {
            name: count
            for name, count in gone.items()
            if self._is_told(count, counts[name]) and not _is_named(name, said)
        }
        listed = [f"{shown(name)} ({count:,})" for name, count in _together(missing, counts).items()]
        more = len(listed) - _SHOWN
        return [*listed[:_SHOWN], *([f"and {more:,} more"] if more > 0 else [])]

    def _is_told(self, gone: int, count: int) -> bool:
        """Tell whether all values are nowhere, or more than were in records that gave nothing."""
        every = self.articles + self.others + self.faults + self.textless
        records = min(SAMPLED, every)
        refused = self.faults + self.textless * records / every
        return gone == count or gone > _FEW * count + refused * max(1, count / records)

    def _is_passed_over(self, name: str, options: ImportOptions) -> bool:
        """Tell whether a field is chosen to be left out, says how a tool works, or is told of elsewhere."""
        outer, _, inner = name.partition(".")
        last = inner.rpartition(".")[2] or outer
        is_of_tool = name.startswith("_") or last in _OF_TOOLS or name.endswith(_KINDS)
        return is_of_tool or options.columns.get(name) == "skip" or (self.is_packed and outer in _MAPPED)

    def _is_class(self, name: str, value: str) -> bool:
        """Tell whether a field has the name of a label and says how sure that one is, or that it is none."""
        if value in ("0", "0.0") and "." in name:
            return True
        is_sure = value == "true" or value.replace(".", "").isdecimal()
        return is_sure and plain_name(name.rpartition(".")[2]) in self.whole

    def _has(self, value: str, blob: str) -> bool:
        plain = plain_name(value)
        is_long = len(plain) >= _WITHIN or bool(NO_BLANKS.search(plain))
        if plain in self.whole or plain in self.words or (is_long and plain in blob):
            return True
        if (bare := _ELEMENT.sub(" ", value).replace("<", " ").replace(LABEL_MARK, ";")) != value:
            return self._has(bare, blob)
        if found := _TAG.match(value):
            return plain_name(value[found.end() :]) in self.whole
        if value[:1] in "[{(":
            inner = [one for _, one in leaves(list_in(value))]
            return bool(inner) and all(plain_name(one) in _NOTHING or self._has(one, blob) for one in inner)
        if (day := _day(value)) and plain_name(day) in self.whole:
            return True
        parts = _APART.split(value)
        return len(parts) > 1 and all(
            plain_name(one) in self.whole or plain_name(one) in blob for one in parts if plain_name(one)
        )


def _written_in(packed: object) -> Iterator[str]:
    """Yield what is written in an article that was packed."""
    if isinstance(packed, str):
        yield packed
    elif isinstance(packed, dict):
        yield from _written_in([*packed, *packed.values()])
    elif isinstance(packed, tuple | list):
        for one in packed:
            yield from _written_in(one)


def _day(value: str) -> str:
    """Return the day that a value says, also one counted in seconds or thousandths of them."""
    if _SECONDS.fullmatch(value):
        return datetime.fromtimestamp(int(value[:10]), UTC).date().isoformat()
    return find_day(_COMPACT.sub(r"\1-\2-\3", value)) or posted_day(value)


def _is_named(name: str, said: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", said) for one in (name, *name.split(".")))


def _together(missing: Mapping[str, int], counts: Mapping[str, int]) -> Mapping[str, int]:
    """Return fields with how many values are missing; those of one object together where all are."""
    found = dict[str, int]()
    for name, count in missing.items():
        names = name.split(".")
        outer = [".".join(names[:at]) for at in range(1, len(names))]
        whole = next((one for one in outer if _is_gone(one, missing, counts)), name)
        found[whole] = found.get(whole, 0) + count
    return found


def _is_gone(outer: str, missing: Mapping[str, int], counts: Mapping[str, int]) -> bool:
    return all(missing.get(name) == count for name, count in counts.items() if name.startswith(f"{outer}."))
