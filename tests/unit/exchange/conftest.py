"""An article with everything a record can hold, and ways to write and read it without a project."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from annotator.exchange.jsonl.annotator_jsonl import FORMAT
from annotator.model.formats import ExportSource, ImportOptions, Packed
from annotator.model.ids import Id
from annotator.model.records import (
    Actor,
    Annotator,
    Article,
    ArticleContent,
    ArticleLabel,
    ArticleReading,
    Block,
    ClaimCard,
    Fragment,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.resources import resource
from annotator.model.scheme import Label, Scheme, read_scheme
from annotator.model.text import sha256_of

TEXT = "Mayor Léa Ortiz 😀 said the bridge “is safe”, and\u2028she will cross it.\nWe doubt it."


def fixed(number: int) -> Id:
    return Id(bytes.fromhex("019b8d0e51007000800000") + number.to_bytes(5, "big"))


def at(words: str, text: str = TEXT) -> Fragment:
    start = text.index(words)
    return Fragment(start, start + len(words))


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    found = read_scheme(resource("schemes/default.toml"))
    return Scheme(found.name, found.title, (*found.labels, Label("TOPIC", "article")))


@pytest.fixture
def annotators() -> dict[Id, Annotator]:
    people = (Annotator(fixed(1), "Anna"), Annotator(fixed(2), "learner", "program"))
    return {one.id: one for one in people}


@pytest.fixture
def content() -> ArticleContent:
    own, anna, machine = fixed(10), fixed(1), fixed(2)
    first = 1_767_600_000_000_001
    claim = Span(
        fixed(22),
        own,
        "CLAIM",
        (at("the bridge “is safe”"), at("she will cross it")),
        anna,
        first,
        {"type": "fact", "certainty": "certain"},
        claim_card=fixed(51),
        note="twice\nsaid",
    )
    source = Span(fixed(21), own, "SOURCE", (at("Mayor Léa Ortiz"),), anna, first + 1, {}, fixed(50))
    cue = Span(fixed(20), own, "CUE", (at("said"),), machine, first + 2, origin="suggestion")
    frame = Frame(
        fixed(30),
        own,
        "ATTRIBUTION",
        (
            RoleEnd("claim", "span", claim.id),
            RoleEnd("source", "span", source.id),
            RoleEnd("cue", "span", cue.id),
            RoleEnd("addressee", "span", fixed(900)),
        ),
        anna,
        first + 3,
        {"anonymity": "named"},
    )
    stance = Frame(
        fixed(31),
        own,
        "STANCE",
        (RoleEnd("holder", "actor", fixed(50)), RoleEnd("target", "claim_card", fixed(51))),
        anna,
        first + 4,
        {"value": "support"},
        "sure",
    )
    proposed = SuggestedSpan(
        fixed(60), own, "PERSON", (at("Léa Ortiz"),), 0.75, "entities", "a title before it", first
    )
    decided = SuggestedSpan(
        fixed(61), own, "PERSON", (at("Mayor"),), 0.5, "entities", "", first, {}, "accepted"
    )
    proposed_frame = SuggestedFrame(
        fixed(62), own, "ATTRIBUTION", (RoleEnd("source", "span", source.id),), 1.0, "quotes", "said", first
    )
    return ArticleContent(
        article=Article(
            own,
            "bridge.txt",
            "A bridge",
            TEXT,
            sha256_of(TEXT),
            "en",
            {"outlet": "Own", "byline": "B"},
            ("n",),
            first,
        ),
        blocks=(
            Block(fixed(12), own, TEXT.index("We"), len(TEXT), "body"),
            Block(fixed(11), own, 0, 20, "body"),
        ),
        spans=(claim, source, cue),
        frames=(stance, frame),
        labels=(ArticleLabel(fixed(40), own, "TOPIC", anna, first, {}, "n", "import"),),
        nothing_here=(
            NothingHere(fixed(41), own, "stances", anna, first, at("We doubt it.")),
            NothingHere(fixed(42), own, "all", anna, first),
        ),
        readings=(ArticleReading(fixed(43), own, anna, "done", first),),
        suggested_spans=(proposed, decided),
        suggested_frames=(proposed_frame,),
        actors=(Actor(fixed(50), "Léa Ortiz", "person", ("the mayor",), "Port Ver", "mayor", "", None),),
        claim_cards=(ClaimCard(fixed(51), "The bridge is safe."),),
    )


@pytest.fixture(scope="session")
def exchange(scheme):
    """Write contents to bytes, and read a file into items."""

    def write(contents, annotators, *, with_suggestions=True, **chosen) -> bytes:
        file = io.BytesIO()
        source = ExportSource(scheme, annotators, contents, with_suggestions, chosen)
        target = SimpleNamespace(open=lambda: file)
        assert list(FORMAT.exporter.write(source, target)) == list(range(1, len(contents) + 1))
        return file.getvalue()

    def read(path: Path, given: Scheme | None = scheme):
        return list(FORMAT.importer.read(path, ImportOptions(scheme=given)))

    def unpacked(item: Packed) -> ArticleContent:
        return item.unpack(item.data, [one.id for one in item.annotators]).content

    return SimpleNamespace(write=write, read=read, unpacked=unpacked, scheme=scheme)
