"""Finds blocks that their neighbours tell: captions that stand twice, questions of an interview."""

from __future__ import annotations

import re
from itertools import pairwise

from annotator.model.paragraphs import Paragraph

_TWIN_SHORTEST = 30
_TWIN_SHARE = 0.85
_CLOSED = '.!?"”:'
"""What a sentence ends with, and captions without a credit do not."""


def mark_captions(paragraphs: list[Paragraph], kinds: list[str]) -> None:
    """Captions stand twice, once with and once without the credit, and right below gallery counters."""
    seen: set[str] = set()
    taken, has_captions = 0, "caption" in kinds
    for at in range(len(kinds)):
        one = paragraphs[at].text
        if kinds[at] != "body":
            continue
        if one[-1] not in _CLOSED:
            seen.update(
                each.text.rstrip(". ") for each in paragraphs[taken:at] if len(each.text) >= _TWIN_SHORTEST
            )
            taken = at
            below = at > 0 and kinds[at - 1] == "navigation" and "/" in paragraphs[at - 1].text
            if below or one in seen or "(pictured" in one:
                kinds[at] = "caption"
        if has_captions and _is_twin(paragraphs, kinds, at):
            kinds[at] = "caption"


def _is_twin(paragraphs: list[Paragraph], kinds: list[str], at: int) -> bool:
    """Say whether a credited caption follows that opens alike and has nearly all the same words."""
    one = paragraphs[at].text
    if at + 1 == len(kinds) or kinds[at + 1] != "caption" or len(one) < _TWIN_SHORTEST:
        return False
    first, second = (re.findall(r"\w+", paragraphs[place].text) for place in (at, at + 1))
    return first[:3] == second[:3] and len(set(first) & set(second)) >= _TWIN_SHARE * len(set(first))


def mark_questions(paragraphs: list[Paragraph], kinds: list[str]) -> None:
    """In an interview without speakers' names, short paragraphs that end in a mark are the questions."""
    bodies = [at for at in range(1, len(kinds) - 1) if kinds[at] == kinds[at + 1] == "body"]
    found = [at for at in bodies if paragraphs[at].text[-1] == "?" and _is_bare(paragraphs[at].text)]
    apart = all(after - at > 1 for at, after in pairwise(found))
    if len(found) >= 3 and apart and len(found) * 4 >= kinds.count("body"):
        for at in found:
            kinds[at] = "question"


def _is_bare(content: str) -> bool:
    return len(content) <= 300 and not re.search('["“”«»]', content)
