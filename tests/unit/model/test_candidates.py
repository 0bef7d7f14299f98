"""Which words may be a part instead: those it has first, then the likeliest, never those of another part."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.candidates import MOST, candidates
from annotator.model.records import Fragment
from annotator.model.units import TextUnits

QUILL = "The pier will hold until May, Ada Quill, who sells fish at the pier, on the quay, said on Monday."
FLOODED = "Ada Quill told the council that the pier was flooded twice, citing a letter of the harbour office."
BROKEN = "“We measure every hour,” Quill told the council. “Nobody has drunk a drop.”"
Parts = dict[str, tuple[Fragment, ...]]


def stretch(text: str, words: str) -> Fragment:
    start = text.index(words)
    return Fragment(start, start + len(words))


def parts_of(text: str, **words: str | tuple[str, ...]) -> Parts:
    return {
        role: tuple(stretch(text, one) for one in ((said,) if isinstance(said, str) else said))
        for role, said in words.items()
    }


def found(text: str, role: str, parts: Parts, offset: int | None = None) -> list[str]:
    every = candidates(TextUnits(text), role, parts, offset)
    return [" … ".join(text[one.start : one.end] for one in pieces) for pieces in every]


def test_a_source_is_first_tried_shorter_then_longer() -> None:
    parts = parts_of(
        QUILL, source="Ada Quill, who sells fish at the pier,", cue="said", claim="The pier will hold"
    )
    every = found(QUILL, "source", parts)
    assert every[:3] == [
        "Ada Quill, who sells fish at the pier,",
        "Ada Quill",
        "Ada Quill, who sells fish at the pier",
    ]
    assert "Ada Quill, who sells fish at the pier, on the quay," in every


def test_a_name_may_have_its_aside_up_to_the_cue_with_the_comma_that_closes_it() -> None:
    parts = parts_of(QUILL, source="Ada Quill", cue="said", claim="The pier will hold until May")
    assert "Ada Quill, who sells fish at the pier, on the quay," in found(QUILL, "source", parts)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (
            "that the pier was flooded twice, citing a letter of the harbour office",
            "that the pier was flooded twice",
        ),
        ("the pier was flooded twice", "that the pier was flooded twice"),
    ],
)
def test_a_claim_gets_its_other_edge_at_the_first_press(held: str, wanted: str) -> None:
    parts = parts_of(FLOODED, source="Ada Quill", cue="told", claim=held)
    assert found(FLOODED, "claim", parts)[:2] == [held, wanted]


def test_a_cue_grows_to_the_next_part_but_not_over_whom_it_is_said_to() -> None:
    text = "Quill has repeatedly complained about the plan, and told him that it fails."
    parts = parts_of(text, source="Quill", cue="complained", claim="the plan")
    assert found(text, "cue", parts)[:3] == ["complained", "complained about", "has repeatedly complained"]
    told = parts_of(text, source="Quill", cue="told", claim="that it fails")
    assert "told him" not in found(text, "cue", told)[:3]


def test_of_a_broken_quotation_each_piece_comes_alone() -> None:
    pieces = ("“We measure every hour,”", "“Nobody has drunk a drop.”")
    parts = parts_of(BROKEN, source="Quill", cue="told", claim=pieces)
    assert found(BROKEN, "claim", parts)[:3] == [" … ".join(pieces), pieces[0], pieces[1]]


def test_no_quotation_that_a_claim_has_begun_is_cut() -> None:
    text = (
        "Quill said experts were comparing samples “to see what came in, and when,” and that it takes time."
    )
    held = "experts were comparing samples “to see what came in, and when,”"
    parts = parts_of(text, source="Quill", cue="said", claim=held)
    for one in found(text, "claim", parts):
        assert one.count("“") == one.count("”"), one


def test_inside_a_quotation_its_clauses_are_candidates() -> None:
    text = "“The pier is safe, and the quay is too,” Quill said."
    parts = parts_of(text, source="Quill", cue="said", claim="The pier is safe, and the quay is too")
    assert "The pier is safe" in found(text, "claim", parts)


def test_a_claim_never_holds_the_words_of_its_source() -> None:
    text = "Will it hold? asked Quill, the head of the harbour."
    parts = parts_of(text, source="Quill", cue="asked", claim="Will it hold")
    bare = found(text, "claim", {"claim": parts["claim"]}, text.index("asked"))
    assert any("Quill" in one for one in bare)  # nobody is its source yet
    every = found(text, "claim", parts, text.index("asked"))
    assert not any("Quill" in one or "asked" in one for one in every)


def test_what_overlaps_already_may_go_on_to() -> None:
    text = "Quill rejected claims by Grey that the pier is safe."
    claim = "claims by Grey that the pier is safe"
    parts = parts_of(text, source="Grey", cue="claims by", claim=claim)
    assert found(text, "claim", parts)[0] == claim


def test_where_nothing_is_there_yet_the_likeliest_is_first() -> None:
    parts = parts_of(FLOODED, cue="told", claim="that the pier was flooded twice")
    assert found(FLOODED, "source", parts)[0] == "Ada Quill"
    assert found(FLOODED, "cue", {"claim": parts["claim"]})[0] == "told"


def test_no_torn_words_and_no_small_words_alone() -> None:
    text = "As to Wealth-X’s list, in Quill’s view the pier is too dear."
    parts = parts_of(text, source="Quill’s", cue="view", claim="the pier is too dear")
    every = found(text, "source", parts)
    assert every[0] == "Quill’s"
    assert not {"X", "’s", "in", "As", "to"} & set(every)


def test_an_empty_text_has_none() -> None:
    assert candidates(TextUnits(""), "claim", {}, 0) == []


@given(st.sampled_from([QUILL, FLOODED, BROKEN]), st.data())
def test_what_is_there_is_first_nothing_comes_twice_and_nothing_is_taken(
    text: str, data: st.DataObject
) -> None:
    words = [Fragment(*one) for one in TextUnits(text).tokens(0)]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(words)), min_size=4, max_size=4, unique=True)))
    three = [Fragment(words[a].start, words[b - 1].end) for a, b in pairwise(cuts)]
    roles = data.draw(st.permutations(("source", "cue", "claim")))
    parts = {role: (piece,) for role, piece in zip(roles, three, strict=True)}
    for role in roles:
        every = candidates(TextUnits(text), role, parts)
        assert every[0] == parts[role]
        assert len(every) == len(set(every)) <= MOST
        taken = [parts[other][0] for other in roles if other != role]
        for pieces in every:
            assert all(0 <= one.start < one.end <= len(text) for one in pieces)
            assert all(one.end <= other.start for one, other in combinations(sorted(pieces), 2))
            assert not any(
                one.start < other.end and other.start < one.end for one in pieces for other in taken
            )
