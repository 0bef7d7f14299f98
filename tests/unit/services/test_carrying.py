"""Labels come to near copies as suggestions: whole frames, in place of what others suggest of the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model.changes import Add
from annotator.model.ids import Id, new_id
from annotator.model.job import run
from annotator.model.records import Article, Fragment, RoleEnd, Span, SuggestedFrame
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.model.text import sha256_of
from annotator.services.carrying import SUGGESTER, Carrying, carried, find_pairs
from annotator.services.project import Project
from annotator.services.suggesting import SuggestionPlan

WIRE = (
    "The harbour master announced on Monday that the north pier will stay shut until the end of June.\n\n"
    "Fishers who sail from Port Elm each night doubt it. “We have heard that before,” said Ruth Okello, whose"
    " boat has been lying at the quay for eleven weeks, “and nobody has paid us a penny for the herring that"
    " we did not land.” The town has promised to look into every claim before the winter storms begin."
)
REPRINT = "From the wires.\n\n" + WIRE.replace("“", '"').replace("”", '"').replace(
    "until the end of June", "for long"
)
OTHER = "A baker of Port Elm has won the prize for the best loaf of the county, the jury told reporters."
TEXTS = {"wire": WIRE, "reprint": REPRINT, "other": OTHER}


class Import:
    """A plan that adds the articles."""

    operation = "Import"

    def edits(self, _annotator: Id) -> Iterator[Add]:
        """Yield the articles."""
        for name, text in TEXTS.items():
            yield Add(Article(new_id(), name, name, text, sha256_of(text)))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "p.annot", read_scheme(resource("schemes/default.toml")), "Ann")
    made.write_import(Import())
    yield made
    made.close()


def article(project: Project, name: str) -> Id:
    found = project.find_article(name)
    assert found is not None
    return found


def span(project: Project, label: str, *words: str) -> Id:
    pieces = [Fragment(WIRE.index(one), WIRE.index(one) + len(one)) for one in words]
    changes = project.add_span(article(project, "wire"), label, pieces)
    return next(one.record.id for one in changes.of(Span))


def attribution(project: Project, source: str, cue: str, *claim: str) -> Id:
    parts = (("source", "SOURCE", (source,)), ("cue", "CUE", (cue,)), ("claim", "CLAIM", claim))
    ends = [RoleEnd(role, "span", span(project, label, *words)) for role, label, words in parts]
    return next(iter(project.add_frame(article(project, "wire"), "ATTRIBUTION", ends).changes)).record.id


def label_wire(project: Project) -> None:
    shut = "that the north pier will stay shut until the end of June"
    attribution(project, "The harbour master", "announced", shut)
    heard = ("“We have heard that before,”", "“and nobody has paid us a penny")
    attribution(project, "Ruth Okello", "said", *heard)
    span(project, "GPE", "Port Elm")


def carry(project: Project) -> Carrying:
    return run(carried(run(find_pairs(project)), project.scheme))


def suggested(project: Project, name: str) -> list[tuple[str, str]]:
    """Return the open suggestions of spans in an article: label and words."""
    content = project.content(article(project, name))
    text = content.article.text
    return sorted(
        (one.label, " … ".join(text[start:end] for start, end in one.fragments))
        for one in content.suggested_spans
        if one.state == "open"
    )


def test_what_fits_is_suggested_and_what_does_not_is_told(project: Project) -> None:
    label_wire(project)
    found = carry(project)
    (one,) = found.copies
    assert (one.title, one.source, one.by, len(one.spans), len(one.frames)) == (
        "reprint",
        "wire",
        "Ann",
        4,
        1,
    )
    assert one.lost == (
        "Attribution: claim “that the north pier will stay shut until the end of June” reads otherwise there",
    )
    changes = project.write_suggestions(found, undoable=True)
    assert changes.operation == "Carry labels to near copies"
    assert suggested(project, "reprint") == [
        ("CLAIM", '"We have heard that before," … "and nobody has paid us a penny'),
        ("CUE", "said"),
        ("GPE", "Port Elm"),
        ("SOURCE", "Ruth Okello"),
    ]
    content = project.content(article(project, "reprint"))
    (frame,) = content.suggested_frames
    assert (frame.reason, frame.suggester) == ("as Ann labelled it in “wire”", SUGGESTER)
    said = next(one for one in content.suggested_spans if one.label == "CUE")
    assert REPRINT[: said.fragments[0].start].endswith('before," ')
    assert suggested(project, "other") == []
    project.undo()
    assert suggested(project, "reprint") == []


def test_carried_again_nothing_is_written_and_what_was_rejected_stays_so(project: Project) -> None:
    label_wire(project)
    project.write_suggestions(carry(project), undoable=True)
    assert not project.write_suggestions(carry(project), undoable=True).changes
    (frame,) = project.content(article(project, "reprint")).suggested_frames
    project.reject([frame.id])
    project.write_suggestions(carry(project), undoable=True)
    assert suggested(project, "reprint") == [("GPE", "Port Elm")]


def test_what_others_suggest_of_the_same_gives_way_and_the_rest_stays(project: Project) -> None:
    label_wire(project)
    pieces = {
        one: (REPRINT.index(one), REPRINT.index(one) + len(one))
        for one in ("Okello", '"We have heard', "The town")
    }
    start = REPRINT.index("said Ruth")
    spans = [
        ProposedSpan("SOURCE", (pieces["Okello"],), 0.9, "a name"),
        ProposedSpan("CUE", ((start, start + 4),), 0.9, "said"),
        ProposedSpan("CLAIM", (pieces['"We have heard'],), 0.9, "a quotation"),
        ProposedSpan("ORG", (pieces["The town"],), 0.5, "a guess"),
    ]
    frame = ProposedFrame("ATTRIBUTION", (("source", 0), ("cue", 1), ("claim", 2)), 0.9, "said + name")
    proposals = ((article(project, "reprint"), Proposals(tuple(spans), (frame,))),)
    project.write_suggestions(SuggestionPlan("rules 1", (), proposals), undoable=True)
    before = suggested(project, "reprint")
    project.write_suggestions(carry(project), undoable=True)
    assert suggested(project, "reprint") == [
        ("CLAIM", '"We have heard that before," … "and nobody has paid us a penny'),
        ("CUE", "said"),
        ("GPE", "Port Elm"),
        ("ORG", "The town"),
        ("SOURCE", "Ruth Okello"),
    ]
    project.undo()
    assert suggested(project, "reprint") == before


def parents(frame: SuggestedFrame) -> list[Id]:
    return [end.end for end in frame.roles if end.role == "parent"]


def test_what_stays_of_others_is_led_to_what_came_in_its_place(project: Project) -> None:
    label_wire(project)
    words = {"SOURCE": "Okello", "CUE": "said Ruth", "CLAIM": '"We have heard'}
    at = {label: REPRINT.index(one) for label, one in words.items()}
    outer = [ProposedSpan(label, ((at[label], at[label] + 4),), 0.9, "rule") for label in words]
    start = REPRINT.index("heard")
    inner = [ProposedSpan("CUE", ((start, start + 5),), 0.6, "heard")]
    roles = (("source", 0), ("cue", 1), ("claim", 2))
    frames = (
        ProposedFrame("ATTRIBUTION", roles, 0.9, "said + name"),
        ProposedFrame("ATTRIBUTION", (("source", 0), ("cue", 3)), 0.6, "heard", links=(("parent", 0),)),
    )
    proposals = ((article(project, "reprint"), Proposals((*outer, *inner), frames)),)
    project.write_suggestions(SuggestionPlan("rules 1", (), proposals), undoable=True)
    project.write_suggestions(carry(project), undoable=True)
    told = {one.suggester: one for one in project.content(article(project, "reprint")).suggested_frames}
    assert parents(told["rules 1"]) == [told[SUGGESTER].id]
    assert not project.write_suggestions(carry(project), undoable=True).changes
    project.undo()
    by_score = sorted(
        project.content(article(project, "reprint")).suggested_frames, key=lambda one: one.score
    )
    assert [one.suggester for one in by_score] == ["rules 1", "rules 1"]
    assert parents(by_score[0]) == [by_score[1].id]


def test_what_was_rejected_of_others_stays_theirs(project: Project) -> None:
    label_wire(project)
    attribution(project, "The town", "promised", "to look into every claim")
    words = ("Okello", "said Ruth", '"We have heard', "The town", "promised", "to look into every claim")
    spans = [
        ProposedSpan(
            label, ((at, at + (4 if label == "CUE" and one != "promised" else len(one))),), 0.9, "rule"
        )
        for one, label in zip(words, ("SOURCE", "CUE", "CLAIM") * 2, strict=True)
        if (at := REPRINT.index(one)) >= 0
    ]
    frames = (
        ProposedFrame("ATTRIBUTION", (("source", 0), ("cue", 1), ("claim", 2)), 0.9, "rule"),
        ProposedFrame(
            "ATTRIBUTION", (("source", 3), ("cue", 4), ("claim", 5)), 0.8, "rule", links=(("parent", 0),)
        ),
    )
    proposals = ((article(project, "reprint"), Proposals(tuple(spans), frames)),)
    project.write_suggestions(SuggestionPlan("rules 1", (), proposals), undoable=True)
    reprint = article(project, "reprint")
    (inner,) = (one.id for one in project.content(reprint).suggested_frames if parents(one))
    project.reject([inner])
    project.write_suggestions(carry(project), undoable=True)
    found = {one.id: one for one in project.content(reprint).suggested_frames}
    rejected = found.pop(inner)
    assert (rejected.suggester, rejected.state) == ("rules 1", "rejected")
    assert [one.suggester for one in found.values()] == [SUGGESTER]
    assert parents(rejected) == [*found]


def test_an_accepted_one_names_the_same_actors_and_its_own_author(project: Project) -> None:
    label_wire(project)
    (_, frame) = project.content(article(project, "wire")).frames
    actor = next(
        iter(project.add_actor("Ruth Okello", "person", span=frame.ends("source")[0]).changes)
    ).record
    project.author_of(article(project, "wire"))
    author = project.author(article(project, "wire"))
    assert author is not None
    ends = [RoleEnd("holder", "actor", author.id), RoleEnd("target", "span", frame.ends("claim")[0])]
    project.add_frame(article(project, "wire"), "STANCE", ends, attributes={"value": "deny"})
    project.write_suggestions(carry(project), undoable=True)
    reprint = article(project, "reprint")
    project.accept([one.id for one in project.content(reprint).suggested_frames])
    content = project.content(reprint)
    source = next(one for one in content.spans if one.label == "SOURCE")
    stance = next(one for one in content.frames if one.label == "STANCE")
    own = project.author(reprint)
    assert (source.actor, stance.attributes["value"]) == (actor.id, "deny")
    assert own is not None
    assert stance.ends("holder") == (own.id,)


def test_what_a_suggestion_cannot_hold_is_told_with_counts(project: Project) -> None:
    label_wire(project)
    own = project.content(article(project, "wire"))
    frame = own.frames[-1]
    claim = next(
        one for one in own.spans if one.label == "CLAIM" and one.id in {end.end for end in frame.roles}
    )
    project.change_span(claim.id, note="a translation?")
    project.change_frame(frame.id, note="ask Lea")
    project.add_claim_card("Nobody was paid.", [claim.id])
    (one,) = carry(project).copies
    assert one.lost[-2:] == ("claims on cards, which come without the card: 1", "notes: 2")


def test_an_adjudicator_goes_before_who_made_more(project: Project) -> None:
    label_wire(project)
    project.people.work_as("Lea")
    project.people.set_adjudicators([project.annotator.id])
    span(project, "GPE", "Port Elm")
    (one,) = carry(project).copies
    assert (one.by, one.count) == ("Lea", 1)


def test_an_article_with_labels_of_its_own_gets_none(project: Project) -> None:
    label_wire(project)
    project.add_span(article(project, "reprint"), "GPE", [Fragment(0, 4)])
    assert carry(project).copies == ()


@pytest.mark.parametrize("slices", [1, 2])
@pytest.mark.parametrize("gone", ["wire", "reprint", "labels"])
def test_what_goes_meanwhile_is_passed_over(project: Project, slices: int, gone: str) -> None:
    label_wire(project)
    looking = find_pairs(project)
    for _ in range(slices):
        next(looking)
    if gone == "labels":
        while project.content(article(project, "wire")).spans:
            project.undo()
    else:
        project.articles.remove([article(project, gone)])
    assert run(looking) == ()


def test_what_points_to_another_article_is_told(project: Project) -> None:
    ends = [RoleEnd("original", "article", article(project, "other"))]
    project.add_frame(article(project, "wire"), "DERIVED_FROM", ends, attributes={"extent": "not"})
    (one,) = carry(project).copies
    assert (one.count, one.lost) == (0, ("Derived from: original is in another article",))
