"""The inner view: marks and "that" go where they only open and close what is said."""

from __future__ import annotations

import pytest

from annotator.model.inner import inner_fragments
from annotator.model.records import Fragment


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“is safe,”", "is safe,"),
        ('"yes"', "yes"),
        ("that it is “safe”", "it is “safe”"),
        ("whether “we go”", "we go"),
        ("“a” and “b”", "“a” and “b”"),
        ("“We, ‘inner’ go.”", "We, ‘inner’ go."),
        ("“open only", "“open only"),
        ("That is so", "That is so"),
        ("whether", "whether"),
        ("“ ”", "“ ”"),
        ("thatch", "thatch"),
    ],
)
def test_what_is_inside(text: str, inner: str) -> None:
    ((start, end),) = inner_fragments(f"x {text} y", (Fragment(2, 2 + len(text)),))
    assert f"x {text} y"[start:end] == inner


def test_every_piece_of_a_broken_quotation() -> None:
    text = "“We go,” he said, “that way.”"
    pieces = inner_fragments(text, (Fragment(0, 8), Fragment(18, 29)))
    assert [text[start:end] for start, end in pieces] == ["We go,", "that way."]
