"""The command line's whole story, with the real program: make, import, suggest, render, export, check."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from annotator.model.resources import seeds

PAGE = Path(__file__).resolve().parents[2] / "docs" / "command-line.md"
NASTY = {
    "emoji": "Minister 🗞️ says 👩‍👩‍👧 “no” in Oslo.\n\nMore from Anna Berg on 4 May 2021.\n",
    "marks": "Cafe\u0301 owner Zoe\u0308 said: “e\u0301te\u0301”.\n\nParis, Monday.\n",
    "right_to_left": "قال الوزير في بيروت: «لا».\n\nThe minister, Amal Haddad, said so in Beirut.\n",
    "separators": "One\u2028two\u2029three.\n\nOslo on Tuesday.\n",
}


def records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def assert_offsets(record: dict[str, Any]) -> int:
    """Compare every span of a record with its article; return how many there were."""
    spans = [*record["spans"], *record.get("suggestions", {}).get("spans", [])]
    for span in spans:
        assert [record["text"][start:end] for start, end in span["fragments"]] == span["text"]
        assert all(span["text"])
    for block in record["blocks"]:
        assert 0 <= block["start"] <= block["end"] <= len(record["text"])
    return len(spans)


def promised_keys() -> dict[str, set[str]]:
    """Return the keys of each answer as the guide promises them."""
    rows = re.findall(r"^\| `(\w+)` \| (`.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        name: set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", keys))) | {"ok", "refused", "notices"}
        for name, keys in rows
    }


def test_the_whole_story(annotator: Any, tmp_path: Path) -> None:
    texts = sorted(seeds().glob("*.txt"))
    steps: dict[str, tuple[str | Path, ...]] = {
        "new": ("p.annot", "--annotator", "Ada Łęcka"),
        "import": ("p.annot", seeds()),
        "suggest": ("p.annot", "--only", "entities"),
        "render": ("p.annot", "--article", texts[1].name, "--out", "w.png", "--size", "1200x800"),
        "export": ("p.annot", "--out", "x.jsonl", "--with-suggestions"),
        "check": ("p.annot",),
        "copy": ("p.annot", "--out", "copy.annot"),
        "info": ("p.annot",),
    }
    promised, answers = promised_keys(), {}
    for name, args in steps.items():
        ended = annotator(name, *args, "--json")
        assert (ended.code, ended.err) == (0, ""), f"{name}: {ended}"
        assert set(ended.answer) == promised[name], name
        assert ended.answer["ok"] is True
        answers[name] = ended.answer
    assert answers["new"]["annotator"] == "Ada Łęcka"
    assert answers["import"]["articles"] == len(texts)
    assert answers["suggest"]["spans"] >= answers["suggest"]["waiting"] > 0
    assert answers["check"]["findings"] == []
    assert answers["info"]["articles"] == answers["export"]["articles"] == len(texts)
    assert answers["info"]["suggestions"] == answers["suggest"]["waiting"]
    written = records(tmp_path / "x.jsonl")
    assert sum(map(assert_offsets, written)) == answers["suggest"]["waiting"]
    assert_picture(tmp_path / "w.png", 1200, 800)
    assert_round_trip(annotator, tmp_path)


def assert_picture(path: Path, width: int, height: int) -> None:
    """A picture of that size that shows something: many colours, and not one of them nearly everywhere."""
    image = QImage(str(path))
    assert (image.width(), image.height()) == (width, height)
    seen = [image.pixel(x, y) for x in range(0, width, 4) for y in range(0, height, 4)]
    assert len(set(seen)) > 30
    assert max(map(seen.count, set(seen[:: len(seen) // 50]))) < 0.95 * len(seen)


def assert_round_trip(annotator: Any, folder: Path) -> None:
    assert annotator("new", "q.annot").code == 0
    assert annotator("import", "q.annot", "x.jsonl").code == 0
    assert annotator("export", "q.annot", "--out", "y.jsonl", "--with-suggestions").code == 0
    assert annotator("check", "q.annot").code == 0
    assert (folder / "y.jsonl").read_bytes() == (folder / "x.jsonl").read_bytes()


def test_offsets_survive_difficult_texts(annotator: Any, tmp_path: Path) -> None:
    for name, text in NASTY.items():
        (tmp_path / f"{name}.txt").write_bytes(text.encode())
    (tmp_path / "crlf.txt").write_bytes(b"\xef\xbb\xbfOslo, Monday.\r\n\r\nAnna Berg spoke.\r\n")
    (tmp_path / "utf16.txt").write_bytes("Oslo, 🗞 Tuesday.\n\nAnna Berg spoke again.\n".encode("utf-16"))
    (tmp_path / "long.txt").write_text("Anna Berg of Oslo " * 50_000 + "\n", encoding="utf-8")
    texts = sorted(tmp_path.glob("*.txt"))
    annotator("new", "p.annot")
    ended = annotator("import", "p.annot", *texts, "--json")
    assert ended.code == 0, ended
    assert ended.answer["articles"] == len(texts)
    annotator("suggest", "p.annot")
    assert annotator("export", "p.annot", "--out", "x.jsonl", "--with-suggestions").code == 0
    by_name = {record["name"]: record for record in records(tmp_path / "x.jsonl")}
    assert by_name["crlf.txt"]["text"] == "Oslo, Monday.\n\nAnna Berg spoke.\n"
    assert by_name["utf16.txt"]["text"].startswith("Oslo, 🗞")
    for name, text in NASTY.items():
        assert by_name[f"{name}.txt"]["text"] == text
    assert sum(map(assert_offsets, by_name.values())) > len(texts)
    assert annotator("check", "p.annot").code == 0


def test_a_bad_file_is_named_and_the_others_come_in(annotator: Any, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("A good article.\n", encoding="utf-8")
    (tmp_path / "nul.txt").write_bytes(b"A bad\0article.\n")
    (tmp_path / "latin.txt").write_bytes("Größe und Maß\n".encode("latin-1"))
    annotator("new", "p.annot")
    ended = annotator("import", "p.annot", "good.txt", "nul.txt", "latin.txt", "gone.txt", "--json")
    assert ended.code == 1
    assert ended.answer["articles"] == 1
    assert {problem["file"] for problem in ended.answer["problems"]} == {"nul.txt", "latin.txt", "gone.txt"}
    assert ended.err.splitlines() == ended.answer["refused"]
    again = annotator("import", "p.annot", "latin.txt", "good.txt", "--encoding", "latin-1", "--json")
    assert again.code == 0, again
    assert again.answer["articles"] == 1
    assert len(again.answer["copies"]) == 1


def test_labels_for_an_article_that_is_there_are_told_and_added(annotator: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no.\n", encoding="utf-8")
    annotator("new", "p.annot")
    annotator("import", "p.annot", "a.txt")
    (tmp_path / "a_Ben.ann").write_text("T1\tSource 0 9\tThe mayor\n", encoding="utf-8")
    args = ("import", "p.annot", "a_Ben.ann", "--option", "whose=file_name", "--json")
    for options in (("--dry-run",), ()):
        found = annotator(*args, *options).answer
        assert (found["articles"], found["spans"], found["labelled"], found["already"]) == (0, 1, 1, 0)
        assert found["joined"] == ["a_Ben.ann: 1 new"]
    again = annotator(*args, "--dry-run").answer
    assert (again["spans"], again["labelled"], again["already"], len(again["copies"])) == (0, 0, 1, 1)


def test_columns_are_chosen(annotator: Any, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,head,body\n7,Title,The text of it.\n", encoding="utf-8")
    annotator("new", "p.annot")
    chosen = "text=body,title=head,name=id"
    assert annotator("import", "p.annot", "t.csv", "--columns", chosen).code == 0
    annotator("export", "p.annot", "--out", "x.jsonl")
    (record,) = records(tmp_path / "x.jsonl")
    assert (record["name"], record["title"], record["text"]) == ("t.csv:7", "Title", "The text of it.")


@pytest.fixture(scope="module")
def small(program: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a project and the article it was made of."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "a.txt").write_text("Something happened in Oslo.\n", encoding="utf-8")
    assert program(folder, "new", "p.annot").code == 0
    assert program(folder, "import", "p.annot", "a.txt").code == 0
    return folder


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("info", "gone.annot"), 1, "gone.annot"),
        (("new", "p.annot"), 1, "p.annot"),
        (("new", "q.annot", "--scheme", "nothing"), 2, "no scheme nothing; there are article_stance"),
        (("export", "p.annot", "--out", "x", "--format", "nothing"), 2, "nothing"),
        (("export", "p.annot", "--out", "x", "--annotator", "Nobody"), 2, "Nobody named Nobody"),
        (("export", "p.annot", "--out", "no/such/x"), 1, "does not exist"),
        (("render", "p.annot", "--article", "Nothing", "--out", "x.png"), 2, "Nothing"),
        (("suggest", "p.annot", "--pipeline", "no_such_pipeline"), 2, "no_such_pipeline"),
        (("import", "p.annot", "a.txt", "--format", "nothing"), 2, "nothing"),
    ],
)
def test_refusals_are_sentences(
    annotator: Any, small: Path, args: tuple[str, ...], code: int, words: str, tmp_path: Path
) -> None:
    shutil.copytree(small, tmp_path, dirs_exist_ok=True)
    ended = annotator(*args, "--json")
    assert ended.code == code, ended
    assert words in ended.err
    assert "Traceback" not in ended.err
    assert len(ended.err.splitlines()) == 1
    assert set(ended.answer) == {"ok", "refused", "notices"}
    assert {path.name for path in tmp_path.iterdir()} <= {"a.txt", "p.annot", "p.annot-journal"}


def test_a_reader_that_goes_away_is_no_fault(annotator: Any, tmp_path: Path) -> None:
    annotator("new", "p.annot")
    program = "import sys; from annotator.app.__main__ import main; sys.exit(main(['info', 'p.annot']))"
    line = f'"$PYTHON" -c "{program}" | true'
    done = subprocess.run(
        ["sh", "-c", line], cwd=tmp_path, env=os.environ | {"PYTHON": sys.executable},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="signals of a terminal")
def test_stopping_leaves_nothing_half_done(annotator: Any, tmp_path: Path) -> None:
    """Ctrl+C while a large import reads: nothing is in the project, nothing lies beside it."""
    rows = "".join(f'{number},"Article {number} of Oslo."\n' for number in range(200_000))
    (tmp_path / "many.csv").write_text("id,text\n" + rows, encoding="utf-8")
    annotator("new", "p.annot")
    before = sorted(path.name for path in tmp_path.iterdir())
    program = [sys.executable, "-m", "annotator.app", "import", "p.annot", "many.csv"]
    running = subprocess.Popen(
        program,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - may be off
    )
    wait_for_lock(running, tmp_path)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate()
    assert running.returncode in (130, -signal.SIGINT), err  # a shell shows both as 130
    assert (out, err) == ("", "Stopped; nothing is left half-done.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert annotator("info", "p.annot", "--json").answer["articles"] == 0
    assert annotator("check", "p.annot").code == 0


def wait_for_lock(running: subprocess.Popen[str], folder: Path) -> None:
    """Wait until the project is open: the import is then under way."""
    while running.poll() is None and not list(folder.glob("*.lock")):
        time.sleep(0.01)
    time.sleep(0.3)


def test_without_a_display_the_window_says_what_to_do(annotator: Any) -> None:
    for args in ((), ("open",), ("open", "p.annot")):
        ended = annotator(*args, QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
        assert ended.code == 1
        assert "no display" in ended.err
        assert all(name in ended.err for name in ("import", "export", "render", "--platform vnc"))


def test_without_a_display_start_does_the_main_job(annotator: Any, tmp_path: Path) -> None:
    for _ in range(2):
        ended = annotator("start", "--out", "out", QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
        assert ended.code == 0, ended
        assert "--platform vnc" in ended.out
        for name in ("seeds.annot", "window.png", "seeds.jsonl"):
            assert str(Path("out") / name) in ended.out
    assert sum(map(assert_offsets, records(tmp_path / "out" / "seeds.jsonl"))) > 0
    assert_picture(tmp_path / "out" / "window.png", 1400, 900)


def test_real_articles(annotator: Any, shared: Path, tmp_path: Path) -> None:
    texts = sorted((shared / "seeds").glob("*.txt"))
    annotator("new", "p.annot")
    assert annotator("import", "p.annot", *texts).code == 0
    assert annotator("suggest", "p.annot").code == 0
    assert annotator("export", "p.annot", "--out", "x.jsonl", "--with-suggestions").code == 0
    assert all(assert_offsets(record) > 10 for record in records(tmp_path / "x.jsonl"))
