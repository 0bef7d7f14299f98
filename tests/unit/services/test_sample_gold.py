"""The whole sample: each thing that real news brings is annotated in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import pytest

from annotator.model import rules
from annotator.model.ids import Id
from annotator.model.records import Actor, ArticleContent, Frame, Span
from annotator.model.rules_warnings import warnings
from annotator.services.project import Project
from annotator.services.sample import build_sample, read_annotations

Parts = dict[str, list[Span]]


class World:
    """All articles of a whole sample, and what a test asks of them."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.contents = {content.article.name[:2]: content for content in project.contents()}
        self.spans = {one.id: one for content in self.contents.values() for one in content.spans}
        actors = [one for content in self.contents.values() for one in content.actors]
        self.actors: dict[Id, Actor] = {one.id: one for one in (*project.actors(), *actors)}

    @cached_property
    def attributions(self) -> list[tuple[Frame, Parts]]:
        return [(frame, self.parts(frame)) for frame in self.of("ATTRIBUTION")]

    def of(self, label: str) -> list[Frame]:
        return [one for content in self.contents.values() for one in content.frames if one.label == label]

    def parts(self, frame: Frame) -> Parts:
        roles = ("claim", "source", "cue")
        return {role: [self.spans[end] for end in frame.ends(role)] for role in roles}

    def text(self, span: Span) -> str:
        return rules.span_text(span, self.content(span).article.text)

    def content(self, one: Span | Frame) -> ArticleContent:
        return next(content for content in self.contents.values() if content.article.id == one.article)

    def kinds_of_sources(self) -> set[str]:
        return {self.actors[one.actor].kind for one in self.spans.values() if one.actor}

    def values(self, label: str, attribute: str) -> list[str]:
        records = [*self.spans.values(), *self.of(label)]
        return [one.attributes.get(attribute, "") for one in records if one.label == label]

    def frames_with(self, article: str, *words: str) -> list[Frame]:
        """Return the attributions whose claims have all these words."""
        return [
            frame
            for frame, parts in self.attributions
            if frame.article == self.contents[article].article.id
            and any(all(one in self.text(claim) for one in words) for claim in parts["claim"])
        ]

    def quotes(self, article: str) -> str:
        """Return the first characters of an article's direct claims."""
        here = [one for one in self.contents[article].spans if one.attributes.get("form") == "direct"]
        return "".join(self.text(one)[0] for one in here)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    path = tmp_path_factory.mktemp("whole") / "sample.annot"
    build_sample(path, whole=True)
    project = Project.open(path)
    yield World(project)
    project.close()


def broken(world: World) -> bool:
    return len([1 for _, parts in world.attributions for one in parts["claim"] if len(one.fragments) > 1]) > 7


def runs_on(world: World) -> bool:
    pairs = [(frame, world.contents) for frame, _ in world.attributions if frame.ends("continues")]
    return len(pairs) == 2 and {pair[0].article for pair in pairs} == {
        world.contents[one].article.id for one in ("01", "03")
    }


def over_sentences(world: World) -> bool:
    (frame,) = world.frames_with("01", "First they said there was no leak. Then", "tomorrow?")
    return len(world.parts(frame)["claim"][0].fragments) == 1


def odd_marks(world: World) -> bool:
    return bool(world.frames_with("02", "“optimistic at best") and world.frames_with("01", '"We will pay'))


def apostrophe(world: World) -> bool:
    return bool(world.frames_with("03", "flood of ’65, and we’ll", "‘The river forgives.’ I’m not so sure"))


def chain_of_four(world: World) -> bool:
    chains = [rules.chain(frame, world.content(frame)) for frame, _ in world.attributions]
    return sum(len(chain) >= 4 for chain in chains) >= 3


def stances(world: World) -> Iterator[tuple[Frame, Id, set[Id | None]]]:
    """Yield each stance on a claim with its holder and the actors who make the claim."""
    for stance in world.of("STANCE"):
        for target in stance.ends("target"):
            speakers = {
                source.actor
                for _, parts in world.attributions
                if target in [one.id for one in parts["claim"]]
                for source in parts["source"]
            }
            yield stance, stance.ends("holder")[0], speakers


def on_another(world: World) -> bool:
    values = {one.attributes["value"] for one, holder, by in stances(world) if by and holder not in by}
    return values == {"support", "deny", "question", "neutral"}


def two_at_once(world: World) -> bool:
    return sum(one.kind == "opposite" for one in all_warnings(world)) == 3


def doubts(world: World) -> bool:
    words = {world.text(one) for _, parts in world.attributions for one in parts["cue"]}
    return {"doubted", "doubt"} <= words


def declines(world: World) -> bool:
    cues = [one for _, parts in world.attributions for one in parts["cue"]]
    words = {world.text(one) for one in cues if one.attributes.get("kind") == "decline"}
    return words == {
        "declined to comment", "refused to say", "did not answer", "could not say", "does not comment",
        "won’t answer", "did not reply",
    }  # fmt: skip


def denials(world: World) -> bool:
    words = {world.text(one) for _, parts in world.attributions for one in parts["cue"]}
    return {"dismissed", "did not deny", "has denied", "rejected", "refused to accept"} <= words


def hedged(world: World) -> bool:
    return bool(world.frames_with("01", "whether the plant had known") and world.frames_with("01", "Well,"))


