"""Turns the sample's annotations, anchored on quoted words, into records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.model.changes import Add, Edit
from annotator.model.ids import Id, new_id
from annotator.model.records import (
    Actor,
    Article,
    ArticleLabel,
    ArticleReading,
    Attributes,
    ClaimCard,
    EndKind,
    Fragment,
    Frame,
    NothingHere,
    RoleEnd,
    Span,
    SuggestedFrame,
    SuggestedSpan,
)
from annotator.services.project_ground import now
from annotator.services.sample_anchors import place, places

Table = Mapping[str, Any]
SUGGESTER = "sample"
_GOLD = ("entities", "attributions", "stances")
_KINDS: Mapping[str, EndKind] = {"claim": "span", "span": "span", "card": "claim_card"}


@dataclass(frozen=True, slots=True)
class Gold:
    """A plan that writes the sample's annotations for articles that are stored already."""

    data: Table
    articles: Mapping[str, Article]
    whole: bool = False
    """Annotate what is left to practise on as well, rather than suggest something there."""
    operation: str = "Add the sample's annotations"

    def edits(self, annotator: Id) -> Iterator[Edit]:
        """Yield the edits; raises UserError when words are not where they should be."""
        work = _Work(self.articles, annotator)
        for actor in self.data["actors"]:
            work.actor(actor)
        for card in self.data["cards"]:
            work.card(card)
        for article in self.data["articles"]:
            work.article(_whole(article) if self.whole else _with_practice(article))
        for link in self.data["links"]:
            work.link(link)
        return iter(work.edits)


def _whole(article: Table) -> Table:
    return {name: value for name, value in article.items() if name != "suggestions"}


def _with_practice(article: Table) -> Table:
    """Leave out what is there to practise on: single annotations, or all of an article."""
    if article.get("practice"):
        return {name: value for name, value in article.items() if name not in _GOLD}
    kept = {
        name: [one for one in article.get(name, ()) if not one.get("practice")]
        for name in ("attributions", "stances")
    }
    return {**article, **kept}


