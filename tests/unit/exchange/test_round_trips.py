"""Out and in again, every format with both ways: what is lost was told, with its count, and no more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import bring, export, fill, project_in

from annotator.model.ids import Id
from annotator.model.job import run
from annotator.model.records import ArticleContent, Fragment, Frame, Span
from annotator.services.exporting_choice import ExportChoice
from annotator.services.exporting_survey import survey_job
from annotator.services.project import Project

Facts = Mapping[str, Counter[Any]]
IMPORTER = "Anna"

PIECES = "spans in several pieces, written as one stretch"
SAME = "spans that are the same as another one, written once"
FRAMES = "frames that do not link two spans"
ENDS = "ends of frames that are no spans of the article"
MADE_BY = "records that do not say which of several annotators made them"
AT_BREAKS = "spans that begin, end or have a gap at a line break, which goes out of them or closes"
BREAKS = "[\n\v\f\x1c-\x1e\x85\u2028\u2029]"
ON_ONE_LINE = "line breaks in notes and text attributes"
NOT_IN_WORDS = "ends of frames that are not in the words of the article"


@dataclass(frozen=True)
class Holds:
    """What a format of stretches and links has a place for."""

    links: bool = True
    says: bool = False
    """Attributes and notes of spans."""
    people: bool = False
    labels: bool = True
    blanks: bool = True
    """Spans that begin or end with a blank; else they go from word to word."""


@dataclass
class Kept:
    """What is left of an article, and what is not."""

    spans: dict[Id, Any] = field(default_factory=dict)
    """The facts that a span comes back as."""
    frames: list[Any] = field(default_factory=list)
    labels: list[Any] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    _known: dict[Any, list[tuple[Any, Any]]] = field(default_factory=dict)

    def span(self, one: Span, by: str, pieces: Any, says: Mapping[str, str], note: str) -> bool:
        """Keep a span; tells whether it is written itself, and not the same as another one."""
        before = self._known.setdefault((by, one.label, pieces), [])
        made_of = tuple(sorted(says.items()))
        if before and not note and before[-1][0] == made_of:
            self.spans[one.id] = before[-1][1]
            self.lost[SAME] += 1
            return False
        # The id tells apart what is alike and yet two.
        fact = (one.id, (by, one.label, pieces, made_of, note))
        self.spans[one.id] = fact
        before.append((made_of, fact))
        return True

    def facts(self) -> Facts:
        spans = dict.fromkeys(self.spans.values())
        return {
            "spans": Counter(fact for _, fact in spans),
            "frames": Counter(self.frames),
            "labels": Counter(self.labels),
        }


def whole(one: Span) -> tuple[Fragment, ...]:
    return (Fragment(one.fragments[0].start, one.fragments[-1].end),)


def as_stretches(content: ArticleContent, names: Mapping[Id, str], holds: Holds) -> Kept:
    """Spans as one stretch each, frames as links from one span to others."""
    kept, lost = Kept(), Counter[str]()
    written: list[Any] = []
    places: set[Any] = set()
    for one in sorted(content.spans, key=lambda one: one.id):
        by = names[one.annotator] if holds.people else IMPORTER
        says, note = (one.attributes, one.note) if holds.says else ({}, "")
        (place,) = whole(one)
        covered = content.article.text[slice(*place)]
        if not holds.blanks and not covered.strip():
            lost["spans without a word"] += 1
            continue
        is_own = kept.span(one, by, (place if holds.blanks else in_words(place, covered),), says, note)
        if is_own or (holds.blanks is False and (one.label, place) not in places):
            places.add((one.label, place))
            lost["spans that begin or end with a blank, cut to their words"] += (
                not holds.blanks and covered != covered.strip()
            )
            written.append(one)
            lost["spans in several pieces, written as one stretch"] += len(one.fragments) > 1
            lost["attributes"] += 0 if holds.says else len(one.attributes)
            lost["notes"] += bool(one.note) and not holds.says
            lost["actors and claim cards of spans"] += one.actor is not None
    whose = {one.id: one.annotator for one in content.spans}
    for one in content.frames:
        own = {end.end for end in one.roles if not holds.people or whose.get(end.end) == one.annotator}
        ends = {
            (end.role, kept.spans[end.end]) for end in one.roles if end.end in kept.spans and end.end in own
        }
        if len(ends) < 2 or not holds.links:
            lost[FRAMES if holds.links else "frames"] += 1
            continue
        written.append(one)
        lost[ENDS] += len(one.roles) - len(ends)
        lost["attributes"] += len(one.attributes)
        lost["notes"] += bool(one.note)
        by = names[one.annotator] if holds.people else IMPORTER
        kept.frames.append(
            (by, one.label, tuple(sorted((role, repr(fact)) for role, (_, fact) in ends)), (), "")
        )
    if holds.labels:
        written += content.labels
        kept.labels += [
            (names[one.annotator] if holds.people else IMPORTER, one.label) for one in content.labels
        ]
    else:
        lost["labels of whole articles"] += len(content.labels)
    people = {one.annotator for one in written}
    lost[MADE_BY] += len(written) if len(people) > 1 and not holds.people else 0
    lost["answers that nothing is there"] += len(content.nothing_here)
    kept.lost.update(lost)
    return kept


def in_words(place: Fragment, covered: str) -> Fragment:
    return Fragment(
        place.start + len(covered) - len(covered.lstrip()), place.end - len(covered) + len(covered.rstrip())
    )


def as_standoff(content: ArticleContent, names: Mapping[Id, str]) -> Kept:
    """Everything that words show, on one line each."""
    text, kept, lost = content.article.text, Kept(), Counter[str]()
    for one in sorted(content.spans, key=lambda one: (one.fragments, one.label, one.id)):
        pieces = by_lines(one.fragments, text)
        if not pieces:
            lost["spans of line breaks alone"] += 1
            continue
        says = {name: flat(value) for name, value in one.attributes.items()}
        if kept.span(one, IMPORTER, closed(pieces, text), says, flat(one.note)):
            lost[AT_BREAKS] += closed(pieces, text) != one.fragments
            lost[ON_ONE_LINE] += sum(flat(value) != value for value in (*one.attributes.values(), one.note))
            lost["actors of spans"] += one.actor is not None
    frames = {one.id: one for one in content.frames if any(end.end in kept.spans for end in one.roles)}
    for one in frames.values():
        ends = {
            (end.role, kept.spans.get(end.end, end.end))
            for end in one.roles
            if end.end in kept.spans or end.end in frames
        }
        lost[NOT_IN_WORDS] += len(one.roles) - len(ends)
        lost[ON_ONE_LINE] += sum(flat(value) != value for value in (*one.attributes.values(), one.note))
        shown = sorted((role, "frame" if isinstance(end, bytes) else repr(end[1])) for role, end in ends)
        made_of = tuple(sorted(one.attributes.items()))
        kept.frames.append((IMPORTER, one.label, tuple(shown), made_of, flat(one.note)))
    made_by = [one.annotator for records in (content.spans, content.frames) for one in records]
    lost[MADE_BY] += len(made_by) if len({*made_by}) > 1 else 0
    lost["frames that no words of the article show"] += len(content.frames) - len(frames)
    lost["labels of whole articles"] += len(content.labels)
    lost["answers that nothing is there"] += len(content.nothing_here)
    kept.lost.update(lost)
    return kept


def by_lines(fragments: Iterable[Fragment], text: str) -> list[Fragment]:
    found = (
        Fragment(start + match.start(), start + match.end())
        for start, end in fragments
        for match in re.finditer(BREAKS.replace("[", "[^") + "+", text[start:end])
    )
    return list(found)


def closed(pieces: list[Fragment], text: str) -> tuple[Fragment, ...]:
    marks = sorted(
        at
        for one, after in pairwise(pieces)
        if re.fullmatch(f"{BREAKS}+", text[one.end : after.start])
        for at in (one.end, after.start)
    )
    edges = [at for one in pieces for at in one if at not in marks]
    return tuple(Fragment(*pair) for pair in zip(edges[::2], edges[1::2], strict=True))


def flat(text: str) -> str:
    return re.sub(BREAKS, " ", text)


def as_it_is(content: ArticleContent, names: Mapping[Id, str]) -> Kept:
    kept = Kept()
    for one in content.spans:
        kept.spans[one.id] = (one.id, (names[one.annotator], *said(one)))
    kept.frames = [frame_fact(one, content, names) for one in content.frames]
    kept.labels = [(names[one.annotator], one.label) for one in content.labels]
    return kept


def said(one: Span) -> tuple[Any, ...]:
    return one.label, one.fragments, tuple(sorted(one.attributes.items())), one.note


def frame_fact(one: Frame, content: ArticleContent, names: Mapping[Id, str]) -> tuple[Any, ...]:
    shown: dict[Id, str] = {each.id: repr((names[each.annotator], *said(each))) for each in content.spans}
    shown |= {each.id: f"actor {each.name}" for each in content.actors}
    ends = tuple(sorted((end.role, shown.get(end.end, "frame")) for end in one.roles))
    return names[one.annotator], one.label, ends, tuple(sorted(one.attributes.items())), one.note


def found_in(project: Project) -> dict[str, Facts]:
    names = {one.id: one.name for one in project.annotators()}
    return {one.article.text: as_it_is(one, names).facts() for one in project.contents()}


Model = Callable[[ArticleContent, Mapping[Id, str]], Kept]


def stretches(**holds: bool) -> Model:
    return lambda content, names: as_stretches(content, names, Holds(**holds))


CASES: dict[str, tuple[str, dict[str, str], Model]] = {
    "jsonl": ("jsonl", {}, as_it_is),
    "brat": ("brat", {}, as_standoff),
    "doccano": ("doccano", {}, stretches()),
    "doccano labels": ("doccano", {"shape": "labels"}, stretches(links=False)),
    "prodigy": ("prodigy", {}, stretches(people=True)),
    "label_studio": ("label_studio", {}, stretches(people=True, says=True)),
    "spacy": ("spacy", {}, stretches(links=False)),
    "spacy_json": ("spacy_json", {}, stretches(links=False, blanks=False)),
    "spacy_json training": ("spacy_json", {"shape": "training"}, stretches(links=False, blanks=False)),
}


def check(folder: Path, case: str, project: Project, other: Project) -> None:
    """Export and import, and hold both what comes back and what was told against the model."""
    format_name, chosen, model = CASES[case]
    names = {one.id: one.name for one in project.annotators()}
    kept = {one.article.text: model(one, names) for one in project.contents()}
    lost = sum((one.lost for one in kept.values()), Counter())
    out = folder / "out.jsonl"
    written = export(project, out, format_name, chosen=chosen)
    survey = run(survey_job(project, ExportChoice(format_name, chosen=chosen)))
    assert +lost == Counter(written.left_out) == Counter(survey.left_out)
    summary = bring(other, out, format_name=format_name)
    assert summary.problems == ()
    assert found_in(other) == {text: one.facts() for text, one in kept.items()}
    assert run(other.check()) == ()


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_lost_was_told(
    tmp_path_factory: pytest.TempPathFactory, case: str, data: st.DataObject
) -> None:
    """T-62."""
    folder = tmp_path_factory.mktemp("round")
    with project_in(folder, "a") as project, project_in(folder, "b") as other:
        fill(project, data)
        check(folder, case, project, other)


def as_words(content: ArticleContent, tags: str, lost: Counter[str]) -> Counter[tuple[str, str]]:
    """The words that tags keep of spans: of those that overlap the longest; the text is put together anew."""
    text, unlike = content.article.text, {}
    for one in sorted(content.spans, key=lambda one: one.id):
        if not text[slice(*whole(one)[0])].strip():
            lost["spans without a word"] += 1
        elif (one.label, *whole(one)) in unlike:
            lost[SAME] += 1
        else:
            unlike[one.label, *whole(one)] = one
    written = list(unlike.values())
    taken: list[Span] = []
    for one in sorted(written, key=lambda one: (one.start - one.end, one.start, one.label)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    lost["spans that overlap a longer one"] += len(written) - len(taken)
    found: list[tuple[str, str, int]] = []
    for one in sorted(taken, key=lambda one: one.start):
        words = "".join(text[one.start : one.end].split())
        before = found[-1] if found else ("", "", 0)
        if tags == "io" and before[0] == one.label and not text[before[2] : one.start].strip():
            lost["spans that touch one of the same label, written as one"] += 1
            found[-1] = (one.label, before[1] + words, one.end)
        else:
            found.append((one.label, words, one.end))
    people = {one.annotator for one in written}
    lost[MADE_BY] += len(written) if len(people) > 1 else 0
    lost["actors and claim cards of spans"] += sum(one.actor is not None for one in written)
    lost[PIECES] += sum(len(one.fragments) > 1 for one in written)
    lost["attributes"] += sum(len(one.attributes) for one in written)
    lost["notes"] += sum(bool(one.note) for one in written)
    lost["frames"] += len(content.frames)
    lost["labels of whole articles"] += len(content.labels)
    lost["answers that nothing is there"] += len(content.nothing_here)
    lost["white space between words"] += sum(one not in (" ", "\n") for one in re.findall(r"\s+", text))
    return Counter((label, words) for label, words, _ in found)


@pytest.mark.parametrize("tags", ["bio", "iob1", "io", "iobes"])
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_tags_keep_the_words_of_spans(
    tmp_path_factory: pytest.TempPathFactory, tags: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with project_in(folder, "a") as project, project_in(folder, "b") as other:
        fill(project, data)
        lost: Counter[str] = Counter()
        expected = sum((as_words(one, tags, lost) for one in project.contents()), Counter())
        written = export(project, folder / "out.conll", "conll", chosen={"tags": tags})
        assert +lost == Counter(written.left_out)
        # A label without gaps does not hold the words of a span that had one, and is told so.
        summary = bring(other, folder / "out.conll")
        assert [one for one in summary.problems if "unbroken" not in str(one)] == []
        found = Counter(
            (one.label, "".join(content.article.text[one.start : one.end].split()))
            for content in other.contents()
            for one in content.spans
        )
        assert found == expected
