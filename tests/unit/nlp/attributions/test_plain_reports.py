"""News of many papers: places before a colon, who speaks when a mark is missing, to whom it is said."""

from __future__ import annotations

import pytest
from attributions_said import lines

SAID = [
    ("MUMBAI: The clerk on Monday said the dam of the town was safe and would be checked once more.",
     "The clerk | said | the dam of the town was safe and would be checked once more"),
    ("Managua: A wall of the old dam near the town broke on Monday, and farmers said it had leaked.",
     "farmers | said | it had leaked"),
    ("Iran: We agree to hold talks on the dam with all the towns that lie below it next week.",
     "Iran | : | We agree to hold talks on the dam with all the towns that lie below it next week"),
    ("The dam expert at Orla State University, said: “The wall is weak.”",
     "The dam expert at Orla State University | said: | “The wall is weak.”"),
    ("In a statement Captain Anna Quill, of the Orla Fire Command, said: “We are ready.”",
     "Captain Anna Quill, of the Orla Fire Command, | said: | “We are ready.”"),
    ("Anna Quill, 36, from Trellin said that the wall is weak.",
     "Anna Quill, 36, from Trellin | said | that the wall is weak"),
    ("Rob Hale, head of the Farmers Union (FU), who is in Orla told the Herald that the wall had gone.",
     "Rob Hale, head of the Farmers Union (FU), who is in Orla | told | that the wall had gone"),
    ("The mayor, the governor and two senators said it was late.",
     "The mayor, the governor and two senators | said | it was late"),
    ("Last year, the mayor and the clerk said it was late.", "the mayor and the clerk | said | it was late"),
    ("Quill, Hale and Brink, all farmers, said the wall was weak.",
     "Quill, Hale and Brink, all farmers, | said | the wall was weak"),
    ("She and her sister, both of the union, said the wall was weak.",
     "She and her sister, both of the union, | said | the wall was weak"),
    ("Hale, who runs the works, and Quill said the wall was weak.",
     "Hale, who runs the works, and Quill | said | the wall was weak"),
    ("Quill and Hale said the dam was old and Brink and Moss said it was new.",
     "Brink and Moss | said | it was new"),
    ("The governor, during a visit to Orla, Trellin County, on Monday, said it leaks.",
     "The governor | said | it leaks"),
    ("On a visit to Orla, Quill, 65, said it leaks.", "Quill, 65, | said | it leaks"),
    ("“It leaks,” said retired Chief Deputy Rob Hale.", "retired Chief Deputy Rob Hale | said | “It leaks,”"),
    ("“It always leaks,” tweeted @OrlaFarmer.", "@OrlaFarmer | tweeted | “It always leaks,”"),
    ("“It is late,” said Anna Quill, a nurse at the mill, adding that prices had risen.",
     "Anna Quill, a nurse at the mill | adding | that prices had risen"),
    ("Rob Hale of Long Beach, Calif., admits that the wall leaks.",
     "Rob Hale of Long Beach, Calif., | admits | that the wall leaks"),
    ("According to a Trellin-based think tank, the wall is weak.",
     "a Trellin-based think tank | According to | the wall is weak"),
    ("The wall was weak, said Rob Hale, an engineer with Orla Works Co. The firm built it, he said.",
     "he | said | The firm built it"),
]  # fmt: skip
TOLD = [
    ("The magazine asks its readers who they would vote for.",
     "The magazine | asks | who they would vote for"),
    ("The paper asks its readers who said what.", "The paper | asks | who said what"),
    ("Quill asked the farmer who built the wall why it leaks.", "Quill | asked | why it leaks"),
    ("Quill asked lawyers when the ruling would come.", "Quill | asked | when the ruling would come"),
    ("The mayor told the Orla outlet The Daily Crier that the dam was old.",
     "The mayor | told | that the dam was old"),
    ("She told the board which oversees dams that the wall was old.", "She | told | that the wall was old"),
    ("The mayor told residents the plan, which he had drawn up himself, was sound.",
     "The mayor | told | the plan, which he had drawn up himself, was sound"),
    ("Quill said she is hopeful but not counting on anything.",
     "Quill | said | she is hopeful but not counting on anything"),
    ("Quill said people should be kind to the judge or the accused.",
     "Quill | said | people should be kind to the judge or the accused"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*SAID, *TOLD])
def test_finds_it(text: str, expected: str) -> None:
    """Who says it, by which words, and what, as they stand."""
    assert expected in lines(text)
