"""What a file holds and nothing was made of is told, whoever reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from read_again import read, said

from annotator.exchange import unread
from annotator.exchange.unread import _first, _Held, leaves, told
from annotator.model.formats import Draft, ImportOptions, Note

TEXT = "The ferry stays, the mayor said on Monday."
WORDS = "The\t0\t3\tO\nferry\t4\t9\tB-SHIP\nstays\t10\t15\tO\n.\t15\t16\tO\n"
WORDS_U = "1\tAda\tAda\tX\t_\t_\t_\t_\t_\tNE=B-WHO\n2\tleft\tleft\tY\t_\t_\t_\t_\t_\tNE=O|SpaceAfter=No\n\n"
GATE = """<?xml version="1.0" encoding="UTF-8"?><GateDocument version="3">
<TextWithNodes>The <Node id="4"/>ferry<Node id="9"/> stays.</TextWithNodes>
<AnnotationSet Name="Ada"><Annotation Id="1" Type="SHIP" StartNode="4" EndNode="9"><Feature>
<Name className="java.lang.String">ids</Name>
<Value className="java.util.ArrayList" itemClassName="java.lang.Integer">31;42</Value></Feature>
</Annotation></AnnotationSet></GateDocument>"""
NEWS = (
    "<news><item><title>Ferry</title><mood>calm</mood><text>The ferry stays.</text></item>"
    "<item><title>Mayor</title><mood>angry</mood><text>The mayor said so.</text></item></news>"
)


@pytest.mark.parametrize(
    ("name", "data", "fields"),
    [
        ("a.conll", WORDS, "column 2 (3), column 3 (3)"),
        ("a.csv", f'text,,\n"{TEXT}",calm,Rye\n', "column 2 (1)"),
        ("a.xml", NEWS, "news.item.mood (2)"),
        (
            "a.json",
            [{"text": TEXT, "ents": [{"start": 4, "end": 9, "label": "SHIP", "mood": "calm"}]}],
            "ents.mood (1)",
        ),
        (
            "a.jsonl",
            {
                "text": TEXT,
                "spans": [{"start": 4, "end": 9, "label": "SHIP"}],
                "answer": "accept",
                "_timestamp": 1652970826,
                "_is_binary": True,
                "tokens": [],
            },
            "",
        ),
        ("a.json", [{"text": TEXT, "topics": [["calm", "sea"]]}], ""),  # told by its reader
        ("a.csv", "tokens,ner_tags\n\"['Ada', 'left']\",\"['B-PER', 'O']\"\n", ""),
        (
            "a.jsonl",
            {
                "text": TEXT,
                "_view_id": "choice",
                "options": [{"id": "calm", "text": "Calm"}, {"id": "angry", "text": "Angry"}],
                "config": {"choice_style": "multiple"},
                "accept": ["calm"],
                "answer": "accept",
                "_session_id": "ada",
            },
            "",
        ),
        ("a.jsonl", {"text": TEXT, "date": {"$date": 1446681600000}}, ""),
        ("a.json", [["Ada left.", {"cats": {"CALM": 1.0, "ANGRY": 0.0}}]], ""),
        (
            "a.json",  # Label Studio, which notes days, ids and counts for itself
            [
                {
                    "data": {"text": TEXT, "page": "<p>Ada <b>left</b>.</p>"},
                    "annotations": [
                        {
                            "result": [
                                {
                                    "from_name": "a",
                                    "to_name": "text",
                                    "type": "choices",
                                    "value": {"choices": ["x"]},
                                }
                            ],
                            "unique_id": "6967e91a",
                            "role": "calm",
                        }
                    ],
                    "created_at": "2026-03-17T16:08:33Z",
                    "allow_skip": True,
                    "total_annotations": 4711,
                }
            ],
            "annotations.role (1)",
        ),
        ("a.conllu", WORDS_U, "column 4 (2)"),
        ("a.csv", f'text,label\n"{TEXT}",__label__calm __label__x\n"Rain fell.",__label__x\n', ""),
        ("a.xml", GATE, ""),
        (
            "a.xml",
            GATE.replace("ArrayList", "ObjectWrapper"),
            "GateDocument.AnnotationSet.Annotation.Feature (2)",
        ),
        (
            "a.xml",
            f'<T><TEXT>{TEXT}</TEXT><TAGS><SHIP id="S" spans="4~9,10~15" text="ferry ... stays"/></TAGS></T>',
            "",
        ),
    ],
)
def test_fields_that_came_in_nowhere_are_told(tmp_path: Path, name: str, data: Any, fields: str) -> None:
    told = said(read(tmp_path, name, data))
    assert (f"{name}: fields that came in nowhere, with their values: {fields}" in told) == bool(fields)
    assert ("came in nowhere" in told) == bool(fields)


def test_what_was_chosen_to_be_left_out_is_not_told(tmp_path: Path) -> None:
    assert said(read(tmp_path, "a.csv", f'text,mood\n"{TEXT}",calm\n', columns={"mood": "skip"})) == ""


def test_fields_of_one_object_are_told_together(tmp_path: Path) -> None:
    links = [{"kind": "cause", "of": {"who": "Ada", "why": "fog"}}]
    record = {"text": TEXT, "ents": [{"start": 4, "end": 9, "label": "SHIP", "links": links}], "tokens": []}
    told = said(read(tmp_path, "a.json", json.dumps([record])))
    assert told == "a.json: fields that came in nowhere, with their values: ents.links (3)"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"a": 1, "b": [1, 2, "x"], "c": {"d": True}}, [("a", "1"), ("b", "x"), ("c.d", "true")]),
        ({"7": "x", "8": "y"}, [("", "x"), ("", "y")]),
        ({"p": {"t": "x"}, "q": {"t": "y"}}, [("t", "x"), ("t", "y")]),
    ],
)
def test_values_have_the_names_that_lead_to_them(value: Any, found: list[tuple[str, str]]) -> None:
    assert [*leaves(value)] == found


def test_much_text_is_not_gone_through_for_everything_that_is_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unread, "_SCANNED", 3 * len(TEXT))
    values = [("mood", f"calm{number}") for number in range(99)]
    *_, last = told([Draft("a", TEXT)], Path("a.json"), ImportOptions(), lambda *_: values)
    assert isinstance(last, Note)
    assert 3 < int(last.text.partition("mood (")[2].rstrip(")")) < 9


def _lines(*records: dict[str, Any]) -> str:
    return "\n".join(map(json.dumps, records))


def test_texts_longer_than_what_is_kept_are_not_told() -> None:
    """Values are looked at no farther than what was read of them is kept."""
    texts = [f"Ferry {at}. " + " ".join(f"w{at}x{word}" for word in range(4_000)) for at in range(60)]
    values = [("text", one) for one in texts]
    held = _Held()
    for one in texts:
        held.take(Draft("a", one))
    assert held.others  # not all is kept
    assert held.missing(_first(values), ImportOptions()) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", '<nitf><date.issue norm="20260314T101500Z"/><body><p>The ferry stays.</p></body></nitf>'),
        ("a.csv", "text,mood\n" + "".join(f"{'' if at % 3 else TEXT},calm{at}\n" for at in range(9))),
        (
            "a.jsonl",  # doccano
            _lines(
                {"text": TEXT, "label": [[4, 9, "SHIP"]]},
                {"label": [[0, 3, "PER"]]},
                {"text": "Rain fell.", "label": []},
            ),
        ),
        (
            "a.json",  # Label Studio
            [
                {
                    "data": {"text": TEXT},
                    "annotations": [
                        {
                            "result": [
                                {
                                    "from_name": "a",
                                    "to_name": "text",
                                    "type": "choices",
                                    "value": {"choices": ["calm"]},
                                }
                            ]
                        }
                    ],
                }
            ],
        ),
    ],
)
def test_fields_of_what_was_refused_and_kinds_of_labels_are_not_told(
    tmp_path: Path, name: str, data: Any
) -> None:
    assert "came in nowhere" not in said(read(tmp_path, name, data))


def test_elements_in_elements_are_looked_through_at_once(tmp_path: Path) -> None:
    value = "<" * 3_000 + "Ada" + ">" * 3_000 + " left at noon"
    found = said(read(tmp_path, "a.jsonl", _lines({"text": TEXT, "refs": [{"who": value}]})))
    assert found == "a.jsonl: fields that hold more than one value were left out: refs"
