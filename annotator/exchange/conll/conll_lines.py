"""Tells what lines of columns are: words with tags, comments, words with their numbers before them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from annotator.model.tokens import NO_BLANKS

TAG = re.compile(r"O|[BIESLU]-\S+")
Placed = tuple[str, list[tuple[int, int]]]
"""A text, and where each of its words begins and ends."""
_WIDE = re.compile("[\u3000-\u30ff\uff01-\uff60]|" + NO_BLANKS.pattern)
"""These, and the signs that stand beside them."""
_SAYS = re.compile(r"#\s*\S+ = ")
_NUMBER = re.compile(r"[0-9]+(?:[-.][0-9]+)?")
_NOTHING = ("", "_", "O")
_TEXT = "# text = "
_LINKS = "# relations = "
_NAMED_TAG = re.compile(r"(?:^|\|)(?:NER|NE|name)=([^|]+)")
"""A tag among other things in the last column of CoNLL-U."""
_ENDS = 2
"""Numbers that say where a word begins and ends."""
_FEWEST = 4
"""Numbers before words that are no words themselves."""
CONLL_U = 10
"""Columns of CoNLL-U."""
BLANKS_UNKNOWN = "blanks between words are unknown: the text was put together"
WENT_ON = "tags that go on without a beginning were taken as one: {:,}"
OTHER_COLUMNS = "there are tags in other columns too, which were not read (option column=all reads them): {}"
LINKS = "relations in comments (# relations) were left out: {:,}"
UNREAD = "values of the last column that are no tags were left out: {:,}"
CUT = "some lines have more than {:,} columns: what stands behind these was not read"
OTHER_WAY = (
    "its tags are written otherwise (small letters, label first, or no label): they were read as B-LABEL"
)


def comments(block: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> int:
    """Return how many lines a block begins with that are comments; `width` is that of rows before it, or 0.

    A word may be # as well: then its row is like the others.
    """
    other = next(
        (row for line, row in zip(block, rows, strict=True) if line.strip() and line[0] != "#"), None
    )
    count = 0
    for line, row in zip(block, rows, strict=True):
        if not (line.startswith("#") and _is_comment(line, row, other, width)):
            break
        count += 1
    return count


def _is_comment(line: str, row: Sequence[str], other: Sequence[str] | None, width: int) -> bool:
    if len(row) > 1 and all(map(TAG.fullmatch, row[1:])):
        return False
    if other is None:
        return len(row) != width or _SAYS.match(line) is not None
    is_unlike = len(row) != len(other) or (TAG.fullmatch(other[-1]) and not TAG.fullmatch(row[-1]))
    return bool(is_unlike or _SAYS.match(line))


def is_counting_up(lines: Sequence[str], between: str | None = "\t") -> bool:
    """Tell whether the words of the first sentence have numbers before them, as in CoNLL-U and GermEval.

    `between` parts the columns; without it, all blanks do.
    """
    rows: list[list[str]] = []
    for line in lines:
        if not line.strip():
            if rows:
                break
        elif not line.startswith("#"):
            rows.append(line.split(between))
    numbers = [row[0] for row in rows if "-" not in row[0] and "." not in row[0]]
    is_wide = len(rows) > 1 and all(len(row) > 2 for row in rows)
    begins = 0 if numbers[:1] == ["0"] and len(numbers) > 1 else 1
    return is_wide and numbers == [str(at) for at in range(begins, len(numbers) + begins)]


def words_of_numbered(numbers: Sequence[int], rows: Sequence[list[str]]) -> tuple[list[int], list[list[str]]]:
    """Return rows with the word before its number, without those for several words and for none."""
    found = [
        (at, [row[1], row[0], *row[2:]] if len(row) > 1 else row)
        for at, row in zip(numbers, rows, strict=True)
        if row[0].isdecimal() or not _NUMBER.fullmatch(row[0])
    ]
    return [at for at, _ in found], [row for _, row in found]


def has_tags_first(lines: Sequence[str]) -> bool:
    """Tell whether tags stand before their words, as brat's own script and some shared tasks have them."""
    rows = [row for line in lines if len(row := line.split()) > 1]
    first = {row[0] for row in rows}
    is_told = "O" in first and len(first) > 1 and all(map(TAG.fullmatch, first))
    return is_told and not all(TAG.fullmatch(row[-1]) for row in rows) and not columns_of_tags(rows)


def unspaced(words: Sequence[str]) -> Placed:
    """Return the text of words, with no blank where letters of a script without them meet, and their places.

    There are no places where all blanks are there.
    """
    text = " ".join(words)
    if text.isascii() or not NO_BLANKS.search(text):
        return text, []
    line, places, last = "", list[tuple[int, int]](), ""
    for word in words:
        edges = (last[-1:], word[:1])
        is_close = any(map(_WIDE.match, edges)) and all(
            _WIDE.match(one) or not one.isalpha() for one in edges
        )
        line += " " if last and not is_close else ""
        places.append((len(line), len(line) + len(word)))
        line, last = line + word, word
    return line, places


