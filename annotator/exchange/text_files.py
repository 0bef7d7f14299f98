"""Format `text`: one plain text file is one article."""

from __future__ import annotations

from pathlib import Path

from annotator.exchange.encoding import decode
from annotator.exchange.files import TEXT_FILE_LIMIT, read_bytes, storable
from annotator.exchange.one_article import OneArticle
from annotator.model.formats import Draft, Format, ImportOptions

SUFFIXES = (".txt", ".text")


def read_text(path: Path, options: ImportOptions) -> tuple[Draft, str]:
    """Return the article of a text file, and its encoding; raises UserError when it is no text."""
    found = decode(read_bytes(path, TEXT_FILE_LIMIT), options.encoding)
    return Draft(storable(path.name), found.text, notes=found.notes), found.encoding


FORMAT = Format(
    "text",
    "Text file, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_text, is_general=True),
    about="Plain text: each file is an article.",
)
