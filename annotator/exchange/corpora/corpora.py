"""Format `corpora`: labelled texts of corpora and of tools that have a format of their own; only read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.exchange.articles.one_article import preview_of
from annotator.exchange.brat.brat_in import polnear_names
from annotator.exchange.corpora import (
    bioc,
    corpora_beside,
    corpora_json,
    corpora_quotes,
    corpora_relations,
    corpora_tokens,
    corpora_xml,
)
from annotator.exchange.encoding import decode
from annotator.exchange.files import read_bytes, read_start, shown, storable
from annotator.exchange.inception.xmi_types import kind_of_xml
from annotator.exchange.json_lines import Row, first_record
from annotator.exchange.json_records import read_drafts
from annotator.exchange.record_faults import Fault
from annotator.exchange.tools import datasaur, tagtog
from annotator.exchange.unread import Value
from annotator.exchange.unread_fields import mixed_fields
from annotator.exchange.xml_tree import XML_LIMIT, tree_of
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions, Item, Preview, Problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_JSON = (".json", ".jsonl", ".ndjson", ".bdocjs", ".bdocjson")
SUFFIXES = (*_JSON, ".xml", ".pubtator", *corpora_beside.BARE, *corpora_beside.TABLES)
_BESIDE = (*corpora_beside.BARE, *corpora_beside.TABLES)
_ALWAYS_BESIDE = (".labels", *corpora_beside.TABLES)
_Fields = frozenset[str]
_READERS: tuple[tuple[_Fields, Callable[[Row, str], Draft]], ...] = (
    (_Fields({"text", "annotation_sets"}), corpora_json.gate),
    (_Fields({"text", "denotations"}), corpora_json.pubannotation),
    (_Fields({"text", "tracks"}), corpora_json.pubannotation),
    (_Fields({"text", "annotation_agent", "prediction_agent"}), corpora_json.argilla_1),
    (_Fields({"sentences", "ner", "relations"}), corpora_tokens.dygie),
    (_Fields({"sentences", "ner", "doc_key"}), corpora_tokens.dygie),
    (_Fields({"sentences", "events", "doc_key"}), corpora_tokens.dygie),
    (_Fields({"tokenized_text", "ner"}), corpora_relations.gliner),
    (_Fields({"tokens", "entities", "relations"}), corpora_relations.spert),
    (
        _Fields({"token", "relation", "subj_start", "subj_end", "obj_start", "obj_end"}),
        corpora_relations.tacred,
    ),
    (_Fields({"tokens", "h", "t"}), corpora_relations.few_rel),
    (_Fields({"h", "t", "relation"}), corpora_relations.open_nre),
    (_Fields({"sents", "vertexSet"}), corpora_relations.docred),
    (_Fields({"cells", "labels", "labelSets"}), datasaur.datasaur),
    (_Fields({"sentences", "labelSets"}), datasaur.datasaur_sentences),
    (_Fields({"document", "tokens", "relations"}), corpora_json.ubiai),
    (_Fields({"full_text", "spans"}), corpora_json.presidio),
    (_Fields({"content", "annotation", "extras"}), corpora_json.dataturks),
)
_CITRON = _Fields({"text", "quotes"})
_RECORD = _Fields({"fields", "responses", "suggestions"})
_ARGILLA, _SETTINGS = ".argilla", "settings.json"
_LISTS: Mapping[str, _Fields] = {
    "denotations": _Fields({"span"}),
    "quotes": _Fields({"cue", "source", "sources", "content", "contents"}),
    "spans": _Fields({"entity_type"}),
    "tokens": _Fields({"entityLabel"}),
    "tracks": _Fields({"blocks", "denotations"}),
}
"""Fields that hold objects, and what each of these has some of."""
_OF_TOKENS = _Fields({"entities", "h"})
"""Fields of records whose tokens are words, and no objects."""
_OBJECTS = ("annotation_sets", "fields")
_OF_ARTICLES = _Fields({"author", "byline", "date", "headline", "outlet", "published", "title", "url"})
"""What tells that a record without any labels is an article like others."""
_GATE, _ARGUMENTS, _COLLECTION = "GateDocument", "arggraph", "collection"
_TAGS = re.compile(rb"<TAGS>\s*<\w+\s[^<>]*?\b(?:id|spans|start)\s*=")
_NO_TAGS = re.compile(rb"\]\]>\s*</TEXT>\s*<TAGS\s*(?:/>|>\s*</TAGS>)")


_READ = (
    *(".Name.className", ".Value.className", ".Value.itemClassName", "GateDocument.version"),
    *(".classId", "annotatable.parts", "entities.part", ".confidence.state", ".confidence.who"),
)
"""How fields of GATE and tagtog end that are read, and do not stay as they are written; of MAE below."""
_READ_OF_TAGS = re.compile(r"\w+\.TAGS\.\w+\.(?:spans|text)")


def _is_read(value: Value) -> bool:
    """Tell whether a field says where a label is or of which kind, in words of a tool."""
    return value[0].endswith(_READ) or _READ_OF_TAGS.fullmatch(value[0]) is not None


class CorporaImporter:
    """Reads labels beside a text, by the fields or elements that tell which tool or corpus they are of."""

    def fields(self, path: Path, options: ImportOptions) -> Iterator[Value]:
        """Yield the fields of the first records, but for those that say where or of which kind a label is."""
        return filterfalse(_is_read, mixed_fields(path, options))

    def recognises(self, path: Path) -> bool:
        """Tell by the fields of the first record, the outermost elements, or the first line."""
        ending = path.suffix.lower()
        if ending in _JSON:
            return _is_own(first_record(path))
        if ending not in SUFFIXES:  # whoever opens the project file itself takes its lock away
            return False
        if ending in _BESIDE and corpora_beside.is_beside(path):
            return True
        if ending in _ALWAYS_BESIDE:
            return False
        start = read_start(path)
        if ending == ".xml":
            is_mae = b"<TEXT" in start and kind_of_xml(start) not in ("", "html")
            is_known = kind_of_xml(start) in (_GATE, _ARGUMENTS) or bioc.is_bioc(path)
            return is_known or (is_mae and _has_tags(path))
        return bioc.is_pubtator(start.decode("utf-8", "replace"), alone=ending == ".pubtator")

    def parts(self, path: Path, options: ImportOptions) -> tuple[Path, ...]:
        """Return what is read with it: texts of labels, Argilla's settings, tagtog's page and legend."""
        if path.suffix.lower() in _BESIDE:
            return corpora_beside.texts_of(path, options) if corpora_beside.is_beside(path) else ()
        found = [_settings_of(path)]
        if path.name.endswith(tagtog.ENDING):
            found += [tagtog.page_of(path), tagtog.legend_of(path)]
        return tuple(one for one in found if one is not None)

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many articles there are, and the start of the first."""
        return preview_of(self.read(path, options))

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield an article per text, with its labels."""
        ending = path.suffix.lower()
        if ending in _JSON:
            names = polnear_names(options.scheme)
            settings = _settings_of(path)
            asked = corpora_json.asked_in_words(first_record(settings) if settings is not None else {})
            return read_drafts(
                path,
                options,
                lambda row, file: (
                    tagtog.tagtog(row, path)
                    if tagtog.is_tagtog(row.values)
                    else _of_record(row, file, names, asked)
                ),
            )
        if ending in _BESIDE and corpora_beside.is_beside(path):
            return corpora_beside.beside(path, options, polnear_names(options.scheme))
        if ending == ".xml":
            return _of_xml(tree_of(read_bytes(path, XML_LIMIT)), storable(path.name))
        found = decode(read_bytes(path, XML_LIMIT), options.encoding)
        if not bioc.is_pubtator(found.text):
            raise UserError("it does not begin as PubTator does, with 12345|t| and a title")
        return bioc.pubtator(found.text.splitlines(), shown(path.name))


def _is_own(values: Mapping[str, Any]) -> bool:
    fields = values.keys()
    if name := bioc.list_name(values):
        is_some = bool(values[name]) or "infons" in fields
        return is_some and all(isinstance(one, dict) and "passages" in one for one in values[name])
    known = (_CITRON, _RECORD, *(one for one, _ in _READERS))
    return (
        bioc.is_whole(values)
        or corpora_json.is_flat_argilla(values)
        or tagtog.is_tagtog(values)
        or corpora_quotes.reader_of(values) is not None
        or any(fields >= one and _has_shape(values, one) for one in known)
    )


def _has_shape(values: Mapping[str, Any], own: _Fields) -> bool:
    """Tell whether fields hold what they do in their tools, and not what anybody may call so."""
    return (
        all(isinstance(values[name], dict) or "text" not in values for name in own.intersection(_OBJECTS))
        and (
            not own.isdisjoint(_OF_TOKENS)
            or all(_are_objects(values, name) for name in own.intersection(_LISTS))
        )
        and ("sentences" not in own or "labelSets" in own or _are_lists(values["sentences"]))
    )


def _are_objects(values: Mapping[str, Any], name: str) -> bool:
    found = values[name]
    if not isinstance(found, list) or not (found or _OF_ARTICLES.isdisjoint(values)):
        return False
    return all(isinstance(one, dict) and not _LISTS[name].isdisjoint(one) for one in found)


def _are_lists(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(one, list) for one in found)


def _settings_of(path: Path) -> Path | None:
    """Return where the settings of a data set of Argilla lie, if there are any."""
    if path.suffix.lower() not in _JSON:
        return None
    found = (path.with_name(_SETTINGS), path.parent / _ARGILLA / _SETTINGS)
    return next((one for one in found if one != path and one.is_file()), None)


def _of_record(
    row: Row, file: str, names: Mapping[str, str], asked: Collection[str]
) -> Draft | list[Draft | Problem]:
    fields = row.values.keys()
    if bioc.list_name(row.values) or bioc.is_whole(row.values):
        return [*bioc.drafts_of(row.values, file, row.line)]
    if (read := corpora_quotes.reader_of(row.values)) is not None:
        return read(row, file, names)
    if fields >= _CITRON:
        return corpora_json.citron(row, file, names)
    for own, reader in _READERS:
        if fields >= own:
            return reader(row, file)
    if fields >= _RECORD:
        return corpora_json.argilla(row, file, asked)
    if corpora_json.is_flat_argilla(row.values):
        return corpora_json.flat_argilla(row, file, asked)
    raise Fault("", "no field tells which tool or corpus it is of")


def _has_tags(path: Path) -> bool:
    """Tell whether tags of MAE stand behind the text, as far as XML is looked at."""
    found = read_start(path, XML_LIMIT)
    return (_TAGS.search(found) or _NO_TAGS.search(found)) is not None


def _of_xml(root: Element, name: str) -> Iterator[Item]:
    if root.tag == _COLLECTION and root.find("document") is not None:
        yield from bioc.drafts_of(bioc.collection_of(root), name)
    elif root.tag == _GATE:
        yield corpora_xml.gate(root, name)
    elif root.tag == _ARGUMENTS:
        yield corpora_xml.arguments(root, name)
    elif corpora_xml.is_mae(root):
        yield corpora_xml.mae(root, name)
    else:
        raise UserError("its elements are those of none of the corpora that are read")


FORMAT = Format(
    "corpora",
    "Corpora and other tools (Citron, GATE, BioC, PubTator, MAE and others)",
    SUFFIXES,
    importer=CorporaImporter(),
    about=(
        "Labels beside a text, each in the shape of its own tool: Citron's quotes (source, cue and content "
        "of an attribution), quotations by their words (quote, speaker, verb), parts of attributions by "
        "tokens (SpkAtt), names and quotations of CoreNLP as proposals, rows of labels whose texts are files "
        "beside them (propaganda techniques, essays, claims, PDNC), GATE's XML "
        "and JSON, BioC in XML and JSON, PubTator, PubAnnotation, MAE and i2b2, DyGIE++ "
        "(of events the trigger fills a role), SpERT, TACRED, OpenNRE, FewRel, DocRED, GLiNER, UBIAI, "
        "Datasaur, Presidio's evaluator, Argilla, DataTurks, tagtog (its .ann.json with the page or text "
        "and the legend), and graphs of arguments (arg-microtexts). "
        "GATE's tokens and sentences are left out; a set of its annotations with a name is an annotator."
    ),
    example=(
        '{"text":"The mayor said no.","quotes":[{"cue":{"start":10,"end":14,"text":"said"},'
        '"sources":[{"start":0,"end":9,"text":"The mayor"}],'
        '"contents":[{"start":15,"end":17,"text":"no"}]}]}'
    ),
)
