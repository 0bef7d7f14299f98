"""What reports from campaigns and statehouses brought: quotations and verbs behind them."""

from __future__ import annotations

import pytest
from attributions_said import frames

BEHIND_QUOTES = [
    (
        "“Why did it break?” Anna Quill, 20, asked Monday night.",
        "Anna Quill, 20, | asked | “Why did it break?”",
    ),
    ("“It leaks,” Anna Quill, a farmer, said Monday.", "Anna Quill, a farmer, | said | “It leaks,”"),
    ("Quill called it “late,” promised to mend it and praised Orr.", "Quill | promised | to mend it"),
    ("Quill said it was “late” before walking away.", "Quill | said | it was “late”"),
    (
        "Quill said it was “a shame for all of us” and left the room.",
        "Quill | said | it was “a shame for all of us”",
    ),
    (
        "Quill said lists “can be made to lie” and ended the talk.",
        "Quill | said | lists “can be made to lie”",
    ),
    (
        "Quill asked the crowd to imagine “what farmers think.” It was a line, aides said, that he liked.",
        "Quill | asked | the crowd to imagine “what farmers think.”",
    ),
    ("Quill, who called it “late,” plans to leave.", "Quill | plans | to leave"),
]
POINTED = [
    ("Farmers disputed that figure, pointing to a leak.", "Farmers | disputed | that figure"),
    ("Farmers denied that charge on Monday.", "Farmers | denied | that charge"),
    ("Farmers denied that charges would rise.", "Farmers | denied | that charges would rise"),
    ("Quill calls that answer “a disgrace.”", "Quill | calls | that answer “a disgrace.”"),
]
LED = [
    (
        "In the spring, as Quill claimed that it was safe, farmers were leaving.",
        "Quill | claimed | that it was safe",
    ),
    (
        "Last week, after Quill said the dam was safe, farmers found a leak.",
        "Quill | said | the dam was safe",
    ),
    ("Quill vows to mend dam as farmers leave their homes", "Quill | vows | to mend dam"),
    ("Will Quill, the mayor, admitted it leaks.", "Will Quill, the mayor, | admitted | it leaks"),
]
DOING = [
    ("Quill left office in January claiming it was safe.", "Quill | claiming | it was safe"),
    ("Quill took to Twitter on Monday claiming that it leaks.", "Quill | claiming | that it leaks"),
    ("Quill has run since 2004 saying that it leaks.", "Quill | saying | that it leaks"),
    ("A report in May saying that it leaks was ignored.", "A report | saying | that it leaks"),
    ("Quill, who left in May saying that it leaks, is back.", "who | saying | that it leaks"),
]

BESIDE = [
    ("Quill criticized the plan and Orr defended it.", "Quill | criticized | the plan"),
    (
        "Quill said the plan could help, and he wants farmers to back it.",
        "Quill | said | the plan could help",
    ),
    (
        "Quill warned it may leak, even though many farmers doubt it would break.",
        "Quill | warned | it may leak",
    ),
    (
        "Quill said it was late, though he has stopped short of accusing Orr of lying.",
        "Quill | said | it was late",
    ),
    (
        "Quill denied it was slow, although it appeared that it was.",
        "Quill | denied | it was slow, although it appeared that it was",
    ),
    (
        "Quill said that Orr - who left, even though he claimed otherwise - is ill.",
        "Quill | said | that Orr - who left, even though he claimed otherwise - is ill",
    ),
    ("Quill appears to trail Orr: A poll had him down by four.", " | appears | Quill … to trail Orr"),
    ("They met in Orla, N.J. Quill came too, the clerk said.", "the clerk | said | Quill came too"),
    (
        "They said cutting that output must be a part of it.",
        "They | said | cutting that output must be a part of it",
    ),
]
SUMMED_UP = [
    (
        "Quill said he was proud of the dam and, pointing to it, asked farmers to stay.",
        "Quill | said | he was proud of the dam",
    ),
    (
        "Quill said the plan, first reported by the Ledger, would help.",
        "Quill | said | the plan, first reported by the Ledger, would help",
    ),
    (
        "Quill said it was an act of terror, a term the mayor has avoided.",
        "Quill | said | it was an act of terror",
    ),
    ("Quill said it would help, something critics doubt.", "Quill | said | it would help"),
    ("Quill said it would help, his first comments on the dam.", "Quill | said | it would help"),
    ("Quill said it would help, the clearest sign yet that he backs it.", "Quill | said | it would help"),
]
TOLD_LAST = [
    (
        "Usage has dropped by a third, noted Anna Quill, a farmer.",
        "Anna Quill, a farmer | noted | Usage has dropped by a third",
    ),
    ("Under the plan, aides said, taxes would fall.", "aides | said | Under the plan … taxes would fall"),
    ("Overall, Quill said, the dam is safe.", "Quill | said | Overall … the dam is safe"),
    ("In Orla, Quill said, the dam is safe.", "Quill | said | the dam is safe"),
    ("Quill has said, most recently in Orla, that it leaks.", "Quill | has said | that it leaks"),
    ("Quill wants to know whether it leaks.", "Quill | wants to know | whether it leaks"),
    (
        "Just 12 percent of those polled approve of the deal.",
        "Just 12 percent of those polled | approve of | the deal",
    ),
]


@pytest.mark.parametrize(
    ("text", "wanted"), [*BEHIND_QUOTES, *POINTED, *LED, *DOING, *BESIDE, *SUMMED_UP, *TOLD_LAST]
)
def test_edges_of_statehouse_news(text: str, wanted: str) -> None:
    assert wanted in [one.line for one in frames(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Farmers know Quill's plan to mend the dam.",
        "The council decided to close the mill.",
        "The clerk is monitoring the dam.",
        "When Quill held rallies in Orla he was late.",
    ],
)
def test_what_is_only_done_is_not_proposed(text: str) -> None:
    assert not [one.line for one in frames(text) if "know" not in one.words("cue")]


def test_a_charge_that_somebody_lied_is_not_what_somebody_lied() -> None:
    assert not [one.line for one in frames("The charge that Quill lied has dogged him.") if "…" in one.line]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quill said that, although she admits it, the dam leaks.",
         "Quill | said | that, although she admits it, the dam leaks"),
        ("Quill argues that, even though voters support it, the dam leaks.",
         "Quill | argues | that, even though voters support it, the dam leaks"),
        ("Quill said the dam, though critics deny it, leaks.",
         "Quill | said | the dam, though critics deny it, leaks"),
        ("Quill said the dam leaks, though critics deny it.", "Quill | said | the dam leaks"),
        ("Quill said whoever built the dam, it leaks.", "Quill | said | whoever built the dam, it leaks"),
        ("Quill said whatever it is, it was “late” to mend it.",
         "Quill | said | whatever it is, it was “late” to mend it"),
    ],
)  # fmt: skip
def test_what_is_granted_inside_a_report_does_not_end_it(text: str, expected: str) -> None:
    assert expected in {one.line for one in frames(text)}
