"""Columns of records: the same rows, log and records as the records themselves give."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, literal, select

from annotator.model.changes import Add, AddMany
from annotator.model.columns import Columns, PlainEnds, Same, Unbroken
from annotator.model.ids import Id, new_id, new_ids
from annotator.model.records import Annotator, Article, Block, Fragment, Frame, RoleEnd, Span
from annotator.model.scheme import Label, Scheme
from annotator.model.text import sha256_of
from annotator.store import columns, schema, sqlite
from annotator.store.journal import content_digest
from annotator.store.keys import Keys, Names, Words
from annotator.store.kinds import KINDS, role_rows
from annotator.store.statements import Statement
from annotator.store.store import Store

WORDS = st.sampled_from(["CLAIM", "SOURCE", "", "ä😀"])
NUMBERS = st.integers(-(2**40), 2**40)
TIMES = st.integers(-(2**40), 2**52)
WHO = st.sampled_from(new_ids(2))
ABOVE = st.none() | WHO
FACTS = st.dictionaries(st.sampled_from("ab"), st.text(max_size=3), max_size=2)
FRAGMENTS = st.lists(st.integers(0, 99), min_size=2, max_size=6, unique=True).map(
    lambda cuts: tuple(Fragment(*pair) for pair in zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False))
)
ENDS = st.lists(st.builds(RoleEnd, WORDS, st.sampled_from(["span", "actor"]), WHO), max_size=3).map(tuple)
ARTICLE = new_id()
SCHEME = Scheme("test", "Test", (Label("CLAIM", "span"),))
FIELDS: dict[type[Any], list[Any]] = {
    Block: [st.integers(0, 9), st.integers(10, 19), st.sampled_from(["body", "headline"])],
    Span: [WORDS, FRAGMENTS, WHO, TIMES, FACTS, ABOVE, ABOVE, WORDS, st.sampled_from(["person", "import"])],
    Frame: [WORDS, ENDS, WHO, TIMES, FACTS, WORDS, st.sampled_from(["person", "import"])],
}


@st.composite
def made(draw: Any) -> Columns[Any]:
    """Columns of any kind; each either with a value per record or with one value for all."""
    kind = draw(st.sampled_from(list(FIELDS)))
    ids = new_ids(draw(st.integers(1, 5)))
    if draw(st.booleans()):  # made at different times, and yet in a row
        ids = [
            Id((int.from_bytes(b"\1" * 6 + b"\xff" * 10, "big") + at).to_bytes(16, "big"))
            for at in range(len(ids))
        ]
    found: list[Any] = []
    for one in FIELDS[kind]:
        if draw(st.booleans()):
            found.append(Same(draw(one)))
        else:
            found.append(draw(st.lists(one, min_size=len(ids), max_size=len(ids))))
    if kind is Span and draw(st.booleans()):
        found[1] = Unbroken(range(len(ids)), range(5, 5 + len(ids)))
    if kind is Frame and draw(st.booleans()):
        ends = draw(st.lists(ENDS, min_size=len(ids), max_size=len(ids)))
        found[1] = PlainEnds([[tuple(end) for end in one] for one in ends])
    return Columns(kind, ids, Same(ARTICLE), *found)


@given(
    st.lists(st.tuples(NUMBERS, st.none() | NUMBERS | st.text("],[ab", max_size=4)), max_size=4),
    st.lists(st.none() | st.sampled_from(["", "]", "b"]), max_size=3),
)
def test_a_digest_is_that_of_the_whole_rows(rows: list[Any], ending: list[Any]) -> None:
    roles = [(1, 2, 3)]
    assert content_digest(rows, roles, ending) == content_digest([(*row, *ending) for row in rows], roles)


def test_a_statement_takes_named_values_and_keys_in_any_order(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Import", [Add(article), Add(make.span(article)), Add(make.span(article))])
    spans = schema.spans
    query = select(spans.c.key, literal(5)).where(
        spans.c.key > bindparam("low"),
        spans.c.key.in_(bindparam("keys", expanding=True)),
        spans.c.key < bindparam("high"),
    )
    statement = Statement(query.order_by(spans.c.key))
    connection, every = store._connection, [row[0] for row in store._connection.execute(select(spans.c.key))]
    assert len(every) == 2
    for keys in ([every[0]], [*every, 999, 1000], []):
        found = [(one, 5) for one in every if one in keys]
        assert statement.all(connection, low=0, high=999, keys=keys) == found
        assert statement.all(connection, keys=keys, high=999, low=0) == found


def test_kinds_that_a_project_does_not_have_are_not_asked_for(store: Store, make: Any) -> None:
    article = make.article()
    store.write("Import", [Add(article), Add(make.span(article))])
    asked: list[str] = []
    sqlite.driver(store._connection).set_trace_callback(asked.append)
    (found,) = store.contents()
    sqlite.driver(store._connection).set_trace_callback(None)
    assert len(found.spans) == 1
    assert not [one for one in asked if "article_labels.article" in one or "frames.article" in one]
    assert [one for one in asked if "spans.article" in one]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made())
def test_rows_are_those_of_the_records(given_: Columns[Any]) -> None:
    names, kind = Names(Keys(), Words()), KINDS[given_.kind]
    for one in (ARTICLE, *given_.ids):
        names.keys.claim(one)
    keys = range(names.key[given_.ids[0]], names.key[given_.ids[0]] + len(given_))
    records = list(given_)
    assert len(records) == len(given_) == len(given_.ids)
    assert [type(one) for one in records] == [given_.kind] * len(records)
    if given_.kind is Frame:
        assert {type(end) for one in records for end in one.roles} <= {RoleEnd}
    written = [
        row if row[kind.short :] else row + kind.defaults for row in columns.rows_of(given_, keys, names)
    ]
    assert written == [kind.to_row(record, key, names) for record, key in zip(records, keys, strict=True)]
    if given_.kind is Frame:
        assert columns.role_rows_of(given_, keys, names) == [
            row
            for record, key in zip(records, keys, strict=True)
            for row in role_rows(key, record.roles, names)
        ]


def test_columns_are_like_a_tuple_of_records() -> None:
    ids = new_ids(3)
    found = Columns(Block, ids, Same(ARTICLE), [0, 1, 2], Same(9), Same("body"))
    blocks = tuple(Block(one, ARTICLE, at, 9, "body") for at, one in enumerate(ids))
    assert found == blocks
    assert found == Columns(Block, ids, Same(ARTICLE), [0, 1, 2], [9, 9, 9], Same("body"))
    assert found != blocks[1:]
    assert (found[1], found[1:], [*found]) == (blocks[1], blocks[1:], [*blocks])


def spans(article: Article, who: Id, ids: list[Id]) -> Columns[Span]:
    places = range(len(ids))
    stretches = Unbroken([at % 20 for at in places], [at % 20 + 3 for at in places])
    rest = Same({}), Same(None), Same(None), Same(""), Same("import")
    return Columns(Span, ids, Same(article.id), Same("CLAIM"), stretches, Same(who), Same(9), *rest)


@pytest.mark.parametrize("count", [1, 3, 60, 1500, 2500])
@pytest.mark.parametrize("shuffled", [False, True])
def test_columns_are_stored_as_records_are(store: Store, make: Any, count: int, shuffled: bool) -> None:
    article, ids = make.article(), new_ids(count)
    given_ = spans(article, make.who.id, ids[1::2] + ids[::2] if shuffled else ids)
    changes = store.write("Import", [Add(article), AddMany(given_)])
    expected = sorted(given_, key=lambda one: (one.start, one.end, one.id))
    assert list(store.content(article.id).spans) == expected
    assert (
        changes.changes == ()
        if changes.many
        else [one.after for one in changes.changes] == [article, *given_]
    )
    store.undo()
    assert store.counts().spans == 0
    store.redo()
    assert list(store.content(article.id).spans) == expected


def test_a_project_closed_leaves_no_journal_beside_it(store: Store, make: Any, path: Path) -> None:
    store.write("Import", [Add(make.article())])
    journal = path.with_name(path.name + "-journal")
    assert journal.exists()
    store.close()
    assert not journal.exists()
    again = Store.open(path, "test")
    assert len(again.article_ids()) == 1
    store.__init__(again._opened, "test")  # type: ignore[misc]  # the fixture closes it


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(made().filter(lambda one: one.kind is not Block), max_size=3), st.booleans())
def test_all_contents_are_those_of_each_article(
    tmp_path_factory: pytest.TempPathFactory, given_: list[Columns[Any]], follows: bool
) -> None:
    store = Store.create(tmp_path_factory.mktemp("all") / "p.annot", SCHEME, "test")
    article = Article(ARTICLE, "a", "", "x" * 100, sha256_of("x" * 100))
    other = Article(new_id(), "b", "", "y", sha256_of("y"))
    who = {one.annotator for some in given_ for one in some} or {new_id()}
    records: dict[Id, Any] = {one.id: one for some in given_ for one in some}
    nobody = {"actor": None, "claim_card": None}
    made_: list[Any] = [replace(one, **(nobody if isinstance(one, Span) else {})) for one in records.values()]
    people = [Add(Annotator(one, "Ann")) for one in who]
    store.write("Import", [Add(other)] * follows + [Add(article), *people, *map(Add, made_)])
    contents = {one.article.id: one for one in store.contents()}
    assert contents == {one: store.content(one) for one in contents}
    here = contents[ARTICLE]
    assert {one.id: one for one in [*here.spans, *here.frames]} == {one.id: one for one in made_}
    for one in who:
        (own,) = (found for found in store.contents({one}) if found.article.id == ARTICLE)
        own_ids = {one.id for one in [*own.spans, *own.frames]}
        assert own_ids == {made_by.id for made_by in made_ if made_by.annotator == one}
    store.close()
