"""Corpora in shapes that are rare, or wrong: read where they are meant, or refused with a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from read_again import frames, read, said, spans

LONG = "Ada Mohr said no. " * 200


def passage(offset: int, text: str | None = None, **more: Any) -> dict[str, Any]:
    return {"offset": offset, **({} if text is None else {"text": text}), **more}


def mark(start: int, length: int) -> dict[str, Any]:
    return {"infons": {"type": "PERSON"}, "locations": [{"offset": start, "length": length}]}


def bioc(*passages: dict[str, Any], marks: Any = ()) -> dict[str, Any]:
    return {"documents": [{"id": "d", "passages": [*passages], "annotations": [*marks]}]}


# --- BioC ----------------------------------------------------------------------------------------------


def test_marks_of_a_whole_document_of_bioc_count_as_its_passages_do(tmp_path: Path) -> None:
    marks = [mark(0, 3), mark(11, 3), mark(0, 14)]
    found = read(tmp_path, "a.json", bioc(passage(0, "Ada spoke."), passage(11, "Ben left."), marks=marks))
    assert found[1][0].article.text == "Ada spoke.\n\nBen left."
    assert spans(found) == [("PERSON", ["Ada"]), ("PERSON", ["Ada spoke.\n\nBen"]), ("PERSON", ["Ben"])]


def test_marks_of_a_passage_count_from_its_own_place(tmp_path: Path) -> None:
    made = [
        passage(0, "Ada spoke.", annotations=[mark(0, 3)]),
        passage(0, "Ben left.", annotations=[mark(0, 3)]),
    ]
    assert spans(read(tmp_path, "a.json", bioc(*made))) == [("PERSON", ["Ada"]), ("PERSON", ["Ben"])]


@pytest.mark.parametrize(("second", "text"), [(10, "Ada spoke.Ben left."), (40, "Ada spoke.  Ben left.")])
def test_sentences_of_bioc_may_stand_far_apart(tmp_path: Path, second: int, text: str) -> None:
    sentences = [passage(0, "Ada spoke."), passage(second, "Ben left.", annotations=[mark(second, 3)])]
    found = read(tmp_path, "a.json", bioc(passage(0, sentences=sentences)))
    assert found[1][0].article.text == text
    assert spans(found) == [("PERSON", ["Ben"])]


@pytest.mark.parametrize("offset", [5, None, "x", 2.5])
def test_sentences_of_bioc_over_each_other_are_refused(tmp_path: Path, offset: Any) -> None:
    sentences = [passage(0, "Ada spoke."), {"offset": offset, "text": "Ben left."}]
    found = read(tmp_path, "a.json", bioc(passage(0, sentences=sentences)))
    assert found[1] == []
    assert "passages[0].sentences[1].offset: it has to be a whole number from 10 on" in said(found)


@pytest.mark.parametrize(("start", "length"), [(10, 1), (10, 5), (40, 3), (12, 90)])
def test_a_mark_between_passages_of_bioc_is_named(tmp_path: Path, start: int, length: int) -> None:
    found = read(
        tmp_path,
        "a.json",
        bioc(passage(0, "Ada spoke."), passage(12, "Ben left."), marks=[mark(start, length)]),
    )
    assert spans(found) == []
    assert len(found[0].problems) == 1
    assert f"annotations[0].locations: {start} to {start + length} is not in the words of a passage" in said(
        found
    )


def test_a_mark_of_bioc_without_a_place_is_named_alone(tmp_path: Path) -> None:
    marks = [{**mark(0, 3), "locations": [{"offset": "x", "length": 3}]}, mark(4, 5)]
    found = read(tmp_path, "a.json", bioc(passage(0, "Ada spoke.", annotations=marks)))
    assert spans(found) == [("PERSON", ["spoke"])]
    assert "passages[0].annotations[0].locations.offset" in said(found)


@pytest.mark.parametrize("offset", ["--5", "9" * 5000, "x", ""])
def test_a_place_of_bioc_that_is_no_number_is_named(tmp_path: Path, offset: str) -> None:
    data = (
        "<collection><document><id>1</id><passage><offset>%s</offset><text>Ada spoke.</text></passage>"
        "</document></collection>"
    )
    found = read(tmp_path, "a.xml", data % offset)
    assert found[1] == []
    assert "passages[0].offset: it has to be a whole number" in said(found)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xml", "<collection><book/></collection>"), ("a.json", {"documents": []})],
)
def test_a_collection_without_documents_is_said_to_be_none(tmp_path: Path, name: str, data: Any) -> None:
    found = read(tmp_path, name, data)
    assert found[1] == []
    assert len(found[0].problems) == 1


# --- PubTator ------------------------------------------------------------------------------------------


def test_documents_of_pubtator_need_no_line_between_them(tmp_path: Path) -> None:
    data = "".join(
        f"{number}|t|{name} spoke.\n{number}|a|It ended.\n{number}\t0\t3\t{name}\tPERSON\n"
        for number, name in ((1, "Ada"), (2, "Ben"))
    )
    found = read(tmp_path, "a.pubtator", data)
    assert [one.article.text for one in found[1]] == ["Ada spoke.\nIt ended.", "Ben spoke.\nIt ended."]
    assert [spans(found, at) for at in (0, 1)] == [[("PERSON", ["Ada"])], [("PERSON", ["Ben"])]]


def test_places_of_pubtator_that_are_no_numbers_are_counted(tmp_path: Path) -> None:
    data = "1|t|Ada spoke.\n1|a|It ended.\n1\t%s\t3\tAda\tPERSON\n" % ("9" * 5000)
    found = read(tmp_path, "a.pubtator", data)
    assert [one.article.text for one in found[1]] == ["Ada spoke.\nIt ended."]
    assert spans(found) == []
    assert "left out: 1" in said(found)


def test_what_is_so_or_not_is_a_fact_and_an_attribute(tmp_path: Path) -> None:
    mark = {"type": "CLAIM", "start": 4, "end": 9, "id": 0, "features": {"denied": False}}
    sets = {"": {"name": "", "annotations": [mark]}}
    made = {"text": "Ada spoke.", "features": {"checked": True}, "annotation_sets": sets}
    found = read(tmp_path, "a.json", made)
    (content,) = found[1]
    assert content.article.meta["checked"] == "true"
    assert [dict(one.attributes) for one in content.spans] == [{"denied": "false"}]


# --- Argilla and DyGIE++ -------------------------------------------------------------------------------


def argilla(fields: Any) -> list[dict[str, Any]]:
    who = [{"value": [{"label": "PERSON", "start": 0, "end": 8}], "user_id": "u"}]
    return [{"fields": fields, "responses": {"who": who}, "suggestions": {}}]


def test_a_long_text_of_argilla_is_the_article(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", argilla({"title": "T", "text": LONG}))
    assert found[1][0].article.text == LONG
    assert spans(found) == [("PERSON", ["Ada Mohr"])]


@pytest.mark.parametrize("fields", [[LONG], "x", None, {}, {"text": 3}])
def test_fields_of_argilla_without_a_text_are_named(tmp_path: Path, fields: Any) -> None:
    found = read(tmp_path, "a.json", argilla(fields))
    assert found[1] == []
    assert "it has to be text" in said(found)


@pytest.mark.parametrize(("score", "kept"), [(7.5, 1.0), (-1, 0.0), (0.25, 0.25), (True, 1.0), ("x", 1.0)])
def test_a_score_of_argilla_is_a_share(tmp_path: Path, score: Any, kept: float) -> None:
    record = {
        "text": "Ada spoke.",
        "annotation": None,
        "prediction": [["PERSON", 0, 3, score]],
        "annotation_agent": None,
        "prediction_agent": "m",
    }
    (content,) = read(tmp_path, "a.json", [record])[1]
    assert [one.score for one in content.suggested_spans] == [kept]


def test_events_of_dygie_are_frames_of_their_triggers(tmp_path: Path) -> None:
    record = {
        "doc_key": "x",
        "sentences": [["Ada", "spoke"], ["Ben", "left"]],
        "ner": [[], []],
        "relations": [[], []],
        "events": [[[[1, "SAY"]], [[0, "BE"]]], [[[3, "GO"]]]],
        "clusters": [[[0, 0], [2, 2]]],
    }
    found = read(tmp_path, "a.json", record)
    assert spans(found) == [("TRIGGER", [word]) for word in ("Ada", "left", "spoke")]
    assert frames(found) == [
        ("BE", [("trigger", "Ada")]),
        ("GO", [("trigger", "left")]),
        ("SAY", [("trigger", "spoke")]),
    ]
    assert "left out: 1 × mentions in clusters that are no names" in said(found)


def test_other_fields_of_dygie_are_facts_or_named(tmp_path: Path) -> None:
    record = {"doc_key": "x", "sentences": [["Ada"]], "ner": [[]], "relations": [[]], "dataset": "own"}
    found = read(tmp_path, "a.json", {**record, "predicted_ner": [[[0, 0, "PERSON", 1.0]]]})
    assert dict(found[1][0].article.meta) == {"dataset": "own"}
    assert "left out: predicted_ner" in said(found)


CLAIM = [{"label": "CLAIM", "start": 4, "end": 9}]
BY_USER = [
    {"user_id": "u1", "status": "submitted", "values": {"spans": {"value": CLAIM}, "who": {"value": "x"}}},
    {"user_id": "u2", "status": "discarded", "values": {"who": {"value": "y"}}},
]
BY_QUESTION = [
    {"question_name": "spans", "value": CLAIM, "user_id": "u1", "status": "submitted"},
    {"question_name": "who", "value": "x", "user_id": "u1", "status": "submitted"},
    {"question_name": "who", "value": "y", "user_id": "u2", "status": "discarded"},
]


@pytest.mark.parametrize("responses", [BY_USER, BY_QUESTION], ids=["by user", "by question"])
def test_answers_of_argilla_may_be_in_a_list(tmp_path: Path, responses: Any) -> None:
    spans = [{**CLAIM[0], "score": 0.7}, {"label": "SOURCE", "start": 0, "end": 3}]
    proposed = [{"question_name": "spans", "value": spans, "agent": "m", "score": [0.5]}]
    record = {"fields": {"text": "Ada spoke."}, "responses": responses, "suggestions": proposed}
    found = read(tmp_path, "a.json", [record])
    (content,) = found[1]
    names = found[2]
    assert [(one.label, names[one.annotator]) for one in content.spans] == [("CLAIM", "u1")]
    assert [(one.label, names[one.annotator]) for one in content.labels] == [("x", "u1")]
    assert {(one.label, one.score) for one in content.suggested_spans} == {("CLAIM", 0.7), ("SOURCE", 0.5)}
    assert "left out: 1 × discarded answer to who" in said(found)


@pytest.mark.parametrize("field", ["responses", "suggestions"])
def test_answers_of_argilla_to_no_question_are_counted(tmp_path: Path, field: str) -> None:
    record = {"fields": {"text": "Ada spoke."}, "responses": {}, "suggestions": {}}
    found = read(tmp_path, "a.json", [{**record, field: [{"value": "x"}]}])
    assert [one.article.text for one in found[1]] == ["Ada spoke."]
    assert f"left out: 1 × {field} in a list that say no question" in said(found)


def test_labels_that_argilla_proposed_for_a_text_are_counted(tmp_path: Path) -> None:
    record = {
        "text": "Ada spoke.",
        "annotation": "ferries",
        "annotation_agent": "ada",
        "prediction_agent": "m",
    }
    found = read(tmp_path, "a.json", [{**record, "prediction": [["ferries", 0.9], ["ships", 0.1]]}])
    assert [one.label for one in found[1][0].labels] == ["ferries"]
    assert "left out: 2 × proposed label of the text" in said(found)


# --- PubAnnotation -------------------------------------------------------------------------------------


def test_attributes_of_pubannotation_are_kept_or_counted(tmp_path: Path) -> None:
    record = {
        "text": "Ada met Ben.",
        "denotations": [
            {"id": key, "span": {"begin": begin, "end": begin + 3}, "obj": "Person"}
            for key, begin in (("T1", 0), ("T2", 8))
        ],
        "relations": [{"id": "R1", "pred": "met", "subj": "T1", "obj": "T2"}],
        "attributes": [
            {"pred": "sure", "subj": subject, "obj": value}
            for subject, value in (("R1", "no"), ("T2", "yes"), ("T9", "yes"))
        ],
        "modifications": [{"id": "M1", "pred": "Negation", "obj": "R1"}],
    }
    found = read(tmp_path, "a.json", record)
    (content,) = found[1]
    assert [dict(one.attributes) for one in content.frames] == [{"sure": "no", "Negation": "yes"}]
    assert [dict(one.attributes) for one in content.spans] == [{}, {"sure": "yes"}]
    assert "left out: 1 × attributes of what is not there" in said(found)


# --- Argilla by fields, DataTurks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"q.responses": ["sea"], "q.responses.users": 7}, "q.responses.users' is a number"),
        (
            {"q.responses": "sea", "q.responses.users": ["u"]},
            "'q.responses' is text ('sea'), it has to be a list",
        ),
        ({"annotation": 1.5}, "'annotation' is a number"),
        ({"annotation": ["sea"]}, "annotation[0]: it is text"),
    ],
)
def test_what_has_to_be_a_list_and_is_none_is_told(tmp_path: Path, odd: dict[str, Any], why: str) -> None:
    made = [{"text": LONG, "content": LONG, "extras": None, **odd}]
    found = read(tmp_path, "a.json", made, format_name="corpora")
    assert why in said(found)
