"""More of what news of a campaign brought: whole subjects, words between verb and claim, answers, polls."""

from __future__ import annotations

import pytest
from attributions_said import frames

SUBJECTS = [
    ("Not everyone was persuaded it holds.", ["Not everyone | was persuaded | it holds"]),
    ("She and others blame the rain.", ["She and others | blame | the rain"]),
    ("A crew, several of whom said it leaks, left.", ["several of whom | said | it leaks"]),
    ("A poll out this week finds it leaks.", ["A poll out this week | finds | it leaks"]),
    ("Neither campaign would say how much it cost.", ["Neither campaign | would say | how much it cost"]),
    (
        "“Are you kidding me?” Orla News host Anna Quill asked.",
        ["Orla News host Anna Quill | asked | “Are you kidding me?”"],
    ),
    ("It leaks. Another smeared Quill as a liar.", ["Another | smeared | Quill as a liar"]),
    ("It cost a lot, a decision civil rights groups hailed.", ["civil rights groups | hailed | a decision"]),
    (
        "The gate should hold, as farmers across the valley have demanded.",
        ["farmers across the valley | have demanded | The gate should hold"],
    ),
]
BETWEEN = [
    (
        "The clerk did not immediately respond to a request.",
        ["The clerk | did not immediately respond to | a request"],
    ),
    ("The council declined comment on the leak.", ["The council | declined comment on | the leak"]),
    ("Quill asked him, not unreasonably, what it cost.", ["Quill | asked | what it cost"]),
    ("Quill dismissed them with a wave.", ["Quill | dismissed | them"]),
    ("Quill has lobbied for money for years.", ["Quill | has lobbied for | money"]),
    ("The two differ over whether it leaks.", ["The two | differ over | whether it leaks"]),
    (
        "I have my doubts about a firm whose owners drill wells.",
        ["I | have my doubts about | a firm whose owners drill wells"],
    ),
    ("Reminded that it leaks, Quill left.", [" | Reminded | that it leaks"]),
    ("It rained; pressed on whether it leaked, Quill left.", [" | pressed on | whether it leaked"]),
    ("The gate, which is, Quill says, old and late, fell.", ["Quill | says | which is … old and late"]),
    ("The dam, you see, has leaked.", []),
]
ANSWERS = [
    ("Quill's answer? “It has leaked for years.”", ["Quill's | answer | “It has leaked for years.”"]),
    ("“It is what it is,” is all Quill would say.", ["Quill | is all | “It is what it is,”"]),
    ("He took what he calls “a leak in waiting.”", ["he | calls | what … “a leak in waiting.”"]),
    ("The dam leaked, tweeted Mayor Adam Quill.", ["Mayor Adam Quill | tweeted | The dam leaked"]),
    ("Not so, Quill said, waving a stick.", ["Quill | said | Not so"]),
]
LEAVING = [
    (
        "Quill insisted it had never leaked and had asked the town to test it.",
        [
            "Quill | insisted | it had never leaked and had asked the town to test it",
            "Quill | had asked | the town to test it",
        ],
    ),
    ("Quill says it leaks, a dig at the builder.", ["Quill | says | it leaks", " | a dig at | the builder"]),
    (
        "Police said the man, identified as a farmer, shouted “It leaks” before he left.",
        ["Police | said | the man, identified as a farmer, shouted “It leaks” before he left"],
    ),
    (
        "The mayor took to the stage to denounce the plan.",
        ["The mayor | took to the stage to denounce | the plan"],
    ),
    ("It is the contention of the town that it leaks.", ["the town | the contention | that it leaks"]),
    ("I have a feeling it will leak.", ["I | have a feeling | it will leak"]),
]

PLAIN = [
    ("Via the Herald: “The town is broke and old.”", ["the Herald | : | “The town is broke and old.”"]),
    (
        "Anna Quill Accused of ‘Hiding Leaks’ in New Book",
        [" | Accused | Anna Quill … of ‘Hiding Leaks’ in New Book"],
    ),
    ("Quill, in what aides said was a mistake, left town.", ["aides | said | what … was a mistake"]),
    (
        "She described the talks, which lasted two hours, as cordial.",
        ["She | described | the talks, which lasted two hours, as cordial"],
    ),
    (
        "Many in Orla, especially older voters, say it leaks.",
        ["Many in Orla, especially older voters, | say | it leaks"],
    ),
    ("Clerks are looking into whether it leaked.", ["Clerks | are looking into | whether it leaked"]),
    ("It is an argument that Quill has made before.", []),
    (
        "Quill held up a note and asked whether it leaked.",
        ["Quill | asked | whether it leaked"],
    ),
    ("He was stopped and asked whether it leaked.", [" | asked | whether it leaked"]),
    ("Polling suggests that it works.", ["Polling | suggests | that it works"]),
    (
        "Quill told Orla News that he did not condone or defend it.",
        [
            "Quill | told | that he did not condone or defend it",
            "he | did not condone or defend | it",
        ],
    ),
    (
        "The clerk did not return calls seeking comment.",
        ["The clerk | did not return calls | seeking comment"],
    ),
]


def test_a_headline_names_who_speaks_to_whom() -> None:
    assert [one.line for one in frames("Quill to Orla: Get over it\n\nIt rained.")] == [
        "Quill | : | Get over it"
    ]


@pytest.mark.parametrize(("text", "expected"), [*PLAIN, *SUBJECTS, *BETWEEN, *ANSWERS, *LEAVING])
def test_more_campaign_news(text: str, expected: list[str]) -> None:
    assert {one.line for one in frames(text)} == set(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quill promised to leave the town and left the stage.", "Quill | promised | to leave the town"),
        ("Quill has vowed to stay and her aides are happy.", "Quill | has vowed | to stay"),
        (
            "Quill threatened to sue the paper and on Friday her aides sent a letter.",
            "Quill | threatened | to sue the paper",
        ),
        (
            "Quill is expected to close the gate and mend it.",
            " | is expected | Quill … to close the gate and mend it",
        ),
        ("Orla praised Quill and its editor resigned.", "Orla | praised | Quill"),
        (
            "Orla praised the old dam and the way it was built.",
            "Orla | praised | the old dam and the way it was built",
        ),
        ("Quill denied the charge and remains free on bail.", "Quill | denied | the charge"),
        ("Quill refused to answer questions and walked away.", "Quill | refused to answer | questions"),
        ("Quill said “The Orlans” and left.", "Quill | said | “The Orlans”"),
    ],
)
def test_who_speaks_goes_on_behind_and(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quill said that the dam leaks. “It always has leaked.”",
            "Quill | said | that the dam leaks … “It always has leaked.”",
        ),
        (
            "Quill said that the dam leaks. He left. “It always has leaked.”",
            "Quill | said | that the dam leaks",
        ),
        (
            "Quill said that the dam leaks. The band sang “It always has leaked.”",
            "Quill | said | that the dam leaks",
        ),
        ("Quill said he would go and then attacked the press.", "Quill | said | he would go"),
        ("Quill insisted it had held and has refused to leave.", "Quill | insisted | it had held"),
        (
            "Quill told Orla that it was late and her team would appeal.",
            "Quill | told | that it was late and her team would appeal",
        ),
    ],
)
def test_what_was_said_goes_on_or_ends_with_its_sentence(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]
