"""Thin marks beside sentences worth checking: seen, told, and switched off."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from annotator.model.worth import MARKED
from annotator.ui.article_view import accessibility
from annotator.ui.article_view.worth_marks import REACH


def marked(desk) -> list[str]:
    return [desk.text[one.start : one.end] for one in desk.window.view.page.worth.sentences]


def margin(desk) -> bytes:
    """Return the pixels of the strip left of the column."""
    view = desk.window.view
    picture = view.viewport().grab().toImage()
    left, ratio = view.page.left, picture.devicePixelRatio()
    x, width = round((left - REACH) * ratio), round((REACH - 2) * ratio)
    return bytes(picture.copy(x, 0, width, picture.height()).constBits())


def beside(desk, offset: int) -> QPointF:
    """Return the point of the margin beside the line of an offset."""
    page = desk.window.view.page
    desk.window.view.reveal(offset)
    desk.settle()
    (rect, *_) = page.rects(page.units.token_at(offset))
    return QPointF(page.left - REACH / 2, rect.center().y())


def test_the_best_sentences_of_the_open_article_are_marked_and_no_label_is_set(desk) -> None:
    found = desk.window.view.page.worth.sentences
    assert found
    assert all(one.worth.score >= MARKED for one in found)
    before = desk.content
    desk.session.next_article()
    desk.settle()
    desk.qtbot.waitUntil(lambda: bool(desk.window.view.page.worth.sentences))
    assert all(words in desk.text for words in marked(desk))
    assert desk.content.article.id != before.article.id
    assert all("checkworthy" not in one.attributes for one in desk.content.suggested_spans)


def test_a_mark_is_painted_and_the_setting_takes_it_away(desk) -> None:
    beside(desk, desk.window.view.page.worth.sentences[0].start)
    with_marks = margin(desk)
    desk.window.settings.choose("worth_marks", False)
    desk.settle()
    assert marked(desk) == []
    assert margin(desk) != with_marks
    desk.window.settings.put_back("worth_marks")
    desk.settle()
    assert marked(desk)
    assert margin(desk) == with_marks


def test_the_reason_is_told_under_the_pointer_and_by_the_screen_reader(desk) -> None:
    view, one = desk.window.view, desk.window.view.page.worth.sentences[0]
    found = view.page.local(beside(desk, one.start))
    assert found is not None
    assert view.page.worth.reason_under(*found) == f"worth checking: {one.worth.reason}"
    text, place = found
    assert view.page.worth.reason_under(text, QPointF(3, place.y())) == ""
    view.caret = one.start
    assert f"worth checking: {one.worth.reason}" in accessibility.spoken(view)


def test_a_label_on_the_article_leaves_the_marks_and_closing_takes_them_away(desk) -> None:
    before = marked(desk)
    span = desk.window.view.page.worth.sentences[0]
    article = desk.content.article.id
    desk.session.do(lambda project: project.add_span(article, "CLAIM", [(span.start, span.end)]))
    desk.settle()
    assert marked(desk) == before
    desk.session.close_project()
    desk.settle()
    assert list(desk.window.view.page.worth.sentences) == []
