"""Records made fast are the very records that the classes make."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from annotator.model.making import maker
from annotator.model.records import Block, Fragment, Frame, RoleEnd, Span, SuggestedSpan

VALUES = {
    Span: (b"1", b"2", "CLAIM", (Fragment(1, 2),), b"3", 4, {"a": "b"}, None, b"5", "note", "import"),
    Frame: (b"1", b"2", "STANCE", (RoleEnd("target", "span", b"9"),), b"3", 4, {}, "", "person"),
    Block: (b"1", b"2", 0, 5, "body"),
    SuggestedSpan: (b"1", b"2", "ORG", (Fragment(0, 3),), 0.5, "entities", "why", 7, {}, "open", None),
}


@pytest.mark.parametrize("kind", VALUES)
def test_made_fast_or_slowly_is_the_same(kind):
    fast, slow = maker(kind)(*VALUES[kind]), kind(*VALUES[kind])
    assert type(fast) is kind
    assert fast == slow
    assert repr(fast) == repr(slow)
    assert dataclasses.asdict(fast) == dataclasses.asdict(slow)
    assert copy.copy(fast) == pickle.loads(pickle.dumps(fast)) == slow
    with pytest.raises(dataclasses.FrozenInstanceError):
        fast.id = b"other"


def test_every_value_has_to_be_given():
    with pytest.raises(TypeError):
        maker(Block)(b"1", b"2", 0, 5)


def test_fields_keep_their_order():
    one = maker(Span)(*VALUES[Span])
    assert tuple(getattr(one, field.name) for field in dataclasses.fields(Span)) == VALUES[Span]
