"""The same offsets in the file that came in, in the window, and in the file that goes out."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.model.records import Span
from annotator.services.project import Project
from annotator.ui.article_view.view import ArticleView

LEFT = Qt.MouseButton.LeftButton
WANTED = "TARGET"
ODD = {
    "emoji": "😀👍🏽 👨‍👩‍👧‍👦 🇩🇪 TARGET 🏴 TARGET",
    "combining": "e\u0301e\u0301 Z\u0351\u036b\u0343algo TARGET n\u0303 TARGET",
    "right to left": "קול \u202bشلام\u202c TARGET עולם TARGET ליל",
    "line separators": "one\u2028two\u2029three\x85four\x0bfive\x0csix TARGET\u2028TARGET",
    "invisible": "a\ufeffb\u200bc\u2060d\u00ade\ufffcf TARGET \u00a0 TARGET",
    "beyond the first plane": "𝐓𝐡𝐞 𠀀𠀁 TARGET \U000e0067 TARGET",
}
WHOLE = "A headline\n\n" + "\n\n".join(ODD.values()) + "\n"
LONG = "A headline\n\n" + "long 😀 line " * 80_000 + "TARGET and TARGET\n"
FILES = {
    "plain.txt": WHOLE.encode(),
    "marked.txt": b"\xef\xbb\xbf" + WHOLE.replace("headline", "marked headline").encode(),
    "windows.txt": WHOLE.replace("headline", "windows headline").replace("\n", "\r\n").encode(),
    "mac.txt": WHOLE.replace("headline", "mac headline").replace("\n", "\r").encode(),
    "little.txt": b"\xff\xfe" + WHOLE.replace("headline", "little headline").encode("utf-16-le"),
    "big.txt": b"\xfe\xff" + WHOLE.replace("headline", "big headline").encode("utf-16-be"),
    "long.txt": LONG.encode(),
}


def settled(data: bytes) -> str:
    """What has to be stored of a file, told without the program."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def places(text: str) -> list[int]:
    """Return where the wanted word stands, counted in code points."""
    return [at for at in range(len(text)) if text.startswith(WANTED, at)]


def rows(path: Path) -> dict[str, dict[str, Any]]:
    lines = path.read_bytes().decode().split("\n")
    return {row["name"]: row for row in map(json.loads, filter(None, lines))}


def drag(view: ArticleView, over: QRect) -> None:
    """Drag the mouse from the left half of a word to its right half."""
    QTest.mousePress(view.viewport(), LEFT, pos=QPoint(over.left() + 3, over.center().y()))
    QTest.mouseMove(view.viewport(), over.center())
    QTest.mouseMove(view.viewport(), QPoint(over.right() - 3, over.center().y()))
    QTest.mouseRelease(view.viewport(), LEFT, pos=QPoint(over.right() - 3, over.center().y()))


def label_in_the_window(project: Project, view: ArticleView, name: str) -> list[int]:
    """Select each wanted word with the mouse where it is drawn, label what is selected; return where."""
    article = project.find_article(name)
    assert article is not None
    text = project.content(article).article.text
    view.set_content(project.content(article), project.scheme)
    for start in places(text):
        view.caret = start
        view.reveal(start)
        drag(view, view.caret_rect())
        chosen = view.selection
        assert chosen is not None
        assert text[chosen.start : chosen.end] == WANTED
        (made,) = project.add_span(article, "CLAIM", (chosen,)).of(Span)
        view.update_content(project.content(article))
        view.choose(made.record.id)
    return places(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for name, data in FILES.items():
        (made / name).write_bytes(data)
    return made


def test_file_window_and_export_agree(
    annotator: Callable[..., Any], folder: Path, tmp_path: Path, qapp: QApplication
) -> None:
    assert annotator("new", "p.annot", "--annotator", "Ada").code == 0
    assert annotator("import", "p.annot", folder, "--json").answer["articles"] == len(FILES)
    view = ArticleView()
    view.resize(700, 500)
    view.show()
    with closing(Project.open(tmp_path / "p.annot")) as project:
        labelled = {name: label_in_the_window(project, view, name) for name in FILES}
    view.close()
    assert annotator("suggest", "p.annot").code == 0
    assert annotator("export", "p.annot", "--out", "p.jsonl", "--with-suggestions").code == 0
    assert annotator("check", "p.annot").code == 0
    found = rows(tmp_path / "p.jsonl")
    for name, data in FILES.items():
        row, text = found[name], settled(data)
        assert row["text"] == text
        starts = [span["fragments"][0][0] for span in row["spans"]]
        assert starts == labelled[name] == places(text)
        for span in row["spans"] + row["suggestions"]["spans"]:
            assert span["text"] == [text[start:end] for start, end in span["fragments"]]
        assert {span["text"][0] for span in row["spans"]} == {WANTED}


def test_it_comes_back_the_same(annotator: Callable[..., Any], folder: Path, tmp_path: Path) -> None:
    for name in ("one.annot", "two.annot"):
        annotator("new", name)
    annotator("import", "one.annot", folder)
    annotator("suggest", "one.annot")
    annotator("export", "one.annot", "--out", "one.jsonl", "--with-suggestions")
    assert annotator("import", "two.annot", "one.jsonl").code == 0
    annotator("export", "two.annot", "--out", "two.jsonl", "--with-suggestions")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


@pytest.mark.parametrize("locale", ["C", "POSIX", ""])
def test_no_locale_changes_it(
    annotator: Callable[..., Any], folder: Path, tmp_path: Path, locale: str
) -> None:
    plain = {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": ""}
    annotator("new", "p.annot", **plain)
    (tmp_path / "Zoë 😀.txt").write_bytes(FILES["windows.txt"])
    assert annotator("import", "p.annot", tmp_path / "Zoë 😀.txt", **plain).code == 0
    ended = annotator("export", "p.annot", "--out", "Zoë 😀.jsonl", "--json", **plain)
    assert ended.answer["out"] == "Zoë 😀.jsonl"
    assert rows(tmp_path / "Zoë 😀.jsonl")["Zoë 😀.txt"]["text"] == settled(FILES["windows.txt"])


def test_half_characters_and_nul_are_refused_by_name(annotator: Callable[..., Any], tmp_path: Path) -> None:
    annotator("new", "p.annot")
    bad = {"nul.txt": b"one\x00two", "half.txt": b"a \xed\xa0\x80 b", "cut.txt": "wörd".encode()[:2]}
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    ended = annotator("import", "p.annot", *bad, "--json")
    assert ended.code == 1
    assert [one["file"] for one in ended.answer["problems"]] == [*bad]
    assert ended.answer["articles"] == 0
