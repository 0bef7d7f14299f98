"""Tokens of a text: spaCy's blank pipeline with rules of our own, guarded against its slow cases.

`cut` gives what that pipeline gives of each stretch between blanks; it asks spaCy once for each stretch that
is no plain word, since most stretches of an article stood in it, or in another one, before.  Of plain words
between marks it is asked once for all that have the same marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

LONGEST_CHUNK = 200
"""spaCy's time grows with the square of a stretch without blanks; a longer one is cut by us."""

_LONG = re.compile(rf"\S{{{LONGEST_CHUNK + 1},}}")
_PART = re.compile(r"\w+|[^\w\s]")
_MARKED = re.compile(r"([\"“(]{0,2})((?=[A-Za-z])[^\W\d_]*[a-z])([,.;:?!\"”)]{0,3})")
"""A plain word between marks; behind a capital or a digit a full stop may be a part of it."""
_SAMPLE = "word"
_LETTERS = re.compile(r"[^\W\d_]+")
# After an abbreviation, or before another word that starts in capitals: U.S.-led, US-, word—word.
_INFIXES = (
    r"(?<=[A-Za-z]\.)[-–—](?=[A-Za-z])",
    r"(?<=\S)[—–](?=\S)",
    r"(?<=[A-Za-z])-(?=[A-Z])",
    r"(?<=\w)/(?=[A-Z])",
    r"(?<=\w)[()\[\]](?=\S)",
)
_SUFFIXES = (r"(?<=[A-Za-z.])[-–—]",)
_PREFIXES = (r"[-–—](?=[A-Za-z\"“‘'])",)
_OTHER = "xx"


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into tokens: the words, and where each starts and ends in code points."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]


