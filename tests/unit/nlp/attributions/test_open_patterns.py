"""Frames that hold with many words: what people feel, take something for, ask or stand for."""

from __future__ import annotations

import pytest
from attributions_said import frames

FELT = [
    ("The delay angered the farmers.", ["the farmers | angered | The delay"]),
    ("That frustrates many analysts.", ["many analysts | frustrates | That"]),
    ("Farmers were angered by the delay.", ["Farmers | were angered by | the delay"]),
    ("A leak of embarrassing letters hurt the mayor.", []),
    ("The delay angered the dam.", []),
]
TAKEN = [
    ("The mayor sees the dam as a danger.", ["The mayor | sees | the dam as a danger"]),
    ("Kerrin put the cost at $2 million.", ["Kerrin | put | the cost at $2 million"]),
    ("Kerrin put the letters in a box.", []),
    ("The plan was seen by some as a mistake.", ["some | was seen | The plan … as a mistake"]),
    ("Orla is best known for its dam.", [" | is best known for | Orla … its dam"]),
    ("The town is known as the Sieve.", [" | is known as | The town … the Sieve"]),
    ("The clerk was listed as a donor.", [" | was listed | The clerk … as a donor"]),
    ("The list was released on Monday.", []),
    ("The mayor looks tired.", [" | looks | The mayor … tired"]),
    ("The farmers looked back at the dam.", []),
    ("The plan proved to be a mistake.", []),
]
BEFORE = [
    ("There was an offer the mayor rebuffed.", ["the mayor | rebuffed | an offer"]),
    ("It was a word she then repeated.", ["she | then repeated | a word"]),
    ("The official Orla News Agency reported.", []),
    ("The two farmers suspected of theft left.", []),
]
NOUNS = [
    ("The question is whether the dam holds.", [" | question is | whether the dam holds"]),
    ("Suspicions persist that the dam leaks.", [" | Suspicions persist | that the dam leaks"]),
    ("But news has emerged that the dam leaks.", [" | news has emerged | that the dam leaks"]),
    ("His message long has been that the dam leaks.", ["His | message long has been | that the dam leaks"]),
    ("The mayor's most surprising suggestion was that the dam leaked.",
     ["The mayor's | most surprising suggestion was | that the dam leaked"]),
    ("She has rolled out proposals to mend the dam.", ["She | has rolled out proposals | to mend the dam"]),
    ("Support for the mayor among farmers has grown.", ["farmers | Support for | the mayor"]),
    ("The dam fell after criticism of the plan.", [" | criticism of | the plan"]),
    ("The mayor has taken frequent shots at it.", ["The mayor | has taken frequent shots at | it"]),
    ("There was a lot of talk about the dam.", [" | was a lot of talk about | the dam"]),
    ("Demand for oil fell.", []),
    ("The mayor left in order to rest.", []),
]  # fmt: skip
ASKED = [
    ("Kerrin, when asked specifically what leaks, sighed.", " | asked specifically | what leaks"),
    ("Asked by Quill if the dam leaks, Kerrin left.", "Quill | Asked | if the dam leaks"),
    ("Asked which dam leaks, Kerrin left.", " | Asked | which dam leaks"),
    ("When told the dam leaks, Kerrin left.", " | told | the dam leaks"),
    ("Pressed again about the dam, Kerrin left.", " | Pressed again about | the dam"),
    ("Kerrin is talking to farmers about the dam.", "Kerrin | is talking | the dam"),
]
STANDING = [
    ("Kerrin was for the dam.", ["Kerrin | was for | the dam"]),
    ("Kerrin was against it.", ["Kerrin | was against | it"]),
    ("The money was for the dam.", []),
    ("Kerrin was here for the dam.", []),
    ("Kerrin is for the time being in Orla.", []),
    ("Kerrin would rather close the dam.", ["Kerrin | would rather | close the dam"]),
    ("Kerrin, wary of the plan, left.", ["Kerrin | wary of | the plan"]),
    ("Kerrin is flippant about the dam.", ["Kerrin | is flippant about | the dam"]),
    ("It is odd that the dam leaks.", []),
    ("The meeting was set to begin.", []),
    (
        "Quill worked with the paper to condemn the plan.",
        ["Quill | worked with the paper to condemn | the plan"],
    ),
    ("It lays out the plan.", ["It | lays out | the plan"]),
]
CLAUSES = [
    ("Half of the farmers said yes.", ["Half of the farmers | said | yes"]),
    ("Kerrin boasted that, thanks to the rain, it is dry.",
     ["Kerrin | boasted | that, thanks to the rain, it is dry"]),
    ("Kerrin says parts of the dam are old.", ["Kerrin | says | parts of the dam are old"]),
    ("Kerrin said having a dam helps farmers.", ["Kerrin | said | having a dam helps farmers"]),
    ("A plan announced Monday would close the dam.", [" | announced Monday | A plan"]),
    ("Kerrin praised what the clerk had built.", ["Kerrin | praised | what the clerk had built"]),
    ("Kerrin denounced proposed cuts.", ["Kerrin | denounced | proposed cuts"]),
    ("Two names mentioned as successors are old.", [" | mentioned | Two names … as successors"]),
    ("It leaks — as many farmers believe, and they should know.", ["many farmers | believe | It leaks"]),
    ("Kerrin worries so much about the dam.", ["Kerrin | worries so much about | the dam"]),
    ("Kerrin informed her of the flood.", ["Kerrin | informed | the flood"]),
    ("Kerrin reminded farmers of the flood.", ["Kerrin | reminded | the flood"]),
    ("Kerrin told a tale of two dams.", []),
    ("Kerrin spoke to farmers on Sunday about the dam.", ["Kerrin | spoke | the dam"]),
    ("It was a bill which her party described as shameful.",
     ["her party | described | which … as shameful"]),
    ("Kerrin keeps talking about the dam.", ["Kerrin | talking about | the dam"]),
    ("The clerk who ran the office before the flood came is talking about it.",
     ["The clerk who ran the office before the flood came | is talking about | it"]),
    ("Quill, who will retire after serving in Orla, Tarn and Ree, praised the plan.",
     ["Quill | praised | the plan"]),
    ("Quill voted in favor of the plan.", ["Quill | voted in favor of | the plan"]),
    ("The farmers made that argument.", ["The farmers | made | that argument"]),
    ("It leaks, with half of the farmers saying it will break.",
     ["half of the farmers | saying | it will break"]),
    ("They sold the boats, which appear to have leaked.", [" | appear | which … to have leaked"]),
    ("Though the dam could leak, farmers don't say so.", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [*FELT, *TAKEN, *BEFORE, *NOUNS, *STANDING, *CLAUSES],
    ids=lambda one: one[:40] if one else "none",
)
def test_each_frame(text: str, expected: list[str]) -> None:
    assert [one.line for one in frames(text)] == expected


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_what_somebody_was_asked(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


def test_the_asker_is_no_part_of_the_question() -> None:
    (asked,) = (one for one in frames("Asked by Quill about the dam, Kerrin left.") if one.words("source"))
    assert (asked.words("source"), asked.words("claim")) == ("Quill", "the dam")


def test_a_reduced_name_ends_before_the_verb_of_the_sentence() -> None:
    assert [one.line for one in frames("A town known as the Sieve has burned.")] == [
        " | known as | A town … the Sieve"
    ]


def test_what_people_feel_is_a_guess() -> None:
    scores = [one.frame.score for text, lines in FELT if lines for one in frames(text)]
    assert scores
    assert max(scores) < 0.8
