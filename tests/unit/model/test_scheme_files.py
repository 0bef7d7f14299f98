"""The scheme files that ship: what the default scheme holds, and that presets are subsets of it."""

from __future__ import annotations

import pytest

from annotator.model.resources import resource
from annotator.model.rules import title_of
from annotator.model.scheme import Label, Scheme, read_scheme, scheme_from_text, scheme_to_text

PRESETS = ("quotations", "entities", "check_worthiness", "article_stance")


def scheme(name: str) -> Scheme:
    return read_scheme(resource(f"schemes/{name}.toml"))


DEFAULT = scheme("default")


def label(name: str) -> Label:
    found = DEFAULT.label(name)
    assert found is not None
    return found


def values(name: str, attribute: str) -> tuple[str, ...]:
    found = label(name).attribute(attribute)
    assert found is not None
    return found.values


def roles(name: str) -> dict[str, tuple[int, int | None, tuple[str, ...]]]:
    return {role.name: (role.least, role.most, role.ends) for role in label(name).roles}


def test_every_scheme_file_is_found_here() -> None:
    assert {path.stem for path in resource("schemes").glob("*.toml")} == {"default", *PRESETS}


def test_entity_labels() -> None:
    shown = "PERSON, NORP, FAC, ORG, GPE, LOC, PRODUCT, EVENT, LAW, DATE, TIME, PERCENT, MONEY, QUANTITY"
    hidden = ["WORK_OF_ART", "LANGUAGE", "ORDINAL"]
    entities = DEFAULT.of("span", "entity")
    assert {one.name for one in entities if not one.hidden} == {*shown.split(", "), "CARDINAL"}
    assert {one.name for one in entities if one.hidden} == set(hidden)
    keys = {one.name: one.key for one in entities}
    assert len(set(keys.values())) == len(entities)
    assert {name: keys[name] for name in ("PERSON", "ORG", "GPE", "NORP", "DATE")} == {
        "PERSON": "p",
        "ORG": "o",
        "GPE": "g",
        "NORP": "n",
        "DATE": "d",
    }


def test_spans_and_their_attributes() -> None:
    assert [label(name).key for name in ("CLAIM", "SOURCE", "CUE")] == ["c", "s", "u"]
    assert values("SOURCE", "form") == ("name", "nominal", "pronoun", "possessive")
    assert values("SOURCE", "compound") == values("SOURCE", "ambiguous") == ("no", "yes")
    kinds = ("speech", "writing", "thought", "question", "stance", "decline", "punctuation")
    assert values("CUE", "kind") == kinds
    assert values("CUE", "negated") == ("no", "yes")
    forms = ("direct", "indirect", "mixed", "reported", "transcript", "headline", "narration")
    assert values("CLAIM", "form") == forms
    assert values("CLAIM", "type") == ("fact", "opinion", "intention", "prediction", "demand", "question")
    assert values("CLAIM", "polarity") == ("affirmed", "negated")
    assert values("CLAIM", "certainty") == ("certain", "probable", "possible", "unspecified")
    assert values("CLAIM", "checkworthy") == ("unset", "no", "minor", "yes")
    assert values("CLAIM", "normalized") == ()


def test_frames_and_their_roles() -> None:
    assert roles("ATTRIBUTION") == {
        "claim": (0, None, ("CLAIM",)),
        "source": (0, None, ("SOURCE",)),
        "cue": (0, 1, ("CUE",)),
        "implicit_source": (0, 1, ("actor",)),
        "addressee": (0, 1, ("span",)),
        "medium": (0, 1, ("span",)),
        "parent": (0, 1, ("ATTRIBUTION",)),
        "continues": (0, 1, ("ATTRIBUTION",)),
    }
    assert values("ATTRIBUTION", "anonymity") == ("named", "unnamed", "on_request", "title_only")
    assert roles("STANCE") == {
        "holder": (1, 1, ("actor",)),
        "holder_mention": (0, 1, ("SOURCE",)),
        "target": (1, 1, ("CLAIM", "claim_card", "actor", "span", "article")),
        "expression": (0, None, ("span",)),
    }
    assert values("STANCE", "value") == ("support", "deny", "question", "neutral")
    assert values("STANCE", "strength") == ("full", "partial")
    assert values("STANCE", "basis") == ("explicit", "inferred")
    assert values("STANCE", "conditional") == ("no", "yes")
    assert set(values("STANCE", "confidence")) == {"1", "2", "3"}
    assert roles("ARTICLE_STANCE")["claim_card"] == (1, 1, ("claim_card",))
    assert roles("ARTICLE_STANCE")["evidence"] == (0, None, ("span",))
    assert values("ARTICLE_STANCE", "value") == ("agree", "disagree", "discuss", "unrelated")


def test_links_between_claims_and_articles() -> None:
    assert roles("OVERLAPS")["claim"][:2] == roles("CONTRADICTS")["claim"][:2] == (2, 2)
    assert set(roles("QUOTE_VARIANT")) == {"original", "altered"}
    words = "typography, name_swap, replace, insert, drop, paraphrase, attribution_changed, context_lost"
    assert ", ".join(values("QUOTE_VARIANT", "edit")) == words
    assert values("QUOTE_VARIANT", "meaning_changed") == ("no", "slightly", "yes")
    assert values("DERIVED_FROM", "extent") == ("wholly", "partially", "not")
    links = ("OVERLAPS", "CONTRADICTS", "QUOTE_VARIANT", "DERIVED_FROM")
    assert all(role.other_articles for name in links for role in label(name).roles)


def test_every_label_is_explained_and_has_a_title() -> None:
    for one in DEFAULT.labels:
        assert len(one.guideline) > 15, one.name
        assert title_of(one.name, DEFAULT) == one.title != ""
    assert DEFAULT.guideline
    assert title_of("ECHO", DEFAULT) == "ECHO"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_can_be_widened_to_the_default_scheme(name: str) -> None:
    preset = scheme(name)
    assert preset.labels
    assert preset.title
    assert preset.guideline
    for one in preset.labels:
        wide = label(one.name)
        assert (one.kind, one.key, one.group, one.hidden) == (wide.kind, wide.key, wide.group, wide.hidden)
        assert one.discontinuous == wide.discontinuous
        assert set(one.attributes) <= set(wide.attributes)
        assert set(one.roles) <= set(wide.roles)
        assert one.guideline == wide.guideline
    labels = {one.name for one in preset.labels} | {"span", "frame", "actor", "claim_card", "article"}
    assert all(set(role.ends) <= labels for one in preset.labels for role in one.roles)
    assert len(preset.labels) < len(DEFAULT.labels)


@pytest.mark.parametrize("name", ["default", *PRESETS])
def test_a_scheme_file_comes_back_from_the_project_file_as_it_was(name: str) -> None:
    assert scheme_from_text(scheme_to_text(scheme(name))) == scheme(name)
