"""Records that have the id of another one come in with a new id, and it is told beforehand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, project_in

from annotator.model.errors import NotAllowed
from annotator.model.ids import Id, id_text, new_id
from annotator.model.job import run
from annotator.model.text import sha256_of
from annotator.services.project import Project

TEXTS = ("Ada Berg said no.", "Ben Dahl said no.", "Eva Falk said no.")


def ids(count: int) -> list[str]:
    return [id_text(new_id()) for _ in range(count)]


def row(number: int, own: str, spans: tuple[str, str], frame: str) -> dict[str, Any]:
    text = TEXTS[number]
    marks = [("SOURCE", 0, 8), ("CLAIM", 14, 16)]
    return {
        "format": "annotator/1",
        "id": own,
        "name": f"{number}.txt",
        "text": text,
        "sha256": sha256_of(text),
        "language": "en",
        "spans": [
            {
                "id": one,
                "label": label,
                "fragments": [[start, end]],
                "text": [text[start:end]],
                "annotator": "Anna",
            }
            for one, (label, start, end) in zip(spans, marks, strict=True)
        ],
        "frames": [
            {
                "id": frame,
                "label": "TELLS",
                "roles": {"source": [spans[0]], "claim": [spans[1]]},
                "annotator": "Anna",
            }
        ],
    }


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return path


def linked(project: Project) -> list[list[tuple[str, ...]]]:
    """What the frames of each article say, their ends as words of that article."""
    found = []
    for content in project.contents():
        words = {one.id: content.article.text[one.start : one.end] for one in content.spans}
        found.append([tuple(words[end.end] for end in frame.roles) for frame in content.frames])
    return found


def known(project: Project) -> list[Id]:
    parts = [(*one.spans, *one.frames) for one in project.contents()]
    return [record.id for part in parts for record in part]


SAID = [[("Ada Berg", "no")], [("Ben Dahl", "no")], [("Eva Falk", "no")]]


@pytest.mark.parametrize("is_apart", [False, True])
def test_a_twin_in_a_file_gets_a_new_id_and_what_points_to_it_follows(tmp_path: Path, is_apart: bool) -> None:
    articles, (one, two, three, four, frame, other, last) = ids(3), ids(7)
    rows = [
        row(0, articles[0], (one, two), frame),
        row(1, articles[1], (two, three), other),
        row(2, articles[2], (four, three), frame if is_apart else last),
    ]
    path = write(tmp_path / "twins.jsonl", *rows)
    with project_in(tmp_path, "p") as project:
        summary = bring(project, path)
        assert (summary.articles, summary.spans, summary.frames, summary.problems) == (3, 6, 3, ())
        more = " (and 1 more)" if is_apart else ""
        assert list(summary.notes) == [
            f"twins.jsonl, line {line}: {line - 1}.txt: the span {twin}{count} has the id of a record of an"
            " article before it; it gets a new one"
            for line, twin, count in ((2, two, ""), (3, three, more))
        ]
        assert linked(project) == SAID
        assert len({*known(project)}) == 9
        again = bring(project, path)
        assert (again.articles, again.labelled, again.already, again.notes) == (0, 0, 9, ())


def test_a_record_of_the_project_keeps_its_id(tmp_path: Path) -> None:
    articles, (one, two, three, frame, other) = ids(2), ids(5)
    first = write(tmp_path / "a.jsonl", row(0, articles[0], (one, two), frame))
    second = write(tmp_path / "b.jsonl", row(1, articles[1], (one, three), other))
    with project_in(tmp_path, "p") as project:
        bring(project, first)
        before = known(project)
        summary = bring(project, second)
        assert list(summary.notes) == [
            f"b.jsonl, line 1: 1.txt: the span {one} has the id of a record of the project; it gets a new one"
        ]
        assert linked(project) == SAID[:2]
        assert known(project)[:3] == before
        assert len({*known(project)}) == 6


def test_labels_for_an_article_of_the_project_get_ids_of_their_own(tmp_path: Path) -> None:
    articles, (one, two, three, four, frame, other) = ids(2), ids(6)
    bare = row(1, articles[1], (three, four), other) | {"spans": [], "frames": []}
    first = write(tmp_path / "a.jsonl", row(0, articles[0], (one, two), frame), bare)
    second = write(tmp_path / "b.jsonl", row(1, articles[1], (two, four), frame))
    with project_in(tmp_path, "p") as project:
        bring(project, first)
        summary = bring(project, second)
        told = "3 new (2 with new ids: other articles have theirs)"
        assert list(summary.joined) == [f"b.jsonl, line 1: 1.txt: {told}"]
        assert linked(project) == SAID[:2]


def test_ids_of_what_was_removed_are_free(tmp_path: Path) -> None:
    (article,), (one, two, frame) = ids(1), ids(3)
    path = write(tmp_path / "a.jsonl", row(0, article, (one, two), frame))
    with project_in(tmp_path, "p") as project:
        bring(project, path)
        before = known(project)
        other = write(tmp_path / "b.jsonl", row(1, *ids(1), (ids(1)[0], ids(1)[0]), ids(1)[0]))
        bring(project, other)
        project.articles.remove([project.article_ids()[0]])
        assert bring(project, path).notes == ()
        assert {*before} < {*known(project)}


def test_what_only_a_second_copy_in_a_file_has_is_joined_with_the_first(tmp_path: Path) -> None:
    (article,), (one, two, three, frame, other) = ids(1), ids(5)
    first, second = (
        row(0, article, spans, own) for spans, own in (((one, two), frame), ((three, two), other))
    )
    second["spans"][0] |= {"fragments": [[0, 3]], "text": ["Ada"]}
    path = write(tmp_path / "copies.jsonl", first, second)
    with project_in(tmp_path, "p") as project:
        summary = bring(project, path)
        assert (summary.articles, summary.spans, summary.frames, summary.labelled) == (1, 3, 2, 0)
        told = "copies.jsonl, line 2: 0.txt stands twice; joined with the first: 2 new, 1 there already"
        assert list(summary.copies) == [told]
        assert linked(project) == [[("Ada Berg", "no"), ("Ada", "no")]]
        project.undo()
        assert project.article_ids() == ()


def test_an_id_taken_out_of_the_project_may_not_come_back_with_another_text(tmp_path: Path) -> None:
    (own,), (one, two, frame) = ids(1), ids(3)
    with project_in(tmp_path, "p") as project:
        bring(project, write(tmp_path / "a.jsonl", row(0, own, (one, two), frame)))
        project.undo()
        with pytest.raises(NotAllowed, match="which was taken out, had this id with another text"):
            bring(project, write(tmp_path / "b.jsonl", row(1, own, (one, two), frame)))
        assert project.article_ids() == []
        bring(project, write(tmp_path / "c.jsonl", row(0, own, (one, two), frame)))
        assert linked(project) == SAID[:1]


@pytest.mark.parametrize("is_apart", [False, True])
def test_a_span_may_have_the_id_of_an_article_an_actor_or_a_card(tmp_path: Path, is_apart: bool) -> None:
    articles, (one, two, actor, card, frame, other, last) = ids(3), ids(7)
    above = {"actors": [{"id": actor, "name": "Ada Berg", "kind": "person"}]}
    above |= {"claim_cards": [{"id": card, "wording": "No."}]}
    rows = [
        row(0, articles[0], (one, two), frame) | above,
        row(1, articles[1], (articles[0], actor), other),
        row(2, articles[2], (card, ids(1)[0]), last),
    ]
    with project_in(tmp_path, "p") as project:
        for at, some in enumerate([rows[:1], rows[1:]] if is_apart else [rows]):
            summary = bring(project, write(tmp_path / f"{at}.jsonl", *some))
            assert (summary.problems, summary.notes) == ((), ())
        assert linked(project) == SAID
        assert run(project.check()) == ()
        project.undo()
        project.redo()
        assert linked(project) == SAID
