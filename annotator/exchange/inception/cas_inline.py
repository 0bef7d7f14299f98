"""Turns UIMA's inline XML, where annotations are elements around the words, into XMI."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from annotator.exchange.files import read_start
from annotator.exchange.xml_tree import tree_of
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUFFIX = ".xml"
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>)?\s*<Document>\s*<[\w.]+\.\w+ "
    rb'sofa="[^"]*" begin="[0-9]{1,9}" end="[0-9]{1,9}"'
)
_PLACE = frozenset({"sofa", "begin", "end"})
_NOTHING = "null"
_BLANK = " ".encode("utf-16-le")
_PARTED = 3
"""Ends of lines in what parts two elements, each on lines of its own, where the text has one there, too."""
_LARGEST, _LOOSELY = 50_000_000, 10
"""Places that a text has at most, and those for each byte of the file: of some blanks it keeps nothing."""
_DIGITS = 9
_TITLE = "documentTitle"
"""The name of the file, written as in an address."""


def is_inline(path: Path) -> bool:
    """Tell by the outermost element, and the first one in it."""
    return path.suffix.lower() == SUFFIX and _START.match(read_start(path)) is not None


def as_xmi(data: bytes) -> bytes:
    """Return inline XML as XMI; raises UserError where its words are not those of their places."""
    root = tree_of(data)
    placed = [(one, *_place(one)) for one in root.iter() if one is not root and _is_placed(one)]
    text = _text(root, placed, min(_LARGEST, _LOOSELY * len(data)))
    spaces: dict[str, str] = {}
    lines = []
    for number, (one, start, end) in enumerate(placed, 2):
        space, _, name = one.tag.rpartition(".")
        prefix = spaces.setdefault(space, f"n{len(spaces)}")
        said = {key: value for key, value in one.items() if key not in _PLACE and value != _NOTHING}
        if _TITLE in said:
            said[_TITLE] = unquote(said[_TITLE])
        features = "".join(f" {key}={quoteattr(value)}" for key, value in said.items())
        lines.append(f'<{prefix}:{name} xmi:id="{number}" sofa="1" begin="{start}" end="{end}"{features}/>')
    declared = "".join(
        f" xmlns:{prefix}={quoteattr('http:///' + space.replace('.', '/') + '.ecore')}"
        for space, prefix in spaces.items()
    )
    members = " ".join(str(number) for number in range(2, len(placed) + 2))
    return (
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
        f'{declared} xmi:version="2.0">{"".join(lines)}'
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString={quoteattr(text)}/>'
        f'<cas:View sofa="1" members="{members}"/></xmi:XMI>'
    ).encode()


def _is_placed(one: Element) -> bool:
    places = (one.get("begin", ""), one.get("end", ""))
    return all(place.isdecimal() and len(place) <= _DIGITS for place in places)


def _place(one: Element) -> tuple[int, int]:
    return int(one.get("begin", "")), int(one.get("end", ""))


def _text(root: Element, placed: Sequence[tuple[Element, int, int]], most: int) -> str:
    """Return the text: as it stands, or where elements stand on lines of their own, from their places.

    Raises UserError where these go too far, or have other words.
    """
    inner = [one for one in placed if one[1] < one[2] and not _holds(one[0])]
    whole = "".join(root.itertext()).encode("utf-16-le")
    if all(
        whole[2 * start : 2 * end].decode("utf-16-le", "replace") == _words(one) for one, start, end in inner
    ):
        return whole.decode("utf-16-le")
    size = max((end for _, _, end in placed), default=0)
    if size > most:
        raise UserError(f"its places go up to {size:,}, which is too far")
    made = bytearray(_BLANK) * size
    for one, start, end in inner:
        words = _words(one).strip().encode("utf-16-le")
        if len(words) != 2 * (end - start):
            raise UserError(
                f"the words {_words(one).strip()[:40]!r} are not as long as their place, {start} to {end}"
            )
        made[2 * start : 2 * end] = words
    for one, start, end in placed:
        tail, gap = one.tail or "", made[2 * end : 2 * end + 4]
        if start < end and ("\r" in tail or tail.count("\n") >= _PARTED) and gap[:2] == _BLANK:
            is_two = "\r" in tail and gap == 2 * _BLANK
            ending = ("\r\n" if is_two else "\n").encode("utf-16-le")
            made[2 * end : 2 * end + len(ending)] = ending
    return made.decode("utf-16-le", "replace")


def _holds(one: Element) -> bool:
    """Tell whether an element holds others with words."""
    return any(
        _is_placed(each) and each.get("begin") != each.get("end") for each in one.iter() if each is not one
    )


def _words(one: Element) -> str:
    return "".join(one.itertext())
