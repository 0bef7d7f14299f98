"""Makes an article with its marks of a text and the standoff beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from annotator.exchange.brat.brat_conf import MEMBER, PAIR_ENDS, read_conf, read_visual
from annotator.exchange.brat.brat_lines import (
    Lines,
    Linked,
    Said,
    TextBound,
    joined,
    read_lines,
    rename,
    without_number,
)
from annotator.exchange.brat.brat_names import NO_SOURCE
from annotator.exchange.encoding import ENDS_ONCE, ENDS_TWICE, MARK, decode
from annotator.exchange.files import TEXT_FILE_LIMIT, read_bytes, shown, stamp_of, storable
from annotator.exchange.whose import AS_NAMED, BY_NAME, WHOSE_STANDOFF, whose
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Item, Note, Problem
from annotator.model.marks import EndMark, FrameMark, Marks, SpanMark
from annotator.model.said import say
from annotator.model.scheme import Label, Role, Scheme

TRIGGER = "trigger"
TRIGGER_LABEL = "TRIGGER"
NOTE = "AnnotatorNotes"
_LOOSELY = "{n} line(s) have blanks where brat has tabs, or tabs for blanks, and were read all the same"
_AS_NAMED = "labels in files that end in _{by}.ann, with a text of the name before it, are by {by}"
_NO_MARK = "its places do not count the byte-order mark before the text, and were read so"
_A_MARK = "its places count a byte-order mark that the text has not, and were read so"
_AND = "; "
_END = re.compile("\r\n")
_DEPTH = 5
"""So many folders are looked into for a configuration: that of the file, and those above it."""
_FILES = 100_000
"""So many files of a folder are looked at for a text whose name has other capitals."""
CONF = "annotation.conf"
PAIR = (".a1", ".a2")
"""Of BioNLP's shared tasks: names in one file, events in the other. Lines are counted on."""
Pieces = tuple[tuple[int, int], ...]
_TEXT_FOLDERS = ("text", "txt")
# PolNeAR's names, where the scheme has attributions.
_POLNEAR = {
    "Content": "CLAIM",
    "Source": "SOURCE",
    "Cue": "CUE",
    "Attribution": "ATTRIBUTION",
    NO_SOURCE: "ATTRIBUTION",
}
_ATTRIBUTIONS = ("Attribution", NO_SOURCE)


def standoff_of(path: Path) -> tuple[Path, ...]:
    """Return the standoff of a file: itself, or what lies beside a text; of a pair both."""
    whole = path.with_suffix(".ann")
    if path.suffix.lower() == ".txt" and not whole.is_file():
        path = path.with_suffix(PAIR[0])
    if path.suffix.lower() in PAIR:
        return tuple(one for one in map(path.with_suffix, PAIR) if one.is_file()) or (whole,)
    return (whole if path.suffix.lower() == ".txt" else path,)


def text_of(path: Path, options: ImportOptions) -> tuple[Path | None, str]:
    """Return the text that a file of standoff belongs to, and the annotator that its name or folder says.

    Unless whose the labels are is chosen: of text_NAME.ann that has no text of its own, NAME's.
    """
    chosen = options.chosen.get(WHOSE_STANDOFF.name, AS_NAMED)
    own = _beside(path, path.stem) if chosen != BY_NAME else None
    stem, _, by = path.stem.rpartition("_")
    if own is None and stem and chosen in (BY_NAME, AS_NAMED):
        return _beside(path, stem), by
    return own or _beside(path, path.stem), whose(path, options)


def _beside(path: Path, stem: str) -> Path | None:
    own = path.with_name(f"{stem}.txt")
    if own.is_file():  # as nearly always
        return own
    above = path.parent.parent
    folders = (above, *(above / name for name in _TEXT_FOLDERS))
    exact = next((one for folder in folders if (one := folder / own.name).is_file()), None)
    return exact or _texts_in(str(path.parent), stamp_of(path.parent)).get(own.name.casefold())


