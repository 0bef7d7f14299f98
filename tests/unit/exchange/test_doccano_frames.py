"""Frames of many ends go to doccano as relations and come back whole, from what doccano keeps of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import all_facts, bring, export, fill, project_in

from annotator.model.formats import ImportOptions
from annotator.services.importing import formats_in

TEXT = "Ada and Ben said no and yes."
SPANS = {"Ada": "SOURCE", "Ben": "SOURCE", "no": "CLAIM", "yes": "CLAIM"}
NUMBERS = {word: number for number, word in enumerate(SPANS, 41)}
TELLS = {
    "type": "TELLS",
    "ends": [["claim", 17, 19, "CLAIM"], ["source", 0, 3, "SOURCE"], ["source", 8, 11, "SOURCE"]],
}
BOTH = (("no", "Ada"), ("no", "Ben"))


def record(*links: tuple[str, str], frames: Any = ()) -> dict[str, Any]:
    """A record as doccano gives it back: other numbers, no field of ours in its relations."""
    return {
        "id": 7,
        "text": TEXT,
        "entities": [
            {"id": NUMBERS[one], "label": label, "start_offset": start, "end_offset": start + len(one)}
            for one, label in SPANS.items()
            for start in [TEXT.index(one)]
        ],
        "relations": [
            {"id": 90 + at, "from_id": NUMBERS[first], "to_id": NUMBERS[last], "type": "TELLS"}
            for at, (first, last) in enumerate(links)
        ],
        "frames": frames,
        "Comments": [],
    }


def read(folder: Path, *links: tuple[str, str], frames: Any = ()) -> Any:
    path = folder / "back.jsonl"
    path.write_bytes(orjson.dumps(record(*links, frames=frames)))
    importer = formats_in()["doccano"].importer
    assert importer is not None
    (draft,) = importer.read(path, ImportOptions())
    return draft


def frames_of(draft: Any) -> list[list[tuple[str, str]]]:
    words = {one.key: TEXT[slice(*one.fragments[0])] for one in draft.marks.spans}
    return [[(end.role, words[end.key]) for end in one.ends] for one in draft.marks.frames]


def test_two_ends_of_one_role_are_one_frame(tmp_path: Path) -> None:
    draft = read(tmp_path, *BOTH, frames=[TELLS])
    assert frames_of(draft) == [[("claim", "no"), ("source", "Ada"), ("source", "Ben")]]
    assert (draft.notes, draft.meta) == ((), {})


def test_what_was_taken_away_or_drawn_in_doccano_counts(tmp_path: Path) -> None:
    draft = read(tmp_path, ("no", "Ben"), ("yes", "Ada"), frames=[TELLS])
    assert frames_of(draft) == [[("claim", "no"), ("source", "Ben")], [("from", "yes"), ("to", "Ada")]]
    assert frames_of(read(tmp_path, ("yes", "Ada"), frames=[TELLS])) == [[("from", "yes"), ("to", "Ada")]]


def test_frames_of_the_same_relations_are_as_many_as_before(tmp_path: Path) -> None:
    two = [TELLS, {"type": "TELLS", "ends": TELLS["ends"][:2]}]
    assert [len(one) for one in frames_of(read(tmp_path, *BOTH, ("no", "Ada"), frames=two))] == [3, 2]


@pytest.mark.parametrize(
    "frames",
    [
        [{"type": "TELLS", "ends": [["claim", 17, 19, "CLAIM"]]}],
        [{"type": "TELLS", "ends": [["claim", 17, 19], ["source", 0, 3]]}],
        [{"type": "TELLS", "ends": [["claim", "17", 19, "CLAIM"], ["source", 0, 3, "SOURCE"]]}],
        [{"type": "TELLS", "ends": "all"}],
        [{**TELLS, "more": 1}],
        ["economic", "moral"],
    ],
)
def test_a_field_of_that_name_that_is_not_ours_is_told_as_any_other(tmp_path: Path, frames: Any) -> None:
    draft = read(tmp_path, *BOTH, frames=frames)
    assert frames_of(draft) == [[("from", "no"), ("to", "Ada")], [("from", "no"), ("to", "Ben")]]
    assert draft.notes == ("fields that are no plain, short value were left out: frames",)


def test_a_fact_of_that_name_stays_a_fact(tmp_path: Path) -> None:
    assert read(tmp_path, frames="economic").meta == {"frames": "economic"}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_way_through_doccano_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """doccano numbers anew, gives relations back in any order and with its own fields alone, and so twice."""
    folder = tmp_path_factory.mktemp("doccano")
    with project_in(folder, "a") as project:
        fill(project, data)
        export(project, folder / "0.jsonl", "doccano")
    found = []
    for number in range(3):
        with project_in(folder, f"b{number}") as project:
            assert bring(project, through_doccano(folder / f"{number}.jsonl", data)).problems == ()
            found.append(all_facts(project))
            export(project, folder / f"{number + 1}.jsonl", "doccano")
    with project_in(folder, "direct") as project:
        bring(project, folder / "0.jsonl")
        assert found == [all_facts(project)] * 3


def through_doccano(path: Path, data: st.DataObject) -> Path:
    rows = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    for row in rows:
        row["relations"] = [
            {
                "id": 500 + one["id"],
                "from_id": one["from_id"] + 70,
                "to_id": one["to_id"] + 70,
                "type": one["type"],
            }
            for one in data.draw(st.permutations(row["relations"]))
        ]
        for one in row["entities"]:
            one["id"] += 70
    back = path.with_suffix(".back.jsonl")
    back.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    return back
