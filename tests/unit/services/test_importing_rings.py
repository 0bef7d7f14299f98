"""Frames in long rows and in rings: read without end, stopped in between, brought back without doubles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from made_projects import bring, project_in
from read_again import NOTHING

from annotator.model import rules
from annotator.model.job import Progress, run
from annotator.model.records import Frame
from annotator.services.importing import ImportOptions, ImportSummary, plan_import
from annotator.services.importing_known import Known
from annotator.services.importing_relations import inner_first
from annotator.services.project import Project

TEXT = "Ada said no. Ben did."
WORDS = {"ada": (0, 3), "no": (9, 2), "ben": (13, 3)}
Ends = Sequence[tuple[str, str]]


def bioc(folder: Path, frames: dict[str, Ends], name: str = "a.json") -> Path:
    """A file of BioC in which any relation may point to any other."""
    annotations = [
        {"id": key, "infons": {"type": "PERSON"}, "locations": [{"offset": start, "length": length}]}
        for key, (start, length) in WORDS.items()
    ]
    relations = [
        {
            "id": key,
            "infons": {"type": "SAYS"},
            "nodes": [{"role": role, "refid": end} for role, end in ends],
        }
        for key, ends in frames.items()
    ]
    passage = {"text": TEXT, "annotations": annotations, "relations": relations}
    path = folder / name
    path.write_text(json.dumps({"documents": [{"id": "1", "passages": [passage]}]}), "utf-8")
    return path


def come(project: Project, path: Path) -> ImportSummary:
    return bring(project, path, new_labels="add")


def frames_of(project: Project) -> list[Frame]:
    (content,) = project.contents()
    return [*content.frames]


ROW = {f"f{at}": [("what", f"f{at - 1}" if at else "ada")] for at in range(3_000)}


@pytest.mark.parametrize("is_outer_first", [False, True])
def test_a_long_row_is_walked_once_and_comes_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_outer_first: bool
) -> None:
    monkeypatch.setattr(rules, "comes_back", None)  # it follows the whole row, for each frame of it
    row = dict(reversed(ROW.items())) if is_outer_first else ROW
    with project_in(tmp_path, "p", NOTHING) as project:
        path = bioc(tmp_path, row)
        assert come(project, path).frames == len(ROW)
        again = come(project, path)
        assert (again.frames, again.already, again.problems) == (0, len(ROW) + len(WORDS), ())


def test_frames_come_after_those_they_point_to_and_each_is_asked_once() -> None:
    points = {at: [at - 1] if at else [] for at in reversed(range(500))}
    asked: Counter[int] = Counter()

    def ends(one: int) -> list[bytes]:
        asked[one] += 1
        return [b"%d" % end for end in points[one]]

    found, in_rings = inner_first(points, lambda one: b"%d" % one, ends)  # type: ignore[arg-type,return-value]
    assert (found, in_rings) == ([*range(500)], [])
    assert max(asked.values()) == 1


def test_frames_that_wait_for_nothing_keep_their_order() -> None:
    points = {"c": "a", "b": "", "a": "", "e": "d", "d": "e", "f": "d"}
    found, in_rings = inner_first(points, str, points.__getitem__)  # type: ignore[arg-type]
    assert (found, in_rings) == (["b", "a", "c"], ["e", "d", "f"])


def test_reading_one_article_can_be_stopped(tmp_path: Path) -> None:
    path = bioc(tmp_path, {f"f{at}": [("who", "ada")] for at in range(20_000)})
    options = ImportOptions(new_labels="add")
    steps: list[Progress] = []
    plan = run(plan_import([path], options, Known(NOTHING)), steps.append)
    plan.close()
    assert plan.summary.frames == 20_000
    assert len(steps) > 20
    assert {one.total for one in steps} == {path.stat().st_size}


RINGS: dict[str, dict[str, Ends]] = {
    "of two": {"a": [("what", "b"), ("who", "ada")], "b": [("why", "a")]},
    "of the same ends": {
        "a": [("what", "b"), ("who", "ada")],
        "b": [("why", "c"), ("who", "ada")],
        "c": [("so", "a"), ("who", "ada")],
    },
    "without words": {"a": [("what", "b")], "b": [("why", "a")]},
    "two that are like": {
        "a": [("what", "b"), ("who", "ada")],
        "b": [("why", "a"), ("who", "no")],
        "c": [("what", "d"), ("who", "ada")],
        "d": [("why", "c"), ("who", "ben")],
    },
    "with what leads to it": {
        "z": [("why", "a"), ("who", "ben")],
        "a": [("what", "b"), ("who", "ada")],
        "b": [("why", "a"), ("who", "no")],
        "y": [("so", "z")],
    },
}


@pytest.mark.parametrize("ring", RINGS)
def test_a_ring_that_is_there_is_not_added_again(tmp_path: Path, ring: str) -> None:
    with project_in(tmp_path, "p", NOTHING) as project:
        path = bioc(tmp_path, RINGS[ring])
        assert come(project, path).frames == len(RINGS[ring])
        before = frames_of(project)
        for _ in range(2):
            again = come(project, path)
            assert (again.frames, again.already) == (0, len(RINGS[ring]) + len(WORDS))
        assert frames_of(project) == before


def test_a_ring_of_other_words_is_new_and_what_is_there_leads_nowhere_else(tmp_path: Path) -> None:
    with project_in(tmp_path, "p", NOTHING) as project:
        come(project, bioc(tmp_path, RINGS["of two"]))
        old = {one.id for one in frames_of(project)}
        more = {"z": [("so", "a")], "a": [("what", "b"), ("who", "ben")], "b": [("why", "a")]}
        assert come(project, bioc(tmp_path, more)).frames == 3
        new = {one.id for one in frames_of(project)} - old
        ends = {end.end for one in frames_of(project) if one.id in new for end in one.roles}
        assert not ends & old
        assert project.content(project.article_ids()[0]).frames


def test_a_ring_too_large_to_look_for_is_named_and_left_out(tmp_path: Path) -> None:
    ring: dict[str, Ends] = {f"f{at}": [("what", f"f{at - 1}")] for at in range(1, 201)}
    ring["f0"] = [("why", "f200")]
    with project_in(tmp_path, "p", NOTHING) as project:
        path = bioc(tmp_path, ring)
        assert come(project, path).frames == 201
        again = come(project, path)
        assert (again.frames, again.already) == (0, len(WORDS))
        assert "201 frames point to each other in a ring" in " ".join(map(str, again.problems))


def test_a_ring_stands_in_a_file_twice(tmp_path: Path) -> None:
    """Two records of one text: what is equal comes in once, rings too."""
    path = bioc(tmp_path, RINGS["of two"])
    whole = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({"documents": whole["documents"] * 2}), "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        assert come(project, path).frames == 2


def test_rings_that_differ_far_away_are_two(tmp_path: Path) -> None:
    def long(last: str) -> dict[str, Ends]:
        ring: dict[str, Ends] = {f"f{at}": [("what", f"f{at - 1}")] for at in range(1, 100)}
        return ring | {"f0": [("why", "f99"), ("who", last)]}

    documents = [json.loads(bioc(tmp_path, long(end)).read_text("utf-8"))["documents"][0] for end in WORDS]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"documents": [*documents, documents[0]]}), "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        assert come(project, path).frames == 3 * 100
