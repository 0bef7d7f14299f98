"""What articles of a campaign brought: lists of verbs, asides, idioms, bullets, signed words."""

from __future__ import annotations

import pytest
from attributions_said import frames

LINES = [
    ("• Quill said it leaks.", ["Quill | said | it leaks"]),
    ("9:06 p.m. Quill: “It leaks and leaks.”", ["Quill | : | “It leaks and leaks.”"]),
    ("9:40 p.m. The mayor says it leaks.", ["The mayor | says | it leaks"]),
    ("THE FACTS: Records show that the dam holds.", ["Records | show | that the dam holds"]),
    (
        "THE CLAIM: “The dam has leaked for years.” — Mayor Adam Quill",
        ["Mayor Adam Quill | — | “The dam has leaked for years.”"],
    ),
    ("FACT CHECK: “The dam has leaked for years.”", []),
    ("Quill on the dam: “It leaks and leaks.”", ["Quill | : | “It leaks and leaks.”"]),
    ("“It leaks and leaks,” per Quill.", ["Quill | per | “It leaks and leaks,”"]),
    (
        "“It leaks.” Mayor Adam Quill dissented, arguing that it holds.",
        ["Mayor Adam Quill | arguing | that it holds"],
    ),
    (
        "“It leaks.” One farmer went further, likening the gate to a sieve.",
        ["One farmer | likening | the gate to a sieve"],
    ),
]
PREDICATED = [
    (
        "“A leak waiting to happen,” was the verdict of Quill.",
        ["Quill | was the verdict of | “A leak waiting to happen,”"],
    ),
    ("“A leak is a leak” is how the mayor put it.", ["the mayor | is how | “A leak is a leak”"]),
    ("“Open the gate,” came the reply.", [" | came the reply | “Open the gate,”"]),
    ("“Water finds a way,” is her refrain.", ["her | is her refrain | “Water finds a way,”"]),
    ("“Water finds a way” is a book.", []),
    ("The dam cost $2 million, by Quill's own account.", ["Quill's | own account | The dam cost $2 million"]),
    ("Not so, Quill said.", ["Quill | said | Not so"]),
    (
        "As Quill, the mayor of Orla, put it, the dam leaks.",
        ["Quill, the mayor of Orla, | put it | the dam leaks"],
    ),
]
LISTS = [
    (
        "He called the dam “a big old sieve,” said that it leaked and mocked its builder.",
        [
            "He | called | the dam “a big old sieve,”",
            "He | said | that it leaked",
            "He | mocked | its builder",
        ],
    ),
    (
        "He criticized the dam and, to loud boos, mocked its builder.",
        ["He | criticized | the dam", "He | mocked | its builder"],
    ),
    (
        "As the band left, a farmer stood up and shouted that it leaks.",
        ["a farmer | shouted | that it leaks"],
    ),
    (
        "The mayor, whose office had signaled that it leaks, left town.",
        ["whose office | had signaled | that it leaks"],
    ),
    ("Quill insisted, as mayors must, that it holds.", ["Quill | insisted | that it holds"]),
    (
        "He would “take a look, a hard look,” at closing it, Quill said.",
        ["Quill | said | He would “take a look, a hard look,” at closing it"],
    ),
    ("Quill said when it rains, close the gate.", ["Quill | said | when it rains, close the gate"]),
    (
        "Asked if it leaks, Mayor Adam Quill, reached by phone at his house in Orla, said no.",
        [
            " | Asked | if it leaks",
            "Mayor Adam Quill, reached by phone at his house in Orla, | said | no",
        ],
    ),
]
NOUNS = [
    (
        "Orr repeated the claim, made at a rally and denied since, that it leaks.",
        ["Orr | repeated the claim | that it leaks"],
    ),
    ("Quill cited her comment in Orla that it leaks.", ["Quill | cited her comment | that it leaks"]),
    ("The mayor's repeated claim that it leaks is old.", ["The mayor's | repeated claim | that it leaks"]),
    ("Quill was of the view that it leaks.", ["Quill | was of the view | that it leaks"]),
    ("I have my doubts about the plan.", ["I | have my doubts about | the plan"]),
]
CUES = [
    ("“It leaks,” Quill can be heard telling a farmer.", ["Quill | can be heard telling | “It leaks,”"]),
    ("He has taken to calling it a sieve.", ["He | has taken to calling | it a sieve"]),
    ("Orr went so far as to suggest that it leaks.", ["Orr | went so far as to suggest | that it leaks"]),
    ("The mayor walked it back.", ["The mayor | walked | it"]),
    ("He has himself declined to speak.", ["He | has himself declined | to speak"]),
    ("Orr turned his back on the plan.", ["Orr | turned his back on | the plan"]),
    ("The builders turned their backs on her.", ["The builders | turned their backs on | her"]),
    ("As voting got under way, farmers left.", []),
]
WORDS = [
    ("Friends from that time remember it leaked.", ["Friends from that time | remember | it leaked"]),
    ("Another smeared her as a liar.", ["Another | smeared | her as a liar"]),
    ("One praised her candor.", ["One | praised | her candor"]),
    (
        "The office would not say which estimate it trusts.",
        ["The office | would not say | which estimate it trusts"],
    ),
    ("The appeals court ruled on Monday that it leaks.", ["The appeals court | ruled | that it leaks"]),
    ("The Sanders campaign defends the plan.", ["The Sanders campaign | defends | the plan"]),
    (
        "Quill said in no uncertain terms that it leaks.",
        ["Quill | said in no uncertain terms | that it leaks"],
    ),
    ("For years none of the farmers mentioned it.", ["none of the farmers | mentioned | it"]),
    ("All left, with several yelling “Leave it now!”", ["several | yelling | “Leave it now!”"]),
    (
        "A study published last month by the council puts the cost at $2 million.",
        ["A study published last month by the council | puts | the cost at $2 million"],
    ),
    ("A poll out this week finds that it leaks.", ["A poll out this week | finds | that it leaks"]),
]


@pytest.mark.parametrize(("text", "expected"), [*LINES, *PREDICATED, *LISTS, *NOUNS, *CUES, *WORDS])
def test_campaign_news(text: str, expected: list[str]) -> None:
    assert {one.line for one in frames(text)} == set(expected)
