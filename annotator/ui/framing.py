"""What the frame keys do: attributions, stances, sources that the text does not name, role hints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QObject

from annotator.model import proposing
from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.records import (
    ArticleContent,
    EndKind,
    Fragment,
    Frame,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.scheme import Role, Scheme
from annotator.ui import looking
from annotator.ui.article_view.view import ArticleView
from annotator.ui.picker import Choice, Picker
from annotator.ui.prompt import Prompt
from annotator.ui.session import Session

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"
ImplicitSource = Literal["author", "unnamed", "not said"]


class Framing(QObject):
    """Makes and fills frames; what is chosen decides which."""

    def __init__(self, session: Session, view: ArticleView, prompt: Prompt) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._prompt = prompt
        prompt.ended.connect(lambda: view.set_hints({}))

    # --- attribution ---------------------------------------------------------------------------

    def attribution(self) -> None:
        """Accept the suggested attribution here; else make one of the claim chosen, selected or here."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return
        if scheme.label("ATTRIBUTION") is None:
            self._say(self.tr("This project's scheme has no attributions."))
            return
        suggested = self._suggested(content, scheme)
        if suggested is not None:
            self._session.do(lambda project: project.accept([suggested.id]), self._choose_new)
            return
        article, fragments = content.article.id, self._claim(content)
        known = self._attribution_of(content, fragments)
        self._view.select(None)
        if known is not None:
            self._session.choose(known.id)
            self._say(self.tr("This claim's attribution is chosen: s and u add its source and cue."))
            return
        found = proposing.propose(self._view.page.units, fragments)
        source, cue = (self._known(content, "SOURCE", found.source), self._known(content, "CUE", found.cue))

        def _made(changes: Changes) -> None:
            self._choose_new(changes)
            self._say(self._what_was_made(content, source, cue))

        self._session.do(
            lambda project: project.add_attribution(article, claim=fragments, source=source, cue=cue), _made
        )

    def _known(self, content: ArticleContent, label: str, proposed: Fragment | None) -> tuple[Fragment, ...]:
        """Return the fragments of the span that is labelled where one is proposed, else what is proposed."""
        if proposed is None:
            return ()
        labelled = (one for one in content.spans if one.label == label)
        over = (one for one in labelled if one.start < proposed.end and proposed.start < one.end)
        return next((tuple(one.fragments) for one in over), (proposed,))

    def _what_was_made(
        self, content: ArticleContent, source: tuple[Fragment, ...], cue: tuple[Fragment, ...]
    ) -> str:
        parts = [
            f"{name} “{looking.words(content, pieces, 40)}”"
            for name, pieces in ((self.tr("source"), source), (self.tr("cue"), cue))
            if pieces
        ]
        if not parts:
            return self.tr("Attribution of the claim alone: s and u add its source and cue.")
        return self.tr("Attribution with {0}; Ctrl+Z takes it back.").format(self.tr(" and ").join(parts))

    def make(self, name: str) -> None:
        """Make a frame of any label, with what is chosen in the first role that takes it."""
        content, scheme = self._session.content, self._session.scheme
        label = scheme.label(name) if scheme is not None else None
        if content is None or scheme is None or label is None:
            return
        found = looking.record(content, self._session.chosen)
        roles: list[RoleEnd] = []
        if isinstance(found, Span | Frame):
            empty = Frame(found.id, content.article.id, name, (), found.annotator, 0)
            role = looking.role_for(scheme, empty, found.label)
            kind: EndKind = "span" if isinstance(found, Span) else "frame"
            roles = [RoleEnd(role.name, kind, found.id)] if role is not None else []
        if not roles:
            self._say(self.tr("Choose first what {0} is about: click it, or press o.").format(label.title))
            return
        article = content.article.id
        self._session.do(lambda project: project.add_frame(article, name, roles), self._choose_new)

    def link(self, start: Id, end: Id) -> None:
        """Link two records, as dragged from one to the other: the frame takes the span."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return
        for frame_side, other_side in ((start, end), (end, start)):
            frame = looking.frame_of_chosen(content, frame_side)
            other = looking.record(content, other_side)
            if frame is not None and isinstance(other, Span | Frame) and other.id != frame.id:
                role = looking.role_for(scheme, frame, other.label)
                if role is not None and not any(one.end == other.id for one in frame.roles):
                    self._link(frame, role, other)
                    return
        self._join(content, start, end)

    # --- stance ----------------------------------------------------------------------------------

    def stance(self) -> None:
        """Wait for 1 to 4, then add a stance on the chosen claim by the source of its attribution."""
        content, scheme = self._session.content, self._session.scheme
        label = scheme.label("STANCE") if scheme is not None else None
        attribute = label.attribute("value") if label is not None else None
        if content is None or attribute is None:
            self._say(self.tr("This project's scheme has no stances."))
            return
        found = looking.record(content, self._session.chosen)
        if isinstance(found, Frame) and found.label == "STANCE":
            self._ask_value(attribute.values, lambda value: self._change_value(found.id, value))
            return
        target = looking.target_of(found, content) or self._claim_here(content)
        if target is None:
            self._say(self.tr("Choose a claim first: c on a quotation."))
            return
        self._ask_value(attribute.values, lambda value: self._add_stance(target, value))

    def _ask_value(self, values: tuple[str, ...], act: Callable[[str], None]) -> None:
        def _act(value: str) -> Callable[[], None]:
            return lambda: act(value)

        answers = {str(at): (value, _act(value)) for at, value in enumerate(values, 1)}
        self._prompt.ask(self.tr("Stance:"), answers)

    def _change_value(self, frame: Id, value: str) -> None:
        self._session.do(lambda project: project.change_frame(frame, attributes={"value": value}))

    def _add_stance(self, target: RoleEnd, value: str) -> None:
        content = self._session.content
        if content is None:
            return
        article = content.article.id
        holder, mention = self._holder(content, target.end)
        if holder is None and mention is None:
            self._say(
                self.tr("Who holds it? Add the source first: s on its words, or i when it is not named.")
            )
            return
        self._session.do(
            lambda project: project.add_stance(
                article, holder=holder, holder_mention=mention, target=target, value=value
            ),
            lambda _: self._say(self.tr("Stance: {0}.").format(value)),
        )

    def _holder(self, content: ArticleContent, claim: Id) -> tuple[Id | None, Id | None]:
        """Return the actor and the words of whoever holds a stance: the source of the chosen frame's own."""
        chosen = looking.frame_of_chosen(content, self._session.chosen, "ATTRIBUTION")
        for frame in (chosen, *looking.frames_of(content, claim, "ATTRIBUTION")):
            if frame is None:
                continue
            for source in frame.ends("source"):
                span = looking.record(content, source)
                if isinstance(span, Span):
                    return span.actor, span.id
            for actor in frame.ends("implicit_source"):
                return actor, None
        return None, None

    # --- sources not in the text, hints ------------------------------------------------------------

    def implicit_source(self) -> None:
        """Wait for 1 to 3: the author, somebody unnamed, or not said."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return
        frame = looking.frame_of_chosen(content, self._session.chosen, "ATTRIBUTION")
        if frame is None:
            self._say(self.tr("Choose an attribution first: a on a claim makes one."))
            return
        chosen = frame.id

        def _named(who: ImplicitSource) -> Callable[[], None]:
            return lambda: self._session.do(lambda project: project.add_implicit_source(chosen, who))

        self._prompt.ask(
            self.tr("Source:"),
            {
                "1": (self.tr("the author"), _named("author")),
                "2": (self.tr("unnamed"), _named("unnamed")),
                "3": (self.tr("not said"), _named("not said")),
            },
        )

    def hints(self) -> None:
        """Show letters on everything that the chosen frame could take; the next key links it."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return
        frame = looking.frame_of_chosen(content, self._session.chosen)
        if frame is None:
            self._say(self.tr("Choose a frame first: a on a claim makes one, o goes through what is here."))
            return
        found = looking.linkable(content, scheme, frame)
        found.sort(key=lambda pair: abs(looking.place_of(content, pair[0]) - self._view.caret))
        if not found:
            self._say(self.tr("Nothing here fits an open role of this frame."))
            return
        choices = [
            Choice(
                self._words_of(content, one),
                self._linker(frame, role, one),
                f"{role.name.replace('_', ' ')}   {letter}",
                letter=letter,
            )
            for letter, (one, role) in zip(_LETTERS, found, strict=False)
        ]
        seen = {one.id: choice.letter for choice, (one, _) in zip(choices, found, strict=False)}
        seen = {record: letter for record, letter in seen.items() if self._view.is_seen(record)}
        if seen:
            self._ask_letter(choices, seen)
        else:
            self._list(choices)

    def _ask_letter(self, choices: Sequence[Choice], seen: Mapping[Id, str]) -> None:
        """Show the letters on the spans that are in view; the next key links one."""
        self._view.set_hints(seen)
        words = {choice.letter: f"{choice.side.split('   ')[0]} “{choice.text}”" for choice in choices}
        answers = {choice.letter: (words[choice.letter], choice.act) for choice in choices}
        answers[" "] = (self.tr("list"), lambda: self._list(choices))
        question = self.tr("Press a letter shown in the text to link it:   Space list of all")
        self._prompt.ask(question, answers, lists=False)

    def _list(self, choices: Sequence[Choice]) -> None:
        """Pop up everything that may be linked, where nothing of it is in view."""
        popup = Picker(self._view, self.tr("Link: press a letter"), 460)
        popup.offer(choices, letters=True)
        popup.open_at(self._view.viewport().mapToGlobal(self._view.caret_rect().bottomLeft()))

    def _words_of(self, content: ArticleContent, one: Span | Frame) -> str:
        if isinstance(one, Span):
            return looking.words(content, one.fragments)
        ends = {end.end for end in one.roles}
        parts = [looking.words(content, span.fragments, 30) for span in content.spans if span.id in ends]
        return " – ".join(parts) or one.label

    def _linker(self, frame: Frame, role: Role, other: Span | Frame) -> Callable[[], None]:
        return lambda: self._link(frame, role, other)

    def _link(self, frame: Frame, role: Role, other: Span | Frame) -> None:
        kind: EndKind = "span" if isinstance(other, Span) else "frame"
        self._session.do(
            lambda project: project.link(frame.id, role.name, kind, other.id),
            lambda _: self._say(self.tr("Linked as {0}.").format(role.name.replace("_", " "))),
        )

    def _join(self, content: ArticleContent, start: Id, end: Id) -> None:
        """Make an attribution of a claim and a source or cue that belong to none."""
        spans = [
            one
            for one in (looking.record(content, wanted) for wanted in (start, end))
            if isinstance(one, Span)
        ]
        parts = {one.label: one.fragments for one in spans}
        if len(parts) == 2 and set(parts) <= {"CLAIM", "SOURCE", "CUE"}:
            article = content.article.id
            self._session.do(
                lambda project: project.add_attribution(
                    article,
                    claim=parts.get("CLAIM", ()),
                    source=parts.get("SOURCE", ()),
                    cue=parts.get("CUE", ()),
                ),
                self._choose_new,
            )
        else:
            self._say(self.tr("The scheme has no role that joins these two."))

    # --- what is here --------------------------------------------------------------------------------

    def _suggested(self, content: ArticleContent, scheme: Scheme) -> SuggestedFrame | None:
        if self._view.selection is not None:
            return None
        found = looking.record(content, self._session.chosen)
        if isinstance(found, SuggestedFrame):
            return found
        if isinstance(found, SuggestedSpan):
            return looking.waiting_frame_of(content, found.id)
        here = looking.suggestion_at(content, scheme, self._view.caret)
        return here if isinstance(here, SuggestedFrame) else None

    def _claim(self, content: ArticleContent) -> tuple[Fragment, ...]:
        """Return the words of the claim: selected, chosen, labelled here, or proposed here."""
        if self._view.selection is not None:
            return (self._view.selection,)
        found = looking.record(content, self._session.chosen)
        if isinstance(found, Span) and found.label == "CLAIM":
            return tuple(found.fragments)
        here = looking.spans_at(content, self._view.caret, "CLAIM")
        if here:
            return tuple(here[0].fragments)
        return (proposing.claim_near(self._view.page.units, self._view.caret),)

    def _attribution_of(self, content: ArticleContent, fragments: tuple[Fragment, ...]) -> Frame | None:
        claims = [one for one in content.spans if one.label == "CLAIM" and tuple(one.fragments) == fragments]
        frames = [frame for claim in claims for frame in looking.frames_of(content, claim.id, "ATTRIBUTION")]
        return next((one for one in frames if any(c.id in one.ends("claim") for c in claims)), None)

    def _claim_here(self, content: ArticleContent) -> RoleEnd | None:
        here = looking.spans_at(content, self._view.caret, "CLAIM")
        return RoleEnd("target", "span", here[0].id) if here else None

    def _choose_new(self, changes: Changes) -> None:
        new = [change.after for change in changes.of(Frame) if change.before is None and change.after]
        if new:
            self._session.choose(new[0].id)

    def _say(self, text: str) -> None:
        self._session.warned.emit(text)
