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


@pytest.mark.parametrize(("text", "wanted"), [*BEHIND_QUOTES, *POINTED, *LED, *DOING])
def test_edges_of_statehouse_news(text: str, wanted: str) -> None:
    assert wanted in [one.line for one in frames(text)]
