"""What the frame keys do: attributions, stances, sources that the text does not name, role hints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject

from annotator.model import proposing
from annotator.model.changes import Changes
from annotator.model.ids import Id
from annotator.model.nesting import outer_ends
from annotator.model.proposing import Proposal
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
from annotator.model.scheme import Scheme
from annotator.ui import looking
from annotator.ui.article_view.view import ArticleView
from annotator.ui.linking import Linking
from annotator.ui.prompt import Prompt
from annotator.ui.session import Session
from annotator.ui.stancing import Stancing

ImplicitSource = Literal["author", "unnamed", "not said"]


class Framing(QObject):
    """Makes and fills frames; what is chosen decides which."""

    def __init__(
        self, session: Session, view: ArticleView, prompt: Prompt, key: Callable[[str], str]
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._prompt = prompt
        self._key = key
        self._linking = Linking(session, view, prompt, key)
        self._stancing = Stancing(session, view, prompt, key)

    # --- attribution ---------------------------------------------------------------------------

    def attribution(self) -> None:
        """Accept the suggested attribution here; else make one of the claim chosen, selected or here."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return
        if scheme.meant("ATTRIBUTION") is None:
            self._say(self.tr("This project's scheme has no attributions."))
            return
        claim = self._loose_claim(content)
        suggested = self._suggested(content, scheme, claim)
        if suggested is not None:
            instead = (claim.label, claim.fragments) if claim is not None else None
            self._session.do(lambda project: project.accept([suggested.id], instead), self._choose_new)
            return
        found = self._proposal(content)
        known = self._attribution_of(content, found.claim) or self._chosen_by_source(content)
        if known is not None and self._has_another_cue(content, known, found):
            known = None
        self._view.select(None)
        if known is not None:
            self._session.choose(known.id)
            text = self.tr("This claim's attribution is chosen: {0} and {1} change its source and cue.")
            self._say(text.format(self._key("label.SOURCE"), self._key("label.CUE")))
            return
        self._make(content, scheme, found)

    def _proposal(self, content: ArticleContent) -> Proposal:
        """Return the attribution of the claim that is selected, chosen or labelled here, else a new one."""
        units, caret = self._view.page.units, self._view.caret
        if self._view.selection is not None:
            return proposing.propose_for(units, (self._view.selection,))
        found = content.record(self._session.chosen)
        if isinstance(found, Span) and found.label == self._named("CLAIM") and looking.covers(found, caret):
            return proposing.propose_for(units, found.fragments)
        here = looking.spans_at(content, caret, self._named("CLAIM"))
        cue = proposing.cue_at(units, caret)
        is_inner = cue is not None and not looking.spans_over(content, cue, self._named("CUE"))
        if here and not is_inner:
            return proposing.propose_for(units, here[0].fragments)
        return proposing.propose(units, caret)

    def _chosen_by_source(self, content: ArticleContent) -> Frame | None:
        """Return the chosen attribution when the caret is on its source: another one is not meant."""
        frame = content.record(self._session.chosen)
        if self._view.selection is not None or not isinstance(frame, Frame):
            return None
        is_attribution = frame.label == self._named("ATTRIBUTION")
        here = {one.id for one in looking.spans_at(content, self._view.caret, self._named("SOURCE"))}
        return frame if is_attribution and here & set(frame.ends("source")) else None

    def _has_another_cue(self, content: ArticleContent, known: Frame, found: Proposal) -> bool:
        """Tell whether the caret is on a cue of its own for what somebody said by another cue already."""
        cue, caret = found.cue, self._view.caret
        if cue is None or self._view.selection is not None or not cue.start <= caret < cue.end:
            return False
        return bool(known.ends("cue")) and not looking.spans_over(content, cue, self._named("CUE"))

    def _make(self, content: ArticleContent, scheme: Scheme, found: Proposal) -> None:
        article, claim = content.article.id, found.claim
        source, cue = (self._known(content, "SOURCE", found.source), self._known(content, "CUE", found.cue))
        further = outer_ends(content, scheme, claim, cue)

        def _made(changes: Changes) -> None:
            self._choose_new(changes)
            self._say(self._what_was_made(content, source, cue))

        self._session.do(
            lambda project: project.add_attribution(
                article, claim=claim, source=source, cue=cue, further=further
            ),
            _made,
        )

    def _known(self, content: ArticleContent, label: str, proposed: Fragment | None) -> tuple[Fragment, ...]:
        """Return the fragments of the span that is labelled where one is proposed, else what is proposed."""
        if proposed is None:
            return ()
        name = self._named(label)
        labelled = (one for one in content.spans if one.label == name)
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
            text = self.tr("Attribution of the claim alone: {0} and {1} add its source and cue.")
            return text.format(self._key("label.SOURCE"), self._key("label.CUE"))
        text = self.tr("Attribution with {0}; {1} takes it back.")
        return text.format(self.tr(" and ").join(parts), self._key("undo"))

    def make(self, name: str) -> None:
        """Make a frame of any label, with what is chosen in the first role that takes it."""
        content, scheme = self._session.content, self._session.scheme
        label = scheme.label(name) if scheme is not None else None
        if content is None or scheme is None or label is None:
            return
        found = content.record(self._session.chosen)
        roles: list[RoleEnd] = []
        if isinstance(found, Span | Frame):
            empty = Frame(found.id, content.article.id, name, (), found.annotator, 0)
            role = looking.role_for(scheme, empty, found.label)
            kind: EndKind = "span" if isinstance(found, Span) else "frame"
            roles = [RoleEnd(role.name, kind, found.id)] if role is not None else []
        if not roles:
            text = self.tr("Choose first what {0} is about: click it, or press {1}.")
            self._say(text.format(label.title, self._key("overlap")))
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
            other = content.record(other_side)
            if frame is not None and isinstance(other, Span | Frame) and other.id != frame.id:
                role = looking.role_for(scheme, frame, other.label)
                if role is not None and not any(one.end == other.id for one in frame.roles):
                    self._linking.link(frame, role, other)
                    return
        self._join(content, start, end)

    def stance(self) -> None:
        """Ask where somebody stands on the claim at hand."""
        self._stancing.begin()

    def hints(self) -> None:
        """Ask what fills the roles of the chosen frame."""
        self._linking.begin()

    # --- sources not in the text ------------------------------------------------------------

    def implicit_source(self) -> None:
        """Wait for 1 to 3: the author, somebody unnamed, or not said."""
        content, scheme = self._session.content, self._session.scheme
        if content is None or scheme is None:
            return
        frame = looking.frame_of_chosen(content, self._session.chosen, self._named("ATTRIBUTION"))
        if frame is None:
            text = self.tr("Choose an attribution first: {0} on a claim makes one.")
            self._say(text.format(self._key("attribution")))
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

    def _join(self, content: ArticleContent, start: Id, end: Id) -> None:
        """Make an attribution of a claim and a source or cue that belong to none."""
        spans = [one for one in (content.record(wanted) for wanted in (start, end)) if isinstance(one, Span)]
        scheme = self._session.scheme
        parts = {scheme.meaning(one.label): one.fragments for one in spans} if scheme is not None else {}
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

    def _loose_claim(self, content: ArticleContent) -> Span | None:
        """Return the chosen claim that the caret is in, when it is in no attribution yet."""
        claim = content.record(self._session.chosen)
        if not isinstance(claim, Span) or claim.label != self._named("CLAIM"):
            return None
        is_held = bool(looking.frames_of(content, claim.id, self._named("ATTRIBUTION")))
        return claim if looking.covers(claim, self._view.caret) and not is_held else None

    def _suggested(
        self, content: ArticleContent, scheme: Scheme, claim: Span | None
    ) -> SuggestedFrame | None:
        """Return the suggested attribution chosen, of the chosen part or loose claim, or at the caret."""
        if self._view.selection is not None:
            return None
        found = content.record(self._session.chosen)
        name = self._named("ATTRIBUTION")
        if isinstance(found, SuggestedFrame) and found.label == name:
            return found
        if isinstance(found, SuggestedSpan):
            return looking.waiting_frame_of(content, found.id, name)
        if claim is not None:
            return looking.suggested_for(content, claim, name)
        here = looking.suggestion_at(content, scheme, self._view.caret, name)
        return here if isinstance(here, SuggestedFrame) else None

    def _attribution_of(self, content: ArticleContent, fragments: tuple[Fragment, ...]) -> Frame | None:
        claims = [
            one
            for one in content.spans
            if one.label == self._named("CLAIM") and tuple(one.fragments) == fragments
        ]
        name = self._named("ATTRIBUTION")
        frames = [frame for claim in claims for frame in looking.frames_of(content, claim.id, name)]
        return next((one for one in frames if any(c.id in one.ends("claim") for c in claims)), None)

    def _named(self, meaning: str) -> str:
        return looking.named(self._session.scheme, meaning)

    def _choose_new(self, changes: Changes) -> None:
        new = [change.after for change in changes.of(Frame) if change.before is None and change.after]
        if new:
            self._session.choose(new[0].id)

    def _say(self, text: str) -> None:
        self._session.warned.emit(text)
