"""Sides that are taken without saying on what: "Quill agreed.", "Others were not so sure."."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import subject_before
from annotator.nlp.attributions.cues import is_negation
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.sentences import HELPING, POINTING, Sentence

SILENT = "silent"
"""The pattern of what is no attribution, since nothing is said, but may be a stance."""
LABELLED = "verdict"
"""The lemma of what stands behind "Verdict:", and is on what the whole article checks."""
_AGREEING = {
    "agreed": "supports", "agrees": "supports", "concurred": "supports", "concurs": "supports",
    "disagreed": "denies", "disagrees": "denies", "disagree": "denies", "agree": "supports",
    "dissented": "denies",
}  # fmt: skip
_DOUBTING = frozenset(
    ("sceptical", "skeptical", "unconvinced", "unpersuaded", "dubious", "doubtful", "lukewarm")
)
_SURE = frozenset(("sure", "convinced", "persuaded", "certain", "confident"))
"""Who is not so, or less so, doubts it."""
_PUSHING = frozenset(("push", "pushes", "pushed", "hit", "hits", "fires", "fired", "shoots", "shot"))
"""Who does so "back" denies it."""
_ENDS = frozenset((".", "^", ",", ";", ":", "-"))
_DEGREES = frozenset(("so", "less", "far", "too", "entirely", "quite", "that"))
_TOGETHER = frozenset(
    ("sides", "parties", "countries", "governments", "both", "they", "we", "leaders", "members", "couple")
)
"""Who agree with one another."""
_BUYING = frozenset(("buy", "buying", "having", "swallow"))
"""Who is not "buying it", or "having any of it", does not believe it."""
_SHOWING = frozenset((
    "show", "shows", "showed", "suggest", "suggests", "suggested", "indicate", "indicates", "indicated",
    "say", "says", "said", "tell", "tells", "told", "prove", "proves", "proved", "think", "thinks", "thought",
    "believe", "believes", "believed", "insist", "insists", "insisted", "argue", "argues", "argued",
))  # fmt: skip
"""Who does so "otherwise" denies it; "a different story" is told."""
REFUSING = frozenset(("refused", "refuses"))
"""Who does so does not do what was demanded."""
_STANDING = {"favour": "supports", "favor": "supports", "reservations": "doubts"}
"""Who is "in favour", or has such, of something told before."""
WORDS = (
    frozenset(_AGREEING)
    | _DOUBTING
    | _SURE
    | _BUYING
    | {"differ", "back", "otherwise", "story", *REFUSING, *_STANDING}
)
_SCORE = 0.5


def by_silence(s: Sentence) -> Iterator[Found]:
    """Yield who agrees, disagrees or doubts in a sentence without a word on what."""
    for at in s.among(WORDS, s.first + 1):
        word = s.line.words[at]
        end = _behind(s, at, word)
        found = _silent(s, at, end, word) if s.tag(end) in _ENDS else None
        if found is not None:
            yield found


def _behind(s: Sentence, at: int, word: str) -> int:
    """Return the item behind "of that" in "not convinced of that", "any of it" in "not having any of it"."""
    end = at + 1
    if word == "having" and s.word(end) in ("any", "none") and s.word(end + 1) == "of":
        end += 2
    if s.word(end) in ("of", "by", "with", "about") and s.word(end + 1) in POINTING:
        return end + 2
    return end + 1 if word in _BUYING and s.word(end) in POINTING else end


def _verb(s: Sentence, at: int, end: int, word: str) -> int:
    """Return where the verb begins: "pushed back", "begs to differ", "buying it"; -1 where it is none."""
    if word == "back":
        return at - 1 if s.word(at - 1) in _PUSHING else -1
    if word == "otherwise":
        return at - 1 if s.word(at - 1) in _SHOWING else -1
    if word == "story":
        is_other = s.word(at - 1) in ("different", "another") and s.word(at - 3).startswith(("tell", "told"))
        return at - 3 if is_other else -1
    if word in _STANDING:
        is_held = s.word(at - 1) in (("in",) if word != "reservations" else ("have", "has", "had"))
        return at - 1 if is_held else -1
    if word == "differ":
        return at - 2 if s.word(at - 1) == "to" and s.word(at - 2) in ("begged", "beg", "begs") else -1
    return -1 if word in _BUYING and s.word(end - 1) not in POINTING else at


def _silent(s: Sentence, at: int, end: int, word: str) -> Found | None:
    first = _verb(s, at, end, word)
    if first < 0:
        return None
    while (
        s.tag(first - 1) in HELPING
        or s.word(first - 1) in grammar()["linking"]
        or s.word(first - 1) in _DEGREES
    ):
        first -= 1
    helpers = s.line.words[first:at]
    is_not = any(is_negation(one) or one == "less" for one in helpers)
    is_being = any(one in grammar()["being"] or one in grammar()["linking"] for one in helpers)
    is_denial = word in ("differ", "back", "otherwise", "story") or word in _BUYING or word in REFUSING
    group = "denies" if is_denial else _AGREEING.get(word) or _STANDING.get(word, "doubts")
    if group == "doubts" and word not in _STANDING and (not is_being or is_not != (word in _SURE)):
        return None
    if word in _BUYING and not is_not:
        return None
    source = subject_before(s, first)
    if (
        source is None
        or (word in _AGREEING and s.word(source[1] - 1) in _TOGETHER)
        or s.word(source[0]) in ("it", "that", "there")
        or (s.word(source[0]) == "i" and word not in _BUYING)
    ):
        return None
    start, end = s.bounds((first, at + 1))
    words = s.line.text[start:end]
    return Found(
        SILENT, group, (start, end), s.bounds(source), ((end, end),), _SCORE,
        f"“{words}”, without what it is about",
        paragraph=s.line.paragraph, depth=s.line.depth, lemma=word, kind="stance", how="before",
        is_negated=is_not and group != "doubts" and not is_denial,
    )  # fmt: skip
