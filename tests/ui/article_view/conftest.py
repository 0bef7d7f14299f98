from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Article,
    ArticleContent,
    Block,
    Fragment,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.scheme import Label, Role, Scheme
from annotator.model.text import sha256_of
from annotator.ui.article_view.view import ArticleView

ME = new_id()
SCHEME = Scheme(
    "test",
    "Test",
    (
        Label("SOURCE", "span"),
        Label("CUE", "span"),
        Label("CLAIM", "span"),
        Label("PERSON", "span", group="entity"),
        Label("ORG", "span", group="entity"),
        Label("ORDINAL", "span", group="entity", hidden=True),
        Label("ATTRIBUTION", "frame", roles=(Role("source", ("SOURCE",)), Role("claim", ("CLAIM",)))),
        Label("STANCE", "frame", roles=(Role("holder_mention", ("SOURCE",)), Role("target", ("CLAIM",)))),
    ),
)
TEXT = """Mayor stands firm

Deputy Mayor Ana Ruiz told reporters on Monday that the plan would go on. “We will build,” she said. “Soon.”

The plan is late. Critics of Delta Press doubt that it can be finished in time, and say so.
"""


class Maker:
    """Makes the content of one article, step by step."""

    def __init__(self, text: str = TEXT) -> None:
        self.text = text
        self.article = Article(
            new_id(), "a.txt", "A", text, sha256_of(text.encode("utf-8", "replace").decode())
        )
        self.spans: list[Span] = []
        self.suggested: list[SuggestedSpan] = []
        self.frames: list[Frame] = []
        self.suggested_frames: list[SuggestedFrame] = []
        self.blocks: list[Block] = []
        self.nothing: list[NothingHere] = []

    def at(self, words: str, after: str = "") -> Fragment:
        start = self.text.index(words, self.text.index(after) if after else 0)
        return Fragment(start, start + len(words))

    def span(self, label: str, *where: str | tuple[int, int], note: str = "") -> Span:
        fragments = tuple(self.at(one) if isinstance(one, str) else Fragment(*one) for one in where)
        made = Span(new_id(), self.article.id, label, fragments, ME, 0, note=note)
        self.spans.append(made)
        return made

    def guess(self, label: str, *where: str, reason: str = "a reason", state: str = "open") -> SuggestedSpan:
        fragments = tuple(self.at(one) for one in where)
        made = SuggestedSpan(new_id(), self.article.id, label, fragments, 0.5, "test", reason, 0, state=state)  # type: ignore[arg-type]
        self.suggested.append(made)
        return made

    def frame(self, label: str, value: str = "", **roles: Span | SuggestedSpan) -> Frame:
        ends = tuple(RoleEnd(role, "span", one.id) for role, one in roles.items())
        made = Frame(new_id(), self.article.id, label, ends, ME, 0, {"value": value} if value else {})
        self.frames.append(made)
        return made

    def block(self, kind: str, words: str) -> None:
        self.blocks.append(Block(new_id(), self.article.id, *self.at(words), kind))

    def none(self, words: str | None) -> None:
        stretch = self.at(words) if words else None
        self.nothing.append(NothingHere(new_id(), self.article.id, "all", ME, 0, stretch))

    def content(self) -> ArticleContent:
        return ArticleContent(
            self.article,
            tuple(self.blocks),
            tuple(self.spans),
            tuple(self.frames),
            nothing_here=tuple(self.nothing),
            suggested_spans=tuple(self.suggested),
            suggested_frames=tuple(self.suggested_frames),
        )


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def make() -> type[Maker]:
    return Maker


@pytest.fixture
def scheme() -> Scheme:
    return SCHEME


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[ArticleContent | None], ArticleView]:
    def shown(content: ArticleContent | None, width: int = 900, height: int = 600) -> ArticleView:
        view = ArticleView()
        qtbot.addWidget(view)
        view.resize(width, height)
        view.set_content(content, SCHEME)
        view.show()
        qtbot.waitExposed(view)
        return view

    return shown


def ids(*records: Span | SuggestedSpan | Frame) -> list[Id]:
    return [record.id for record in records]
