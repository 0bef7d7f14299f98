"""Annotator JSONL: what is written, that it comes back whole, and what is refused, with line and field."""

from __future__ import annotations

import dataclasses
import json

import jsonschema
import orjson
import pytest

from annotator.exchange.jsonl.annotator_jsonl import FORMAT
from annotator.exchange.jsonl.record_out import distinct_names
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource, ImportOptions, Note, Packed, Problem
from annotator.model.ids import id_text, new_ids
from annotator.model.records import Annotator, Fragment, RoleEnd
from annotator.model.resources import resource
from annotator.model.scheme import Scheme
from annotator.model.text import TEXT_LIMIT, sha256_of


def sorted_by_id(records):
    return sorted(records, key=lambda one: one.id)


def by_name(content, annotators):
    """The content with every annotator's id replaced by the name, and all records sorted."""
    made = {name: tuple(getattr(content, name)) for name in ("blocks", "spans", "frames")}
    values = dataclasses.asdict(dataclasses.replace(content, **made))
    names = {one.id: one.name for one in annotators}
    for found in values.values():
        if isinstance(found, tuple | list):
            for record in found:
                if "annotator" in record:
                    record["annotator"] = names[record["annotator"]]
    return {
        name: sorted(found, key=lambda one: one["id"]) if isinstance(found, tuple | list) else found
        for name, found in values.items()
    }


@pytest.fixture
def row(content, annotators, exchange):
    return orjson.loads(exchange.write([content], annotators))


@pytest.fixture
def refused(row, exchange, tmp_path):
    """Write a spoilt record, read it, and return the one problem."""

    def run(change) -> Problem:
        change(row)
        path = tmp_path / "spoilt.jsonl"
        path.write_bytes(b"\n" + orjson.dumps(row))
        (problem,) = exchange.read(path)
        assert isinstance(problem, Problem)
        assert problem.line == 2
        return problem

    return run


def test_names_and_order_of_the_fields(row):
    assert list(row) == [
        "format", "id", "name", "title", "text", "sha256", "language", "meta", "notes", "created", "blocks",
        "spans", "frames", "article_labels", "nothing_here", "readings", "actors", "claim_cards",
        "annotators", "suggestions",
    ]  # fmt: skip
    assert list(row["spans"][0]) == [
        "id", "label", "fragments", "text", "attributes", "actor", "claim_card", "note", "annotator",
        "origin", "created",
    ]  # fmt: skip
    assert row["format"] == "annotator/1"
    assert row["id"] == "019b8d0e-5100-7000-8000-00000000000a"


def test_spans_are_in_text_order_with_their_text(row):
    starts = [one["fragments"][0][0] for one in row["spans"]]
    assert starts == sorted(starts)
    for one in row["spans"]:
        assert one["text"] == [row["text"][start:end] for start, end in one["fragments"]]
    claim = next(one for one in row["spans"] if one["label"] == "CLAIM")
    assert claim["text"] == ["the bridge “is safe”", "she will cross it"]
    assert claim["annotator"] == "Anna"
    assert claim["created"] == "2026-01-05T08:00:00.000001Z"
    assert list(claim["attributes"]) == ["certainty", "type"]


def test_frames_name_their_ends_and_those_of_other_articles(row):
    frame = next(one for one in row["frames"] if one["label"] == "ATTRIBUTION")
    spans = {one["label"]: one["id"] for one in row["spans"]}
    assert frame["roles"]["claim"] == [spans["CLAIM"]]
    assert frame["roles"]["source"] == [spans["SOURCE"]]
    assert list(frame["outside"].values()) == ["span"]
    assert list(frame["outside"]) == frame["roles"]["addressee"]


