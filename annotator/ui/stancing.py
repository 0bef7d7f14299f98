"""What the stance key does: who stands where on what, each proposed, each changed by one key more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject

from annotator.model.ids import Id
from annotator.model.records import (
    Actor,
    ArticleContent,
    ClaimCard,
    Fragment,
    Frame,
    RoleEnd,
    Shown,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.model.rules import in_sentence
from annotator.model.scheme import Scheme
from annotator.model.suggesting import named_actors
from annotator.ui import looking
from annotator.ui.another import PARTS
from annotator.ui.article_view.view import ArticleView
from annotator.ui.linking import LETTERS
from annotator.ui.panels.words import quoted
from annotator.ui.picker import Choice, Picker
from annotator.ui.prompt import BACK, LEAVE, NEXT, Answer, Prompt
from annotator.ui.session import Session
from annotator.ui.sides import Side, sides
from annotator.ui.stance_taking import StanceTaking

TARGET = "◎"
WHO = "0"
_WORDS = 48


@dataclass(frozen=True, slots=True)
class Question:
    """A stance that waits for its value: the sides that may be meant, which of them, the values."""

    sides: Sequence[Side]
    at: int
    values: tuple[str, ...]
    hand: Side
    """Whose the stance is on anything that is not among the sides."""

    @property
    def side(self) -> Side:
        """The side that is proposed now."""
        return self.sides[self.at]

    def turned(self, at: int) -> Question:
        """Return the question about another of the sides."""
        return replace(self, at=at % len(self.sides))

    def on(self, side: Side) -> Question:
        """Return the question about a side that is not among them."""
        return replace(self, sides=[*self.sides, side], at=len(self.sides))


class Stancing(QObject):
    """Adds and changes stances."""

    def __init__(
        self, session: Session, view: ArticleView, prompt: Prompt, key: Callable[[str], str]
    ) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._prompt = prompt
        self._key = key
        self._taking = StanceTaking(session, prompt, self)

    def begin(self) -> None:
        """Wait for 1 to 4, then add a stance on the proposed target by the source of the frame at hand."""
        self._taking.keep()
        self._begin()

    def _begin(self) -> None:
        content, scheme = self._session.content, self._session.scheme
        label = scheme.meant("STANCE") if scheme is not None else None
        attribute = label.attribute("value") if label is not None else None
        if content is None or scheme is None or label is None or attribute is None:
            self._say(self.tr("This project's scheme has no stances."))
            return
        found = content.record(self._session.chosen)
        if isinstance(found, Frame) and found.label == label.name:
            stance = found.id
            self._prompt.ask(
                self.tr("Stance:"),
                self._by_digit(attribute.values, lambda value: self._change(stance, value)),
            )
            return
        first = looking.target_of(found, content, scheme) or self._claim_here(content)
        if first is None and self._is_suggested(content, scheme, found):
            self._begin_on_suggested(content, scheme, found)
            return
        if first is None:
            text = self.tr("Choose a claim first: {0} on a quotation.")
            self._say(text.format(self._key("label.CLAIM")))
            return
        frame = self._at_hand(content, first)
        # Whoever it is that said it, where no source is known, does not answer somebody else.
        is_pointed = (isinstance(found, Span) and found.id == first.end) or not _has_source(frame)
        found_sides = sides(content, scheme.named("CLAIM"), first, frame, is_pointed=is_pointed)
        self._ask(content, Question(found_sides, 0, attribute.values, Side(frame, first)))

    def _is_suggested(self, content: ArticleContent, scheme: Scheme, found: Shown | None) -> bool:
        """Tell whether what is chosen, else what lies under the caret, is of an attribution that waits."""
        if found is None:
            found = looking.suggestion_at(content, scheme, self._view.caret)
        if isinstance(found, SuggestedSpan):
            frame = looking.waiting_frame_of(content, found.id)
            return frame is not None or scheme.meaning(found.label) in PARTS
        return isinstance(found, SuggestedFrame)

    def _begin_on_suggested(self, content: ArticleContent, scheme: Scheme, found: Shown | None) -> None:
        """Accept the suggested attribution at hand, then ask; what else is suggested is decided on first."""
        if found is None:
            found = looking.suggestion_at(content, scheme, self._view.caret)
        if isinstance(found, SuggestedSpan):
            found = looking.waiting_frame_of(content, found.id)
        if not isinstance(found, SuggestedFrame) or found.label != scheme.named("ATTRIBUTION"):
            self._say(self.tr("Accept the suggestion first: {0}.").format(self._key("accept")))
            return

        def _ask(became: Id) -> None:
            self._session.choose(became)
            self._begin()

        self._taking.take(found.id, _ask)

    def _ask(self, content: ArticleContent, asked: Question) -> None:
        """Ask for the value; letters and Tab choose what else the stance may be on, Space lists it all."""
        self._taking.is_listing = False
        side = asked.side
        answers: dict[str, Answer] = dict(self._by_digit(asked.values, lambda value: self._add(side, value)))
        letters = self._letters(asked)
        for letter, at in letters.items():
            answers[letter] = ("", self._turner(content, asked, at))
        if len(asked.sides) > 1:
            answers[NEXT] = (self.tr("on another"), self._turner(content, asked, asked.at + 1))
            answers[BACK] = ("", self._turner(content, asked, asked.at - 1))
        answers[" "] = (self.tr("list"), lambda: self._list(content, asked))
        answers[WHO] = (self.tr("by somebody else"), lambda: self._list_holders(content, asked))
        if self._taking.is_taken:
            answers[LEAVE] = (self.tr("as it was"), lambda: None)  # as whatever leaves it unanswered
        question = self.tr("{0} on {1}:").format(
            self._by_whom(content, side), self._named(content, side.target)
        )
        target = content.record(side.target.end) if side.target.kind == "span" else None
        about = Fragment(target.start, target.end) if isinstance(target, Span) else None
        self._prompt.ask(question, answers, about=about)
        hints = {asked.sides[at].target.end: letter for letter, at in letters.items()}
        if side.target.kind == "span":
            hints[side.target.end] = TARGET
        self._view.set_hints(hints)

    def _letters(self, asked: Question) -> dict[str, int]:
        """Return a letter for each other claim in view, and which side it stands for."""
        seen = {asked.side.target.end}
        others: list[int] = []
        for at, one in enumerate(asked.sides):
            if (
                one.target.kind == "span"
                and one.target.end not in seen
                and self._view.is_seen(one.target.end)
            ):
                others.append(at)
                seen.add(one.target.end)
        return dict(zip(LETTERS, others, strict=False))

    def _by_digit(self, values: Sequence[str], act: Callable[[str], None]) -> Mapping[str, Answer]:
        def _act(value: str) -> Callable[[], None]:
            return lambda: act(value)

        return {str(at): (value, _act(value)) for at, value in enumerate(values, 1)}

    def _turner(self, content: ArticleContent, asked: Question, at: int) -> Callable[[], None]:
        def _turn() -> None:
            turned = asked.turned(at)
            if turned.side.target.kind == "span":
                span = content.record(turned.side.target.end)
                self._view.reveal(looking.place_of(content, span) if span is not None else self._view.caret)
            self._ask(content, turned)

        return _turn

    def _list(self, content: ArticleContent, asked: Question) -> None:
        """Pop up everything that a stance may be on: claims, actors, claim cards, the article itself."""

        def _choices(whole: ArticleContent) -> list[Choice]:
            every = [asked.turned(at) for at in range(len(asked.sides))]
            every += (asked.on(replace(asked.hand, target=one)) for one in self._further(whole))
            return [self._choice(whole, one) for one in every]

        self._offer(self.tr("Stance on: type a few letters"), content, asked, _choices)

    def _choice(self, content: ArticleContent, asked: Question) -> Choice:
        target = asked.side.target
        kind = self._kind(content, target)
        return Choice(self._named(content, target), self._turner(content, asked, asked.at), kind, also=kind)

    def _further(self, content: ArticleContent) -> list[RoleEnd]:
        """Return what else a stance may be on: actors, claim cards, the article, words that are no claim."""
        scheme = self._session.scheme
        entities = {one.name for one in scheme.of("span", "entity")} if scheme is not None else set()
        found = [RoleEnd("target", "actor", one.id) for one in content.actors]
        found += (RoleEnd("target", "claim_card", one.id) for one in content.claim_cards)
        found.append(RoleEnd("target", "article", content.article.id))
        words = (one for one in content.spans if one.label not in (*entities, self._named_label("CLAIM")))
        return [*found, *(RoleEnd("target", "span", one.id) for one in words)]

    def _list_holders(self, content: ArticleContent, asked: Question) -> None:
        """Pop up everybody who may hold the stance: the sources of the article's attributions, the actors."""
        target = asked.side.target
        speaking = [one for one in content.frames if one.ends("source")]
        place = partial(looking.place_of, content)
        speaking.sort(key=lambda one: abs(place(one) - self._view.caret))

        def _choices(whole: ArticleContent) -> list[Choice]:
            known = (one for one in whole.actors if one.article in (None, content.article.id))
            held = [*(Side(one, target) for one in speaking), *(Side(None, target, one.id) for one in known)]
            return [
                Choice(
                    self._holder_name(whole, one),
                    self._turner(whole, Question([one], 0, asked.values, one), 0),
                    self.tr("actor") if one.holder is not None else self.tr("source"),
                )
                for one in held
            ]

        self._offer(self.tr("Stance of: type a few letters"), content, asked, _choices)

    def _offer(
        self,
        hint: str,
        content: ArticleContent,
        asked: Question,
        choices: Callable[[ArticleContent], Sequence[Choice]],
    ) -> None:
        """Pop up a list, of what the article knows at first, with all of the project in a moment.

        Who leaves it is asked the same again.
        """
        popup = Picker(self._view, hint, 460)
        self._taking.is_listing = True
        popup.left.connect(lambda: self._ask(content, asked))
        popup.offer(choices(content))
        popup.open_beside(self._view.viewport(), self._view.caret_rect())

        def _offer_all(found: tuple[tuple[Actor, ...], tuple[ClaimCard, ...]]) -> None:
            popup.offer(choices(replace(content, actors=found[0], claim_cards=found[1])))

        self._session.ask(lambda project: (project.actors(), project.claim_cards()), _offer_all)

    def _kind(self, content: ArticleContent, target: RoleEnd) -> str:
        span, scheme = content.record(target.end), self._session.scheme
        if isinstance(span, Span):
            label = scheme.label(span.label) if scheme is not None else None
            return in_sentence((label.title if label is not None else "") or span.label)
        kinds = {
            "actor": self.tr("actor"),
            "claim_card": self.tr("claim card"),
            "article": self.tr("article"),
        }
        return kinds.get(target.kind, "")

    def _change(self, frame: Id, value: str) -> None:
        self._session.do(lambda project: project.change_frame(frame, attributes={"value": value}))

    def _add(self, side: Side, value: str) -> None:
        self._taking.keep()
        content, target = self._session.content, side.target
        if content is None:
            return
        article = content.article.id
        holder, mention = self._holder(content, side)
        suggested = self._suggested(content, side) if holder is None and mention is None else None
        if suggested is not None:
            text = self.tr("Stance: {0}. The suggested source was taken along; {1} takes it back.")
            said, attribution = text.format(value, self._key("undo")), suggested.id
            self._session.do(
                lambda project: project.add_stance_of_suggested(attribution, target, value),
                lambda _: self._say(said),
            )
            return
        if holder is None and mention is None:
            text = self.tr(
                "Who holds it? Add the source first: {0} on its words, or {1} when it is not named."
            )
            self._say(text.format(self._key("label.SOURCE"), self._key("implicit")))
            return
        twin = self._same(content, holder, mention, target, value)
        if twin is not None:
            self._say(self.tr("This stance is there already: {0}.").format(value))
            return
        self._session.do(
            lambda project: project.add_stance(
                article, holder=holder, holder_mention=mention, target=target, value=value
            ),
            lambda _: self._say(self.tr("Stance: {0}.").format(value)),
        )

    def _same(
        self, content: ArticleContent, holder: Id | None, mention: Id | None, target: RoleEnd, value: str
    ) -> Frame | None:
        """Return the annotator's own stance that says the same, if there is one."""
        mine, label = self._session.annotator, self._named_label("STANCE")
        who = ("holder_mention", mention) if mention is not None else ("holder", holder)
        for one in content.frames:
            ends = {(end.role, end.end) for end in one.roles}
            is_same = (one.label, one.attributes.get("value")) == (label, value)
            if is_same and {who, ("target", target.end)} <= ends and mine and one.annotator == mine.id:
                return one
        return None

    def _at_hand(self, content: ArticleContent, target: RoleEnd) -> Frame | None:
        """Return the attribution whose source takes the side: the chosen one, else that of the claim."""
        chosen = looking.frame_of_chosen(content, self._session.chosen, self._named_label("ATTRIBUTION"))
        return chosen or next(iter(self._by(content, target)), None)

    def _by(self, content: ArticleContent, target: RoleEnd) -> list[Frame]:
        return looking.frames_of(content, target.end, self._named_label("ATTRIBUTION"))

    def _named_label(self, meaning: str) -> str:
        return looking.named(self._session.scheme, meaning)

    def _holder(self, content: ArticleContent, side: Side) -> tuple[Id | None, Id | None]:
        """Return the actor and the words of whoever takes a side: the source of its attribution."""
        if side.holder is not None:
            return side.holder, None
        for frame in (side.frame,) if side.frame is not None else self._by(content, side.target):
            for source in frame.ends("source"):
                span = content.record(source)
                if isinstance(span, Span):
                    return span.actor, span.id
            for actor in frame.ends("implicit_source"):
                return actor, None
        return None, None

    def _suggested(self, content: ArticleContent, side: Side) -> SuggestedFrame | None:
        """Return the attribution suggested for a claim that nobody is the source of yet."""
        claim = content.record(side.target.end)
        if side.frame is not None or side.holder is not None or not isinstance(claim, Span):
            return None
        return looking.suggested_for(content, claim, self._named_label("ATTRIBUTION"))

    def _by_whom(self, content: ArticleContent, side: Side) -> str:
        name = self._holder_name(content, side)
        return self.tr("Stance of {0}").format(name) if name else self.tr("Stance")

    def _holder_name(self, content: ArticleContent, side: Side) -> str:
        actor, mention = self._holder(content, side)
        suggested = self._suggested(content, side) if actor is None and mention is None else None
        if suggested is not None:
            mention = next(iter(looking.proposed(suggested, "source")), None)
            named = dict(named_actors(suggested.attributes)).get(looking.IMPLICIT)
            if mention is None and named is not None:
                return named or self.tr("the author")
        words = content.record(mention)
        if isinstance(words, Span | SuggestedSpan):
            return quoted(looking.words(content, words.fragments, 30))
        return next((one.name for one in content.actors if one.id == actor), "")

    def _named(self, content: ArticleContent, target: RoleEnd) -> str:
        if target.kind == "article":
            return self.tr("the article")
        span = content.record(target.end)
        if isinstance(span, Span):
            return quoted(looking.words(content, span.fragments, _WORDS))
        cards = {one.id: one.wording for one in content.claim_cards}
        return cards.get(target.end) or next((one.name for one in content.actors if one.id == target.end), "")

    def _claim_here(self, content: ArticleContent) -> RoleEnd | None:
        here = looking.spans_at(content, self._view.caret, self._named_label("CLAIM"))
        return RoleEnd("target", "span", here[0].id) if here else None

    def _say(self, text: str) -> None:
        self._session.warned.emit(text)


def _has_source(frame: Frame | None) -> bool:
    """Tell whether an attribution says who it is."""
    return frame is not None and bool(frame.ends("source") or frame.ends(looking.IMPLICIT))
