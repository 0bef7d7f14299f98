"""Format `webanno_tsv`: a tab-separated file per article, as INCEpTION and WebAnno read and write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.exchange import flat as flats
from annotator.exchange.encoding import decode
from annotator.exchange.file_names import FileNames
from annotator.exchange.files import TEXT_FILE_LIMIT, read_bytes, read_start
from annotator.exchange.inception.layers_in import (
    FRAME_LAYER,
    SPAN_LAYER,
    WORDS,
    compare,
    leave_out_words,
    marks_of,
)
from annotator.exchange.inception.layers_out import Features, LaidOut, laid_out
from annotator.exchange.inception.webanno_header import FORMAT as FIRST_LINE
from annotator.exchange.inception.webanno_header import HEADLESS, as_written_now, version_of
from annotator.exchange.inception.webanno_lines import read_lines
from annotator.exchange.inception.webanno_old import HEADER, read_old_lines
from annotator.exchange.inception.webanno_out import left_out, written
from annotator.exchange.inception.webanno_proof import read_again
from annotator.exchange.inception.webanno_whole import missing
from annotator.exchange.zipped import SAME_TEXT, Part, is_zip, members, read_parts
from annotator.model.errors import UserError
from annotator.model.formats import (
    Draft,
    ExportSource,
    Format,
    ImportOptions,
    Item,
    Note,
    Preview,
    Problem,
    Target,
)
from annotator.model.ids import Id
from annotator.model.records import ArticleContent

SUFFIXES = (".tsv",)
_OLDEST = "#id="
_MISSING = (
    "{} characters of its text stand in no row; where lines are lost, labels end too early or are lost too"
)
_LIMIT = 16 * TEXT_FILE_LIMIT
_SAMPLE = 600


class WebannoTsvImporter:
    """Reads files of version 3 and 2, and archives of such files."""

    def recognises(self, path: Path) -> bool:
        """Tell by the first line; of an archive, by what is in it."""
        if is_zip(path):
            return bool(members(path, SUFFIXES)) and not members(path, (".xmi",))
        if path.suffix.lower() not in SUFFIXES:
            return False
        first = _first_line(read_start(path).decode("utf-8", "replace"))
        is_new = FIRST_LINE.fullmatch(first) or HEADLESS.match(first)
        return bool(is_new or HEADER.match(first) or first.startswith(_OLDEST))

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the file, or how many there are in an archive."""
        if is_zip(path):
            return Preview(rows=len(members(path, SUFFIXES)))
        found = decode(read_bytes(path, _LIMIT), options.encoding)
        return Preview(rows=1, encoding=found.encoding, sample=found.text[:_SAMPLE])

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield an article per file, with its marks."""
        return read_parts(path, SUFFIXES, _LIMIT, options, lambda part: _read(part, options))


def _first_line(text: str) -> str:
    return next((line for line in text.removeprefix("\ufeff").split("\n") if line.strip()), "").rstrip("\r")


def _read(part: Part, options: ImportOptions) -> Iterator[Item]:
    decoded = decode(part.data, options.encoding)
    file = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\r")
    file = file[file.rfind("\n", 0, len(file) - len(file.lstrip())) + 1 :]
    first = file.partition("\n")[0]
    is_old = HEADER.match(first) is not None
    if is_old:
        found = read_old_lines(file.split("\n"))
    elif FIRST_LINE.fullmatch(first) or HEADLESS.match(first):
        file = as_written_now(file)
        found = read_lines(file)
        if not found.is_even and (count := missing(file, found.text, version_of(first))):
            yield Note(part.place, _MISSING.format(f"{count:,}"))
    else:
        raise UserError(_not_read(first))
    yield from (Problem(part.place, reason, line or None, layer) for line, layer, reason in found.faults)
    if is_old:
        yield Note(part.place, "a file of WebAnno TSV 2: the places of words were found in its sentences")
    yield from leave_out_words(found.layers, options, part.place)
    marks = marks_of(found.layers, options, part.by, "characters" if is_old else "utf16")
    yield Draft(part.name, found.text, notes=decoded.notes, key=part.key, marks=marks)


def _not_read(first: str) -> str:
    if first.startswith(_OLDEST):
        return "it is WebAnno TSV 1, which says no layers; open it in INCEpTION or WebAnno and export it anew"
    return "it is no WebAnno TSV: its first line has to be #FORMAT=WebAnno TSV 3.3 (or an older 3.x)"


class WebannoTsvExporter:
    """Writes a file per article."""

    suffix = ""
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what a file cannot hold of an article."""
        found = left_out(content.article.text, source.once(_laid, content))
        return found + Counter({flats.ARTICLE_LABELS: len(content.labels)})

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all articles, yielding how many are written."""
        features, files = Features(source.scheme), FileNames("")
        names = {SPAN_LAYER: features.names("span"), FRAME_LAYER: features.names("frame")}
        for count, content in enumerate(source.contents, 1):
            made = written(content.article.text, source.once(_laid, content), names)
            stem = files.stem(content.article.name)
            target.open(f"{stem}.tsv").write(made.lines)
            source.proof.wrote(stem, made.text, made.pieces)
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read all files, yielding how many agree; raises UserError on the first other one."""
        return compare(path, ".tsv", source.proof, read_again)


def _laid(content: ArticleContent, source: ExportSource) -> LaidOut:
    return laid_out(content, Features(source.scheme))


FORMAT = Format(
    "webanno_tsv",
    "WebAnno TSV 3.3 (INCEpTION, WebAnno; a folder of .tsv)",
    (*SUFFIXES, ".zip"),
    WebannoTsvImporter(),
    WebannoTsvExporter(),
    about=(
        "A word per line with what is said of it in columns, one file per article, as INCEpTION and WebAnno "
        "have it; older files (3.x and 2) and archives of whole projects are read, too. Positions are UTF-16 "
        "units. Spans are in the layer webanno.custom.Span and frames, with a slot for each end, in "
        "webanno.custom.Frame; make these two layers in INCEpTION (a text feature label, one for each "
        "attribute; in Frame a link feature links to any annotation). A label of the file is the value of "
        "its feature label or value, else the name of its layer; relations, slots and chains become links "
        "of two spans, or frames where the scheme has such."
    ),
    example=(
        "#FORMAT=WebAnno TSV 3.3\n"
        "#T_SP=webanno.custom.Span|label|form\n"
        "#T_SP=webanno.custom.Frame|label|ROLE_webanno.custom.Frame:links_webanno.custom.FrameLinksLink"
        "|uima.tcas.Annotation\n\n\n"
        "#Text=She said no.\n"
        "1-1\t0-3\tShe\tSOURCE[1]\tpronoun[1]\t_\t_\t_\t\n"
        "1-2\t4-8\tsaid\tCUE[2]\t*[2]\tATTRIBUTION[4]\tsource;cue;claim[4]\t1-1[1];1-2[2];1-3[3]\t\n"
        "1-3\t9-11\tno\tCLAIM[3]\tdirect[3]\t_\t_\t_\t\n"
        "1-4\t11-12\t.\t_\t_\t_\t_\t_\t"
    ),
    lost=(
        "title, language and facts of the article, and the kinds of its paragraphs",
        "gaps in spans: a span in pieces is written as one stretch; blanks at its ends",
        "who made a record, when, and whether it was suggested",
        "facts of actors, who are kept by name; claim cards, and ends of frames that are such",
        "frames that no words show; labels of whole articles, recorded emptiness, suggestions",
        "characters of names of attributes that a feature cannot have",
    ),
    options_in=(WORDS, SAME_TEXT),
)
