"""Reads tables that have a word in each row, with its tag and its sentence, as articles of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from annotator.exchange.conll.conll_lines import BLANKS_UNKNOWN, OTHER_WAY, TAG, WENT_ON
from annotator.exchange.conll.conll_parts import Part
from annotator.exchange.conll.tags import reader_of
from annotator.exchange.files import shown
from annotator.exchange.tables.columns import plain_name, text_column
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
_TOLD = (*_TAG, "tags", "label", "labels", "biotag", "iobtag", "entity", "namedentity")
"""What such a column is called where its cells tell that they are tags."""
_ENDS = (".", "!", "?", "…", "。", "।", "؟")
"""Words that end a sentence, in a table that does not say where one begins."""
TOLD_BY = 200
"""Rows that tell whether a table is one of words."""
_Sentence = tuple[list[int], list[str], list[str]]
"""The lines, words and tags of a sentence."""


@dataclass(frozen=True, slots=True)
class WordColumns:
    """Which column says what."""

    sentence: str
    """Empty where none does."""
    word: str
    tag: str


def word_columns(columns: Sequence[str]) -> WordColumns | None:
    """Return which column says what; None when it is no table of words."""
    plain = {plain_name(one): one for one in reversed(columns)}
    found = [next((plain[name] for name in names if name in plain), "") for names in (_SENTENCE, _WORD, _TAG)]
    return WordColumns(*found) if all(found) else None


def has_words(columns: Sequence[str]) -> bool:
    """Tell whether a column is called as one of words is."""
    return not {*map(plain_name, columns)}.isdisjoint(_WORD)


def told_columns(rows: Sequence[Mapping[str, str]]) -> WordColumns | None:
    """Return the same by the first rows of a table, which have a word each and a tag as CoNLL has them."""
    plain = {plain_name(name): name for one in rows[:1] for name in reversed([*one])}
    word, sentence = (
        next((plain[name] for name in some if name in plain), "") for some in (_WORD, _SENTENCE)
    )
    if text_column([*plain.values()]) not in (None, sentence):
        return None
    for tag in [plain[name] for name in _TOLD if name in plain and word]:
        tags = {one.get(tag, "").strip() for one in rows} - {""}
        are_words = all(len(one.get(word, "").split()) <= 1 for one in rows)
        if are_words and tags - {"O"} and all(map(TAG.fullmatch, tags)):
            return WordColumns(sentence, word, tag)
    return None


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
            said = f"; a line for each {shown(uses.sentence)}" if uses.sentence else ""
            yield Note(name, f"{BLANKS_UNKNOWN}{said}")
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
        own = values[uses.sentence].strip() if uses.sentence else ""
        has_ended = not uses.sentence and found[1] and found[1][-1] in _ENDS
        if has_ended or (own and own != last):
            if found[0]:
                yield found
            found, last = ([], [], []), own
        word = " ".join(values[uses.word].split())
        if not word and not any(one.strip() for one in values.values()):
            if found[0]:
                yield found
            found = ([], [], [])
            continue
        if not word:
            problems.append(Problem(name, "the row has no word", line, uses.word))
            continue
        lines, words, tags = found
        lines.append(line)
        words.append(word)
        tags.append(values[uses.tag].strip() or "O")
    if found[0]:
        yield found
