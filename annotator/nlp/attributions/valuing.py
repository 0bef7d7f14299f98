"""Which side a cue says that its source takes: by its group, negation, and what was refused."""

from __future__ import annotations

import re

from annotator.model.grammar import grammar
from annotator.nlp.attributions.acting import is_unsaid, only_acts
from annotator.nlp.attributions.found import Bounds, Found
from annotator.nlp.attributions.pointers import read_pointer

_VALUES = {
    "denies": "deny", "doubts": "question", "criticises": "deny", "supports": "support", "admits": "support",
    "distances": "deny",
}  # fmt: skip
_TURNED = {"deny": "support", "support": "deny", "question": "support"}
_THINKING = frozenset(("believe", "think", "feel", "suppose", "imagine", "reckon", "assume", "buy"))
_COMMENTING = frozenset(("comment", "respond", "reply", "answer"))
_CERTAIN = frozenset(("sure", "certain", "convinced", "confident", "positive", "persuaded"))
ACCUSING = frozenset(("accuse", "charge", "blame", "suspect"))
"""Who says this of somebody does not deny what follows, but claims it."""
_PRAISING = frozenset(("hail", "acclaim"))
_ECHOING = frozenset(("echo", "repeat", "reiterate", "restate", "renew", "stick", "cling", "vouch"))
_BALKING = frozenset(("balk", "recoil", "bridle", "chafe", "demur"))
_SAYING = frozenset(("asserts", "insists", "demands", "warns", "asks", "commits"))
CONFIRMING = frozenset(("confirm", "verify", "corroborate", "authenticate", "substantiate"))
_SIDING = _PRAISING | _ECHOING | CONFIRMING
"""Verbs that take a side although their group only speaks."""
_TOLD = frozenset(("that", "clause"))
_EXCLUDING = frozenset(("rule",))
"""Who does not "rule out" something takes no side on it."""
_WITHOUT = re.compile(
    r"\b(?:little|no|scant|insufficient|not enough) (?:\w+ )?(?:evidence|proof|data|basis|reason|grounds) *$"
)
_VIEW = re.compile(r"\b(?:view|opinion|belief|assessment|doubt|concern|fear|optimism|enthusiasm)s?$")
_TRUSTING = frozenset(("confidence", "faith", "trust"))
_DEMANDED = re.compile(r"(?:should|must|ought to|has to|have to|needs? to)\b", re.IGNORECASE)
"""Who "should reject" the plan has taken no side yet."""
_BEFORE = 40
_NOBODY = re.compile(
    r"(?:no one|nobody|none of|neither of|not one|no(?! (?:truth|evidence|doubt)))\b(?!\.)", re.IGNORECASE
)
_ASTONISHED = re.compile(r"\b(?:can|could)(?:n[’']t| ?not)\b|\bcan[’']t\b|\bhardly\b")
"""Who "can't believe" it is astonished."""
_UNABLE = re.compile(r"\b(?:unable|fail(?:ed|s)?) to\b")
_OPEN = re.compile(
    r"\b(?:would|could|can|will|do|does)(?:n[’']t| not)\b|\b(?:cannot|won[’']t|declin)"
    r"|(?:\bnot|n[’']t) (?:\w+ ){0,2}able\b"
)
"""Who "could not confirm" or "declined to endorse" a claim leaves it open."""


def side_of(text: str, one: Found) -> tuple[str, bool] | None:
    """Return the side that a cue takes, and whether it is turned by "not"; None where it takes no side."""
    if (one.lemma in _COMMENTING or one.pattern == "declined") and _says_nothing(text, one):
        return "neutral", False
    only_says = one.group in _SAYING and one.lemma not in _SIDING and not _is_idiom(text, one)
    only_says &= not puts_in_question(one)
    if only_says or one.cue is None or only_acts(text, one) or is_unsaid(text, one):
        return None
    value = _disbelief(one) or _only_pointing(text, one) or _usual(one)
    if (
        value is None
        or one.lemma in ACCUSING
        or _DEMANDED.match(text, *one.cue)
        or _is_held_against(text, one)
        or (one.lemma == "believe" and _ASTONISHED.search(text, *one.cue))
    ):
        return None
    is_turned = (one.is_negated != one.is_refused) != (_is_without(text, one.cue) or _is_nobody(text, one))
    if _leaves_open(text, one, is_turned=is_turned):
        return "neutral", False
    if " yet to " in text[slice(*one.cue)] or (is_turned and one.lemma in _EXCLUDING):
        return None
    if is_turned and (one.group in _VALUES or one.lemma in CONFIRMING | _TRUSTING or _shares(text, one)):
        value = _TURNED[value]
    return value, is_turned


