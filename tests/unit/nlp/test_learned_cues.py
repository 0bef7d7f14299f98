"""Cues that people marked and the rules lack: seen in frames, tried, learned, and used elsewhere."""

from __future__ import annotations

import pytest
import short_rules

from annotator.model.cue_lexicon import WEAK, with_verbs
from annotator.model.job import run
from annotator.model.learning import Lesson
from annotator.model.own_cues import line_for, verbs_of
from annotator.model.suggesting import Proposals, ProposedSpan, SuggestInput
from annotator.nlp.attributions import SUGGESTER
from annotator.nlp.learning.comparing import Tally
from annotator.nlp.learning.cues import Tried, is_known, lemma_of, seen, stand_in
from annotator.nlp.learning.model_file import read_model, take_place, write_model
from annotator.nlp.learning.suggester import Better
from annotator.nlp.learning.training import learn
from annotator.nlp.learning.words import lines

RULES = SUGGESTER.load("")
PEOPLE = ("Anna Quill", "Ben Ruiz", "Cleo Park", "Dan Vogt", "Eva Lind", "Finn Berg")
THINGS = ("the dam would hold", "the bridge was safe", "every ferry was late", "the harbour was closed")


def _lesson(name: str, *frames: tuple[str, str, str], more: tuple[str, ...] = ()) -> Lesson:
    """Return an article of sentences "source cue claim.", marked, and of others that are not."""
    text, marked = "", []
    for source, cue, claim in frames:
        parts = []
        for label, words in (("SOURCE", source), ("CUE", cue), ("CLAIM", claim)):
            parts.append((label, ((len(text), len(text) + len(words)),)))
            text += words + ("." if label == "CLAIM" else " ")
        text += "\n"
        marked.append(tuple(parts))
    text += "\n".join(more)
    spans = tuple(span for one in marked for span in one)
    return Lesson(name, SuggestInput(text), spans, ((0, len(text)),), frames=tuple(marked))


def _lessons(verb: str, wrong: tuple[str, ...] = (), taught: int = 6) -> list[Lesson]:
    return [
        _lesson(
            f"article {number}",
            (person, "said", f"that {THINGS[number % 4]}"),
            *(((person, verb, f"that {THINGS[(number + 1) % 4]}"),) if number < taught else ()),
            more=wrong,
        )
        for number, person in enumerate(PEOPLE)
    ]


def _learned(lessons):
    return run(learn(lessons, RULES, short_rules.LABELS, short_rules.FRAMES))


def _cues(proposals, text):
    numbers = [dict(frame.roles).get("cue") for frame in proposals.frames if frame.label == "ATTRIBUTION"]
    return [text[slice(*proposals.spans[one].fragments[0])] for one in numbers if one is not None]


def _proposed(suggester, text, cues=()):
    (found,) = suggester.suggest([SuggestInput(text, cues=cues)])
    return _cues(found, text)


# --- the rules with cues of a project


def test_rules_use_the_cues_that_come_with_a_text():
    text = "Anna Quill schlepped that the dam would hold."
    assert _proposed(RULES, text) == []
    assert _proposed(RULES, text, ("schlepp : s",)) == ["schlepped"]
    assert _proposed(RULES, text) == []


def test_a_particle_and_a_preposition_belong_to_a_cue():
    text = "Anna Quill gambled on a late vote in June."
    assert _proposed(RULES, text) == []
    assert _proposed(RULES, text, ("gamble : +on",)) == ["gambled on"]


# --- what is seen


@pytest.mark.parametrize(
    ("cue", "claim", "line"),
    [
        ("schlepped", "that it holds", None),
        ("motioned", "that it holds", "motion : s"),
        ("has quietly phoned", "“It holds”", "phone : q"),
        ("doubled down", "on the claim", "double down : +on"),
        ("doubled down on", "the old claim", "double down on : n"),
        ("focused on", "the old claim", "focus : +on"),
        ("did not focus", "whether it holds", "focus : w"),
        ("focused", "to hold", "focus : i"),
        ("focused", "holding it", "focus : g"),
        ("in the eyes of", "the old claim", None),
        ("said it once and again", "the old claim", None),
    ],
)
def test_a_cue_is_seen_with_what_follows_it(cue, claim, line):
    found = [line_for(one) for one in seen(_lesson("a", ("Anna Quill", cue, claim)))]
    assert found == ([line] if line else [])


