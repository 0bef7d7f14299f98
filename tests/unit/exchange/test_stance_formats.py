"""Stances as other corpora have them: values, sentences, unrelated pairs, and FNC-1's two files in."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pandas
import pytest
from made_projects import Plan, bring, export, project_in

from annotator.exchange.claims import negatives
from annotator.exchange.claims.stance_pairs import pairs_of
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource
from annotator.model.ids import Id, new_id
from annotator.model.left_out import frames_gone
from annotator.model.proof import Proof
from annotator.model.records import (
    Actor,
    Article,
    ArticleContent,
    ClaimCard,
    Fragment,
    Frame,
    RoleEnd,
    Span,
)
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.exporting import formats_out
from annotator.services.project import Project

SCHEME = read_scheme(resource("schemes/default.toml"))
BRIDGE = (
    "The old bridge over the river is safe for heavy lorries, engineers wrote. Mayor Ines Falk doubted it. "
    "Her deputy\ndenied it outright.\nShe asked for another look. Nobody answered."
)
FERRY = "=Fares on the island ferry rise in spring. Captain Ole Brun backs the plan. The islanders do not."
OTHER = "A bakery in the harbour sells bread at night. Its owner, Mia Lund, is glad of the fishermen."


class Made:
    """Three articles: one with a stance of each value, one with another, one with none."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.card = ClaimCard(new_id(), "The bridge is safe")
        texts = {"bridge.txt": BRIDGE, "ferry.txt": FERRY, "bakery.txt": OTHER}
        articles = {
            name: Article(new_id(), name, name, text, sha256_of(text), "en") for name, text in texts.items()
        }
        self.people = [Actor(new_id(), "Ines Falk"), Actor(new_id(), "Ole Brun")]
        project.write_import(Plan([*articles.values(), self.card, *self.people]))
        self.bridge, self.ferry, self.bakery = (one.id for one in articles.values())
        claim = self.span(
            self.bridge, BRIDGE, "bridge over the river is safe for heavy lorries", self.card.id
        )
        for value, words in (
            ("support", "engineers wrote"), ("question", "doubted"),
            ("deny", "denied it outright"), ("neutral", "Nobody"),
        ):  # fmt: skip
            self.stance(self.bridge, value, claim, self.span(self.bridge, BRIDGE, words, label="CUE"))
        plan = self.span(self.ferry, FERRY, "Fares on the island ferry rise")
        self.stance(self.ferry, "support", plan, self.span(self.ferry, FERRY, "backs", label="CUE"), 1)
        for article, value in ((self.bridge, "discuss"), (self.bakery, "unrelated")):
            project.add_frame(
                article,
                "ARTICLE_STANCE",
                [RoleEnd("claim_card", "claim_card", self.card.id)],
                attributes={"value": value},
            )

    def span(self, article: Id, text: str, words: str, card: Id | None = None, label: str = "CLAIM") -> Span:
        start = text.index(words)
        made = self.project.add_span(article, label, (Fragment(start, start + len(words)),)).changes[0].record
        if card is not None:
            self.project.set_claim_card(made.id, card)
        return made

    def stance(self, article: Id, value: str, target: Span, shown: Span, who: int = 0) -> None:
        ends = [RoleEnd("holder", "actor", self.people[who].id), RoleEnd("target", "span", target.id)]
        ends.append(RoleEnd("expression", "span", shown.id))
        self.project.add_frame(article, "STANCE", ends, attributes={"value": value})


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    with project_in(tmp_path, "p", SCHEME) as project:
        yield Made(project)


CLAIM = "bridge over the river is safe for heavy lorries"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


def test_fnc1_takes_stances_of_articles_and_of_holders_where_asked(made: Made, tmp_path: Path) -> None:
    written = export(made.project, tmp_path / "o", "fnc1")
    bodies = rows(tmp_path / "o/bodies.csv")
    assert [(one["Body ID"], one["articleBody"]) for one in bodies] == [
        ("1", BRIDGE), ("2", "'" + FERRY), ("3", OTHER),
    ]  # fmt: skip
    assert rows(tmp_path / "o/stances.csv") == [
        {"Headline": "The bridge is safe", "Body ID": "1", "Stance": "discuss"},
        {"Headline": "The bridge is safe", "Body ID": "3", "Stance": "unrelated"},
    ]
    assert written.left_out["stances that were not asked for"] == 5
    assert written.left_out["texts that begin like formulas, with ' before them"] == 1
    export(made.project, tmp_path / "o", "fnc1", chosen={"stances": "holders", "formulas": "as_written"})
    assert [one["Stance"] for one in rows(tmp_path / "o/stances.csv")] == [
        "agree", "discuss", "disagree", "discuss", "agree",
    ]  # fmt: skip
    assert pandas.read_csv(tmp_path / "o/bodies.csv")["articleBody"][1] == FERRY


