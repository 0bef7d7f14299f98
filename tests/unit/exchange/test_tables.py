"""Tables of articles: marks between cells, columns, quotation marks, and rows that do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made_projects import bring, project_in

from annotator.exchange.tables.tables import FORMAT
from annotator.model.errors import EncodingRefused, UserError
from annotator.model.formats import Draft, ImportOptions, Note, Problem

IMPORTER = FORMAT.importer


@pytest.fixture
def table(tmp_path):
    def write(data, name="a.csv"):
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


def drafts(path, **options):
    return [one for one in IMPORTER.read(path, ImportOptions(**options)) if isinstance(one, Draft)]


def problems(path):
    return [one for one in IMPORTER.read(path, ImportOptions()) if isinstance(one, Problem)]


def test_the_columns_of_fnc_1_are_guessed(table):
    path = table('Body ID,articleBody\n0,"One ""quoted"" line,\n\nand a second."\n12,Other.\n', "bodies.csv")
    first, second = drafts(path)
    assert first.name == "bodies.csv:0"
    assert first.text == 'One "quoted" line,\n\nand a second.'
    assert (second.name, second.line, second.key) == ("bodies.csv:12", 5, "12")


@pytest.mark.parametrize(
    "name", ["body", "Body", "content", "article", "articleBody", "article_content", "data"]
)
def test_the_text_is_guessed_where_no_column_is_called_so(table, name):
    (draft,) = drafts(table(f"id,Body ID,title,{name}\n1,7,T,It was said.\n"))
    assert (draft.title, draft.text) == ("T", "It was said.")


def test_a_column_called_text_comes_first(table):
    (draft,) = drafts(table("body,text\nno,yes\n"))
    assert (draft.text, draft.meta) == ("yes", {"body": "no"})


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_mark_between_cells_is_found(table, mark):
    path = table(
        mark.join(("id", "title", "text")) + "\n" + mark.join(("7", "A title", '"said; so, he | did"'))
    )
    (draft,) = drafts(path)
    assert (draft.title, draft.text) == (
        "A title",
        "said; so, he | did" if mark != "\t" else '"said; so, he | did"',
    )


def test_a_mark_inside_the_quoted_header_does_not_count(table):
    (draft,) = drafts(table('"id;x;y;z",text\n1,hello\n'))
    assert draft.text == "hello"
    assert draft.meta == {"id;x;y;z": "1"}


def test_facts_come_under_their_usual_names(table):
    path = table("text,headline,author,date,source,url,odd\nT,H,B,2026-01-05,O,http://x.invalid,z\n")
    (draft,) = drafts(path)
    assert draft.title == "H"
    assert draft.meta == {
        "byline": "B", "published": "2026-01-05", "outlet": "O", "url": "http://x.invalid", "odd": "z",
    }  # fmt: skip


def test_columns_can_be_chosen(table):
    path = table("a,b,c\none,two,three\n")
    (draft,) = drafts(path, columns={"b": "text", "a": "title", "c": "skip"})
    assert (draft.text, draft.title, dict(draft.meta)) == ("two", "one", {})
    for columns, words in (
        ({"z": "text"}, "no column 'z'"),
        ({"a": "text", "b": "text"}, "two columns are chosen as text"),
        ({"a": "body"}, "no use of a column"),
    ):
        with pytest.raises(UserError, match=words):
            drafts(path, columns=columns)


def test_without_a_text_column_the_columns_are_listed(table):
    path = table("id,words\n1,hello\n")
    with pytest.raises(UserError, match="'id', 'words'"):
        drafts(path)
    preview = IMPORTER.preview(path, ImportOptions())
    assert [(one.name, one.use, one.examples) for one in preview.columns] == [
        ("id", "meta", ("1",)),
        ("words", "meta", ("hello",)),
    ]


def test_the_preview_shows_guesses_and_counts_rows(table):
    path = table("id,text\n" + "".join(f'{n},"line\nbreak {n}"\n' for n in range(50)))
    preview = IMPORTER.preview(path, ImportOptions())
    assert [(one.name, one.use) for one in preview.columns] == [("id", "name"), ("text", "text")]
    assert (preview.rows, preview.sample, preview.encoding) == (50, "line\nbreak 0", "utf-8")


def test_rows_that_do_not_fit_are_named_by_the_line_they_begin_in(table):
    path = table('id,text\n1,"two\nlines"\n2\n3,x,y\n4,fine\n')
    assert [(one.line, one.reason) for one in problems(path)] == [
        (4, "the row has 1 cells, but the table has 2 columns"),
        (5, "the row has 3 cells, but the table has 2 columns"),
    ]
    assert [one.name for one in drafts(path)] == ["a.csv:1", "a.csv:4"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "'=1", '=HYPERLINK("x")'])
def test_texts_that_look_like_formulas_stay_as_they_are(table, text):
    quoted = text.replace('"', '""')
    (draft,) = drafts(table(f'id,text\n1,"{quoted}"\n'))
    assert draft.text == text


def test_an_open_quotation_mark_is_named_and_nothing_comes_of_it(table):
    with pytest.raises(UserError, match="line 3"):
        drafts(table('id,text\n1,ok\n2,"open\n3,next\n'))
    with pytest.raises(UserError, match="inside a cell"):
        drafts(table('id,text\n1,"a" b\n'))


def test_twin_ids(table):
    path = table("id,text\n1,one\n1,one\n1,two\n,a\n,b\n")
    assert [one.text for one in drafts(path)] == ["one", "one", "a", "b"]
    (problem,) = problems(path)
    assert "line 2 and in line 4" in problem.reason


def test_long_cells_are_read(table):
    text = "word " * 60_000
    (draft,) = drafts(table(f"id,text\n1,{text}\n"))
    assert draft.text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_are_understood(table, end):
    path = table(end.join(("id,text", '1,"a', 'b"', "2,c", "")))
    assert [one.text for one in drafts(path)] == [f"a{end}b", "c"]


def test_a_carriage_return_at_the_edge_of_a_piece(table, monkeypatch):
    monkeypatch.setattr("annotator.exchange.encoding._PIECE", 3)
    path = table("id,text\r\n1,ab\r\n2,cd\r\n")
    assert [(one.line, one.text) for one in drafts(path)] == [(2, "ab"), (3, "cd")]


def test_other_encodings(table):
    data = "id,text\n1,caf\xe9\n".encode("cp1252")
    with pytest.raises(EncodingRefused) as caught:
        drafts(table(data))
    assert caught.value.line == 2
    (draft,) = drafts(table(data), encoding="cp1252")
    assert draft.text == "café"
    (draft,) = drafts(table("id,text\n1,café\n".encode("utf-16")))
    assert draft.text == "café"


def test_notes_say_what_was_odd(table):
    notes = [
        str(one)
        for one in IMPORTER.read(table("\ufeffsep=;\nid;text\n1;\n2;x\n"), ImportOptions())
        if isinstance(one, Note)
    ]
    assert any("byte-order mark" in one for one in notes)
    assert any("sep=" in one for one in notes)
    assert any("1 row without text" in one for one in notes)


CELL = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=20)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
@example([("", "0")])
def test_what_pythons_writer_writes_is_read_back(tmp_path_factory, rows):
    import csv

    path = tmp_path_factory.mktemp("t") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("title", "text"), *rows])
    assert [one.text for one in drafts(path)] == [text for _title, text in rows if text.strip()]


def test_an_id_of_any_length_gives_a_name_of_some_length(tmp_path: Path) -> None:
    ids = ["a" * 5_000, "a" * 4_999 + "b"]
    (tmp_path / "a.csv").write_text(
        "".join(["id,text\n", *(f"{one},Ada {one[-1]}\n" for one in ids)]), "utf-8"
    )
    with project_in(tmp_path, "p") as project:
        assert bring(project, tmp_path / "a.csv").articles == 2
        names = [one.article.name for one in project.contents()]
    assert names == ["a.csv:" + "a" * 293 + "…"] * 2
