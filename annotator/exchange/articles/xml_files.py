"""Format `xml`: articles of archives in XML (NITF, NewsML, TEI, RSS and others), by usual names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.exchange.articles.one_article import preview_of
from annotator.exchange.articles.xml_news import articles_of, draft_of, is_no_text, name_of, number_of
from annotator.exchange.corpora.bioc import is_bioc
from annotator.exchange.files import read_start, shown, storable
from annotator.exchange.inception.xmi_types import TYPES_NAME, kind_of_xml
from annotator.exchange.not_read import refusal_of_xml
from annotator.exchange.unread_fields import xml_fields
from annotator.exchange.xml_tree import is_piled, root_of
from annotator.model.errors import UserError
from annotator.model.formats import Format, ImportOptions, Item, Note, Preview, Problem

SUFFIXES = (".xml",)
_IN_PILES = (*SUFFIXES, ".sgm", ".sgml", ".txt", "")
_OTHERS = ("XMI", TYPES_NAME, "html")
"""Outermost elements that other formats read, or refuse by their name."""


class XmlImporter:
    """Reads XML that no other importer knows: an article, or a list of articles."""

    fields = staticmethod(xml_fields)

    def recognises(self, path: Path) -> bool:
        """Tell by the name, and that the outermost element is of no other format."""
        ending, start = path.suffix.lower(), read_start(path)
        if ending in _IN_PILES and is_piled(start):
            return True
        return ending in SUFFIXES and kind_of_xml(start) not in _OTHERS and not is_bioc(path)

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the first text, and how many there are."""
        return preview_of(self.read(path, options))

    def read(self, path: Path, _options: ImportOptions) -> Iterator[Item]:
        """Yield an article for each that the file holds."""
        root = root_of(path)
        if refusal := refusal_of_xml(root):
            raise UserError(refusal)
        found = articles_of(root)
        if len(found) == 1:
            yield draft_of(found[0], storable(path.name))
            return
        texts = [(number, one) for number, one in enumerate(found, 1) if not is_no_text(one)]
        if aside := len(found) - len(texts):
            said = f"entries that are no posts (pictures, menus) were left out: {aside:,}"
            yield Note(shown(path.name), said)
        for number, one in texts:
            try:
                yield draft_of(one, storable(number_of(one) or f"{path.stem} {number}"))
            except UserError as error:
                yield Problem(f"{path.name}, article {number}", str(error), field=name_of(one))


FORMAT = Format(
    "xml",
    "News in XML",
    SUFFIXES,
    importer=XmlImporter(),
    about="Articles of archives in XML (NITF, NewsML, TEI, RSS, Factiva), of TREC and of printed pages in "
    "ALTO: headline, byline, day and text are found by the usual names; nothing is loaded, and "
    "what declares entities is refused.",
)
