"""Who says it in ordinary news, and what nobody says there."""

from __future__ import annotations

import pytest
from attributions_said import lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody in that hall thinks it leaks.", "Nobody in that hall | thinks | it leaks"),
        ("Number 12 says it leaks.", "Number 12 | says | it leaks"),
        ("It is the question every farmer is asking: who pays?", "every farmer | is asking: | who pays"),
        ("A study published this month by Orla College found that it leaks.",
         "A study published this month by Orla College | found | that it leaks"),
        ("The old guard would have you believe that it holds.",
         "The old guard | would have you believe | that it holds"),
        ("The Herald has been busy telling its readers that it leaks.",
         "The Herald | has been busy telling | that it leaks"),
        ("The town had already spent $2 million defending the dam.",
         "The town | had already spent $2 million defending | the dam"),
        ("Teaching unions, which sued in June, praised the draft.",
         "Teaching unions, which sued in June, | praised | the draft"),
        ("It was a move charities described as shameful.", "charities | described | a move … as shameful"),
        ("He was asked three times by reporters whether it leaks.",
         "reporters | was asked | whether it leaks"),
        ("It leaks, as experts have been warning him.", "experts | have been warning | It leaks"),
        ("“Who cares?” he shrugged.", "he | shrugged | “Who cares?”"),
        ("“It leaks,” said Adam Quill, R-Neb. “It always has leaked.”",
         "Adam Quill, R-Neb. | said | “It leaks,” … “It always has leaked.”"),
        ("They heard the aide, who has denied wrongdoing and says she will fight.",
         "who | says | she will fight"),
        ("Quill praised Orr, who came late, and said it leaks.", "Quill | said | it leaks"),
        ("The mayor, asked if it leaks, smiled and walked away.", " | asked | if it leaks"),
        ("The veto drew praise from farmers and anger from the mill.",
         "farmers | drew praise from | The veto"),
        ("The veto drew praise from farmers and millers.",
         "farmers and millers | drew praise from | The veto"),
        ("Quill said it was old but was unable to say why.", "Quill | said | it was old"),
    ],
)  # fmt: skip
def test_whose_words_they_are(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guards could be fired or asked to leave.", set()),
        ("Guards stood up and asked to leave.", {"Guards | asked | to leave"}),
        ("Quill would bring the bill to the floor.", set()),
        ("Quill made an appeal to the voters.", {"Quill | made an appeal to | the voters"}),
        ("Quill welcomed her to the town.", set()),
        ("Quill welcomed the visitors to the town hall.", set()),
        ("Quill welcomed the deal.", {"Quill | welcomed | the deal"}),
        ("Her campaign raised $4 million.", set()),
        ("She raised doubts about the plan.", {"She | raised doubts about | the plan"}),
        ("She turned down the radio.", set()),
        ("She turned down the offer.", {"She | turned down | the offer"}),
        ("The Greens overturned a majority of 900.", set()),
        ("The court overturned the ruling.", {"The court | overturned | the ruling"}),
        ("Visitors must show proof of age.", set()),
        ("It was a claim that farmers have called misleading.", {"farmers | have called | misleading"}),
        ("It was an accusation that Quill rejected as absurd.",
         {"Quill | rejected | that … as absurd"}),
        ("They were driving home when it broke.", set()),
        ("He refused to answer when asked about it.", {"He | refused | to answer", " | asked about | it"}),
    ],
)  # fmt: skip
def test_nothing_that_nobody_says(text: str, expected: set[str]) -> None:
    assert lines(text) == expected
