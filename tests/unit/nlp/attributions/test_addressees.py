"""Which label the one gets to whom something is said."""

from __future__ import annotations

import pytest

from annotator.nlp.attributions.addressees import label_of

TEXT = "Zoltan Kerekes met the press. The clerk told Kerekes that the Argus was late."


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Kerekes", "PERSON"),
        ("Argus", "ORG"),
        ("the Argus", "ORG"),
        ("CPN", "ORG"),
        ("Zoltan Kerekes", "PERSON"),
        ("Slovakia", "GPE"),
        ("the clerk", ""),
        ("", ""),
    ],
)
def test_a_name_is_known_by_lists_shape_and_its_fuller_form(words: str, label: str) -> None:
    assert label_of(words, TEXT) == label


def test_a_single_name_without_a_first_name_anywhere_is_an_organisation() -> None:
    assert label_of("Kerekes", "The clerk told Kerekes that it was late.") == "ORG"
    assert label_of("Kere", TEXT) == "ORG"