def test_rejected_suggestions_say_so_and_keep_their_parts(content, annotators, exchange):
    part, frame = content.suggested_spans[0], content.suggested_frames[0]
    ends = (*frame.roles, RoleEnd("claim", "span", part.id))
    rejected = dataclasses.replace(
        content,
        suggested_spans=(dataclasses.replace(part, state="rejected"), *content.suggested_spans[1:]),
        suggested_frames=(dataclasses.replace(frame, state="rejected", roles=ends),),
    )
    row = orjson.loads(exchange.write([rejected], annotators))
    spans, frames = row["suggestions"]["spans"], row["suggestions"]["frames"]
    assert [one["state"] for one in (*spans, *frames)] == ["rejected", "rejected"]
    assert spans[0]["id"] in frames[0]["roles"]["claim"]


def test_suggestions_only_when_asked_and_only_open_ones(content, annotators, exchange, row):
    assert [one["label"] for one in row["suggestions"]["spans"]] == ["PERSON"]
    assert row["suggestions"]["spans"][0]["score"] == 0.75
    assert list(row["suggestions"]["spans"][0]) == [*row["spans"][0], "score", "suggester", "reason"]
    shape = [name for name in row["frames"][0] if name != "outside"]
    assert list(row["suggestions"]["frames"][0]) == [*shape, "score", "suggester", "reason"]
    assert row["suggestions"]["frames"][0]["suggester"] == "quotes"
    without = orjson.loads(exchange.write([content], annotators, with_suggestions=False))
    assert "suggestions" not in without


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00.000001Z", "0999-02-03T04:05:06.700000Z"])
def test_the_first_years_are_written_as_they_were_read(row, exchange, tmp_path, time):
    row["created"] = row["spans"][0]["created"] = time
    path = tmp_path / "old.jsonl"
    path.write_bytes(orjson.dumps(row))
    (item,) = exchange.read(path)
    again = exchange.write([exchange.unpacked(item)], {one.id: one for one in item.annotators})
    assert orjson.loads(again)["created"] == time


def test_the_same_data_gives_the_same_bytes_in_any_order(content, annotators, exchange):
    turned = dataclasses.replace(
        content,
        **{
            one.name: tuple(reversed(getattr(content, one.name)))
            for one in dataclasses.fields(content)
            if one.init and one.name != "article"
        },
        article=dataclasses.replace(content.article, meta=dict(reversed(content.article.meta.items()))),
    )
    assert exchange.write([turned], annotators) == exchange.write([content], annotators)


def test_everything_comes_back(content, annotators, exchange, tmp_path):
    """T-38."""
    path = tmp_path / "whole.jsonl"
    path.write_bytes(exchange.write([content], annotators))
    (item,) = exchange.read(path)
    assert isinstance(item, Packed)
    back = exchange.unpacked(item)
    is_open = tuple(one for one in content.suggested_spans if one.state == "open")
    assert by_name(back, item.annotators) == by_name(
        dataclasses.replace(content, suggested_spans=is_open), annotators.values()
    )
    assert [(one.name, one.kind) for one in item.annotators] == [("Anna", "person"), ("learner", "program")]
    again = exchange.write([back], {one.id: one for one in item.annotators})
    assert again == path.read_bytes()


def test_the_records_made_fast_are_the_same_as_others(content, annotators, exchange, tmp_path):
    path = tmp_path / "whole.jsonl"
    path.write_bytes(exchange.write([content], annotators))
    (item,) = exchange.read(path)
    back = item.unpack(item.data, [content.spans[0].annotator, content.spans[2].annotator]).content
    assert sorted_by_id(back.spans) == sorted_by_id(content.spans)
    assert sorted_by_id(back.frames) == sorted_by_id(content.frames)
    assert {hash(one.fragments) for one in back.spans} == {hash(one.fragments) for one in content.spans}
    assert back.spans[0].start == back.spans[0].fragments[0].start
    with pytest.raises(dataclasses.FrozenInstanceError):
        back.spans[0].note = "changed"


