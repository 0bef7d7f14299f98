"""Lets a label keep what the program takes it for, whatever it is called or becomes part of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.model.scheme import Label

_SPANS = ("CLAIM", "SOURCE", "CUE")
_FRAMES = ("ATTRIBUTION", "STANCE", "ARTICLE_STANCE")
_NAMES = ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE")
_NUMBERS = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL")
KNOWN = frozenset((*_SPANS, *_FRAMES, *_NAMES, *_NUMBERS))
"""The labels that keys, checks and the suggesters of the program work with."""


def renamed(label: Label, to: str) -> Label:
    """Return a label under another name, still taken for the same."""
    is_known = label.meaning in KNOWN or label.group == "entity"  # which a plugin may propose
    means = label.meaning if is_known else ""
    return replace(label, name=to, means="" if means == to else means)


def merged(before: Label, after: Label) -> Label:
    """Return the label that another one became part of: taken for the same, unless it is known itself."""
    if before.meaning not in KNOWN or after.meaning in KNOWN:
        return after
    return replace(after, means=before.meaning)


def kept_beside(label: Label, others: Iterable[Label]) -> Label:
    """Return a label that stays beside others, taken for nothing that one of them is taken for."""
    return replace(label, means="") if label.means in {one.meaning for one in others} else label
