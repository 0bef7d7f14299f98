"""What a frame's card says, as plain facts ready to be painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, Frame, RoleEnd, SuggestedFrame
from annotator.model.rules import PARENT
from annotator.ui.panels.names import AnyFrame, Names, in_order
from annotator.ui.panels.words import brief, label_title, sign, spoken, tr
from annotator.ui.saying import because
from annotator.ui.steps import step_words

MOST_LINES = 9
TWO_LINE_ROLES = ("claim", "target")
_LONG = 30
"""Letters that a line of a card has room for, also in a narrow panel."""
_NAME = 18
"""Letters of the name of who made it."""
_MENTION = " mention"
"""What the role of the words that name somebody ends with, behind the role of whom they name."""
_NEEDED = {"ATTRIBUTION": (("source", ("source", "implicit_source")), ("claim", ("claim",)))}


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card: the role, what fills it; `missing` when nothing does but something should."""

    role: str
    text: str
    missing: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class FrameCard:
    """One frame as its card shows it."""

    id: Id
    label: str
    title: str
    chain: str
    lines: tuple[CardLine, ...]
    sign: str = ""
    note: bool = False
    suggested: str = ""
    """For a suggestion, that it is one, and how sure it is."""
    step: str = ""
    """How sure it is, alone."""
    reason: str = ""
    """Why it is suggested, as the store keeps it."""
    maker: str = ""
    """Who made it, where that is not the annotator at work."""

    @property
    def tip(self) -> str:
        """What the card has no room for: why it is suggested, and its long words."""
        reason = tr("Because: {reason}").format(reason=because(self.reason)) if self.reason else ""
        room = dict.fromkeys(TWO_LINE_ROLES, 2 * _LONG)
        long = [f"{one.role}: {one.text}" for one in self.lines if len(one.text) > room.get(one.role, _LONG)]
        chain = self.chain if len(self.chain) > _LONG else ""
        return " · ".join(part for part in (reason, chain, *long) if part)

    @property
    def spoken(self) -> str:
        """The card read aloud, for screen readers."""
        head = [self.title, self.suggested, self.maker, self.chain]
        return ", ".join([part for part in head if part] + [f"{one.role} {one.text}" for one in self.lines])


def frames_of(content: ArticleContent) -> list[AnyFrame]:
    """Return what has a card in an article: its frames and open suggestions."""
    return [*content.frames, *(one for one in content.suggested_frames if one.state == "open")]


def card_of(names: Names, frame: AnyFrame) -> FrameCard:
    """Return one frame's card."""
    value = _value(names, frame)
    named = names.named(frame)
    lines = [CardLine(spoken(role), name) for role, name in named]
    lines += [_line(names, end) for end in in_order(frame.roles) if end.role != PARENT]
    lines = [one for one in lines if not _is_said(one, lines)]
    there = {role for role, _ in named} | {end.role for end in frame.roles}
    lines = _with_missing(names.scheme.meaning(frame.label), there, lines)
    if value:
        lines.insert(
            min(1, len(lines)), CardLine(tr("value"), f"{sign(value)}  {spoken(value)}", strong=True)
        )
    left = len(lines) - MOST_LINES
    if left > 0:
        lines = [*lines[:MOST_LINES], CardLine("", tr("and {count} more").format(count=left))]
    step = step_words(frame.score) if isinstance(frame, SuggestedFrame) else ""
    maker = names.others.get(frame.annotator, "") if isinstance(frame, Frame) else ""
    return FrameCard(
        id=frame.id,
        label=frame.label,
        title=label_title(names.scheme, frame.label),
        chain=" › ".join(names.chain(frame)),
        lines=tuple(lines),
        sign=sign(value) if value else "",
        note=not isinstance(frame, SuggestedFrame) and bool(frame.note),
        suggested=tr("suggested {step}").format(step=step) if step else "",
        step=step,
        reason=frame.reason if isinstance(frame, SuggestedFrame) else "",
        maker=tr("by {name}").format(name=brief(maker, _NAME)) if maker else "",
    )


def _line(names: Names, end: RoleEnd) -> CardLine:
    return CardLine(spoken(end.role), names.end(end))


def _is_said(line: CardLine, lines: Sequence[CardLine]) -> bool:
    """Tell whether the words of a mention are those by which another line calls whom they name."""
    whom = line.role.removesuffix(_MENTION)
    return whom != line.role and any((one.role, one.text) == (whom, line.text) for one in lines)


def _value(names: Names, frame: AnyFrame) -> str:
    label = names.scheme.label(frame.label)
    value = label.attribute("value") if label else None
    return frame.attributes.get("value", value.default if value else "")


def _with_missing(meaning: str, there: set[str], lines: list[CardLine]) -> list[CardLine]:
    missing = [role for role, any_of in _NEEDED.get(meaning, ()) if there.isdisjoint(any_of)]
    gaps = [CardLine(spoken(role), tr("missing"), missing=True) for role in missing]
    return (
        [one for one in gaps if one.role == "source"] + lines + [one for one in gaps if one.role != "source"]
    )
