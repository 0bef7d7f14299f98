"""Reads tables that have a word in each row, with its tag and its sentence, as articles of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from annotator.exchange.conll.conll_lines import BLANKS_UNKNOWN, OTHER_WAY, WENT_ON
from annotator.exchange.conll.conll_parts import Part
from annotator.exchange.conll.tags import reader_of
from annotator.exchange.files import shown
from annotator.exchange.tables.columns import plain_name
from annotator.exchange.tables.open_tables import OpenTable
from annotator.model.errors import UserError
from annotator.model.formats import Item, Note, Problem

SENTENCES = 500
"""Sentences that make an article, in a table that does not say where one ends."""
_SENTENCE = (
    "sentence",
    "sentenceid",
    "sentenceno",
    "sentencenumber",
    "sentid",
    "sentenceidx",
    "sentenceindex",
)
_WORD = ("word", "words", "token")
_TAG = ("tag", "nertag", "ner", "nertags", "iob", "bio")
_Sentence = tuple[list[int], list[str], list[str]]
"""The lines, words and tags of a sentence."""


@dataclass(frozen=True, slots=True)
class WordColumns:
    """Which column says what."""

    sentence: str
    word: str
    tag: str


def word_columns(columns: Sequence[str]) -> WordColumns | None:
    """Return which column says what; None when it is no table of words."""
    plain = {plain_name(one): one for one in reversed(columns)}
    found = [next((plain[name] for name in names if name in plain), "") for names in (_SENTENCE, _WORD, _TAG)]
    return WordColumns(*found) if all(found) else None


def word_drafts(table: OpenTable, file: str, uses: WordColumns) -> Iterator[Item]:
    """Yield an article for as many sentences as make one; rows with a fault are problems."""
    name, number, odd = shown(file), 0, 0
    yield from (Note(name, note) for note in table.notes)
    problems: list[Problem] = []
    sentences = _sentences(table, name, uses, problems)
    tag_of = None
    while some := list(islice(sentences, SENTENCES)):
        number += 1
        if number == 1:
            yield Note(name, BLANKS_UNKNOWN)
            tag_of = reader_of([tag for _, _, tags in some for tag in tags])
        part = Part(line=some[0][0][0], tag_of=tag_of)
        for lines, words, tags in some:
            part.add(lines, [words, tags])
        odd += part.odd()
        yield part.draft(file if number == 1 and len(some) < SENTENCES else f"{file}:{number}")
    yield from problems
    if not number and not problems:
        raise UserError("the table names its columns but has no rows")
    if number > 1:
        yield Note(name, f"it does not say where articles end: {SENTENCES} sentences make one")
    if odd:
        yield Note(name, WENT_ON.format(odd))
    if tag_of is not None:
        yield Note(name, OTHER_WAY)


def _sentences(
    table: OpenTable, name: str, uses: WordColumns, problems: list[Problem]
) -> Iterator[_Sentence]:
    """Yield sentences: one begins where its cell says something else than before, which may be nothing."""
    found: _Sentence = ([], [], [])
    last = ""
    for row in table.checked(name):
        if isinstance(row, Problem):
            problems.append(row)
            continue
        line, values = row
        own = values[uses.sentence].strip()
        if own and own != last:
            if found[0]:
                yield found
            found, last = ([], [], []), own
        word = " ".join(values[uses.word].split())
        if not word:
            problems.append(Problem(name, "the row has no word", line, uses.word))
            continue
        lines, words, tags = found
        lines.append(line)
        words.append(word)
        tags.append(values[uses.tag].strip() or "O")
    if found[0]:
        yield found
