"""A project: every small operation a person can do, each one step that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.model.article_filter import ArticleFilter, Order
from annotator.model.changes import Changes
from annotator.model.ids import Id, new_id
from annotator.model.job import Job
from annotator.model.records import (
    Actor,
    Annotator,
    ArticleContent,
    ArticleRow,
    Attributes,
    ClaimCard,
    EndKind,
    Fragment,
    Frame,
    Hit,
    Layer,
    Origin,
    Reading,
    RoleEnd,
    Span,
)
from annotator.model.scheme import Scheme
from annotator.services import (
    project_above,
    project_articles,
    project_checking,
    project_frames,
    project_proposing,
    project_rejecting,
    project_removing,
    project_spans,
    project_stances,
    project_suggestions,
)
from annotator.services.project_annotators import Annotators
from annotator.services.project_article_facts import Articles
from annotator.services.project_finding import Finder
from annotator.services.project_ground import TOOL, Ground, Plan, SuggestionPlan
from annotator.services.project_nesting import nested
from annotator.services.project_pairs import Pairs
from annotator.services.project_record import Decisions
from annotator.services.project_scheme import Schemes
from annotator.services.project_spans import Pieces
from annotator.services.project_writing import Writer
from annotator.store.findings import Finding
from annotator.store.journal import Operation
from annotator.store.queries import Counts
from annotator.store.since import Since
from annotator.store.store import Store

Maybe = str | None
Ids = Collection[Id]
Values = Attributes | None
Ends = Sequence[RoleEnd]

__all__ = ["Counts", "Finding", "Operation", "Plan", "Project", "SuggestionPlan"]


class Project:
    """An open project file; used on the thread that opened it."""

    def __init__(self, store: Store, annotator: str) -> None:
        self._store = store
        self._writer = own = Writer(store, annotator)
        self.path, self.read_only, self.notices = store.path, store.read_only, store.notices
        self.project_id, self.clock, self.telling = store.project_id, store.clock, own.telling
        self.stored_articles, self.pairs = store.stored_articles, Pairs(store, own)
        self.finder, self.schemes = Finder(store, own), Schemes(store, own)
        self.decisions, self.people = Decisions(store), Annotators(store, own)
        self.articles = Articles(own)

    @classmethod
    def create(cls, path: Path, scheme: Scheme, annotator: str = "") -> Project:
        """Create a project file; raises UserError when the file exists or cannot be written."""
        project_above.allow_name(annotator)
        return cls(Store.create(path, scheme, TOOL), annotator)

    @classmethod
    def open(cls, path: Path, annotator: str = "", *, read_only: bool = False) -> Project:
        """Open a project file as that annotator, else as the last one, else by the login name."""
        project_above.allow_name(annotator)
        return cls(Store.open(path, TOOL, read_only=read_only), annotator)

    def is_at(self, path: Path) -> bool:
        """Tell whether the open file itself lies at a path, also where it was moved to meanwhile."""
        return self._store.is_at(path)

    def close(self) -> None:
        """Close the file."""
        self._store.close()

    @property
    def scheme(self) -> Scheme:
        """The scheme that holds now."""
        return self._writer.scheme

    @property
    def annotator(self) -> Annotator:
        """Who is at work."""
        return self._writer.annotator

    def article_ids(self, order: Order = "given", where: ArticleFilter | None = None) -> Sequence[Id]:
        """Return the articles in an order, those that a filter lets through."""
        return self._store.article_ids(order, where, by=self.annotator.id)

    def read_on(self, where: ArticleFilter) -> bool:
        """Read the next slice of what a filter needs, so that others may ask; tells whether there was one."""
        return self._store.listing.read_on(where)

    def article_rows(
        self, ids: Sequence[Id], hidden: Iterable[str] = (), passed: Collection[str] = ()
    ) -> tuple[ArticleRow, ...]:
        """Return what the list of articles shows, in the order of `ids`; `hidden` labels wait for nobody."""
        left_out = {*self._writer.hidden, *hidden}
        return self._store.article_rows(ids, by=self.annotator.id, hidden=left_out, passed=passed)

    def content(self, article: Id) -> ArticleContent:
        """Return an article with all that belongs to it; raises KeyError when there is none."""
        return self._store.content(article)

    def find_content(self, article: Id) -> ArticleContent | None:
        """Return an article with all that belongs to it; None when it is not in the project (any more)."""
        try:
            return self.content(article)
        except KeyError:
            return None

    def contents(self, by: Ids | None = None, articles: Ids | None = None) -> Iterator[ArticleContent]:
        """Yield all articles, or these, in the order given, with the work of these annotators or of all."""
        return self._store.contents(by, articles)

    def since(self) -> Since:
        """Return what hears of all that is written from now on; it is to be told when it `is_over`."""
        return self._store.articles.since()

    def contents_then(self, since: Since, by: Ids | None, articles: Ids) -> list[ArticleContent]:
        """Return articles as they were when `since` began to hear; raises Overtaken."""
        return self._store.articles.then(since, by, articles)

    def find_article(self, name: str) -> Id | None:
        """Return the article with that id, file name or title."""
        return self._store.find_article(name)

    def known_texts(self) -> dict[str, Id]:
        """Return the articles by the SHA-256 of their text."""
        return self._store.known_texts()

    def search(self, text: str, limit: int = 200) -> tuple[Hit, ...]:
        """Return where the words stand in the articles."""
        return self._store.search(text, limit)

    def counts(self, by: Id | None = None) -> Counts:
        """Return how much the project holds; what is done is done `by` that annotator, else by anybody."""
        return self._store.counts(by)

    def history(self, limit: int = 60) -> tuple[Operation, ...]:
        """Return the last operations, newest first."""
        return self._store.history(limit)

    def undo_name(self) -> str | None:
        """Return the operation that undo would take back."""
        return self._store.undo_name()

    def redo_name(self) -> str | None:
        """Return the operation that redo would do again."""
        return self._store.redo_name()

    def actors(self) -> tuple[Actor, ...]:
        """Return all actors."""
        return self._store.all(Actor)

    def claim_cards(self) -> tuple[ClaimCard, ...]:
        """Return all claim cards."""
        return self._store.all(ClaimCard)

    def annotators(self) -> tuple[Annotator, ...]:
        """Return everybody who made something here."""
        return self._store.all(Annotator)

    def author(self, article: Id) -> Actor | None:
        """Return the author of an article as an actor, if there is one yet."""
        return project_above.author(self._store, article)

    def frames_with_end(self, ids: Iterable[Id]) -> tuple[Frame, ...]:
        """Return the frames, of any article, with a role that points to one of these."""
        return self._store.frames_with_end(ids)

    def spans_with(self, *, actor: Id | None = None, claim_card: Id | None = None) -> tuple[Span, ...]:
        """Return the spans, of any article, that carry this actor or are on this claim card."""
        return self._store.spans_with(actor=actor, claim_card=claim_card)

    def setting(self, name: str) -> str:
        """Return a setting of the project; empty when it was never set."""
        found = project_above.setting(self._store, name)
        return found.value if found else ""

    def check(self) -> Job[tuple[Finding, ...]]:
        """Check the file, the offsets and the scheme; changes nothing."""
        return project_checking.check(self._ground)

    def copy_to(self, path: Path) -> Job[None]:
        """Write a verified copy of the project file."""
        return self._store.copy_to(path)

    def add_span(
        self,
        article: Id,
        label: str,
        fragments: Pieces,
        *,
        attributes: Values = None,
        actor: Id | None = None,
        note: str = "",
        frame: Id | None = None,
        role: str = "",
        origin: Origin = "person",
    ) -> Changes:
        """Label a stretch; with a frame and a role, also link it there."""
        span = project_spans.new_span(self._ground, article, label, fragments)
        span = project_spans.described(span, attributes, actor, note, origin)
        edits = nested(self._ground, project_spans.add(self._ground, span, frame, role))
        return self._writer.small(self._writer.adding(label), edits, article)

    def change_span(
        self,
        span: Id,
        *,
        label: Maybe = None,
        fragments: Pieces | None = None,
        attributes: Values = None,
        note: Maybe = None,
        frame: Id | None = None,
    ) -> Changes:
        """Change what is given; an empty value takes an attribute away, a frame gets other words alone."""
        edits = project_spans.change(
            self._ground, span, label, fragments, attributes=attributes, note=note, frame=frame
        )
        edits = edits if fragments is None else nested(self._ground, edits)
        return self._writer.small("Change span", edits)

    def set_actor(self, span: Id, actor: Id | None) -> Changes:
        """Say who a span names, or that nobody is known."""
        return self._writer.small("Set actor", project_spans.set_actor(self._ground, span, actor))

    def set_claim_card(self, span: Id, card: Id | None, *, moves: bool = False) -> Changes:
        """Put a claim on a claim card, where it `moves` from another one too, or take it off."""
        edits = project_spans.set_card(self._ground, span, card, moves=moves)
        return self._writer.small("Set claim card", edits)

    def add_frame(
        self, article: Id, label: str, roles: Ends = (), *, attributes: Values = None, note: str = ""
    ) -> Changes:
        """Add a frame of stored records."""
        edits = project_frames.add(self._ground, article, label, roles, attributes=attributes, note=note)
        return self._writer.small(self._writer.adding(label), edits, article)

    def change_frame(
        self, frame: Id, *, label: Maybe = None, attributes: Values = None, note: Maybe = None
    ) -> Changes:
        """Change what is given; attributes are set one by one, an empty value takes one away."""
        edits = project_frames.change(self._ground, frame, label, attributes, note)
        return self._writer.small("Change frame", edits)

    def link(self, frame: Id, role: str, kind: EndKind, end: Id) -> Changes:
        """Let one more record fill a role of a frame."""
        return self._writer.small("Link", project_frames.link(self._ground, frame, role, kind, end))

    def unlink(self, frame: Id, role: str, end: Id) -> Changes:
        """Take a record out of a role of a frame."""
        edits = nested(self._ground, project_frames.unlink(self._ground, frame, role, end))
        return self._writer.small("Unlink", edits)

    def add_implicit_source(self, frame: Id, who: project_frames.ImplicitSource) -> Changes:
        """Say that a source is not in the text; the actor that stands for it is made if missing."""
        return self._writer.small("Add source", project_frames.add_implicit_source(self._ground, frame, who))

    def add_attribution(
        self, article: Id, *, claim: Pieces = (), source: Pieces = (), cue: Pieces = (), further: Ends = ()
    ) -> Changes:
        """Add an attribution with its spans, and with further ends that are stored, in one step."""
        edits = project_frames.add_attribution(
            self._ground, article, claim=claim, source=source, cue=cue, further=further
        )
        return self._writer.small("Add attribution", nested(self._ground, edits), article)

    def add_stance(
        self, article: Id, *, holder: Id | None, holder_mention: Id | None, target: RoleEnd, value: str
    ) -> Changes:
        """Add a stance; without a holder, it is the actor whom the mention names."""
        edits = project_stances.add(
            self._ground, article, holder=holder, mention=holder_mention, target=target, value=value
        )
        return self._writer.small("Add stance", edits, article)

    def add_stance_of_suggested(self, attribution: Id, target: RoleEnd, value: str) -> Changes:
        """Accept an attribution with the target as its claim, and add the stance of its source on it."""
        edits = project_stances.add_of_suggested(self._ground, attribution, target, value)
        return self._writer.small("Add stance", edits)

    def remove(self, ids: Iterable[Id]) -> Changes:
        """Remove spans, frames and other small records; roles that point to them are emptied."""
        edits = nested(self._ground, project_removing.remove(self._ground, ids))
        return self._writer.small("Remove", edits, begins=False)

    def accept(self, suggestions: Iterable[Id], instead: tuple[str, Pieces] | None = None) -> Changes:
        """Make spans and frames of suggestions; of a frame, a label and other words replace one part."""
        return self._writer.small(*project_suggestions.accept(self._ground, suggestions, instead))

    def reject(self, suggestions: Iterable[Id]) -> Changes:
        """Reject suggestions; they are kept and not proposed again."""
        return self._writer.small(*project_rejecting.reject(self._ground, suggestions))

    def reopen(self, suggestions: Iterable[Id]) -> Changes:
        """Make decided suggestions open again."""
        return self._writer.small(*project_rejecting.reopen(self._ground, suggestions))

    def record_nothing(self, article: Id, layer: Layer, stretch: Fragment | None = None) -> Changes:
        """Record that a stretch, or the article, was read and holds nothing."""
        edits = project_articles.record_nothing(self._ground, article, layer, stretch)
        return self._writer.small("Record “nothing here”", edits, article)

    def set_reading(self, article: Id, state: Reading) -> Changes:
        """Say how far the annotator at work is with an article."""
        name = "Mark as done" if state == "done" else "Mark as begun"
        return self._writer.small(name, project_articles.set_reading(self._ground, article, state))

    def add_actor(
        self,
        name: str,
        kind: str = "unspecified",
        article: Id | None = None,
        *,
        aliases: Sequence[str] = (),
        affiliation: str = "",
        role: str = "",
        note: str = "",
        span: Id | None = None,
    ) -> Changes:
        """Add an actor; with a span, also say that this names it."""
        actor = Actor(new_id(), name.strip(), kind, tuple(aliases), affiliation, role, note, article)
        return self._writer.small("Add actor", project_above.add_actor(self._ground, actor, span))

    def change_actor(self, actor: Actor) -> Changes:
        """Store an actor in place of the one with its id."""
        return self._writer.small("Change actor", project_above.change_actor(self._ground, actor))

    def author_of(self, article: Id) -> Changes:
        """Make the author of an article an actor, unless there is one."""
        return self._writer.small("Add author", project_above.make_author(self._ground, article))

    def add_claim_card(self, wording: str, members: Iterable[Id] = (), *, moves: bool = False) -> Changes:
        """Add a claim card with its member claims, which may `move` from others."""
        edits = project_above.add_card(self._ground, wording, members, moves=moves)
        return self._writer.small("Add claim card", edits)

    def change_claim_card(self, card: ClaimCard) -> Changes:
        """Store a claim card in place of the one with its id."""
        return self._writer.small("Change claim card", project_above.change_card(self._ground, card))

    def set_setting(self, name: str, value: str, *withdrawals: SuggestionPlan) -> Changes:
        """Set a setting of the project, and write plans that withdraw suggestions in the same step."""
        operation, edits = project_above.setting_step(self._store, name, value)
        if not withdrawals:
            return self._writer.small(operation, edits)
        plans = project_proposing.fresh(self._ground, withdrawals, self.annotator.id)
        return self._writer.large(operation, replace(plans, opening=tuple(edits)))

    def write_import(self, plan: Plan, *, by: Id | None = None, undoable: bool = True) -> Changes:
        """Write what an import computed, in one step, `by` an annotator: else by who is at work now."""
        edits = self.schemes.grown(plan, by or self.annotator.id)
        return self._writer.large(plan.operation, edits, by=by, undoable=undoable)

    def write_suggestions(self, *plans: SuggestionPlan, undoable: bool) -> Changes:
        """Write what suggesters proposed, in one step; nothing decided before comes again."""
        edits = project_proposing.fresh(self._ground, plans, self.annotator.id)
        return self._writer.large(project_proposing.name_of(plans), edits, undoable=undoable)

    def undo(self) -> Changes | None:
        """Take back the last operation; None when there is nothing to take back."""
        return self._writer.undo()

    def redo(self) -> Changes | None:
        """Do again what was taken back; None when there is nothing."""
        return self._writer.redo()

    @property
    def _ground(self) -> Ground:
        return self._writer.ground
