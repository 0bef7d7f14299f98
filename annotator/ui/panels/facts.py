"""The facts of the open article: shown in brief, opened to be edited; and the kind of a paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QToolButton, QWidget

from annotator.model.ids import Id
from annotator.model.records import BLOCK_KINDS, Article, ArticleContent, Fragment
from annotator.ui.panels.widgets import (
    MEDIUM,
    SMALL,
    Combo,
    ElidedLabel,
    FactEdit,
    PlainLabel,
    add_row,
    column,
    row,
)
from annotator.ui.panels.words import brief, joined, language_name, spoken
from annotator.ui.session import Session

_META = ("outlet", "byline", "published")
_TITLE = 180


class ArticleFacts(QWidget):
    """Title, outlet, byline, date, language; and what the paragraph at the caret is."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._article: Article | None = None
        self._caret = 0
        self._shown: tuple[Id, int, Fragment, str] | None = None
        """The paragraph that is shown: its article, number, stretch and kind."""
        self._is_low = False
        self._title = PlainLabel(strong=True)
        self._summary = PlainLabel(muted=True)
        self.more = QToolButton()
        self.more.setAutoRaise(True)
        self.more.setCheckable(True)
        self.more.setText(self.tr("Edit facts"))
        self.more.setAccessibleName(self.tr("Edit the facts of this article"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setArrowType(Qt.ArrowType.RightArrow)
        self.more.toggled.connect(self._on_more)
        self._edits = self._make_edits()
        self._form = self._make_form()
        self._form.hide()
        self._paragraph = ElidedLabel(muted=True)
        self.kind = Combo(self.tr("What the paragraph at the caret is"))
        self.kind.activated.connect(self._on_kind)
        layout = column(self, spacing=SMALL)
        for one in (self._title, self._summary):
            layout.addWidget(one)
        layout.addLayout(row(self.more))
        layout.addWidget(self._form)
        layout.addLayout(row(self._paragraph, self.kind, spacing=MEDIUM, stretch=0))

    def set_low(self, is_low: bool) -> None:
        """Leave the room to what is below: the article says the same, and the rest can be opened."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._share_room()

    def _share_room(self) -> None:
        for one in (self._title, self._summary):
            one.setVisible(not self._is_low and bool(one.text()))
        for part in (self._paragraph, self.kind):
            part.setVisible(self.more.isChecked())

    @property
    def edits(self) -> Mapping[str, FactEdit]:
        """The lines by the fact they hold."""
        return self._edits

    def show_content(self, content: ArticleContent) -> None:
        """Show the facts of an article."""
        article = content.article
        if self._article is not None and self._article.id != article.id:
            self.commit()
        self._article = article
        self._title.show_text(brief(article.title or article.name, _TITLE))
        facts = [article.meta.get(name, "") for name in _META]
        self._summary.show_text(brief(joined([*facts, language_name(article.language)]), _TITLE))
        self._share_room()
        for name, edit in self._edits.items():
            edit.show_text(_fact(article, name))
        self._show_paragraph()

    def show_caret(self, caret: int) -> None:
        """Show the kind of the paragraph where the caret is now."""
        self._caret = caret
        self._show_paragraph()

    def commit(self) -> None:
        """Save a line that is just being edited."""
        for edit in self._edits.values():
            edit.commit()

    def _make_edits(self) -> dict[str, FactEdit]:
        edits = {
            "title": FactEdit(self.tr("Title")),
            "outlet": FactEdit(self.tr("Outlet")),
            "byline": FactEdit(self.tr("Byline")),
            "published": FactEdit(self.tr("Date"), self.tr("e.g. 2026-11-22")),
            "language": FactEdit(self.tr("Language"), self.tr("e.g. en")),
        }
        for name, edit in edits.items():
            edit.edited.connect(lambda text, name=name: self._on_edited(name, text))
        return edits

    def _make_form(self) -> QWidget:
        form = QWidget()
        layout = QFormLayout(form)
        layout.setContentsMargins(0, 0, 0, MEDIUM)
        layout.setSpacing(SMALL)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for edit in self._edits.values():
            add_row(layout, edit.accessibleName(), edit)
        return form

    def _on_more(self, opened: bool) -> None:
        self._form.setVisible(opened)
        self._share_room()
        self.more.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)

    def _on_edited(self, name: str, text: str) -> None:
        article = self._article
        if article is None or text == _fact(article, name):
            return
        if name == "title":
            self._session.do(lambda project: project.articles.change(article.id, title=text))
        elif name == "language":
            self._session.do(lambda project: project.articles.change(article.id, language=text))
        else:
            self._session.do(lambda project: project.articles.change(article.id, meta={name: text}))

    def _show_paragraph(self) -> None:
        content = self._session.content
        if content is None:
            return
        number, stretch, kind = paragraph_at(content, self._caret)
        shown = (content.article.id, number, stretch, kind)
        if shown == self._shown:
            return
        self._shown = shown
        start = brief(content.article.text[stretch.start : stretch.end], 40)
        words = self.tr("Paragraph {number}: {start}").format(number=number, start=start)
        self._paragraph.show_text(words)
        choices = [(one, spoken(one)) for one in dict.fromkeys((*BLOCK_KINDS, kind))]
        self.kind.show_choices(choices, kind)

    def _on_kind(self) -> None:
        content = self._session.content
        if content is None:
            return
        _, stretch, kind = paragraph_at(content, self._caret)
        chosen, self._shown = self.kind.value, None  # what is chosen is shown, until it is done or refused
        if chosen != kind:
            article = content.article.id
            self._session.do(
                lambda project: project.articles.set_block(article, stretch.start, stretch.end, chosen)
            )


def paragraph_at(content: ArticleContent, caret: int) -> tuple[int, Fragment, str]:
    """Return number (from 1), stretch and kind of the paragraph that holds an offset."""
    text = content.article.text
    caret = min(max(caret, 0), len(text))
    ends, told = _line_ends(text)
    for block in content.blocks:
        if block.start <= caret <= block.end:
            return _number(told, block.start), Fragment(block.start, block.end), block.kind
    line = bisect_right(ends, caret)
    start = ends[line - 1] if line else 0
    return _number(told, start), Fragment(start, ends[line] - 1), "body"


def _number(ends: Sequence[int], start: int) -> int:
    return 1 + bisect_right(ends, start)


@lru_cache(maxsize=1)
def _line_ends(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Return where the next line begins behind each, and behind each that is not blank.

    Kept, since the caret asks at every step.
    """
    lines = text.split("\n")
    ends = list(accumulate(len(line) + 1 for line in lines))
    return ends, [end for end, line in zip(ends, lines, strict=True) if line.strip()]


def _fact(article: Article, name: str) -> str:
    if name == "title":
        return article.title
    return article.language if name == "language" else article.meta.get(name, "")
