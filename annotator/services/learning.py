"""Learning from a project's own labels, in a separate process; what it gives is kept beside the project."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from annotator.exchange.files import stamp_of
from annotator.model.agreed import counting
from annotator.model.allowed import allow, allowed
from annotator.model.disk import unwritten
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.learning import (
    Comparison,
    Learned,
    Lesson,
    Sureness,
    learned_frames,
    learned_labels,
    lesson,
    taught_names,
)
from annotator.model.said import Said, joined, say
from annotator.model.scheme import Scheme
from annotator.model.units import paragraph_bounds
from annotator.nlp.learning.model_file import file_hash, fresh_path, read_facts, take_place
from annotator.plugins.door import suggesters
from annotator.services.apart import run_apart
from annotator.services.cues import Offer, offers, own
from annotator.services.pipelines import SETTING, allowed_choice, is_allowed
from annotator.services.project import Project
from annotator.services.suggesting import entry_point

FEWEST = 50
"""Labelled paragraphs from which learning starts."""
MOST = 400
"""Articles that are learned from at most."""
SUFFIX = ".learned"
RULES = "attributions"
SUGGESTER = "learned"
_KIND, _LABELS, _REFUSED = "models", "labels learned from", "models not kept"
_SLICE = 20
_FIGURES = 2
"""Labels whose figures fit into a line."""
_LEARN = "annotator.nlp.learning.suggester:learn_to_file"


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a project has to teach."""

    path: Path
    """The project."""
    scheme: Scheme
    lessons: tuple[Lesson, ...]
    pipeline: str = ""
    """The spaCy pipeline by which the rules extend sources, where there is one."""
    labels: int = 0
    """How many labels and rejections the project holds, in all articles."""

    @property
    def paragraphs(self) -> int:
        """How many paragraphs are labelled."""
        return sum(map(_paragraphs, self.lessons))


def _paragraphs(one: Lesson) -> int:
    return sum(
        1
        for start, end in paragraph_bounds(one.input.text)
        if any(a < end and start < b for a, b in one.known)
    )


def gather(project: Project) -> Job[Lessons]:
    """Return what a project has to teach, of the work that counts; nothing where nothing is labelled."""
    names, found, ids = taught_names(project.scheme), list[Lesson](), project.article_ids()
    cues, labels, deciders = own(project), _labels(project), project.people.adjudicators()
    for number, one in enumerate(ids, 1):
        taught = _lesson(project, one, names, cues, deciders)
        if taught is not None and (taught.known or taught.decisions):
            found.append(taught)
        if len(found) == MOST:
            break
        if number % _SLICE == 0:
            yield Progress(number, len(ids))
    return Lessons(project.path, project.scheme, tuple(found), parser_of(project), labels)


def _labels(project: Project) -> int:
    """Return how much there is that teaches: labels, and suggestions that were rejected."""
    found, taught = project.counts().labels, taught_names(project.scheme)
    return sum(count for label, count in found.items() if label in taught) + project.decisions.rejected()


def offered(project: Project) -> Job[tuple[Offer, ...]]:
    """Return the cues that the labels of a project offer."""
    lessons = yield from gather(project)
    return offers(lessons.lessons)


def _lesson(
    project: Project, article: Id, names: Mapping[str, str], cues: tuple[str, ...], deciders: frozenset[Id]
) -> Lesson | None:
    content = project.find_content(article)
    if content is None:
        return None  # removed since the list was made
    return lesson(counting(content, deciders, project.annotator.id), names, cues)


def parser_of(project: Project) -> str:
    """Return the pipeline by which the rules of a project extend sources; none that may not run."""
    pipeline = project.setting(SETTING)
    return pipeline if is_allowed(pipeline) else ""


def model_path(project: Path) -> Path:
    """Return where what was learned from a project is kept."""
    return project.with_name(project.name + SUFFIX)


def learn_from(lessons: Lessons, rules: str = RULES) -> Job[Learned]:
    """Learn in a process of its own and keep what was learned; raises UserError where there is too little."""
    count = lessons.paragraphs
    if count < FEWEST:
        raise UserError(
            "Learning starts at {fewest} labelled paragraphs; there are {count}.", fewest=FEWEST, count=count
        )
    labels = learned_labels(lessons.scheme)
    frames = learned_frames(lessons.scheme, labels)
    if not labels:
        raise UserError("This project's scheme has no labels of which spans are learned.")
    path = model_path(lessons.path)
    refused = refusal(lessons.path)
    if refused is not None:
        raise refused
    told = (entry_point(rules), allowed_choice(lessons.pipeline), lessons.pipeline)
    with _counted(path, lessons.labels):
        yield from _learned(path, (lessons.lessons, told, labels, frames))
    return read_facts(path)


