"""Cues of a project: lines that are read as verbs, refused, shown, and added to the lexicon for a while."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.cue_lexicon import BASE, PAST, PRESENT, USUAL, WEAK, cue_lexicon, with_verbs
from annotator.model.errors import UserError
from annotator.model.own_cues import LETTERS, MOST, PREPOSITIONS, checked, cues_in, line_for, shown, verbs_of


def test_a_line_is_a_verb_with_its_particle_and_what_follows():
    (verb,) = verbs_of(["double down : n +on"])
    assert (verb.lemma, verb.particle) == ("double", ("down",))
    assert (verb.governs, verb.prepositions) == ({"n"}, {"on"})
    assert (verb.group, verb.strength) == ("asserts", USUAL)


def test_a_question_mark_says_that_it_is_seldom_enough():
    assert [one.strength for one in verbs_of(["ponder : s ?", "ponder : s"])] == [WEAK, USUAL]


@pytest.mark.parametrize(
    "line",
    ["", "ponder", "ponder :", "ponder : z", ": s", "ponder: s", "1 : s", "ponder : +", "a b c d e : s",
     f"{'x' * 90} : s", "ponder : s\nthink : s"],
)  # fmt: skip
def test_what_says_no_cue_is_passed_over_in_a_project_and_refused_from_a_person(line):
    assert verbs_of([line]) == ()
    if line != "ponder: s":  # which says enough for a person
        with pytest.raises(UserError, match="is no cue"):
            checked(line)


def test_what_a_person_gives_is_put_into_its_plain_form():
    assert checked("  Double  Down:  +on   n ") == "double down : +on n"
    assert checked("ponder : s s") == "ponder : s"
    assert checked("Re\u0301pondre : +A\u0300 +\u00e0") == "r\u00e9pondre : +\u00e0"
    assert checked(f"say :{' ' * 600}q") == "say : q"


def test_a_refusal_names_no_more_than_the_start_of_a_long_line():
    for line in ("x" * 10**6, f"{'a ' * 200}: q", f"say :{' ' * 10**6}q"):
        with pytest.raises(UserError) as refused:
            checked(line)
        assert len(str(refused.value)) < 200


@given(
    st.sampled_from(["ponder", "double down", "hold forth"]),
    st.sets(st.sampled_from([*LETTERS, "+on", "+about"]), min_size=1),
    st.booleans(),
)
def test_a_verb_says_the_line_that_it_was_read_from(words, marks, is_weak):
    line = checked(f"{words} : {' '.join(marks)}{' ?' if is_weak else ''}")
    (verb,) = verbs_of([line])
    assert verb.strength == (WEAK if is_weak else USUAL)
    assert verbs_of([line_for(verb)]) == (verb,)


def test_it_is_shown_as_it_is_written_in_a_text():
    assert shown("double down : +on s") == "double down that …; double down on …"
    assert shown("say : +up ?") == "say up … (now and then)"
    assert shown("no cue at all") == "no cue at all"


def test_a_setting_keeps_each_cue_once_and_no_more_than_are_read_quickly():
    assert cues_in("ponder : s\n\nponder : s\nrubbish\nmuse : q") == ("ponder : s", "muse : q")
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = "\n".join(f"{a}{b} : s" for a in letters for b in letters)
    assert len(cues_in(many)) == MOST


def test_the_lexicon_has_all_forms_of_a_cue_and_only_inside():
    with with_verbs(verbs_of(["schlepp : s"])):
        forms = {form: cue_lexicon().verbs[form][0] for form in ("schlepp", "schlepps", "schlepped")}
        assert [kind for kind, _ in forms.values()] == [BASE, PRESENT, PAST]
        assert all(verb.group for _, verb in forms.values())
    assert "schlepped" not in cue_lexicon().verbs


def test_forms_of_a_known_verb_are_those_that_it_has():
    with with_verbs(verbs_of(["mislead : s"])):
        (_, verb), *_ = cue_lexicon().verbs["misled"]
        assert "s" in verb.governs
        assert "misleaded" not in cue_lexicon().verbs


def test_a_known_cue_keeps_what_it_has():
    before = next(one for _, one in cue_lexicon().verbs["said"] if not one.particle)
    with with_verbs(verbs_of(["say : +about ?"])):
        after = next(one for _, one in cue_lexicon().verbs["said"] if not one.particle)
    assert after.governs == before.governs
    assert after.strength == before.strength
    assert "about" in after.prepositions


def test_no_two_ways_to_go_on_are_shown_alike():
    lines = [f"say : {mark}" for mark in (*LETTERS, *(f"+{one}" for one in PREPOSITIONS))]
    assert len({shown(one) for one in (*lines, "say up : n", "say : +up")}) == len(lines) + 2
