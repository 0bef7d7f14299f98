"""The proof of records with tokens: every byte counts, and the rest is read as it stands."""

from __future__ import annotations

import orjson
import pytest

from annotator.exchange.token_proof import but_tokens

TEXTS = ('a ],"spans":[ b', ',"tokens":[{"text":"}]"}],"spans":', '\\",\\"tokens\\":[', '"', "]", "")


@pytest.mark.parametrize("text", TEXTS)
def test_a_record_reads_as_it_is_but_for_its_tokens(text: str) -> None:
    record = {
        "text": text,
        "meta": {"tokens": text, "spans": text},
        "tokens": [{"text": text, "spans": text}, {"text": text}],
        "spans": [{"label": text}],
        "relations": [{"roles": [text, text], "label": "spans"}],
    }
    assert but_tokens(orjson.dumps(record)) == {name: one for name, one in record.items() if name != "tokens"}
    bare = [text, {"spans": {"tokens": [text]}}]
    assert but_tokens(orjson.dumps(bare)) == bare


def test_what_is_torn_among_the_tokens_is_no_record() -> None:
    with pytest.raises(orjson.JSONDecodeError):
        but_tokens(b'{"text":"a","tokens":[{"id":0}')
