"""Learning from labels: tags and back, better edges, better scores, and a file that is kept whole."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
import short_rules
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.errors import UserError
from annotator.model.job import run
from annotator.model.learning import Decision
from annotator.model.records import Fragment
from annotator.model.scoring import Mark, Words, span_scores
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan, SuggestInput
from annotator.nlp.learning import model_file, ranking, tagger, training
from annotator.nlp.learning.bettering import Known, Use, bettered
from annotator.nlp.learning.comparing import Tally, Verdict
from annotator.nlp.learning.improving import MOST, see
from annotator.nlp.learning.model_file import (
    file_hash,
    fresh_path,
    read_facts,
    read_model,
    take_place,
    write_model,
)
from annotator.nlp.learning.suggester import SUGGESTER, learn_to_file
from annotator.nlp.learning.training import folds, learn
from annotator.nlp.learning.words import lines, outermost, spans, tags

TEXT = "“No,” said Ada, “never.”\nBen left."
LABELS = short_rules.LABELS
KEPT = {"pipeline": "kept", "asked": ("Lea", "Ada"), "teachers": {"1": ("Ada",)}}


@pytest.fixture(scope="module")
def learned():
    lessons = [short_rules.lesson(seed) for seed in range(10)]
    return run(learn(lessons, short_rules.Rules(), LABELS, short_rules.FRAMES))


def _bettered(learned, text, rules, use):
    found, model = learned
    every = list(lines(text))
    seen = see(tagger.Tagger(model), LABELS, every, rules)
    known = Known(text, every, rules, seen, found.edges, (found.judging,), found.frames)
    return bettered(known, use)


def _choice(path, **more):
    found = {"path": str(path), "hash": file_hash(path), "rules": short_rules.POINT}
    return json.dumps(found | more)


# --- articles


def test_the_rules_are_compared_article_by_article_also_where_two_have_one_name(learned):
    lessons = [replace(short_rules.lesson(seed), name=f"{seed // 2}.txt") for seed in range(10)]
    again, _ = run(learn(lessons, short_rules.Rules(), LABELS, short_rules.FRAMES))

    def _of_rules(one):
        return {each.label: (each.rules_overlap, each.rules_strict) for each in one.comparisons}

    assert _of_rules(again) == _of_rules(learned[0])


def test_people_are_told_the_f1_that_an_evaluation_of_the_same_gives():
    text = "Ada sang and Ben left and Cleo slept."
    made, wanted = ((0, 21),), (((0, 8),), ((13, 21),), ((26, 36),))
    tally = Tally()
    tally.count(
        [("CLAIM", one) for one in wanted], lines(text), Proposals((ProposedSpan("CLAIM", made, 1.0, ""),))
    )

    def _mark(pieces):
        return Mark("CLAIM", tuple(Fragment(*one) for one in pieces))

    told = span_scores([_mark(made)], [*map(_mark, wanted)], Words(text)).overlap.f1
    assert tally.told("CLAIM") == pytest.approx(100 * told) == pytest.approx(80)
    assert tally.f1("CLAIM")[0] == pytest.approx(50), "of pairs, which decide"


# --- words and tags


def test_tags_say_begin_on_and_behind_a_gap():
    line = lines(TEXT)[0]
    claim = ("CLAIM", ((0, 5), (16, 24)))
    found = tags(line, [claim, ("SOURCE", ((11, 14),)), ("CUE", ((6, 10),))], LABELS)
    assert list(zip(line.text, found, strict=True)) == [
        ("“", "B-CLAIM"), ("No", "I-CLAIM"), (",", "I-CLAIM"), ("”", "I-CLAIM"),
        ("said", "B-CUE"), ("Ada", "B-SOURCE"), (",", "O"),
        ("“", "J-CLAIM"), ("never", "I-CLAIM"), (".", "I-CLAIM"), ("”", "I-CLAIM"),
    ]  # fmt: skip
    assert {marked for marked, _ in spans(line, found)} == {
        claim,
        ("SOURCE", ((11, 14),)),
        ("CUE", ((6, 10),)),
    }


def test_of_two_labels_on_a_word_the_longer_holds_and_others_are_not_learned():
    line = lines(TEXT)[1]
    found = tags(line, [("CUE", ((29, 33),)), ("CLAIM", ((25, 33),)), ("PERSON", ((33, 34),))], LABELS)
    assert found == ["B-CLAIM", "I-CLAIM", "O"]


def test_odd_tags_are_read_as_far_as_they_make_sense():
    line = lines(TEXT)[1]
    assert [one for one, _ in spans(line, ["I-CUE", "J-CLAIM", "I-CUE"])] == [
        ("CUE", ((25, 28),)),
        ("CLAIM", ((29, 33),)),
        ("CUE", ((33, 34),)),
    ]


@given(st.text(st.sampled_from("ab .\n“”,"), max_size=60), st.data())
def test_what_was_tagged_is_read_again(text, data):
    for line in lines(text):
        edges = data.draw(st.lists(st.integers(0, len(line.words)), min_size=2, max_size=6, unique=True))
        marked = []
        for first, last in zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False):
            pieces = ((line.words[first][0], line.words[last - 1][1]),)
            marked.append((data.draw(st.sampled_from(LABELS)), pieces))
        assert {one for one, _ in spans(line, tags(line, marked, LABELS))} == set(marked)


def test_what_lies_inside_another_attribution_is_not_outermost():
    made = tuple(ProposedSpan("CLAIM", ((at, at + 1),), 0.5, "") for at in range(3))
    outer = ProposedFrame("F", (("claim", 0),), 0.5, "")
    inner = ProposedFrame("F", (("claim", 1),), 0.5, "", {}, (("parent", 0),))
    found = outermost(Proposals(made, (outer, inner)))
    assert [pieces for (_, pieces), _ in found] == [((0, 1),), ((2, 3),)]


# --- learning


def test_the_model_learns_the_edges_that_the_rules_miss(learned):
    found, _ = learned
    claim = next(one for one in found.comparisons if one.label == "CLAIM")
    assert claim.rules_strict == 0
    assert claim.learned_strict > 90
    assert claim.gain > 90
    assert "CLAIM" in found.moves
    assert found.adds
    assert (found.articles, found.paragraphs) == (10, 80)
    unseen = short_rules.text(99)
    (rules,) = short_rules.Rules().suggest([SuggestInput(unseen)])
    better = _bettered(learned, unseen, rules, Use(found.least, found.moves, found.adds))
    wanted = set(short_rules.marked(unseen))
    assert {(one.label, one.fragments) for one in better.spans} == wanted
    assert len(better.frames) == len(wanted) // 3 > len(rules.frames)
    ends = {role: better.spans[number].label for role, number in better.frames[0].roles}
    assert ends == {"claim": "CLAIM", "source": "SOURCE", "cue": "CUE"}


def test_only_the_labels_that_win_are_changed(learned):
    text = short_rules.text(7)
    (rules,) = short_rules.Rules().suggest([SuggestInput(text)])
    same = _bettered(learned, text, rules, Use(moves=("SOURCE",)))
    claims = [one.fragments for one in rules.spans if one.label == "CLAIM"]
    assert [one.fragments for one in same.spans if one.label == "CLAIM"] == claims
    assert _bettered(learned, text, rules, Use()) == rules


def test_what_the_rules_missed_becomes_a_frame_and_what_they_have_stays(learned):
    text = "Ada Holm argued that the bridge is closed.\nNobody knows the harbour of 3."
    rules = (ProposedSpan("CLAIM", ((43, 49),), 0.9, ""), ProposedSpan("PERSON", ((0, 8),), 0.9, ""))
    links = (("continues", 0),)
    made = Proposals(rules, (ProposedFrame("ATTRIBUTION", (("claim", 0),), 0.9, "", {}, links),))
    better = _bettered(learned, text, made, Use(adds=True))
    assert better.frames[0] == made.frames[0]
    assert better.spans[:2] == rules
    words = {role: text[slice(*better.spans[number].fragments[0])] for role, number in better.frames[1].roles}
    assert words == {"cue": "argued", "claim": "that the bridge is closed", "source": "Ada Holm"}
    assert 0 < better.frames[1].score <= MOST
    assert "learned" in better.frames[1].reason


def test_what_lies_inside_another_attribution_is_left_alone(learned):
    text = "Ada Holm said that the bridge is closed."
    made = Proposals(
        (ProposedSpan("CLAIM", ((19, 29),), 0.9, ""), ProposedSpan("CUE", ((9, 13),), 0.9, "")),
        (
            ProposedFrame("ATTRIBUTION", (("cue", 1),), 0.9, ""),
            ProposedFrame("ATTRIBUTION", (("claim", 0),), 0.9, "", {}, (("parent", 0),)),
        ),
    )
    better = _bettered(learned, text, made, Use(moves=LABELS))
    assert better.spans[0] == made.spans[0]


def test_one_article_is_too_little():
    with pytest.raises(UserError, match="too little to learn from"):
        run(learn([short_rules.lesson(1)], short_rules.Rules(), LABELS, short_rules.FRAMES))


def test_nothing_is_used_that_does_not_win():
    perfect = [short_rules.lesson(seed) for seed in range(6)]

    class Right:
        def suggest(self, texts):
            for one in texts:
                yield Proposals(tuple(ProposedSpan(*m, 0.9, "") for m in short_rules.marked(one.text)))

    found, model = run(learn(perfect, Right(), LABELS, short_rules.FRAMES))
    assert model == b""
    assert (found.moves, found.adds, found.is_better) == ((), False, False)
    assert [one.gain for one in found.comparisons] == [0, 0, 0]


@pytest.mark.parametrize(("wins", "times"), [(True, 5), (False, 1)])
def test_the_tagger_is_trained_on_all_only_where_it_wins_on_the_first_quarter(monkeypatch, wins, times):
    trainings, real = [], training.train

    def _train(examples):
        trainings.append(True)
        return real(examples)

    monkeypatch.setattr(training, "train", _train)
    monkeypatch.setattr(training, "adding", lambda _, __, use: Verdict(replace(use, adds=wins), ()))
    lessons = [short_rules.lesson(seed) for seed in range(10)]
    found, model = run(learn(lessons, short_rules.Rules(), LABELS, short_rules.FRAMES))
    assert len(trainings) == times
    assert found.adds == bool(model) == wins


def test_each_fourth_is_held_out_once_always_the_same():
    names = [f"a{number}" for number in range(20)]
    found = folds(names)
    assert [len(one) for one in found] == [5] * 4
    assert frozenset().union(*found) == frozenset(names)
    assert found == folds(reversed(names))
    assert [len(one) for one in folds(["one", "two"])] == [1, 1]


# --- ranking


SUNG = "said sang"
FRAMES = short_rules.FRAMES


def _sung():
    return Proposals(
        (ProposedSpan("CUE", ((0, 4),), 0.5, ""), ProposedSpan("CUE", ((5, 9),), 0.5, "")),
        tuple(ProposedFrame("ATTRIBUTION", (("cue", at),), 0.5, "by rule") for at in (0, 1)),
    )


def _judged(count):
    return [
        case
        for one in _decisions(count)
        for case in ranking.cases(SUNG, _sung(), (one,), {}, FRAMES, told={})
    ]


def _decisions(count):
    for number in range(count):
        is_right = number % 3 > 0
        words = (0, 4) if is_right else (5, 9)
        yield Decision("ATTRIBUTION", (("cue", (words,)),), 0.5, "by rule", is_right)


def test_decisions_teach_which_suggestions_are_right():
    found = _judged(60)
    assert [one.is_right for one in found[:4]] == [False, True, True, False]
    weights = ranking.learn_ranking(found)
    good, bad = (one.score for one in ranking.ranked(SUNG, _sung(), weights, FRAMES).frames)
    assert bad < 0.35 < 0.65 < good
    few = ranking.learn_ranking(found[:3])
    little, less = (one.score for one in ranking.ranked(SUNG, _sung(), few, FRAMES).frames)
    assert 0.45 < less < little < 0.65  # near the own score of 0.5


def test_marks_teach_too_and_a_decision_stands_above_them():
    made, shares = _sung(), {0: 0.75, 1: 0.0}
    assert [one.is_right for one in ranking.cases(SUNG, made, (), shares, FRAMES, told={})] == [True, False]
    (refused,) = _decisions(1)
    (first, second) = ranking.cases(SUNG, made, (refused, *_decisions(1)), {0: 1.0, 1: 1.0}, FRAMES, told={})
    assert (first.is_right, second.is_right) == (True, False)


def test_scores_stay_while_there_is_too_little_or_no_gain():
    found = _judged(60)
    weights = ranking.learn_ranking(found)
    better, (told,) = ranking.surer(weights, [(weights, found)])
    assert better == weights
    assert (told.label, told.suggestions, told.rules_sure, told.right) == ("ATTRIBUTION", 60, 0, (0.0, 100.0))
    assert ranking.surer(weights, [(weights, found[:29])]) == ({}, ())
    assert ranking.surer(weights, [(weights, [one for one in found if one.is_right])]) == ({}, ())
    certain = [replace(one, score=float(one.is_right)) for one in found]
    assert ranking.surer(weights, [(weights, certain)]) == ({}, ())


def test_enough_of_what_is_shown_as_sure_is_right_on_articles_held_out():
    case = _judged(1)[0]
    sure = [(replace(case, is_right=number % 10 > 0), 0.98 - number / 1000) for number in range(100)]
    guessed = [(replace(case, is_right=number % 5 > 0), 0.85 - number / 1000) for number in range(40)]
    assert ranking.too_sure([one for one in sure if one[0].is_right]) == 0
    assert ranking.too_sure([]) == 0
    assert ranking.too_sure([(one, 0.9) for one, _ in guessed]) > 3  # all alike, too few of them right
    mixed = [*(one for one in sure[:30] if one[0].is_right), *guessed]
    least = 1 / (1 + math.exp(-ranking.too_sure(mixed) - math.log(4)))
    kept = [one for one, likely in mixed if likely >= round(least, 6)]
    assert 27 <= len(kept) < 67
    assert sum(one.is_right for one in kept) >= ranking.HELD * len(kept)
    few, many = ([one for one in sure[10:end] if one[0].is_right or one[1] > 0.961] for end in (30, 99))
    assert ranking.too_sure(few) > 0 == ranking.too_sure(many)  # one wrong in 19 may be more, in 81 hardly
    certain = {"ATTRIBUTION": {"": 2.0}}
    assert ranking.surer(certain, [(certain, _judged(60))]) == ({}, ())  # as sure of what is wrong


def test_only_what_stays_tells_how_sure_to_be():
    found = _judged(6)
    weights = ranking.learn_ranking(_judged(60))["ATTRIBUTION"]
    quarter = training.Quarter((), (), (weights, {}), {}, found)
    assert quarter.left(Use(), FRAMES) == found
    assert quarter.left(Use(least=0.5), FRAMES) == [one for one in found if one.is_right]
    assert quarter.left(Use(least=0.6, judge=1), FRAMES) == []
    assert quarter.left(Use(least=0.6, judge=1), {"OTHER": {}}) == found


def test_what_lies_inside_others_keeps_its_score():
    weights = ranking.learn_ranking(_judged(60))
    inner = replace(_sung().frames[1], links=(("parent", 0),))
    made = replace(_sung(), frames=(_sung().frames[0], inner))
    good, same = (one.score for one in ranking.ranked(SUNG, made, weights, FRAMES).frames)
    assert (good > 0.65, same) == (True, 0.5)


# --- the file and the suggester


def _written(path, learned, model):
    found = write_model(path, learned, model)
    take_place(path)
    return found


def test_a_model_is_written_whole_and_read_again(learned, tmp_path):
    path = tmp_path / "p.annot.learned"
    path.write_text("an older one")
    written = write_model(path, *learned)
    assert path.read_text() == "an older one"
    take_place(path)
    assert written == file_hash(path)
    facts, model = read_model(path)
    assert model == learned[1]
    assert facts.comparisons == learned[0].comparisons
    assert (facts.moves, facts.adds) == (learned[0].moves, learned[0].adds)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [b"", b"[]\n", b"{}\n", b"nonsense"])
def test_what_is_no_model_is_refused(tmp_path, content):
    path = tmp_path / "x.learned"
    path.write_bytes(content)
    with pytest.raises(UserError, match="no learned model"):
        read_facts(path)


def test_a_model_with_other_bytes_is_refused(learned, tmp_path):
    path = tmp_path / "x.learned"
    _written(path, *learned)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with pytest.raises(UserError, match="is damaged"):
        read_model(path)
    path.write_bytes(whole.replace(b'"format": 5', b'"format": 4'))
    with pytest.raises(UserError, match="no learned model"):
        read_facts(path)


def test_a_model_of_a_version_that_learned_less_is_none_that_can_be_read(learned, tmp_path):
    path = tmp_path / "x.learned"
    _written(path, *learned)
    line, _, model = path.read_bytes().partition(b"\n")
    facts = json.loads(line)
    del facts["outermost"]
    path.write_bytes(json.dumps(facts).encode() + b"\n" + model)
    with pytest.raises(UserError, match="no learned model"):
        read_facts(path)


def test_without_a_tagger_the_weights_tell_one_model_from_another(learned, tmp_path):
    found, path = replace(learned[0], adds=False), tmp_path / "x.learned"
    _written(path, found, b"")
    first, model = read_model(path)
    assert model == b""
    _written(path, replace(found, edges={}), b"")
    assert read_facts(path).model != first.model
    path.write_bytes(path.read_bytes().replace(b'"articles": 10', b'"articles": 11'))
    with pytest.raises(UserError, match="is damaged"):
        read_model(path)


def test_a_place_that_cannot_be_written_is_said(learned, tmp_path):
    with pytest.raises(UserError, match="could not be written"):
        write_model(tmp_path / "no" / "such" / "x.learned", *learned)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk here that is always full")
def test_a_full_disk_leaves_the_older_model_and_nothing_else(learned, tmp_path, monkeypatch):
    path = tmp_path / "x.learned"
    path.write_text("an older one")
    monkeypatch.setattr(model_file, "fresh_path", lambda _: Path("/dev/full"))
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    with pytest.raises(UserError, match="the disk is full"):
        write_model(path, *learned)
    monkeypatch.undo()
    assert path.read_text() == "an older one"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_begun_goes_when_it_cannot_take_its_place(learned, tmp_path):
    path = tmp_path / "x.learned"
    path.mkdir()
    with pytest.raises(UserError, match="could not be written"):
        _written(path, *learned)
    assert list(tmp_path.iterdir()) == [path]


def test_the_suggester_betters_the_rules_under_their_name(tmp_path):
    path = tmp_path / "p.annot.learned"
    lessons = [short_rules.lesson(seed) for seed in range(14)]
    facts = run(learn_to_file(lessons, (short_rules.POINT, "", KEPT), LABELS, short_rules.FRAMES, str(path)))
    assert (facts["rules"], facts["hash"]) == ("short rules 1", file_hash(fresh_path(path)))
    take_place(path)
    kept = read_facts(path)
    assert {"pipeline": kept.pipeline, "asked": kept.asked, "teachers": kept.teachers} == KEPT
    suggester = SUGGESTER.load(_choice(path))
    assert suggester.name == "short rules"
    assert suggester.version.startswith("1+")
    text = short_rules.text(42)
    (proposals,) = suggester.suggest([SuggestInput(text)])
    assert {(one.label, one.fragments) for one in proposals.spans} == set(short_rules.marked(text))


@pytest.mark.parametrize(
    ("choice", "says"), [("", "Nothing was learned"), ("{}", "Nothing was learned"), ("[]", "Nothing was")]
)
def test_without_a_model_nothing_is_loaded(choice, says):
    with pytest.raises(UserError, match=says):
        SUGGESTER.load(choice)


def test_a_model_that_was_not_learned_here_is_not_opened(learned, tmp_path):
    path = tmp_path / "x.learned"
    _written(path, *learned)
    for wrong in ("", "0" * 64):
        with pytest.raises(UserError, match="was not learned here"):
            SUGGESTER.load(_choice(path, hash=wrong))
    with pytest.raises(UserError, match="learned with other rules"):
        SUGGESTER.load(_choice(path))


def test_a_machine_without_the_library_says_so(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pycrfsuite", None)
    with pytest.raises(UserError, match="Learning is off on this machine"):
        tagger.train([])
