"""Which layer "nothing here" is recorded for."""

from __future__ import annotations

import pytest

from annotator.model.emptiness import layer_left
from annotator.model.ids import new_id
from annotator.model.records import (
    Article,
    ArticleContent,
    Fragment,
    Frame,
    Layer,
    NothingHere,
    RoleEnd,
    Span,
)
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme

TEXT = "It floats, Tomas Brandt said.\n\nNobody else spoke."
FIRST, SECOND = Fragment(0, 29), Fragment(31, len(TEXT))
ME, HER, ARTICLE = new_id(), new_id(), new_id()
SCHEME = read_scheme(resource("schemes/default.toml"))
NAME = Span(new_id(), ARTICLE, "PERSON", (Fragment(11, 23),), ME, 0)
CLAIM = Span(new_id(), ARTICLE, "CLAIM", (Fragment(0, 9),), ME, 0)
SAID = Frame(new_id(), ARTICLE, "ATTRIBUTION", (RoleEnd("claim", "span", CLAIM.id),), ME, 0)
DENIED = Frame(new_id(), ARTICLE, "STANCE", (RoleEnd("target", "span", CLAIM.id),), ME, 0)


def content(*records: Span | Frame | NothingHere) -> ArticleContent:
    return ArticleContent(
        article=Article(ARTICLE, "a.txt", "", TEXT, ""),
        spans=tuple(one for one in records if isinstance(one, Span)),
        frames=tuple(one for one in records if isinstance(one, Frame)),
        nothing_here=tuple(one for one in records if isinstance(one, NothingHere)),
    )


def recorded(layer: Layer, stretch: Fragment | None = FIRST) -> NothingHere:
    return NothingHere(new_id(), ARTICLE, layer, ME, 0, stretch)


@pytest.mark.parametrize(
    ("records", "layer"),
    [
        ((), "all"),
        ((NAME,), "attributions"),
        ((CLAIM,), "entities"),
        ((CLAIM, SAID), "entities"),
        ((CLAIM, SAID, NAME), "stances"),
        ((CLAIM, SAID, DENIED), "entities"),
        ((CLAIM, SAID, DENIED, NAME), None),
        ((recorded("all"),), None),
        ((NAME, recorded("attributions")), "stances"),
        ((NAME, recorded("attributions"), recorded("stances")), None),
    ],
)
def test_the_next_empty_layer(records: tuple[Span | Frame | NothingHere, ...], layer: Layer | None) -> None:
    assert layer_left(content(*records), SCHEME, ME, FIRST) == layer


def test_only_own_work_in_this_place_counts() -> None:
    assert layer_left(content(NAME, recorded("all")), SCHEME, ME, SECOND) == "all"
    assert layer_left(content(NAME, recorded("all")), SCHEME, HER, FIRST) == "all"
    assert layer_left(content(NAME), SCHEME, ME, None) == "attributions"
    assert layer_left(content(recorded("all")), SCHEME, ME, None) == "all"


@pytest.mark.parametrize(
    ("preset", "records", "layer"),
    [
        ("entities", (NAME,), None),
        ("entities", (), "all"),
        ("quotations", (CLAIM,), None),
        ("quotations", (recorded("entities"),), "attributions"),
    ],
)
def test_a_scheme_has_its_own_layers(
    preset: str, records: tuple[Span | NothingHere, ...], layer: Layer | None
) -> None:
    scheme: Scheme = read_scheme(resource(f"schemes/{preset}.toml"))
    assert layer_left(content(*records), scheme, ME, FIRST) == layer