@contextmanager
def _counted(path: Path, labels: int) -> Iterator[None]:
    """Remember how many labels were learned from; not when that was stopped, or ended with the program."""
    allow(_LABELS, str(path), "0")
    try:
        yield
    except UserError:
        allow(_LABELS, str(path), str(labels))  # the same labels would fail again
        raise
    allow(_LABELS, str(path), str(labels))


def _learned(path: Path, given: tuple[object, ...]) -> Job[None]:
    try:
        found = yield from run_apart(_LEARN, *given, str(path))
        # Not before it is known that nobody stopped it: what was learned before would be gone with it.
        before = allowed(_KIND).get(str(path), "")
        allow(_KIND, str(path), found["hash"])
        try:
            take_place(path)
        except UserError:
            allow(_KIND, str(path), before)
            raise
    finally:
        with suppress(OSError):
            fresh_path(path).unlink(missing_ok=True)  # there when the process ended in the middle


def refusal(project: Path) -> UserError | None:
    """Return in a sentence why what is learned cannot be kept beside a project, None where it can."""
    path = model_path(project)
    try:
        with fresh_path(path).open("ab"):
            pass
        fresh_path(path).unlink()
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
    except OSError as error:
        return UserError(
            "Nothing is learned from this project, as what is learned cannot be kept in {path}: {reason}.",
            path=path,
            reason=unwritten(error),
        )
    return None


def remember_told(project: Path, refused: UserError | None) -> bool:
    """Remember that a person is told that this cannot be kept; returns whether that was so before."""
    about, text = str(model_path(project)), str(refused or "")
    was = allowed(_REFUSED).get(about, "")
    if was != text:
        with suppress(UserError):  # told again at the next opening
            allow(_REFUSED, about, text)
    return was == text


def known(project: Path, scheme: Scheme, pipeline: str = "", rules: str = RULES) -> Learned | None:
    """Return what was learned here from a project, as long as labels, roles and rules are still the same."""
    path = model_path(project)
    expected = allowed(_KIND).get(str(path))
    if not expected or _hash(path) != expected:
        return None
    try:
        found = read_facts(path)
    except UserError:
        return None
    plugin = suggesters().get(rules)
    is_same = plugin is not None and found.rules == f"{plugin.name} {plugin.version}"
    labels = learned_labels(scheme)
    is_fit = found.labels == labels and found.frames == learned_frames(scheme, labels)
    return found if is_same and is_fit and found.pipeline == pipeline else None


def is_outdated(project: Project) -> bool:
    """Tell whether something was learned that is of no use any more: for other labels, or damaged."""
    is_there = model_path(project.path).exists()
    return is_there and known(project.path, project.scheme, parser_of(project)) is None


