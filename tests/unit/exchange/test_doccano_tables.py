"""Tables that doccano exports: labelled texts with their comments, told from tables of articles."""

from __future__ import annotations

import json
from pathlib import Path

import read_again
from made_projects import SCHEME, bring, project_in
from read_again import NOTHING

from annotator.exchange.tools.doccano import FORMAT
from annotator.model.formats import ImportOptions
from annotator.model.records import ArticleContent
from annotator.services.importing import ImportSummary

TEXT = "Ada said no."


def read(folder: Path, data: str) -> tuple[ImportSummary, list[ArticleContent]]:
    summary, contents, _ = read_again.read(folder, "a.csv", data, SCHEME)
    return summary, sorted(contents, key=lambda one: one.article.text)


def test_a_table_brings_labels_and_comments(tmp_path: Path) -> None:
    summary, (first, second) = read(
        tmp_path,
        f'id,text,outlet,label,Comments\n1,"{TEXT}",Own,SPORT#NEWS,well seen#twice\n'
        '2,"Ben left,\nshe said.",,,\n',
    )
    assert (dict(summary.formats), summary.problems) == ({"doccano": 1}, ())
    assert [one.label for one in first.labels] == ["SPORT", "NEWS"]
    assert first.article.meta == {"outlet": "Own"}
    assert first.article.notes[:2] == ("well seen", "twice")
    assert (second.article.text, second.labels) == ("Ben left,\nshe said.", ())


def test_a_table_may_call_the_text_its_data(tmp_path: Path) -> None:
    summary, (only,) = read(tmp_path, f"id,data,label\n1,{TEXT},SPORT#NEWS\n")
    assert (dict(summary.formats), summary.problems) == ({"doccano": 1}, ())
    assert (only.article.text, [one.label for one in only.labels]) == (TEXT, ["SPORT", "NEWS"])


def test_a_table_without_its_columns_is_one_of_articles(tmp_path: Path) -> None:
    summary, (only,) = read(tmp_path, f"id,text,label\n1,{TEXT},NEWS#1\n")
    assert dict(summary.formats) == {"csv": 1}
    assert only.article.meta == {}
    assert [one.label for one in only.labels] == ["NEWS#1"]


def test_a_row_of_another_width_is_named(tmp_path: Path) -> None:
    summary, contents = read(tmp_path, f"id,text,label,Comments\n1,{TEXT}\n2,{TEXT},NEWS,\n")
    assert "line 2: the row has 2 cells, but the table has 4 columns" in str(summary.problems[0])
    assert [one.label for content in contents for one in content.labels] == ["NEWS"]


def test_the_preview_says_how_many_rows_there_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"id,text,label,Comments\n1,{TEXT},NEWS,\n2,No.,NEWS,\n", "utf-8")
    shown = FORMAT.importer.preview(tmp_path / "a.csv", ImportOptions())
    assert (shown.rows, shown.sample) == (2, TEXT)


def test_the_title_of_a_record_is_that_of_its_article(tmp_path: Path) -> None:
    one = {
        "text": "The mayor said no.",
        "label": [[0, 9, "OFFICE"]],
        "Headline": " Mayor \n says no",
        "url": "a",
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(one), "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, tmp_path / "a.jsonl", new_labels="add").problems == ()
        (content,) = project.contents()
    assert content.article.title == "Mayor says no"
    assert content.article.meta == {"Headline": "Mayor \n says no", "url": "a"}
