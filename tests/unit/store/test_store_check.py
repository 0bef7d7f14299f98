"""Each planted fault is named, nothing is changed by checking, and all faults at once are survived."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from annotator.model.changes import Add, Replace
from annotator.model.errors import UserError
from annotator.model.ids import new_id
from annotator.model.job import Progress, run
from annotator.model.records import Actor, Fragment, Span
from annotator.model.scheme import Label, Scheme
from annotator.store import schema
from annotator.store.findings import Finding
from annotator.store.store import Store

FAULTS = {
    "UPDATE texts SET text = text || 'x' WHERE article < 50": "text is not the one",
    "UPDATE texts SET text = replace(text, 'bridge', 'fridge')": "text is not the one",
    "DELETE FROM texts": "text is missing",
    "UPDATE spans SET stop = 5000 WHERE fragments = ''": "outside the text",
    "UPDATE spans SET start = -1": "outside the text",
    "UPDATE spans SET start = stop": "outside the text",
    "UPDATE spans SET article = 9999": "not there",
    "UPDATE spans SET fragments = '[[0,5],[3,9]]' WHERE fragments != ''": "not in order",
    "UPDATE spans SET fragments = '[[0,' WHERE fragments != ''": "not in order",
    "UPDATE spans SET label = (SELECT key FROM words WHERE word = 'begun')": "not in the scheme",
    "UPDATE roles SET ending = 9999": "points to a span that is not there",
    "UPDATE roles SET ending = frame": "points to itself",
    "UPDATE tallies SET count = count + 1": "counts of labels",
    "DELETE FROM tallies": "counts of labels",
    "UPDATE spans SET note = 'sneaked in'": "has other values",
    "UPDATE spans SET created = created + 1 WHERE key = (SELECT max(key) FROM spans)": "altered|other values",
    "UPDATE spans SET deleted = 1": "is removed",
    "UPDATE blocks SET kind = kind + 1": "altered",
    "UPDATE actors SET name = 'Bobby'": "has other values",
    "DELETE FROM actors": "is missing",
    "DELETE FROM blocks WHERE key = (SELECT max(key) FROM blocks)": "altered",
    "INSERT INTO settings (key, name, value) SELECT key, 'x', 'y' FROM annotators": "not in the log",
    "INSERT INTO settings (key, name, value) VALUES (99999, 'x', 'y')": "has no id",
    "UPDATE changes SET after = replace(after, 'CLAIM', 'SOURCE')": "altered or damaged",
    "UPDATE changes SET op = 'change' WHERE op = 'add'": "altered or damaged",
    "UPDATE operations SET name = 'Another'": "altered or damaged",
    "UPDATE operations SET at = at + 1": "altered or damaged",
    "DELETE FROM operations WHERE key = 2": "gap before|belong to no operation",
    "DELETE FROM changes WHERE operation = 2": "not whole",
    "DELETE FROM origins": "no origin",
    "INSERT INTO ids (key, first, count) SELECT key + 100000, first, 1 FROM ids LIMIT 0": "",
    "UPDATE ids SET count = count + 100000": "same key|same id",
    "UPDATE schemes SET data = '{'": "scheme cannot be read",
    "UPDATE schemes SET deleted = 1": "no scheme",
    "CREATE TRIGGER t AFTER INSERT ON spans BEGIN SELECT 1; END": "changed by another program",
    "DELETE FROM article_words_data WHERE id > 10": "full-text index",
}


def dump(store: Store) -> object:
    return [
        store._connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in schema.metadata.tables
    ]


@pytest.fixture
def full(path: Path, make: Any) -> Store:
    """A project with something of everything; not checked at the end."""
    labels = Label("CLAIM", "span"), Label("SOURCE", "span"), Label("STANCE", "frame")
    store = Store.create(path, Scheme("s", "S", labels), "test")
    article = make.article()
    several = Span(new_id(), article.id, "CLAIM", (Fragment(0, 2), Fragment(4, 6)), make.who.id, 1)
    store.write("Add", map(Add, (make.who, article, several, Actor(new_id(), "Bob"))))
    store.write("Begin", [Add(make.span(article, label="CLAIM"))], undoable=False)
    store.write("Import", make.bulk(60, 10))
    span = store.content(store.article_ids()[5]).spans[3]
    store.write("Change", [Replace(Span(span.id, span.article, "SOURCE", span.fragments, make.who.id, 9))])
    store._connection.exec_driver_sql("INSERT INTO words (key, word) VALUES (500, 'begun')")
    return store


def test_a_sound_project_has_no_findings(full: Store) -> None:
    assert run(full.check()) == ()
    full.close()


@pytest.mark.parametrize("statement", FAULTS)
def test_a_planted_fault_is_named(full: Store, statement: str) -> None:
    """T-30."""
    full._connection.exec_driver_sql(statement)
    before = dump(full)
    found = run(full.check())
    if FAULTS[statement]:
        assert [one for one in found if one.kind == "error" and re.search(FAULTS[statement], one.text)], found
    else:
        assert found == ()
    assert dump(full) == before
    full.close()


def test_findings_name_the_article_and_the_record(full: Store) -> None:
    span = full.content(full.article_ids()[0]).spans[0]
    key = full._names.key[span.id]
    full._connection.exec_driver_sql(f"UPDATE spans SET note = 'x' WHERE key = {key}")
    (finding,) = run(full.check())
    assert isinstance(finding, Finding)
    assert (finding.article, finding.record) == (span.article, span.id)
    full.close()


def test_all_faults_at_once_are_survived(full: Store) -> None:
    for statement in FAULTS:
        # The ones before may have taken away what this one would change.
        with contextlib.suppress(UserError, DBAPIError):
            full._connection.exec_driver_sql(statement)
    assert len(run(full.check())) > 5
    full.close()


def test_checking_says_how_far_it_is(full: Store) -> None:
    steps: list[Progress] = []
    run(full.check(), steps.append)
    assert [one.done for one in steps] == sorted(one.done for one in steps)
    assert steps[-1].done == steps[-1].total
    full.close()


def test_single_bits_turned_over_are_found_or_change_nothing(full: Store, path: Path) -> None:
    """T-28, a small sample: never a crash, never a label that is wrong in silence."""
    expected = _content(full)
    full.close()
    good = path.read_bytes()
    chance = random.Random(3)
    silent = []
    for _ in range(25):
        place, bit = chance.randrange(200, len(good)), chance.randrange(8)
        damaged = bytearray(good)
        damaged[place] ^= 1 << bit
        path.write_bytes(damaged)
        try:
            store = Store.open(path, "test")
        except UserError:
            continue
        try:
            if run(store.check()) == () and _content(store) != expected:
                silent.append((place, bit))
        except UserError:
            pass
        finally:
            store.close()
    assert silent == []


def _content(store: Store) -> object:
    return list(store.contents()), store.scheme(), store.history()


_: Callable[..., object] = _content
