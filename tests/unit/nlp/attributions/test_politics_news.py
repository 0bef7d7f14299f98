"""Edges and sources as news on politics writes them, with own sentences."""

from __future__ import annotations

import pytest
from attributions_said import frames

LEAVING = [
    ("Quill called the report “false” Monday.", "Quill | called | the report “false”"),
    ("Quill called the report “false” Monday while admitting it was late.",
     "Quill | called | the report “false”"),
    ("Quill declined to comment Monday.", "Quill | declined | to comment"),
    ("Quill declined to comment on Monday.", "Quill | declined | to comment"),
    ("Quill declined to comment on the dam.", "Quill | declined to comment | on the dam"),
    ("Quill said he did not know of a crack, citing the lack of reports.",
     "Quill | said | he did not know of a crack"),
    ("Quill said that “at least 10″ farmers have left, a claim that was denied by Kerrin.",
     "Quill | said | that “at least 10″ farmers have left"),
    ("“It is 10″ too low now,” Quill said.", "Quill | said | “It is 10″ too low now,”"),
]  # fmt: skip
GOING_ON = [
    ("Quill estimates Orla, whose name means “The dam is old,” has lost half its farmers.",
     "Quill | estimates | Orla, whose name means “The dam is old,” has lost half its farmers"),
    ("Quill said the town, in Orla, is “safe for now,” has left.",
     "Quill | said | the town, in Orla, is “safe for now,”"),
    ("Quill condemned abuses, including theft, forced labour and beating.",
     "Quill | condemned | abuses, including theft, forced labour and beating"),
    ("Quill said between Sept. 3 and Oct. 6, only five farmers had left.",
     "Quill | said | between Sept. 3 and Oct. 6, only five farmers had left"),
    ("Quill denied reports that four farmers had been held and questioned.",
     "Quill | denied | reports that four farmers had been held and questioned"),
    ("Quill said that four farmers had been held and questioned.",
     "Quill | said | that four farmers had been held and questioned"),
    ("Quill said that four farmers had been held and questioned the mayor.",
     "Quill | said | that four farmers had been held"),
    ("Quill acknowledged for the first time that a team had sought to drain it.",
     "Quill | acknowledged | that a team had sought to drain it"),
]  # fmt: skip
SUMMED_UP = [
    ("Quill said it leaks, a claim that was denied by Kerrin.", "Kerrin | was denied | a claim"),
    ("Quill sold a mill that was praised by Kerrin.", "Kerrin | was praised | that"),
]  # fmt: skip
CUES = [
    ("Quill used her speech to offer help.", "Quill | used her speech to offer | help"),
    ("Quill used her trip to Orla to offer help.", "Quill | used her trip to Orla to offer | help"),
    ("The report goes on to say that the dam leaks.", "The report | goes on to say | that the dam leaks"),
    ("Doctors did a scan only to discover that she was hurt.",
     "Doctors | only to discover | that she was hurt"),
    ("Quill replied by saying the dam leaks.", "Quill | replied by saying | the dam leaks"),
    ("Quill then countered by calling the plan late.", "Quill | then countered by calling | the plan late"),
    ("Quill won the vote by calling the plan late.", "Quill | calling | the plan late"),
    ("The Herald issued a correction, saying that the dam holds.",
     "The Herald | issued a correction, saying | that the dam holds"),
    ("The council has put out a statement saying that the dam holds.",
     "The council | has put out a statement saying | that the dam holds"),
    ("The council issued tickets, saying that the dam holds.", "The council | saying | that the dam holds"),
    ("The statement was issued in a note, saying that the dam holds.",
     "The statement | saying | that the dam holds"),
]  # fmt: skip
SOURCES = [
    ("The news followed a report that revealed the dam had leaked.",
     "that | revealed | the dam had leaked"),
    ("Quill, at a hearing last month, stressed that the dam holds.", "Quill | stressed | that the dam holds"),
    ("Quill, at the Royal Institute, stressed that the dam holds.",
     "Quill, at the Royal Institute, | stressed | that the dam holds"),
    ("In what they called a “joint plan,” Quill and Kerrin announced Monday that most farmers will stay.",
     "Quill and Kerrin | announced | that most farmers will stay"),
    ("“It leaks,” Quill said that night.", "Quill | said | “It leaks,”"),
]  # fmt: skip

_ALL = [*LEAVING, *GOING_ON, *SUMMED_UP, *CUES, *SOURCES]


@pytest.mark.parametrize(("text", "expected"), _ALL, ids=[text for text, _ in _ALL])
def test_news_on_politics(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Quill used the march, late as it was, to offer help.",
        "Quill took the car when it rained to question the plan.",
    ],
)
def test_another_clause_parts_a_verb_from_its_infinitive(text: str) -> None:
    assert not [one.line for one in frames(text)]


def test_what_only_describes_a_thing_is_no_claim() -> None:
    lines = [one.line for one in frames("Quill sold a film that appears to show the dam.")]
    assert not [line for line in lines if "appears" in line]
    assert [one.line for one in frames("The film appears to show the dam.")] == [
        " | appears | The film … to show the dam"
    ]
