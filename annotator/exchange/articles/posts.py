"""Reads posts as Twitter gives them, and tells what only says which post answers which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from annotator.exchange.json_records import facts_of
from annotator.model.blocks import find_day

_FULL = ("full_text", "text")
_LONGER = "extended_tweet"
"""Where the whole of a post stands that its own text has the beginning of."""
_WRITTEN = re.compile(r"\w{3} (?P<month>\w{3}) (?P<day>\d\d) [\d:]{8} \+0000 (?P<year>\d{4})")
_LEFT_OUT = frozenset({*_FULL, "id", "id_str", "source", "created_at", "truncated", "display_text_range"})
"""Fields that are read, or say of what program a post came and how it is shown."""
_NUMBERS_AGAIN = ("_id", "_count", "_id_str")


def post_of(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a post as a record of an article, with who wrote it and when; None for any other record.

    Where links and names stand in it, Twitter says of its own: they are no labels.
    """
    user, longer = values.get("user"), values.get(_LONGER)
    said = {**values, **longer} if isinstance(longer, dict) else values
    text = next((said[one] for one in _FULL if one in said), None)
    if not isinstance(text, str) or not isinstance(user, dict) or "id_str" not in values:
        return None
    kept = facts_of(values, but=_LEFT_OUT)
    kept = {name: one for name, one in kept.items() if not name.endswith(_NUMBERS_AGAIN)}
    answers = values.get("in_reply_to_status_id_str") or values.get("in_reply_to_status_id")
    made = {
        "id": str(values["id_str"]),
        "text": text,
        "byline": user.get("name") or user.get("screen_name") or "",
        "account": user.get("screen_name") or "",
        "published": posted_day(values.get("created_at")),
        "in_reply_to": str(answers or ""),
    }
    return {**kept, **{name: one for name, one in made.items() if isinstance(one, str) and one}}


def posted_day(said: object) -> str:
    """Return a day as days are written; the months are English in every language of the system."""
    found = _WRITTEN.fullmatch(str(said))
    return find_day(f"{found['day']} {found['month']} {found['year']}") if found is not None else ""


def is_tree(values: object) -> bool:
    """Tell whether an object holds numbers of posts inside of one another, and nothing else."""
    left, count = [values], 0
    while left:
        one = left.pop()
        if isinstance(one, dict) and one and all(map(str.isdecimal, one)):
            count += len(one)
            left += one.values()
        elif one != []:
            return False
    return count > 0
