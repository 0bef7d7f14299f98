"""Tables without names of columns, and rows that stand in one cell each."""

from __future__ import annotations

from pathlib import Path

import pytest
from read_again import read, said

HARD = "The ferry is safe, said the mayor of Rye."
TURNS = ["I did not do so.", "(LAUGHTER)", "Nobody has asked him why.", "No?"]
EASY = "Nobody has asked him why he said so."


@pytest.mark.parametrize(
    ("name", "rows", "texts"),
    [
        ("a.tsv", [f"1.json\tfalse\t{HARD}\t0\t0", f"2.json\tfalse\t{EASY}\t1\t0"], [HARD, EASY]),
        ("a.tsv", [f"1\tBELL\t{HARD}\tN", f"2\tBELL\t{EASY}\t1"], [HARD, EASY]),
        ("a.csv", [f'"{HARD}",3', f"{EASY},4"], [HARD, EASY]),
        ("a.tsv", [f"{at}\tBELL\t{one}\t0" for at, one in enumerate(TURNS, 87)], TURNS),
    ],
)
def test_a_table_without_names_has_its_first_row_too(
    tmp_path: Path, name: str, rows: list[str], texts: list[str]
) -> None:
    found = read(tmp_path, name, "\n".join(rows) + "\n")
    assert [one.article.text for one in found[1]] == texts
    assert "its first row names no columns: they were numbered" in said(found)
    assert found[0].problems == ()


def test_classes_without_a_name_are_labels(tmp_path: Path) -> None:
    rows = "".join(f"{one}\t{HARD} {at}\n" for at, one in enumerate(("PRO", "CON", "PRO")))
    found = read(tmp_path, "a.tsv", rows)
    assert [[one.label for one in each.labels] for each in found[1]] == [["PRO"], ["CON"], ["PRO"]]


def test_ids_of_the_whole_leave_the_name_to_those_of_the_parts(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", f"docid,pid,passage\n7,a,{EASY}\n7,b,{EASY} Yes.\n")
    assert [one.article.name for one in found[1]] == ["a.csv:a", "a.csv:b"]
    assert found[1][0].article.meta["docid"] == "7"


def test_questions_over_answers_are_names(tmp_path: Path) -> None:
    data = f"When,What do you say of the ferry today?\n5,{EASY}\n6,{EASY} Yes.\n"
    found = read(tmp_path, "a.csv", data)
    assert [one.article.text for one in found[1]] == [EASY, f"{EASY} Yes."]
    assert "the column 'What do you say of the ferry today?' was taken for the text" in said(found)


def test_rows_in_one_cell_each_are_taken_apart(tmp_path: Path) -> None:
    data = f'"id,""text"",""label""";;\n"1,""{HARD}"",""PRO""";;\n'
    found = read(tmp_path, "a.csv", data)
    assert [one.article.text for one in found[1]] == [HARD]
    assert [one.label for one in found[1][0].labels] == ["PRO"]
    assert "each of its rows stood in one cell" in said(found)


def test_a_name_that_others_may_have_is_taken_at_last_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", f"claim;content\nShort;{HARD}\n")
    assert [one.article.text for one in found[1]] == [HARD]
    (tmp_path / "b").mkdir()
    found = read(tmp_path / "b", "b.csv", f"id;claim\n1;{HARD}\n")
    assert said(found) == "b.csv: the column 'claim' was taken for the text"


def test_texts_that_were_cut_before_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", f"title;content\nA;{HARD} … [+4748 chars]\nB;{EASY}\n")
    assert "a.csv: texts that were cut before, and say so at their ends: 1" in said(found)


def test_kinds_of_columns_below_their_names_are_no_rows(tmp_path: Path) -> None:
    rows = f"Kind\tTime\tContent\nd\ttime\tstring\nclass\t\tmeta include=True\nx\t2026-01-02\t{HARD}\n"
    found = read(tmp_path, "a.tab", rows)
    assert [one.article.text for one in found[1]] == [HARD]
    (tmp_path / "2").mkdir()
    other = read(tmp_path / "2", "b.tab", f"Kind\tContent\nd\tc\nx\t{HARD}\n")
    assert [one.article.text for one in other[1]] == ["c", HARD]


def test_a_row_that_is_nearly_one_of_kinds_is_soon_told(tmp_path: Path) -> None:
    nearly = "a=" + "bbb=" * 1_000 + "!"
    found = read(tmp_path, "a.tab", f"Kind\tContent\nd\tc\n{nearly}\t\nx\t{HARD}\n")
    assert [one.article.text for one in found[1]] == ["c", HARD]


def test_the_one_column_of_days_is_known_by_its_cells(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", f"text,Made,Where\n{EASY},2026-01-02 10:00,https://x.test/1\n")
    assert found[1][0].article.meta == {"published": "2026-01-02 10:00", "Where": "https://x.test/1"}
    (tmp_path / "2").mkdir()
    two = read(tmp_path / "2", "b.csv", f"text,Made,Changed\n{EASY},2026-01-02,2026-01-03\n")
    assert two[1][0].article.meta == {"Made": "2026-01-02", "Changed": "2026-01-03"}


def test_a_table_of_pairs_of_texts_has_no_names_of_columns(tmp_path: Path) -> None:
    found = read(tmp_path, "a.tsv", f"{EASY}\t{HARD}\n{HARD}\t{EASY}\n")
    assert [one.article.text for one in found[1]] == [EASY, HARD]


def test_a_text_has_the_label_of_each_of_the_texts_beside_it(tmp_path: Path) -> None:
    others = "It was the mayor who had said so.,PRO", "It was none of us who knew of it.,CON"
    rows = "text,other,label\n" + "".join(f"{EASY},{one}\n" for one in others)
    found = read(tmp_path, "a.csv", rows)
    assert [[one.label for one in each.labels] for each in found[1]] == [["PRO"], ["CON"]]
    (tmp_path / "2").mkdir()
    other = read(tmp_path / "2", "b.csv", f"text,other,label\n{EASY},Ada,PRO\n{EASY},Ben,CON\n")
    assert [[one.label for one in each.labels] for each in other[1]] == [["PRO", "CON"]]


def test_a_column_of_numbers_holds_no_texts_whatever_it_is_called(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", "utterance,relation,target\n1,support,claim_1\n1,attack,claim_2\n")
    assert (found[1], found[0].notes) == ([], ())
    assert "no column is known to hold the text; choose one of these as text: 'utterance'" in said(found)


def test_days_that_no_name_tells_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", f"text,ran\n{EASY},2026-01-05\nNobody said it.,2026-01-06\n")
    assert [one.article.meta["published"] for one in found[1]] == ["2026-01-05", "2026-01-06"]
    assert "the column 'ran' was taken for the day of publication, as it holds days" in said(found)


def test_days_that_a_name_tells_are_no_news(tmp_path: Path) -> None:
    assert "day of publication" not in said(read(tmp_path, "a.csv", f"text,date\n{EASY},2026-01-05\n"))


def test_labels_in_cells_are_named_without_the_mark_of_fasttext(tmp_path: Path) -> None:
    cells = ("__label__A", "__label__B __label__A", "__label__A")
    rows = "".join(f"{one}\t{HARD} {at}\n" for at, one in enumerate(cells))
    found = read(tmp_path, "a.tsv", rows)
    assert [[one.label for one in each.labels] for each in found[1]] == [["A"], ["B", "A"], ["A"]]
