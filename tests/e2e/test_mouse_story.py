"""The first story in a real window, by mouse alone: open the sample, tag, quit, find again, undo, export."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.model.formats import ImportOptions
from annotator.model.job import run
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project

CLAIM, SOURCE, CUE = "a reader can learn it in a minute", "editor Karol Benko", "says"
FERRY = """Mayor rejects report on the ferry

The harbour board said that the ferry was old and would be sold next year.

The union said that the pumps had failed. Quist disputed the claim.
"""
STANCES = "[one for one in session.content.frames if one.label == 'STANCE']"


def click_button(desk: Any, program: Any, parent: str, words: str) -> None:
    desk.click(program.until(f"button({parent}, {words!r})"))


def click_menu(desk: Any, program: Any, menu: str, words: str) -> None:
    desk.click(program.until(f"entry(window.menuBar(), {menu!r})"))
    desk.click(program.until(f"entry(app.activePopupWidget(), {words!r})"))


def open_sample(desk: Any, program: Any) -> None:
    desk.click(program.until("window.start.sample.isVisible() and place(window.start.sample)"))
    program.until("session.content is not None and not session.is_saving")


def label(desk: Any, program: Any, words: str, name: str, label: str) -> None:
    """Drag over words, and click a label in the bar that appears."""
    start, end = program.steady(f"stretch({words!r})")
    desk.drag(start, end)
    program.until("window.label_bar.isVisible() and window.view.selection is not None")
    click_button(desk, program, "window.label_bar", name)
    program.until(f"any(one['label'] == {label!r} and one['text'] == [{words!r}] for one in spans())")


def own(program: Any) -> dict[str, str]:
    return {
        one["label"]: one["id"] for one in program.ask("spans()") if one["text"][0] in (CLAIM, SOURCE, CUE)
    }


def roles(program: Any, label: str) -> list[list[list[str]]]:
    return program.ask(
        "[[[end.role, id_text(end.end)] for end in one.roles]"
        f" for one in session.content.frames if one.label == {label!r}]"
    )


def tag(desk: Any, program: Any) -> None:
    """Make the claim an attribution, with the source and cue that are proposed, and take a stance on it."""
    label(desk, program, CLAIM, "Attribution", "CLAIM")
    click_button(desk, program, "window.bar", "Stance")
    click_button(desk, program, "window.answer_bar", "support")
    program.until(f"{STANCES} and not session.is_saving")


def assert_tagged(program: Any) -> None:
    spans = own(program)
    (attribution,) = [one for one in roles(program, "ATTRIBUTION") if ["claim", spans["CLAIM"]] in one]
    assert ["source", spans["SOURCE"]] in attribution
    assert ["cue", spans["CUE"]] in attribution
    (stance,) = roles(program, "STANCE")
    assert ["target", spans["CLAIM"]] in stance
    assert ["holder_mention", spans["SOURCE"]] in stance


def test_the_first_story_by_mouse(desk: Any, tmp_path: Path) -> None:
    program = desk.start()
    open_sample(desk, program)
    program.suggested()
    tag(desk, program)
    assert_tagged(program)
    click_menu(desk, program, "Project", "Quit")
    assert program.ended() == 0
    again = desk.start()
    open_sample(desk, again)
    # Found again by its frame's card, which shows who says what; cards of suggestions come before it.
    again.suggested()
    desk.click(again.steady(f"card({CLAIM!r})"))
    again.until("session.chosen is not None")
    assert_tagged(again)
    click_button(desk, again, "window.bar", "Undo")
    again.until(f"not {STANCES}")
    export(desk, again)
    click_menu(desk, again, "Project", "Quit")
    assert again.ended() == 0
    (out,) = tmp_path.rglob("*.jsonl")
    assert_exported(out)


def export(desk: Any, program: Any) -> None:
    """Export to the place that is proposed; the banner says what was written."""
    click_menu(desk, program, "Project", "Export")
    program.until("app.activeWindow() is not window and app.activePopupWidget() is None")
    click_button(desk, program, "app.activeWindow()", "Export")
    said = program.until("window.banner.isVisible() and window.banner.text.text()")
    assert said.startswith("Exported and compared: "), said
    program.until("app.activeWindow() is window and not session.long_work.is_busy")


def assert_exported(out: Path) -> None:
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    (record,) = [one for one in records if CLAIM in one["text"]]
    spans = {one["text"][0]: one["id"] for one in record["spans"]}
    found = [one["roles"] for one in record["frames"] if one["label"] == "ATTRIBUTION"]
    assert {"claim": [spans[CLAIM]], "source": [spans[SOURCE]], "cue": [spans[CUE]]} in found
    assert "STANCE" not in [one["label"] for one in record["frames"]]


def own_project(folder: Path) -> Path:
    """Return a new project with an article of ours, which nobody has looked at yet."""
    scheme, text = read_scheme(resource("schemes/default.toml")), folder / "ferry.txt"
    text.write_text(FERRY, encoding="utf-8")
    with closing(Project.create(folder / "own.annot", scheme, "Anna")) as project:
        plan = run(plan_import([text], ImportOptions(), Known(scheme)))
        project.write_import(plan)
        plan.close()
    return folder / "own.annot"


def test_suggestions_are_changed_taken_and_rejected_by_mouse(desk: Any, tmp_path: Path) -> None:
    program = desk.start(own_project(tmp_path))
    program.suggested()
    claim = "that the ferry was old and would be sold next year"
    start, _ = program.steady(f"stretch({claim!r})")
    desk.click([start[0] + 60, start[1]])
    program.until("session.chosen is not None")
    _, end = program.steady(f"stretch({claim!r})")
    _, shorter = program.steady("stretch('that the ferry was old')")
    desk.drag([end[0] + 2, end[1]], shorter)  # `stretch` ends a little inside the last letter
    program.until(
        "any(one['text'] == ['that the ferry was old'] for one in spans()) and not session.is_saving"
    )
    (attribution,) = roles(program, "ATTRIBUTION")
    texts = {one["id"]: one["text"] for one in program.ask("spans()")}
    assert {role: texts[end] for role, end in attribution} == {
        "source": ["The harbour board"], "cue": ["said"], "claim": ["that the ferry was old"]
    }  # fmt: skip
    desk.click(program.steady("card('the pumps had failed')"))
    program.until("session.chosen is not None")
    click_button(desk, program, "window.bar", "Reject")
    states = "[[one.label, one.state] for one in session.content.suggested_frames]"
    program.until(f"{states}.count(['STANCE', 'rejected']) == 1 and not session.is_saving")
    click_button(desk, program, "window.bar", "Undo")
    program.until(f"['STANCE', 'open'] in {states} and not session.is_saving")
    click_menu(desk, program, "Project", "Quit")
    assert program.ended() == 0
