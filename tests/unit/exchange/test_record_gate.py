"""Labels in our own records that the project does not have: added, chosen for, left out, or named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from made_projects import SCHEME, Plan, all_facts, bring, export, project_in

from annotator.model.ids import new_ids
from annotator.model.job import run
from annotator.model.records import (
    Actor,
    Article,
    ArticleLabel,
    ClaimCard,
    Fragment,
    Frame,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.scheme import Attribute, Label, Role, Scheme
from annotator.model.text import sha256_of
from annotator.services.project import Project

TEXT = "Ada 😀 said no."
MOOD = Attribute("mood", "choice", ("calm", "loud"))
RICH = Scheme(
    "rich",
    "",
    (
        *SCHEME.labels,
        Label("TONE", "span", attributes=(MOOD, Attribute("why", "text"))),
        Label(
            "VIEW",
            "frame",
            roles=(Role("of", ("span",)), Role("on", ("claim_card",)), Role("in", ("frame",))),
        ),
        Label("DESK", "article", attributes=(MOOD,)),
    ),
)


def records(by: bytes) -> list[Any]:
    ids = iter(new_ids(20))
    own, actor, card, ada, said = (next(ids) for _ in range(5))
    spans = [
        Span(ada, own, "TONE", (Fragment(0, 3),), by, 5, {"mood": "loud", "why": "x"}),
        Span(
            said,
            own,
            "CLAIM",
            (Fragment(6, 10), Fragment(11, 13)),
            by,
            5,
            {"kind": "direct"},
            claim_card=card,
        ),
    ]
    inner, outer = next(ids), next(ids)
    view = (RoleEnd("of", "span", ada), RoleEnd("on", "claim_card", card))
    proposed = next(ids)
    return [
        Article(own, "a.txt", "T", TEXT, sha256_of(TEXT), "en"),
        Actor(actor, "Ada"),
        ClaimCard(card, "No."),
        *spans,
        Frame(inner, own, "VIEW", view, by, 5),
        Frame(outer, own, "VIEW", (RoleEnd("in", "frame", inner),), by, 5),
        Frame(next(ids), own, "SAME", (RoleEnd("claim", "span", said),), by, 5),
        ArticleLabel(next(ids), own, "DESK", by, 5, {"mood": "calm"}),
        SuggestedSpan(proposed, own, "TONE", (Fragment(0, 3),), 0.5, "s", "r", 5, {"actor": "Ada"}),
        SuggestedFrame(next(ids), own, "VIEW", (RoleEnd("of", "span", proposed),), 0.5, "s", "r", 5),
    ]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A project with a richer scheme, exported."""
    with project_in(tmp_path, "rich", RICH) as rich:
        rich.write_import(Plan(records(rich.annotator.id)))
        export(rich, tmp_path / "rich.jsonl", "jsonl", suggestions=True)
    return tmp_path / "rich.jsonl"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p") as found:
        yield found


def told(summary: Any) -> str:
    return " | ".join(map(str, (*summary.problems, *summary.notes)))


def test_unknown_labels_are_added_with_all_they_need(project, written):
    summary = bring(project, written, new_labels="add")
    assert (summary.problems, summary.articles) == ((), 1)
    assert (summary.spans, summary.frames, summary.article_labels, summary.suggestions) == (2, 3, 1, 2)
    assert {(one.name, one.how, one.count) for one in summary.labels} == {
        ("TONE", "added", 2),
        ("CLAIM", "same", 1),
        ("VIEW", "added", 3),
        ("SAME", "same", 1),
        ("DESK", "added", 1),
    }
    view = project.scheme.label("VIEW")
    assert [one.name for one in view.roles] == ["of", "on", "in"]
    (content,) = project.contents()
    assert {one.label: dict(one.attributes) for one in content.spans} == {
        "TONE": {"mood": "loud", "why": "x"},
        "CLAIM": {"kind": "direct"},
    }
    assert dict(content.suggested_spans[0].attributes) == {"actor": "Ada"}
    assert content.spans[1].claim_card == content.claim_cards[0].id
    assert run(project.check()) == ()
    project.undo()
    assert project.scheme == SCHEME


def test_what_was_added_is_written_again_as_it_came(project, written, tmp_path):
    bring(project, written, new_labels="add")
    export(project, tmp_path / "again.jsonl", "jsonl", suggestions=True)
    assert orjson.loads((tmp_path / "again.jsonl").read_bytes()) == orjson.loads(written.read_bytes())


def test_unknown_labels_are_refused_by_name_and_the_rest_comes_in(project, written):
    summary = bring(project, written)
    assert (summary.articles, summary.spans, summary.frames, summary.article_labels) == (1, 1, 1, 0)
    said = told(summary)
    assert "the scheme of this project has no label 'TONE'" in said
    assert "left out 2 times" in said
    assert project.scheme == SCHEME
    left = bring_anew(project, written, new_labels="leave_out")
    assert (left.problems, left.spans, left.frames, left.suggestions) == ((), 1, 1, 0)


