"""What weights are learned for: choosing, moving edges, leaving out frames, and what of it is used."""

from __future__ import annotations

from dataclasses import replace

import pytest
import short_rules

from annotator.model.job import run
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.nlp.learning import comparing, edges, judging, training
from annotator.nlp.learning.bettering import Known, Use, bettered
from annotator.nlp.learning.choosing import Choice, chance, chances, learn, yes_or_no
from annotator.nlp.learning.comparing import HeldOut, compare
from annotator.nlp.learning.pairing import paired
from annotator.nlp.learning.training import learn as learn_all
from annotator.nlp.learning.words import lines

LABELS, FRAMES = short_rules.LABELS, short_rules.FRAMES
TEXT = "Ada said “it holds,” and left.\nBen left, he said."


# --- choosing


def test_of_several_the_one_that_was_chosen_before_is_the_likeliest():
    apples = Choice((("red", "round"), ("long",), ("round",)), (1.0, 0.0, 0.0))
    weights = learn([apples] * 8, 0.1)
    likely = chances(weights, apples.candidates)
    assert likely[0] == max(likely) > 0.6
    assert sum(likely) == pytest.approx(1)
    assert learn([apples] * 8, 0.1) == weights


def test_a_share_is_learned_as_such():
    weights = learn([yes_or_no(["a"], 0.75), yes_or_no(["b"], 0.0)] * 40, 0.01)
    assert chance(weights, ["a"]) == pytest.approx(0.75, abs=0.05)
    assert chance(weights, ["b"]) < 0.1
    assert chance(weights, ["never seen"]) == 0.5


def test_more_hold_draws_towards_nothing():
    choices = [yes_or_no(["a"], 1.0)] * 10
    assert 0.5 < chance(learn(choices, 10.0), ["a"]) < chance(learn(choices, 0.1), ["a"])


def test_what_occurs_once_and_nothing_at_all_teach_nothing():
    assert learn([], 1.0) == {}
    assert learn([yes_or_no(["once"], 1.0)], 1.0) == {}


# --- who is whom


def test_spans_of_one_label_are_paired_one_to_one_the_most_alike_first():
    made = [("A", ((0, 10),)), ("A", ((8, 12),)), ("B", ((0, 10),)), ("A", ((20, 30), (40, 50)))]
    wanted = [("A", ((0, 12),)), ("A", ((42, 50),)), ("C", ((0, 10),))]
    assert paired(made, wanted) == {0: 0, 3: 1}


# --- edges


def _claims(text, *pieces):
    spans = (ProposedSpan("CLAIM", pieces, 0.6, "“said” before a clause"),)
    return Proposals(spans, (ProposedFrame("ATTRIBUTION", (("claim", 0),), 0.6, ""),))


def _weights(examples):
    found = []
    for text, made, marked in examples:
        found += edges.choices(list(lines(text)), _claims(text, *made), [("CLAIM", marked)])
    return edges.learn_edges(found)


SAID = [
    (f"{who} said “{what},” and left.", who, what)
    for who in ("Ada", "Ben", "Cleo", "Dan")
    for what in ("it holds", "nobody knew of that", "all is well")
]


def _place(text, words):
    start = text.index(words)
    return start, start + len(words)


def test_edges_go_to_where_people_have_them():
    # People leave out the quotation marks and the comma before the second one.
    examples = [(text, (_place(text, f"“{what},”"),), (_place(text, what),)) for text, _, what in SAID]
    weights = _weights(examples)
    assert set(weights) == {"CLAIM start", "CLAIM end"}
    text = "Eva said “no ship sails,” and left."
    better = edges.moved(list(lines(text)), _claims(text, (9, 25)), weights, ("CLAIM",))
    assert [text[slice(*one)] for one in better.spans[0].fragments] == ["no ship sails"]
    assert edges.moved(list(lines(text)), _claims(text, (9, 25)), weights, ()).spans[0].fragments == (
        (9, 25),
    )


def test_edges_stay_where_people_leave_them():
    weights = _weights([(text, (_place(text, what),), (_place(text, what),)) for text, _, what in SAID])
    text = "Eva said “no ship sails,” and left."
    made = _claims(text, _place(text, "no ship sails"))
    assert edges.moved(list(lines(text)), made, weights, ("CLAIM",)) == made


def test_no_edge_is_torn_from_its_piece_or_put_upon_another_span():
    examples = [(text, (_place(text, f"“{what},”"),), (_place(text, what),)) for text, _, what in SAID]
    weights = _weights(examples)
    text = "“No,” said Ada. “”"
    for pieces in (((0, 5),), ((0, 5), (16, 18)), ((16, 17),)):
        (span,) = edges.moved(list(lines(text)), _claims(text, *pieces), weights, ("CLAIM",)).spans
        flat = [place for piece in span.fragments for place in piece]
        assert flat == sorted(flat)
        assert all(start < end for start, end in span.fragments)
    text = "Eva said “no ship sails,” and left."
    both = (_claims(text, (9, 25)).spans[0], _claims(text, (10, 23)).spans[0])
    assert edges.moved(list(lines(text)), Proposals(both, ()), weights, ("CLAIM",)).spans == both


