"""Verdicts in the writer's own words: "That is false.", "The claim that it leaks is wrong."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from annotator.model.grammar import grammar
from annotator.nlp.attributions.found import NAMING, Found
from annotator.nlp.attributions.judging import IS, MUCH, any_not_so
from annotator.nlp.attributions.pointers import read_pointer
from annotator.nlp.attributions.sentences import Sentence
from annotator.nlp.attributions.silent import LABELLED, SILENT

_SCORE = 0.45
_LONGEST = 120
_LEAST = 30
_NEAR = 3
_OPENING = re.compile(
    r"(?:(?:But|And|So|Yet|Still|However|Actually|In fact|In truth|In reality|In short|Again|Alas"
    r"|Of course|Needless to say|(?:Not )?[A-Z]?[a-z]+ly(?: enough)?),? )?"
)
_LABEL = re.compile(r"(?:(?:Our |The |AP[’']S |Final )?([a-z]+): *)?", re.IGNORECASE)
"""What may stand before the verdict of a fact check."""
_ENDS = r"(?=[.,!;:—–-]| [-–—]| (?:and|but|or|because|since|too|either)\b|$)"
_PERSON = re.compile(
    r"(?P<who>He|She|They|(?:[A-Z][\w’'-]+ ){0,2}[A-Z][\w’'-]+)(?: is| was| are| were|[’'](?:s|re)) " + MUCH
    + r"(?:(?P<deny>wrong|mistaken|lying|misinformed)|(?P<support>right|correct))" + _ENDS
)  # fmt: skip
_NOT_WHAT = re.compile(
    r"(?:That|This|It)(?:[’']s not| is not| isn[’']t| was not| wasn[’']t) "
    r"(?:quite |exactly |at all |actually )?what (?:[\w’'-]+ ){1,6}?"
    r"(?:says?|said|shows?|showed|does|did|happened|found|proposes?|proposed|wrote|means?|meant)\b"
)
_NO_GROUND = re.compile(
    r"Contrary to |[Tt]here(?: is| was|[’']s) (?:absolutely |simply |also |in fact )?"
    r"(?:no (?:\w+ )?(?:evidence|truth|basis|proof)|not (?:a shred|an iota) of (?:evidence|truth|proof)) "
    r"(?:whatsoever )?(?:for|to|in|of|behind|to support) "
)
_THAT_IS = re.compile(r"(?:That|This|It)(?=[’']s )")
_HOLDS = re.compile(
    r" (?:(?P<deny>(?:does not|doesn[’']t|do not|don[’']t|did not|didn[’']t) (?:really |quite )?"
    r"(?:stand|hold|add|check) (?:up|out|water)|falls? apart"
    r"|(?:(?:has|have|had)(?: \w+)? been|was|were) (?:\w+ )?(?:debunked|discredited|disproved|refuted))"
    r"|(?P<support>(?:holds?|stands?) up|checks? out))"
    + _ENDS
)  # fmt: skip
"""What claims do that are not so, or are."""
_FALSELY = re.compile(r"\b(?:falsely|wrongly|incorrectly|erroneously|inaccurately|mistakenly)\b")
_FIRST = frozenset((
    "that", "this", "it", "these", "those", "the", "his", "her", "their", "its", "he", "she", "they", "there",
    "but", "and", "so", "yet", "still", "however", "actually", "in", "again", "alas", "our", "ap's", "ap",
    "contrary",
))  # fmt: skip


@lru_cache(maxsize=1)
def words() -> frozenset[str]:
    """Return the words of which a verdict has one."""
    known = grammar()
    return frozenset(
        (
            "true",
            "right",
            "correct",
            "accurate",
            "not",
            "isn't",
            "isn’t",
            "evidence",
            "up",
            "water",
            "apart",
            "debunked",
            "discredited",
            "disproved",
            "disproven",
            "refuted",
            "contrary",
        )
    ).union(*(known[one] for one in ("judged false", "judged true")))


@lru_cache(maxsize=1)
def _alone() -> re.Pattern[str]:
    """Return what a sentence is that only judges: "False.", "Not so."."""
    false, true = any_not_so(), "true|correct|right|accurate"
    return re.compile(
        rf"(?i:(?:mostly |largely |partly |half )?{MUCH}(?:(?P<deny>{false})|(?P<support>{true})))[.!]?"
        r"(?: \([^()]*\))?"
    )


def by_verdict(s: Sentence) -> Iterator[Found]:
    """Yield what the writer says of a claim in a sentence of his own."""
    first = s.word(s.first)
    is_open = (
        first in _FIRST
        or first in words()
        or first in grammar()["no source"]
        or first.endswith("ly")
        or s.tag(s.first) == "CAP"
    )
    if s.line.depth or not is_open:
        return
    text, (start, end) = s.line.text, s.bounds((s.first, s.end))
    start = _behind(_OPENING, text, start, end)
    found = _alone_in(s, start, end) or _of_pointer(s, start, end) or _by_form(s, start, end)
    if found is not None:
        yield found


def _behind(opening: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = opening.match(text, start, end)
    return match.end() if match is not None else start


def _alone_in(s: Sentence, start: int, end: int) -> Found | None:
    """Return "False.", "Verdict: mostly false"."""
    label = _LABEL.match(s.line.text, start, end)
    is_label = label is not None and label[1] is not None and label[1].lower() in grammar()["no source"]
    first = label.end() if label is not None and is_label else start
    match = _alone().fullmatch(s.line.text, first, end)
    is_whole = match is not None and (first > start or not match[0][-1].isalpha())
    if match is None or not is_whole:
        return None
    found = _found(s, match, (start, start))
    found.lemma = LABELLED if first > start else ""
    return found


def _of_pointer(s: Sentence, start: int, end: int) -> Found | None:
    """Return "That is misleading", "The senator's claim is false"."""
    text = s.line.text
    short = _THAT_IS.match(text, start, end)
    pointer = read_pointer(text, start, end) if short is None else None
    if short is None and pointer is None:
        return None
    last = short.end() if short is not None else pointer.end if pointer is not None else start
    holds = _HOLDS.match(text, last, end)
    if holds is not None:
        return _found(s, holds, (start, last), holds.start())
    being = IS.match(text, last, end)
    match = _judges().match(text, being.end(), end) if being is not None else None
    if being is None or match is None or being[0].endswith(("n't", "n’t")):
        return None
    return _found(s, match, (start, last), being.start())


@lru_cache(maxsize=1)
def _judges() -> re.Pattern[str]:
    """Return what stands behind "That is" where it judges and goes on with nothing else."""
    false = any_not_so()
    return re.compile(
        rf" ?(?:mostly |largely |partly |also |in fact )?{MUCH}"
        rf"(?:(?P<deny>{false})|(?P<support>true|right|correct|accurate))" + _ENDS
    )


def _by_form(s: Sentence, start: int, end: int) -> Found | None:
    """Return "He is right", "That is not what the bill says", "There is no evidence for that"."""
    text = s.line.text
    match = _PERSON.match(text, start, end)
    if match is not None:
        return _found(s, match, match.span("who"), match.end("who"))
    match = _NOT_WHAT.match(text, start, end)
    if match is not None:
        return _found(s, match, (start, start), group="denies")
    match = _NO_GROUND.match(text, start, end)
    pointer = read_pointer(text, match.end(), end) if match is not None else None
    if match is None or pointer is None:
        return None
    return _found(s, match, (match.end(), pointer.end), group="denies")


def _found(
    s: Sentence, match: re.Match[str], claim: tuple[int, int], start: int = -1, group: str = ""
) -> Found:
    start = match.start() if start < 0 else start
    while s.line.text[start] == " ":
        start += 1
    is_denied = group == "denies" or match["deny"] is not None
    reason = f"“{s.line.text[start : match.end()].strip()}”, a verdict of the writer's"
    return Found(
        SILENT, "denies" if is_denied else "supports", (start, match.end()), None, (claim,), _SCORE, reason,
        paragraph=s.line.paragraph, kind="stance", how="before",
    )  # fmt: skip


@lru_cache(maxsize=1)
def _behind_claim() -> re.Pattern[str]:
    """Return what the writer adds: ", but that is not true", ", and there is no evidence for it"."""
    false = any_not_so()
    return re.compile(
        rf" (?:and|but|yet|although|though) "
        rf"((?:(?:that|this|these|they|it)(?:{IS.pattern}| not to be) {MUCH}(?:{false})"
        rf"|{_NO_GROUND.pattern}(?:that|this|it)\b)[^.,;]*)"
    )


def added(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield the verdicts that claims run on into, and let the claims end before."""
    for one in found:
        start, end = one.claim[-1]
        is_own = one.pattern in ("that", "clause", "unseen") and not one.depth
        match = _behind_claim().search(text, start, end) if is_own and end - start > _LEAST else None
        at = match.start() if match is not None else -1
        if is_own and match is None and _opens(text, one):
            match = _after_claim().search(text, start, end)
            at = match.start(1) - 1 if match is not None else -1
        if match is not None and match.end() == end and one.group not in ("believes", "doubts"):
            one.end_at(at - (text[at - 1] == ","))
            reason = f"“{match[1]}”, a verdict of the writer's"
            yield Found(
                SILENT, "denies", match.span(1), None, ((end, end),), _SCORE, reason,
                paragraph=one.paragraph, kind="stance", how="before",
            )  # fmt: skip


