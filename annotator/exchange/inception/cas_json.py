"""Turns a UIMA CAS in JSON, as INCEpTION and, before 2021, WebAnno export it, into XMI."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import orjson

from annotator.exchange.files import read_start
from annotator.exchange.inception.layers_in import DKPRO
from annotator.exchange.record_faults import as_text
from annotator.model.errors import UserError

SUFFIX = ".json"
LIMIT = 16_000_000
"""Bytes of such a file: the library keeps all of it as objects."""
_START = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"%(?:TYPES|FEATURE_STRUCTURES|VIEWS|HEADER)"')
_OLD = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"_context"\s*:')
_CAS, _CUSTOM = "uima.cas", "webanno.custom"
_PACKAGES = {
    "Sofa": _CAS,
    **dict.fromkeys(("Annotation", "DocumentAnnotation"), "uima.tcas"),
    **dict.fromkeys(("DocumentMetaData", "TagDescription", "TagsetDescription"), f"{DKPRO}metadata.type"),
    **dict.fromkeys(("Lemma", "Sentence", "Stem", "Token"), f"{DKPRO}segmentation.type"),
    **dict.fromkeys(("CoreferenceChain", "CoreferenceLink"), f"{DKPRO}coref.type"),
    "Dependency": f"{DKPRO}syntax.type.dependency",
    "MorphologicalFeatures": f"{DKPRO}lexmorph.type.morph",
    "NamedEntity": f"{DKPRO}ner.type",
    "POS": f"{DKPRO}lexmorph.type.pos",
}
"""Where types are at home that the old files call by their last names; others are layers of a project."""
_HEADS = {one: f"n{at}" for at, one in enumerate(dict.fromkeys((*_PACKAGES.values(), _CUSTOM)))}
_TORN = "it is a UIMA CAS in JSON, but does not hold together; export it as UIMA CAS XMI instead"


def is_cas_json(path: Path) -> bool:
    """Tell by the first field."""
    start = read_start(path) if path.suffix.lower() == SUFFIX else b""
    return (_START.match(start) or _OLD.match(start)) is not None


def as_xmi(data: bytes) -> tuple[bytes, bytes | None]:
    """Return a CAS in JSON as XMI, and its type system; raises UserError when it does not hold together.

    Files from before 2021 have no type system.
    """
    if _OLD.match(data):
        try:
            return _old_as_xmi(orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))), None
        except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
            raise UserError(_TORN) from error
    from cassis import load_cas_from_json  # noqa: PLC0415 - loaded when the first one is read
    from cassis.typesystem import TypeNotFoundError  # noqa: PLC0415 - as above

    faults = (LookupError, ValueError, TypeError, AttributeError, RecursionError, TypeNotFoundError)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It tells of names that it changes within Python.
        try:
            cas = load_cas_from_json(data.decode("utf-8-sig"))
            return cas.to_xmi().encode(), cas.typesystem.to_xml().encode()
        except faults as error:
            raise UserError(_TORN) from error


def _old_as_xmi(held: Mapping[str, Any]) -> bytes:
    apart = held.get("_referenced_fss", {})
    numbers = count(1 + max((int(one) for one in apart), default=0))
    made: list[str] = []
    for number, values in apart.items():
        _put(values["_type"], values, int(number), numbers, made)
    sofas = {one["sofaID"]: number for number, one in apart.items() if "sofaID" in one}
    for name, layers in held["_views"].items():
        members = [
            one if isinstance(one, int) else _put(kind, one, next(numbers), numbers, made)
            for kind, found in layers.items()
            for one in found
        ]
        made.append(f'<{_HEADS[_CAS]}:View sofa="{sofas[name]}" members="{" ".join(map(str, members))}"/>')
    named = " ".join(f'xmlns:{head}="http:///{one.replace(".", "/")}.ecore"' for one, head in _HEADS.items())
    root = f'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" {named} xmi:version="2.0">'
    return f"{root}{''.join(made)}</xmi:XMI>".encode()


def _put(kind: str, values: Mapping[str, Any], own: int, numbers: Iterator[int], made: list[str]) -> int:
    """Add what a record says as an element, and records inside of it; return its number."""
    said = {"begin": "0"} if "end" in values else {}
    for name, value in values.items():
        if name != "_type" and value is not None:
            inner = value if isinstance(value, list) else [value]
            parts = (
                _put(one["_type"], one, next(numbers), numbers, made) if isinstance(one, dict) else one
                for one in inner
            )
            said[name] = " ".join(map(as_text, parts))
    head = _HEADS[_PACKAGES.get(kind, _CUSTOM)]
    made.append(f'<{head}:{kind} xmi:id="{own}" {" ".join(f"{k}={quoteattr(v)}" for k, v in said.items())}/>')
    return own
