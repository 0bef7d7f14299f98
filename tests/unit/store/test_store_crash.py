"""Killed at any moment, everything that was acknowledged is there: closing adds nothing (T-10)."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from forked import Forks, forks_of

from annotator.model.changes import Add
from annotator.model.ids import id_text
from annotator.model.job import run
from annotator.model.records import Article, Span
from annotator.model.scheme import Label, Scheme
from annotator.store import locking
from annotator.store.store import Store

KILLS = 20
WORKER = """
import sys
from pathlib import Path
from annotator.model.changes import Add
from annotator.model.ids import id_from_text, id_text, new_id
from annotator.model.records import Fragment, Span
from annotator.store.store import Store

store = Store.open(Path(sys.argv[1]), "killed")
article, who = map(id_from_text, sys.argv[2:4])
print("ready", flush=True)
while True:
    span = Span(new_id(), article, "CLAIM", (Fragment(0, 3),), who, 1)
    store.write("Add claim", [Add(span)], by=who)
    print(id_text(span.id), flush=True)
    if span.id[-1] % 5 == 0:
        store.undo()
        print("-" + id_text(span.id), flush=True)
"""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Forks]:
    """What labels until it is killed."""
    with forks_of(WORKER, tmp_path) as found:
        yield found


@pytest.mark.parametrize("can_fork", [sys.platform == "linux", False])
def test_a_program_is_started_and_killed_as_often_as_asked(tmp_path: Path, can_fork: bool) -> None:
    source = "import sys, time\nprint(sys.argv[1], flush=True)\ntime.sleep(60)\n"
    with forks_of(source, tmp_path, can_fork=can_fork) as found:
        for name in ("one", "two"):
            with found.start(name) as run:
                assert run.stdout.readline() == f"{name}\n"
                run.kill()
                assert run.stdout.read() == ""


def test_twenty_kills_lose_nothing_that_was_acknowledged(path: Path, make: Any, program: Forks) -> None:
    article = make.article()
    store = Store.create(path, Scheme("s", "S", (Label("CLAIM", "span"),)), "test")
    store.write("Import", [Add(article), Add(make.who)], undoable=False)
    store.close()
    chance = random.Random(7)
    expected: set[str] = set()
    for _ in range(KILLS):
        after = (chance.randrange(12), chance.uniform(0.0, 0.01))
        acknowledged, removed = _killed(program, path, article, make, *after)
        expected = (expected | acknowledged) - removed
        again = Store.open(path, "test")
        assert len(again.notices) == 1
        assert "checked and is whole" in again.notices[0]
        found = {_text(span) for span in again.content(article.id).spans}
        # One label may be in the file, or taken back, that nobody was told about.
        missing, extra = expected - found, found - expected
        assert len(missing) + len(extra) <= 1
        assert all(int(one[-2:], 16) % 5 == 0 for one in missing), "an acknowledged label is missing"
        expected = found
        again.close()
    assert len(expected) > KILLS
    again = Store.open(path, "test")
    assert again.notices == ()
    assert run(again.check()) == ()
    again.close()


def _killed(
    program: Forks, path: Path, article: Article, make: Any, lines: int, seconds: float
) -> tuple[set[str], set[str]]:
    with program.start(path, id_text(article.id), id_text(make.who.id)) as run:
        assert run.stdout.readline() == "ready\n"
        first = [run.stdout.readline() for _ in range(lines)]
        time.sleep(seconds)
        run.kill()
        told = [*first, *run.stdout.read().splitlines()]
    assert locking.lock_path(path).exists()
    whole = [line.strip() for line in told if len(line) >= 36]
    removed = {line[1:] for line in whole if line.startswith("-")}
    return {line for line in whole if not line.startswith("-")}, removed


def _text(span: Span) -> str:
    return id_text(span.id)
