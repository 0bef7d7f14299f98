"""Format `xml`: articles of archives in XML (NITF, NewsML, TEI, RSS and others), by usual names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from annotator.exchange.files import read_bytes, read_start, storable
from annotator.exchange.one_article import preview_of
from annotator.exchange.xmi_types import TYPES_NAME, kind_of_xml
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions, Item, Preview, Problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SUFFIXES = (".xml",)
LIMIT = 40_000_000
"""Bytes of a file: it is held as a whole, in some ten times as many."""
_OTHERS = ("XMI", TYPES_NAME, "collection", "html")
"""Outermost elements that other formats read, or refuse by their name."""
_DEEPEST = 200
_ARTICLES = ("item", "newsitem", "article", "doc", "document", "entry", "story", "record")
_BODIES = ("body.content", "body", "text", "content", "inlinexml", "encoded", "description")
"""Where the text of an article stands, the surest first."""
_TITLES = ("headline", "hl1", "title", "hedline")
_FACTS = {
    "byline": ("byline", "bytag", "author", "creator", "byttl"),
    "outlet": ("source", "publisher", "publication"),
    "published": ("date.issue", "pubdate", "date", "published", "versioncreated", "firstcreated"),
}
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_PARTS = ("include", "entry-point")


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
        found = _articles(root)
        if len(found) == 1:
            yield _draft(found[0], storable(path.name))
            return
        for number, one in enumerate(found, 1):
            try:
                yield _draft(one, storable(f"{path.stem} {number}"))
            except UserError as error:
                yield Problem(f"{path.name}, article {number}", str(error), field=_name(one))


def _parsed(data: bytes) -> Element:
    """Return the outermost element; raises UserError for what is no XML, declares entities or is too deep."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - loaded when the first file comes
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    try:
        root: Element = fromstring(data, forbid_dtd=True)
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


def _name(one: Element) -> str:
    """Return the name of an element in small letters, without its namespace."""
    return str(one.tag).rpartition("}")[2].lower()


def _articles(root: Element) -> list[Element]:
    """Return the elements that are an article each: those of one name side by side, or the outermost."""
    for kind in _ARTICLES:
        for parent in root.iter():
            found = [one for one in parent if _name(one) == kind]
            if len(found) > 1 or (found and kind in ("item", "newsitem", "entry")):
                return found
    return [root]


def _draft(article: Element, name: str) -> Draft:
    named: dict[str, list[Element]] = {}
    for one in article.iter():
        named.setdefault(_name(one), []).append(one)
    title = next(filter(None, (_words(one) for kind in _TITLES for one in named.get(kind, ()))), "")
    body = next((one for kind in _BODIES for one in named.get(kind, ()) if _words(one)), article)
    paragraphs = _paragraphs(body)
    if not paragraphs:
        raise UserError("there is no text in it")
    if title and title not in paragraphs:
        paragraphs.insert(0, title)
    notes = ("parts that it includes from elsewhere were not loaded",) if set(named) & set(_PARTS) else ()
    return Draft(name, "\n\n".join(paragraphs), title, meta=_facts(article, named), notes=notes)


def _facts(article: Element, named: dict[str, list[Element]]) -> dict[str, str]:
    found = {}
    for fact, kinds in _FACTS.items():
        said = [article.get("date", "")] if fact == "published" else []
        for kind in kinds:
            said += [one.get("norm", "") or one.get("when", "") or _words(one) for one in named.get(kind, ())]
        found[fact] = next(filter(None, map(_day, said) if fact == "published" else said), "")
    return {fact: value for fact, value in found.items() if value}


def _day(said: str) -> str:
    found = _DAY.match(said)
    return "-".join(found.groups()) if found else ""


def _words(one: Element) -> str:
    return " ".join("".join(one.itertext()).split())


def _paragraphs(body: Element) -> list[str]:
    """Return the texts of a body; an element beside words belongs to their paragraph, others end it."""
    lines: list[list[str]] = [[]]
    steps: list[tuple[Element, bool] | str | None] = [(body, False)]
    while steps:
        step = steps.pop()
        if step is None:
            lines.append([])
        elif isinstance(step, str):
            lines[-1].append(step)
        else:
            one, is_inline = step
            between = "" if is_inline else None
            beside = (one.text, *(inner.tail for inner in one))
            is_mixed = any(said and said.strip() for said in beside)
            after: list[tuple[Element, bool] | str | None] = [between, one.text or ""]
            for inner in one:
                after += [(inner, is_mixed), inner.tail or ""]
            steps += reversed([*after, between])
    folded = (_SPACES.sub(" ", "".join(line)).strip(" ") for line in lines)
    return [line for line in folded if line]


FORMAT = Format(
    "xml",
    "News in XML",
    SUFFIXES,
    importer=XmlImporter(),
    about="Articles of archives in XML (NITF, NewsML, TEI, RSS): headline, byline, day and text are found "
    "by the usual names; nothing is loaded, and what declares entities is refused.",
)
