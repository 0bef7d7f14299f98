"""Writes an article as UIMA XMI, as dkpro-cassis writes it: its text, words, sentences, layers, facts."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.inception.layers_in import (
    ANYTHING,
    ARTICLE_LAYER,
    DKPRO,
    FRAME_LAYER,
    SENTENCE,
    SLOTS,
    SPAN_LAYER,
    TOKEN,
    short,
)
from annotator.exchange.inception.layers_out import Features, LaidOut, filled, laid_out
from annotator.exchange.inception.xmi_unfit import FACT_NAME, count_unfit, fit, said_unfit
from annotator.model.ids import Id
from annotator.model.proof import Piece
from annotator.model.records import Article, ArticleContent
from annotator.model.scheme import LABEL_KINDS, LabelKind
from annotator.model.text import Utf16Map
from annotator.model.tokens import ends_of

UNFIT = "characters that XML cannot have, written as �"
LINK = f"{FRAME_LAYER}LinksLink"
FACTS = f"{DKPRO}metadata.type.DocumentMetaData"
FACT = f"{DKPRO}metadata.type.MetaDataStringField"
_STRING, _ARRAY = "uima.cas.String", "uima.cas.FSArray"
_FACT_NAMES = ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri")
_ESCAPED = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_MARKS = re.compile('[&<>"\n\t\r]')
WORDS = "type0"
"""How names of words and sentences begin: cassis calls so what would have the same name as the facts."""
_HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
    ' xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"'
    ' xmlns:type0="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"'
)
_CUSTOM_NAME = ' xmlns:custom="http:///webanno/custom.ecore"'
_SOFA = '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text"'
_NULL = ' xmi:version="2.0"><cas:NULL xmi:id="0"/>'


def own_types(features: Features) -> dict[str, tuple[str, dict[str, str]]]:
    """Return the types of exports, those of DKPro that are used and ours: each with its kind and features."""
    ours: dict[LabelKind, dict[str, str]] = {
        kind: dict.fromkeys(features.names(kind), _STRING) for kind in LABEL_KINDS
    }
    facts = dict.fromkeys(_FACT_NAMES, _STRING)
    return {
        TOKEN: (ANYTHING, {}),
        SENTENCE: (ANYTHING, {"id": _STRING}),
        FACTS: ("uima.tcas.DocumentAnnotation", {**facts, "isLastSegment": "uima.cas.Boolean"}),
        FACT: (ANYTHING, {"key": _STRING, "value": _STRING}),
        SPAN_LAYER: (ANYTHING, ours["span"]),
        FRAME_LAYER: (ANYTHING, {**ours["frame"], SLOTS: _ARRAY}),
        LINK: ("uima.cas.TOP", {"role": _STRING, "target": ANYTHING}),
        ARTICLE_LAYER: ("uima.cas.AnnotationBase", ours["article"]),
    }


def type_system(features: Features) -> Any:
    """Return the type system of exports."""
    from cassis import TypeSystem  # noqa: PLC0415 - loaded when the first XMI is written

    made, types = TypeSystem(), own_types(features)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It tells of names that it changes within Python.
        for name, (above, _) in types.items():
            made.create_type(name, above)
        for name, (_, held) in types.items():
            for one, kind in held.items():
                made.create_feature(name, one, kind, elementType=LINK if kind == _ARRAY else None)
    return made


class XmiWriter:
    """Writes articles of one scheme."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self._types = type_system(features)
        kinds: dict[str, LabelKind] = {SPAN_LAYER: "span", FRAME_LAYER: "frame", ARTICLE_LAYER: "article"}
        self._ranks = {
            layer: {name: at for at, name in enumerate(features.names(kind))} for layer, kind in kinds.items()
        }

    def types_xml(self) -> bytes:
        """Return the type system as a file."""
        found: str = self._types.to_xml()
        return found.encode()

    def xmi(self, content: ArticleContent, laid: LaidOut, text: str) -> tuple[bytes, list[Piece]]:
        """Return an article as XMI, and what a proof has of it; it was laid out so, and this is its text."""
        units = Utf16Map(text)
        facts = [*self._facts(content.article, units, text)]
        words, number = _words(text, laid, units, len(facts) + 2)
        ours, links, told = self._layers(content, laid, units, number)
        head = _HEAD + (_CUSTOM_NAME if ours else "")
        before = "".join([head, _NULL, *facts])
        after = "".join([*ours, *links, _SOFA, ' sofaString="'])
        view = b'"/><cas:View sofa="1" members="%b"/></xmi:XMI>' % members_of(number - 2 + len(ours))
        data = b"".join([before.encode(), words, after.encode(), _said(text).encode(), view])
        return data, [("", told)]

    def _facts(self, article: Article, units: Utf16Map, text: str) -> Iterator[str]:
        place = f'sofa="1" begin="0" end="{units.to_16(len(article.text))}"'
        title = f' documentTitle="{_said(fit(article.title))}"' if article.title else ""
        language, name = article.language or "x-unspecified", _said(fit(article.name))
        yield (
            f'<type:DocumentMetaData xmi:id="2" {place} language="{_said(language)}"{title}'
            f' documentId="{name}" isLastSegment="true"/>'
        )
        unfit = "" if text == article.text else said_unfit(article.text, units.to_16)
        meta = {**article.meta, FACT_NAME: unfit} if unfit else article.meta
        for key, (name, value) in enumerate(sorted(meta.items()), 3):
            said = f'key="{_said(fit(name))}" value="{_said(fit(value))}"'
            yield f'<type:MetaDataStringField xmi:id="{key}" {place} {said}/>'

    def _layers(
        self, content: ArticleContent, laid: LaidOut, units: Utf16Map, first: int
    ) -> tuple[list[str], list[str], list[str]]:
        """Return spans, frames and labels of the article, numbered from `first`; the links of frames.

        The third is what all of them tell.
        """
        text = content.article.text
        keys = {one.id: key for key, one in enumerate([*laid.spans, *laid.frames], first)}
        links, slots = self._links(laid, keys, first + len(keys) + len(content.labels))
        found: list[str] = []
        told: list[str] = []
        for key, one in enumerate([*laid.spans, *laid.frames], first):
            place = f'begin="{units.to_16(one.start)}" end="{units.to_16(one.end)}"'
            told += (one.layer, text[one.start : one.end])
            said = self._named(one.layer, one.features, told) + slots.get(one.id, "")
            told += [f"\0{fit(role)}\0{keys[end]}" for role, end in one.slots]
            found.append(f'<custom:{short(one.layer)} xmi:id="{key}" sofa="1" {place}{said}/>')
        for key, label in enumerate(content.labels, first + len(keys)):
            told += (ARTICLE_LAYER, "")
            said = self._named(ARTICLE_LAYER, self._features.of(label, "article", Counter()), told)
            found.append(f'<custom:{short(ARTICLE_LAYER)} xmi:id="{key}" sofa="1"{said}/>')
        return found, links, told

    def _links(self, laid: LaidOut, keys: Mapping[Id, int], first: int) -> tuple[list[str], dict[Id, str]]:
        """Return links, numbered from `first`, and which ones each frame has; in text order, as in cassis."""
        found: list[str] = []
        slots = {}
        for one in sorted(laid.frames, key=lambda one: (one.start, one.end, keys[one.id])):
            own = range(first + len(found), first + len(found) + len(one.slots))
            slots[one.id] = f' {SLOTS}="{" ".join(map(str, own))}"'
            for key, (role, end) in zip(own, one.slots, strict=True):
                said = f'role="{_said(fit(role))}" target="{keys[end]}"'
                found.append(f'<custom:{short(LINK)} xmi:id="{key}" {said}/>')
        return found, slots

    def _named(self, layer: str, features: Mapping[str, str], told: list[str]) -> str:
        """Return features as attributes in the order of their layer, and add them to what is told."""
        order = sorted(features, key=self._ranks[layer].__getitem__) if len(features) > 1 else features
        named = [(name, fit(features[name])) for name in order]
        told += map("=".join, named)
        return "".join([f' {name}="{_said(value)}"' for name, value in named])


