"""Finds out what an import brings to articles that are in the project already: what is new, what is there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.exchange.files import shown
from annotator.model.changes import Changes
from annotator.model.collecting import no_collecting
from annotator.model.errors import NotAllowed
from annotator.model.formats import Problem
from annotator.model.ids import Id
from annotator.model.job import Job, Progress, paused
from annotator.model.near_copies import NearCopies
from annotator.model.realigning import words_of
from annotator.model.records import Article, ArticleLabel, Frame, Span, SuggestedFrame, SuggestedSpan
from annotator.services.importing import ImportPlan, Revised, operation_name
from annotator.services.importing_entries import Entry
from annotator.services.importing_gathering import near_copies, near_words, version_note
from annotator.services.importing_ids import ids_of, keep_twins
from annotator.services.importing_joining import Joined
from annotator.services.project import Project

_STEP = 20
_NAMED = 20
"""Labels of one file that are named one by one when their words are not found."""


@dataclass(slots=True)
class _Found:
    """What was found out so far."""

    counts: Counter[type] = field(default_factory=Counter)
    copies: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    done: set[int] = field(default_factory=set)
    labelled: set[Id] = field(default_factory=set)
    already: int = 0
    revised: defaultdict[Id, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def take(self, number: int, entry: Entry, joined: Joined) -> None:
        """Take in what became of one entry."""
        assert entry.target is not None
        self.counts += joined.counts
        self.already += joined.already
        for by, one in joined.revised.items():
            self.revised[by] += one.counts
        lost = joined.lost[:_NAMED]
        if len(joined.lost) > _NAMED:
            lost.append(f"and {len(joined.lost) - _NAMED:,} more whose words are not found")
        self.problems += [Problem(entry.file, one) for one in lost]
        if entry.onto is not None:
            self.copies.append(f"{entry.place} stands twice; joined with the first: {_news(joined)}")
            self.done |= {number} if joined.is_empty else set()
            return
        if joined.is_own:
            return
        if joined.is_empty:
            self.done.add(number)
        else:
            self.labelled.add(entry.target)
        if joined.is_empty and not joined.lost:
            labels = f", with its labels ({joined.already:,})" if joined.already else ""
            self.copies.append(f"{entry.place} is already in the project{labels}{_differing(joined)}")
        else:
            self.lines.append(_line(entry, joined))


def write(project: Project, plan: ImportPlan, *, by: Id | None = None) -> Changes:
    """Store what a plan brings; raises NotAllowed that names the file and line of what cannot be stored."""
    try:
        return project.write_import(plan, by=by)
    except NotAllowed as error:
        if not plan.writing:
            raise
        raise NotAllowed(
            "{place}: {why} Nothing was imported; change that there, and import it again.",
            place=plan.writing[0].place,
            why=str(error),
        ) from error


def join_job(project: Project, plan: ImportPlan) -> Job[ImportPlan]:
    """Compare labels with those of the project's articles, on the project's own thread, in short slices.

    Returns the plan ready to be written, its summary complete.
    """
    with no_collecting():
        return (yield from _joined(project, plan))


def _joined(project: Project, plan: ImportPlan) -> Job[ImportPlan]:
    if plan.fresh is not None:
        plan = yield from _compared(project, plan, plan.fresh)
    plan = yield from _with_own_ids(project, plan)
    if not plan.targets:
        return plan
    plan = replace(
        plan,
        read=project.content,
        there=project.finder.there,
        actors=project.actors,
        remove=project.people.removing,
        was_met=project.finder.has_between,
    )
    joiner, found = plan.joiner(project.annotator.id), _Found()
    for number, entry, edits in plan.each(project.annotator.id):
        if entry.target is not None:
            step = Progress(number, len(plan.entries), "comparing labels")
            found.take(number, entry, (yield from paused(joiner.join(edits, entry), step)))
            continue
        if entry.is_joined and entry.is_whole:
            joiner.keep(edits)
        if number % _STEP == 0:
            yield Progress(number, len(plan.entries), "comparing labels")
    return _completed(plan, found)


def _with_own_ids(project: Project, plan: ImportPlan) -> Job[ImportPlan]:
    """Let records of new articles have other ids than those that the project has."""
    notes: list[str] = []
    for number, entry in enumerate(plan.entries):
        if number % _STEP == 0:
            yield Progress(number, len(plan.entries), "comparing labels")
        if entry.target is None and entry.ids is not None and project.finder.has_between(*entry.ids):
            content = entry.content(plan.spool[number])
            if twins := project.finder.there(ids_of(content)):
                notes.append(keep_twins(entry, content, twins, "of a record of the project"))
            yield Progress(number, len(plan.entries), "comparing labels")
    if not notes:
        return plan
    return replace(plan, summary=replace(plan.summary, notes=(*plan.summary.notes, *notes)))


def _compared(project: Project, plan: ImportPlan, near: NearCopies) -> Job[ImportPlan]:
    """Tell which new articles are nearly the same as one of the project."""
    stored = [(article, name) for article, _, name in project.stored_articles()]
    names = dict(stored)
    nearest: dict[int, tuple[float, str]] = {}
    same: dict[int, list[Id]] = {}
    for at in range(0, len(stored), _STEP):
        for one in project.finder.texts([article for article, _ in stored[at : at + _STEP]]):
            alike = plan.words.get(hash(words_of(one.text)), ()) if plan.words else ()
            alike = [number for number in alike if not plan.entries[number].is_joined]
            for number in alike:
                same.setdefault(number, []).append(one.article)
            for close, share in () if alike else near.find_every(one.text):
                nearest[close] = max(nearest.get(close, (0.0, "")), (share, names[one.article]))
        yield Progress(at, len(stored), "comparing texts")
    targets = {
        number: target
        for number, found in same.items()
        if (target := _meant(found, plan.entries[number])) is not None
    }
    nearest |= {number: (1.0, names[found[0]]) for number, found in same.items() if number not in targets}
    told = {
        number: near_words(f"{shown(name)} of the project", share)
        for number, (share, name) in nearest.items()
        if number not in targets
    }
    plan = _with_other_blanks(replace(plan, fresh=None), targets)
    return replace(plan, summary=replace(plan.summary, near_copies=near_copies(plan.entries, told)))


def _meant(found: Sequence[Id], entry: Entry) -> Id | None:
    """Return which of the articles of the same words an entry's labels are for: its namesake, or in turn."""
    if entry.namesake in found:
        return entry.namesake
    turn = entry.turn if entry.turn is not None or len(found) > 1 else 0
    return found[turn] if turn is not None and turn < len(found) else None


