"""Labels that files bring: in the file's terms, in the scheme's, with every fault named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from made_projects import FLAG, SCHEME, bring, project_in

from annotator.model import rules
from annotator.model.errors import NotAllowed
from annotator.model.formats import Draft, Format, ImportOptions
from annotator.model.job import run
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, Proposal, SpanMark
from annotator.model.scheme import Label, Role
from annotator.model.scheme_edits import AddItem, RenameItem
from annotator.model.scheme_parts import Place
from annotator.plugins import door
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project

TEXT = "Ada 😀 said\r\nno."


@dataclass
class Importer:
    """Gives the drafts it was given."""

    drafts: list[Draft] = field(default_factory=list)

    def recognises(self, _path: Path) -> bool:
        return True

    def read(self, _path: Path, _options: ImportOptions) -> Iterator[Draft]:
        return iter(self.drafts)


@pytest.fixture
def give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    importer = Importer()
    monkeypatch.setattr(door, "importers", lambda: {"given": Format("given", "", (), importer)})
    (tmp_path / "x.given").write_text("x", "utf-8")

    def _give(project: Project, *given: Marks, text: str = TEXT, **options: Any) -> Any:
        importer.drafts = [Draft("x", text, marks=marks, line=7) for marks in given]
        return bring(project, tmp_path / "x.given", **options)

    return _give


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p") as made:
        yield made


def span(key: str, label: str, start: int, end: int, **more: Any) -> SpanMark:
    return SpanMark(key, label, ((start, end),), **more)


def told(summary: Any) -> str:
    return " | ".join(map(str, summary.problems))


@pytest.mark.parametrize(
    ("unit", "places"),
    [("characters", (4, 5, 12, 14)), ("utf16", (4, 6, 13, 15)), ("bytes", (4, 8, 15, 17))],
)
def test_offsets_of_any_unit_move_along_with_the_text(give, project, unit, places) -> None:
    marks = Marks([span("a", "CLAIM", *places[:2]), span("b", "SOURCE", *places[2:])], unit=unit)
    assert told(give(project, marks)) == ""
    (content,) = project.contents()
    assert content.article.text == "Ada 😀 said\nno."
    assert [content.article.text[one.start : one.end] for one in content.spans] == ["😀", "no"]
    assert {one.origin for one in content.spans} == {"import"}


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (span("a", "CLAIM", 0, 99), "0 to 99 lies beyond the text of 15 characters"),
        (span("a", "CLAIM", 3, 3), "3 to 3 is empty"),
        (span("a", "CLAIM", 6, 10, quote="sai"), "covers 'sai', but the article has 'said' at 6 to 10"),
        (span("a", "CLAIM", 7, 11, quote="said"), "it fits if the offsets are UTF-16 units"),
        (span("a", "CLAIM", 9, 13, quote="said"), "it fits if the offsets are bytes of UTF-8"),
        (SpanMark("a", "CLAIM", ()), "it has no place in the text"),
        (SpanMark("a", "PERSON", ((0, 3), (6, 10))), "is one unbroken stretch"),
        (SpanMark("a", "CLAIM", ((0, 5), (4, 10))), "overlap"),
        (span("a", "TELLS", 0, 3), "'TELLS' is a label for a frame in the scheme, not for a span"),
        (
            span("a", "GONE", 0, 3),
            "no label 'GONE': add it, choose one of the scheme for it, or leave it out",
        ),
        (span("a", "CLAIM", 0, 3, attributes={"kind": "odd"}), "'odd' is not a value of CLAIM.kind"),
        (span("a", "CLAIM", 0, 3, attributes={"odd": "x"}), "CLAIM has no attribute 'odd' in the scheme"),
    ],
)
def test_a_span_with_a_fault_is_named_and_the_rest_goes_on(give, project, mark, words) -> None:
    summary = give(project, Marks([mark, span("b", "SOURCE", 0, 3, line=9)]))
    assert words in told(summary)
    assert summary.articles == 1
    (content,) = project.contents()
    assert "SOURCE" in {one.label for one in content.spans}


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (FrameMark("f", "TELLS", (EndMark("claim", "zzz"),)), "claim points to 'zzz', which is not there"),
        (FrameMark("f", "TELLS", (EndMark("claim", "s"),)), "cannot be the claim; that role takes CLAIM"),
        (FrameMark("f", "LINK", (EndMark("from", "c"), EndMark("from", "s"))), "takes one end, not 2"),
        (FrameMark("f", "TELLS", (EndMark("inside", "f"),)), "cannot fill its own role"),
        (
            FrameMark("f", "TELLS", (EndMark("claim", "c"), EndMark("who", "s"))),
            "no role 'who' in the scheme",
        ),
        (FrameMark("f", "TELLS", (EndMark("who", "s"),)), "nothing of what it points to was taken"),
        (FrameMark("c", "TELLS", (EndMark("claim", "c"),)), "the id c stands twice"),
        (FrameMark("f", "TELLS", (EndMark("claim", "p"),)), "which is only proposed"),
    ],
)
def test_a_frame_with_a_fault_is_named_and_the_rest_goes_on(give, project, frame, words) -> None:
    spans = [
        span("c", "CLAIM", 12, 14),
        span("s", "SOURCE", 0, 3),
        span("p", "CLAIM", 6, 10, proposal=Proposal("model", 0.5)),
    ]
    good = FrameMark("g", "LINK", (EndMark("from", "c"), EndMark("to", "s")))
    outer = FrameMark("o", "LINK", (EndMark("to", "f"),))
    summary = give(project, Marks(spans, [frame, good, outer]))
    assert words in told(summary)
    (content,) = project.contents()
    assert "LINK" in {one.label for one in content.frames}
    assert run(project.check()) == ()


def test_everything_a_file_can_say_is_stored_in_one_step(give, project) -> None:
    marks = Marks(
        [
            span("c", "claim", 12, 14, attributes={"DENIED": "YES"}, note="n", by="Ben", quote="no"),
            span("s", "Speaker", 0, 3),
            span("p", "CLAIM", 6, 10, proposal=Proposal("model", 0.5)),
            span("r", "CLAIM", 6, 9, proposal=Proposal("model", 0.25, "rejected")),
        ],
        [
            FrameMark("f", "TELLS", (EndMark("what", "c"), EndMark("by", "Somebody", "actor")), by="Ben"),
            FrameMark("g", "LINK", (EndMark("first", "s"), EndMark("second", "f")), is_ordered=True),
            FrameMark("h", "TELLS", (EndMark("claim", "p"),), proposal=Proposal("model", 0.5)),
        ],
        [ArticleMark("TOPIC", {"wording": "ferries"}, by="Ben")],
        known_as={"Speaker": "SOURCE", "TELLS.what": "claim"},
    )
    summary = give(project, marks)
    assert told(summary) == ""
    assert (summary.spans, summary.frames, summary.article_labels, summary.suggestions) == (2, 2, 1, 3)
    hows = {(one.name, one.kind): (one.here, one.how, one.count) for one in summary.labels}
    assert hows == {
        ("claim", "span"): ("CLAIM", "alike", 1),
        ("Speaker", "span"): ("SOURCE", "alike", 1),
        ("CLAIM", "span"): ("CLAIM", "same", 2),
        ("TELLS", "frame"): ("TELLS", "same", 2),
        ("LINK", "frame"): ("LINK", "same", 1),
        ("TOPIC", "article"): ("TOPIC", "same", 1),
    }
    (content,) = project.contents()
    names = {one.id: one.name for one in project.annotators()}
    claim = next(one for one in content.spans if one.label == "CLAIM")
    assert (names[claim.annotator], claim.attributes, claim.note) == ("Ben", {"denied": "yes"}, "n")
    roles = {one.label: [end.role for end in one.roles] for one in content.frames}
    assert roles == {"TELLS": ["claim", "by"], "LINK": ["from", "to"]}
    assert [one.name for one in content.actors] == ["Somebody"]
    assert {(one.score, one.state) for one in content.suggested_spans} == {(0.5, "open"), (0.25, "rejected")}
    assert content.labels[0].attributes == {"wording": "ferries"}
    assert project.undo_name() == "Import 1 article"
    project.undo()
    assert list(project.article_ids()) == []
    assert {one.name for one in project.actors()} == set()


def test_labels_are_added_chosen_or_left_out(give, project) -> None:
    spans = [span(str(at), name, at, at + 1) for at, name in enumerate(["NEW", "Odd", "Gone", "CLAIM"])]
    frames = [
        FrameMark("f", "Says", (EndMark("x", "0"), EndMark("y", "2"), EndMark("z", "3")), {"loud": "yes"}),
        FrameMark("g", "TELLS", (EndMark("claim", "3"), EndMark("topic", "0")), {"tone": "flat"}),
    ]
    marks = Marks(spans, frames)
    chosen = {"Odd": "SOURCE", "Gone": "", "TELLS.tone": ""}
    summary = give(project, marks, labels=chosen, new_labels="add")
    assert told(summary) == ""
    assert {one.name: one.how for one in summary.labels} == {
        "NEW": "added",
        "Odd": "chosen",
        "Gone": "left out",
        "CLAIM": "same",
        "Says": "added",
        "TELLS": "same",
    }
    says, tells = project.scheme.label("Says"), project.scheme.label("TELLS")
    assert says is not None
    assert tells is not None
    assert [one.name for one in says.roles] == ["x", "z"]
    assert says.attributes[0].values == ("no", "yes")
    assert [one.name for one in tells.roles][-1] == "topic"
    assert [one.name for one in tells.attributes] == [FLAG.name]
    project.undo()
    assert project.scheme == SCHEME
    left = give(project, marks, labels=chosen, new_labels="leave_out")
    assert (left.spans, left.frames) == (2, 1)
    assert told(left) == ""
    assert not any("topic" in note for note in left.notes)  # what it pointed to was left out as well


def test_an_added_label_is_as_the_file_declares_it(give, project) -> None:
    declared = Label("Mood", "frame", attributes=(FLAG,), roles=(Role("of", ("span",), 1, 1),))
    frame = FrameMark("f", "Mood", (EndMark("of", "a"),))
    marks = Marks([span("a", "CLAIM", 0, 3)], [frame], declared=(declared,))
    assert told(give(project, marks, new_labels="add")) == ""
    assert project.scheme.label("Mood") == declared


def test_a_scheme_that_changed_meanwhile_refuses_the_import(give, project, tmp_path) -> None:
    give(project, Marks([span("a", "CLAIM", 0, 3)]), text="Other text.")
    job = plan_import([tmp_path / "x.given"], ImportOptions(new_labels="add"), Known(project.scheme))
    importer = door.importers()["given"].importer
    importer.drafts = [Draft("y", TEXT, marks=Marks([span("a", "NEW", 0, 3)]))]
    plan = run(job)
    project.schemes.change(AddItem(Place(), Label("OTHER", "span")))
    with pytest.raises(NotAllowed, match="scheme was changed while the files were read"):
        project.write_import(plan)
    assert project.counts().articles == 1


def test_labels_of_the_same_text_are_joined_and_twins_said(give, project) -> None:
    first = Marks([span("a", "CLAIM", 0, 3, by="Ben"), span("b", "CLAIM", 0, 3, by="Ben")])
    second = Marks([span("a", "CLAIM", 0, 3, by="Cleo")], [FrameMark("f", "SAME", (EndMark("claim", "a"),))])
    summary = give(project, first, second)
    assert told(summary) == ""
    assert summary.articles == 1
    assert "labels of one article came from several files or records: joined once" in summary.notes
    assert any("CLAIM 0 to 3 stands twice; the second was left out" in note for note in summary.notes)
    (content,) = project.contents()
    assert len(content.spans) == 2
    assert content.frames[0].roles[0].end in {one.id for one in content.spans}
    again = give(project, first)
    assert again.articles == 0
    assert "is already in the project" in again.copies[0]


def test_what_corpora_call_a_person_is_a_person(give, project) -> None:
    summary = give(project, Marks([span("a", "PER", 0, 3)]))
    assert [(one.name, one.here, one.how) for one in summary.labels] == [("PER", "PERSON", "alike")]
    chosen = give(project, Marks([span("a", "PER", 6, 9)]), labels={"PER": ""})
    assert [one.how for one in chosen.labels] == ["left out"]


def test_a_name_that_a_label_had_before_it_was_renamed_means_that_label(give, project) -> None:
    project.schemes.change(RenameItem(Place("CLAIM"), "ASSERTION"))
    summary = give(project, Marks([span("a", "CLAIM", 0, 3)]))
    assert [(one.name, one.here, one.how) for one in summary.labels] == [("CLAIM", "ASSERTION", "alike")]
    (content,) = project.contents()
    assert [one.label for one in content.spans] == ["ASSERTION"]


def test_near_copies_are_told(give, project) -> None:
    lines = [f"Line {at} of an article on ferries {at}a, {at}b and {at}c alone." for at in range(10)]
    importer = door.importers()["given"].importer
    give(project, Marks())
    texts = ("\n".join(lines), "\n".join([*lines, "And one more line, at the end."]))
    importer.drafts = [Draft(f"n{at}", text, key=str(at)) for at, text in enumerate(texts)]
    plan = run(plan_import([Path(project.path).with_name("x.given")], ImportOptions(), Known(project.scheme)))
    (near,) = plan.summary.near_copies
    assert "is nearly the same as" in near
    plan.close()


def test_of_frames_that_hang_on_a_faulty_one_each_is_looked_at_once_more(give, project, monkeypatch) -> None:
    looked, errors_of = [], rules.frame_errors
    monkeypatch.setattr(rules, "frame_errors", lambda *given: looked.append(1) or errors_of(*given))
    claim = span("c", "CLAIM", 0, 3)
    hanging = [
        FrameMark(f"f{at}", "TELLS", (EndMark("claim", "c"), EndMark("inside", f"f{at + 1}")))
        for at in range(30)
    ]
    faulty = FrameMark("f30", "TELLS", (EndMark("inside", "c"),))
    apart = FrameMark("g", "TELLS", (EndMark("claim", "c"),))
    summary = give(project, Marks([claim], [*hanging, faulty, apart]))
    assert (summary.frames, len(summary.problems)) == (1, 31)
    assert len(looked) <= 2 * 32
