"""The line of the scheme editor that says what an edit would touch, and asks for names and a yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QFrame, QLineEdit

from annotator.ui.panels.widgets import MEDIUM, MUTED, SMALL, Combo, PlainLabel, button, column, row
from annotator.ui.panels.words import tr


class SchemeBar(QFrame):
    """Says a sentence; may ask for a name, for one of several, or for a yes. Enter agrees."""

    closed = Signal()
    """A question was answered or put away."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint = hint
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.text = PlainLabel()
        self.name, self.more = QLineEdit(), QLineEdit()
        self.choice = Combo(tr("Into which one"))
        self.yes = button("", self._agree)
        self.no = button(tr("Cancel"), self.put_away)
        self._then: Callable[[], None] | None = None
        self._is_more_asked = False
        layout = column(self, margin=MEDIUM, spacing=SMALL)
        layout.addWidget(self.text)
        answers = row(self.name, self.more, self.choice, self.yes, self.no, spacing=MEDIUM)
        for one in (self.name, self.more, self.choice):
            answers.setStretchFactor(one, 3)
        layout.addLayout(answers)
        self.say("")

    @property
    def is_asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._then is not None

    def say(self, text: str) -> None:
        """Say something, or nothing but the hint; a question that was open is put away."""
        self._then = None
        self.text.setForegroundRole(QPalette.ColorRole.WindowText if text else MUTED)
        self.text.show_text(text or self._hint)
        self._show(())

    def ask_name(
        self,
        text: str,
        yes: str,
        then: Callable[[str, str], None],
        *,
        name: str,
        more: str = "",
        is_more_asked: bool = False,
    ) -> None:
        """Ask for a name, and for `more` where that names a second line; one that is asked Enter goes to."""
        self._begin(text, yes, lambda: then(self.name.text(), self.more.text()))
        self._is_more_asked = is_more_asked
        for edit, words in ((self.name, name), (self.more, more)):
            edit.clear()
            edit.setPlaceholderText(words)
            edit.setAccessibleName(words)
        self._show((self.name, self.more) if more else (self.name,))
        self.name.setFocus()

    def ask_choice(
        self, text: str, yes: str, then: Callable[[str], None], *, choices: Sequence[tuple[str, str]]
    ) -> None:
        """Ask for one of several."""
        self._begin(text, yes, lambda: then(self.choice.value))
        self.choice.show_choices(choices, choices[0][0])
        self._show((self.choice,))
        self.choice.setFocus()

    def confirm(self, text: str, yes: str, then: Callable[[], None]) -> None:
        """Ask for a yes."""
        self._begin(text, yes, then)
        self._show(())
        self.yes.setFocus()

    def put_away(self) -> None:
        """Let the open question go unanswered."""
        if self.is_asking:
            self.say("")
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter agrees."""
        if self.is_asking and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._is_more_asked and self.name.hasFocus() and self.name.text() and not self.more.text():
                self.more.setFocus()
            else:
                self._agree()
        else:
            super().keyPressEvent(event)

    def _begin(self, text: str, yes: str, then: Callable[[], None]) -> None:
        self._then = then
        self.text.setForegroundRole(QPalette.ColorRole.WindowText)
        self.text.show_text(text)
        self.yes.setText(yes)
        self.yes.setAccessibleName(yes)
        self.yes.setAccessibleDescription(text)

    def _agree(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            self.say("")
            then()
            if not self.is_asking:
                self.closed.emit()

    def _show(self, fields: Sequence[QLineEdit | Combo]) -> None:
        for one in (self.name, self.more, self.choice):
            one.setVisible(one in fields)
        self.yes.setVisible(self.is_asking)
        self.no.setVisible(self.is_asking)
