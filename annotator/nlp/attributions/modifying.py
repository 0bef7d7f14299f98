"""Words right behind a verb that say when, or more of the noun behind them: "praised the late mayor"."""

from __future__ import annotations

from annotator.model.cue_lexicon import SURE
from annotator.model.grammar import grammar
from annotator.nlp.attributions.behind import skip_when
from annotator.nlp.attributions.cues import VerbCue
from annotator.nlp.attributions.sentences import Sentence


def is_late_one(s: Sentence, at: int) -> bool:
    """Tell "praised the late mayor", "last week's deal", "the Sunday march" from "praised the next day"."""
    if s.word(skip_when(s, at)) in ("'s", "’s"):
        return True
    times = grammar()["time"]
    is_day = s.word(at + 1) in ("late", "early") or s.tag(at + 1) == "CAP"
    return s.tag(at) == "DT" and is_day and s.tag(at + 2) in ("NN", "VB") and s.word(at + 2) not in times


def is_modifier(s: Sentence, at: int) -> bool:
    """Tell "criticised proposed cuts", "saw no reason", "welcomed widely expected talks"."""
    if s.tag(at) == "RB":
        return s.word(at).endswith("ly") and s.tag(at + 1) in ("VD", "NN") and s.tag(at + 2) == "NN"
    return (s.tag(at) == "VD" and s.tag(at + 1) == "NN") or s.word(at) == "no"


def is_day_first(s: Sentence, first: int, late: int) -> bool:
    """Tell "announced Monday a plan", "announced last week its plan" from "praised last week's plan"."""
    day = first + (s.word(first) in ("on", "last", "this", "earlier"))
    is_led = late > first and s.tag(late) in ("DT", "PS") and s.word(late)[0].isalpha()
    return is_led and s.word(day).rstrip(".") in grammar()["time"] and s.tag(day) in ("CAP", "NN")


def is_described(s: Sentence, cue: VerbCue, at: int) -> bool:
    """Tell "said increased rain had hurt the dam" from "said published reports"."""
    is_led = s.tag(at) == "VD" and s.tag(at + 1) == "NN"
    return is_led and cue.entry.strength == SURE and cue.verb + 1 == at
