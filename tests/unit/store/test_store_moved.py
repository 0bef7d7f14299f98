"""A project file that is moved, deleted or replaced while it is open: nothing is said to be saved then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.model.changes import Add
from annotator.model.errors import NotSaved
from annotator.model.job import run
from annotator.model.records import Span
from annotator.store.store import Store


def delete(path: Path) -> None:
    path.rename(path.with_name("bin"))


def replace(path: Path) -> None:
    other = path.with_name("other")
    shutil.copyfile(path, other)
    path.rename(path.with_name("bin"))
    other.rename(path)


def put_back(path: Path) -> None:
    path.with_name("bin").replace(path)


HOW = pytest.mark.parametrize("take_away", [delete, replace])


@HOW
def test_nothing_is_written_where_nobody_would_find_it(
    store: Store, make: Any, path: Path, take_away: Callable[[Path], None], may_open_project: None
) -> None:
    article = make.article()
    store.write("Import", [Add(article)])
    take_away(path)
    for _ in range(2):
        with pytest.raises(NotSaved, match="is not where it was: it was moved, renamed"):
            store.write("Add", [Add(make.span(article))])
        assert store.undo_name() == "Import"
    put_back(path)
    store.write("Add", [Add(make.span(article))])
    store.undo()
    store.redo()
    assert len(store.all(Span)) == 1


@HOW
def test_so_it_is_before_the_first_step(
    reopened: Callable[[], Store],
    make: Any,
    path: Path,
    take_away: Callable[[Path], None],
    may_open_project: None,
) -> None:
    store = reopened()
    take_away(path)
    with pytest.raises(NotSaved, match="is not where it was"):
        store.write("Import", [Add(make.article())])
    put_back(path)
    store.write("Import", [Add(make.article())])


def test_a_copy_holds_all_that_was_saved(store: Store, make: Any, path: Path) -> None:
    article = make.article()
    store.write("Import", [Add(article), Add(make.span(article))])
    delete(path)
    copy = path.with_name("copy.annot")
    run(store.copy_to(copy))
    put_back(path)
    again = Store.open(copy, "test")
    assert len(again.all(Span)) == 1
    again.close()


def test_a_project_whose_folder_is_gone_is_closed_all_the_same(
    store: Store, make: Any, tmp_path: Path
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    inside = Store.create(inner / "p.annot", store.scheme(), "test")
    inside.write("Import", [Add(make.article())])
    inner.rename(tmp_path / "elsewhere")
    with pytest.raises(NotSaved):
        inside.write("Import", [Add(make.article("two.txt"))])
    inside.close()
    assert not inner.exists()
