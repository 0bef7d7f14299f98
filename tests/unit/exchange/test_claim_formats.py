"""Claims sentence by sentence: CheckThat!, IAM, and lines of sentences with their spans."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import Plan, export, made, project_in

from annotator.model.errors import UserError
from annotator.model.ids import new_id
from annotator.model.proof import Proof
from annotator.model.records import Actor, Annotator, Article, ClaimCard, Fragment, RoleEnd
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.text import sha256_of
from annotator.services.project import Project

SCHEME = read_scheme(resource("schemes/default.toml"))
TEXT = (
    '😀 The dam holds, said\tAda Mohr. "It leaks" every spring. =Nobody looked. '
    "Perhaps it will break. The valley is green."
)
SENTENCES = [
    "😀 The dam holds, said Ada Mohr.", '"It leaks" every spring.', "=Nobody looked.",
    "Perhaps it will break.", "The valley is green.",
]  # fmt: skip
CLAIMS = {"The dam holds": "yes", "It leaks": "minor", "Nobody looked": "no", "it will break": "unset"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p", SCHEME) as found:
        own = new_id()
        article = Article(
            own, "dam.txt", "The dam", TEXT, sha256_of(TEXT), "en", {"url": "http://x.invalid/1"}
        )
        card, ada = ClaimCard(new_id(), "The dam is sound"), Actor(new_id(), "Ada Mohr")
        found.write_import(Plan([article, card, ada]))

        def span(words: str, label: str = "CLAIM", **more: Any) -> Any:
            start = TEXT.index(words)
            place = (Fragment(start, start + len(words)),)
            return found.add_span(own, label, place, **more).changes[0].record

        claims = {words: span(words, attributes={"checkworthy": value}) for words, value in CLAIMS.items()}
        found.change_span(claims["it will break"].id, attributes={"type": "prediction"})
        found.set_claim_card(claims["The dam holds"].id, card.id)
        source = span("Ada Mohr", "SOURCE", actor=ada.id)
        ends = [RoleEnd("claim", "span", claims["The dam holds"].id), RoleEnd("source", "span", source.id)]
        found.add_frame(own, "ATTRIBUTION", ends)
        shown = span("every spring", "CUE")
        found.add_frame(
            own,
            "STANCE",
            [
                RoleEnd("holder", "actor", ada.id),
                RoleEnd("target", "claim_card", card.id),
                RoleEnd("expression", "span", shown.id),
            ],
            attributes={"value": "deny"},
        )
        yield found


def table(project: Project, path: Path, name: str = "checkthat", **chosen: str) -> pandas.DataFrame:
    export(project, path, name, chosen=chosen)
    has_no_head = name == "iam" or chosen.get("layout") == "debates"
    return pandas.read_csv(
        path, sep="\t", keep_default_na=False, header=None if has_no_head else 0,
        quoting=3 if name == "iam" else 0,
    )  # fmt: skip


# --- CheckThat! --------------------------------------------------------------------------------------


def test_a_row_for_each_sentence_that_has_a_class(project: Project, tmp_path: Path) -> None:
    found = table(project, tmp_path / "o.tsv", formulas="as_written")
    assert list(found.columns) == ["topic", "tweet_id", "tweet_url", "tweet_text", "class_label"]
    assert found["tweet_text"].tolist() == [*SENTENCES[:3], SENTENCES[4]]
    assert found["class_label"].tolist() == [1, 0, 0, 0]
    assert found.loc[0, ["topic", "tweet_url"]].tolist() == ["The dam", "http://x.invalid/1"]
    assert found["tweet_id"].tolist() == [1, 2, 3, 4]


def test_what_is_worth_checking_can_be_drawn_elsewhere(project: Project, tmp_path: Path) -> None:
    found = table(project, tmp_path / "o.tsv", minor="yes", unset="no")
    assert found["class_label"].tolist() == [1, 1, 0, 0, 0]
    assert found["tweet_text"].tolist()[2] == "'=Nobody looked."
    claims = table(project, tmp_path / "o.tsv", label="claim")
    assert claims["class_label"].tolist() == [1, 1, 1, 0, 0]


@pytest.mark.parametrize(("layout", "last"), [("2021", "check_worthiness"), ("2020", "claim_worthiness")])
def test_layouts_of_earlier_years(project: Project, tmp_path: Path, layout: str, last: str) -> None:
    found = table(project, tmp_path / "o.tsv", layout=layout)
    assert list(found.columns) == ["topic_id", "tweet_id", "tweet_url", "tweet_text", "claim", last]
    assert found["claim"].tolist() == [1, 1, 1, 0]
    assert found[last].tolist() == [1, 0, 0, 0]


def test_debates_name_the_speaker(project: Project, tmp_path: Path) -> None:
    found = table(project, tmp_path / "o.tsv", layout="debates")
    assert found.iloc[0].tolist() == [1, "Ada Mohr", SENTENCES[0], 1]
    assert found.iloc[1].tolist() == [2, "", SENTENCES[1], 0]


def test_a_line_is_a_row_for_readers_that_know_no_quotation_marks(project: Project, tmp_path: Path) -> None:
    table(project, tmp_path / "o.tsv")
    lines = (tmp_path / "o.tsv").read_text("utf-8").splitlines()
    assert [len(line.split("\t")) for line in lines] == [5] * 5


def test_what_is_left_out_is_counted(project: Project, tmp_path: Path) -> None:
    left_out = export(project, tmp_path / "o.tsv", "checkthat").left_out
    assert left_out == {
        "spans that are no claims": 2,
        "places of claims within their sentences": 4,
        "frames": 2,
        "texts that begin like formulas, with ' before them": 1,
        "sentences with claims of which nobody said whether they are worth checking": 1,
    }


@pytest.mark.parametrize("name", ["checkthat", "iam"])
def test_whose_claims_they_are_is_counted_where_several_made_them(
    project: Project, tmp_path: Path, name: str
) -> None:
    (content,) = project.contents()
    other, claim = Annotator(new_id(), "Ben"), next(one for one in content.spans if one.label == "CLAIM")
    project.write_import(Plan([other, replace(claim, id=new_id(), annotator=other.id)]))
    left_out = export(project, tmp_path / "o.tsv", name).left_out
    assert left_out["records that do not say which of several annotators made them"] == 5


# --- IAM ---------------------------------------------------------------------------------------------


def test_claims_and_stances_to_a_claim_card(project: Project, tmp_path: Path) -> None:
    found = table(project, tmp_path / "o.tsv", "iam")
    assert found.values.tolist() == [
        ["C", "The dam is sound", SENTENCES[0], 1, 1],
        ["C", "The dam is sound", SENTENCES[1], 1, -1],
        ["O", "The dam is sound", "'=Nobody looked.", 1, 0],
        ["O", "The dam is sound", SENTENCES[3], 1, 0],
        ["O", "The dam is sound", SENTENCES[4], 1, 0],
    ]


def test_titles_as_topics(project: Project, tmp_path: Path) -> None:
    found = table(project, tmp_path / "o.tsv", "iam", topics="titles", formulas="as_written")
    assert found[0].tolist() == ["C", "C", "C", "C", "O"]
    assert set(found[1]) == {"The dam"}
    assert found[4].tolist() == [0, -1, 0, 0, 0]
    assert found[2][2] == "=Nobody looked."


# --- sentences ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "first", "second"),
    [("characters", (2, 15), (32, 56)), ("utf16", (3, 16), (33, 57)), ("bytes", (5, 18), (35, 59))],
)
def test_sentences_with_spans_in_every_unit(
    project: Project, tmp_path: Path, unit: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    export(project, tmp_path / "o.jsonl", "sentences", chosen={"offsets": unit})
    records = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text("utf-8").splitlines()]
    assert [" ".join(one["text"].split()) for one in records] == SENTENCES
    claim = records[0]["spans"][0]
    assert (claim["start"], claim["end"], claim["text"]) == (*first, "The dam holds")
    assert (records[1]["start"], records[1]["end"]) == second
    assert records[0]["labels"] == ["CLAIM", "SOURCE"]
    assert [one["is_claim"] for one in records] == [True, True, True, True, False]
    assert claim["attributes"] == [{"name": "checkworthy", "value": "yes"}]


def test_sentences_load_with_datasets(project: Project, tmp_path: Path) -> None:
    import datasets

    export(project, tmp_path / "o.jsonl", "sentences")
    loaded = datasets.load_dataset(
        "json", data_files=str(tmp_path / "o.jsonl"), cache_dir=str(tmp_path / "c"), split="train"
    )
    assert loaded.num_rows == 5
    assert loaded[4]["spans"] == []


CHOICES = [
    ("checkthat", {"unset": "no"}),
    ("checkthat", {"layout": "debates", "unset": "no"}),
    ("iam", {"topics": "titles"}),
    *(("sentences", {"offsets": unit}) for unit in ("characters", "bytes")),
]


@pytest.mark.parametrize(("name", "chosen"), CHOICES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_project_holds_is_written_or_counted(
    tmp_path_factory: pytest.TempPathFactory, name: str, chosen: dict[str, str], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with project_in(folder, "a") as project:
        project.write_import(Plan(data.draw(made(project.annotator.id))))
        written = export(project, folder / "1", name, chosen=chosen)
        export(project, folder / "2", name, chosen=chosen)
        assert (folder / "1").read_bytes() == (folder / "2").read_bytes()
        lines = (folder / "1").read_text("utf-8").split("\n")[:-1]
        if name == "sentences":
            records = [json.loads(line) for line in lines]
            spans = sum(len(one["spans"]) for one in records)
            assert spans == written.spans
            return
        for line in lines:
            cells = line.split("\t")
            assert len(cells) == {"iam": 5, "checkthat": 4 if "layout" in chosen else 5}[name]
            assert not any(cell.startswith(("=", "+", "@", "\r")) for cell in cells)


@pytest.mark.parametrize("name", ["checkthat", "iam", "sentences"])
def test_a_difference_is_found_and_nothing_is_put_in_place(
    project: Project, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote, wrote_row = Proof.wrote, Proof.wrote_row
    monkeypatch.setattr(Proof, "wrote", lambda proof, key, text, _: wrote(proof, key, text + "!", ()))
    monkeypatch.setattr(Proof, "wrote_row", lambda proof, cells: wrote_row(proof, [*cells, "!"]))
    with pytest.raises(UserError, match="does not read as the same"):
        export(project, tmp_path / "o", name)
    assert not (tmp_path / "o").exists()
