"""A real project with one labelled article, opened by a real session."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from given_suggestions import GivenSuggestions
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.model.ids import Id, new_id
from annotator.model.job import run
from annotator.model.records import (
    Actor,
    ArticleContent,
    ClaimCard,
    Fragment,
    Frame,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.services.importing import ImportOptions, plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project
from annotator.ui import style
from annotator.ui.session import Session
from annotator.ui.turns import Turns

T = TypeVar("T")

LATIN = "Café in Münster “opens”, the owner said.\n\nMore of it.\n"

TEXT = """Ministry defends flood spending

By Lena Brandt

The Ministry said on Tuesday that damage had fallen by 40 percent. “We have kept our promise,” Minister Elena Brandt told reporters, “and every village will be protected.”

Samir Haddad rejected the claim. An official told Reuters that the minister regarded the plan as risky.
"""  # noqa: E501 - paragraphs are one line
OTHER = (
    "Harbour opens again\n\n"
    "The mayor said that the promise was kept and the harbour was safe. 😀 \u202bשלום\u202c\n"
)


def at(words: str, number: int = 0, text: str = TEXT) -> Fragment:
    """Return where the words stand, the number-th time."""
    start = -1
    for _ in range(number + 1):
        start = text.index(words, start + 1)
    return Fragment(start, start + len(words))


def _is_shown() -> bool:
    """Tell whether no window has anything left to show anew."""
    windows = QApplication.topLevelWidgets()
    return all(one.is_at_rest for window in windows for one in window.findChildren(Turns))


@dataclass
class World:
    """The project's records by short names, and ways to wait and ask."""

    qtbot: QtBot
    session: Session
    ids: dict[str, Id] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    """What the status bar was told."""

    text: str = TEXT
    at = staticmethod(at)

    def settle(self) -> None:
        """Wait until everything asked so far, and what that led to, is answered."""
        for _ in range(5):
            loop = QEventLoop()
            QTimer.singleShot(60_000, loop, lambda loop=loop: loop.exit(1))
            self.session.ask(lambda _: None, lambda _, loop=loop: loop.exit(0))
            assert self.session.path is None or loop.exec() == 0, "the project did not answer in a minute"
            self.qtbot.waitUntil(_is_shown)

    def fetch(self, query: Callable[[Project], T]) -> T:
        """Return an answer of the project."""
        self.settle()
        found: list[T] = []
        self.session.ask(query, found.append)
        self.qtbot.waitUntil(lambda: bool(found))
        return found[0]

    def show(self, widget: QWidget) -> None:
        """Show a widget as the active window, so that it can have the focus."""
        shown(self, widget)

    def do(self, operation: Callable[[Project], object]) -> None:
        """Run an operation and wait for it."""
        self.session.do(operation)  # type: ignore[arg-type]
        self.settle()

    def undo(self) -> None:
        """Take the last operation back."""
        self.session.undo()
        self.settle()

    def choose(self, name: str) -> None:
        """Choose a record by its short name."""
        self.session.choose(self.ids[name])
        self.settle()

    @property
    def content(self) -> ArticleContent:
        """The open article."""
        self.settle()
        assert self.session.content is not None
        return self.session.content

    def span(self, name: str) -> Span:
        """Return a span as it is now."""
        return next(one for one in self.content.spans if one.id == self.ids[name])

    def frame(self, name: str) -> Frame:
        """Return a frame as it is now."""
        return next(one for one in self.content.frames if one.id == self.ids[name])

    def undo_name(self) -> str | None:
        """Return what undo would take back."""
        return self.fetch(lambda project: project.undo_name())


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return read_scheme(resource("schemes/default.toml"))


@pytest.fixture
def themed(qapp: QApplication) -> style.Theme:
    theme = style.theme("light")
    style.apply(qapp, theme)
    return theme


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, scheme: Scheme) -> tuple[Path, dict[str, Id]]:
    """Return a project that every test starts with a copy of, and its ids."""
    folder = tmp_path_factory.mktemp("filled")
    project = Project.create(folder / "flood.annot", scheme, "Ada")
    ids = fill(project, folder)
    project.close()
    return folder / "flood.annot", ids


@pytest.fixture
def world(
    qtbot: QtBot, tmp_path: Path, filled: tuple[Path, dict[str, Id]], themed: style.Theme
) -> Iterator[World]:
    path = tmp_path / "flood.annot"
    shutil.copyfile(filled[0], path)
    session = Session()
    session.proposer.is_automatic = False  # nothing runs but what a test asks for
    world = World(qtbot, session, dict(filled[1]))
    session.warned.connect(world.said.append)
    with qtbot.waitSignal(session.project_changed):
        session.open_project(path)
    session.open_article(world.ids["article"])
    world.settle()
    yield world
    assert session.stop()


