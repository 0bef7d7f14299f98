"""Says what is odd about a text that is kept as it is: invisible, doubtful or hard-to-show characters."""

from __future__ import annotations

import re

from annotator.model.folded_words import other_characters

_USUAL = bytes([9, 10, *range(32, 127)])
_DOUBTFUL = re.compile(
    "[\0-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\u0300-\u036f\u200b\u202a-\u202e\u2060-\u2069"
    "\ufdd0-\ufdef\ufdfd\ufffd-\uffff\U000e0000-\U000e007f\U0001fffe\U0001ffff]"
)
_TWICE = re.compile("Ã[\x80-ÿ‚-™]|â€")
_CHECKS: tuple[tuple[str, str], ...] = (
    ("[\x01-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f]", "holds control characters"),
    ("\ufffd", "holds U+FFFD: characters were lost before this file was made"),
    ("[\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff]", "holds noncharacters"),
    ("[\u202a-\u202e\u2066-\u2069]", "holds characters that turn the reading direction"),
    (
        "[\u200b\u2060\U000e0000-\U000e001f]|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]",
        "holds invisible characters",
    ),
    ("[\u0300-\u036f]{8}", "piles up marks on single letters"),
    ("\ufdfd{20}", "holds very wide characters"),
    ("Ã[\x80-ÿ€‚-™]|â€[\x80-ÿ€‚-™œ]", "looks encoded twice (é for é): compare it with its source"),
)
_COMPILED = tuple((re.compile(pattern), note) for pattern, note in _CHECKS)
_UNBROKEN = re.compile(r"\S{20000}")
_MANY_LINES = 2000
_EMPTY_LINES = "\n" * _MANY_LINES


def find_oddities(text: str) -> tuple[str, ...]:
    """Return what is odd about a settled text, as notes; the text stays as it is."""
    notes = []
    if _is_suspect(text):
        notes += [note for pattern, note in _COMPILED if pattern.search(text)]
    if len(text) > 2000:
        notes += _shape(text)
    return tuple(notes)


def _is_suspect(text: str) -> bool:
    """Tell by the kinds of its characters whether a text needs the long look; hardly any does."""
    kinds = other_characters(text, _USUAL)
    is_twice = ("Ã" in kinds or "â" in kinds) and _TWICE.search(text)
    return bool(is_twice or _DOUBTFUL.search(kinds))


def _shape(text: str) -> list[str]:
    notes = []
    if len(text) > 20_000 and _UNBROKEN.search(text):
        notes.append("holds a run of over 20,000 characters without a blank")
    if text.count("\n") >= _MANY_LINES and _EMPTY_LINES in text:
        notes.append("holds over 2,000 empty lines in a row")
    return notes