def test_a_whole_sentence_is_marked_however_long_it_is():
    def _case(what):
        start, more = "It rained.", " and so on" * 12
        text = f"{start} Ada told farmers{' of the north and of the south' * 4} that {what}{more}. They left."
        claim = _place(text, f"{what}{more}")
        return text, claim, (len(start) + 1, claim[1] + 1)

    cases = [_case(what) for what in ("it holds", "nobody knew", "all is well", "rain fell") * 2]
    weights = _weights([(text, (claim,), (sentence,)) for text, claim, sentence in cases])
    text, claim, sentence = _case("no ship sails")
    (span,) = edges.moved(list(lines(text)), _claims(text, claim), weights, ("CLAIM",)).spans
    assert span.fragments == (sentence,)


def test_pieces_that_grow_over_one_another_become_one():
    text = "“No,” said Ada in town, “never.” They left."
    weights = {"CLAIM start": {"- sentence": 9.0}, "CLAIM end": {"+ sentence": 9.0, "= sentence": 9.0}}
    (span,) = edges.moved(list(lines(text)), _claims(text, (0, 5), (24, 32)), weights, ("CLAIM",)).spans
    assert [text[slice(*one)] for one in span.fragments] == ["“No,” said Ada in town, “never.”"]


def test_a_piece_that_runs_over_paragraphs_is_left_alone():
    made = _claims(TEXT, (9, 40))
    assert list(edges.choices(list(lines(TEXT)), made, [("CLAIM", ((9, 45),))])) == []
    weights = {"CLAIM start": {"+": 9.0}, "CLAIM end": {"-1": 9.0}}
    assert edges.moved(list(lines(TEXT)), made, weights, ("CLAIM",)) == made


# --- leaving out


def _frame(spans, links=(), label="ATTRIBUTION", roles=("claim", "cue")):
    return ProposedFrame(label, tuple(zip(roles, spans, strict=False)), 0.6, "by rule", {}, links)


def _two(text=TEXT, parent=False):
    spans = (
        ProposedSpan("CLAIM", (_place(text, "“it holds,”"),), 0.6, ""),
        ProposedSpan("CUE", ((4, 8),), 0.6, ""),
        ProposedSpan("CLAIM", (_place(text, "Ben left"),), 0.6, ""),
        ProposedSpan("CUE", ((len(text) - 5, len(text) - 1),), 0.6, ""),
    )
    links = (("parent", 0),) if parent else ()
    stance = ProposedFrame("STANCE", (("target", 2),), 0.5, "")
    return Proposals(spans, (_frame((0, 1)), _frame((2, 3), links), stance))


def _judges(marked, count=12):
    shares = judging.shares(_two(), marked, FRAMES, list(lines(TEXT)))
    return _every([*judging.choices(TEXT, _two(), shares, {})] * count)


def _every(found):
    """Return all weights, in the order in which a model holds them."""
    beside = judging.learn_beside((one.candidates[0], one.deserved[0] > 0) for one in found)
    return (*judging.learn_judging(found), beside)


def _judge(marked):
    return _judges(marked)[0]


QUOTED = [("CLAIM", ((9, 20),)), ("CUE", ((4, 8),))]


def test_frames_that_people_do_not_mark_go_with_what_is_about_them():
    made = _two()
    left = judging.kept(TEXT, made, _judge(QUOTED), 0.3, FRAMES)
    assert left.frames == made.frames[:1]
    assert left.spans == made.spans[:2]


def test_frames_that_people_mark_stay_as_they_are():
    every = [*QUOTED, ("CLAIM", ((31, 39),)), ("CUE", ((44, 48),))]
    assert judging.kept(TEXT, _two(), _judge(every), 0.3, FRAMES) == _two()


def test_what_is_left_is_numbered_anew():
    made = _two()
    spans, frames = (made.spans[2:] + made.spans[:2]), (_frame((0, 1)), _frame((2, 3), (("continues", 0),)))
    left = judging.kept(TEXT, Proposals(spans, frames), _judge(QUOTED), 0.3, FRAMES)
    assert left.spans == made.spans[:2]
    assert left.frames == (_frame((0, 1)),)


def test_what_lies_in_a_frame_that_stays_is_not_judged_and_else_as_one_alone():
    made = _two(parent=True)
    assert judging.kept(TEXT, made, _judge(QUOTED), 0.3, FRAMES) == made
    other = [("CLAIM", ((31, 39),)), ("CUE", ((44, 48),))]
    left = judging.kept(TEXT, made, _judge(other), 0.3, FRAMES)
    assert [one.label for one in left.frames] == ["ATTRIBUTION", "STANCE"]
    assert left.frames[0].links == ()
    assert TEXT[slice(*left.spans[left.frames[0].roles[0][1]].fragments[0])] == "Ben left"


