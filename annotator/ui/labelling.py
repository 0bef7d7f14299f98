"""What the label keys do: put labels, add fragments, record emptiness, delete, note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from annotator.model.changes import Changes
from annotator.model.emptiness import layer_left
from annotator.model.ids import Id
from annotator.model.records import (
    ArticleContent,
    ArticleLabel,
    Fragment,
    Frame,
    Shown,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.rules import in_sentence
from annotator.model.same import same_span, spans_on
from annotator.model.scheme import Label, Scheme
from annotator.ui import looking
from annotator.ui.actions import letters
from annotator.ui.along import say_along
from annotator.ui.article_view.view import ArticleView
from annotator.ui.candidates import Candidates
from annotator.ui.picker import Choice, Picker
from annotator.ui.prompt import Prompt
from annotator.ui.session import Session
from annotator.ui.stretches import MENTIONS, WORDS, Stretches
from annotator.ui.taking import Taking


class Labelling(QObject):
    """Puts labels of any scheme on what is selected, or on what the caret stands in."""

    note_wanted = Signal()
    """The note of what is chosen is to be written."""
    article_labelled = Signal(object)
    """The article as a whole has this label, which is to be seen."""

    def __init__(
        self, session: Session, view: ArticleView, prompt: Prompt, key: Callable[[str], str]
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._prompt = prompt
        self._key = key
        self.stretches = Stretches(session, view)
        self.taking = Taking(session, view, self._choose_new)
        self.candidates = Candidates(session, view, prompt, key, self._choose_new)
        self._recent: list[str] = []

    @property
    def recent(self) -> Sequence[str]:
        """The labels that were put, the last one first."""
        return tuple(self._recent)

    def put(self, name: str) -> None:
        """Put a label on the selection or at the caret; with a frame chosen, link it there."""
        content, scheme = self._session.content, self._session.scheme
        label = scheme.label(name) if scheme is not None else None
        if content is None or scheme is None or label is None:
            self._say(self.tr("This project's scheme has no label {0}.").format(name))
            return
        self._remember(name)
        if label.kind == "article":
            self._put_on_article(content, name)
            return
        if not self.candidates.take(content, label):
            self.put_on(label, self.stretches.of(label))

    def put_on(self, label: Label, fragments: Sequence[Fragment]) -> None:
        """Put a span label on these fragments."""
        content, scheme, annotator = self._session.content, self._session.scheme, self._session.annotator
        if content is None or scheme is None or annotator is None:
            return
        if not fragments:
            self._say(self.tr("Select the words first: {0}, or the mouse."), "extend_right")
            return
        if self.taking.with_words(content, label, fragments):
            return
        frame, role = self._place_for(content, scheme, label, fragments)
        there = spans_on(content.spans, fragments)
        twin = same_span(there, annotator.id, label.name, fragments)
        claim = self._claim_for(content, scheme, label, fragments)
        suggested = looking.suggested_twin(content, label.name, fragments)
        self._view.select(None)
        wrong = self._to_correct(content, scheme, label, fragments)
        other = self._other_entity(content, scheme, label, fragments)
        if twin is None and other is not None:
            self._session.do(lambda project: project.change_span(other.id, label=label.name))
        elif wrong is not None and wrong != twin:
            self._correct(wrong, label, fragments)
        elif twin is not None and claim is None:
            self._link_twin(twin, frame, role)
        elif frame is None and suggested is not None:
            self._session.do(lambda project: project.accept([suggested.id]), self._choose_new)
        elif claim is not None:
            self._join(content.article.id, claim, scheme.meaning(label.name), fragments)
        else:
            self._add(content.article.id, label, fragments, frame, role)

    def _put_on_article(self, content: ArticleContent, name: str) -> None:
        """Add a label of the article as a whole, and go to it; one that is there is gone to alone."""
        article, mine = content.article.id, self._session.annotator
        for one in content.labels:
            if one.label == name and mine is not None and one.annotator == mine.id:
                self.article_labelled.emit(one.id)
                return

        def _put(changes: Changes) -> None:
            for one in changes.of(ArticleLabel):
                self.article_labelled.emit(one.record.id)

        self._session.do(lambda project: project.articles.add_label(article, name), _put)

    def _add(
        self, article: Id, label: Label, fragments: Sequence[Fragment], frame: Frame | None, role: str
    ) -> None:
        """Add a span, and in the same step link it to the frame."""
        linked = frame.id if frame is not None else None

        def _say_where(_: Changes) -> None:
            self._say(self.tr("Added to the chosen frame as {0}.").format(role.replace("_", " ")))

        self._session.do(
            lambda project: project.add_span(article, label.name, fragments, frame=linked, role=role),
            self._choose_new if frame is None else _say_where,
        )

    def _other_entity(
        self, content: ArticleContent, scheme: Scheme, label: Label, fragments: Sequence[Fragment]
    ) -> Span | None:
        """Return the annotator's chosen entity on just these words, which another entity label replaces."""
        chosen, mine = content.record(self._session.chosen), self._session.annotator
        if label.group != "entity" or not isinstance(chosen, Span) or mine is None:
            return None
        known = scheme.label(chosen.label)
        is_entity = known is not None and known.group == "entity"
        is_here = tuple(chosen.fragments) == tuple(fragments) and chosen.annotator == mine.id
        return chosen if is_entity and is_here else None

    def _to_correct(
        self, content: ArticleContent, scheme: Scheme, label: Label, fragments: Sequence[Fragment]
    ) -> Span | None:
        """Return the part of the chosen frame that these words are meant instead of."""
        frame, mine = content.record(self._session.chosen), self._session.annotator
        if not isinstance(frame, Frame) or mine is None:
            return None
        span = looking.part_to_correct(content, scheme, frame, label.name, fragments)
        return span if span is not None and span.annotator == mine.id else None

    def _correct(self, span: Span, label: Label, fragments: Sequence[Fragment]) -> None:
        """Put these words in the place of a part of the chosen frame; further frames keep theirs."""
        name, frame = in_sentence(label.title or label.name), self._session.chosen
        self._session.do(
            lambda project: project.change_span(span.id, fragments=fragments, frame=frame),
            lambda _: self._say(self.tr("The {0} of the chosen frame is now these words.").format(name)),
        )

    def _join(self, article: Id, claim: Span, meaning: str, fragments: Sequence[Fragment]) -> None:
        """Make an attribution of the chosen claim and its new source or cue, as one step."""
        source, cue = (fragments, ()) if meaning in MENTIONS else ((), fragments)
        self._session.do(
            lambda project: project.add_attribution(article, claim=claim.fragments, source=source, cue=cue),
            self._choose_new,
        )

    def _place_for(
        self, content: ArticleContent, scheme: Scheme, label: Label, fragments: Sequence[Fragment]
    ) -> tuple[Frame | None, str]:
        """Return the chosen frame and the role that words of this label fill there, if they are near it."""
        frame = content.record(self._session.chosen)
        if not isinstance(frame, Frame) or label.group == "entity":
            return None, ""
        role = looking.role_for(scheme, frame, label.name)
        if role is None:
            return None, ""
        is_near = looking.is_near(content, frame, fragments, role.name)
        return (frame, role.name) if is_near else (None, "")

    def _claim_for(
        self, content: ArticleContent, scheme: Scheme, label: Label, fragments: Sequence[Fragment]
    ) -> Span | None:
        """Return the chosen claim, when it is in no attribution yet and these words say who or how."""
        claim = content.record(self._session.chosen)
        if (
            not isinstance(claim, Span)
            or claim.label != scheme.named("CLAIM")
            or scheme.meant("ATTRIBUTION") is None
        ):
            return None
        is_held = bool(looking.frames_of(content, claim.id, scheme.named("ATTRIBUTION")))
        if is_held or scheme.meaning(label.name) not in (*MENTIONS, *WORDS):
            return None
        paragraph = self._view.paragraph_at(claim.start)
        is_beside = paragraph == self._view.paragraph_at(fragments[0].start)
        mine = self._session.annotator
        return claim if is_beside and mine is not None and claim.annotator == mine.id else None

    def entity(self) -> None:
        """Wait for the letter of an entity label, then put that label."""
        scheme = self._session.scheme
        labels = scheme.of("span", "entity") if scheme is not None else ()
        shown = letters(tuple(one for one in labels if one.is_offered))
        if not shown:
            self._say(self.tr("This project's scheme has no entity labels."))
            return
        answers = {
            letter: (in_sentence(label.title or label.name), self._putter(label.name))
            for letter, label in shown.items()
        }
        self._prompt.ask(self.tr("Entity:"), answers)

    def picker(self) -> None:
        """Pop up all labels at the caret, recent ones first."""
        scheme = self._session.scheme
        if scheme is None:
            return
        labels = [one for one in scheme.labels if one.kind != "frame" and not one.retired]
        labels.sort(key=lambda one: self._recent.index(one.name) if one.name in self._recent else 99)
        choices = [
            Choice(one.title or one.name, self._putter(one.name), also=f"{one.name} {one.group}")
            for one in labels
        ]
        popup = Picker(self._view, self.tr("Label: type, or press a digit"), 320)
        popup.offer(choices, digits=True)
        popup.open_beside(self._view.viewport(), self._view.caret_rect())

    def fragment(self) -> None:
        """Add the selection, or the quotation here, to the chosen span or the chosen frame's claim."""
        content = self._session.content
        span = self._to_continue(content) if content is not None else None
        piece = self._view.selection or self._view.page.units.quotation_at(self._view.caret)
        if content is None or span is None:
            text = self.tr("Choose a span first (click it, or {0}), then select the words to add to it.")
            self._say(text, "overlap")
        elif piece is None or any(piece.start < one.end and one.start < piece.end for one in span.fragments):
            self._say(self.tr("Select the words to add to the chosen span, then press {0}."), "fragment")
        else:
            fragments = sorted([*span.fragments, piece])
            self._view.select(None)
            self._session.do(lambda project: project.change_span(span.id, fragments=fragments))

    def _to_continue(self, content: ArticleContent) -> Span | None:
        """Return the chosen span, or the claim of the chosen frame."""
        found = content.record(self._session.chosen)
        if isinstance(found, Frame):
            found = content.record(next(iter(found.ends("claim")), None))
        return found if isinstance(found, Span) else None

    def delete(self) -> None:
        """Delete the chosen span or frame whole; a chosen suggestion is rejected."""
        content, scheme = self._session.content, self._session.scheme
        found = content.record(self._session.chosen) if content is not None else None
        if found is None or content is None or scheme is None:
            self._say(self.tr("Choose a span or a frame first: click it, or press {0}."), "overlap")
        elif isinstance(found, SuggestedSpan | SuggestedFrame):
            self._session.do(
                lambda project: project.reject([found.id]),
                lambda changes: say_along(self._session, scheme, found, changes),
            )
        else:
            ids = looking.whole(content, found, scheme) if isinstance(found, Frame) else [found.id]
            self._session.do(lambda project: project.remove(ids))

    def note(self) -> None:
        """Write a note on what is chosen, else on the label under the caret or its attribution."""
        content = self._session.content
        found = content.record(self._session.chosen) if content is not None else None
        if found is None and content is not None:
            found = self._under_caret(content)
        if found is None:
            self._say(self.tr("Choose a span or a frame first: click it, or press {0}."), "overlap")
        elif isinstance(found, SuggestedSpan | SuggestedFrame):
            self._say(self.tr("A suggestion takes no note: accept it first with {0}."), "accept")
        else:
            self._session.choose(found.id)
            self.note_wanted.emit()

    def _under_caret(self, content: ArticleContent) -> Shown | None:
        """Return the attribution of the shortest span under the caret, or that span; else a suggestion."""
        scheme, caret = self._session.scheme, self._view.caret
        spans = looking.spans_at(content, caret)
        if spans:
            frames = looking.frames_of(content, spans[0].id, looking.named(scheme, "ATTRIBUTION"))
            return frames[0] if frames else spans[0]
        return looking.suggestion_at(content, scheme, caret) if scheme is not None else None

    def nothing_here(self) -> None:
        """Record that this paragraph was read and holds nothing."""
        content = self._session.content
        if content is not None:
            self._nothing(content, self._view.paragraph_at(self._view.caret))

    def nothing_in_article(self) -> None:
        """Record that this article was read and holds nothing."""
        content = self._session.content
        if content is not None:
            self._nothing(content, None)

    def move_fragments(self, span: Id, fragments: Sequence[Fragment]) -> None:
        """Store new edges of a span; what is suggested is taken with them."""
        pieces, content = tuple(fragments), self._session.content
        found = content.record(span) if content is not None else None
        if content is not None and isinstance(found, SuggestedSpan):
            self.taking.with_edges(content, found, pieces)
            return
        self._session.do(lambda project: project.change_span(span, fragments=pieces))

    def _nothing(self, content: ArticleContent, stretch: Fragment | None) -> None:
        """Record emptiness for all, or for the next layer in which nothing is marked here."""
        scheme, annotator = self._session.scheme, self._session.annotator
        if scheme is None or annotator is None:
            return
        layer = layer_left(content, scheme, annotator.id, stretch)
        if layer is None:
            self._say(self.tr("Every layer here is recorded as empty already, or has something marked."))
            return
        what = self.tr("nothing") if layer == "all" else self.tr("no {0}").format(layer)
        where = self.tr("this paragraph") if stretch is not None else self.tr("this article")
        said = self.tr("Recorded: {0} in {1}.").format(what, where)
        article = content.article.id
        self._session.do(
            lambda project: project.record_nothing(article, layer, stretch), lambda _: self._say(said)
        )

    def _link_twin(self, twin: Span, frame: Frame | None, role: str) -> None:
        content = self._session.content
        chosen = content.record(self._session.chosen) if content is not None else None
        if isinstance(chosen, Frame) and any(end.end == twin.id for end in chosen.roles):
            self._say(self.tr("These words are in the chosen frame already."))
        elif frame is not None:
            self._session.do(lambda project: project.link(frame.id, role, "span", twin.id))
        else:
            self._session.choose(twin.id)
            self._say(self.tr("These words have this label already."))

    def _choose_new(self, changes: Changes) -> None:
        made = (*changes.of(Frame), *changes.of(Span))
        new = [change.after for change in made if change.before is None and change.after]
        if new:
            self._session.choose(new[0].id)

    def _putter(self, name: str) -> Callable[[], None]:
        return lambda: self.put(name)

    def _remember(self, name: str) -> None:
        self._recent = [name, *(one for one in self._recent if one != name)]

    def _say(self, text: str, action: str = "") -> None:
        """Say a sentence, in which the key of an action may be named."""
        self._session.warned.emit(text.format(self._key(action)) if action else text)
