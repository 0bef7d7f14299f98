"""What is said by nobody who is named, what only looks like saying, and where the writer goes on."""

from __future__ import annotations

import pytest
from attributions_said import frames

from annotator.nlp.attributions.subjects import Subjects


def parts(text: str) -> list[tuple[str, str, str]]:
    """Return sources, cues and claims of the attributions."""
    return [(one.words("source"), one.words("cue"), one.words("claim")) for one in frames(text)]


@pytest.mark.parametrize(
    ("text", "cue", "claim", "actor"),
    [
        ("It's believed that the dam leaks.", "'s believed", "that the dam leaks", "not said"),
        ("It’s understood the firm will close.", "’s understood", "the firm will close", "not said"),
        ("It seems that the wall is old.", "seems", "that the wall is old", ""),
        ("It appears that the wall is old.", "appears", "that the wall is old", ""),
        ("It appears the wall is old.", "appears", "the wall is old", ""),
    ],
)
def test_it_is_no_source(text: str, cue: str, claim: str, actor: str) -> None:
    (found,) = frames(text)
    assert (found.words("source"), found.words("cue"), found.words("claim")) == ("", cue, claim)
    assert dict(found.frame.actors) == {"implicit_source": actor}


def test_it_may_be_a_report() -> None:
    assert parts("The report is old. It says that the dam leaks.") == [("It", "says", "that the dam leaks")]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Quill claimed that the dam leaks, and there is no evidence for that.", "that the dam leaks"),
        ("Quill said the dam leaks badly, but that is not true.", "the dam leaks badly"),
        ("Quill said the dam leaks badly, but that it is old.", "the dam leaks badly, but that it is old"),
    ],
)
def test_a_claim_ends_before_the_verdict_of_the_writer(text: str, claim: str) -> None:
    assert [one for *_, one in parts(text)] == [claim]
    sides = [(dict(one.frame.actors)["holder"], one.words("target")) for one in frames(text, "STANCE")]
    assert sides == ([("", claim)] if "badly, but that it" not in claim else [])


@pytest.mark.parametrize(
    "text",
    ["The rig is a bottom supported structure.", "A council backed scheme fell.", "The map was drawn on it."],
)
def test_a_participle_before_a_noun_is_no_side(text: str) -> None:
    assert parts(text) == []


def test_who_would_not_be_drawn_declines() -> None:
    (found,) = frames("The minister would not be drawn on the price.")
    assert (found.words("cue"), found.words("claim")) == ("would not be drawn on", "the price")
    assert parts("Critics backed plans to mend it.")[0] == ("Critics", "backed", "plans to mend it")


def test_a_wrapped_line_is_no_paragraph() -> None:
    text = "Kerrin came to the\nmeeting. He left."
    assert Subjects(text, ["Kerrin"]).before(text.index("He")) is None
    assert Subjects(text, ["Kerrin"], (), [len(text)]).before(text.index("He")) == (0, "Kerrin")
