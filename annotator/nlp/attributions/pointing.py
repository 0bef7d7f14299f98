"""What words that point to a claim mean: "Kerrin said it leaks. Quill denied it", "rejected the figure"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotator.model.cue_lexicon import cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.contents import roots, words_of
from annotator.nlp.attributions.earlier import Near, Told, earlier, place
from annotator.nlp.attributions.found import NAMING, TAKING_SIDES, Found
from annotator.nlp.attributions.judging import judges_false
from annotator.nlp.attributions.pointers import (
    AMOUNT,
    BEGINNING,
    BLAME,
    CHANGE,
    DEED,
    DEMAND,
    FEAR,
    OWNED,
    SIDED_WITH,
    TO_COME,
    Pointer,
    singular,
)
from annotator.nlp.attributions.report_nouns import ACCUSATIONS, DEMANDS, JIBES, STATEMENTS
from annotator.nlp.attributions.silent import LABELLED
from annotator.nlp.attributions.stance import said_last
from annotator.nlp.attributions.valuing import ACCUSING
from annotator.nlp.attributions.whose import AUTHORS, NAMED_OWNER, is_called, is_others, owned

_MOST_AWAY = 2.0
"""What the distance of a claim whose owner is named speaks against it at most."""
_MUCH = 2.5
"""What speaks for a claim that may be far away: whose it is, or the verb it was told by."""
LIKELY, GUESS = 0.49, 0.45
"""How sure it is that something is meant: with, and without, something that speaks for it but its place."""
_ROOT = 6
"""Letters by which a noun and the verb or adjective that it is made of are alike."""
_SIDES = TAKING_SIDES | {"distances"}
_FINDINGS = frozenset(("finding", "conclusion", "figure", "number", "study"))
_STUDY = re.compile(r"\b(?:study|survey|poll|report|analysis|paper|audit|review)\b")
"""Whose "findings" are meant."""
_PLANS = frozenset(("plan", "scheme", "move", "decision"))
"""Nouns for what somebody will do."""
_THOUGH = re.compile(r"[,—–] (?:al)?though (?:\w+ ){0,2}$|[,—–] (?:but|while|yet) (?:\w+ ){0,2}$")
_THOUGH_BEFORE = 30
_FIRST = 60
"""Attributions among which the claim stands that a fact check is about."""
_RATING = frozenset(("rate", "rule", "grade", "score"))
_MANY = frozenset(("them", "these", "those"))
_NEVER = -10.0
_AMOUNT = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
                     r"|thousands?|millions?|half|third|quarter|twice)\b")  # fmt: skip
_FEW = 2
"""Sentences behind which nothing but its place does not speak for a claim any more."""
_BY_NOUN = frozenset(("noun-owned", "noun-by", "noun-light"))
_CLAUSE = re.compile(r"(?:that|to|whether)\b|[“\"]")
_PLAN = re.compile(r"[\"“‘']?(?:that )?(?:he|she|they|we|it|I)(?: will| would|[’']ll|[’']d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lead:
    """What is meant, and why."""

    target: Found
    why: str
    score: float


def lead(told: Told, by: Found, pointer: Pointer, reach: int = 0) -> Lead | None:
    """Return which claim told before an attribution is meant by words in it, where that can be told.

    "It" means one so many paragraphs back at most.
    """
    if pointer.head == "which":
        return _beside(told, by)
    if _is_of_all(told, by, pointer):
        return _rated(told, by, pointer)
    if pointer.is_word:
        meant = _nearest(told, by, max(reach, told.opens_paragraph(by)), is_many=pointer.head in _MANY)
        return meant or (_rated(told, by, pointer) if by.lemma in _RATING else None)
    if not pointer.is_taking_up:
        return _named(told, by, pointer) if pointer.is_name else _echoed(told, by, pointer)
    best = _best(told, by, pointer)
    if best is None and (pointer.noun.kind in (DEED, BEGINNING) or pointer.head in _FINDINGS):
        return _begun_with(told, by, pointer)
    return best


def _best(told: Told, by: Found, pointer: Pointer) -> Lead | None:
    """Return which claim goes best with words that name one; an accusation may stand far before."""
    best: tuple[float, Lead] | None = None
    is_this = told.low(by).startswith("this ")
    is_blame = pointer.head in ACCUSATIONS
    for near in earlier(told, by, is_far=is_blame):
        if is_this and near.sentences(told) > 1:
            break
        one = _told_there(pointer, near)
        points, why = _fit(told, by, pointer, one)
        if is_blame and not why and points >= 0 and _is_denied(near):
            points, why = points + _MUCH, "it was denied before"
        if not why and (near.sentences(told) > _FEW or (is_blame and not _is_answered(told, near, by))):
            continue
        is_named = points >= _MUCH or (pointer.about and points > 0)
        away = min(near.away, _MOST_AWAY) if is_named else near.away
        points -= away + _outer_or_plan(told, pointer, one)
        if points >= 0 and (best is None or points > best[0]):
            best = points, Lead(one, why, LIKELY if why else GUESS)
    return best[1] if best is not None else None


def _is_answered(told: Told, near: Near, by: Found) -> bool:
    """Tell whether what is told right before may be what a reply calls an accusation."""
    is_next = near.paragraphs == 0 or (by.parent is not None and near.paragraphs == 1)
    return is_next and near.away == 0 and near.sentences(told) <= 1


def _is_denied(near: Near) -> bool:
    """Tell whether somebody denied a claim before: "dismissed reports that it leaks"."""
    by = near.taken_up_by or near.target.parent
    is_named = near.taken_up_by is not None or near.target.pattern.startswith("noun")
    return by is not None and is_named and by.group == "denies"


def _told_there(pointer: Pointer, near: Near) -> Found:
    """Return what is told, or the words of who took it up where remarks are meant: “called it a “farce””."""
    is_remark = near.taken_up_by is not None and pointer.head in JIBES
    return near.taken_up_by if near.taken_up_by is not None and is_remark else near.target


def _is_of_all(told: Told, by: Found, pointer: Pointer) -> bool:
    """Tell "We rate", "Verdict: false", "The claim is wrong" from a verdict on what was said last."""
    if by.source is not None:
        return by.lemma in _RATING and told.source(by).lower() in AUTHORS
    is_the = pointer.head in STATEMENTS and not pointer.owner and told.low(by).startswith("the ")
    return by.lemma == LABELLED or is_the


def _rated(told: Told, by: Found, pointer: Pointer) -> Lead | None:
    """Return what a fact check is about, the first claim in it: "We rate the claim False"."""
    for one in told.found[: min(told.numbers[id(by)], _FIRST)]:
        is_owners = pointer.owner in ("", *OWNED) or is_called(told, one, pointer.owner)
        if one.parent is None and is_owners and told.is_claim(one) and is_others(told, one, by):
            return Lead(one, "the first claim that is told", GUESS)
    return None


def _begun_with(told: Told, by: Found, pointer: Pointer) -> Lead | None:
    """Return what an article begins with, where that is a plan or the like: "welcomed the news"."""
    first = next((one for one in told.found if one.parent is None and told.is_claim(one)), None)
    if first is None or first.end > by.start or pointer.owner or not is_others(told, first, by):
        return None
    if pointer.noun.kind == BEGINNING and judges_false(told.low(first)):
        # “Rumours of a sale are a hoax, Quill said. The news was premature, she said.”
        return None
    is_so = pointer.noun.kind == BEGINNING or first.lemma in pointer.noun.verbs
    is_so |= pointer.head in _PLANS and looks_ahead(told.text, first)
    is_so |= _is_found(told, pointer, first)
    return Lead(first, "the article begins with it", GUESS) if is_so else None


def _is_found(told: Told, pointer: Pointer, one: Found) -> bool:
    """Tell whether "the findings" may be what a study tells."""
    return pointer.head in _FINDINGS and _STUDY.search(told.source(one).lower()) is not None


def _beside(told: Told, by: Found) -> Lead | None:
    """Return what somebody else said right before "which": "said it leaks, which Quill denied"."""
    near = next(earlier(told, by), None)
    is_near = near is not None and told.text[near.target.end : place(by)].strip() == ","
    return Lead(near.target, "", GUESS) if near and is_near and is_others(told, near.target, by) else None


def _named(told: Told, by: Found, pointer: Pointer) -> Lead | None:
    """Return what somebody last said whom words name: "sided with Kerrin"."""
    for near in earlier(told, by):
        one = near.target
        is_meant = near.taken_up_by is None and pointer.head in SIDED_WITH and one.parent is by.parent
        is_meant &= id(one) in told.persons or pointer.head == "them"
        if one.source is None or not (is_meant or is_called(told, one, pointer.head)):
            continue
        if is_others(told, one, by):
            return Lead(one, f"{told.source(one)} said it last", GUESS)
    return None


def _echoed(told: Told, by: Found, pointer: Pointer) -> Lead | None:
    """Return what somebody said in a word of which a noun is made: "confident" before "that confidence"."""
    root = pointer.head[:_ROOT]
    for near in earlier(told, by):
        words = words_of(told.text, near.target)
        alike = {word for word in words if word.startswith(root)}
        if near.away > 1 or pointer.head in words:
            return None
        if alike and is_others(told, near.target, by):
            return Lead(near.target, f"“{pointer.head}” is made of “{min(alike)}”", GUESS)
    return None


def _nearest(told: Told, by: Found, reach: int, *, is_many: bool) -> Lead | None:
    """Return what somebody else told just before "it"; "them" are claims that a noun told."""
    if by.parent is not None and _is_aside_in(told, by.parent, by):
        return Lead(by.parent, "", GUESS)
    for near in earlier(told, by):
        one = near.target
        if near.away or near.paragraphs > reach or near.sentences(told) > 1:
            break
        if (one.parent is not None and one.parent is not by.parent) or _cites(one):
            continue
        is_told = is_others(told, one, by) and not _only_judges(one)
        is_told &= not is_many or near.taken_up_by is not None or one.pattern.startswith("noun")
        return Lead(said_last(told.text, one, told.inside), "", GUESS) if is_told else None
    return None


def _is_aside_in(told: Told, outer: Found, by: Found) -> bool:
    """Tell "said that it leaks, though others doubt it", where what is said runs on too far."""
    first = by.source[0] if by.source is not None else by.start
    is_aside = _THOUGH.search(told.text, max(0, first - _THOUGH_BEFORE), first) is not None
    return is_aside and outer.claim[0][0] < first < outer.end <= by.end and is_others(told, outer, by)


def _cites(one: Found) -> bool:
    """Tell "cited a study", which names what speaks for a claim."""
    return one.lemma == "cite" and one.pattern in NAMING


def _only_judges(one: Found) -> bool:
    """Tell "criticised the plan", which claims nothing that could be denied, from "accused him of lying"."""
    return one.pattern in NAMING and one.group in _SIDES and one.lemma not in ACCUSING


def _fit(told: Told, by: Found, pointer: Pointer, one: Found) -> tuple[float, str]:
    """Return how well a claim goes with words that take one up, and why; below 0 when it cannot."""
    mine = owned(told, by, pointer, one)
    if mine is None or not _may_be(told.text, pointer, one):
        return _NEVER, ""
    points, why = mine, f"{told.source(one)} is named" if mine > 0 and one.source else ""
    cue = told.cue(one).lower()
    noun = cue_lexicon().nouns.get(cue.partition(" ")[0])
    if noun is not None and singular(noun.lemma) == pointer.head:
        points, why = points + 3, f"“{pointer.head}” is used before"
    elif _is_found(told, pointer, one):
        points, why = points + NAMED_OWNER, why or f"“{pointer.head}” of “{told.source(one)}”"
    elif one.lemma in pointer.noun.verbs:
        points, why = points + 2.5, why or f"“{pointer.head}” goes with “{one.lemma}”"
    elif _is_of_kind(told.text, pointer, one):
        points, why = points + 1, why or f"it is what “{pointer.head}” may name"
    if pointer.about:
        shared = roots(set(map(singular, pointer.about))) & roots(words_of(told.text, one))
        points, why = points + (2 if shared else -2), f"“{min(shared)}” is said before" if shared else why
    return points, why


def _outer_or_plan(told: Told, pointer: Pointer, one: Found) -> float:
    """Return what speaks against a claim inside another one or beside it, or what somebody will do."""
    is_plan = one.group == "commits" or _PLAN.match(told.text, one.claim[0][0]) is not None
    is_beside = one.parent is not None or (one.how == "shared" and told.cue(one).endswith("ing"))
    return 0.5 * is_beside + (is_plan and pointer.noun.kind not in (TO_COME, DEED))


def _may_be(text: str, pointer: Pointer, one: Found) -> bool:
    """Tell whether what somebody said may be called a demand, a figure, a warning."""
    kind = pointer.noun.kind
    if one.pattern in _BY_NOUN and _CLAUSE.match(text, one.claim[0][0]) is None:
        # "Quill's attack on Kerrin" says what it is about.
        return one.cue is not None and pointer.head in text[slice(*one.cue)].lower()
    if kind in (CHANGE, AMOUNT, DEMAND):
        return _tells(text, pointer, one)
    if kind in (DEED, BEGINNING, FEAR):
        return one.lemma in pointer.noun.verbs or (kind == FEAR and one.group == "doubts")
    if kind == BLAME:
        return one.group == "criticises" or one.lemma in pointer.noun.verbs
    if one.pattern in NAMING and one.group in _SIDES and one.lemma not in pointer.noun.verbs:
        # "criticised the plan" claims nothing that could be called so, “called it a “farce”” is a remark.
        return pointer.head in JIBES and any(
            mark in text[one.claim[0][0] : one.claim[-1][1]] for mark in '"“'
        )
    return one.group not in ("demands", "asks") or pointer.head in DEMANDS


def _tells(text: str, pointer: Pointer, one: Found) -> bool:
    """Tell whether a claim tells what will change as a noun says, an amount, or what is demanded."""
    if pointer.noun.kind == CHANGE:
        return looks_ahead(text, one) and not pointer.noun.verbs.isdisjoint(words_of(text, one))
    if pointer.noun.kind == AMOUNT:
        return any(_AMOUNT.search(text, start, end) for start, end in one.claim)
    return one.group == "demands"


def _is_of_kind(text: str, pointer: Pointer, one: Found) -> bool:
    """Tell whether a claim tells an amount, or what will be, as the noun says."""
    if pointer.noun.kind == TO_COME:
        return one.group == "warns" or looks_ahead(text, one)
    return pointer.noun.kind in (AMOUNT, DEMAND, BLAME)


def looks_ahead(text: str, one: Found) -> bool:
    """Tell whether a claim tells what somebody will do, or what will be."""
    said = {word for start, end in one.claim for word in text[start:end].lower().split()}
    return one.group == "commits" or not said.isdisjoint(grammar()["looking ahead"])
