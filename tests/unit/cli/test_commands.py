"""Commands run in this process: what projects say of themselves, copies, names, and one annotator's work."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import marking_pipeline
import pytest
from model_server import model_server, said

from annotator.cli import evaluating
from annotator.cli.command import Doors
from annotator.cli.main import run
from annotator.model.ids import Id
from annotator.model.job import run as run_job
from annotator.model.records import Fragment
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.scheme_edits import Place, RenameItem
from annotator.model.scoring import Score, Scores
from annotator.plugins import door
from annotator.services.evaluating import Result
from annotator.services.language_models import Setup, give_consent, keep_setup
from annotator.services.project import Project
from annotator.store import schema


class Answers:
    """Runs commands with `--json` and gives exit code, answer and standard error."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *args: object) -> tuple[int, dict[str, Any], str]:
        self.capsys.readouterr()
        code = run([*map(str, args), "--json"], Doors(lambda *_: 0, lambda _: None))
        said = self.capsys.readouterr()
        return code, json.loads(said.out), said.err


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Answers:
    return Answers(capsys)


@pytest.fixture
def path(tmp_path: Path, ask: Answers) -> Path:
    """A project with one article, closed."""
    found = tmp_path / "p.annot"
    (tmp_path / "a.txt").write_text("Ada said no. Ben said yes.", "utf-8")
    assert ask("new", found, "--annotator", "Ada")[0] == 0
    assert ask("import", found, tmp_path / "a.txt")[0] == 0
    return found


