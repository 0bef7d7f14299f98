"""One change to many labels: which are meant, what becomes of them, and each of them to look at first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.model.job import Job
from annotator.model.records import Annotator, Frame, Span
from annotator.model.scheme import Label
from annotator.ui.panels.dialogs import opened, text_shown
from annotator.ui.panels.ticked_list import TickedDialog, TickedList
from annotator.ui.panels.widgets import Combo, PlainLabel, add_row, as_field, new_form, widen
from annotator.ui.panels.words import brief, joined, label_titles, spoken, tr
from annotator.ui.saying import several, translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.model.changes import Changes
    from annotator.model.ids import Id
    from annotator.services.project import Project
    from annotator.services.project_relabelling import Met
    from annotator.ui.worker import Running

_LINES, _LETTERS, _HIGH = 4, 100, 46
_PAUSE = 250
"""Milliseconds after a letter before it is looked for."""
_WORDS = 90
_ANY, _REMOVE = "", "-"
_OF = "\n"
"""Stands between an attribute and its value, and before the name of a label: no name has one."""


class ChangeLabelsDialog(TickedDialog):
    """Finds labels as one says which; Space ticks and unticks, Enter changes what is ticked in one step."""

    def __init__(
        self, session: Session, people: tuple[Annotator, ...], parent: QWidget | None = None
    ) -> None:
        """`people` are the annotators of the project."""
        assert session.scheme is not None
        what = tr("All labels that are ticked are changed in one step. Space unticks.")
        below = text_shown(tr("Where it stands in the article"), breaks_words=True)
        listed = TickedList(tr("Labels"), ())
        super().__init__(
            tr("Change labels"), what, listed, below, lines=_LINES, parent=parent, above=self._form()
        )
        self._session, self._scheme, self._people = session, session.scheme, {one.name: one for one in people}
        self._found: dict[Id, Met] = {}
        self._is_found = False
        """Whether what is listed is what is chosen above."""
        self._running: Running | None = None
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._fill()
        self._soon.timeout.connect(self._look)
        self.words.textChanged.connect(lambda _: self._on_words())
        self.label.activated.connect(lambda _: self._on_label())
        for one in (self.value, self.whose, self.change):
            one.activated.connect(lambda _: self._look())
        session.project_changed.connect(self.reject)
        self.finished.connect(lambda _: self._stop())
        widen(self, _LETTERS, _HIGH)
        self.label.setFocus()
        self._look()

    def _form(self) -> QWidget:
        """Return the fields; made first, as they come first for Tab."""
        self.label, self.value = Combo(tr("Which label")), Combo(tr("With which value"))
        self.whose, self.change = Combo(tr("Whose labels")), Combo(tr("What they become"))
        self.words = QLineEdit()
        self.words.setAccessibleName(tr("Words that they hold"))
        self.words.setPlaceholderText(tr("any words"))
        self.headline = PlainLabel(strong=True)
        form = new_form()
        add_row(form, tr("Label"), self.label)
        add_row(form, tr("With"), self.value)
        add_row(form, tr("Words"), self.words)
        add_row(form, tr("Made by"), self.whose)
        add_row(form, tr("Change to"), self.change)
        form.addRow(self.headline)
        return as_field(form)

    def _fill(self) -> None:
        """Offer the labels of the scheme, first that of what is chosen in the article."""
        content, me = self._session.content, self._session.annotator
        chosen = content.record(self._session.chosen) if content is not None else None
        titles = label_titles(one for one in self._scheme.labels if one.kind != "article")
        first = chosen.label if isinstance(chosen, Span | Frame) else next(iter(titles), "")
        self.label.show_choices([*titles.items()], first)
        mine = me.name if me is not None else _ANY
        words = {name: tr("{who}, who is at work") if name == mine else "{who}" for name in self._people}
        names = [(name, said.format(who=name)) for name, said in words.items()]
        self.whose.show_choices([(_ANY, tr("everybody")), *names], mine)
        self._on_label(look=False)

    def _on_label(self, *, look: bool = True) -> None:
        """Offer the values of the label, and what may become of it."""
        label = self._scheme.label(self.label.value)
        assert label is not None
        self.value.show_choices([(_ANY, tr("any values")), *_values(label)], _ANY)
        self.change.show_choices([(_ANY, tr("choose…")), *self._changes(label)], _ANY)
        if look:
            self._look()

    def _changes(self, label: Label) -> Iterator[tuple[str, str]]:
        others = [one for one in self._scheme.labels if one.kind == label.kind and one.is_offered]
        for name, title in label_titles(others).items():
            if name != label.name:
                yield _OF + name, title
        yield from _values(label)
        yield _REMOVE, tr("nothing: delete them")

    def _on_words(self) -> None:
        """Look for these words once no letter follows."""
        self._is_found = False
        self.count_ticks()
        self._soon.start()

    def _look(self) -> None:
        """Look for what is meant, in the background."""
        self._stop()
        self._is_found = False
        self.count_ticks()
        self.headline.show_text(tr("Looking…"))
        attribute, _, value = self.value.value.partition(_OF)
        who = self._people.get(self.whose.value)
        meant = (self.label.value, self.words.text().strip(), attribute, value, who.id if who else None)
        change = self._change()
        self._running = self._session.long_work.run_on_project(
            tr("Looking for labels"),
            lambda project: _met(project, meant, change),
            self._show,
            is_missed=False,
        )
        self._running.stopped = self._on_stopped

    def _on_stopped(self) -> None:
        self.headline.show_text(tr("Stopped."))

    def _change(self) -> tuple[str, str, str]:
        """Return the other label, or the attribute and its value."""
        attribute, _, rest = self.change.value.partition(_OF)
        if self.change.value in (_ANY, _REMOVE):
            return "", "", ""
        return ("", attribute, rest) if attribute else (rest, "", "")

    def _stop(self) -> None:
        if self._running is not None:
            self._running.let_go()

    def _show(self, told: tuple[tuple[Met, ...], int]) -> None:
        found, most = told
        self._found, self._is_found = {one.record: one for one in found}, True
        self.list.show_rows((one.record, _row(one), None if one.refused else True) for one in found)
        refused = sum(bool(one.refused) for one in found)
        articles = len({one.article for one in found})
        said = [several("{n} label(s)", len(found)), several("in {n} article(s)", articles)]
        cannot = tr("{n:,} cannot be changed so, and stay: each says why").format(n=refused)
        more = tr("and maybe more: change these, then look again") if len(found) >= most else ""
        self.headline.show_text(joined([joined(said, between=" "), more, cannot if refused else ""]))
        self.below.setPlainText("")
        self.list.setCurrentRow(0)
        self.count_ticks()

    def ok_words(self, count: int) -> str:
        """Return what becomes of how many."""
        words = "Delete {n} label(s)" if self.change.value == _REMOVE else "Change {n} label(s)"
        return several(words, count)

    def can_do(self, count: int) -> bool:
        """Tell whether anything is ticked, what becomes of it chosen, and both are shown."""
        return count > 0 and self.change.value != _ANY and self._is_found

    def show_current(self, record: Id) -> None:
        """Show the paragraphs that a label stands in, and why it cannot be changed."""
        one = self._found[record]
        why = [translated(one.refused)] if one.refused else []
        self.below.setPlainText("\n".join([*why, one.around]))

    def accept(self) -> None:
        """Change what is ticked."""
        ids = self.list.ticked
        change, session = self._change(), self._session
        is_gone = self.change.value == _REMOVE
        done, gone = (
            "{n} label(s) changed; undo takes this back.",
            "{n} label(s) deleted; undo takes this back.",
        )
        said = several(gone if is_gone else done, len(ids))

        def _done(_: Changes) -> None:
            session.warned.emit(said)

        session.long_work.write(tr("Changing labels"), lambda project: _changed(project, ids, change), _done)
        super().accept()


def change_labels(session: Session, parent: QWidget) -> None:
    """Ask which labels are to be changed, and how."""

    def _show(people: tuple[Annotator, ...]) -> None:
        if session.scheme is not None:
            opened(ChangeLabelsDialog(session, people, parent))

    session.ask(lambda project: project.annotators(), session.if_same(_show))


def _met(
    project: Project, meant: tuple[str, str, str, str, Id | None], change: tuple[str, str, str]
) -> Job[tuple[tuple[Met, ...], int]]:
    """Return the labels, and how many at most are found at once."""
    # Late: loads the store, which the window does without until then.
    from annotator.services.project_relabelling import MOST, Meant, OneChange  # noqa: PLC0415

    return (yield from project.finder.labels(Meant(*meant), OneChange(*change))), MOST


def _changed(project: Project, ids: list[Id], change: tuple[str, str, str]) -> Changes:
    from annotator.services.project_relabelling import OneChange  # noqa: PLC0415 - late as above

    return project.finder.change_labels(ids, OneChange(*change))


def _values(label: Label) -> Iterator[tuple[str, str]]:
    for attribute in label.attributes:
        for value in attribute.values if not attribute.retired else ():
            yield attribute.name + _OF + value, f"{spoken(attribute.name)}: {spoken(value)}"


def _row(one: Met) -> str:
    values = ", ".join(spoken(value) for _, value in sorted(one.values.items()))
    stays = tr("stays") if one.refused else ""
    return f"{brief(one.words, _WORDS)}\n{joined([stays, one.title, values])}"
