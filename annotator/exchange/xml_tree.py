"""Reads a file of XML whole, as a tree: nothing is loaded, and what declares entities is refused."""

from __future__ import annotations

import re
from html.entities import entitydefs, name2codepoint
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from annotator.exchange.files import read_bytes
from annotator.model.errors import UserError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

XML_LIMIT = 40_000_000
"""Bytes of a file: it is held as a whole, in some ten times as many."""
_KNOWN_TYPES = frozenset(
    {
        *("article", "feed", "rdf:rdf", "rss", "tei", "tei.2", "teicorpus.2"),
        *("newsarticle", "newsitem", "newsmessage", "newsml", "nitf"),
        *("arggraph", "collection"),
    }
)
"""Document types of news, texts and corpora: they declare names of characters, and nothing else
that is read."""
_DEEPEST = 200
_PILED = re.compile(rb"(?:\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(?=<DOC[ >])")
"""How files begin that hold documents one after the other, as TREC, Gigaword and ACE have them."""
_LABELLED = re.compile(rb"<(?:ENAMEX|NUMEX|TIMEX)\b")
"""What labels words in such files of MUC, which nobody reads."""
_AND = re.compile(rb"&(?!(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|amp|lt|gt|quot|apos);)(?:(\w{1,30});)?")
"""What XML alone does not know: “&” for itself, or a character by its name."""
_START = 4096


def is_piled(start: bytes) -> bool:
    """Tell whether a file holds documents one after the other, without anything around them."""
    return _pile(start) is not None


def _pile(start: bytes) -> re.Match[bytes] | None:
    return _PILED.match(start) if _LABELLED.search(start) is None else None


def root_of(path: Path) -> Element:
    """Return what a file holds as a tree; documents that stand one after the other are put into one."""
    data = read_bytes(path, XML_LIMIT)
    found = _pile(data[:_START])
    if found is None:
        return tree_of(data)
    return tree_of((found[1] or b"") + b"<docs>" + _AND.sub(_by_number, data[found.end() :]) + b"</docs>")


def _by_number(found: re.Match[bytes]) -> bytes:
    code = name2codepoint.get((found[1] or b"").decode("utf-8", "replace"))
    return b"&#%d;" % code if code is not None else b"&amp;" + found[0][1:]


def tree_of(data: bytes) -> Element:
    """Return the outermost element; raises UserError for what is no XML, declares entities or is too deep.

    A document type of these that is only named is passed over; nothing is loaded.  Where one is named, the
    names of characters are those of HTML, as these document types declare them.
    """
    from defusedxml import DefusedXmlException, DTDForbidden  # noqa: PLC0415 - loaded when the first file comes
    from defusedxml.ElementTree import DefusedXMLParser  # noqa: PLC0415

    class Reader(DefusedXMLParser):  # type: ignore[misc]
        def defused_start_doctype_decl(self, *declared: str | None) -> None:
            name, *elsewhere, has_inner = declared
            if has_inner or (any(elsewhere) and str(name).lower() not in _KNOWN_TYPES):
                raise DTDForbidden(*declared[:3])

    reader = Reader(forbid_dtd=True)
    reader.entity.update(entitydefs)
    try:
        reader.feed(data)
        root: Element = reader.close()
    except DefusedXmlException as error:
        raise UserError(
            "it declares a document type or entities, which are never read; take out <!DOCTYPE ...>"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise UserError(f"it is no whole XML: {error}") from error
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise UserError(f"its elements are nested more than {_DEEPEST} deep: it is no article")
        level = [inner for one in level for inner in one]
    return root
