"""Columns with numbers: of words from 0, of labels that belong together; and columns of brackets."""

from __future__ import annotations

from pathlib import Path

import pytest
from read_again import frames, read, said, spans


def columns(*rows: str) -> str:
    return "".join(row.replace(" ", "\t") + "\n" for row in rows) + "\n"


def test_words_may_be_numbered_from_0(tmp_path: Path) -> None:
    data = columns("0 Ada _ B-PER", "1 said _ O", "2 no _ O") + columns("0 Bo _ B-PER", "1 left _ O")
    found = read(tmp_path, "a.conll", data)
    assert found[1][0].article.text == "Ada said no\nBo left\n"
    assert spans(found) == [("PER", ["Ada"]), ("PER", ["Bo"])]


def test_parts_of_one_number_are_an_attribution(tmp_path: Path) -> None:
    data = columns(
        "Ada B-source-1", "said B-cue-1", "no B-content-1", ", O", "then B-source-2", "left B-cue-2"
    )
    data += columns("forever B-content-1", "Bo B-content-2")
    found = read(tmp_path, "a.conll", data)
    assert spans(found)[:2] == [("Content", ["Bo"]), ("Content", ["no", "forever"])]
    assert [roles for _, roles in frames(found)] == [
        [("Source", "Ada"), ("Cue", "said"), ("Content", "no")],
        [("Source", "then"), ("Cue", "left"), ("Content", "Bo")],
    ]
    assert "labels bear numbers" in said(found)


@pytest.mark.parametrize("labels", [("PER-1", "LOC"), ("level-2", "O"), ("COVID-19", "O")])
def test_a_number_that_is_of_the_name_stays(tmp_path: Path, labels: tuple[str, str]) -> None:
    first, second = (one if one == "O" else f"B-{one}" for one in labels)
    found = read(tmp_path, "a.conll", columns(f"Ada {first}", f"Rye {second}", "it O", "was O"))
    assert [label for label, _ in spans(found)] == sorted(set(labels) - {"O"})
    assert frames(found) == []


def test_brackets_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, "a.conll", columns("Ada NNP (A0*)", "said VBD (V*)", "so RB (A1*", "far RB *)"))
    assert "its last column has brackets, as (A0* and *)" in said(found)
    assert found[1] == []
