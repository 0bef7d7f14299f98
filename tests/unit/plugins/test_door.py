"""The plugin door: every kind of faulty plugin is named and left out, the others stay."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from annotator.plugins import door

PLUGINS = '''
"""Plugins of somebody else, most of them faulty."""
from annotator.model.formats import Format

class Reader:
    pass

GOOD = Format("good", "Good", (".good",), importer=Reader())
IDLE = Format("idle", "Idle", (".idle",))
NOT_A_FORMAT = 7

class Suggester:
    name, version, layers = "mine", "1", ("entities",)
    def load(self, choice):
        raise NotImplementedError

class Half:
    name = "half"

GOOD_SUGGESTER = Suggester()
HALF = Half()
'''


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, text in {
        "their_plugins": PLUGINS,
        "their_crash": "1 / 0",
        "their_exit": "raise SystemExit('no licence')",
        "their_syntax": "def (:",
    }.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in [name for name in sys.modules if name.startswith("their_")]:
        del sys.modules[name]


def point(name: str, value: str, group: str = door.IMPORTERS) -> EntryPoint:
    return EntryPoint(name, value, group)


@pytest.mark.usefixtures("plugins")
@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("their_plugins:NOT_A_FORMAT", "it is no Format"),
        ("their_plugins:IDLE", "it does not read"),
        ("their_plugins:GONE", "AttributeError"),
        ("their_crash:FORMAT", "ZeroDivisionError"),
        ("their_exit:FORMAT", "no licence"),
        ("their_syntax:FORMAT", "SyntaxError"),
        ("their_nowhere:FORMAT", "ModuleNotFoundError"),
    ],
)
def test_a_faulty_format_is_named_and_left_out(value: str, reason: str) -> None:
    found = door.load_all([point("bad", value), point("good", "their_plugins:GOOD")], door.IMPORTERS)
    assert list(found.plugins) == ["good"]
    (fault,) = found.faults
    assert fault.name == f"bad ({value})"
    assert reason in fault.reason
    assert str(fault).startswith("The plugin bad")


@pytest.mark.usefixtures("plugins")
def test_a_suggester_that_lacks_parts_is_left_out() -> None:
    found = door.load_all(
        [
            point("half", "their_plugins:HALF", door.SUGGESTERS),
            point("mine", "their_plugins:GOOD_SUGGESTER", door.SUGGESTERS),
        ],
        door.SUGGESTERS,
    )
    assert list(found.plugins) == ["mine"]
    assert found.faults[0].reason == "it is no suggester (no version, layers, load)"


@pytest.mark.usefixtures("plugins")
def test_a_name_is_given_once() -> None:
    twice = [point("good", "their_plugins:GOOD"), point("good", "their_plugins:IDLE")]
    found = door.load_all(twice, door.IMPORTERS)
    assert found.plugins["good"].name == "good"
    assert found.faults[0].reason == "the name good is taken already"


def test_own_formats_come_through_the_same_door() -> None:
    assert {"jsonl", "text", "csv", "article_jsonl"} <= set(door.importers())


def test_own_suggesters_come_through_the_same_door() -> None:
    assert {"entities", "pipeline"} <= set(door.suggesters())


def test_own_plugins_have_no_faults() -> None:
    assert door.faults() == ()


def test_nobody_can_change_what_was_found() -> None:
    with pytest.raises(TypeError):
        door.importers()["mine"] = None  # type: ignore[index]
