"""The scheme editor: a tree, the fields of what is chosen in it, and what an edit would touch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QMenu, QSplitter, QWidget

from annotator.model.changes import Changes
from annotator.model.scheme import Attribute, Label, Role, Scheme
from annotator.model.scheme_edits import (
    AddItem,
    ChangeItem,
    Item,
    MergeItem,
    MoveItem,
    Place,
    RemoveItem,
    RenameItem,
    ReplaceScheme,
    RetireItem,
    SchemeEdit,
    beside,
    item_at,
)
from annotator.ui.panels.flow import FlowLayout
from annotator.ui.panels.scheme_adding import addable, ask_for, ask_kind, place_of
from annotator.ui.panels.scheme_bar import SchemeBar
from annotator.ui.panels.scheme_fields import SchemeFields
from annotator.ui.panels.scheme_shelf import SchemeShelf
from annotator.ui.panels.scheme_tree import SchemeTree
from annotator.ui.panels.scheme_words import done_text, kind_title, known_by_name, preview_text, touches
from annotator.ui.panels.widgets import MEDIUM, SMALL, button, column, scrolled
from annotator.ui.panels.words import tr
from annotator.ui.session import Session
from annotator.ui.style import Theme

if TYPE_CHECKING:
    from annotator.services.project import Project
    from annotator.services.project_scheme import Preview, SchemePlan, Version

MANY = 2000
"""From so many annotations on an edit is a job with progress and cancel."""


class SchemeDialog(QDialog):
    """Shows and changes the scheme of the open project, while labelling goes on beside it."""

    def __init__(
        self,
        session: Session,
        theme: Callable[[], Theme],
        key_user: Callable[[str], str],
        key_name: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._target: Place | None = None
        """Where to be after the edit that is under way."""
        self.setWindowTitle(self.tr("Scheme"))
        self.tree = SchemeTree()
        self.fields = SchemeFields(key_user, key_name)
        self.bar = SchemeBar(
            self.tr(
                "F2 name · Insert add · Delete remove · Alt+Up, Alt+Down move · Ctrl+M merge · "
                "Ctrl+R retire · Ctrl+Z undo"
            )
        )
        self.shelf = SchemeShelf()
        self.buttons = {
            "add": button(self.tr("Add…"), self.add, explain=self.tr("Insert")),
            "up": button(self.tr("Up"), lambda: self.move_by(-1), explain=self.tr("Alt+Up")),
            "down": button(self.tr("Down"), lambda: self.move_by(1), explain=self.tr("Alt+Down")),
            "merge": button(self.tr("Merge into…"), self.merge, explain=self.tr("Ctrl+M")),
            "retire": button(self.tr("Retire"), self.retire, explain=self.tr("Ctrl+R")),
            "remove": button(self.tr("Remove"), self.remove, explain=self.tr("Delete")),
        }
        self._lay_out()
        self._connect()

    # --- building ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left = QWidget()
        down = column(left, spacing=SMALL)
        down.addWidget(self.tree, 1)
        flow = FlowLayout(spacing=SMALL)
        for one in self.buttons.values():
            flow.addWidget(one)
        down.addLayout(flow)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(scrolled(self.fields))
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        layout = column(self, margin=MEDIUM, spacing=MEDIUM)
        layout.addWidget(self.shelf)
        layout.addWidget(split, 1)
        layout.addWidget(self.bar)
        letters = self.fontMetrics().averageCharWidth()
        size = self.screen().availableGeometry().size()
        width = min(letters * 130, size.width() - 80)
        self.resize(width, min(letters * 92, size.height() - 80))
        split.setSizes([width * 2 // 5, width * 3 // 5])

    def _connect(self) -> None:
        session = self._session
        self.tree.moved.connect(self._on_moved)
        self.fields.renamed.connect(lambda place, name: self.want(RenameItem(place, name)))
        self.fields.changed.connect(self._on_changed)
        self.fields.kind_wanted.connect(self._on_kind)
        self.bar.closed.connect(self._on_closed)
        self.shelf.chosen.connect(self._show)
        self.shelf.wanted.connect(lambda scheme: self.want(ReplaceScheme(scheme)))
        self.shelf.said.connect(self.bar.say)
        session.scheme_changed.connect(self._refresh)
        session.project_changed.connect(self.close)
        session.leaving.connect(self.fields.commit)
        session.warned.connect(self._on_warned)
        session.not_saved.connect(lambda why: self._on_warned(self.tr("Not saved: {0}").format(why)))
        keys: dict[str, Callable[[], None]] = {
            "F2": self._on_rename,
            "Ctrl+M": self.merge,
            "Ctrl+R": self.retire,
            "Alt+Up": lambda: self.move_by(-1),
            "Alt+Down": lambda: self.move_by(1),
            "Ctrl+Z": session.undo,
            "Ctrl+Shift+Z": session.redo,
        }
        for key, then in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(then)
        for key, then in {"Insert": self.add, "Delete": self.remove}.items():
            only = QShortcut(QKeySequence(key), self.tree)
            only.setContext(Qt.ShortcutContext.WidgetShortcut)
            only.activated.connect(then)

    # --- what a person does --------------------------------------------------------------------

    def add(self) -> None:
        """Offer what can be added here."""
        scheme = self._session.scheme
        if scheme is None or self.shelf.old is not None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in addable(scheme, self.tree.place, self.tree.section):
            menu.addAction(one.title.replace("&", "&&"), partial(ask_for, self.bar, one, self.want))
        menu.setActiveAction(menu.actions()[0])  # what is nearest to the choice: Enter takes it
        place = self.buttons["add"]
        menu.popup(place.mapToGlobal(place.rect().bottomLeft()))

    def move_by(self, step: int) -> None:
        """Move what is chosen up or down among its like."""
        scheme, place = self._session.scheme, self.tree.place
        names = beside(scheme, place) if scheme is not None else ()
        if place.own in names:
            self.want(MoveItem(place, names.index(place.own) + step))

    def merge(self) -> None:
        """Ask for what the chosen thing is to be merged into."""
        scheme, place = self._session.scheme, self.tree.place
        if scheme is None or self.shelf.old is not None:
            return
        names = [one for one in _like(scheme, place) if one != place.own]
        if not names:
            self.bar.say(self.tr("There is nothing to merge this into."))
            return
        self.bar.ask_choice(
            self.tr("Merge {0} into:").format(place.own),
            self.tr("Merge"),
            lambda into: self.want(MergeItem(place, into)),
            choices=[(one, one) for one in names],
        )

    def retire(self) -> None:
        """Offer what is chosen no more; or again."""
        scheme, place = self._session.scheme, self.tree.place
        if scheme is not None and place != Place():
            self.want(RetireItem(place, not _is_retired(scheme, place)))

    def remove(self) -> None:
        """Take out what is chosen, if nothing uses it."""
        if self.tree.place != Place():
            self.want(RemoveItem(self.tree.place))

    def want(self, edit: SchemeEdit) -> None:
        """Look what an edit would touch; do it, or ask first where that is anything."""
        if self.shelf.old is not None and not isinstance(edit, ReplaceScheme):
            self.bar.say(self.tr("An old version is shown; only the one that holds can be changed."))
            return

        def look(project: Project) -> Preview:
            return project.schemes.preview(edit)

        self._session.ask(look, lambda found: self._on_preview(edit, found))

    # --- what comes of it ----------------------------------------------------------------------

    def _on_preview(self, edit: SchemeEdit, found: Preview) -> None:
        before = self._session.scheme
        if before is None:
            return
        text = preview_text(edit, found, before)
        if found.refused:
            self.bar.say(text)
            self._show()
        elif touches(found) or isinstance(edit, ReplaceScheme) or known_by_name(edit, before):
            self.bar.confirm(text, self.tr("Do it"), lambda: self._do(edit, found))
        else:
            self._do(edit, found)

    def _do(self, edit: SchemeEdit, found: Preview) -> None:
        scheme = self._session.scheme
        if scheme is None:
            return
        self._target = _after(edit, scheme, self.tree.place)
        if found.annotations + found.suggestions < MANY:
            self._session.do(lambda project: project.schemes.change(edit), self._teller(edit, found))
        else:
            self._do_many(edit, found)

    def _do_many(self, edit: SchemeEdit, found: Preview) -> None:
        """Compute it as a job that can be cancelled, then write it in one step."""
        name, work = self.tr("Changing the scheme"), self._session.long_work

        def write(plan: SchemePlan) -> None:
            told = self._teller(edit, found)
            work.write(name, lambda project: project.schemes.write(plan), told, is_large=True)

        work.run_on_project(name, lambda project: project.schemes.plan(edit), write)

    def _teller(self, edit: SchemeEdit, found: Preview) -> Callable[[Changes], None]:
        return lambda _: self.bar.say(done_text(edit, found))

    def _refresh(self) -> None:
        """Show the scheme that holds now, and offer its versions."""
        path = self._session.path
        if path is None or not self.isVisible():
            return

        def show(versions: tuple[Version, ...]) -> None:
            self.shelf.show_versions(versions, Path(path).parent)
            self._show()
            self._target = None

        self._session.ask(lambda project: project.schemes.versions(), show)

    def _show(self) -> None:
        scheme = self.shelf.old or self._session.scheme
        if scheme is None:
            return
        colours = self._colours(scheme)
        place = self.tree.place if self._target is None else self._target
        self.tree.show_scheme(scheme, colours, place)
        self._on_moved()
        old = self.shelf.old
        self.fields.setEnabled(old is None)
        if old is not None:
            self.bar.confirm(
                self.tr("This version is shown as it was."),
                self.tr("Use it again"),
                lambda: self.want(ReplaceScheme(old)),
            )

    def _colours(self, scheme: Scheme) -> dict[str, str]:
        return {name: one.ink for name, one in self._theme().of_scheme(scheme).items()}

    def _on_moved(self) -> None:
        """Show the fields of what is chosen, and what can be done with it."""
        scheme, place = self.shelf.old or self._session.scheme, self.tree.place
        if scheme is None:
            return
        item = item_at(scheme, place)
        if item is None:
            return
        colours = self._colours(scheme)
        self.fields.show_item(scheme, place, colours, heading=_heading(scheme, place, item))
        names, is_now = beside(scheme, place), self.shelf.old is None
        at = names.index(place.own) if place.own in names else 0
        can = {
            "add": True,
            "up": at > 0,
            "down": at < len(names) - 1,
            "merge": len(_like(scheme, place)) > 1,
            "retire": place != Place(),
            "remove": place != Place(),
        }
        for name, one in self.buttons.items():
            one.setEnabled(is_now and can[name])
        words = self.tr("Bring back") if _is_retired(scheme, place) else self.tr("Retire")
        self.buttons["retire"].setText(words)
        self.buttons["retire"].setAccessibleName(words)

    def _on_changed(self, place: Place, item: Item) -> None:
        if not isinstance(item, str | Attribute):
            self.want(ChangeItem(place, item))

    def _on_kind(self, place: Place, item: Attribute) -> None:
        ask_kind(self._session, self.bar, place, item, self.want)

    def _on_warned(self, text: str) -> None:
        if self.isVisible() and not self.bar.is_asking:
            self.bar.say(text)
            self._show()

    def _on_rename(self) -> None:
        field = self.fields.title if self.tree.place == Place() else self.fields.name
        field.setFocus()
        field.selectAll()

    def _on_closed(self) -> None:
        """Go back to the tree once a question is answered, and from an old version to the one that holds."""
        self._show_now()
        self.tree.setFocus()

    def _show_now(self) -> None:
        if self.shelf.old is not None:
            self.shelf.back()
        else:
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what holds now, and the label of what is chosen in the article."""
        super().showEvent(event)
        self.bar.say("")
        content, chosen = self._session.content, self._session.chosen
        found = content.record(chosen) if content is not None else None
        if found is not None:
            self._target = Place(found.label)
        self._refresh()
        self.tree.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Show the labels in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._show()

    def reject(self) -> None:
        """Escape puts a question away first, then the window."""
        if self.bar.is_asking:
            self.bar.put_away()
        else:
            self.fields.commit()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is just being typed."""
        self.fields.commit()
        super().closeEvent(event)


def _like(scheme: Scheme, place: Place) -> list[str]:
    """Return what the thing at a place could be merged with, itself among them."""
    item = item_at(scheme, place)
    if isinstance(item, Label):
        return [one.name for one in scheme.of(item.kind)]
    return list(beside(scheme, place))


def _is_retired(scheme: Scheme, place: Place) -> bool:
    item = item_at(scheme, place)
    if isinstance(item, str):
        attribute = item_at(scheme, place.parent)
        return isinstance(attribute, Attribute) and item in attribute.retired_values
    return isinstance(item, Label | Attribute | Role) and item.retired


def _heading(scheme: Scheme, place: Place, item: Item) -> str:
    label = scheme.label(place.label)
    of = (label.title or label.name) if label is not None else ""
    if isinstance(item, Label):
        return kind_title((item.kind, item.group))
    kinds = {"attribute": tr("Attribute of {0}"), "role": tr("Role of {0}"), "value": tr("Value of {0}")}
    whole = place.name if place.kind == "value" else of
    return kinds[place.kind].format(whole) if place.kind in kinds else tr("Scheme")


def _after(edit: SchemeEdit, scheme: Scheme, now: Place) -> Place:
    """Return where to be once an edit is done."""
    if isinstance(edit, AddItem):
        return place_of(edit, scheme)
    if isinstance(edit, RenameItem):
        return edit.at.renamed(edit.to.strip()) if now == edit.at else now
    return edit.at.renamed(edit.into) if isinstance(edit, MergeItem) else now
