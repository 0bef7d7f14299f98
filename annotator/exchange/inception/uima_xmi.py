"""Format `uima_xmi`: UIMA CAS XMI with its type system, as INCEpTION and other programs of UIMA have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from annotator.exchange.articles.one_article import preview_of
from annotator.exchange.file_names import FileNames
from annotator.exchange.files import read_bytes, read_start, stamp_of
from annotator.exchange.inception import cas_inline
from annotator.exchange.inception.cas_json import LIMIT, SUFFIX, as_xmi, is_cas_json
from annotator.exchange.inception.layers_in import (
    WORDS,
    compare,
    leave_out_words,
    marks_of,
)
from annotator.exchange.inception.layers_out import Features, LaidOut
from annotator.exchange.inception.xmi_in import View, read_views
from annotator.exchange.inception.xmi_out import XmiWriter, fitted
from annotator.exchange.inception.xmi_proof import has_types, read_again
from annotator.exchange.inception.xmi_types import TYPES_NAME, Types, kind_of_xml, types_of
from annotator.exchange.inception.xmi_unfit import FACT_NAME
from annotator.exchange.unread import UNREAD
from annotator.exchange.zipped import MEMBER_LIMIT, SAME_TEXT, Part, is_zip, members, read_parts, unpacked
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
from annotator.model.proof import not_whole
from annotator.model.records import ArticleContent

SUFFIXES = (".xmi",)
TYPES_FILE = "TypeSystem.xml"
_XML = ".xml"
_KINDS = ("XMI", TYPES_NAME)
"""What XML is told from other by: XMI, and type systems, which are refused by their name."""
_INITIAL = "_InitialView"
_NO_LANGUAGE = "x-unspecified"
_NOT_FACTS = ("documentId", "documentBaseUri", "isLastSegment")


class UimaXmiImporter:
    """Reads XMI, with the type system beside it or in the same archive, and without one as far as it goes."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name; of other XML by its outermost element, of an archive by what is in it."""
        suffix = path.suffix.lower()
        if is_cas_json(path) or cas_inline.is_inline(path):
            return True
        if is_zip(path):
            return bool(members(path, SUFFIXES))
        return suffix in SUFFIXES or (suffix == _XML and kind_of_xml(read_start(path)) in _KINDS)

    def parts(self, path: Path, _options: ImportOptions) -> Collection[Path]:
        """Return the type system that lies beside it."""
        return [one for one in _beside(path) if one != path]

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the first text, and how many there are."""
        return preview_of(self.read(path, options))

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield an article per text, with its marks."""
        if is_cas_json(path):
            return read_parts(path, (SUFFIX,), LIMIT, options, lambda part: _read_json(part, options))
        types = _types(path)
        if cas_inline.is_inline(path):
            return read_parts(path, (_XML,), LIMIT, options, lambda part: _read_inline(part, types, options))
        return read_parts(path, SUFFIXES, MEMBER_LIMIT, options, lambda part: _read(part, types, options))


def _beside(path: Path) -> list[Path]:
    return [one for name in (TYPES_FILE, TYPES_FILE.lower()) if (one := path.with_name(name)).is_file()]


def _types(path: Path) -> Types | None:
    """Return the type system in the same archive or folder."""
    if is_zip(path):
        data = next((data for _, data in unpacked(path, (TYPES_FILE.lower(),))), None)
        return None if data is None else types_of(data)
    beside = next((one for one in _beside(path) if one != path), None)
    return None if beside is None else _types_in(beside, stamp_of(beside))


@lru_cache(maxsize=1)
def _types_in(path: Path, _stamp: tuple[int, ...]) -> Types:
    """Return the type system in a file: of a folder, all files have the same one."""
    return types_of(read_bytes(path, MEMBER_LIMIT))


def _read_json(part: Part, options: ImportOptions) -> Iterator[Item]:
    xmi, types = as_xmi(part.data)
    yield from _read(part._replace(data=xmi), types_of(types) if types else None, options)


def _read_inline(part: Part, types: Types | None, options: ImportOptions) -> Iterator[Item]:
    yield from _read(part._replace(data=cas_inline.as_xmi(part.data)), types, options)


