"""The real window, off the screen, by mouse alone: clicks, drags, turns of the wheel, each counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QMenuBar, QScrollArea, QToolButton, QWidget

from annotator.model.ids import Id, id_from_text
from annotator.model.records import Fragment
from annotator.ui.article_view.hint_boxes import hint_boxes
from annotator.ui.labels import button_words
from benchmarks.effort_desk import Count, Desk, NotMade

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
_PLAIN = Qt.KeyboardModifier.NoModifier
_NOTCH = 120
_TURNS = 400
_FROM_EDGE = 24


class Hand(Desk):
    """A window with a project open, and what a person does in it by mouse.

    A step is written as words: what is done, then with what.  `click 120`, `drag 120 140` (also `back`, from
    its end, and `letters`, with Alt), `link 120 300` (Ctrl held), `bar label.CLAIM`, `entity LAW`,
    `tool stance`, `menu implicit`, `context 120 delete`, `answer 1`, `pick` and `card` with the number of a
    line, `hint` with an id, `unlink source 0`, `page`
    for the first page of the inspector.
    """

    def __init__(self, app: QApplication, project: Path) -> None:
        self._turned = 0
        super().__init__(app, project)

    def send(self, key: str) -> Count:
        """Do a step; what needs two clicks (a menu and its entry) counts as two, the wheel as one more."""
        turned = self._turned
        name, _, rest = key.partition(" ")
        steps: dict[str, Callable[[str], int]] = {
            "click": self._click_text, "drag": self._drag_text, "back": self._drag_back,
            "letters": self._drag_letters, "link": self._drag_link, "bar": self._press_bar,
            "entity": self._press_entity, "tool": self._press_tool, "menu": self._press_menu,
            "context": self._press_context, "answer": self._press_answer, "pick": self._press_line,
            "hint": self._press_hint, "card": self._press_card, "unlink": self._press_unlink,
            "page": self._press_page, "top": self._to_top,
        }  # fmt: skip
        clicks = steps[name](rest)
        self.settle()
        turned = self._turned - turned
        return Count(clicks + turned, turned)

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Take back whatever is done meanwhile, where the text is scrolled to as well."""
        position, pages = self.window.view.position(), self.window.inspector.pages
        page = pages.currentIndex()
        with super().tried():
            yield
        pages.setCurrentIndex(page)
        self.window.view.restore_position(position)

    def go_to_start(self) -> None:
        """Turn the wheel to the start of the article."""
        self.press(("top",))

    # --- on the text ---------------------------------------------------------------------------

    def _to_top(self, _: str) -> int:
        bar = self.window.view.verticalScrollBar()
        return self._turn(lambda: bar.value() == 0, up=True)

    def _turn(self, is_there: Callable[[], bool], *, up: bool) -> int:
        """Turn the wheel until something is in view: one movement of the finger."""
        viewport = self.window.view.viewport()
        for number in range(_TURNS):
            if is_there():
                self._turned += bool(number)
                return 0
            place = QPointF(viewport.rect().center())
            delta = QPoint(0, _NOTCH if up else -_NOTCH)
            QApplication.sendEvent(
                viewport,
                QWheelEvent(
                    place, QPointF(viewport.mapToGlobal(place.toPoint())), QPoint(), delta, _NONE, _PLAIN,
                    Qt.ScrollPhase.NoScrollPhase, False,
                ),
            )  # fmt: skip
        raise NotMade

    def _place(self, offset: int, share: float = 0.5) -> QPoint:
        """Return where a character stands, after the wheel brought it into view; nothing may cover it."""
        view = self.window.view
        piece = Fragment(offset, offset + 1)

        def _is_seen() -> bool:
            rects = view.page.rects(piece)
            height = view.viewport().height()
            return bool(rects) and _FROM_EDGE < rects[0].center().y() < height - _FROM_EDGE

        low = next((laid.start for _, _, laid in view.page.column.visible()), 0)
        rects = view.page.rects(piece)
        is_above = offset < low or bool(rects and rects[0].center().y() <= _FROM_EDGE)
        self._turn(_is_seen, up=is_above)
        (rect, *_) = view.page.rects(piece)
        place = QPointF(rect.left() + rect.width() * share, rect.center().y()).toPoint()
        self._uncovered(place)
        return place

    def _uncovered(self, place: QPoint) -> None:
        """Refuse a place under a bar that floats over the text."""
        view = self.window.view
        there = view.viewport().mapTo(view, place)
        for bar in (self.window.label_bar, self.window.answer_bar):
            if bar.isVisible() and bar.geometry().contains(there):
                raise NotMade

    def _click_text(self, rest: str) -> int:
        QTest.mouseClick(self.window.view.viewport(), _LEFT, pos=self._place(int(rest)))
        return 1

    def _drag_text(self, rest: str) -> int:
        start, end = map(int, rest.split())
        return self._drag(start, end - 1, 0.4, 0.7)

    def _drag_back(self, rest: str) -> int:
        start, end = map(int, rest.split())
        return self._drag(end - 1, start, 0.6, 0.3)

    def _drag_letters(self, rest: str) -> int:
        start, end = map(int, rest.split())
        return self._drag(start, end - 1, 0.05, 0.95, Qt.KeyboardModifier.AltModifier)

    def _drag_link(self, rest: str) -> int:
        start, end = map(int, rest.split())
        return self._drag(start, end, 0.5, 0.5, Qt.KeyboardModifier.ControlModifier)

    def _drag(
        self, start: int, end: int, first: float, last: float, keys: Qt.KeyboardModifier = _PLAIN
    ) -> int:
        viewport = self.window.view.viewport()
        self._place(max(start, end))
        begin = self._place(start, first)
        rects = self.window.view.page.rects(Fragment(end, end + 1))
        if not rects or not 0 <= rects[0].center().y() < viewport.height():
            raise NotMade
        stop = QPointF(rects[0].left() + rects[0].width() * last, rects[0].center().y()).toPoint()
        kinds = QEvent.Type
        for kind, at, button, held in (
            (kinds.MouseButtonPress, begin, _LEFT, _LEFT),
            (kinds.MouseMove, (begin + stop) / 2, _NONE, _LEFT),
            (kinds.MouseMove, stop, _NONE, _LEFT),
            (kinds.MouseButtonRelease, stop, _LEFT, _NONE),
        ):
            globally = QPointF(viewport.mapToGlobal(at))
            QApplication.sendEvent(viewport, QMouseEvent(kind, QPointF(at), globally, button, held, keys))
        return 1

    def _press_hint(self, rest: str) -> int:
        box = hint_boxes(self.window.view.page).get(id_from_text(rest))
        if box is None:
            raise NotMade
        self._uncovered(box.center().toPoint())
        QTest.mouseClick(self.window.view.viewport(), _LEFT, pos=box.center().toPoint())
        return 1

    # --- on what stands around it ----------------------------------------------------------------

    def _press_bar(self, rest: str) -> int:
        name = button_words(self.window.actions_[rest].text())
        self._press_button(self.window.label_bar, lambda one: one.accessibleName() == name)
        return 1

    def _press_entity(self, rest: str) -> int:
        """Press the button of an entity label, else open the list of the others and choose it there."""
        scheme = self.session.scheme
        label = scheme.label(rest) if scheme is not None else None
        assert label is not None
        name, bar = button_words(label.title or label.name), self.window.label_bar
        if any(one.text() == name for one in self._buttons(bar)):
            self._press_button(bar, lambda one: one.text() == name)
            return 1
        # The list has an event loop of its own.
        QTimer.singleShot(0, bar, lambda: self._press_entry(name))
        self._press_button(bar, lambda one: one.menu() is not None)
        return 2

    def _press_tool(self, rest: str) -> int:
        button = self.window.bar.widgetForAction(self.window.actions_[rest])
        QTest.mouseClick(button, _LEFT)
        return 1

    def _press_menu(self, rest: str) -> int:
        bar, row = self.window.menuBar(), self.window.actions_.rows[rest]
        menu = bar.findChild(QMenu, row.menu)
        assert isinstance(menu, QMenu)
        assert isinstance(bar, QMenuBar)
        QTest.mouseClick(bar, _LEFT, pos=bar.actionGeometry(menu.menuAction()).center())
        self._press_entry(self.window.actions_[rest].text())
        return 2

    def _press_context(self, rest: str) -> int:
        offset, name = rest.split()
        viewport, at = self.window.view.viewport(), self._place(int(offset))
        mouse = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(viewport, QContextMenuEvent(mouse, at, viewport.mapToGlobal(at)))
        self._press_entry(self.window.actions_[name].text())
        return 2

    def _press_entry(self, name: str) -> None:
        popup = self.app.activePopupWidget()
        if not isinstance(popup, QMenu):
            self._fail(popup)
        action = next((one for one in popup.actions() if one.text() == name and one.isEnabled()), None)
        if action is None:
            self._fail(popup)
        QTest.mouseClick(popup, _LEFT, pos=popup.actionGeometry(action).center())

    def _fail(self, popup: QWidget | None) -> NoReturn:
        if popup is not None:
            popup.close()
        raise NotMade

    def _press_answer(self, rest: str) -> int:
        said = self.window.prompt.said
        at = next((at for at, (key, _) in enumerate(said) if key == rest), None)
        if at is None:
            raise NotMade
        buttons = self._buttons(self.window.answer_bar)
        QTest.mouseClick(buttons[at], _LEFT)
        return 1

    def _press_line(self, rest: str) -> int:
        """Click a line of the list that popped up; the wheel brings it into view."""
        popup = self.popup
        assert popup is not None
        item = popup.list.item(int(rest))
        is_seen = popup.list.viewport().rect().contains(popup.list.visualItemRect(item))
        if not is_seen:
            popup.list.scrollToItem(item)
        QTest.mouseClick(popup.list.viewport(), _LEFT, pos=popup.list.visualItemRect(item).center())
        return 1 if is_seen else 2

    @property
    def is_page_hidden(self) -> bool:
        """Whether the first page of the inspector, with the cards, is behind another one."""
        return self.window.inspector.pages.currentWidget() is not self.window.inspector.article

    def card_of(self, frame: Id) -> int:
        """Return which card of the inspector is that of a frame."""
        cards = self.window.inspector.article.frames
        self.wait_for(lambda: any(one.id == frame for one in cards.cards))
        return next(at for at, one in enumerate(cards.cards) if one.id == frame)

    def _press_card(self, rest: str) -> int:
        """Click a card of the inspector; the wheel brings it into view."""
        cards, frames = self.window.inspector.article.frames, len(self.content.frames)
        self.wait_for(lambda: len(cards.cards) == frames)
        index = cards.model().index(int(rest), 0)
        is_seen = cards.viewport().rect().contains(cards.visualRect(index).center())
        if not is_seen:
            cards.scrollTo(index)
        QTest.mouseClick(cards.viewport(), _LEFT, pos=cards.visualRect(index).center())
        return 1 if is_seen else 2

    def _press_page(self, _: str) -> int:
        return self._turn_page(self.window.inspector.article)

    def _turn_page(self, page: QWidget) -> int:
        """Bring a page of the inspector to the front, by its tab where it is not there."""
        pages = self.window.inspector.pages
        if pages.currentWidget() is page:
            return 0
        at = next(at for at in range(pages.count()) if pages.widget(at) is page)
        QTest.mouseClick(pages.tabBar(), _LEFT, pos=pages.tabBar().tabRect(at).center())
        assert pages.currentWidget() is page
        QTest.qWait(20)
        return 1

    def _press_unlink(self, rest: str) -> int:
        """Take away the end of a role by the button beside it in the inspector; the wheel brings it there."""
        role, at = rest.split()
        page = self.window.inspector.selected
        turns, named = self._turn_page(page), f"Remove from {role}: "

        def _found() -> list[QToolButton]:
            buttons = page.findChildren(QToolButton)
            return [one for one in buttons if one.accessibleName().startswith(named) and one.isVisible()]

        self.wait_for(lambda: len(_found()) > int(at))
        button = _found()[int(at)]
        area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(button))
        is_seen = not button.visibleRegion().isEmpty()
        if not is_seen:
            area.ensureWidgetVisible(button)
        QTest.mouseClick(button, _LEFT)
        return turns + (1 if is_seen else 2)

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Let the window work until something holds, but not for ever."""
        for _ in range(100):
            if is_so():
                return
            QTest.qWait(20)
        raise NotMade

    def _buttons(self, bar: QFrame) -> list[QToolButton]:
        layout = bar.layout()
        items = [layout.itemAt(at) for at in range(layout.count())] if layout is not None else []
        found = [one.widget() for one in items if one is not None]
        return [one for one in found if isinstance(one, QToolButton)]

    def _press_button(self, bar: QFrame, is_it: Callable[[QToolButton], bool]) -> None:
        button = next((one for one in self._buttons(bar) if is_it(one)), None)
        if button is None or not bar.isVisible():
            raise NotMade
        QTest.mouseClick(button, _LEFT)