def shown(world: World, widget: QWidget) -> None:
    """Show a widget as the active window, so that it can have the focus."""
    world.qtbot.addWidget(widget)
    widget.show()
    widget.activateWindow()
    world.qtbot.waitUntil(widget.isActiveWindow)
    world.settle()


def fill(project: Project, folder: Path) -> dict[str, Id]:
    """Import two articles and label one."""
    sources = folder / "articles"
    sources.mkdir()
    (sources / "a_flood.txt").write_text(TEXT, encoding="utf-8")
    (sources / "b_harbour.txt").write_text(OTHER, encoding="utf-8")
    plan = run(plan_import([sources], ImportOptions(), Known(project.scheme)))
    project.write_import(plan)
    article, other = project.article_ids()
    ids = {"article": article, "other": other}

    def span(name: str, label: str, *places: Fragment) -> Id:
        ids[name] = next(one.record.id for one in project.add_span(article, label, places).of(Span))
        return ids[name]

    def frame(name: str, label: str, **ends: Id) -> None:
        roles = [RoleEnd(role, "frame" if role == "parent" else "span", end) for role, end in ends.items()]
        ids[name] = next(one.record.id for one in project.add_frame(article, label, roles).of(Frame))

    source = span("ministry", "SOURCE", at("The Ministry"))
    cue = span("said", "CUE", at("said"))
    claim = span("damage", "CLAIM", at("that damage had fallen by 40 percent"))
    frame("first", "ATTRIBUTION", source=source, cue=cue, claim=claim)
    minister = span("minister", "SOURCE", at("Minister Elena Brandt"))
    promise = span(
        "promise", "CLAIM", at("“We have kept our promise,”"), at("“and every village will be protected.”")
    )
    frame("second", "ATTRIBUTION", source=minister, claim=promise)
    official = span("official", "SOURCE", at("An official"))
    plan_ = span("plan", "CLAIM", at("that the minister regarded the plan as risky"))
    frame("outer", "ATTRIBUTION", source=official, claim=plan_)
    inner = span("risky", "CLAIM", at("the plan as risky"))
    frame("inner", "ATTRIBUTION", claim=inner, parent=ids["outer"])
    person = span("person", "PERSON", at("Samir Haddad"))
    actor = next(one.record.id for one in project.add_actor("Elena Brandt", "person").of(Actor))
    ids["actor"] = actor
    project.set_actor(minister, actor)
    target = RoleEnd("target", "span", claim)
    stance = project.add_stance(article, holder=actor, holder_mention=None, target=target, value="deny")
    ids["stance"] = next(one.record.id for one in stance.of(Frame))
    card = project.add_claim_card("Damage has fallen.", [claim])
    ids["card"] = next(one.record.id for one in card.of(ClaimCard))
    assert person
    return ids


@pytest.fixture
def suggestion(world: World) -> SuggestedSpan:
    one = SuggestedSpan(
        new_id(), world.ids["article"], "ORG", (at("Reuters"),), 0.93, "names 1", "a known <b>agency</b>", 1
    )
    suggest(world, one)
    return one


@pytest.fixture
def suggested_frame(world: World) -> SuggestedFrame:
    roles = (RoleEnd("source", "span", world.ids["ministry"]), RoleEnd("cue", "span", world.ids["said"]))
    one = SuggestedFrame(
        new_id(), world.ids["article"], "ATTRIBUTION", roles, 0.71, "quotes 1", "said + name", 1
    )
    suggest(world, one)
    return one


def suggest(world: World, one: SuggestedSpan | SuggestedFrame) -> None:
    """Store a suggestion, as a job would."""
    plan = GivenSuggestions((one,), articles=(world.ids["article"],), suggester=one.suggester)
    world.do(lambda project: project.write_suggestions(plan, undoable=False))


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "wire"
    folder.mkdir()
    (folder / "a.txt").write_text("A title\n\nThe mayor said so.\n", encoding="utf-8")
    (folder / "b_latin.txt").write_bytes(LATIN.encode("cp1252"))
    (folder / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    (folder / "d.csv").write_text(
        "key,head,words\n1,First,The first of all.\n2,Second,The second of all.\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def window(world: World) -> QWidget:
    made = QWidget()
    world.show(made)
    return made
