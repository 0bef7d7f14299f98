"""Dates, times, sums of money, shares, quantities and numbers: patterns tried where one can start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from annotator.model.resources import resource
from annotator.nlp.layout import Layout
from annotator.nlp.tokens import Tokens


class Found(NamedTuple):
    """A stretch of the text with its label; offsets are code points."""

    start: int
    end: int
    label: str
    score: float
    reason: str


_WIDE_KINDS = frozenset("taqps")
"""Kinds of words that are too frequent to try all patterns at each."""
_WORD = re.compile(r"(\b[a-z]\b|[a-z]{2,})(\??)")
_EITHER = re.compile(r"\[[A-Z]([a-z])\]")
_BEGINNING = 3
"""Letters by which it is told whether a word stands in a pattern."""


class Pattern(NamedTuple):
    """What a label may look like."""

    label: str
    shape: re.Pattern[str]
    words: frozenset[str]
    """How the words in it begin, in small letters."""


Patterns = Mapping[str, tuple[Pattern, ...]]
"""Kind of the first token -> what may start there."""

_PART = re.compile(r"<([a-z]+)>")
_LINE = re.compile(r"(?P<part>[a-z]+) = (?P<means>.*)|(?P<label>[A-Z]+) (?P<kinds>[a-z]+): (?P<pattern>.*)")
_KINDS = {
    "n": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety tens dozens scores"
    " hundreds thousands millions billions half",
    "a": "more less fewer greater at as no not up about around approximately roughly nearly almost well over"
    " under close only just another upwards",
    "q": "a an some several few many",
    "t": "the",
    "s": "that",
    "p": "this last next each every early late earlier later mid beginning end start middle rest",
    "m": "january february march april may june july august september october november december jan feb mar"
    " apr jun jul aug sept sep oct nov dec jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.",
    "w": "monday tuesday wednesday thursday friday saturday sunday christmas thanksgiving easter new labor"
    " memorial election independence veterans presidents columbus mother father valentine fourth st."
    " halloween hanukkah passover good palm boxing victory bastille yom earth martin",
    "o": "today yesterday tomorrow tonight overnight midnight noon midday fiscal first second third fourth"
    " fifth sixth seventh eighth ninth tenth final nineteenth eighteenth twentieth twenty recent coming past"
    " years months weeks days decades centuries weekend twenties thirties forties fifties sixties seventies"
    " eighties nineties spring summer autumn winter fall",
}
_CAPITAL_KINDS = frozenset("mw")
_CURRENCIES, _APOSTROPHES = frozenset("$€£¥₹₽"), frozenset("'’")
_BEFORE_MONTH = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "through",
        "during",
        "from",
        "to",
        "of",
        "and",
        "between",
        "before",
        "after",
        "for",
        "on",
        "late",
        "early",
        "mid",
        "each",
        "every",
        "starting",
        "beginning",
        "last",
        "next",
        "this",
    ]
)
_BEFORE_SEASON = frozenset(("in", "since", "by", "until", "till", "through", "during", "before", "after"))
_BEFORE_FALL = frozenset(("in", "by", "until", "till"))
"""What tells a season from a spring of water and from a fall."""
_SPENDING = frozenset(("spend", "spends", "spent", "spending"))
_DOUBTFUL_MONTHS = frozenset(("May", "March", "MAY", "MARCH", "April", "June", "August"))
_SEASON = re.compile(r"(?:the )?(?:spring|summer|autumn|winter|fall)\b.*", re.IGNORECASE)
_DAY_PAPERS = re.compile(
    r"\s(?:Times|Telegraph|Mirror|Express|Globe|Herald|Post|Mail|Independent|World|Mercury|News|Business|Agreement|Accords?)\b"
)
_TIME_AFTER_SECOND = re.compile(r"\s*(?:[.,;:!?)]|$|later\b|ago\b|or\b)")
_SHARED = frozenset(("percent", "cent", "%", "million", "billion", "trillion", "points"))
"""After which "over two years" says during what, not more than that."""
_FRACTION = re.compile(r"\d+ ?/ ?\d+")
_YEAR_ONLY = re.compile(r"\D+ (?:19|20)\d\d")
_SURE = {"CARDINAL": 0.75, "ORDINAL": 0.7, "QUANTITY": 0.85, "TIME": 0.85}
_FOLLOWS_ONE = ("of", "million", "billion", "hundred", "thousand")


@lru_cache(maxsize=1)
def _patterns() -> tuple[Patterns, Mapping[str, str]]:
    """Return the patterns by kind of their first token, and the kinds of words."""
    parts: dict[str, str] = {}
    found: dict[str, list[Pattern]] = {}
    for line in resource("lexicons/numbers.txt").read_text(encoding="utf-8").split("\n"):
        read = _LINE.fullmatch(line)
        if read is None:
            continue
        if read["part"]:
            parts[read["part"]] = _PART.sub(lambda name: parts[name[1]], read["means"])
            continue
        shape = _PART.sub(lambda name: parts[name[1]], read["pattern"])
        pattern = Pattern(read["label"], re.compile(shape), frozenset(_beginnings(shape)))
        for kind in read["kinds"]:
            found.setdefault(kind, []).append(pattern)
    kinds: dict[str, str] = {}
    for kind, words in _KINDS.items():
        for word in words.split():
            for form in (word, word.capitalize(), word.upper()):
                if form[0].isupper() or kind not in _CAPITAL_KINDS:
                    kinds[form] = kinds.get(form, "") + kind
    several = {kind: [pair for one in kind for pair in found.get(one, ())] for kind in (*kinds.values(), "d")}
    return {kind: tuple(patterns) for kind, patterns in several.items()}, kinds


def _beginnings(shape: str) -> Iterator[str]:
    """Yield how the words in small letters of a pattern begin; a last letter may be left out."""
    for word, is_open in _WORD.findall(_EITHER.sub(r"\1", shape)):
        yield word[:_BEGINNING]
        if is_open:
            yield word[:-1][:_BEGINNING]


@lru_cache(maxsize=4096)
def _before(kind: str, beginning: str) -> tuple[Pattern, ...]:
    """Return the patterns of a kind that may go on with a word that begins so."""
    return tuple(one for one in _patterns()[0].get(kind, ()) if beginning in one.words)


def numbers(tokens: Tokens, layout: Layout) -> Iterator[Found]:
    """Yield what the patterns find, in the order of the text, without overlaps."""
    patterns, kinds = _patterns()
    text, starts, words = tokens.text, tokens.starts, tokens.words
    done = 0
    for at in [at for at, word in enumerate(words) if word in kinds or not word[0].isalpha()]:
        word = words[at]
        kind = kinds.get(word) or ("d" if _may_count(text, starts[at]) else "")
        if not kind or starts[at] < done:
            continue
        start = starts[at]
        tried = patterns.get(kind, ())
        if kind in _WIDE_KINDS and at + 1 < len(words):
            second = words[at + 1]
            if second[0].isalpha() and second.islower():
                tried = _before(kind, second[:_BEGINNING])
        if not tried or (at and tokens.ends[at - 1] == start and text[start - 1] in "-/." and kind != "d"):
            continue
        found = _longest(text, start, tried)
        if found is not None and word == "over" and at and words[at - 1] in _SHARED and found.label == "DATE":
            found = found._replace(start=found.start + len("over "))
        if found is not None and _holds(found, at, tokens, layout):
            yield found
            done = found.end


def _may_count(text: str, start: int) -> bool:
    """Tell whether a digit stands at a place, perhaps behind a sign: $20, '60s."""
    sign = text[start]
    if sign in _APOSTROPHES:
        return text[start + 1 : start + 2].isdigit()
    return sign in _CURRENCIES or sign.isdigit()


