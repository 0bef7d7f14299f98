"""Going through suggestions without single names: what Tab and the answers go to, and what is said of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from annotator.model.ids import Id
from annotator.model.records import SuggestedFrame, SuggestedSpan
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan
from annotator.services.suggesting import SuggestionPlan
from annotator.ui.panels.sure_dialog import SureDialog

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAMES = ("Karol Benko", "Monday", "Olga Simek")


@pytest.fixture
def desk(desk):
    """Return a window on the tour with three single names besides what the sample comes with."""
    suggest(desk, {desk.content.article.id: NAMES})
    return desk


def suggest(desk, wanted: dict[Id, tuple[str, ...]]) -> None:
    def _write(project):
        plans = [(one, project.content(one).article.text, words) for one, words in wanted.items()]
        done = tuple(
            (one, Proposals(tuple(name(text, word) for word in words))) for one, text, words in plans
        )
        return project.write_suggestions(SuggestionPlan("toy 1", ("entities",), done), undoable=False)

    desk.session.do(_write)
    desk.settle()


def name(text: str, words: str) -> ProposedSpan:
    start = text.index(words)
    label = "DATE" if words == "Monday" else "PERSON"
    return ProposedSpan(label, ((start, start + len(words)),), 0.9, "toy")


def chosen(desk) -> SuggestedFrame | SuggestedSpan | None:
    every = (*desk.content.suggested_frames, *desk.content.suggested_spans)
    return next((one for one in every if one.id == desk.session.chosen), None)


def names_here(desk) -> list[SuggestedSpan]:
    entities = {one.name for one in desk.session.scheme.of("span", "entity")}
    waiting = desk.window.walking._waiting()
    return [one for one in waiting if isinstance(one, SuggestedSpan) and one.label in entities]


def walked(desk, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> list[Id]:
    """Return where a key goes in this article, until it leaves it or comes to an end."""
    article, found = desk.content.article.id, []
    while True:
        desk.press(key, modifier)
        here = desk.session.chosen
        if desk.content.article.id != article or here is None or here in found:
            return found
        found.append(here)


def reject_rest(desk, *, keep: list[Id]) -> None:
    ids = [one.id for one in desk.window.walking._waiting() if one.id not in keep]
    desk.session.do(lambda project: project.reject(ids))
    desk.settle()


def test_tab_goes_to_all_as_delivered_and_to_all_but_names_when_wanted(desk) -> None:
    every = [one.id for one in desk.window.walking._waiting()]
    names = [one.id for one in names_here(desk)]
    assert len(names) >= len(NAMES)
    assert walked(desk, Qt.Key.Key_Tab) == every
    desk.session.open_article(desk.session.order[0])
    desk.settle()
    desk.session.choose(None)
    desk.window.view.caret = 0
    desk.press("t", CONTROL)
    assert walked(desk, Qt.Key.Key_Tab) == [one for one in every if one not in names]


def test_shift_tab_passes_over_names_too(desk) -> None:
    desk.do("pass_names")
    frames = [one.id for one in desk.window.walking._waiting() if isinstance(one, SuggestedFrame)]
    desk.session.choose(frames[-1])
    assert walked(desk, Qt.Key.Key_Backtab, SHIFT) == frames[-2::-1]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Backspace])
def test_a_decision_goes_on_to_what_is_no_name(desk, key: Qt.Key) -> None:
    desk.do("pass_names")
    frames = [one.id for one in desk.window.walking._waiting() if isinstance(one, SuggestedFrame)]
    names = names_here(desk)
    desk.press(Qt.Key.Key_Tab)
    assert desk.session.chosen == frames[0]
    desk.press(key)
    assert desk.session.chosen == frames[1]
    assert names_here(desk) == names


def test_a_name_that_is_chosen_is_decided_and_the_next_is_no_name(desk) -> None:
    desk.do("pass_names")
    last = next(one for one in names_here(desk) if one.start == desk.text.index("Karol Benko"))
    later = [one.id for one in desk.window.walking._stops()]
    desk.session.choose(last.id)
    desk.press(Qt.Key.Key_Return)
    assert "Karol Benko" in [desk.words(one) for one in desk.content.spans]
    assert desk.session.chosen in later


def test_the_end_says_what_was_passed_over_and_enter_takes_no_name_unseen(desk) -> None:
    desk.window.settings.choose("enter", "next")
    desk.do("pass_names")
    (name_, *_), frame = names_here(desk), desk.window.walking._stops()[0]
    reject_rest(desk, keep=[frame.id, name_.id])
    desk.press(Qt.Key.Key_Tab)
    assert desk.session.chosen == frame.id
    desk.press(Qt.Key.Key_Backspace)
    assert desk.said[-1].endswith("Tab goes on without. 1 name passed over.")
    before = desk.content.spans
    desk.window.view.caret = name_.start
    desk.press(Qt.Key.Key_Return)
    assert desk.content.spans == before
    told = "No more suggestions here: n marks the article as done, Tab goes on without. 1 name passed over."
    assert desk.said[-1] == told


def test_an_article_with_nothing_but_names_is_passed_over(desk) -> None:
    first, second, third = desk.session.order[:3]
    for article in (second, third):
        desk.session.open_article(article)
        desk.settle()
        reject_rest(desk, keep=[])
    texts = {second: "", third: ""}
    desk.session.ask(lambda project: {one: project.content(one).article.text for one in texts}, texts.update)
    desk.settle()
    suggest(
        desk, {one: (next(word for word in text.split() if word.istitle()),) for one, text in texts.items()}
    )
    desk.session.open_article(first)
    desk.settle()
    desk.session.choose(desk.window.walking._stops()[-1].id)
    desk.do("pass_names")
    desk.press(Qt.Key.Key_Tab)
    assert desk.content.article.id not in (second, third)
    desk.do("pass_names")
    desk.session.open_article(first)
    desk.settle()
    desk.session.choose(desk.window.walking._waiting()[-1].id)
    desk.press(Qt.Key.Key_Tab)
    assert desk.content.article.id == second


def test_nothing_is_hidden_status_bar_and_cards_say_what_is_passed_over(desk) -> None:
    status, page = desk.window.status.suggestions, desk.window.inspector.article
    every, names = len(desk.window.walking._waiting()), len(names_here(desk))
    assert status.text() == f"{every} suggestions here"
    assert page.passed.isHidden()
    desk.press("t", CONTROL)
    assert desk.said[-1] == "Tab passes over single names, dates and the like now."
    assert status.text() == f"{every - names} suggestions, {names} names passed over"
    assert page.passed.text().startswith(f"{names} names passed over: ")
    assert not page.passed.isHidden()
    desk.session.do(lambda project: project.reject([one.id for one in names_here(desk)[1:]]))
    desk.settle()
    assert status.text() == f"{every - names} suggestions, 1 name passed over"
    desk.session.open_article(desk.session.order[1])
    desk.settle()
    assert (" passed over" in status.text()) == bool(names_here(desk))
    desk.press("t", CONTROL)
    assert desk.said[-1] == "Tab goes to every suggestion now."
    assert "passed over" not in status.text()
    assert page.passed.isHidden()


def test_the_list_counts_what_tab_goes_to_and_tells_the_rest(desk) -> None:
    model = desk.window.articles.model

    def told() -> tuple[str, str, str]:
        desk.settle()
        at = model.row_of(desk.content.article.id)
        tip = model.index(at, 0).data(Qt.ItemDataRole.ToolTipRole)
        spoken = model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        return model.index(at, 4).data(), tip.rpartition("\n")[2], spoken

    every, names = len(desk.window.walking._waiting()), len(names_here(desk))
    desk.qtbot.waitUntil(lambda: told()[:2] == (str(every), f"{every} suggestions"))
    desk.press("t", CONTROL)
    stops, tip = str(every - names), f"{every - names} suggestions, {names} names passed over"
    desk.qtbot.waitUntil(lambda: told()[:2] == (stops, tip))
    assert told()[2].endswith(f", {tip}")
    desk.session.do(lambda project: project.reject([names_here(desk)[0].id]))
    desk.qtbot.waitUntil(lambda: told()[1] == tip.replace(f"{names} names", f"{names - 1} names"))
    reject_rest(desk, keep=[one.id for one in names_here(desk)])
    desk.qtbot.waitUntil(lambda: told()[:2] == ("", f"{names - 1} names passed over"))
    desk.window.articles.filter.setCurrentIndex(
        next(at for at in range(9) if desk.window.articles.filter.itemText(at) == "With suggestions")
    )
    desk.qtbot.waitUntil(lambda: desk.content.article.id not in model.ids)


def test_the_choice_is_one_in_menu_settings_and_the_next_start(open_desk, desk) -> None:
    action = desk.window.actions_["pass_names"]
    assert action in desk.window.menuBar().findChild(object, "suggestions").actions()
    assert not action.isChecked()
    action.trigger()
    assert action.isChecked()
    again = open_desk()
    assert again.window.actions_["pass_names"].isChecked()
    desk.window.settings.put_back("pass_names")
    assert not action.isChecked()


def test_all_sure_ones_still_list_the_names(desk) -> None:
    desk.do("pass_names")
    desk.do("accept_sure")
    (dialog,) = desk.window.findChildren(SureDialog)
    listed = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert sum("Karol Benko" in one or "Monday" in one for one in listed) >= 2
    dialog.reject()


def test_the_answers_show_their_keys_but_beside_a_part(desk) -> None:
    card, frame = desk.window.inspector.selected.suggestion, desk.content.suggested_frames[0]
    desk.window.inspector.show_selected()
    desk.session.choose(frame.id)
    desk.qtbot.waitUntil(card.accept.isVisible)
    assert [card.accept.text(), card.reject.text()] == ["Accept (Enter)", "Reject (Backspace)"]
    assert card.accept.accessibleName() == "Accept"
    desk.window.settings.set_keys("reject", ["&"])
    assert card.reject.text() == "Reject (&&)"
    desk.window.settings.set_keys("reject", [])
    assert card.reject.text() == "Reject"
    desk.session.choose(frame.roles[0].end)
    desk.qtbot.waitUntil(lambda: card.accept.text() == "Accept this part")
    assert card.accept.toolTip() == ""


def test_a_frame_that_others_are_nested_in_is_no_part(desk) -> None:
    frames = desk.content.suggested_frames
    outer, inner = next((end.end, one.id) for one in frames for end in one.roles if end.role == "parent")
    card = desk.window.inspector.selected.suggestion
    desk.window.inspector.show_selected()
    for one in (outer, inner):
        desk.session.choose(one)
        desk.qtbot.waitUntil(lambda one=one: card._id == one)
        assert card.accept.text() == "Accept (Enter)"


def test_of_a_part_the_status_bar_says_what_each_answer_means(desk) -> None:
    frame = next(one for one in desk.content.suggested_frames if one.state == "open")
    spans = {one.id: one for one in desk.content.suggested_spans}
    source = next(spans[end.end] for end in frame.roles if end.role == "source" and end.end in spans)
    desk.session.choose(source.id)
    said = desk.window.hinting.text()
    assert said.startswith(f"{desk.words(source)} – suggested Source (")
    assert "   Enter accepts the whole   s takes this part alone   Backspace rejects the whole   " in said
    desk.window.view.caret = source.start
    desk.press("s")
    assert [one.label for one in desk.content.spans if one.fragments == source.fragments] == ["SOURCE"]
    assert frame.id in [one.id for one in desk.content.suggested_frames if one.state == "open"]


def test_a_comma_that_ends_a_source_does_not_stand_before_the_dot(desk) -> None:
    parts = (("SOURCE", "persons,"), ("CUE", "founded"), ("CLAIM", "a reader can learn it"))
    places = [(label, desk.text.index(words), len(words)) for label, words in parts]
    spans = tuple(ProposedSpan(label, ((at, at + size),), 0.9, "toy") for label, at, size in places)
    frame = ProposedFrame("ATTRIBUTION", (("source", 0), ("cue", 1), ("claim", 2)), 0.9, "toy")
    done = ((desk.content.article.id, Proposals(spans, (frame,))),)
    desk.suggest(SuggestionPlan("toy 2", ("attributions",), done))
    desk.session.choose(next(one.id for one in desk.content.suggested_frames if one.reason == "toy"))
    assert desk.window.hinting.text().startswith("persons · founded – suggested Attribution (")


def test_what_tells_a_suggestion_from_others_comes_first_in_the_status_bar(desk) -> None:
    hint, text = desk.window.status.hint, desk.window.hinting.text
    frame = next(one for one in desk.window.walking._waiting() if isinstance(one, SuggestedFrame))
    spans = {one.id: desk.words(one) for one in desk.content.suggested_spans}
    parts = {end.role: spans[end.end] for end in frame.roles if end.end in spans}
    desk.session.choose(frame.id)
    assert text().startswith(f"{parts['source']} · {parts['cue']} – suggested Attribution (")
    date = next(one for one in names_here(desk) if desk.words(one) == "Monday")
    desk.session.choose(date.id)
    assert text().startswith("Monday – suggested Date (sure: toy):")
    desk.qtbot.waitUntil(lambda: hint.text().startswith("Monday"))
    assert hint.toolTip().startswith(
        "Monday – suggested Date (sure: toy): Enter accepts, Backspace rejects, "
    )
    assert hint.accessibleDescription() == hint.toolTip()
