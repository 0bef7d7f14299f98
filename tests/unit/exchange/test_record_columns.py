"""Spans are checked column by column: whatever order and gaps their fields have, as one by one."""

from __future__ import annotations

import random

import pytest

from annotator.exchange.jsonl.record_columns import Rules, frame_columns, span_columns
from annotator.exchange.jsonl.record_ids import id_values, ids_of
from annotator.exchange.jsonl.record_marks import Marks, Names, Times
from annotator.exchange.record_faults import Fault
from annotator.model.ids import id_text, new_ids
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme

TEXT = "The mayor said the bridge is safe — “quite” safe."
TIME = "2026-01-31T09:30:00.000000Z"
FIELDS = {"actor": None, "claim_card": None, "attributes": {}, "note": "", "origin": "import"}


@pytest.fixture(scope="module")
def scheme():
    return read_scheme(resource("schemes/default.toml"))


def span(start, end, label="CLAIM", **more):
    covered = {"fragments": [[start, end]], "text": [TEXT[start:end]]}
    return {"label": label, **covered, "annotator": "Anna", "created": TIME, **FIELDS, **more}


def columns(rows, names):
    labels = {one["label"]: one["label"] for one in rows}
    return span_columns(rows, TEXT, Rules(labels, names.number, lambda label, values: dict(values or {})))


def shuffled(row, seed):
    rng = random.Random(seed)
    names = [one for one in row if one not in FIELDS or rng.random() < 0.5]
    return {name: row[name] for name in rng.sample(names, len(names))}


@pytest.mark.parametrize("seed", range(20))
def test_order_and_gaps_of_fields_change_nothing(seed):
    rows = [span(4, 9), span(15, 25), span(36, 41, "CUE")]
    assert columns([shuffled(one, seed + at) for at, one in enumerate(rows)], Names()) == columns(
        rows, Names()
    )


def test_one_field_that_differs_is_a_column_the_others_are_one_value():
    rows = [span(4, 9, note="why"), span(15, 25, annotator="Ben"), span(36, 41, attributes={"tone": "dry"})]
    labels, starts, ends, broken, by, created, attributes, *rest = columns(rows, Names())
    assert (labels, starts, ends, broken) == (["CLAIM"] * 3, (4, 15, 36), (9, 25, 41), None)
    assert by == [0, 1, 0]
    assert created == Times().of(TIME)
    assert attributes == [{}, {}, {"tone": "dry"}]
    assert rest == [None, None, ("why", "", ""), "import"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"fragments": [[True, 9]]},
        {"fragments": [[4, 9], [15, 25]]},
        {"fragments": [[-46, -41]]},
        {"text": ["another"]},
        {"annotator": 1},
        {"note": None},
        {"note": True},
        {"origin": "hearsay"},
        {"origin": []},
        {"created": "yesterday"},
        {"attributes": 0},
        {"label": None},
    ],
)
def test_what_is_not_plain_is_left_to_the_slow_way(wrong, scheme):
    rows = [span(4, 9), span(4, 9) | wrong]
    known = {"CLAIM": "CLAIM"}
    marks = Marks(scheme, Times())
    assert span_columns(rows, TEXT, Rules(known, Names().number, marks.attributes)) is None
    assert span_columns(rows[1:], TEXT, Rules(known, Names().number, marks.attributes)) is None


def test_frames_with_unknown_labels_are_left_to_the_slow_way():
    rows = [{"label": "attribution", "annotator": "Anna", "created": TIME}]
    rules = Rules({}, Names().number, lambda _label, _values: {})
    assert frame_columns(rows, rules) is None
    rules = Rules({"attribution": "attribution"}, Names().number, lambda _label, _values: {})
    assert frame_columns(rows, rules) == (["attribution"], 0, Times().of(TIME), None, "", "import")


def test_ids_are_read_in_any_case_and_refused_one_by_one():
    ids = new_ids(3)
    texts = [id_text(one) for one in ids]
    rows = [{"id": texts[0]}, {"label": "CLAIM", "id": texts[1].upper()}, {"id": texts[2]}]
    assert ids_of(rows, "spans") == ids
    assert id_values(rows) == [texts[0], texts[1].upper(), texts[2]]
    assert id_values([*rows, {}])[-1] is None
    for wrong in ({}, {"id": texts[2][:-1]}, {"id": texts[2][:-1] + "ä"}, {"id": texts[2][:-1] + " "}):
        with pytest.raises(Fault) as told:
            ids_of([*rows, wrong], "spans")
        assert told.value.field == "spans[3].id"
