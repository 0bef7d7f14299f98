"""Stretches of a text stand at the same words of one that has other blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import realigning
from annotator.model.job import run
from annotator.model.realigning import Respaced, words_of
from annotator.model.records import Fragment

BLANKS = st.text(" \n\t\u2028\u00a0", max_size=3)


@given(st.lists(st.tuples(BLANKS, BLANKS, st.text("ab😀é", min_size=1, max_size=4)), min_size=1), st.data())
def test_the_same_characters_are_covered(parts: list[tuple[str, str, str]], data: st.DataObject) -> None:
    old = "".join(first + word for first, _, word in parts)
    new = "".join(second + word for _, second, word in parts)
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(realigning, "_PIECE", data.draw(st.sampled_from([1, 3, 50_000])))
        found = run(Respaced.of(old, new)).find([Fragment(start, end)])
    if not old[start:end].strip():
        assert found is None
    else:
        assert found is not None
        covered = new[slice(*found[0])]
        assert words_of(covered) == words_of(old[start:end])
        assert covered == covered.strip()
