"""What would be carried to near copies: which labels into which articles, and which not and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.model.ids import Id
from annotator.model.job import Job
from annotator.model.scheme import Scheme
from annotator.ui.panels.dialogs import opened, text_shown
from annotator.ui.panels.ticked_list import TickedDialog, TickedList
from annotator.ui.panels.words import tr
from annotator.ui.saying import several, translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.carrying import Carrying, Copy, Pair
    from annotator.services.project import Project

_LOST_LINES = 6


class CarryDialog(TickedDialog):
    """Lists near copies with a tick each; Space ticks and unticks, Enter suggests the labels there."""

    def __init__(self, session: Session, found: Carrying, parent: QWidget | None = None) -> None:
        rows = ((one.article, _row(one), one.count > 0) for one in found.copies)
        listed = TickedList(tr("Near copies of labelled articles"), rows)
        what = tr(
            "These articles have no labels yet and say nearly the same as one that has. Its labels would be"
            " suggested in them, as sure ones, in one step. Space unticks."
        )
        lost = text_shown(tr("What is not carried there"))
        super().__init__(
            tr("Carry labels to near copies"), what, listed, lost, lines=_LOST_LINES, parent=parent
        )
        self._session, self._found = session, found
        self._copies = {one.article: one for one in found.copies}
        self.begin()

    def accept(self) -> None:
        """Suggest the labels in what is ticked."""
        wanted, session = self._found.only(self.list.ticked), self._session
        said = several(
            "Labels are suggested in {n} article(s): Shift+A takes them, article by article.",
            len(wanted.copies),
        )
        already = self.tr("All of it is suggested there already.")
        session.long_work.write(
            self.tr("Suggesting"),
            lambda project: project.write_suggestions(wanted, undoable=True),
            lambda made: session.warned.emit(said if made.many or made.changes else already),
        )
        super().accept()

    def ok_words(self, count: int) -> str:
        """Return in how many articles labels would be suggested."""
        return several("Suggest in {n} article(s)", count)

    def show_current(self, record: Id) -> None:
        """Show what of the labels has no place in a copy."""
        lost = [*map(translated, self._copies[record].lost)]
        nothing = self.tr("All labels of the current one are carried.")
        head = self.tr("Not carried to the current one:")
        self.below.setPlainText("\n".join([head, *(f"• {one}" for one in lost)]) if lost else nothing)


def carry_labels(session: Session, parent: QWidget) -> None:
    """Look for near copies of labelled articles in the background, and show what would be carried."""
    scheme = session.scheme
    if scheme is None:
        return
    name = tr("Comparing articles")

    def _carry(pairs: tuple[Pair, ...]) -> None:
        session.long_work.run(name, lambda: _carried(pairs, scheme), _show, is_missed=True)

    def _show(found: Carrying) -> None:
        if found.copies:
            opened(CarryDialog(session, found, parent))
        else:
            session.warned.emit(tr("No article without labels is a near copy of one with labels."))

    session.long_work.run_on_project(name, _pairs, _carry)


def _row(one: Copy) -> str:
    """Return which labels an article would get, and from where."""
    counts = (("{n} span(s)", len(one.spans)), ("{n} frame(s)", len(one.frames)))
    labels = ", ".join(several(*count) for count in counts)
    what = tr("{labels} of “{source}”, by {who}").format(labels=labels, source=one.source, who=one.by)
    same = tr("{share:.0%} the same").format(share=one.share)
    lost = [tr("not all")] if one.lost else []
    title = one.title if one.title == one.name else f"{one.title} ({one.name})"
    return f"{title}\n{' · '.join([what, *lost, same])}"


def _pairs(project: Project) -> Job[tuple[Pair, ...]]:
    from annotator.services.carrying import find_pairs  # noqa: PLC0415 - late: loads the store

    return find_pairs(project)


def _carried(pairs: tuple[Pair, ...], scheme: Scheme) -> Job[Carrying]:
    from annotator.services.carrying import carried  # noqa: PLC0415 - late as above

    return carried(pairs, scheme)
