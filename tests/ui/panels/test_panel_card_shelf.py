"""Cards of frames: made in slices, made again only where something they tell of changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.model.ids import new_id
from annotator.model.records import (
    Actor,
    Article,
    ArticleContent,
    Fragment,
    Frame,
    RoleEnd,
    Span,
    SuggestedFrame,
)
from annotator.ui.panels.card_list import CardList
from annotator.ui.panels.card_shelf import CardShelf
from annotator.ui.panels.cards import ArticlePage
from annotator.ui.panels.frame_cards import card_of
from annotator.ui.panels.names import Names, names_of
from annotator.ui.panels.register import Register

WORDS = "Anna said that Ben had told her so. "
ME = new_id()


def _article(count: int) -> ArticleContent:
    """Return an article of sentences with an attribution in each; the second lies inside the first."""
    article = Article(new_id(), "a", "t", WORDS * count, "")
    spans, frames = [], list[Frame]()
    for at in range(0, count * len(WORDS), len(WORDS)):
        source = Span(new_id(), article.id, "SOURCE", (Fragment(at, at + 4),), ME, 0)
        claim = Span(new_id(), article.id, "CLAIM", (Fragment(at + 10, at + 34),), ME, 0)
        roles = [RoleEnd("source", "span", source.id), RoleEnd("claim", "span", claim.id)]
        if len(frames) == 1:
            roles.append(RoleEnd("parent", "frame", frames[0].id))
        spans += [source, claim]
        frames.append(Frame(new_id(), article.id, "ATTRIBUTION", tuple(roles), ME, at))
    return ArticleContent(article, spans=tuple(spans), frames=tuple(frames))


def _filled(names: Names) -> CardShelf:
    shelf = CardShelf()
    assert shelf.take(names)
    list(shelf.make_some(60))
    return shelf


def _with_span(content: ArticleContent, at: int, **values: Any) -> ArticleContent:
    spans = list(content.spans)
    spans[at] = replace(spans[at], **values)
    return replace(content, spans=tuple(spans))


ANN = Actor(new_id(), "Ann Baker")
CHANGES: dict[str, tuple[Callable[[ArticleContent], ArticleContent], set[int]]] = {
    "nothing": (replace, set()),
    "words of a claim": (lambda content: _with_span(content, 7, fragments=(Fragment(120, 125),)), {3}),
    "who said the outer one": (lambda content: _with_span(content, 0, fragments=(Fragment(15, 18),)), {0, 1}),
    "the actor of a source": (
        lambda content: replace(_with_span(content, 4, actor=ANN.id), actors=(ANN,)),
        {2},
    ),
    "a span in no frame": (
        lambda content: replace(
            content,
            spans=(
                *content.spans,
                Span(new_id(), content.article.id, "CUE", (Fragment(5, 9),), ME, 0),
            ),
        ),
        set(),
    ),
    "an end of a frame": (
        lambda content: replace(
            content,
            frames=(*content.frames[:4], replace(content.frames[4], roles=content.frames[4].roles[1:])),
        ),
        {4},
    ),
    "the outer one is gone": (lambda content: replace(content, frames=content.frames[1:]), {0, 1}),
    "a span is gone": (lambda content: replace(content, spans=content.spans[:-1]), {4}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_only_cards_that_tell_of_a_change_are_made_anew(scheme: Any, what: str) -> None:
    change, touched = CHANGES[what]
    content = _article(5)
    shelf = _filled(names_of(content, scheme))
    shown = shelf.cards()
    before = {card.id: card for card in shown}
    changed = names_of(change(content), scheme)
    assert not shelf.take(changed)
    made = {card.id for card in shelf.make_some(60)}
    there = {one.id for one in changed.content.frames}
    assert made == {content.frames[at].id for at in touched} & there
    assert shelf.cards() == _filled(changed).cards()
    assert all(card is before[card.id] for card in shelf.cards() if card.id not in made)
    assert (shelf.cards() is shown) == (not touched)


def test_an_actor_that_is_renamed_is_renamed_on_its_cards(scheme: Any) -> None:
    content = replace(_with_span(_article(3), 2, actor=ANN.id), actors=(ANN,))
    shelf = _filled(names_of(content, scheme))
    shelf.take(names_of(replace(content, actors=(replace(ANN, name="Ann Cook"),)), scheme))
    assert len(list(shelf.make_some(60))) == 1
    assert "Ann Cook" in shelf.cards()[1].spoken or "Ann Cook" in shelf.cards()[1].chain


def test_another_scheme_or_article_starts_anew(scheme: Any) -> None:
    content = _article(3)
    shelf = _filled(names_of(content, scheme))
    assert shelf.take(names_of(content, replace(scheme, title="Another")))
    assert len(list(shelf.make_some(60))) == 3
    assert shelf.take(names_of(_article(2), scheme))
    assert not shelf.is_complete
    assert shelf.take(None)
    assert shelf.is_complete
    assert shelf.cards() == []


def test_cards_are_made_a_few_at_a_time(scheme: Any) -> None:
    shelf = CardShelf()
    shelf.take(names_of(_article(3), scheme))
    turns = 0
    while not shelf.is_complete:
        turns += 1
        assert len(list(shelf.make_some(0))) == 1
    assert turns == 3


def test_the_page_fills_in_turns_and_every_card_is_reached_by_keys(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.panels.cards._SLICE", 0.0)
    page = ArticlePage(world.session, Register(world.session, world.session))
    page.resize(340, 640)
    world.show(page)
    world.qtbot.waitUntil(lambda: len(page.frames.cards) == 5)
    model = page.frames.model()
    for row, card in enumerate(page.frames.cards):
        index = model.index(row, 0)
        assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == card.spoken
        assert page.frames.row_of(card.id) == row
    page.frames.setFocus()
    for card in page.frames.cards:
        QTest.keyClick(page.frames, Qt.Key.Key_Down)
        assert world.session.chosen == card.id
    assert page.frames.row_of(new_id()) is None
    world.session.open_article(world.ids["other"])
    world.settle()
    assert page.frames.cards == []


def test_rows_are_measured_once_and_anew_in_another_font(scheme: Any, qtbot: Any) -> None:
    view = CardList("Frames")
    qtbot.addWidget(view)
    view.resize(300, 400)
    cards = _filled(names_of(_article(4), scheme)).cards()
    view.set_cards(cards, None)
    view.show()
    low = view.sizeHintForIndex(view.model().index(0, 0)).height()
    font = view.font()
    font.setPixelSize(30)
    view.setFont(font)
    assert view.sizeHintForIndex(view.model().index(0, 0)).height() > low


def test_the_tip_of_a_card_says_why_it_is_suggested_and_what_the_card_has_no_room_for(scheme: Any) -> None:
    content = _article(1)
    (frame,) = content.frames
    guess = SuggestedFrame(
        new_id(), content.article.id, "ATTRIBUTION", frame.roles, 0.9, "r 1", "“said” with “that”", 0
    )
    suggested = replace(content, frames=(), suggested_frames=(guess,))
    (card,) = _filled(names_of(suggested, scheme)).cards()
    assert card.tip == "Because: “said” with “that”"
    whole = _with_span(suggested, 0, fragments=(Fragment(0, 35),))
    (card,) = _filled(names_of(whole, scheme)).cards()
    assert card.tip == f"Because: “said” with “that” · source: {WORDS.strip()}"
    whole = _with_span(suggested, 1, fragments=(Fragment(0, 35),))  # two lines of a card hold this
    (card,) = _filled(names_of(whole, scheme)).cards()
    assert card.tip == "Because: “said” with “that”"
    (card,) = _filled(names_of(content, scheme)).cards()
    assert card.tip == ""


@pytest.mark.parametrize("what", CHANGES)
def test_names_made_from_those_before_are_the_same_as_made_anew(scheme: Any, what: str) -> None:
    change, _ = CHANGES[what]
    content = _article(5)
    before = names_of(content, scheme)
    whole = {one.id: one for one in content.spans}
    changed = change(content)
    made, anew = names_of(changed, scheme, before=before), names_of(changed, scheme)
    assert (made.spans, made.frames, made.actors) == (anew.spans, anew.frames, anew.actors)
    assert before.spans == whole  # what others may still read
    other = _article(2)
    assert names_of(other, scheme, before=made).spans == names_of(other, scheme).spans


def test_no_card_moves_when_a_suggestion_that_begins_with_others_is_accepted(scheme: Any) -> None:
    """Accepted, a frame is made later than what was suggested with it, and stands where it stood."""
    content = _article(1)
    source, claim = content.spans
    about = {"score": 0.9, "suggester": "rules 1", "reason": "because", "created": 5}
    mention = RoleEnd("holder_mention", "span", source.id)
    stance = SuggestedFrame(new_id(), content.article.id, "STANCE", (mention,), **about)
    cue = Span(new_id(), content.article.id, "CUE", (Fragment(5, 9),), ME, 0)
    roles = (*content.frames[0].roles, RoleEnd("cue", "span", cue.id))
    told = SuggestedFrame(new_id(), content.article.id, "ATTRIBUTION", roles, **about)
    wider = SuggestedFrame(new_id(), content.article.id, "ATTRIBUTION", (roles[0], roles[2]), **about)
    spans, waiting = (source, claim, cue), (stance, told, wider)
    before = _filled(names_of(replace(content, spans=spans, frames=(), suggested_frames=waiting), scheme))
    order = [card.lines for card in before.cards()]
    made = Frame(told.id, content.article.id, told.label, told.roles, ME, 99)
    after = _filled(
        names_of(replace(content, spans=spans, frames=(made,), suggested_frames=(stance, wider)), scheme)
    )
    assert [card.lines for card in after.cards()] == order
    assert [card.label for card in after.cards()] == ["ATTRIBUTION", "ATTRIBUTION", "STANCE"]


@pytest.mark.parametrize(
    ("name", "roles"), [("Anna", ["holder", "value"]), ("Ann Baker", ["holder", "value", "holder mention"])]
)
def test_a_card_says_the_same_words_of_a_holder_once(scheme: Any, name: str, roles: list[str]) -> None:
    who, content = Actor(new_id(), name), _article(1)
    ends = (RoleEnd("holder", "actor", who.id), RoleEnd("holder_mention", "span", content.spans[0].id))
    stance = Frame(new_id(), content.article.id, "STANCE", ends, ME, 0, {"value": "deny"})
    card = card_of(names_of(replace(content, frames=(stance,), actors=(who,)), scheme), stance)
    assert [one.role for one in card.lines] == roles
