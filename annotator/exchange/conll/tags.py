"""Tags of tokens: BIO, IOB1, IO and IOBES, written and read; which of them it is tells itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import lru_cache

from annotator.exchange.flat import InTokens

_TAG = re.compile(r"([BIEOSLUMW])[-_](.+)")
_PREFIXED = re.compile(r"([bieslum])[-_](.+)")
_SUFFIXED = re.compile(r"(.+)[-_]([BIESLUMbieslum])")
_BARE = frozenset("BIESLUM")
_OUTSIDE = frozenset({"O", "o", "_", "-", ""})
BARE_LABEL = "SPAN"
"""What spans are called whose tags say no more than that there are some."""
_BEGINS, _GOES_ON, _ENDS, _ALONE = "B", "IM", "EL", "SUW"
_TAKING_UP = tuple(_GOES_ON + _ENDS)
Edged = tuple[int, int, str, str, str]
"""The first token of a span, the one after its last, its label as a cell, its first tag and its last one."""


@lru_cache(4096)
def split_tag(tag: str) -> tuple[str, str]:
    """Return the prefix of a tag and its label; a bare label is one of IO."""
    if tag in ("O", "_", ""):
        return "O", ""
    match = _TAG.fullmatch(tag)
    return (match[1], match[2]) if match else ("I", tag)


def reader_of(tags: Iterable[str]) -> Callable[[str], str] | None:
    """Return what turns tags written in another way into prefix and label; None where they are so already.

    Other ways: in small letters, with the label first (PER-B), and without a label. All have to be alike.
    """
    seen = {*tags}
    told = seen - _OUTSIDE
    if not told or all(map(_TAG.fullmatch, told)):
        return _small_outside if told and "o" in seen and "O" not in seen else None
    if told <= _BARE:
        return _bare
    if all(map(_PREFIXED.fullmatch, told)):
        return _of_small
    return _turned if all(map(_SUFFIXED.fullmatch, told)) and len({one[-1] for one in told}) > 1 else None


def _small_outside(tag: str) -> str:
    return "O" if tag == "o" else tag


def _bare(tag: str) -> str:
    return f"{tag}-{BARE_LABEL}" if tag in _BARE else _small_outside(tag)


def _of_small(tag: str) -> str:
    match = _PREFIXED.fullmatch(tag)
    return f"{match[1].upper()}-{match[2]}" if match else _small_outside(tag)


def _turned(tag: str) -> str:
    match = _SUFFIXED.fullmatch(tag)
    return f"{match[2].upper()}-{match[1]}" if match else _small_outside(tag)


def goes_on(tag: str) -> bool:
    """Tell whether a tag goes on with, or ends, what a tag before it began."""
    return tag.startswith(_TAKING_UP) and _TAG.fullmatch(tag) is not None


def continues(before: str, tag: str) -> bool:
    """Tell whether the tag before leaves a span of the same label open."""
    prefix, label = split_tag(before)
    return label == split_tag(tag)[1] and prefix in _BEGINS + _GOES_ON


def stretches_of(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield first token, last token and label of each span, whichever of the schemes the tags are of."""
    if tags.count("O") == len(tags):  # as in most sentences
        return
    first, last, open_label, inside = 0, 0, "", ""
    for at, tag in [(at, tag) for at, tag in enumerate(tags) if tag != "O"]:
        if tag == inside and open_label and at == last + 1:  # as most of them
            last = at
            continue
        prefix, label = split_tag(tag)
        goes_on = open_label and label == open_label and prefix in _GOES_ON + _ENDS and at == last + 1
        if open_label and not goes_on:
            yield first, last, open_label
            open_label = ""
        if label and not goes_on:
            first, open_label, inside = at, label, f"I-{label}"
        if open_label and prefix in _ENDS + _ALONE:
            yield first, at, open_label
            open_label = ""
        last = at
    if open_label:
        yield first, last, open_label


def tags_of(count: int, column: Iterable[Edged], form: str = "{}") -> list[str]:
    """Return a cell for each of so many tokens with its tag: between the edges of a span, all are I."""
    found = [form.format("O")] * count
    for first, after, label, begin, end in column:
        found[first:after] = [form.format(f"I-{label}")] * (after - first)
        found[after - 1] = form.format(end)
        found[first] = form.format(begin)
    return found


def edged(column: Iterable[InTokens], tags: str, begins: Container[int] = (0,)) -> Iterator[Edged]:
    """Yield the spans that have a token, each with the tags of its edges, in one of the ways to tag.

    Of `column` no two overlap; `tags` is bio, iob1, io or iobes; `begins` are the first tokens of sentences.
    """
    reach, last = -1, ""
    for first, after, one in column:
        if first == after:
            continue
        label = cell(one.label)
        # In IOB1, B tells a span from the one of the same label that it touches.
        touches = tags == "iob1" and first == reach and first not in begins and last.endswith(f"-{label}")
        begin = end = f"I-{label}"
        if tags == "iobes":
            begin, end = f"{'S' if after - first == 1 else 'B'}-{label}", f"E-{label}"
        elif touches or tags == "bio":
            begin = f"B-{label}"
        reach, last = after, begin if after - first == 1 else end
        yield first, after, label, begin, end


def cells(words: list[str]) -> list[str]:
    """Return tokens without white space, which would end their column; hardly any has some."""
    return words if len("".join(words).split()) <= 1 else [cell(one) for one in words]


@lru_cache(4096)
def cell(text: str) -> str:
    """Return a token or label without white space, which would end its column."""
    return re.sub(r"\s", "_", text)
