"""A source or cue that two attributions share: other words for the one leave the other as it is."""

from __future__ import annotations

import pytest

from annotator.model.records import Fragment, Frame

CLAIM = "the silence as reckless"
WHOLE = f"Kerekes phoned the Slovak minister early on Wednesday to tell her Hungary regarded {CLAIM}"
OUTER = (f"{WHOLE}, a Hungary official told CPN", "CPN", "")
TOLD = (WHOLE, "a Hungary official", "told")
BETWEEN = (f"Hungary regarded {CLAIM}", "Kerekes", "to tell")


@pytest.fixture
def nested(desk):
    """An article with nothing but three attributions, one inside the other."""
    desk.session.open_article(desk.session.order[2])
    desk.settle()
    here = [one.id for one in (*desk.content.frames, *desk.content.spans)]
    desk.session.do(lambda project: project.remove(here))
    desk.settle()
    for claim, source, cue in (OUTER, TOLD, BETWEEN):
        words = {
            "claim": [at(desk, claim)],
            "source": [at(desk, source)],
            "cue": [at(desk, cue)] if cue else [],
        }
        desk.session.do(lambda project, words=words: project.add_attribution(desk.session.at, **words))
        desk.settle()
    return desk


def at(desk, words: str, behind: str = "") -> Fragment:
    start = desk.text.index(behind) + len(behind) if behind else 0
    start = desk.text.index(words, start)
    return Fragment(start, start + len(words))


def label(desk, piece: Fragment, action: str) -> None:
    desk.window.view.select(piece)
    desk.do(action)


def words(desk, frame: Frame, role: str) -> list[str]:
    spans = {one.id: desk.words(one) for one in desk.content.spans}
    return [spans[end] for end in frame.ends(role) if end in spans]


def test_its_own_words_take_the_place_of_shared_ones_and_lead_to_the_innermost(nested) -> None:
    label(nested, at(nested, CLAIM), "attribution")
    made = nested.content.frames[-1]
    assert (words(nested, made, "cue"), words(nested, made, "source")) == (["told"], ["a Hungary official"])
    label(nested, at(nested, "regarded"), "label.CUE")
    made = nested.content.frames[-1]
    assert (words(nested, made, "cue"), made.ends("addressee")) == (["regarded"], ())
    outer = nested.content.frames[1:3]
    assert [words(nested, one, "cue") for one in outer] == [["told"], ["to tell"]]
    assert made.ends("parent") == (outer[1].id,)


def test_words_that_have_the_label_already_take_the_place_too(nested) -> None:
    label(nested, at(nested, "regarded"), "label.CUE")
    nested.session.choose(None)
    label(nested, at(nested, CLAIM), "attribution")
    count = len(nested.content.spans)
    label(nested, at(nested, "regarded"), "label.CUE")
    made = nested.content.frames[-1]
    assert words(nested, made, "cue") == ["regarded"]
    assert (len(nested.content.spans), made.ends("addressee")) == (count, ())


def test_the_answers_about_a_stance_leave_its_target_to_be_read(nested) -> None:
    view, bar = nested.window.view, nested.window.answer_bar
    claim = at(nested, BETWEEN[0])
    nested.session.choose(next(one.id for one in nested.content.spans if one.fragments == (claim,)))
    view.caret = claim.start
    view.reveal(claim.start)
    nested.press("t")
    assert nested.window.prompt.about == claim
    place = bar.geometry().translated(-view.viewport().pos())
    assert not any(one.toRect().intersects(place) for one in view.page.rects(claim))
