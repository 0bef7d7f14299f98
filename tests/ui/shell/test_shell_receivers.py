"""An answer that comes after the page which asked is gone is dropped; nobody else misses anything."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from shiboken6 import Shiboken

from annotator.ui.panels.uses_list import UsesList
from annotator.ui.receivers import are_there


class Page(QLabel):
    """A page that shows what it is answered, or is told of what was done."""

    def take(self, found: object) -> None:
        self.setText(str(found))

    def taker(self):
        return lambda found: self.setText(str(found))


@pytest.mark.parametrize("way", ["method", "function"])
@pytest.mark.parametrize("work", ["ask", "do", "job"])
def test_an_answer_for_a_page_that_is_gone_is_dropped(desk, work: str, way: str) -> None:
    session, heard = desk.session, []
    pages = [Page(), Page()]
    for page in pages:
        then = page.take if way == "method" else page.taker()
        if work == "ask":
            session.ask(lambda project: project.counts().articles, then)
        elif work == "do":
            session.do(lambda project: project.add_actor("Somebody"), then)
        else:
            session.long_work.run_on_project("Looking", lambda _: counted(), then)
    Shiboken.delete(pages[0])
    session.ask(lambda _: None, heard.append)
    desk.settle()
    desk.qtbot.waitUntil(lambda: not session.long_work.is_busy)
    assert heard == [None]
    assert pages[1].text()
    assert not desk.window.status.job.isVisible()


def counted():
    yield from ()
    return 3


def test_a_function_that_speaks_to_no_page_is_always_heard() -> None:
    heard: list[object] = []
    assert are_there(heard.append)
    assert are_there(lambda _: heard.append(1))
    assert are_there(print)


def test_a_page_is_looked_for_in_functions_within_functions(qapp) -> None:
    page = Page()
    take = page.take

    def outer(found: object) -> None:
        take(found)
        if found:
            outer(None)

    assert are_there(outer)
    Shiboken.delete(page)
    assert not are_there(outer)


def test_what_a_function_takes_along_may_come_later() -> None:
    def begin() -> bool:
        is_there = are_there(lambda: page)
        page = Page
        return is_there

    assert begin()


def test_the_places_of_an_actor_may_come_when_the_page_is_gone(desk) -> None:
    page = UsesList(desk.session, "Used in")
    page.ask(desk.content.article.id)
    Shiboken.delete(page)
    desk.settle()
