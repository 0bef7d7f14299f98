"""Format `spacy`: DocBin files that spaCy trains on, in and out, without loading spaCy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, compress
from operator import sub
from pathlib import Path
from typing import Any

from annotator.exchange import flat as flats
from annotator.exchange.file_names import Turns
from annotator.exchange.files import read_bytes, shown
from annotator.exchange.training.docbin_parts import (
    BEGINS,
    ENT_IOB,
    ENT_TYPE,
    FAULTS,
    GOES_ON,
    ORTH,
    UNPACKED_LIMIT,
    number_of,
    pack,
    row,
    rows_covered,
    torn,
    unpack,
)
from annotator.exchange.training.spacy_tokens import ALIGNMENT, GROUP, spacy_flat, spacy_losses, spacy_tokens
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ExportSource, Format, ImportOptions, Item, Note, Preview, Target
from annotator.model.ids import Id
from annotator.model.marks import ArticleMark, Marks, SpanMark
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent

SUFFIXES = (".spacy",)
_PER_FILE = 200
"""Articles of one file: memory does not grow with the project, and spaCy reads a folder as well."""


class DocBinImporter:
    """Reads texts with entities, groups of spans and categories."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name."""
        return path.suffix.lower() in SUFFIXES

    def preview(self, path: Path, _options: ImportOptions) -> Preview:
        """Return how many texts there are, and the start of the first one."""
        texts = [_text(one)[0] for one in unpack(read_bytes(path, UNPACKED_LIMIT))]
        return Preview(rows=len(texts), sample=texts[0][:600] if texts else "")

    def read(self, path: Path, _options: ImportOptions) -> Iterator[Item]:
        """Yield an article for each text; raises UserError when it is no DocBin."""
        data = read_bytes(path, UNPACKED_LIMIT)
        if not data:
            raise UserError("the file is empty (0 bytes)")
        try:
            turns = Turns()
            for number, part in enumerate(unpack(data), 1):
                yield from _items(part, f"{path.name}:{number}", path, turns)
        except FAULTS as error:
            raise torn(error) from error


def _items(part: Mapping[str, Any], name: str, path: Path, turns: Turns) -> list[Item]:
    text, starts, blanks = _text(part)
    labels = [ArticleMark(label) for label, value in part["cats"].items() if value and value >= 0.5]
    spans = [
        SpanMark(f"{label} {number}", label, ((start, end),))
        for number, (start, end, label) in enumerate(_stretches(part, starts, blanks), 1)
    ]
    marks = Marks(spans, (), labels, is_unbroken=True)
    found: list[Item] = [Draft(name, text, marks=marks, turn=turns.next_of(text))]
    if part["flags"].get("has_unknown_spaces"):
        found.append(Note(shown(path.name), f"{name}: blanks between words are unknown: put together"))
    return found


def _text(part: Mapping[str, Any]) -> tuple[str, list[int], bytes]:
    """Return the text of a part, where its tokens start, and for each the length of the blank behind it."""
    orths, blanks = part["columns"][ORTH], part["spaces"]
    if not isinstance(blanks, bytes) or blanks.strip(b"\0\1"):
        blanks = bytes(map(bool, blanks))
    if part["flags"].get("has_unknown_spaces"):
        blanks = b"\1" * len(orths)
    words, spaced = part["words"], part["spaced"]
    try:
        pieces = [(spaced if blank else words)[orth] for orth, blank in zip(orths, blanks, strict=True)]
    except KeyError as error:
        raise UserError("it is no whole DocBin: a word is missing from its table of strings") from error
    return "".join(pieces), [*accumulate(map(len, pieces), initial=0)], blanks


def _stretches(
    part: Mapping[str, Any], starts: Sequence[int], blanks: bytes
) -> Iterable[tuple[int, int, str]]:
    """Return start, end and label of entities and spans; what is both is one."""
    found: dict[tuple[int, int, str], None] = {}
    for first, after, number in [*_entities(part["columns"]), *_grouped(part)]:
        if not 0 <= first < after <= len(blanks):
            raise UserError("it is no whole DocBin: a span lies outside the tokens of its text")
        found[starts[first], starts[after] - blanks[after - 1], part["words"].get(number, "")] = None
    return found


def _grouped(part: Mapping[str, Any]) -> Iterator[tuple[int, int, int]]:
    for group in part["groups"].values():
        for number, first, last, _start, _end in group:
            yield first, last, number


