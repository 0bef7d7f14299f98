"""Learning from a project's own labels, in a separate process; what it gives is kept beside the project."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from annotator.exchange.files import stamp_of
from annotator.model.agreed import made_by, who_counts
from annotator.model.allowed import allow, allowed, withdraw
from annotator.model.disk import unwritten
from annotator.model.errors import UserError
from annotator.model.ids import id_text
from annotator.model.job import Job, Progress
from annotator.model.learning import (
    Learned,
    Lesson,
    learned_frames,
    learned_labels,
    lesson,
    taught_names,
)
from annotator.model.scheme import Scheme
from annotator.model.units import paragraph_bounds
from annotator.nlp.learning.model_file import file_hash, fresh_path, read_facts, take_place
from annotator.plugins.door import suggesters
from annotator.services.apart import run_apart
from annotator.services.cues import Offer, offers, own
from annotator.services.learning_words import sentence, under_own_names
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
    asked: tuple[str, ...] = ()
    """Whose labels come first: the adjudicators, then who is at work."""
    teachers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Per article, by its id, whose labels they are."""

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
    people, teachers = {one.id: one.name for one in project.annotators()}, dict[str, tuple[str, ...]]()
    for number, one in enumerate(ids, 1):
        content = project.find_content(one)
        if content is None:
            continue  # removed since the list was made
        by = who_counts(content, deciders, project.annotator.id)
        taught = lesson(made_by(content, by), names, cues)
        if taught.known or taught.decisions:
            found.append(taught)
            teachers[id_text(one)] = tuple(sorted(people[each] for each in by if each in people))
        if len(found) == MOST:
            break
        if number % _SLICE == 0:
            yield Progress(number, len(ids))
    pipeline, asked = parser_of(project), _asked(project)
    return Lessons(project.path, project.scheme, tuple(found), pipeline, labels, asked, teachers)


def _asked(project: Project) -> tuple[str, ...]:
    """Return whose labels come first, by name."""
    return (
        *sorted(one.name for one in project.annotators() if one.is_adjudicator),
        project.annotator.name,
    )


def _labels(project: Project) -> int:
    """Return how much there is that teaches: labels, and suggestions that were rejected."""
    found, taught = project.counts().labels, taught_names(project.scheme)
    return sum(count for label, count in found.items() if label in taught) + project.decisions.rejected()


def offered(project: Project) -> Job[tuple[Offer, ...]]:
    """Return the cues that the labels of a project offer."""
    lessons = yield from gather(project)
    return offers(lessons.lessons)


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
        few = "Learning starts at {fewest} labelled paragraphs; there are {count}."
        gone = f"{few} What was learned before is forgotten, as its labels are gone."
        raise UserError(gone if _forget(lessons) else few, fewest=FEWEST, count=count)
    labels = learned_labels(lessons.scheme)
    frames = learned_frames(lessons.scheme, labels)
    if not labels:
        raise UserError("This project's scheme has no labels of which spans are learned.")
    path = model_path(lessons.path)
    refused = refusal(lessons.path)
    if refused is not None:
        raise refused
    kept = {"pipeline": lessons.pipeline, "asked": lessons.asked, "teachers": dict(lessons.teachers)}
    told = (entry_point(rules), allowed_choice(lessons.pipeline), kept)
    with _counted(path, lessons.labels):
        yield from _learned(path, (lessons.lessons, told, labels, frames))
    return read_facts(path)


def was_learned(project: Path) -> bool:
    """Tell whether anything that was learned is kept beside a project."""
    return model_path(project).exists()


def _forget(lessons: Lessons) -> bool:
    """Let go of what was learned, as the labels that taught it are gone; returns whether there was any."""
    path = model_path(lessons.path)
    if not was_learned(lessons.path):
        return False
    withdraw(_KIND, str(path))
    allow(_LABELS, str(path), str(lessons.labels))
    with suppress(OSError):  # not used any more, whether it stays or not
        path.unlink()
    return True


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
    return was_learned(project.path) and _known(project) is None


def _known(project: Project) -> Learned | None:
    return known(project.path, project.scheme, parser_of(project))


def may_be_another(project: Project) -> bool:
    """Tell whether others' labels come first than when it was learned: who is at work, or adjudicates."""
    found = _known(project)
    return found is not None and found.asked != _asked(project)


def is_another(lessons: Lessons) -> bool:
    """Tell whether an article that taught would now teach by the labels of others."""
    found = known(lessons.path, lessons.scheme, lessons.pipeline)
    taught = found.teachers if found is not None else {}
    return any(taught.get(article, whose) != whose for article, whose in lessons.teachers.items())


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


def what_was_learned(project: Project) -> str:
    """Return what a person wants to know of what was learned from a project, "" where nothing holds."""
    found = _known(project)
    return sentence(under_own_names(found, project.scheme, titled=True)) if found is not None else ""
