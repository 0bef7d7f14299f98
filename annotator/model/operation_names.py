"""What operations are called: known again in the change log, so that the window can say them in its language.

The log keeps plain English, also that of older versions and of other people's plug-ins; what is not known
here is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from annotator.model.said import say

_PLAIN = frozenset(
    (
        "Accept suggestion", "Reject suggestion", "Reopen suggestion", "Add actor", "Add attribution",
        "Add author", "Add claim card", "Add source", "Add stance", "Adjudicate",
        "Adjudicate where all agree", "Begin article", "Change a setting",
        "Change actor", "Change article facts", "Change article label", "Change claim card", "Change cues",
        "Change frame", "Change span", "Choose the adjudicators", "Choose the annotator",
        "Choose a spaCy pipeline", "Choose what suggests", "Create project", "Keep actors apart",
        "Link", "Mark as begun", "Mark as done", "Merge actors", "Point to suggestions",
        "Record “nothing here”", "Remove", "Remove articles", "Set actor", "Set claim card",
        "Set kind of paragraph", "Suggest", "Unlink",
    )
)  # fmt: skip
_PATTERNS = (
    "Accept {n} suggestion(s)",
    "Reject {n} suggestion(s)",
    "Reopen {n} suggestion(s)",
    "Label {n} place(s) as {label}",
    "Import {n} article(s)",
    "Import {n} article(s), labels for {more} more",
    "Import labels for {n} article(s)",
    "Scheme: add the {what} to {place}",
    "Scheme: add the {what}",
    "Scheme: take over “{scheme}”",
    "Scheme: rename {what} to {name}",
    "Scheme: merge {what} into {other}",
    "Scheme: bring back {what}",
    "Scheme: change {what}",
    "Scheme: move {what}",
    "Scheme: remove {what}",
    "Scheme: retire {what}",
    "Suggest {layers}",
    "Ask {model}",
    "Add {label}",
)
"""Those with values in them, the narrower ones first."""
_PLACE = re.compile(r"\\{(\w+)\\}")


def said_again(name: str) -> str:
    """Return the name of an operation with its pattern, where it is one of those known here."""
    if name in _PLAIN:
        return say(name)
    for pattern in _PATTERNS:
        found = _compiled(pattern).fullmatch(name)
        said = _filled(pattern, found.groupdict()) if found else ""
        if said == name:
            return said
    return name


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    text = re.escape(pattern).replace(r"\(s\)", "s?")
    return re.compile(_PLACE.sub(lambda one: f"(?P<{one[1]}>{'[0-9,]+' if one[1] == 'n' else '.+'})", text))


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    given = dict(values)
    count = given.pop("n", None)
    return say(pattern, int(count.replace(",", "")) if count is not None else None, **given)
