"""Filling the roles of a frame: letters on everything that fits, Tab through it, digits for other roles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from annotator.model import rules
from annotator.model.records import ArticleContent, EndKind, Fragment, Frame, Span, SuggestedFrame
from annotator.model.same import same_span, spans_on
from annotator.model.scheme import Role, Scheme
from annotator.ui import looking
from annotator.ui.article_view.view import ArticleView
from annotator.ui.panels.words import brief, quoted
from annotator.ui.picker import Choice, Picker
from annotator.ui.prompt import BACK, NEXT, TAKE, Answer, Prompt
from annotator.ui.session import Session

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
CURRENT = "◎"
Linkable = tuple[Span | Frame, Role]


class Linking(QObject):
    """Asks what fills a role of the chosen frame, and links it."""

    def __init__(
        self, session: Session, view: ArticleView, prompt: Prompt, key: Callable[[str], str]
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._prompt = prompt
        self._key = key
        prompt.ended.connect(lambda: view.set_hints({}))

    def _missing(self, content: ArticleContent) -> str:
        """Return why there is no frame whose roles could be filled, and what to do."""
        if isinstance(content.record(self._session.chosen), SuggestedFrame):
            text = self.tr("This is only suggested: {0} accepts it, then {1} fills its roles.")
            return text.format(self._key("accept"), self._key("roles"))
        text = self.tr("Choose a frame first: {0} on a claim makes one, {1} goes through what is here.")
        return text.format(self._key("attribution"), self._key("overlap"))

    def begin(self) -> None:
        """Show letters on everything that the chosen frame could take; the next key links it."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return
        frame = looking.frame_of_chosen(content, self._session.chosen)
        if frame is None:
            self._say(self._missing(content))
        elif self._view.selection is not None:
            self._ask_role(content, scheme, frame, self._view.selection)
        else:
            self._ask(content, scheme, frame, looking.linkable(content, scheme, frame))

    def _ask(
        self, content: ArticleContent, scheme: Scheme, frame: Frame, found: list[Linkable], at: int = -1
    ) -> None:
        """Wait for a letter; digits choose another role, Tab and Enter go through and take what fits."""
        place = partial(looking.place_of, content)
        found.sort(key=lambda pair: abs(place(pair[0]) - self._view.caret))
        roles = [role for role in rules.open_roles(frame, scheme) if _fitting(content, frame, role)]
        if not found:
            self._say(self.tr("Nothing here fits an open role of this frame."))
            return
        choices = self._choices(content, frame, found)
        answers: dict[str, Answer] = {one.letter: ("", one.act) for one in choices if one.letter}
        for digit, role in zip("123456789", roles, strict=False):
            answers[digit] = (_in_words(role), self._of_role(scheme, frame, role))
        answers[NEXT] = (self.tr("next"), lambda: self._ask(content, scheme, frame, found, at + 1))
        answers[BACK] = ("", lambda: self._ask(content, scheme, frame, found, at - 1))
        answers[" "] = (self.tr("list"), lambda: self._list(choices))
        seen = {pair[0].id: one.letter for one, pair in zip(choices, found, strict=True)}
        seen = {one: letter for one, letter in seen.items() if letter and self._view.is_seen(one)}
        if at != -1:
            current = found[at % len(found)]
            answers[TAKE] = (self.tr("links it"), self._linker(frame, current[1], current[0]))
            self._view.reveal(looking.place_of(content, current[0]))
            seen = {current[0].id: CURRENT}
            question = f"{_in_words(current[1])} {self._quoted(content, current[0])}:"
        else:
            question = self.tr("A letter in the text links it:") if seen else self.tr("Out of view:")
        self._prompt.ask(question, answers)
        self._view.set_hints(seen)

    def _of_role(self, scheme: Scheme, frame: Frame, role: Role) -> Callable[[], None]:
        def _ask() -> None:
            content = self._session.content
            if content is not None:
                self._ask(content, scheme, frame, [(one, role) for one in _fitting(content, frame, role)])

        return _ask

    def _ask_role(self, content: ArticleContent, scheme: Scheme, frame: Frame, words: Fragment) -> None:
        """Wait for a digit: which role the selected words fill, as addressee or medium, say."""
        loose = [role for role in rules.open_roles(frame, scheme) if "span" in role.ends]
        if not loose:
            self._say(self.tr("No open role of this frame takes any words."))
            return
        answers = {
            digit: (_in_words(role), self._putter(content, frame, role, words))
            for digit, role in zip("123456789", loose, strict=False)
        }
        self._prompt.ask(self.tr("The selection is:"), answers)

    def _putter(
        self, content: ArticleContent, frame: Frame, role: Role, words: Fragment
    ) -> Callable[[], None]:
        """Return what links selected words: the span that is labelled there, else a new mention."""
        mine, name = self._session.annotator, looking.named(self._session.scheme, "SOURCE")
        there = spans_on(content.spans, (words,))
        known = next((one for one in there if one.fragments == (words,)), None)
        known = same_span(there, mine.id, name, (words,)) or known if mine is not None else known

        def _put() -> None:
            self._view.select(None)
            if known is not None:
                self.link(frame, role, known)
            else:
                self._session.do(
                    lambda project: project.add_span(
                        content.article.id, name, (words,), frame=frame.id, role=role.name
                    ),
                    lambda _: self._say_linked(role),
                )

        return _put

    def _choices(self, content: ArticleContent, frame: Frame, found: Sequence[Linkable]) -> list[Choice]:
        letters = [*LETTERS, *("" for _ in found)]
        return [
            Choice(
                self._words_of(content, one),
                self._linker(frame, role, one),
                f"{_in_words(role)}   {letter}".rstrip(),
                letter=letter,
            )
            for letter, (one, role) in zip(letters, found, strict=False)
        ]

    def _list(self, choices: Sequence[Choice]) -> None:
        """Pop up everything that may be linked."""
        popup = Picker(self._view, self.tr("Link: press a letter"), 460)
        popup.offer(choices, letters=True)
        popup.open_beside(self._view.viewport(), self._view.caret_rect())

    def _quoted(self, content: ArticleContent, one: Span | Frame) -> str:
        return quoted(brief(self._words_of(content, one), 40))

    def _words_of(self, content: ArticleContent, one: Span | Frame) -> str:
        if isinstance(one, Span):
            return looking.words(content, one.fragments)
        ends = {end.end for end in one.roles}
        parts = [looking.words(content, span.fragments, 30) for span in content.spans if span.id in ends]
        return " – ".join(parts) or one.label

    def _linker(self, frame: Frame, role: Role, other: Span | Frame) -> Callable[[], None]:
        return lambda: self.link(frame, role, other)

    def link(self, frame: Frame, role: Role, other: Span | Frame) -> None:
        """Let a record fill a role of a frame."""
        kind: EndKind = "span" if isinstance(other, Span) else "frame"
        self._session.do(
            lambda project: project.link(frame.id, role.name, kind, other.id),
            lambda _: self._say_linked(role),
        )

    def _say_linked(self, role: Role) -> None:
        self._say(self.tr("Linked as {0}.").format(_in_words(role)))

    def _say(self, text: str) -> None:
        self._session.warned.emit(text)


def _in_words(role: Role) -> str:
    return role.name.replace("_", " ")


def _fitting(content: ArticleContent, frame: Frame, role: Role) -> list[Span | Frame]:
    """Return the spans and frames of the article that may fill a role."""
    taken = {end.end for end in frame.roles} | {frame.id}
    records: list[Span | Frame] = [*content.spans, *content.frames]
    return [
        one
        for one in records
        if one.id not in taken and (one.label in role.ends or ("span" in role.ends and isinstance(one, Span)))
    ]