class GuardedTokenizer:
    """Calls spaCy's tokenizer, and cuts by itself the stretches that would take it minutes."""

    def __init__(self, inner: Callable[[str], Doc]) -> None:
        self._inner = inner

    def __call__(self, text: str) -> Doc:
        """Return the tokens of the text; time grows with its length alone."""
        if _LONG.search(text) is None:
            return self._inner(text)
        return self._pieced(text)

    def __getattr__(self, name: str) -> Any:
        """Pass on everything else (rules, settings) to spaCy's tokenizer."""
        return getattr(self._inner, name)

    def _pieced(self, text: str) -> Doc:
        from spacy.tokens import Doc  # noqa: PLC0415 - spaCy takes a second to import

        edges: list[tuple[int, int]] = []
        at = 0
        for chunk in _LONG.finditer(text):
            edges += self._edges(text, at, chunk.start())
            edges += (part.span() for part in _PART.finditer(text, *chunk.span()))
            at = chunk.end()
        edges += self._edges(text, at, len(text))
        words, spaces = _words_and_spaces(text, edges)
        return Doc(self._inner.vocab, words=words, spaces=spaces)  # type: ignore[attr-defined]

    def _edges(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        doc = self._inner(text[start:end])
        return [(start + token.idx, start + token.idx + len(token)) for token in doc if not token.is_space]


def _words_and_spaces(text: str, edges: list[tuple[int, int]]) -> tuple[list[str], list[bool]]:
    """Return what spaCy builds a Doc from; blanks beyond one become tokens, as spaCy has it."""
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in edges:
        if start > at:
            words.append(text[at:start])
            spaces.append(False)
        after = text[end : end + 1] == " "
        words.append(text[start:end])
        spaces.append(after)
        at = end + after
    if at < len(text):
        words.append(text[at:])
        spaces.append(False)
    return words, spaces


@lru_cache(maxsize=8)
def blank_pipeline(language: str) -> Language:
    """Return spaCy's blank pipeline of a language, or the common one, with our rules."""
    import spacy  # noqa: PLC0415 - takes a second to import
    from spacy import util  # noqa: PLC0415 - takes a second to import

    try:
        nlp = spacy.blank(language or _OTHER)
    except ImportError:
        nlp = spacy.blank(_OTHER)
    rules = nlp.Defaults
    tokenizer = nlp.tokenizer
    if hasattr(tokenizer, "infix_finditer"):
        tokenizer.infix_finditer = util.compile_infix_regex([*_INFIXES, *(rules.infixes or ())]).finditer
        tokenizer.suffix_search = util.compile_suffix_regex([*_SUFFIXES, *(rules.suffixes or ())]).search
        tokenizer.prefix_search = util.compile_prefix_regex([*_PREFIXES, *(rules.prefixes or ())]).search
    nlp.tokenizer = GuardedTokenizer(tokenizer)
    nlp.max_length = 1 << 40  # the limit is meant for parsers; the guarded tokenizer has none
    return nlp


def tokens_of(doc: Doc, text: str | None = None) -> Tokens:
    """Return the tokens of a spaCy Doc, without those that are blanks only.

    Whoever has the text at hand passes it: spaCy puts it together from all tokens, which takes long.
    """
    text = doc.text if text is None else text
    starts, ends, words = [], [], []
    for start, length in doc.to_array(["IDX", "LENGTH"]).tolist():
        word = text[start : start + length]
        if not word.isspace():
            starts.append(start)
            ends.append(start + length)
            words.append(word)
    return Tokens(text, words, starts, ends)


_Pieces = tuple[tuple[int, int, str], ...]
"""The tokens of a stretch without blanks: start, end, word."""
_Marks = tuple[_Pieces, _Pieces]
"""The tokens before a word and behind it, these from its end."""
_MOST_KNOWN = 200_000
_BLANK = "\n"
"""Stands between stretches: a token by itself, so that no rule sees two of them as one."""


class _Chunks(dict[str, _Pieces | None]):
    """Stretches without blanks that were cut already; None stands for one token."""

    def __init__(self, inner: Tokenizer) -> None:
        from spacy.tokenizer import Tokenizer  # noqa: PLC0415 - spaCy takes a second to import
        from spacy.vocab import Vocab  # noqa: PLC0415 - spaCy takes a second to import

        super().__init__()
        self._rules = inner.rules
        self._special = {word for rule in inner.rules for word in _LETTERS.findall(rule)}
        """Words that have a rule by themselves or with marks: cannot, Mr., don't."""
        self._marks: dict[tuple[str, str], _Marks | None] = {}
        """How marks around a plain word are cut; None where the word is not cut from them."""
        # With a vocabulary of its own: shape, norm and the like of each word would take most of the time.
        self._cut = Tokenizer(
            Vocab(),
            inner.rules,
            inner.prefix_search,
            inner.suffix_search,
            inner.infix_finditer,
            inner.token_match,
            inner.url_match,
            inner.faster_heuristics,
        )

    def learn(self, chunks: Iterable[str]) -> None:
        """Cut the stretches that are not known."""
        given = dict.fromkeys(chunks)
        if len(self) + len(given) > _MOST_KNOWN:
            self.clear()
        new = [one for one in given if one not in self]
        open_: list[str] = []
        for one in new:
            if one.isalpha() and one not in self._rules and len(one) <= LONGEST_CHUNK:
                self[one] = None
            elif len(one) > LONGEST_CHUNK:
                self[one] = tuple((*part.span(), part.group()) for part in _PART.finditer(one))
            elif pieces := self._plain(one):
                self[one] = pieces
            else:
                open_.append(one)
        self._learn_open(open_)

    def _plain(self, chunk: str) -> _Pieces:
        """Return the tokens of a plain word between marks, none where that tells nothing."""
        match = _MARKED.fullmatch(chunk)
        if match is None or match[2] in self._special:
            return ()
        opening, word, closing = match.groups()
        if (opening, closing) not in self._marks:
            self._marks[opening, closing] = self._around(opening, closing)
        around = self._marks[opening, closing]
        if around is None:
            return ()
        before, behind = around
        end = match.end(2)
        return (
            *before,
            (len(opening), end, word),
            *((end + low, end + high, mark) for low, high, mark in behind),
        )

    def _around(self, opening: str, closing: str) -> _Marks | None:
        """Return how spaCy cuts marks around any plain word."""
        start, end = len(opening), len(opening) + len(_SAMPLE)
        edges = self._cut(f"{opening}{_SAMPLE}{closing}").to_array(["IDX", "LENGTH"]).tolist()
        if [start, len(_SAMPLE)] not in edges:
            return None
        before = tuple((at, at + length, opening[at : at + length]) for at, length in edges if at < start)
        behind = (
            (at - end, at - end + length, closing[at - end : at - end + length])
            for at, length in edges
            if at >= end
        )
        return before, tuple(behind)

    def _learn_open(self, chunks: Sequence[str]) -> None:
        text = _BLANK.join(chunks)
        edges = self._cut(text).to_array(["IDX", "LENGTH"]).tolist() if chunks else []
        at, first = 0, 0
        for one in chunks:
            end, pieces = first + len(one), []
            while at < len(edges) and edges[at][0] < end:
                start, length = edges[at][0] - first, edges[at][1]
                pieces.append((start, start + length, one[start : start + length]))
                at += 1
            self[one] = tuple(pieces) if len(pieces) > 1 else None
            first = end + len(_BLANK)
            while at < len(edges) and edges[at][0] < first:
                at += 1


@lru_cache(maxsize=8)
def _chunks(language: str) -> _Chunks | None:
    from spacy.tokenizer import Tokenizer  # noqa: PLC0415 - spaCy takes a second to import

    inner = getattr(blank_pipeline(language).tokenizer, "_inner", None)
    return _Chunks(inner) if isinstance(inner, Tokenizer) else None


def cut(text: str, language: str) -> Tokens:
    """Return the tokens of a text in a language, without those that are blanks only."""
    known = _chunks(language)
    if known is None:
        return tokens_of(blank_pipeline(language).tokenizer(text), text)
    chunks = text.split()
    known.learn(chunks)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    end = 0
    for chunk in chunks:
        start = text.index(chunk, end)
        end = start + len(chunk)
        pieces = known[chunk]
        if pieces is None:
            words.append(chunk)
            starts.append(start)
            ends.append(end)
            continue
        for low, high, word in pieces:
            words.append(word)
            starts.append(start + low)
            ends.append(start + high)
    return Tokens(text, words, starts, ends)
