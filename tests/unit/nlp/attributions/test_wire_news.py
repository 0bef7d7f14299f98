"""News of wires and of the web beside politics: firms, markets, police and abroad, each a class of slips."""

from __future__ import annotations

import pytest
from attributions_said import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kerrin Bank plc <KRN.L> owes the most, the banking sources said.",
         "the banking sources | said | Kerrin Bank plc <KRN.L> owes the most"),
        ("Kerrin Foods Ltd <KRNF.S> said it would pay less.",
         "Kerrin Foods Ltd <KRNF.S> | said | it would pay less"),
        ("Bank of Orla officials said they would help.", "Bank of Orla officials | said | they would help"),
        ("Banking sources said the rate is low.", "Banking sources | said | the rate is low"),
        ("Anna Quill, president of the Orla Chamber of Commerce said the plan is late.",
         "Anna Quill, president of the Orla Chamber of Commerce | said | the plan is late"),
        ("Orla, officials of the agency said, has left.", "officials of the agency | said | Orla … has left"),
        ("A report from today confirms that the dam leaks.", "A report | confirms | that the dam leaks"),
        ("He had met Quill, when they were both part of a team, farmers said.",
         "farmers | said | He had met Quill, when they were both part of a team"),
    ],
)  # fmt: skip
def test_who_says_it(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    "text",
    [
        "The three alleged thieves had left.",
        "Four suspected Orla thieves had left.",
        "Two suspected thieves hid.",
    ],
)
def test_whom_nobody_accuses_here(text: str) -> None:
    assert lines(text) == set()


def test_some_who_allege() -> None:
    assert lines("Some alleged that it leaks.") == {"Some | alleged | that it leaks"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ORLA, Ohio, April 29 - Strife will slow growth, the mayor said.",
         "the mayor | said | Strife will slow growth"),
        ("The Herald called the plan “shameless.” It said in a report that the “plan is old.”",
         "The Herald | called | the plan “shameless.”"),
        ("Quill said she was so moved that she left.", "Quill | said | she was so moved that she left"),
        ("She told the Herald the firm has had calls, and that she was surprised.",
         "She | told | the firm has had calls, and that she was surprised"),
        ("Quill rejected the suggestion that people who have debts have been held.",
         "Quill | rejected the suggestion | that people who have debts have been held"),
        ("The claim that people who have debts have been held is false.",
         " | The claim | that people who have debts have been held"),
        ("The office identified him as a native of Orla who, among other names, went by Hale.",
         "The office | identified | him as a native of Orla who, among other names, went by Hale"),
        ("Quill said some had left, although officials have yet to confirm it.",
         "Quill | said | some had left"),
        ("The firm claims a link to Orla, yet operates alone.", "The firm | claims | a link to Orla"),
    ],
)  # fmt: skip
def test_how_far_it_reaches(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam was old, Quill said, and had leaked for years.",
         "Quill | said | The dam was old … and had leaked for years"),
        ("The dam was old, Quill said, and it could take years to mend it.",
         "Quill | said | The dam was old … and it could take years to mend it"),
        ("They were near Orla, police said, when they were stopped.",
         "police | said | They were near Orla … when they were stopped"),
        ("The wells are safe, Quill said, after towns in the valley shut theirs.",
         "Quill | said | The wells are safe"),
        ("The dam was old, Quill said, and left.", "Quill | said | The dam was old"),
    ],
)  # fmt: skip
def test_second_halves(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Farmers held up placards reading “Save our dam.”",
         "Farmers | held up placards reading | “Save our dam.”"),
        ("Protesters outside held signs reading “No more dams” and chanted.",
         "Protesters | held signs reading | “No more dams”"),
        ("One man wore a shirt reading “Late and old.”",
         "One man | wore a shirt reading | “Late and old.”"),
        ("Quill told Radio 4’s Today programme that it leaks.", "Quill | told | that it leaks"),
        ("A farmer who had met her, when they were both at a school built by the town, said it was late.",
         "A farmer who had met her | said | it was late"),
        ("The firm released a note to both The New Herald and Orla News denying that it leaks.",
         "The firm | released a note to both The New Herald and Orla News denying | that it leaks"),
        ("Quill said moving grain to farmers in the east was late.",
         "Quill | said | moving grain to farmers in the east was late"),
        ("Quill said despite the rain, the dam held.", "Quill | said | despite the rain, the dam held"),
        ("Farmers blame council as harbour row turns bitter", "Farmers | blame | council"),
        ("Critics attacked his plan to close the harbour as a waste.",
         "Critics | attacked | his plan to close the harbour as a waste"),
        ("Quill kept her promise to mend it.", "Quill | kept her promise | to mend it"),
    ],
)  # fmt: skip
def test_placards_radio_and_headlines(text: str, expected: str) -> None:
    assert expected in lines(text)


def test_who_is_missing_says_nothing() -> None:
    assert lines("They left the 43 missing students behind.") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The board said that both Quill and Hale had agreed to it.",
         "The board | said | that both Quill and Hale had agreed to it"),
        ("Doctors learned that Quill, his wife, and two farmers had asked for help.",
         "Doctors | learned | that Quill, his wife, and two farmers had asked for help"),
        ("Quill said that the date matters and added that it is late.",
         "Quill | said | that the date matters"),
        ("The town urged Quill to look for them, calling the case terrible.",
         "The town | urged | Quill to look for them"),
    ],
)  # fmt: skip
def test_subjects_of_two_and_what_it_is_called(text: str, expected: str) -> None:
    assert expected in lines(text)
