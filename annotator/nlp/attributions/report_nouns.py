"""Nouns for what is claimed and for where it is said: one place for the sets that the patterns ask."""

from __future__ import annotations

ACCUSATIONS = frozenset(("accusation", "allegation", "charge"))
"""What somebody must have been accused of."""
RUMOURS = frozenset(("rumor", "rumour"))
STATEMENTS = frozenset(("claim", "statement", "assertion"))
"""What a fact check is about."""
TALES = ACCUSATIONS | RUMOURS | {"claim", "report", "story", "suggestion"}
"""They may name one thing in turn: "denied allegations of theft", "called the claims false"."""
CLAIMING = RUMOURS | {"allegation", "accusation", "allege", "claim"}
"""Verbs and nouns of what somebody is accused of; "charged" is a fee as well."""
REMARKS = frozenset(("remark", "comment", "words"))
JIBES = REMARKS | {"jibe", "gibe"}
DEMANDS = REMARKS | {"idea", "suggestion", "notion", "point"}
"""What a demand is called besides."""
WORDING = frozenset(("wording", "language", "words", "remarks", "comments"))
SENT = frozenset(("statement", "letter", "tweet"))
MEDIA = SENT | {"interview", "speech", "email", "call"}
"""In which something is said: "in a statement"."""
SAME = SENT | {"interview", "speech", "breath", "sentence"}
"""In which somebody says two things: "in the same breath"."""
_HELD_UP = frozenset(("sign", "banner", "placard", "shirt", "t-shirt", "poster"))
TELLING = (
    SENT
    | _HELD_UP
    | {f"{one}s" for one in _HELD_UP | {"letter"}}
    | {"correction", "post", "note", "message", "memo", "video", "editorial", "story", "column", "notice"}
    | {"alert", "ad", "op-ed"}
)
"""What is issued, or held up, with words in it."""
STUDIES = frozenset(one for noun in ("poll", "survey") for one in (noun, f"{noun}s")) | {"study", "studies"}
