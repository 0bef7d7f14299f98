"""Words right behind a verb that only say more of the noun behind them: "praised the late mayor"."""

from __future__ import annotations

from annotator.model.grammar import grammar
from annotator.nlp.attributions.sentences import Sentence


def is_late_one(s: Sentence, at: int) -> bool:
    """Tell "praised the late mayor", "condemned the Sunday march" from "praised the next day"."""
    times = grammar()["time"]
    is_day = s.word(at + 1) in ("late", "early") or s.tag(at + 1) == "CAP"
    return s.tag(at) == "DT" and is_day and s.tag(at + 2) in ("NN", "VB") and s.word(at + 2) not in times


def is_modifier(s: Sentence, at: int) -> bool:
    """Tell "criticised proposed cuts", "saw no reason", "welcomed widely expected talks"."""
    if s.tag(at) == "RB":
        return s.word(at).endswith("ly") and s.tag(at + 1) in ("VD", "NN") and s.tag(at + 2) == "NN"
    return (s.tag(at) == "VD" and s.tag(at + 1) == "NN") or s.word(at) == "no"
