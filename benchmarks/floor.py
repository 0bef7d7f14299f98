"""The floor: the least that Python's own sqlite3 and orjson could do for the same work."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

TABLES = """
PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA locking_mode=EXCLUSIVE;
CREATE TABLE article(n INTEGER PRIMARY KEY, id TEXT, name TEXT, title TEXT, text TEXT, sha256 TEXT);
CREATE TABLE span(n INTEGER PRIMARY KEY, article INTEGER, label INTEGER, start INTEGER, stop INTEGER);
CREATE TABLE frame(n INTEGER PRIMARY KEY, article INTEGER, label INTEGER, head INTEGER, child INTEGER);
CREATE TABLE change(n INTEGER PRIMARY KEY, what TEXT);
CREATE VIRTUAL TABLE words USING fts5(title, text, content='');
"""
INDEXES = """
CREATE INDEX span_article ON span(article); CREATE INDEX span_label ON span(label, article);
CREATE INDEX frame_article ON frame(article);
"""


def create(path: Path) -> sqlite3.Connection:
    """Make an empty floor file."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(TABLES)
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """Open a filled floor file."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA locking_mode=EXCLUSIVE;"
    )
    return connection


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSONL file."""
    with path.open("rb") as file:
        for line in file:
            yield orjson.loads(line)


def fill(connection: sqlite3.Connection, records: Iterator[dict[str, Any]]) -> None:
    """Store every article, span and frame in one transaction."""
    labels: dict[str, int] = {}
    connection.execute("BEGIN IMMEDIATE")
    spans = frames = 0
    for n, one in enumerate(records, 1):
        row = (n, one["id"], one["name"], one["title"], one["text"], one["sha256"])
        connection.execute("INSERT INTO article VALUES(?,?,?,?,?,?)", row)
        connection.execute(
            "INSERT INTO words(rowid, title, text) VALUES(?,?,?)", (n, one["title"], one["text"])
        )
        number = {}
        rows = []
        for span in one["spans"]:
            spans += 1
            number[span["id"]] = spans
            start, stop = span["fragments"][0]
            rows.append((spans, n, labels.setdefault(span["label"], len(labels)), start, stop))
        connection.executemany("INSERT INTO span VALUES(?,?,?,?,?)", rows)
        rows = []
        for frame in one["frames"]:
            frames += 1
            head, child = (number[frame["roles"][role][0]] for role in ("head", "child"))
            rows.append((frames, n, labels.setdefault(frame["label"], len(labels)), head, child))
        connection.executemany("INSERT INTO frame VALUES(?,?,?,?,?)", rows)
    connection.executescript(INDEXES)
    connection.execute("COMMIT") if connection.in_transaction else None


def open_article(connection: sqlite3.Connection, n: int) -> int:
    """Read one article with its labels; return how many there are."""
    connection.execute("SELECT * FROM article WHERE n=?", (n,)).fetchone()
    spans = connection.execute("SELECT * FROM span WHERE article=?", (n,)).fetchall()
    return len(spans) + len(connection.execute("SELECT * FROM frame WHERE article=?", (n,)).fetchall())


def save(connection: sqlite3.Connection, n: int) -> None:
    """Save one span with a log row, durably."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO span(article, label, start, stop) VALUES(?,1,10,20)", (n,))
    connection.execute("INSERT INTO change(what) VALUES('{}')")
    connection.execute("COMMIT")


def search(connection: sqlite3.Connection, phrase: str) -> int:
    """Return in how many articles a phrase is found, 200 at most."""
    query = "SELECT rowid FROM words WHERE words MATCH ? LIMIT 200"
    return len(connection.execute(query, (f'"{phrase}"',)).fetchall())


def with_label(connection: sqlite3.Connection, label: int) -> int:
    """Return how many articles hold a label."""
    return len(connection.execute("SELECT DISTINCT article FROM span WHERE label=?", (label,)).fetchall())


def first_screen(connection: sqlite3.Connection) -> int:
    """Read the first fifty rows of the list."""
    return len(connection.execute("SELECT n, name, title FROM article ORDER BY n LIMIT 50").fetchall())


def export(connection: sqlite3.Connection, target: Path) -> None:
    """Write every article with its labels as JSONL."""
    spans = connection.execute("SELECT article, n, label, start, stop FROM span ORDER BY article, start")
    frames = connection.execute("SELECT article, n, label, head, child FROM frame ORDER BY article")
    span, frame = spans.fetchone(), frames.fetchone()
    with target.open("wb") as file:
        for n, ident, name, title, text, sha256 in connection.execute("SELECT * FROM article ORDER BY n"):
            mine, held = [], []
            while span and span[0] == n:
                _, number, label, start, stop = span
                mine.append(
                    {"id": number, "label": label, "fragments": [[start, stop]], "text": [text[start:stop]]}
                )
                span = spans.fetchone()
            while frame and frame[0] == n:
                held.append(
                    {"id": frame[1], "label": frame[2], "roles": {"head": [frame[3]], "child": [frame[4]]}}
                )
                frame = frames.fetchone()
            record = {
                "id": ident,
                "name": name,
                "title": title,
                "text": text,
                "sha256": sha256,
                "spans": mine,
            }
            file.write(orjson.dumps({**record, "frames": held}) + b"\n")
