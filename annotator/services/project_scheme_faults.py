"""Finds the annotations that a change of the scheme would leave without a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from annotator.model import rules
from annotator.model.ids import Id
from annotator.model.records import ArticleLabel, EndKind, Frame, Span
from annotator.model.scheme import Scheme
from annotator.model.scheme_editing import Edited
from annotator.services.project_ground import Ground


class Faults:
    """Holds each annotation, as it would be, against the scheme as it would be."""

    def __init__(self, ground: Ground, after: Edited) -> None:
        self._ground = ground
        self._after = after
        self._stored = ground.look()
        self.found: Counter[str] = Counter()
        """Reasons, and for how many annotations each one holds; faults from before are left out."""

    def look_at(self, record: Span | Frame | ArticleLabel) -> None:
        """Look at one annotation."""
        now = self._after.carry.carried(record)
        before = set(self._wrong(record, self._ground.scheme, self._stored))
        self.found.update(
            one for one in self._wrong(now, self._after.scheme, self._look) if one not in before
        )
        rule = self._after.carry.labels.get(record.label)
        for name, to in rule.attributes.items() if rule is not None else ():
            values = record.attributes
            if name in values and to in values and values[name] != values[to]:
                self.found[f"{name} and {to} are both set, to different values."] += 1

    def _wrong(self, record: Span | Frame | ArticleLabel, scheme: Scheme, look: rules.Look) -> Iterable[str]:
        if isinstance(record, Span):
            # Its text is as long as it was; what counts is the label.
            return rules.span_errors(record, record.end, scheme)
        if isinstance(record, Frame):
            return rules.frame_errors(record, scheme, look)
        return rules.article_label_errors(record, scheme)

    def _look(self, kind: EndKind, end: Id) -> rules.End | None:
        found = self._stored(kind, end)
        return self._after.carry.carried(found) if isinstance(found, Span | Frame) else found
