"""Format `xml`: articles of archives in XML (NITF, NewsML, TEI, RSS and others), by usual names."""

from __future__ import annotations

from collections.abc import Iterator
from html.entities import entitydefs
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from annotator.exchange.files import read_bytes, read_start, storable
from annotator.exchange.one_article import preview_of
from annotator.exchange.xmi_types import TYPES_NAME, kind_of_xml
from annotator.exchange.xml_news import articles_of, draft_of, name_of
from annotator.model.errors import UserError
from annotator.model.formats import Format, ImportOptions, Item, Preview, Problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUFFIXES = (".xml",)
LIMIT = 40_000_000
"""Bytes of a file: it is held as a whole, in some ten times as many."""
_OTHERS = ("XMI", TYPES_NAME, "collection", "html")
"""Outermost elements that other formats read, or refuse by their name."""
_KNOWN_TYPES = frozenset(
    {
        *("article", "feed", "rdf:rdf", "rss", "tei", "tei.2", "teicorpus.2"),
        *("newsarticle", "newsitem", "newsmessage", "newsml", "nitf"),
    }
)
"""Document types of news and texts: they declare names of characters, and nothing else that is read."""
_DEEPEST = 200


class XmlImporter:
    """Reads XML that no other importer knows: an article, or a list of articles."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name, and that the outermost element is of no other format."""
        return path.suffix.lower() in SUFFIXES and kind_of_xml(read_start(path)) not in _OTHERS

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the first text, and how many there are."""
        return preview_of(self.read(path, options))

    def read(self, path: Path, _options: ImportOptions) -> Iterator[Item]:
        """Yield an article for each that the file holds."""
        root = _parsed(read_bytes(path, LIMIT))
        found = articles_of(root)
        if len(found) == 1:
            yield draft_of(found[0], storable(path.name))
            return
        for number, one in enumerate(found, 1):
            try:
                yield draft_of(one, storable(f"{path.stem} {number}"))
            except UserError as error:
                yield Problem(f"{path.name}, article {number}", str(error), field=name_of(one))


def _parsed(data: bytes) -> Element:
    """Return the outermost element; raises UserError for what is no XML, declares entities or is too deep.

    A document type of news that is only named is passed over; nothing is loaded.  Where one is named, the
    names of characters are those of HTML, as these document types declare them.
    """
    from defusedxml import DefusedXmlException, DTDForbidden  # noqa: PLC0415 - loaded when the first file comes
    from defusedxml.ElementTree import DefusedXMLParser  # noqa: PLC0415

    class Reader(DefusedXMLParser):  # type: ignore[misc]
        def defused_start_doctype_decl(self, *declared: str | None) -> None:
            name, *_, has_inner = declared
            if has_inner or str(name).lower() not in _KNOWN_TYPES:
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


FORMAT = Format(
    "xml",
    "News in XML",
    SUFFIXES,
    importer=XmlImporter(),
    about="Articles of archives in XML (NITF, NewsML, TEI, RSS): headline, byline, day and text are found "
    "by the usual names; nothing is loaded, and what declares entities is refused.",
)