def puts_in_question(one: Found) -> bool:
    """Tell "raised questions about the count" from "asked whether"."""
    return one.group == "asks" and one.lemma == "question" and one.pattern == "noun-light"


def _is_held_against(text: str, one: Found) -> bool:
    """Tell "accused Quill of lobbying for the mill", where nobody says that he did."""
    outer = one.parent
    return (
        outer is not None
        and outer.lemma in ACCUSING
        and one.cue is not None
        and text.endswith(" of ", 0, one.cue[0])
    )


def _says_nothing(text: str, one: Found) -> bool:
    """Tell "would not comment on the claim", "has not responded to the report"."""
    start, end = one.claim[0]
    start += len("on ") * text.startswith("on ", start)
    pointer = read_pointer(text, start, end)
    is_unsaid = one.is_negated or one.is_refused or one.group == "declines"
    return is_unsaid and pointer is not None and pointer.is_taking_up and not pointer.is_word


def _is_idiom(text: str, one: Found) -> bool:
    return is_salted(text, one) or _shares(text, one)


def is_salted(text: str, one: Found) -> bool:
    """Tell "took the denial with a pinch of salt"."""
    return text.endswith(("pinch of salt", "grain of salt"), *one.claim[-1])


def _shares(text: str, one: Found) -> bool:
    """Tell "does not share his view" from "shared the photo"."""
    return one.lemma == "share" and _VIEW.search(text, *one.claim[-1]) is not None


def _usual(one: Found) -> str | None:
    """Return the side of the group of a cue, none for those who fear what follows."""
    if one.lemma in _PRAISING:
        return "support"
    is_fear = one.group == "doubts" and (one.lemma in grammar()["fearing"] or one.pattern == "felt")
    if one.group == "criticises" and one.pattern in _TOLD:
        # "complained that it leaks" claims so.
        return None
    if one.lemma in _BALKING and one.pattern == "preposition":
        return "deny"
    return None if is_fear else _VALUES.get(one.group)


def _leaves_open(text: str, one: Found, *, is_turned: bool) -> bool:
    """Tell "would not confirm", "declined to endorse" and "stopped short of endorsing"."""
    assert one.cue is not None
    cue = text[slice(*one.cue)]
    is_open = " yet to " in cue or one.is_negated != one.is_refused or _is_nobody(text, one)
    if one.lemma in CONFIRMING and is_open:
        # Who has not confirmed it, or refuses to, leaves it open; so it is where nobody has.
        return True
    outer = one.parent
    if outer is not None and outer.group == "declines" and outer.cue is not None:
        is_short = outer.lemma == "stop" and outer.cue[1] <= one.cue[0] <= outer.cue[1] + 1
        return is_short and one.group in ("supports", "admits")
    if one.lemma in CONFIRMING:
        return _UNABLE.search(cue) is not None or (is_turned and _OPEN.search(cue) is not None)
    return one.is_refused and not one.is_negated and one.group == "supports" and "declin" in cue


def _is_without(text: str, cue: Bounds) -> bool:
    """Tell "there is no evidence to support the claim"."""
    return _WITHOUT.search(text, max(0, cue[0] - _BEFORE), cue[0]) is not None


def _is_nobody(text: str, one: Found) -> bool:
    """Tell "no one supports the plan", "none of them confirmed it"."""
    return one.source is not None and _NOBODY.match(text, *one.source) is not None


def _only_pointing(text: str, one: Found) -> str | None:
    """Return what "echoed" and "neither confirmed nor denied" say of a claim that was told before."""
    is_open = one.group == "declines" and one.lemma in ("deny", "confirm", "dispute")
    if is_open:
        return "neutral" if one.cue is not None and " nor " in text[slice(*one.cue)] else None
    if is_salted(text, one) or puts_in_question(one):
        return "question"
    is_trust = one.lemma in _TRUSTING and one.pattern == "noun-light"
    is_same = one.lemma in _ECHOING | CONFIRMING or _shares(text, one)
    return "support" if is_trust or is_same else None


def _disbelief(one: Found) -> str | None:
    """Return what "does not believe that" and "is not sure whether" say of what follows."""
    if one.group != "believes" or one.is_negated == one.is_refused:
        return None
    if one.lemma in _THINKING and one.pattern in ("that", "clause", "relative", "unseen"):
        return "deny"
    return "question" if one.pattern == "adjective" and one.lemma in _CERTAIN else None
