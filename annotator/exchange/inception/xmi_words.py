"""Sets plain words and sentences of XMI aside before it is parsed: most of it, and seldom pointed to."""

from __future__ import annotations

import re
from functools import lru_cache

from annotator.exchange.inception.layers_in import SENTENCE, TOKEN
from annotator.exchange.inception.xmi_types import XMI_NAME, Element, elements_of
from annotator.model.errors import UserError

SOFA, VIEW = "uima.cas.Sofa", "uima.cas.View"
ID = f"{XMI_NAME}id"
PLACE = frozenset({ID, "sofa", "begin", "end"})
"""Attributes that say where an element is, and nothing of it."""
_SPACE = b"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"
_PREFIX = re.compile(rb'xmlns:([A-Za-z][\w.-]*)="%b"' % re.escape(_SPACE))
_XMI = b'xmlns:xmi="http://www.omg.org/XMI"'
_WORD = rb'<%b:(?:Token|Sentence) xmi:id="([0-9]+)" sofa="[0-9]+" begin="[0-9]+" end="[0-9]+"/>'
_LONGEST_MARK = 3
"""Bytes before the declaration of XML, if any."""
_VALUE = re.compile(r'(\w+)="([0-9]+)"')


def most_elements_of(data: bytes) -> list[Element]:
    """Return the elements of XMI but for plain words and sentences that nothing can point to.

    Raises UserError for what is no XML, or declares entities.
    """
    head = data[: data.find(b">", data.find(b"XMI ")) + 1]
    prefixes = _PREFIX.findall(head)
    if len(prefixes) != 1 or _XMI not in head:
        return elements_of(data)
    word = _word(prefixes[0])
    parts = word.split(data)
    rest, keys = b"".join(parts[::2]), parts[1::2]
    if _hides(rest, head):
        return elements_of(data)
    try:
        elements = elements_of(rest)
    except UserError:
        return elements_of(data)  # which tells the place in the whole file
    known = {*keys}
    if len(known) < len(keys) or not known.isdisjoint(one.values.get(ID, "").encode() for one in elements):
        return elements_of(data)  # in which an id stands twice
    pointed = known & _said(elements)
    words = word.finditer(data) if pointed else ()
    return elements + [_element(one[0]) for one in words if one[1] in pointed]


def _hides(rest: bytes, head: bytes) -> bool:
    """Tell whether what is left may hide words, or has a prefix of two meanings.

    Comments and the like may hide some; no word begins or ends with what these begin with.
    """
    is_bare = rest.find(b"<?", _LONGEST_MARK + 1) < 0 and b"<!" not in rest
    return not (is_bare and rest.startswith(head) and rest.find(b"xmlns", len(head)) < 0)


@lru_cache(maxsize=8)
def _word(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(_WORD % re.escape(prefix))


def _said(elements: list[Element]) -> set[bytes]:
    """Return all that elements say, word by word: some of it may be ids."""
    saying = (one.values for one in elements if one.type not in (SOFA, VIEW))
    said = [value for values in saying for name, value in values.items() if name not in PLACE]
    return {*map(str.encode, {*" ".join(said).split()})}


def _element(word: bytes) -> Element:
    text = word.decode("ascii")
    values = {ID if name == "id" else name: value for name, value in _VALUE.findall(text)}
    return Element(SENTENCE if ":Sentence " in text else TOKEN, values, {})
