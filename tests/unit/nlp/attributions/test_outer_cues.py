"""Cues that stand around another one, words that part what is said, and what follows it."""

from __future__ import annotations

import pytest
from attributions_said import frames

OUTER = [
    (
        "Quill has spent the summer telling crowds that it leaks.",
        "Quill | has spent the summer telling | that it leaks",
    ),
    (
        "Quill spent much of May portraying Orla as a swamp.",
        "Quill | spent much of May portraying | Orla as a swamp",
    ),
    ("Quill would have voters believe that it leaks.", "Quill | would have voters believe | that it leaks"),
    ("Quill was unswayed by the plea.", "Quill | was unswayed by | the plea"),
    ("Quill left no doubt that it leaks.", "Quill | left no doubt | that it leaks"),
    (
        "The Ledger published an editorial arguing that it leaks.",
        "The Ledger | published an editorial arguing | that it leaks",
    ),
    ("The Ledger ran a story saying that it leaks.", "The Ledger | ran a story saying | that it leaks"),
    ("Quill spent money on a dam. It leaks, farmers say.", "farmers | say | It leaks"),
]
JOINED = [
    ("Quill has a habit of saying that it leaks.", "Quill | has a habit of saying | that it leaks"),
    (
        "Quill wasted no time in declaring that it leaks.",
        "Quill | wasted no time in declaring | that it leaks",
    ),
    ("Quill is vocal in opposing the dam.", "Quill | is vocal in opposing | the dam"),
    ("The results came in showing that it leaks.", "The results | showing | that it leaks"),
    ("Quill distanced himself from the claim.", "Quill | distanced himself from | the claim"),
    ("Quill found himself defending the deal.", "Quill | defending | the deal"),
    ("Quill finds himself accused of lying.", " | accused | Quill … of lying"),
    (
        "Quill issued a statement on Monday calling it a sham.",
        "Quill | issued a statement on Monday calling | it a sham",
    ),
    ("Quill has grown frustrated with the talks.", "Quill | has grown frustrated with | the talks"),
]
PARTED = [
    (
        "Most voters, the poll found, think Quill is lying.",
        "the poll | found | Most voters … think Quill is lying",
    ),
    ("Quill said in Orla, where he was born, that it leaks.", "Quill | said | that it leaks"),
    ("Quill said Monday, hours before the vote, that it leaks.", "Quill | said | that it leaks"),
    ("Quill said on Orla Radio’s “State of the Town” that it leaks.", "Quill | said | that it leaks"),
    ("Quill wrote in his book, “The Dam,” that it leaks.", "Quill | wrote | that it leaks"),
    ("Quill told Kerrin, the mayor, that it leaks.", "Quill | told | that it leaks"),
    (
        "Quill urged Kerrin, who leads the polls, to debate him.",
        "Quill | urged | Kerrin, who leads the polls, to debate him",
    ),
    (
        "Quill accused the clerk, who came late, of lying.",
        "Quill | accused | the clerk, who came late, of lying",
    ),
    (
        "Quill blamed the clerk, who came late, for the leak.",
        "Quill | blamed | the clerk, who came late, for the leak",
    ),
    ("Quill called Kerrin, his rival, a liar.", "Quill | called | Kerrin, his rival, a liar"),
    ("Quill refused on Monday to apologize.", "Quill | refused | to apologize"),
    (
        "The clerk, the official said, had not been told.",
        "the official | said | The clerk … had not been told",
    ),
    ("The clerk, an aide said on condition of anonymity, had left.", "an aide | said | The clerk … had left"),
    ("The dam, engineers caution, is old.", "engineers | caution | The dam … is old"),
    (
        "The dam, two people briefed on it said, would fall.",
        "two people briefed on it | said | The dam … would fall",
    ),
    ("Quill said, to laughter, that it leaks.", "Quill | said | that it leaks"),
    (
        "Quill described the pact, reached after nine days, as a surrender.",
        "Quill | described | the pact, reached after nine days, as a surrender",
    ),
    (
        "Quill blamed the builder, not the town, for the leak.",
        "Quill | blamed | the builder, not the town, for the leak",
    ),
    ("Quill called the view that it leaks “absurd.”", "Quill | called | the view that it leaks “absurd.”"),
    ("The court ruled 5 to 4 that the law stands.", "The court | ruled | that the law stands"),
]
TAILS = [
    ("Quill said the dam was dead in an interview on Monday.", "Quill | said | the dam was dead"),
    ("Quill said the dam was dead during a speech to farmers.", "Quill | said | the dam was dead"),
    ("Quill said she was wrong in a way.", "Quill | said | she was wrong in a way"),
    ("Quill said it was dead, without elaborating.", "Quill | said | it was dead"),
    ("Quill said it was dead, without giving details.", "Quill | said | it was dead"),
    ("Quill said it was dead, to cheers from the crowd.", "Quill | said | it was dead"),
    ("Quill said it was dead, to the surprise of his aides.", "Quill | said | it was dead"),
    ("Quill said it was dead, in a blow to Kerrin.", "Quill | said | it was dead"),
    ("Quill said he was born in Orla, in a tent.", "Quill | said | he was born in Orla, in a tent"),
    ("Quill said it was dead, then left the stage.", "Quill | said | it was dead"),
    ("Quill said it was dead and refused to take questions.", "Quill | said | it was dead"),
    ("Quill praised the deal during a rally in Orla.", "Quill | praised | the deal"),
    ("Quill praised the deal last week.", "Quill | praised | the deal"),
    ("Quill praised the deal earlier in the day.", "Quill | praised | the deal"),
    ("Quill praised the dam he built during a rally.", "Quill | praised | the dam he built during a rally"),
    ("Quill denied the charge — and then repeated it.", "Quill | denied | the charge"),
    ("Quill said it was dead, and his aides declined to elaborate.", "Quill | said | it was dead"),
    ("Quill dismissed the poll with a wave of his hand.", "Quill | dismissed | the poll"),
    ("Quill praised the plan with a new gate.", "Quill | praised | the plan with a new gate"),
    ("The council approved the plan by a vote of 7 to 2.", "The council | approved | the plan"),
    ("Quill called for an inquiry two days after the flood.", "Quill | called for | an inquiry"),
    ("Quill conceded defeat shortly before midnight.", "Quill | conceded | defeat"),
    ("Quill said it would hurt farmers, drawing cheers.", "Quill | said | it would hurt farmers"),
    (
        "Quill said it burst, drawing water from the valley.",
        "Quill | said | it burst, drawing water from the valley",
    ),
    ("Quill said it was ready, a line that brought cheers.", "Quill | said | it was ready"),
    ("Quill told them it was not over, before thanking Orla.", "Quill | told | it was not over"),
]


@pytest.mark.parametrize(("text", "expected"), [*OUTER, *JOINED, *PARTED, *TAILS])
def test_outer_cues_and_what_follows(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]
