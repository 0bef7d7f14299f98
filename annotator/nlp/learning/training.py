"""From labelled articles to a model, and how it does beside the rules on articles that it has not seen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from annotator.model.errors import UserError
from annotator.model.job import Job, Progress
from annotator.model.learning import Learned, Lesson
from annotator.model.suggesting import Proposals, Suggester
from annotator.nlp.learning import cues, edges, judging
from annotator.nlp.learning.bettering import Known, Use
from annotator.nlp.learning.choosing import Choice, Weights, chance
from annotator.nlp.learning.comparing import HeldOut, Tally, Verdict, adding, compare
from annotator.nlp.learning.improving import Frames, see
from annotator.nlp.learning.improving import Seen as Tagged
from annotator.nlp.learning.ranking import Case, Ranking, cases, learn_ranking, surer
from annotator.nlp.learning.tagger import Rows, Tagger, train
from annotator.nlp.learning.words import Line, features, lines, outermost, tags

FOLDS = 4
"""One article in so many is held out, each in its turn."""
MOST_WORDS = 400_000
"""Words that are learned from at most; more would take longer than one waits for."""
MOST_EDGES = 15_000
"""Edges that are learned from at most: more tell little, and each is held with all its candidates."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One article as the rules see it: its paragraphs, those that are labelled, and what is proposed."""

    lesson: Lesson
    plain: Proposals
    """What the rules propose without any learned cue."""
    proposals: Proposals
    lines: tuple[Line, ...]
    labelled: tuple[Line, ...]

    @property
    def name(self) -> str:
        """The name of the article."""
        return self.lesson.name

    @property
    def words(self) -> int:
        """How many words are labelled."""
        return sum(len(one.words) for one in self.labelled)

    def tally(self) -> Tally:
        """Return how good the proposals are."""
        found = Tally()
        found.count(self.lesson.marked, self.labelled, self.proposals)
        return found


