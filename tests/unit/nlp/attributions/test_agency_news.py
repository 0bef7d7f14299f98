"""News of agencies, courts and councils: days beside a cue, main verbs, what nobody says."""

from __future__ import annotations

import pytest
from attributions_said import lines

SAID = [
    ("Officials said Sunday the road would open.", "Officials | said | the road would open"),
    ("Officials said late Tuesday Quill will open the road.", "Officials | said | Quill will open the road"),
    ("Officials announced Tuesday night no one was hurt.", "Officials | announced | no one was hurt"),
    ("Officials said Tuesday about 40 people were hurt.", "Officials | said | about 40 people were hurt"),
    ("Officials said last week the road would open.", "Officials | said | the road would open"),
    ("Officials said Tuesday's vote was fair.", "Officials | said | Tuesday's vote was fair"),
    ("Officials said Tuesday will be a holiday.", "Officials | said | Tuesday will be a holiday"),
    ("Although Quill called the rise a “setback,” she said there have been gains.",
     "she | said | there have been gains"),
    ("While the mayor called it “a mess,” she told the council the road would open.",
     "she | told | the road would open"),
    ("Orla Radio's Anna Quill tweeted that her aide Rob Hale, in Orla, saw burnt papers on the road.",
     "Orla Radio's Anna Quill | tweeted | that her aide Rob Hale, in Orla, saw burnt papers on the road"),
    ("The clerk, Anna Quill, e-mailed me that the hall was shut.",
     "The clerk, Anna Quill, | e-mailed | that the hall was shut"),
    ("Quill emailed the Herald that the hall was shut.", "Quill | emailed | that the hall was shut"),
    ("Quill asked Hale during a talk after the speech why the town closed the school.",
     "Quill | asked | why the town closed the school"),
    ("The court agreed, ruling 5-4 that the town had broken the law.",
     "The court | ruling | that the town had broken the law"),
    ("Quill has pleaded not guilty and his lawyer says it was a loan.", "his lawyer | says | it was a loan"),
    ("Quill left the town and his lawyer says it was a loan.", "his lawyer | says | it was a loan"),
    ("The four farmers that Quill referred to were from Orla.", "Quill | referred to | that"),
    ("The deal, which Quill has called a disaster, will be voted on.",
     "Quill | has called | which … a disaster"),
    ("Reportedly, he left the town in May.", " | Reportedly | he left the town in May"),
]  # fmt: skip
ENDS = [
    ("Reports that the guards have shut the harbour come just weeks before the vote.",
     " | Reports | that the guards have shut the harbour"),
    ("The report that the dam leaks comes a few days before the vote.",
     " | The report | that the dam leaks"),
    ("She spoke after he left, and the town's threat to sue another farmer, Rob Hale, is also testing them.",
     "the town's | threat | to sue another farmer, Rob Hale"),
    ("The office confirmed the talks took place but would not say when.",
     "The office | confirmed | the talks took place"),
    ("The office said a man was shot but would not release his name.",
     "The office | said | a man was shot"),
    ("Some papers criticized the mayor for wearing a red coat, rather than a black one.",
     "Some papers | criticized | the mayor for wearing a red coat, rather than a black one"),
    ("The bloc is weakened by its inability to choose a leader, and votes in May will be led by three men.",
     "its | inability | to choose a leader"),
    ("The decision by the TV to blur the face of Anna Quill once again raises the question of rights.",
     "the TV | The decision by | to blur the face of Anna Quill"),
    ("Rumors that Quill was killed in a raid circulated on the web Sunday.",
     " | Rumors | that Quill was killed in a raid"),
    ("At noon a man believed to be Rob Hale, 40, delivers a speech.",
     " | believed | a man … to be Rob Hale, 40"),
    ("The firm confirmed the tape where shots appear to ring out in the yard was filmed.",
     " | appear | shots … to ring out in the yard"),
    ("Quill's claims about the status of the men apparently are based on his visit.",
     "Quill's | claims about | the status of the men"),
    ("The group claimed responsibility for the raid in a message posted online.",
     "The group | claimed | responsibility for the raid"),
    ("The office rejected the claim, however, saying it was old.", "The office | rejected | the claim"),
    ("Quill delivered a statement condemning the raid and says that the town is to blame.",
     "Quill | delivered a statement condemning | the raid"),
    ("The mayor faced criticism from some papers for her decision to wear blue.",
     "some papers | faced criticism from | The mayor"),
    ("According to Rob Hale, information director at the mill in Orla, the blurring isn't real.",
     "Rob Hale, information director at the mill in Orla | According to | the blurring isn't real"),
    ("Quill pledged to spend money and then, if elected, set new limits.",
     "Quill | pledged | to spend money and then, if elected, set new limits"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*SAID, *ENDS], ids=lambda one: one[:40])
def test_what_is_said(text: str, expected: str) -> None:
    assert expected in lines(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is a feeling that cuts across the valley.",
        "The list is kept to reflect threats that change every day.",
        "All sales are required to be in cash.",
        "Quill was named on Monday to the board.",
        "It sounded rehearsed.",
        "The governor apologized Tuesday and left.",
        "Dozens of ruling party lawmakers left the bloc.",
        "None of the bodies belongs to a group of 43 missing students.",
    ],
)
def test_what_nobody_says(text: str) -> None:
    assert lines(text) == set()


@pytest.mark.parametrize(
    "label",
    ["SEE ALSO", "RELATED STORY", "READ MORE", "RIGHT NOW", "LOOK", "BREAKING NEWS", "DON'T MISS", "Photo",
     "Editor's note", "TRENDING"],
)  # fmt: skip
def test_what_a_page_puts_before_a_colon_says_nothing(label: str) -> None:
    assert lines(f"The town voted.\n\n{label}: Hundreds came to the square of Orla") == set()


def test_a_day_is_not_what_somebody_apologizes_for() -> None:
    found = lines("The governor apologized Tuesday and said he would go.")
    assert found == {"The governor | said | he would go"}


def test_who_speaks_in_a_transcript_still_does() -> None:
    found = lines("The town voted.\n\nSPEAKER QUILL: The bill has been read")
    assert found == {"SPEAKER QUILL | : | The bill has been read"}


def test_a_statement_on_a_website_is_not_on_it() -> None:
    assert "that | said | the user was live" in lines(
        "Glide issued a long statement on its website that said the user was live."
    )
    assert "the firm | issued a statement on | the plan" in lines(
        "In May the firm issued a statement on the plan."
    )


def test_what_one_is_known_for_is_held() -> None:
    assert lines("The gate is known for its cheese.") == {" | is known for | The gate … its cheese"}
