"""What the status bar says while nothing happens: what is chosen, and what the keys mean for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.model.records import Frame, Span, SuggestedFrame, SuggestedSpan
from annotator.model.scheme import Scheme
from annotator.ui import looking
from annotator.ui.article_view.view import ArticleView
from annotator.ui.session import Session
from annotator.ui.status import Status


class Hinting(QObject):
    """Watches choice and selection and words them."""

    def __init__(self, session: Session, view: ArticleView, status: Status) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._status = status
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self._show)
        for signal in (
            session.chosen_changed,
            session.content_changed,
            session.project_changed,
            view.selection_changed,
        ):
            signal.connect(lambda *_: self._soon.start())
        self._show()

    def _show(self) -> None:
        self._status.set_usual(self.text())

    def text(self) -> str:
        """Return the hint for what is chosen or selected now."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return ""
        found = looking.record(content, self._session.chosen)
        if self._view.selection is not None:
            adding = "   + " + self.tr("adds it to the chosen span") if isinstance(found, Span) else ""
            return self.tr("Selection:") + "   " + self._labels(scheme) + adding
        if isinstance(found, SuggestedSpan | SuggestedFrame):
            name = _title(scheme, found.label)
            reason = f" ({found.reason})" if found.reason else ""
            keys = self.tr("Enter accepts   Backspace rejects   Tab next")
            return self.tr("Suggested {0}{1}:").format(name, reason) + "   " + keys
        if isinstance(found, Frame):
            return self._frame(scheme, found)
        if isinstance(found, Span):
            keys = self.tr("e entity   F2 note   , . < > edges   Delete")
            own = self.tr("a attribution   t stance") + "   " if found.label == "CLAIM" else ""
            return f"{_title(scheme, found.label)}:   {own}{keys}"
        return self._labels(scheme) + "   " + self.tr("Tab next suggestion   ? all keys")

    def _labels(self, scheme: Scheme) -> str:
        parts = [
            f"{one.key} {(one.title or one.name).lower()}"
            for one in scheme.labels
            if one.key and not one.group
        ]
        if scheme.label("ATTRIBUTION") is not None:
            parts.append(self.tr("a attribution"))
        if scheme.of("span", "entity"):
            parts.append(self.tr("e entity"))
        return "   ".join([*parts, self.tr("Space any label")])

    def _frame(self, scheme: Scheme, frame: Frame) -> str:
        open_ = looking.open_roles(scheme, frame)
        by_label = {end: role.name for role in open_ for end in role.ends}
        parts = [
            f"{one.key} {self.tr('adds')} {by_label[one.name].replace('_', ' ')}"
            for one in scheme.labels
            if one.key and one.name in by_label
        ]
        if any(role.name == "implicit_source" for role in open_) and not frame.ends("source"):
            parts.append(self.tr("i source not in the text"))
        if frame.label == "ATTRIBUTION":
            parts.append(self.tr("t stance"))
        if frame.label == "STANCE":
            parts.append(self.tr("t changes it"))
        parts += [self.tr("r links"), self.tr("Delete")]
        return f"{_title(scheme, frame.label)}:   " + "   ".join(parts)


def _title(scheme: Scheme, name: str) -> str:
    label = scheme.label(name)
    return (label.title or label.name) if label is not None else name
