"""Format `jsonl`: annotator JSONL, one article per line with all its records, in and out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import orjson

from annotator.exchange.json_lines import first_record, preview_records
from annotator.exchange.record_check import check_written
from annotator.exchange.record_in import read_records
from annotator.exchange.record_out import FORMAT_NAME, RecordWriter
from annotator.model.formats import (
    ExportSource,
    Format,
    ImportOptions,
    Item,
    Preview,
)
from annotator.model.ids import Id

SUFFIXES = (".jsonl", ".ndjson")


class AnnotatorJsonlImporter:
    """Reads what the exporter wrote, or anybody else by its schema."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name and by the `format` of the first record."""
        return path.suffix.lower() in SUFFIXES and first_record(path).get("format") == FORMAT_NAME

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many records there are, and the start of the first text."""
        return preview_records(path, options, uses={})

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield every article with its records; a record with a fault is refused and named."""
        return read_records(path, options)


class AnnotatorJsonlExporter:
    """Writes annotator JSONL, and proves that every span's text is that of its article."""

    suffix = ".jsonl"

    def write(self, source: ExportSource, file: BinaryIO) -> Iterator[int]:
        """Write one line per article, yielding how many are written."""
        writer = RecordWriter(source.annotators, source.with_suggestions)
        for count, content in enumerate(source.contents, 1):
            file.write(orjson.dumps(writer.record(content), list, orjson.OPT_APPEND_NEWLINE))
            yield count

    def verify(self, path: Path, texts: Mapping[Id, str]) -> Iterator[int]:
        """Re-read the file, yielding how many records agree with `texts`; raises UserError otherwise."""
        return check_written(path, texts)


FORMAT = Format(
    "jsonl", "Annotator JSONL (everything)", SUFFIXES, AnnotatorJsonlImporter(), AnnotatorJsonlExporter()
)
