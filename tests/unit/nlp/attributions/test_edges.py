"""Where sources and what is said begin and end in longer sentences, with own sentences."""

from __future__ import annotations

import pytest
from attributions_said import frames

ENDS = [
    # what is said ends before another report
    ("Quill said the dam held and warned that the weir would not.", "Quill | said | the dam held"),
    ("Quill said the dam held and warned that the weir would not.",
     "Quill | warned | that the weir would not"),
    ("Quill said the dam held, but Kerrin called that optimistic.", "Quill | said | the dam held"),
    ("Quill said the dam held but has not been there.", "Quill | said | the dam held"),
    ("Quill favours the plan as well.", "Quill | favours | the plan"),
    ("Quill echoed those words, saying the dam leaks.", "Quill | echoed | those words"),
    ("Kerrin asked about “the old dam,” telling farmers it leaks.", "Kerrin | telling | it leaks"),
    ("“It leaks,” said Kerrin, adding that the lake was full.", "Kerrin | adding | that the lake was full"),
    ("Kerrin has called it “poisoned,” which farmers deny.", "Kerrin | has called | it “poisoned,”"),
    ("Kerrin declined to claim victory - only saying that it leaks.", "Kerrin | declined to claim | victory"),
    # it goes on behind a colon
    ("Kerrin stressed the difference: the old dam holds.",
     "Kerrin | stressed | the difference: the old dam holds"),
    ("Kerrin stressed the need for care: “We must wait.”",
     "Kerrin | stressed | the need for care: “We must wait.”"),
    ("Kerrin criticised the plan: it drains the lake.", "Kerrin | criticised | the plan"),
    # it goes on over commas inside words that name
    ("Kerrin described a lawless, divided valley.", "Kerrin | described | a lawless, divided valley"),
    ("Kerrin denied any role in the Sept. 11, 2001, flood.",
     "Kerrin | denied | any role in the Sept. 11, 2001, flood"),
    ("Kerrin praised the plan, party officials said.", "Kerrin | praised | the plan"),
    # when, where and how it was said belong to neither
    ("Kerrin has played down the idea throughout the talks.", "Kerrin | has played down | the idea"),
    ("Kerrin said on the radio in Orla, Ohio, that the dam leaks.", "Kerrin | said | that the dam leaks"),
    ("“It leaks,” Kerrin said 30 minutes into the talks.", "Kerrin | said | “It leaks,”"),
    ("However, the dam is old, according to the report.", "the report | according to | the dam is old"),
    ("In fact, the dam is old, Kerrin said.", "Kerrin | said | the dam is old"),
    ("And it shows: According to the report, the dam is old.", "the report | According to | the dam is old"),
    # what only stands before the report is not what was said
    ("In a letter sent by aides, Kerrin boasted that it held.", "Kerrin | boasted | that it held"),
    ("While the dam is old, Kerrin says it holds.", "Kerrin | says | it holds"),
    ("Soon afterward, the farmer said, it was gone.", "the farmer | said | it was gone"),
    ("Since the report that the dam leaks, people have left.", " | the report | that the dam leaks"),
    # clauses that begin in other ways
    ("Farmers said at least 30 sheep were lost.", "Farmers | said | at least 30 sheep were lost"),
    ("Kerrin said none of the sheep found there were hers.",
     "Kerrin | said | none of the sheep found there were hers"),
    ("Kerrin was told it leaked.", " | was told | it leaked"),
    ("The dam - which farmers say leaks - is old.", "farmers | say | which … leaks"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENDS, ids=[f"{text[:30]}-{one[:20]}" for text, one in ENDS])
def test_what_is_said_ends(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


SOURCES = [
    "Many officials on and off the island",
    "A protester from the valley, Anna Kerrin,",
    "The farmer who built it",
    "People close to the talks who asked not to be named",
    "A report released Tuesday by the council",
    "Experts studying the crater",
    "One post on a page dedicated to the dam",
    "Experts from around the world",
    "The Syrian Observatory (SOHR)",
    "The 34-year-old farmer",
    "None of the farmers",
    "Nobody",
    "Kerrin, who wrote the song “It Leaks,”",
    "An American who is fighting in the ranks of the rebels",
    "Rob Kerrin",
    "State media",
    "The news release",
    "A number of farmers in the valley",
    "Farmers’ friends",
    "9to5Orla",
    "Orla.com",
    "At least 30 farmers",
    "Retired teacher Anna Quill",
    "Early results of a poll",
    "First lady Anna Quill",
    "Retired Gen. Rob Kerrin",
    "A report issued earlier this year",
    "Emails released this week",
    "Sen. Anna Quill, R-Ohio, a long-shot candidate,",
    "Her family, friends and neighbours",
    "That farmer",
]


@pytest.mark.parametrize("source", SOURCES)
def test_who_is_named_before_a_verb(source: str) -> None:
    text = f"{source} has said the dam leaks." if "song" in source else f"{source} said the dam leaks."
    assert source in [one.words("source") for one in frames(text)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("At the time civil defense services said that it held.", "civil defense services"),
        ("In September Rep. Anna Quill said four dams broke.", "Rep. Anna Quill"),
        ("He stepped out for the first time in weeks and insiders said it was his health.", "insiders"),
        (
            "On Friday a spokesman for Quill, who was ill, said it held.",
            "a spokesman for Quill, who was ill,",
        ),
        ("Quill, speaking at a fair in Orla, Ohio, told reporters it held.", "Quill"),
        ("The mayor left, with Reuters saying it held.", "Reuters"),
        ("“It held,” said another.", "another"),
        ("One reason Orlans and farmers say it held is its wall.", "Orlans and farmers"),
        ("The number of people the mayor reported Kerrin is asking to come is small.", "the mayor"),
        ("It is the kind of weir many farmers fear Kerrin would build.", "many farmers"),
        ("Quill this week said it held.", "Quill"),
        ("In Orla, farmers and neighbours said it held.", "farmers and neighbours"),
        ("“It held,” said Anna Quill, 67, of Orla, Ohio.", "Anna Quill, 67, of Orla, Ohio"),
        ("It held, according to its FEC reports.", "its FEC reports"),
        (
            "According to Quill’s “Dams of Orla” and other books, it held.",
            "Quill’s “Dams of Orla” and other books",
        ),
        ("“It held,” Anna Quill, a farmer from Orla, told CBS News.", "Anna Quill, a farmer from Orla,"),
        ("According to a report filed days after the flood, it held.", "a report filed days after the flood"),
        ("It did not name the farmer, but said it held.", "It"),
        ("The story was reported by the Orla Evening News.", "the Orla Evening News"),
        ("The film is late, as the mayor left the town after demanding money.", "the mayor"),
    ],
)
def test_who_is_named_is_told_from_what_stands_around(text: str, source: str) -> None:
    assert source in [one.words("source") for one in frames(text)]


def test_to_whom_is_told_from_what_the_clause_is_about() -> None:
    lines = [one.line for one in frames("Kerrin told ABC News Orla would not yield.")]
    assert lines == ["Kerrin | told | Orla would not yield"]


CUES = [
    ("Kerrin refused to endorse the plan.", "Kerrin | refused to endorse | the plan"),
    ("Kerrin refused to leave the valley.", "Kerrin | refused | to leave the valley"),
    ("Kerrin tried to explain that it leaks.", "Kerrin | tried to explain | that it leaks"),
    ("Kerrin refused to say how it leaks.", "Kerrin | refused to say | how it leaks"),
    ("Farmers cling to the hope that it holds.", "Farmers | cling to the hope | that it holds"),
    ("Farmers denied the claim that it leaks.", "Farmers | denied | the claim that it leaks"),
    (
        "After relentless questions about whether it leaks, Kerrin left.",
        " | relentless questions about | whether it leaks",
    ),
    ("The growing belief that it leaks is wrong.", " | The growing belief | that it leaks"),
    ("Kerrin vowed to boycott the talks.", "Kerrin | vowed | to boycott the talks"),
    ("Kerrin has yet to say whether it leaks.", "Kerrin | has yet to say | whether it leaks"),
    ("As reported by the Herald, the dam leaks.", "the Herald | As reported | the dam leaks"),
    ("The plan drew criticism among farmers who fear it.", None),
]


@pytest.mark.parametrize(("text", "expected"), CUES, ids=[text[:40] for text, _ in CUES])
def test_which_words_are_the_cue(text: str, expected: str | None) -> None:
    lines = [one.line for one in frames(text)]
    assert expected in lines if expected else all("among" not in line.split("|")[1] for line in lines)


STANDING = [
    ("Kerrin is in favour of the plan.", "Kerrin | is in favour of | the plan"),
    ("Kerrin has been a vocal critic of the plan.", "Kerrin | has been a vocal critic of | the plan"),
    ("Kerrin remains a supporter of the plan.", "Kerrin | remains a supporter of | the plan"),
    ("Kerrin is against closing the dam.", "Kerrin | is against | closing the dam"),
    ("To Kerrin, the dam is a danger.", "Kerrin | To | the dam is a danger"),
    ("It is unclear whether the dam will hold.", " | It is unclear | whether the dam will hold"),
    ("It remained doubtful that the council would agree.",
     " | It remained doubtful | that the council would agree"),
    ("Fears that the dam would break have driven farmers away.",
     " | Fears | that the dam would break"),
    ("Kerrin’s claim that the dam leaks was dismissed as nonsense.",
     "Kerrin’s | claim | that the dam leaks"),
    ("The dam broke after reports its walls leaked.", " | reports | its walls leaked"),
    ("Quill dismissed as rumours claims by farmers that it leaks.",
     "Quill | dismissed as rumours | claims by farmers that it leaks"),
    ("Quill rejected the plan and at the same time asked why it came.", "Quill | asked | why it came"),
    ("The resolution calls on all states to help.", "The resolution | calls on | all states to help"),
    ("Kerrin used her speech to call for talks.", "Kerrin | used her speech to call for | talks"),
    ("The council, which they accuse of hiding it, met.", "they | accuse | which … of hiding it"),
    ("The agency quoted the mayor as saying it leaks.", "the mayor | saying | it leaks"),
    ("“It leaks,” the mayor was quoted as saying.", "the mayor | was quoted as saying | “It leaks,”"),
    ("An offer by Orla to deconflict the talks.", "Orla | An offer by | to deconflict the talks"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STANDING, ids=[text[:40] for text, _ in STANDING])
def test_where_somebody_stands(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Nothing came of the statement that Orla backed on Monday.",
        "If you support the plan, come.",
        "Firefighters were called in to put out the fire.",
        "Kerrin’s alleged experience is old.",
        "There were no reported injuries.",
        "They built it with a new machine called Orla Two.",
        "To Kerrin and the dam.",
        "A firm called Kerrin Partners built the dam.",
        "She wrote a song titled “The Dam That Leaks.”",
        "A newly elected mayor came.",
        "The council was supposed to meet.",
        "The officials were in a written exam.",
        "The firm made the announcement on Thursday evening.",
    ],
)
def test_what_only_looks_like_a_report(text: str) -> None:
    assert list(frames(text)) == []


def test_a_sentence_in_brackets_is_one() -> None:
    lines = [one.line for one in frames("(The dam is old.) It will hold, Kerrin said.")]
    assert lines == ["Kerrin | said | It will hold"]


def test_capitals_that_name_are_no_little_words() -> None:
    assert [one.line for one in frames("Kerrin said IS was near.")] == ["Kerrin | said | IS was near"]
