"""Labels in the cells of tables, and in fields of records, beside a text."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from made_projects import bring, project_in
from read_again import NOTHING, frames, read, said, spans

from annotator.exchange.tables.cell_kinds import places_of
from annotator.exchange.tables.cell_values import list_in
from annotator.model.formats import ImportOptions
from annotator.services.importing import preview

TEXT = "Ada Bell met Bo in Rye. The mayor said it is safe."
PLACED = [("LOC", ["Rye"]), ("PER", ["Ada Bell"])]


def table(*rows: list[str]) -> str:
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    return "\n".join(quoted) + "\n"


@pytest.mark.parametrize(
    "cell",
    [
        "[(0, 8, 'PER'), (19, 22, 'LOC')]",
        '[[0, 8, "PER"], [19, 22, "LOC"]]',
        "[('PER', 0, 8), ('LOC', 19, 22)]",
        "[('Ada Bell', 0, 8, 'PER'), ('Rye', 19, 22, 'LOC')]",
        "[{'start': 0, 'end': 8, 'label': 'PER'}, {'start': 19, 'end': 22, 'label': 'LOC'}]",
        '[{"start":0,"end":8,"text":"Ada Bell","labels":["PER"]},{"start":19,"end":22,"labels":["LOC"]}]',
        "{'entities': [(0, 8, 'PER'), (19, 22, 'LOC')]}",
        "B-PER I-PER O O O S-LOC O O O O O O",
        "['B-PER', 'I-PER', 'O', 'O', 'O', 'B-LOC', 'O', 'O', 'O', 'O', 'O', 'O']",
        "['B-PER' 'I-PER' 'O' 'O' 'O'\n 'B-LOC' 'O' 'O' 'O' 'O' 'O' 'O']",
        '[["Ada Bell", "PER"], ["Rye", "LOC"]]',
        '[["PER", "Ada Bell"], ["LOC", "Rye"]]',
        '[{"text": "Ada Bell", "label": "PER"}, {"text": "Rye", "label": "LOC"}]',
        '{"PER": ["Ada Bell"], "LOC": ["Rye"], "ORG": []}',
        "{'Ada Bell': 'PER', 'Rye': 'LOC'}",
    ],
)
def test_lists_of_labels_in_a_cell_are_labels(tmp_path: Path, cell: str) -> None:
    found = read(tmp_path, "a.csv", table(["text", "labels"], [TEXT, cell], ["Nobody came.", ""]))
    words = [(label, [one.rstrip(".") for one in pieces]) for label, pieces in spans(found)]
    assert words == PLACED
    assert said(found) == "a.csv: labels were read beside the text, from: labels"
    assert spans(found, 1) == []


@pytest.mark.parametrize(
    ("column", "cell", "label", "words"),
    [
        ("spans", "[0, 1, 2, 19, 20, 21]", "SPAN", ["Ada", "Rye"]),
        ("toxic_spans", "[[0, 3], [19, 22]]", "toxic", ["Ada", "Rye"]),
        ("quotes", "['Ada', 'in Rye']", "quotes", ["Ada", "in Rye"]),
    ],
)
def test_places_and_words_without_labels_bear_the_name_of_their_column(
    tmp_path: Path, column: str, cell: str, label: str, words: list[str]
) -> None:
    found = read(tmp_path, "a.csv", table([column, "text"], [cell, TEXT], ["[]", "Nobody came."]))
    assert spans(found) == [(label, [one]) for one in words]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("votes", "[3, 4, 5]"),
        ("keywords", "['Ada', 'Rye']"),
        ("spans", "[1, 900]"),
        ("labels", "[[3, 900, 'PER']]"),
    ],
)
def test_other_lists_are_facts_as_they_stand(tmp_path: Path, column: str, cell: str) -> None:
    found = read(tmp_path, "a.csv", table(["text", column], [TEXT, cell]))
    assert (spans(found), found[1][0].article.meta) == ([], {column: cell})
    assert found[0].problems == ()


def test_a_cell_unlike_the_others_is_named_with_its_line(tmp_path: Path) -> None:
    rows = [[f"{TEXT} {at}", "[[0, 3, 'PER']]"] for at in range(120)]
    rows[110][1], rows[4][1] = "[[0, 'PER']]", "[[0, 900, 'PER']]"
    found = read(tmp_path, "a.csv", table(["text", "entities"], *rows))
    first, second = map(str, found[0].problems)
    assert "line 6" in first
    assert "900" in first
    assert "line 112: entities: \"[[0, 'PER']]\" is no list of labels as in the rows before" in second
    assert len(found[1]) == 120
    assert sum(len(one.spans) for one in found[1]) == 118


def test_rows_of_spans_of_one_text_are_one_article(tmp_path: Path) -> None:
    rows = [["7", TEXT, "0", "8", "PER"], ["8", TEXT, "19", "22", "LOC"], ["9", "Nobody.", "", "", ""]]
    found = read(tmp_path, "a.csv", table(["id", "text", "start", "end", "label"], *rows))
    assert len(found[1]) == 2
    assert spans(found) == PLACED


@pytest.mark.parametrize(("word", "label"), [("entity", "label"), ("span", "type"), ("word", "entity_type")])
def test_rows_of_words_of_a_text_are_its_spans(tmp_path: Path, word: str, label: str) -> None:
    rows = [[TEXT, "Ada Bell", "PER"], [TEXT, "Rye", "LOC"], ["Bo left.", "Bo", "PER"]]
    found = read(tmp_path, "a.csv", table(["text", word, label], *rows))
    assert sorted((label, [one.rstrip(".") for one in pieces]) for label, pieces in spans(found)) == PLACED
    assert (found[0].articles, found[0].article_labels, found[0].problems) == (2, 0, ())


def test_words_that_a_text_was_found_by_have_no_label(tmp_path: Path) -> None:
    rows = [[TEXT, "Rye", "calm"], ["Bo left.", "Bo", "angry"]]
    found = read(tmp_path, "a.csv", table(["text", "keyword", "label"], *rows))
    assert (found[0].spans, found[0].article_labels) == (0, 2)


def test_fields_that_some_records_lack_say_nothing_there(tmp_path: Path) -> None:
    rows = [{"text": TEXT, "start": 0, "end": 8, "label": "PER"}, {"text": "Nobody."}]
    found = read(tmp_path, "a.jsonl", "".join(json.dumps(one) + "\n" for one in rows))
    assert (spans(found), spans(found, 1), found[0].problems) == ([("PER", ["Ada Bell"])], [], ())


def test_an_end_may_be_that_of_the_last_character(tmp_path: Path) -> None:
    """As the words beside it show."""
    rows = [[TEXT, "Ada Bell", "0", "7", "PER"], [TEXT, "Rye", "19", "21", "LOC"]]
    found = read(tmp_path, "a.csv", table(["document", "chunk", "begin", "end", "ner_label"], *rows))
    assert spans(found) == [("LOC", ["Rye"]), ("PER", ["Ada Bell"])]


def test_a_number_of_thousands_of_digits_is_no_place(tmp_path: Path) -> None:
    rows = [[TEXT, "0", "8", "PER"]] * 101 + [[TEXT, "0", "1" * 5000, "PER"]]
    found = read(tmp_path, "a.csv", table(["text", "start", "end", "label"], *rows))
    assert spans(found) == [("PER", ["Ada Bell"])]
    assert "line 103: start: it is no place in a text" in said(found)


def test_words_of_an_attribution_make_one_where_they_stand(tmp_path: Path) -> None:
    head = ["text", "claim", "source", "cue"]
    other = "Bo said no. Bo said more."
    found = read(
        tmp_path,
        "a.csv",
        table(head, [TEXT, "it is safe", "The mayor", "said"], [other, "more", "Bo", ""]),
    )
    assert spans(found) == [("Content", ["it is safe"]), ("Cue", ["said"]), ("Source", ["The mayor"])]
    assert frames(found) == [
        ("Attribution", [("Content", "it is safe"), ("Source", "The mayor"), ("Cue", "said")])
    ]
    assert spans(found, 1) == [("Content", ["more"])]
    assert "line 3: source: the words 'Bo' stand 2 times in the text" in said(found)


def test_an_outlet_is_no_source_of_a_claim(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", table(["text", "source"], ["Rye Post says so.", "Rye Post"]))
    assert (spans(found), found[1][0].article.meta) == ([], {"outlet": "Rye Post"})


def test_stances_on_a_target_are_stances_of_the_article(tmp_path: Path) -> None:
    rows = ["ID\tTarget\tTweet\tStance", "1\tFerries\tThey sink.\tAGAINST", "2\tFerries\tGood.\tFAVOR"]
    found = read(tmp_path, "a.tsv", "\n".join(rows) + "\n")
    values = [one.frames[0].attributes["value"] for one in found[1]]
    assert values == ["disagree", "agree"]
    assert [one.wording for one in found[1][0].claim_cards] == ["Ferries"]
    assert "the column 'Tweet' was taken for the text" in said(found)


@pytest.mark.parametrize(
    ("column", "cells", "labels"),
    [
        ("label", ["OBJ", "SUBJ"], ["OBJ", "SUBJ"]),
        ("labels", ["['a', 'b c']", "['a']"], ["a", "a", "b c"]),
        ("our rating", ["false", "partially false"], ["false", "partially false"]),
        ("label", ["yes", "no"], []),
        ("label", ["0", "1"], ["label 0", "label 1"]),
        ("category", ["Sports", "News"], []),
    ],
)
def test_classes_are_labels_of_the_article(
    tmp_path: Path, column: str, cells: list[str], labels: list[str]
) -> None:
    rows = [[f"{TEXT} {at}", cell] for at, cell in enumerate(cells)]
    found = read(tmp_path, "a.csv", table(["text", column], *rows))
    assert sorted(one.label for content in found[1] for one in content.labels) == labels
    assert [column in one.article.meta for one in found[1]] == [not labels] * len(rows)
    lines = "".join(json.dumps({"text": row[0], column: list_in(row[1]) or row[1]}) + "\n" for row in rows)
    (tmp_path / "b").mkdir()
    found = read(tmp_path / "b", "b.jsonl", lines)
    assert sorted(one.label for content in found[1] for one in content.labels) == labels


def test_sheets_are_read_like_tables(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["text", "entities"])
    book.active.append([TEXT, "[(0, 8, 'PER'), (19, 22, 'LOC')]"])
    book.save(tmp_path / "a.xlsx")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.xlsx", new_labels="add")
        assert (summary.spans, summary.problems) == (2, ())


def test_words_and_tags_in_lists_are_a_text(tmp_path: Path) -> None:
    rows = [["['Ada', 'met', 'Bo']", "['B-PER', 'O', 'B-PER']"], ["['No']", "['O', 'O']"], ["['No']", "[1]"]]
    found = read(tmp_path, "a.csv", table(["tokens", "ner_tags"], *rows))
    assert spans(found) == [("PER", ["Ada"]), ("PER", ["Bo"])]
    assert [one.line for one in found[0].problems] == [3, 4]
    assert "line 3: tokens: it has no list of tokens, with as many tags" in said(found)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "labels.txt").write_text("O\nB-PER\n", "utf-8")
    found = read(tmp_path / "b", "b.csv", table(["tokens", "ner_tags"], ["['Ada', 'met']", "[1, 0]"]))
    assert spans(found) == [("PER", ["Ada"])]


def test_numbers_of_tags_need_their_names(tmp_path: Path) -> None:
    found = read(tmp_path, "b.csv", table(["tokens", "ner_tags"], ["['Ada', 'met']", "[1, 0]"]))
    assert "its tags are numbers, and nothing says what they stand for" in said(found)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("('a', 1)", ["a", 1]),
        ("{1: (2, 3)}", {"1": [2, 3]}),
        ("['it' \"a b\"]", ["it", "a b"]),
        ("[1 2  3]", [1, 2, 3]),
        ("[array([1, 2]), array(['a'], dtype=object)]", [[1, 2], ["a"]]),
        ("[open('x')]", None),
        ("[" * 5000 + "]" * 5000, None),
        ("['" * 30_000, None),
        ("[1] and more", None),
        ("plain", None),
        ("('a')", None),
        (r"['C:\dir', 'it']", [r"C:\dir", "it"]),
        ("{(1, 2)}", [[1, 2]]),
        ("{[1]: 2}", None),
    ],
)
def test_lists_as_programs_write_them(cell: str, value: object) -> None:
    assert list_in(cell) == value


@pytest.mark.parametrize(
    ("words", "text", "places"),
    [
        ("in \n Rye", "in\tRye, in  Rye-", [(0, 6), (8, 15)]),
        ("art", "part art-", [(5, 8)]),
        ("art", "party", [(1, 4)]),
        ("aa", "aaaa", [(0, 2), (2, 4)]),
        ("“No”", "a“No” “No”", [(6, 10)]),
        (" ", "a b", []),
        ("a", "", []),
    ],
)
def test_words_stand_alone_or_else_within_others(
    words: str, text: str, places: list[tuple[int, int]]
) -> None:
    assert places_of(words, text) == places


def test_what_is_nested_too_deeply_for_a_cell_says_nothing(tmp_path: Path) -> None:
    deep = "[" * 300 + "]" * 300
    found = read(tmp_path, "a.jsonl", f'{{"text":"{TEXT}","toxic_spans":[[0,8]],"more":{deep}}}\n')
    assert spans(found) == [("toxic", ["Ada Bell"])]


def test_of_long_cells_only_the_first_tell_what_a_column_is(tmp_path: Path) -> None:
    cells = ["[(0, 3, 'PER')]", *["[[0, 3, " + "'no' " * 100_000 + "]]"] * 2]
    found = read(tmp_path, "a.csv", table(["text", "labels"], *([TEXT, one] for one in cells)))
    assert spans(found) == [("PER", ["Ada"])]
    assert "line 3: labels: " in said(found)


def test_what_comes_before_the_end_of_a_torn_file_is_read(tmp_path: Path) -> None:
    rows = [json.dumps({"text": f"Ada said no {at}.", "more": "a"}) for at in range(3)]
    torn = '{"text": "It is torn.", "text": "It is twice."}'
    found = read(tmp_path, "a.json", "[\n" + ",\n".join([*rows, torn]) + "\n]\n")
    assert (len(found[1]), "stands twice" in said(found)) == (3, True)
    (tmp_path / "b").mkdir()
    found = read(
        tmp_path / "b", "b.csv", table(["text", "more"], *[["Ada left.", "a"]] * 2) + '"It is "torn",a\n'
    )
    assert (found[0].articles, len(found[0].problems)) == (1, 1)


@pytest.mark.parametrize(("column", "labels"), [("Label", ["TRUE", "FALSE"]), ("is_quote", [])])
def test_true_and_false_are_verdicts_where_their_column_is_one(
    tmp_path: Path, column: str, labels: list[str]
) -> None:
    rows = table(["text", column], [TEXT, "TRUE"], [TEXT[:22], "FALSE"])
    _, found, _ = read(tmp_path, "a.csv", rows)
    assert [label.label for one in found for label in one.labels] == labels


def test_places_that_count_words_are_no_places_of_characters(tmp_path: Path) -> None:
    rows = [[TEXT, "[('claim', 1, 5)]", "[('reason', 6, 11)]"], [TEXT, "[]", "[('reason', 2, 4)]"]]
    found = read(tmp_path, "a.csv", table(["transcription", "claim", "premise"], *rows))
    assert spans(found) == []
    assert "cells with lists that tell no labels were kept as they are: claim, premise" in said(found)


def test_each_of_several_labels_of_a_text_is_one(tmp_path: Path) -> None:
    rows = [[TEXT, "Biased", "Ada", "7"], ["Nobody came.", "Fair", "Bo", "8"]]
    found = read(tmp_path, "a.csv", table(["text", "label_bias", "labeled by", "label_id"], *rows))
    assert [one.label for content in found[1] for one in content.labels] == ["Biased", "Fair"]


def test_a_table_without_a_head_may_have_other_marks_in_its_texts(tmp_path: Path) -> None:
    names = ["Ada", "Bo", "Cy", "Di"]
    rows = [f"Sport;{one} kam, sah, und siegte{',' * at} am Ende doch." for at, one in enumerate(names)]
    found = read(tmp_path, "a.csv", "\n".join(rows) + "\n")
    assert [content.article.text.split()[0] for content in found[1]] == names


@pytest.mark.parametrize("text", ["渡船会留下来的市长说", "กรุงเทพมหานครเป็นเมืองหลวง"])
def test_places_in_a_text_without_blanks_are_of_characters(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, "a.csv", table(["text", "labels"], [text, '[[1, 5, "CLAIM"]]']))
    assert spans(found) == [("CLAIM", [text[1:5]])]


def test_sentences_in_a_column_of_labels_are_no_classes(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", table(["text", "column_label"], ["No.", "いいえ。"], ["Yes!", "はい！"]))
    assert [one.labels for one in found[1]] == [(), ()]


@pytest.mark.parametrize("name", ["code", "Type", "class"])
def test_names_that_others_bear_too_are_of_classes_where_few_come_again(tmp_path: Path, name: str) -> None:
    kinds = ["premise", "claim", "premise", "claim"]
    rows = [[f"{TEXT} {at}", kind] for at, kind in enumerate(kinds)]
    found = read(tmp_path, "a.csv", table(["sentence", name], *rows))
    assert [one.label for content in found[1] for one in content.labels] == kinds
    (tmp_path / "b").mkdir()
    found = read(tmp_path / "b", "b.csv", table(["title", "text", name], *[["News", *row] for row in rows]))
    assert [one.article.meta[name] for one in found[1]] == kinds


def test_a_column_of_labels_is_chosen_and_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(["text", "mood", "label"], [TEXT, "calm", "OBJ"]), encoding="utf-8")
    shown = preview(path, ImportOptions()).columns
    assert [(one.name, one.use) for one in shown] == [("text", "text"), ("mood", "meta"), ("label", "label")]
    found = read(
        tmp_path, "b.csv", path.read_text(encoding="utf-8"), columns={"mood": "label", "label": "meta"}
    )
    assert [one.label for one in found[1][0].labels] == ["calm"]
    assert found[1][0].article.meta["label"] == "OBJ"


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_a_text_is_told_by_what_stands_in_its_column(tmp_path: Path, name: str) -> None:
    rows = [
        ("h1", "Die Fähre fährt am Montag nicht.", "de"),
        ("h2", "Ada Bell blieb bis zum Abend in Rye.", "de"),
    ]
    records = [dict(zip(("hash", "zeile", "herkunft"), row, strict=True)) for row in rows]
    lines = "".join(json.dumps(one) + "\n" for one in records)
    data = lines if name == "a.jsonl" else table(["hash", "zeile", "herkunft"], *map(list, rows))
    found = read(tmp_path, name, data)
    assert [one.article.text for one in found[1]] == [row[1] for row in rows]
    assert "'zeile' was taken for the text" in said(found)


@pytest.mark.parametrize("cell", ["7f3a", "Johnson & Johnson", "https://example.org/a/b"])
def test_names_numbers_and_addresses_are_no_texts(tmp_path: Path, cell: str) -> None:
    found = read(tmp_path, "a.csv", table(["key", "url"], [cell, cell], [cell, cell]))
    assert "no column is known to hold the text" in str(found[0].problems)


def test_words_with_a_label_that_stand_in_several_places_are_told_unless_they_come_as_often(
    tmp_path: Path,
) -> None:
    text = "Ada met Ada in Rye; Rye is safe."
    rows = [{"text": text, "entities": [["Ada", "PER"], ["Rye", "LOC"], ["Ada", "PER"], ["Bo", "PER"]]}]
    found = read(tmp_path, "a.jsonl", json.dumps(rows[0]))
    assert spans(found) == [("PER", ["Ada"]), ("PER", ["Ada"])]
    assert "the words 'Rye' stand 2 times in the text; say where" in said(found)
    assert "the words 'Bo' do not stand in the text; say where" in said(found)


@pytest.mark.parametrize("column", ["annotator", "user"])
def test_who_gave_a_text_its_label_may_stand_beside_it(tmp_path: Path, column: str) -> None:
    rows = [{"text": TEXT, "label": "SAFE", column: one} for one in ("Ada", "Bo")]
    _, articles, names = read(tmp_path, "a.jsonl", "\n".join(map(json.dumps, rows)))
    labels = [(one.label, names[one.annotator]) for each in articles for one in each.labels]
    assert labels == [("SAFE", "Ada"), ("SAFE", "Bo")]
