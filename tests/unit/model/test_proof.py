"""The proof of an export: the same texts, labels and covered words, or a refusal."""

from __future__ import annotations

import pytest

from annotator.model.errors import UserError
from annotator.model.proof import Proof

PIECES = [("CLAIM", ["a", "b"]), ("SOURCE", ["c"])]


@pytest.fixture
def proof() -> Proof:
    made = Proof()
    made.wrote("one", "a b c", PIECES)
    return made


def test_the_order_of_spans_is_no_difference(proof: Proof) -> None:
    proof.check("one", "a b c", reversed(PIECES))
    proof.check_count(1)


@pytest.mark.parametrize(
    ("key", "text", "pieces"),
    [
        ("two", "a b c", PIECES),
        ("one", "a b d", PIECES),
        ("one", "a b c", [("CLAIM", ["ab"]), ("SOURCE", ["c"])]),
        ("one", "a b c", [("CLAIM", ["a", "b"]), ("CUE", ["c"])]),
        ("one", "a b c", PIECES[:1]),
        ("one", "a b c", [*PIECES, PIECES[0]]),
    ],
)
def test_any_difference_is_refused(
    proof: Proof, key: str, text: str, pieces: list[tuple[str, list[str]]]
) -> None:
    with pytest.raises(UserError, match="nothing was put in place"):
        proof.check(key, text, pieces)


def test_a_missing_article_is_refused(proof: Proof) -> None:
    with pytest.raises(UserError, match="hold 0 articles, but 1"):
        proof.check_count(0)
    Proof().check_count(0)


@pytest.mark.parametrize(
    "rows", [[["a", "b"], ["c", "x"]], [["a", "b"], ["cd", ""]], [["c", "d"], ["a", "b"]], [["a", "b"]]]
)
def test_other_rows_are_refused(rows: list[list[str]]) -> None:
    proof = Proof()
    proof.wrote_row(["a", "b"])
    proof.wrote_row(["c", "d"])
    assert list(proof.check_rows([["a", "b"], ["c", "d"]])) == [1, 2]
    for read in (rows, [["a", "b"], ["c", "d"], ["e", "f"]]):
        with pytest.raises(UserError):
            list(proof.check_rows(read))
    assert list(Proof().check_rows([])) == []


def test_a_row_may_be_a_line_and_is_held_by_its_number() -> None:
    proof = Proof()
    proof.wrote_row([b"a\n"])
    proof.wrote_row([b"b\n"])
    proof.check_row(2, [b"b\n"])
    for number, line in ((1, b"b\n"), (2, b"b"), (3, b"b\n")):
        with pytest.raises(UserError, match="nothing was put in place"):
            proof.check_row(number, [line])
