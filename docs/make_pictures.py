"""Makes the pictures of the guide: the real window at work on the sample project, offscreen."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).resolve().parent / "pictures"
SHOWN = {"window.png": "light", "window-dark.png": "dark"}
ARTICLE = "01_wire_report.txt"
CHOSEN = "We measure every hour"
"""The attribution whose claim has these words is chosen, so that its parts are joined by lines."""
SIZE = (1400, 900)


def main() -> int:
    """Write all pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # Late: Qt has to be told first that there is no display.
    from annotator.services.sample import build_sample  # noqa: PLC0415

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "sample.annot"
        build_sample(project)
        for name, theme in SHOWN.items():
            take(project, theme, PICTURES / name)
    return 0


def take(project: Path, theme: str, out: Path) -> None:
    """Open the project as the one who works on it, choose an attribution, and write the picture."""
    from annotator.app.render import save, wait  # noqa: PLC0415
    from annotator.app.window import application  # noqa: PLC0415
    from annotator.ui.main_window import MainWindow  # noqa: PLC0415
    from annotator.ui.session import Session  # noqa: PLC0415
    from annotator.ui.settings import Settings  # noqa: PLC0415

    application()
    settings = Settings(project.with_name(f"{theme}.ini"))
    settings.theme = theme
    session = Session()
    session.proposer.is_automatic = False  # its progress would be seen in one picture and not in the next
    window = MainWindow(session, settings)
    try:
        window.resize(*SIZE)
        window.show()
        session.open_project(project)
        wait(lambda: session.content is not None, "the project")
        session.ask(lambda project: project.find_article(ARTICLE), session.open_article)
        wait(lambda: session.content.article.name == ARTICLE, "the article")
        content = session.content
        claims = [one.id for one in content.spans if CHOSEN in content.article.text[one.start : one.end]]
        session.choose(next(one.id for one in content.frames if set(one.ends("claim")) & set(claims)))
        wait(lambda: not session.is_saving and not session.long_work.is_busy, "the window")
        save(window, out)
    finally:
        session.stop()
        window.close()


if __name__ == "__main__":
    sys.exit(main())
