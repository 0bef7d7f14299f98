"""The window: articles at the left, the text in the middle, the inspector at the right, status below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from annotator.model.changes import Changes
from annotator.model.ids import Id, id_from_text, id_text
from annotator.model.records import Article, ArticleContent, Fragment
from annotator.ui.action_set import ActionSet
from annotator.ui.actions import CONTEXT, TOOLBAR, Scope
from annotator.ui.answer_bar import AnswerBar
from annotator.ui.appearance import Appearance
from annotator.ui.arrangement import Arrangement
from annotator.ui.article_list import ArticleList
from annotator.ui.article_view.view import ArticleView
from annotator.ui.banner import Banner
from annotator.ui.docks import AREAS, Docks
from annotator.ui.early_keys import EarlyKeys
from annotator.ui.edge_bars import EdgeBars
from annotator.ui.empty_page import EmptyPage
from annotator.ui.files import Files
from annotator.ui.framing import Framing
from annotator.ui.giving_way import wishes_of
from annotator.ui.hinting import Hinting
from annotator.ui.label_bar import LabelBar
from annotator.ui.labelling import Labelling
from annotator.ui.learning import Learning
from annotator.ui.leaving import Leaving
from annotator.ui.menus import add_menus
from annotator.ui.moving import Moving
from annotator.ui.panels.checks import ChecksPanel
from annotator.ui.panels.find_actions import FindActions
from annotator.ui.panels.find_all import FindAllPanel
from annotator.ui.panels.find_panel import FindPanel
from annotator.ui.panels.history_panel import HistoryPanel
from annotator.ui.panels.inspector import Inspector
from annotator.ui.panels.widgets import column
from annotator.ui.panels.words import brief
from annotator.ui.passing import Passing
from annotator.ui.prompt import Prompt
from annotator.ui.saying import announce
from annotator.ui.session import Session
from annotator.ui.settings import Place, Settings
from annotator.ui.start_page import StartPage
from annotator.ui.status import Status
from annotator.ui.tool_bar import ToolBar
from annotator.ui.turns import take_in
from annotator.ui.walking import Walking
from annotator.ui.window_actions import WindowActions
from annotator.ui.worth_shown import WorthShown


class MainWindow(QMainWindow):
    """Puts the parts together and keeps them in step with the session."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        take_in(session, self)
        self._shown: Id | None = None
        self._path: Path | None = None
        self._build_parts()
        self._build_actions()
        self.early_keys = EarlyKeys(self)
        self._lay_out()
        self._connect()
        self.looks.show_all()
        self.setAcceptDrops(True)
        self._arrangement = Arrangement(self, self.panels, settings)
        self._on_project()

    # --- building ------------------------------------------------------------------------------

    def _build_parts(self) -> None:
        session = self.session
        self.looks = Appearance(self)
        self.looks.set_font()
        self.view = ArticleView()
        self.view.set_text_size(self.settings.text_size)
        session.content_changed.connect(self._on_content)  # first, so that the view is ahead of all others
        self.prompt = Prompt(self.view)
        self.answer_bar = AnswerBar(self.view, self.prompt)
        self.worth = WorthShown(session, self.view, self.settings)
        self.articles = ArticleList(session, lambda: self.looks.scheme)
        self.inspector = Inspector(session)
        self.checks = ChecksPanel(session)
        self.find_bar = FindPanel(session)
        self.find_bar.hide()
        self.find_all = FindAllPanel(session)
        self.history = HistoryPanel(session)
        self.banner = Banner()
        self.status = Status(session, lambda: self.looks.scheme)
        self.leaving = Leaving(session, self)
        self.files = Files(session, self.settings, self.articles, self.leaving, self)
        self.labelling = Labelling(session, self.view, self.prompt, self._key_name)
        self.framing = Framing(session, self.view, self.prompt, self._key_name)
        self.passing = Passing(session, self.settings, lambda: self.looks.scheme)
        self.walking = Walking(session, self.view, lambda: self.looks.scheme, self.passing, self._key_name)

    def _build_actions(self) -> None:
        self.finding = FindActions(self)
        parts = {
            "session": self.session,
            "files": self.files,
            "learning": Learning(self.session, self.settings, self, self.status.keep_said),
            "labelling": self.labelling,
            "framing": self.framing,
            "walking": self.walking,
            "passing": self.passing,
            "moving": Moving(self.session, self.view, self.prompt, self._key_name),
            "finding": self.finding,
            "window": WindowActions(self),
        }
        places: dict[Scope, QWidget] = {"window": self, "article": self.view, "list": self.articles.view}
        self.actions_ = ActionSet(self, places, parts, self.settings.keys)
        self.label_bar = LabelBar(self.view, self.actions_, lambda: self.labelling.recent)
        self.hinting = Hinting(self.session, self.view, self.status, self.actions_)
        add_menus(self.menuBar(), self.actions_.menus())
        self.bar = ToolBar(self.tr("Toolbar"), self)
        self.bar.setObjectName("toolbar")
        self.actions_.fill_bar(self.bar, TOOLBAR)
        self.addToolBar(self.bar)

    def _key_name(self, action: str) -> str:
        return self.actions_.key_name(action)

    def _lay_out(self) -> None:
        self.start = StartPage(self.actions_["sample"], self.actions_["new"], self.actions_["open"])
        self.middle = QStackedWidget()
        self.middle.addWidget(self.start)
        self.middle.addWidget(_above(self.find_bar, self.view))
        self.empty = EmptyPage(self.actions_["import"])
        self.middle.addWidget(self.empty)
        centre = _above(self.banner, self.middle)
        centre.setFocusProxy(self.view)  # what loses the keys to the article loses them to its text
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)
        self.panels = Docks(
            self,
            {
                "list": (self.articles, self.tr("Articles")),
                "find": (self.find_all, self.tr("Find in all articles")),
                "inspector": (self.inspector, self.tr("Inspector")),
                "checks": (self.checks, self.tr("Checks")),
                "history": (self.history, self.tr("What was done")),
            },
            wishes_of(self.settings.panels),
        )
        self.edges = EdgeBars(self, self.panels, {name: self.actions_[f"{name}_panel"] for name in AREAS})
        self.setMinimumSize(720, 480)
        self.resize(1280, 800)

    def _connect(self) -> None:
        session, view = self.session, self.view
        session.project_changed.connect(self._on_project)
        session.scheme_changed.connect(self.looks.take_scheme)
        session.annotator_changed.connect(self._show_title)
        session.chosen_changed.connect(self._on_chosen)
        session.revealed.connect(self._on_revealed)
        session.not_saved.connect(self._on_not_saved)
        session.saved.connect(self._on_saved)
        view.chosen.connect(session.choose)
        view.edge_dragged.connect(self.labelling.move_fragments)
        view.linked.connect(self.framing.link)
        view.selection_made.connect(self._on_selection_made)
        view.selection_changed.connect(self._on_selection)
        view.context_wanted.connect(self._on_context)
        view.text_size_changed.connect(lambda points: setattr(self.settings, "text_size", points))
        view.caret_moved.connect(lambda: self.inspector.set_caret(view.caret))
        session.leaving.connect(self.inspector.commit)
        self.prompt.shown.connect(self.status.ask_key)
        self.prompt.missed.connect(self.status.say)
        view.pressed.connect(self.prompt.point)
        self.find_bar.highlights.connect(self._on_highlights)
        self.find_bar.closed.connect(view.setFocus)
        self.checks.counted.connect(self.status.set_problems)
        self.labelling.note_wanted.connect(self._on_note)
        self.labelling.article_labelled.connect(self._on_article_labelled)
        self.status.problems_wanted.connect(lambda: self.panels.show("checks"))
        self.status.annotator_wanted.connect(self.files.choose_annotators)
        self.files.offered.connect(self._on_offered)
        self.session.travelled.connect(self._on_travelled)
        self.session.noticed.connect(self.banner.tell)
        self.status.cut_off.connect(self.banner.mention)
        self.start.recent_wanted.connect(self.files.open_path)
        self.articles.model.loaded.connect(self._on_list)
        self.panels.toggled.connect(self._on_panel)
        self._connect_suggestions()

    def _connect_suggestions(self) -> None:
        self.articles.model.passed = lambda: self.passing.labels
        self.passing.switched.connect(self.articles.model.reload)
        self.passing.counted.connect(self.status.set_passed)
        self.passing.counted.connect(self.inspector.article.set_passed)
        self.status.suggestion_wanted.connect(self.walking.next)
        self.walking.picker_wanted.connect(self.labelling.picker)
        self.labelling.candidates.kept.connect(self.walking.go_on)
        self.inspector.selected.suggestion.decided.connect(self.walking.decide)

    # --- keeping in step -------------------------------------------------------------------------

    def _on_project(self) -> None:
        session = self.session
        is_open = session.path is not None
        self._path = session.path
        if is_open and session.path is not None:
            self.settings.add_recent(session.path)
            self.panels.bring_back_soon()
        else:
            self.start.show_recent(self.settings.recent)
            self.panels.send_away()
            self.start.first().setFocus()
        self.middle.setCurrentIndex(int(is_open))  # the place of the article, until the list has come
        self.bar.setVisible(is_open)
        self.banner.hide()
        self.enable()
        self._show_title()
        self.looks.show_scheme_in_turns()

    def _show_page(self) -> None:
        """Show the start page, the article, or what to do when there is none."""
        session = self.session
        page = 0 if session.path is None else 1 if session.content is not None else 2
        self.empty.say(has_articles=bool(session.order) or self.articles.is_filtered)
        self.middle.setCurrentIndex(page)

    def _on_list(self) -> None:
        """Open the article where the reader was, or the first one, once the list has come."""
        session = self.session
        if session.path is None or session.content is not None or not session.order:
            self._show_page()
            return
        place = self.settings.place(session.path)
        wanted = _id(place.article) if place is not None else None
        if wanted is None or wanted not in session.order:
            wanted, place = session.order[0], None
        session.open_article(wanted)
        if place is not None:
            position = (place.paragraph, place.fraction)
            session.ask(lambda _: None, lambda _: self.view.enter_at(position))
        self.view.setFocus()

    def _on_content(self, content: ArticleContent | None) -> None:
        self._show_title()
        if content is not None and content.article.id == self._shown:
            self.view.update_content(content)
            return
        self._keep_place()
        self.label_bar.hide()
        is_first = self._shown is None
        self._shown = content.article.id if content is not None else None
        self.view.set_content(content, self.looks.scheme)
        self._show_page()
        if content is not None and is_first:
            self.view.setFocus()  # of what gets the keys, readers say the name
        elif content is not None:
            announce(self.view, content.article.title or content.article.name)
        self._keep_place()
        self.enable()

    def _on_chosen(self, record: Id | None) -> None:
        if self.view.chosen_id != record:
            self.view.choose(record)

    def _on_revealed(self, offset: int) -> None:
        self.view.caret = offset
        self.view.reveal(offset)

    def _on_selection_made(self, place: QPoint) -> None:
        if self.settings.is_on("label_bar"):
            self.label_bar.show_at(place)

    def _on_selection(self) -> None:
        if self.view.selection is None:
            self.label_bar.hide()

    def _on_highlights(self, pieces: Sequence[Fragment], current: int) -> None:
        self.view.set_highlights(pieces, current)
        if 0 <= current < len(pieces):
            # While the person searches, the place found is selected: the next key labels it.
            if self.find_bar.isAncestorOf(self.focusWidget()):
                self.view.select(pieces[current])
            self.view.reveal(pieces[current].start)

    def _on_note(self) -> None:
        self.panels.show("inspector")
        self.inspector.edit_note()

    def _on_article_labelled(self, label: Id) -> None:
        self.panels.show("inspector")
        self.inspector.show_label(label)

    def _on_context(self, place: QPoint, record: Id | None) -> None:
        if record is not None:
            self.session.choose(record)
        menu = QMenu(self)
        for group in CONTEXT:
            if "accept" in group and not self.walking.has_answer:
                continue
            for name in group:
                menu.addAction(self.actions_[name])
            menu.addSeparator()
        labels = menu.addMenu(self.tr("Label"))
        for row in self.actions_.menu_rows("label"):
            if row.id.startswith("label."):
                labels.addAction(self.actions_[row.id])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def _on_panel(self, name: str, is_shown: bool) -> None:
        self.actions_[f"{name}_panel"].setChecked(is_shown)

    def _on_not_saved(self, sentence: str) -> None:
        words, again = self.tr("Not saved: {0}").format(sentence), self.tr("Try again")
        self.banner.say(words, again, self.session.retry, must_stay=True)

    def _on_saved(self, _: float) -> None:
        if not self.session.unsaved and self.banner.must_stay:
            self.banner.hide()

    def _on_offered(self, sentence: str, show: Callable[[], None]) -> None:
        self.banner.say(sentence, self.tr("Details"), show)

    def _on_travelled(self, changes: Changes) -> None:
        if not self.banner.must_stay and changes.has(Article):
            self.banner.hide()  # the import that it tells of is undone, or another one done again

    def enable(self) -> None:
        """Grey out what there is nothing for."""
        self.actions_.enable(self.session.path is not None, self.session.content is not None)

    def _show_title(self) -> None:
        session = self.session
        parts = [session.content.article.title or session.content.article.name] if session.content else []
        if session.path is not None:
            parts.append(session.path.stem + (self.tr(" (reading only)") if session.read_only else ""))
            parts += [session.annotator.name] if session.annotator is not None else []
        self.setWindowTitle(" – ".join(brief(one, 80) for one in parts) or "annotator")

    # --- Qt ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Let the text hear the keys from the start."""
        super().showEvent(event)
        (self.view if self.session.path is not None else self.start.first()).setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped, or open a dropped project."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.files.take(paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything is saved; ask when something cannot be."""
        if self.leaving.is_ready(self.close):
            self._keep()
            self.session.stop()
            super().closeEvent(event)
        else:
            event.ignore()

    def _keep(self) -> None:
        self._keep_place()
        self._arrangement.keep()
        self.settings.sync()

    def _keep_place(self) -> None:
        if self._shown is not None and self._path is not None:
            self.settings.keep_place(self._path, Place(id_text(self._shown), *self.view.position()))


def _above(first: QWidget, second: QWidget) -> QWidget:
    """Return two widgets, one above the other, of which the second gets the room."""
    both = QWidget()
    down = column(both, spacing=0)
    down.addWidget(first)
    down.addWidget(second, 1)
    return both


def _id(text: str) -> Id | None:
    try:
        return id_from_text(text)
    except ValueError:
        return None
