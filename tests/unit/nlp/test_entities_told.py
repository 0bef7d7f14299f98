"""Names that are also those of places and things, told by the words around, with what must stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Spans = list[tuple[str, str, int]]

TOWNS_AND_PERSONS = [
    "It was the auditor [[PERSON Milan Drobny]] who said so, and [[PERSON Drobny]] left.",
    "Its auditor, [[PERSON Milan Drobny]], said so in the end.",
    "Then [[PERSON Milan Drobny]] said so in the end, and Mr. [[PERSON Drobny]] left.",
    "Then in [[GPE Milan]] [[PERSON Drobny]] was seen, and Mr. [[PERSON Drobny]] left.",
    "The shares of [[ORG Texas Instruments]] rose, and the supplier [[ORG Texas Instruments]] hired.",
    "They met the lawyer at [[ORG Austin Powerworks]] and the auditor of [[GPE Milan]].",
    "The auditor [[ORG Milan Accounting]] said so, and the senator from [[GPE Georgia]] left.",
]
SHORT_STATES = [
    "[[GPE North Korea]] met [[GPE South Korea]]. Then the [[GPE North]] left, and the [[GPE South]] stayed.",
    "[[GPE N. Korea]] and [[GPE S. Korea]] met.",
    "[[GPE North Dakota]] voted. Then the North left.",
]
THINGS_AND_PERSONS = [
    "Her classmate, [[PERSON Nannette Blitz]], left early. Then [[PERSON Blitz]] came back.",
    "Governments will have to pay.",
    "Then Dr. [[PERSON Neil Abrams]] said so, and [[PERSON Abrams]] left.",
    "Then [[PERSON Stacey Abrams]] said so to them all.",
    "It sent its [[PRODUCT Abrams]] tanks to the front.",
]
BODIES = [
    "A study by [[ORG the Army Corps of Engineers]] and by [[ORG the Soybean Growers of America]] said so.",
    "She wrote it for [[ORG Polar Minerals]] and the analysts at [[ORG Gaines & Poole]] in the end.",
    "[[GPE BISMARCK]], [[GPE N.D.]] ([[ORG Plains Wire]]) — It said so.",
    "He told [[ORG The Register]] that the state fair was over.",
    "It was a study by [[ORG The Orlazone]] that said so.",
    "They asked [[ORG People for the Humane Keeping of Ferrets]], but [[ORG PHKF]] said no.",
    "She asked [[ORG Norvane]]'s chief medical officer why it closed.",
]
OTHERS = [
    "They came to [[EVENT the Iowa State Fair]] at [[TIME 3 in the morning]] to see it.",
    "Sen. [[PERSON Rob Haugen]], R-[[GPE Minot]], left early.",
    "They boarded the vessel, the [[PRODUCT Santa Iria]], at sea.",
    "They met on [[DATE 15 Mar 2024]] and on [[DATE Jul 4, 2025]]; [[PERSON Mar]] did not come.",
    "He pressed Ctrl+Z once more.",
    "Whoever is right said so. Usage has dropped since then.",
    "She would spend [[DATE the fall]] at home; the fall hurt.",
]


@pytest.mark.parametrize(
    "marked",
    TOWNS_AND_PERSONS + SHORT_STATES + THINGS_AND_PERSONS + BODIES + OTHERS,
    ids=lambda marked: marked[:40],
)
def test_finds_exactly_what_is_marked(
    marked: str, unmark: Callable[[str], tuple[str, Spans]], find: Callable[[str], Spans]
) -> None:
    text, expected = unmark(marked)
    assert find(text) == expected


def test_a_compound_loses_no_half_at_the_start_of_a_sentence(find: Callable[[str], Spans]) -> None:
    (name,) = find("Mercy-Lakeland is big.") or [("", "", 0)]
    assert not name[1].startswith("-")
