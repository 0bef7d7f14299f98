"""The two kinds of errors: what the world did is a `UserError`; everything else is our bug."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.model.said import Said, readable, say

_PART, _WHOLE = 200, 2_000
"""Characters of a value in a sentence, and of a sentence: what stands in files may have any length."""


class UserError(Exception):
    """Something the world did; its text says what happened, where, and what to do.

    Values stand in the sentence as `{name}`, so that the window can say it in its language (see `said`).
    """

    def __init__(self, sentence: str, count: int | None = None, /, **values: object) -> None:
        if count is not None or values:
            parts = {name: _readable(one) for name, one in values.items()}
            sentence = say(sentence, count, **parts)
        super().__init__(readable(sentence, _WHOLE))

    def __str__(self) -> str:
        said: str = self.args[0]  # as it is: `str` of the base class would forget its pattern
        return said


def _readable(value: object) -> object:
    """Return what stands in a sentence, cut where it is long; a sentence in it stays as it is."""
    if isinstance(value, Said) or not isinstance(value, str | Exception):
        return value
    return readable(str(value), _PART)


class TextRefused(UserError):
    """A text that cannot be stored; `offset` counts code points of the raw text."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.offset = offset


class EncodingRefused(UserError):
    """Bytes that are not the expected encoding; carries where, and encodings that would fit."""

    def __init__(self, reason: str, byte: int, line: int, likely: tuple[str, ...]) -> None:
        super().__init__(reason)
        self.byte = byte
        self.line = line
        self.likely = likely


class CostlyFailure(UserError):
    """What failed although it took something: `figures` says what, as those of proposals do."""

    def __init__(self, sentence: str, figures: Mapping[str, float]) -> None:
        super().__init__(sentence)
        self.figures = figures


class WrongChoice(UserError):
    """What was chosen by its name is none of what there is; the sentence says what there is."""


class NotAllowed(UserError):
    """An operation that the scheme or the state of the project does not allow."""


class Stopped(UserError):
    """A person stopped the work before its end; nothing of it was written."""


class ProjectInUse(UserError):
    """The project is open elsewhere; `since` is local time as text, `who` user and machine."""

    def __init__(self, reason: str, who: str, since: str) -> None:
        super().__init__(reason)
        self.who = who
        self.since = since


class ProjectDamaged(UserError):
    """The file is not a whole project of a version this program can open."""


class NotSaved(UserError):
    """A change could not be written (disk full, medium gone); nothing of it was kept in the file."""
