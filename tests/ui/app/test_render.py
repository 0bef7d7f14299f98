"""Pictures of the real window: what is refused, and that the place of the picture is whole or as before."""

from __future__ import annotations

import time
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app.render import render, save
from annotator.cli.command import Picture
from annotator.model.errors import UserError
from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.ui.main_window import MainWindow
from annotator.ui.turns import turns_of

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    text = tmp_path / "a.txt"
    text.write_text("A headline\n\nAnna Berg said so in Oslo on Monday.\n", encoding="utf-8")
    path = tmp_path / "p.annot"
    scheme = read_scheme(resource("schemes/default.toml"))
    made = Project.create(path, scheme, "Ada")
    plan = run(plan_import([text], ImportOptions(), Known(scheme)))
    made.write_import(plan)
    plan.close()
    made.close()
    return path


def picture(project: Path, name: str = "w.png", article: str = "a.txt", theme: str = "light") -> Picture:
    return Picture(project, article, project.parent / name, 900, 600, theme)


@pytest.mark.parametrize(("theme", "is_dark"), [("light", False), ("dark", True)])
def test_a_picture_of_the_theme(project: Path, theme: str, is_dark: bool) -> None:
    render(picture(project, theme=theme))
    image = QImage(str(project.parent / "w.png"))
    assert (image.width(), image.height()) == (900, 600)
    middle = QColor(image.pixel(450, 560))
    assert (middle.lightness() < 128) == is_dark


@pytest.mark.parametrize("name", ["a.txt", "A headline"])
def test_the_article_by_name_or_title(project: Path, name: str) -> None:
    render(picture(project, article=name))
    assert (project.parent / "w.png").stat().st_size > 1000


@pytest.mark.parametrize("name", ["p.annot", "link.annot", "hard.annot", "p.annot-journal"])
def test_the_project_itself_is_no_place_for_a_picture(project: Path, name: str) -> None:
    (project.parent / "link.annot").symlink_to(project)
    (project.parent / "hard.annot").hardlink_to(project)
    before = project.read_bytes()
    with pytest.raises(UserError, match="belongs to the open project"):
        render(picture(project, name=name))
    assert project.read_bytes() == before


def test_the_project_is_not_changed(project: Path) -> None:
    before = project.read_bytes()
    render(picture(project))
    assert project.read_bytes() == before
    assert not project.with_name("p.annot.lock").exists()


def test_refusals_leave_what_was_there(project: Path) -> None:
    there = project.parent / "w.png"
    there.write_bytes(b"as before")
    with pytest.raises(UserError, match="no article nothing in"):
        render(picture(project, article="nothing"))
    with pytest.raises(UserError, match=r"gone\.annot"):
        render(picture(project.with_name("gone.annot")))
    with pytest.raises(UserError, match="does not exist"):
        render(picture(project, name="no/such/folder/w.png"))
    assert there.read_bytes() == b"as before"
    assert {path.name for path in project.parent.iterdir()} <= {
        "a.txt",
        "p.annot",
        "p.annot-journal",
        "w.png",
    }


def test_no_window_is_left(project: Path) -> None:
    render(picture(project))
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def test_nothing_waits_for_its_turn_in_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.app.render._REST", 1)
    seen: list[bool] = []

    class Shown(QWidget):
        def grab(self) -> QPixmap:
            seen.append(turns_of(self).is_at_rest)
            return QPixmap(9, 9)

    window, end = Shown(), time.monotonic() + 0.2

    def work() -> None:
        if time.monotonic() < end:
            turns_of(window).later(work)

    work()
    save(cast(MainWindow, window), tmp_path / "w.png")
    assert seen == [True]