def test_semeval_has_the_sentences_that_show_a_stance(made: Made, tmp_path: Path) -> None:
    export(made.project, tmp_path / "o.tsv", "semeval")
    table = pandas.read_csv(tmp_path / "o.tsv", sep="\t", quoting=3, keep_default_na=False)
    assert list(table.columns) == ["ID", "Target", "Tweet", "Stance"]
    assert table[["Tweet", "Stance"]].values.tolist()[1:5] == [
        ["Mayor Ines Falk doubted it.", "NONE"],
        ["denied it outright.", "AGAINST"],
        ["Nobody answered.", "NONE"],
        ["Captain Ole Brun backs the plan.", "FAVOR"],
    ]
    assert table["Target"][0] == CLAIM
    export(made.project, tmp_path / "o.tsv", "semeval", chosen={"questions": "against"})
    assert "doubted it.\tAGAINST" in (tmp_path / "o.tsv").read_text("utf-8")


def test_fever_has_evidence_that_leads_back(made: Made, tmp_path: Path) -> None:
    written = export(made.project, tmp_path / "o.jsonl", "fever")
    records = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text("utf-8").splitlines()]
    assert [one["label"] for one in records] == [
        "SUPPORTS", "NOT ENOUGH INFO", "REFUTES", "NOT ENOUGH INFO", "SUPPORTS",
    ]  # fmt: skip
    denied = records[2]
    (sentence,) = denied["sentences"]
    assert BRIDGE[sentence["start"] : sentence["end"]] == sentence["text"] == "denied it outright."
    assert denied["evidence"] == [[[3, 3, sentence["page"], sentence["number"]]]]
    assert records[1]["evidence"] == [[[2, None, None, None]]]
    assert (records[1]["verifiable"], denied["verifiable"]) == ("NOT VERIFIABLE", "VERIFIABLE")
    assert written.left_out["stances that no words of the article show"] == 2
    assert written.frames - frames_gone(written.left_out) == len(records)


def test_fever_without_mixed_lists_loads_with_datasets(made: Made, tmp_path: Path) -> None:
    import datasets

    export(made.project, tmp_path / "o.jsonl", "fever", chosen={"evidence": "plain"})
    loaded = datasets.load_dataset(
        "json", data_files=str(tmp_path / "o.jsonl"), cache_dir=str(tmp_path / "c"), split="train"
    )
    assert loaded[2]["sentences"][0]["text"] == "denied it outright."


@pytest.mark.parametrize(
    ("layout", "top", "name"),
    [("2019", "twitter-english", "key.json"), ("2017", "rumoureval-data", "subtaska.json")],
)
def test_rumoureval_threads(made: Made, tmp_path: Path, layout: str, top: str, name: str) -> None:
    export(made.project, tmp_path / "o", "rumoureval", chosen={"layout": layout})
    key = json.loads((tmp_path / "o" / name).read_text("utf-8"))
    key = key["subtaskaenglish"] if layout == "2019" else key
    assert key == {"2": "support", "3": "query", "4": "deny", "5": "comment", "7": "support"}
    thread = tmp_path / "o" / top / "bridge" / "1"
    source = json.loads((thread / "source-tweet/1.json").read_text("utf-8"))
    reply = json.loads((thread / "replies/4.json").read_text("utf-8"))
    assert source["text"] == CLAIM
    assert (reply["text"], reply["in_reply_to_status_id"]) == ("denied it outright.", 1)
    assert reply["user"] == {"name": "Ines Falk"}
    assert json.loads((thread / "structure.json").read_text("utf-8")) == {
        "1": {"2": [], "3": [], "4": [], "5": []}
    }


