"""The sample project: built by a script, whole, with every kind of label."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model import rules
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.records import ArticleContent, EndKind, Frame, Span
from annotator.model.rules_warnings import warnings
from annotator.services.project import Project
from annotator.services.sample import build_sample, read_annotations
from annotator.services.sample_anchors import place, places


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("sample") / "sample.annot"
    build_sample(path)
    project = Project.open(path)
    yield project
    project.close()


@pytest.fixture(scope="module")
def contents(sample: Project) -> dict[str, ArticleContent]:
    return {content.article.name[:2]: content for content in sample.contents()}


def frames(contents: dict[str, ArticleContent], label: str) -> list[Frame]:
    return [frame for content in contents.values() for frame in content.frames if frame.label == label]


def spans(contents: dict[str, ArticleContent], label: str) -> list[Span]:
    return [span for content in contents.values() for span in content.spans if span.label == label]


def test_all_seeds_are_there_the_tour_first(contents: dict[str, ArticleContent]) -> None:
    assert list(contents) == ["00", "01", "02", "03", "04"]
    assert contents["00"].article.title.startswith("Start here")
    assert all(content.blocks for content in contents.values())
    assert all(content.actors[0].name for content in contents.values())


def test_nothing_in_it_breaks_a_rule(sample: Project, contents: dict[str, ArticleContent]) -> None:
    everything: dict[Id, rules.End] = {one.id: one for one in (*sample.actors(), *sample.claim_cards())}
    for content in contents.values():
        everything |= {one.id: one for one in (content.article, *content.spans, *content.frames)}

    def look(kind: EndKind, end: Id) -> rules.End | None:
        found = everything.get(end)
        return found if isinstance(found, rules.end_type(kind)) else None

    for content in contents.values():
        length = len(content.article.text)
        assert [rules.span_errors(one, length, sample.scheme) for one in content.spans if one.actor] == [
            () for one in content.spans if one.actor
        ]
        assert not any(rules.span_errors(one, length, sample.scheme) for one in content.spans)
        assert not any(rules.frame_errors(one, sample.scheme, look) for one in content.frames)
        assert not any(rules.article_label_errors(one, sample.scheme) for one in content.labels)


def test_every_kind_of_frame_and_article_label_occurs(
    sample: Project, contents: dict[str, ArticleContent]
) -> None:
    used = {one.label for content in contents.values() for one in (*content.frames, *content.labels)}
    assert used == {one.name for kind in ("frame", "article") for one in sample.scheme.of(kind)}
    assert all(spans(contents, label) for label in ("CLAIM", "SOURCE", "CUE", "PERSON", "ORG", "GPE", "NORP"))
    assert all(spans(contents, label) for label in ("DATE", "LOC", "QUANTITY", "TIME"))


def test_every_attribute_of_the_main_labels_is_used(
    sample: Project, contents: dict[str, ArticleContent]
) -> None:
    used: dict[str, set[str]] = {}
    for content in contents.values():
        for one in (*content.spans, *content.frames, *content.labels):
            used.setdefault(one.label, set()).update(one.attributes)
    for label in sample.scheme.labels:
        assert {one.name for one in label.attributes} == used.get(label.name, set()), label.name


def test_every_role_is_used(sample: Project, contents: dict[str, ArticleContent]) -> None:
    for label in sample.scheme.of("frame"):
        used = {end.role for frame in frames(contents, label.name) for end in frame.roles}
        assert used == {role.name for role in label.roles}, label.name


def test_stances_of_all_values_and_kinds_of_targets(contents: dict[str, ArticleContent]) -> None:
    stances = frames(contents, "STANCE")
    assert {one.attributes["value"] for one in stances} == {"support", "deny", "question", "neutral"}
    targets = {end.kind for one in stances for end in one.roles if end.role == "target"}
    assert targets == {"span", "actor", "claim_card"}


def test_nesting_running_on_and_pieces(contents: dict[str, ArticleContent]) -> None:
    copy = contents["02"]
    chains = [rules.chain(one, copy) for one in copy.frames if one.label == "ATTRIBUTION"]
    assert ("Daily Scope Staff", "CPN", "a Hungarian official", "Zoltan Kerekes", "Hungary") in chains
    assert [one.ends("continues") for one in frames(contents, "ATTRIBUTION") if one.ends("continues")]
    assert any(len(one.fragments) > 1 for one in spans(contents, "CLAIM"))


def test_above_the_articles(sample: Project, contents: dict[str, ArticleContent]) -> None:
    members = {
        card.id: {
            name for name, content in contents.items() for one in content.spans if one.claim_card == card.id
        }
        for card in sample.claim_cards()
    }
    assert len(members) == 3
    assert any(len(articles) > 2 for articles in members.values())
    assert {one.kind for one in sample.actors()} > {"person", "organisation", "author", "document"}
    variants = frames(contents, "QUOTE_VARIANT")
    here = {one.id for one in contents["01"].spans}
    assert all(set(one.ends("original")) <= here and not set(one.ends("altered")) <= here for one in variants)


def test_some_is_left_to_practise(sample: Project, contents: dict[str, ArticleContent]) -> None:
    rows = sample.article_rows(sample.article_ids())
    assert [row.reading for row in rows] == ["new", "done", "done", "begun", "done"]
    assert contents["00"].spans == ()
    assert len(contents["00"].suggested_frames) >= 6
    assert len(contents["03"].suggested_frames) == 3
    assert all(len(contents[one].frames) > 30 for one in ("01", "02", "03", "04"))
    assert any(one.note for one in contents["01"].frames)
    assert contents["01"].nothing_here


def test_it_is_a_colleague_s_work(sample: Project) -> None:
    assert [(one.name, one.kind) for one in sample.annotators()] == [("Ada", "person")]


def test_undo_does_not_take_the_sample_apart(sample: Project) -> None:
    assert sample.undo_name() is None


def test_the_finished_articles_raise_only_the_question_they_should(
    sample: Project, contents: dict[str, ArticleContent]
) -> None:
    assert [one.kind for one in warnings(contents["01"], sample.scheme)] == ["opposite"]
    assert [one.kind for one in warnings(contents["02"], sample.scheme)] == [
        "opposite", "opposite", "quotation_marks",
    ]  # fmt: skip
    assert [one.kind for one in warnings(contents["03"], sample.scheme)] == ["pronoun"]
    assert warnings(contents["04"], sample.scheme) == ()


def test_suggestions_of_the_sample_can_be_accepted(tmp_path: Path) -> None:
    build_sample(tmp_path / "s.annot")
    project = Project.open(tmp_path / "s.annot", "Ann")
    tour = project.article_ids()[0]
    project.accept([one.id for one in project.content(tour).suggested_frames])
    content = project.content(tour)
    assert len(content.frames) == len(content.suggested_frames)
    (inner,) = [one for one in content.frames if one.ends("parent")]
    assert rules.chain(inner, content)[1:] == ("Deputy mayor Anton Riedl", "the library’s director")
    project.close()


def test_it_is_not_built_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "there.annot"
    path.write_bytes(b"mine")
    with pytest.raises(UserError):
        build_sample(path)
    assert path.read_bytes() == b"mine"


def test_a_sample_that_fails_midway_leaves_nothing_to_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> dict[str, object]:
        raise UserError("The annotations are not there.")

    path = tmp_path / "s.annot"
    with monkeypatch.context() as patched:
        patched.setattr("annotator.services.sample.read_annotations", broken)
        with pytest.raises(UserError, match="annotations are not there"):
            build_sample(path)
    assert list(tmp_path.iterdir()) == []
    build_sample(path)
    assert [one.name for one in tmp_path.iterdir()] == ["s.annot"]


def test_anchors() -> None:
    text = "He said that. She said: “said”. Unsaid."
    assert [one.start for one in places(text, "said")] == [3, 18, 25]
    assert place(text, "said#2") == (18, 22)
    assert place(text, "said", [place(text, "“said”")]) == (25, 29)
    assert place(text, "She") == (14, 17)
    for words in ("said", "said#4", "said#0", "nobody"):
        with pytest.raises(UserError, match="number them"):
            place(text, words)


def test_every_annotation_is_anchored_on_quoted_words() -> None:
    data = read_annotations()
    articles = data["articles"]
    assert isinstance(articles, list)
    assert not any(key in one for one in articles for key in ("start", "end", "offset"))
