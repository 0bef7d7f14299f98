"""Format `text`: one plain text file is one article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.exchange.encoding import MARK, decode
from annotator.exchange.files import TEXT_FILE_LIMIT, read_bytes, storable
from annotator.model.formats import Draft, Format, ImportOptions, Item, Preview

SUFFIXES = (".txt", ".text")
_SAMPLE = 600


class TextImporter:
    """Reads a text file as one article."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name."""
        return path.suffix.lower() in SUFFIXES

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the text, and the encoding it was read in."""
        found = decode(read_bytes(path, TEXT_FILE_LIMIT), options.encoding)
        return Preview(rows=1, encoding=found.encoding, sample=found.text.removeprefix(MARK)[:_SAMPLE])

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield the one article; raises UserError when it is no text."""
        found = decode(read_bytes(path, TEXT_FILE_LIMIT), options.encoding)
        yield Draft(storable(path.name), found.text, notes=found.notes)


FORMAT = Format("text", "Text file, one article each", SUFFIXES, importer=TextImporter())
