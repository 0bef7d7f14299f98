"""Records of other tools in shapes that are rare but theirs: read right, with a note, or refused clearly."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from odd_files import TEXT, covered, read, region, task
from read_again import said


def test_label_studio_before_its_version_1(tmp_path: Path) -> None:
    made = [{"data": {"text": TEXT}, "completions": [{"result": [region(labels=["CLAIM"])]}]}]
    found = read(tmp_path, "a.json", made)
    assert dict(found[0].formats) == {"label_studio": 1}
    assert covered(found) == [("CLAIM", "Ada")]


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ({"taxonomy": [["Kind", "Direct"], ["Kind", "Other"]]}, "Kind / Direct, Kind / Other"),
        ({"rating": 4}, "4"),
        ({"number": 0}, "0"),
        ({"text": ["two", "remarks"]}, "two, remarks"),
    ],
)
def test_what_is_said_of_a_region_is_not_the_words_it_covers(tmp_path: Path, value: Any, answer: str) -> None:
    _, (content,) = read(tmp_path, "a.json", task(region(labels=["CLAIM"]), region(**value)))
    assert dict(content.spans[0].attributes) == {"wording": answer}


def test_regions_without_a_label_and_drafts_are_counted(tmp_path: Path) -> None:
    made = task(region(labels=[]), {**region(labels=["CLAIM"]), "id": "b"}, drafts=[{"result": []}])
    found = read(tmp_path, "a.json", made)
    assert covered(found) == [("CLAIM", "Ada")]
    assert "1 × regions without a label" in said(found)
    assert "1 × drafts, which nobody submitted" in said(found)


def test_labels_of_old_doccano_are_numbers(tmp_path: Path) -> None:
    rows = [
        {"text": TEXT, "annotations": [{"label": 1, "start_offset": 0, "end_offset": 3, "user": 1}]},
        {"text": "Ben.", "annotations": [{"label": 2, "user": 1}]},
    ]
    data = "\n".join(map(json.dumps, rows))
    found = read(tmp_path, "a.jsonl", data, labels={"1": "CLAIM", "2": "TOPIC"})
    assert dict(found[0].formats) == {"doccano": 1}
    assert covered(found) == [("CLAIM", "Ada")]
    assert [one.label for each in found[1] for one in each.labels] == ["TOPIC"]


@pytest.mark.parametrize(("start", "end", "is_told"), [(10, 99, False), (12, 15, True)])
def test_a_place_beyond_the_text_is_no_place_in_other_units(
    tmp_path: Path, start: int, end: int, is_told: bool
) -> None:
    one = {"start": start, "end": end, "label": "CLAIM", "text": "no."}
    data = [{"text": "😀 Ada said no.", "annotations": [one]}]
    found = read(tmp_path, "a.json", data, new_labels="add")
    assert covered(found) == []
    assert "lies beyond the text of 14 characters" in said(found)
    assert ("it fits if the offsets are UTF-16 units" in said(found)) is is_told


def test_annotations_with_a_start_and_an_end_are_spans(tmp_path: Path) -> None:
    one = {"start": 0, "end": 3, "label": "SOURCE", "text": "Ada"}
    found = read(
        tmp_path, "a.json", [{"text": TEXT, "annotations": [one, {"label": "NEWS"}]}], new_labels="add"
    )
    assert (covered(found), found[0].problems) == ([("SOURCE", "Ada")], ())
    assert [label.label for label in found[1][0].labels] == ["NEWS"]
    wrong = [{"text": TEXT, "annotations": [{"start": 0, "label": "SOURCE"}]}]
    (tmp_path / "b").mkdir()
    assert "annotations[0].end: there is no end" in said(read(tmp_path / "b", "a.json", wrong))


def test_what_doccano_holds_beside_labels_is_kept_or_named(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "label": [[0, 3, "CLAIM"]],
        "meta": {"deep": {"a": 1}},
        "Comments": [{"text": "Why?"}],
    }
    found = read(tmp_path, "a.jsonl", row)
    assert "left out: deep" in said(found)
    assert any("Why?" in one for one in found[1][0].article.notes)


def test_spans_that_are_no_list_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", [[TEXT, {"entities": {"a": 1}}]])
    assert "entities: it is an object, it has to be a list" in said(found)


def test_entities_without_tokens_are_those_of_spacy(tmp_path: Path) -> None:
    made = {"text": TEXT, "ents": [{"start": 0, "end": 3, "label": "CLAIM"}], "title": None}
    assert covered(read(tmp_path, "a.json", made)) == [("CLAIM", "Ada")]


def prodigy(**more: Any) -> dict[str, Any]:
    tokens = [{"id": 0, "start": 0, "end": 3}, {"id": 1, "start": 4, "end": 8}]
    return {"text": TEXT, "_view_id": "x", "answer": "accept", "tokens": tokens, **more}


def test_options_of_prodigy_with_numbers(tmp_path: Path) -> None:
    row = prodigy(options=[{"id": 1, "text": "TOPIC"}, {"id": ["odd"], "text": ""}], accept=[1])
    _, (content,) = read(tmp_path, "a.jsonl", row)
    assert [one.label for one in content.labels] == ["TOPIC"]


def test_a_label_that_prodigy_asked_about(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jsonl", prodigy(label="CLAIM", spans=[{"start": 0, "end": 3}]))
    assert covered(found) == [("CLAIM", "Ada")]
    assert found[0].problems == ()


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_a_label_of_a_text_that_was_not_accepted_is_named(tmp_path: Path, answer: str) -> None:
    found = read(tmp_path, "a.jsonl", prodigy(label="TOPIC") | {"answer": answer})
    assert found[1][0].labels == ()
    assert "1 × labels of the whole text that were not accepted" in said(found)


@pytest.mark.parametrize(
    "ends",
    [
        {"head": 0, "child": 1},
        {
            "head_span": {"start": 0, "end": 3, "label": None},
            "child_span": {"start": 4, "end": 8, "label": None},
        },
    ],
)
def test_relations_of_words_without_a_label(tmp_path: Path, ends: Any) -> None:
    spans = [{"start": 0, "end": 3, "token_end": 0, "label": "CLAIM"}, {"start": 4, "end": 8, "label": None}]
    row = prodigy(spans=spans, relations=[{**ends, "label": "LINK"}])
    found = read(tmp_path, "a.jsonl", row, labels={"WORDS": "SOURCE"})
    assert covered(found) == [("CLAIM", "Ada"), ("SOURCE", "said")]
    assert len(found[1][0].frames) == 1


def test_a_number_of_thousands_of_digits_is_no_place_in_standoff(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    found = read(tmp_path, "a.ann", f"T1\tCLAIM 0 {'9' * 5000}\tAda\nT2\tCLAIM 0 3\tAda\n")
    assert covered(found) == [("CLAIM", "Ada")]
    assert "line 1: T1: expected LABEL START END" in said(found)


@pytest.mark.parametrize("name", ["a\0b", "a\nb", "a\tb"])
def test_a_label_with_control_characters_is_refused(tmp_path: Path, name: str) -> None:
    rows = {"text": TEXT, "label": [[0, 3, name], [4, 8, "CLAIM"]]}
    found = read(tmp_path, "a.jsonl", rows, new_labels="add")
    assert covered(found) == [("CLAIM", "said")]
    assert "is no name for a label: it is empty, or has control characters" in said(found)
    # What it is in the scheme can still be chosen.
    (tmp_path / "again").mkdir()
    assert len(covered(read(tmp_path / "again", "a.jsonl", rows, labels={name: "SOURCE"}))) == 2


def test_a_cas_in_json_read_as_other_json_says_what_to_choose(tmp_path: Path) -> None:
    cas = {"%TYPES": {}, "%FEATURE_STRUCTURES": [], "%VIEWS": {}}
    found = read(tmp_path, "a.json", cas, format_name="article_jsonl")
    assert "it is a UIMA CAS in JSON; choose uima_xmi as its format" in said(found)
    assert found[1] == []


def test_bioc_read_as_other_json_says_what_to_choose(tmp_path: Path) -> None:
    made = {"source": "own", "infons": {}, "documents": [{"id": "1", "passages": [{"text": TEXT}]}]}
    found = read(tmp_path, "a.json", json.dumps(made), format_name="article_jsonl")
    assert found[1] == []
    assert "it is BioC in JSON; choose corpora as its format" in said(found)


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        (f"__label__NEWS {TEXT}\n\n__label__SPORT __label__RYE\tNo.\n", [["NEWS"], ["SPORT", "RYE"]]),
        (f"{TEXT} __label__NEWS\n", [[]]),
        (f"__label__NEWS {TEXT}\nNo.\n", [[]]),
        (f"__label__NEWS {TEXT}\n__label__SPORT\n", [[]]),
    ],
)
def test_a_line_for_each_text_with_labels_of_fasttext(
    tmp_path: Path, text: str, articles: list[list[str]]
) -> None:
    summary, found = read(tmp_path, "a.txt", text, new_labels="add")
    assert [[one.label for one in content.labels] for content in found] == articles
    if articles[0]:
        assert [one.article.text for one in found] == [TEXT, "No."]
    is_left = text.startswith("__label__") and not articles[0]
    assert ("only some of its lines have label and text" in said((summary, found))) is is_left


def test_some_lines_of_fasttext_may_have_no_label(tmp_path: Path) -> None:
    text = f"__label__NEWS {TEXT}\nNo.\n__label__SPORT __label__RYE Yes.\n"
    summary, found = read(tmp_path, "a.txt", text, new_labels="add")
    said_of = [(one.article.text, [label.label for label in one.labels]) for one in found]
    assert said_of == [(TEXT, ["NEWS"]), ("No.", []), ("Yes.", ["SPORT", "RYE"])]
    assert "only some of its lines" not in said((summary, found))


def test_what_simple_spans_say_of_themselves_comes_in_and_the_rest_is_named(tmp_path: Path) -> None:
    record = {
        "text": TEXT,
        "spans": [
            {"id": 1, "start": 0, "end": 3, "label": "SOURCE", "note": "sure?", "colour": "red"},
            {"id": 2, "start": 9, "end": 11, "label": "CLAIM", "attributes": {"mood": 3, "odd": ["x"]}},
        ],
        "relations": [{"from": 1, "to": 2, "label": "LINK", "note": "says", "attributes": 5}],
    }
    before = time.time()
    found = read(tmp_path, "a.json", record, new_labels="add")
    (content,) = found[1]
    source, claim = sorted(content.spans, key=lambda one: one.start)
    assert (source.note, dict(claim.attributes)) == ("sure?", {"mood": "3"})
    assert [one.note for one in content.frames] == ["says"]
    assert min(one.created for one in (*content.spans, *content.frames)) >= int(before * 1_000_000)
    assert "spans and relations that were not read: attributes, attributes.odd, colour" in said(found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"text": "Words."}\n', "JSON"),
        ('[\n  {"text": "Words."}\n]', "JSON"),
        ("<!DOCTYPE html><p>Words.", "a web page"),
        ("\n<html lang=en><p>Words.", "a web page"),
        ("<?xml version='1.0'?><nitf/>", "XML"),
        ("From a@b.invalid  Mon\nTo: c\nSubject: d\n  e\nReceived: from f\n\nWords.", "a mail"),
        ("Anna: Received what?\nBen: Nothing.", ""),
        ("“{Words} and <more>, he said.", ""),
        ('{Words "and": more}', ""),
    ],
)
def test_a_text_file_that_holds_another_kind_is_noted(tmp_path: Path, text: str, kind: str) -> None:
    summary, (content,) = read(tmp_path, "a.txt", text)
    said = f"a.txt: it holds {kind}, and was read as it stands; rename it, or choose its format"
    assert [one for one in summary.notes if "it holds" in one] == ([said] if kind else [])
    assert content.article.text.strip() == text.strip()


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("id\theadline\ttext\n1\tPlan\tThe board voted no.\n", ".tsv"),
        ('\ufeff"id","headline","text"\r\n1,Plan,The board voted no.\r\n', ".csv"),
        ("title;text\nPlan;The board voted no.", ".csv"),
        ("Text, title\nand author, he said, were lost.", ""),
        ("text,title", ""),
        (" \n" * 20 + "The board voted no.", ""),
        ("One,two\nand three, they sang.", ""),
    ],
)
def test_a_short_table_that_is_called_a_text_is_noted(tmp_path: Path, text: str, ending: str) -> None:
    summary, _ = read(tmp_path, "a.txt", text)
    told = [one.partition("; name it ")[2] for one in summary.notes if "it holds a table" in one]
    assert told == ([f"{ending} to have its rows read"] if ending else [])


def test_a_table_of_words_without_tags_that_are_known_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, "a.tsv", "tok\tlemma\tpos\tstwr\nAda\tAda\tNE\t-\n")
    assert "it has a word in each row; convert it to columns of words and tags, as CoNLL has" in said(found)


def test_records_on_one_line_are_told_by_their_number(tmp_path: Path) -> None:
    good, far = region(labels=["CLAIM"]), region(labels=["CLAIM"], end=99)
    tasks = [
        {"id": at, "data": {"text": f"Ada {at}."}, "annotations": [{"result": [good]}]} for at in range(3)
    ]
    tasks[1]["annotations"] = [{"result": [far]}]
    found = read(tmp_path, "a.json", [*tasks, 5])
    assert [str(one).partition(":")[0] for one in found[0].problems] == [
        "a.json, record 2",
        "a.json, record 4",
    ]
    assert len(found[1]) == 3


def test_a_list_over_lines_and_ids_that_stand_twice_count_records_too(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", '[\n{"id": "a", "text": "One."},\n{"id": "a", "text": "Two."}\n]')
    assert "a.json, record 2: id: the id 'a' stands for two texts, in record 1 and in record 2" in said(found)


COLUMNS = "Ada B-PERSON\nleft O\n. O\n\nBen B-PERSON\n"


@pytest.mark.parametrize("name", ["eng.train", "eng.testa", "a.bioes", "a.io", "a.txt"])
def test_columns_of_tags_have_many_endings(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, name, COLUMNS, new_labels="add")
    assert dict(found[0].formats) == {"conll": 1}
    assert covered(found) == [("PERSON", "Ada"), ("PERSON", "Ben")]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("-DOCSTART- O\n\nAda PERSON\nleft O\n", [("PERSON", "Ada")]),
        ("Ada PERSON\nleft O\n. O\nBen PERSON\n", [("PERSON", "Ada"), ("PERSON", "Ben")]),
        ("Ada\tB-PERSON\tx\nleft\tO\ty\n.\tO\tz\nBen\tB-PERSON\tx\n", [("PERSON", "Ada"), ("PERSON", "Ben")]),
        ("Ada\tB-PERSON\n\tI-PERSON\nleft\tO\n.\tO\n", [("PERSON", "Ada")]),
        (
            "# newdoc\n1\tAda\tAda\t_\t_\t_\t0\t_\t_\tNER=B-PERSON\n2\tsat\tsit\t_\t_\t_\t1\t_\t_\t_\n",
            [("PERSON", "Ada")],
        ),
    ],
)
def test_columns_in_a_text_are_told_by_how_they_begin(tmp_path: Path, text: str, spans: Any) -> None:
    found = read(tmp_path, "a.txt", text, new_labels="add")
    assert dict(found[0].formats) == {"conll": 1}
    assert covered(found) == spans


@pytest.mark.parametrize("text", ["HE LEFT\nSHE STAYED\nTHEY CAME\nWE SAW\n", "So O\nsang he\nO no\nO Ada\n"])
def test_verses_of_two_words_are_no_columns(tmp_path: Path, text: str) -> None:
    assert dict(read(tmp_path, "a.txt", text)[0].formats) == {"text": 1}


def test_a_training_file_without_columns_is_of_no_known_kind(tmp_path: Path) -> None:
    found = read(tmp_path, "a.train", "Ada left. She came back.\n")
    assert "it ends in .train, but is none of the kinds of file" in said(found)


def test_relations_in_comments_are_counted(tmp_path: Path) -> None:
    lines = (
        "# relations = 1;1;3;3;met|3;3;1;1;met",
        "1\tAda\tB-PERSON\t_",
        "2\tmet\tO\t_",
        "3\tBen\tB-PERSON\t_",
    )
    found = read(tmp_path, "a.conllu", "\n".join(lines), new_labels="add")
    assert "relations in comments (# relations) were left out: 2" in said(found)
    assert covered(found) == [("PERSON", "Ada"), ("PERSON", "Ben")]


@pytest.mark.parametrize(("start", "is_once"), [(15, True), (16, False)])
def test_doccano_may_count_a_line_end_once(tmp_path: Path, start: int, is_once: bool) -> None:
    made = {"text": "Ada left.\r\nThen Ben came.", "label": [[0, 3, "PERSON"], [start, start + 3, "PERSON"]]}
    found = read(tmp_path, "a.jsonl", made, new_labels="add")
    assert covered(found) == [("PERSON", "Ada"), ("PERSON", "Ben")]
    assert ("positions count the two characters of a line end as one" in said(found)) is is_once


def test_a_label_of_a_text_that_stands_twice_comes_in_once(tmp_path: Path) -> None:
    answer = {"type": "choices", "from_name": "topic", "to_name": "text", "value": {"choices": ["ferries"]}}
    twice = [{"result": [answer]}, {"result": [answer]}]
    found = read(tmp_path, "a.json", [{"data": {"text": TEXT}, "annotations": twice}], new_labels="add")
    assert [one.label for one in found[1][0].labels] == ["ferries"]
    assert "the label ferries of the text stands twice; the second was left out" in said(found)


@pytest.mark.parametrize(
    ("text", "is_table"),
    [
        ("1\tADA\tNo.\t0\n2\tBEN\tYes.\t1\n3\tADA\tWell.\t0\n\n4\tBEN\tSo.\t1\n", True),
        ("\tAda left.\n\tBen stayed.\n\tNobody knew.\n\tIt rained.\n", False),
        ("Ada left.\nBen\tstayed.\nNobody knew.\nIt rained.\n", False),
    ],
)
def test_a_text_that_holds_a_table_is_said_to_hold_one(tmp_path: Path, text: str, is_table: bool) -> None:
    found = read(tmp_path, "a.txt", text)
    assert ("it holds a table" in said(found)) is is_table
    assert len(found[1]) == 1