@lru_cache(maxsize=8)
def _texts_in(folder: str, _stamp: tuple[int, ...]) -> dict[str, Path | None]:
    """Return the texts in a folder by their names in small letters; None where two have the same one."""
    found: dict[str, Path | None] = {}
    for one in islice(Path(folder).iterdir(), _FILES):
        if one.suffix.lower() == ".txt":
            found[one.name.casefold()] = None if one.name.casefold() in found else one
    return found


def conf_of(path: Path) -> Path | None:
    """Return the configuration of a file: as in brat, that of its folder, or of the next one above."""
    above = (folder / CONF for folder in islice(path.absolute().parents, _DEPTH))
    return next((one for one in above if one.is_file()), None)


def read_article(path: Path, options: ImportOptions) -> Iterator[Item]:
    """Yield the article with its marks, and what cannot be read of them; raises UserError without a text."""
    files = standoff_of(path)
    name = " + ".join(shown(one.name) for one in files)
    text_path, by = text_of(path, options)
    if text_path is None:
        raise UserError(_no_text(path))
    if by and options.chosen.get(WHOSE_STANDOFF.name, AS_NAMED) == AS_NAMED:
        yield Note("", say(_AS_NAMED, by=by))
    raw = decode(read_bytes(text_path, TEXT_FILE_LIMIT), options.encoding)
    lines = read_lines("\n".join(_standoff(one, options) for one in files))
    text, counted = _counted([*lines.words.values()], raw.text)
    yield from (Note(name, one) for one in counted)
    yield from _mended(lines, text, name)
    yield from (Problem(name, reason, line, key) for line, key, reason in lines.faults)
    if lines.loose:
        yield Note(name, say(_LOOSELY, len(lines.loose)), lines.loose[0])
    conf, declared = conf_of(path), tuple[Label, ...]()
    if conf is not None:
        declared = read_conf(conf)
        rename(lines, *read_visual(conf))
    reading = _Reading(lines, by, options.scheme)
    marks = Marks(
        reading.spans(),
        reading.frames(),
        known_as=reading.known_as,
        declared=(*declared, *_pairs(lines)),
    )
    yield from (Problem(name, reason, line, key) for line, key, reason in reading.faults)
    yield from (Note(name, text, line) for line, text in reading.notes())
    own = storable(text_path.name)
    yield Draft(own, text, notes=raw.notes, key=own, marks=marks)


def _standoff(path: Path, options: ImportOptions) -> str:
    return decode(read_bytes(path, TEXT_FILE_LIMIT) or b"\n", options.encoding).text.removesuffix("\n")


def _counted(words: Sequence[TextBound], text: str) -> tuple[str, Sequence[str]]:
    """Return a text whose characters are counted as the words are, and what is said of that."""
    notes: tuple[str, ...] = ()
    if _standing(words, text) < len(words):
        readings = _readings(text)
        best = max(readings, key=lambda one: _standing(words, one))
        notes = readings[best]
        if best != text:
            text = best.removeprefix(MARK).replace("\r\n", "\n")
            plain = partial(_in_plain, best.startswith(MARK), [one.start() for one in _END.finditer(best)])
            for one in words:
                one.pieces = tuple((plain(start), plain(end)) for start, end in one.pieces)
    for one in words:
        one.pieces = joined(one.pieces, text)
    return text, notes


def _readings(text: str) -> dict[str, tuple[str, ...]]:
    """Return a text as it may have been when it was labelled, and what is said of each; itself first."""
    found: dict[str, tuple[str, ...]] = {text: ()}
    bare = text.removeprefix(MARK)
    once = bare.replace("\r\n", "\n")
    without, within = ([_NO_MARK], []) if bare != text else ([], [_A_MARK])
    for one, ends in ((bare, ()), (once, (ENDS_ONCE,)), (once.replace("\n", "\r\n"), (ENDS_TWICE,))):
        found.setdefault(one, (*ends, *without))
        found.setdefault(MARK + one, (*ends, *within))
    return found


