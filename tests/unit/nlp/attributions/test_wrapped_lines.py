"""Attributions in text whose lines were wrapped by hand, and datelines before them, with own stories."""

from __future__ import annotations

import pytest
from attributions_said import frames

from annotator.model.suggesting import SuggestInput
from annotator.model.units import paragraph_bounds, read_bounds
from annotator.nlp.attributions import SUGGESTER

WIRE = """DAM OF ORLA HOLDS

    ORLA, March 3 - The old dam above the town of Orla will hold
for another winter at the least, the Valley Water and Weir
Board said.
    Anna Quill told a meeting of the valley's farmers that the
lake had not been as full since the spring of the
great flood.
    The mayor opposes the plan to drain the lake, but Tom
Kerrin, who has farmed below the weir for thirty years, said he
believed the plan came late.
"""


def lines_of(text: str) -> list[str]:
    return [" ".join(one.line.split()) for one in frames(text)]


def test_sentences_go_on_over_wrapped_lines() -> None:
    found = lines_of(WIRE)
    assert (
        "the Valley Water and Weir Board | said | "
        "The old dam above the town of Orla will hold for another winter at the least"
    ) in found
    assert (
        "Anna Quill | told | that the lake had not been as full since the spring of the great flood"
    ) in found


def test_lines_that_are_not_wrapped_stay_apart() -> None:
    text = "Quill said the dam held\nThe lake was full.\n\nKerrin left."
    assert read_bounds(text) == paragraph_bounds(text)


def test_wrapped_lines_are_one_paragraph() -> None:
    starts = [WIRE[slice(*one)].split(maxsplit=1)[0] for one in read_bounds(WIRE)]
    assert starts == ["DAM", "ORLA,", "Anna", "The"]


def test_names_and_reasons_stand_on_one_line() -> None:
    (made,) = SUGGESTER.load("").suggest([SuggestInput(WIRE)])
    told = [one.reason for one in (*made.spans, *made.frames)]
    told += [value for one in made.spans for value in one.attributes.values()]
    told += [name for one in made.frames for _, name in one.actors]
    assert any("Tom Kerrin" in one for one in told)
    assert not any("\n" in one for one in told)


@pytest.mark.parametrize(
    "line", ["ORLA, March 3 - ", "PORT ORLA, Sept. 12 - ", "  ORLA, July 30 -- ", "ORLA — "]
)
def test_datelines_with_a_day_are_not_said(line: str) -> None:
    assert lines_of(f"{line}The dam will hold, Quill said.") == ["Quill | said | The dam will hold"]


def test_reasons_name_the_verb_behind_as() -> None:
    text = "The dam leaks, as Quill confirmed on Monday."
    (made,) = SUGGESTER.load("").suggest([SuggestInput(text)])
    assert not [one.reason for one in made.frames if "“”" in one.reason]
    assert [one.reason for one in made.frames if one.label == "STANCE"] == [
        "“confirm” stands behind what follows"
    ]
