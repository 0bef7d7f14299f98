"""CoNLL: what is read and written at once is what it would be line by line, with any number of files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made_projects import bring, export, project_in

from annotator.exchange.conll.conll_parts import Part, _Blocks, parts_of
from annotator.exchange.conll.conll_proof import (
    articles,
    read_again,
    read_as,
    read_label,
    read_tags,
    start_of,
)
from annotator.exchange.conll.tags import split_tag, stretches_of
from annotator.model.errors import UserError
from annotator.model.records import Fragment
from annotator.model.scheme import Label, Scheme

TAGS = ("O", "O", "B-A", "I-A", "E-A", "S-A", "I-B", "U-B", "_", "", "A")
LINES = (
    "Ada\tO",
    "no\tB-X",
    "no\tI-X",
    "a\tb\tO",
    "a",
    "",
    " ",
    "\tO",
    "\t",
    "#\tO",
    "# a",
    "b\tO\r",
    "c\tO\t",
)


@given(st.lists(st.sampled_from(TAGS), max_size=12))
@example(["B-A", "O", "I-A"])
@example(["O", "B-A"])
def test_only_tags_that_say_something_are_looked_at_and_give_the_same_spans(tags: list[str]) -> None:
    found, first, label = [], 0, ""
    for at, tag in enumerate([*tags, "O"]):
        prefix, own = split_tag(tag)
        goes_on = label != "" and own == label and prefix in "IMEL"
        if label and not goes_on:
            found.append((first, at - 1, label))
        if not goes_on:
            first, label = at, own
        if label and prefix in "ELSU":
            found.append((first, at, label))
            label = ""
    assert [*stretches_of(tags)] == found


@given(st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=4), max_size=6), st.booleans())
@example([["Ada\tO"], ["a\tb\tO", "a"]], True)
@example([["Ada\tO"], ["Ada\tO", "#\tO"], ["\tO", "a\tO"]], True)
def test_a_sentence_read_at_once_is_what_its_lines_are(sentences: list[list[str]], is_begun: bool) -> None:
    blocks = ["-DOCSTART-\tO", "a\tO\nb\tB-X", *("\n".join(lines) for lines in sentences)][not is_begun :]
    numbered = [(10 * number + 1, block) for number, block in enumerate(blocks)]

    def _read() -> list[Part]:
        parts = parts_of(iter(numbered), -1)
        return [
            replace(one, sentences=[(list(at), [*map(list, rows)]) for at, rows in one.sentences])
            for one in parts
        ]

    at_once = _read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Blocks, "is_read_at_once", lambda *_: False)
        assert at_once == _read()


SENTENCES = read_as([["a", "b"], ["c"]])
BARE = b"\na\tO\nb\tO\n\nc\tO\n\n"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("\na\tO\nb\tO\n\nc\tO\n\n", []),
        ("\na\tB-X\nb\tI-X\n\nc\tB-X\n\n", ["a b", "c"]),
        ("\na\tO\nb\tB-X\n\nc\tO\n\n", ["b"]),
        ("\na\tB-X\nb\tB-X\n\nc\tO\n\n", ["a", "b"]),
    ],
)
def test_what_was_written_reads_as_its_sentences(lines: str, words: list[str]) -> None:
    assert read_again(lines.encode(), 1) == (SENTENCES, [("1 X", [one]) for one in words])
    assert read_label(lines.encode(), "X") == read_tags(lines.encode(), "X") == (BARE, words)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("\na\tO\nb\tI-X\n\nc\tO\n\n", ["b"]),
        ("\na\tI-X\nb\tO\n\nc\tB-X\n\n", ["a", "c"]),
        ("\na\tB-X\nb\tI-X\n\nc\tI-X\n\n", ["a b", "c"]),
        ("\na\tB-X\nb\tE-X\n\nc\tS-X\n\n", ["a b", "c"]),
    ],
)
def test_other_tags_than_those_of_bio_are_left_to_be_read_one_by_one(lines: str, words: list[str]) -> None:
    assert read_again(lines.encode(), 1) == (SENTENCES, [("1 X", [one]) for one in words])
    assert b"-X\n" in read_label(lines.encode(), "X")[0]
    assert read_tags(lines.encode(), "X") == (BARE, words)


def test_each_of_several_columns_is_read() -> None:
    lines = b"\na\tB-X\tO\nb\tI-X\tB-Y\n\nc\tO\tI-Y\n\n"
    assert read_again(lines, 2) == (SENTENCES, [("1 X", ["a b"]), ("2 Y", ["b"]), ("2 Y", ["c"])])
    assert read_again(lines, 1)[0] != SENTENCES != read_again(lines, 3)[0]


@pytest.mark.parametrize(
    "lines",
    [
        "\na\nb\tO\n\nc\tO\n\n",  # no tag
        "\na b\tO\n\nc\tO\n\n",  # two words
        "\na O\nb\tO\n\nc\tO\n\n",
        "\na\tO\tO\nb\tO\n\nc\tO\n\n",  # a column too many
        "a\tO\nb\tO\n\nc\tO\n\n",  # no empty line below the first one
        "\na\tO\nb\tO\nc\tO\n\n",
        "\na\tO\nb\tO\n\nc\tO\n",
        "\na\tO\nb\tO\n\nc\tO\n\n\n",
        "\n\ta\tO\nb\tO\n\nc\tO\n\n",
        "\na\tO\nb\tO\n\nc\tO\n\nd",
        "\na b \nc \n",  # what it reads as
        "\na\tB-X\nb\t\n\nc\tO\n\n",  # no tag
        "\na\tB-X\n\tI-X\nb\tO\n\nc\tO\n\n",  # no word
        "\na\tB-X\tO\nb\tO\n\nc\tO\n\n",
        "\na\tB-X b\tO\n\nc\tO\n\n",
    ],
)
def test_what_is_written_in_another_way_reads_as_something_else(lines: str) -> None:
    assert read_again(lines.encode(), 1)[0] != SENTENCES
    for read in (read_label, read_tags):
        assert read_again(read(lines.encode(), "X")[0], 1)[0] != SENTENCES


@pytest.mark.parametrize(
    "lines",
    [
        "\na\tB-Y\nb\tO\n\nc\tO\n\n",  # another label than the file's
        "\na\tB-Y-X\nb\tO\n\nc\tO\n\n",
        "\na\tBB-X\nb\tO\n\nc\tO\n\n",
        "\na\tB-X\tO\nb\tO\n\nc\tO\n\n",
        "\na\t-X\nb\tO\n\nc\tO\n\n",
    ],
)
def test_a_file_of_one_label_has_no_other(lines: str) -> None:
    for read in (read_label, read_tags):
        assert read_again(read(lines.encode(), "X")[0], 1) != (SENTENCES, [])


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_articles_are_the_same_however_much_is_read_at_a_time(tmp_path: Path, size: int) -> None:
    whole = ["\na\tO\n\n", "\n", "\nb\tO\n\n"]
    (tmp_path / "a").write_bytes("".join(start_of(1) + one for one in whole).encode())
    assert [*articles(tmp_path / "a", start_of(1), size)] == [one.encode() for one in whole]


@pytest.mark.parametrize("before", ["x\n", "\n", "\na\tO\n\n", "a\tO\n\n"])
def test_nothing_stands_before_the_first_article(tmp_path: Path, before: str) -> None:
    (tmp_path / "a").write_bytes(f"{before}{start_of(1)}\n".encode())
    with pytest.raises(UserError, match="line 1"):
        next(articles(tmp_path / "a", start_of(1)))
    (tmp_path / "a").write_bytes(before.encode())
    with pytest.raises(UserError, match="line 1"):
        next(articles(tmp_path / "a", start_of(1)))


@pytest.fixture
def few_open_files() -> Iterator[int]:
    resource = (
        pytest.importorskip("resource") if sys.platform != "win32" else pytest.skip("it has no such limit")
    )
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
    yield 256
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_there_may_be_more_labels_than_files_that_may_be_open(
    tmp_path: Path, few_open_files: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.exchange.conll.conll_files._HELD", 20_000)  # so that files grow in turns
    labels = tuple(Label(f"L{number}", "span") for number in range(600))
    assert len(labels) > few_open_files
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{name.upper()} said no.", "utf-8")
    with project_in(tmp_path, "p", Scheme("many", "", labels)) as project:
        bring(project, *(tmp_path / f"{name}.txt" for name in "abc"))
        for content in [*project.contents()]:
            project.add_span(content.article.id, "L599", (Fragment(2, 6),))
        export(project, tmp_path / "out", "conll_files")
    assert len([*(tmp_path / "out").glob("*.conll")]) == 600
    lines = "".join(f"-DOCSTART-\tO\n\n{name}\tO\nsaid\tO\nno\tO\n.\tO\n\n" for name in "ABC")
    assert (tmp_path / "out" / "L0.conll").read_text("utf-8") == lines
    assert (tmp_path / "out" / "L599.conll").read_text("utf-8") == lines.replace("said\tO", "said\tB-L599")
