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
PARTED = [
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


@pytest.mark.parametrize(("text", "expected"), [*OUTER, *PARTED, *TAILS])
def test_outer_cues_and_what_follows(text: str, expected: str) -> None:
    assert expected in [one.line for one in frames(text)]
