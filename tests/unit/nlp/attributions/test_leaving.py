"""Where what is said ends because the writer speaks again or another report begins, with own sentences."""

from __future__ import annotations

import pytest
from attributions_said import frames

REPORTS = [
    ("Quill said the dam is “safe for now,” adding that the farmers “need not leave.”",
     "Quill | said | the dam is “safe for now,”"),
    ("Quill said that the dam “has no crack,” and called on farmers to help.",
     "Quill | said | that the dam “has no crack,”"),
    ("Kerrin condemned the farmers for “the murder of a dam.” Mr. Quill said “the farmers must pay.”",
     "Kerrin | condemned | the farmers for “the murder of a dam.”"),
    ("“It leaks!” Quill said “too loudly.” She left.", "Quill | said | “It leaks!”"),
    ("“It leaks.” Quill said. “It is old.”", "Quill | said | “It leaks.” … “It is old.”"),
    ("Quill reported that the dam had closed, many speculating that it would not open again.",
     "Quill | reported | that the dam had closed"),
    ("Most farmers described themselves as poor with three in ten saying they are very poor.",
     "Most farmers | described | themselves as poor"),
    ("Quill said the dam had closed, many waiting for it to open.",
     "Quill | said | the dam had closed, many waiting for it to open"),
    ("Quill described the farmers with great care.", "Quill | described | the farmers with great care"),
]  # fmt: skip
SUMMED_UP = [
    ("Quill said the town would “do all it can,” a promise that has come before every flood.",
     "Quill | said | the town would “do all it can,”"),
    ("Kerrin asked whether the council paid its friends, a charge that Quill has always denied.",
     "Kerrin | asked | whether the council paid its friends"),
    ("Kerrin said farmers may drain the lake, a widely hated practice banned in other valleys.",
     "Kerrin | said | farmers may drain the lake"),
    ("Kerrin said the council had hired Quill, a farmer that knows the dam.",
     "Kerrin | said | the council had hired Quill, a farmer that knows the dam"),
    ("Kerrin said the council had one aim, a sign of trust.",
     "Kerrin | said | the council had one aim, a sign of trust"),
]  # fmt: skip
NUMBERS = [
    ("The council estimated that 20 farmers are missing, and has not named them.",
     "The council | estimated | that 20 farmers are missing"),
    ("The farmers said the dam is old, and have not been there since.",
     "The farmers | said | the dam is old"),
    ("The council said the dam is old, and has not been mended.",
     "The council | said | the dam is old, and has not been mended"),
]  # fmt: skip
PARTICIPLES = [
    ("Quill says it has signed the deal and agreed to free the water.",
     "Quill | says | it has signed the deal and agreed to free the water"),
    ("Quill has dismissed claims by the farmers that it has signed a deal or agreed to free the water.",
     "Quill | has dismissed | claims by the farmers that it has signed a deal or agreed to free the water"),
    ("Quill said the dam held and agreed to open it.", "Quill | said | the dam held"),
    ("Quill criticised the plan or denied it.", "Quill | criticised | the plan"),
]  # fmt: skip
MAIN_VERBS = [
    ("Rumours that the lake may be low due to ill luck were fuelled by a report.",
     " | Rumours | that the lake may be low due to ill luck"),
    ("The farmers' threat to sue the engineer, Anna Quill, is testing the council.",
     "The farmers' | threat | to sue the engineer, Anna Quill"),
    ("The council's desire to drain the lake, is known in the valley.",
     "The council's | desire | to drain the lake"),
    ("Kerrin is harsh in her attacks on all farmers they consider rich.",
     "her | attacks on | all farmers they consider rich"),
    ("Her comments about it drew the wrath of farmers.", "Her | comments about | it"),
]  # fmt: skip
DAYS = [
    ("Quill said last week that engineers hired by the town in May have found a crack.",
     "Quill | said | that engineers hired by the town in May have found a crack"),
    ("Quill said Thursday that farmers released from the fund in May have been in touch.",
     "Quill | said | that farmers released from the fund in May have been in touch"),
    ("Quill said last month they had seen a crack.", "Quill | said | they had seen a crack"),
    ("Quill announced two weeks ago that they had struck a deal.",
     "Quill | announced | that they had struck a deal"),
    ("Quill said Thursday will be dry.", "Quill | said | Thursday will be dry"),
]  # fmt: skip
BETWEEN = [
    ("Quill said when the gate broke that the dam was old.", "Quill | said | that the dam was old"),
    ("Quill said when the gate broke the dam was old.",
     "Quill | said | when the gate broke the dam was old"),
    ("Quill announced months ago it would drain the lake.", "Quill | announced | it would drain the lake"),
    ("The former envoy for closing the mill said it leaks.",
     "The former envoy for closing the mill | said | it leaks"),
    ("It took the committee two years to determine that the dam leaks.",
     "the committee | to determine | that the dam leaks"),
    ("The mill closed early, as reported by the Herald.", "the Herald | as reported | The mill closed early"),
]  # fmt: skip
BESIDE = [
    ("One in four said the dam leaks, compared with six in ten who said it holds.",
     "One in four | said | the dam leaks"),
    ("One in four said the dam leaks, about the same number who said it holds.",
     "who | said | it holds"),
    ("Quill said the dam leaks, and many farmers of the valley are wondering if it holds.",
     "many farmers of the valley | are wondering | if it holds"),
    ("Where the mayor hoped to agree, the farmers said the dam leaks.",
     "the farmers | said | the dam leaks"),
    ("Quill criticised the plan for the dam (which the mayor had also called late).",
     "Quill | criticised | the plan for the dam"),
    ("Quill criticised the plan for the dam (in May).", "Quill | criticised | the plan for the dam (in May)"),
    ("Eels are considered unclean by farmers in Orla.", "farmers in Orla | are considered | Eels … unclean"),
    ("Quill kept her promise to drain the lake.", "Quill | kept her promise | to drain the lake"),
    ("Quill's promise to drain the lake is old.", "Quill's | promise | to drain the lake"),
    ("Quill left following his promise to drain the lake.", "his | promise | to drain the lake"),
    ("Quill said the dam is old (and fit for use in dry years).",
     "Quill | said | the dam is old (and fit for use in dry years)"),
    ("Quill said the dam is old [though not for the whole valley].",
     "Quill | said | the dam is old [though not for the whole valley]"),
    ("He said the man - identified as Rob Kerrin - was the owner of the mill.",
     "He | said | the man - identified as Rob Kerrin - was the owner of the mill"),
    ("Quill said the mill was sold to the bank in May, and that is the last she knew of it.",
     "Quill | said | the mill was sold to the bank in May, and that is the last she knew of it"),
    ("Officials also refused to allow a second gate.", "Officials | also refused | to allow a second gate"),
    ("He declined to comment further.", "He | declined | to comment further"),
    ("The mayor vowed to talk now.", "The mayor | vowed | to talk now"),
    ("Quill plans to discuss worries about the dam.",
     "Quill | plans | to discuss worries about the dam"),
]  # fmt: skip

