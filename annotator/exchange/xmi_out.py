"""Writes an article as UIMA XMI, through dkpro-cassis: its text, words, sentences, layers and facts."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

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
)
from annotator.exchange.layers_out import Features, Laid, LaidOut, laid_out
from annotator.model.ids import Id
from annotator.model.records import Article, ArticleContent

UNFIT = "characters that XML cannot have, written as �"
LINK = f"{FRAME_LAYER}LinksLink"
FACTS = f"{DKPRO}metadata.type.DocumentMetaData"
FACT = f"{DKPRO}metadata.type.MetaDataStringField"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STRING, _ARRAY = "uima.cas.String", "uima.cas.FSArray"
_FACT_NAMES = ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri")
_RENAMED = {"type": "type_", "self": "self_"}
"""What cassis calls features that have the names of something of Python."""


def type_system(features: Features) -> Any:
    """Return the type system of exports: the types of DKPro that are used, and our layers."""
    from cassis import TypeSystem  # noqa: PLC0415 - loaded when the first XMI is written

    made = TypeSystem()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It tells of names that it changes within Python.
        _declare(made, TOKEN, ANYTHING)
        _declare(made, SENTENCE, ANYTHING, "id")
        _declare(made, FACTS, "uima.tcas.DocumentAnnotation", *_FACT_NAMES)
        made.create_feature(FACTS, "isLastSegment", "uima.cas.Boolean")
        _declare(made, FACT, ANYTHING, "key", "value")
        _declare(made, SPAN_LAYER, ANYTHING, *features.names("span"))
        _declare(made, FRAME_LAYER, ANYTHING, *features.names("frame"))
        _declare(made, LINK, "uima.cas.TOP", "role")
        made.create_feature(LINK, "target", ANYTHING)
        made.create_feature(FRAME_LAYER, SLOTS, _ARRAY, elementType=LINK)
        _declare(made, ARTICLE_LAYER, "uima.cas.AnnotationBase", *features.names("article"))
    return made


def _declare(made: Any, name: str, above: str, *features: str) -> None:
    made.create_type(name, above)
    for one in features:
        made.create_feature(name, one, _STRING)


class XmiWriter:
    """Writes articles of one scheme."""

    def __init__(self, features: Features) -> None:
        self._features = features
        self.types = type_system(features)
        self._layers = {one.name: one for one in self.types.get_types()}

    def types_xml(self) -> bytes:
        """Return the type system as a file."""
        found: str = self.types.to_xml()
        return found.encode()

    def xmi(self, content: ArticleContent) -> tuple[bytes, LaidOut, str]:
        """Return an article as XMI, how it was laid out, and its text as it reads again."""
        from cassis import Cas  # noqa: PLC0415

        laid, text = fitted(content, self._features)
        cas = Cas(self.types, sofa_string=text, sofa_mime="text")
        make = partial(self._make, cas)
        make(FACTS, **_facts(content.article, len(text)))
        for name, value in sorted(content.article.meta.items()):
            make(FACT, begin=0, end=len(text), key=_fit(name), value=_fit(value))
        tokens = flats.tokens_of(text, laid.spans)
        for start, end in _sentences(text, tokens):
            make(SENTENCE, begin=start, end=end)
        for start, end in tokens:
            make(TOKEN, begin=start, end=end)
        there = {one.id: make(one.layer, begin=one.start, end=one.end, **_named(one)) for one in laid.spans}
        there |= {one.id: make(one.layer, begin=one.start, end=one.end, **_named(one)) for one in laid.frames}
        for one in laid.frames:
            there[one.id][SLOTS] = self._slots(one, there)
        for label in content.labels:
            own = self._features.of(label, "article", Counter())
            make(ARTICLE_LAYER, **{_RENAMED.get(name, name): _fit(value) for name, value in own.items()})
        return cas.to_xmi().encode(), laid, text

    def _make(self, cas: Any, layer: str, **values: Any) -> Any:
        made = self._layers[layer](**values)
        cas.add(made)
        return made

    def _slots(self, one: Laid, there: Mapping[Id, Any]) -> Any:
        link = self._layers[LINK]
        ends = [link(role=_fit(role), target=there[end]) for role, end in one.slots]
        return self.types.get_type(_ARRAY)(elements=ends)


def fitted(content: ArticleContent, features: Features) -> tuple[LaidOut, str]:
    """Return an article in layers, and its text without what XML cannot have, all counted."""
    laid = laid_out(content, features)
    text = _fit(content.article.text)
    facts = [*content.article.meta.items(), (content.article.title, content.article.name)]
    own = [features.of(one, "article", laid.left_out) for one in content.labels]
    said = [
        value
        for one in [*(each.features for each in (*laid.spans, *laid.frames)), *own]
        for value in one.values()
    ]
    values = [content.article.text, *said, *(one for pair in facts for one in pair)]
    laid.left_out[UNFIT] += sum(len(_UNFIT.findall(one)) for one in values if not one.isprintable())
    laid.left_out = +laid.left_out
    return laid, text


def _fit(text: str) -> str:
    return text if text.isprintable() else _UNFIT.sub("\ufffd", text)


def _named(one: Laid) -> dict[str, str]:
    return {_RENAMED.get(name, name): _fit(value) for name, value in one.features.items()}


def _facts(article: Article, length: int) -> dict[str, Any]:
    return {
        "begin": 0,
        "end": length,
        "language": article.language or "x-unspecified",
        "documentTitle": _fit(article.title) or None,
        "documentId": _fit(article.name),
        "isLastSegment": True,
    }


def _sentences(text: str, tokens: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield sentences from their first word to their last one."""
    at = 0
    for _, end in flats.sentences_of(text, ()):
        first = at
        while at < len(tokens) and tokens[at][0] < end:
            at += 1
        if first < at:
            yield tokens[first][0], tokens[at - 1][1]