def _read(part: Part, types: Types | None, options: ImportOptions) -> Iterator[Item]:
    name, by, place, data, key = part
    views = read_views(data, types or Types())
    if not views:
        raise UserError(
            "there is no text in it: no view has a sofaString (a sofaURI names a text elsewhere), "
            "or it is XMI of another kind, such as a model in UML"
        )
    if types is None:
        yield Note(place, f"no type system ({TYPES_FILE}) came with it; it was read by what it holds itself")
    for view in views:
        yield from (Problem(place, reason, field=what) for what, reason in view.faults)
        if view.unseen:
            yield Note(place, f"{view.unseen:,} annotations are in no index of it and were left out")
        if view.parts:
            yield Note(place, f"words and sentences of other programs were left out: {view.parts:,}")
        if view.unread:
            yield Note(place, UNREAD.format(", ".join(f"{name} ({n:,})" for name, n in view.unread.items())))
        yield from leave_out_words(view.layers, options, place)
        if not view.restore():
            yield Note(place, f"where the {FACT_NAME} stood was not taken: the text is another one there")
        more = "" if len(views) == 1 or view.name == _INITIAL else f" ({view.name})"
        draft = _draft(name + more, view)
        yield replace(draft, key=key and key + more, marks=marks_of(view.layers, options, by))


def _draft(name: str, view: View) -> Draft:
    facts = {key: value for key, value in view.facts.items() if key and key not in _NOT_FACTS}
    title, language = facts.pop("documentTitle", ""), facts.pop("language", _NO_LANGUAGE)
    is_name = title in (name, view.facts.get("documentId"))
    return Draft(
        name,
        view.text,
        title="" if is_name else title,
        language="" if language == _NO_LANGUAGE else language,
        meta=facts,
    )


class UimaXmiExporter:
    """Writes XMI for each article, and the type system of all."""

    suffix = ""
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what XMI cannot hold of an article."""
        return source.once(_fitted, content)[0].left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write all articles, yielding how many are written."""
        writer, files = XmiWriter(Features(source.scheme)), FileNames("")
        target.open(TYPES_FILE).write(writer.types_xml())
        for count, content in enumerate(source.contents, 1):
            stem = files.stem(content.article.name)
            laid, text = source.once(_fitted, content)
            data, told = writer.xmi(content, laid, text)
            target.open(f"{stem}.xmi").write(data)
            source.proof.wrote(stem, content.article.text, told)
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read all files, yielding how many agree; raises UserError on the first other one."""
        types, features = (path / TYPES_FILE).read_bytes(), Features(source.scheme)
        if types != XmiWriter(features).types_xml() or not has_types(types, features):
            raise not_whole(TYPES_FILE)
        return compare(path, ".xmi", source.proof, read_again)


def _fitted(content: ArticleContent, source: ExportSource) -> tuple[LaidOut, str]:
    return fitted(content, Features(source.scheme))


FORMAT = Format(
    "uima_xmi",
    "UIMA CAS XMI (INCEpTION and others; a folder of .xmi)",
    (*SUFFIXES, ".xml", SUFFIX, ".zip"),
    UimaXmiImporter(),
    UimaXmiExporter(),
    about=(
        "A file per article with its text, words, sentences, annotations and facts, and a TypeSystem.xml "
        "that says what they are, as INCEpTION, DKPro and other programs of UIMA have it; also archives of "
        "them. Positions are UTF-16 units. The layers are those of webanno_tsv, and so is how labels are "
        "read; features that point to annotations are read like slots. Without a type system, a file is "
        "read by what it holds itself: what holds ids of labels of one kind alone points "
        "to these. Words and sentences, also of other programs, are no labels. "
        "UIMA for Java (2.10) opens such files as they are, and what it writes "
        "comes back whole. Document types and entities are refused. A CAS in JSON, as INCEpTION exports it "
        "too, is read like its XMI, and so is UIMA's inline XML (annotations as elements around the words)."
    ),
    example=(
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
        'xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">'
        '<custom:Span xmi:id="2" sofa="1" begin="9" end="11" label="CLAIM" form="direct"/>'
        '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="She said no."/>'
        '<cas:View sofa="1" members="2"/></xmi:XMI>'
    ),
    lost=(
        "the kinds of paragraphs",
        "gaps in spans: a span in pieces is written as one stretch",
        "who made a record, when, and whether it was suggested",
        "facts of actors, who are kept by name; claim cards, and ends of frames that are such",
        "frames that no words show; recorded emptiness, suggestions",
        "characters that XML cannot have; those of the text are kept in a fact, and come back here",
        "characters of names of attributes that a feature cannot have",
    ),
    options_in=(WORDS, SAME_TEXT),
)
