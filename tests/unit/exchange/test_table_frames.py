"""Tables of spans, frames and labels, out and in again: what is lost was told, with its count."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import SCHEME, bring, export, fill, project_in

from annotator.exchange.tables.csv_lines import _columns, columns_of
from annotator.exchange.tables.own_tables import own_kind
from annotator.model.formats import ImportOptions
from annotator.model.records import ArticleContent, Fragment, RoleEnd
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.services.project import Project
from annotator.services.sample import build_sample

DEFAULT = read_scheme(resource("schemes/default.toml"))
FAR = "ends of frames that are other articles, or stand in another table"
BESIDE = {
    "answers that nothing is there": "nothing_here",
    "kinds of paragraphs": "blocks",
}
TOLD = {
    *BESIDE,
    FAR,
    "suggestions",
    "facts of articles that have no column",
    "marks that an article was begun",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("sample") / "sample.annot"
    build_sample(path, whole=True)
    project = Project.open(path, "Ada")
    yield project
    project.close()


def facts(project: Project, *, far: bool = False) -> dict[str, Any]:
    """What all articles say, without ids and times, with whose it is; `far` keeps ends in other articles."""
    people = {one.id: one.name for one in project.annotators()}
    return {one.article.name: _facts(one, people, far=far) for one in project.contents()}


def _facts(content: ArticleContent, people: Any, *, far: bool) -> dict[str, Any]:
    above: dict[Any, Any] = {one.id: ("actor", one.name) for one in content.actors}
    above |= {one.id: ("card", one.wording) for one in content.claim_cards}

    def said(one: Any) -> tuple[Any, ...]:
        return one.label, tuple(sorted(one.attributes.items())), one.note, people[one.annotator]

    shown: dict[Any, Any] = dict(above)
    for one in content.spans:
        shown[one.id] = (*said(one), one.fragments, above.get(one.actor), above.get(one.claim_card))
    spans = Counter(shown[one.id] for one in content.spans)
    for one in content.frames:
        shown[one.id] = said(one)  # a frame may point to one that comes later

    def ends(roles: tuple[RoleEnd, ...]) -> tuple[Any, ...]:
        near = [one for one in roles if far or one.end in shown]
        return tuple(sorted((one.role, repr(shown.get(one.end))) for one in near))

    return {
        "text": content.article.text,
        "spans": spans,
        "frames": Counter((*said(one), ends(one.roles)) for one in content.frames),
        "labels": Counter(map(said, content.labels)),
    }


def ends_of(project: Project) -> int:
    return sum(len(frame.roles) for content in project.contents() for frame in content.frames)


def test_a_workbook_of_the_sample_loses_what_was_told(sample: Project, tmp_path: Path) -> None:
    told = export(sample, tmp_path / "all.xlsx", "xlsx").left_out
    assert set(told) <= TOLD
    for what, name in BESIDE.items():
        assert told.get(what, 0) == sum(len(getattr(one, name)) for one in sample.contents())
    with project_in(tmp_path, "b", DEFAULT) as other:
        summary = bring(other, tmp_path / "all.xlsx")
        assert summary.problems == ()
        assert facts(other) == facts(sample)
        assert summary.frames == sum(len(one.frames) for one in sample.contents()) > 20
        assert ends_of(sample) - ends_of(other) == told.get(FAR, 0)
        noted = [one for one in summary.notes if "do not stand in their article" in one]
        assert len(noted) == bool(told.get(FAR, 0))
        again = bring(other, tmp_path / "all.xlsx")
        assert (again.articles, again.frames, again.spans) == (0, 0, 0)


@pytest.mark.parametrize("format_name", ["csv", "tsv"])
@pytest.mark.parametrize("given", ["folder", "frames"])
def test_tables_in_a_folder_are_read_together(
    sample: Project, tmp_path: Path, format_name: str, given: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    for name in ("articles", "spans", "attributions", "ends", "labels"):
        export(sample, folder / f"{name}.{format_name}", format_name, chosen={"table": name})
    with project_in(tmp_path, "b", DEFAULT) as other:
        summary = bring(other, folder if given == "folder" else folder / f"attributions.{format_name}")
        assert summary.problems == ()
        found, wanted = facts(other), facts(sample)
        for name, one in wanted.items():
            assert {part: found[name][part] for part in ("text", "spans", "labels")} == {
                part: one[part] for part in ("text", "spans", "labels")
            }
            frames: Counter[Any] = Counter()
            for (label, attributes, *rest), count in one["frames"].items():
                # A table of ends has no attributes; that of attributions has.
                frames[(label, attributes if label == "ATTRIBUTION" else (), *rest)] += count
            assert {one[:4] for one in found[name]["frames"]} == {one[:4] for one in frames}
            assert found[name]["frames"].total() == frames.total()


def test_a_table_of_frames_alone_brings_their_spans(sample: Project, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    export(sample, folder / "articles.csv", "csv", chosen={"table": "articles"})
    told = export(sample, folder / "attributions.csv", "csv", chosen={"table": "attributions"}).left_out
    before = list(sample.contents())
    with project_in(tmp_path, "b", DEFAULT) as other:
        summary = bring(other, folder)
        assert summary.problems == ()
        after = list(other.contents())

    def count(contents: list[Any], name: str) -> int:
        return sum(len(getattr(one, name)) for one in contents)

    assert count(before, "spans") - count(after, "spans") == told.get("spans", 0) > 0
    assert count(before, "frames") - count(after, "frames") == told["frames"] > 0
    shown = [
        (one, span)
        for one in before
        for span in one.spans
        if any(
            end.end == span.id for frame in one.frames if frame.label == "ATTRIBUTION" for end in frame.roles
        )
    ]
    assert told.get("attributes", 0) == sum(len(span.attributes) for _, span in shown)
    assert told["actors and claim cards of spans"] == sum(
        span.actor is not None or span.claim_card is not None for _, span in shown
    )
    words = Counter((one.article.text, span.label, span.fragments) for one in after for span in one.spans)
    assert words == Counter((one.article.text, span.label, span.fragments) for one, span in shown)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_workbook_holds_comes_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with project_in(folder, "a") as project:
        fill(project, data)
        told = export(project, folder / "all.xlsx", "xlsx").left_out
        assert set(told) <= {"answers that nothing is there"}
        before = facts(project)
    with project_in(folder, "b", SCHEME) as other:
        assert bring(other, folder / "all.xlsx").problems == ()
        assert facts(other, far=True) == before


# --- tables that somebody changed ---------------------------------------------------------------------

TEXT = "Ada said no. Ben said yes."
HEAD = ("article", "article_name", "id", "label")
MADE = ("note", "annotator", "origin")


def folder_with(folder: Path, **tables: list[tuple[str, ...]]) -> Path:
    out = folder / "in"
    out.mkdir()
    for name, rows in {"articles": [("id", "text"), ("a1", TEXT)], **tables}.items():
        with (out / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return out


def test_rows_that_do_not_say_their_ends_are_named(tmp_path: Path) -> None:
    said = '[["claim", "span", "s1", "CLAIM", "9..11"], ["source", "span", "s9"]]'
    cells = (said, "", "[", '{"a": 1}', '[["claim", "word", "s1"]]', '[["claim", "span", "s1", "C", "x"]]')
    deep = "[" * 100_000
    rows = [
        ("a1", "a", f"f{at}", "ATTRIBUTION", "", "Ben", "person", one)
        for at, one in enumerate((*cells, deep))
    ]
    rows.append(("a2", "b", "f8", "ATTRIBUTION", "", "", "person", "[]"))
    path = folder_with(tmp_path, frames=[(*HEAD, *MADE, "ends"), *rows])
    with project_in(tmp_path, "p", DEFAULT) as project:
        summary = bring(project, path)
        (content,) = project.contents()
        assert [(one.label, content.article.text[one.start : one.end]) for one in content.spans] == [
            ("CLAIM", "no")
        ]
        assert [[end.role for end in one.roles] for one in content.frames] == [["claim"]]
    problems = [str(one) for one in summary.problems]
    assert [one for one in problems if "there is no article 'a2' for 1 row of labels" in one]
    faults = [one for one in problems if "ends: it does not say what fills the roles" in one]
    assert [one.partition("line ")[2][:1] for one in faults] == ["3", "4", "5", "6", "7", "8"]
    assert "ends of frames that do not stand in their article, left out: 1" in " ".join(summary.notes)


def test_words_of_another_version_are_not_taken_for_an_end(tmp_path: Path) -> None:
    said = '[["claim", "span", "s1", "CLAIM", "9..11"]]'
    row = ("a1", "a", "f1", "ATTRIBUTION", "yes", "", "", "person", said)
    path = folder_with(tmp_path, frames=[(*HEAD, "claim", *MADE, "ends"), row])
    with project_in(tmp_path, "p", DEFAULT) as project:
        summary = bring(project, path)
        assert (summary.spans, summary.frames) == (0, 0)
        assert "the file says it covers 'yes'" in str(summary.problems[0])


def test_the_same_table_twice_is_read_once(sample: Project, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    export(sample, folder / "articles.csv", "csv", chosen={"table": "articles"})
    for name in ("spans", "stances", "labels"):
        for kind in ("csv", "tsv"):
            export(sample, folder / f"{name}.{kind}", kind, chosen={"table": name})
    with project_in(tmp_path, "b", DEFAULT) as other:
        summary = bring(other, folder)
        assert summary.problems == ()
        assert not [one for one in summary.notes if "twice" in one]
        assert {name: one["spans"] for name, one in facts(other).items()} == {
            name: one["spans"] for name, one in facts(sample).items()
        }


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_spans_that_are_equal_in_everything_stay_two(tmp_path: Path, name: str) -> None:
    with project_in(tmp_path, "p", SCHEME) as project:
        (tmp_path / "a.txt").write_text("Words of the article.", "utf-8")
        bring(project, tmp_path / "a.txt")
        (article,) = project.article_ids()
        for label in ("CLAIM", "SOURCE"):
            project.add_span(article, label, (Fragment(0, 5),))
        export(project, tmp_path / "one.jsonl", "jsonl")
    twins = (tmp_path / "one.jsonl").read_text("utf-8").replace('"SOURCE"', '"CLAIM"')
    (tmp_path / "two.jsonl").write_text(twins, "utf-8")
    with project_in(tmp_path, "r", SCHEME) as project:
        assert bring(project, tmp_path / "two.jsonl").spans == 2
        tables = ["articles", "spans"] if name == "csv" else ["all"]
        for one in tables:
            export(project, tmp_path / f"o {one}.{name}", name, chosen={"table": one})
    with project_in(tmp_path, "q", SCHEME) as other:
        summary = bring(other, *sorted(tmp_path.glob(f"o *.{name}")))
        assert (summary.articles, summary.spans) == (1, 2)
        assert not [one for one in summary.notes if "twice" in one]
        (content,) = other.contents()
        assert [one.fragments for one in content.spans] == [(Fragment(0, 5),)] * 2


def test_many_tables_in_a_folder_are_looked_at_once_and_read_once(tmp_path: Path) -> None:
    head = (*HEAD, "start", "end", "text", "pieces", *MADE)
    row = ("a1", "a", "CLAIM", "9", "11", "no", "9..11", "", "Ada", "person")
    tables = {f"spans{at:02}": [head, (*row[:2], f"s{at}", *row[2:])] for at in range(60)}
    path = folder_with(tmp_path, **tables)
    _columns.cache_clear()
    with project_in(tmp_path, "p", DEFAULT) as project:
        summary = bring(project, path)
        assert (summary.spans, summary.formats) == (60, (("csv", 1),))
    assert _columns.cache_info().misses == len(tables) + 1


def test_a_table_that_has_changed_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n", "utf-8")
    assert columns_of(path, ImportOptions()) == ("id", "text")
    path.write_text("id,headline,text\n", "utf-8")
    assert columns_of(path, ImportOptions()) == ("id", "headline", "text")
    path.write_text("\n", "utf-8")
    assert columns_of(path, ImportOptions()) is None
    path.unlink()
    assert columns_of(path, ImportOptions()) is None


def test_rows_of_one_number_in_two_tables_are_two_labels(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["id", "text"])
    book.active.append(["a1", TEXT])
    for title, words in (("ada", "Ada"), ("ben", "Ben")):
        sheet = book.create_sheet(title)
        sheet.append(["article", "label", "text"])
        sheet.append(["a1", "SOURCE", words])
    book.save(tmp_path / "a.xlsx")
    with project_in(tmp_path, "p", DEFAULT) as project:
        summary = bring(project, tmp_path / "a.xlsx")
        assert (summary.spans, summary.problems) == (2, ())


def test_frames_without_their_articles_are_refused(sample: Project, tmp_path: Path) -> None:
    for kind in ("csv", "xlsx"):
        path = tmp_path / f"stances.{kind}"
        export(sample, path, kind, chosen={"table": "stances"})
        with project_in(tmp_path, kind, DEFAULT) as other:
            assert "table of labels" in str(bring(other, path).problems[0])


def test_what_a_table_is_is_told_by_its_columns() -> None:
    assert own_kind((*HEAD, "source", *MADE, "ends")) == "frames"
    assert own_kind((*HEAD, "attribute.a", *MADE)) == "labels"
    assert own_kind((*HEAD, "start", "end", "text", "pieces", *MADE)) == "spans"
    assert own_kind((*HEAD, "start", "end", "text", *MADE)) == ""
    assert own_kind(("id", "text", "label")) == ""
