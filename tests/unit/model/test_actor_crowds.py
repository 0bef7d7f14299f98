"""Many persons of one surname in an article: who is who is told without comparing each with all others."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import actor_names
from annotator.model.actor_names import Mention, link_actors
from annotator.model.actor_words import asked_keys, given_keys, is_same_given

_GIVEN = st.sampled_from(
    ["bob", "robert", "rob", "bobby", "r", "b", "sergei", "sergey", "s", "jean", "joan", "muhammad"]
) | st.text("abhjo", min_size=1, max_size=5)


@given(_GIVEN, _GIVEN)
def test_given_names_that_agree_share_a_key(one: str, other: str) -> None:
    shared = {one, *asked_keys(one)} & {other, *given_keys(other)}
    assert bool(shared) is is_same_given(one, other)


_FULL = st.tuples(st.lists(_GIVEN, min_size=1, max_size=3), st.sampled_from(["Harlow", "Harlov", "Brandow"]))


@given(st.lists(_FULL, max_size=14))
def test_a_full_name_joins_the_first_person_it_may_be(names: list[tuple[list[str], str]]) -> None:
    words = [" ".join([*map(str.capitalize, given_names), surname]) for given_names, surname in names]
    mentions = [Mention(one, 40 * at, "PERSON") for at, one in enumerate(words)]
    wanted: list[tuple[actor_names.Named, list[int]]] = []
    for number, one in enumerate(mentions):
        who = actor_names.named(one.text, one.label)
        assert who is not None
        at = next((at for at, (known, _) in enumerate(wanted) if actor_names._is_same_person(known, who)), -1)
        if at < 0:
            wanted.append((who, [number]))
        else:
            known, numbers = wanted[at]
            wanted[at] = (who if len(who.given) > len(known.given) else known, [*numbers, number])
    assert [list(one.mentions) for one in link_actors(mentions)] == [numbers for _, numbers in wanted]


def test_a_crowd_of_one_surname_is_not_compared_in_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    syllables = ("bra", "ko", "ti", "zun", "wel", "mor", "pal")
    crowd = ["".join(one).capitalize() for one in product(syllables, repeat=3)]
    compared = []
    same, ends = actor_names._is_same_person, actor_names._ends_with
    monkeypatch.setattr(actor_names, "_is_same_person", lambda *two: compared.append(two) or same(*two))
    monkeypatch.setattr(actor_names, "_ends_with", lambda *two: compared.append(two) or ends(*two))
    names = [f"{one} Harlow" for one in crowd] + ["Harlow"] * len(crowd)
    found = link_actors([Mention(one, 40 * at, "PERSON") for at, one in enumerate(names)])
    assert len(found) > 0.9 * len(crowd)
    assert len(compared) < 5 * len(crowd)
