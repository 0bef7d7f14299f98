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
from annotator.exchange.layers_in import (
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
from annotator.exchange.layers_out import Features, LaidOut, laid_out
from annotator.exchange.xmi_unfit import FACT_NAME, count_unfit, fit, said_unfit
from annotator.model.ids import Id
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
Said = tuple[str, Mapping[str, str], Sequence[str]]
"""The layer of an annotation, its features, and the roles of what it links to."""


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

    def xmi(self, content: ArticleContent, laid: LaidOut, text: str) -> tuple[bytes, bytes]:
        """Return an article as XMI, and what of it are words; it was laid out so, and this is its text."""
        units = Utf16Map(text)
        facts = [*self._facts(content.article, units)]
        words, number = _words(text, laid, units, len(facts) + 2)
        ours, links = self._layers(content, laid, units, number)
        members = orjson.dumps([*range(2, number + len(ours))])[1:-1].replace(b",", b" ")
        head = _HEAD + (_CUSTOM_NAME if ours else "")
        before = "".join([head, _NULL, *facts])
        after = "".join([*ours, *links, _SOFA, ' sofaString="'])
        view = b'"/><cas:View sofa="1" members="%b"/></xmi:XMI>' % members
        return b"".join([before.encode(), words, after.encode(), _said(text).encode(), view]), words

    def said(self, content: ArticleContent, laid: LaidOut) -> Iterator[Said]:
        """Yield what is said of the article: features of spans, frames and labels, and roles of frames."""
        for one in [*laid.spans, *laid.frames]:
            yield one.layer, _fitting(one.features), [fit(role) for role, _ in one.slots]
        for label in content.labels:
            yield ARTICLE_LAYER, _fitting(self._features.of(label, "article", Counter())), []

    def _facts(self, article: Article, units: Utf16Map) -> Iterator[str]:
        place = f'sofa="1" begin="0" end="{units.to_16(len(article.text))}"'
        title = f' documentTitle="{_said(fit(article.title))}"' if article.title else ""
        language, name = article.language or "x-unspecified", _said(fit(article.name))
        yield (
            f'<type:DocumentMetaData xmi:id="2" {place} language="{_said(language)}"{title}'
            f' documentId="{name}" isLastSegment="true"/>'
        )
        unfit = said_unfit(article.text, units.to_16)
        meta = {**article.meta, FACT_NAME: unfit} if unfit else article.meta
        for key, (name, value) in enumerate(sorted(meta.items()), 3):
            said = f'key="{_said(fit(name))}" value="{_said(fit(value))}"'
            yield f'<type:MetaDataStringField xmi:id="{key}" {place} {said}/>'

    def _layers(
        self, content: ArticleContent, laid: LaidOut, units: Utf16Map, first: int
    ) -> tuple[list[str], list[str]]:
        """Return spans, frames and labels of the article, numbered from `first`; and the links of frames."""
        keys = {one.id: key for key, one in enumerate([*laid.spans, *laid.frames], first)}
        links, slots = self._links(laid, keys, first + len(keys) + len(content.labels))
        found = []
        for one in [*laid.spans, *laid.frames]:
            place = f'begin="{units.to_16(one.start)}" end="{units.to_16(one.end)}"'
            said = self._named(one.layer, one.features) + slots.get(one.id, "")
            found.append(f'<custom:{short(one.layer)} xmi:id="{keys[one.id]}" sofa="1" {place}{said}/>')
        for key, label in enumerate(content.labels, first + len(keys)):
            said = self._named(ARTICLE_LAYER, self._features.of(label, "article", Counter()))
            found.append(f'<custom:{short(ARTICLE_LAYER)} xmi:id="{key}" sofa="1"{said}/>')
        return found, links

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

    def _named(self, layer: str, features: Mapping[str, str]) -> str:
        order = sorted(features, key=self._ranks[layer].__getitem__) if len(features) > 1 else features
        return "".join([f' {name}="{_said(fit(features[name]))}"' for name in order])


def _fitting(features: Mapping[str, str]) -> dict[str, str]:
    return {name: fit(value) for name, value in features.items()}


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
    made = _elements(b"Sentence", first, sentences, units) + _elements(
        b"Token", number, (starts, ends), units
    )
    return made, number + len(words)


def _elements(name: bytes, first: int, places: tuple[Sequence[int], Sequence[int]], units: Utf16Map) -> bytes:
    """Return elements with their numbers and places: written as JSON, in which each comma has its meaning."""
    starts, ends = map(units.all_to_16, places)
    if not starts:
        return b""
    begins = zip(range(first, first + len(starts)), starts, strict=True)
    made = orjson.dumps([*zip(begins, ends, strict=True)])[3:-2]  # 1,0],3],[[2,4],8
    opening = b'<%b:%b xmi:id="' % (WORDS.encode(), name)
    made = made.replace(b"],[[", b'"/>' + opening).replace(b"],", b'" end="')
    return opening + made.replace(b",", b'" sofa="1" begin="') + b'"/>'
