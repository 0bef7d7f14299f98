"""Attributions by a noun: "claims by Quill that", "her promise to", "expressed doubts", "fears that"."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model.cue_lexicon import Noun, cue_lexicon
from annotator.model.grammar import grammar
from annotator.nlp.attributions.before import group_start, subject_before
from annotator.nlp.attributions.behind import subject_after
from annotator.nlp.attributions.claims import clause_end
from annotator.nlp.attributions.clauses import finite_behind
from annotator.nlp.attributions.cues import is_negation
from annotator.nlp.attributions.found import AGAINST, TAKING_SIDES, Found
from annotator.nlp.attributions.in_the_air import is_in_the_air, is_spread, linked_by_verb
from annotator.nlp.attributions.naming import OWN, named
from annotator.nlp.attributions.noun_links import QUESTIONS, REGARDING, Link, link_behind
from annotator.nlp.attributions.people import is_person
from annotator.nlp.attributions.report_nouns import TELLING
from annotator.nlp.attributions.reports import is_any_cue, is_cue, takes_side
from annotator.nlp.attributions.sentences import HELPING, OPEN_VERBS, Items, Sentence
from annotator.nlp.attributions.sharing import clause_subject

_SCORES = {"light": 0.6, "owned": 0.55, "by": 0.6, "bare": 0.35, "doing": 0.4, "there": 0.5}
_REASONS = {
    "light": "“{}” behind a verb such as “express” or “have”",
    "owned": "“{}” of somebody",
    "by": "“{}” by somebody",
    "bare": "“{}”, and what it holds",
    "doing": "“{}” behind a verb",
    "there": "“there is”, “{}”",
}
_LINK = {"that": 0.12, "whether": 0.1, "to": 0.05}
_DESCRIBING = frozenset(("NN", "VD", "VG", "CC", "NUM"))
_PARTICLES = frozenset(("away", "aside", "off", "down", "out", "up", "back"))
_BEFORE_NOUN = frozenset(("^", "IN", "VD", "VB", "AUX", "SC", ",", "TO"))
_BETWEEN = frozenset(("NO", "DT", "NN", "VD", "VG", "NUM", "RB", "PS"))
_LIGHT_TAGS = frozenset(("VB", "VD", "VG", "AUX", "NN"))
_DOING = frozenset(("commits", "demands"))
_UTTERED = frozenset(("made", "raised", "voiced", "leveled", "levelled", "advanced", "spread", "issued"))
_TRIED = frozenset(("bid", "goal", "ambition", "decision"))
_MEETING = frozenset(("meet", "meets", "met", "greeted", "received", "come", "comes", "came", "coming"))
_FOR_WHAT = frozenset(("resolution", "bill", "motion"))
"""Papers: what stands behind "to" is what they are for."""
_SIDES = TAKING_SIDES | {"demands", "asks"}
_OF_WHAT = frozenset(("criticises", "supports", "doubts"))
_DONE_BY_SUBJECT = frozenset(("commits", "demands", "criticises", "asks"))
_SIDE_LINKS = frozenset(("about", "for", "over", "against", "to", "in", "at"))
_HELPING = HELPING | {"TO"}
_LIKE_PREPOSITIONS = frozenset(("following", "including", "regarding", "concerning"))


def by_nouns(s: Sentence) -> Iterator[Found]:
    """Yield the attributions of a sentence that a noun shows."""
    nouns = cue_lexicon().nouns
    for at in s.among(nouns.keys(), s.first):
        noun = nouns[s.line.words[at]]
        if s.tag(at) == "NN" or s.tag(at - 1) in ("PS", "DT", "^"):
            found = (
                _is_that(s, at, noun)
                or _by_somebody(s, at, noun)
                or _by_link_behind(s, at, noun)
                or _pointing(s, at, noun)
            )
            if found is not None:
                yield found


def _is_that(s: Sentence, at: int, noun: Noun) -> Found | None:
    """Return "Quill's view is that", "word from Quill was that", "the question is whether"."""
    being, linked = linked_by_verb(s, at)
    is_topic = linked > 0 and s.word(linked) in REGARDING and "about" in noun.links
    if linked < 0 or not (is_topic or s.word(linked) in noun.links or _is_question(s, noun, linked)):
        return None
    first = at
    while (_describes(s, first - 1) or s.word(first - 1) == "most") and at - first < 3:
        first -= 1
    while s.tag(first) == "CC":
        first += 1
    if s.word(at + 1) in ("from", "by", "among") or (s.word(at + 1) == "of" and not is_spread(s, being)):
        source = subject_after(s, at + 2, is_bare=True)
    else:
        is_own = s.word(first - 1) in OWN
        source = named(s, first - 2) if is_own else (first - 1, first) if s.tag(first - 1) == "PS" else None
        source = (source[0], first) if source is not None else None
    link = link_behind(s, noun, linked) or Link(s.word(linked), (linked, clause_end(s, linked)), linked)
    is_open = source is None and (_is_question(s, noun, linked) or is_in_the_air(s, at, being, noun))
    if source is None and not is_open:
        return None
    is_behind = source is None or source[1] <= first
    cue = (first, max(linked, link.cue_end)) if is_behind else (at, at + 2)
    return _found(s, noun, "owned", cue=cue, source=source, link=link)


def _describes(s: Sentence, at: int) -> bool:
    """Tell "big" in "big claims" from "away" in "waved away claims"."""
    return s.tag(at) in _DESCRIBING and s.word(at) not in _PARTICLES and not _is_verb(s, at)


def _is_verb(s: Sentence, at: int) -> bool:
    """Tell the verb of "has called concerns about it silly" from "has mixed feelings about"."""
    return s.tag(at) == "VD" and s.tag(at - 1) == "AUX" and is_cue(s, at)


def _is_question(s: Sentence, noun: Noun, linked: int) -> bool:
    return noun.group in ("asks", "doubts") and s.word(linked) in QUESTIONS


def _by_somebody(s: Sentence, at: int, noun: Noun) -> Found | None:
    """Return "claims by Quill that"."""
    by = at + 1 + (s.word(at + 1) in _UTTERED)
    # "It is the view of the council that"
    is_empty = s.word(at - 3) == "it" and s.word(at - 2) in grammar()["being"]
    is_of = s.word(by) == "of" and (is_empty or "of" not in noun.links)
    is_by = s.word(by) in ("by", "from", "among") or is_of
    source = subject_after(s, by + 1, is_bare=True) if is_by else None
    if source is None:
        return None
    end = next((one for one in range(source[0] + 1, source[1]) if s.word(one) == "that"), source[1])
    end = _before_why(s, source[0], end) if noun.group in _OF_WHAT else end
    link = link_behind(s, noun, end)
    return (
        _found(
            s,
            noun,
            "by",
            cue=(_led(s, at), by + (s.word(by) == "by")),
            source=(source[0], end),
            link=link,
        )
        if link is not None
        else None
    )


def _before_why(s: Sentence, first: int, end: int) -> int:
    """Return where who judges ends in "criticism from farmers | for her plan", "| for leaving"."""
    places = range(first + 1, end)
    return next((at for at in places if s.word(at) == "for" and s.tag(at + 1) in ("PS", "VG")), end)


def _by_link_behind(s: Sentence, at: int, noun: Noun) -> Found | None:
    link = link_behind(s, noun, at + 1) or _clause_behind(s, noun, at)
    if link is None:
        return None
    first = at
    verbs = grammar()["light"]
    while _describes(s, first - 1) and at - first < 3:
        # "the mayor's repeated claim", but "repeated claims"
        if s.word(first - 1) in verbs and s.word(first - 2) not in OWN:
            break
        first -= 1
    if s.tag(first - 1) == "PS":
        # "has his doubts about", "signaled her desire to"
        light = _light(s, noun, first, link) if s.word(first - 2) in verbs else None
        return light or _owned(s, noun, first, link)
    light = _light(s, noun, first, link)
    if light is not None:
        return light
    being = _behind_there(s, first)
    if being > 0:
        if any(is_negation(s.word(one)) or s.word(one) == "few" for one in range(being, first)):
            # "There is no sign of rain": nobody says or thinks so.
            return None
        return _found(s, noun, "there", cue=(being, link.cue_end), source=None, link=link)
    return _bare(s, noun, at, first, link)


def _bare(s: Sentence, noun: Noun, at: int, first: int, link: Link) -> Found | None:
    """Return "fears that", "rolled out proposals to", "opposition to the dam among farmers"."""
    is_done = s.tag(link.claim[0]) == "TO" and noun.group in _DOING and noun.lemma not in _TRIED | _FOR_WHAT
    is_side = s.word(link.claim[0]) != link.word and noun.group in _SIDES and _leads(s, noun, link)
    if s.word(at - 1) == "in" or not (link.word in ("that", "whether") or is_done or is_side):
        return None
    doing = _doing(s, noun, first, link) if noun.group in _DONE_BY_SUBJECT else None
    if doing is not None:
        return doing
    start, end = link.claim
    among = (
        next((one for one in range(start + 1, end) if s.word(one) in ("among", "by")), -1) if is_side else -1
    )
    source = subject_after(s, among + 1, is_bare=True) if among > 0 else None
    link = Link(link.word, (start, among), link.cue_end) if source is not None else link
    return _found(s, noun, "bare", cue=(_led(s, at), link.cue_end), source=source, link=link)


def _led(s: Sentence, at: int) -> int:
    """Return where the words that lead to a noun begin: "the assumption", "relentless questions"."""
    first = at
    while (
        s.tag(first - 1) in ("NN", "CC")
        and s.word(first - 1) not in grammar()["light"]
        and s.word(first - 1) not in _PARTICLES
        and at - first < 4
    ):
        first -= 1
    if s.tag(first - 1) == "DT":
        return first - 1
    return (
        first
        if s.tag(first) != "CC" and s.tag(first - 1) in _BEFORE_NOUN and s.word(first - 1) != "as"
        else at
    )


def _behind_there(s: Sentence, first: int) -> int:
    """Return where "is" stands in "there is a lot of talk", or -1."""
    at = first - 1
    while first - at < 6 and (s.tag(at) in ("DT", "NN", "RB", "NO") or s.word(at) == "of"):
        at -= 1
    is_being = s.word(at) in grammar()["being"] or s.word(at) in grammar()["spreading"]
    at -= is_being and s.tag(at - 1) == "AUX"
    return at if is_being and s.word(at - 1) == "there" else -1


def _leads(s: Sentence, noun: Noun, link: Link) -> bool:
    """Tell "criticism of the plan" from "the fears of voters", "thanks to the rain", "demand for oil"."""
    if link.word == "of":
        return noun.group in _OF_WHAT and not is_person(s, link.claim[1] - 1)
    is_trade = noun.lemma in ("order", "demand", "thanks") or s.word(link.claim[0]) == "comment"
    return link.word in _SIDE_LINKS and not is_trade


def _doing(s: Sentence, noun: Noun, first: int, link: Link) -> Found | None:
    """Return "opened with a call for", "aims insults at", "kept her promise to": who does it says it."""
    at = first - 1
    while s.tag(at) in ("DT", "NN") or s.word(at) in ("with", "by", "out", "up"):
        at -= 1
    if s.tag(at) not in OPEN_VERBS or first - at > 5:
        return _doing_with(s, noun, first, link)
    start = at
    while s.tag(start - 1) in _HELPING:
        start -= 1
    source = subject_before(s, start)
    if source is None and (s.tag(start - 1) in ("CC", ",") or s.tag(at) == "VG"):
        source = clause_subject(s, start)
    if source is None or s.tag(start) == "TO":
        return None
    return _found(s, noun, "doing", cue=(start, link.cue_end), source=source, link=link)


def _doing_with(s: Sentence, noun: Noun, first: int, link: Link) -> Found | None:
    """Return "followed the launch of its boats in Orla | with a call for"."""
    at = first - 1
    while s.tag(at) in ("DT", "NN"):
        at -= 1
    is_said = link.word in ("for", "that") or s.tag(link.claim[0] + 1) == "VB"
    if s.word(at) != "with" or s.tag(at - 1) not in ("NN", "CAP") or not is_said:
        return None
    source = clause_subject(s, at)
    return _found(s, noun, "doing", cue=(at, link.cue_end), source=source, link=link) if source else None


def _pointing(s: Sentence, at: int, noun: Noun) -> Found | None:
    """Return "made that argument", "repeated those claims", not "echoed those claims", a side on them."""
    first = at
    while s.tag(first - 1) == "NN" and at - first < 2:
        first -= 1
    if s.word(first - 1) not in ("that", "this", "those", "these", "such"):
        return None
    verb = _light_verb(s, first - 1)
    if verb < 0 or s.word(verb) in grammar()["having"] or takes_side(s, verb):
        return None
    start = group_start(s, verb)
    source = subject_before(s, start)
    link = Link("", (first - 1, at + 1), verb + 1)
    return (
        _found(s, noun, "doing", cue=(start, verb + 1), source=source, link=link)
        if source is not None
        else None
    )


def _clause_behind(s: Sentence, noun: Noun, at: int) -> Link | None:
    """Return the clause in "after reports the dam leaked", "there are fears it will"."""
    is_there = _behind_there(s, at) > 0
    is_led = is_there or s.word(at - 1) in ("after", "amid", "despite", "following")
    # "I have a feeling it leaks"
    is_led |= noun.group == "believes" and s.word(at - 2) in grammar()["having"]
    is_clause = s.tag(at + 1) in ("PS", "DT", "SUB", "CAP") and finite_behind(s, at + 1)
    if not (is_led and is_clause and "that" in noun.links):
        return None
    end = clause_end(s, at + 1)
    # "There are claims the mayor made": they are what was made.
    is_made = is_there and s.tag(end - 1) == "VD" and s.tag(end - 2) in ("NN", "CAP", "SUB")
    return Link("that", (at + 1, end), at + 1) if not is_made else None


def _owned(s: Sentence, noun: Noun, first: int, link: Link) -> Found | None:
    """Return "Quill's promise to", "her doubts about", "kept her promise to"."""
    is_own = s.word(first - 1) in OWN
    is_done = not is_own and s.tag(first - 2) in OPEN_VERBS and s.word(first - 2) not in _LIKE_PREPOSITIONS
    doing = _doing(s, noun, first - 1, link) if is_done else None
    is_judged = is_done and _takes_side(s, first - 2)
    if doing is not None:
        return None if is_judged else doing
    if link.word == "to" and noun.lemma == "plan":
        # "criticised Quill's plan to mend it": nobody says or wants it here.
        return None
    source = named(s, first - 2) if is_own else (first - 1, first)
    if source is not None and is_own:
        source = (source[0], first)
    cue = (first, link.cue_end)
    return _found(s, noun, "owned", cue=cue, source=source, link=link) if source is not None else None


def _takes_side(s: Sentence, verb: int) -> bool:
    """Tell "attacked his plan to go", where the plan is what is attacked, from "kept his promise to go"."""
    forms = cue_lexicon().verbs.get(s.word(verb), ())
    return any(one.group in TAKING_SIDES and "n" in one.governs and not one.particle for _, one in forms)


def _light(s: Sentence, noun: Noun, first: int, link: Link) -> Found | None:
    """Return "expressed serious doubts about", with the verb in the cue."""
    verb = max(_light_verb(s, first), _met(s, first) if link.word == "from" else -1)
    if link.word == "that":
        verb = max(verb, _held(s, first))
    is_letter = link.word == "to" and noun.lemma in TELLING
    if verb < 0 or (is_letter and any(s.tag(at) == "VG" and is_any_cue(s, at) for at in range(*link.claim))):
        # "sent a letter to the mayor urging her to leave": what the letter says follows
        return None
    start = verb
    while s.tag(start - 1) in _HELPING:
        start -= 1
    if (
        (s.word(verb) in grammar()["getting"] or s.word(verb) in _MEETING)
        and link.word in ("of", "from")
        and noun.group in ("supports", "criticises")
    ):
        return _got(s, noun, (start, link.cue_end), link)
    source = subject_before(s, start)
    if source is None and (s.tag(start) == "TO" or s.tag(verb) == "VG"):
        source = clause_subject(s, start)
    if source is None:
        return None
    found = _found(s, noun, "light", cue=(start, link.cue_end), source=source, link=link)
    found.is_negated = any(is_negation(s.word(at)) for at in range(start, first))
    if any(entry.group == "denies" for _, entry in cue_lexicon().verbs.get(s.word(verb), ())):
        # "rejected suggestions that", "dismissed doubts that"
        found.group = "supports" if noun.group in AGAINST else "denies"
    return found


def _got(s: Sentence, noun: Noun, cue: Items, link: Link) -> Found | None:
    """Return "the plan has the support of Quill": who supports stands behind, what is supported before."""
    about = subject_before(s, cue[0])
    if about is None:
        return None
    first, end = link.claim
    comma = s.find(",", first, end - first)
    if comma > 0 and s.tag(comma + 1) == "WH" and is_cue(s, comma + 2):
        # "a rebuke from Quill, who called it old"
        end = comma
    end = _before_why(s, first, end)
    # "praise from farmers and anger from the mill"
    joined = (at for at in range(first, end) if s.tag(at) == "CC" and s.tag(at + 1) == "NN")
    end = next((at for at in joined if s.word(at + 2) == link.word), end)
    return _found(s, noun, "light", cue=cue, source=(first, end), link=Link(link.word, about, link.cue_end))


def _met(s: Sentence, first: int) -> int:
    """Return where "met" stands in "met with opposition from", or -1."""
    at = first - 2
    return at if s.word(first - 1) in ("with", "under") and s.word(at) in _MEETING else -1


def _held(s: Sentence, first: int) -> int:
    """Return where "is" stands in "is of the view that", "was under the impression that", or -1."""
    opened = first - 1 - (s.tag(first - 1) == "DT")
    is_held = s.word(opened) in ("of", "under") and s.word(opened - 1) in grammar()["being"]
    return opened - 1 if is_held else -1


def _light_verb(s: Sentence, first: int) -> int:
    light = grammar()["light"]
    for at in range(first - 1, max(s.first - 1, first - 6), -1):
        is_noun = s.tag(at) == "NN" and s.tag(at - 1) in ("PS", "DT")
        if s.word(at) in light and s.tag(at) in _LIGHT_TAGS and not is_noun:
            return at
        if s.tag(at) not in _BETWEEN or _is_verb(s, at):
            return -1
    return -1


def _found(s: Sentence, noun: Noun, pattern: str, *, cue: Items, source: Items | None, link: Link) -> Found:
    return Found(
        f"noun-{pattern}", noun.group, s.bounds(cue), s.bounds(source) if source else None,
        (s.bounds(link.claim),), _SCORES[pattern] + _LINK.get(link.word, 0.0),
        _REASONS[pattern].format(noun.lemma), paragraph=s.line.paragraph, depth=s.line.depth,
        presents=noun.presents, lemma=noun.lemma, kind="stance",
        how="before" if source else "none",
    )  # fmt: skip
