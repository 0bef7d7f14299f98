"""Names the formats that are known and not read, and says what to do with a file of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotator.exchange.articles.posts import is_tree
from annotator.exchange.other_kinds import SGML

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TAGTOG = re.compile(r"[a-z]_[0-9]+")
"""What tagtog calls labels."""
_BRAT = "export it as brat standoff"
_PAWLS = "it holds words or labels by their places on pages of a PDF (PAWLS); import the PDF for its text"
_CONVERT = "convert it, with the text beside it, to brat standoff"
_MEDKIT = f"it is a document of medkit; {_BRAT} there"
_AZURE = "it holds labels of Azure's Language Studio; convert it, with the texts beside it, to brat standoff"
_REMARK = f"it holds remarks of Hypothesis on pages that are not in it; {_CONVERT}"
_WEB = "it is a Web Annotation, which points to a text that is not in it; convert it to brat standoff"
_LISTS = (
    (frozenset({"uri", "target", "user"}), _REMARK),
    (frozenset({"target", "body"}), _WEB),
)
"""Fields of the first of a list of remarks, and what they are."""
_REMARKS = frozenset({"group", "quote", "tags", "url"})
"""Columns of remarks of Hypothesis, whatever it calls that of their own words."""
_RECORDS: tuple[tuple[frozenset[str], str, str], ...] = (
    (
        frozenset({"%FEATURE_STRUCTURES", "%VIEWS"}),
        "it is a UIMA CAS in JSON; choose uima_xmi as its format",
        "%VIEWS",
    ),
    (frozenset({"projectFileVersion", "assets"}), _AZURE, "assets"),
    (frozenset({"extractors", "documents"}), _AZURE, "documents"),
    (frozenset({"annotations", "profile"}), _REMARK, "profile"),
    (
        frozenset({"guidelines", "questions", "fields"}),
        "it holds the settings of a data set of Argilla; its records are in a file of their own",
        "questions",
    ),
    (frozenset({"documents", "infons"}), "it is BioC in JSON; choose corpora as its format", "documents"),
    (
        frozenset({"subtaskaenglish"}),
        "it holds stances by the numbers of posts (RumourEval), and no text; make a table of both",
        "subtaskaenglish",
    ),
    (
        frozenset({"is_rumour"}),
        "it says of a thread of posts whether it is a rumour (PHEME), and holds no text",
        "",
    ),
    (
        frozenset({"images", "annotations", "categories"}),
        "it holds labels of pictures (COCO); there is no text in it",
        "images",
    ),
    (frozenset({"version", "content_type", "content"}), _MEDKIT, "content"),
    (frozenset({"uid", "text", "anns"}), _MEDKIT, "anns"),
    (frozenset({"@context", "target", "body"}), _WEB, "body"),
    (frozenset({"@context", "on", "resource"}), _WEB, "on"),
    (frozenset({"uri", "text", "target", "user"}), _REMARK, "target"),
    (frozenset({"page", "tokens"}), _PAWLS, "page"),
    (
        frozenset({"@context", "claimReviewed"}),
        "it is a ClaimReview, which tells of a claim and holds no article; make a table of it",
        "",
    ),
)
"""Fields of records of a format, what they are, and which of them holds more than one plain value."""
_ELEMENTS = {
    "ANNOTATION_DOCUMENT": f"it is a file of ELAN, for sound and film; {_BRAT} or as text there",
    "basic-transcription": f"it is a transcription of EXMARaLDA; {_BRAT} or as text there",
    "source_file": "it holds labels of ACE (APF); convert it, with the text beside it, to brat standoff",
    "D-Spin": "it is TCF of WebLicht; convert it to UIMA XMI or CoNLL there",
    "FoLiA": "it is FoLiA; convert it to brat standoff, or to text with `folia2txt`",
    "NAF": "it is NAF; convert it to brat standoff or CoNLL",
    "KAF": "it is KAF; convert it to brat standoff or CoNLL",
    "Project": "it is a project of qualitative analysis (REFI-QDA); export its codings as a table",
    "markables": "it is a layer of MMAX2; convert it to brat standoff or CoNLL",
    "paula": "it is PAULA; convert it to UIMA XMI or CoNLL",
    "TimeML": "it is TimeML, whose labels stand in its text; convert it to brat standoff",
}

_IN_TEXT = frozenset({"ENAMEX", "NUMEX", "TIMEX", "COREF"})
"""Labels of MUC, which stand in its texts."""


def refusal_of(values: Mapping[str, Any]) -> str:
    """Return what a record of a known format is, if it is of one that is not read here."""
    fields = values.keys()
    for own, said, field in _RECORDS:
        is_text = "text" not in own and isinstance(values.get("text"), str)
        if fields >= own and not is_text and (not field or isinstance(values[field], dict | list)):
            return said
    if is_tree(values):
        return "it says which post answers which, by their numbers, and holds no text"
    if fields and all(map(_TAGTOG.fullmatch, fields)):
        return "it says what labels of tagtog are called, and holds no article"
    for first in map(_first, (values.get("annotations"), values.get("rows"), values.get("items"))):
        if "bounds" in first:
            return _PAWLS
        if remark := next((said for own, said in _LISTS if first.keys() >= own), ""):
            return remark
    return ""


def refusal_of_columns(columns: Sequence[str]) -> str:
    """Return what a table with such columns is, if it is of a tool whose tables are not read."""
    return _REMARK if {one.strip().lower() for one in columns} >= _REMARKS else ""


def _first(held: object) -> Mapping[str, Any]:
    """Return the first of a list of records, or an empty one."""
    first = held[0] if isinstance(held, list) and held else None
    return first if isinstance(first, dict) else {}


def refusal_of_xml(root: Element) -> str:
    """Return what XML is by its outermost element, or those in its text, if it is of a format not read."""
    space, _, name = str(root.tag).rpartition("}")
    if any(one.tag in _IN_TEXT for one in root.iter()):
        return f"it is SGML, as MUC and ACE have it; {SGML}"
    return "" if name == "Project" and "QDA" not in space else _ELEMENTS.get(name, "")
