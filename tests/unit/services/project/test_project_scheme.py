"""A change of the scheme: said first, done in one step with all annotations, taken back by one undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.model.changes import Add
from annotator.model.errors import UserError
from annotator.model.ids import new_id
from annotator.model.job import run
from annotator.model.records import ArticleLabel, Fragment, SchemeVersion, Span
from annotator.model.scheme import Attribute, Label, Role, Scheme
from annotator.model.scheme_edits import (
    AddItem,
    ChangeItem,
    MergeItem,
    MoveItem,
    Place,
    RemoveItem,
    RenameItem,
    ReplaceScheme,
    RetireItem,
    SchemeEdit,
)
from annotator.services.project_scheme import Preview, Touched

KIND, FORM = Place("CUE", "attribute", "kind"), Place("CLAIM", "attribute", "form")
CLAIM_ROLE = Place("ATTRIBUTION", "role", "claim")
PERSON, ORG = Place("PERSON"), Place("ORG")


class Full:
    """The small project with work of two annotators, suggestions, and an article that was removed."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk

    def __getattr__(self, name: str) -> Any:
        return getattr(self.desk, name)


@pytest.fixture
def full(desk: Any) -> Any:
    desk = Full(desk)
    desk.claim = desk.span("CLAIM", "It is safe", attributes={"form": "mixed"})
    desk.cue = desk.span("CUE", "said", attributes={"kind": "speech"})
    desk.plain = desk.span("CUE", "claims")
    desk.frame_of = desk.frame("ATTRIBUTION", ("claim", desk.claim), ("cue", desk.cue))
    desk.label = desk.project.articles.add_label(desk.bridge, "ARTICLE_KIND", {"kind": "interview"})
    desk.hidden = desk.span("CUE", "opens", article=desk.empty)
    desk.project.articles.remove([desk.empty])
    inner = desk.suggested("CUE", "doubted", attributes={"kind": "speech"})
    desk.propose(inner, desk.suggested_frame("ATTRIBUTION", ("cue", inner)))
    desk.project.people.work_as("Bob")
    desk.of_bob = desk.span("CLAIM", "stays open")
    return desk


def preview(desk: Any, edit: SchemeEdit) -> Preview:
    before, count = desk.everything(), len(desk.project.history(1000))
    found = desk.project.schemes.preview(edit)
    assert desk.everything() == before
    assert len(desk.project.history(1000)) == count
    assert isinstance(found, Preview)
    return found


def change(desk: Any, edit: SchemeEdit) -> None:
    """Do an edit; prove that it is one step, that undo takes back scheme and annotations, also later."""
    scheme = desk.project.scheme
    said = preview(desk, edit)
    changes = desk.one_step(lambda: desk.project.schemes.change(edit))
    assert desk.project.scheme == said.scheme != scheme
    touched = [one for one in changes.changes if one.before is not None and not _is_hidden(desk, one.before)]
    made = [one for one in touched if isinstance(one.before, Span | ArticleLabel) or _is_frame(one.before)]
    assert len(made) == said.annotations
    assert len(touched) - len(made) == said.suggestions
    assert len({one.record.article for one in touched}) == said.articles
    assert run(desk.project.check()) == ()
    after = desk.everything(readings=False)
    desk.reopen()
    assert desk.project.scheme == said.scheme
    desk.project.undo()
    assert desk.project.scheme == scheme
    assert run(desk.project.check()) == ()
    desk.reopen()
    desk.project.redo()
    assert (desk.project.scheme, desk.everything(readings=False)) == (said.scheme, after)
    assert run(desk.project.check()) == ()


def _is_hidden(desk: Any, record: Any) -> bool:
    return bool(record.article == desk.empty)


def _is_frame(record: Any) -> bool:
    return type(record).__name__ == "Frame"


def refused(desk: Any, part: str, edit: SchemeEdit) -> None:
    found = preview(desk, edit)
    assert any(part in one for one in found.refused), found.refused
    desk.refuses(part, lambda: desk.project.schemes.change(edit))


