"""What sources call a claim: "called the story a lie", "said it was false", “Nonsense,” said Quill."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from annotator.model.grammar import grammar
from annotator.nlp.attributions.earlier import Told
from annotator.nlp.attributions.found import Found
from annotator.nlp.attributions.pointers import JUDGING, Pointer, read_pointer, singular, taking_up
from annotator.nlp.attributions.stance import OTHER_SIDE, QUOTES, SAYING, Stance

_VALUES = tuple(zip(JUDGING, ("deny", "support", "question"), strict=True))
_OPINIONS = (("judged bad", "deny"), ("judged good", "support"))
CALLING = frozenset((
    "describe", "characterise", "characterize", "call", "label", "brand", "term", "dub", "consider", "find",
    "deem", "regard", "see", "judge", "declare", "pronounce", "rate", "rule", "grade",
))  # fmt: skip
_SCORE = 0.55
_SPAN = 60
_NEAR = 30
_NOUN_BEFORE = re.compile(r"\b(an?|the|that) (\w+)(?: that| which)? $")
IS = re.compile(
    r"\s*(?:(?:is|was|are|were|(?:has|have|had)(?: \w+)? been)(?: \w+)? "
    r"(?:confirmed|revealed|exposed|shown|found) (?:as|to be)\b"
    r"|(?:is|was|are|were|has been|had been|have been|seems|seemed|looks|looked|sounds|sounded)\b"
    r"(?:n[’']t\b| to be\b)?"
    r"|appear(?:s|ed)?(?: to be)?\b"
    r"|turn(?:s|ed) out(?: to be)?\b|prove[sd](?: to be)?\b"
    r"|(?:(?:has|have|had)|[’']ve|[’']s) (?:\w+ ){0,2}(?:proven|proved|turned out)(?: to be\b)?"
    r"|[’'](?:s|re)\b|has|had|have\b)"
)
_SHORT = re.compile(
    r"(?:that )?(that|this|it|he|she|they)(?: simply| just| clearly| plainly| really)?"
    r"(?:[’']s|[’']re| is| was| are| were)(n[’']t)?\b",
    re.IGNORECASE,
)
_OF_PERSON = re.compile(
    r" (?:simply |just |plain(?:ly)? |completely |badly |quite )?"
    r"(?:wrong|mistaken|lying|misinformed|misled)\b(?! (?:to|for)\b)"
)
_TO = re.compile(
    r"to (?:(?P<deny>veto|block|fight|oppose|reverse|repeal|overturn|scrap|resist|challenge|appeal|contest"
    r"|undo|stop|kill|defeat|vote against|campaign against|rescind|axe)"
    r"|(?P<support>support|back|defend|vote for|uphold)) "
)
_SOMEBODY = re.compile(
    r"(?:that )?(?:the |(?=[A-Z]))(?:[A-Z][\w.’'-]+ ){0,3}(?P<who>[\w’'-]+) "
    r"(?:(?:is|was|are|were|had been|has been) (?:(?:simply|just|plainly|badly|quite|completely) )?"
    r"(?:(?P<deny>wrong|mistaken|lying|misinformed|misled|exaggerating|scaremongering)|(?P<support>right|correct))"
    r"|(?:had|has) (?P<erred>lied|misunderstood|misread|misspoken|misrepresented|exaggerated|got it wrong))"
    r"(?=[”\"’'.,;]|$)"
)
_NOT = re.compile(r"\b(?:not|never|hardly|far from|anything but|no)\b|n[’']t\b")
_NO_GROUND = re.compile(
    r"(?:that )?there(?: is| was|[’']s| has been| had been) (?:absolutely |simply |also )?[\"“‘']?"
    r"(?:no (?:\w+ )?(?:evidence|truth|bas[ei]s(?: of truth)?|foundation|substance|proof|merit)"
    r"|(?:not|nothing) .{0,20}?(?:evidence|truth))"
    r"[\"”’']? (?:whatsoever )?(?:for|to|in|of|behind|to support)[\"”’']? (?:either )?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s*(?:as )?(?:an? )?[\"“‘«]")
_UNAWARE = re.compile(
    r"(?:that )?(?:[\w’'-]+ ){1,3}?(?:is|was|are|were|am|has|had|have|[’']d|[’']s) [\"“]?"
    r"(?:not (?:been )?(?:aware of|seen|found|shown)|unaware of|seen no|found no|aware of no|(?=no\b))"
    r" ?(?:any |no )?(?:\w+ )?evidence (?:of|for|to support|behind) ",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[\"”’']? (?:that|to|if|for|in|when|about the)\b")
_OPENS = r"[\"“‘«'](?:(?:[Nn]o|[Ww]ell|[Ll]ook|[Oo]h|[Bb]ut|[Ss]orry|[Ff]rankly),? )?"
_CLAIMS = r"(?:claims?|stor(?:y|ies)|reports?|accusations?|allegations?|charges?|figures?|rumou?rs?)"
_CALLED = ("claim", "stor", "report", "accus", "alleg", "charge", "rumo", "suggest", "assert", "figure")
"""How nouns begin that name what is judged behind the first sentence of a quotation."""
_SENTENCE = re.compile(r"[.!?…] +")
_IT = (
    r"(?:[Tt]hat|[Tt]his|[Ii]t|[Tt]hese|[Tt]hose|[Tt]hey"
    rf"|(?:[Tt]hose|[Tt]hese|[Tt]he|[Tt]hat|[Tt]his|[Hh]is|[Hh]er) (?:\w+ )?{_CLAIMS})"
)
MUCH = (
    r"(?:(?:simply|just|absolutely|completely|totally|utterly|plainly|clearly|all|of course|an?|complete"
    r"|total|utter|pure|sheer|absolute|patently|entirely|obviously|quite|blatant|outright|flat|downright"
    r"|such|what|\w{3,}ly,?(?: and)?) )*"
)
_NOT_SO = "|".join((
    "not true", "not accurate", "not the case", "not correct", "not right", "not what happened",
    "not to be true", "NOT true", "not so",
))  # fmt: skip
_PERSON = re.compile(
    _OPENS + r"(?P<who>[Hh]e|[Ss]he|[Tt]hey|(?:[A-Z][\w.’'-]+ ){0,3}[A-Z][\w’'-]+)"
    r"(?: is| was| are| were|[’']s|[’']re) " + MUCH
    + r"(?:(?P<deny>wrong|mistaken|lying|not telling the truth|misinformed)|(?P<support>right|correct))\b"
    r"(?! (?:to|if|for|in|when|here|side|person|man|woman)\b)"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aimed:
    """A stance, and the words that point to its claim; one that must be led back is none where it cannot."""

    stance: Stance
    pointer: Pointer | None
    is_bound: bool = False
    is_of_plan: bool = False
    """Whether it is one only on what somebody will do: "said it was overdue"."""


def any_of(section: str) -> str:
    """Return an expression for the words of a section, the longest first."""
    words = sorted(grammar()[section], key=len, reverse=True)
    return "|".join(re.escape(word.replace("_", " ")) for word in words)


def any_not_so() -> str:
    """Return an expression for what says that something is not so: "not true", "false"."""
    return f"{_NOT_SO}|{any_of('judged false')}"


@lru_cache(maxsize=1)
def _answering() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what a quotation begins with, or is, that answers, and what “Wrong, she interjects” answers."""
    false = any_not_so()
    begins = (
        _OPENS + _IT + r"(?: is| was| are| were|[’']s|[’']re) " + MUCH
        + rf"(?:(?P<deny>{false})|(?P<support>true|right|correct|exactly right|accurate))\b"
        r"(?! (?:that|to|if|for|in|when)\b)"
    )  # fmt: skip
    alone = (
        r"[\"“‘«'](?i:(?:(?:well|look|oh|but|sorry|frankly),? )?" + MUCH + rf"(?:(?P<deny>{false})"
        r"|(?P<support>true|exactly|correct|right|quite right|quite so))[,.!;])"
        r"|[\"“‘«'](?i:(?:(?:well|yes|no|look|but),? )?(?:i|we)(?: \w+ly| quite| do)?"
        r" (?:(?P<against>disagree)|agree))[,.!;]"
    )  # fmt: skip
    bare = (
        r"(?i:" + MUCH + rf"(?:(?P<deny>{false}|hardly|not at all)"
        r"|(?P<support>true|right|correct|exactly|quite so|indeed|absolutely)))"
    )  # fmt: skip
    return re.compile(begins), re.compile(alone), re.compile(bare)


