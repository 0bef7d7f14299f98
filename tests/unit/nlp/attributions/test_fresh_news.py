"""What invented reports and their copies brought: pairs of verbs, who answers or tells last."""

from __future__ import annotations

import pytest
from attributions_said import frames

PAIRS = [
    ("Quill refused to confirm or deny the report.", ["Quill | refused to confirm or deny | the report"]),
    (
        "The mayor would neither confirm nor deny that it leaks.",
        ["The mayor | would neither confirm nor deny | that it leaks"],
    ),
    ("Quill praised and thanked the farmers.", ["Quill | praised and thanked | the farmers"]),
    (
        "Quill said it held and warned that the weir would not.",
        ["Quill | said | it held", "Quill | warned | that the weir would not"],
    ),
]
SENTENCES = [
    (
        'Quill said that it was "one of the old dams." Asked about the weir, she said: "It leaks."',
        [
            'Quill | said | that it was "one of the old dams."',
            " | Asked about | the weir",
            'she | said: | "It leaks."',
        ],
    ),
    ("The farmers, who are old, said no. They left.", ["The farmers, who are old, | said | no"]),
]
ANSWERS = [
    (
        "Asked where the water went, Anna Quill, 58, pointed at the hill.",
        [" | Asked | where the water went"],
    ),
    (
        "Pressed on whether it leaks, Quill left.",
        [" | Pressed on | whether it leaks"],
    ),
    ("Farmers are asking whom they can trust.", ["Farmers | are asking | whom they can trust"]),
]
GOING_ON = [
    (
        "The clerks said they were looking at the dam but had not found a leak.",
        ["The clerks | said | they were looking at the dam but had not found a leak"],
    ),
    (
        "Quill said that it holds, but did not say why.",
        ["Quill | said | that it holds", "Quill | did not say | why"],
    ),
    (
        "Lawyers argue that the dam is safe, and deny that it leaks.",
        ["Lawyers | argue | that the dam is safe", "Lawyers | deny | that it leaks"],
    ),
    (
        "According to a memo, the council was warned in May and ordered tests in June.",
        [
            "a memo | According to | the council was warned in May and ordered tests in June",
            "the council | ordered | tests",
        ],
    ),
    (
        "Believe me, the mayor will see the dam.",
        [],
    ),
]
LAST = [
    (
        "The mill has an owner that nobody knows, reports the Orla Herald.",
        ["the Orla Herald | reports | The mill has an owner that nobody knows"],
    ),
    (
        "The mill is closed, the clerk said on Friday, rejecting warnings from farmers that it would burn.",
        [
            "the clerk | said | The mill is closed",
            "the clerk | rejecting | warnings from farmers that it would burn",
            "farmers | warnings | that it would burn",
        ],
    ),
]
MEANT = [
    ("Quill declined to discuss the dam.", ["Quill | declined to discuss | the dam"]),
    ("Drivers refused to call off the feast.", ["Drivers | refused | to call off the feast"]),
    (
        "Quill rejected as “absurd” accusations that it leaks.",
        [
            "Quill | rejected as “absurd” | accusations that it leaks",
            " | accusations | that it leaks",
        ],
    ),
    (
        "The council expressed “deep and full sorrow at the news.”",
        ["The council | expressed | “deep and full sorrow at the news.”"],
    ),
    ("Quill told tired farmers that it leaks.", ["Quill | told | that it leaks"]),
    ("The railway hopes to sell the mill.", ["The railway | hopes | to sell the mill"]),
    ("Quill shot back that it leaks.", ["Quill | shot back | that it leaks"]),
]
HELD = [
    (
        "Rumours that the farmers would come were denied by the council, which called them old.",
        [
            "the council | were denied | Rumours that the farmers would come",
            "which | called | them old",
            " | Rumours | that the farmers would come",
        ],
    ),
]