def test_what_stands_before_its_cue_is_a_clause_or_a_quotation():
    def _before(claim: str) -> list[str]:
        text = f"{claim} focused Quill."
        end = len(claim)
        parts = (("CUE", ((end + 1, end + 8),)), ("CLAIM", ((0, end),)))
        return [line_for(one) for one in seen(Lesson("a", SuggestInput(text), parts, (), frames=(parts,)))]

    assert _before("It holds,") == ["focus : s"]
    assert _before("“It holds,”") == ["focus : q"]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"),
        ("misled", "mislead"),
        ("carried", "carry"),
        ("hiring", "hire"),
        ("xyzzied", ""),
        ("the", ""),
    ],
)
def test_the_verb_of_a_form_is_one_that_is_known(form, lemma):
    assert lemma_of(form) == lemma


def test_known_is_what_the_lexicon_says_as_surely():
    (say,) = verbs_of(["say : s"])
    (schlepp,) = verbs_of(["schlepp : s"])
    (weak,) = verbs_of(["schlepp : s ?"])
    assert is_known(say)
    assert not is_known(schlepp)
    with with_verbs([weak]):
        assert is_known(weak)
        assert not is_known(schlepp)


# --- what is learned


def test_a_cue_of_two_articles_is_learned_and_used_elsewhere(tmp_path):
    learned, model = _learned(_lessons("motioned"))
    assert [one.split(" :")[0] for one in learned.cues] == ["motion"]
    assert learned.is_better
    claim = next(one for one in learned.comparisons if one.label == "CLAIM")
    assert claim.learned_overlap > claim.rules_overlap
    write_model(tmp_path / "m", learned, model)
    take_place(tmp_path / "m")
    assert read_model(tmp_path / "m")[0].cues == learned.cues
    text = "Gina Holt motioned that the tunnel was flooded."
    assert _proposed(RULES, text) == []
    assert _proposed(Better(RULES, SUGGESTER, learned, model), text) == ["motioned"]


def test_a_cue_of_one_article_is_not_learned():
    assert _learned(_lessons("motioned", taught=1))[0].cues == ()


def test_a_cue_that_is_mostly_none_is_not_learned():
    wrong = tuple(f"{one} motioned that the tunnel was dry." for one in ("Gus Hart", "Hal Ives", "Ina Jost"))
    assert _learned(_lessons("motioned", wrong=wrong))[0].cues == ()


@pytest.mark.parametrize(("end", "gains"), [(24, True), (18, False)])
def test_a_cue_by_which_a_label_loses_is_not_learned(end, gains):
    text = "Anna Quill said it holds."
    marked = [("SOURCE", ((0, 10),)), ("CUE", ((11, 15),)), ("CLAIM", ((16, 24),))]

    def _tally(*proposed):
        found = Tally()
        spans = tuple(ProposedSpan(label, pieces, 0.5, "") for label, pieces in proposed)
        found.count(marked, lines(text), Proposals(spans))
        return found

    before, change = _tally(marked[2]), _tally(*marked[:2], ("CLAIM", ((16, end),)))
    change.add(before, -1)
    (verb,) = verbs_of(["say : s"])
    tried = Tried(verb, frozenset((0, 1)), {0: change})
    assert (tried.gain(before, frozenset((0, 1))) > 0) == gains


@pytest.mark.parametrize(
    ("text", "stands"), [("She Motioned.", True), ("A motionless sea.", False), ("He carried it.", True)]
)
def test_a_text_without_any_form_of_a_cue_is_not_looked_at_again(text, stands):
    assert stand_in(text, ("motion : s", "carry : n ?")) == stands


def test_what_the_rules_know_is_not_learned():
    assert _learned(_lessons("warned"))[0].cues == ()


def test_a_weak_cue_is_made_surer_where_it_is_marked_and_missed():
    lessons = _lessons("motioned")
    given = [SuggestInput(one.input.text, cues=("motion : n ?",)) for one in lessons]
    told = [
        Lesson(one.name, each, one.marked, one.known, frames=one.frames)
        for one, each in zip(lessons, given, strict=True)
    ]
    (verb,) = verbs_of(_learned(told)[0].cues)
    assert verb.governs == {"s"}
    assert verb.strength >= WEAK
