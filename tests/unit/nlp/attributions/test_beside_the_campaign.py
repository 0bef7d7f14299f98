"""Who says it in hearings, rows and rulings, and what polls find without saying so."""

from __future__ import annotations

import pytest
from attributions_said import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A poll put Quill 4 points ahead of Orr.", "A poll | put | Quill 4 points ahead of Orr"),
        ("A new survey has Quill leading in Ohio.", "A new survey | has | Quill leading in Ohio"),
        ("A poll last week had her up 4 points.", "A poll | had | her up 4 points"),
        ("Polls have Quill ahead in three states.", "Polls | have | Quill ahead in three states"),
        ("A CNP poll gave Quill a 10-point lead.", "A CNP poll | gave | Quill a 10-point lead"),
        ("A poll released Monday shows that Quill leads.",
         "A poll released Monday | shows | that Quill leads"),
        ("A poll released on Monday shows that Quill leads.",
         "A poll released on Monday | shows | that Quill leads"),
        ("A poll out Monday shows that Quill leads.", "A poll out Monday | shows | that Quill leads"),
    ],
)  # fmt: skip
def test_what_polls_find(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    "text",
    ["A poll has a problem with phones.", "The polls have closed.", "The poll had a margin of 3 points."],
)
def test_what_polls_have_besides(text: str) -> None:
    assert lines(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Whether it holds is another matter, said Ida Quill, an engineer.",
         "Ida Quill, an engineer | said | Whether it holds is another matter"),
        ("How it will end is anyone's guess, officials said.",
         "officials | said | How it will end is anyone's guess"),
        ("Whoever is right, said Ida Quill, who farms there, “both have lost.”",
         "Ida Quill, who farms there | said | Whoever is right … “both have lost.”"),
        ("It is late, said Ida Quill, a nurse, but “it is not too late.”",
         "Ida Quill, a nurse | said | It is late … but “it is not too late.”"),
        ("Use has dropped, noted Ida Quill, whose staff counted.",
         "Ida Quill, whose staff counted | noted | Use has dropped"),
        ("The dam has cost a fortune, analysts estimate.",
         "analysts | estimate | The dam has cost a fortune"),
        ("He said it was “a pond.” Still, Ida Quill said, it leaks.", "Ida Quill | said | it leaks"),
    ],
)  # fmt: skip
def test_who_is_named_behind_what_is_said(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quill said - wrongly - that it leaks.", "Quill | said | that it leaks"),
        ("Nine mayors wrote a letter urging Quill to sign.",
         "Nine mayors | wrote a letter urging | Quill to sign"),
        ("Some carried signs reading “Yes.”", "Some | carried signs reading | “Yes.”"),
        ("It may close, a number Councilwoman Ida Quill disputes.",
         "Councilwoman Ida Quill | disputes | a number"),
        ("It may close, a finding Quill attributed to rain.", "Quill | attributed to | a finding … rain"),
        ("It may close - a remark the mayor dismissed at the time as “noise.”",
         "the mayor | dismissed | a remark … as “noise.”"),
        ("He promised jobs, a pledge critics called hollow.", "critics | called | a pledge … hollow"),
    ],
)  # fmt: skip
def test_asides_letters_and_what_sums_up(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kerrin said that it leaks, which Quill denied.", "that it leaks"),
        ("Kerrin said it was “late,” wording that Quill called vague.", "it was “late,”"),
        (
            "Kerrin said the wall, which Quill says is old, must go.",
            "the wall, which Quill says is old, must go",
        ),
    ],
)
def test_where_the_writer_speaks_again(text: str, expected: str) -> None:
    assert f"Kerrin | said | {expected}" in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orr leads, according to a Fox News poll released Tuesday.",
         "a Fox News poll released Tuesday | according to | Orr leads"),
        ("According to Quill, a nurse, the dam leaks.", "Quill, a nurse | According to | the dam leaks"),
        ("According to the report, released Monday, the dam leaks.",
         "the report, released Monday | According to | the dam leaks"),
        ("According to the report, the old dam, built in 1920, leaks.",
         "the report | According to | the old dam, built in 1920, leaks"),
        ("“It leaks,” one voter, Ida Quill, 54, of Orla, said of the dam.",
         "one voter, Ida Quill, 54, of Orla, | said | “It leaks,”"),
        ("Many in the party worry about it.", "Many in the party | worry about | it"),
        ("Some in the party fear it leaks.", "Some in the party | fear | it leaks"),
        ("Most voters back the plan.", "Most voters | back | the plan"),
        ("Now 45 percent support Quill.", "45 percent | support | Quill"),
    ],
)  # fmt: skip
def test_who_is_many_or_has_an_office(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quill apologised, saying she “misspoke.”", "Quill | saying | she “misspoke.”"),
        ("Quill snapped that it leaks.", "Quill | snapped | that it leaks"),
        ("Quill said it is late, pointing to the wall.", "Quill | said | it is late"),
        ("Asked for evidence, a spokeswoman left.", " | Asked for | evidence"),
        ("Suspicions persist that it leaks.", " | Suspicions persist | that it leaks"),
    ],
)
def test_how_it_is_said(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    "text", ["They came back Monday.", "It was a charge that sent it back to the court."]
)
def test_what_nobody_backs(text: str) -> None:
    assert lines(text) == set()


def test_a_comment_that_is_called_something_has_no_words_of_its_own() -> None:
    assert lines("It was a comment that Orr called “silly.”") == {"Orr | called | that … “silly.”"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Firms such as Kerrin Foods have threatened to leave.",
         "Firms such as Kerrin Foods | have threatened | to leave"),
        ("The lesson, according to Quill: the dam leaks.", "Quill | according to | the dam leaks"),
        ("Quill said it leaks, prompting outrage from farmers.", "Quill | said | it leaks"),
        ("Quill dismissed the report as “old,” and a spokesman, Rob Hale, said it was late.",
         "Quill | dismissed | the report as “old,”"),
        ("Nine towns sent a letter to the governor this week calling the bill a licence.",
         "Nine towns | sent a letter to the governor this week calling | the bill a licence"),
        ("They left, with Quill calling it “old” and his wife saying it leaks.",
         "Quill | calling | it “old”"),
        ("They left, with Quill calling it “old” and his wife saying it leaks.",
         "his wife | saying | it leaks"),
    ],
)  # fmt: skip
def test_where_the_next_one_speaks(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council voted 5-2 Monday night to close it.", "The council | voted | to close it"),
        ("Quill announced Monday a plan to mend it.", "Quill | announced | a plan to mend it"),
        ("The town announced last week its intention to leave.",
         "The town | announced | its intention to leave"),
        ("Quill praised last week's deal.", "Quill | praised | last week's deal"),
        ("Quill told Orr in an interview that aired Sunday that it leaks.", "Quill | told | that it leaks"),
        ("Quill wrote in a letter that was sent Monday that it leaks.", "Quill | wrote | that it leaks"),
        ("Quill left open the possibility of a run.", "Quill | left open | the possibility of a run"),
        ("On Monday, Hale said Orr “speaks his mind,” adding, “People like that.”",
         "Hale | said | Orr “speaks his mind,”"),
        ("Two women said that it leaks, accusations the town called “pure fiction.”",
         "Two women | said | that it leaks"),
        ("Quill walked back her words hours later.", "Quill | walked back | her words"),
    ],
)  # fmt: skip
def test_behind_days_counts_and_letters(text: str, expected: str) -> None:
    assert expected in lines(text)
