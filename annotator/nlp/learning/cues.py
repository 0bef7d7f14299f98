"""Verbs that people marked as cues and the rules lack: found in frames, tried where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.model.cue_lexicon import WEAK, Verb, cue_lexicon, forms_of, known_forms
from annotator.model.grammar import grammar
from annotator.model.learning import Lesson, Marked, Pieces
from annotator.model.own_cues import line_for, line_of, verbs_of
from annotator.model.suggesting import Proposals, Suggester
from annotator.nlp.learning.comparing import Tally
from annotator.nlp.learning.words import Line, lines
from annotator.nlp.lexicons import lexicon

CUE, CLAIM = "CUE", "CLAIM"
MOST_PLACES = 60
"""Paragraphs with a cue above which it is no rare one, and is not tried: it would take too long."""
_MOST_WORDS = 3
_LEAST = 1e-9
_NEAR = 60
"""Characters of a claim of which the first word is looked at."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_MARKS = "\"“„«'‘`"
_PARTICLES = frozenset(("out", "up", "down", "off", "back", "away"))
_ENDINGS = ("ied", "ed", "d", "ing", "ies", "es", "s")


def seen(lesson: Lesson) -> Iterator[Verb]:
    """Yield the cues in the frames of an article, each with what follows it, also known ones."""
    text = lesson.input.text
    for frame in lesson.frames:
        parts = dict(reversed(frame))
        if CUE in parts and CLAIM in parts:
            words = [word for start, end in parts[CUE] for word in _words(text[start:end])]
            mark = _follows(text, parts[CUE], parts[CLAIM])
            yield from _verbs([word for word in words if not _is_beside(word)], mark)


def _words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(text)]


def _is_beside(word: str) -> bool:
    words = grammar()
    return (
        word == "to" or word in words["helper"] or word in words["negation"] or word.endswith(("ly", "n't"))
    )


def _follows(text: str, cue: Pieces, claim: Pieces) -> str:
    """Return the mark of the lexicon for what is said by a cue."""
    start, end = claim[0]
    if text[start] in _MARKS:
        return "q"
    if start < cue[-1][0]:
        return "s"
    first = next(iter(_words(text[start : min(end, start + _NEAR)])), "")
    words = grammar()
    if first == "that" or first in words["subject"]:
        return "s"
    if first in ("whether", "if", "how", "what", "why", "who", "when", "where"):
        return "w"
    if first in words["preposition"]:
        return f"+{first}"
    return "i" if first == "to" else "g" if first.endswith("ing") else "n" if first else ""


def _verbs(words: Sequence[str], mark: str) -> Iterator[Verb]:
    """Yield a cue as it may stand in the lexicon; nothing for what is no verb."""
    if not mark or not 0 < len(words) <= _MOST_WORDS:
        return
    lemma, *particle = (lemma_of(words[0]), *words[1:])
    prepositions = grammar()["preposition"]
    if not lemma or any(one not in prepositions and one not in _PARTICLES for one in particle):
        return
    if mark == "n" and len(particle) == 1 and particle[0] in prepositions:
        particle, mark = [], f"+{particle[0]}"
    yield from verbs_of([line_of(" ".join((lemma, *particle)), [mark])])


def lemma_of(word: str) -> str:
    """Return the verb that a form belongs to, "" where none is known or likely."""
    known = cue_lexicon().verbs.get(word)
    if known:
        return known[0][1].lemma
    common = lexicon().common_words
    ended = [one for one in _ENDINGS if word.endswith(one) and len(word) > len(one) + 2]
    bases = [base for one in ended for base in _bases(word[: -len(one)], one)]
    fitting = [one for one in bases if word in {form for _, form in forms_of(one)}]
    return next((one for one in fitting if one in common), "")


def _bases(stem: str, ending: str) -> Iterator[str]:
    if ending in ("ied", "ies"):
        yield stem + "y"
    yield from (stem, stem + "e")
    if stem[-1:] == stem[-2:-1]:
        yield stem[:-1]


def is_known(verb: Verb) -> bool:
    """Tell whether the lexicon says as much of a verb."""
    return any(
        one.group
        and (one.lemma, one.particle) == (verb.lemma, verb.particle)
        and verb.governs <= one.governs
        and verb.prepositions <= one.prepositions
        and verb.strength <= one.strength
        for _, one in cue_lexicon().verbs.get(verb.lemma, ())
    )


def _forms(verb: Verb) -> frozenset[str]:
    return frozenset(form for _, form in known_forms().get(verb.lemma) or forms_of(verb.lemma))


def stand_in(text: str, cues: Iterable[str]) -> bool:
    """Tell whether a text has a form of any of these cues: else they change nothing in it."""
    return any(not _forms(verb).isdisjoint(_words(text)) for verb in verbs_of(cues))


