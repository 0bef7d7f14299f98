"""Makes a picture of the real window, on no display, of one article of a project."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from annotator.app.window import application
from annotator.cli.command import Picture
from annotator.cli.projects import no_article
from annotator.model.disk import unwritten
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.services.exporting_place import safe_place
from annotator.services.project import Project
from annotator.ui.main_window import MainWindow
from annotator.ui.session import Session
from annotator.ui.settings import Settings
from annotator.ui.turns import turns_of

_REST = 300
"""Milliseconds after which nothing more comes of an article that was opened."""
_PATIENCE = 60_000
"""Milliseconds to wait for the window before giving up."""


def render(picture: Picture) -> None:
    """Write the picture; raises UserError for a project, article or place that does not allow it.

    Qt has to be told before that there is no display (`QT_QPA_PLATFORM=offscreen`).
    """
    safe_place(picture.out, picture.project)
    article = find(picture)
    application()
    with tempfile.TemporaryDirectory(prefix="annotator-render-") as place:
        settings = Settings(Path(place) / "settings.ini")
        settings.theme = picture.theme
        session = Session()
        window = MainWindow(session, settings)
        try:
            window.resize(picture.width, picture.height)
            window.show()
            show(session, picture.project, article)
            save(window, picture.out)
        finally:
            session.stop()
            window.close()


def find(picture: Picture) -> Id:
    """Return the article of the picture; raises UserError when project or article cannot be shown."""
    with closing(Project.open(picture.project, read_only=True)) as project:
        found = project.find_article(picture.article)
        if found is None:
            raise no_article(picture.article, project)
    return found


def show(session: Session, project: Path, article: Id) -> None:
    """Open the project and the article, and wait until the window shows it."""
    session.open_project(project, read_only=True)
    # The window opens an article by itself; asked before that, ours would be replaced by it.
    wait(lambda: session.content is not None, "the project")
    session.open_article(article)
    wait(lambda: session.content is not None and session.content.article.id == article, "the article")
    wait(lambda: not session.is_saving and not session.long_work.is_busy, "the window")


def wait(until: Callable[[], bool], what: str) -> None:
    """Let the window work until this holds; raises UserError when it takes too long."""
    loop, look, end = QEventLoop(), QTimer(), QTimer(singleShot=True)
    look.timeout.connect(lambda: loop.quit() if until() else None)
    end.timeout.connect(lambda: loop.exit(1))
    look.start(20)
    end.start(_PATIENCE)
    if loop.exec() != 0:
        raise UserError(f"The picture was not made: {what} was not there after {_PATIENCE // 1000} seconds.")


def save(window: MainWindow, out: Path) -> None:
    """Write the picture aside and swap it in, once what comes a little later (counts, layout) is there."""
    rest = QEventLoop()
    QTimer.singleShot(_REST, rest.quit)
    rest.exec()
    wait(lambda: turns_of(window).is_at_rest, "the window")
    aside = out.resolve().with_name(f".{out.name}.part")
    try:
        if not window.grab().save(str(aside), "PNG"):
            raise UserError(f"The picture {out} could not be written. Choose another place.")
        aside.replace(out)
    except OSError as error:
        raise UserError(f"The picture {out} could not be written: {unwritten(error)}.") from error
    finally:
        aside.unlink(missing_ok=True)
