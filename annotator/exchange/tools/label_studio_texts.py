"""Finds the texts of a Label Studio task: plain fields, and paragraphs with who says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.exchange.json_records import stretch_of
from annotator.exchange.record_faults import Fault, kind_of, offset_of
from annotator.exchange.tables.columns import plain_name, text_column
from annotator.exchange.tools.label_studio_html import Page, page_of
from annotator.model.errors import UserError
from annotator.model.text import Utf16Map

TEXT = "text"
_NUMBER = re.compile(r"(?:.*[^A-Za-z])?id|.*I[dD]")
"""What fields are called that hold the number of a text, and none."""
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|/?data/upload/|data:)\S*"
    r"|[^\s/]*/\S*\.(?:png|jpe?g|gif|bmp|webp|tiff?|wav|mp3|ogg|flac|m4a|mp4|webm|avi|mov|pdf)",
    re.IGNORECASE,
)
_DIGITS = 9
_SPEAKERS = ("author", "speaker", "name", "role")
_SAYING = frozenset({"author", "speaker", "role"})
"""What tells a list of paragraphs, whatever the field with their words is called."""
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TaskText:
    """A text of a task; `paragraphs` say where each begins, and what it holds, if it is made of such."""

    text: str
    paragraphs: Sequence[tuple[int, str]] = ()
    page: Page | None = None
    """The page that it is the text of."""
    _units: dict[int, Utf16Map] = field(default_factory=dict, repr=False, compare=False)

    def place(self, value: Mapping[str, Any], where: str) -> tuple[tuple[Stretch, ...], str | None]:
        """Return where a region lies, and the words that it says it covers."""
        quote = value.get("text")
        words = quote if isinstance(quote, str) and quote else None
        if self.paragraphs:
            return self._of_paragraphs(value, where, words)
        if self.page is None:
            return (stretch_of(value, where),), words
        # It once wrote line breaks as two characters.
        words = words and words.replace("\\n", "\n")
        return (self.page.place(value, where, words),), words

    def _of_paragraphs(
        self, value: Mapping[str, Any], where: str, words: str | None
    ) -> tuple[tuple[Stretch, ...], str | None]:
        """Return a stretch in each paragraph, so that who says the next one is not covered."""
        first, last = (self._number(value, name, where) for name in ("start", "end"))
        start, end = stretch_of(value, where, ("startOffset", "endOffset"))
        begun, ended = self.paragraphs[first][1], self.paragraphs[last][1]
        if first == last:
            start, end = self._in_characters(first, start, end, words)
        if not (0 <= start <= len(begun) and 0 <= end <= len(ended)):
            raise Fault(where, f"{start} to {end} lies beyond its paragraphs")
        pieces = []
        for number, (at, said) in enumerate(self.paragraphs[first : last + 1], first):
            begin, stop = start if number == first else 0, end if number == last else len(said)
            if said[begin:stop].strip():
                pieces.append((at + begin, at + stop))
        if not pieces:
            raise Fault(where, "it covers no words")
        return tuple(pieces), words if first == last else None

    def _in_characters(self, number: int, start: int, end: int, words: str | None) -> Stretch:
        """Return positions as characters: what a browser counts are UTF-16 units, which its words tell."""
        said = self.paragraphs[number][1]
        if words is None or said[start:end] == words:
            return start, end
        units = self._units.get(number) or self._units.setdefault(number, Utf16Map(said))
        pair = (units.from_16(start), units.from_16(end))
        return pair if said[slice(*pair)] == words else (start, end)

    def _number(self, value: Mapping[str, Any], name: str, where: str) -> int:
        """Return the number of a paragraph, which is written as text."""
        found = value.get(name)
        number = (
            int(found)
            if isinstance(found, str) and found.isdecimal() and len(found) <= _DIGITS
            else offset_of(found, f"{where}.{name}")
        )
        if 0 <= number < len(self.paragraphs):
            return number
        raise Fault(f"{where}.{name}", f"there is no paragraph {number}; there are {len(self.paragraphs)}")


def texts_of(data: Mapping[str, Any], kind_of_place: type | None) -> dict[str, TaskText]:
    """Return the fields of a task that are texts, by name; addresses of files and pages are none.

    Where regions lie between two numbers (int) none is a page; between two paths (str) all are.
    """
    found: dict[str, TaskText] = {}
    for name, value in data.items():
        if isinstance(value, list) and (said := _paragraphs(value)):
            found[name] = said
        elif (
            isinstance(value, str)
            and value.strip()
            and not _ADDRESS.fullmatch(value.strip())
            and not _NUMBER.fullmatch(name)
        ):
            page = None if kind_of_place is int else page_of(value, is_page=kind_of_place is str)
            if page is None or page.text.strip():
                found[name] = TaskText(value if page is None else page.text, page=page)
    return found


def _paragraphs(values: Sequence[Any]) -> TaskText | None:
    if not (words := _words_in(values)):
        return None
    text, starts = "", []
    for one in values:
        speaker = next((one[name] for name in _SPEAKERS if isinstance(one.get(name), str)), "").strip()
        text += f"{speaker.removesuffix(':')}: " if speaker else ""
        starts.append((len(text), one[words]))
        text += f"{one[words]}\n"
    return TaskText(text, starts)


def _words_in(values: Sequence[Any]) -> str:
    """Return the field of paragraphs with their words: called text, else by most words beside who says it."""
    objects = [one for one in values if isinstance(one, dict)]
    if not objects or len(objects) < len(values):
        return ""
    sizes = {
        name: sum(len(one[name].split()) for one in objects)
        for name in objects[0]
        if all(isinstance(one.get(name), str) for one in objects)
    }
    if TEXT in sizes or sizes.keys().isdisjoint(_SAYING):
        return TEXT if TEXT in sizes else ""
    return max(sizes.keys() - {*_SPEAKERS}, key=lambda one: (sizes[one], one), default="")


def field_of(
    alike: Sequence[Mapping[str, Any]], texts: Mapping[str, TaskText], data: Mapping[str, Any], usual: str
) -> str:
    """Return the field of the text that results with one `to_name` are about; nothing if it is no text.

    They say so themselves, or their name does, or the words do that they cover.
    """
    source, name = alike[0].get("source"), alike[0].get("to_name")
    own = source.removeprefix("$") if isinstance(source, str) else name
    if isinstance(own, str) and own in data:
        return own if own in texts else ""
    like = [one for one in texts if isinstance(name, str) and plain_name(one) == plain_name(name)]
    fitting = [one for one in texts if all(_fits(texts[one], each) for each in alike)]
    for group in (like, {TEXT}.intersection(fitting), fitting):
        if len(group) == 1:
            return next(iter(group))
    return default_fields(texts, data, usual)[0]


def _fits(text: TaskText, result: Mapping[str, Any]) -> bool:
    """Tell whether the words that a result says it covers stand where it says."""
    value = result.get("value")
    if not isinstance(value, dict) or "start" not in value:
        return True
    try:
        pieces, words = text.place(value, "")
    except UserError:
        return False
    return words is None or " ".join(text.text[a:b] for a, b in pieces).split() == words.split()


def default_fields(texts: Mapping[str, TaskText], data: Mapping[str, Any], usual: str) -> list[str]:
    """Return the fields that are a task's texts where nothing is said of any; raises Fault without one.

    Where no name tells it, it is the `usual` one of the file, or else the longest.
    """
    if TEXT in texts or len(texts) == 1:
        return [TEXT if TEXT in texts else next(iter(texts))]
    numbered = _numbered(texts)
    if numbered:
        return numbered
    known = text_column([*texts])
    if known is None:
        known = max(texts, key=lambda one: (one == usual, len(texts[one].text)), default=None)
    if known is None:
        kinds = ", ".join(f"{name}: {kind_of(value)}" for name, value in data.items())
        raise Fault("data", f"there is no text in it ({kinds}): expected a field text")
    return [known]


def _numbered(names: Iterable[str]) -> list[str]:
    """Return names that differ in their last letter or digit alone, such as text1 and text2."""
    plain = {name: plain_name(name) for name in names}
    stems = {one[:-1] for one in plain.values()}
    is_row = len(plain) > 1 and len(stems) == 1 and "" not in stems
    return [*plain] if is_row else []
