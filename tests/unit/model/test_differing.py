"""Where two annotators differ: each kind once, and nothing where both say the same."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.differing import Difference, differences
from annotator.model.ids import Id, new_id
from annotator.model.records import Article, ArticleContent, ArticleLabel, Fragment, Frame, RoleEnd, Span
from annotator.model.text import sha256_of

TEXT = "The mayor said on Monday the old bridge is safe. Ada Quist denied it in Port Elm."
ADA, BEN = new_id(), new_id()
ARTICLE = Article(new_id(), "a.txt", "Bridge", TEXT, sha256_of(TEXT))


class Work:
    """What both made."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.frames: list[Frame] = []
        self.labels: list[ArticleLabel] = []

    def span(self, by: Id, label: str, words: str) -> Id:
        at = TEXT.index(words)
        self.spans.append(Span(new_id(), ARTICLE.id, label, (Fragment(at, at + len(words)),), by, 1))
        return self.spans[-1].id

    def frame(self, by: Id, label: str, value: str = "", **roles: str) -> None:
        ends = tuple(
            RoleEnd(role, "span", self.span(by, role.upper(), words)) for role, words in roles.items()
        )
        values = {"value": value} if value else {}
        self.frames.append(Frame(new_id(), ARTICLE.id, label, ends, by, 1, values))

    def label(self, by: Id, value: str) -> None:
        self.labels.append(ArticleLabel(new_id(), ARTICLE.id, "TOPIC", by, 1, {"kind": value}))

    @property
    def found(self) -> list[Difference]:
        content = ArticleContent(ARTICLE, (), self.spans, self.frames, tuple(self.labels))
        return differences(content, ADA, BEN)


def test_the_same_work_differs_nowhere() -> None:
    work = Work()
    for by in (ADA, BEN):
        work.frame(by, "ATTRIBUTION", source="The mayor", cue="said", claim="the old bridge is safe")
        work.span(by, "GPE", "Port Elm")
        work.label(by, "news")
    assert work.found == []


def test_frames_differ_in_edges_in_words_and_in_being_there() -> None:
    work = Work()
    work.frame(ADA, "ATTRIBUTION", source="The mayor", cue="said", claim="the old bridge is safe")
    work.frame(BEN, "ATTRIBUTION", source="Monday", cue="said", claim="old bridge is safe")
    work.frame(BEN, "ATTRIBUTION", source="Ada Quist", cue="denied", claim="it")
    assert work.found == [
        Difference("words", "ATTRIBUTION", ("The mayor", "Monday"), 0, "source"),
        Difference("edges", "ATTRIBUTION", ("the old bridge is safe", "old bridge is safe"), 0, "claim"),
        Difference("missing", "ATTRIBUTION", ("", "Ada Quist … denied … it"), TEXT.index("Ada")),
    ]


def test_two_values_on_the_same_words_are_one_frame_with_another_value() -> None:
    work = Work()
    work.frame(ADA, "STANCE", "deny", holder_mention="Ada Quist", expression="denied")
    work.frame(BEN, "STANCE", "question", holder_mention="Ada Quist", expression="denied")
    at = TEXT.index("Ada")
    words = "Ada Quist … denied"
    assert work.found == [Difference("value", "STANCE", ("deny", "question"), at, words=words)]


def test_the_same_words_in_a_frame_have_another_label() -> None:
    work = Work()
    for by in (ADA, BEN):
        work.frame(by, "ATTRIBUTION", source="The mayor", cue="said", claim="the old bridge is safe")
    work.spans[-1] = replace(work.spans[-1], label="DEMAND")
    at, words = TEXT.index("the old"), "the old bridge is safe"
    assert work.found == [Difference("label", "ATTRIBUTION", ("CLAIM", "DEMAND"), at, "claim", words)]


def test_spans_outside_of_frames_differ_in_label_in_edges_and_in_being_there() -> None:
    work = Work()
    work.span(ADA, "GPE", "Port Elm")
    work.span(BEN, "LOC", "Port Elm")
    work.span(ADA, "PERSON", "Ada Quist")
    work.span(BEN, "PERSON", "Quist")
    work.span(ADA, "DATE", "Monday")
    assert [(one.kind, one.said, one.words) for one in work.found] == [
        ("missing", ("Monday", ""), ""),
        ("edges", ("Ada Quist", "Quist"), ""),
        ("label", ("GPE", "LOC"), "Port Elm"),
    ]


def test_of_long_words_both_ends_are_told() -> None:
    work = Work()
    for by, cue in ((ADA, TEXT), (BEN, TEXT[:-10])):
        work.span(by, "CLAIM", cue)
    (found,) = work.found
    long = "The mayor said on Monday the old bridge … safe. Ada Quist denied it in Port Elm."
    assert found.said == (long, TEXT[:-10])


def test_labels_of_the_article_differ() -> None:
    work = Work()
    work.label(ADA, "news")
    assert work.found == [Difference("missing", "TOPIC", ("Bridge", ""), 0)]
    work.label(BEN, "opinion")
    assert work.found == [Difference("value", "TOPIC", ("news", "opinion"), 0)]


def test_frames_without_words_are_told_by_their_article_and_paired_by_what_they_are_on() -> None:
    work, cards = Work(), (new_id(), new_id())
    for by, values in ((ADA, ("agree", "discuss")), (BEN, ("discuss", "agree"))):
        for card, value in zip(cards if by == ADA else cards[::-1], values, strict=True):
            ends = (RoleEnd("claim_card", "claim_card", card),)
            work.frames.append(Frame(new_id(), ARTICLE.id, "ARTICLE_STANCE", ends, by, 1, {"value": value}))
    assert work.found == []
    del work.frames[-1]
    assert work.found == [Difference("missing", "ARTICLE_STANCE", ("Bridge", ""), 0)]


def test_values_of_labels_may_be_given_in_any_order() -> None:
    work = Work()
    for by, values in ((ADA, {"kind": "news", "tone": "dry"}), (BEN, {"tone": "dry", "kind": "news"})):
        work.labels.append(ArticleLabel(new_id(), ARTICLE.id, "TOPIC", by, 1, values))
    assert work.found == []
