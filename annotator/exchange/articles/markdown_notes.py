"""Makes plain paragraphs of footnotes in Markdown, and takes their numbers out of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOTE = re.compile(r"[ ]{0,3}\[\^([^\]\s^]{1,100})\]:[ \t]*")
_NUMBER = re.compile(r"\[\^([^\]\s^]{1,100})\]")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")


def with_plain_notes(text: str) -> str:
    """Return a text whose footnotes are paragraphs of their own, and are not pointed to."""
    if "[^" not in text:
        return text
    lines = text.split("\n")
    names = {found[1] for found in map(_NOTE.match, lines) if found}
    return "\n".join(_lines(lines, names)) if names else text


def _lines(lines: list[str], names: set[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence or mark:
            yield line
            continue
        note = _NOTE.match(line)
        if note:
            yield ""
        plain = line[note.end() :] if note else line
        yield _NUMBER.sub(lambda found: "" if found[1] in names else found[0], plain)