def test_annotators_of_one_name_stay_apart(annotators):
    twins = {bytes([at]): Annotator(bytes([at]), "Anna") for at in (3, 1, 2)}
    assert distinct_names(twins) == {b"\1": "Anna", b"\2": "Anna (2)", b"\3": "Anna (3)"}


def test_the_exported_record_meets_the_schema(row):
    schema = json.loads(resource("annotator-jsonl.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(row)


SPOILT = {
    "unknown field": lambda row: row.update(score=1),
    "unknown field of a span": lambda row: row["spans"][0].update(tag="x"),
    "no text": lambda row: row.pop("text"),
    "other format": lambda row: row.update(format="annotator/2"),
    "short id": lambda row: row.update(id="a1"),
    "negative offset": lambda row: row["spans"][0].update(fragments=[[-1, 3]]),
    "true as an offset": lambda row: row["spans"][0].update(fragments=[[False, True]]),
    "offset with a point": lambda row: row["spans"][0].update(fragments=[[0.5, 3]]),
    "three numbers": lambda row: row["spans"][0].update(fragments=[[0, 3, 4]]),
    "no fragments": lambda row: row["spans"][0].update(fragments=[]),
    "block of another kind": lambda row: row["blocks"][0].update(kind="poem"),
    "origin": lambda row: row["spans"][0].update(origin="guess"),
    "time without zone": lambda row: row["spans"][0].update(created="2026-01-05T08:00:00"),
    "attribute that is no text": lambda row: row["spans"][0].update(attributes={"type": 1}),
    "role that is no list": lambda row: row["frames"][0].update(roles={"claim": row["id"]}),
    "role that is an object": lambda row: row["frames"][0].update(
        roles={"claim": {row["frames"][0]["roles"]["claim"][0]: 1}}
    ),
    "score above one": lambda row: row["suggestions"]["spans"][0].update(score=1.5),
    "layer": lambda row: row["nothing_here"][0].update(layer="some"),
    "actor without name": lambda row: row["actors"][0].update(name=""),
    "hash": lambda row: row.update(sha256="x"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_broken_records_do_not_meet_the_schema(row, spoil):
    schema = json.loads(resource("annotator-jsonl.schema.json").read_text("utf-8"))
    spoil(row)
    assert not jsonschema.Draft202012Validator(schema).is_valid(row)


@pytest.mark.parametrize(
    "spoil",
    [one for name, one in SPOILT.items() if "unknown" not in name],
    ids=[n for n in SPOILT if "unknown" not in n],
)
def test_broken_records_are_refused_by_the_importer_too(refused, spoil):
    assert refused(spoil).field


def test_unknown_fields_are_named_and_left_out(row, exchange, tmp_path):
    path = tmp_path / "more.jsonl"
    path.write_bytes(orjson.dumps(row | {"score": 1, "__class__": "os"}))
    item, note = exchange.read(path)
    assert isinstance(item, Packed)
    assert isinstance(note, Note)
    assert "__class__, score" in note.text


REFUSALS = [
    (lambda row: row["spans"][0].update(fragments=[[0, 500]]), "spans[0].fragments[0]", "beyond the text of"),
    (lambda row: row["spans"][0].update(fragments=[[5, 5]]), "spans[0].fragments[0]", "empty"),
    (
        lambda row: row["spans"][0].update(fragments=[[5, 2]]),
        "spans[0].fragments[0]",
        "ends before it starts",
    ),
    (lambda row: row["spans"][0].update(text=["other"]), "spans[0].text[0]", "'other'"),
    (lambda row: row["spans"][0].update(text=[]), "spans[0].text", "one covered text for every fragment"),
    (lambda row: row["spans"][0].update(label="CLAM"), "spans[0].label", "'CLAM'"),
    (lambda row: row["spans"][0].update(label="ATTRIBUTION"), "spans[0].label", "label for a frame"),
    (
        lambda row: row["spans"][0].update(attributes={"colour": "red"}),
        "spans[0].attributes.colour",
        "no attribute",
    ),
    (
        lambda row: row["spans"][0].update(attributes={"form": "x"}),
        "spans[0].attributes.form",
        "name, nominal",
    ),
    (lambda row: row["spans"][0].update(actor=row["id"]), "spans[0].actor", "not among the record's actors"),
    (lambda row: row["blocks"][1].update(id=row["blocks"][0]["id"]), "id", "stands for two records"),
    (lambda row: row["spans"][1].update(id="x"), "spans[1].id", "UUID"),
    (
        lambda row: row["frames"][0]["roles"].update(cue=["x"]),
        "frames[0].roles.cue",
        "'x', which is not there",
    ),
    (lambda row: row["frames"][0]["roles"].update(boss=[]), "frames[0].roles.boss", "no role 'boss'"),
    (
        lambda row: row["frames"][0]["roles"].update(cue=row["frames"][0]["roles"]["claim"]),
        "frames[0].roles.cue",
        "CLAIM cannot be the cue",
    ),
    (
        lambda row: row["frames"][0]["roles"].update(cue=row["frames"][0]["roles"]["cue"] * 2),
        "frames[0].roles.cue",
        "twice",
    ),
    (
        lambda row: row["frames"][0]["roles"].update(parent=[row["frames"][0]["id"]]),
        "frames[0].roles.parent",
        "a role of its own",
    ),
    (
        lambda row: row["frames"][1]["roles"].update(holder=[one["id"] for one in row["actors"]] * 2),
        "frames[1].roles.holder",
        "twice",
    ),
    (lambda row: row.update(sha256="0" * 64), "sha256", "changed"),
    (lambda row: row.update(text=row["text"].replace("\n", "\r\n")), "text", "line ends"),
    (lambda row: row.update(text="a\0b"), "text", "NUL"),
    (lambda row: row.update(spans={}), "spans", "a list"),
    (lambda row: row.update(spans=[7]), "spans[0]", "an object with named fields"),
    (
        lambda row: row["article_labels"][0].update(label="CLAIM"),
        "article_labels[0].label",
        "not for a article",
    ),
    (lambda row: row["readings"][0].update(state="half"), "readings[0].state", "begun, done"),
    (lambda row: row["claim_cards"][0].update(wording=" "), "claim_cards[0].wording", "wording"),
    (lambda row: row["actors"][0].update(kind="author"), "actors[0].article", "belongs to an article"),
    (lambda row: row["annotators"][0].update(kind="robot"), "annotators[0].kind", "person, program"),
    (lambda row: row["spans"][0].update(created="yesterday"), "spans[0].created", "'yesterday'"),
    (
        lambda row: row["spans"][0].update(created="0001-01-01T00:00:00+05:00"),
        "spans[0].created",
        "outside the years 1 to 9999",
    ),
    (
        lambda row: row["readings"][0].update(changed="9999-12-31T23:59:59-01:00"),
        "readings[0].changed",
        "outside the years 1 to 9999",
    ),
    (lambda row: row.update(text="x" * (TEXT_LIMIT + 1)), "text", "4,000,001 characters, and 4,000,000 is"),
    (lambda row: row["suggestions"].update(spans=[{}]), "suggestions.spans[0].id", "UUID"),
]


@pytest.mark.parametrize(("spoil", "field", "words"), REFUSALS)
def test_refusals_name_line_and_field(refused, spoil, field, words):
    problem = refused(spoil)
    assert problem.field == field
    assert words in problem.reason


def test_circles_of_parents_are_refused_without_recursion(row, refused):
    def circle(row):
        frame = next(one for one in row["frames"] if one["label"] == "ATTRIBUTION")
        frames = [json.loads(json.dumps(frame)) for _ in range(3000)]
        for at, one in enumerate(frames):
            one["id"] = f"00000000-0000-7000-8000-{at:012}"
            one["roles"] = {"parent": [f"00000000-0000-7000-8000-{(at + 1) % 3000:012}"]}
            one.pop("outside")
        row["frames"] = frames

    assert "circle" in refused(circle).reason


def test_other_readings_of_offsets_are_offered(row, refused):
    def in_units(row):
        said = next(one for one in row["spans"] if one["text"] == ["said"])
        start, end = said["fragments"][0]
        said["fragments"] = [[start + 1, end + 1]]

    assert "UTF-16" in refused(in_units).reason


def test_without_a_scheme_any_label_will_do(row, exchange, tmp_path):
    row["spans"][0].update(label="ANYTHING", attributes={"a": "b"})
    row["frames"] = []
    path = tmp_path / "any.jsonl"
    path.write_bytes(orjson.dumps(row))
    (item,) = exchange.read(path, None)
    assert "ANYTHING" in {one.label for one in exchange.unpacked(item).spans}


def test_a_twin_key_is_named(row, exchange, tmp_path):
    path = tmp_path / "twin.jsonl"
    path.write_bytes(orjson.dumps(row)[:-1] + b',"title":"other"}\n')
    (problem,) = exchange.read(path)
    assert problem.field == "title"


def source(**chosen):
    return ExportSource(Scheme("s", "", ()), {}, (), chosen=chosen)


def verified(path, texts, **chosen):
    """Prove a file as if just this had been meant, so that what it says is held against the texts."""
    given = source(**chosen)
    for line in path.read_bytes().splitlines(keepends=True):
        given.proof.wrote_row([line])
    return list(FORMAT.exporter.verify(path, texts, given))


def test_verify_refuses_planted_errors(content, annotators, exchange, tmp_path):
    good = exchange.write([content], annotators)
    texts = {content.article.id: content.article.text}
    path = tmp_path / "out.jsonl"
    path.write_bytes(good)
    assert verified(path, texts) == [1]
    row = orjson.loads(good)
    start, end = row["spans"][0]["fragments"][0]
    moved = good.replace(f"[[{start},{end}]]".encode(), f"[[{start},{end + 1}]]".encode(), 1)
    other_text = good.replace(b"We doubt it", b"We like it!", 1)
    for spoilt in (moved, other_text, good[:-10], good + good, b""):
        path.write_bytes(spoilt)
        with pytest.raises(UserError):
            verified(path, texts)
    path.write_bytes(good.replace(b'"spans":', b'"parts":', 1))
    with pytest.raises(UserError, match="cannot be read again in line 1"):
        verified(path, texts)
    path.write_bytes(good.replace(content.article.sha256.encode(), sha256_of("x").encode()))
    with pytest.raises(UserError, match="not the stored one"):
        verified(path, texts)


@pytest.mark.parametrize(("unit", "codec", "size"), [("utf16", "utf-16-le", 2), ("bytes", "utf-8", 1)])
def test_places_are_written_in_other_units_on_request(
    content, annotators, exchange, tmp_path, unit, codec, size
):
    plain = orjson.loads(exchange.write([content], annotators))
    good = exchange.write([content], annotators, offsets=unit)
    row = orjson.loads(good)
    data, text = row["text"].encode(codec), row["text"]
    assert len(data) != size * len(text)
    schema = json.loads(resource("annotator-jsonl.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(row)
    for span in (*row["spans"], *row["suggestions"]["spans"]):
        covered = [
            data[size * start : size * end].decode(codec) for start, end in span.pop(f"fragments_{unit}")
        ]
        assert covered == span["text"]
    for one in row["blocks"]:
        start, end = one.pop(f"start_{unit}"), one.pop(f"end_{unit}")
        assert data[size * start : size * end].decode(codec) == text[one["start"] : one["end"]]
    stretches = [one.pop(f"stretch_{unit}") for one in row["nothing_here"]]
    assert sorted(one is None for one in stretches) == [False, True]
    assert row == plain
    path = tmp_path / "out.jsonl"
    path.write_bytes(good)
    texts = {content.article.id: text}
    assert verified(path, texts, offsets=unit) == [1]
    assert exchange.read(path)[0].counts == (3, 2, 1, 2)
    moved = orjson.loads(good)
    moved["spans"][0][f"fragments_{unit}"][0][1] += 1
    path.write_bytes(orjson.dumps(moved))
    with pytest.raises(UserError, match=f"in {unit} is not"):
        verified(path, texts, offsets=unit)


def test_verify_looks_at_suggestions_too(content, annotators, exchange, tmp_path):
    row = orjson.loads(exchange.write([content], annotators))
    row["suggestions"]["spans"][0]["text"] = ["Somebody Else"]
    path = tmp_path / "out.jsonl"
    path.write_bytes(orjson.dumps(row))
    with pytest.raises(UserError, match="does not cover"):
        verified(path, {content.article.id: content.article.text})


def test_recognises_by_the_first_record_alone(content, annotators, exchange, tmp_path):
    importer = FORMAT.importer
    path = tmp_path / "a.jsonl"
    path.write_bytes(exchange.write([content], annotators))
    assert importer.recognises(path)
    path.write_text('{"id": "a", "text": "x"}\n', "utf-8")
    assert not importer.recognises(path)
    path.write_bytes(b"\xff\xfe\0")
    assert not importer.recognises(path)
    assert not importer.recognises(tmp_path / "absent.jsonl")


def test_preview_counts_records(content, annotators, exchange, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(exchange.write([content], annotators) * 3)
    preview = FORMAT.importer.preview(path, ImportOptions())
    assert preview.rows == 3
    assert preview.sample == content.article.text
    assert preview.columns == (), "there is nothing to choose"


def test_ids_are_written_as_ids_text_does(row, content):
    assert row["spans"][0]["id"] == id_text(min(content.spans, key=lambda one: one.fragments).id)


def test_records_are_stored_in_the_order_of_their_ids_each_with_its_own_values(
    content, annotators, exchange, tmp_path
):
    """So that their ids are one run: stored at once, and small in the file."""
    places = [(0, 3), (2, 5), (2, 4), (1, 6)]
    ids = new_ids(len(places))
    spans = tuple(
        dataclasses.replace(content.spans[0], id=own, fragments=(Fragment(*place),), note=f"{place}")
        for own, place in zip(ids, places, strict=True)
    )
    bare = dataclasses.replace(content, spans=spans, frames=(), suggested_frames=(), suggested_spans=())
    path = tmp_path / "a.jsonl"
    path.write_bytes(exchange.write([bare], annotators))
    written = orjson.loads(path.read_bytes())["spans"]
    assert [tuple(one["fragments"][0]) for one in written] == sorted(places)
    (packed,) = exchange.read(path)
    found = exchange.unpacked(packed)
    assert [one.id for one in found.spans] == ids
    assert [(one.fragments[0], one.note) for one in found.spans] == [(place, f"{place}") for place in places]


def test_annotators_without_ids_are_the_same_in_all_records_of_a_file(row, exchange, tmp_path):
    other = json.loads(json.dumps(row).replace(row["id"], id_text(new_ids(1)[0])))
    path = tmp_path / "two.jsonl"
    path.write_bytes(orjson.dumps(row) + b"\n" + orjson.dumps(other))
    first, second = exchange.read(path)
    assert first.annotators == second.annotators
    other["annotators"][0] |= {"kind": "adjudicator", "id": id_text(new_ids(1)[0])}
    path.write_bytes(orjson.dumps(row) + b"\n" + orjson.dumps(other))
    first, second = exchange.read(path)
    assert (second.annotators[0].kind, id_text(second.annotators[0].id)) == (
        "adjudicator",
        other["annotators"][0]["id"],
    )
    assert first.annotators[0].id != second.annotators[0].id
    assert first.annotators[1:] == second.annotators[1:]
