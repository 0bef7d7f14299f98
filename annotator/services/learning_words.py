"""What a person is told of what was learned: what takes over, by how much, and whose labels taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from annotator.model.learning import Comparison, Learned, Sureness
from annotator.model.said import Said, joined, say
from annotator.model.scheme import Scheme

_FIGURES = 2
"""Labels whose figures fit into a line."""


def under_own_names(learned: Learned, scheme: Scheme, *, titled: bool = False) -> Learned:
    """Return what was learned with the names, or titles, that the scheme has for the labels."""

    def _own(label: str) -> str:
        own = scheme.named(label) or label
        found = scheme.label(own) if titled else None
        return (found.title if found is not None else "") or own

    comparisons = (replace(one, label=_own(one.label)) for one in learned.comparisons)
    sureness = tuple(replace(one, label=_own(one.label)) for one in learned.sureness)
    moves = tuple(map(_own, learned.moves))
    return replace(learned, comparisons=tuple(comparisons), moves=moves, sureness=sureness)


def brief(learned: Learned) -> Said:
    """Return in one short line by how much what was learned is better, label by label."""
    told = (one for one in sorted(learned.comparisons, key=lambda one: -one.gain) if one.is_told)
    gains = [*map(_gain, told)]
    if not learned.is_better:
        return say("Nothing learned yet that is better than the rules: they stay.")
    if not learned.is_changing:
        return say(
            "Learned how sure suggestions are; held out, {figures}.", figures=_surer(learned.sureness[0])
        )
    if not gains and learned.cues:
        return say("Learned {n} more cue(s), as good as the rules elsewhere.", len(learned.cues))
    if not gains:
        return say("Learned; as good as the rules on articles held out.")
    pattern = "Learned from the labels; F1 on articles held out: {figures}."
    if learned.least:
        pattern = "Learned to leave out what is not marked here; F1 on articles held out: {figures}."
    elif learned.outermost:
        pattern = "Learned to leave out inner attributions; F1 on articles held out: {figures}."
    most = _FIGURES - (learned.least > 0 or learned.outermost)
    return say(pattern, figures="; ".join(gains[:most]))


def _gain(one: Comparison) -> Said:
    """Return by how much a label is better, by overlap or strict, as whole figures show it."""
    gains = (
        ("{label} {rules} → {learned} by overlap", one.rules_told, one.learned_told),
        ("{label} {rules} → {learned} strict", one.rules_strict, one.learned_strict),
    )
    shown = (gain for gain in gains if round(gain[2]) > round(gain[1]))
    pattern, rules, learned = max(shown, key=lambda gain: gain[2] - gain[1])
    return say(pattern, label=one.label, rules=f"{rules:.0f}", learned=f"{learned:.0f}")


def _surer(one: Sureness) -> Said:
    """Return how many are shown as sure by rules and learned model, and how many of those are right."""
    shares, right = one.shares, one.right
    return say(
        "{rules} → {learned} % are sure, of these {rules_right} → {learned_right} % right",
        rules=f"{shares[0]:.0f}",
        learned=f"{shares[1]:.0f}",
        rules_right=f"{right[0]:.0f}",
        learned_right=f"{right[1]:.0f}",
    )


def sentence(learned: Learned) -> Said:
    """Return what a person wants to know: what takes over, and by how much."""
    takes_over = [
        *([say("knows {n} more cue(s)", len(learned.cues))] if learned.cues else []),
        *([say("leaves out what lies inside other attributions")] if learned.outermost else []),
        *([say("leaves out what is not marked here")] if learned.least else []),
        *([say("adds what the rules miss")] if learned.adds else []),
        *([say("moves the edges of {labels}", labels=", ".join(learned.moves))] if learned.moves else []),
        *([say("tells better how sure suggestions are")] if learned.ranking else []),
    ]
    figures = "; ".join(
        f"{one.label} {one.rules_strict:.0f} → {one.learned_strict:.0f}, "
        f"{one.rules_told:.0f} → {one.learned_told:.0f}"
        for one in learned.comparisons
    )
    held_out = say(
        "F1 on articles held out, strict and by overlap, rules → learned: {figures}.", figures=figures
    )
    return joined(
        say("What was learned {does}.", does=joined(*takes_over, between=", "))
        if takes_over
        else say("The rules stay: they are better."),
        say("Taught by {people}.", people=joined(*_people(learned), between=", "))
        if learned.teachers
        else "",
        held_out if figures else "",
        *(
            say("{label}, held out: {figures}.", label=one.label, figures=_surer(one))
            for one in learned.sureness
        ),
    )


def _people(learned: Learned) -> Iterator[Said]:
    """Yield whose labels taught, in how many articles."""
    for name, count in taught_by(learned).items():
        yield say("{name} ({n} article(s))", count, name=name)


def taught_by(learned: Learned) -> dict[str, int]:
    """Return in how many articles whose labels taught, most first."""
    return dict(Counter(name for names in learned.teachers.values() for name in names).most_common())
