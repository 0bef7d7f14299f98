"""Articles of the very same text: labels go to the one that id, file name, name or order tell."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from made_projects import Plan, bring, export, project_in
from read_again import read, spans
from sent_projects import CASES, sent

from annotator.model.ids import new_id
from annotator.model.records import Article, Fragment, Span
from annotator.model.text import sha256_of
from annotator.services.project import Project

TEXT = "Ada said no."
NAMED = {
    "one name": [("a.txt", TEXT)] * 3,
    "names of their own": [("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", TEXT)],
    "no endings": [("Report 1", TEXT), ("Report 2", TEXT)],
    "other blanks": [("a.txt", TEXT), ("a.txt", "Ada said  no."), ("a.txt", "Ada  said no.")],
    "others between": [("a.txt", TEXT), ("a.txt", "Ben said no."), ("a.txt", TEXT), ("b.txt", TEXT)],
}
LABELS = ("CLAIM", "SOURCE", "PERSON", "CLAIM")
WORDS = ("said", "no", "said", "no")


def fill(project: Project, articles: list[tuple[str, str]]) -> None:
    """Write articles with a label each, no two of one text alike."""
    records: list[Any] = []
    for (name, text), label, word in zip(articles, LABELS, WORDS, strict=False):
        article = Article(new_id(), name, "T", text, sha256_of(text), "en")
        place = Fragment(text.index(word), text.index(word) + len(word))
        records += [article, Span(new_id(), article.id, label, (place,), project.annotator.id, 5)]
    project.write_import(Plan(records))


def labelled(project: Project) -> list[list[tuple[str, str]]]:
    return [
        [(one.label, content.article.text[one.start : one.end]) for one in content.spans]
        for content in project.contents()
    ]


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("case", CASES)
def test_each_of_several_articles_of_one_text_gets_its_own_labels(
    tmp_path: Path, case: str, named: str
) -> None:
    with project_in(tmp_path, "a") as project:
        fill(project, NAMED[named])
        before = labelled(project)
        out, _, _ = sent(project, tmp_path / "sent", case)
        for _ in range(2):
            summary = bring(project, out, format_name=CASES[case][0])
            assert (summary.articles, summary.spans, summary.problems) == (0, 0, ())
            assert labelled(project) == before
    with project_in(tmp_path, "b") as other:
        bring(other, out, format_name=CASES[case][0])
        assert sorted(labelled(other)) == sorted(before)
        again, _, _ = sent(other, tmp_path / "again", case)
        assert bring(other, again, format_name=CASES[case][0]).articles == 0
        assert Counter(map(tuple, labelled(other))) == Counter(map(tuple, before))


def test_a_second_file_of_the_same_texts_joins_them_in_turn(tmp_path: Path) -> None:
    files = []
    for number, label in enumerate(("CLAIM", "SOURCE")):
        with project_in(tmp_path, f"a{number}") as project:
            fill(project, [("a.txt", TEXT)] * 2)
            export(project, tmp_path / f"{label}.spacy", "spacy", labels=frozenset({label}))
        files.append(tmp_path / f"{label}.spacy")
    with project_in(tmp_path, "b") as other:
        bring(other, *files)
        assert sorted(labelled(other)) == [[("CLAIM", "said")], [("SOURCE", "no")]]


def test_the_id_of_a_task_of_prodigy_is_written_where_a_text_comes_again_and_no_fact(tmp_path: Path) -> None:
    with project_in(tmp_path, "a") as project:
        fill(project, NAMED["others between"])
        export(project, tmp_path / "o.jsonl", "prodigy")
        ids = [*project.article_ids()]
    metas = [json.loads(one)["meta"] for one in (tmp_path / "o.jsonl").read_text("utf-8").splitlines()]
    assert [set(one) for one in metas] == [{"name"}, {"name"}, {"name", "id"}, {"name", "id"}]
    assert [one["id"].replace("-", "") for one in metas[2:]] == [one.hex() for one in ids[2:]]
    with project_in(tmp_path, "b") as other:
        bring(other, tmp_path / "o.jsonl")
        assert [dict(one.article.meta) for one in other.contents()] == [{}] * 4


def test_files_of_brat_of_one_text_are_one_article_only_where_they_have_one_name(tmp_path: Path) -> None:
    for place, mark in (("ada/a", "T1\tCLAIM 0 3\tAda\n"), ("ben/a", "T1\tSOURCE 9 11\tno\n"), ("ben/b", "")):
        path = tmp_path / "in" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".txt").write_text(TEXT, "utf-8")
        path.with_suffix(".ann").write_text(mark or "T1\tPERSON 0 3\tAda\n", "utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "in")
        assert labelled(project) == [[("CLAIM", "Ada"), ("SOURCE", "no")], [("PERSON", "Ada")]]
        assert any("both are kept" in one for one in summary.kept_copies)


def put(folder: Path, mark: str) -> None:
    """Write a text and its standoff for brat."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.with_suffix(".txt").write_text(TEXT, "utf-8")
    folder.with_suffix(".ann").write_text(mark, "utf-8")


def test_files_of_one_text_go_to_their_namesakes_from_whatever_folder(tmp_path: Path) -> None:
    for name, mark in (("a", "T1\tCLAIM 0 3\tAda\n"), ("b", "T1\tCLAIM 4 8\tsaid\n"), ("c", "")):
        put(tmp_path / "in" / "ada" / name, mark)
    for name, mark in (("b", ""), ("c", "T1\tSOURCE 9 11\tno\n")):
        put(tmp_path / "in" / "ben" / name, mark)
    wanted = [[("CLAIM", "Ada")], [("CLAIM", "said")], [("SOURCE", "no")]]
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "in")
        assert labelled(project) == wanted
        for folder in (tmp_path / "in", tmp_path / "in" / "ben", tmp_path):
            summary = bring(project, folder, format_name="brat")
            assert (summary.articles, summary.spans, summary.problems) == (0, 0, ())
            assert labelled(project) == wanted


