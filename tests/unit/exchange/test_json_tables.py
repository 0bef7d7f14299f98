"""Tables that stand in JSON as a whole, texts in lists, and marks around cells parted by tabs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from read_again import read, said, spans

from annotator.exchange.corpora.json_tables import records_of

ROWS = [{"text": "Ada said no.", "label": "neg"}, {"text": "Bo said yes.", "label": "pos"}]


@pytest.mark.parametrize(
    "data",
    [
        {"text": {"0": "Ada said no.", "1": "Bo said yes."}, "label": {"0": "neg", "1": "pos"}},
        {"0": ROWS[0], "1": ROWS[1]},
        {"columns": ["text", "label"], "index": [0, 1], "data": [[*one.values()] for one in ROWS]},
        {"text": [one["text"] for one in ROWS], "label": [one["label"] for one in ROWS]},
        {
            "features": [{"name": "label", "type": {"names": ["neg", "pos"]}}],
            "rows": [{"row_idx": at, "row": {**one, "label": at}} for at, one in enumerate(ROWS)],
        },
    ],
)
def test_a_table_in_json_gives_its_rows(tmp_path: Path, data: dict[str, Any]) -> None:
    assert records_of(data) == ROWS
    found = read(tmp_path, "a.json", data)
    assert [one.article.text for one in found[1]] == ["Ada said no.", "Bo said yes."]
    assert [one.label for content in found[1] for one in content.labels] == ["neg", "pos"]


@pytest.mark.parametrize(
    "data",
    [
        {},
        ROWS[0],
        {"tokens": ["a"], "tags": ["O"]},
        {"text": "a", "meta": {"0": "b"}},
        {"text": ["a", "b"], "label": ["c"]},
        {"columns": ["a"], "data": [["b", "c"]]},
        {"rows": [], "features": []},
        {"a": {"x": 1}, "b": {"x": 2}},
    ],
)
def test_other_objects_are_records(data: dict[str, Any]) -> None:
    assert records_of(data) is None


def test_numbers_of_tags_on_a_page_of_a_data_set_have_their_names(tmp_path: Path) -> None:
    kind = {"feature": {"names": ["O", "B-PER"], "_type": "ClassLabel"}, "_type": "Sequence"}
    row = {"tokens": ["Ada", "left"], "ner_tags": [1, 0]}
    data = {"features": [{"name": "ner_tags", "type": kind}], "rows": [{"row": row}]}
    assert spans(read(tmp_path, "a.json", data)) == [("PER", ["Ada"])]


def test_a_text_in_a_list_has_a_line_for_each(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", {"title": "T", "text": ["Ada said no.", "Bo left."]})
    assert found[1][0].article.text == "Ada said no.\nBo left."
    assert "text: a line for each text of its list" in said(found)


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        (['1\t"Ada said ""no""."', "2\tBo."], ['Ada said "no".', "Bo."]),
        (['1\t"Ada said', 'no."', "2\tBo."], ["Ada said\nno.", "Bo."]),
        (['1\t"Ada" said no.', "2\tBo."], ['"Ada" said no.', "Bo."]),
        (['1\t"Ada said no."', "2\tBo."], ['"Ada said no."', "Bo."]),
        (['1\t"Ada said no.', '2\t"Bo.'], ['"Ada said no.', '"Bo.']),
    ],
)
def test_marks_around_cells_parted_by_tabs(tmp_path: Path, rows: list[str], texts: list[str]) -> None:
    found = read(tmp_path, "a.tsv", "\n".join(["id\ttext", *rows]) + "\n")
    assert [one.article.text for one in found[1]] == texts


def test_numbers_nested_deeper_than_any_list_of_labels_are_named(tmp_path: Path) -> None:
    deep = "[" * 900 + "0" + "]" * 900
    kind = '{"name":"label","type":{"names":["neg"]}}'
    data = f'{{"features":[{kind}],"rows":[{{"row":{{"text":"Ada left.","label":{deep}}}}}]}}'
    assert "label[0]: it is a list" in said(read(tmp_path, "a.json", data))
