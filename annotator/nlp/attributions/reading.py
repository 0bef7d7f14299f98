"""A text read as items: words, marks and quotations, each with a rough word class, nested as they stand.

A `Line` is one paragraph outside its quotations, or the inside of one quotation; a long quotation is one
item of the line around it.  Word classes are short strings:

    ,  ;  :  .  -  (  )     marks; "." also for ! ? and an ellipsis, "-" for dashes
    Q q                     a quotation; a short one that stands as a word does
    DT PS SUB OBJ WH IN TO CC SC NO RB AUX      little words (PS: 's and my, our ...)
    VB VD VG                a verb: present or base form, past or participle, -ing
    CAP NUM NN              a capitalised word, a number, any other word
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.model.cue_lexicon import PARTICIPLE, PAST, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.quotes import DEEPEST, Quote, quotes_in
from annotator.nlp.attributions.word_classes import word_classes

_TOKEN = re.compile(
    # Most are plain words, which the patterns below would go through letter by letter.
    r"[^\W\d_]+(?=[ ,\n;:?!)\"”])"
    r"|(?:[^\W\d_]+-)?(?:[^\W\d_]\.){2,}(?:-(?:(?:[^\W\d_]\.){2,}|[^\W_]+))*"
    r"|[^\W_][\w.-]{0,80}\.(?:com|org|net|info|gov|edu|tv|io|co|uk|us|eu)\b"
    r"|(?<=\w)['’](?:s|re|ve|ll|d|m)\b"
    r"|<[A-Z][\w.]{0,9}>"
    r"|\d+(?:[.,:]\d+)*(?:[^\W\d_]+)?(?:-[^\W\d_]+)*%?"
    r"|[^\W_]+(?:(?:['’](?!(?:s|re|ve|ll|d|m)\b)|[-&‑])[^\W_]+)*"
    r"|\.{2,}|[-–—―]+"
    # Not what is seen of nobody: blanks without width, hyphens that only allow a break.
    r"|[^\s\u200b-\u200d\u2060\ufeff\xad]"
)
_GLUED = re.compile(r"(?P<before>[a-z]{3,})-(?:[A-Z][a-z]+|the|he|she|they|we|it)")
"""Two words and the dash between them that lost its blanks: “the Russians had lied-Carter refused”."""
_COMPOUND = frozenset(("left", "made", "hand", "built", "born"))
_SHORT_QUOTE = 3


@dataclass(slots=True)
class Line:
    """Items in text order; the lists run side by side."""

    text: str
    start: int
    end: int
    depth: int = 0
    words: list[str] = field(default_factory=list)
    """In small letters."""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    quotes: dict[int, Quote] = field(default_factory=dict)
    """By the number of the item."""
    inner: dict[int, Line] = field(default_factory=dict)
    """The inside of the quotation at an item."""
    paragraph: int = 0
    cuts: list[tuple[int, int]] = field(default_factory=list)
    """The items of each sentence, once they are known."""


def read_line(text: str, start: int, end: int, quotes: list[Quote], depth: int = 0) -> Line:
    """Cut a stretch into items and give each its class."""
    line = Line(text, start, end, depth)
    at = start
    for quote in quotes:
        _add_words(line, at, quote.start)
        _add_quote(line, quote)
        at = quote.end
    _add_words(line, at, end)
    line.tags = word_classes(text, line.words, line.starts, _quote_classes(line))
    return line


def _add_words(line: Line, start: int, end: int) -> None:
    text, words, starts, ends = line.text, line.words, line.starts, line.ends
    for match in _TOKEN.finditer(text, start, end):
        word, start = match.group(), match.start()
        if word == "." and ends and ends[-1] == start and _is_short(text, starts[-1], ends[-1]):
            words[-1] += "."
            ends[-1] += 1
            continue
        if "-" not in word:
            words.append(word.lower())
            starts.append(start)
            ends.append(match.end())
            continue
        for piece, at in _pieces(word, start):
            words.append(piece.lower())
            starts.append(at)
            ends.append(at + len(piece))


def _pieces(word: str, start: int) -> Sequence[tuple[str, int]]:
    """Return a word and where it starts, two words with the dash that holds them together apart."""
    glued = _GLUED.fullmatch(word)
    if glued is None or not _ends_clause(glued["before"], is_name=word[glued.end("before") + 1].isupper()):
        return ((word, start),)
    dash = glued.end("before")
    return (word[:dash], start), ("-", start + dash), (word[dash + 1 :], start + dash + 1)


def _ends_clause(word: str, *, is_name: bool) -> bool:
    """Tell "lied-Carter" from "anti-Carter" and "then-Mayor": a past form makes no compound with a name."""
    if not is_name:
        return True
    forms = cue_lexicon().verbs.get(word, ())
    return word not in _COMPOUND and any(kind in (PAST, PARTICIPLE) for kind, _ in forms)


def _is_short(text: str, start: int, end: int) -> bool:
    if text[start].islower() and text[start:end] not in ("v", "vs"):
        # "said no.", "was ill.", but "No. 5"
        return False
    return (end - start == 1 and text[start].isupper() and text[start] != "I") or (
        end - start <= 7
        and text[start:end].lower().removeprefix("d-").removeprefix("r-") in grammar()["abbreviation"]
    )


def _add_quote(line: Line, quote: Quote) -> None:
    at = len(line.words)
    line.words.append("")
    line.starts.append(quote.start)
    line.ends.append(quote.end)
    line.quotes[at] = quote
    start, end = quote.inside
    if line.depth < DEEPEST and end > start and line.text.count(" ", start, end) >= 2:
        nested = list(quotes_in(line.text, start, end))
        line.inner[at] = read_line(line.text, start, end, nested, line.depth + 1)


def _quote_classes(line: Line) -> dict[int, str]:
    return {at: "q" if is_short_quote(line.text, quote) else "Q" for at, quote in line.quotes.items()}


def is_short_quote(text: str, quote: Quote) -> bool:
    """Tell whether a quotation stands as a word among others does."""
    start, end = quote.inside
    words = text[start : min(end, start + 80)].split()
    return len(words) < _SHORT_QUOTE and text[max(start, end - 1) : end] not in (",", ".", "?", "!")
