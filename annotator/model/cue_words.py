"""The words that show that somebody is speaking, and where they stand among the tokens of a stretch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from annotator.model.cue_lexicon import BASE, GERUND, PRESENT, WEAK, Verb, cue_lexicon
from annotator.model.records import Fragment
from annotator.model.word_lists import read_sections

_TAKING_SIDES = ("denies", "doubts", "criticises", "supports", "admits", "declines", "distances")
_SPEAKING = ("asserts", "insists", "warns")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by which cues and sources are known, all in small letters."""

    cues: frozenset[str]
    nouns_too: frozenset[str]
    after_helper: frozenset[str]
    long_cues: Mapping[str, tuple[tuple[str, ...], ...]]
    """Cues of several words by their first word, the longest first."""
    beside: frozenset[str]
    being: frozenset[str]
    naming: frozenset[str]
    telling: frozenset[str]
    sides: frozenset[str]
    pronouns: frozenset[str]
    objects: frozenset[str]
    determiners: frozenset[str]
    titles: frozenset[str]
    openers: frozenset[str]
    breaks: frozenset[str]
    clauses: frozenset[str]
    when: frozenset[str]
    placing: frozenset[str]
    ending: frozenset[str]
    joining: frozenset[str]
    leading: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that show that somebody speaks: all of them, and the verb (or the last word) alone."""

    words: Fragment
    verb: Fragment
    word: str
    is_passive: bool = False


@cache
def lexicon() -> Lexicon:
    """Return the words of the file that ships."""
    found = {name: " ".join(lines).split() for name, lines in read_sections("cues_basic").items()}
    several = [tuple(one.split()) for one in " ".join(found.pop("CUES OF SEVERAL WORDS")).split(" | ")]
    by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in sorted(several, key=len, reverse=True):
        by_first[words[0]] = (*by_first.get(words[0], ()), words)
    sets = {name: frozenset(words) for name, words in found.items()}
    cues, nouns_too, after_helper = _verb_forms()
    return Lexicon(
        cues,
        nouns_too,
        after_helper,
        by_first,
        sets["BESIDE"],
        sets["BEING"],
        _forms_of_groups("names"),
        sets["TELLING"],
        _forms_of_groups(*_TAKING_SIDES),
        *(sets[name] for name in ("PRONOUNS", "OBJECTS", "DETERMINERS", "TITLES", "OPENERS", "BREAKS")),
        *(sets[name] for name in ("CLAUSES", "WHEN", "PLACING", "ENDING", "JOINING", "LEADING")),
    )


def _verb_forms() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the forms that are cues, those that may be nouns as well, and those that need a helper."""
    sets: tuple[set[str], set[str], set[str]] = set(), set(), set()
    known = cue_lexicon()
    for form, found in _cue_forms():
        good = [(kind, verb) for kind, verb in found if _is_cue(kind, verb)]
        kinds = {kind for kind, _ in good}
        if kinds == {BASE}:
            sets[2].add(form)
        elif kinds:
            is_noun = form in known.nouns or any(verb.is_noun_too for _, verb in good)
            is_noun = is_noun and PRESENT in kinds
            sets[1 if is_noun else 0].add(form)
    return frozenset(sets[0]), frozenset(sets[1]), frozenset(sets[2])


def _is_cue(kind: str, verb: Verb) -> bool:
    """Tell whether a form is a cue by itself: it speaks or takes a side, and in -ing it begins a clause."""
    if not verb.group or verb.particle or verb.strength == WEAK:
        return False
    speaks = "q" in verb.governs or ("s" in verb.governs and verb.group in _SPEAKING)
    return (speaks or verb.group in ("names", *_TAKING_SIDES)) and (kind != GERUND or "s" in verb.governs)


def _forms_of_groups(*groups: str) -> frozenset[str]:
    return frozenset(form for form, found in _cue_forms() if any(verb.group in groups for _, verb in found))


def _cue_forms() -> list[tuple[str, Sequence[tuple[str, Verb]]]]:
    """Return the forms of cues, without those of everyday verbs alone, which stand behind cues."""
    return [(form, found) for form, found in cue_lexicon().verbs.items() if found[0][1].group]


def takes_side(cue: str) -> bool:
    """Tell whether the words of a cue say where somebody stands, and not only that somebody speaks."""
    return any(word in lexicon().sides for word in cue.lower().split())


def find_cues(text: str, tokens: Sequence[Fragment]) -> list[Cue]:
    """Return the cues among tokens that follow one another, in text order."""
    words = [text[one.start : one.end].lower() for one in tokens]
    return list(_cues(text, tokens, words, lexicon()))


def _cues(text: str, tokens: Sequence[Fragment], words: Sequence[str], known: Lexicon) -> Iterator[Cue]:
    at = 0
    while at < len(words):
        count = _length(words, at, known)
        if count:
            yield _whole(text, tokens, words, (at, at + count - 1))
        at += max(count, 1)


def _length(words: Sequence[str], at: int, known: Lexicon) -> int:
    """Return how many tokens from here on are a cue."""
    for several in known.long_cues.get(words[at], ()):
        if tuple(words[at : at + len(several)]) == several:
            return len(several)
    word, before = words[at], words[at - 1] if at else ""
    if word in known.cues:
        return 1
    if word in known.nouns_too:
        is_noun = before in known.determiners or before in ("of", "as", "’s", "'s", "by", "these", "any")
        return 0 if is_noun or _is_of_something(words, at) else 1
    if word in known.after_helper:
        is_verb = before == "to" or before in known.beside or before in known.pronouns
        return 1 if is_verb or (before.endswith("s") and before.isalpha() and len(before) > 2) else 0
    return 0


def _is_of_something(words: Sequence[str], at: int) -> bool:
    """Tell "advocates of the plan", which is no verb, from "boasts of it"."""
    found = cue_lexicon().verbs.get(words[at], ())
    return words[at + 1 : at + 2] == ["of"] and not any("of" in verb.prepositions for _, verb in found)


def _whole(text: str, tokens: Sequence[Fragment], words: Sequence[str], bare: tuple[int, int]) -> Cue:
    """Return the cue with helpers and negation before it, and with "by" or a colon behind it."""
    known = lexicon()
    (at, last), first = bare, bare[0]
    if first and words[first - 1] == "to" and words[at] in known.after_helper:
        first -= 1
    while first and _is_beside(words[first - 1], known) and _touch(text, tokens[first - 1], tokens[first]):
        first -= 1
    is_passive = any(word in known.being for word in words[first:at]) and not words[at].endswith("ing")
    after = words[last + 1] if last + 1 < len(words) else ""
    if (is_passive and after == "by") or (after == ":" and tokens[last].end == tokens[last + 1].start):
        last += 1
    verb = Fragment(tokens[at].start, tokens[bare[1]].end)
    return Cue(Fragment(tokens[first].start, tokens[last].end), verb, words[at], is_passive)


def _is_beside(word: str, known: Lexicon) -> bool:
    return word in known.beside or (word.endswith("ly") and len(word) > 5)


def _touch(text: str, left: Fragment, right: Fragment) -> bool:
    return not text[left.end : right.start].strip() and "\n" not in text[left.end : right.start]
