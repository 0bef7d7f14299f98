"""Markdown in odd shapes: what it says of itself, HTML and footnotes in it, and files without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.exchange.articles import markdown_files
from annotator.exchange.articles.written_days import written_day
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions


def read(folder: Path, text: str) -> Draft:
    (folder / "a.md").write_text(text, "utf-8", newline="")
    return markdown_files.read_markdown(folder / "a.md", ImportOptions())[0]


BOTH = {"byline": "Ada Quill; Ben Holt"}
DAY = {"published": "2016-05-03"}


@pytest.mark.parametrize(
    ("front", "title", "meta"),
    [
        ('+++\ntitle = "Ferry"\nauthors = ["Ada Quill", "Ben Holt"]\n[more]\nx = 1\n+++\n', "Ferry", BOTH),
        ("+++\ntitle = 'Ferry'\ndate = 2016-05-03T10:00:00Z\n+++\n", "Ferry", DAY),
        ("---\ntitle: Ferry\nauthors:\n  - Ada Quill\n  - 'Ben Holt'\n---\n", "Ferry", BOTH),
        ("---\ntitle: Ferry\nauthors:\n- Ada Quill\n- Ben Holt\n---\n", "Ferry", BOTH),
        ("---\ntitle: Ferry\nauthor: [Ada Quill,\n  Ben Holt]\n---\n", "Ferry", BOTH),
        ("---\n# made\ntitle: Ferry # not this\ndate: 3 May 2016\n---\n", "Ferry", DAY),
        ('---\r\ntitle: "The \\"end\\": it" # x\r\ndate: May 3, 2016\r\n---\r\n', 'The "end": it', DAY),
        ("---\rtitle: 'Ada''s end'\rdate: 2016-05-03T10:00\r...\r", "Ada's end", DAY),
        ("---\ntitle: >-\n  Long title\n  goes on\n---\n", "Long title goes on", {}),
        ("---\ntitle: Ferry\ndate: 03/05/2016\n---\n", "Ferry", {"published": "03/05/2016"}),
        ("---\ntitle: Ferry\ntags: [x\n---\n", "Ferry", {}),
    ],
)
def test_what_a_file_says_of_itself_is_no_text(tmp_path: Path, front: str, title: str, meta: object) -> None:
    draft = read(tmp_path, front + "Body.")
    assert draft.text == (f"{title}\n\nBody." if title else "Body.")
    assert (draft.title, draft.meta) == (title, meta)


@pytest.mark.parametrize(
    ("front", "is_unread"),
    [
        ("+++\nno = toml at all\n+++\n", True),
        (f"+++\nx = {'[' * 5000}\n+++\n", True),
        (f'+++\ntitle = "{"Ferry " * 20_000}"\n+++\n', True),
        (f"---\ntitle: {'Ferry ' * 20_000}\n---\n", True),
        ('+++\noutlet = "Own"\n+++\n', False),
        ("", False),
    ],
)
def test_a_start_that_cannot_be_read_is_said_to_be_left_out(
    tmp_path: Path, front: str, is_unread: bool
) -> None:
    draft = read(tmp_path, f"{front}Words here.")
    assert draft.text == "Words here."
    assert any("says of itself at its start was left out" in one for one in draft.notes) is is_unread


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("---\n\nBody one.\n\n---\n\nBody two.", ["Body one.", "Body two."]),
        ("---\nWords here\n---\n\nMore.", ["Words here", "More."]),
        ("+++\nNews: it rains.\n+++\n\nMore.", ["+++ News: it rains. +++", "More."]),
        (
            "---\nHe said: no.\nShe: yes, and went.\nOn foot.\n---\n",
            ["He said: no. She: yes, and went. On foot."],
        ),
        ("---\ntitle: x\n\nNo end.", ["title: x", "No end."]),
    ],
)
def test_text_between_lines_of_dashes_stays(tmp_path: Path, text: str, paragraphs: list[str]) -> None:
    assert read(tmp_path, text).text.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("<div class=x>\n<p>Inside.</p>\n</div>\n\nAfter.", ["Inside.", "After."]),
        ("<details>\n<summary>More</summary>\n\nInner.\n\n</details>\n", ["More", "Inner."]),
        ("<!-- no -->\n\n<script>\nno()\n</script>\n\nShown.", ["Shown."]),
        (
            "A claim.[^1] More.[^n]\n\n[^1]: Ibid.\n[^n]: Another\n    note.",
            ["A claim. More.", "Ibid.", "Another note."],
        ),
        ("No note.[^1]\n\n```\n[^1]: code\n```\n", ["No note.", "[^1]: code"]),
        ("No note.[^1]", ["No note.[^1]"]),
    ],
)
def test_html_and_footnotes_give_their_words(tmp_path: Path, text: str, paragraphs: list[str]) -> None:
    assert read(tmp_path, text).text.split("\n\n") == paragraphs


def test_of_thousands_of_pieces_of_html_the_first_are_read(tmp_path: Path) -> None:
    draft = read(tmp_path, "<p>x</p>\n\n" * 1_010)
    assert len(draft.text.split("\n\n")) == 1_000
    assert "of its pieces of HTML only the first 1,000 were read" in draft.notes


def test_quotations_are_read_a_hundred_deep(tmp_path: Path) -> None:
    assert read(tmp_path, "> " * 60 + "Words.").text == "Words."
    draft = read(tmp_path, "> " * 10_000 + "Deep.\n\nWords.")
    assert (draft.text, draft.notes) == ("Words.", ("what is nested more than 100 deep was left out",))
    with pytest.raises(UserError, match="nested too deep"):
        read(tmp_path, "> " * 10_000 + "Deep.")


@pytest.mark.parametrize("piece", ["*a* `d` ", "[", "[b](c) "])
def test_marks_without_end_are_refused_with_their_bound(tmp_path: Path, piece: str) -> None:
    with pytest.raises(UserError, match="500,000 and 20,000 are the limits for one article"):
        read(tmp_path, piece * 150_000)


def test_a_file_with_nuls_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="it holds a NUL at character 300"):
        read(tmp_path, "w" * 300 + "\0")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 May 2016", "2016-05-03"),
        ("May 3rd, 2016, 10:00", "2016-05-03"),
        ("3. März 2016", "2016-03-03"),
        ("1er février 2016", "2016-02-01"),
        ("3 de mayo de 2016", "2016-05-03"),
        ("2016-05-03T10:00:00Z", "2016-05-03"),
        ("30 February 2016", ""),
        ("03/05/2016", ""),
        ("3 May", ""),
        ("2016-05-031", ""),
        ("13 May 20161", ""),
        ("It was 3 May 2016", ""),
    ],
)
def test_days_in_words_are_read_where_nothing_can_be_mistaken(text: str, day: str) -> None:
    assert written_day(text) == day