def turned(row: list[str]) -> list[str]:
    """Return a row that begins with its tag as one that ends with it."""
    return [row[-1], *row[1:-1], row[0]] if len(row) > 1 else row


def between(rows: Sequence[Sequence[str]]) -> Placed | None:
    """Return the text of words that have their places beside them, and where they lie in it; else None."""
    text, places, last = "", list[tuple[int, int]](), 0
    for word, *numbers in zip(*rows[:-1], strict=True):
        if len(numbers) != _ENDS or not all(map(str.isdecimal, numbers)):
            return None
        start, end = map(int, numbers)
        if end - start != len(word) or (text and start < last):
            return None
        text += " " if text and start > last else ""
        places.append((len(text), len(text) + len(word)))
        text, last = text + word, end
    return text, places


def common_width(rows: Sequence[Sequence[str]]) -> int:
    """Return how many columns numbered words have in all lines, where some have more; else 0.

    CoNLL-U has ten, and behind them as many as a sentence has verbs; others have a column for tags, and more
    only behind those that are none.
    """
    widths = Counter(map(len, rows))
    if len(widths) < 2:
        return 0
    common = CONLL_U if min(widths) >= CONLL_U else widths.most_common(1)[0][0]
    return common if max(widths) > common > 2 else 0


def columns_of_tags(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return which columns hold nothing but tags, and some that say more than that nothing is there."""
    widths = Counter(map(len, rows)).most_common(1)
    width = widths[0][0] if widths else 0
    found = []
    for at in range(1, width):
        values = {row[at] for row in rows if len(row) == width}.difference(_NOTHING)
        if values and all(map(TAG.fullmatch, values)):
            found.append(at)
    return found


def only_tags(values: Sequence[str]) -> tuple[list[str], int]:
    """Return values of a column, with nothing for those that are no tags, and how many these are."""
    found = [one if one in _NOTHING or TAG.fullmatch(one) else "O" for one in values]
    return found, sum(tag == "O" and one not in _NOTHING for one, tag in zip(values, found, strict=True))


def named_tag(value: str) -> str:
    """Return the tag that a cell holds beside other things; the cell where it holds none."""
    found = _NAMED_TAG.search(value) if "=" in value else None
    return found[1] if found else value


def said_text(lines: Sequence[str], words: Sequence[str]) -> Placed | None:
    """Return the text of a sentence as a comment above it has it, and where its words lie; None without.

    Words that the text writes as one, such as those of a contraction, all lie where that one is.
    """
    text = next((one.removeprefix(_TEXT).strip() for one in lines if one.startswith(_TEXT)), "")
    found = _places(text, words)
    if found is None and text:
        written = _as_written(lines)
        if sum(count for _, count in written) == len(words):
            found = _places(text, [word for word, _ in written])
            counts = [count for _, count in written]
            found = found and [one for one, count in zip(found, counts, strict=True) for _ in range(count)]
    return None if found is None else (text, found)


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return where words lie in a text that has nothing but blanks between them; None for another one."""
    places, at = [], 0
    for word in words:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            return None
        at = start + len(word)
        places.append((start, at))
    return None if text[at:].strip() else places


def _as_written(lines: Sequence[str]) -> list[tuple[str, int]]:
    """Return what stands in the text, and for how many words each: 3-4 for two, which follow it."""
    found: list[tuple[str, int]] = []
    covered = 0
    for line in lines:
        number, _, rest = line.partition("\t")
        if not _NUMBER.fullmatch(number) or "." in number:
            continue
        first, dash, last = number.partition("-")
        if dash:
            covered = int(last)
            found.append((rest.partition("\t")[0], covered + 1 - int(first)))
        elif int(first) > covered:
            found.append((rest.partition("\t")[0], 1))
    return found


def is_set_by_hand(lines: Sequence[str]) -> bool:
    """Tell whether lines are CoNLL-U whose columns stand below each other by blanks alone."""
    first = next((at for at, one in enumerate(lines) if not one.strip()), len(lines))
    is_told = first >= _FEWEST or any(one.startswith(_TEXT) for one in lines)
    return is_told and is_counting_up(lines, None)


def count_links(lines: Sequence[str]) -> int:
    """Count the relations that comments above a sentence tell, as flair has them."""
    said = (one.removeprefix(_LINKS).strip() for one in lines if one.startswith(_LINKS))
    return sum(len([link for link in one.split("|") if link]) for one in said)