# --- what it says, and what it does ------------------------------------------------------------------


def test_a_label_is_renamed_with_all_that_carries_it(full: Any) -> None:
    edit = RenameItem(Place("CLAIM"), "ASSERTION")
    said = preview(full, edit)
    assert said.by == {"Ann": Touched(spans=1), "Bob": Touched(spans=1)}
    assert (said.number, said.articles, said.suggestions, said.refused) == (2, 1, 0, ())
    change(full, edit)
    assert {full.get(one).label for one in (full.claim, full.of_bob)} == {"ASSERTION"}
    assert full.get(full.claim).attributes == {"form": "mixed"}
    assert full.project.counts().labels["ASSERTION"] == 2
    full.refuses("no label “CLAIM”", lambda: full.span("CLAIM", "open"))


def test_suggestions_and_removed_articles_follow(full: Any) -> None:
    edit = RenameItem(Place("CUE"), "WORDS")
    said = preview(full, edit)
    assert (said.annotations, said.suggestions, said.articles) == (2, 1, 1)
    change(full, edit)
    for _ in range(4):  # the rename, the span and "begun" of Bob, the suggestions, the removed article
        full.project.undo()
    assert full.get(full.hidden).label == "CUE"


def test_values_roles_and_attributes_are_renamed(full: Any) -> None:
    edit = RenameItem(KIND._replace(value="speech"), "spoken")
    assert preview(full, edit).by == {"Ann": Touched(spans=1, attributes=1)}
    assert preview(full, edit).suggestions == 1
    change(full, edit)
    assert full.get(full.cue).attributes == {"kind": "spoken"}
    change(full, RenameItem(KIND, "sort"))
    assert full.get(full.cue).attributes == {"sort": "spoken"}
    edit = RenameItem(CLAIM_ROLE, "content")
    assert preview(full, edit).by == {"Ann": Touched(frames=1, roles=1)}
    change(full, edit)
    assert full.get(full.frame_of).ends("content") == (full.claim,)
    edit = RenameItem(Place("ARTICLE_KIND"), "GENRE")
    assert preview(full, edit).by == {"Ann": Touched(article_labels=1)}
    change(full, edit)
    assert [one.label for one in full.content().labels] == ["GENRE"]


def test_another_default_leaves_what_was_said(full: Any) -> None:
    edit = MoveItem(KIND._replace(value="writing"), 0)
    assert preview(full, edit).by == {"Ann": Touched(spans=1, attributes=1)}
    change(full, edit)
    assert full.get(full.plain).attributes == {"kind": "speech"}


def test_a_choice_becomes_free_text_and_a_choice_again(full: Any) -> None:
    edit = ChangeItem(KIND, Attribute("kind", "text"))
    assert preview(full, edit).by == {"Ann": Touched(spans=1, attributes=1)}  # where the first value held
    change(full, edit)
    assert [full.get(one).attributes for one in (full.cue, full.plain)] == [{"kind": "speech"}] * 2
    full.project.change_span(full.plain, attributes={"kind": "a shout, really"})
    assert full.project.schemes.values_in_use(KIND) == ("speech", "a shout, really")
    refused(full, "1 × “a shout, really” is not", ChangeItem(KIND, Attribute("kind", "choice", ("speech",))))
    values = ("none", "speech", "a shout, really")
    change(full, ChangeItem(KIND, Attribute("kind", "choice", values)))
    assert full.project.scheme.label("CUE").attribute("kind") == Attribute("kind", "choice", values)
    assert full.get(full.plain).attributes == {"kind": "a shout, really"}


def test_labels_are_merged(full: Any) -> None:
    ada = full.span("PERSON", "Ada Quist", note="seen")
    edit = MergeItem(PERSON, "ORG")
    assert preview(full, edit).by == {"Bob": Touched(spans=1)}
    change(full, edit)
    assert (full.get(ada).label, full.get(ada).note) == ("ORG", "seen")
    assert full.project.scheme.label("PERSON") is None