PLAIN = [
    ("Farmers worry the dam could leak.", ["Farmers | worry | the dam could leak"]),
    ("Voters here say they are tired.", ["Voters | say | they are tired"]),
    ("According to exit polls, the mayor won.", ["exit polls | According to | the mayor won"]),
    ("Quill suggested, without proof, that it leaks.", ["Quill | suggested | that it leaks"]),
    (
        "The clerk, whose name was lost, asked if it leaks.",
        ["The clerk, whose name was lost, | asked | if it leaks"],
    ),
    ("Asked whether it leaks, Quill demurred.", [" | Asked | whether it leaks"]),
    ("Quill called Thursday for talks.", ["Quill | called Thursday for | talks"]),
    ("Quill promised not to leave Orla.", ["Quill | promised | not to leave Orla"]),
    ("The dam, in Quill’s words, is “a joke.”", ["Quill’s | words | The dam … is “a joke.”"]),
    (
        "The Herald reported, citing two clerks, that it leaks.",
        [
            "The Herald | reported | that it leaks",
            "The Herald | citing | two clerks",
        ],
    ),
    (
        "The Herald, citing two clerks, said it leaks.",
        [
            "The Herald | said | it leaks",
            "The Herald | citing | two clerks",
        ],
    ),
    (
        "Kerrin accused Orla of theft, something Orla denies.",
        [
            "Kerrin | accused | Orla of theft",
            "Orla | denies | something",
        ],
    ),
    ("Quill said she was ill. She left.", ["Quill | said | she was ill"]),
    ("Quill declined to say when it would open.", ["Quill | declined to say | when it would open"]),
    ("If it leaks, Quill said, it must go.", ["Quill | said | If it leaks … it must go"]),
    ("Kerrin testified on Monday, two farmers said.", ["two farmers | said | Kerrin testified on Monday"]),
    ("The mayor has lost the support of farmers.", ["farmers | has lost the support of | The mayor"]),
    ("Calls for his head grew on Sunday.", [" | Calls for | his head"]),
    (
        "Quill has called concerns about it “silly talk.”",
        [
            "Quill | has called | concerns about it “silly talk.”",
            " | concerns about | it “silly talk.”",
        ],
    ),
    ("They played a clip of Quill saying it leaks.", ["Quill | saying | it leaks"]),
    (
        "The group Move Now is demanding that Quill leave.",
        ["The group Move Now | is demanding | that Quill leave"],
    ),
    ("Quill insisted, though, that it holds.", ["Quill | insisted | that it holds"]),
    (
        "The plan drew a sharp rebuke from Quill, who called it late.",
        ["Quill | drew a sharp rebuke from | The plan", "who | called | it late"],
    ),
    ("Orla’s decision not to leave was late.", ["Orla’s | decision | not to leave"]),
    ("Quill declined to say when.", ["Quill | declined to say | when"]),
    ("Insurers, however, fear that it leaks.", ["Insurers | fear | that it leaks"]),
    (
        "Orla had “no plan,” a claim Quill dismissed as “silly talk.”",
        ["Quill | dismissed | a claim … as “silly talk.”"],
    ),
    ("Quill has called that a lie.", ["Quill | has called | that a lie"]),
    ("Quill called that “silly”.", ["Quill | called | that “silly”"]),
    ("Quill said she was sick, a charge for which he had no proof.", ["Quill | said | she was sick"]),
    (
        "They wrote a bill that farmers say would harm Orla.",
        [
            "They | wrote | a bill that farmers say would harm Orla",
            "farmers | say | that … would harm Orla",
        ],
    ),
    ("They traded insults for weeks over the dam.", ["They | traded insults for weeks over | the dam"]),
    (
        "Quill called Kerrin “soft,” a label he rejects.",
        ["Quill | called | Kerrin “soft,”", "he | rejects | a label"],
    ),
    (
        "Quill showed a film that features a farmer blaming Orla for it.",
        [
            "Quill | showed | a film that features a farmer blaming Orla for it",
            "a farmer | blaming | Orla for it",
        ],
    ),
    ("“It leaks,” she likes to say.", ["she | likes to say | “It leaks,”"]),
    ("Quill pleaded with farmers to leave.", ["Quill | pleaded with | farmers to leave"]),
    (
        "Orla said farmers were sent back, a charge Kerrin denies.",
        [
            "Orla | said | farmers were sent back",
            "Kerrin | denies | a charge",
        ],
    ),
    (
        "Quill said his brother, who stayed in Orla, had left it.",
        ["Quill | said | his brother, who stayed in Orla, had left it"],
    ),
    (
        "Roy, writing for the court, said the law “sweeps too broadly.”",
        ["Roy | said | the law “sweeps too broadly.”"],
    ),
    ("He left, he said, because there was no work.", ["he | said | He left … because there was no work"]),
    ("Groups hailed it, with one calling it a feat.", ["Groups | hailed | it", "one | calling | it a feat"]),
    (
        "Her plan to mend the dam was denounced by farmers.",
        ["farmers | was denounced | Her plan to mend the dam"],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [*PLAIN, *PAIRS, *SENTENCES, *ANSWERS, *GOING_ON, *LAST, *MEANT, *HELD]
)
def test_fresh_news(text: str, expected: list[str]) -> None:
    assert {one.line for one in frames(text)} == set(expected)


@pytest.mark.parametrize(
    "text", ["Quill refused to confirm or deny that it leaks.", "Quill neither confirmed nor denied it."]
)
def test_who_does_neither_takes_no_side(text: str) -> None:
    assert list(frames(text, "STANCE")) == []