def _is_named(text: str, one: Found) -> bool:
    """Tell "the claim that it leaks" and "a report saying it leaks", which may be judged as a whole."""
    return one.pattern.startswith("noun") or (one.cue is not None and text[slice(*one.cue)].endswith("ing"))


@lru_cache(maxsize=1)
def _after_claim() -> re.Pattern[str]:
    """Return what ends "A posting claiming the town has been closed is not true" behind a verb of its own."""
    false = any_not_so()
    verb = r"(?<= )(?:is|are|was|were|has|have|had|will|would|can|could)\b"
    return re.compile(rf"{verb}[^.;]*? (?<!that )((?:is|are|was|were) {MUCH}(?:{false}))$")


def _opens(text: str, one: Found) -> bool:
    """Tell whether a sentence begins with who claims something, as "A posting claiming"."""
    if one.source is None or one.cue is None or not text[slice(*one.cue)].endswith("ing"):
        return False
    before = text[max(0, one.source[0] - _NEAR) : one.source[0]].rstrip(" ")
    return text.startswith(("A", "The", "One"), one.source[0]) and (not before or before[-1] in ".\n!?")


def told_falsely(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield what the writer says by "falsely claimed that it leaks"."""
    for one in found:
        if one.cue is None or one.parent is not None or one.depth or one.pattern in NAMING:
            continue
        match = _FALSELY.search(text, *one.cue)
        if match is not None:
            yield Found(
                SILENT, "denies", match.span(), None, one.claim, _SCORE,
                f"“{match[0]}”, a verdict of the writer's on what is claimed", paragraph=one.paragraph,
                kind="stance", how="before",
            )  # fmt: skip


def on_nouns(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """Yield "The claim that it leaks is misleading", for claims that a noun tells outside all others."""
    for one in found:
        if _is_named(text, one) and one.parent is None and not one.depth:
            being = IS.match(text, one.end, min(len(text), one.end + _LONGEST))
            stop = text.find("\n", one.end)
            end = len(text) if stop < 0 else stop
            match = _judges().match(text, being.end(), end) if being is not None else None
            if match is not None:
                yield Found(
                    SILENT, "denies" if match["deny"] else "supports", (one.end + 1, match.end()), None,
                    one.claim, _SCORE, "a verdict of the writer's on what is claimed",
                    paragraph=one.paragraph, kind="stance", how="before",
                )  # fmt: skip
