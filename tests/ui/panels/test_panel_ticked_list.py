"""A list whose rows have a tick each."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from annotator.model.ids import new_id
from annotator.ui.panels.ticked_list import TickedList


@pytest.mark.parametrize("is_all", [True, False])
def test_ticking_all_or_none_of_many_rows_is_told_once(qtbot: QtBot, is_all: bool) -> None:
    rows = TickedList("Rows", [(new_id(), "row", ticked) for ticked in (not is_all, None, not is_all)])
    qtbot.addWidget(rows)
    told: list[int] = []
    rows.itemChanged.connect(lambda _: told.append(len(rows.ticked)))
    (rows.all if is_all else rows.none).click()
    assert told == [2 if is_all else 0]
