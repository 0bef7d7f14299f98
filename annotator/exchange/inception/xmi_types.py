"""Reads XML of UIMA safely, and its type systems: what is a kind of what, and what features hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from xml.parsers import expat

from annotator.exchange.inception.layers_in import DKPRO
from annotator.exchange.other_kinds import refuse_other_kinds
from annotator.model.errors import UserError

XMI_NAME = "http://www.omg.org/XMI}"
TYPES_NAME = "typeSystemDescription"
_BIOC = "collection"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_NONE: Mapping[str, list[str]] = {}
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_START = 20_000
_DEEPEST = 8
_LONGEST_LINE = 100
"""Types above one another."""
_Parsed = tuple[int, str, dict[str, str], str]
_VALUES = frozenset(
    f"uima.cas.{one}" for one in ("String", "Integer", "Float", "Boolean", "Byte", "Short", "Long", "Double")
)
_PLAIN_LISTS = frozenset(
    {
        *(f"{one}Array" for one in _VALUES),
        *(f"uima.cas.{one}List" for one in ("String", "Integer", "Float")),
    }
)


class Element(NamedTuple):
    """One element below the outermost one: its type, its attributes, and texts of elements in it."""

    type: str
    values: Mapping[str, str]
    inner: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Types:
    """What a type system says."""

    above: Mapping[str, str] = field(default_factory=dict)
    """The kind that a type is one of."""
    features: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What each feature of a type holds."""
    _refers: dict[tuple[str, str], bool | None] = field(default_factory=dict, repr=False, compare=False)
    """What was asked before."""

    def lineage(self, name: str) -> Iterator[str]:
        """Yield a type and all that it is a kind of."""
        seen: set[str] = set()
        while name and name not in seen and len(seen) < _LONGEST_LINE:
            seen.add(name)
            yield name
            name = self.above.get(name, "")

    def layer(self, name: str) -> str:
        """Return the layer of a type: finer kinds of DKPro's own types are of the layer of these."""
        if not name.startswith(DKPRO):
            return name
        known = self if name in self.above else _dkpro()
        return [one for one in known.lineage(name) if one.startswith(DKPRO)][-1]

    def refers(self, type_name: str, feature: str) -> bool | None:
        """Tell whether a feature points to something; None where that is not known."""
        key = type_name, feature
        if key not in self._refers:
            self._refers[key] = self._found(type_name, feature)
        return self._refers[key]

    def _found(self, type_name: str, feature: str) -> bool | None:
        for one in self.lineage(type_name):
            held = self.features.get(one, {}).get(feature)
            if held is not None:
                return _VALUES.isdisjoint(self.lineage(held)) and held not in _PLAIN_LISTS
        return None


def kind_of_xml(start: bytes) -> str:
    """Return the name of the outermost element; empty where there is none."""
    match = _ROOT.search(_COMMENT.sub(b"", start.replace(b"\0", b"")))
    return match[1].decode() if match else ""


def refuse_other_xml(data: bytes, wanted: str) -> None:
    """Raise UserError, saying what it is, for XML of another kind."""
    refuse_other_kinds(data[:_START])
    found = kind_of_xml(data[:_START])
    if found == _BIOC:
        raise UserError("it is BioC; choose corpora as its format")
    if found == TYPES_NAME and wanted != TYPES_NAME:
        raise UserError("it is a type system, which says what UIMA XMI may hold; the .xmi itself is missing")
    if found != wanted:
        shown = f"its outermost element is <{found}>" if found else "there is no element in it"
        raise UserError(f"it is no UIMA XMI: {shown}, expected <{wanted}>")


def elements_of(data: bytes) -> list[Element]:
    """Return the elements of XMI in order; raises UserError for what is no XML, or declares entities."""
    refuse_other_xml(data, "XMI")
    found: list[Element] = []
    inner: dict[str, list[str]] = {}
    texts: list[str] = []
    depth = 0

    def start(name: str, values: dict[str, str]) -> None:
        nonlocal depth
        if depth == 1:
            found.append(Element(_type_name(name), values, _NONE))
        elif depth > 1:
            _refuse_deep(depth)
            texts.clear()
        depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth < 2:
            if inner:
                found[-1] = found[-1]._replace(inner={**inner})
                inner.clear()
            return
        if depth == 2:
            inner.setdefault(name, []).append("".join(texts))
        texts.clear()

    _parse(data, start, end, texts.append)
    return found


@lru_cache(maxsize=1)
def types_of(data: bytes) -> Types:
    """Return a type system; raises UserError when it is none."""
    refuse_other_xml(data, TYPES_NAME)
    above: dict[str, str] = {}
    features: dict[str, dict[str, str]] = {}
    said: dict[tuple[int, str], str] = {}
    held: dict[str, str] = {}
    for depth, name, _, text in _parsed(data):
        kind = name.rpartition("}")[2]
        said[depth, kind] = text.strip()
        if kind == "featureDescription":
            held[said.get((depth + 1, "name"), "")] = said.get((depth + 1, "rangeTypeName"), "")
        elif kind == "typeDescription":
            own = said.get((depth + 1, "name"), "")
            above[own], features[own] = said.get((depth + 1, "supertypeName"), ""), held
            held, said = {}, {}
    return Types(above, features)


def _parsed(data: bytes) -> list[_Parsed]:
    """Return all elements as they end: how deep, name, attributes, text."""
    found: list[_Parsed] = []
    opened: list[tuple[str, dict[str, str]]] = []
    texts: list[str] = []

    def start(name: str, values: dict[str, str]) -> None:
        _refuse_deep(len(opened))
        opened.append((name, values))
        texts.clear()

    def end(_name: str) -> None:
        found.append((len(opened) - 1, *opened.pop(), "".join(texts)))
        texts.clear()

    _parse(data, start, end, texts.append)
    return found


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Call back for what is in XML.

    Raises UserError for what is no XML, and for what declares a document type: without one, there are no
    entities to expand and nothing to load.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declared
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UserError(f"it is no whole XML: {error}") from error


def _refuse_deep(depth: int) -> None:
    if depth > _DEEPEST:
        raise UserError(f"its elements are nested more than {_DEEPEST} deep, which no UIMA XMI does")


def _refuse_declared(*_: object) -> None:
    raise UserError("it declares a document type or entities, which no UIMA XMI does")


@lru_cache(maxsize=1000)
def _type_name(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    package = space.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return name if package in ("", "uima.noNamespace") else f"{package}.{name}"


@cache
def _dkpro() -> Types:
    """Return the types of DKPro, which INCEpTION builds on: cassis has them as a file."""
    return types_of((files("cassis") / "resources" / "dkpro-core-types.xml").read_bytes())