def transcript(world: World) -> bool:
    turns = [one for one in world.contents["04"].spans if one.attributes.get("form") == "transcript"]
    glued = [one for one in turns if world.text(one).endswith(("river bed.", "number today."))]
    narrated = [one for one in world.contents["04"].spans if one.attributes.get("form") == "narration"]
    return len(turns) == 18 and len(glued) == 2 and len(narrated) == 1


def headline(world: World) -> bool:
    found = [
        parts
        for _, parts in world.attributions
        if [world.text(one) for one in parts["cue"]] == [":"] and "headline" in form(parts)
    ]
    return len(found) == 2


def form(parts: Parts) -> str:
    return parts["claim"][0].attributes.get("form", "")


def furniture(world: World) -> bool:
    """Captions, counters, bylines hold no claim; subheads and crosstalk are recorded as empty."""
    return len([1 for content in world.contents.values() for _ in content.nothing_here]) == 3 and not any(
        one.kind == "place" for one in all_warnings(world)
    )


def swapped(world: World) -> bool:
    return "name_swap" in world.values("QUOTE_VARIANT", "edit")


def spelled_twice(world: World) -> bool:
    (actor,) = [one for one in world.actors.values() if one.name == "Jana Hudakova"]
    return {"Yana Hudakova", "Jana Hudáková"} <= set(actor.aliases)


def altered(world: World) -> bool:
    (frame,) = [one for one in world.of("QUOTE_VARIANT") if one.attributes["edit"] == "insert"]
    return all(len(world.spans[frame.ends(role)[0]].fragments) == 2 for role in ("original", "altered"))


def marks(world: World) -> bool:
    return set(world.quotes("01")) == {'"'} and '"' not in world.quotes("02") + world.quotes("03")


def all_warnings(world: World) -> list[rules.Warning_]:
    return [one for content in world.contents.values() for one in warnings(content, world.project.scheme)]


CHECKS: dict[str, Callable[[World], bool]] = {
    "direct quotation broken by its attribution": broken,
    "quotation that runs on in the next paragraph": runs_on,
    "quotation that opens in one sentence and closes in a later one": over_sentences,
    "odd number of quotation marks": odd_marks,
    "curly apostrophe that looks like a closing mark": apostrophe,
    "chain of three or four": chain_of_four,
    "stance on another actor's claim": on_another,
    "two stances of one actor on one claim": two_at_once,
    "doubts": doubts,
    "refusals, declining to comment": declines,
    "denials": denials,
    "question and hedged answer": hedged,
    "transcript turns with narration glued behind": transcript,
    "headline attribution by colon": headline,
    "dateline, captions, counters, subheads": furniture,
    "anonymous on request": lambda world: world.values("ATTRIBUTION", "anonymity").count("on_request") == 4,
    "by title only": lambda world: world.values("ATTRIBUTION", "anonymity").count("title_only") >= 6,
    "unnamed groups": lambda world: "group_unnamed" in world.kinds_of_sources(),
    "documents": lambda world: "document" in world.kinds_of_sources(),
    "compound sources": lambda world: world.values("SOURCE", "compound").count("yes") == 2,
    "pronouns": lambda world: world.values("SOURCE", "form").count("pronoun") > 20,
    "one that cannot be resolved": lambda world: world.values("SOURCE", "ambiguous").count("yes") == 5,
    "machine-swapped names beside untouched ones": swapped,
    "two spellings of one name": spelled_twice,
    "altered quotation": altered,
    "straight marks in one article, curly in the others": marks,
}


@pytest.mark.parametrize("phenomenon", CHECKS)
def test_real_news_is_annotated(world: World, phenomenon: str) -> None:
    assert CHECKS[phenomenon](world)


def test_each_article_has_its_attributions(world: World) -> None:
    counts = [
        sum(frame.label == "ATTRIBUTION" for frame in content.frames) for content in world.contents.values()
    ]
    assert counts == [8, 28, 36, 30, 35]
    assert all(
        any(frame.label == "STANCE" for frame in content.frames) for content in world.contents.values()
    )


def test_every_attribution_has_a_source(world: World) -> None:
    for frame, parts in world.attributions:
        assert parts["source"] or frame.ends("implicit_source"), world.content(frame).article.name
        assert parts["claim"] or parts["cue"]


def test_nothing_is_suggested_in_a_whole_sample(world: World) -> None:
    assert not any(content.suggested_frames for content in world.contents.values())


def test_every_actor_is_used(world: World) -> None:
    used = {one.actor for one in world.spans.values()} | {
        end.end for content in world.contents.values() for frame in content.frames for end in frame.roles
    }
    assert [one.name for one in world.project.actors() if one.id not in used and one.kind != "author"] == []


def test_a_claim_and_its_cue_do_not_overlap(world: World) -> None:
    for _, parts in world.attributions:
        for cue in parts["cue"]:
            for claim in parts["claim"]:
                assert all(end <= cue.start or cue.end <= start for start, end in claim.fragments)


def test_names_of_annotations_are_used_once() -> None:
    articles = read_annotations()["articles"]
    assert isinstance(articles, list)
    names = [one["name"] for article in articles for one in article.get("attributions", ())]
    assert len(names) == len(set(names))
