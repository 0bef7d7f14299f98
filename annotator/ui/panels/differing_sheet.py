"""Where two annotators differ, on a sheet beside the work: each row leads to its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from annotator.model.differing import CALLED, KINDS
from annotator.model.job import Job
from annotator.model.scheme import Scheme
from annotator.ui.panels.roomy import roomy
from annotator.ui.panels.widgets import MEDIUM, Combo, PlainLabel, answers, column, row, widen
from annotator.ui.panels.words import label_title, tr
from annotator.ui.saying import several
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.agreement import Differing, Pair
    from annotator.services.project import Project

_LETTERS, _LINES = 56, 40
_MOST = 2_000
"""Rows that are shown at once."""
_AT = Qt.ItemDataRole.UserRole
_ALL = ""


class DifferingSheet(QDialog):
    """Lists differences, all or those of one kind; Enter or a click shows one in its article."""

    def __init__(
        self, session: Session, pair: Pair, found: Sequence[Differing], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._pair, self._found = session, pair, found
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Where {one} and {other} differ").format(one=pair[0], other=pair[1]))
        self.kind = Combo(self.tr("Which differences"))
        self.kind.show_choices([*self._kinds()], _ALL)
        self.kind.activated.connect(lambda _: self._show())
        self.more = PlainLabel(muted=True)
        self.list = QListWidget()
        roomy(self.list)
        self.list.setAccessibleName(self.tr("Differences"))
        self.list.setWordWrap(True)
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        buttons = answers(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        session.project_changed.connect(self.close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)  # Enter goes to a place
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addLayout(row(PlainLabel(self.tr("Shown"), wrap=False), self.kind, stretch=1))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.more)
        layout.addWidget(PlainLabel(self.tr("Enter or a click shows the words in the article."), muted=True))
        layout.addWidget(buttons)
        widen(self, _LETTERS, _LINES)
        self._show()
        self.list.setFocus()

    def _kinds(self) -> Iterator[tuple[str, str]]:
        counts = Counter(one.what.kind for one in self._found)
        yield _ALL, several("{n} difference(s)", len(self._found))
        for kind in KINDS:
            if counts[kind]:
                yield kind, f"{tr(CALLED[kind])}: {counts[kind]:,}"

    def _show(self) -> None:
        self.list.clear()
        scheme = self._session.scheme
        wanted = [at for at, one in enumerate(self._found) if self.kind.value in (_ALL, one.what.kind)]
        assert scheme is not None
        for at in wanted[:_MOST]:
            one = self._found[at]
            item = QListWidgetItem(f"{one.title}\n{_said(one, self._pair, scheme)}", self.list)
            item.setData(_AT, at)
        more = several("{n} more are not shown.", len(wanted) - _MOST) if len(wanted) > _MOST else ""
        self.more.show_text(more)
        self.list.setCurrentRow(0)

    def _go(self, item: QListWidgetItem) -> None:
        one = self._found[item.data(_AT)]
        self._session.open_article(one.article, one.what.start)


def show_differences(session: Session, pair: Pair, parent: QWidget, since: int = 0) -> None:
    """Look for where two annotators differ, in articles from a time on, in the background, and show it."""

    def _show(found: tuple[Differing, ...]) -> None:
        if found:
            sheet = DifferingSheet(session, pair, found, parent)
            window = parent.window().geometry()  # over the inspector: what a row shows stands beside it
            sheet.move(window.right() - sheet.width(), window.center().y() - sheet.height() // 2)
            sheet.show()
        else:
            session.warned.emit(tr("{one} and {other} differ nowhere.").format(one=pair[0], other=pair[1]))

    session.long_work.run_on_project(
        tr("Comparing annotators"), lambda project: _differing(project, pair, since), _show
    )


def _said(one: Differing, pair: Pair, scheme: Scheme) -> str:
    what, title = one.what, label_title(scheme, one.what.label)
    if what.kind == "missing":
        who, words = next((name, words) for name, words in zip(pair, what.said, strict=True) if words)
        return tr("{label} “{words}”: only {who}").format(label=title, words=words, who=who)
    part = f"{title}, {what.role}" if what.role else title
    values = [label_title(scheme, one) if what.kind == "label" else one for one in what.said]
    said = " · ".join(f"{who}: {words or '–'}" for who, words in zip(pair, values, strict=True))
    words = f" “{what.words}”" if what.words else ""
    return f"{part}{words}: {tr(CALLED[what.kind])} · {said}"


def _differing(project: Project, pair: Pair, since: int) -> Job[tuple[Differing, ...]]:
    from annotator.services.agreement import differing_job  # noqa: PLC0415 - late: loads the store

    return differing_job(project, pair, since)
