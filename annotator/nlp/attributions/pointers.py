"""Words that take up what was told: "it", "the figure", "Kerrin's false claim", "reports by the agency"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotator.model.grammar import grammar
from annotator.model.word_lists import read_sections

WORDS = frozenset(("it", "this", "that", "them", "these", "those"))
"""Words that are what was told by pointing alone."""
JUDGING = ("judged false", "judged true", "judged doubtful")
SIDED_WITH = frozenset(("him", "his", "her", "them", "their"))
OWNED = frozenset(("his", "her", "their", "its", "my", "our"))
_LEADING = frozenset(
    ("the", "this", "that", "these", "those", "such", "both", "all", "any", "either", "neither")
)
_FUNCTION = frozenset(
    ("of", "in", "on", "for", "to", "with", "by", "from", "at", "the", "a", "an", "and", "or", "that")
)
_ONE = frozenset(("that", "this"))
_BY = frozenset(("by", "from", "of"))
_BEHIND = frozenset((
    "as", "by", "from", "of", "about", "is", "was", "are", "were", "has", "had", "have", "made", "in", "on",
    "and", "would", "could", "does", "did", "do", "holds", "stands", "falls", "checks",
    "altogether", "entirely", "outright", "out", "yesterday", "today", "later",
    "again", "a", "an", "half", "pants", "turned", "turns", "proved", "proves", "proven", "seems", "seemed",
))  # fmt: skip
"""Words behind such a noun that do not make another one of it ("story line")."""
_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*(?:[’'](?![^\W_]))?")
_POSSESSIVE = re.compile(r"(?:[’']s|s[’'])$")
_FIRST = re.compile(
    r"[“\"‘']?(it|this|that|them|these|those|the|such|both|all|any|either|neither|his|her|their|its|my|our"
    r"|(?:him|her|it|them)sel(?:f|ves))\b(?![’'-][^\W_])",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"[“\"]?(?:the (?:whole|entire) (?:thing|affair|story|business)|all of (?:this|that|it))\b", re.IGNORECASE
)
"""All that was told."""
_ECHO = re.compile(r"[“\"‘']?\w+ \w+\W*$")
_OWNER = re.compile(r"’s\b|'s\b|s’ |s' ")
_LONGEST, _FAR, _NEAR = 110, 70, 35
"""Characters in which words that point are looked for: led by a name, "the", "that"."""
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "sen", "gov", "rep", "prof", "gen", "col", "lt", "sgt", "st"))
_OPENING = frozenset(("“", '"', "‘", "'"))
_CURRENCIES = frozenset("$£€")
"""What may stand before a word: "the $9 million figure"."""
_MOST = 12
_SHORT = 7
_FARTHEST = 6
"""Words before which the noun, or the one whose it is, stands."""


AMOUNT, TO_COME, DEMAND, BLAME = "amount", "to come", "demand", "blame"
DEED, BEGINNING, FEAR, CHANGE = "deed", "beginning", "fear", "change"
"""What must have been told where a noun takes it up."""


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun that takes up something says of it: what it must tell, and verbs by which it was told."""

    kind: str = ""
    verbs: frozenset[str] = frozenset()


_NO_NOUN = Noun()


@lru_cache(maxsize=1)
def nouns() -> Mapping[str, Noun]:
    """Return the nouns that take up what was told, in the singular."""
    found = dict[str, Noun]()
    for kind, lines in read_sections("taken_up").items():
        for line in lines:
            names, _, verbs = line.partition(":")
            found |= dict.fromkeys(names.split(), Noun(kind, frozenset(verbs.split())))
    return found


@dataclass(frozen=True, slots=True)
class Pointer:
    """What words that take up something tell of it."""

    head: str
    """The noun, in the singular, or the word that points."""
    owner: str = ""
    """Whose it is, in small letters: "her", or the last word of a name or noun."""
    about: frozenset[str] = frozenset()
    """Other words that tell what it is about."""
    end: int = 0
    """Where its words end."""
    is_taking_up: bool = True
    """Whether the noun is one that takes up what was told, or another one: "that confidence"."""
    is_name: bool = False
    """Whether the words name somebody instead."""

    @property
    def noun(self) -> Noun:
        """Return what the noun says of what it takes up."""
        return nouns().get(self.head, _NO_NOUN)

    @property
    def is_word(self) -> bool:
        """Tell whether it is "it" or the like."""
        return self.head in WORDS


def read_pointer(text: str, start: int, end: int) -> Pointer | None:
    """Return what the words from one place to another take up, if they begin with such words."""
    end = min(end, start + _LONGEST)
    whole = _WHOLE.match(text, start, end)
    if whole is not None:
        return Pointer("it", end=whole.end())
    first = _FIRST.match(text, start, end)
    if first is None and _OWNER.search(text, start, end) is None:
        return None
    if _nouns().search(text, start, min(end, start + _reach(first))) is None and (
        first is None or _ECHO.match(text, start, end) is None
    ):
        word = first[1].lower() if first is not None else ""
        return Pointer(word, end=first.end()) if first is not None and word in WORDS else None
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(text, start, end):
        gap = text[found[-1].end() if found else start : match.start()].strip()
        is_title = gap == "." and found and found[-1].group().lower() in _TITLES
        if gap and not is_title and gap not in (_CURRENCIES if found else _OPENING):
            break
        found.append(match)
        if len(found) == _MOST:
            break
    return _read([one.group() for one in found], [one.end() for one in found]) if found else None


