"""Cuts a long text into pieces where it hurts least."""

from __future__ import annotations

from collections.abc import Iterator


def pieces(text: str, longest: int) -> Iterator[tuple[int, str]]:
    """Yield start and piece: cut between paragraphs, else words, or where it must be."""
    start = 0
    while len(text) - start > longest:
        end = start + longest
        cut = text.rfind("\n", start + 1, end) + 1 or text.rfind(" ", start + 1, end) + 1 or end
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]
