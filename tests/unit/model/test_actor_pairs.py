"""Which actors may be the same: proposed with a reason, never those kept apart, and what merging makes."""

from __future__ import annotations

import pytest

from annotator.model.actor_pairs import actor_pairs, apart_of, apart_setting, merged_actor
from annotator.model.ids import new_id
from annotator.model.records import Actor


def actor(name, kind="person", *aliases, **facts):
    return Actor(new_id(), name, kind, aliases, **facts)


def names(pairs):
    return [(one.kept.name, one.other.name) for one in pairs]


def test_the_fuller_name_would_stay_and_the_reason_is_given():
    short, full, else_ = actor("Brandow"), actor("Sergei Brandow"), actor("Anna Berg")
    (pair,) = actor_pairs([short, full, else_])
    assert (pair.kept, pair.other) == (full, short)
    assert pair.reason == "the same surname: Brandow"


def test_of_two_names_as_full_the_older_actor_stays():
    older, newer = actor("Sergei Brandow"), actor("Sergey Brandow")
    assert names(actor_pairs([newer, older])) == [("Sergei Brandow", "Sergey Brandow")]


@pytest.mark.parametrize("kind", ["person", "unspecified"])
def test_a_title_makes_no_name_fuller(kind):
    titled, full = actor("Foreign Minister Lavrov", kind), actor("Sergei Lavrov")
    assert names(actor_pairs([titled, full])) == [("Sergei Lavrov", "Foreign Minister Lavrov")]
    older, newer = actor("Berg"), actor("Ms. Berg", kind)
    assert names(actor_pairs([newer, older])) == [("Berg", "Ms. Berg")]


def test_each_pair_comes_once_and_a_surname_alone_comes_last():
    who = [
        actor("ISIL", "organisation"),
        actor("Islamic State", "organisation"),
        actor("Berg"),
        actor("Anna Berg"),
    ]
    assert names(actor_pairs(who)) == [("Islamic State", "ISIL"), ("Anna Berg", "Berg")]


def test_a_surname_of_several_says_so_and_only_then():
    pairs = actor_pairs(
        [actor("Anna Berg"), actor("Ivo Berg"), actor("Berg"), actor("Ann Orr"), actor("Orr")]
    )
    assert [(one.kept.name, one.reason) for one in pairs] == [
        ("Ann Orr", "the same surname: Orr"),
        ("Anna Berg", "the same surname: Berg, as of 1 other"),
        ("Ivo Berg", "the same surname: Berg, as of 1 other"),
    ]


def test_what_a_person_keeps_apart_is_not_proposed_again():
    one, other = actor("Berg"), actor("Anna Berg")
    assert actor_pairs([one, other], {frozenset((other.id, one.id))}) == ()


def test_a_surname_that_one_goes_by_too_makes_nobody_of_another_first_name_the_same():
    both, wife = actor("Bill Clinton", "person", "Clinton"), actor("Hillary Clinton")
    assert actor_pairs([both, wife]) == ()
    assert actor_pairs([both, actor("Hillary Clinton", "person", "Clinton", "Mrs. Clinton")]) == ()
    assert names(actor_pairs([both, wife, actor("Clinton")])) == [
        ("Bill Clinton", "Clinton"),
        ("Hillary Clinton", "Clinton"),
    ]
    assert names(actor_pairs([both, actor("William Jefferson Clinton", "person", "Bill Clinton")])) == [
        ("William Jefferson Clinton", "Bill Clinton")
    ]


def test_authors_of_articles_are_never_merged():
    assert actor_pairs([actor("Anna Berg", "author", article=new_id()), actor("Anna Berg")]) == ()


def test_many_actors_take_little_time_and_a_word_of_too_many_says_nothing():
    crowd = [actor(f"{first} Berg") for first in (f"Name{number}" for number in range(2_000))]
    assert actor_pairs(crowd) == ()


def test_a_merged_actor_keeps_all_names_and_what_it_lacked():
    one = actor("Anna Berg", "unspecified", "A. Berg", note="met in May")
    other = actor("Berg", "person", "the clerk", "Anna Berg", role="clerk", note="a clerk")
    merged = merged_actor(one, other)
    assert merged.aliases == ("A. Berg", "Berg", "the clerk")
    assert (merged.id, merged.name, merged.kind) == (one.id, "Anna Berg", "person")
    assert (merged.role, merged.note) == ("clerk", "met in May\na clerk")


def test_what_is_kept_apart_is_named_whichever_comes_first():
    one, other = new_id(), new_id()
    assert apart_setting(one, other) == apart_setting(other, one)
    assert apart_of(apart_setting(one, other)) == {one, other}


@pytest.mark.parametrize("name", ["annotator", "actors", "", "actors apart"])
def test_other_settings_keep_nobody_apart(name):
    assert apart_of(name) is None
