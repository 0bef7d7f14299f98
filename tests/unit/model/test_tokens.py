from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.model import tokens
from annotator.model.graphemes import is_boundary
from annotator.model.tokens import (
    clause_bounds,
    line_sentence_ends,
    quotation_bounds,
    sentence_bounds,
    sentence_ends,
    token_bounds,
    token_words,
    without_final_stop,
)

PIECES = (
    *"aZé.,!?“”\"'’‘()[]—-…:;«» \t\u00a00123$%",
    "e\u0301",
    "\u0301",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "🇩🇪",
    "🇩",
    "\u200b",
    "\u200d",
    "\u202e",
    "한",
    "\u1112\u1161\u11ab",
    "中",
    "ש",
    "ال",
    "ไทย",
    "\x07",
    "\ufeff",
    "\U000e0041",
    "Mr. ",
    "U.S. ",
    " said ",
    " that ",
    ". The ",
)
ENDS_OF_LINES = ("\n", "\n\n", ".\n", "\n.", "Mr.\n", "Inc. \n", '. "\na')
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def words(text: str) -> list[str]:
    return token_words(text)[0]


@given(texts)
@example("a \u0301b")
@example("  \u0301")
@example("\u0301")
def test_tokens_are_in_order_with_nothing_but_white_space_between(text: str) -> None:
    bounds = token_bounds(text)
    assert token_words(text) == ([text[low:high] for low, high in bounds], [low for low, _ in bounds])
    assert all(start < end for start, end in bounds)
    assert all(one[1] <= other[0] for one, other in pairwise(bounds))
    gaps = zip([0, *(end for _, end in bounds)], [*(start for start, _ in bounds), len(text)], strict=True)
    assert all(not text[low:high].strip() for low, high in gaps)


@given(texts)
def test_no_token_and_no_sentence_cuts_a_visible_character(text: str) -> None:
    for start, end in [*token_bounds(text), *sentence_bounds(text)]:
        assert is_boundary(text, start)
        assert is_boundary(text, end)


@given(texts)
def test_sentences_tile_the_text(text: str) -> None:
    bounds = sentence_bounds(text)
    assert "".join(text[start:end] for start, end in bounds) == text
    assert all(start < end for start, end in bounds)


@given(st.lists(st.sampled_from((*PIECES, "approx", "agreed", "A", ". ", " B")), max_size=20).map("".join))
@example("It is approx. Two")
def test_a_stop_that_is_told_by_itself_ends_a_sentence_by_all_rules(text: str) -> None:
    sure = [match for match in tokens._STOP.finditer(text) if match.lastindex]
    assert all(tokens._is_sentence_end(text, (0, len(text)), *match.span()) for match in sure)
    assert {match.end() + 1 for match in sure} <= {end for _, end in sentence_bounds(text)}


@given(
    st.lists(
        st.sampled_from((*PIECES, "\n", "\n\n", ".\n", "\n.", "Mr.\n", "Inc. \n", '. "\na')), max_size=30
    )
)
@example(['He said. "', "\n", "so"])
@example(["Dr", "\n", ". So"])
def test_sentences_of_lines_are_those_of_each_line(pieces: list[str]) -> None:
    text = "".join(pieces)
    ends, at = [], 0
    for line in text.split("\n"):
        ends += [at + one for one in sentence_ends(line)] if line else []
        at += len(line) + 1
    assert line_sentence_ends(text) == ends


@given(texts)
def test_quotations_do_not_overlap_and_start_with_a_mark(text: str) -> None:
    bounds = quotation_bounds(text)
    assert all(one[1] <= other[0] for one, other in pairwise(bounds))
    assert all(text.startswith((*'"“«„‹‘「『', "''"), start) for start, _ in bounds)


