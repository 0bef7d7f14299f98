"""The cues that a project has of its own, and those that its labels offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotator.model.changes import Changes
from annotator.model.cue_lexicon import WEAK, Verb, with_verbs
from annotator.model.errors import NotAllowed
from annotator.model.learning import Lesson
from annotator.model.own_cues import MOST, SETTING, cues_in, line_for, verbs_of
from annotator.nlp.learning.cues import is_known, seen
from annotator.services.project import Project

FIRST = 200
"""Offers that are made at most, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A cue that was marked and the lexicon lacks, with how often that was."""

    line: str
    times: int
    articles: int


def own(project: Project) -> tuple[str, ...]:
    """Return the cues of a project, as lines of `annotator.model.own_cues`."""
    return cues_in(project.setting(SETTING))


def keep(project: Project, lines: Iterable[str]) -> Changes:
    """Let these be the cues of a project, in one step that can be undone; raises NotAllowed for too many."""
    kept = tuple(dict.fromkeys(lines))
    if len(kept) > MOST:
        raise NotAllowed("A project has {most} cues of its own at most; leave some out.", most=MOST)
    return project.set_setting(SETTING, "\n".join(kept))


def offers(lessons: Iterable[Lesson]) -> tuple[Offer, ...]:
    """Return the cues in labelled frames that the lexicon and the project lack, most frequent first."""
    times: dict[Verb, list[int]] = {}
    for number, lesson in enumerate(lessons):
        with with_verbs(verbs_of(lesson.input.cues)):
            for verb in seen(lesson):
                if not is_known(replace(verb, strength=WEAK)):
                    times.setdefault(verb, []).append(number)
    found = (Offer(line_for(verb), len(where), len(set(where))) for verb, where in times.items())
    return tuple(sorted(found, key=lambda one: (-one.articles, -one.times, one.line))[:FIRST])
