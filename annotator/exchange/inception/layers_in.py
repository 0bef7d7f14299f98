"""Makes marks of annotations in layers, as INCEpTION and other programs of UIMA have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from annotator.model.formats import ImportOptions, Note, Option
from annotator.model.marks import ArticleMark, EndMark, FrameMark, Marks, SpanMark, Unit
from annotator.model.proof import Piece, Proof, not_whole
from annotator.model.scheme import Label

SPAN_LAYER = "webanno.custom.Span"
FRAME_LAYER = "webanno.custom.Frame"
ARTICLE_LAYER = "webanno.custom.ArticleLabel"
LABEL, NOTE, SLOTS = "label", "note", "links"
ACTOR = "_actor"
"""How the feature of a frame ends that names who fills a role."""
DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
TOKEN, SENTENCE = f"{DKPRO}segmentation.type.Token", f"{DKPRO}segmentation.type.Sentence"
DEPENDENCY = f"{DKPRO}syntax.type.dependency.Dependency"
ANYTHING = "uima.tcas.Annotation"
ANY_OF = frozenset({ANYTHING, "uima.cas.AnnotationBase", "uima.cas.TOP"})
"""What stands for annotations of every layer."""
_LABELS = (LABEL, "value")
_STRUCTURE = frozenset(
    {TOKEN, SENTENCE, *(f"{DKPRO}segmentation.type.{one}" for one in ("Paragraph", "Div", "Heading"))}
)
_NOT_SAID = (
    f"{DKPRO}metadata.",
    "de.tudarmstadt.ukp.clarin.webanno.",
    "de.tudarmstadt.ukp.inception.",
    "org.dkpro.core.api.",
    "uima.",
)
"""What begins the names of types that the programs keep for themselves."""
_PARTS = re.compile(r"(?!webanno\.custom\.).+\.(?:\w*Token|Sentence|Paragraph|Segment|Lemma)")
"""Types of other programs for words and sentences, as cTAKES and JCoRe have them, that nobody labelled."""
_DECIDES = "CURATION_USER"
"""What INCEpTION and WebAnno call the annotator of what was decided between the others."""
WORDS = Option(
    "words", "Relations of words", ("leave_out", "spans"), ("left out", "with a span for each word")
)
_LEFT_OUT = "relations between words, as of syntax, were left out: {:,} (option words=spans takes them)"
_KEPT = 1024
"""Layers of which it is kept what they are."""
_TRIGGER, _TRIGGER_LABEL, _CUE = "trigger", "TRIGGER", "cue"


@dataclass(slots=True, eq=False)
class Found:
    """One annotation of a file: its layer (a type's whole name), its place, what is said of it."""

    key: str
    layer: str
    start: int
    end: int
    features: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, Found]] = field(default_factory=list)
    """What it points to, each under its role."""
    line: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between two annotations."""

    key: str
    layer: str
    features: Mapping[str, str]
    source: Found
    target: Found
    line: int | None = None


@dataclass(slots=True)
class Layers:
    """All that a file says of one text."""

    found: list[Found] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    chains: list[tuple[str, Sequence[Found]]] = field(default_factory=list)
    """Each with its number, and its elements in order."""
    of_article: list[Found] = field(default_factory=list)


@dataclass(slots=True)
class Lines:
    """What the lines of a file say, and what is wrong with those that cannot be read."""

    text: str = ""
    layers: Layers = field(default_factory=Layers)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, layer and what is wrong."""
    is_even: bool = False
    """Whether all words of the text are known to stand in rows."""

    def add_fault(self, line: int, layer: str, reason: str) -> None:
        """Keep what is wrong with a line, or with what it says of a layer."""
        self.faults.append((line, short(layer), reason))


@lru_cache(_KEPT)
def short(layer: str) -> str:
    """Return a layer's name without what stands before it."""
    return layer.rpartition(".")[2]


@lru_cache(_KEPT)
def is_said(layer: str) -> bool:
    """Tell whether annotations of a layer say something of the text, and are not how it is kept."""
    is_kept = layer in _STRUCTURE or layer.startswith(_NOT_SAID) or is_part(layer)
    return layer == ANYTHING or not is_kept


