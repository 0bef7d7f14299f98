"""What news on the web brings: marks of two kinds, "it was claimed", bare present forms; own sentences."""

from __future__ import annotations

import pytest
from attributions_said import frames

MIXED = [
    ('"The dam is safe,” Quill told the farmers.', ['Quill | told | "The dam is safe,”']),
    ("\"The dam is safe,'' Quill said.", ["Quill | said | \"The dam is safe,''"]),
    (
        '"They call it “safe,” but it leaks," Quill said.',
        ["They | call | it “safe,”", 'Quill | said | "They call it “safe,” but it leaks,"'],
    ),
    ("\"A ''safe'' dam,\" Quill said, holds.", ["Quill | said | \"A ''safe'' dam,\""]),
]
PRESENT = [
    ("A county senator claims those farmers lied.", ["A county senator | claims | those farmers lied"]),
    (
        "The mill is closed, a report in a Kerrin newspaper claims.",
        ["a report in a Kerrin newspaper | claims | The mill is closed"],
    ),
    ("The claims of the mill were old.", []),
    ("The clerk and his lawyer flatly deny the plan.", ["The clerk and his lawyer | flatly deny | the plan"]),
]
WANTED = [
    ("The mayor hopes to build a dam.", ["The mayor | hopes | to build a dam"]),
    ("The campaign plans to win Orla.", ["The campaign | plans | to win Orla"]),
    ("The promises to build a dam are old.", [" | The promises | to build a dam"]),
    ("The report stresses residents need the dam.", ["The report | stresses | residents need the dam"]),
    ("The clerk did not clarify whether it leaks.", ["The clerk | did not clarify | whether it leaks"]),
]
THERE = [
    ("There is evidence that the dam leaks.", [" | is evidence | that the dam leaks"]),
    ("There has been talk that the dam leaks.", [" | has been talk | that the dam leaks"]),
    ("There are fears the dam will fail.", [" | are fears | the dam will fail"]),
    ("There are claims the mayor made.", []),
]
PASSIVE = [
    ("It was said Anna Quill had sold the mill.", [" | was said | Anna Quill had sold the mill"]),
    ("The dam was badly built, it was claimed on Monday.", [" | was claimed | The dam was badly built"]),
    ("It was revealed and then forgotten.", [" | was revealed | It"]),
    ("Reports claimed earlier last week that the dam leaked.", ["Reports | claimed | that the dam leaked"]),
    (
        "A fire believed to have been laid by farmers destroyed the mill.",
        [" | believed | A fire … to have been laid by farmers"],
    ),
    ("The mayor claimed to be late.", ["The mayor | claimed | to be late"]),
]
SOURCES = [
    (
        "Farmers believed to be loyal to the mayor said that the dam leaked.",
        ["Farmers believed to be loyal to the mayor | said | that the dam leaked"],
    ),
    ("The council, which on Sunday said it had met, left.", ["which | said | it had met"]),
    ("Quill told a radio station his uncle was late.", ["Quill | told | his uncle was late"]),
]
NAMED = [
    ("The mayor tried to build a dam.", []),
    ("The mayor wanted to build a dam.", ["The mayor | wanted | to build a dam"]),
    ("The mayor praised the late farmer.", ["The mayor | praised | the late farmer"]),
    ("The mayor condemned the Sunday rally.", ["The mayor | condemned | the Sunday rally"]),
    (
        "The mayor rejected as false a letter on the dam.",
        ["The mayor | rejected as false | a letter on the dam"],
    ),
    ("We are not quite sure why it leaks.", ["We | are not quite sure | why it leaks"]),
]
AROUND = [
    ("The group claimed Tuesday to have won.", ["The group | claimed | to have won"]),
    ("The group rushed Tuesday to claim it.", []),
    (
        "The dam broke and forced thousands to flee, witnesses in Orla said.",
        ["witnesses in Orla | said | The dam broke and forced thousands to flee"],
    ),
    (
        "Sources told the Globe, Reuters and Kerrin Radio that the dam leaks.",
        ["Sources | told | that the dam leaks"],
    ),
    ("Quill said First Officer Kerrin had left.", ["Quill | said | First Officer Kerrin had left"]),
    ("Quill has since said it leaks.", ["Quill | has since said | it leaks"]),
    (
        "Dam Had 800 Cracks in Winter, Engineers Say",
        ["Engineers | Say | Dam Had 800 Cracks in Winter"],
    ),
    ("However, as Quill reports, the dam is safe.", ["Quill | reports | the dam is safe"]),
    (
        "Farmers left Orla, a move the mayor said was late.",
        ["the mayor | said | a move … was late"],
    ),
    ("A car police say belongs to Kerrin burned.", ["police | say | A car … belongs to Kerrin burned"]),
    (
        "According to a report, the dam could break.",
        ["a report | According to | the dam could break"],
    ),
    (
        "The police searched the house and officials found that it was empty.",
        ["officials | found | that it was empty"],
    ),
    (
        "His sons described him as “a private man” of the valley, said Kerrin.",
        [
            "Kerrin | said | His sons described him as “a private man” of the valley",
            "His sons | described | him as “a private man” of the valley",
        ],
    ),
    (
        "Some said the roof fell, others, who claimed to have stayed, said it held.",
        [
            "Some | said | the roof fell",
            "others, who claimed to have stayed, | said | it held",
        ],
    ),
    ("It burned, residents there told CNN.", ["residents | told | It burned"]),
    ("Quill has in the past insisted that it holds.", ["Quill | has in the past insisted | that it holds"]),
    ("She had earlier this week said it leaks.", ["She | had earlier this week said | it leaks"]),
    ("He has repeatedly and loudly said it leaks.", ["He | has repeatedly and loudly said | it leaks"]),
    (
        "Quill said “clear” signs given to states were lost.",
        ["Quill | said | “clear” signs given to states were lost"],
    ),
    ("“It leaks,” said Quill, whose farm is old.", ["Quill, whose farm is old | said | “It leaks,”"]),
]


@pytest.mark.parametrize(
    ("text", "expected"), [*AROUND, *MIXED, *PRESENT, *WANTED, *THERE, *PASSIVE, *SOURCES, *NAMED]
)
def test_news_on_the_web(text: str, expected: list[str]) -> None:
    assert {one.line for one in frames(text)} == set(expected)
