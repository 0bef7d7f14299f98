"""What a damaged file is called: sentences, never the lines of SQLite, and never a crash."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from annotator.model.changes import Add
from annotator.model.errors import ProjectDamaged
from annotator.model.job import run
from annotator.model.scheme import Label, Scheme
from annotator.store.damage import sentences
from annotator.store.store import Store

SQLITE = re.compile(r"disk image|in database main|tree page|[Rr]owid|sqlite_|missing from index|NULL|None")


def filled(path: Path, make: Any) -> None:
    store = Store.create(path, Scheme("s", "S", (Label("CLAIM", "span"),)), "test")
    store.write("Add", map(Add, (make.who, make.article())))
    store.write("Import", make.bulk(60, 10))
    store.close()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("ok",), ()),
        (
            ("row 7 missing from index spans_by_article", "wrong # of entries in index spans_by_article"),
            ("its indexes miss or double 2 records, which may not be found.",),
        ),
        (
            ("NULL value in spans.start",),
            ("1 value of its records cannot be what was written.",),
        ),
        (
            (
                "non-unique entry in index ids_1",
                "*** in database main ***\nOn tree page 4 cell 2: Rowid 3 out of order\nPage 9 is never used",
            ),
            (
                "it does not hold together in 2 places; what stood there may be lost.",
                "its indexes miss or double 1 record, which may not be found.",
            ),
        ),
    ],
)
def test_what_sqlite_finds_is_said_in_sentences(lines: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert sentences(lines) == expected


@pytest.mark.parametrize("size", [1, 4096])
def test_a_check_of_a_damaged_file_speaks_no_sqlite(path: Path, make: Any, size: int) -> None:
    filled(path, make)
    good = path.read_bytes()
    said = set()
    for place in range(4096 * 2, len(good) - 4096, len(good) // 5):
        at = place // size * size
        path.write_bytes(good[:at] + bytes(255 - one for one in good[at : at + size]) + good[at + size :])
        try:
            store = Store.open(path, "test")
        except ProjectDamaged as error:
            said.add(str(error))
            continue
        said |= {one.text for one in run(store.check())}
        store.close()
    assert said
    assert [one for one in said if SQLITE.search(one)] == []
    assert [one for one in said if "There is no backup" in one and "Put back" in one] == []


def test_a_file_without_the_ids_of_its_records_is_told_to_be_damaged(path: Path, make: Any) -> None:
    filled(path, make)
    good = path.read_bytes()
    store = Store.open(path, "test")
    page = store._connection.exec_driver_sql("SELECT rootpage FROM sqlite_schema WHERE name = 'ids'").scalar()
    store.close()
    # An empty first column in each row: its type says that nothing is there.
    start = (page - 1) * 4096
    broken = good[start : start + 4096].replace(b"\x2c", b"\x00")
    path.write_bytes(good[:start] + broken + good[start + 4096 :])
    with pytest.raises(ProjectDamaged, match="it cannot be read as a project any more"):
        Store.open(path, "test")