def test_only_frames_in_labelled_paragraphs_teach_and_how_much_of_them_is_right():
    first, second = lines(TEXT)
    assert judging.shares(_two(), QUOTED, FRAMES, [first, second]) == {0: 1.0, 1: 0.0}
    loose = [("CLAIM", ((10, 19),)), ("CUE", ((4, 8),))]
    shares = judging.shares(_two(), loose, FRAMES, [first])
    assert shares == {0: 0.75}
    assert [one.deserved for one in judging.choices(TEXT, _two(), shares, {})] == [(0.75, 0.25)]
    assert judging.shares(_two(), QUOTED, {}, [first, second]) == {}


# --- what is used


def _tested(made, marked, judged):
    known = Known(TEXT, list(lines(TEXT)), made, [], {}, judged, FRAMES)
    return HeldOut(marked, list(lines(TEXT)), known, made)


def test_what_wins_is_used_and_what_does_not_is_not():
    found = compare([_tested(_two(), QUOTED, _judges(QUOTED))], LABELS)
    assert (found.use.least, found.use.judge) == (judging.RIGHT, judging.BESIDE)
    assert found.gain == found.overlap + found.strict > 100
    every = [*QUOTED, ("CLAIM", ((31, 39),)), ("CUE", ((44, 48),))]
    assert compare([_tested(_two(), every, _judges(QUOTED))], LABELS).use == Use()


def test_of_which_topic_claims_are_is_learned_only_where_nothing_else_tells():
    def _one(topic):
        text = f"Ada said the {topic} would stay."
        spans = (
            ProposedSpan("CLAIM", ((9, len(text) - 1),), 0.6, ""),
            ProposedSpan("CUE", ((4, 8),), 0.6, ""),
        )
        return text, Proposals(spans, (_frame((0, 1)),))

    def _marked(text, made):
        return [(one.label, one.fragments) for one in made.spans] if "harbour" in text else []

    made = [_one(topic) for topic in ("harbour", "school", "harbours", "forest") * 6]
    found = [
        one
        for text, each in made
        for shares in [judging.shares(each, _marked(text, each), FRAMES, list(lines(text)))]
        for one in judging.choices(text, each, shares, {})
    ]
    judges = _every(found)
    tested = [
        HeldOut(
            _marked(*one),
            list(lines(one[0])),
            Known(one[0], lines(one[0]), one[1], [], {}, judges, FRAMES),
            one[1],
        )
        for one in made
    ]
    assert compare(tested, LABELS).use.judge == 1
    assert not any("harbou" in name for name in judges[0])


def test_inner_frames_are_left_out_where_people_mark_outermost_ones_alone():
    made, every = _two(parent=True), [*QUOTED, ("CLAIM", ((31, 39),)), ("CUE", ((44, 48),))]
    found = compare([_tested(made, QUOTED, _judges(every))], LABELS)
    assert found.use == Use(outermost=True)
    known = _tested(made, QUOTED, _judges(every)).known
    left = bettered(known, found.use)
    assert left.frames == made.frames[:1]
    assert left.spans == made.spans[:2]
    assert compare([_tested(made, every, _judges(every))], LABELS).use == Use()


def test_what_loses_in_one_way_of_counting_is_not_used(monkeypatch):
    # The second frame shares words with what is marked: without it fewer are found that way.
    marked = [*QUOTED, ("CLAIM", ((31, 35),)), ("CUE", ((44, 48),))]
    monkeypatch.setattr(comparing, "WORTH", -1000.0)
    monkeypatch.setattr(comparing, "FREE", -1000.0)
    found = compare([_tested(_two(), marked, _judges(QUOTED))], LABELS)
    assert (found.overlap, found.strict) == (0, 0)


def test_a_guideline_of_its_own_is_learned_by_leaving_out():
    lessons = [short_rules.lesson(seed) for seed in range(8)]
    warned = [replace(one, marked=tuple(_only(one.input.text, "warned"))) for one in lessons]
    found, _ = run(learn_all(warned, short_rules.Rules(), LABELS, FRAMES))
    assert found.least
    assert found.judging
    cue = next(one for one in found.comparisons if one.label == "CUE")
    assert cue.learned_strict > cue.rules_strict + 20


def _only(text, verb):
    """Yield what is marked where somebody warns."""
    for line in lines(text):
        if verb in line.text:
            for label, pieces in short_rules.marked(text):
                if line.bounds[0] <= pieces[0][0] < line.bounds[1]:
                    yield label, pieces


def test_of_very_many_edges_the_first_ones_are_learned_from(monkeypatch):
    lessons = [short_rules.lesson(seed) for seed in range(4)]
    rules, counts = short_rules.Rules(), []
    monkeypatch.setattr(training, "MOST_EDGES", 20)
    real = edges.learn_edges

    def _learn(found):
        known = list(found)
        counts.append(len(known))
        return real(known)

    monkeypatch.setattr(edges, "learn_edges", _learn)
    run(learn_all(lessons, rules, LABELS, FRAMES))
    assert counts[-1] == 20
    assert max(counts) == 20