def _reach(first: re.Match[str] | None) -> int:
    """Return within how many characters the noun stands."""
    return _LONGEST if first is None else _NEAR if first[1].lower() in _ONE else _FAR


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    """Return an expression that finds any of the nouns, faster than word by word."""
    plurals = ("stories", "theories", "testimonies", "analyses", "hypotheses", "theses")
    rests: dict[str, list[str]] = {}
    for noun in sorted((*nouns(), *plurals)):
        rests.setdefault(noun[:1], []).append(noun[1:])
    # By their first letters, so that most words are left at once.
    groups = (f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return re.compile(rf"\b(?:{'|'.join(groups)})")


def _read(words: Sequence[str], ends: Sequence[int]) -> Pointer | None:
    low = [one.lower() for one in words]
    if low[0].endswith(("self", "selves")) and low[1:2] == ["from"] and words[2:]:
        # "distanced herself from the remarks"
        return _read(words[2:], ends[2:])
    first, owner = _led(words, low)
    at = next((one for one in range(first, min(len(low), first + 4)) if taking_up(low[one])), -1)
    if not _FUNCTION.isdisjoint(low[first:at]):
        # "the authenticity of the messages"
        at = -1
    if low[0] in _ONE and at >= 0 and (at > first + 1 or taking_up(low[at]) != low[at]):
        # "that farmers reject claims"
        at = -1
    if first and at >= 0 and (at + 1 == len(low) or _may_follow(low[at + 1]) or _is_told_to(words, at + 1)):
        about = frozenset(one for one in low[first:at] if one not in grammar()["taking up nothing"])
        last, more = at + 1, frozenset[str]()
        if low[last : last + 1] and low[last] in ("of", "about") and not owner:
            behind = min(len(low), last + 5)
            verb = (one for one in range(last + 2, behind) if low[one] in grammar()["helper"])
            behind = next(verb, behind)
            more = frozenset(one for one in low[last + 1 : behind] if one not in grammar()["determiner"])
            last = behind
        made = last + (low[last : last + 1] == ["made"])
        if low[made : made + 1] and low[made] in _BY and not owner and not more:
            last = _name_end(words, made + 1)
            owner = _bare(low[last - 1]) if last > made + 1 else ""
            last = last if owner else at + 1
        return Pointer(taking_up(low[at]), owner, about | more, ends[last - 1])
    if len(low) == 2 and low[0] in _LEADING and len(low[1]) > _SHORT and not _judges(low[1]):
        return Pointer(low[1], end=ends[1], is_taking_up=False)
    return Pointer(low[0], end=ends[0]) if low[0] in WORDS else None


def read_name(text: str, start: int, end: int) -> Pointer | None:
    """Return whom words name: "Ivo Kerrin", "the minister"."""
    words = text[start:end].split()
    is_name = all(word[:1].isupper() for word in words) or (len(words) < _FARTHEST and words[0] == "the")
    head = _WORD.search(words[-1].lower()) if words and is_name else None
    return Pointer(singular(head[0]), end=end, is_taking_up=False, is_name=True) if head is not None else None


def read_side(text: str, start: int, end: int) -> Pointer | None:
    """Return on whose side somebody is: "her", "the minister"."""
    if text[start:end].lower() in SIDED_WITH:
        return Pointer(text[start:end].lower(), end=end, is_taking_up=False, is_name=True)
    return read_name(text, start, end)


def _may_follow(word: str) -> bool:
    """Tell whether such a noun is one with a word behind it: "the claim false", "the claims yesterday"."""
    return word in _BEHIND or word.endswith("ly") or _judges(word)


def _is_told_to(words: Sequence[str], at: int) -> bool:
    """Tell "denied the claim to Norda" from "the claim to the throne"."""
    return words[at].lower() == "to" and at + 1 < len(words) and words[at + 1][0].isupper()


def _judges(word: str) -> bool:
    return any(word in grammar()[one] for one in JUDGING)


def read_one(text: str, start: int, end: int) -> Pointer | None:
    """Return what "an allegation" in apposition takes up."""
    words = text[start:end].lower().split()
    is_one = 1 < len(words) <= _FARTHEST and words[0] in ("a", "an") and words[-1] in nouns()
    return Pointer(words[-1], end=end) if is_one else None


def _led(words: Sequence[str], low: Sequence[str]) -> tuple[int, str]:
    """Return behind which word the noun may stand, and whose it is."""
    for at in range(min(len(words), _FARTHEST)):
        if low[at] in grammar()["preposition"]:
            break
        if _POSSESSIVE.search(low[at]) and low[at] not in ("it's", "it’s", "that's", "that’s"):
            return at + 1, _bare(low[at])
    if low[0] in OWNED:
        return 1, low[0]
    return (1 + (low[1:2] == ["such"]), "") if low[0] in _LEADING else (0, "")


def _name_end(words: Sequence[str], first: int) -> int:
    """Return where "Ivo Kerrin" or "the agency" ends."""
    at = first
    if words[at : at + 1] and words[at].lower() in _LEADING:
        return min(at + 2, len(words))
    while at < len(words) and words[at][0].isupper():
        at += 1
    return at


def _bare(word: str) -> str:
    return singular(_POSSESSIVE.sub(lambda match: "s" if match.group()[0] == "s" else "", word))


def taking_up(word: str) -> str:
    """Return a noun that takes up something, in the singular, or nothing."""
    known = nouns()
    return word if word in known else one if (one := singular(word)) in known else ""


def singular(word: str) -> str:
    """Return a noun without the ending of the plural."""
    if not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("theses", "yses")):
        return word[:-2] + "is"
    return word if word.endswith(("ss", "is", "us")) else word[:-1]
