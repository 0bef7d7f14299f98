"""Everything that is read can be read: WCAG AA over every theme, every label colour and every ground."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.model.resources import resource
from annotator.model.scheme import Label, Scheme, read_scheme
from annotator.ui import style
from annotator.ui.article_view.inks import Ground, Inks, ground
from annotator.ui.article_view.theme import (
    BLOCK_LOOKS,
    DARK,
    LIGHT,
    READABLE,
    ViewTheme,
    contrast,
    over,
    with_labels,
)

GROUNDS: tuple[Ground, ...] = ("tint", "deep", "strong", "pale")
SCHEMES = sorted(path.stem for path in resource("schemes").glob("*.toml"))
THEMES = sorted(path.stem for path in resource("themes").glob("*.toml"))
CHOSEN = {"CLAIM": "#ffee00", "SOURCE": "#000000", "CUE": "#ffffff", "PERSON": "#808080"}
"""Colours that a person may come to choose: too light, too dark, no colour at all."""


def scheme(name: str) -> Scheme:
    found = read_scheme(resource(f"schemes/{name}.toml"))
    odd = tuple(Label(f"ODD_{number}", "span", colour=one) for number, one in enumerate(CHOSEN.values()))
    return Scheme(found.name, found.title, (*found.labels, *odd))


@pytest.fixture(params=[*THEMES, "chosen colours"])
def chosen(request: pytest.FixtureRequest) -> style.Theme:
    name = request.param
    return style.theme("light", CHOSEN) if name == "chosen colours" else style.theme(name)


def faults(theme: ViewTheme, pairs: dict[str, tuple[str, str]], least: float = READABLE) -> dict[str, float]:
    found = {name: contrast(ink, over(under, theme.paper)) for name, (ink, under) in pairs.items()}
    return {name: round(one, 2) for name, one in found.items() if one < least}


def test_there_are_light_dark_and_high_contrast() -> None:
    assert {"light", "dark", "contrast"} <= set(THEMES)
    assert Path(resource("themes")).name == "themes"


def test_plain_text_can_be_read(chosen: style.Theme) -> None:
    theme = style.view_theme(chosen, None)
    inks = {name: getattr(theme, name) for name in ("ink", "soft", "muted", "accent", "marker")}
    assert faults(theme, {name: (ink, theme.paper) for name, ink in inks.items()}) == {}
    kinds = {look.ink for look in BLOCK_LOOKS.values()}
    marked = {f"{kind} {over_}": (inks[kind], getattr(theme, over_)) for kind in kinds for over_ in ("find",)}
    assert faults(theme, {name: pair for name, pair in marked.items() if "muted" not in name}) == {}


@pytest.mark.parametrize("name", SCHEMES)
def test_words_can_be_read_on_every_ground(chosen: style.Theme, name: str) -> None:
    theme = style.view_theme(chosen, scheme(name))
    pairs = {}
    for label in theme.labels:
        for kind in GROUNDS:
            under = ground(theme, label, kind)
            pairs[f"{label} {kind}"] = (theme.ink, under)
            pairs[f"{label} {kind} selected"] = (theme.ink, over(theme.selection, under))
            for entity in theme.labels:
                veiled = over(ground(theme, entity, "veil"), under)
                pairs[f"{entity} in {label} {kind}"] = (theme.ink, veiled)
    assert faults(theme, pairs) == {}


@pytest.mark.parametrize("name", SCHEMES)
def test_tags_can_be_read(chosen: style.Theme, name: str) -> None:
    theme = style.view_theme(chosen, scheme(name))
    inks = Inks(theme)
    pairs = {}
    for label, look in theme.labels.items():
        pairs[f"{label} at rest"] = (look.ink, theme.paper)
        pairs[f"{label} picked out"] = (theme.paper, look.ink)
    assert faults(theme, pairs) == {}
    lines = {label: (inks.faint(look), theme.paper) for label, look in theme.labels.items()}
    assert faults(theme, lines, 3.0) == {}


def test_high_contrast_has_bolder_lines_and_more_contrast() -> None:
    high, usual = (style.view_theme(style.theme(name), scheme("default")) for name in ("contrast", "light"))
    assert high.line_weight > usual.line_weight == 1.0
    for look in high.labels.values():
        assert contrast(look.ink, high.paper) >= 7.0
        assert contrast(high.ink, over(look.tint, high.paper)) >= 7.0


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_view_alone_can_be_read_too(theme: ViewTheme) -> None:
    full = with_labels(theme, scheme("default"))
    pairs = {
        f"{name} {kind}": (full.ink, ground(full, name, kind)) for name in full.labels for kind in GROUNDS
    }
    pairs |= {name: (getattr(full, name), full.paper) for name in ("ink", "soft", "muted", "accent")}
    assert faults(full, pairs) == {}


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
