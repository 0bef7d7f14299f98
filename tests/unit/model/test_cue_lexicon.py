"""The lexicon of cues: forms, groups, and what a verb may govern."""

from __future__ import annotations

import pytest

from annotator.model.cue_lexicon import SURE, cue_lexicon, forms_of, plural_of
from annotator.model.cue_words import lexicon


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("deny",), ["deny", "denies", "denied", "denied", "denying"]),
        (("admit",), ["admit", "admits", "admitted", "admitted", "admitting"]),
        (("describe",), ["describe", "describes", "described", "described", "describing"]),
        (("stress",), ["stress", "stresses", "stressed", "stressed", "stressing"]),
        (("say", "said", "said"), ["say", "says", "said", "said", "saying"]),
        (("agree",), ["agree", "agrees", "agreed", "agreed", "agreeing"]),
        (("peg",), ["peg", "pegs", "pegged", "pegged", "pegging"]),
        (("boo",), ["boo", "boos", "booed", "booed", "booing"]),
        (("veto",), ["veto", "vetoes", "vetoed", "vetoed", "vetoing"]),
        (("panic",), ["panic", "panics", "panicked", "panicked", "panicking"]),
        (("lie", "lay", "lain"), ["lie", "lies", "lay", "lain", "lying"]),
    ],
)
def test_forms(words: tuple[str, ...], expected: list[str]) -> None:
    assert [form for _, form in forms_of(*words)] == expected


def test_both_spellings_of_a_doubled_letter() -> None:
    forms = {form for _, form in forms_of("label")}
    assert {"labeled", "labelled", "labeling", "labelling"} < forms
    assert {verb.group for _, verb in cue_lexicon().verbs["labeled"] if verb.group} == {"names"}
    assert {verb.group for _, verb in cue_lexicon().verbs["labelled"] if verb.group} == {"names"}


def test_no_form_of_a_short_verb_belongs_to_a_longer_one() -> None:
    lemmas = {verb.lemma for _, verb in cue_lexicon().verbs["hoped"]}
    assert lemmas == {"hope"}


def test_who_is_angered_feels_something_about() -> None:
    assert {"by", "at", "that"} <= cue_lexicon().adjectives["angered"].links


def test_a_verb_is_inflected_alike_with_every_particle() -> None:
    pasts: dict[str, set[str]] = {}
    for form, found in cue_lexicon().verbs.items():
        for kind, verb in found:
            if kind == "past" and verb.group:
                pasts.setdefault(f"{verb.lemma} {' '.join(verb.particle)}", set()).add(form)
    by_lemma: dict[str, set[frozenset[str]]] = {}
    for words, forms in pasts.items():
        by_lemma.setdefault(words.split()[0], set()).add(frozenset(forms))
    assert {lemma for lemma, sets in by_lemma.items() if len(sets) > 1} == set()


@pytest.mark.parametrize(
    "form", ["upheld", "forswore", "overrode", "rethought", "undercut", "swore", "stuck"]
)
def test_irregular_forms_belong_to_their_verbs(form: str) -> None:
    assert any(verb.group for _, verb in cue_lexicon().verbs[form])


@pytest.mark.parametrize(
    ("form", "preposition", "group"),
    [
        ("voted", "against", "criticises"),
        ("voted", "for", "supports"),
        ("sneered", "at", "criticises"),
        ("rallied", "behind", "supports"),
        ("agreed", "with", "supports"),
        ("warned", "against", "warns"),
    ],
)
def test_the_preposition_may_turn_the_side(form: str, preposition: str, group: str) -> None:
    verb = next(verb for _, verb in cue_lexicon().verbs[form] if preposition in verb.prepositions)
    assert verb.group_with(preposition) == group


def test_plurals() -> None:
    assert [plural_of(one) for one in ("claim", "story", "speech", "news")] == [
        "claims", "stories", "speeches", "news",
    ]  # fmt: skip


def test_a_verb_that_stands_in_two_groups_governs_what_both_say() -> None:
    (_, verb), *_ = cue_lexicon().verbs["insisted"]
    assert (verb.group, verb.strength) == ("insists", SURE)
    assert verb.governs >= {"s", "q"}
    assert "on" in verb.prepositions


def test_the_longest_particle_comes_first() -> None:
    lengths = [len(verb.particle) for _, verb in cue_lexicon().verbs["made"] if verb.group]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 1


def test_how_the_writer_presents_it() -> None:
    known = cue_lexicon()
    assert [known.verbs[one][0][1].presents for one in ("noted", "claimed", "said")] == [
        "true",
        "doubtful",
        "open",
    ]
    assert known.nouns["allegations"].presents == "doubtful"


def test_the_key_for_attributions_knows_the_same_verbs() -> None:
    words = lexicon()
    assert {"said", "denied", "doubted", "praised", "bemoaned"} <= words.cues
    assert {"claims", "reports"} <= words.nouns_too
    assert {"say", "deny"} <= words.after_helper
    assert not {"want", "wants", "gave"} & (words.cues | words.nouns_too | words.after_helper)
    assert {"dismissed", "doubts", "endorsed"} <= words.sides
