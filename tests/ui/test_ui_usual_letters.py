"""Every test with widgets begins with letters of the usual size."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from annotator.ui.box_style import BoxStyle, fit_style
from annotator.ui.style import apply_font


@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_test_begins_with_the_letters_that_another_has_left(turn: str, qapp: QApplication) -> None:
    assert turn
    assert qapp.font() == QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    assert not isinstance(qapp.style(), BoxStyle)
    apply_font(qapp, "", 200)
    assert fit_style(qapp)
