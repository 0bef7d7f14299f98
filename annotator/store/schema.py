"""The tables of a project file, in a shape that SQLite and PostgreSQL both run.

Rows are never removed: `deleted` marks them.  Inside the file records are known by a small whole
number, their key; `ids` keeps which key stands for which id, run by run, because ids made
together follow one another.  Strings that come back again and again (labels, role names, states)
stand once in `words`.  Offsets are code points; the column `stop` is the end, exclusive.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, text
from sqlalchemy.types import DOUBLE_PRECISION, REAL, TypeEngine

VERSION = 1
"""Counts up with every change of the tables."""
MIN_READER = 1
"""The lowest version whose program can still read this file."""
MIN_READER_NAME = "annotator 0.1"

BIG: TypeEngine[Any] = Integer().with_variant(BigInteger(), "postgresql")
SCORE: TypeEngine[Any] = REAL().with_variant(DOUBLE_PRECISION(), "postgresql")

metadata = MetaData()


def _table(name: str, *columns: Column[object], rowid: bool = True) -> Table:
    return Table(name, metadata, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


def _key() -> Column[object]:
    return Column("key", BIG, primary_key=True, autoincrement=False)


def _number(name: str, *, none: bool = False) -> Column[object]:
    return Column(name, BIG, nullable=none)


def _text(name: str) -> Column[object]:
    return Column(name, Text, nullable=False)


def _optional(name: str) -> Column[object]:
    return Column(name, Text, nullable=False, server_default="")


def _record(name: str, *columns: Column[object], by_article: bool = True) -> Table:
    deleted: Column[object] = Column("deleted", Integer, nullable=False, server_default="0")
    table = _table(name, _key(), *columns, deleted)
    if by_article:
        Index(f"{name}_by_article", table.c.article, table.c.deleted)
    return table


meta = _table("meta", Column("name", Text, primary_key=True), _text("value"))
"""Facts about the file itself: project id, versions, when it was last checked."""

words = _table("words", _key(), Column("word", Text, nullable=False, unique=True))

ids = _table(
    "ids",
    _key(),
    Column("first", LargeBinary, nullable=False, unique=True),
    Column("count", BIG, nullable=False),
)
"""Key `key + n` stands for id `first + n`, for n below `count`."""

articles = _record(
    "articles",
    _text("name"),
    _text("title"),
    _text("sha256"),
    _number("language"),
    _number("created"),
    _number("length"),
    _number("place"),
    _optional("meta"),
    _optional("notes"),
    _optional("outlet"),
    _optional("published"),
    by_article=False,
)
"""`outlet` and `published` repeat what `meta` says, for lists; `place` is the order of import."""

Index("articles_in_order", articles.c.deleted, articles.c.place)

texts = _table("texts", Column("article", BIG, primary_key=True, autoincrement=False), _text("text"))
"""Apart from `articles`, so that lists need not read past the texts."""

blocks = _record("blocks", _number("article"), _number("start"), _number("stop"), _number("kind"))

spans = _record(
    "spans",
    _number("article"),
    _number("label"),
    _number("start"),
    _number("stop"),
    _number("annotator"),
    _number("created"),
    _number("origin"),
    _optional("fragments"),
    _optional("attributes"),
    _number("actor", none=True),
    _number("claim_card", none=True),
    _optional("note"),
)
"""`created` counts microseconds after the time in the record's id, here and in every table."""
for _name in ("actor", "claim_card"):
    # Of all rows on PostgreSQL: to name its dialect here would load that at every start.
    Index(f"spans_by_{_name}", spans.c[_name], sqlite_where=text(f"{_name} IS NOT NULL"))

frames = _record(
    "frames",
    _number("article"),
    _number("label"),
    _number("annotator"),
    _number("created"),
    _number("origin"),
    _optional("attributes"),
    _optional("note"),
)

roles = _table(
    "roles",
    Column("frame", BIG, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    _number("role"),
    _number("kind"),
    _number("ending"),
    rowid=False,
)
"""The ends of frames and suggested frames, in order; `ending` is the key of what fills the role."""
Index("roles_by_ending", roles.c.ending)

article_labels = _record(
    "article_labels",
    _number("article"),
    _number("label"),
    _number("annotator"),
    _number("created"),
    _number("origin"),
    _optional("attributes"),
    _optional("note"),
)

nothing_here = _record(
    "nothing_here",
    _number("article"),
    _number("layer"),
    _number("annotator"),
    _number("created"),
    _number("start", none=True),
    _number("stop", none=True),
)

readings = _record("readings", _number("article"), _number("annotator"), _number("state"), _number("changed"))

actors = _record(
    "actors",
    _text("name"),
    _number("kind"),
    _optional("aliases"),
    _optional("affiliation"),
    _optional("role"),
    _optional("note"),
    _number("article", none=True),
)

claim_cards = _record("claim_cards", _text("wording"), _optional("note"), by_article=False)

annotators = _record("annotators", _text("name"), _number("kind"), by_article=False)

suggested_spans = _record(
    "suggested_spans",
    _number("article"),
    _number("label"),
    _number("start"),
    _number("stop"),
    Column("score", SCORE, nullable=False),
    _number("suggester"),
    _text("reason"),
    _number("created"),
    _number("state"),
    _optional("fragments"),
    _optional("attributes"),
    _number("became", none=True),
)

suggested_frames = _record(
    "suggested_frames",
    _number("article"),
    _number("label"),
    Column("score", SCORE, nullable=False),
    _number("suggester"),
    _text("reason"),
    _number("created"),
    _number("state"),
    _optional("attributes"),
    _number("became", none=True),
)

schemes = _record("schemes", _number("number"), _text("data"), _number("created"), by_article=False)

settings = _record("settings", _text("name"), _text("value"), by_article=False)

tallies = _table(
    "tallies",
    Column("kind", BIG, primary_key=True, autoincrement=False),
    Column("label", BIG, primary_key=True, autoincrement=False),
    Column("article", BIG, primary_key=True, autoincrement=False),
    _number("count"),
    rowid=False,
)
"""How many live records of a kind carry a label in an article; of suggestions, the open ones."""

origins = _table(
    "origins",
    _key(),
    Column("id", LargeBinary, nullable=False, unique=True),
    _number("started"),
    _text("tool"),
    _text("who"),
)
"""One run of the program that wrote into the file."""

operations = _table(
    "operations",
    _key(),
    _number("origin"),
    _number("seq"),
    _number("rows"),
    _number("clock"),
    _number("at"),
    _text("name"),
    _number("annotator", none=True),
    _text("mode"),
    _number("undoes", none=True),
    _number("records"),
    _number("sum"),
)
"""One thing done (`mode` is do, or auto where undo passes it over) or taken back (undo, redo).

Its rows in `changes` are numbered `seq`, `seq + 1`, … within the origin."""
Index("operations_by_seq", operations.c.origin, operations.c.seq, unique=True)

changes = _table(
    "changes",
    Column("operation", BIG, primary_key=True, autoincrement=False),
    Column("place", BIG, primary_key=True, autoincrement=False),
    _number("kind"),
    _number("record", none=True),
    _text("op"),
    _optional("before"),
    _optional("after"),
    _number("sum"),
    rowid=False,
)
"""What an operation did to one record, or (`record` empty) to a run of them; see `journal`."""
