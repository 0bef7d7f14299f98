"""Whole projects as other tools export them: texts, labels and annotators come in, the rest is counted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

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
