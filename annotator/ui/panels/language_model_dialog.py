"""Asking a language model: where it is, whether texts may go there, which articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QDoubleSpinBox, QLineEdit, QWidget

from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.scheme import Scheme
from annotator.model.suggesting import SuggestInput, suggest_input
from annotator.ui import problems
from annotator.ui.panels.dialogs import opened
from annotator.ui.panels.widgets import (
    MEDIUM,
    Combo,
    PlainLabel,
    add_row,
    answers,
    button,
    column,
    new_form,
    widen,
)
from annotator.ui.panels.words import counted, tr
from annotator.ui.saying import translated
from annotator.ui.session import Session

if TYPE_CHECKING:
    from annotator.services.language_models import Answers, Setup
    from annotator.services.project import Project

Inputs = list[tuple[Id, SuggestInput]]
_LETTERS = 105


class LanguageModelDialog(QDialog):
    """Asks for address and model; nothing is sent before the person agreed to that address."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._project: Id | None = None
        self._agreed: frozenset[str] = frozenset()
        self.setWindowTitle(self.tr("Ask a language model"))
        self.address = _field(self.tr("Address"), self.tr("such as {0}").format("http://localhost:8080/v1"))
        self.model = _field(self.tr("Model"))
        self.key = _field(self.tr("Key"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.price_in, self.price_out = _price(self.tr("Price in")), _price(self.tr("Price out"))
        self.articles = Combo(self.tr("Which articles"))
        self.withdraw = button(self.tr("Withdraw consent"), self._on_withdraw)
        self.problem = PlainLabel()
        standard = QDialogButtonBox.StandardButton
        self.buttons = answers(standard.Ok, standard.Cancel)
        self.buttons.button(standard.Ok).setText(self.tr("Ask"))
        self.buttons.addButton(self.withdraw, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.address.textChanged.connect(self._on_address)
        self._lay_out()
        self._on_address()
        session.ask(_look, self._on_looked)

    def accept(self) -> None:
        """Keep what is set up, ask whether texts may go there, and ask the model."""
        if self._project is None:
            return
        try:
            articles = self._chosen()
            if self._may_send(articles):
                _ask_model(self._session, self._setup(), articles)
                super().accept()
        except UserError as error:
            self.problem.show_text(translated(error))

    def _lay_out(self) -> None:
        form = new_form()
        add_row(form, self.tr("Address (OpenAI-compatible)"), self.address)
        add_row(form, self.tr("Model"), self.model)
        add_row(form, self.tr("Key, if it wants one"), self.key)
        add_row(form, self.tr("Price of a million tokens sent"), self.price_in)
        add_row(form, self.tr("Price of a million tokens answered"), self.price_out)
        add_row(form, self.tr("Articles"), self.articles)
        layout = column(self, margin=2 * MEDIUM, spacing=MEDIUM)
        layout.addLayout(form)
        self.known = PlainLabel(muted=True)
        for one in (self.known, self.problem):
            layout.addWidget(one)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        widen(self, _LETTERS)

    def _on_looked(self, found: tuple[Id, Setup, frozenset[str], str]) -> None:
        self._project, setup, self._agreed, variable = found
        self.address.setText(setup.address)
        self.model.setText(setup.model)
        self.price_in.setValue(setup.price_in)
        self.price_out.setValue(setup.price_out)
        here = [("here", self.tr("This article"))] if self._session.content is not None else []
        listed = counted(self.tr("All articles in the list"), len(self._session.order))
        self.articles.show_choices([*here, ("all", listed)], "here" if here else "all")
        self.key.setPlaceholderText(self.tr("from {0}, or kept with your settings").format(variable))
        self._on_address()

    def _setup(self) -> Setup:
        from annotator.services.language_models import Setup  # noqa: PLC0415 - late: loads services

        address, model = self.address.text().strip(), self.model.text().strip()
        return Setup(address, model, self.price_in.value(), self.price_out.value())

    def _chosen(self) -> Sequence[Id]:
        content = self._session.content
        if self.articles.value == "here" and content is not None:
            return [content.article.id]
        return self._session.order

    def _may_send(self, articles: Sequence[Id]) -> bool:
        """Keep what is set up, and tell whether texts may go there; ask where that is not known."""
        from annotator.services import language_models as models  # noqa: PLC0415 - late as above

        assert self._project is not None
        setup = self._setup()
        models.keep_setup(self._project, setup)
        key = self.key.text().strip()
        if key:
            models.keep_key(setup.address, key)
        if setup.address in self._agreed:
            return True
        question = translated(models.question(setup, len(articles)))
        if problems.ask(self, question, [self.tr("Send"), self.tr("Cancel")], is_consent=True) != 0:
            if key:
                models.keep_key(setup.address, "")
            return False
        models.give_consent(self._project, setup.address)
        return True

    def _on_address(self) -> None:
        has_consent = self.address.text().strip() in self._agreed
        self.withdraw.setEnabled(has_consent)
        agreed = self.tr("You agreed that the texts of this project are sent there.")
        asked = self.tr("Before anything is sent you are asked.")
        self.known.show_text(agreed if has_consent else asked)

    def _on_withdraw(self) -> None:
        from annotator.services.language_models import keep_key, withdraw_consent  # noqa: PLC0415 - late

        assert self._project is not None
        address = self.address.text().strip()
        withdraw_consent(self._project, address)
        keep_key(address, "")
        self._agreed -= {address}
        self._on_address()


def ask_language_model(session: Session, parent: QWidget) -> LanguageModelDialog:
    """Ask a person what is to be asked of which language model."""
    return opened(LanguageModelDialog(session, parent))


def _field(name: str, example: str = "") -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    return made


def _price(name: str) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setAccessibleName(name)
    made.setDecimals(3)
    made.setMaximum(100_000)
    return made


def _look(project: Project) -> tuple[Id, Setup, frozenset[str], str]:
    from annotator.services import language_models as models  # noqa: PLC0415 - late as above

    setup, agreed = models.setup_of(project.project_id), models.consents(project.project_id)
    return project.project_id, setup, agreed, models.KEY_VARIABLE


def _ask_model(session: Session, setup: Setup, articles: Sequence[Id]) -> None:
    """Read the articles, ask the model in the background, write what it proposes as one step."""
    scheme = session.scheme
    assert scheme is not None

    def _ask(inputs: Inputs) -> None:
        name = tr("Asking {0}").format(setup.model)
        session.long_work.run(name, lambda: _plan(inputs, setup, scheme), _write, is_missed=True)

    def _write(answers: Answers) -> None:
        from annotator.services.language_models import sentence  # noqa: PLC0415 - late as above

        session.long_work.write(
            tr("Suggesting"),
            lambda project: project.write_suggestions(answers.plan, undoable=True),
            lambda changes: session.warned.emit(translated(sentence(answers, changes))),
        )

    session.long_work.run_on_project(tr("Reading"), lambda project: _inputs(project, articles), _ask)


def _plan(inputs: Inputs, setup: Setup, scheme: Scheme) -> Job[Answers]:
    from annotator.services.language_models import plan_answers  # noqa: PLC0415 - late as above

    # Who is here has agreed to this address, and to no other.
    return plan_answers(inputs, setup, scheme, consent=setup.address)


def _inputs(project: Project, articles: Sequence[Id]) -> Job[Inputs]:
    found: Inputs = []
    for count, one in enumerate(articles, 1):
        content = project.find_content(one)
        if content is not None:
            found.append((one, suggest_input(content)))
        yield Progress(count, len(articles))
    return found
