"""Labels beside a text as corpora and other tools have them: each comes in, or is counted, or named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from read_again import frames, read, said, spans

from annotator.model.resources import resource
from annotator.model.scheme import read_scheme

TEXT = "“No,” Ada Mohr 😀 said, “never again.” Ben agreed."


def at(words: str, text: str = TEXT, start: str = "start", end: str = "end") -> dict[str, int]:
    begins = text.index(words)
    return {start: begins, end: begins + len(words)}


def piece(words: str, quote: str | None = None) -> dict[str, Any]:
    return {**at(words), "text": words if quote is None else quote}


# --- Citron --------------------------------------------------------------------------------------------


def quotes(**more: Any) -> dict[str, Any]:
    one = {
        "cue": piece("said"),
        "sources": [piece("Ada Mohr 😀")],
        "contents": [piece("“No,”"), piece("“never again.”")],
        **more,
    }
    return {"text": TEXT, "quotes": [one], "coreference_groups": [[piece("Ada Mohr 😀"), piece("Ben")]]}


def test_a_quote_of_citron_is_an_attribution_whose_content_may_be_broken(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", quotes())
    assert dict(found[0].formats) == {"corpora": 1}
    assert spans(found) == [
        ("Content", ["“No,”", "“never again.”"]),
        ("Cue", ["said"]),
        ("Source", ["Ada Mohr 😀"]),
    ]
    assert frames(found) == [
        ("Attribution", [("Source", "Ada Mohr 😀"), ("Cue", "said"), ("Content", "“No,”")]),
    ]
    assert "left out: coreference_groups" in said(found)


def test_quotes_are_attributions_of_a_scheme_that_has_them(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", quotes(), read_scheme(resource("schemes/default.toml")))
    assert [label for label, _ in spans(found)] == ["CLAIM", "CUE", "SOURCE"]
    ((label, ends),) = frames(found)
    assert (label, [role for role, _ in ends]) == ("ATTRIBUTION", ["source", "cue", "claim"])
    assert found[0].problems == ()


def test_a_quote_that_a_model_found_is_a_suggestion(tmp_path: Path) -> None:
    (content,) = read(tmp_path, "a.json", quotes(confidence=0.75))[1]
    assert not content.spans
    assert {one.score for one in (*content.suggested_spans, *content.suggested_frames)} == {0.75}
    assert len(content.suggested_spans) == 3


def test_other_words_than_the_text_has_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", quotes(cue=piece("said", "says")))
    assert "quotes[0].cue Cue: the file says it covers 'says', but the article has 'said'" in said(found)
    assert [label for label, _ in spans(found)] == ["Content", "Source"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"cue": {"start": 1}}, "quotes[0].cue.end: there is no end"),
        ({"sources": [3]}, "quotes[0].sources[0]: it is a number, it has to be an object"),
        ({"contents": "x"}, "quotes[0].contents: 'contents' is text"),
    ],
)
def test_a_fault_in_a_quote_is_named_with_its_field(tmp_path: Path, more: Any, reason: str) -> None:
    found = read(tmp_path, "a.json", quotes(**more))
    assert reason in said(found)
    assert found[1] == []


# --- GATE ----------------------------------------------------------------------------------------------


def gate_json(unit: str, **sets: Any) -> dict[str, Any]:
    made = {name: {"name": name, "annotations": marks} for name, marks in sets.items()}
    return {"text": TEXT, "annotation_sets": made, "features": {"outlet": "Own"}, "offset_type": unit}


def test_sets_of_gate_are_annotators_and_its_tokens_are_left_out(tmp_path: Path) -> None:
    marks = [
        {"type": "Person", "id": 1, **at("Ben"), "features": {"gender": "male", "matches": [1]}},
        {"type": "Token", "id": 2, **at("said")},
    ]
    found = read(tmp_path, "a.bdocjs", gate_json("p", Lena=marks))
    assert spans(found) == [("Person", ["Ben"])]
    (content,) = found[1]
    assert dict(content.spans[0].attributes) == {"gender": "male"}
    assert found[2][content.spans[0].annotator] == "Lena"
    assert content.article.meta["outlet"] == "Own"
    assert "left out: 1 × Token" in said(found)


def test_offsets_of_java_count_units(tmp_path: Path) -> None:
    start = TEXT.index("Ben") + 1  # the smiley is two of them
    marks = [{"type": "Person", "id": 1, "start": start, "end": start + 3}]
    assert spans(read(tmp_path, "a.json", gate_json("j", x=marks))) == [("Person", ["Ben"])]


GATE = """<?xml version='1.0' encoding='UTF-8'?>
<GateDocument version="3"><GateDocumentFeatures><Feature><Name className="java.lang.String">outlet</Name>
<Value className="java.lang.String">Own</Value></Feature></GateDocumentFeatures>
<TextWithNodes><Node id="0"/>😀 Ada<Node id="6"/> &amp; <Node id="9"/>Ben<Node id="12"/> met.</TextWithNodes>
<AnnotationSet><Annotation Id="1" Type="Person" StartNode="9" EndNode="12"><Feature>
<Name className="java.lang.String">kind</Name><Value className="java.lang.String">first</Value></Feature>
<Feature><Name>tree</Name><Value className="gate.corpora.ObjectWrapper">&lt;x/&gt;</Value></Feature>
<Feature><Name>list</Name><Value className="gate.corpora.ObjectWrapper">&lt;x>&lt;value class="list">
&lt;string>mayor&lt;/string>&lt;string>captain&lt;/string>&lt;/value>&lt;/x></Value></Feature>
<Feature><Name>map</Name><Value className="gate.corpora.ObjectWrapper">&lt;x>&lt;value class="map">
&lt;entry>&lt;string>a&lt;/string>&lt;/entry>&lt;/value>&lt;/x></Value></Feature>
<Feature><Name>torn</Name><Value className="gate.corpora.ObjectWrapper">&lt;x</Value></Feature>
</Annotation>
<Annotation Id="2" Type="Person" StartNode="0" EndNode="77"/>
<Annotation Id="3" Type="Sentence" StartNode="0" EndNode="12"/></AnnotationSet>
<AnnotationSet Name="Original markups">
<Annotation Id="4" Type="p" StartNode="0" EndNode="12"/></AnnotationSet>
</GateDocument>"""


def test_a_document_of_gate_in_xml(tmp_path: Path) -> None:
    found = read(tmp_path, "a.xml", GATE)
    assert dict(found[0].formats) == {"corpora": 1}
    (content,) = found[1]
    assert content.article.text == "😀 Ada & Ben met."
    assert spans(found) == [("Person", ["Ben"])]
    assert dict(content.spans[0].attributes) == {"kind": "first", "list": "mayor; captain"}
    assert "left out: 1 × Original markups, 1 × Sentence" in said(found)
    assert "a.xml: 2: " in said(found)


def test_a_document_of_gate_without_a_text_is_refused(tmp_path: Path) -> None:
    found = read(tmp_path, "a.xml", "<GateDocument><AnnotationSet/></GateDocument>")
    assert "there is no element TextWithNodes" in said(found)


# --- PubAnnotation, UBIAI, Presidio, DyGIE -----------------------------------------------------------------


def denoted(key: str, label: str, *words: str) -> dict[str, Any]:
    places = [at(one, start="begin", end="end") for one in words]
    return {"id": key, "span": places if len(places) > 1 else places[0], "obj": label}


def test_denotations_relations_and_attributes_of_pubannotation(tmp_path: Path) -> None:
    made = {
        "text": TEXT,
        "denotations": [
            denoted("T1", "Person", "Ada Mohr"),
            denoted("T2", "Claim", "“No,”", "“never again.”"),
        ],
        "relations": [{"id": "R1", "pred": "says", "subj": "T1", "obj": "T2"}],
        "attributes": [{"id": "A1", "pred": "sure", "subj": "T2", "obj": True}],
        "sourcedb": "Own",
    }
    found = read(tmp_path, "a.json", made)
    assert spans(found) == [("Claim", ["“No,”", "“never again.”"]), ("Person", ["Ada Mohr"])]
    assert frames(found) == [("says", [("from", "Ada Mohr"), ("to", "“No,”")])]
    assert {"sure": "True"} in [dict(one.attributes) for one in found[1][0].spans]
    assert found[1][0].article.meta["sourcedb"] == "Own"


def test_tracks_of_pubannotation_are_annotators(tmp_path: Path) -> None:
    tracks = [{"project": one, "denotations": [denoted("T1", "Person", "Ben")]} for one in ("lena", "mia")]
    found = read(tmp_path, "a.json", {"text": TEXT, "tracks": tracks})
    assert sorted(found[2][one.annotator] for one in found[1][0].spans) == ["lena", "mia"]


def test_relations_of_ubiai_name_the_first_tokens(tmp_path: Path) -> None:
    tokens = [
        {"text": words, **at(words), "token_start": first, "token_end": first, "entityLabel": label}
        for words, first, label in (("Ben", 9, "PERSON"), ("agreed", 10, "ACT"))
    ]
    relations = [{"child": 10, "head": 9, "relationLabel": "DOES"}]
    found = read(tmp_path, "a.json", [{"document": TEXT, "tokens": tokens, "relations": relations}])
    assert spans(found) == [("ACT", ["agreed"]), ("PERSON", ["Ben"])]
    assert frames(found) == [("DOES", [("from", "Ben"), ("to", "agreed")])]


def test_spans_of_presidio_have_longer_names(tmp_path: Path) -> None:
    one = {
        "entity_type": "PERSON",
        "entity_value": "Ben",
        **at("Ben", TEXT, "start_position", "end_position"),
    }
    made = [{"full_text": TEXT, "masked": "x", "spans": [one], "template_id": 7}]
    found = read(tmp_path, "a.json", made)
    assert spans(found) == [("PERSON", ["Ben"])]
    assert dict(found[1][0].article.meta) == {"template_id": "7"}


def test_dygie_counts_tokens_of_the_whole_text(tmp_path: Path) -> None:
    made = {
        "doc_key": "d1",
        "sentences": [["Ada", "Mohr", "left", "."], ["Ben", "stayed", "."]],
        "ner": [[[0, 1, "PERSON"]], [[4, 4, "PERSON"]]],
        "relations": [[], [[4, 4, 0, 1, "KNOWS", 0.9]]],
        "clusters": [[[0, 1], [6, 6]]],
    }
    found = read(tmp_path, "a.json", made)
    assert found[1][0].article.text == "Ada Mohr left .\nBen stayed .\n"
    assert spans(found) == [("PERSON", ["Ada Mohr"]), ("PERSON", ["Ben"])]
    assert frames(found) == [("KNOWS", [("from", "Ben"), ("to", "Ada Mohr")])]
    assert "left out: 1 × mentions in clusters that are no names" in said(found)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"ner": [[[0, 9, "X"]]]}, "ner[0][0]: tokens 0 to 9 are not there; there are 2"),
        ({"ner": [[[0, 1]]]}, "ner[0][0]: it is a list, it has to be a list of 3 values"),
        ({"sentences": [["a", 1]]}, "sentences[0][1]: it is a number, it has to be a token, as text"),
        ({"ner": [["x"]]}, "ner[0][0]: it is text"),
    ],
)
def test_a_fault_of_dygie_is_named(tmp_path: Path, more: Any, reason: str) -> None:
    made = {"sentences": [["a", "b"]], "ner": [], "relations": [], **more}
    assert reason in said(read(tmp_path, "a.json", made))


# --- Argilla ---------------------------------------------------------------------------------------------


def test_answers_to_questions_of_argilla(tmp_path: Path) -> None:
    made = {
        "id": "r1",
        "fields": {"text": TEXT, "title": "On ferries"},
        "metadata": {"outlet": "Own"},
        "responses": {
            "spans": [{"value": [{"label": "CLAIM", **at("“No,”")}], "user_id": "u5"}],
            "topics": [{"value": ["x", "y"], "user_id": "u5"}],
            "stars": [{"value": 4, "user_id": "u5"}],
        },
        "suggestions": {
            "spans": {"value": [{"label": "SOURCE", **at("Ben")}], "score": 0.5, "agent": "m1"},
            "topics": {"value": "x", "score": None, "agent": None},
        },
    }
    found = read(tmp_path, "a.json", [made])
    (content,) = found[1]
    assert spans(found) == [("CLAIM", ["“No,”"])]
    assert sorted(one.label for one in content.labels) == ["x", "y"]
    assert [(one.label, one.score) for one in content.suggested_spans] == [("SOURCE", 0.5)]
    assert found[2][content.spans[0].annotator] == "u5"
    assert content.article.meta.items() >= {"outlet": "Own", "title": "On ferries"}.items()
    assert "left out: 1 × answer to stars, 1 × proposal for topics" in said(found)


def test_records_of_the_first_argilla(tmp_path: Path) -> None:
    begins, ends = at("Ben").values()
    made = {
        "text": TEXT,
        "tokens": TEXT.split(),
        "annotation": [["PERSON", begins, ends]],
        "annotation_agent": "mia",
        "prediction": [["PERSON", begins, ends, 0.5]],
        "prediction_agent": "m1",
    }
    found = read(tmp_path, "a.jsonl", json.dumps(made))
    (content,) = found[1]
    assert (spans(found), found[2][content.spans[0].annotator]) == ([("PERSON", ["Ben"])], "mia")
    assert [one.score for one in content.suggested_spans] == [0.5]


def test_labels_of_texts_of_the_first_argilla(tmp_path: Path) -> None:
    made = {"text": TEXT, "annotation": "sport", "annotation_agent": "mia", "prediction_agent": None}
    (content,) = read(tmp_path, "a.json", [made])[1]
    assert [one.label for one in content.labels] == ["sport"]


@pytest.mark.parametrize("more", [{}, {"score": 1.0}])
def test_labels_of_the_first_argilla_may_be_objects(tmp_path: Path, more: Any) -> None:
    made = {
        "text": TEXT,
        "annotation": [{"label": "PERSON", **at("Ben"), **more}],
        "annotation_agent": "mia",
        "prediction": [{"label": "PERSON", **at("Ada Mohr"), "score": 0.5}],
        "prediction_agent": "m1",
        "multi_label": False,
        "metadata": {"outlet": "Own"},
        "metrics": {"text_length": 50},
    }
    found = read(tmp_path, "a.jsonl", json.dumps(made))
    (content,) = found[1]
    assert (spans(found), found[2][content.spans[0].annotator]) == ([("PERSON", ["Ben"])], "mia")
    assert [(one.suggester, one.score) for one in content.suggested_spans] == [("m1", 0.5)]
    assert (found[0].problems, content.article.notes) == ((), ())
    assert content.article.meta["outlet"] == "Own"


def test_a_text_of_the_first_argilla_may_be_in_several_inputs(tmp_path: Path) -> None:
    made = {
        "text": None,
        "inputs": {"title": "On ferries", "body": TEXT},
        "annotation": ["sport", "sea"],
        "annotation_agent": "mia",
        "prediction_agent": None,
    }
    (content,) = read(tmp_path, "a.json", [made])[1]
    assert content.article.text == f"On ferries\n\n{TEXT}"
    assert sorted(one.label for one in content.labels) == ["sea", "sport"]


def test_records_of_argilla_with_a_field_for_each_thing_said(tmp_path: Path) -> None:
    made = {
        "id": "r1",
        "status": "completed",
        "_server_id": "s1",
        "text": TEXT,
        "outlet": "Own",
        "spans.responses": [[{"label": "CLAIM", **at("“No,”")}], [{"label": "CLAIM", **at("Ben agreed")}]],
        "spans.responses.users": ["u5", "u6"],
        "spans.responses.status": ["submitted", "draft"],
        "spans.suggestion": [{"label": "SOURCE", **at("Ben")}],
        "spans.suggestion.agent": "m1",
        "spans.suggestion.score": None,
        "topic.responses": ["sea", "sport"],
        "topic.responses.users": ["u5", "u6"],
        "topic.responses.status": ["submitted", "discarded"],
        "topic.suggestion": None,
        "topic.suggestion.agent": None,
        "topic.suggestion.score": None,
    }
    found = read(tmp_path, "a.jsonl", json.dumps(made))
    (content,) = found[1]
    made_by = {found[2][one.annotator]: TEXT[one.start : one.end] for one in content.spans}
    assert made_by == {"u5": "“No,”"}
    assert [(one.label, found[2][one.annotator]) for one in content.labels] == [("sea", "u5")]
    assert [(one.label, one.suggester) for one in content.suggested_spans] == [("SOURCE", "m1")]
    assert content.article.meta.items() >= {"outlet": "Own"}.items()
    left_out = "left out: 1 × discarded answer to topic, 1 × draft answer to spans"
    assert (found[0].problems, content.article.notes) == ((), (left_out,))


# --- DataTurks -------------------------------------------------------------------------------------------


def dataturk(annotation: Any) -> str:
    return json.dumps(
        {"content": TEXT, "annotation": annotation, "extras": None, "metadata": {"status": "done"}}
    )


def test_stretches_of_dataturks_end_with_their_last_character(tmp_path: Path) -> None:
    place = at("Ada Mohr 😀")
    point = {"start": place["start"], "end": place["end"] - 1, "text": "Ada Mohr 😀"}
    made = [{"label": ["PERSON", "SOURCE"], "points": [point]}]
    found = read(tmp_path, "a.json", f"{dataturk(made)}\n{dataturk(None)}\n")
    assert dict(found[0].formats) == {"corpora": 1}
    assert spans(found) == [("PERSON", ["Ada Mohr 😀"]), ("SOURCE", ["Ada Mohr 😀"])]
    assert found[0].problems == ()


def test_labels_of_whole_texts_of_dataturks(tmp_path: Path) -> None:
    (content,) = read(tmp_path, "a.json", dataturk({"labels": ["sea"], "note": ""}))[1]
    assert [one.label for one in content.labels] == ["sea"]
