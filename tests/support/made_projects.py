"""Projects made by hypothesis, what is in them as plain facts, and ways to bring files in and out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from annotator.model.blocks import find_blocks, find_facts
from annotator.model.changes import Add
from annotator.model.formats import Written
from annotator.model.ids import Id, new_id, new_ids
from annotator.model.job import run
from annotator.model.records import (
    Actor,
    Annotator,
    Article,
    ArticleContent,
    ArticleLabel,
    Fragment,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
)
from annotator.model.scheme import Attribute, Label, Role, Scheme
from annotator.model.text import settle, sha256_of
from annotator.services.exporting import export_job
from annotator.services.exporting_choice import ExportChoice
from annotator.services.importing import ImportOptions, ImportSummary
from annotator.services.importing_known import known_of, planned
from annotator.services.importing_stored import join_job
from annotator.services.project import Project

FLAG = Attribute("denied", "choice", ("no", "yes"))
KIND = Attribute("kind", "choice", ("unset", "direct", "two words"))
WORDS = Attribute("wording", "text")
SCHEME = Scheme(
    "made",
    "",
    (
        Label("CLAIM", "span", attributes=(FLAG, KIND, WORDS)),
        Label("SOURCE", "span"),
        Label("PERSON", "span", group="entity", discontinuous=False),
        Label(
            "TELLS",
            "frame",
            attributes=(FLAG,),
            roles=(
                Role("claim", ("CLAIM",)),
                Role("source", ("SOURCE", "PERSON")),
                Role("by", ("actor",), most=1),
                Role("inside", ("TELLS",), most=1),
            ),
        ),
        Label(
            "LINK", "frame", roles=(Role("from", ("span",), most=1), Role("to", ("span", "frame"), most=1))
        ),
        Label("SAME", "frame", roles=(Role("claim", ("CLAIM",)),)),
        Label("TOPIC", "article", attributes=(WORDS,)),
    ),
)

TEXTS = (
    st.lists(
        st.sampled_from(
            [
                "Ada",
                "said",
                "“no”,",
                "😀",
                "e\u0301",
                "שלום",
                "Rask-Holt",
                "a\u2028b",
                "12.5",
                "x\ty",
                "\n",
                "\r\n",
            ]
        ),
        min_size=1,
        max_size=12,
    )
    .map(" ".join)
    .filter(str.strip)
    .map(lambda raw: settle(raw).text)
)


class Plan:
    """Records to be written, as an import would."""

    operation = "Import"

    def __init__(self, records: list[Any]) -> None:
        self.records = records

    def edits(self, _annotator: Any) -> Iterator[Add]:
        return map(Add, self.records)


@contextmanager
def project_in(folder: Path, name: str, scheme: Scheme = SCHEME) -> Iterator[Project]:
    project = Project.create(folder / f"{name}.annot", scheme, "Anna")
    try:
        yield project
    finally:
        project.close()


def bring(project: Project, *paths: Path, format_name: str = "", **options: Any) -> ImportSummary:
    """Import files and return what came of it."""
    plan = run(planned(paths, ImportOptions(**options), format_name, known_of(project)))
    plan = run(join_job(project, plan))
    project.write_import(plan)
    plan.close()
    return plan.summary


def export(project: Project, out: Path, format_name: str, **choice: Any) -> Written:
    return run(export_job(project, out, ExportChoice(format_name, **choice)))


@st.composite
def fragments(draw: st.DrawFn, text: str, most: int = 3) -> tuple[Fragment, ...]:
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=2 * most)))
    found = [Fragment(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)]
    return tuple(found) or (Fragment(0, len(text)),)


VALUES = {
    "denied": st.sampled_from(["no", "yes"]),
    "kind": st.sampled_from(["unset", "direct", "two words"]),
    "wording": st.sampled_from(["She said no.", "two\nlines", "yes", "1"]),
}
NOTES = st.sampled_from(["", "", "sure", "two\nlines", "“odd” 😀"])


def attributes(draw: st.DrawFn, label: str) -> dict[str, str]:
    known = SCHEME.label(label)
    assert known is not None
    return {one.name: draw(VALUES[one.name]) for one in known.attributes if draw(st.booleans())}


@st.composite
def records(draw: st.DrawFn, annotators: tuple[Id, ...], number: int) -> list[Any]:
    """One article with whatever the scheme allows."""
    text = f"{draw(TEXTS)} {number}"
    ids = iter(new_ids(40))
    own = next(ids)
    people = st.sampled_from(annotators)
    facts = find_facts(text, find_blocks(text))  # as every import would
    found: list[Any] = [Article(own, f"a{number}.txt", "T", text, sha256_of(text), "en", facts)]
    actor = Actor(next(ids), f"Somebody {number}")
    spans: list[Span] = []
    seen = set()
    for _ in range(draw(st.integers(0, 5))):
        label, by = draw(st.sampled_from(["CLAIM", "SOURCE", "PERSON"])), draw(people)
        pieces = draw(fragments(text, 1 if label == "PERSON" else 3))
        if (label, pieces, by) not in seen:
            seen.add((label, pieces, by))
            named = actor.id if label == "SOURCE" and draw(st.booleans()) else None
            made_of = attributes(draw, label)
            spans.append(Span(next(ids), own, label, pieces, by, 5, made_of, named, note=draw(NOTES)))
    frames: list[Frame] = []
    for _ in range(draw(st.integers(0, 4))):
        label = draw(st.sampled_from(["TELLS", "LINK", "SAME"]))
        ends = _ends(draw, label, spans, frames, actor)
        if ends:
            given = attributes(draw, label)
            frames.append(Frame(next(ids), own, label, ends, draw(people), 5, given, draw(NOTES)))
    used = any(end.kind == "actor" for frame in frames for end in frame.roles)
    used = used or any(one.actor is not None for one in spans)
    labels = [ArticleLabel(next(ids), own, "TOPIC", draw(people), 5)] if draw(st.booleans()) else []
    nothing = [NothingHere(next(ids), own, "stances", annotators[0], 5)] if draw(st.booleans()) else []
    return [*found, *([actor] if used else []), *spans, *frames, *labels, *nothing]


def _ends(
    draw: st.DrawFn, label: str, spans: list[Span], frames: list[Frame], actor: Actor
) -> tuple[RoleEnd, ...]:
    known = SCHEME.label(label)
    assert known is not None
    ends: list[RoleEnd] = []
    for role in known.roles:
        fitting = [
            RoleEnd(role.name, "span", one.id) for one in spans if {"span", one.label} & set(role.ends)
        ]
        fitting += [
            RoleEnd(role.name, "frame", one.id) for one in frames if {"frame", one.label} & set(role.ends)
        ]
        if "actor" in role.ends:
            fitting.append(RoleEnd(role.name, "actor", actor.id))
        most = role.most or 3
        if fitting and draw(st.booleans()):
            ends += draw(st.lists(st.sampled_from(fitting), max_size=most, unique=True))
    return tuple(ends)


@st.composite
def made(draw: st.DrawFn, *annotators: Id) -> list[Any]:
    """Records of one to three articles, each made by one of these."""
    count = draw(st.integers(1, 3))
    return [record for number in range(count) for record in draw(records(annotators, number))]


def fill(project: Project, data: st.DataObject) -> None:
    """Write articles with records of the project's own annotator and of Ben."""
    ben = Annotator(new_id(), "Ben")
    project.write_import(Plan([ben, *data.draw(made(project.annotator.id, ben.id))]))