@dataclass(frozen=True, slots=True)
class Read:
    """One article with what there is to learn from what people marked beside what the rules propose."""

    seen: Seen
    examples: tuple[tuple[Rows, list[str]], ...]
    edges: tuple[tuple[str, Choice], ...]
    frames: tuple[Choice, ...]
    cases: tuple[Case, ...]
    """What people judged of what is proposed."""
    told: judging.Told


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned: weights by which edges are moved, and frames judged."""

    edges: edges.Edges
    judging: Sequence[Weights]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Quarter:
    """Articles that were held out, with what a model has to say of them that was learned from the rest."""

    rest: Sequence[Read]
    held_out: Sequence[HeldOut]
    judging: Sequence[Weights]
    ranking: Ranking
    cases: Sequence[Case]
    """What people judged in the articles that were held out."""

    def left(self, use: Use, frames: Frames) -> list[Case]:
        """Return of what people judged that which stays: how sure to be of the rest is never shown."""

        def _stays(one: Case) -> bool:
            return one.label not in frames or chance(self.judging[use.judge], one.known) >= use.least

        return [one for one in self.cases if not use.least or _stays(one)]


def learn(
    lessons: Sequence[Lesson], rules: Suggester, labels: Sequence[str], frames: Frames
) -> Job[tuple[Learned, bytes]]:
    """Compare the rules with models on articles they have not seen, then train one on all; raises UserError.

    The name of the rules is left to the caller.
    """
    steps = len(lessons) + FOLDS + 2
    looked: list[Seen] = []
    for number, lesson in enumerate(lessons):
        yield Progress(number, steps, "reading")
        looked.append(look(lesson, rules))
    looked = _limited(one for one in looked if one.labelled)
    if len(looked) < 2:
        raise UserError("There is too little to learn from: label paragraphs in two articles or more.")
    yield Progress(len(lessons), steps, "comparing")
    added, told = with_cues(looked, rules)
    found = _read(told, labels, frames)
    quarters: list[Quarter] = []
    for number, out in enumerate(folds({one.name for one in looked}), 1):
        yield Progress(len(lessons) + number, steps, "comparing")
        quarters.append(_quarter(found, out, frames))
    yield Progress(steps - 1, steps, "learning")
    verdict = with_added(
        compare([one for each in quarters for one in each.held_out], labels), quarters, labels
    )
    model = trained(found, frames)
    use = verdict.use
    ranking, sureness = surer(model.ranking, [(one.ranking, one.left(use, frames)) for one in quarters])
    paragraphs = sum(len(one.labelled) for one in looked)
    learned = Learned(
        tuple(labels), frames, "", verdict.comparisons, len(found), paragraphs,
        ranking, len(_cases(found)), use.moves, use.adds, use.least, model.edges if use.moves else {},
        model.judging[use.judge] if use.least else {}, added, outermost=use.outermost, sureness=sureness,
    )  # fmt: skip
    return learned, train(_examples(found)) if use.adds else b""


def with_added(best: Verdict, quarters: Sequence[Quarter], labels: Sequence[str]) -> Verdict:
    """Return what wins when what the tagger sees may be added too.

    Its training takes longest by far: where it wins nothing on one quarter, it is not trained on the others.
    """
    seeing = (
        [
            replace(one, known=replace(one.known, seen=_see(tagger, one.known, labels)))
            for one in each.held_out
        ]
        for each in quarters
        for tagger in [Tagger(train(_examples(each.rest)))]
    )
    first = next(seeing)
    if not adding(first, labels, best.use).use.adds:
        return best
    return adding([*first, *chain.from_iterable(seeing)], labels, best.use)


def _cases(found: Iterable[Read]) -> list[Case]:
    return [case for one in found for case in one.cases]


def _examples(found: Iterable[Read]) -> Iterator[tuple[Rows, list[str]]]:
    return (example for one in found for example in one.examples)


def _see(tagger: Tagger, known: Known, labels: Sequence[str]) -> Sequence[Tagged]:
    return see(tagger, labels, known.lines, known.rules)


def look(lesson: Lesson, rules: Suggester) -> Seen:
    """Let the rules look at an article."""
    (proposals,) = rules.suggest(iter([lesson.input]))
    every = tuple(lines(lesson.input.text))
    labelled = tuple(
        line
        for line in every
        if any(one[0] < line.bounds[1] and line.bounds[0] < one[1] for one in lesson.known)
    )
    return Seen(lesson, proposals, proposals, every, labelled)


def with_cues(looked: Sequence[Seen], rules: Suggester) -> tuple[tuple[str, ...], Sequence[Seen]]:
    """Return cues with which the rules do better, and each article as seen with those that others teach."""
    trials = cues.tried([one.lesson for one in looked], [one.labelled for one in looked], rules)
    tallies = [one.tally() for one in looked]
    base, everything = _sum(tallies), frozenset(range(len(looked)))
    again = list(looked)
    for number, one in enumerate(looked) if trials else ():
        rest = base.copy()
        rest.add(tallies[number], -1)
        added = cues.chosen(trials, rest, everything - {number})
        again[number] = _told(one, rules, added) if cues.stand_in(one.lesson.input.text, added) else one
    return cues.chosen(trials, base, everything), again


def _told(one: Seen, rules: Suggester, added: tuple[str, ...]) -> Seen:
    given = one.lesson.input
    (proposals,) = rules.suggest(iter([replace(given, cues=(*given.cues, *added))]))
    return replace(one, proposals=proposals)


def _sum(tallies: Iterable[Tally]) -> Tally:
    found = Tally()
    for one in tallies:
        found.add(one)
    return found


def _read(looked: Iterable[Seen], labels: Sequence[str], frames: Frames) -> list[Read]:
    found: list[Read] = []
    count = 0
    for one in looked:
        found.append(read(one, labels, frames, MOST_EDGES - count))
        count += len(found[-1].edges)
    return found


def read(one: Seen, labels: Sequence[str], frames: Frames, most_edges: int = MOST_EDGES) -> Read:
    """Return what the labelled paragraphs of an article teach beside what is proposed."""
    lesson, proposals, said = one.lesson, one.proposals, outermost(one.proposals)
    marked = [each for each in lesson.marked if each[0] in labels]
    examples = ((features(line, said, labels), tags(line, marked, labels)) for line in one.labelled)
    text, shares = lesson.input.text, judging.shares(proposals, marked, frames, one.labelled)
    told: judging.Told = {}
    return Read(
        one, tuple(examples), tuple(islice(edges.choices(one.labelled, proposals, marked), most_edges)),
        tuple(judging.choices(text, proposals, shares, told)),
        tuple(cases(text, proposals, lesson.decisions, shares, frames, told=told)), told,
    )  # fmt: skip


def folds(names: Iterable[str]) -> list[frozenset[str]]:
    """Return quarters of the articles, each held out in its turn; by their names, always the same."""
    ranked = sorted(names, key=lambda name: hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest())
    return [frozenset(ranked[start::FOLDS]) for start in range(min(FOLDS, len(ranked)))]


def trained(found: Sequence[Read], frames: Frames) -> Model:
    """Return a model of articles."""
    ranking = learn_ranking(_cases(found))
    beside = ranking.get(next(iter(frames), ""), {})
    return Model(
        edges.learn_edges(choice for one in found for choice in one.edges),
        (*judging.learn_judging([choice for one in found for choice in one.frames]), beside),
        ranking,
    )


def _quarter(found: Sequence[Read], out: frozenset[str], frames: Frames) -> Quarter:
    rest, unseen = (
        [one for one in found if one.seen.name not in out],
        [one for one in found if one.seen.name in out],
    )
    model = trained(rest, frames)
    held_out = [_held_out(model, one, frames) for one in unseen]
    return Quarter(rest, held_out, model.judging, model.ranking, _cases(unseen))


def _held_out(model: Model, one: Read, frames: Frames) -> HeldOut:
    seen, text = one.seen, one.seen.lesson.input.text
    known = Known(
        text, seen.lines, seen.proposals, (), model.edges, model.judging, frames, told=dict(one.told)
    )
    return HeldOut(seen.lesson.marked, seen.labelled, known, seen.plain)


def _limited(found: Iterable[Seen]) -> list[Seen]:
    """Return as many articles as have the most words, at least two."""
    kept, words = list[Seen](), 0
    for one in found:
        words += one.words
        if words <= MOST_WORDS or len(kept) < 2:
            kept.append(one)
    return kept