@given(texts, st.integers(0, 200))
def test_clauses_lie_inside_their_sentence(text: str, at: int) -> None:
    for sentence in sentence_bounds(text):
        for start, end in clause_bounds(text, sentence):
            assert sentence[0] <= start < end <= sentence[1]
        start, end = without_final_stop(text, sentence)
        assert sentence[0] <= start <= end <= sentence[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia’s US-led talks", ["Russia", "’s", "US", "-", "led", "talks"]),
        ("He didn’t pay $2,000.50.", ["He", "didn’t", "pay", "$", "2,000.50", "."]),
        ("U.S. aid on the 14th...", ["U.S.", "aid", "on", "the", "14th", "..."]),
        ("“No”, she said", ["“", "No", "”", ",", "she", "said"]),
        ("中国外交部 A", ["中", "国", "外", "交", "部", "A"]),
        ("cafe\u0301 👨‍👩‍👧‍👦!", ["cafe\u0301", "👨‍👩‍👧‍👦", "!"]),
        ("", []),
        (" \t ", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Brandt met Dr. Weiss on Jan. 4. They spoke.", 2),
        ("The U.S. Senate voted. It failed.", 2),
        ("He works for Delta Inc. The firm is old.", 2),
        ("J. R. Haddad agreed.", 1),
        ("“Really?” she asked.", 1),
        ("“Really?” She left.", 2),
        ("It cost 3.5 million. Nobody paid…  Then came spring.", 3),
        ("好。再见！", 2),
        ("no end", 1),
        ("They agreed. She left.", 2),
        ("They agreed. she left.", 1),
        ("It is approx. Two miles. Approx. Ten more.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentence_bounds(text)) == count


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("No?! Yes… “Fine.”) So", ["No?! ", "Yes… ", "“Fine.”) ", "So"]),
        ("他走了。」 她没有！？真的", ["他走了。」 ", "她没有！？", "真的"]),
        ("他走了。. A", ["他走了。", ". ", "A"]),
        ("a.。B", ["a.。", "B"]),
        ("At 5 p.m. he left. We met Mr. Ash.", ["At 5 p.m. he left. ", "We met Mr. Ash."]),
        ("(Mr. A) x_y. Z", ["(Mr. A) x_y. ", "Z"]),
    ],
)
def test_sentences_end_at_stops_of_either_kind(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_bounds(text)] == sentences


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("“We go,” he said. “Now.”", ["“We go,”", "“Now.”"]),
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("“It is ‘fine’,” she said", ["“It is ‘fine’,”"]),
        ("“It runs on to the next", ["“It runs on to the next"]),
        ("the workers’ union’s plan", []),
        ("‘Quite so,’ she said", ["‘Quite so,’"]),
        ("„Ja“, sagte er", ["„Ja“"]),
        ("« Oui », dit-il", ["« Oui »"]),
    ],
)
def test_quotations(text: str, quotations: list[str]) -> None:
    assert [text[start:end] for start, end in quotation_bounds(text)] == quotations


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("The ministry said on Tuesday that damage had fallen.", "that damage had fallen"),
        ("Damage has fallen by half, the minister said.", "Damage has fallen by half"),
        ("According to him, dry winters explain the fall.", "dry winters explain the fall"),
        ("He asked whether it was true.", "whether it was true"),
        ("She claimed victory.", "victory"),
    ],
)
def test_clauses(text: str, longest: str) -> None:
    start, end = clause_bounds(text, (0, len(text)))[0]
    assert text[start:end] == longest


def test_a_sentence_without_a_report_has_no_clauses() -> None:
    assert clause_bounds("It rained, and the river rose.", (0, 30)) == []


@pytest.mark.parametrize(
    "text", ["(", "“", "a. ", "\u0301", "'\"(", "said that, ", "Mr. ", "🇩", " \u0301", " "]
)
def test_a_long_run_of_anything_is_read_in_one_go(text: str) -> None:
    # Work that grew with the square of the length would take minutes here.
    long = f"a{text * 16_000}"
    found, sentences = token_bounds(long), sentence_bounds(long)
    assert sum(end - start for start, end in sentences) == len(long)
    assert len(found) >= 1
    assert len(quotation_bounds(long)) + len(clause_bounds(long, (0, len(long)))) <= len(long)


def test_no_abbreviation_is_taken_for_a_certain_end() -> None:
    kept = {word: sentence_ends(f"So said {word}. Adams.") for word in tokens._ABBREVIATIONS}
    assert {word: ends for word, ends in kept.items() if len(ends) > 1} == {}


@pytest.mark.parametrize("end", ["in 2010.", "now.", "ever!”", "why?", "so said.”)", "one in 7."])
def test_what_ends_for_certain_ends_with_the_blank_behind_it(end: str) -> None:
    text = f"{end} Adams left.\n{end} Berg stayed."
    first = len(end) + 1
    second = text.index("\n") + 1
    assert sentence_ends(text)[0] == first
    assert line_sentence_ends(text) == [first, second - 1, second + first, len(text)]