def facts(content: ArticleContent) -> dict[str, Any]:
    """What an article holds, without ids and times; frames by what fills their roles."""
    shown: dict[bytes, Any] = {
        one.id: (one.label, one.fragments, tuple(sorted(one.attributes.items())), one.note)
        for one in content.spans
    }
    actors = {one.id: ("actor", one.name) for one in content.actors}
    # A frame comes after those that it points to, whatever their ids are.
    waiting = sorted(content.frames, key=lambda one: one.id)
    while waiting:
        ids = {one.id for one in waiting}
        ready = [one for one in waiting if not any(end.end in ids for end in one.roles)] or waiting
        for frame in ready:
            shown[frame.id] = _frame(frame, {**shown, **actors})
        waiting = [one for one in waiting if one not in ready]
    return {
        "text": content.article.text,
        "spans": Counter(shown[one.id] for one in content.spans),
        "frames": Counter(shown[one.id] for one in content.frames),
        "labels": Counter((one.label, tuple(sorted(one.attributes.items()))) for one in content.labels),
    }


def _frame(frame: Frame, shown: dict[bytes, Any]) -> tuple[Any, ...]:
    ends = tuple(sorted((one.role, repr(shown.get(one.end))) for one in frame.roles))
    return frame.label, ends, tuple(sorted(frame.attributes.items())), frame.note


def all_facts(project: Project) -> dict[str, dict[str, Any]]:
    """The facts of all articles, by their texts."""
    return {content.article.text: facts(content) for content in project.contents()}
