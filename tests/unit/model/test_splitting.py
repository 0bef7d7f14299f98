"""Splits: whole groups, fair shares, the same every time, and leaks that are told."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.errors import UserError
from annotator.model.ids import new_id
from annotator.model.splitting import Leak, Part, Splittable, near_copy_keys, split

PARTS = (Part("train", 0.8), Part("dev", 0.1), Part("test", 0.1))
KINDS = ("near copy", "claim card", "actor", "outlet")


def article(number, labels=(), *keys):
    return Splittable(number.to_bytes(16, "big"), dict(labels), frozenset(keys))


def where(found):
    return {one: name for name, ids in found.parts.items() for one in ids}


ARTICLES = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("ABC"), st.integers(1, 9)),
        st.sets(st.tuples(st.sampled_from(KINDS), st.integers(0, 9)), max_size=3),
    ),
    max_size=40,
).map(lambda rows: [article(at, labels, *keys) for at, (labels, keys) in enumerate(rows)])


@given(ARTICLES, st.sets(st.sampled_from(KINDS)), st.integers(0, 5))
def test_every_article_is_in_one_part_and_no_key_of_a_kept_kind_in_two(articles, together, seed):
    found = split(articles, PARTS, seed=seed, together=together)
    assert Counter(one for ids in found.parts.values() for one in ids) == Counter(
        one.article for one in articles
    )
    part = where(found)
    for one, other in combinations(articles, 2):
        if any(key[0] in together for key in one.keys & other.keys):
            assert part[one.article] == part[other.article]
    leaks = {leak.kind: leak for leak in found.leaks}
    for kind in KINDS:
        keys = {key for one in articles for key in one.keys if key[0] == kind}
        apart = sum(len({part[one.article] for one in articles if key in one.keys}) > 1 for key in keys)
        shared = sum(sum(key in one.keys for one in articles) > 1 for key in keys)
        assert leaks.get(kind, Leak(kind, 0, 0)) == Leak(kind, apart, shared)
        assert not (kind in together and apart)


@given(ARTICLES, st.integers(0, 5))
def test_the_same_seed_gives_the_same_split(articles, seed):
    assert split(articles, PARTS, seed=seed, together=KINDS) == split(
        articles, PARTS, seed=seed, together=KINDS
    )


def test_parts_get_their_shares_of_every_label():
    articles = [article(at, {"CLAIM": 1 + at % 7, "RARE": at % 25 == 0}) for at in range(500)]
    found = split(articles, PARTS, seed=1, together=())
    part = where(found)
    for label in ("CLAIM", "RARE"):
        counts = Counter()
        for one in articles:
            counts[part[one.article]] += one.labels[label]
        for name, share in (("train", 0.8), ("dev", 0.1), ("test", 0.1)):
            assert counts[name] / counts.total() == pytest.approx(share, abs=0.02), (label, name)


@given(ARTICLES, st.sets(st.sampled_from(KINDS)), st.integers(0, 5))
def test_no_part_is_empty_while_there_are_groups_enough(articles, together, seed):
    found = split(articles, PARTS, seed=seed, together=together)
    assert sum(map(bool, found.parts.values())) == min(found.groups, len(PARTS))


def test_what_is_left_for_an_empty_part_is_the_smallest():
    chain = [article(at, {"CLAIM": 1}, ("outlet", 1)) for at in range(9)]
    found = split([*chain, article(20), article(21)], PARTS, seed=0, together=("outlet",))
    assert [len(ids) for ids in found.parts.values()] == [9, 1, 1]


def test_few_articles_with_many_labels_do_not_push_parts_far_from_their_shares():
    chance = random.Random(5)
    articles = [article(at, {"CLAIM": int(chance.lognormvariate(3, 1.2)) + 1}) for at in range(50)]
    for seed in range(5):
        found = split(articles, PARTS, seed=seed, together=())
        part = where(found)
        counts = Counter()
        for one in articles:
            counts[part[one.article]] += one.labels["CLAIM"]
        for name, share in (("train", 0.8), ("dev", 0.1), ("test", 0.1)):
            assert counts[name] / counts.total() == pytest.approx(share, abs=0.05)
            assert len(found.parts[name]) / 50 == pytest.approx(share, abs=0.05)


def test_another_seed_gives_another_split():
    articles = [article(at, {"CLAIM": 1}) for at in range(100)]
    one, other = (split(articles, PARTS, seed=seed, together=()) for seed in (1, 2))
    assert one.parts != other.parts
    assert {name: len(ids) for name, ids in one.parts.items()} == {"train": 80, "dev": 10, "test": 10}


@given(ARTICLES, ARTICLES, st.sets(st.sampled_from(KINDS)))
def test_an_article_stays_where_it_was_unless_it_belongs_to_others(articles, others, together):
    was = where(split(articles, PARTS, seed=1, together=together))
    found = split(others, PARTS, seed=2, together=together, before=was)
    part, group = where(found), {}
    for one in others:
        same = [other for other in others if any(key[0] in together for key in one.keys & other.keys)]
        group[one.article] = {was.get(other.article) for other in same} - {None}
        assert all(part[other.article] == part[one.article] for other in same)
    both = [one.article for one in others if one.article in was]
    stays = sum(part[one] == was[one] for one in both)
    assert (found.kept, found.moved) == (stays, len(both) - stays)
    if not together:
        assert found.moved == 0


def test_one_label_less_moves_no_article_and_a_new_one_goes_to_its_copy():
    old = [article(at, {"A": at % 5, "B": 3}, ("near copy", at // 2)) for at in range(60)]
    was = where(split(old, PARTS, seed=1, together=KINDS))
    new = [article(7, {"A": 1}, *old[7].keys), article(99, {"A": 9}, ("near copy", 4))]
    articles = [*old[:7], new[0], *old[8:], new[1]]
    assert where(split(articles, PARTS, seed=1, together=KINDS)) != was
    found = split(articles, PARTS, seed=1, together=KINDS, before=was)
    assert where(found) == {**was, new[1].article: was[old[8].article]}
    assert (found.kept, found.moved) == (60, 0)


def test_groups_that_are_one_now_go_where_most_of_them_were():
    parts = (Part("train", 0.5), Part("test", 0.5))
    before = {
        one.article: name for one, name in zip(map(article, range(3)), ("test", "train", "test"), strict=True)
    }
    found = split(
        [article(at, {}, ("actor", 1)) for at in range(3)], parts, seed=1, together=KINDS, before=before
    )
    assert (where(found)[article(1).article], found.kept, found.moved) == ("test", 2, 1)


def test_a_chain_of_keys_is_one_group():
    chain = [article(at, {}, ("outlet", at), ("outlet", at + 1)) for at in range(9)]
    found = split([*chain, article(20)], PARTS, seed=0, together=("outlet",))
    assert (found.groups, found.largest) == (2, 9)
    assert len({where(found)[one.article] for one in chain}) == 1


@pytest.mark.parametrize(
    "parts",
    [(), (Part("a", 0.5),), (Part("a", 1.5), Part("b", -0.5)), (Part("a", 0.5), Part("a", 0.5))],
)
def test_shares_that_make_no_whole_are_refused(parts):
    with pytest.raises(UserError):
        split([article(1)], parts, seed=0, together=())


def test_pairs_of_near_copies_are_keys_whichever_comes_first():
    one, other = new_id(), new_id()
    assert near_copy_keys([(one, other)])[one] == near_copy_keys([(other, one)])[other]


def test_a_leak_is_one_sentence():
    assert Leak("outlet", 2, 1300).said() == (
        "Leaks by outlet: 2 of the 1,300 in several articles stand in more than one part."
    )
    assert Leak("actor", 0, 0).said() == "Leaks by actor: none, as no article has one in common with another."
