"""Finds an article's paragraphs: lines, or runs of wrapped lines, with indented first lines or without."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

_WRAPPED_WIDTHS = (50, 100)
_NEARLY = 0.85
"""Behind an indented first line, lines count as full at so much of the width."""


class Paragraph(NamedTuple):
    """One paragraph's place (code points, end exclusive, without the blanks around) and its words."""

    start: int
    end: int
    text: str
    indent: int = 0


def find_paragraphs(text: str) -> list[Paragraph]:
    """Return every paragraph (or line) that is not blank, in text order."""
    lines: list[Paragraph] = []
    runs = _runs(text)
    # Two lines may look full by chance, so they are joined only where longer runs are wrapped as well.
    is_wrapped = any(len(run) > 2 and _is_wrapped(run) for run in runs)
    for run in runs:
        if len(run) == 1:
            lines += run
        elif indented := _indented(run):
            lines += (_joined(text, one) for one in indented)
        else:
            lines += [_joined(text, run)] if is_wrapped and _is_wrapped(run) else run
    return lines


def _runs(text: str) -> list[list[Paragraph]]:
    """Return the lines that are not blank, in runs between blank ones."""
    runs: list[list[Paragraph]] = [[]]
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            indent = len(line) - len(line.lstrip())
            runs[-1].append(Paragraph(at + indent, at + indent + len(bare), bare, indent))
        elif runs[-1]:
            runs.append([])
        at += len(line) + 1
    return [run for run in runs if run]


def _joined(text: str, run: list[Paragraph]) -> Paragraph:
    start, end = run[0].start, run[-1].end
    return Paragraph(start, end, text[start:end])


def _is_wrapped(run: list[Paragraph]) -> bool:
    """Lines are one paragraph when each was full: the next line's first word had no room on it."""
    width = max(one.indent + len(one.text) for one in run)
    return len(run) > 1 and _has_width(width) and _are_full(run, width)


def _indented(run: list[Paragraph]) -> list[list[Paragraph]]:
    """Return the paragraphs of a run of wrapped lines of which first ones are indented, or nothing.

    A line that had room for the next one's first word ends a paragraph too.
    """
    width = max(one.indent + len(one.text) for one in run)
    if not _has_width(width) or not any(one.indent and not before.indent for before, one in pairwise(run)):
        return []
    found = [[run[0]]]
    for before, one in pairwise(run):
        if one.indent or not _is_full(before, one, int(width * _NEARLY)):
            found.append([])
        found[-1].append(one)
    return found if len(found) < len(run) else []


def _has_width(width: int) -> bool:
    return _WRAPPED_WIDTHS[0] <= width <= _WRAPPED_WIDTHS[1]


def _are_full(run: list[Paragraph], width: int) -> bool:
    return all(_is_full(one, after, width) for one, after in pairwise(run))


def _is_full(one: Paragraph, after: Paragraph, width: int) -> bool:
    return one.indent + len(one.text) + 1 + len(after.text.split(None, 1)[0]) > width