def _in_plain(before: int, ends: Sequence[int], at: int) -> int:
    """Return a place as it is without what stands `before`, and with LF for each CR LF of those at `ends`."""
    return at - before - bisect_left(ends, at - 1)


def _standing(words: Sequence[TextBound], text: str) -> int:
    """Count the words that stand in a text where the lines say."""
    return sum(one.quote == _covered(one.pieces, text) for one in words)


def _covered(pieces: Pieces, text: str) -> str:
    if len(pieces) == 1:
        return text[pieces[0][0] : pieces[0][1]]
    return " ".join(text[start:end] for start, end in pieces)


def _no_text(path: Path) -> str:
    reason = (
        f"there is no text {shown(path.stem)}.txt beside it, nor above its folder, "
        f"nor in a folder {' or '.join(_TEXT_FOLDERS)} there"
    )
    stem, _, by = path.stem.rpartition("_")
    if stem and _beside(path, stem):
        reason += (
            f"; but there is {shown(stem)}.txt: if {by!r} is the annotator's name,"
            f" choose so (option {WHOSE_STANDOFF.name}={BY_NAME})"
        )
    return reason


def _mended(lines: Lines, raw: str, name: str) -> Iterator[Item]:
    """Put torn lines together where the article has the whole of it; what is no part of one is a problem."""
    for one in (word for word in lines.words.values() if word.torn):
        torn = [(number, text) for number, text in one.torn if text.strip()]
        if not torn:
            continue
        number, _ = torn[0]
        covered = _covered(one.pieces, raw)
        whole = "\n".join([one.quote or "", *(text for _, text in one.torn)])
        if covered.split() == whole.split():
            one.quote = whole
            yield Note(
                name, f"the line is torn: it is the rest of what {one.key} covers, and was read so", number
            )
        else:
            yield from (
                Problem(name, f"it is no line of brat standoff, nor the rest of {one.key} above", line)
                for line, _ in torn
            )


def _pairs(lines: Lines) -> list[Label]:
    """Return relations as labels of their own: two roles, with one end each."""
    found: dict[str, Label] = {}
    for one in lines.links:
        if one.key[0] == "R" and one.label not in found:
            found[one.label] = _pair(one.label, tuple(role for role, _ in one.ends))
    return list(found.values())


@lru_cache(1024)
def _pair(label: str, roles: tuple[str, ...]) -> Label:
    """Return a relation as a label; all files of a folder have the same few."""
    return Label(label, "frame", roles=tuple(Role(role, PAIR_ENDS, 1, 1) for role in roles))


def polnear_names(scheme: Scheme | None) -> dict[str, str]:
    """Return what PolNeAR's labels and roles are called in a scheme that has attributions of claims."""
    label = scheme.meant("ATTRIBUTION") if scheme else None
    if scheme is None or label is None or label.role("claim") is None:
        return {}
    found = {name: scheme.named(meaning) for name, meaning in _POLNEAR.items()}
    return found | {f"{found[NO_SOURCE]}.Content": "claim"}


def _has_cue(one: Linked) -> bool:
    return any(role == "Cue" for role, _ in one.ends)


