"""What stands between who says it and what is said: places, times, titles, offices, others who are named."""

from __future__ import annotations

import pytest
from attributions_said import lines

PLACES = [
    ("He told reporters in Orla, Trellin: “The gates are shut.”", "He | told | “The gates are shut.”"),
    ("Hale told the crowd in the capital, Orla: “It leaks.”", "Hale | told | “It leaks.”"),
    ("Hale said in Orla, Ohio, “It leaks.”", "Hale | said | “It leaks.”"),
    ("Hale told the crowd in Orla, Ohio, the dam leaks.", "Hale | told | the dam leaks"),
    ("It leaks, Hale said in Orla, Ohio.", "Hale | said | It leaks"),
    ("It leaks, Hale said in Orla, Ohio, and must be mended.", "Hale | said | It leaks"),
    ("The office is on Mill Blvd., the aides said.", "the aides | said | The office is on Mill Blvd."),
]
TIMES = [
    ("A report released yesterday claims that it leaks.",
     "A report released yesterday | claims | that it leaks"),
    ("He said after the vote he would go.", "He | said | he would go"),
    ("He told reporters before the rally Monday the plan was dead.", "He | told | the plan was dead"),
    ("It leaks, Hale said after the vote he lost.", "Hale | said | It leaks"),
    ("He said for now it will stay.", "He | said | it will stay"),
    ("He said to date it has held.", "He | said | it has held"),
    ("He said spending fell in March.", "He | said | spending fell in March"),
    ("He said Monday the plan to close the gate is late.", "He | said | the plan to close the gate is late"),
    ("He ordered the clerk to close the gate.", "He | ordered | the clerk to close the gate"),
    ("Officials warned on Monday about the dam.", "Officials | warned on Monday about | the dam"),
    ("Hale complained for years about the plan.", "Hale | complained for years about | the plan"),
    ("Hale bragged in an interview about the plan.", "Hale | bragged in an interview about | the plan"),
    ("Hale called on the mayor to go.", "Hale | called on | the mayor to go"),
]  # fmt: skip
SPEAKERS = [
    ("Jane Hale, author of “The Long Dam,” said the gate is old.",
     "Jane Hale, author of “The Long Dam,” | said | the gate is old"),
    ("Jane Hale, the host of Orla's “Meet the Town,” said that it leaks.",
     "Jane Hale, the host of Orla's “Meet the Town,” | said | that it leaks"),
    ("The plan, a piece of “pure folly,” said Hale.", "Hale | said | The plan, a piece of “pure folly,”"),
    ("Supporters of the law claim it works.", "Supporters of the law | claim | it works"),
    ("Voters in the state support the plan.", "Voters in the state | support | the plan"),
    ("The mayor and the governor claim it works.", "The mayor and the governor | claim | it works"),
    ("Hale and Brink blame the mayor.", "Hale and Brink | blame | the mayor"),
    ("The dam is safe, police and fire officials said.",
     "police and fire officials | said | The dam is safe"),
    ("The mayor left town and state officials said it leaks.", "state officials | said | it leaks"),
    ("Hale lost her job and blames officials.", "Hale | blames | officials"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLACES + TIMES + SPEAKERS)
def test_what_stands_between_is_no_part_of_it(text, expected):
    assert expected in lines(text)
