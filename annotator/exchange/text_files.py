"""Format `text`: one plain text file is one article."""

from __future__ import annotations

import re
from pathlib import Path

from annotator.exchange.encoding import decode
from annotator.exchange.files import TEXT_FILE_LIMIT, read_bytes, storable
from annotator.exchange.news_exports import note_on, taken_apart
from annotator.exchange.one_article import OneArticle
from annotator.model.formats import Draft, Format, ImportOptions

SUFFIXES = (".txt", ".text")
_OTHERS = {
    "JSON": re.compile(r"\ufeff?\s*+\[?\s*+\{\s*+\"[^\"\n]{1,200}+\"\s*+:"),
    "a web page": re.compile(r"\ufeff?\s*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE),
    "a saved web page (MHT)": re.compile(r"\ufeff?\s*+From: <Saved by "),
    "XML": re.compile(r"\ufeff?\s*+<\?xml\s"),
}
"""How files of other kinds begin, which may have lost their ending."""
_FASTTEXT = re.compile(r"\ufeff?\s*+\"?__label__\S")
_TABLE = (
    "it holds a table, whose cells tabs part, and was read as it stands; name it .tsv to have its rows read"
)
_START = 20_000
_LINES = 20
"""So many lines tell whether a text is a table."""
_LABELLED = "it holds labels as fastText has them (__label__), and was read as it stands, as one article"


def read_text(path: Path, options: ImportOptions) -> tuple[Draft, str]:
    """Return the article of a text file, and its encoding; raises UserError when it is no text."""
    found = decode(read_bytes(path, TEXT_FILE_LIMIT), options.encoding)
    kind = next((kind for kind, pattern in _OTHERS.items() if pattern.match(found.text)), "")
    odd = (f"it holds {kind}, and was read as it stands; rename it, or choose its format",) if kind else ()
    labelled = [_LABELLED] if _FASTTEXT.match(found.text) else [_TABLE] if _is_table(found.text) else []
    notes = (*found.notes, *odd, *labelled, *filter(None, [note_on(found.text)]))
    return Draft(storable(path.name), found.text, notes=notes), found.encoding


def _is_table(text: str) -> bool:
    """Tell whether each of the first lines has a number or a word, and a tab behind it."""
    lines = [one for one in text[:_START].split("\n")[:_LINES] if one.strip()]
    return len(lines) > 3 and all(one.split("\t", 1)[0].strip() and "\t" in one for one in lines)


FORMAT = Format(
    "text",
    "Text file, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_text, is_general=True, apart=taken_apart),
    about="Plain text: each file is an article, and each document of one that LexisNexis exports.",
)