class _Reading:
    """What the lines of one file say, as marks."""

    def __init__(self, lines: Lines, by: str, scheme: Scheme | None) -> None:
        self._lines = lines
        self._by = by
        self._scheme = scheme
        self.known_as = polnear_names(scheme)
        self.is_polnear = bool(self.known_as)
        self._triggers = {one.trigger for one in lines.links if one.trigger}
        self._said: dict[str, list[Said]] = {}
        self.faults: list[tuple[int, str, str]] = []
        known = {*lines.words, *(one.key for one in lines.links)}
        for one in lines.said:
            if one.about in known:
                self._said.setdefault(one.about, []).append(one)
            else:
                self.faults.append((one.line, one.key, f"it is about {one.about!r}, which is not there"))

    def spans(self) -> list[SpanMark]:
        """Return the marks of all words but those that only show an event."""
        pointed = {end for one in self._lines.links for _, end in one.ends} | self._said.keys()
        own_triggers = {one.trigger for one in self._lines.links if self._has_own_trigger(one)}
        labels = {one.trigger: one.label for one in self._lines.links if one.trigger}
        found = []
        for one in self._lines.words.values():
            label = one.label
            if one.key in self._triggers:
                if one.key not in pointed | own_triggers:
                    continue
                label = "Cue" if self._is_attribution(labels[one.key]) else TRIGGER_LABEL
            attributes, note = self._about(one.key)
            found.append(
                SpanMark(one.key, label, one.pieces, one.quote, attributes, note, self._by, line=one.line)
            )
        return found

    def frames(self) -> list[FrameMark]:
        """Return the marks of all events, relations and equal ones."""
        found = []
        for one in self._lines.links:
            attributes, note = self._about(one.key)
            found.append(
                FrameMark(
                    one.key,
                    one.label,
                    tuple(self._ends(one)),
                    attributes,
                    note,
                    self._by,
                    line=one.line,
                    is_ordered=not one.trigger,
                )
            )
        return found

    def _ends(self, one: Linked) -> Iterator[EndMark]:
        label = self._scheme.label(one.label) if self._scheme else None
        known = [role.name for role in label.roles] if label else []
        first = {role[:-1] for role, _ in one.ends if role.endswith("1")}
        known += [role for role, _ in one.ends if role.rstrip("0123456789") in first]
        for role, end in one.ends:
            yield EndMark((without_number(role, known) if one.trigger else role) or MEMBER, end)
        if self._has_own_trigger(one):
            yield EndMark("cue" if self._is_attribution(one.label) else TRIGGER, one.trigger)
        if one.label == NO_SOURCE and self.is_polnear:
            yield EndMark("implicit_source", "not said", "actor")

    def _has_own_trigger(self, one: Linked) -> bool:
        """Tell whether an event is shown by words that are none of its ends."""
        words = self._lines.words
        shows = words.get(one.trigger)
        if not one.trigger or (shows and any(shows.pieces == self._pieces(end) for _, end in one.ends)):
            return False
        return not (shows and self._is_attribution(one.label) and _has_cue(one))

    def _pieces(self, key: str) -> tuple[tuple[int, int], ...]:
        found: TextBound | None = self._lines.words.get(key)
        return found.pieces if found is not None else ()

    def notes(self) -> Iterator[tuple[int, str]]:
        """Yield lines and notes of attributions whose own words are not those of their cue."""
        for one in self._lines.links:
            shows = self._lines.words.get(one.trigger)
            if shows is None or not self._is_attribution(one.label):
                continue
            if not _has_cue(one):
                yield one.line, f"{one.key}: it has no cue; {shows.key}, which shows it, is taken as its cue"
                continue
            cues = [self._pieces(end) for role, end in one.ends if role == "Cue"]
            if shows.pieces not in cues:
                yield one.line, f"{one.key}: {shows.key} is not where its cue is; the cue holds"

    def _is_attribution(self, label: str) -> bool:
        return self.is_polnear and label in _ATTRIBUTIONS

    def _about(self, key: str) -> tuple[Mapping[str, str], str]:
        """Return the attributes and the note of a line."""
        if key not in self._said:
            return {}, ""
        attributes: dict[str, str] = {}
        notes: list[str] = []
        for one in self._said[key]:
            if one.key[0] == "#" and one.name == NOTE:
                notes.append(one.value)
            elif one.name in attributes and one.key[0] == "N":  # of normalisations there may be many
                attributes[one.name] += f"{_AND}{one.value}"
            elif one.name in attributes:
                self.faults.append((one.line, one.key, f"{key} has two values of {one.name}"))
            else:
                attributes[one.name] = one.value or "yes"
        return attributes, "\n".join(notes)