def enough_anew(project: Project, fewest: int) -> int:
    """Return how many labels have to come or go: `fewest`, but a tenth of those learned from before."""
    path = model_path(project.path)
    before = allowed(_LABELS).get(str(path), "")
    return max(fewest, int(before) // 10) if before.isdecimal() and path.exists() else fewest


def is_due(project: Project, enough: int) -> bool:
    """Tell whether enough labels came or went since learning ended, or the project was first seen."""
    about, labels = str(model_path(project.path)), _labels(project)
    before = allowed(_LABELS).get(about, "")
    if before.isdecimal():
        return abs(labels - int(before)) >= enough
    with suppress(UserError):  # as good as nothing: it is asked again at the next opening
        allow(_LABELS, about, str(labels))
    return False


def _hash(path: Path) -> str:
    """Return the SHA-256 of a file, made anew only when the file is another one."""
    stamp = stamp_of(path)
    return _hash_of(path, stamp) if stamp else ""


@lru_cache(maxsize=4)
def _hash_of(path: Path, _stamp: tuple[int, ...]) -> str:
    return file_hash(path)


def better_choice(project: Path, scheme: Scheme, pipeline: str = "", rules: str = RULES) -> str:
    """Return the choice for the suggester `learned`, "" while the rules are better."""
    found = known(project, scheme, pipeline, rules)
    if found is None or not found.is_better:
        return ""
    path = str(model_path(project))
    return json.dumps(
        {
            "path": path,
            "hash": allowed(_KIND)[path],
            "rules": entry_point(rules),
            "pipeline": allowed_choice(pipeline),
            "as": f"{found.rules}+{found.model[:8]}",
        }
    )


def proposes_as(choice: str) -> str:
    """Return name and version of who proposes by a choice of `better_choice`."""
    return str(json.loads(choice)["as"])


def under_own_names(learned: Learned, scheme: Scheme, *, titled: bool = False) -> Learned:
    """Return what was learned with the names, or titles, that the scheme has for the labels."""

    def _own(label: str) -> str:
        own = scheme.named(label) or label
        found = scheme.label(own) if titled else None
        return (found.title if found is not None else "") or own

    comparisons = (replace(one, label=_own(one.label)) for one in learned.comparisons)
    sureness = tuple(replace(one, label=_own(one.label)) for one in learned.sureness)
    moves = tuple(map(_own, learned.moves))
    return replace(learned, comparisons=tuple(comparisons), moves=moves, sureness=sureness)


def brief(learned: Learned) -> Said:
    """Return in one short line by how much what was learned is better, label by label."""
    told = (one for one in sorted(learned.comparisons, key=lambda one: -one.gain) if one.is_told)
    gains = [*map(_gain, told)]
    if not learned.is_better:
        return say("Nothing learned yet that is better than the rules: they stay.")
    if not learned.is_changing:
        return say(
            "Learned how sure suggestions are; held out, {figures}.", figures=_surer(learned.sureness[0])
        )
    if not gains and learned.cues:
        return say("Learned {n} more cue(s), as good as the rules elsewhere.", len(learned.cues))
    if not gains:
        return say("Learned; as good as the rules on articles held out.")
    pattern = "Learned from the labels; F1 on articles held out: {figures}."
    if learned.least:
        pattern = "Learned to leave out what is not marked here; F1 on articles held out: {figures}."
    elif learned.outermost:
        pattern = "Learned to leave out inner attributions; F1 on articles held out: {figures}."
    most = _FIGURES - (learned.least > 0 or learned.outermost)
    return say(pattern, figures="; ".join(gains[:most]))


def _gain(one: Comparison) -> Said:
    """Return by how much a label is better, by overlap or strict, as whole figures show it."""
    gains = (
        ("{label} {rules} → {learned} by overlap", one.rules_told, one.learned_told),
        ("{label} {rules} → {learned} strict", one.rules_strict, one.learned_strict),
    )
    shown = (gain for gain in gains if round(gain[2]) > round(gain[1]))
    pattern, rules, learned = max(shown, key=lambda gain: gain[2] - gain[1])
    return say(pattern, label=one.label, rules=f"{rules:.0f}", learned=f"{learned:.0f}")


def _surer(one: Sureness) -> Said:
    """Return how many are shown as sure by rules and learned model, and how many of those are right."""
    shares, right = one.shares, one.right
    return say(
        "{rules} → {learned} % are sure, of these {rules_right} → {learned_right} % right",
        rules=f"{shares[0]:.0f}",
        learned=f"{shares[1]:.0f}",
        rules_right=f"{right[0]:.0f}",
        learned_right=f"{right[1]:.0f}",
    )


def what_was_learned(project: Project) -> str:
    """Return what a person wants to know of what was learned from a project, "" where nothing holds."""
    found = known(project.path, project.scheme, parser_of(project))
    return sentence(under_own_names(found, project.scheme, titled=True)) if found is not None else ""


def sentence(learned: Learned) -> Said:
    """Return what a person wants to know: what takes over, and by how much."""
    takes_over = [
        *([say("knows {n} more cue(s)", len(learned.cues))] if learned.cues else []),
        *([say("leaves out what lies inside other attributions")] if learned.outermost else []),
        *([say("leaves out what is not marked here")] if learned.least else []),
        *([say("adds what the rules miss")] if learned.adds else []),
        *([say("moves the edges of {labels}", labels=", ".join(learned.moves))] if learned.moves else []),
        *([say("tells better how sure suggestions are")] if learned.ranking else []),
    ]
    figures = "; ".join(
        f"{one.label} {one.rules_strict:.0f} → {one.learned_strict:.0f}, "
        f"{one.rules_told:.0f} → {one.learned_told:.0f}"
        for one in learned.comparisons
    )
    held_out = say(
        "F1 on articles held out, strict and by overlap, rules → learned: {figures}.", figures=figures
    )
    return joined(
        say("What was learned {does}.", does=joined(*takes_over, between=", "))
        if takes_over
        else say("The rules stay: they are better."),
        held_out if figures else "",
        *(
            say("{label}, held out: {figures}.", label=one.label, figures=_surer(one))
            for one in learned.sureness
        ),
    )
