"""What else may be meant: candidates for claim, source and cue in the likeliest order, on own sentences."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from annotator.model.cue_words import find_cues, lexicon, takes_side
from annotator.model.proposing import claims, cue_at, cues, propose, propose_for, sources
from annotator.model.records import Fragment
from annotator.model.units import TextUnits

NESTED = "An official told Reuters that Quill had called the plan “a gift to smugglers”, and left."
BROKEN = "“We measure every hour,” Quill told the council. “Nobody has drunk a drop.”"
CHAIN = "Grey dismissed claims by fishermen that the pier had been sinking for weeks."


def words(text: str, pieces: Iterable[Fragment]) -> str:
    return " … ".join(text[one.start : one.end] for one in pieces)


def made(text: str, at: str) -> tuple[str, str | None, str | None]:
    found = propose(TextUnits(text), text.index(at))
    source, cue = (words(text, [one]) if one is not None else None for one in (found.source, found.cue))
    return words(text, found.claim), source, cue


def claimed(text: str, at: str) -> list[str]:
    return [words(text, one) for one in claims(TextUnits(text), text.index(at))]


def spoken(text: str, at: str) -> list[str]:
    """Return the candidates for the source of the first claim at a place."""
    units = TextUnits(text)
    claim = claims(units, text.index(at))[0]
    cue = cues(units, claim, text.index(at))[0]
    return [words(text, [one]) for one in sources(units, claim, cue)]


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        (
            "Quill, who met Grey on Monday, said the talks would go on.",
            "said",
            ("the talks would go on", "Quill, who met Grey on Monday", "said"),
        ),
        (
            "The wells are safe, the mayor said Thursday, after a week of doubt.",
            "said",
            ("The wells are safe", "the mayor", "said"),
        ),
        (
            "PORT ANN (RNA) - The wells are safe, the mayor said.",
            "safe",
            ("The wells are safe", "the mayor", "said"),
        ),
        (
            "“Will it hold?” asked Ada Quill, who sells fish at the pier.",
            "Will",
            ("“Will it hold?”", "Ada Quill, who sells fish at the pier", "asked"),
        ),
        ("Quill replied: “Not today.”", "Not", ("“Not today.”", "Quill", "replied:")),
        (
            "According to the clubs’ joint letter, which we have seen, the race is off.",
            "According",
            ("the race is off", "the clubs’ joint letter", "According to"),
        ),
        (
            "Grey had been assured by the owner of the yard that the pump was sound.",
            "assured",
            ("that the pump was sound", "the owner of the yard", "had been assured by"),
        ),
        (
            "A deputy mayor refused to say how long the wells would stay shut.",
            "refused",
            ("how long the wells would stay shut", "A deputy mayor", "refused to say"),
        ),
        (
            "The two offices said in a joint note that all was well, but Serbian envoys questioned it.",
            "said",
            ("that all was well", "The two offices", "said"),
        ),
        ("ADA QUILL: I would not. Would you?", "would", ("I would not. Would you?", "ADA QUILL", ":")),
        ("No danger to the town river: minister", "danger", ("No danger to the town river", "minister", ":")),
    ],
)
def test_what_is_proposed_first(text: str, at: str, expected: tuple[str, str, str]) -> None:
    assert made(text, at) == expected


def test_the_cue_at_the_caret_is_meant_before_others() -> None:
    assert made(NESTED, "told")[1:] == ("An official", "told")
    assert made(NESTED, "called") == ("“a gift to smugglers”", "Quill", "had called")
    assert made(CHAIN, "claims")[1:] == ("fishermen", "claims by")
    assert made(CHAIN, "dismissed") == (
        "claims by fishermen that the pier had been sinking for weeks",
        "Grey",
        "dismissed",
    )


def test_pieces_of_a_broken_quotation_come_together_then_alone() -> None:
    assert claimed(BROKEN, "measure")[:2] == [
        "“We measure every hour,” … “Nobody has drunk a drop.”",
        "“We measure every hour,”",
    ]
    assert claimed(BROKEN, "Nobody")[0] == "“We measure every hour,” … “Nobody has drunk a drop.”"
    assert made(BROKEN, "Nobody")[1:] == ("Quill", "told")


def test_pieces_in_another_paragraph_are_another_claim() -> None:
    assert claimed(BROKEN.replace(". “", ".\n\n“"), "Nobody")[0] == "“Nobody has drunk a drop.”"


def test_a_clause_has_other_ends_and_starts() -> None:
    found = claimed("Quill said that the pier is safe, but nobody believed her.", "said")
    assert found[:2] == ["that the pier is safe", "that the pier is safe, but nobody believed her"]
    assert "the pier is safe" in found


def test_sources_from_long_to_short() -> None:
    text = "Harbour Minister Ada Quill of Port Ann said the pier is safe."
    found = spoken(text, "said")
    assert found[0] == "Harbour Minister Ada Quill of Port Ann"
    assert {"Harbour Minister Ada Quill", "Port Ann"} <= set(found)


@pytest.mark.parametrize("text", [NESTED, BROKEN, CHAIN])
def test_candidates_never_come_twice_and_never_overlap_the_claim(text: str) -> None:
    units = TextUnits(text)
    for offset in range(len(text)):
        found = claims(units, offset)
        assert len(found) == len(set(found))
        for claim in found:
            cue_words = cues(units, claim)
            assert len(cue_words) == len(set(cue_words))
            for cue in cue_words[:2]:
                for one in (cue, *sources(units, claim, cue)):
                    assert not any(one.start < piece.end and piece.start < one.end for piece in claim)


def test_a_selected_claim_gets_source_and_cue_of_its_sentence() -> None:
    start = CHAIN.index("the pier")
    made_for = propose_for(TextUnits(CHAIN), [Fragment(start, len(CHAIN) - 1)])
    assert words(CHAIN, [made_for.cue or Fragment(0, 0)]) == "claims by"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He did not deny it.", ["did not deny"]),
        ("She has repeatedly said so.", ["has repeatedly said"]),
        ("Early reports and the minister’s claims were wrong.", ["reports"]),
        ("They say it was the frost.", ["say"]),
        ("He came to tell her.", ["to tell"]),
        ("Grey declined to comment.", ["declined to comment"]),
        ("We were told nothing by him.", ["were told"]),
        ("It was dismissed by Quill.", ["was dismissed by"]),
        ("The state of the report.", []),
    ],
)
def test_cues_with_what_belongs_to_them(text: str, expected: list[str]) -> None:
    units = TextUnits(text)
    tokens = [Fragment(*one) for one in units.tokens(0)]
    assert [words(text, [one.words]) for one in find_cues(text, tokens)] == expected


def test_the_cue_at_a_place() -> None:
    units = TextUnits(NESTED)
    found = cue_at(units, NESTED.index("called"))
    assert found is not None
    assert words(NESTED, [found]) == "had called"
    assert cue_at(units, NESTED.index("Reuters")) is None
    assert cue_at(TextUnits(""), 0) is None


def test_words_are_read_from_the_file_that_ships() -> None:
    known = lexicon()
    assert {"said", "told"} <= known.cues
    assert ("according", "to") in known.long_cues["according"]
    assert not known.cues & known.pronouns
    assert takes_side("did not deny")
    assert not takes_side("has said")


def test_a_long_text_in_one_line_answers_from_its_neighbourhood() -> None:
    text = "Quill said that it rains. " * 20_000
    units = TextUnits(text)
    found = propose(units, len(text) // 2 // 26 * 26 + 6)
    assert words(text, found.claim) == "that it rains"


def test_who_goes_on_speaking_is_who_spoke_before() -> None:
    text = "Spokesman Peter Lukac dismissed claims by activists, and wondered aloud who had paid for them."
    assert spoken(text, "who had paid")[0] == "Spokesman Peter Lukac"
