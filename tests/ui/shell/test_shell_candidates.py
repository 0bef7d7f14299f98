"""One key proposes, the same key goes on: candidates for claim, source and cue, edges, pieces, nesting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from annotator.model.records import Frame, RoleEnd
from annotator.ui.panels.words import both_ends

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(desk):
    """Return a window on the tour, with no suggestion in the way."""
    desk.reject_all()
    return desk


def frame(desk) -> Frame:
    return next(one for one in desk.content.frames if one.id == desk.session.chosen)


def roles(desk) -> dict[str, str]:
    spans = {one.id: desk.words(one) for one in desk.content.spans}
    return {end.role: spans.get(end.end, "") for end in frame(desk).roles}


def here(desk) -> str:
    """Return the word at the caret."""
    token = desk.window.view.page.caret.token
    return desk.text[token.start : token.end]


def asked(desk) -> str:
    """Return what the status bar asks."""
    return desk.window.status.hint.text() if desk.window.prompt.is_waiting else ""


def make(desk, words: str, into: int = 1) -> Frame:
    desk.go(words, into)
    desk.press("a")
    return frame(desk)


def test_the_source_key_again_proposes_the_next_source_and_goes_there(desk) -> None:
    made = make(desk, "doubted that readers")
    assert roles(desk)["source"] == "Retired teacher Olga Simek"
    desk.press("s")
    assert roles(desk)["source"] == "Olga Simek"
    assert here(desk) == "Olga"
    assert asked(desk).startswith("Source 2 of")
    desk.press("s")
    assert (desk.session.chosen, roles(desk)["source"]) == (made.id, "Simek")
    assert len(frame(desk).roles) == len(made.roles)
    for _ in range(3):
        desk.press("z", CONTROL)
    assert not desk.content.frames


def test_candidates_come_round_again(desk) -> None:
    make(desk, "doubted that readers")
    seen = []
    while roles(desk)["source"] not in seen:
        seen.append(roles(desk)["source"])
        desk.press("s")
    assert len(seen) > 2
    assert roles(desk)["source"] == seen[0]


def test_tab_goes_on_through_the_candidates_and_shift_tab_back(desk) -> None:
    make(desk, "doubted that readers")
    desk.press("s")
    said = "Tab another   Shift+Tab back   Enter keeps it, goes on   Delete takes it out   Esc as it was"
    assert said in asked(desk)
    seen = [roles(desk)["source"]]
    for _ in range(2):
        desk.press(Qt.Key.Key_Tab)
        seen.append(roles(desk)["source"])
        assert asked(desk).startswith(f"Source {1 + len(seen)} of")
    assert (seen[:2], len(set(seen))) == (["Olga Simek", "Simek"], 3)
    desk.press(Qt.Key.Key_Backtab, SHIFT)
    assert roles(desk)["source"] == seen[1]
    assert here(desk) == "Simek"


@pytest.mark.parametrize(("words", "key"), [("doubted that readers", "s"), ("says a reader", "c")])
def test_shift_tab_goes_the_whole_way_back(desk, words: str, key: str) -> None:
    make(desk, words)
    desk.press(key)
    role, count = {"s": "source", "c": "claim"}[key], int(asked(desk).split()[3].rstrip(":"))
    seen = [roles(desk)[role]]
    for _ in range(count):
        desk.press(Qt.Key.Key_Tab)
        seen.append(roles(desk)[role])
        assert asked(desk).split()[1:4] == [str((len(seen)) % count + 1), "of", f"{count}:"]
    for before in reversed(seen[:-1]):
        desk.press(Qt.Key.Key_Backtab, SHIFT)
        assert roles(desk)[role] == before
    assert (seen[-1], len({*seen})) == (seen[0], count)


def test_escape_puts_back_what_was_there_before_the_first_candidate(desk) -> None:
    made = make(desk, "doubted that readers")
    for key in ("s", "s", Qt.Key.Key_Tab):
        desk.press(key)
    desk.press(Qt.Key.Key_Escape)
    assert (frame(desk), roles(desk)["source"]) == (made, "Retired teacher Olga Simek")
    assert not desk.window.prompt.is_waiting
    desk.press("z", CONTROL)
    assert not desk.content.frames


def test_escape_undoes_nothing_that_somebody_else_did_meanwhile(desk) -> None:
    make(desk, "doubted that readers")
    desk.press("s")
    article = desk.content.article.id
    desk.session.do(lambda project: project.articles.add_label(article, project.scheme.of("article")[0].name))
    desk.settle()
    desk.press(Qt.Key.Key_Escape)
    assert (roles(desk)["source"], len(desk.content.labels)) == ("Olga Simek", 1)


def test_keys_pressed_at_once_mean_one_candidate_each(desk) -> None:
    make(desk, "doubted that readers")
    for key in (Qt.Key.Key_S, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        desk.qtbot.keyClick(desk.window.view, key)
    desk.settle()
    assert roles(desk)["source"] == "Simek"
    assert asked(desk).startswith("Source 3 of")


@pytest.mark.parametrize(
    ("key", "modifier", "source"),
    [(".", Qt.KeyboardModifier.NoModifier, "Simek"), ("z", CONTROL, "Retired teacher Olga Simek")],
)
def test_any_other_key_means_what_it_always_does(desk, key: str, modifier, source: str) -> None:
    make(desk, "doubted that readers")
    desk.press("s")
    desk.press(key, modifier)
    assert (roles(desk)["source"], asked(desk)) == (source, "")


def test_once_the_question_is_over_tab_goes_to_suggestions_again(desk) -> None:
    make(desk, "doubted that readers")
    desk.press("s")
    desk.press(Qt.Key.Key_Right)
    before = roles(desk)["source"]
    desk.press(Qt.Key.Key_Tab)
    assert before == "Olga Simek"
    assert desk.content.article.id != desk.session.order[0] or "No suggestions wait" in desk.said[-1]


def test_choosing_something_else_ends_the_question(desk) -> None:
    make(desk, "doubted that readers")
    desk.press("s")
    desk.session.choose(None)
    assert asked(desk) == ""


def test_the_answers_stand_beside_the_frame_and_work_by_mouse(desk) -> None:
    make(desk, "doubted that readers")
    desk.press("s")
    bar, about = desk.window.answer_bar, desk.window.prompt.about
    assert bar.isVisible()
    assert not any(bar.geometry().intersects(one.toRect()) for one in desk.window.view.page.rects(about))
    buttons = [one for one in bar.findChildren(QToolButton) if one.isVisible()]
    assert [one.accessibleName() for one in buttons] == [
        "another",
        "back",
        "keeps it, goes on",
        "takes it out",
        "as it was",
    ]
    assert all(bar.rect().contains(one.geometry()) for one in buttons)
    buttons[0].click()
    desk.settle()
    assert roles(desk)["source"] == "Simek"


def test_what_was_there_is_always_the_first_of_them(desk) -> None:
    make(desk, "doubted that readers")
    desk.press("s")
    shorter = roles(desk)["source"]
    desk.window.prompt.stop()
    desk.go("doubted", into=0)
    desk.press("s")
    assert asked(desk).startswith("Source 2 of")
    many = int(asked(desk).split(" of ")[1].split(":")[0])
    for number in (*range(3, many + 1), 1):
        desk.press(Qt.Key.Key_Tab)
        assert asked(desk).startswith(f"Source {number} of {many}: ")
    assert roles(desk)["source"] == shorter
    desk.press(Qt.Key.Key_Backtab)
    assert asked(desk).startswith(f"Source {many} of")


def test_a_long_candidate_is_said_with_both_its_ends() -> None:
    long = "Ada Quill, who sells fish at the pier, as she has for years, on the other side of the river"
    said = both_ends(long, 60)
    assert said == "Ada Quill, who sells fish at … other side of the river"
    assert len(both_ends("x" * 99, 60)) == 60
    assert len(said) <= 60
    assert both_ends("Ada\n Quill", 60) == "Ada Quill"


def test_the_cue_key_again_proposes_the_next_cue(desk) -> None:
    make(desk, "had told him")
    before = roles(desk)["cue"]
    assert before == "had told"
    desk.press("u")
    assert roles(desk)["cue"] == "said"
    assert here(desk) == "said"


def test_the_claim_key_again_proposes_another_stretch(desk) -> None:
    make(desk, "says a reader")
    claims = [roles(desk)["claim"]]
    desk.press("c")
    claims.append(roles(desk)["claim"])
    assert claims[0] == "a reader can learn it in a minute"
    assert claims[1] != claims[0]
    assert len(desk.content.frames) == 1


def test_a_bare_claim_has_candidates_too(desk) -> None:
    desk.go("Start with the short")
    desk.press("c")
    both = next(one for one in desk.content.spans if one.label == "CLAIM")
    assert desk.words(both) == "“Start with the short ones,” … “The long ones come by themselves.”"
    desk.press("c")
    (one,) = [one for one in desk.content.spans if one.label == "CLAIM"]
    assert (one.id, desk.words(one)) == (both.id, "“Start with the short ones,”")


def test_source_and_cue_of_a_bare_claim_without_moving(desk) -> None:
    desk.go("I give it two weeks")
    for key in "csu":
        desk.press(key)
    assert roles(desk) == {"claim": "“I give it two weeks,”", "source": "she", "cue": "said"}


def test_where_there_is_no_other_cue_the_one_that_is_there_stays(desk) -> None:
    desk.go("I give it two weeks")
    for key in "csu":
        desk.press(key)
    desk.go("two weeks")
    before = desk.content
    desk.press("u")
    assert asked(desk).startswith("No other cue is seen here: select the words first.   Delete takes it out ")
    desk.press(Qt.Key.Key_Escape)
    assert (desk.content, asked(desk)) == (before, "")
    assert roles(desk)["cue"] == "said"
    for key in ("u", Qt.Key.Key_Delete):
        desk.press(key)
    assert roles(desk) == {"claim": "“I give it two weeks,”", "source": "she"}
    assert desk.said[-1] == "Without a cue now."


def test_parts_are_taken_out_one_after_the_other_but_never_the_last(desk) -> None:
    made = make(desk, "doubted that readers")
    for key in ("s", Qt.Key.Key_Delete, "u", Qt.Key.Key_Delete):
        desk.press(key)
    assert (desk.session.chosen, [*roles(desk)]) == (made.id, ["claim"])
    assert [one.label for one in desk.content.spans] == ["CLAIM"]
    desk.press("c")
    assert "Delete" not in asked(desk)


def test_words_gone_to_that_are_the_part_already_stay_until_the_key_comes_again(desk) -> None:
    desk.go("doubted that readers")
    for _ in range(2):
        desk.press(Qt.Key.Key_Right)
    for _ in range(5):
        desk.press(Qt.Key.Key_Right, SHIFT)
    desk.press("a")
    assert roles(desk)["cue"] == "doubted"
    desk.go("doubted that readers")
    desk.press("u")
    assert roles(desk)["cue"] == "doubted"
    assert desk.said[-1] == "“doubted” is the cue already; u again takes another."
    desk.press("u")
    assert roles(desk)["cue"] == "doubted that"


def test_a_shared_part_is_taken_out_of_one_frame_alone(desk) -> None:
    first = make(desk, "doubted that readers")
    cue = first.ends("cue")
    article = desk.content.article.id
    desk.session.do(
        lambda project: project.add_frame(article, "ATTRIBUTION", [RoleEnd("cue", "span", cue[0])])
    )
    desk.settle()
    desk.session.choose(first.id)
    desk.go("doubted that", into=0)
    for key in ("u", Qt.Key.Key_Delete):
        desk.press(key)
    other = next(one for one in desk.content.frames if one.id != first.id)
    assert (other.ends("cue"), frame(desk).ends("cue")) == (cue, ())


@pytest.mark.parametrize(("mark", "word"), [(", and we want", "owner"), ("“Every", "Every")])
def test_the_cue_key_on_a_mark_takes_the_nearest_word(desk, mark: str, word: str) -> None:
    desk.go(mark, into=0)
    desk.press("u")
    (cue,) = [one for one in desk.content.spans if one.label == "CUE"]
    assert desk.words(cue) == word


def test_elsewhere_the_key_means_the_words_there(desk) -> None:
    make(desk, "doubted that readers")
    desk.go("Olga Simek")
    desk.press("s")
    assert roles(desk)["source"] == "Olga Simek"


def test_what_two_frames_share_is_not_changed_for_one_of_them(desk) -> None:
    make(desk, "doubted that readers")
    source = next(one for one in desk.content.spans if one.label == "SOURCE")
    desk.drag("have the patience")
    desk.press("a")
    assert source.id in frame(desk).ends("source")
    desk.press("s")
    assert source.id not in frame(desk).ends("source")
    assert source in desk.content.spans
    desk.press("z", Qt.KeyboardModifier.ControlModifier)
    assert frame(desk).ends("source") == (source.id,)


def test_an_inner_attribution_is_linked_to_the_one_around_it(desk) -> None:
    outer = make(desk, "said the library")
    assert roles(desk)["source"] == "Deputy mayor Anton Riedl"
    inner = make(desk, "had told him")
    assert inner.ends("parent") == (outer.id,)
    assert roles(desk)["claim"] == "that 60 people signed up on the first evening"
    desk.press("z", CONTROL)
    assert [one.id for one in desk.content.frames] == [outer.id]


def test_the_attribution_of_a_known_claim_is_chosen_and_not_made_twice(desk) -> None:
    made = make(desk, "I give it two weeks")
    desk.session.choose(None)
    desk.go("two weeks")
    desk.press("a")
    assert (desk.session.chosen, len(desk.content.frames)) == (made.id, 1)


def test_edges_of_the_part_at_the_caret_are_moved(desk) -> None:
    make(desk, "doubted that readers")
    desk.go("Olga Simek")
    desk.press(".")
    assert roles(desk)["source"] == "teacher Olga Simek"
    desk.press(",")
    assert roles(desk)["source"] == "Retired teacher Olga Simek"
    desk.press("<")
    assert roles(desk)["source"] == "Retired teacher Olga"
    desk.press(">")
    assert roles(desk)["source"] == "Retired teacher Olga Simek"
    assert frame(desk).label == "ATTRIBUTION"


def test_an_edge_passes_over_words_that_are_such_a_span_already(desk) -> None:
    make(desk, "doubted that readers")
    desk.go("teacher Olga Simek")
    desk.press(".")
    inner = next(one for one in desk.content.spans if desk.words(one) == "teacher Olga Simek")
    desk.drag("Olga Simek")
    desk.press(Qt.Key.Key_Escape)
    start, end = desk.text.index("Olga Simek"), inner.end
    article = desk.content.article.id
    desk.session.do(lambda project: project.add_span(article, "SOURCE", [(start, end)]))
    desk.session.choose(inner.id)
    desk.settle()
    desk.go("Olga Simek", into=6)
    desk.press(".")
    assert desk.said[-1] == "Passed over words that have this label already."
    sources = [desk.words(one) for one in desk.content.spans if one.label == "SOURCE"]
    assert sorted(sources) == ["Olga Simek", "Simek"]


def test_a_label_key_pressed_twice_before_the_first_is_saved_labels_once(desk) -> None:
    desk.reject_all()
    for _ in range(2):
        desk.drag("two weeks")
        desk.qtbot.keyClick(desk.window.view, "s")
    desk.settle()
    assert [desk.words(one) for one in desk.content.spans if one.label == "SOURCE"] == ["two weeks"]
    assert desk.said[-1] == "These words have this label already."


def test_the_caret_stays_in_a_part_whose_start_passes_it(desk) -> None:
    make(desk, "doubted that readers")
    desk.go("Retired teacher")
    desk.press(".")
    assert here(desk) == "teacher"
    desk.press(".")
    assert roles(desk)["source"] == "Olga Simek"


def test_plus_adds_the_quotation_at_the_caret_to_the_claim(desk) -> None:
    make(desk, "I give it two weeks")
    desk.go("The long ones come")
    desk.press("+")
    assert roles(desk)["claim"] == "“I give it two weeks,” … “The long ones come by themselves.”"
    desk.press("+")
    assert desk.said[-1].startswith("Select the words to add")


def test_o_goes_on_from_spans_to_their_frames(desk) -> None:
    made = make(desk, "I give it two weeks")
    desk.session.choose(None)
    seen = []
    for _ in range(3):
        desk.press("o")
        seen.append(desk.session.chosen)
    claim = next(one.id for one in desk.content.spans if one.label == "CLAIM")
    assert seen[:2] == [claim, made.id]
    assert seen[2] == claim
    desk.go("The library opens")
    desk.press("o")
    assert desk.said[-1] == "No span lies here."


@pytest.mark.parametrize(
    ("key", "from_", "expected"),
    [
        ("q", "Komarno (Slovakia)", "Every"),
        ("w", "Every quotation", "told"),
        ("m", "Not everybody", "Retired"),
        ("j", "Not everybody", "doubted"),
    ],
)
def test_a_key_jumps_to_the_next_place_and_with_shift_back(desk, key: str, from_: str, expected: str) -> None:
    desk.go(from_, into=0)
    desk.press(key)
    assert here(desk) == expected
    place = desk.window.view.caret
    desk.press(key)
    assert desk.window.view.caret > place
    desk.press(key.upper(), SHIFT)
    assert desk.window.view.caret == place


def test_open_places_leave_out_what_is_in_an_attribution_or_recorded_as_empty(desk) -> None:
    desk.go("Not everybody", into=0)
    desk.press("j")
    desk.press("a")
    desk.press("j")
    assert here(desk) == "I"
    desk.press("0")
    desk.go("Not everybody", into=0)
    desk.press("j")
    assert desk.window.view.caret > desk.text.index("The claim here is")


def test_names_that_are_entities_are_passed_by(desk) -> None:
    desk.go("Not everybody", into=0)
    desk.press("m")
    for key in "ep":
        desk.press(key)
    desk.press("m")
    assert here(desk) == "Olga"
    desk.press("M", SHIFT)
    assert desk.window.view.caret < desk.text.index("Retired")


def test_a_jump_that_leads_nowhere_says_so(desk) -> None:
    desk.press(Qt.Key.Key_End)
    caret = desk.window.view.caret
    desk.press("q")
    said = "No quotation on the next pages: Shift+Q looks backwards."
    assert (desk.window.view.caret, desk.said[-1]) == (caret, said)
    desk.press(Qt.Key.Key_Home)
    desk.press("Q", SHIFT)
    assert desk.said[-1] == "No quotation on the pages before: q looks forwards."
    for key, what in (("W", "word of speaking"), ("M", "name, date or number without a label")):
        desk.press(key, SHIFT)
        assert desk.said[-1] == f"No {what} on the pages before: {key.lower()} looks forwards."
    desk.press("J", SHIFT)
    assert desk.said[-1].startswith(
        "No quotation or word of speaking without an attribution on the pages before: j "
    )
