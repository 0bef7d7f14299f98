"""Labels of tools that are not known by name come in by their shape; what is no label stays out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from read_again import drafts

from annotator.exchange.articles.article_jsonl import FORMAT
from annotator.exchange.corpora.corpora import FORMAT as CORPORA
from annotator.exchange.training.spacy_json import FORMAT as SPACY
from annotator.model.formats import Draft

TEXT = "Ada Rask said Port Ver is safe."
PERSON, PLACE = ("PER", ["Ada Rask"], ""), ("LOC", ["Port Ver"], "")


def read(path: Path, values: Any, importer: Any = FORMAT.importer) -> tuple[list[Draft], list[str]]:
    path.write_text(json.dumps(values), encoding="utf-8")
    assert importer.recognises(path)
    found, told = drafts(importer, path)
    return found, [*told, *(note for one in found for note in one.notes)]


def spans(draft: Draft) -> list[tuple[str, list[str], str]]:
    marks = draft.marks.spans if draft.marks else ()
    return [(one.label, [draft.text[a:b] for a, b in one.fragments], one.by) for one in marks]


def frames(draft: Draft) -> list[tuple[str, list[tuple[str, str]]]]:
    assert draft.marks is not None
    words = {one.key: draft.text[slice(*one.fragments[0])] for one in draft.marks.spans}
    return [(one.label, [(end.role, words[end.key]) for end in one.ends]) for one in draft.marks.frames]


SEGMENT = {"text_extraction": {"text_segment": {"start_offset": 0, "end_offset": 8}}}
SHAPES: tuple[dict[str, Any], ...] = (
    {"text": TEXT, "labels": [{"start_char": 0, "end_char": 8, "label": "PER"}]},
    {"text": TEXT, "annotations": [{"label_name": "PER", "start_char": 0, "end_char": 8}]},
    {"text": TEXT, "span_annotations": [{"annotation": "PER", "start": 0, "end": 8, "span": "Ada Rask"}]},
    {"text": TEXT, "entities": [{"type": "PER", "start": 0, "end": 8}]},
    {"text": TEXT, "labels": [{"start_index": "0", "end_index": "8", "label": "PER"}]},
    {"text": TEXT, "labels": [{"start": 0, "end": 8, "text_fragment": "Ada Rask", "technique": "PER"}]},
    {"text": TEXT, "entities": [{"category": "PER", "offset": 0, "length": 8, "text": "Ada Rask"}]},
    {"text": TEXT, "entities": {"PER": [{"indices": [0, 8], "id": 1}]}},
    {"text": TEXT, "spans": [{"begin": 0, "stop": 8, "tag": "PER"}]},
    {"text": TEXT, "spans": [{"start": 0, "end": 7, "type": "PER", "text": "Ada Rask"}]},
    {"sentence": TEXT, "entities": [{"name": "Ada Rask", "type": "PER", "pos": [0, 8]}]},
    {"text_snippet": {"content": TEXT}, "annotations": [{**SEGMENT, "display_name": "PER"}]},
    {"textContent": TEXT, "marks": [{"startOffset": 0, "endOffset": 8, "displayName": "PER"}]},
    {
        "source": TEXT,
        "ner": {"annotations": {"entities": [{"label": "PER", "startOffset": 0, "endOffset": 8}]}},
    },
    {"freeText": TEXT, "instances": [{"type": "entity", "className": "PER", "start": 0, "end": 8}]},
    {"text": TEXT, "sentences": [{"start": 0, "end": 8, "label": "PER"}]},
    {"documents": [{"id": 1, "text": TEXT, "mentions": [{"begin": 0, "end": 8, "type": "PER"}]}]},
)


@pytest.mark.parametrize("record", SHAPES)
def test_a_stretch_with_a_label_is_a_span(tmp_path: Path, record: dict[str, Any]) -> None:
    (draft,), _ = read(tmp_path / "a.json", record)
    assert draft.text == TEXT
    assert spans(draft) == [PERSON]


def test_who_made_it_what_is_said_of_it_and_links_are_read(tmp_path: Path) -> None:
    made = [{"annotator": "ada", "annotator_id": 1}, {"annotator": "ben"}]
    marks = [
        {
            "annotation_id": "n1",
            "tag": "PER",
            "start": 0,
            "end": 8,
            "value": "Ada Rask",
            "annotated_by": made,
        },
        {"annotation_id": "n2", "tag": "LOC", "spans": [], "start": 14, "end": 22, "comment": "a port"},
    ]
    marks[1] |= {"attributes": {"kind": "town"}, "correct": True}
    links = [{"head": "n1", "tail": "n2", "type": "SPEAKS_OF"}]
    record = {
        "examples": [{"content": TEXT, "annotations": marks, "links": links, "seen": [1]}],
        "schema": {},
    }
    (draft,), told = read(tmp_path / "a.json", record)
    assert spans(draft) == [(*PERSON[:2], "ada"), (*PERSON[:2], "ben"), PLACE]
    assert draft.marks is not None
    place = draft.marks.spans[2]
    assert (dict(place.attributes), place.note) == ({"kind": "town"}, "a port")
    assert frames(draft) == [("SPEAKS_OF", [("from", "Ada Rask"), ("to", "Port Ver")])]
    assert told == [
        "a.json, line 1: fields beside the list of records were left out: schema",
        "a.json: fields that hold more than one value were left out: seen",
        "fields of labels that were not read: correct",
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"images": [{"start": 0, "url": "u"}]},
        {"paragraphs": [{"start": 0, "end": 8}]},
        {"paragraphs": [{"start": 0, "end": 8, "type": "heading"}]},
        {"tokens": [{"start": 0, "end": 3, "pos": "PROPN", "tag": "NNP"}]},
        {"marks": [{"start": 90, "end": 99, "label": "PER"}]},
        {"marks": [{"start": 0, "end": 8, "label": "PER"}, {"start": 0, "end": 8}]},
    ],
)
def test_what_is_no_label_stays_out_and_is_named(tmp_path: Path, more: dict[str, Any]) -> None:
    (draft,), told = read(tmp_path / "a.json", {"text": TEXT, **more})
    assert spans(draft) == []
    assert told == [f"a.json: fields that hold more than one value were left out: {next(iter(more))}"]


@pytest.mark.parametrize("inner", ['{"n":', '[{"pos":'])
def test_objects_in_objects_are_looked_into_a_few_times_only(tmp_path: Path, inner: str) -> None:
    outer = "}" if inner == '{"n":' else "}]"
    nested = json.loads(inner * 400 + "1" + outer * 400)
    mark = {"start": 0, "end": 8, "label": "PER"}
    record = {"text": TEXT, "marks": [mark | {"more": nested}], "others": [{"pos": nested, "label": "PER"}]}
    (draft,), told = read(tmp_path / "a.json", record)
    assert spans(draft) == [PERSON]
    assert "left out: others" in told[0]


WORDS = ["Ada", "Rask", "left", "Port", "Ver"]
LINK = ("LEFT", [("from", "Ada Rask"), ("to", "Port Ver")])
NAMES = [PERSON, PLACE]
RELATIONS: tuple[tuple[dict[str, Any], list[Any], list[Any]], ...] = (
    ({"tokenized_text": WORDS, "ner": [[0, 1, "PER"], [3, 4, "LOC"]]}, NAMES, []),
    (
        {
            "tokens": WORDS,
            "entities": [{"type": "PER", "start": 0, "end": 2}, {"type": "LOC", "start": 3, "end": 5}],
            "relations": [{"type": "LEFT", "head": 0, "tail": 1}],
        },
        NAMES,
        [LINK],
    ),
    (
        {
            "token": WORDS,
            "relation": "LEFT",
            "subj_start": 0,
            "subj_end": 1,
            "obj_start": 3,
            "obj_end": 4,
            "subj_type": "PER",
            "obj_type": "LOC",
            "stanford_pos": ["x"],
        },
        NAMES,
        [LINK],
    ),
    (
        {
            "token": WORDS,
            "relation": "LEFT",
            "h": {"pos": [0, 2], "type": "PER"},
            "t": {"pos": [3, 5], "type": "LOC"},
        },
        NAMES,
        [LINK],
    ),
    (
        {
            "tokens": WORDS,
            "relation": "LEFT",
            "h": ["Ada Rask", "Q1", [[0, 1]]],
            "t": ["Port Ver", "Q2", [[3, 4]]],
        },
        [("ENTITY", *PERSON[1:]), ("ENTITY", *PLACE[1:])],
        [LINK],
    ),
    (
        {"tokens": WORDS, "h": ["Ada Rask", "Q1", [[0, 1]]], "t": ["Port Ver", "Q2", [[3, 4]]]},
        [("h", *PERSON[1:]), ("t", *PLACE[1:])],
        [],
    ),
    (
        {
            "title": "T",
            "sents": [WORDS, ["She", "left"]],
            "vertexSet": [
                [
                    {"pos": [0, 2], "sent_id": 0, "type": "PER"},
                    {"pos": [0, 1], "sent_id": 1, "type": "PER"},
                ],
                [{"pos": [3, 5], "sent_id": 0, "type": "LOC"}],
            ],
            "labels": [{"h": 0, "t": 1, "r": "LEFT", "evidence": [0]}],
        },
        [PERSON, ("PER", ["She"], ""), PLACE],
        [("COREFERENCE", [("member", "Ada Rask"), ("member", "She")]), LINK],
    ),
    (
        {
            "doc_key": "a",
            "sentences": [WORDS],
            "ner": [[[0, 1, "PER"]]],
            "clusters": [[[0, 1], [3, 4]]],
            "events": [[[[2, "LEAVE"], [0, 1, "who"], [3, 4, "where"]]]],
        },
        [PERSON, ("TRIGGER", ["left"], ""), ("where", ["Port Ver"], "")],
        [
            ("LEAVE", [("trigger", "left"), ("who", "Ada Rask"), ("where", "Port Ver")]),
            ("COREFERENCE", [("member", "Ada Rask"), ("member", "Port Ver")]),
        ],
    ),
)


@pytest.mark.parametrize(("record", "labels", "links"), RELATIONS)
def test_tokens_with_spans_and_relations_are_read(
    tmp_path: Path, record: dict[str, Any], labels: list[Any], links: list[Any]
) -> None:
    (draft,), _ = read(tmp_path / "a.json", [record], CORPORA.importer)
    assert draft.text.startswith("Ada Rask left Port Ver\n")
    assert spans(draft) == labels
    assert frames(draft) == links


POINT = {"CellLine": 1, "CellIndex": 0, "TokenIndex": 0, "CharIndex": 0}
LINES = [
    {"line": 0, "content": "No.", "tokens": ["No", "."]},
    {"line": 1, "content": TEXT, "tokens": ["Ada", "Rask", "said"]},
]
PLACED = {f"start{name}": one for name, one in POINT.items()} | {
    f"end{name}": one for name, one in (POINT | {"TokenIndex": 1, "CharIndex": 3}).items()
}


def test_datasaur_counts_characters_of_tokens_of_lines(tmp_path: Path) -> None:
    labels = [{"type": "SPAN", "labelSetItemId": "p", **PLACED}, {"type": "ARROW", "id": 2}]
    sets = [{"name": "NER", "labelItems": [{"id": "p", "labelName": "PER"}]}]
    record = {"type": "TOKEN_BASED", "cells": LINES, "labelSets": sets, "labels": labels}
    (draft,), told = read(tmp_path / "a.json", record, CORPORA.importer)
    assert (draft.text, spans(draft)) == (f"No.\n{TEXT}\n", [PERSON])
    assert told == ["left out: 1 × labels that are no spans"]
    odd = record | {"labelSets": [{"labelItems": 7}, 7]}
    assert spans(read(tmp_path / "c.json", odd, CORPORA.importer)[0][0]) == [("p", ["Ada Rask"], "")]
    broken = record | {"labels": [labels[0] | {"endCharIndex": 4}]}
    drafts, told = read(tmp_path / "b.json", broken, CORPORA.importer)
    assert drafts == []
    assert "line, token and character [1, 1, 4] are not those of a token" in told[0]


def test_datasaur_has_labels_with_each_sentence_in_older_files(tmp_path: Path) -> None:
    ends = [{"sentenceId": 1, "tokenId": at, "charId": char} for at, char in ((0, 0), (1, 3))]
    sentences = [
        {"id": at, "content": one["content"], "tokens": one["tokens"]} for at, one in enumerate(LINES)
    ]
    sentences[1]["labels"] = [{"l": "PER", "start": ends[0], "end": ends[1]}]
    (draft,), _ = read(tmp_path / "a.json", {"sentences": sentences, "labelSets": []}, CORPORA.importer)
    assert spans(draft) == [PERSON]


def test_records_may_stand_under_their_ids(tmp_path: Path) -> None:
    marks = [{"start": 0, "end": 8, "label": "PER"}]
    held = {"t1": {"text": TEXT, "marks": marks}, "t2": {"text": "Nothing.", "marks": []}}
    drafts, told = read(tmp_path / "a.json", held)
    assert [(one.key, spans(one)) for one in drafts] == [("t1", [PERSON]), ("t2", [])]
    assert told == []
    (draft,), _ = read(
        tmp_path / "a.jsonl", {"head": {"text": "A port"}, "body": {"text": TEXT, "marks": marks}}
    )
    assert spans(draft) == [PERSON]  # each line is a record there


def test_what_stands_beside_text_and_labels_deep_in_a_record_is_kept(tmp_path: Path) -> None:
    job = {"labels": [{"start": 0, "end": 8, "label": "PER"}], "reviewer": "zoe"}
    (draft,), _ = read(tmp_path / "a.json", [{"data": {"text": TEXT, "url": "http://own"}, "job": job}])
    assert spans(draft) == [PERSON]
    assert (draft.text, dict(draft.meta)) == (TEXT, {"url": "http://own", "reviewer": "zoe"})


def test_classifications_are_labels_of_the_whole_text(tmp_path: Path) -> None:
    said = [{"classname": "News", "annotated_by": [{"annotator": "ada"}, {"annotator": "ben"}]}]
    marks = [{"tag": "PER", "start": 0, "end": 8}]
    (draft,), told = read(
        tmp_path / "a.json", [{"content": TEXT, "annotations": marks, "classifications": said}]
    )
    assert draft.marks is not None
    assert [(one.label, one.by) for one in draft.marks.labels] == [("News", "ada"), ("News", "ben")]
    assert told == []


def test_a_text_inside_of_a_field_is_that_of_its_record(tmp_path: Path) -> None:
    records = [
        {"input": {"text": "No word of a label here."}, "id": "a1"},
        {
            "input": {"text": "Ada Bell came to Rye."},
            "labels": [{"slot": "place", "span": {"startIndex": 17, "endIndex": 20}}],
            "id": "a2",
        },
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    found, _ = read(path, records)
    assert [one.text for one in found] == ["No word of a label here.", "Ada Bell came to Rye."]
    assert spans(found[1]) == [("place", ["Rye"], "")]


def test_links_by_ids_of_entities_and_whose_they_are_come_with_labels_of_one_list(tmp_path: Path) -> None:
    first = {"id": 7, "start": 0, "end": 8, "label": "PER", "annotator": "Bo"}
    second = {"id": 9, "start": 14, "end": 22, "label": "LOC", "annotator": "Bo"}
    link = {"id": 1, "source_entity_id": 7, "target_entity_id": 9, "predicate": "names", "annotator": "Bo"}
    values = {"text": TEXT, "entities": [first, second], "relations": [link]}
    assert SPACY.importer is not None
    assert not SPACY.importer.recognises(_written(tmp_path, values))
    (draft,), told = read(tmp_path / "a.json", values)
    assert spans(draft) == [(*PERSON[:2], "Bo"), (*PLACE[:2], "Bo")]
    assert frames(draft) == [("names", [("from", "Ada Rask"), ("to", "Port Ver")])]
    assert told == []


def _written(folder: Path, values: Any) -> Path:
    path = folder / "b.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def test_lists_of_places_below_spans_are_called_after_their_label(tmp_path: Path) -> None:
    by_role = {"PER": [{"char_start": 0, "char_end": 8}], "LOC": [], "ORG": []}
    values = {"text": TEXT, "cue": {"spans": [{"char_start": 9, "char_end": 13}]}, "spans": by_role}
    (draft,), _ = read(tmp_path / "a.json", {**values, "tokens": [{"id": 3, "tags": ["PER"]}]})
    assert spans(draft) == [("cue", ["said"], ""), PERSON]


def test_links_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    values = {"text": TEXT, "labels": [{"start_char": 0, "end_char": 8, "label": "PER"}]}
    _, told = read(tmp_path / "a.json", {**values, "relations": [{"from": "x", "to": "y", "type": "z"}]})
    assert told == ["a.json: fields that hold more than one value were left out: relations"]


def test_words_of_a_text_are_no_articles(tmp_path: Path) -> None:
    words = [{"text": "Ada", "startIdx": 0, "endIdx": 3}, {"text": "said", "startIdx": 4, "endIdx": 8}]
    drafts, _ = read(tmp_path / "a.json", {"7": {"id": "7", "tokens": words}})
    assert drafts == []


def test_what_a_name_is_called_shows_that_ends_count_the_last_character(tmp_path: Path) -> None:
    said = {"start": 0, "end": 7, "type": "Person", "normalized_text": "Ada Rask"}
    (draft,), told = read(tmp_path / "a.json", [{"text": TEXT, "entities": {"annotations": [said]}}])
    assert spans(draft) == [("Person", ["Ada Rask"], "")]
    assert "ends of labels count the last character, as their words show" in told


@pytest.mark.parametrize("name", ["tokens", "sentence"])
def test_a_list_of_words_is_a_text(tmp_path: Path, name: str) -> None:
    record = {name: ["Ada", "left", "."], "triple_list": [["Ada", "LEFT", "Rye"]]}
    (draft, other), told = read(tmp_path / "a.json", [record, {name: ["中", "国", "."]}])
    assert (draft.text, other.text) == ("Ada left .", "中国.")
    assert "blanks between words are unknown: the text was put together" in " ".join(told)
    assert "triple_list" in " ".join(told)