_ALL = [*BESIDE, *REPORTS, *SUMMED_UP, *NUMBERS, *PARTICIPLES, *MAIN_VERBS, *DAYS, *BETWEEN]


@pytest.mark.parametrize(("text", "expected"), _ALL, ids=[f"{text[:40]}-{one[:20]}" for text, one in _ALL])
def test_the_writer_speaks_again(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


@pytest.mark.parametrize(
    "how", ["condition of anonymity", "the condition of anonymity", "condition that it rains"]
)
def test_a_condition_is_not_what_was_spoken_on(how: str) -> None:
    said = [one.line for one in frames(f"The officials spoke on {how}.")]
    assert not [line for line in said if "spoke" in line]
    assert "The officials | spoke on | the dam" in [
        one.line for one in frames("The officials spoke on the dam.")
    ]


@pytest.mark.parametrize("how", ["required by law", "demanded by farmers", "allowed by a judge"])
def test_what_is_done_as_ordered_is_not_said(how: str) -> None:
    said = [
        one.line for one in frames(f"The mill closed early, as {how}, and Quill said it would open again.")
    ]
    assert said == ["Quill | said | it would open again"]


def test_nobody_is_named_by_how_long_it_took() -> None:
    assert not [
        one.line
        for one in frames("It took the pump two years to show that it leaks.")
        if one.line.startswith("the pump")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It is suspected as a dam built by farmers.",
        "Quill is suspected of appearing in films of Rob, who went by Ivo.",
    ],
)
def test_who_did_something_else_does_not_say_it(text: str) -> None:
    assert not [one.line for one in frames(text) if one.line.startswith(("farmers |", "Ivo |"))]


def test_a_noun_takes_its_own_link_alone() -> None:
    text = "Another repercussion of the city's proposed policy change could be that warrants are issued late."
    assert not [one.line for one in frames(text) if "change could be" in one.line]