def members_of(count: int) -> bytes:
    """Return what the index of a text has: as many numbers as there are annotations."""
    return orjson.dumps([*range(2, 2 + count)])[1:-1].replace(b",", b" ")


def _said(value: str) -> str:
    return escape(value, _ESCAPED) if not value.isalnum() and _MARKS.search(value) else value


def fitted(content: ArticleContent, features: Features) -> tuple[LaidOut, str]:
    """Return an article in layers, and its text without what XML cannot have, all counted."""
    laid = laid_out(content, features)
    text = fit(content.article.text)
    facts = [*content.article.meta.items(), (content.article.title, content.article.name)]
    own = [features.of(one, "article", laid.left_out) for one in content.labels]
    said = [
        value
        for one in [*(each.features for each in (*laid.spans, *laid.frames)), *own]
        for value in one.values()
    ]
    values = [content.article.text, *said, *(one for pair in facts for one in pair)]
    laid.left_out[UNFIT] += sum(map(count_unfit, values))
    laid.left_out = +laid.left_out
    return laid, text


def _words(text: str, laid: LaidOut, units: Utf16Map, first: int) -> tuple[bytes, int]:
    """Return sentences and words, numbered from `first`, and the number after them."""
    words, starts = flats.words_of(text, laid.spans)
    ends = ends_of(words, starts)
    bounds = [one for one in flats.token_sentences(text, starts, ()) if one[0] < one[1]]
    sentences = ([starts[at] for at, _ in bounds], [ends[after - 1] for _, after in bounds])
    number = first + len(bounds)
    made = _elements("Sentence", first, sentences, units) + _elements("Token", number, (starts, ends), units)
    return made, number + len(words)


def _elements(name: str, first: int, places: tuple[Sequence[int], Sequence[int]], units: Utf16Map) -> bytes:
    """Return elements with their numbers and places."""
    starts, ends = map(units.all_to_16, places)
    element = f'<{WORDS}:{name} xmi:id="%d" sofa="1" begin="%d" end="%d"/>'
    return filled(element.encode(), (range(first, first + len(starts)), starts, ends))