def test_a_thread_whose_structure_lacks_a_reply_is_found(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = formats_out()["rumoureval"].exporter
    assert exporter is not None
    verify = exporter.verify

    def spoiled(path: Path, *given: Any) -> Iterator[int]:
        (path / "twitter-english/bridge/1/structure.json").write_text('{"1": {"2": [], "3": [], "4": []}}')
        yield from verify(path, *given)

    monkeypatch.setattr(type(exporter), "verify", lambda _self, *given: spoiled(*given))
    with pytest.raises(UserError, match="does not read as the same"):
        export(made.project, tmp_path / "o", "rumoureval")


# --- unrelated pairs ---------------------------------------------------------------------------------


def test_unrelated_pairs_are_made_on_request(made: Made, tmp_path: Path) -> None:
    chosen = {"stances": "all", "negatives": "1"}
    export(made.project, tmp_path / "o", "fnc1", chosen=chosen)
    pairs = [(one["Headline"], one["Body ID"], one["Stance"]) for one in rows(tmp_path / "o/stances.csv")]
    unrelated = [one for one in pairs if one[2] == "unrelated"]
    # The article of the bakery is on the card of the bridge: only that of the ferry is unrelated to both.
    assert {one[:2] for one in unrelated if one[0] == CLAIM} == {(CLAIM, "2")}
    assert len([one for one in unrelated if one[0] == CLAIM]) == 1, "no pair stands twice"
    assert [one[1] for one in unrelated if one[0].startswith("Fares")] in (["1"], ["3"])
    export(made.project, tmp_path / "p.tsv", "semeval", chosen={"negatives": "1"})
    table = pandas.read_csv(tmp_path / "p.tsv", sep="\t", quoting=3)
    drawn = table[(table["Target"] == CLAIM) & table["Tweet"].str.contains("Ole Brun")]
    assert set(drawn["Stance"]) == {"NONE"}
    assert len(drawn) == 1


def content_of(
    text: str, *, cards: tuple[ClaimCard, ...] = (), actors: tuple[Actor, ...] = ()
) -> ArticleContent:
    own, maker = new_id(), new_id()
    span = Span(new_id(), own, "CLAIM", (Fragment(0, 20),), maker, 0)
    ends = [RoleEnd("target", "span", span.id), *(RoleEnd("holder", "actor", one.id) for one in actors[:1])]
    frame = Frame(new_id(), own, "STANCE", tuple(ends), maker, 0)
    return ArticleContent(
        Article(own, "a", "a", text, sha256_of(text)), (), (span,), (frame,), actors=actors, claim_cards=cards
    )


def drawn(contents: list[ArticleContent], **chosen: str) -> list[tuple[Id, int]]:
    source = ExportSource(SCHEME, {}, contents, chosen={"negatives": "1", **chosen})
    found: negatives.Negatives[int] = negatives.Negatives(source)
    pairs = []
    for number, content in enumerate(contents):
        own = pairs_of(content, source).pairs
        pairs += [(pair.frame.article, said) for pair, said in found.of(content, own, [number])]
    return pairs


def story(number: int, words: int = 80) -> str:
    return " ".join(f"word{number}x{at}" for at in range(words)) + "."


def test_copies_cards_people_and_the_claim_itself_keep_articles_apart() -> None:
    card, ole = ClaimCard(new_id(), "c"), Actor(new_id(), "Ole")
    first = content_of(story(1), cards=(card,), actors=(ole,))
    near = content_of(story(1, 79) + " And more.")
    same_card = content_of(story(2), cards=(card,))
    same_man = content_of(story(3), actors=(ole,))
    long_claim = " ".join(story(4).split()[:12])
    assert drawn([first, near]) == []
    assert drawn([first, same_card]) == []
    assert drawn([first, same_man]) == []
    assert [said for _, said in drawn([first, content_of(story(5))])] == [1, 0]
    quoting = content_of(story(6) + " " + long_claim + ".")
    quoted = content_of(long_claim)
    (claim,) = quoted.spans
    whole = replace(quoted, spans=(replace(claim, fragments=(Fragment(0, len(long_claim)),)),))
    assert [said for article, said in drawn([whole, quoting]) if article == whole.article.id] == []


def test_pairs_about_one_claim_get_other_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    def copies() -> list[ArticleContent]:
        found = [content_of(story(number)) for number in range(12)]
        claim = found[0].spans[0]
        frames = tuple(replace(frame, id=new_id()) for frame in found[0].frames * 4)
        assert claim.id in {end.end for frame in frames for end in frame.roles}
        return [*found[1:], replace(found[0], frames=frames)]

    def of_first(found: list[tuple[Id, int]], contents: list[ArticleContent]) -> list[int]:
        return [said for article, said in found if article == contents[-1].article.id]

    contents = copies()
    said = of_first(drawn(contents, negatives="2"), contents)
    assert len(said) == len(set(said)) == 8
    monkeypatch.setattr(negatives, "CLAIMS", 0)
    assert len(of_first(drawn(contents, negatives="2"), contents)) == 8, "the bound only forgets"


def test_the_count_the_seed_and_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    # What is drawn hangs on the ids: with others, few articles may happen to be kept.
    numbers = count(1)
    monkeypatch.setitem(globals(), "new_id", lambda: Id(next(numbers).to_bytes(16, "big")))
    contents = [content_of(story(number)) for number in range(40)]
    three = drawn(contents, negatives="3")
    assert len(three) == 120
    assert len(set(three)) == 120
    assert three == drawn(contents, negatives="3")
    assert three != drawn(contents, negatives="3", seed="2")
    monkeypatch.setattr(negatives, "POOL", 5)
    few = drawn(contents, negatives="3")
    assert len(few) == 120
    assert len({said for _, said in few}) > 10


@pytest.mark.parametrize("name", ["fnc1", "semeval", "fever", "rumoureval"])
def test_the_same_data_gives_the_same_bytes_and_differences_are_found(
    made: Made, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written(place: str) -> dict[str, bytes]:
        path = tmp_path / place
        export(made.project, path, name, chosen={"negatives": "2"})
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        return {str(one.relative_to(path)): one.read_bytes() for one in files if one.is_file()}

    assert written("1") == written("2")
    wrote, wrote_row = Proof.wrote, Proof.wrote_row
    monkeypatch.setattr(Proof, "wrote", lambda proof, key, text, _: wrote(proof, key, text + "!", ()))
    monkeypatch.setattr(Proof, "wrote_row", lambda proof, cells: wrote_row(proof, [*cells, "!"]))
    with pytest.raises(UserError, match="does not read as the same"):
        export(made.project, tmp_path / "3", name)
    assert not (tmp_path / "3").exists()


# --- FNC-1 in ----------------------------------------------------------------------------------------

BODIES = 'Body ID,articleBody\n0,"The ferry stays, the mayor said.\n\nFor now."\n4,Nobody sells bread.\n'
STANCES = (
    'Headline,Body ID,Stance\n"Ferry, they say, stays",0,agree\nBread is gone,0,unrelated\n'
    "Bread is gone,4,discuss\nBread  is gone,9,agree\nBread,4,maybe\n,4,agree\n"
)


def fnc1(folder: Path, **more: Any) -> tuple[Any, list[tuple[str, str, str]]]:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in/train_bodies.csv").write_text(BODIES, "utf-8")
    (folder / "in/train_stances.csv").write_text(STANCES, "utf-8")
    with project_in(folder, "q", SCHEME) as project:
        summary = bring(project, folder / "in", **more)
        again = bring(project, folder / "in", **more)
        assert (again.articles, again.frames) == (0, 0)
        found = [
            (content.article.text[:5], content.claim_cards[at].wording, frame.attributes["value"])
            for content in project.contents()
            for frame in content.frames
            for at in range(len(content.claim_cards))
            if content.claim_cards[at].id == frame.roles[0].end
        ]
        assert len(project.claim_cards()) == len({card for _, card, _ in found})
        return summary, found


def test_two_files_of_fnc1_are_a_pair(tmp_path: Path) -> None:
    summary, found = fnc1(tmp_path)
    assert sorted(found) == [
        ("Nobod", "Bread is gone", "discuss"),
        ("The f", "Bread is gone", "unrelated"),
        ("The f", "Ferry, they say, stays", "agree"),
    ]
    problems = " | ".join(map(str, summary.problems))
    assert "line 6: Stance: 'maybe' is no stance" in problems
    assert "line 7: Headline: there is no headline" in problems
    assert "line 5: Body ID: there is no body '9' for 1 stances" in problems
    assert (summary.articles, summary.frames) == (2, 3)


def test_unrelated_pairs_can_be_left_out(tmp_path: Path) -> None:
    _, found = fnc1(tmp_path, format_name="fnc1", chosen={"unrelated": "leave_out"})
    assert "unrelated" not in {value for _, _, value in found}
    assert len(found) == 2


def test_bodies_alone_are_articles_and_stances_alone_are_refused(tmp_path: Path) -> None:
    (tmp_path / "train_bodies.csv").write_text(BODIES, "utf-8")
    with project_in(tmp_path, "q", SCHEME) as project:
        assert (bring(project, tmp_path / "train_bodies.csv").articles) == 2
        (tmp_path / "train_bodies.csv").unlink()
        (tmp_path / "train_stances.csv").write_text(STANCES, "utf-8")
        refused = bring(project, tmp_path / "train_stances.csv", format_name="fnc1").problems
        assert "no table of bodies beside it" in str(refused[0])


def test_what_was_written_as_fnc1_comes_in_again(made: Made, tmp_path: Path) -> None:
    export(made.project, tmp_path / "o", "fnc1", chosen={"formulas": "as_written"})
    with project_in(tmp_path, "again", SCHEME) as project:
        summary = bring(project, tmp_path / "o")
        assert (summary.articles, summary.frames, summary.problems) == (3, 2, ())
        assert [one.wording for one in project.claim_cards()] == ["The bridge is safe"]