def _entities(columns: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int, int]]:
    """Yield first token, token after the last, and number of the label of each entity."""
    if ENT_IOB not in columns or ENT_TYPE not in columns:
        return
    iobs, labels = columns[ENT_IOB], columns[ENT_TYPE]
    first = after = open_label = 0
    for at in compress(range(len(labels)), labels):
        if open_label == labels[at] and at == after and iobs[at] == GOES_ON:  # as most of them
            after += 1
            continue
        if open_label:
            yield first, after, open_label
            open_label = 0
        if iobs[at] in (BEGINS, GOES_ON):
            first, open_label = at, labels[at]
        after = at + 1
    if open_label:
        yield first, after, open_label


class DocBinExporter:
    """Writes all spans into the group `sc`, and the longest of those that overlap as entities."""

    suffix = ""
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what DocBins cannot hold."""
        return spacy_losses(content, source)

    def sample(self, content: ArticleContent, source: ExportSource) -> str:
        """Return the tokens, entities and spans of one article as they will be read."""
        strings: set[str] = set()
        packed = pack([_part(content, source.once(spacy_flat, content), strings)], strings)
        part = next(iter(unpack(packed)))
        text, starts, blanks = _text(part)
        ends = [*map(sub, starts[1:], blanks)]
        shown = {"tokens": [" · ".join(text[slice(*one)] for one in zip(starts, ends, strict=False))]}
        for name, found in {"ents": _entities(part["columns"]), 'spans["sc"]': _grouped(part)}.items():
            shown[name] = [
                f"{first}–{last} {part['words'][label]}: {text[starts[first] : ends[last - 1]]}"
                for first, last, label in found
            ]
        return "\n\n".join("\n".join([name, "─" * len(name), *lines]) for name, lines in shown.items())

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write a file for every few hundred articles, yielding how many are written."""
        parts: list[dict[str, Any]] = []
        strings: set[str] = set()
        files = 0
        for count, content in enumerate(source.contents, 1):
            found = source.once(spacy_flat, content)
            parts.append(_part(content, found, strings))
            text = content.article.text
            source.proof.wrote(str(count), text, _pieces_of(found.stretches, text))
            if len(parts) == _PER_FILE:
                files += 1
                target.open(f"part-{files:04}.spacy").write(pack(parts, strings))
                parts, strings = [], set()
            yield count
        if parts or not files:
            target.open(f"part-{files + 1:04}.spacy").write(pack(parts, strings))

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read all files with the importer, yielding how many articles agree."""
        count = 0
        for file in sorted(path.glob("*.spacy")):
            for part in unpack(read_bytes(file, UNPACKED_LIMIT)):
                count += 1
                text, starts, blanks = _text(part)
                covered = {
                    (label, text[start:end], start) for start, end, label in _stretches(part, starts, blanks)
                }
                source.proof.check(str(count), text, _as_pieces(covered))
                yield count
        source.proof.check_count(count)


def _pieces_of(stretches: Sequence[flats.Stretch], text: str) -> list[Piece]:
    return _as_pieces({(one.label, text[one.start : one.end], one.start) for one in stretches})


def _as_pieces(covered: set[tuple[str, str, int]]) -> list[Piece]:
    return [(label, [words, str(start)]) for label, words, start in covered]


def _part(content: ArticleContent, found: flats.Flat, strings: set[str]) -> dict[str, Any]:
    text = content.article.text
    words, starts, spaces = spacy_tokens(text, found.stretches)
    strings.update(words)
    strings.update(one.label for one in found.stretches)
    rows = [*map(row, words)]
    placed = flats.in_tokens(found.stretches, starts)
    places = {one.id: (first, after) for first, after, one in placed}
    for one in flats.longest_first(found.stretches):
        first, after = places[one.id]
        rows[first:after] = rows_covered(rows[first:after], one.label)
    group = [(number_of(one.label), first, after, one.start, one.end) for first, after, one in placed]
    cats = {one.label: 1.0 for one in content.labels}
    groups = {GROUP: group} if group else {}
    return {"rows": b"".join(rows), "spaces": spaces, "cats": cats, "groups": groups}


FORMAT = Format(
    "spacy",
    "spaCy DocBin (a folder of .spacy)",
    SUFFIXES,
    DocBinImporter(),
    DocBinExporter(),
    about=(
        "What `spacy train` takes as it is: a folder of .spacy files. All spans are in the group `sc`, also "
        "those that overlap; as entities, of those that overlap the longest. Tokens are cut where a span "
        "begins or ends, so that no span is moved; or choose that spans are left out (strict), shrink "
        "(contract) or grow (expand) to whole words, which is counted. Labels of the article are categories."
    ),
    lost=(
        "gaps in spans: a span in pieces is written as one stretch",
        "frames, attributes, notes, actors, claim cards, recorded emptiness, suggestions",
        "who made a record and when; name, title and facts of the article",
    ),
    options_out=(ALIGNMENT,),
)