def test_facts_and_retiring_touch_no_annotation(full: Any) -> None:
    claim = full.project.scheme.label("CLAIM")
    change(full, ChangeItem(Place("CLAIM"), replace(claim, title="Assertion", key="x", guideline="Less.")))
    change(full, RetireItem(KIND._replace(value="writing")))
    change(full, RetireItem(Place("LAW")))
    change(full, AddItem(Place(), Label("IRONY", "span", "Irony")))
    change(full, AddItem(Place("IRONY"), Attribute("kind", "choice", ("dry", "wet"))))
    change(full, RemoveItem(Place("IRONY")))


def test_another_scheme_is_taken_over(full: Any) -> None:
    new = Scheme("ours", "Ours", (Label("CLAIM", "span", "Claim"), Label("POINT", "span", "Point")))
    change(full, ReplaceScheme(new))
    labels = {one.name: one.retired for one in full.project.scheme.labels}
    assert not labels["CLAIM"]
    assert not labels["POINT"]
    assert [name for name in ("CUE", "ATTRIBUTION", "ARTICLE_KIND") if labels[name]] == [
        "CUE",
        "ATTRIBUTION",
        "ARTICLE_KIND",
    ]
    assert "STANCE" not in labels
    assert full.project.schemes.change(ReplaceScheme(new)).changes == ()


# --- what is refused ---------------------------------------------------------------------------------


def test_what_would_leave_annotations_without_a_place_is_refused(full: Any) -> None:
    refused(full, "There is a label CUE already", RenameItem(Place("CLAIM"), "CUE"))
    refused(full, "1 × “mixed” is not a value of form", RemoveItem(FORM._replace(value="mixed")))
    refused(full, "1 × Claim has no attribute “form”", RemoveItem(FORM))
    refused(full, "1 × Attribution has no role “claim”", RemoveItem(CLAIM_ROLE))
    narrow = Role("claim", ("SOURCE",))
    refused(full, "cannot be the claim; that role takes", ChangeItem(CLAIM_ROLE, narrow))
    ada = full.span("PERSON", "Ada Quist")
    refused(full, "has no label “PERSON”", RemoveItem(PERSON))
    full.project.remove([ada])
    full.span("CLAIM", "It is safe", "it stays open")
    claim = full.project.scheme.label("CLAIM")
    whole = ChangeItem(Place("CLAIM"), replace(claim, discontinuous=False))
    refused(full, "1 × Claim is one unbroken stretch", whole)


def test_a_label_with_suggestions_is_not_removed(full: Any) -> None:
    full.propose(full.suggested("LAW", "It"), full.suggested("LAW", "is"))
    refused(full, "2 × It has been suggested.", RemoveItem(Place("LAW")))
    change(full, RetireItem(Place("LAW")))


def test_merging_is_refused_where_something_would_be_lost(full: Any) -> None:
    refused(full, "1 × Source has no attribute “kind”", MergeItem(Place("CUE"), "SOURCE"))
    both = full.span("CUE", "told", attributes={"kind": "writing", "negated": "yes"})
    refused(full, "kind and negated are both set, to different values.", MergeItem(KIND, "negated"))
    full.project.change_span(both, attributes={"kind": "", "negated": ""})
    second = full.span("CLAIM", "sound")
    full.project.link(full.frame_of, "claim", "span", second)
    role = full.project.scheme.label("ATTRIBUTION").role("medium")
    full.project.schemes.change(
        ChangeItem(Place("ATTRIBUTION", "role", "medium"), replace(role, ends=("CLAIM", "span"), most=1))
    )
    refused(full, "Attribution: ", MergeItem(CLAIM_ROLE, "medium"))


def test_faults_from_before_stand_in_nobodys_way(full: Any) -> None:
    wrong = Span(new_id(), full.bridge, "CUE", (Fragment(0, 2),), full.project.annotator.id, 1, {"odd": "1"})
    full.project.write_import(_Given([Add(wrong)]))
    found = preview(full, RemoveItem(KIND._replace(value="writing")))
    assert found.refused == ()


