"""What was found, as proposals: spans with their attributes, frames with roles, links and actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.model.tokens import Bounds
from annotator.nlp.attributions.addressees import label_of
from annotator.nlp.attributions.describing import anonymity, of_claim, of_cue, of_source
from annotator.nlp.attributions.found import Found, outer_first
from annotator.nlp.attributions.resolving import Actor, resolve
from annotator.nlp.attributions.silent import SILENT
from annotator.nlp.attributions.stance import Stance
from annotator.nlp.attributions.stances import find_stances

NOBODY, AUTHOR = "not said", ""
"""The actors that stand for a source that the text does not name."""
_BY_AUTHOR = frozenset(("seems",))
_GUESS = 0.5
_PRESENTED = {"true": "; the author takes it for true", "doubtful": "; the author leaves doubt"}


@dataclass(slots=True)
class _Spans:
    """The spans proposed so far; what two frames share is proposed once."""

    made: list[ProposedSpan] = field(default_factory=list)
    _known: dict[tuple[str, tuple[Bounds, ...]], int] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        label: str,
        fragments: Sequence[Bounds],
        score: float,
        reason: str,
        attributes: Mapping[str, str],
    ) -> int:
        """Return the number of a span."""
        key = (label, tuple(sorted(fragments)))
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self.made)
            told = {name: _one_line(value) for name, value in attributes.items()}
            self.made.append(ProposedSpan(label, key[1], round(score, 3), _one_line(reason), told))
        return number

    def label_of(self, words: str, text: str) -> str:
        """Return the label of an addressee; each name is looked for in the text once."""
        if words not in self._labels:
            self._labels[words] = label_of(words, text)
        return self._labels[words]


def proposals_of(
    text: str, found: Sequence[Found], paragraphs: Sequence[Bounds], silent: Sequence[Found] = ()
) -> Proposals:
    """Return spans and frames; who takes a side without saying on what is in a stance alone."""
    everyone = sorted((*found, *silent), key=outer_first) if silent else found
    ends = [end for _, end in paragraphs]
    named = {id(everyone[number]): actor for number, actor in resolve(text, everyone, ends).items()}
    spans = _Spans()
    numbers = {id(one): number for number, one in enumerate(found)}
    roles = {id(one): _roles(text, one, named.get(id(one)), spans) for one in found}
    frames = [
        ProposedFrame(
            "ATTRIBUTION", tuple(roles[id(one)].items()), round(one.score, 3),
            one.reason + _PRESENTED.get(one.presents, ""),
            dict(anonymity(text, one, named.get(id(one)), paragraphs[one.paragraph])),
            tuple(
                (role, numbers[id(other)])
                for role, other in (("parent", one.parent), ("continues", one.continues))
                if other is not None
            ),
            () if one.source else (("implicit_source", AUTHOR if one.pattern in _BY_AUTHOR else NOBODY),),
        )
        for one in found
    ]  # fmt: skip
    for stance in find_stances(text, everyone, named):
        by = roles.get(id(stance.by)) or _roles(text, stance.by, named.get(id(stance.by)), spans)
        target = roles.get(id(stance.target)) or _roles(text, stance.target, None, spans)
        holders = _holders(text, stance, named.get(id(stance.by)))
        frames += (_stance(stance, by, target, one) for one in holders)
    return Proposals(tuple(spans.made), tuple(frames))


def _one_line(words: str) -> str:
    # A name that is wrapped in the text is no other name.
    return " ".join(words.split()) if "\n" in words else words


def _roles(text: str, one: Found, actor: Actor | None, spans: _Spans) -> dict[str, int]:
    roles = {}
    if one.pattern != SILENT:
        roles["claim"] = spans.add("CLAIM", one.claim, one.score, one.reason, of_claim(text, one))
    words = ""
    if one.source is not None:
        words = text[slice(*one.source)]
        is_guess = actor is not None and actor.is_guess
        score = min(one.score, _GUESS) if is_guess else one.score
        reason = f"{one.reason}; perhaps {actor.why}" if actor is not None and is_guess else one.reason
        roles["source"] = spans.add("SOURCE", [one.source], score, reason, of_source(text, one, actor))
    if one.cue is not None:
        roles["cue"] = spans.add("CUE", [one.cue], one.score, one.reason, of_cue(text, one, words))
    if one.addressee is not None:
        label = spans.label_of(text[slice(*one.addressee)], text)
        if label:
            roles["addressee"] = spans.add(
                label, [one.addressee], one.score, "the one to whom it is said", {}
            )
    return roles


def _holders(text: str, stance: Stance, actor: Actor | None) -> tuple[str, ...]:
    """Return whose stance it is; of several actors who are named together each one holds it."""
    if actor is not None:
        return tuple(map(_one_line, actor.each))
    source = stance.named_by or stance.by.source
    if source is None:
        return (AUTHOR,)
    return (_one_line(text[slice(*source)]),)


def _stance(stance: Stance, by: Mapping[str, int], target: Mapping[str, int], holder: str) -> ProposedFrame:
    roles = [("holder_mention", by["source"])] if "source" in by else []
    roles.append(("target", target["claim"]))
    if stance.is_shown_by_cue and "cue" in by:
        roles.append(("expression", by["cue"]))
    attributes = {"value": stance.value, "strength": stance.strength, "basis": stance.basis}
    return ProposedFrame(
        "STANCE",
        tuple(roles),
        round(stance.score, 3),
        _one_line(stance.reason),
        attributes,
        (),
        (("holder", holder),),
    )
