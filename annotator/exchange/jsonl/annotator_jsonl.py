"""Format `jsonl`: annotator JSONL, one article per line with all its records, in and out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from annotator.exchange.json_lines import first_record, preview_records
from annotator.exchange.jsonl.record_check import check_written
from annotator.exchange.jsonl.record_in import read_records
from annotator.exchange.jsonl.record_out import FORMAT_NAME, RecordWriter
from annotator.exchange.jsonl.record_units import OFFSETS, with_unit
from annotator.model.formats import (
    ExportSource,
    Format,
    ImportOptions,
    Item,
    Preview,
    Target,
)
from annotator.model.ids import Id
from annotator.model.records import ArticleContent

SUFFIXES = (".jsonl", ".ndjson")


class AnnotatorJsonlImporter:
    """Reads what the exporter wrote, or anybody else by its schema."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name and by the `format` of the first record."""
        return path.suffix.lower() in SUFFIXES and first_record(path).get("format") == FORMAT_NAME

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many records there are, and the start of the first text."""
        return preview_records(path, options)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield every article with its records; a record with a fault is refused and named."""
        return read_records(path, options)


class AnnotatorJsonlExporter:
    """Writes annotator JSONL, and proves that every line, and every span's text, is what was meant."""

    suffix = ".jsonl"
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count accepted suggestions, where suggestions are asked for: they are what they became."""
        if not source.with_suggestions:
            return Counter()
        states = [one.state for one in content.suggested_spans]
        states += [one.state for one in content.suggested_frames]
        return +Counter({"accepted suggestions": states.count("accepted")})

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write one line per article, yielding how many are written."""
        file = target.open()
        writer = RecordWriter(source.annotators, source.with_suggestions)
        for count, content in enumerate(source.contents, 1):
            row = with_unit(writer.record(content), source.chosen.get(OFFSETS.name, ""))
            line = orjson.dumps(row, list, orjson.OPT_APPEND_NEWLINE)
            source.proof.wrote_row([line])
            file.write(line)
            yield count

    def verify(self, path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the file, yielding how many records are what was meant; raises UserError otherwise."""
        return check_written(path, len(texts), source.proof, source.chosen.get(OFFSETS.name, ""))


FORMAT = Format(
    "jsonl",
    "Annotator JSONL (everything)",
    SUFFIXES,
    AnnotatorJsonlImporter(),
    AnnotatorJsonlExporter(),
    about=(
        "One article per line with all that belongs to it, and a JSON Schema that comes with the program. "
        "Positions are characters, and on request also UTF-16 units or bytes."
    ),
    example=(
        '{"format":"annotator/1","id":"019b8d0e-5100-7000-8000-00000000000a","name":"a.txt",'
        '"text":"She said no.","spans":[{"id":"019b8d0e-5100-7000-8000-000000000016","label":"CLAIM",'
        '"fragments":[[9,11]],"text":["no"],"annotator":"Anna"}]}'
    ),
    lost=(
        "actors and claim cards that no article refers to",
        "which suggestions were accepted; settings, the scheme and the log",
    ),
    options_out=(OFFSETS,),
)