def is_part(layer: str) -> bool:
    """Tell whether a layer has the words or sentences of a program that is none of DKPro's."""
    return not layer.startswith(DKPRO) and _PARTS.fullmatch(layer) is not None


def leave_out_words(layers: Layers, options: ImportOptions, place: str) -> Iterator[Note]:
    """Take out relations of words, as syntax has them, unless they are asked for, and yield how many."""
    if options.chosen.get(WORDS.name) == "spans":
        return
    kept = [one for one in layers.relations if not {one.source.layer, one.target.layer} <= _STRUCTURE]
    count = len(layers.relations) - len(kept)
    layers.relations = kept
    if count:
        yield Note(place, _LEFT_OUT.format(count))


def marks_of(layers: Layers, options: ImportOptions, by: str = "", unit: Unit = "utf16") -> Marks:
    """Return what a file says, in the words of marks, made by an annotator of that name."""
    reading = _Reading(layers, options)
    frames = [*reading.hosts(), *reading.relations(), *reading.chains()]
    spans, labels = reading.spans(), [_of_article(one) for one in layers.of_article]
    if by:
        spans = [one._replace(by=by) for one in spans]
        frames = [one._replace(by=by) for one in frames]
        labels = [one._replace(by=by) for one in labels]
    decides = frozenset({by} & {_DECIDES})
    return Marks(spans, frames, labels, unit=unit, adjudicators=decides, is_unbroken=True)