def _longest(text: str, start: int, patterns: tuple[Pattern, ...]) -> Found | None:
    label, end = "", start
    for name, shape, _ in patterns:
        match = shape.match(text, start)
        if match is not None and match.end() > end:
            label, end = name, match.end()
    if not label:
        return None
    return Found(start, end, label, _SURE.get(label, 0.9), f"pattern of {label.lower()}")


def _holds(found: Found, at: int, tokens: Tokens, layout: Layout) -> bool:
    """Tell whether the words around allow what a pattern found."""
    text = tokens.text[found.start : found.end]
    before = tokens.words[at - 1].lower() if at and not layout.breaks[at] else ""
    if text in _DOUBTFUL_MONTHS:
        return before in _BEFORE_MONTH and not tokens.text[found.end : found.end + 2].strip()[:1].isupper()
    if found.label == "CARDINAL":
        return _is_number(found, before, at, tokens, layout)
    if found.label == "ORDINAL":
        return not text[0].isupper() or layout.opening[at]
    return _is_time(found, before, text, tokens)


def _is_time(found: Found, before: str, text: str, tokens: Tokens) -> bool:
    """Tell whether a season, a second or a weekday is meant, and no spring, second one or Sunday paper."""
    if _SEASON.fullmatch(text):
        is_fall = text.lower().startswith(("fall", "the fall"))
        return text.islower() and before in _SPENDING.union(_BEFORE_FALL if is_fall else _BEFORE_SEASON)
    if found.label == "TIME" and text.lower().endswith("a second"):
        return _TIME_AFTER_SECOND.match(tokens.text, found.end) is not None
    is_named = before in ("the", "good") or text.lower().startswith("the ")
    return not (is_named and text.endswith("day") and _DAY_PAPERS.match(tokens.text, found.end))


def _is_number(found: Found, before: str, at: int, tokens: Tokens, layout: Layout) -> bool:
    text = tokens.text[found.start : found.end]
    after = tokens.text[found.end : found.end + 9]
    if text.endswith(" one"):
        return False
    if text.lower() == "one":
        return after.split()[:1] in ([word] for word in _FOLLOWS_ONE)
    if _FRACTION.match(tokens.text, found.start) or before.endswith("/") or _YEAR_ONLY.fullmatch(text):
        return False
    if text.isdigit() and layout.opening[at] and after[:1] in (".", ")"):
        return False
    joined = found.start and tokens.text[found.start - 1]
    return not (joined and (joined.isalnum() or joined in "-/.@#_"))
