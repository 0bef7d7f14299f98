"""Re-reads UIMA XMI as this program writes it, for the proof of an export."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from annotator.exchange.inception.layers_in import ARTICLE_LAYER, FRAME_LAYER, SLOTS, SPAN_LAYER
from annotator.exchange.inception.layers_out import Features
from annotator.exchange.inception.word_places import covered, wide
from annotator.exchange.inception.xmi_out import FACT, FACTS, LINK, WORDS, members_of, own_types
from annotator.exchange.inception.xmi_types import Element, elements_of, types_of
from annotator.exchange.inception.xmi_unfit import FACT_NAME, with_unfit
from annotator.exchange.inception.xmi_words import ID, SOFA, VIEW
from annotator.model.errors import UserError
from annotator.model.proof import Piece
from annotator.model.text import Utf16Map

_WORD = f"<{WORDS}:".encode()
_SENTENCE, _TOKEN = (_WORD + f'{name} xmi:id="'.encode() for name in ("Sentence", "Token"))
_BETWEEN, _AFTER = (b'" sofa="1" begin="', b'" end="'), b'"/>'
_NOWHERE = -1
_DIGITS, _NUMBERS = b"0123456789", 3
"""What is not alike in all elements of words, and how many numbers each of them has."""
_OURS = (SPAN_LAYER, FRAME_LAYER, ARTICLE_LAYER)
_PLACE = frozenset({ID, "sofa", "begin", "end", SLOTS})


def has_types(data: bytes, features: Features) -> bool:
    """Tell whether a type system reads as that of an export: every type, its kind, what its features hold."""
    try:
        found = types_of(data)
    except UserError:
        return False
    wanted = own_types(features)
    links = f"<elementType>{LINK}</elementType>".encode()
    return (
        {name: above for name, (above, _) in wanted.items()} == found.above
        and {name: held for name, (_, held) in wanted.items()} == found.features
        and data.count(b"<elementType>") == data.count(links) == 1
    )


def read_again(data: bytes) -> tuple[str, list[Piece]] | None:
    """Return the text of a file, and what its annotations tell.

    None where it does not hold together.  Words and sentences, most of it, are read as columns of numbers.
    """
    first = max(data.find(_WORD), 0)
    last = data.find(b">", data.rfind(_WORD)) + 1 if first else 0
    try:
        elements = elements_of(data[:first] + data[last:])
        (sofa,) = [one.values for one in elements if one.type == SOFA]
        (view,) = [one.values for one in elements if one.type == VIEW]
        words = _words(data[first:last], wide(sofa["sofaString"]))
        text = _whole(sofa["sofaString"], elements)
        _refuse_unsound(elements, view["members"], words)
        return text, [("", _told(elements, text))]
    except (KeyError, ValueError, UserError):
        return None


def _whole(text: str, elements: Sequence[Element]) -> str:
    """Return a text with the characters that XML cannot have, which a fact of it says."""
    for one in elements:
        if one.type == FACT and one.values["key"] == FACT_NAME:
            found = with_unfit(text, one.values["value"])
            if found is None:
                raise ValueError(one.values["value"])
            return found
    return text


def _words(block: bytes, text: str) -> Sequence[int]:
    """Return the numbers of sentences and words, one element after the other.

    Raises ValueError unless both cover all of a text in order, and sentences begin and end with words.
    """
    sentences, tokens = block.count(_SENTENCE), block.count(_TOKEN)
    if block.translate(None, _DIGITS) != _element(_SENTENCE) * sentences + _element(_TOKEN) * tokens:
        raise ValueError
    columns = block.replace(_SENTENCE, b",").replace(_TOKEN, b",")
    for between in _BETWEEN:
        columns = columns.replace(between, b",")
    numbers: list[int] = orjson.loads(b"[%b]" % columns.replace(_AFTER, b"")[1:])
    if len(numbers) != _NUMBERS * (sentences + tokens):
        raise ValueError
    starts, ends = numbers[1::_NUMBERS], numbers[2::_NUMBERS]
    first, last = starts[sentences:], ends[sentences:]
    places = [0] * (2 * tokens)
    places[::2], places[1::2] = first, last
    covered(text, places)
    behind = dict(zip((_NOWHERE, *last), (*first, _NOWHERE), strict=True))
    if [behind[end] for end in (_NOWHERE, *ends[:sentences])] != [*starts[:sentences], _NOWHERE]:
        raise ValueError
    return numbers[::_NUMBERS]


def _element(opening: bytes) -> bytes:
    """Return what is left of an element that opens so, but for its digits."""
    return b"".join([opening, *_BETWEEN, _AFTER]).translate(None, _DIGITS)


def _refuse_unsound(elements: Sequence[Element], members: str, words: Sequence[int]) -> None:
    """Raise ValueError where elements are not numbered one by one, or are not in the index of the text.

    `words` are the numbers of sentences and words.
    """
    ids = [one.values[ID] for one in elements if one.type != VIEW]
    facts = sum(one.type in (FACTS, FACT) for one in elements)
    ours = len(ids) - facts - len(("NULL", "Sofa"))
    after = 2 + facts + len(words)
    indexed = facts + len(words) + ours - sum(one.type == LINK for one in elements)
    numbers = [0, *range(2, 2 + facts), *range(after, after + ours), 1]
    if [*words] != [*range(2 + facts, after)] or ids != [*map(str, numbers)]:
        raise ValueError
    if members.encode() != members_of(indexed):
        raise ValueError


def _told(elements: Sequence[Element], text: str) -> list[str]:
    """Return what spans, frames and labels tell: their words, their features, their roles."""
    at = Utf16Map(text).from_16
    links = {
        one.values[ID]: f"\0{one.values['role']}\0{one.values['target']}"
        for one in elements
        if one.type == LINK
    }
    found: list[str] = []
    for kind, values, _ in elements:
        if kind in _OURS:
            words = text[at(int(values["begin"])) : at(int(values["end"]))] if kind != ARTICLE_LAYER else ""
            found += (kind, words)
            found += [f"{name}={value}" for name, value in values.items() if name not in _PLACE]
            if kind == FRAME_LAYER:
                found += [links[one] for one in values[SLOTS].split()]
    return found
