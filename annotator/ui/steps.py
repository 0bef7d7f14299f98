"""How sure a suggestion is, in words and by a sign, for every place of the window that says it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from annotator.model.records import SuggestedFrame, SuggestedSpan
from annotator.model.steps import SIGNS, Record, Step, Tally, step_of, suggester_name
from annotator.ui.saying import because


def _tr(text: str) -> str:
    return QCoreApplication.translate("steps", text)


def step_word(score: float) -> str:
    """Return the word for how sure a score is."""
    words: Mapping[Step, str] = {"sure": _tr("sure"), "likely": _tr("likely"), "guess": _tr("guess")}
    return words[step_of(score)]


def step_words(score: float) -> str:
    """Return the sign and the word for how sure a score is."""
    return f"{SIGNS[step_of(score)]} {step_word(score)}"


def why(one: SuggestedSpan | SuggestedFrame) -> str:
    """Return how sure a suggestion is and why it is made, as one line."""
    return ": ".join(part for part in (step_word(one.score), because(one.reason)) if part)


def so_far(one: SuggestedSpan | SuggestedFrame, record: Record) -> str:
    """Return how often suggestions like this one were right so far; nothing while none was decided."""
    found = record.get((suggester_name(one.suggester), step_of(one.score)), Tally())
    if not found.decided:
        return ""
    share = round(100 * found.right / found.decided)
    text = _tr("{0} of {1} like it were right so far ({2} %)").format(found.right, found.decided, share)
    return text + (_tr(", {0} more after a change").format(found.changed) if found.changed else "")