def _with_other_blanks(plan: ImportPlan, same: Mapping[int, Id]) -> ImportPlan:
    """Give labels of articles whose words the project has with other blanks to those that are there."""
    if not same:
        return plan
    entries = [*plan.entries]
    for number, target in same.items():
        entries[number] = replace(entries[number], target=target, is_version=True)
    spans, frames, labels, proposed = map(sum, zip(*[entries[one].counts for one in same], strict=True))
    told = {version_note(entries[one]) for one in same}
    summary = plan.summary
    less = replace(
        summary,
        articles=summary.articles - len(same),
        spans=summary.spans - spans,
        frames=summary.frames - frames,
        article_labels=summary.article_labels - labels,
        suggestions=summary.suggestions - proposed,
        notes=tuple(one for one in summary.notes if one not in told),
    )
    return replace(plan, entries=tuple(entries), summary=less)


def _completed(plan: ImportPlan, found: _Found) -> ImportPlan:
    summary, counts = plan.summary, found.counts
    articles = summary.articles + counts[Article]
    entries = (replace(one, is_done=at in found.done) for at, one in enumerate(plan.entries))
    return replace(
        plan,
        operation=operation_name(articles, len(found.labelled)),
        entries=tuple(entries),
        summary=replace(
            summary,
            articles=articles,
            copies=(*summary.copies, *found.copies),
            problems=(*summary.problems, *found.problems),
            spans=summary.spans + counts[Span],
            frames=summary.frames + counts[Frame],
            article_labels=summary.article_labels + counts[ArticleLabel],
            suggestions=summary.suggestions + counts[SuggestedSpan] + counts[SuggestedFrame],
            joined=tuple(found.lines),
            labelled=len(found.labelled),
            already=found.already,
            revised=_revised(plan, found),
        ),
    )


def _revised(plan: ImportPlan, found: _Found) -> tuple[Revised, ...]:
    counts = ((name, found.revised[by]) for name, by in plan.shared.annotators.items() if by in found.revised)
    return tuple(
        Revised(name, one["changed"], one["removed"], is_taken=name == plan.newer)
        for name, one in counts
        if one.total()
    )


def _line(entry: Entry, joined: Joined) -> str:
    version = "; the text there is another version" if entry.is_version else ""
    return f"{entry.place}: {_news(joined)}{version}"


def _news(joined: Joined) -> str:
    twins = f" ({joined.twins:,} with new ids: other articles have theirs)" if joined.twins else ""
    revised = joined.taken.counts
    same = joined.already - revised["changed"]
    there = f", {same:,} there already" if same else ""
    taken = "".join(f", {n:,} {what}" for what, n in revised.items() if n)
    return f"{joined.new:,} new{twins}{taken}{there}{_differing(joined)}"


def _differing(joined: Joined) -> str:
    """Say how many labels are left as they are, although the file says something else of the same words."""
    return f", {joined.differing:,} of them otherwise and left as they are" if joined.differing else ""
