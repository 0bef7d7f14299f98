"""Re-reads UIMA XMI as this program writes it, for the proof of an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotator.exchange.layers_in import ARTICLE_LAYER, FRAME_LAYER, LABEL, SLOTS, SPAN_LAYER
from annotator.exchange.layers_out import Features
from annotator.exchange.xmi_out import FACT, LINK, WORDS, Said, own_types
from annotator.exchange.xmi_types import Element, elements_of, types_of
from annotator.exchange.xmi_unfit import FACT_NAME, with_unfit
from annotator.exchange.xmi_words import ID, SOFA, VIEW
from annotator.model.errors import UserError
from annotator.model.proof import Piece
from annotator.model.text import Utf16Map

_WORD = f"<{WORDS}:".encode()
_OURS = (SPAN_LAYER, FRAME_LAYER, ARTICLE_LAYER)
_PLACE = frozenset({ID, "sofa", "begin", "end", SLOTS})


def words_piece(words: bytes) -> Piece:
    """Return words and sentences as a proof has them: they have to be the same ones, letter for letter."""
    return "", [str(hash(words))]


def said_piece(said: Iterable[Said]) -> Piece:
    """Return what is said of an article as a proof has it: every feature by its name, every role."""
    return "", sorted(
        "\0".join([layer, *map("=".join, sorted(of.items())), *roles]) for layer, of, roles in said
    )


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
    """Return the text of a file, what it covers, and its words; None where it does not hold together."""
    first = max(data.find(_WORD), 0)
    last = data.find(b">", data.rfind(_WORD)) + 1 if first else 0
    words = data[first:last]
    try:
        elements = elements_of(data[:first] + data[last:])
        (sofa,) = [one.values for one in elements if one.type == SOFA]
        (view,) = [one.values for one in elements if one.type == VIEW]
        rest = [one for one in elements if one.type not in (SOFA, VIEW)]
        if not _is_sound(rest, view["members"].split(), words):
            return None
        text = _whole(sofa["sofaString"], rest)
        return text, [words_piece(words), said_piece(_said(rest)), *_covered(rest, text)]
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


def _is_sound(elements: Sequence[Element], members: Sequence[str], words: bytes) -> bool:
    """Tell whether every element has an id of its own and is where it is pointed to."""
    ids = {one.values[ID] for one in elements}
    numbers = {*map(int, ids)}
    own = words[len(_WORD) :].partition(b'"')[2].partition(b'"')[0]
    of_words = range(int(own or 0), int(own or 0) + words.count(_WORD))
    if len(numbers) < len(elements) or not numbers.isdisjoint(of_words):
        return False
    pointed = [one.values["target"] for one in elements if one.type == LINK]
    for one in elements:
        if one.type == FRAME_LAYER:
            pointed += one.values[SLOTS].split()
    indexed = {one.values[ID] for one in elements if "sofa" in one.values}
    is_indexed = indexed.issubset(members) and len(members) == len(indexed) + len(of_words)
    return is_indexed and ids.issuperset(pointed)


def _said(elements: Sequence[Element]) -> Iterator[Said]:
    roles = {one.values[ID]: one.values["role"] for one in elements if one.type == LINK}
    for one in elements:
        if one.type in _OURS:
            features = {name: value for name, value in one.values.items() if name not in _PLACE}
            yield one.type, features, [roles[link] for link in one.values.get(SLOTS, "").split()]


def _covered(elements: Sequence[Element], text: str) -> Iterator[Piece]:
    at = Utf16Map(text).from_16
    for one in elements:
        if one.type == SPAN_LAYER:
            values = one.values
            yield values[LABEL], [text[at(int(values["begin"])) : at(int(values["end"]))]]
