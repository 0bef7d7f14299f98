"""Tags of tokens: BIO, IOB1, IO and IOBES, written and read; which of them it is tells itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.exchange.flat import Stretch
from annotator.model.tokens import Bounds

_TAG = re.compile(r"([BIEOSLUM])[-_](.+)")
_BEGINS, _GOES_ON, _ENDS, _ALONE = "B", "IM", "EL", "SU"


def split_tag(tag: str) -> tuple[str, str]:
    """Return the prefix of a tag and its label; a bare label is one of IO."""
    if tag in ("O", "_", ""):
        return "O", ""
    match = _TAG.fullmatch(tag)
    return (match[1], match[2]) if match else ("I", tag)


def goes_on(tag: str) -> bool:
    """Tell whether a tag goes on with, or ends, what a tag before it began."""
    match = _TAG.fullmatch(tag)
    return match is not None and match[1] in _GOES_ON + _ENDS


def continues(before: str, tag: str) -> bool:
    """Tell whether the tag before leaves a span of the same label open."""
    prefix, label = split_tag(before)
    return label == split_tag(tag)[1] and prefix in _BEGINS + _GOES_ON


def stretches_of(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield first token, last token and label of each span, whichever of the schemes the tags are of."""
    first, open_label = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        prefix, label = split_tag(tag)
        goes_on = open_label and label == open_label and prefix in _GOES_ON + _ENDS
        if open_label and not goes_on:
            yield first, at - 1, open_label
            open_label = ""
        if label and not goes_on:
            first, open_label = at, label
        if open_label and prefix in _ENDS + _ALONE:
            yield first, at, open_label
            open_label = ""


def tagged(tokens: Sequence[Bounds], column: Sequence[Stretch], tags: str) -> list[str]:
    """Return a tag for each token; of `column` no two overlap, and `tags` is bio, iob1, io or iobes."""
    found = ["O"] * len(tokens)
    for one in column:
        inside = [at for at, (start, end) in enumerate(tokens) if one.start <= start and end <= one.end]
        for place, at in enumerate(inside):
            found[at] = f"{_prefix(tags, place, len(inside), _touches(found, at, one))}-{cell(one.label)}"
    return found


def _touches(found: Sequence[str], at: int, one: Stretch) -> bool:
    """Tell whether the token before is in another span of the same label."""
    return at > 0 and found[at - 1].endswith(f"-{cell(one.label)}")


def _prefix(tags: str, place: int, count: int, touches: bool) -> str:
    if tags == "io":
        return "I"
    if tags == "iobes" and count == 1:
        return "S"
    if tags == "iobes" and place == count - 1:
        return "E"
    if place:
        return "I"
    return "B" if tags != "iob1" or touches else "I"


def cell(text: str) -> str:
    """Return a token or label without white space, which would end its column."""
    return re.sub(r"\s", "_", text)