@dataclass(frozen=True, slots=True)
class _Place:
    """A labelled paragraph: whose it is, its words, what is marked in it."""

    article: int
    text: str
    words: frozenset[str]
    marked: tuple[Marked, ...]
    line: Line

    def tally(self, proposals: Proposals) -> Tally:
        """Return how good proposals are here."""
        found = Tally()
        found.count(self.marked, (self.line,), proposals)
        return found


@dataclass(frozen=True, slots=True)
class Tried:
    """A cue, the articles in whose frames it was seen, and what it changes in which article."""

    verb: Verb
    articles: frozenset[int]
    changes: Mapping[int, Tally]

    def gain(self, base: Tally, among: frozenset[int]) -> float:
        """Return by how much the rules are better with it in articles beside those it was seen in.

        Nothing where a label loses by it: most articles will not have that much to gain.
        """
        after, where = base.copy(), self.articles & among
        for number, change in self.changes.items():
            if number in among and where - {number}:
                after.add(change)
        gains = after.gains(base)
        return sum(gains) if min(gains, default=0.0) > -_LEAST else 0.0


def tried(lessons: Sequence[Lesson], labelled: Sequence[Sequence[Line]], rules: Suggester) -> list[Tried]:
    """Try each cue that was seen in two articles or more, and is not known, where it stands."""
    articles: dict[Verb, set[int]] = {}
    for number, lesson in enumerate(lessons):
        for verb in seen(lesson):
            articles.setdefault(verb, set()).add(number)
    trial = _Trial(lessons, list(_places(lessons, labelled)), rules)
    found = []
    for known, where in articles.items():
        # What a sure cue does not change, a weak one does not either.
        for verb in (known, replace(known, strength=WEAK)) if len(where) > 1 else ():
            changes = trial.changes(verb) if not is_known(verb) else {}
            if not changes:
                break
            found.append(Tried(verb, frozenset(where), changes))
    return found


class _Trial:
    """The rules with and without a cue, in the paragraphs where it stands."""

    def __init__(self, lessons: Sequence[Lesson], places: Sequence[_Place], rules: Suggester) -> None:
        self._lessons, self._places, self._rules = lessons, places, rules
        self._before: dict[int, tuple[Proposals, Tally]] = {}

    def changes(self, verb: Verb) -> Mapping[int, Tally]:
        """Return what a cue changes in which article."""
        forms = _forms(verb)
        here = [at for at, one in enumerate(self._places) if not forms.isdisjoint(one.words)]
        found: dict[int, Tally] = {}
        for at in here if len(here) <= MOST_PLACES else ():
            place, (without, before) = self._places[at], self._without(at)
            proposals = self._proposed(place, (line_for(verb),))
            if proposals != without:
                change = found.setdefault(place.article, Tally())
                change.add(place.tally(proposals))
                change.add(before, -1)
        return found

    def _without(self, at: int) -> tuple[Proposals, Tally]:
        if at not in self._before:
            place = self._places[at]
            proposals = self._proposed(place, ())
            self._before[at] = proposals, place.tally(proposals)
        return self._before[at]

    def _proposed(self, place: _Place, added: tuple[str, ...]) -> Proposals:
        given = self._lessons[place.article].input
        told = replace(given, text=place.text, blocks=(), cues=(*given.cues, *added))
        (proposals,) = self._rules.suggest(iter([told]))
        return proposals


def _places(lessons: Sequence[Lesson], labelled: Sequence[Sequence[Line]]) -> Iterator[_Place]:
    for number, (lesson, each) in enumerate(zip(lessons, labelled, strict=True)):
        for one in each:
            start, end = one.bounds
            text = lesson.input.text[start:end]
            (line,) = lines(text)
            marked = tuple(_inside(lesson.marked, start, end))
            yield _Place(number, text, frozenset(_words(text)), marked, line)


def _inside(marked: Iterable[Marked], first: int, last: int) -> Iterator[Marked]:
    for label, pieces in marked:
        moved = tuple((start - first, end - first) for start, end in pieces if first <= start and end <= last)
        if moved:
            yield label, moved


def chosen(trials: Iterable[Tried], base: Tally, among: frozenset[int]) -> tuple[str, ...]:
    """Return the cues that make the rules better, each as sure as is best."""
    best: dict[Verb, tuple[float, Verb]] = {}
    for one in trials:
        gain, key = one.gain(base, among), replace(one.verb, strength=WEAK)
        if gain > _LEAST and gain > best.get(key, (0.0,))[0]:
            best[key] = gain, one.verb
    return tuple(line_for(verb) for _, verb in best.values())
