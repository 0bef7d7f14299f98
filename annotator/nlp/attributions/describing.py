"""The attributes of what was found: form, kind, type, polarity, certainty, anonymity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from annotator.model.cue_words import lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.found import Bounds, Found
from annotator.nlp.attributions.person_words import ONE_PERSON
from annotator.nlp.attributions.resolving import Actor, is_pronoun

_KINDS = {
    "believes": "thought", "asks": "question", "denies": "stance", "doubts": "stance", "criticises": "stance",
    "supports": "stance", "distances": "stance", "declines": "decline",
}  # fmt: skip
_TYPES = {"demands": "demand", "commits": "intention", "criticises": "opinion", "supports": "opinion"}
_REPORTED = frozenset(
    ("according", "as", "adverb", "noun-by", "noun-owned", "noun-bare", "noun-there", "noun-light")
)
_QUOTED = re.compile(r"\"|“|„|«|‘|''|``")
"""Letter by letter, not as a set of them: such an expression is looked for by its first characters."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATED = re.compile(r"\b(?:not|never|no longer|cannot)\b|n['’]t\b")
_ON_REQUEST = re.compile(
    r"condition of anonymity|not to be (?:named|identified|quoted)|(?:spoke|speaking) anonymously"
    r"|(?:declined|refused) to be (?:named|identified)|not authori[sz]ed to"
)
_MAY_ASK = ("anonym", "to be named", "to be identified", "to be quoted", "not authori")
"""One of these is in all of them, and is found faster."""
_POSTED = re.compile(
    r" (?:on (?:(?:its|his|her|their|the|an?) (?:\w+ ){0,2}(?:website|blog)|Twitter|Facebook)"
    r"|in (?:its|his|her|their|the|an?) (?:\w+ ){0,2}(?:letter|e-?mail|tweet|memo|op-ed))\b(?!['’])"
)
"""Words behind a cue that show that it is written."""
_AROUND = 1_000
"""Characters beside a source among which it is told that it will not be named."""
_FIRST = 14
"""Words of what is said in which its verb stands."""
_HINT = 9


def of_source(text: str, one: Found, actor: Actor | None) -> dict[str, str]:
    """Return the attributes of the words that name the source."""
    assert one.source is not None
    words = text[slice(*one.source)]
    low = words.lower()
    is_named = actor is not None and (actor.is_by_name or not actor.is_guess)
    found = {"form": _form(low, is_named=is_named)}
    if " and " in low and found["form"] in ("name", "nominal"):
        found["compound"] = "yes"
    if actor is not None:
        # Several actors are no actor of their own.
        found |= {"actor": actor.name} if not actor.members else {}
    elif found["form"] == "pronoun":
        found["ambiguous"] = "yes"
    return found


def _form(low: str, *, is_named: bool) -> str:
    if low.endswith(("'s", "’s", "s’", "s'")) or low in grammar()["possessive"]:
        return "possessive"
    if is_pronoun(low):
        return "pronoun"
    return "name" if is_named else "nominal"


def of_cue(text: str, one: Found, source: str) -> dict[str, str]:
    """Return the attributes of the cue; `source` are the words that name the source."""
    kind = _KINDS.get(one.group, "speech")
    if kind == "speech" and one.lemma in grammar()["thinking words"]:
        kind = "thought"
    if kind == "speech" and one.is_refused and one.group == "admits":
        kind = "stance"
    if one.kind == "punctuation" or one.pattern in ("colon-name", "headline", "turn"):
        kind = "punctuation"
    elif kind == "speech" and (
        one.lemma in grammar()["writing verbs"] or _is_written(source) or _is_posted(text, one)
    ):
        kind = "writing"
    return {"kind": kind, **({"negated": "yes"} if one.is_negated else {})}


def _is_written(source: str) -> bool:
    return not grammar()["documents"].isdisjoint(source.lower().split())


def _is_posted(text: str, one: Found) -> bool:
    """Tell "reported on its website" from "reported on the website's fate"."""
    return one.cue is not None and _POSTED.match(text, one.cue[1]) is not None


def of_claim(text: str, one: Found) -> dict[str, str]:
    """Return the attributes of what is said."""
    low = " ".join(text[start:end] for start, end in one.claim).lower()
    found = {"form": claim_form(text, one)}
    kind = "question" if _is_question(low, one) else _TYPES.get(one.group, "")
    if one.lemma in grammar()["predicting verbs"]:
        kind = "prediction"
    elif not kind and one.lemma in grammar()["judging verbs"]:
        kind = "opinion"
    if kind:
        found["type"] = kind
    first = [match.group() for match in islice(_WORD.finditer(low), _FIRST)]
    if kind != "question" and _NEGATED.search(" ".join(first[:_HINT])):
        found["polarity"] = "negated"
    certainty = _certainty(first, kind)
    return {**found, **({"certainty": certainty} if certainty else {})}


def _certainty(first: list[str], kind: str) -> str:
    if kind == "question":
        return "unspecified"
    for certainty in ("possible", "probable"):
        if not grammar()[certainty].isdisjoint(first):
            return certainty
    return ""


def _is_question(low: str, one: Found) -> bool:
    return (
        low.rstrip("\"”’'» ").endswith("?")
        or low.startswith(("whether ", "if "))
        or (one.group == "asks" and one.continues is None)
    )


def claim_form(text: str, one: Found) -> str:
    """Return how what is said stands in the text."""
    if one.form != "indirect":
        return one.form
    if one.pattern == "headline":
        return "headline"
    starts = [bool(_QUOTED.match(text, start)) for start, _ in one.claim]
    if all(starts):
        return "direct"
    if any(starts) or any(_QUOTED.search(text, start, end) for start, end in one.claim):
        return "mixed"
    return "reported" if one.pattern in _REPORTED else "indirect"


def anonymity(text: str, one: Found, actor: Actor | None, paragraph: Bounds) -> Mapping[str, str]:
    """Return how far the source is named, when it is not."""
    if one.source is None or actor is not None:
        return {}
    words = text[slice(*one.source)].lower().split()
    heads = {word.strip(",.’'") for word in words}
    titles = lexicon().titles
    is_single = not heads.isdisjoint(titles) or not heads.isdisjoint(ONE_PERSON)
    is_group = not heads.isdisjoint(grammar()["bare people"]) or any(
        word.rstrip("s") in titles for word in heads
    )
    if (is_single or is_group) and _is_on_request(text, one.source, paragraph):
        return {"anonymity": "on_request"}
    if is_single:
        return {"anonymity": "title_only"}
    return {"anonymity": "unnamed"} if is_group else {}


def _is_on_request(text: str, source: Bounds, paragraph: Bounds) -> bool:
    start, end = max(paragraph[0], source[0] - _AROUND), min(paragraph[1], source[1] + _AROUND)
    near = text[start:end].lower()
    return any(map(near.__contains__, _MAY_ASK)) and _ON_REQUEST.search(near) is not None
