"""Every dialog: named for a screen reader, and whole on a small screen with text of twice the size."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QToolButton,
    QWidget,
)

import annotator.ui
from annotator.model.differing import Difference
from annotator.model.resources import seeds
from annotator.model.said import say
from annotator.model.scoring import Scores
from annotator.services.agreement import Agreement, Differing
from annotator.services.carrying import Carrying, Copy
from annotator.ui.article_view import accessibility
from annotator.ui.key_sheet import KeySheet
from annotator.ui.panels.agreement_sheet import AgreementSheet
from annotator.ui.panels.annotators_dialog import AnnotatorsDialog
from annotator.ui.panels.beside import Beside
from annotator.ui.panels.carry_dialog import CarryDialog
from annotator.ui.panels.change_labels import ChangeLabelsDialog
from annotator.ui.panels.cues_dialog import CuesDialog
from annotator.ui.panels.dataset_dialog import DatasetDialog
from annotator.ui.panels.differing_sheet import DifferingSheet
from annotator.ui.panels.evaluation_dialog import EvaluationDialog
from annotator.ui.panels.export_dialog import ExportDialog
from annotator.ui.panels.import_dialog import ImportDialog
from annotator.ui.panels.language_model_dialog import LanguageModelDialog
from annotator.ui.panels.names import names_of
from annotator.ui.panels.new_project import NewProjectDialog
from annotator.ui.panels.pipeline_dialog import PipelineDialog
from annotator.ui.panels.result_sheet import Outcome, ResultSheet
from annotator.ui.panels.scheme_dialog import SchemeDialog
from annotator.ui.panels.settings_window import SettingsWindow
from annotator.ui.panels.suggester_dialog import SuggesterDialog
from annotator.ui.panels.sure_dialog import SureDialog
from tests.ui.shell.test_shell_accessible import nameless

SCREEN = (1280, 720)
SMALLEST = (800, 600)


def by_action(name: str, kind: type[QDialog]) -> Callable[..., QDialog]:
    def opened(desk) -> QDialog:
        desk.do(name)
        found = desk.window.findChild(kind)
        assert isinstance(found, kind)
        return found

    return opened


def agreed() -> Agreement:
    found, pair = Agreement({}), ("Ada Lindqvist", "Bea Moreau")
    found.articles = found.pairs[pair] = 4
    found.between[pair] = {"CLAIM": Scores(), "CUE": Scores()}
    return found


def carrying() -> Carrying:
    lost = say("{label}: “{words}” reads otherwise there", label="Person", words="Karol Benko")
    return Carrying((Copy(b"1", "b.txt", "A reprint", "a.txt", "The article", "Ada", 0.96, (), (), (lost,)),))


DIALOGS: dict[type[QDialog], Callable[..., QDialog]] = {
    AgreementSheet: lambda desk: AgreementSheet(agreed(), desk.session.scheme, desk.window),
    AnnotatorsDialog: lambda desk: AnnotatorsDialog(desk.session, desk.window),
    CarryDialog: lambda desk: CarryDialog(desk.session, carrying(), desk.window),
    ChangeLabelsDialog: lambda desk: ChangeLabelsDialog(desk.session, (), desk.window),
    CuesDialog: lambda desk: CuesDialog(desk.session, desk.window),
    DatasetDialog: lambda desk: DatasetDialog(desk.session, desk.window),
    DifferingSheet: lambda desk: DifferingSheet(
        desk.session,
        ("Ada", "Bea"),
        (Differing(b"1", "a.txt", "The bridge", Difference("edges", "CLAIM", ("the bridge", "bridge"), 4)),),
        desk.window,
    ),
    EvaluationDialog: lambda desk: EvaluationDialog(desk.session, desk.window),
    ExportDialog: lambda desk: ExportDialog(desk.session, desk.window),
    ImportDialog: lambda desk: ImportDialog(desk.session, [seeds()], desk.window),
    KeySheet: by_action("keys", KeySheet),
    LanguageModelDialog: lambda desk: LanguageModelDialog(desk.session, desk.window),
    NewProjectDialog: lambda desk: NewProjectDialog(desk.window),
    PipelineDialog: lambda desk: PipelineDialog(desk.session, desk.window),
    ResultSheet: lambda desk: ResultSheet("Import", Outcome(2, refused=("a.png: no text",)), desk.window),
    SchemeDialog: by_action("scheme", SchemeDialog),
    SettingsWindow: by_action("settings", SettingsWindow),
    SuggesterDialog: lambda desk: SuggesterDialog(desk.session, desk.window),
    SureDialog: lambda desk: SureDialog(
        desk.session,
        names_of(desk.content, desk.session.scheme),
        desk.content.suggested_frames,
        desk.window,
    ),
}


@pytest.fixture(params=DIALOGS, ids=lambda kind: kind.__name__)
def dialog(request: pytest.FixtureRequest, desk, sample) -> Iterator[QDialog]:
    access = accessibility.install()
    desk.window.settings.choose("window_size", getattr(request, "percent", 100))
    desk.open(sample)
    desk.window.resize(*SCREEN)
    yield opened(desk, request.param)
    del access


def opened(desk, kind: type[QDialog]) -> QDialog:
    made = DIALOGS[kind](desk)
    made.show()
    desk.settle()
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)
    QApplication.processEvents()
    return made


def pages(dialog: QDialog) -> Iterator[int]:
    """Bring each page of a dialog to the front."""
    tabs = dialog.findChild(QTabWidget)
    for at in range(tabs.count() if isinstance(tabs, QTabWidget) else 1):
        if isinstance(tabs, QTabWidget):
            tabs.setCurrentIndex(at)
        QApplication.processEvents()
        yield at


def test_no_dialog_is_left_out() -> None:
    found = set()
    for module in pkgutil.walk_packages(annotator.ui.__path__, "annotator.ui."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and issubclass(one, QDialog) and one.__module__.startswith("annotator"):
                found.add(one)
    assert {one for one in found if not one.__subclasses__()} == set(DIALOGS)


def test_every_part_of_a_dialog_has_a_name(dialog: QDialog) -> None:
    for _ in pages(dialog):
        assert nameless(dialog) == []


def test_tab_goes_through_a_dialog_as_one_reads_it(dialog: QDialog) -> None:
    for _ in pages(dialog):
        stops = tab_stops(dialog)
        assert stops
        assert [backwards(*pair) for pair in itertools.pairwise(stops) if backwards(*pair)] == []


def tab_stops(dialog: QDialog) -> list[QWidget]:
    """Return what Tab goes through, from what is read first on; parts of one field count as that field."""
    found, one = [], dialog.nextInFocusChain()
    while one is not dialog:
        is_stop = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
        is_part = isinstance(one.parent(), QAbstractItemView | QAbstractSpinBox | QComboBox)
        if is_stop and one.isVisible() and one.isEnabled() and not is_part:
            found.append(one)
        one = one.nextInFocusChain()
    return found


def backwards(one: QWidget, following: QWidget) -> str:
    """Say where Tab goes back to the left in a line, or up in a column; nothing where it goes on."""
    first, second = (QRect(part.mapToGlobal(QPoint()), part.size()) for part in (one, following))
    is_beside = second.top() <= first.center().y() <= second.bottom()
    is_back = is_beside and second.right() < first.left()
    is_up = second.bottom() < first.top() and second.left() <= first.right()
    told = (f"{type(part).__name__} {part.accessibleName() or words(part)!r}" for part in (one, following))
    return " → ".join(told) if is_back or is_up else ""


def test_no_key_of_a_dialog_stands_for_two_things(dialog: QDialog) -> None:
    for _ in pages(dialog):
        shown = [one for one in dialog.findChildren(QWidget) if one.isVisible()]
        texts = [
            one.text()
            for one in shown
            if isinstance(one, QPushButton | QCheckBox) or (isinstance(one, QLabel) and one.buddy())
        ]
        keys = [key.toString() for text in texts if not (key := QKeySequence.mnemonic(text)).isEmpty()]
        assert len(keys) == len(set(keys)), texts


def test_keys_of_a_dialog_come_to_what_takes_keys(dialog: QDialog) -> None:
    for _ in pages(dialog):
        labels = [one for one in dialog.findChildren(QLabel) if one.buddy()]
        keyed = [one for one in labels if not QKeySequence.mnemonic(one.text()).isEmpty()]
        assert [one.text() for one in keyed if one.buddy().focusPolicy() == Qt.FocusPolicy.NoFocus] == []


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_nothing_is_cut_with_large_text_on_a_small_screen(kind: type[QDialog], desk, sample) -> None:
    desk.window.settings.choose("window_size", 200)
    desk.open(sample)
    desk.window.resize(*SCREEN)
    dialog = opened(desk, kind)
    least = dialog.minimumSizeHint()
    assert least.width() <= SCREEN[0]
    assert least.height() <= SCREEN[1] - 40
    dialog.resize(min(dialog.width(), SCREEN[0]), min(dialog.height(), SCREEN[1] - 40))
    for _ in pages(dialog):
        desk.qtbot.waitUntil(lambda: is_whole(dialog))


@pytest.mark.parametrize("kind", [DatasetDialog, ExportDialog, ImportDialog], ids=lambda kind: kind.__name__)
def test_what_is_brought_in_and_out_fits_the_smallest_screen(kind: type[QDialog], desk, sample) -> None:
    desk.window.settings.choose("window_size", 200)
    desk.open(sample)
    desk.window.resize(*SMALLEST)
    dialog = opened(desk, kind)
    dialog.resize(SMALLEST[0], SMALLEST[1] - 40)
    desk.qtbot.waitUntil(lambda: is_whole(dialog))
    assert dialog.width() <= SMALLEST[0]
    assert dialog.height() <= SMALLEST[1] - 40


def test_two_parts_stand_side_by_side_as_soon_as_there_is_room(qtbot) -> None:
    first, second = QWidget(), QWidget()
    first.setMinimumSize(200, 50)
    second.setMinimumSize(300, 70)
    both = Beside(first, second)
    qtbot.addWidget(both)
    both.show()
    for width, is_wide in ((700, True), (480, False), (320, False), (600, True)):
        both.resize(width, 400)
        qtbot.waitUntil(lambda wide=is_wide: (first.x() < second.x()) == wide)
        assert (first.y() < second.y()) != is_wide
    assert both.minimumSizeHint().width() == 300
    both.resize(320, 400)
    qtbot.waitUntil(lambda: both.minimumSizeHint().height() >= 120)


def is_whole(dialog: QDialog) -> None:
    """Assert that nothing is cut, once what is new is laid out."""
    assert cut(dialog) == []


def cut(dialog: QDialog) -> list[str]:
    """Return the words that have less room than they need."""
    return [
        f"{type(one).__name__} {words(one)!r}: {one.width()} x {one.height()}, needs {needs}"
        for one in dialog.findChildren(QWidget)
        if one.isVisible() and (needs := room_for(one)) > (one.width(), one.height())[needs_height(one)]
    ]


def words(one: QWidget) -> str:
    return one.text() if isinstance(one, QAbstractButton | QLabel | QLineEdit) else ""


def needs_height(one: QWidget) -> bool:
    return isinstance(one, QLabel) and one.wordWrap()


def room_for(one: QWidget) -> int:
    """Return the width that a line of words needs, or the height of words that wrap."""
    if isinstance(one, QLabel) and one.wordWrap():
        return one.heightForWidth(one.width()) if one.text() else 0
    if isinstance(one, QLabel):
        return one.fontMetrics().horizontalAdvance(one.text().replace("&", "" if one.buddy() else "&"))
    if isinstance(one, QPushButton) or (isinstance(one, QToolButton) and one.text()):
        return one.fontMetrics().horizontalAdvance(one.text().replace("&", ""))
    return 0
