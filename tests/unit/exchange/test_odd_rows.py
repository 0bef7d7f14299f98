"""Tables and columns in shapes that are rare but theirs: read right, with a note, or refused clearly."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from lxml.etree import SerialisationError
from made_projects import SCHEME, bring, export, project_in
from odd_files import TEXT, covered, read
from read_again import said

from annotator.exchange.tables import xlsx_out
from annotator.model.errors import UserError
from annotator.model.records import Fragment
from annotator.model.scheme import Label, Scheme


def test_a_row_of_webanno_without_its_columns_says_nothing(tmp_path: Path) -> None:
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Claim|label\n\n\n#Text=Ada said\n"
    found = read(tmp_path, "a.tsv", f"{head}1-1\t0-3\tAda\n1-2\t4-8\tsaid\tCLAIM\t\n")
    assert covered(found) == [("CLAIM", "said")]
    assert "line 6: expected 1 columns after the word, found 0" in said(found)


@pytest.mark.parametrize("between", ["", "\ufeff"])
@pytest.mark.parametrize("head", ["text", "id,text", '"id","text"', '"a id", text '])
def test_columns_named_again_between_rows_are_no_article(tmp_path: Path, head: str, between: str) -> None:
    row = "{}" if head == "text" else "{}, {}"
    table = (
        f"{head}\n{row.format('Ada said', 'Ada said')}\n{between}{head}\n{row.format('Ben too', 'Ben too')}\n"
    )
    found = read(tmp_path, "a.csv", f"{between}{table}")
    assert [one.article.text.split()[0] for one in found[1]] == ["Ada", "Ben"]
    assert "line 3: it names the columns again" in said(found)


def test_a_nul_in_a_table_ends_no_row(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", "text\nhi\0there\nFine.\n")
    assert [one.article.text for one in found[1]] == ["Fine."]
    assert "line 2: NUL character" in said(found)


def test_a_scheme_with_control_characters_makes_a_workbook(tmp_path: Path) -> None:
    scheme = Scheme("s", "", (*SCHEME.labels, Label("a\0b", "frame")))
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p", scheme) as project:
        bring(project, tmp_path / "a.txt")
        assert export(project, tmp_path / "o.xlsx", "xlsx").articles == 1


def test_a_workbook_of_spans_alone_is_no_workbook_of_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(0, 3),))
        export(project, tmp_path / "o.xlsx", "xlsx", chosen={"table": "spans"})
    with project_in(tmp_path, "q") as other:
        summary = bring(other, tmp_path / "o.xlsx")
        assert (summary.articles, len(summary.problems)) == (0, 1)
        assert "there is no sheet of their articles" in str(summary.problems[0])
        chosen = {"text": "text"}
        assert bring(other, tmp_path / "o.xlsx", columns=chosen).articles == 1


TOKENS = [("CLAIM", "Ada Rask"), ("SOURCE", "Ben")]


@pytest.mark.parametrize(
    "data",
    [
        "# id 1d5c\tdomain=en\nAda _ _ B-CLAIM\nRask _ _ I-CLAIM\n\n# id 2\tdomain=en\nBen _ _ B-SOURCE\n",
        "# sent_id = 1\nAda x x B-CLAIM\nRask x x I-CLAIM\n# x x O\n\n# y = 2\nBen x x B-SOURCE\n",
        "#\thttp://example.org [2009]\n1\tAda\tB-CLAIM\n2\tRask\tI-CLAIM\n\n1\tBen\tB-SOURCE\n",
        "1-2\tAdaRask\tO\n1\tAda\tB-CLAIM\n2\tRask\tI-CLAIM\n\n1\tBen\tB-SOURCE\n1.1\t_\tO\n",
        "Ada\tB-CLAIM\t\nRask\tI-CLAIM\t\n\nBen\tB-SOURCE\t\n",
    ],
)
def test_columns_with_comments_numbers_and_tabs_at_their_ends(tmp_path: Path, data: str) -> None:
    found = read(tmp_path, "a.conll", data)
    assert covered(found) == TOKENS
    assert found[0].problems == ()


def test_a_word_may_be_a_sharp(tmp_path: Path) -> None:
    found = read(tmp_path, "a.conll", "# O\nAda B-CLAIM\n\n# B-SOURCE\n")
    assert covered(found) == [("CLAIM", "Ada"), ("SOURCE", "#")]
    assert found[1][0].article.text == "# Ada\n#\n"


def test_columns_without_tags_say_so(tmp_path: Path) -> None:
    row = "\tx\tx\tX\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
    found = read(tmp_path, "a.conllu", f"1\tAda{row}2\tsaid{row}")
    assert (covered(found), found[1][0].article.text) == ([], "Ada said\n")
    assert "values of the last column that are no tags were left out: 2" in said(found)


def test_a_no_break_space_is_a_part_of_a_word(tmp_path: Path) -> None:
    assert covered(read(tmp_path, "a.conll", "5\xa0km B-CLAIM\naway O\n")) == [("CLAIM", "5\xa0km")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Ada B-CLAIM\rBen O\r", "its lines end in CR only"),
        ("-DOCSTART- O\n\n", "there is no line with a word and its tag in it"),
        ("\n\n", "there is no line with a word and its tag in it"),
        (
            "#begin document (bc/0); part 000\nbc 0 0 Ada NNP (PERSON)\n",
            "the row has 6 columns",
        ),
    ],
)
def test_columns_that_cannot_be_read_are_refused(tmp_path: Path, data: str, words: str) -> None:
    found = read(tmp_path, "a.conll", data)
    assert (found[1], words in said(found)) == ([], True)


@pytest.mark.parametrize("tags", ["bio", "io"])
def test_words_that_look_like_numbers_and_comments_come_back(tmp_path: Path, tags: str) -> None:
    (tmp_path / "a.txt").write_text("1 2 3\n\n# # 4\n", "utf-8")
    with project_in(tmp_path, "p") as project, project_in(tmp_path, "q") as other:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(0, 3),))
        export(project, tmp_path / "o.conll", "conll", chosen={"columns": "each", "tags": tags})
        bring(other, tmp_path / "o.conll")
        (content,) = other.contents()
        assert content.article.text.split() == ["1", "2", "3", "#", "#", "4"]


def test_a_workbook_that_does_not_fit_on_the_disk_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise SerialisationError("IO_ENOSPC")

    monkeypatch.setattr(xlsx_out, "_repack", full)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    out = tmp_path / "o.xlsx"
    out.write_text("old", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        before = {*tmp_path.iterdir()}
        with pytest.raises(UserError, match=r"was not written: .*What was there before is unchanged"):
            export(project, out, "xlsx")
        assert {*tmp_path.iterdir()} == before
    assert out.read_text("utf-8") == "old"


def test_a_sentence_of_tsv_may_go_on_without_saying_again_that_it_is_text(tmp_path: Path) -> None:
    file = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Who|value\n\n\n#Text=Ada said\nthat Bo left.\n"
        "1-1\t0-3\tAda\t_\t\n1-2\t14-16\tBo\tPER\t\n\n#Text=No.\n2-1\t23-25\tNo\t_\t\n"
    )
    found = read(tmp_path, "a.tsv", file, new_labels="add")
    assert (found[0].problems, covered(found)) == ((), [("PERSON", "Bo")])
    assert found[1][0].article.text.startswith("Ada said\nthat Bo left.\nNo.")


def test_a_row_of_tsv_that_is_none_does_not_become_text(tmp_path: Path) -> None:
    file = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Who|value\n\n\n#Text=Ada and Bo.\n"
        "1-1 0-3 Ada _\n1-2\t8-10\tBo\tPER\t\n"
    )
    found = read(tmp_path, "a.tsv", file, new_labels="add")
    assert "line 6: '1-1 0-3 Ada _' is no row" in said(found)
    assert all("0-3" not in one.article.text for one in found[1])


def test_a_full_disk_is_told_once_and_not_by_the_library_too(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    resource = pytest.importorskip("resource")
    (tmp_path / "a.txt").write_text("\n".join(f"{number} {TEXT}" for number in range(4000)), "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
        try:
            with pytest.raises(UserError, match="was not written"):
                export(project, tmp_path / "o.xlsx", "xlsx")
            gc.collect()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert capfd.readouterr().err == ""