class _Given:
    operation = "Import"

    def __init__(self, edits: list[Any]) -> None:
        self._edits = edits

    def edits(self, annotator: bytes) -> Any:
        return iter(self._edits)


# --- versions ----------------------------------------------------------------------------------------


def test_versions_are_kept_and_every_annotation_knows_its_own(full: Any) -> None:
    schemes, first = full.project.schemes, full.project.scheme
    schemes.change(AddItem(Place(), Label("IRONY", "span")))
    second = full.project.scheme
    middle = full.span("IRONY", "safe")
    schemes.change(RenameItem(Place("IRONY"), "WIT"))
    last = full.span("WIT", "sound")
    full.reopen()
    schemes = full.project.schemes
    assert [(one.number, one.scheme) for one in schemes.versions()] == [
        (3, full.project.scheme),
        (2, second),
        (1, first),
    ]
    assert schemes.number() == 3
    assert [schemes.made_under(one) for one in (full.claim, full.frame_of, middle, last)] == [1, 1, 2, 3]
    assert schemes.made_under(new_id()) is None
    assert all(one.created > 0 for one in schemes.versions())


def test_versions_that_were_undone_made_nothing(full: Any) -> None:
    schemes = full.project.schemes
    schemes.change(AddItem(Place(), Label("IRONY", "span")))
    full.project.undo()
    after = full.span("CUE", "who", article=full.copy)
    assert schemes.made_under(after) == 1
    schemes.change(AddItem(Place(), Label("WIT", "span")))
    assert [one.number for one in schemes.versions()] == [2, 1]
    full.project.undo()
    full.project.redo()
    later = full.span("WIT", "asked", article=full.copy)
    assert [schemes.made_under(one) for one in (after, later)] == [1, 2]


def test_an_old_version_can_hold_again(full: Any) -> None:
    schemes, first = full.project.schemes, full.project.scheme
    schemes.change(RenameItem(Place("EVENT"), "HAPPENING"))
    change(full, ReplaceScheme(first))
    assert full.project.scheme == first
    assert len(full.project._store.all(SchemeVersion)) == 3


# --- computed first, written last -----------------------------------------------------------------------


def test_a_scheme_that_could_not_be_read_again_is_not_written(full: Any) -> None:
    project, odd = full.project, Label("ODD", "span", attributes=(Attribute("a", "colour"),))  # type: ignore[arg-type]
    with pytest.raises(UserError, match=r"ODD\.a: kind is 'colour'"):
        project.schemes.change(AddItem(Place(), odd))
    assert project.schemes.number() == 1
    assert project.schemes.versions()[0].scheme.label("ODD") is None


def test_an_edit_that_is_stopped_on_its_way_leaves_no_trace(
    full: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.services.project_scheme._SLICE", 1)
    before, count = full.everything(), len(full.project.history(1000))
    job = full.project.schemes.plan(RenameItem(Place("CUE"), "WORDS"))
    steps = [next(job).done for _ in range(3)]
    assert steps == [1, 2, 3]
    job.close()
    assert full.everything() == before
    assert len(full.project.history(1000)) == count


def test_what_was_computed_is_written_in_one_step(full: Any) -> None:
    plan = run(full.project.schemes.plan(RenameItem(Place("CUE"), "WORDS")))
    changes = full.one_step(lambda: full.project.schemes.write(plan))
    assert len(changes.changes) == len(plan.edits)
    assert full.project.scheme.label("WORDS") is not None


def test_what_was_written_meanwhile_follows_too(full: Any) -> None:
    plan = run(full.project.schemes.plan(RenameItem(Place("CUE"), "WORDS")))
    late = full.span("CUE", "The")
    full.one_step(lambda: full.project.schemes.write(plan))
    assert full.get(late).label == "WORDS"
    assert run(full.project.check()) == ()
