"""Tokens, sentences, quotations and clauses of one stretch of text, by rules of the standard library alone.

Everything here runs in linear time on any text; offsets are code points of the text that is given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, islice
from operator import add

from annotator.model.graphemes import boundary_after, is_boundary

Bounds = tuple[int, int]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONE_BY_ONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
NO_BLANKS = re.compile(f"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff{_ONE_BY_ONE}]")
"""Letters of scripts that have no blanks between words."""
_WORDS = (
    r"(?:[^\W\d_]\.){2,}"
    rf"|[{_ONE_BY_ONE}]"
    r"|(?<=\w)['’]s\b"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?"
    rf"|(?:(?![{_ONE_BY_ONE}])[^\W_])+(?:['’](?!s\b)(?:(?![{_ONE_BY_ONE}])[^\W_])+)*"
    r"|\.+|-+|–+|—+|\*+|_+|=+"
)
_TOKEN = re.compile(rf"(?P<space>\s+)|{_WORDS}|.", re.DOTALL)
# What comes first here is what the rest would make of it as well, but found in half the time. With the white
# space behind them tokens leave nothing out, so that lengths alone tell where they are.
_PLAIN_TOKEN = re.compile(rf"(?:[A-Za-z]++ |[,.] |[A-Za-z]{{2,}}+(?![\w'’])|[,\"“”;:!?()]|{_WORDS}|\S)\s*+")
_BLANK = re.compile("[ \n]")
_SHORT = 16
"""Characters of what is kept, once it was looked at: pictures and flags stand in a text again and again."""
_ODD = re.compile(
    "[^\0-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf]"
)
"""What may hang on the character before it; of most scripts of Europe nothing else does."""
_ASCII = bytes(range(128))
_ABBREVIATIONS = _words(
    "mr mrs ms dr prof gov sen rep gen col lt sgt capt maj adm cmdr rev hon st jr sr pres amb "
    "no vs inc ltd co corp bros dept univ fig jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue wed thu fri sat sun approx est ca cf e.g i.e a.m p.m u.s u.k u.n d.c ph.d"
)
_LONG = "|".join(sorted({one[-4:] for one in _ABBREVIATIONS if len(one) >= 4 and one.isalpha()}))
"""The last four letters of those that have so many."""
_SURE = (
    rf"(?:(?<=[a-z]{{4}}\.)(?<!(?:{_LONG})\.)|(?<=[0-9]\.)|(?<=[!?…]))"
    r"[\"'”’»)\]]*(?= [A-Z])()"
)
"""Its group is there where an end must be: no other abbreviation has four small letters, and none a digit."""


def _stops(blank: str) -> re.Pattern[str]:
    # One set of characters first: of those that begin with a choice, the text between is looked at by both.
    return re.compile(
        rf"[.!?…。！？](?:{_SURE}"
        rf"|(?<=[.!?…])[.!?…]*[\"'”’»)\]]*(?={blank})|(?<=[。！？])[。！？]*[」』”]*)"
    )


_STOP = _stops(r"\s")
_STOP_IN_LINE = _stops(r"[^\S\n]")
"""Without those that end a line, which ends there anyway."""
_MAY_END = _words("jr sr inc ltd co corp a.m p.m u.s u.k u.n d.c ph.d")
_STARTERS = _words("the a an he she it they we i in on at but and his her their this that these")
_LAST_WORD = re.compile(r"[^\W_](?:[\w.]*[^\W_])?$")
_WORD_REACH = 24
_PAIRS = {"“": "”", "''": "''", "«": "»", "„": "“”", "‹": "›", "「": "」", "『": "』"}
_QUOTE = re.compile("[\"“”«»„‹›「」『』]|''|(?<![\\w])‘|’(?!\\w)")
_REPORTING = re.compile(
    r"\b(?:said|says?|saying|told|tells?|added|adds|argued|argues|claimed|claims|warned|warns|insisted|insists"
    r"|wrote|writes|denied|denies|asked|asks|noted|notes|admitted|announced|explained|replied|stressed"
    r"|according to|suggested|estimated|maintained|recalled|conceded|acknowledged|testified|tweeted)\b",
    re.IGNORECASE,
)
_THAT = re.compile(r"\b(?:that|whether)\b", re.IGNORECASE)
_COMMA = re.compile(r"[,;]\s|\s[–—-]\s|—")
_TRAIL = re.compile(r"[\s.,;:–—]+$")


def token_bounds(text: str) -> list[Bounds]:
    """Return the tokens in order; only white space lies between them, and none cuts a visible character."""
    return bounds_of(*token_words(text))


def bounds_of(words: Sequence[str], starts: Sequence[int]) -> list[Bounds]:
    """Return where words lie that start there."""
    return [*zip(starts, ends_of(words, starts), strict=True)]


def ends_of(words: Sequence[str], starts: Sequence[int]) -> list[int]:
    """Return where words end that start there."""
    return [*map(add, starts, map(len, words))]


def token_words(text: str) -> tuple[list[str], list[int]]:
    """Return the words of the tokens, and where they start."""
    words: list[str] = []
    starts: list[int] = []
    start, at = 0, -1
    # Far fewer characters are looked at without those of ASCII, none of which is odd.
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    for odd in _ODD.findall(beyond):
        at = text.index(odd, at + 1)
        if at < start:
            continue
        # Nothing hangs on what stands before a blank, so what lies between two blanks is looked at alone.
        low = max(text.rfind(" ", start, at), text.rfind("\n", start, at), start)
        blank = _BLANK.search(text, at)
        high = blank.start() if blank else len(text)
        _add_plain(text, start, low, words, starts)
        chunk = text[low:high]
        for first, after in _short_odd_tokens(chunk) if len(chunk) <= _SHORT else _odd_tokens(chunk):
            words.append(chunk[first:after])
            starts.append(low + first)
        start = high
    _add_plain(text, start, len(text), words, starts)
    return words, starts


def _add_plain(text: str, start: int, end: int, words: list[str], starts: list[int]) -> None:
    pieces = _PLAIN_TOKEN.findall(text, start, end)
    first = end - len(text[start:end].lstrip())
    words += map(str.rstrip, pieces)
    starts += islice(accumulate(map(len, pieces), initial=first), len(pieces))


def _odd_tokens(text: str) -> list[Bounds]:
    found: list[tuple[int, int, bool]] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        is_space = match.lastgroup == "space"
        if found and not is_boundary(text, start):
            start = found.pop()[0]
            is_space = False
            if found and not is_boundary(text, start):  # the white space before a mark was cut already
                start = found.pop()[0]
        elif is_space and not is_boundary(text, end) and end - start > 1:
            found.append((start, end - 1, True))
            start = end - 1
        found.append((start, end, is_space))
    return [(start, end) for start, end, is_space in found if not is_space]


_short_odd_tokens = lru_cache(2048)(_odd_tokens)


def sentence_bounds(text: str) -> list[Bounds]:
    """Return the sentences; they tile the text, white space belongs to the one before it."""
    ends = sentence_ends(text) if text else []
    return [*zip([0, *ends], ends, strict=False)]


def sentence_ends(text: str) -> list[int]:
    """Return where the sentences of a text end, the last one with the text."""
    return [*_cuts(text, is_by_line=False), len(text)]


def line_sentence_ends(text: str) -> list[int]:
    """Return where the sentences of a text end if none goes on in the next line."""
    ends = _cuts(text, is_by_line=True)
    at = 0
    for line in text.split("\n"):
        at += len(line) + 1
        if line:
            ends.append(at - 1)
    return sorted(ends)


def _cuts(text: str, *, is_by_line: bool) -> list[int]:
    """Return where sentences end before the end of the text, or of their line."""
    cuts = [0]
    start, limit = 0, -1 if is_by_line else len(text)
    for match in (_STOP_IN_LINE if is_by_line else _STOP).finditer(text):
        end = match.end()
        if match.lastindex:
            cuts.append(end + 1)
            continue
        if end > limit:
            start = text.rfind("\n", max(0, limit), end) + 1
            limit = text.find("\n", end)
            limit = limit if limit >= 0 else len(text)
        if end == limit or not _is_sentence_end(text, (start, limit), match.start(), end):
            continue
        while end < limit and text[end].isspace():
            end += 1
        if end < limit:
            end = boundary_after(text, end)
        if cuts[-1] < end < limit:
            cuts.append(end)
    return cuts[1:]


def quotation_bounds(text: str) -> list[Bounds]:
    """Return the outermost quotations with their marks; one that is not closed runs to the end."""
    found: list[Bounds] = []
    opened, closing, depth = -1, "", 0
    for match in _QUOTE.finditer(text):
        at, mark = match.start(), match.group()
        if opened < 0:
            closing = _PAIRS.get(mark, {'"': '"', "‘": "’"}.get(mark, ""))
            opened, depth = (at, 1) if closing else (-1, 0)
        elif mark in closing:
            depth -= 1
            if depth == 0:
                found.append((opened, match.end()))
                opened = -1
        elif mark == text[opened] and at > opened:
            depth += 1
    if opened >= 0 and closing != "’":
        found.append((opened, _trimmed(text, opened, len(text))[1]))
    return found


def clause_bounds(text: str, sentence: Bounds) -> list[Bounds]:
    """Return the clauses of a sentence that may hold what somebody says, longest first.

    A report such as "X said that Y" gives Y with its "that"; "Y, X said" gives Y; without a report, nothing.
    """
    start, end = sentence
    spoken = _REPORTING.search(text, start, end)
    if spoken is None:
        return []
    that = _THAT.search(text, spoken.end(), end)
    if that is not None:
        return [_bare(text, that.start(), end)]
    commas = list(_COMMA.finditer(text, start, end))
    before = [match for match in commas if match.start() < spoken.start()]
    after = [match for match in commas if match.start() >= spoken.end()]
    pieces = [_bare(text, start, before[-1].start())] if before else []
    if after:
        pieces.append(_bare(text, after[0].end(), end))
    if not pieces:
        pieces.append(_bare(text, spoken.end(), end))
    pieces = [piece for piece in pieces if piece[0] < piece[1]]
    return sorted(pieces, key=lambda piece: piece[0] - piece[1])


def at_or_before(starts: Sequence[int], offset: int) -> int:
    """Return the index of the last of `starts` that is not above `offset`, or 0."""
    return max(0, bisect_right(starts, offset) - 1)


def without_final_stop(text: str, bounds: Bounds) -> Bounds:
    """Return the sentence without outer white space and without a final full stop outside quotation marks."""
    start, end = _trimmed(text, *bounds)
    if end - start > 1 and text[end - 1] == "." and text[end - 2] != ".":
        end -= 1
    return start, end


def _bare(text: str, start: int, end: int) -> Bounds:
    start, end = _trimmed(text, start, end)
    trail = _TRAIL.search(text, max(start, end - _WORD_REACH), end)
    return start, trail.start() if trail else end


def _trimmed(text: str, start: int, end: int) -> Bounds:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _is_sentence_end(text: str, within: Bounds, stop: int, end: int) -> bool:
    start, limit = within
    follow = _following(text, end, limit)
    if follow and follow.islower():
        return False
    if text[stop] != "." or text[stop + 1 : stop + 2] == ".":
        return True
    word = _last_word(text[max(start, stop - _WORD_REACH) : stop])
    last = word.lower()
    if len(last) == 1 and last.isalpha() and word.isupper():
        return False
    return last not in _ABBREVIATIONS or (
        last in _MAY_END and _starts_sentence(text[end : min(limit, end + _WORD_REACH)])
    )


def _last_word(before: str) -> str:
    """Return the word that ends here, with the stops in it; nothing where none does."""
    _, blank, plain = before.rpartition(" ")
    if blank and plain.isalpha():  # as nearly always
        return plain
    word = _LAST_WORD.search(before)
    return word.group() if word is not None else ""


def _following(text: str, at: int, limit: int) -> str:
    limit = min(limit, at + _WORD_REACH)
    while at < limit and (text[at].isspace() or text[at] in "\"'“‘«([”’"):
        at += 1
    return text[at : at + 1]


def _starts_sentence(follow: str) -> bool:
    word = re.match(r"\s+([^\W\d_]+)", follow)
    return word is not None and word.group(1).lower() in _STARTERS