@lru_cache(maxsize=3)
def _judging(sections: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Return an expression for words that judge, in a group for each value."""
    groups = "|".join(f"(?P<{value}>{any_of(section)})" for section, value in sections)
    return re.compile(rf"\b(?:{groups})\b")


def judges_false(low: str) -> bool:
    """Tell whether words in small letters say of something that it is not so."""
    return _judging(_VALUES[:1]).search(low) is not None


def _turned(words: str, judging: re.Match[str]) -> str | None:
    """Return the side that words take which judge, the other one behind "not"."""
    value = judging.lastgroup or ""
    return OTHER_SIDE.get(value) if _NOT.search(words, 0, judging.start()) is not None else value


def verdict(text: str, start: int, end: int) -> str | None:
    """Return the side that words take which judge a claim, "not true" being the other one of "true"."""
    low = text[start : min(end, start + _SPAN)].lower()
    match = _judging(_VALUES).search(low)
    return None if match is None or _GOES_ON.match(low, match.end()) else _turned(low, match)


def opinion(text: str, start: int, end: int) -> str | None:
    """Return the side of "called the plan a disaster"; what is only quoted is rarely praise."""
    low = text[start : min(end, start + _SPAN)].lower()
    match = _judging(_OPINIONS).search(low)
    if match is not None:
        return _turned(low, match)
    return "deny" if _QUOTED.match(low) is not None else None


def judged(told: Told, one: Found) -> Aimed | None:
    """Return the side that an attribution takes on a claim that it judges in words of its own."""
    if one.source is None or one.is_negated or one.is_refused:
        return None
    text = told.text
    start, end = one.claim[0]
    is_found = one.lemma == "determine" and one.pattern != "to"
    if one.group == "commits" and not is_found:
        return _undone(text, one, start, end)
    if text[start] in QUOTES or one.pattern == "turn":
        return _quoted(told, one, start, end)
    bare = _bare_answer(text, one, start, end)
    if bare is not None:
        return bare
    if one.lemma in CALLING:
        return _called_first(told, one) or _called(text, one, start, end)
    # "determined that the claims are false"
    return _predicated(told, one, start, end) if is_found or one.group in SAYING else None


def _quoted(told: Told, one: Found, start: int, end: int) -> Aimed | None:
    """Return the side that a quotation takes on a claim."""
    return (
        _answer(told.text, one, start)
        or _of_pointer(told.text, one, start + 1, one.claim[-1][1])
        or _without_ground(told, one, start + 1, end)
        or _later_in(told, one)
    )


def _undone(text: str, one: Found, start: int, end: int) -> Aimed | None:
    """Return what "vowed to fight the plan", "pledged to reverse it" say of what was told."""
    match = _TO.match(text, start, end) if one.pattern == "to" else None
    pointer = read_pointer(text, match.end(), end) if match is not None else None
    if match is None or pointer is None:
        return None
    value = "deny" if match["deny"] else "support"
    return Aimed(_stance(one, value, f"“{one.lemma} {match[0].strip()}”"), pointer, True)


def _answer(text: str, one: Found, start: int) -> Aimed | None:
    """Return what “That is false” and “Nonsense” say of a claim, “He is wrong” of who made it."""
    if one.parent is not None:
        return None
    begins, alone, _ = _answering()
    match = begins.match(text, start) or alone.match(text, start)
    named = read_pointer(text, start + 1, match.end()) if match is not None else None
    pointer = named if named is not None and not named.is_word and named.is_taking_up else Pointer("that")
    if match is None:
        match = _PERSON.match(text, start)
        if match is None:
            return None
        who = match["who"].split()[-1].lower()
        pointer = Pointer("words", "their" if who in ("he", "she", "they") else who)
    value = "deny" if match["deny"] or match.groupdict().get("against") else "support"
    words = match[0].strip("\"“‘«'.,!; ")
    return Aimed(_stance(one, value, f"the quotation begins with “{words}”", is_shown=False), pointer, True)


def _of_pointer(text: str, one: Found, start: int, end: int) -> Aimed | None:
    """Return what “The claims made by Kerrin are wholly untrue” says of them."""
    pointer = read_pointer(text, start, end) if one.parent is None else None
    verb = IS.match(text, pointer.end, end) if pointer is not None and not pointer.is_word else None
    value = verdict(text, verb.end(), end) if verb is not None else None
    if pointer is None or verb is None or value is None:
        return None
    value = OTHER_SIDE.get(value, value) if verb[0].endswith(("n't", "n’t")) else value
    return Aimed(_stance(one, value, "the quotation judges what was told", is_shown=False), pointer, True)


def _later_in(told: Told, one: Found) -> Aimed | None:
    """Return what “We have looked. These claims are untrue” says of them, behind its first sentence."""
    low = told.low(one)
    if one.parent is not None or not any(map(low.__contains__, _CALLED)):
        return None
    text, last = told.text, one.claim[-1][1]
    for first, end in one.claim:
        starts = [match.end() for match in _SENTENCE.finditer(text, first, end)]
        for start in starts if first == one.claim[0][0] else (first + 1, *starts):
            found = _of_pointer(text, one, start, last) or _without_ground(told, one, start, end)
            if found is not None:
                return found
    return None


def _bare_answer(text: str, one: Found, start: int, end: int) -> Aimed | None:
    """Return what “Wrong, she interjects” says without marks."""
    is_bare = one.pattern in ("clause-before", "interposed") and len(one.claim) == 1 and one.parent is None
    match = _answering()[2].fullmatch(text, start, end) if is_bare else None
    if match is None:
        return None
    value = "deny" if match["deny"] else "support"
    return Aimed(_stance(one, value, f"“{match[0]}” answers", is_shown=False), Pointer("that"), True)


def _called_first(told: Told, one: Found) -> Aimed | None:
    """Return what "described as baseless | a report that it leaks" says of what that tells."""
    at = told.cue(one).find(" as ")
    if one.cue is None or at < 0:
        return None
    behind = one.cue[0] + at
    value = verdict(told.text, behind, one.cue[1]) or opinion(told.text, behind, one.cue[1])
    if value is None:
        return None
    stance = _stance(one, value, f"“{told.cue(one)}”")
    inner = next((inner for inner in told.inside.get(id(one), ()) if inner.start >= one.claim[0][0]), None)
    if inner is not None:
        return Aimed(replace(stance, target=inner), None)
    return Aimed(stance, read_pointer(told.text, *one.claim[0]))


def _called(text: str, one: Found, start: int, end: int) -> Aimed | None:
    """Return what "called the story a lie" says."""
    pointer, behind = read_pointer(text, start, end), start
    if pointer is None:
        # "a claim that fact-checkers have called misleading"
        pointer = _named_before(text, one)
    else:
        behind = pointer.end
    if pointer is None:
        return None
    last = one.claim[-1][1]
    value = verdict(text, behind, last) or opinion(text, behind, last)
    if value is None:
        return None
    return Aimed(_stance(one, value, f"“{one.lemma}” with words that judge"), pointer, True)


def _named_before(text: str, one: Found) -> Pointer | None:
    """Return what "a claim that" and "the figure" before a source take up."""
    assert one.source is not None
    match = _NOUN_BEFORE.search(text, max(0, one.source[0] - _NEAR), one.source[0])
    noun = taking_up(match[2].lower()) if match is not None else ""
    if match is None or not noun:
        return None
    # ", a claim that" takes up what stands right before.
    return Pointer(noun if match[1] in ("the", "that") else "that")


def _predicated(told: Told, one: Found, start: int, end: int) -> Aimed | None:
    """Return what "said the claim was false", "there is no evidence for it" say."""
    text = told.text
    without = _without_ground(told, one, start, end)
    if without is not None:
        return without
    short = _SHORT.match(text, start, end)
    if short is not None:
        return _of_it(text, one, short, end)
    pointer = read_pointer(text, start, end)
    if text.startswith("that ", start) and (pointer is None or pointer.is_word):
        pointer = read_pointer(text, start + 5, end)
    verb = IS.match(text, pointer.end, end) if pointer is not None else None
    if pointer is None or verb is None:
        return _of_somebody(text, one, start, end)
    is_turned = verb[0].endswith(("n't", "n’t"))
    value = verdict(text, verb.end(), end)
    value = OTHER_SIDE.get(value or "") if is_turned else value
    if value is None and not is_turned and not pointer.is_word:
        # "said the governor's statement was “off by a mile”"
        value = opinion(text, verb.end(), end)
    if value is None or (pointer.is_word and value != "deny"):
        return None
    return Aimed(_stance(one, value, f"“{one.lemma}” with words that judge"), pointer, True)


def _of_somebody(text: str, one: Found, start: int, end: int) -> Aimed | None:
    """Return what "thought the hauliers were exaggerating" says of what these said."""
    match = _SOMEBODY.match(text, start, end)
    if match is None:
        return None
    value, who = "support" if match["support"] else "deny", singular(match["who"].lower())
    stance = _stance(one, value, f"“{one.lemma}” with words that judge", is_shown=True)
    return Aimed(stance, Pointer("words", who), True)


def _of_it(text: str, one: Found, short: re.Match[str], end: int) -> Aimed | None:
    """Return what "says that's not true", "said he was wrong" say."""
    who = short[1].lower()
    is_person = who in ("he", "she", "they")
    if is_person and _OF_PERSON.match(text, short.end(), end) is None:
        return None
    value = verdict(text, short.end(), end)
    is_of_plan = value is None
    if value != "deny":
        value = None if is_person else _said_whole(text[short.end() : end].lower())
    value = OTHER_SIDE.get(value or "") if short[2] else value
    if value is None:
        return None
    pointer = Pointer("words", "their") if is_person else Pointer(who)
    return Aimed(_stance(one, value, f"“{one.lemma}” with words that judge"), pointer, True, is_of_plan)


def _said_whole(low: str) -> str | None:
    """Return the side of "was long overdue", where nothing follows: not "was unlikely to rain"."""
    for sections in (_VALUES, _OPINIONS):
        match = _judging(sections).search(low)
        if match is not None:
            return None if low[match.end() :].strip(" .,”\"’'") else _turned(low, match)
    return None


def _without_ground(told: Told, one: Found, start: int, end: int) -> Aimed | None:
    """Return what "there is no evidence for" says of a claim."""
    ground = _NO_GROUND.match(told.text, start, end)
    value = "deny" if ground is not None else "question"
    if ground is None and "evidence" in told.low(one):
        ground = _UNAWARE.match(told.text, start, end)
    if ground is None:
        return None
    stance = _stance(one, value, f"“{ground[0].strip()}”")
    for inner in told.inside.get(id(one), ()):
        is_told = inner.source is not None or inner.pattern.startswith("noun")
        if ground.end() <= inner.start < ground.end() + _NEAR and is_told:
            return Aimed(replace(stance, target=inner), None)
    pointer = read_pointer(told.text, ground.end(), end)
    return Aimed(stance, pointer, True) if pointer is not None else None


def _stance(one: Found, value: str, reason: str, *, is_shown: bool = True) -> Stance:
    return Stance(one, one, value, "full", "explicit", _SCORE, reason, is_shown_by_cue=is_shown)
