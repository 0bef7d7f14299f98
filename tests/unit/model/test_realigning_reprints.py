"""Stretches of a text stand in a near copy of it where the words around stayed, and nowhere else."""

from __future__ import annotations

from annotator.model.realigning import Reprinted
from annotator.model.records import Fragment

OLD = (
    "PORT ELM - The harbour master said on Monday that “the north pier will stay shut until June”.\n\n"
    "Fishers doubt it. “We heard that before,” said Ruth Okello, who sails from there each night."
)


def found(new: str, *words: str) -> list[str] | None:
    """Return the words that stand in another text for words of this one."""
    fragments = [Fragment(OLD.index(one), OLD.index(one) + len(one)) for one in words]
    places = Reprinted(OLD, new).find(fragments)
    return None if places is None else [new[start:end] for start, end in places]


def test_words_are_found_behind_what_was_put_before_them() -> None:
    assert found(f"From our archive.\n\n{OLD}", "said", "Ruth Okello") == ["said", "Ruth Okello"]


def test_quotation_marks_capitals_and_blanks_may_differ() -> None:
    new = OLD.upper().replace("“", '"').replace("”", '"').replace(" ", "  ").replace("\n\n", " ")
    assert found(new, "“We heard that before,”") == ['"WE  HEARD  THAT  BEFORE,"']


def test_a_part_of_a_word_stays_that_part() -> None:
    assert found(f"Read this. {OLD}", "harbour mast") == ["harbour mast"]


def test_a_part_of_a_word_that_is_written_shorter_has_no_place() -> None:
    find = Reprinted("Die STRASSE in Orla ist lang.", "Die Straße in Orla ist lang.").find
    assert find([Fragment(4, 11)]) == (Fragment(4, 10),)
    assert find([Fragment(8, 9)]) is None


def test_words_that_changed_are_not_found_nor_those_with_words_put_between() -> None:
    assert (
        found(OLD.replace("shut until June", "shut until July"), "the north pier will stay shut until June")
        is None
    )
    assert found(OLD.replace("We heard that", "We all heard that"), "“We heard that before,”") is None


def test_another_place_with_the_same_word_is_not_taken() -> None:
    new = OLD.replace("“We heard that before,” said Ruth Okello", "Ruth Okello laughed and sailed")
    start = OLD.rindex("said")
    assert Reprinted(OLD, new).find([Fragment(start, start + 4)]) is None
    assert found(new, "said") == ["said"]
