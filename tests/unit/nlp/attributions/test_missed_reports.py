"""Plain reports that a parser saw and the rules did not, with own sentences."""

from __future__ import annotations

import pytest
from attributions_said import frames

SOURCES = [
    ("The bank is full, leading farmers said.", "leading farmers | said | The bank is full"),
    ("Pan Am said it is seeking a cut.", "Pan Am | said | it is seeking a cut"),
    ("Kerrin’s said it will watch the dam.", "Kerrin’s | said | it will watch the dam"),
    ("The 26-year-old says he stopped at the mill.", "The 26-year-old | says | he stopped at the mill"),
    ("About one in five say they would leave.", "About one in five | say | they would leave"),
    ("About 4 in 10 say they are poor.", "About 4 in 10 | say | they are poor"),
    ("Some even thought they saw a flood.", "Some | even thought | they saw a flood"),
    ("The Herald figures show that total loans rose.",
     "The Herald figures | show | that total loans rose"),
    ("The head of the council, Anna Quill, on Oct. 17 announced that the dam had closed.",
     "The head of the council, Anna Quill, | announced | that the dam had closed"),
    ("Some 56 percent of farmers polled said they were poor.",
     "Some 56 percent of farmers polled | said | they were poor"),
    ("The Dam Act of 1974 says that Orla must pay.", "The Dam Act of 1974 | says | that Orla must pay"),
    ("It is a move Quill said could drive farmers away.",
     "Quill | said | a move … could drive farmers away"),
]  # fmt: skip
CLAIMS = [
    ("Quill said much will depend on the rain.", "Quill | said | much will depend on the rain"),
    ("Quill said up to 1,800 farmers will be hurt.", "Quill | said | up to 1,800 farmers will be hurt"),
    ("Quill said increased rain had hurt the dam.", "Quill | said | increased rain had hurt the dam"),
    ("Quill said unless the strike was settled he would leave.",
     "Quill | said | unless the strike was settled he would leave"),
    ("Quill told farmers from Orla, the valley and Ohio that the dam had closed.",
     "Quill | told | that the dam had closed"),
    ("A part of it will also be cut, Quill said without offering details.",
     "Quill | said | A part of it will also be cut"),
    ("Quill told the Mirror Kerrin would leave.", "Quill | told | Kerrin would leave"),
    ("Quill told the Herald about Kerrin.", "Quill | told | Kerrin"),
    ("Quill has told how a mother lost her son.", "Quill | has told | how a mother lost her son"),
    ("The lake is low, the council said in a report sent to the mayor.",
     "the council | said | The lake is low"),
    ("The lake is low, Quill said in a phone interview Sept. 2.", "Quill | said | The lake is low"),
    ("Two weeks after Kerrin said a plan had failed, Quill left.", "Kerrin | said | a plan had failed"),
]  # fmt: skip
NONE = [
    "The dam broke, killing farmers.",
    "The mayor said published reports.",
    "The farmer Quill said could not be seen.",
]


@pytest.mark.parametrize(("text", "expected"), [*SOURCES, *CLAIMS])
def test_a_plain_report_is_seen(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


@pytest.mark.parametrize("text", NONE)
def test_what_looks_like_it_is_none(text: str) -> None:
    assert not [one.line for one in frames(text)]
