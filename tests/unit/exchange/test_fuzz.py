"""Whatever bytes come: an importer gives articles or says in a sentence why not; nothing else escapes."""

from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from annotator.exchange.jsonl import annotator_jsonl
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions, Note, Packed, Problem
from annotator.plugins import door

IMPORTERS = {
    f"{name}{suffix}": one.importer
    for name, one in door.importers().items()
    for suffix in dict.fromkeys((one.suffixes[0], one.suffixes[-1]))
}
"""By a file's name: each format with its first and its last ending."""
SEEDS = [
    b"",
    b"\xef\xbb\xbf",
    b"\xff\xfe\0\0",
    b"\xff\xfe\x00\xd8\n\0",
    b"\xff\xfea",
    b"\0\0\0",
    b'id,text\n1,"a\0b"\n',
    b'text\n"',
    b"sep=\x00\n",
    b"sep=;\n",
    b"text\r",
    b'{"text":"\\ud83d"}',
    b'{"text":"\\u0000"}\r{',
    b'[{"text":"a"},7]',
    b"[" * 2000,
    b'{"a":' * 1200 + b"1" + b"}" * 1200,
    b'{"text":"x","spans":[{"start":0,"end":1e400}]}',
    b'{"text":"x","spans":[{"start":0,"end":1,"label":["a"]}],"relations":[{"from":[],"to":{}}]}',
    b'{"":"","text":"","id":"","text":""}',
]
OPTIONS = [
    ImportOptions(),
    ImportOptions("utf-16"),
    ImportOptions("cp1252"),
    ImportOptions(columns={"a": "text"}),
]


def read_all(path, importer, options):
    importer.recognises(path)
    for call in (importer.preview, lambda *given: list(importer.read(*given))):
        try:
            found = call(path, options)
        except UserError:
            continue
        for item in found if isinstance(found, list) else ():
            assert isinstance(item, Draft | Packed | Note | Problem)
            if isinstance(item, Packed):
                content = item.unpack(item.data, [b"\1" * 16] * len(item.annotators)).content
                for span in content.spans:
                    assert 0 <= span.start < span.end <= len(content.article.text)


@pytest.mark.parametrize("name", IMPORTERS)
@pytest.mark.parametrize("data", SEEDS)
def test_odd_bytes(tmp_path, name, data):
    path = tmp_path / name
    path.with_suffix(".txt").write_bytes(b"A text beside it.")
    path.write_bytes(data)
    for options in OPTIONS:
        read_all(path, IMPORTERS[name], options)


PIECES = st.sampled_from(
    [*SEEDS, b"\n", b"\r", b",", b";", b'"', b"text", b"{", b"}", b"[", b":", b"\xc3", b"\xed\xa0"]
)


@pytest.mark.parametrize("name", IMPORTERS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES | st.binary(max_size=8), max_size=8).map(b"".join))
def test_any_bytes(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    read_all(path, IMPORTERS[name], ImportOptions())


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | st.sampled_from(["\ud800", "\0", "\ufeff", "CLAIM", "person", "019b8d0e-5100-7000-8000-00000000000a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def spoil(place, data):
    """Put any value anywhere into a record."""
    while keys := list(place) if isinstance(place, dict) else list(range(len(place))):
        key = data.draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(VALUES)
        break


@pytest.mark.parametrize("name", ["article_jsonl", "doccano", "label_studio", "prodigy", "spacy_json"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_record_of_any_tool_with_any_value_anywhere(tmp_path, exchange, name, data):
    known = door.importers()[name]
    row = json.loads(known.example)
    spoil(row, data)
    path = tmp_path / f"a{known.suffixes[0]}"
    path.write_text(json.dumps(row) + "\n", "utf-8", errors="surrogatepass")
    read_all(path, known.importer, ImportOptions(scheme=exchange.scheme))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_whole_record_with_any_value_anywhere(tmp_path, content, annotators, exchange, data):
    row = orjson.loads(exchange.write([content], annotators))
    spoil(row, data)
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8", errors="surrogatepass")
    for given_scheme in (None, exchange.scheme):
        for item in annotator_jsonl.FORMAT.importer.read(path, ImportOptions(scheme=given_scheme)):
            if isinstance(item, Packed):
                exchange.unpacked(item)
            else:
                assert str(item)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["id", "text", "title", "date", "spans", "relations", "x"]), VALUES, max_size=5
    )
)
@example({"text": "abc", "spans": [{"start": 0, "end": 2, "label": "CLAIM"}], "relations": [{}]})
@example({"text": "a\r\nb", "spans": [{"start": 1, "end": 3, "label": "CLAIM"}]})
@example({"text": "a\r\nb", "spans": [{"start": 1, "end": 2, "label": "CLAIM"}]})
def test_any_article_record(tmp_path, exchange, row):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(row), "utf-8", errors="surrogatepass")
    read_all(path, IMPORTERS["article_jsonl.jsonl"], ImportOptions(scheme=exchange.scheme))
