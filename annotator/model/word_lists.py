"""The word lists of the program: lines below headings in brackets, and remarks behind `#`."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model.resources import resource


def read_lines(name: str) -> list[str]:
    """Return the lines of a word list, headings too, without empty ones and remarks."""
    lines = resource(f"lexicons/{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_sections(name: str) -> dict[str, list[str]]:
    """Return the lines of a word list by the heading above them."""
    return sections_of(read_lines(name))


def sections_of(lines: Iterable[str]) -> dict[str, list[str]]:
    """Return lines by the heading above them; one that comes again goes on."""
    found: dict[str, list[str]] = {}
    below: list[str] = []
    for line in lines:
        if line.startswith("["):
            below = found.setdefault(line.strip("[]"), [])
        else:
            below.append(line)
    return found
