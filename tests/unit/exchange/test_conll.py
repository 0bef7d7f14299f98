"""CoNLL: every way of tagging comes in, goes out, and what overlaps or touches is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_projects import bring, export, project_in
from read_again import NOTHING
from shared_data import DATA

from annotator.exchange import encoding
from annotator.exchange.conll.conll import FORMAT
from annotator.exchange.conll.tags import reader_of
from annotator.exchange.flat import Stretch, longest_first
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions
from annotator.model.ids import new_id
from annotator.model.records import ArticleContent, Fragment
from annotator.services.exporting import formats_out

WORDS = ("Ada", "Rask", "said", "no", "Ben", "Holt")


def put(folder: Path, *tags: str, between: str = "\t") -> Path:
    path = folder / "a.conll"
    lines = [between.join((word, *tag.split())) for word, tag in zip(WORDS, tags, strict=False)]
    path.write_text("\n".join(lines) + "\n\n", "utf-8")
    return path


def covered(content: ArticleContent) -> list[tuple[str, str]]:
    text = content.article.text
    return sorted((one.label, text[one.start : one.end]) for one in content.spans)


@pytest.mark.parametrize(
    "tags",
    [
        ("B-P", "I-P", "O", "O", "B-P", "I-P"),
        ("I-P", "I-P", "O", "O", "I-P", "I-P"),
        ("P", "P", "O", "O", "P", "P"),
        ("B-P", "E-P", "O", "O", "B-P", "E-P"),
        ("B-P", "L-P", "O", "O", "B-P", "L-P"),
        ("B_P", "I_P", "O", "O", "B_P", "I_P"),
    ],
)
@pytest.mark.parametrize("between", ["\t", " "])
def test_every_way_of_tagging_is_read(tmp_path: Path, tags: tuple[str, ...], between: str) -> None:
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, put(tmp_path, *tags, between=between), new_labels="add")
        assert summary.problems == ()
        (content,) = project.contents()
        assert content.article.text == "Ada Rask said no Ben Holt\n"
        assert covered(content) == [("P", "Ada Rask"), ("P", "Ben Holt")]
        assert any("the text was put together" in note for note in summary.notes)


ODD = (
    "-DOCSTART- O\n\nAda B-P\nRask I-P\n \t\nsaid O\n\n\nno\n-DOCSTART-x I-Q\n-DOCSTART- O\nBen B-P\n",
    "Ada\tB-P\nRask\tI-P\n# a remark\nno\tO\n\t\nBen\tI-P\n-DOCSTART-\tO\nHolt\tB-P",
)


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("piece", [1, 7, 20])
def test_a_file_reads_the_same_in_whatever_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, end: str, piece: int
) -> None:
    path, whole = tmp_path / "a.conll", tmp_path / "whole" / "a.conll"
    whole.parent.mkdir()
    whole.write_bytes(text.encode())
    path.write_bytes(text.replace("\n", end).encode())
    expected = list(FORMAT.importer.read(whole, ImportOptions()))
    monkeypatch.setattr(encoding, "_PIECE", piece)
    assert list(FORMAT.importer.read(path, ImportOptions())) == expected
    drafts = [one for one in expected if isinstance(one, Draft)]
    assert [one.text for one in drafts] in (
        ["Ada Rask\nsaid\n-DOCSTART-x\n", "Ben\n"],
        ["Ada Rask no\nBen\n", "Holt\n"],
    )


def test_neighbours_of_one_label_are_told_apart(tmp_path: Path) -> None:
    for tags in (("B-P", "B-P", "O"), ("I-P", "B-P", "O"), ("S-P", "U-P", "O")):
        with project_in(tmp_path, f"p{tags[0]}", NOTHING) as project:
            bring(project, put(tmp_path, *tags), new_labels="add")
            (content,) = project.contents()
            assert covered(content) == [("P", "Ada"), ("P", "Rask")]


def test_a_column_can_be_chosen(tmp_path: Path) -> None:
    path = put(tmp_path, "NNP B-P O", "NNP I-P O", "VBD O B-C", "RB O I-C")
    for column, expected in (("last", ("C", "said no")), ("2", ("P", "Ada Rask"))):
        with project_in(tmp_path, column, NOTHING) as project:
            bring(project, path, new_labels="add", chosen={"column": column})
            (content,) = project.contents()
            assert covered(content) == [expected]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\tO\n\nlonely\n", "line 3: the line has one column, expected a token and its tag"),
        ("a\tO\nb\tX\tO\n", "line 2: the line has 3 columns, but those before have 2"),
        ("a\tO\n\tB-P\n", "line 2: the line has no token before its tag"),
    ],
)
def test_a_line_with_a_fault_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.conll").write_text(text, "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.conll")
        assert words in str(summary.problems[0])
        assert summary.articles == 1


def test_parts_are_articles_and_comments_are_none(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text(
        "-DOCSTART- O\n\n# one\nAda\tB-P\n#\tO\n\n-DOCSTART- O\n\nBen\tB-P\n", "utf-8"
    )
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.conll", new_labels="add")
        assert summary.problems == ()
        assert [one.article.text for one in project.contents()] == ["Ada #\n", "Ben\n"]
        assert [one.article.name for one in project.contents()] == ["a.conll:1", "a.conll:2"]


@pytest.mark.parametrize(
    ("tags", "lines"),
    [
        ("bio", ["B-PERSON", "I-PERSON", "B-PERSON", "O"]),
        ("iob1", ["I-PERSON", "I-PERSON", "B-PERSON", "O"]),
        ("io", ["I-PERSON", "I-PERSON", "I-PERSON", "O"]),
        ("iobes", ["B-PERSON", "E-PERSON", "S-PERSON", "O"]),
    ],
)
def test_every_way_of_tagging_is_written(tmp_path: Path, tags: str, lines: list[str]) -> None:
    (tmp_path / "a.txt").write_text("Ada Rask Ben left", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        article = project.article_ids()[0]
        for start, end in ((0, 8), (9, 12)):
            project.add_span(article, "PERSON", (Fragment(start, end),))
        project.add_span(article, "CLAIM", (Fragment(4, 8),))
        written = export(project, tmp_path / "o", "conll", chosen={"tags": tags})
        found = (tmp_path / "o").read_text("utf-8").splitlines()[2:-1]
        assert [one.split("\t")[1] for one in found] == lines
        touching = written.left_out.get("spans that touch one of the same label, written as one", 0)
        assert (touching, written.left_out["spans that overlap a longer one"]) == (tags == "io", 1)
        each = export(project, tmp_path / "e", "conll", chosen={"columns": "each"})
        assert "spans that overlap a longer one" not in each.left_out
        assert "Rask\tB-CLAIM\tO\tI-PERSON" in (tmp_path / "e").read_text("utf-8")


def _words(project: object) -> Counter[tuple[str, str]]:
    return Counter(
        (one.label, "".join(content.article.text[one.start : one.end].split()))
        for content in project.contents()
        for one in content.spans
    )


@pytest.mark.skipif(not (DATA / "ner").is_dir(), reason="the shared files are not at hand")
@pytest.mark.parametrize("name", ["wikigold.first-half.conll", "wnut17.dev.conll"])
def test_files_of_the_field_come_in_and_go_out(tmp_path: Path, name: str) -> None:
    lines = (DATA / "ner" / name).read_text("utf-8").split("\n")
    tagged = sum(1 for one in lines if one.split()[1:] and one.split()[-1] != "O")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, DATA / "ner" / name, new_labels="add")
        # The last line of one of them is a byte-order mark and no more.
        odd = [one.line for one in summary.problems]
        assert odd == ([16742] if name.startswith("wnut") else [])
        tokens = sum(len(text.split()) for _, text in _words_list(project))
        assert tokens == tagged
        export(project, tmp_path / "out.conll", "conll")
        with project_in(tmp_path, "q", project.scheme) as other:
            bring(other, tmp_path / "out.conll")
            assert _words(other) == _words(project)


def _words_list(project: object) -> list[tuple[str, str]]:
    return [pair for content in project.contents() for pair in covered(content)]


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        ("ada b-per\nrask i-per\nsaid o\nno b-claim", [("claim", "no"), ("per", "ada rask")]),
        ("Ada PER-B\nRask PER-I\nsaid O\nno CLAIM-S", [("CLAIM", "no"), ("PER", "Ada Rask")]),
        ("Ada per_b\nRask per_e\nsaid o\nno O-X_S", [("O-X", "no"), ("per", "Ada Rask")]),
        ("Ada B\nRask I\nsaid O\nno B", [("SPAN", "Ada Rask"), ("SPAN", "no")]),
        ("Ada B-PER\nRask I-PER\nsaid o\nno B-CLAIM", [("CLAIM", "no"), ("PER", "Ada Rask")]),
    ],
)
def test_tags_written_in_another_way_are_read_and_told(
    tmp_path: Path, rows: str, spans: list[tuple[str, str]]
) -> None:
    for name in ("a.conll", "a.txt"):
        (tmp_path / name).write_text(rows, "utf-8")
        with project_in(tmp_path, f"p{name}", NOTHING) as project:
            summary = bring(project, tmp_path / name, new_labels="add")
            (content,) = project.contents()
            # In a text, letters alone are no sign of columns.
            is_read = name == "a.conll" or not rows.startswith("Ada B\n")
            assert covered(content) == (spans if is_read else [])
            assert any("they were read as B-LABEL" in one for one in summary.notes) == is_read


@pytest.mark.parametrize(
    "tags", ["B-PER\tE-B", "PER-B\tLOC-B", "PERSON\tb-per", "per\tO", "B-b-per\tI-b-per"]
)
def test_tags_that_may_be_meant_as_they_are_are_left_so(tags: str) -> None:
    assert reader_of(tags.split("\t")) is None


def test_the_first_line_may_name_the_column_of_tags(tmp_path: Path) -> None:
    lines = (
        "# global.columns = id form ner misc\n# text = Ada left.\n"
        "1\tAda\tB-PER\t_\n2\tleft\tO\t_\n3\t.\tO\tSpaceAfter=No\n"
    )
    (tmp_path / "a.conllup").write_text(lines, "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.conllup", new_labels="add")
        assert (summary.problems, [(one.name, one.count) for one in summary.labels]) == ((), [("PER", 1)])


def test_a_file_for_each_label_holds_what_overlaps_and_comes_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada Rask-Holts said no.\nBen 😀 agreed.", "utf-8")
    (tmp_path / "b.txt").write_text("Nobody came.", "utf-8")
    places = (("CLAIM", 4, 22), ("CLAIM", 9, 15), ("SOURCE", 0, 13), ("PERSON", 24, 27))
    with project_in(tmp_path, "p") as project, project_in(tmp_path, "q") as other:
        bring(project, tmp_path / "a.txt", tmp_path / "b.txt")
        article = next(one.article.id for one in project.contents() if one.article.name == "a.txt")
        for label, start, end in places:
            project.add_span(article, label, (Fragment(start, end),))
        written = export(project, tmp_path / "out", "conll_files", chosen={"tags": "iobes"})
        assert written.left_out["spans that overlap a longer one"] == 1
        files = {one.name: one.read_text("utf-8").splitlines() for one in (tmp_path / "out").glob("*.conll")}
        assert sorted(files) == ["CLAIM.conll", "PERSON.conll", "SOURCE.conll"]
        words = [[line.split("\t")[0] for line in lines] for lines in files.values()]
        assert words[0] == words[1] == words[2]
        assert "Holt\tE-SOURCE" in files["SOURCE.conll"]
        summary = bring(other, tmp_path / "out")
        assert (summary.articles, summary.problems) == (2, ())
        found = [one for content in other.contents() for one in covered(content)]
        assert sorted(found) == [
            ("CLAIM", "Rask - Holt s said no"),
            ("PERSON", "Ben"),
            ("SOURCE", "Ada Rask - Holt"),
        ]


@pytest.mark.parametrize("name", ["conll", "conll_files"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ada\tO", "Ida\tO"),  # a word that no label covers
        ("no\tI-CLAIM", "no\tO"),
        ("no\tI-CLAIM", "no\tB-CLAIM"),
        ("no\tI-CLAIM", "no\tI-CLAIM\tO"),
        ("no\tI-CLAIM", "no_I-CLAIM"),
        ("no\tI-CLAIM", "no\tI-CLAIM\n"),
        ("-DOCSTART-\tO\n\nBen", "Ben"),
        ("left\tO\n", ""),
        ("-DOCSTART-\tO\n\nBen\tO\nleft\tO\n.\tO\n\n", ""),
    ],
)
def test_what_is_not_as_it_was_meant_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, before: str, after: str
) -> None:
    exporter = formats_out()[name].exporter
    assert exporter is not None
    verify = exporter.verify

    def spoiled(_self: object, path: Path, *given: Any) -> Iterator[int]:
        file = path if path.is_file() else path / "CLAIM.conll"
        text = file.read_text("utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), "utf-8")
        yield from verify(path, *given)

    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    (tmp_path / "b.txt").write_text("Ben left.", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt", tmp_path / "b.txt")
        article = next(one.article.id for one in project.contents() if one.article.name == "a.txt")
        project.add_span(article, "CLAIM", (Fragment(4, 11),))
        monkeypatch.setattr(type(exporter), "verify", spoiled)
        with pytest.raises(UserError):
            export(project, tmp_path / "out", name)
        assert not (tmp_path / "out").exists()


def test_a_scheme_without_labels_of_spans_still_gives_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        bring(project, tmp_path / "a.txt")
        export(project, tmp_path / "out", "conll_files")
        assert [one.name for one in (tmp_path / "out").glob("*.conll")] == ["no labels.conll"]


NESTED = (
    "#\thttp://paper.example\t[2026]\n1\tAda\tB-PER\tO\n2\tleft\tO\tO\n3\tPort\tB-LOC\tO\n4\tVer\tI-LOC\tO\n"
)


@pytest.mark.parametrize("name", ["a.conll", "a.tsv"])
def test_where_the_last_column_says_nothing_the_one_before_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(NESTED, "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / name, new_labels="add")
        assert (summary.problems, summary.formats) == ((), (("conll", 1),))
        (content,) = project.contents()
        assert covered(content) == [("LOC", "Port Ver"), ("PER", "Ada")]


def test_tags_in_columns_that_are_not_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text(NESTED.replace("Ver\tI-LOC\tO", "Ver\tI-LOC\tB-NAME"), "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project, project_in(tmp_path, "q", NOTHING) as other:
        summary = bring(project, tmp_path / "a.conll", new_labels="add")
        told = (
            "a.conll: there are tags in other columns too, which were not read (option column=all reads them)"
        )
        assert f"{told}: 3" in summary.notes
        assert [one.name for one in summary.labels] == ["NAME"]
        chosen = bring(other, tmp_path / "a.conll", new_labels="add", chosen={"column": "2"})
        assert {one.name for one in chosen.labels} == {"LOC", "PER"}
        assert f"{told}: 4" in chosen.notes
    with project_in(tmp_path, "r", NOTHING) as project:
        summary = bring(project, tmp_path / "a.conll", new_labels="add", chosen={"column": "all"})
        assert not any("other columns" in one for one in summary.notes)
        (content,) = project.contents()
        assert covered(content) == [("LOC", "Port Ver"), ("NAME", "Ver"), ("PER", "Ada")]


def test_a_table_stays_a_table(tmp_path: Path) -> None:
    rows = "text\tlabel\nAda left.\tB-1\nBen left.\tB-2\nCho left.\tO\nDan left.\tB-1\n"
    (tmp_path / "a.tsv").write_text(rows, "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, tmp_path / "a.tsv").formats == (("csv", 1),)


def test_a_first_line_unlike_all_others_is_the_one_with_the_fault(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text("-ODD- -X- -X- O\nAda B-PER\nleft O\n. O\n\nBen B-PER\n", "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.conll", new_labels="add")
        assert [one.line for one in summary.problems] == [1]
        assert [covered(one) for one in project.contents()] == [[("PER", "Ada"), ("PER", "Ben")]]


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 5), st.sampled_from("AB")), max_size=8))
def test_of_spans_that_overlap_the_longest_is_kept(places: list[tuple[int, int, str]]) -> None:
    spans = [Stretch(new_id(), start, start + size, label, (), 0) for start, size, label in sorted(places)]
    kept: list[Stretch] = []
    for one in sorted(spans, key=lambda one: (one.start - one.end, one.start, one.label)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    assert longest_first(spans) == sorted(kept, key=lambda one: one.start)


def test_tags_of_bmewo_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text("Ada W-PERSON\nsaid O\nEast B-PLACE\nRiver M-PLACE\nHarbour E-PLACE\n", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, path, new_labels="add")
        (content,) = project.contents()
        text = content.article.text
        made = [(one.label, text[one.start : one.end]) for one in content.spans]
        assert made == [("PERSON", "Ada"), ("PLACE", "East River Harbour")]


def test_names_of_labels_alone_are_tags_also_in_small_letters(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("the\torganization\nUnion\torganization\nwill\tO\ngo\tO\n\nthey\tperson\nsay\tO\n")
    assert FORMAT.importer is not None
    assert FORMAT.importer.recognises(path)
    (draft,) = (one for one in FORMAT.importer.read(path, ImportOptions()) if isinstance(one, Draft))
    assert draft.marks is not None
    labels = [one.label for one in draft.marks.spans]
    assert labels == ["organization", "person"]


def test_chains_in_brackets_with_their_kinds_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    rows = ("1\tThe\t(place-1", "2\tRye\tplace-1)", "3\tsaid\t_", "4\tit\t(place-1)(abstract-2)", "5\t.\t_")
    path.write_text("# begin document a\n" + "\n".join(rows) + "\n# end document\n")
    assert FORMAT.importer is not None
    with pytest.raises(UserError, match="as GUM has them, and are not read"):
        list(FORMAT.importer.read(path, ImportOptions()))


def test_brackets_that_do_not_close_are_looked_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text("".join(f"{one}\tA\t{'a-1' * 40}(\n" for one in range(1, 7)))
    assert FORMAT.importer is not None
    assert [one.text for one in FORMAT.importer.read(path, ImportOptions()) if isinstance(one, Draft)]
