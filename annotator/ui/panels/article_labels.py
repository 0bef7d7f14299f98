"""Labels of the article as a whole, and what was recorded as empty in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from annotator.model.ids import Id
from annotator.model.records import ArticleContent, ArticleLabel, NothingHere
from annotator.ui.panels.attributes import AttributesEditor
from annotator.ui.panels.facts import paragraph_at
from annotator.ui.panels.note_field import NoteField
from annotator.ui.panels.widgets import (
    MEDIUM,
    SMALL,
    ElidedLabel,
    PlainLabel,
    button,
    clear,
    column,
    heading,
    icon_button,
    row,
)
from annotator.ui.panels.words import joined, label_title, tr
from annotator.ui.session import Session


class ArticleLabels(QWidget):
    """Article labels with their attributes, buttons to add those missing, and the nothing-here entries."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._labels = QWidget()
        self._adders = QWidget()
        self._nothing = QWidget()
        self.editors: dict[Id, AttributesEditor] = {}
        self.notes: dict[Id, NoteField] = {}
        self._shown: object = None
        self._none = PlainLabel(self.tr("Nothing was recorded as empty."), muted=True)
        layout = column(self, spacing=SMALL)
        for one in (self._labels, self._adders, self._nothing):
            column(one, spacing=SMALL)
        layout.addWidget(heading(self.tr("Labels of the article")))
        layout.addWidget(self._labels)
        layout.addWidget(self._adders)
        layout.addWidget(heading(self.tr("Read, and nothing here")))
        layout.addWidget(self._none)
        layout.addWidget(self._nothing)
        layout.addStretch(1)

    def show_content(self, content: ArticleContent) -> None:
        """Show those of an article; widgets are made anew only when their number or kind changed."""
        scheme = self._session.scheme
        shown = ([(one.id, one.label) for one in content.labels], content.nothing_here, scheme)
        if shown != self._shown:
            self._shown = shown
            self._build_labels(content)
            self._build_adders(content)
            self._build_nothing(content)
        for one in content.labels:
            self.editors[one.id].show_values(scheme.label(one.label) if scheme else None, one.attributes)
            self.notes[one.id].show_note(one.id, one.note)

    def focus(self, label: Id) -> None:
        """Give the keys to the attributes of a label, else to its note."""
        if label in self.notes:
            (*self.editors[label].stops, self.notes[label])[0].setFocus()

    def commit(self) -> None:
        """Save what is just being edited."""
        for editor in self.editors.values():
            editor.commit()
        for note in self.notes.values():
            note.commit()

    def _build_labels(self, content: ArticleContent) -> None:
        layout = self._labels.layout()
        assert layout is not None
        self.commit()
        clear(layout)
        self.editors, self.notes = {}, {}
        for one in content.labels:
            layout.addWidget(self._label(one))

    def _label(self, one: ArticleLabel) -> QWidget:
        title = label_title(self._session.scheme, one.label)
        remove = icon_button(
            "mdi6.close", tr("Remove label: {name}").format(name=title), self._removing(one.id)
        )
        editor = self.editors[one.id] = AttributesEditor()
        editor.edited.connect(lambda name, value: self._set(one.id, name, value))
        note = self.notes[one.id] = NoteField(tr("Note on {name}").format(name=title), tr("Note"))
        note.edited.connect(self._set_note)
        widget = QWidget()
        layout = column(widget, spacing=SMALL)
        layout.addLayout(row(ElidedLabel(title), remove, stretch=0))
        layout.addWidget(editor)
        layout.addWidget(note)
        return widget

    def _build_adders(self, content: ArticleContent) -> None:
        layout = self._adders.layout()
        assert layout is not None
        clear(layout)
        there = {one.label for one in content.labels}
        article = content.article.id
        scheme = self._session.scheme
        labels = [one for one in scheme.of("article") if one.is_offered] if scheme else []
        for label in labels:
            if label.name not in there:
                text = tr("Add: {name}").format(name=label.title or label.name)
                add = self._adding(article, label.name)
                layout.addWidget(button(text, add, explain=label.guideline))
        if not labels:
            layout.addWidget(PlainLabel(tr("The scheme has no labels for whole articles."), muted=True))

    def _build_nothing(self, content: ArticleContent) -> None:
        layout = self._nothing.layout()
        assert layout is not None
        clear(layout)
        self._none.setVisible(not content.nothing_here)
        for one in content.nothing_here:
            words = nothing_words(content, one)
            go = icon_button(
                "mdi6.arrow-right",
                tr("Show: {what}").format(what=words),
                self._going(content.article.id, one),
            )
            remove = icon_button(
                "mdi6.close", tr("Take back: {what}").format(what=words), self._removing(one.id)
            )
            line = row(ElidedLabel(words), go, remove, stretch=0)
            widget = QWidget()
            line.setContentsMargins(MEDIUM, 0, 0, 0)
            widget.setLayout(line)
            layout.addWidget(widget)

    def _adding(self, article: Id, label: str) -> Callable[[], None]:
        return lambda: self._session.do(lambda project: project.articles.add_label(article, label))

    def _removing(self, record: Id) -> Callable[[], None]:
        return lambda: self._session.do(lambda project: project.remove([record]))

    def _going(self, article: Id, one: NothingHere) -> Callable[[], None]:
        return lambda: self._session.open_article(article, one.stretch.start if one.stretch else 0)

    def _set(self, label: Id, name: str, value: str) -> None:
        self._session.do(lambda project: project.articles.change_label(label, attributes={name: value}))

    def _set_note(self, label: Id, text: str) -> None:
        self._session.do(lambda project: project.articles.change_label(label, note=text))


def nothing_words(content: ArticleContent, one: NothingHere) -> str:
    """Return a recorded emptiness in a few words."""
    layer = tr("nothing at all") if one.layer == "all" else tr("no {layer}").format(layer=tr(one.layer))
    if one.stretch is None:
        return joined([tr("Whole article"), layer], ": ")
    number, _, _ = paragraph_at(content, one.stretch.start)
    return joined([tr("Paragraph {number}").format(number=number), layer], ": ")
