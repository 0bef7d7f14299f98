"""Whom sources mean: short names, pronouns, offices; each with an article of its own."""

from __future__ import annotations

import pytest

from annotator.model.suggesting import SuggestInput
from annotator.nlp.attributions import SUGGESTER
from annotator.nlp.attributions.full_names import full_names
from annotator.nlp.attributions.genders import fits, gender, of_name
from annotator.nlp.attributions.subjects import Subjects, titled_surnames


def actors(text: str) -> list[tuple[str, str]]:
    """Return the words of each source with its actor, in the order of the text."""
    (proposals,) = SUGGESTER.load("").suggest([SuggestInput(text)])
    sources = sorted(
        (one.fragments[0], one.attributes.get("actor", ""))
        for one in proposals.spans
        if one.label == "SOURCE"
    )
    return [(text[start:end], actor) for (start, end), actor in sources]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The money went to the planning chief, Nina Saaro. Saaro said the price was high.",
            [("Saaro", "Nina Saaro")],
        ),
        (
            "A letter reached the Harbour Board. The Board said it would answer.",
            [("The Board", "Harbour Board")],
        ),
        (
            "He met Odile Hanau.\n\nHANAU: We will see what happens.",
            [("HANAU", "Odile Hanau"), ("We", "Odile Hanau")],
        ),
        ("But Saaro left. Saaro said the price was high.", [("Saaro", "Saaro")]),
    ],
)
def test_a_short_name_is_the_full_one_of_the_article(text: str, expected: list[tuple[str, str]]) -> None:
    assert actors(text) == expected


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Nina Saaro said it leaks. Otto Kranz said it holds. She said she knew.", "Nina Saaro"),
        ("Her husband, Dezo Crane, said it leaks. “I know,” she said.", ""),
        ("Otto Kranz said it leaks. A former engineer said it holds. He added that he knew.", ""),
        ("Otto Kranz said it leaks. A spokeswoman said it holds. He added that he knew.", "Otto Kranz"),
        ("Gary’s mum Sheila said she knew. “I do,” she said.", "Sheila"),
        ("Otto Kranz said it leaks.\n\nMr. Frayne showed no mercy. “Old Otto,” he said.", "Frayne"),
        ("Otto Kranz said it leaks.\n\nAides to Mr. Frayne came. “So it does,” he said.", "Otto Kranz"),
        (
            "Lorna Tibbs said it leaks. Asked by a reporter whether it holds, she nodded. “Yes,” she said.",
            "Lorna Tibbs",
        ),
        ("Among them is Lorna Tibbs, a bus driver, who said that it leaks.", "Lorna Tibbs"),
    ],
)
def test_a_pronoun_is_not_taken_for_somebody_else(text: str, who: str) -> None:
    *_, (_, actor) = actors(text)
    assert actor == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Marine Agency said the ship was safe. It added that it would look again.", "Marine Agency"),
        ("The audit found waste. It said the price had doubled.", ""),
        (
            "The Marine Agency said the ship was safe.\n\nThe day was long. It said that it would.",
            "",
        ),
        ("Otto Kranz said the ship was safe. It said that it would look again.", ""),
    ],
)
def test_it_is_the_body_that_speaks_before(text: str, who: str) -> None:
    *_, (words, actor) = actors(text)
    assert (words.lower(), actor) == ("it", who)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Foreign Minister Elena Markow said that it was false. The minister said that it was old.",
            "Elena Markow",
        ),
        (
            "Tarnia’s interior minister, Pavel Rokow, said that it was false. The minister said that it was.",
            "Pavel Rokow",
        ),
        ("Gov. Harlan Quillon said that it was false. The governor said that it was old.", "Harlan Quillon"),
        ("He told the minister, Pavel Rokow said. The minister said that it was old.", ""),
        (
            "Rokow's spokesman said Liv Sandow knew. Sandow said it was. The spokesman said that it was.",
            "",
        ),
        ("Mayor says price was right\n\nMayor Teresa Quisto said the price was right.", "Teresa Quisto"),
    ],
)
def test_an_office_is_who_holds_it_in_the_article(text: str, who: str) -> None:
    offices = [
        actor
        for words, actor in actors(text)
        if words in ("The minister", "The governor", "Mayor", "The spokesman")
    ]
    assert offices == [who]


def test_i_in_the_words_of_a_body_is_the_person_who_quotes_it() -> None:
    text = "Martin Frayne said: “The Government has said that I think it leaks.”"
    assert ("I", "Martin Frayne") in actors(text)


@pytest.mark.parametrize(
    ("words", "told"),
    [("Mrs. Quill", "w"), ("ex-husband, rocker Ivo", "m"), ("the mayor", ""), ("Gary’s mum", "w")],
)
def test_words_tell_men_from_women(words: str, told: str) -> None:
    assert gender(words) == told
    assert fits("he", told) is (told != "w")
    assert fits("her", told) is (told != "m")


def test_a_first_name_tells_only_where_it_is_of_one_kind() -> None:
    assert [of_name(name) for name in ("Nina Saaro", "Otto Kranz", "Kim Orr", "Nina")] == ["w", "m", "", ""]


def test_a_word_at_the_start_of_a_sentence_is_no_first_name() -> None:
    text = "Embattled Saaro left. Then Nela Saaro came."
    assert [one.text for one in full_names(text, "Saaro")] == ["Nela Saaro"]
    assert list(full_names(text, "Nela Saaro")) == list(full_names(text, "she")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mr. Frayne told Kranz. ", "Frayne"),
        ("Frayne's aide saw the Kranz campaign. ", None),
        ("Kranz left.\nAnna Frayne, tired, left. ", "Frayne"),
        ("Kranz left. Frayne ", "Frayne"),
        ("Frayne left. The Kranz-Frayne pact held. ", "Frayne"),
        ("Frayne left. Otto O'Hara stayed. ", "O'Hara"),
        ("Kranz left.\n", None),
    ],
)
def test_a_subject_is_who_acts_in_the_paragraph(text: str, found: str | None) -> None:
    subjects = Subjects(text, ["Frayne", "Kranz", "O'Hara", "Hara"])
    who = subjects.before(len(text))
    assert (who and who[1]) == found
    assert ("Frayne" in titled_surnames(text)) is text.startswith("Mr.")


def test_a_subject_stands_wholly_before_the_place_and_in_no_skipped_stretch() -> None:
    text = "Frayne left. Kranz came. "
    subjects = Subjects(text, ["Frayne", "Kranz"], [(13, 18)])
    assert subjects.before(len(text)) == subjects.before(6) == (0, "Frayne")
    assert subjects.before(5) is subjects.before(0) is None
