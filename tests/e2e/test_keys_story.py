"""The first story in a real window, by keys alone: open the sample, tag, quit, find again, undo, export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CLAIM, SOURCE, CUE = "a reader can learn it in a minute", "editor Karol Benko", "says"
TEXT = "session.content.article.text"
SELECTED = f"{TEXT}[slice(*window.view.selection)]"


def walk_to(desk: Any, program: Any, words: str) -> None:
    """Move the caret to words with the arrow keys, and select them with Shift."""
    start = program.ask(f"{TEXT}.index({words!r})")
    while program.ask("window.view.caret") < start:
        before = program.ask("window.view.caret")
        desk.press("ctrl+Down")
        program.until(f"window.view.caret != {before}")
    while program.ask("window.view.caret") > start:
        before = program.ask("window.view.caret")
        desk.press("Left")
        program.until(f"window.view.caret < {before}")
    desk.press("Right", "Left")
    program.until(f"window.view.caret == {start} and window.view.selection is None")
    desk.press("bracketright")
    selected = program.until(f"window.view.selection is not None and {SELECTED}")
    while len(selected) < len(words):
        desk.press("shift+Right")
        selected = program.until(f"{SELECTED} != {selected!r} and {SELECTED}")
    assert selected == words


def frames(program: Any, label: str) -> list[dict[str, Any]]:
    return program.ask(
        "[{'roles': [[end.role, id_text(end.end)] for end in one.roles], 'attributes': dict(one.attributes)}"
        f" for one in session.content.frames if one.label == {label!r}]"
    )


def own_spans(program: Any) -> dict[str, str]:
    return {
        one["label"]: one["id"] for one in program.ask("spans()") if one["text"][0] in (CLAIM, SOURCE, CUE)
    }


def find_in_palette(desk: Any, program: Any, words: str) -> None:
    desk.press("ctrl+k")
    program.until("app.activePopupWidget() is not None")
    desk.type(words)
    program.until(f"app.activePopupWidget().field.text() == {words!r}")
    desk.press("Return")
    program.until("app.activePopupWidget() is None")


def tag(desk: Any, program: Any) -> None:
    """Tag a claim with its source, cue and stance; each step is waited for, as a person would."""
    walk_to(desk, program, CLAIM)
    desk.press("a")
    program.until(f"any(one['label'] == 'CLAIM' and one['text'] == [{CLAIM!r}] for one in spans())")
    walk_to(desk, program, SOURCE)
    desk.press("s")
    program.until(f"any(one['label'] == 'SOURCE' and one['text'] == [{SOURCE!r}] for one in spans())")
    walk_to(desk, program, CUE)
    desk.press("u")
    program.until(f"any(one['label'] == 'CUE' and one['text'] == [{CUE!r}] for one in spans())")
    desk.press("t")
    program.until("window.prompt.is_waiting")
    desk.press("1")
    program.until("any(one.label == 'STANCE' for one in session.content.frames)")


def assert_tagged(program: Any) -> None:
    spans = own_spans(program)
    (attribution,) = [
        one for one in frames(program, "ATTRIBUTION") if ["claim", spans["CLAIM"]] in one["roles"]
    ]
    assert ["source", spans["SOURCE"]] in attribution["roles"]
    assert ["cue", spans["CUE"]] in attribution["roles"]
    (stance,) = [one for one in frames(program, "STANCE") if ["target", spans["CLAIM"]] in one["roles"]]
    assert stance["attributes"]["value"] == "support"


def open_sample(desk: Any, program: Any) -> None:
    find_in_palette(desk, program, "sample")
    program.until("session.content is not None and window.view.hasFocus() and not session.is_saving")


def export(desk: Any, program: Any) -> None:
    """Export to the place that is proposed; the banner says what was written."""
    desk.press("ctrl+e")
    program.until("app.activeWindow().windowTitle() == 'Export' and button(app.activeWindow(), 'Export')")
    desk.press("Return")
    said = program.until("window.banner.isVisible() and window.banner.text.text()")
    assert said.startswith("Exported and compared: "), said
    program.until("app.activeWindow() is window and not session.long_work.is_busy")


def test_the_first_story_by_keys(desk: Any, tmp_path: Path) -> None:
    program = desk.start()
    open_sample(desk, program)
    program.suggested()
    tag(desk, program)
    assert_tagged(program)
    desk.press("ctrl+q")
    assert program.ended() == 0
    again = desk.start()
    open_sample(desk, again)
    desk.press("ctrl+shift+f")
    again.until("window.find_all.edit.hasFocus()")
    desk.type(f'"{CLAIM}"')
    again.until("window.find_all.rows.hits == 1 and window.find_all.edit.text().endswith('minute\"')")
    desk.press("Return")
    again.until("window.find_all.list.hasFocus()")
    desk.press("Return")
    again.until(f"window.view.caret == {TEXT}.index({CLAIM!r})")
    assert_tagged(again)
    desk.press("Escape", "ctrl+z")
    again.until("not any(one.label == 'STANCE' for one in session.content.frames)")
    export(desk, again)
    desk.press("ctrl+q")
    assert again.ended() == 0
    (out,) = tmp_path.rglob("*.jsonl")
    assert_exported(out)


def assert_exported(out: Path) -> None:
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    (record,) = [one for one in records if CLAIM in one["text"]]
    spans = {one["text"][0]: one["id"] for one in record["spans"]}
    roles = [one["roles"] for one in record["frames"] if one["label"] == "ATTRIBUTION"]
    assert {"claim": [spans[CLAIM]], "source": [spans[SOURCE]], "cue": [spans[CUE]]} in roles
    assert not [one for one in record["frames"] if one["label"] == "STANCE"]