def test_a_record_without_labels_takes_its_turn_among_those_of_one_text(tmp_path: Path) -> None:
    marks = [[[0, 3, "PERSON"]], [], [[9, 11, "SOURCE"]]]
    rows = [{"id": 7 + at, "text": TEXT, "label": one} for at, one in enumerate(marks)]
    (tmp_path / "o.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with project_in(tmp_path, "p") as project:
        fill(project, NAMED["names of their own"])
        bring(project, tmp_path / "o.jsonl")
        assert [sorted(one) for one in labelled(project)] == [
            [("CLAIM", "said"), ("PERSON", "Ada")],
            [("SOURCE", "no")],
            [("PERSON", "said"), ("SOURCE", "no")],
        ]


@pytest.mark.parametrize("is_text_first", [True, False])
def test_labels_with_an_id_are_not_lost_where_the_text_comes_without(
    tmp_path: Path, *, is_text_first: bool
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    record = {"id": 7, "text": TEXT, "label": [[0, 3, "PERSON"]]}
    (tmp_path / "o.jsonl").write_text(json.dumps(record), "utf-8")
    files = [tmp_path / "a.txt", tmp_path / "o.jsonl"]
    with project_in(tmp_path, "p") as project:
        bring(project, *(files if is_text_first else reversed(files)))
        assert labelled(project) == [[("PERSON", "Ada")]]


def test_records_without_ids_still_join_on_one_text(tmp_path: Path) -> None:
    rows = "\n".join(json.dumps({"text": TEXT, "label": [[0, 3, name]]}) for name in ("A", "B"))
    found = read(tmp_path, "a.jsonl", rows)
    assert spans(found) == [("A", ["Ada"]), ("B", ["Ada"])]


TSV = "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Name|value\n\n\n#Text=Ada said no.\n1-1\t0-3\tAda\t{}\t\n"
TOGETHER, EACH = [[("A", "Ada"), ("B", "Ada")]], [[("A", "Ada")], [("B", "Ada")]]


@pytest.mark.parametrize(
    ("names", "chosen", "expected"),
    [
        (("user1", "user2"), "by_name", TOGETHER),
        (("a.ada", "a.ben"), "by_name", TOGETHER),
        (("a.txt_ada", "a.txt_ben"), "by_name", TOGETHER),
        (("a.txt", "b.txt"), "by_name", EACH),
        (("a.ada", "b.ada"), "by_name", EACH),
        (("user1", "user2"), "apart", EACH),
        (("a.ada", "a.ben"), "apart", EACH),
        (("a.txt", "b.txt"), "join", TOGETHER),
        (("annotation/a/ada", "annotation/a/ben"), "apart", TOGETHER),
        (("annotation/a/ada", "annotation/b/ada"), "join", EACH),
    ],
)
def test_loose_files_of_several_annotators_join_on_one_text(
    tmp_path: Path, names: tuple[str, ...], chosen: str, expected: list[list[tuple[str, str]]]
) -> None:
    for name, label in zip(names, "AB", strict=True):
        path = tmp_path / "in" / f"{name}.tsv"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(TSV.format(label), "utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "in", new_labels="add", chosen={"same_text": chosen})
        assert labelled(project) == expected
    told = [one for one in summary.notes if "labels of one article came from several" in one]
    if expected == TOGETHER:
        first, second = (f"{name}.tsv" for name in names)
        assert [f"such as those of {second} with those of {first} (option same_text=apart" in told[0]] == [
            True
        ]
    else:
        assert not told
        assert any("both are kept" in one for one in summary.kept_copies)


def test_files_beside_what_an_export_made_are_each_an_article(tmp_path: Path) -> None:
    with project_in(tmp_path, "a") as project:
        fill(project, NAMED["no endings"])
        export(project, tmp_path / "out", "webanno_tsv")
    with project_in(tmp_path, "b") as other:
        bring(other, *sorted((tmp_path / "out").glob("*.tsv")))
        assert labelled(other) == [[("CLAIM", "said")], [("SOURCE", "no")]]
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as packed:
        for one in sorted((tmp_path / "out").iterdir()):
            packed.write(one, f"out/{one.name}")
    with project_in(tmp_path, "c") as other:
        bring(other, tmp_path / "out.zip")
        assert labelled(other) == [[("CLAIM", "said")], [("SOURCE", "no")]]


def test_of_articles_of_one_text_in_two_files_each_is_told_to_stand_twice(tmp_path: Path) -> None:
    with project_in(tmp_path, "sent") as project:
        fill(project, [("a.txt", TEXT), ("b.txt", TEXT)])
        for name in ("ada", "ben"):
            export(project, tmp_path / f"{name}.jsonl", "jsonl")
    with project_in(tmp_path, "other") as project:
        summary = bring(project, tmp_path / "ada.jsonl", tmp_path / "ben.jsonl")
        assert summary.problems == ()
        told = [one.partition(";")[0] for one in summary.copies if "stands twice" in one]
        assert told == ["ben.jsonl, line 1: a.txt stands twice", "ben.jsonl, line 2: b.txt stands twice"]
        assert len(labelled(project)) == 2
