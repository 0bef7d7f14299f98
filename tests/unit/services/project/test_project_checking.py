"""The check of a project: file, offsets and scheme; and copies of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.model.changes import Replace
from annotator.model.job import Progress, run
from annotator.model.records import Actor, RoleEnd
from annotator.services.project import Project


class Broken:
    """A plan that brings what no operation would."""

    operation = "Break"

    def __init__(self, given: list[Any]) -> None:
        self.given = given

    def edits(self, annotator: Any) -> Any:
        return iter(self.given)


def findings(desk: Any) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in run(desk.project.check())]


def test_a_clean_project(desk: Any) -> None:
    claim, cue = desk.span("CLAIM", "“It is safe,”"), desk.span("CUE", "said")
    far = desk.span("CLAIM", "“It is very safe”", article=desk.copy)
    desk.frame("ATTRIBUTION", ("claim", claim), ("cue", cue))
    desk.frame("OVERLAPS", ("claim", claim), ("claim", far))
    desk.project.articles.add_label(desk.bridge, "ARTICLE_KIND", {"kind": "report"})
    before = desk.everything()
    assert findings(desk) == []
    assert desk.everything() == before


def test_what_the_scheme_does_not_allow_is_named(desk: Any) -> None:
    claim, cue = desk.span("CLAIM", "“It is safe,”"), desk.span("CUE", "said")
    frame = desk.frame("ATTRIBUTION", ("claim", claim))
    desk.project.articles.add_label(desk.bridge, "ARTICLE_KIND")
    (label,) = desk.content().labels
    bad = desk.get(frame)
    end = bad.roles[0]
    broken = [
        replace(desk.get(claim), attributes={"form": "sung"}),
        replace(bad, roles=(end, end._replace(end=cue))),
        replace(label, attributes={"mood": "x"}),
    ]
    edits = [Replace(one) for one in broken]
    desk.project.write_import(Broken(edits))
    forms = "direct, indirect, mixed, reported, transcript, headline, narration"
    assert [text.split(": ", 1)[1] for kind, text in findings(desk) if kind == "error"] == [
        f"“sung” is not a value of form; the values are {forms}.",
        "Attribution: a CUE span cannot be the claim; that role takes CLAIM.",
        "Kind of article has no attribute “mood”.",
    ]
    assert all(text.startswith("bridge.txt: ") for _, text in findings(desk))


def test_what_a_removed_article_holds_is_no_finding(desk: Any) -> None:
    claim = desk.span("CLAIM", "“It is safe,”")
    (made,) = desk.project.add_actor("Ann Lee").of(Actor)
    target = RoleEnd("target", "span", claim)
    desk.project.add_stance(
        desk.bridge, holder=made.record.id, holder_mention=None, target=target, value="deny"
    )
    desk.project.articles.remove([desk.bridge])
    desk.project.remove([made.record.id])
    assert findings(desk) == []
    desk.project.undo()
    desk.project.undo()
    assert findings(desk) == []


def test_the_check_says_how_far_it_is(desk: Any) -> None:
    steps: list[Progress] = []
    assert run(desk.project.check(), steps.append) == ()
    assert steps[-1] == Progress(3, 3, "scheme")
    assert len(steps) > 3


def test_a_copy_holds_everything(desk: Any, tmp_path: Path) -> None:
    desk.span("CLAIM", "It is safe")
    path = tmp_path / "copy.annot"
    run(desk.project.copy_to(path))
    before, own = desk.everything(), desk.project.project_id
    desk.project.close()
    desk.project = Project.open(path)
    assert desk.everything() == before
    assert desk.project.project_id == own
    assert desk.project.undo_name() == "Add claim"