def _named(layer: str, features: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the label of an annotation, and its other features: its value is a label where it has one.

    What the linguistic layers of DKPro hold (lemmas, tags) are no labels but for names.
    """
    rest = dict(features)
    if not layer.startswith(DKPRO) or layer.startswith(f"{DKPRO}ner."):
        for name in _LABELS:
            if rest.get(name):
                return rest.pop(name), rest
    return short(layer), rest


def _of_article(one: Found) -> ArticleMark:
    label, rest = _named(one.layer, one.features)
    return ArticleMark(label, note=rest.pop(NOTE, ""), attributes=rest, line=one.line)


class _Reading:
    """The layers of one text."""

    def __init__(self, layers: Layers, options: ImportOptions) -> None:
        self._layers = layers
        self._chosen = options.labels
        frames = options.scheme.of("frame") if options.scheme else ()
        self._cue = (options.scheme.named("CUE") if options.scheme else "") or "CUE"
        self._frames = {one.name.casefold(): one for one in frames}
        self._frames |= {one.means.casefold(): one for one in frames if one.means}
        self._triggers: dict[str, str] = {}
        """Labels of annotations that do nothing but show a frame, by key."""
        self._pointed = {id(end) for one in layers.found for _, end in one.links}
        for each in layers.relations:
            self._pointed |= {id(each.source), id(each.target)}
        self._in_chains = {id(one) for _, elements in layers.chains for one in elements}

    # --- spans -----------------------------------------------------------------------------------

    def spans(self) -> list[SpanMark]:
        """Return the marks of all annotations that are words; those that are frames were taken before."""
        return [self._span(one) for one in self._layers.found if self._is_span(one)]

    def _is_span(self, one: Found) -> bool:
        if id(one) in self._in_chains or one.key in self._triggers:
            return True
        if one.layer == FRAME_LAYER or (one.links and self._frame_label(one) is not None):
            return False
        return is_said(one.layer) or id(one) in self._pointed

    def _span(self, one: Found) -> SpanMark:
        label, rest = _named(one.layer, one.features)
        if id(one) in self._in_chains:
            rest.pop("referenceRelation", None)
            label = rest.pop("referenceType", label)
        key, place = one.key, ((one.start, one.end),)
        if one.key in self._triggers:
            return SpanMark(_shows(one), self._triggers[key], place, one.quote, line=one.line)
        note = rest.pop(NOTE, "") if one.layer == SPAN_LAYER else ""
        return SpanMark(key, label, place, one.quote, rest, note, line=one.line)

    # --- frames ----------------------------------------------------------------------------------

    def hosts(self) -> Iterator[FrameMark]:
        """Yield frames of annotations with slots, or a link for each slot where the scheme has no such."""
        for one in self._layers.found:
            if not (one.links or one.layer == FRAME_LAYER):
                continue
            label = self._frame_label(one)
            if one.layer == FRAME_LAYER or label is not None:
                yield self._frame(one, label)
            else:
                yield from _links(one)

    def _frame(self, one: Found, known: Label | None) -> FrameMark:
        label, rest = _named(one.layer, one.features)
        note = rest.pop(NOTE, "") if one.layer == FRAME_LAYER else ""
        ends = [EndMark(role, end.key) for role, end in one.links]
        if one.layer == FRAME_LAYER:
            for name in [name for name in rest if name.endswith(ACTOR)]:
                role = name.removesuffix(ACTOR)
                ends += [EndMark(role, each, "actor") for each in rest.pop(name).split("\n") if each]
        elif all((end.start, end.end) != (one.start, one.end) for _, end in one.links):
            # The words that show it are none of its ends: they become one.
            takes_cue = known is not None and known.role(_CUE) is not None
            is_cue = takes_cue and all(end.role.casefold() != _CUE for end in ends)
            self._triggers[one.key] = self._cue if is_cue else _TRIGGER_LABEL
            ends.append(EndMark(_CUE if is_cue else _TRIGGER, _shows(one)))
        return FrameMark(one.key, label, tuple(ends), rest, note, line=one.line)

    def _frame_label(self, one: Found) -> Label | None:
        """Return the frame of the scheme that an annotation with slots is, if some of its roles are there."""
        if not one.links:
            return None
        name, _ = _named(one.layer, one.features)
        chosen = self._chosen.get(f"frame:{name}", self._chosen.get(name))
        label = self._frames.get((chosen or name).casefold())
        if label is None or chosen:
            return label
        known = {role.name.casefold() for role in label.roles}
        roles = {self._chosen.get(f"{name}.{role}", role).casefold() for role, _ in one.links}
        return label if known & roles else None

    # --- links -----------------------------------------------------------------------------------

    def relations(self) -> Iterator[FrameMark]:
        """Yield links of two spans."""
        for one in self._layers.relations:
            label, rest = _named(one.layer, one.features)
            link = _link(one.key, label, (one.source, one.target), one.line)
            yield link._replace(attributes=rest)

    def chains(self) -> Iterator[FrameMark]:
        """Yield a link from each element of a chain to the next one."""
        for number, elements in self._layers.chains:
            for at, (one, other) in enumerate(pairwise(elements), 1):
                named = f"{short(one.layer).removesuffix('Link')}Chain"
                label = one.features.get("referenceRelation") or named
                yield _link(f"{named} {number}-{at}", label, (one, other), one.line)


def _links(one: Found) -> Iterator[FrameMark]:
    for at, (role, end) in enumerate(one.links, 1):
        yield _link(f"{one.key} {role} {at}", role, (one, end), one.line)


def _link(key: str, label: str, pair: tuple[Found, Found], line: int | None) -> FrameMark:
    ends = (EndMark("from", pair[0].key), EndMark("to", pair[1].key))
    return FrameMark(key, label, ends, line=line, is_ordered=True)


def _shows(one: Found) -> str:
    """Return what the words that show a frame are called."""
    return f"{one.key} (words)"


def compare(
    path: Path, suffix: str, proof: Proof, read: Callable[[bytes], tuple[str, Iterable[Piece]] | None]
) -> Iterator[int]:
    """Re-read the files of an export of ours, yielding how many agree; raises UserError on another one.

    `read` returns the text of a file and what its spans cover; None where it does not hold together.
    """
    for count, stem in enumerate(proof.keys(), 1):
        found = read((path / f"{stem}{suffix}").read_bytes())
        if found is None:
            raise not_whole(stem)
        proof.check(stem, *found)
        yield count
    proof.check_count(len(list(path.glob(f"*{suffix}"))))


def numbered(found: Iterable[Found]) -> None:
    """Give every annotation a key of its own where several have the same."""
    seen: dict[str, int] = {}
    for one in found:
        count = seen[one.key] = seen.get(one.key, 0) + 1
        if count > 1:
            one.key = f"{one.key} ({count})"
