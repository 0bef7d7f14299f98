"""Who annotates a project, who is at work, and whose labels are the adjudicated ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from annotator.model.article_filter import ArticleFilter
from annotator.model.changes import Changes, Edit, Replace
from annotator.model.errors import NotAllowed
from annotator.model.ids import Id
from annotator.model.records import Annotator, AnnotatorKind
from annotator.services.project_above import allow_name
from annotator.services.project_deciding import decide_agreed, decide_for
from annotator.services.project_removing import remove
from annotator.services.project_writing import Writer
from annotator.store.store import Store


class ArticlesOf(NamedTuple):
    """How many articles an annotator labelled, and how many are marked as done by them."""

    labelled: int
    done: int


class Annotators:
    """The annotators of an open project."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer

    def work_as(self, name: str) -> Changes:
        """Let another annotator be at work from now on, who is added where there is none of that name."""
        allow_at_work(name.strip(), self._store.all(Annotator))
        return self._writer.work_as(name)

    def articles_of_each(self) -> dict[Id, ArticlesOf]:
        """Return how far each annotator is."""
        return {
            one.id: ArticlesOf(
                len(self._store.article_ids(where=ArticleFilter(whose=one.id))),
                len(self._store.article_ids(where=ArticleFilter(reading="done", whose=one.id))),
            )
            for one in self._store.all(Annotator)
        }

    def adjudicators(self) -> frozenset[Id]:
        """Return those whose labels are the adjudicated ones."""
        return frozenset(one.id for one in self._store.all(Annotator) if one.is_adjudicator)

    def set_adjudicators(self, wanted: Collection[Id]) -> Changes:
        """Say whose labels are the adjudicated ones; everybody else is a person. A program cannot decide."""
        edits = []
        for one in self._store.all(Annotator):
            kind: AnnotatorKind = "adjudicator" if one.id in wanted else "person"
            if one.kind == "program":
                _refuse(one, wanted)
            elif one.kind != kind:
                edits.append(Replace(replace(one, kind=kind)))
        return self._writer.small("Choose the adjudicators", edits, begins=False)

    def removing(self, ids: Collection[Id], anew: Collection[Id]) -> list[Edit]:
        """Return the edits that remove labels which a newer file of their annotator lacks.

        Frames that are stored `anew` in the same step are left to it.
        """
        return remove(self._writer.ground, ids, anew)

    def decide_for(self, record: Id) -> Changes:
        """Make a span or frame of another annotator, with its spans, also that of who is at work."""
        article, edits = decide_for(self._writer.ground, record)
        return self._writer.small("Adjudicate", edits, article)

    def decide_agreed(self, article: Id) -> Changes:
        """Make all that the others made in the same way in an article also that of who is at work."""
        edits = decide_agreed(self._writer.ground, article)
        return self._writer.small("Adjudicate where all agree", edits, article)


def _refuse(program: Annotator, wanted: Collection[Id]) -> None:
    if program.id in wanted:
        raise NotAllowed(
            "{name} is a program: whose labels are the adjudicated ones is a person.", name=program.name
        )


def allow_at_work(name: str, people: Iterable[Annotator]) -> None:
    """Raise NotAllowed when nobody of this name can be at work among these annotators."""
    if any(one.kind == "program" and one.name == name for one in people):
        raise NotAllowed("{name} is a program: who is at work is a person.", name=name)
    allow_name(name)