def bring_anew(project: Project, path: Path, **options: Any) -> Any:
    project.undo()
    return bring(project, path, **options)


def test_labels_roles_and_attributes_are_chosen_for(project, written):
    chosen = {
        "span:TONE": "CLAIM",
        "TONE.mood": "wording",
        "TONE.why": "",
        "VIEW": "TELLS",
        "VIEW.of": "claim",
        "VIEW.on": "",
        "VIEW.in": "inside",
        "DESK": "TOPIC",
        "DESK.mood": "",
    }
    summary = bring(project, written, labels=chosen)
    assert told(summary) == ""
    (content,) = project.contents()
    assert {(one.label, tuple(one.attributes.items())) for one in content.spans} == {
        ("CLAIM", (("wording", "loud"),)),
        ("CLAIM", (("kind", "direct"),)),
    }
    assert sorted((one.label, tuple(end.role for end in one.roles)) for one in content.frames) == [
        ("SAME", ("claim",)),
        ("TELLS", ("claim",)),
        ("TELLS", ("inside",)),
    ]
    assert [one.label for one in content.labels] == ["TOPIC"]
    assert {one.how for one in summary.labels} == {"chosen", "same"}
    assert run(project.check()) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"spans": [{"label": 5}]}, "spans[0]"),
        ({"spans": "no"}, "spans"),
        ({"frames": [{"label": "NEW", "roles": 7}]}, "frames[0]"),
        ({"frames": [{"label": "NEW", "roles": {"of": 7}}]}, "frames[0]"),
        ({"article_labels": [{"label": "NEW", "attributes": {"x": 5}}]}, "article_labels[0]"),
        ({"suggestions": 5}, "suggestions"),
    ],
)
def test_what_is_no_record_is_still_refused_with_its_field(project, written, change, field):
    row = orjson.loads(written.read_bytes()) | change
    written.write_bytes(orjson.dumps(row))
    for labels in ({}, {"TONE": "CLAIM"}):
        (problem,) = bring(project, written, new_labels="add", labels=labels).problems
        assert problem.field.startswith(field)
    assert project.counts().articles == 0


def test_a_key_that_stands_twice_is_refused_also_where_labels_are_chosen(project, written):
    written.write_bytes(written.read_bytes().replace(b'"label":"TONE"', b'"label":"TONE","label":"CLAIM"', 1))
    (problem,) = bring(project, written, labels={"TONE": "CLAIM"}).problems
    assert "stands twice in one object" in problem.reason


LOOSE = {
    "text": TEXT,
    "spans": [
        {"id": 1, "start": 0, "end": 3, "label": "WHO"},
        {"id": 2, "start": 6, "end": 10, "label": "VERB"},
    ],
    "relations": [{"from": 2, "to": 1, "label": "by"}],
}


def test_simple_records_have_their_labels_mapped_too(project, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(orjson.dumps(LOOSE))
    summary = bring(project, tmp_path / "a.jsonl", labels={"WHO": "SOURCE", "by": "LINK"}, new_labels="add")
    assert told(summary) == ""
    (content,) = project.contents()
    assert {one.label for one in content.spans} == {"SOURCE", "VERB"}
    assert [[end.role for end in one.roles] for one in content.frames] == [["from", "to"]]
    summary = bring_anew(project, tmp_path / "a.jsonl", new_labels="add")
    assert [one.name for one in project.scheme.label("by").roles] == ["from", "to"]
    left = bring_anew(project, tmp_path / "a.jsonl", labels={"WHO": ""}, new_labels="add")
    assert (left.spans, left.frames) == (1, 1)


@pytest.mark.parametrize(
    ("unit", "places"), [("characters", (4, 5, 6, 10)), ("utf16", (4, 6, 7, 11)), ("bytes", (4, 8, 9, 13))]
)
def test_simple_records_count_what_was_chosen(project, tmp_path, unit, places):
    spans = [
        {"start": start, "end": end, "label": "CLAIM", "text": text}
        for start, end, text in ((*places[:2], "😀"), (*places[2:], "said"))
    ]
    (tmp_path / "a.jsonl").write_bytes(
        orjson.dumps({"text": TEXT.replace(" ", "\r\n", 1), "spans": shifted(spans)})
    )
    summary = bring(project, tmp_path / "a.jsonl", chosen={"offsets": unit})
    assert summary.problems == ()
    (facts,) = all_facts(project).values()
    assert sorted(one[1] for one in facts["spans"]) == [(Fragment(4, 5),), (Fragment(6, 10),)]


def shifted(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The file has one character more in front of them."""
    return [{**one, "start": one["start"] + 1, "end": one["end"] + 1} for one in spans]


def test_a_place_inside_a_character_is_named(project, tmp_path):
    row = {"text": TEXT, "spans": [{"start": 5, "end": 11, "label": "CLAIM"}]}
    (tmp_path / "a.jsonl").write_bytes(orjson.dumps(row))
    (problem,) = bring(project, tmp_path / "a.jsonl", chosen={"offsets": "utf16"}).problems
    assert "inside one of its characters" in problem.reason