@dataclass(slots=True)
class _Work:
    """What was made so far, by the names that the file uses."""

    articles: Mapping[str, Article]
    annotator: Id
    ids: dict[str, Id] = field(default_factory=dict)
    """By `actor key`, `card key`, `claim name`, `source name`, `frame name`."""
    spans: dict[Id, list[Span]] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)

    def actor(self, data: Table) -> None:
        facts = {name: data.get(name, "") for name in ("affiliation", "role")}
        actor = Actor(new_id(), data["name"], data["kind"], tuple(data.get("aliases", ())), **facts)
        self.ids[f"actor {data['key']}"] = actor.id
        self.edits.append(Add(actor))

    def card(self, data: Table) -> None:
        card = ClaimCard(new_id(), data["wording"], data.get("note", ""))
        self.ids[f"card {data['key']}"] = card.id
        self.edits.append(Add(card))

    def article(self, data: Table) -> None:
        article = self.articles[data["name"]]
        self.spans[article.id] = []
        self._facts(article, data)
        self._entities(article, data.get("entities", {}))
        for one in data.get("attributions", ()):
            self._attribution(article, one)
        for one in data.get("stances", ()):
            self._stance(article, one)
        for one in data.get("article_stances", ()):
            self._article_stance(article, one)
        for one in data.get("suggestions", ()):
            self._suggestion(article, one)
        self.edits += map(Add, self.spans[article.id])

    def link(self, data: Table) -> None:
        article = self.articles[data["article"]]
        roles: list[RoleEnd] = []
        for role in ("original", "altered", "claim"):
            given = data.get(role, ())
            ends = [given] if isinstance(given, str) else given
            roles += (self._end(role, end, article) for end in ends)
        self._frame(article, data["label"], roles, data.get("is", {}), data.get("note", ""))

    def _facts(self, article: Article, data: Table) -> None:
        if data.get("author"):
            name = article.meta.get("byline") or "the author"
            author = Actor(new_id(), name, "author", article=article.id)
            self.ids[f"actor author of {article.name}"] = author.id
            self.edits.append(Add(author))
        made = (article.id, self.annotator, now())
        if "reading" in data:
            self.edits.append(Add(ArticleReading(new_id(), *made[:2], data["reading"], made[2])))
        if "kind" in data:
            kind = {"kind": data["kind"]}
            note = data.get("kind_note", "")
            label = ArticleLabel(new_id(), article.id, "ARTICLE_KIND", *made[1:], kind, note)
            self.edits.append(Add(label))
        for one in data.get("nothing", ()):
            stretch = place(article.text, one["stretch"])
            self.edits.append(Add(NothingHere(new_id(), article.id, one["layer"], *made[1:], stretch)))

    def _entities(self, article: Article, labels: Mapping[str, Sequence[str]]) -> None:
        named = [(words, label) for label, several in labels.items() for words in several]
        taken: list[Fragment] = []
        for words, label in sorted(named, key=lambda one: -len(one[0])):
            for found in places(article.text, words):
                if not any(found.start < end and start < found.end for start, end in taken):
                    taken.append(found)
                    self._span(article, label, [found])

    def _attribution(self, article: Article, data: Table) -> None:
        anchors = anchored(article.text, data)
        roles: list[RoleEnd] = []
        for role, fragments in anchors.items():
            span = self._span(article, role.upper(), fragments, data.get(f"{role}_is", {}), data)
            self.ids[f"{role} {data['name']}"] = span
            roles.append(RoleEnd(role, "span", span))
        cue: Sequence[Fragment] = anchors.get("cue") or anchors["claim"]
        heard = {
            role: place(article.text, data[role], cue) for role in ("addressee", "medium") if role in data
        }
        roles += (RoleEnd(role, "span", self._any_span(article, at)) for role, at in heard.items())
        if "implicit" in data:
            roles.append(RoleEnd("implicit_source", "actor", self.ids[f"actor {data['implicit']}"]))
        outer = {role: data[role] for role in ("parent", "continues") if role in data}
        roles += (RoleEnd(role, "frame", self.ids[f"frame {name}"]) for role, name in outer.items())
        values = {"anonymity": data["anonymity"]} if "anonymity" in data else {}
        self.ids[f"frame {data['name']}"] = self._frame(
            article, "ATTRIBUTION", roles, values, data.get("note", "")
        )

    def _stance(self, article: Article, data: Table) -> None:
        roles = [RoleEnd("holder", "actor", self.ids[f"actor {data['holder']}"])]
        if "mention" in data:
            roles.append(RoleEnd("holder_mention", "span", self.ids[f"source {data['mention']}"]))
        roles.append(self._end("target", data["target"], article))
        if "expression" in data:
            found = place(article.text, data["expression"])
            roles.append(RoleEnd("expression", "span", self._any_span(article, found)))
        names = ("value", "strength", "basis", "conditional", "confidence")
        values = {name: data[name] for name in names if name in data}
        self._frame(article, "STANCE", roles, values, data.get("note", ""))

    def _article_stance(self, article: Article, data: Table) -> None:
        roles = [RoleEnd("claim_card", "claim_card", self.ids[f"card {data['card']}"])]
        roles += (RoleEnd("evidence", "span", self.ids[f"claim {name}"]) for name in data.get("evidence", ()))
        self._frame(article, "ARTICLE_STANCE", roles, {"value": data["value"]})

    def _suggestion(self, article: Article, data: Table) -> None:
        said = (data["score"], SUGGESTER, data["reason"], now())
        roles: list[RoleEnd] = []
        for role, fragments in anchored(article.text, data).items():
            values = data.get(f"{role}_is", {})
            span = SuggestedSpan(new_id(), article.id, role.upper(), tuple(fragments), *said, values)
            self.edits.append(Add(span))
            roles.append(RoleEnd(role, "span", span.id))
        if "parent" in data:
            roles.append(RoleEnd("parent", "frame", self.ids[f"frame {data['parent']}"]))
        values = {"anonymity": data["anonymity"]} if "anonymity" in data else {}
        frame = SuggestedFrame(new_id(), article.id, "ATTRIBUTION", tuple(roles), *said, values)
        self.ids[f"frame {data['name']}"] = frame.id
        self.edits.append(Add(frame))

    def _end(self, role: str, given: str, article: Article) -> RoleEnd:
        kind, _, name = given.partition(" ")
        if kind == "article":
            return RoleEnd(role, "article", self.articles[name].id)
        if kind == "span":
            return RoleEnd(role, "span", self._any_span(article, place(article.text, name)))
        return RoleEnd(role, _KINDS.get(kind, "actor"), self.ids[given])

    def _any_span(self, article: Article, found: Fragment) -> Id:
        """Return the span that stands there, made as a source when there is none."""
        known = (one.id for one in self.spans[article.id] if one.fragments == (found,))
        return next(known, None) or self._span(article, "SOURCE", [found], {"form": "nominal"})

    def _span(
        self,
        article: Article,
        label: str,
        fragments: Sequence[Fragment],
        attributes: Attributes | None = None,
        said: Table | None = None,
    ) -> Id:
        said = said or {}
        for known in self.spans[article.id]:
            if (known.label, known.fragments) == (label, tuple(fragments)):
                return known.id
        actor = self.ids[f"actor {said['actor']}"] if label == "SOURCE" and "actor" in said else None
        card = self.ids[f"card {said['card']}"] if label == "CLAIM" and "card" in said else None
        made = (self.annotator, now(), attributes or {})
        span = Span(new_id(), article.id, label, tuple(fragments), *made, actor=actor, claim_card=card)
        self.spans[article.id].append(span)
        return span.id

    def _frame(
        self, article: Article, label: str, roles: Sequence[RoleEnd], values: Attributes, note: str = ""
    ) -> Id:
        frame = Frame(new_id(), article.id, label, tuple(roles), self.annotator, now(), values, note)
        self.edits.append(Add(frame))
        return frame.id


def anchored(text: str, data: Table) -> dict[str, list[Fragment]]:
    """Return where claim, source and cue of an attribution stand; without a claim, all by the cue."""
    given = data["claim"] if "claim" in data else data["cue"]
    pieces = [given] if isinstance(given, str) else given
    near = [place(text, words) for words in pieces]
    found = {"claim": near} if "claim" in data else {}
    return found | {role: [place(text, data[role], near)] for role in ("source", "cue") if role in data}
