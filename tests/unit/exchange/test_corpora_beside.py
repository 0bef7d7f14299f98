"""Rows of labels whose texts are files beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_projects import bring, project_in
from read_again import NOTHING, Read, spans

TEXT = "The ferry is a coffin, they say.\nNobody has seen that."
OTHER = "A text of its own, to which nobody has put a label."


def put(folder: Path, **files: str) -> Path:
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data, encoding="utf-8")
    return folder


def read_folder(tmp_path: Path, **files: str) -> Read:
    folder = put(tmp_path / "in", **files)
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add")
        contents = sorted(project.contents(), key=lambda one: one.article.name)
        return summary, contents, {one.id: one.name for one in project.annotators()}


@pytest.mark.parametrize(
    ("labels", "row", "label"),
    [
        ("labels__article7_dot_labels", "7\tName_Calling,Labeling\t15\t21", "Name_Calling,Labeling"),
        ("labels__article7_dot_labels", "7\t15\t21", "SPAN"),
        ("labels__article7-labels_dot_txt", "7\tLoaded\t15\t21", "Loaded"),
        ("texts__all_dot_labels", "article7.txt\tLoaded\t15\t21", "Loaded"),
        ("train_dot_csv", "id,discourse_start,discourse_end,discourse_type\n7,15.0,21.0,Loaded", "Loaded"),
        ("train_dot_csv", "stance,file,span.start,span.end\nPRO,texts/article7.txt,15,21", "PRO"),
    ],
)
def test_rows_find_their_text(tmp_path: Path, labels: str, row: str, label: str) -> None:
    found = read_folder(
        tmp_path, **{"texts__article7_dot_txt": TEXT, "texts__article8_dot_txt": OTHER, labels: row + "\n"}
    )
    assert [one.article.text for one in found[1]] == [TEXT, OTHER]
    assert spans(found) == [(label, ["coffin"])]
    assert found[0].problems == ()


def test_rows_of_a_text_that_is_not_there_are_named(tmp_path: Path) -> None:
    rows = "7\tLoaded\t15\t21\n9\tLoaded\t0\t3\nnothing\n7\tLoaded\t15\t999\n"
    found = read_folder(tmp_path, article7_dot_txt=TEXT, all_dot_labels=rows)
    told = [str(one) for one in found[0].problems]
    assert [one.split(", ")[1][:6] for one in told] == ["line 2", "line 3", "line 4"]
    assert "the text 9 is not beside it" in told[0]
    assert "it is no row of a text, a label, a start and an end, parted by tabs" in told[1]
    assert spans(found) == [("Loaded", ["coffin"])]


def test_a_text_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    rows = f"id,start,end,label\n7/{'x' * 300}.txt,1,2,B\n7,15,21,A\n8,0,3,A\n"
    found = read_folder(tmp_path, texts__7_dot_txt=TEXT, texts__8_dot_txt="", all_dot_csv=rows)
    assert spans(found) == [("A", ["coffin"])]
    assert [str(one).split(":")[0] for one in found[0].problems] == ["all.csv, line 2", "8.txt"]


def test_words_that_are_not_there_are_named(tmp_path: Path) -> None:
    rows = "id,quote_start,quote_end,quote_text,quote_type\n7,15,21,coffee,A\n7,,,x,A\n"
    found = read_folder(tmp_path, texts__7_dot_txt=TEXT, all_dot_csv=rows)
    (told,) = map(str, found[0].problems)
    assert "'coffee'" in told
    assert "all.csv: left out: 1 × rows without a place" in found[0].notes


def test_quotations_of_a_novel_have_their_speakers(tmp_path: Path) -> None:
    rows = 'quoteID,quoteByteSpans,speaker\nQ0,"[[0, 9], [15, 21]]",Ada\nQ1,"[]",Bo\n'
    found = read_folder(tmp_path, novel_dot_txt=TEXT, quotation_info_dot_csv=rows)
    assert spans(found) == [("Content", ["The ferry", "coffin"])]
    (one,) = found[1][0].frames
    assert [(end.role, end.kind) for end in one.roles] == [("Content", "span"), ("implicit_source", "actor")]
    assert [one.name for one in found[1][0].actors] == ["Ada"]
    assert "line 3" in str(found[0].problems[0])


@pytest.mark.parametrize("row", ["7\tLoaded\t15\t21", "../article7.txt\tLoaded\t15\t21"])
def test_a_list_without_its_texts_is_a_text(tmp_path: Path, row: str) -> None:
    found = read_folder(tmp_path, list_dot_txt=row + "\n")
    assert [one.article.text for one in found[1]] == [row + "\n"]
    assert dict(found[0].formats) == {"text": 1}


@pytest.mark.parametrize("count", [1, 9])
def test_a_table_that_cannot_be_read_is_told_by_its_name(tmp_path: Path, count: int) -> None:
    rows = "7,0,3,A\n" * count + '7,"0,3,A\n'
    found = read_folder(tmp_path, texts__7_dot_txt=TEXT, all_dot_csv=f"id,start,end,type\n{rows}")
    assert any(str(one).startswith("all.csv: a quotation mark that opens") for one in found[0].problems)
