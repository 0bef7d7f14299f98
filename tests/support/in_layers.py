"""What is left of an article that goes out in layers and comes in again, as plain facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from made_projects import bring, export, facts, project_in

from annotator.exchange.inception.layers_in import LABEL, SPAN_LAYER, Layers
from annotator.model.formats import Draft
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent, Fragment, Frame, RoleEnd
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import Utf16Map


def reduced(content: ArticleContent, *, blanks: bool) -> dict[str, Any]:
    """One stretch per span, and frames that words show; `blanks`: only words have places."""
    text = content.article.text
    spans = []
    for one in content.spans:
        start, end = one.start, one.end
        if blanks:
            words = text[start:end]
            start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if start < end:
            spans.append(replace(one, fragments=(Fragment(start, end),)))
    own = {one.id for one in content.spans}
    there = {one.id for one in (*spans, *content.actors)}
    shown = [one for one in content.frames if _shown_by(one, own) in there]
    there |= {one.id for one in shown}
    # Two that become the same stretch come in as one, but for notes.
    first: dict[Any, bytes] = {}
    same = {
        one.id: one.id
        if one.note
        else first.setdefault((one.label, one.fragments, str(sorted(one.attributes.items()))), one.id)
        for one in spans
    }
    frames = [replace(one, roles=_ends(one, there, same)) for one in shown]
    lead = len(text) - len(text.lstrip())
    article = replace(content.article, text=" " * lead + text[lead:] if blanks else text)
    labels = () if blanks else content.labels
    return once(facts(replace(content, article=article, spans=spans, frames=frames, labels=labels)))


def once(found: dict[str, Any]) -> dict[str, Any]:
    """The facts with every span once."""
    return {**found, "spans": Counter(dict.fromkeys(found["spans"], 1))}


def _shown_by(frame: Frame, words: set[bytes]) -> bytes | None:
    ends = [one for one in frame.roles if one.end in words]
    return next((one.end for one in ends if one.role == "cue"), ends[0].end if ends else None)


def _ends(frame: Frame, there: set[bytes], same: dict[bytes, bytes]) -> tuple[RoleEnd, ...]:
    ends = [one._replace(end=same.get(one.end, one.end)) for one in frame.roles if one.end in there]
    return tuple(dict.fromkeys(ends))


def spans(draft: Draft) -> list[tuple[str, int, int]]:
    """The spans that an importer found, by the places of their first pieces."""
    assert draft.marks is not None
    return [(one.label, *one.fragments[0]) for one in draft.marks.spans]


def links(draft: Draft) -> list[tuple[Any, ...]]:
    """The links that an importer found: what they are called, and what they join."""
    assert draft.marks is not None
    return [(one.label, *((end.role, end.key) for end in one.ends)) for one in draft.marks.frames]


def written_folder(
    folder: Path, text: str, spans: Iterable[tuple[str, str, Mapping[str, str]]], name: str
) -> Path:
    """Where a text is exported to: words with labels and attributes, and an attribution of three of them."""
    (folder / "a.txt").write_text(text, "utf-8")
    with project_in(folder, "p", read_scheme(resource("schemes/default.toml"))) as project:
        bring(project, folder / "a.txt")
        own = project.article_ids()[0]
        for label, words, more in spans:
            at = text.index(words)
            project.add_span(own, label, (Fragment(at, at + len(words)),), attributes=more)
        ids = {one.label: one.id for content in project.contents() for one in content.spans}
        roles = tuple(RoleEnd(one.lower(), "span", ids[one]) for one in ("SOURCE", "CUE", "CLAIM"))
        project.add_frame(own, "ATTRIBUTION", roles)
        export(project, folder / "out", name)
    return folder / "out"


def covered(layers: Layers, text: str) -> list[Piece]:
    """What the spans of an export of ours cover, as its importer reads them."""
    at = Utf16Map(text).from_16
    return [
        (one.features[LABEL], [text[at(one.start) : at(one.end)]])
        for one in layers.found
        if one.layer == SPAN_LAYER
    ]