def made_newer(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {schema.MIN_READER << 16 | schema.VERSION + 1}")
    other.close()


@pytest.mark.parametrize("command", ["info", "export"])
def test_what_a_project_says_of_itself_is_passed_on(path: Path, ask: Answers, command: str) -> None:
    made_newer(path)
    more = ["--out", path.with_name("x.jsonl")] if command == "export" else []
    code, answer, said = ask(command, path, *more)
    assert (code, answer["ok"], answer["refused"]) == (0, True, [])
    assert [one for one in answer["notices"] if "newer version" in one]
    assert said.splitlines() == answer["notices"]


def test_plugins_that_are_left_out_are_named(
    path: Path, ask: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = door.PluginFault("theirs (their.module)", "it is no Format")
    monkeypatch.setattr(door, "faults", lambda: (fault,))
    code, answer, said = ask("info", path)
    assert code == 0
    assert answer["notices"] == ["The plugin theirs (their.module) is left out: it is no Format."]
    assert answer["notices"][0] in said


def test_a_scheme_is_shown_and_written(path: Path, ask: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Project.open(path)) as project:
        project.schemes.change(RenameItem(Place("CUE"), "WORDS"))
    code, answer, _ = ask("scheme", path)
    assert (code, answer["number"], answer["numbers"], answer["scheme"], answer["out"]) == (
        0,
        2,
        [2, 1],
        "default",
        "",
    )
    assert 'name = "WORDS"' in answer["text"]
    assert run(["scheme", str(path)], Doors(lambda *_: 0, lambda _: None)) == 0
    assert capsys.readouterr().out == answer["text"]
    out = path.with_name("old.toml")
    assert ask("scheme", path, "--number", "1", "--out", out)[0] == 0
    assert read_scheme(out) == read_scheme(resource("schemes/default.toml"))
    assert ask("new", path.with_name("q.annot"), "--scheme", out)[0] == 0
    assert "exists already" in ask("scheme", path, "--out", out)[2]
    assert "no version 7 of the scheme; there are 2, 1." in ask("scheme", path, "--number", "7")[2]


def test_a_project_that_was_not_closed_says_so_once(path: Path, ask: Answers) -> None:
    path.with_name(path.name + ".lock").write_text("left by a program that was killed")
    assert "not closed properly" in ask("info", path)[2]
    assert ask("info", path)[1]["notices"] == []


def test_a_newer_project_is_not_checked(path: Path, ask: Answers) -> None:
    made_newer(path)
    code, answer, _ = ask("check", path)
    assert code == 1
    assert "newer version of the program, and only that one can check it" in answer["refused"][0]


HOLD = "import sys; from pathlib import Path; from annotator.services.project import Project as P; "
HOLD += "held = P.open(Path(sys.argv[1])); print(flush=True); sys.stdin.read(); held.close()"


def held_elsewhere(path: Path) -> subprocess.Popen[bytes]:
    """Open the project in another process, until that one is spoken to."""
    command = [sys.executable, "-c", HOLD, str(path)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    return holder


@pytest.mark.parametrize("is_open", [False, True])
def test_a_copy_is_whole_also_of_an_open_project(path: Path, ask: Answers, *, is_open: bool) -> None:
    copy = path.with_name("copy.annot")
    holder = held_elsewhere(path) if is_open else None
    assert ask("copy", path, "--out", copy)[:2] == (
        0, {"ok": True, "refused": [], "notices": [], "project": str(path), "out": str(copy)},
    )  # fmt: skip
    if holder is not None:
        assert "is open since" in ask("info", path)[1]["refused"][0]
        holder.communicate()
    assert ask("check", copy)[1]["findings"] == []
    assert ask("info", copy)[1]["articles"] == 1
    assert ask("copy", path, "--out", copy)[1]["refused"] == [
        f"{copy} exists already. Choose another name for the copy."
    ]


@pytest.mark.parametrize("name", ["Ada\nBen", "Ada\x00", "Ada\u2028Ben", "\x1b[1mAda"])
def test_names_of_more_than_a_line_are_refused(path: Path, ask: Answers, name: str) -> None:
    fresh = path.with_name("fresh.annot")
    for args in (("new", fresh), ("import", path, path.with_name("a.txt")), ("copy", path, "--out", fresh)):
        code, answer, _ = ask(*args, "--annotator", name)
        assert code == 1
        assert "one line of visible characters" in answer["refused"][0]
    assert not fresh.exists()
    assert ask("info", path)[1]["annotators"] == ["Ada"]


def test_names_of_any_script_are_taken(path: Path, ask: Answers) -> None:
    name = "Zoë می‌خواهم 👩‍🔬"
    assert ask("import", path, path.with_name("a.txt"), "--annotator", name)[0] == 0
    assert name in ask("info", path)[1]["annotators"]


def labelled(path: Path, name: str, start: int, end: int) -> Id:
    project = Project.open(path, name)
    project.add_span(project.article_ids()[0], "PERSON", [Fragment(start, end)])
    project.close()
    return project.annotator.id


def test_the_export_of_one_annotator_holds_no_other_ones_work(path: Path, ask: Answers) -> None:
    labelled(path, "Ada", 0, 3)
    labelled(path, "Ben", 13, 16)
    found = {}
    for name in ("Ada", "Ben", ""):
        out = path.with_name(f"of {name}.jsonl")
        code, answer, _ = ask("export", path, "--out", out, *(["--annotator", name] if name else []))
        assert (code, answer["articles"]) == (0, 1)
        record = json.loads(out.read_text("utf-8"))
        found[name] = [(one["annotator"], one["text"]) for one in record["spans"]]
        assert answer["spans"] == len(found[name])
        assert {one["name"] for one in record["annotators"]} == ({name} if name else {"Ada", "Ben"})
        assert {one["annotator"] for one in record["readings"]} == ({name} if name else {"Ada", "Ben"})
    assert found == {
        "Ada": [("Ada", ["Ada"])],
        "Ben": [("Ben", ["Ben"])],
        "": [("Ada", ["Ada"]), ("Ben", ["Ben"])],
    }


def test_an_import_of_records_leaves_open_suggestions_alone(path: Path, ask: Answers, tmp_path: Path) -> None:
    labelled(path, "Ada", 0, 3)
    out, other = tmp_path / "x.jsonl", tmp_path / "other.annot"
    ask("export", path, "--out", out)
    ask("new", other, "--annotator", "Ben")
    (tmp_path / "b.txt").write_text("Anna Berg of Oslo met Carl Dahl on 4 May 2021.", "utf-8")
    ask("import", other, tmp_path / "b.txt")
    ask("suggest", other, "--only", "entities")
    project = Project.open(other)
    before = project.content(project.article_ids()[0])
    project.close()
    assert before.suggested_spans
    assert ask("import", other, out)[1]["articles"] == 1
    project = Project.open(other)
    contents = {one.article.name: one for one in project.contents()}
    assert contents["b.txt"] == before
    assert [(one.label, one.fragments) for one in contents["a.txt"].spans] == [("PERSON", (Fragment(0, 3),))]
    assert project.undo_name() == "Import 1 article"
    project.undo()
    assert list(project.contents()) == [before]
    assert run_job(project.check()) == ()
    project.close()


def test_a_pipeline_that_was_uninstalled_is_said_and_the_built_in_one_suggests(
    ask: Answers, path: Path
) -> None:
    with closing(Project.open(path)) as project:
        project.set_setting("pipeline", "en_gone")
    code, answer, said = ask("suggest", path)
    assert (code, answer["suggester"].count("built-in")) == (0, 2)
    assert "named en_gone" in said
    assert "The built-in component suggests instead." in said
    assert ask("suggest", path, "--pipeline", "en_gone")[0] == 2


def test_a_pipeline_in_a_folder_runs_only_when_trusted(
    ask: Answers, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    made = marking_pipeline.build(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(made.packages))
    code, answer, said = ask("suggest", path, "--only", "entities", "--pipeline", made.folder)
    assert code == 1
    assert "program code" in answer["refused"][0]
    assert "--trust" in said
    assert not made.marker.exists()
    code, answer, _ = ask("suggest", path, "--only", "entities", "--pipeline", made.folder, "--trust")
    assert (code, answer["suggester"], answer["spans"]) == (0, "en_marking 0.0.0", 1)
    assert made.marker.exists()
    assert ask("suggest", path, "--only", "entities", "--pipeline", made.folder)[0] == 0


def test_another_version_of_spacy_is_said(ask: Answers, path: Path, tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({"lang": "en", "spacy_version": ">=2,<3"}))
    _, _, said = ask("suggest", path, "--pipeline", tmp_path)
    assert "It was made for spaCy >=2,<3" in said


ANSWER = said({"spans": [{"label": "CUE", "text": "said"}, {"label": "CUE", "text": "sang"}]})


def test_a_language_model_is_asked_only_with_consent(
    ask: Answers, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with model_server(ANSWER) as server:
        where = ("--address", server.address, "--model", "tiny")
        for consent in ((), ("--consent", "http://127.0.0.1:9/v1"), ("--consent", "")):
            code, answer, said_ = ask("ask", path, *where, *consent)
            assert code == (2 if consent[1:] and consent[1] else 1)
            assert f"If you agree: --consent {server.address}" in said_
            assert set(answer) == {"ok", "refused", "notices"}
        assert server.connections == 0
        code, answer, _ = ask("ask", path, *where, "--consent", server.address, "--price-in", "10")
        assert code == 0
        assert ask("ask", path, *where)[0] == 1, "that consent was for once"
        assert len(server.asked) == 1
    wanted = {
        "model": "tiny",
        "articles": 1,
        "spans": 1,
        "new": 1,
        "dropped": 1,
        "unfit": 0,
        "tokens_in": 100,
        "cost": 0.001,
    }
    assert {name: answer[name] for name in wanted} == wanted
    with closing(Project.open(path)) as project:
        (content,) = project.contents()
        assert [one.suggester for one in content.suggested_spans if one.label == "CUE"] == ["tiny 1"]


def test_consent_from_the_window_holds_on_the_command_line(
    ask: Answers, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with closing(Project.open(path)) as project:
        mine = project.project_id
    with model_server(ANSWER) as server:
        keep_setup(mine, Setup(server.address, "tiny"))
        give_consent(mine, server.address)
        assert run(["ask", str(path)], Doors(lambda *_: 0, lambda _: None)) == 0
        out = capsys.readouterr().out
        assert "tiny proposed 1 span and 0 frames for 1 article.\n1 of them new.\n1 span dropped, " in out
        assert "1 request, 100 tokens sent, 20 answered" in out
        assert "left out" not in out
        server.replies[:] = [said({"spans": [{"label": "CUE", "text": "said"}, {"label": "NOSUCH"}]})]
        assert run(["ask", str(path)], Doors(lambda *_: 0, lambda _: None)) == 0
    out = capsys.readouterr().out
    assert "for 1 article.\nNothing new.\n0 spans dropped, " in out
    assert "\n1 proposal left out, without a label of the scheme or without parts.\n" in out


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ((), "No language model is set up"),
        (("--address", "nonsense", "--model", "m", "--consent", "nonsense"), "is no address"),
        (("--address", "http://127.0.0.1:9", "--model", "m", "--article", "z"), "no article z"),
    ],
)
def test_what_cannot_be_asked_is_said(
    ask: Answers, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more, says
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    code, _, said_ = ask("ask", path, *more)
    assert (code, says in said_) == (2, True), said_


def test_suggestions_are_compared_with_what_an_annotator_marked(path: Path, ask: Answers) -> None:
    assert ask("evaluate", path, "--against", "Eve")[0] == 2
    project = Project.open(path)
    (article,) = project.article_ids()
    project.add_span(article, "PERSON", [(0, 3)])
    project.close()
    code, answer, _ = ask("evaluate", path, "--against", "Ada", "--only", "entities")
    assert (code, answer["articles"]) == (0, 1)
    (one,) = answer["suggesters"]
    assert one["suggester"].startswith("built-in entities ")
    figures = one["labels"]["PERSON"]["strict"]
    assert figures["wanted"] == 1
    assert 0 <= figures["precision"] <= 1


def test_agreement_is_told_pair_by_pair(path: Path, ask: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("agreement", path)[1]["pairs"] == []
    project = Project.open(path)
    (article,) = project.article_ids()
    for name, end in (("Ada", 3), ("Ben", 3), ("Cleo", 12)):
        project.people.work_as(name)
        project.add_span(article, "CLAIM", [(0, end)])
    project.close()
    code, answer, _ = ask("agreement", path)
    assert (code, answer["articles"]) == (0, 1)
    assert [(one["annotators"], one["articles"]) for one in answer["pairs"]] == [
        (["Ada", "Ben"], 1),
        (["Ada", "Cleo"], 1),
        (["Ben", "Cleo"], 1),
    ]
    strict = [one["labels"]["CLAIM"]["strict"] for one in answer["pairs"]]
    assert (strict, answer["labels"]["CLAIM"]["overlap"]) == ([1.0, 0.0, 0.0], 1.0)
    capsys.readouterr()
    run(["agreement", str(path)], Doors(lambda *_: 0, lambda _: None))
    lines = capsys.readouterr().out.splitlines()
    ada_and_ben = lines[lines.index("Ada and Ben, 1 article") + 2].split()
    assert ada_and_ben == ["CLAIM", "100.0", "100.0", "1", "and", "1"]
    assert lines[lines.index("All pairs together") + 2].split() == ["CLAIM", "33.3", "100.0", "3", "and", "3"]
    assert ask("agreement", path, "--since", "2100-01-01")[1]["articles"] == 0
    assert ask("agreement", path, "--since", "2100-01-01", "--differences")[1]["differences"] == []
    _, told, _ = ask("agreement", path, "--differences", "--since", "2026-01-31 14:30")
    first, *_ = told["differences"]
    assert (answer["differences"], len(told["differences"])) == ([], 2)
    assert (first["annotators"], first["kind"], first["label"]) == (["Ada", "Cleo"], "edges", "CLAIM")
    run(["agreement", str(path), "--differences"], Doors(lambda *_: 0, lambda _: None))
    said = f"{first['article']}, 0: CLAIM: other edges: Ada: {first['said'][0]}; Cleo: {first['said'][1]}"
    assert said in capsys.readouterr().out.splitlines()


def test_figures_are_rounded_once() -> None:
    score = Scores(Score(172, 89, 102, 89), Score(172, 89, 102, 89))  # 89 of 102 are 87.2549 percent
    one = evaluating._result(Result("toy 1", 1, 0, {"CUE": score}))
    lines = [*evaluating._lines({"against": "Ada", "articles": 1, "suggesters": [one], "caution": "Mind."})]
    assert [line.split()[2] for line in lines if "CUE" in line] == ["87.3"]
    assert lines[-1] == "Mind."


def test_a_label_that_nobody_marked_has_no_figures() -> None:
    score = Scores(Score(proposed=4), Score(proposed=4))
    one = evaluating._result(Result("toy 1", 1, 0, {"CUE": score}))
    assert one["labels"]["CUE"]["strict"] == {
        "precision": None, "recall": None, "f1": None, "proposed": 4, "right": 0, "wanted": 0, "found": 0
    }  # fmt: skip
    lines = evaluating._lines({"against": "Ada", "articles": 1, "suggesters": [one], "caution": ""})
    assert [line.split() for line in lines if "CUE" in line] == [["CUE", *"-" * 7, "4", "0"]]


def test_only_some_layers_are_suggested_and_others_stay(path: Path, ask: Answers) -> None:
    ask("suggest", path, "--only", "entities")
    _, answer, _ = ask("suggest", path, "--only", "attributions,stances")
    assert "built-in entities" not in answer["suggester"]
    project = Project.open(path)
    content = project.content(project.article_ids()[0])
    project.close()
    assert {one.label for one in content.suggested_spans} >= {"PERSON"}


def test_a_dataset_is_split_as_asked_and_says_what_leaks(path: Path, ask: Answers, tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"Mayor Ada Ortiz of town {number} spoke, she said.", "utf-8")
        ask("import", path, tmp_path / f"{number}.txt")
    project = Project.open(path, "Ada")
    for article in project.article_ids():
        project.add_span(article, "PERSON", [Fragment(0, 3)])
        project.add_span(article, "GPE", [Fragment(4, 6)])
    project.close()
    out = tmp_path / "d"
    more = ("--labels", "PERSON", "--option", "offsets=bytes")
    code, answer, _ = ask("dataset", path, "--out", out, "--shares", "60,40", "--together", "nothing", *more)
    assert code == 0
    assert {one["spans"] for one in answer["parts"].values()} == {2, 3}
    assert b'"fragments_bytes":[[0,3]]' in (out / "test.jsonl").read_bytes()
    assert {name: one["articles"] for name, one in answer["parts"].items()} == {"train": 3, "test": 2}
    assert (answer["groups"], answer["largest"], set(answer["leaks"])) == (5, 1, {"near copy"})
    shown = sorted(one.name for one in out.iterdir() if not one.name.startswith("."))
    assert shown == ["README.md", "dataset_card.md", "test.jsonl", "train.jsonl"]
    _, again, _ = ask(
        "dataset", path, "--out", tmp_path / "e", "--like", out, "--shares", "50,50", "--seed", "7"
    )
    assert (again["kept"] + again["moved"], answer["kept"], answer["moved"]) == (5, 0, 0)


def test_what_a_dataset_loses_and_replaces_is_said(
    path: Path, tmp_path: Path, ask: Answers, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(f"Ada   said {number}.", "utf-8")
        ask("import", path, tmp_path / f"{number}.txt")
    project = Project.open(path, "Ada")
    for article in project.article_ids():
        project.add_span(article, "PERSON", [Fragment(0, 3)])
    project.close()
    out = tmp_path / "d"
    asked = ("dataset", path, "--out", out, "--shares", "80,0,20", "--format", "conll")
    _, answer, _ = ask(*asked)
    assert list(answer["parts"]) == ["train", "test"]
    assert (answer["replaced"], answer["left_out"]) == ([], {"white space between words": 2})
    _, again, _ = ask(*asked)
    assert again["replaced"] == [str(out)]
    capsys.readouterr()
    run([str(one) for one in asked], Doors(lambda *_: 0, lambda _: None))
    said = capsys.readouterr().out.splitlines()
    assert said[1] == f"It took the place of what was there: {out}"
    assert "Left out, because the format cannot hold it: 2 × white space between words" in said


def test_a_dataset_takes_options_labels_and_inner_spans_like_an_export(
    path: Path, ask: Answers, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text("“We leave,” Ada Ortiz said to the whole town.", "utf-8")
    ask("import", path, tmp_path / "b.txt")
    project = Project.open(path, "Ada")
    for article in project.article_ids():
        project.add_span(article, "CUE", [Fragment(0, 3)])
        project.add_span(article, "CLAIM", [Fragment(0, 11)])
    project.close()
    out = tmp_path / "d"
    content = ("--labels", "CLAIM", "--inner", "--option", "offsets=utf16")
    code, _, _ = ask("dataset", path, "--out", out, "--shares", "50,50", "--together", "nothing", *content)
    assert code == 0
    files = [one.read_text("utf-8") for one in sorted(out.glob("*.jsonl"))]
    lines = [json.loads(line) for text in files for line in text.splitlines()]
    spans = [span for line in lines for span in line["spans"]]
    assert {span["label"] for span in spans} == {"CLAIM"}
    assert ["We leave,"] in [span["text"] for span in spans]
    assert all("fragments_utf16" in span for span in spans)


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--annotator", "Nobody", "Nobody"),
        ("--labels", "PERSON,MOOD", "MOOD"),
        ("--option", "mood=good", "mood"),
    ],
)
def test_a_dataset_that_makes_no_sense_is_refused(
    path: Path, ask: Answers, tmp_path: Path, option: str, value: str, why: str
) -> None:
    code, answer, _ = ask("dataset", path, "--out", tmp_path / "d", option, value)
    assert code == 2
    assert why in answer["refused"][0]
    assert not (tmp_path / "d").exists()


def test_an_import_can_be_tried_out(ask: Answers, path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no.", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tSource 0 9\tThe mayor\nT2\tMood 15 17\tno\n", "utf-8")
    code, answer, said = ask("import", path, tmp_path / "a.ann", "--dry-run")
    assert (code, answer["dry_run"], answer["articles"], answer["spans"]) == (1, True, 1, 1)
    assert "no label 'Mood': add it, choose one of the scheme for it, or leave it out" in said
    assert [(one["name"], one["here"], one["how"]) for one in answer["labels"]] == [
        ("Mood", "", "refused"),
        ("Source", "SOURCE", "alike"),
    ]
    _, info, _ = ask("info", path)
    before = info["articles"]
    code, answer, _ = ask("import", path, tmp_path / "a.ann", "--labels", "Mood=CLAIM")
    assert (code, answer["spans"]) == (0, 2)
    _, info, _ = ask("info", path)
    assert info["articles"] == before + 1


def test_what_to_do_with_refused_labels_is_said(
    capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no.", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tMood 15 17\tno\n", "utf-8")
    asked = ["import", str(path), str(tmp_path / "a.ann"), "--dry-run"]
    doors = Doors(lambda *_: 0, lambda _: None)
    for more, is_said in (([], True), (["--new-labels", "add"], False), (["--labels", "Mood="], False)):
        run([*asked, *more], doors)
        assert ("--new-labels leave-out" in capsys.readouterr().out) is is_said


def test_of_many_articles_that_are_there_the_first_are_named(
    ask: Answers, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for at in range(23):
        (folder / f"{at}.txt").write_text(f"The ferry number {at} was late.", "utf-8")
    for _ in range(2):
        capsys.readouterr()
        assert run(["import", str(path), str(folder)], Doors(lambda *_: 0, lambda _: None)) == 0
    copies = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Copy: ")]
    assert copies[-1] == "Copy: and 3 more, which --json lists"
    assert len(copies) == 21
    _, answer, _ = ask("import", path, folder)
    assert len(answer["copies"]) == 23


def test_an_export_can_be_tried_out_and_chosen(ask: Answers, path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no.", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tSource 0 9\tThe mayor\nT2\tCue 10 14\tsaid\n", "utf-8")
    ask("import", path, tmp_path / "a.ann")
    code, answer, _ = ask("export", path, "--format", "brat", "--option", "names=polnear", "--dry-run")
    assert (code, answer["out"]) == (0, "")
    assert "T1\tSource 0 9\tThe mayor" in answer["sample"]
    out = tmp_path / "o.jsonl"
    code, answer, _ = ask("export", path, "--out", out, "--labels", "CUE")
    assert (code, answer["spans"], answer["sample"]) == (0, 1, "")
    for args, words in (
        (("--labels", "ODD"), "The scheme has no label ODD"),
        (("--option", "names=odd"), "There is no option 'names'"),
        (("--format", "brat", "--option", "names=odd"), "'odd' is no value of the option 'names'"),
    ):
        code, answer, _ = ask("export", path, "--out", out, *args)
        assert code == 2
        assert words in answer["refused"][0]
    code, answer, _ = ask("export", path)
    assert "Name a file with --out" in answer["refused"][0]


def test_cues_are_listed_added_and_removed(ask: Answers, path: Path) -> None:
    assert ask("cues", path)[1]["cues"] == []
    code, answer, _ = ask("cues", path, "--add", "Double  down: +on", "--add", "muse : s")
    assert (code, answer["cues"]) == (0, ["double down : +on", "muse : s"])
    assert (answer["learned"], answer["offered"]) == ([], [])
    code, answer, _ = ask("cues", path, "--remove", "muse: s", "--add", "phone : q")
    assert (code, answer["cues"]) == (0, ["double down : +on", "phone : q"])
    assert ask("cues", path, "--without", "names, asks")[1]["without"] == ["asks", "names"]
    code, _, error = ask("cues", path, "--remove", "muse : s")
    assert (code, "no cue of this" in error) == (2, True)
    assert ask("cues", path)[1]["cues"] == ["double down : +on", "phone : q"]


def test_cues_are_told_in_lines(capsys: pytest.CaptureFixture[str], path: Path) -> None:
    def _told(*args: str) -> str:
        capsys.readouterr()
        assert run(["cues", str(path), *args], Doors(lambda *_: 0, lambda _: None)) == 0
        return capsys.readouterr().out

    assert _told() == "This project has no cues of its own.\n"
    assert _told("--add", "double down : +on") == "double down : +on   (double down on …)\n"


@pytest.mark.parametrize("how", [("dataset", "--shares", "100"), ("export", "--format", "brat")])
def test_an_empty_folder_does_not_count_as_replaced(
    path: Path, ask: Answers, tmp_path: Path, how: tuple[str, ...]
) -> None:
    command, *more = how
    with closing(Project.open(path)) as project:
        project.add_span(project.article_ids()[0], "CLAIM", [Fragment(0, 3)])
    out = tmp_path / "d"
    out.mkdir()
    for replaced in ([], [str(out)]):
        code, answer, _ = ask(command, path, "--out", out, *more)
        assert (code, answer["replaced"]) == (0, replaced)
