"""What the status bar says while nothing happens: what is chosen, and what the keys mean for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from annotator.model import rules
from annotator.model.records import ArticleContent, Frame, Span, SuggestedFrame, SuggestedSpan
from annotator.model.scheme import Scheme
from annotator.ui import looking
from annotator.ui.action_set import ActionSet
from annotator.ui.another import PARTS
from annotator.ui.article_view.view import ArticleView
from annotator.ui.deciding import is_to_decide, undecided
from annotator.ui.key_hint import GAP
from annotator.ui.panels.names import names_of
from annotator.ui.panels.words import joined, spoken
from annotator.ui.saying import several
from annotator.ui.session import Session
from annotator.ui.status import Status
from annotator.ui.steps import why

_WORDS = 40
"""Characters of the words of a suggestion."""


class Hinting(QObject):
    """Watches choice and selection and words them, with the keys as they are set."""

    def __init__(self, session: Session, view: ArticleView, status: Status, actions: ActionSet) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._status = status
        self._actions = actions
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self._show)
        for signal in (
            session.chosen_changed,
            session.content_changed,
            session.project_changed,
            view.selection_changed,
            actions.renewed,
            session.proposer.rested,
        ):
            signal.connect(lambda *_: self._soon.start())
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self._show()

    def _on_focus(self, *_: QWidget | None) -> None:
        self._soon.start()

    def _show(self) -> None:
        self._status.set_usual(self.text())

    def text(self) -> str:
        """Return the hint for what is chosen or selected now."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return ""
        if self._is_elsewhere():
            back, every = self.tr("to the text"), self.tr("all keys")
            further = self._key("next_panel", self.tr("to the next panel"))
            return _listed(self._key("to_article", back), further, self._key("keys", every))
        return self._here(content, scheme)

    def _here(self, content: ArticleContent, scheme: Scheme) -> str:
        """Return what the keys mean in the text."""
        found = content.record(self._session.chosen)
        if self._view.selection is not None:
            adding = self._key("fragment", self.tr("adds it to the chosen span"))
            return _listed(self.tr("Selection:"), *self._labels(scheme), adding * isinstance(found, Span))
        if isinstance(found, SuggestedSpan | SuggestedFrame):
            return self._suggestion(content, scheme, found)
        if isinstance(found, Span | Frame) and is_to_decide(found, self._session.annotator):
            return self._to_decide(scheme, found)
        if isinstance(found, Frame):
            return self._frame(scheme, found)
        if isinstance(found, Span):
            return self._span(scheme, found)
        suggested: Sequence[SuggestedSpan | SuggestedFrame]
        suggested = (*content.suggested_frames, *content.suggested_spans)
        is_waiting = any(one.state == "open" for one in suggested)
        # First, as it is what most articles begin with; in a small window the last ones are cut.
        further = self._key("next_suggestion", self.tr("next suggestion")) * is_waiting
        return _listed(
            *self._left_alone(content),
            *self._deciding(content),
            further,
            *self._labels(scheme),
            self._key("next_open", self.tr("next place to look at")),
            self._key("next_article", self.tr("article done")),
            self._key("keys_here", self.tr("all keys")),
        )

    def _deciding(self, content: ArticleContent) -> list[str]:
        """Return what Enter does for an adjudicator as long as there is a frame to decide on."""
        left = undecided(content, self._session.annotator)
        return [self._key("accept", several("next of {n} frame(s) to decide", len(left)))] if left else []

    def _to_decide(self, scheme: Scheme, found: Span | Frame) -> str:
        """Return the keys for what another annotator made, which an adjudicator may take over."""
        return _listed(
            self.tr("{0} of another annotator:").format(_title(scheme, found.label)),
            self._key("accept", self.tr("decides on it as it stands")),
            self._key("overlap", self.tr("what else lies here")),
            self._key("next_article", self.tr("article done")),
        )

    def _left_alone(self, content: ArticleContent) -> list[str]:
        """Return why nothing is suggested in an article that came in with labels, and what does suggest."""
        if not self._session.proposer.has_left_alone(content):
            return []
        why_not = self.tr("Has labels already, so nothing is suggested by itself:")
        return [why_not, self._key("suggest", self.tr("suggests for all articles"))]

    def _is_elsewhere(self) -> bool:
        """Tell whether another part of the window has the keys, which mean something else there."""
        focus, view = QApplication.focusWidget(), self._view
        if focus is None or focus.window() is not view.window():
            return False
        return focus is not view and not view.isAncestorOf(focus)

    def _key(self, action: str, words: str) -> str:
        """Return the first key of an action and what it does here; nothing when it has no key."""
        key = self._actions.first_key(action)
        return f"{key} {words}".strip() if key else ""

    def _labels(self, scheme: Scheme) -> list[str]:
        parts = [
            self._key(f"label.{one.name}", rules.in_sentence(one.title or one.name))
            for one in scheme.labels
            if one.key and not one.group
        ]
        if scheme.meant("ATTRIBUTION") is not None:
            parts.append(self._key("attribution", self.tr("attribution")))
        if scheme.of("span", "entity"):
            parts.append(self._key("entity", self.tr("entity")))
        return [*parts, self._key("picker", self.tr("any label"))]

    def _suggestion(
        self, content: ArticleContent, scheme: Scheme, found: SuggestedSpan | SuggestedFrame
    ) -> str:
        # What tells it from the one before comes first: in a small window the rest is cut.
        what, title = _what(content, scheme, found), _title(scheme, found.label)
        told = self.tr("{0} – suggested {1} ({2}):").format(what, title, why(found))
        if looking.is_waiting_part(content, found):
            return self._suggested_part(told, found.label)
        return _listed(
            told,
            self._key("accept", self.tr("accepts")),
            self._key("reject", self.tr("rejects")),
            *(self._parts(scheme) if scheme.meaning(found.label) == "ATTRIBUTION" else ()),
            self._key("next_suggestion", self.tr("next")),
        )

    def _suggested_part(self, told: str, label: str) -> str:
        """Return the keys for a part of a suggested frame: the answers mean the frame."""
        return _listed(
            told,
            self._key("accept", self.tr("accepts the whole")),
            self._key(f"label.{label}", self.tr("takes this part alone")),
            self._key("reject", self.tr("rejects the whole")),
            self._key("next_suggestion", self.tr("next")),
        )

    def _parts(self, scheme: Scheme) -> list[str]:
        """Return the keys that take a suggested frame with another part."""
        parts = [(one, scheme.meaning(one.name).lower()) for one in scheme.labels]
        return [
            self._key(f"label.{one.name}", self.tr("another {0}").format(part))
            for one, part in parts
            if part.upper() in PARTS
        ]

    def _span(self, scheme: Scheme, found: Span) -> str:
        own = (self._key("attribution", self.tr("attribution")), self._key("stance", self.tr("stance")))
        moves = ("start_left", "start_right", "end_left", "end_right")
        edges = " ".join(one for one in (self._key(name, "") for name in moves) if one)
        return _listed(
            f"{_title(scheme, found.label)}:",
            *(own if found.label == scheme.named("CLAIM") else ()),
            self._key("entity", self.tr("entity")),
            self._key("note", self.tr("note")),
            self._key("next_panel", self.tr("attributes")),
            f"{edges} {self.tr('edges')}" if edges else "",
            self._key("delete", self.tr("takes it out")),
        )

    def _frame(self, scheme: Scheme, frame: Frame) -> str:
        open_ = rules.open_roles(frame, scheme)
        known = scheme.label(frame.label)
        by_label = {
            end: role.name for role in (known.roles if known is not None else ()) for end in role.ends
        }
        parts = [
            self._key(f"label.{one.name}", self._part(scheme, frame, by_label[one.name]))
            for one in scheme.labels
            if one.key and one.name in by_label
        ]
        if any(role.name == "implicit_source" for role in open_) and not frame.ends("source"):
            parts.append(self._key("implicit", self.tr("source not in the text")))
        if scheme.meaning(frame.label) in ("ATTRIBUTION", "STANCE"):
            is_stance = frame.label == scheme.named("STANCE")
            parts.append(self._key("stance", self.tr("changes it") if is_stance else self.tr("stance")))
        parts += [self._key("roles", self.tr("links")), self._key("delete", self.tr("takes it out"))]
        return _listed(f"{_title(scheme, frame.label)}:", *parts)

    def _part(self, scheme: Scheme, frame: Frame, role: str) -> str:
        """Return what the key of a part does: the next candidate where there is one already."""
        again = frame.label == scheme.named("ATTRIBUTION") and bool(frame.ends(role))
        return f"{self.tr('another') if again else self.tr('adds')} {role.replace('_', ' ')}"


def _listed(*parts: str) -> str:
    return GAP.join(one for one in parts if one)


def _what(content: ArticleContent, scheme: Scheme, found: SuggestedSpan | SuggestedFrame) -> str:
    """Return the words of a suggested span; of a frame who and by which words, or what stands there."""
    if isinstance(found, SuggestedSpan):
        return looking.words(content, found.fragments, _WORDS)
    names = names_of(content, scheme)
    cue = next((names.end(end, _WORDS) for end in found.roles if end.role == "cue"), "")
    value = spoken(found.attributes.get("value", ""))
    # A stance may be led back to a claim that is out of sight.
    target = next((names.end(end, _WORDS) for end in found.roles if end.role == "target"), "")
    # A comma that ends the words of a source would stand before the dot.
    parts = names.source(found).rstrip(","), cue, value, value and target
    return joined(parts) or names.frame(found, _WORDS)


def _title(scheme: Scheme, name: str) -> str:
    label = scheme.label(name)
    return (label.title or label.name) if label is not None else name
