"""The tour in the sample's first article: what it says to press does what it says."""

from __future__ import annotations

from annotator.model.records import Frame


def parts(desk, frame: Frame) -> dict[str, str]:
    spans = {one.id: one for one in desk.content.spans}
    return {end.role: desk.words(spans[end.end]) for end in frame.roles if end.end in spans}


def test_a_side_is_taken_as_the_tour_says(desk, sample) -> None:
    desk.open(sample)
    before = desk.content
    assert "Press a on that claim" in desk.text
    desk.go("readers would have the patience")
    desk.press("a")
    desk.press("t")
    desk.press("3")
    attribution, stance = desk.new(before)[1]
    assert parts(desk, attribution)["cue"] == "doubted"
    assert stance.attributes == {"value": "question"}
    assert "readers would have the patience" in parts(desk, stance)["target"]
    assert "Olga Simek" in parts(desk, stance)["holder_mention"]


def test_one_attribution_is_put_inside_another_as_the_tour_says(desk, sample) -> None:
    desk.open(sample)
    before = desk.content
    for words in ("said the library", "had told him"):
        desk.go(words)
        desk.press("a")
    outer, inner = desk.new(before)[1]
    assert parts(desk, inner)["source"] == "the library’s director"
    assert inner.ends("parent") == (outer.id,)
