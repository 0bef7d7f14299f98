"""Whole suggested attributions: taken by one key, with another part, in part, the sure ones at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from annotator.model.records import Fragment, Frame, SuggestedFrame
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.services.suggesting import SuggestionPlan
from annotator.ui.panels.suggestion_card import SuggestionCard
from annotator.ui.panels.sure_dialog import SureDialog

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
CLAIM, CUE, SOURCE = "that readers", "doubted", "Olga Simek"


@pytest.fixture
def desk(desk):
    """Return a window on the tour with an attribution and a stance suggested, and nothing else."""
    desk.window.walking.set_enter("next", "say")
    desk.reject_all()
    desk.suggest(plan(desk))
    return desk


def plan(desk) -> SuggestionPlan:
    text = desk.text

    def at(words: str, after: int = 0) -> tuple[tuple[int, int], ...]:
        start = text.index(words, after)
        return ((start, start + len(words)),)

    near = text.index(CUE + " " + CLAIM)
    claim = ((text.index(CLAIM, near), text.index(".", near)),)
    spans = (
        ProposedSpan("CLAIM", claim, 0.9, "clause"),
        ProposedSpan("CUE", at(CUE, near), 0.9, "verb"),
        ProposedSpan("SOURCE", at(SOURCE), 0.9, "name", {"actor": "Olga Simek"}),
        ProposedSpan("CLAIM", at("Press Enter", 0) if "Press Enter" in text else ((0, 4),), 0.3, "loose"),
    )
    frames = (
        ProposedFrame("ATTRIBUTION", (("claim", 0), ("cue", 1), ("source", 2)), 0.9, "doubted + clause"),
        ProposedFrame(
            "STANCE", (("holder_mention", 2), ("target", 0)), 0.6, "to doubt", {"value": "question"},
            actors=(("holder", "Olga Simek"),),
        ),
    )  # fmt: skip
    return SuggestionPlan("toy 1", ("attributions",), ((desk.content.article.id, Proposals(spans, frames)),))


def waiting(desk) -> list[str]:
    return [one.label for one in desk.content.suggested_frames if one.state == "open"]


def made(desk, label: str = "ATTRIBUTION") -> Frame:
    (found,) = [one for one in desk.content.frames if one.label == label]
    return found


def parts(desk) -> dict[str, str]:
    words = {one.id: desk.words(one) for one in desk.content.spans}
    return {end.role: words[end.end] for end in made(desk).roles if end.end in words}


def choose(desk, label: str) -> SuggestedFrame:
    """Go to the suggested frame."""
    desk.session.choose(None)
    desk.window.view.caret = 0
    for _ in range(6):
        desk.do("next_suggestion")
        found = [one for one in desk.content.suggested_frames if one.id == desk.session.chosen]
        if found and found[0].label == label:
            return found[0]
    raise AssertionError(label)


def test_tab_comes_to_a_frame_once_and_enter_takes_it_whole(desk) -> None:
    choose(desk, "ATTRIBUTION")
    desk.press(Qt.Key.Key_Return)
    assert parts(desk)["cue"] == CUE
    assert waiting(desk) == ["STANCE"]
    spans = {one.label: one for one in desk.content.spans}
    actor = next(one for one in desk.content.actors if one.id == spans["SOURCE"].actor)
    assert actor.name == "Olga Simek"
    desk.press("z", CONTROL)
    assert waiting(desk) == ["ATTRIBUTION", "STANCE"]
    assert not desk.content.spans


def test_a_takes_the_attribution_under_the_caret_not_the_stance(desk) -> None:
    desk.go(SOURCE)
    desk.press("a")
    assert made(desk).id == desk.session.chosen
    assert waiting(desk) == ["STANCE"]


def test_with_a_part_chosen_the_key_of_another_part_is_about_the_whole(desk) -> None:
    cue = next(one for one in desk.content.suggested_spans if (one.label, one.state) == ("CUE", "open"))
    desk.window.view.caret = cue.start
    desk.session.choose(cue.id)
    desk.press("s")
    assert parts(desk)["cue"] == CUE
    assert parts(desk)["source"] not in (SOURCE, CUE)
    assert not [one for one in desk.content.spans if one.label == "SOURCE" and desk.words(one) == CUE]
    assert desk.window.status.hint.text().startswith("Source 2 of")
    desk.press(Qt.Key.Key_Escape)
    assert (desk.content.frames, waiting(desk)) == ((), ["ATTRIBUTION", "STANCE"])


def test_a_pressed_twice_makes_one_attribution(desk) -> None:
    desk.go("told a meeting")
    for _ in range(2):
        desk.qtbot.keyClick(desk.window.view, "a")
    desk.settle()
    assert len(desk.content.frames) == 1


def test_a_on_the_source_of_the_chosen_attribution_makes_no_other(desk) -> None:
    def at(words: str) -> list[Fragment]:
        start = desk.text.index(words)
        return [Fragment(start, start + len(words))]

    article = desk.content.article.id
    source, claim = at("editor Karol Benko"), at("a reader can learn it in a minute")
    cue = [Fragment(source[0].end + 1, claim[0].start - 1)]
    desk.session.do(lambda project: project.add_attribution(article, claim=claim, source=source, cue=cue))
    desk.settle()
    before = desk.content.frames
    desk.go("editor Karol Benko", into=0)
    desk.session.choose(before[0].id)
    desk.press("a")
    assert desk.content.frames == before
    assert desk.session.chosen == before[0].id


def test_the_stance_still_shows_its_claim_and_is_taken_with_it(desk) -> None:
    desk.go(SOURCE)
    desk.press("a")
    (stance,) = [one for one in desk.content.suggested_frames if one.state == "open"]
    assert {end.end for end in stance.roles} <= {one.id for one in desk.content.spans}
    desk.press(Qt.Key.Key_Return)
    assert made(desk, "STANCE").attributes == {"value": "question"}
    assert made(desk, "STANCE").ends("target") == made(desk).ends("claim")


def test_enter_on_a_stance_takes_the_attribution_of_its_claim_too_in_one_step(desk) -> None:
    choose(desk, "STANCE")
    desk.press(Qt.Key.Key_Return)
    assert waiting(desk) == []
    assert made(desk, "STANCE").ends("target") == made(desk).ends("claim")
    desk.do("undo")
    assert waiting(desk) == ["ATTRIBUTION", "STANCE"]
    assert not desk.content.frames
    assert not desk.content.spans


def test_the_key_of_a_part_takes_the_frame_with_the_next_candidate(desk) -> None:
    choose(desk, "ATTRIBUTION")
    desk.press("s")
    assert parts(desk)["cue"] == CUE
    assert parts(desk)["source"] != SOURCE
    assert " of " in desk.window.status.hint.text()
    assert made(desk).id == desk.session.chosen
    before = parts(desk)["source"]
    desk.press("s")
    assert parts(desk)["source"] != before


def test_tab_then_goes_through_the_candidates_and_enter_keeps_one_and_goes_on(desk) -> None:
    suggested = choose(desk, "ATTRIBUTION")
    desk.press("s")
    first = parts(desk)["source"]
    desk.press(Qt.Key.Key_Tab)
    assert parts(desk)["source"] not in (SOURCE, first)
    desk.press(Qt.Key.Key_Backtab, SHIFT)
    assert parts(desk)["source"] == first
    desk.press(Qt.Key.Key_Return)
    assert (parts(desk)["source"], waiting(desk)) == (first, ["STANCE"])
    (stance,) = [one for one in desk.content.suggested_frames if one.state == "open"]
    assert desk.session.chosen == stance.id != suggested.id


def test_escape_after_candidates_leaves_the_suggestion_waiting(desk) -> None:
    suggested = choose(desk, "ATTRIBUTION")
    for key in ("s", Qt.Key.Key_Tab):
        desk.press(key)
    desk.press(Qt.Key.Key_Escape)
    assert waiting(desk) == ["ATTRIBUTION", "STANCE"]
    assert not desk.content.spans
    assert desk.session.chosen == suggested.id


def test_who_stays_with_what_was_taken_stays_after_candidates_too(desk) -> None:
    desk.window.walking.set_enter("stay", "say")
    choose(desk, "ATTRIBUTION")
    desk.press("s")
    desk.press(Qt.Key.Key_Return)
    assert desk.session.chosen == made(desk).id
    assert not desk.window.prompt.is_waiting


@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_an_answer_by_mouse_goes_on_as_its_key_does(desk, answer: str) -> None:
    card, chosen = desk.window.inspector.selected.suggestion, []
    for by_mouse in (True, False):
        desk.window.inspector.show_selected()
        choose(desk, "ATTRIBUTION")
        desk.window.view.setFocus()
        desk.qtbot.waitUntil(card.accept.isVisible)
        if by_mouse:
            desk.qtbot.mouseClick(getattr(card, answer), Qt.MouseButton.LeftButton)
            desk.settle()
        else:
            desk.do(answer)
        chosen.append((desk.session.chosen, waiting(desk), desk.window.view.hasFocus()))
        desk.press("z", CONTROL)
        assert waiting(desk) == ["ATTRIBUTION", "STANCE"]
    assert chosen[0] == chosen[1]
    assert chosen[0][1] == (["STANCE"] if answer == "accept" else [])  # it is on the claim that went


def test_the_keys_on_the_answers_are_heard_wherever_the_keys_were(desk) -> None:
    """A click on the page of what is selected gives the keys to the first of its buttons."""
    card, view = desk.window.inspector.selected.suggestion, desk.window.view
    choose(desk, "ATTRIBUTION")
    desk.window.inspector.show_selected()
    desk.qtbot.waitUntil(card.accept.isVisible)
    for answered in (
        lambda: desk.qtbot.mouseClick(card.accept, Qt.MouseButton.LeftButton),
        lambda: desk.qtbot.keyClick(card.accept, Qt.Key.Key_Return),
    ):
        card.accept.setFocus()
        answered()
        desk.settle()
        assert (waiting(desk), view.hasFocus()) == (["STANCE"], True)
        desk.press("z", CONTROL)
        choose(desk, "ATTRIBUTION")


def test_a_part_that_is_taken_by_mouse_leaves_the_rest_waiting(desk) -> None:
    frame = choose(desk, "ATTRIBUTION")
    desk.window.inspector.show_selected()
    part = frame.roles[0].end
    desk.session.choose(part)
    card = desk.window.inspector.selected.suggestion
    desk.qtbot.waitUntil(lambda: card._id == part)
    desk.qtbot.mouseClick(card.accept, Qt.MouseButton.LeftButton)
    desk.settle()
    assert waiting(desk) == ["ATTRIBUTION", "STANCE"]
    assert len(desk.content.spans) == 1


def test_what_is_made_anew_while_the_sure_ones_are_looked_at_is_accepted_all_the_same(desk) -> None:
    desk.do("accept_sure")
    (dialog,) = desk.window.findChildren(SureDialog)
    before = dialog.list.ticked
    renewed = replace(plan(desk), suggester="toy 2")
    ((article, found),) = renewed.proposals
    more = (*found.spans, ProposedSpan("PERSON", ((0, 5),), 0.9, "toy"))
    renewed = replace(renewed, proposals=((article, replace(found, spans=more)),))
    desk.session.do(lambda project: project.write_suggestions(renewed, undoable=False))
    desk.settle()
    known = {one.id for one in (*desk.content.suggested_frames, *desk.content.suggested_spans)}
    assert before
    assert not known & set(before)
    dialog.accept()
    desk.settle()
    assert parts(desk) | {"claim": ""} == {"cue": CUE, "source": SOURCE, "claim": ""}
    assert desk.said[-1] == f"{len(before)} suggestion accepted; undo takes this back."
    desk.do("undo")
    assert (sorted(waiting(desk)), desk.content.spans) == (["ATTRIBUTION", "STANCE"], ())


def test_other_words_take_the_frame_with_that_part_replaced(desk) -> None:
    choose(desk, "ATTRIBUTION")
    start = desk.text.index("Retired teacher")
    desk.window.view.select(None)
    desk.window.view.caret = start
    desk.press(Qt.Key.Key_Right, SHIFT)
    desk.press("s")
    assert parts(desk)["source"] == "Retired teacher"
    assert parts(desk)["cue"] == CUE
    assert "Accepted, with “Retired teacher” as its source." in desk.said
    desk.press("z", CONTROL)
    assert waiting(desk) == ["ATTRIBUTION", "STANCE"]


def test_a_dragged_edge_of_a_part_takes_the_frame_with_these_words(desk) -> None:
    suggested = choose(desk, "ATTRIBUTION")
    source = next(end.end for end in suggested.roles if end.role == "source")
    start, end = (desk.text.index(word) for word in ("Retired teacher", "Olga Simek"))
    desk.window.view.edge_dragged.emit(source, (Fragment(start, end + len(SOURCE)),))
    desk.settle()
    assert parts(desk)["source"] == "Retired teacher Olga Simek"
    assert (parts(desk)["cue"], desk.session.chosen) == (CUE, made(desk).id)
    assert "Accepted, with “Retired teacher Olga Simek” as its source." in desk.said
    desk.press("z", CONTROL)
    assert (waiting(desk), desk.content.spans) == (["ATTRIBUTION", "STANCE"], ())


def test_a_dragged_edge_of_a_single_suggestion_takes_it_so(desk) -> None:
    (loose,) = [one for one in desk.content.suggested_spans if one.reason == "loose"]
    longer = Fragment(loose.start, loose.end + 6)
    desk.session.choose(loose.id)
    desk.window.view.edge_dragged.emit(loose.id, (longer,))
    desk.settle()
    (span,) = desk.content.spans
    assert (span.label, span.fragments, span.origin) == ("CLAIM", (longer,), "suggestion")
    assert desk.session.chosen == span.id
    assert f"Accepted as “{desk.words(span)}”." in desk.said
    (taken,) = [one for one in desk.content.suggested_spans if one.id == loose.id]
    assert (taken.state, taken.fragments, taken.became) == ("accepted", loose.fragments, span.id)


def test_all_of_a_suggestion_comes_to_sight_where_it_is_gone_to(desk) -> None:
    view, walking = desk.window.view, desk.window.walking
    desk.window.resize(900, 620)
    desk.window.settings.text_size = 24
    desk.settle()
    (told,) = [one for one in walking._stops() if one.label == "ATTRIBUTION"]
    spans = [one for one in desk.content.suggested_spans if one.id in {end.end for end in told.roles}]
    for before in range(0, 600, 50):  # from there its first words come to sight, at the lower edge
        view.caret = spans[0].start - before
        walking._show(told)
        view.page.column.settle()
        rects = [rect for span in spans for piece in span.fragments for rect in view.page.rects(piece)]
        assert len(rects) > 1
        shown = view.viewport().rect()
        assert all(shown.top() <= one.top() and one.bottom() <= shown.bottom() for one in rects)


def test_one_part_alone_can_be_taken(desk) -> None:
    suggested = choose(desk, "ATTRIBUTION")
    cue = next(end.end for end in suggested.roles if end.role == "cue")
    desk.go(CUE + " " + CLAIM)
    desk.session.choose(cue)
    desk.press("u")
    assert [one.label for one in desk.content.spans] == ["CUE"]
    assert waiting(desk) == ["ATTRIBUTION", "STANCE"]


def test_the_last_decision_of_an_article_goes_on_to_the_next_one(desk) -> None:
    desk.window.walking.set_enter("across", "say")
    article = desk.content.article.id
    for _ in range(12):
        if desk.content.article.id != article:
            break
        choose_any(desk)
        desk.press(Qt.Key.Key_Backspace)
        desk.settle()
    assert desk.content.article.id != article
    assert desk.session.chosen is not None


def choose_any(desk) -> None:
    if desk.session.chosen is None:
        desk.press(Qt.Key.Key_Tab)


def open_ids(desk) -> set[object]:
    every = (*desk.content.suggested_frames, *desk.content.suggested_spans)
    return {one.id for one in every if one.state == "open"}


def test_the_sure_ones_at_once_after_a_preview(desk) -> None:
    desk.press("a", SHIFT)
    (dialog,) = desk.window.findChildren(SureDialog)
    assert [dialog.list.item(at).text() for at in range(dialog.list.count())] == [
        f"Attribution: {SOURCE} → " + dialog.list.item(0).text().split("→ ")[1]
    ]
    assert "●●● sure · doubted + clause" in dialog.list.item(0).text()
    button = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert button.text() == "Accept 1"
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert not button.isEnabled()
    desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    desk.settle()
    assert parts(desk)["cue"] == CUE
    assert desk.session.chosen in open_ids(desk)  # the next key answers what is not sure
    desk.do("undo")
    assert not desk.content.frames


def test_what_was_passed_by_is_come_back_to_before_another_article(desk) -> None:
    article = desk.session.at
    last = choose(desk, "STANCE").id
    desk.do("reject")
    assert desk.session.at == article
    assert desk.session.chosen in open_ids(desk) - {last}


def test_escape_takes_none_and_without_sure_ones_that_is_said(desk) -> None:
    desk.press("a", SHIFT)
    (dialog,) = desk.window.findChildren(SureDialog)
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    assert not desk.content.frames
    choose(desk, "ATTRIBUTION")
    desk.do("accept")
    desk.do("accept_sure")
    assert desk.said[-1] == "No sure suggestions wait in this article."


def test_the_card_says_how_sure_why_who_and_what_was_right_so_far(desk) -> None:
    choose(desk, "ATTRIBUTION")
    desk.press(Qt.Key.Key_Return)
    choose(desk, "STANCE")
    desk.window.inspector.show_selected()
    card: SuggestionCard = desk.window.findChildren(SuggestionCard)[0]
    desk.qtbot.waitUntil(lambda: "holder: Olga Simek\nvalue: ?  question\n" in card._roles.text())
    assert card._step.text() == "●●○ likely"
    assert "to doubt" in card._reason.text()
    assert card._so_far.text() == ""
    desk.session.do(lambda project: project.undo())
    desk.settle()


def test_a_stance_on_a_bare_claim_proposes_the_suggested_source(desk) -> None:
    near = desk.text.index(CUE + " " + CLAIM)
    start = desk.text.index(CLAIM, near)
    desk.window.view.select(Fragment(start, desk.text.index(".", near) - 1))
    desk.press("c")
    assert not desk.content.frames
    asked = []
    desk.window.prompt.shown.connect(asked.append)
    desk.press("t")
    assert asked[-1].startswith(f"Stance of “{SOURCE}” on")
    desk.press("3")
    assert made(desk, "STANCE").ends("holder_mention") == made(desk).ends("source")
    assert made(desk, "STANCE").ends("target") == made(desk).ends("claim")
    assert parts(desk)["cue"] == CUE
    assert "The suggested source was taken along" in desk.said[-1]
    desk.press("z", CONTROL)
    assert not desk.content.frames
    assert [one.label for one in desk.content.spans] == ["CLAIM"]


def test_the_menu_of_a_suggestion_has_both_answers(desk) -> None:
    desk.window._on_context(QPoint(9, 9), choose(desk, "ATTRIBUTION").id)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()][:2] == ["Accept and go on", "Reject and go on"]
    menu.close()
