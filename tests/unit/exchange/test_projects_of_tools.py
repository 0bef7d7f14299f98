"""Whole projects as other tools export them: texts, labels and annotators come in, the rest is counted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from made_projects import bring, project_in

TEXT = "Ada said no."


def test_a_project_of_inception_has_an_archive_for_each_annotator(tmp_path: Path) -> None:
    head = '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
    names = 'xmlns:n="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmi:version="2.0">'
    sofa = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{TEXT}"/>'
    mark = '<n:NamedEntity xmi:id="2" sofa="1" begin="0" end="3" value="PERSON"/>'
    xmi = f'{head} {names}{sofa}{mark}<cas:View sofa="1" members="2"/></xmi:XMI>'
    people = {"annotation": ("ada", "ben", "INITIAL_CAS"), "curation": ("CURATION_USER",)}
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as project:
        for folder, files in people.items():
            for one in files:
                inner = io.BytesIO()
                with zipfile.ZipFile(inner, "w") as packed:
                    packed.writestr(f"{one}.xmi", xmi.replace(mark, "") if one == "INITIAL_CAS" else xmi)
                project.writestr(f"{folder}/news.txt/{one}.zip", inner.getvalue())
        project.writestr("source/news.txt", TEXT)
        project.writestr("guideline/rules.txt", "Mark all persons.")
        project.writestr("exportedproject12.json", '{"name": "own"}')
    with project_in(tmp_path, "q") as project_read:
        summary = bring(project_read, tmp_path / "p.zip")
        (content,) = project_read.contents()
        kinds = {one.id: (one.name, one.kind) for one in project_read.annotators()}
        assert sorted(kinds[one.annotator] for one in content.spans) == [
            ("CURATION_USER", "adjudicator"),
            ("ada", "person"),
            ("ben", "person"),
        ]
        assert summary.problems == ()
        assert "files of other kinds were left out: 1 × .json, 1 × .txt" in " | ".join(
            map(str, summary.notes)
        )


def exported(path: Path, *files: str) -> Path:
    """Return a project of INCEpTION with these files of one text; each holds the text, or labels of it."""
    tsv = "#FORMAT=WebAnno TSV 3.3\n#T_SP=n.Entity|value\n\n\n#Text=Ada said no.\n1-1\t0-3\tAda\tPERSON\t\n"
    with zipfile.ZipFile(path, "w") as project:
        project.writestr("exportedproject12.json", "{}")
        for one in files:
            data = tsv if one.endswith(".tsv") else b"\xac\xed" if one.endswith(".ser") else TEXT
            project.writestr(one, data)
    return path


def test_labels_that_only_inception_reads_are_a_problem_and_copies_of_texts_no_articles(
    tmp_path: Path,
) -> None:
    people = [f"annotation/news.txt/{one}.txt" for one in ("INITIAL_CAS", "ada", "ben")]
    own = [f"annotation_ser/news.txt/{one}.ser" for one in ("INITIAL_CAS", "ada", "ben")]
    curated = ("curation/news.txt/CURATION_USER.txt", "curation_ser/news.txt/CURATION_USER.ser")
    path = exported(tmp_path / "p.zip", "source/news.txt", *people, *own, *curated)
    with project_in(tmp_path, "q") as project_read:
        summary = bring(project_read, path)
        names = [one.article.name for one in project_read.contents()]
    assert names == ["source/news.txt"]
    first, second = map(str, summary.problems)
    assert first.startswith("annotation_ser: labels in 2 files, by ada, ben, are there only as INCEpTION")
    assert second.startswith("curation_ser: labels in 1 file, by CURATION_USER,")
    assert "in the format UIMA CAS XMI or WebAnno TSV" in first


def test_labels_that_are_there_in_another_format_are_no_problem(tmp_path: Path) -> None:
    own = [f"annotation_ser/news.txt/{one}.ser" for one in ("INITIAL_CAS", "ada")]
    path = exported(tmp_path / "p.zip", "source/news.txt", *own, "annotation/news.txt/ada.tsv")
    with project_in(tmp_path, "q") as project_read:
        summary = bring(project_read, path)
    assert summary.problems == ()
    assert (summary.articles, summary.spans) == (1, 1)


@pytest.mark.parametrize("between", ["_", ""])
def test_a_number_at_random_behind_the_name_of_an_annotator_is_no_part_of_it(
    tmp_path: Path, between: str
) -> None:
    own = [f"annotation_ser/news.txt/{one}.ser" for one in ("INITIAL_CAS", "ada_2")]
    path = exported(tmp_path / "p.zip", *own, f"annotation/news.txt/ada_2{between}15870881616851637442.tsv")
    with project_in(tmp_path, "q") as project_read:
        assert bring(project_read, path).problems == ()
        assert "ada_2" in [one.name for one in project_read.annotators()]


def test_archives_of_annotators_that_were_unpacked_are_of_one_text(tmp_path: Path) -> None:
    head = '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    names = 'xmlns:n="http:///own/names.ecore" xmi:version="2.0">'
    marks = '<n:Person xmi:id="2" sofa="1" begin="0" end="3"/>'
    sofa = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="{TEXT}"/>'
    for one, by in (("webanno12export", "ada"), ("webanno345export", "ben")):
        folder = tmp_path / "in" / "news.txt" / one
        folder.mkdir(parents=True)
        (folder / f"{by}.xmi").write_text(f"{head}{names}{marks}{sofa}</xmi:XMI>", "utf-8")
    with project_in(tmp_path, "q") as project_read:
        bring(project_read, tmp_path / "in", new_labels="add")
        (content,) = project_read.contents()
        people = {one.id: one.name for one in project_read.annotators()}
        assert content.article.name == "news.txt"
        assert sorted(people[one.annotator] for one in content.spans) == ["ada", "ben"]


def test_texts_in_folders_that_are_only_called_so_stay_articles(tmp_path: Path) -> None:
    for one in ("annotation/news.txt/ada.txt", "curation/old/ben.txt", "annotation_ser/a/b.txt"):
        (tmp_path / "in" / one).parent.mkdir(parents=True)
        (tmp_path / "in" / one).write_text(f"{TEXT} {one}", "utf-8")
    with project_in(tmp_path, "q") as project_read:
        assert bring(project_read, tmp_path / "in").articles == 3
