"""The real window on the bus that screen readers listen to (AT-SPI): the article can be found and read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SPI = "org.a11y.atspi"
CLAIM = "a reader can learn it in a minute"
QUIET = "stairways are swept"
"""Words that nobody says and that name nobody."""
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
MOST = 400
"""Parts of the window that are looked at until the article is found."""
Place = tuple[str, str]
"""Name on the bus, and path there."""


class Reader:
    """Asks as a screen reader does, through the system's own tool."""

    def __init__(self, bus: str) -> None:
        self._bus = bus

    def call(self, place: Place, method: str, *args: str) -> str:
        """Return the answer as the tool writes it."""
        name, path = place
        command = ["gdbus", "call", "--address", self._bus, "--dest", name, "--object-path", path]
        done = subprocess.run(
            [*command, "--method", method, *args], capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout.strip()

    def children(self, place: Place) -> list[Place]:
        answer = self.call(place, f"{SPI}.Accessible.GetChildren")
        return re.findall(r"\('([^']+)', (?:objectpath )?'([^']+)'\)", answer)

    def get(self, place: Place, interface: str, name: str) -> str:
        answer = self.call(place, "org.freedesktop.DBus.Properties.Get", f"{SPI}.{interface}", name)
        return answer.removeprefix("(<").removesuffix(">,)").strip("'\"")


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A session bus of its own; skip where there is nothing that carries accessibility."""
    missing = [name for name in ("gdbus", "dbus-daemon") if shutil.which(name) is None]
    if missing or not any(Path(one).exists() for one in LAUNCHERS):
        pytest.skip("no AT-SPI here: at-spi2-core, dbus and libglib2.0-bin are needed")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
    monkeypatch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
    yield
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def accessibility_bus() -> str:
    call = ["gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus"]
    done = subprocess.run(
        [*call, "--method", "org.a11y.Bus.GetAddress"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout.strip().removeprefix("('").removesuffix("',)")


def find_article(reader: Reader) -> Place | None:
    """Return the one long text in the window, looking level by level."""
    level, seen = [(f"{SPI}.Registry", "/org/a11y/atspi/accessible/root")], 0
    while level and seen < MOST:
        following: list[Place] = []
        for place in level:
            seen += 1
            count = reader.get(place, "Text", "CharacterCount")
            if count.isdigit() and int(count) > 1000:
                return place
            following += reader.children(place)
        level = following
    return None


def test_the_article_is_read_on_the_bus(bus: None, desk: Any) -> None:
    program = desk.start()
    desk.click(program.until("window.start.sample.isVisible() and place(window.start.sample)"))
    program.until("session.content is not None and not session.is_saving")
    text = program.ask("session.content.article.text")
    start = text.index(CLAIM)
    program.ask(f"setattr(window.view, 'caret', {start})")
    reader, found = Reader(accessibility_bus()), None
    end = time.monotonic() + program.patience
    while found is None and time.monotonic() < end:
        found = find_article(reader)
    assert found is not None, os.environ["DBUS_SESSION_BUS_ADDRESS"]
    assert reader.get(found, "Text", "CharacterCount") == str(len(text))
    assert reader.get(found, "Text", "CaretOffset") == str(start)
    assert CLAIM in reader.call(found, f"{SPI}.Text.GetText", str(start), str(start + len(CLAIM)))
    assert reader.get(found, "Accessible", "Name") == program.ask("session.content.article.title")
    program.suggested()
    quiet = text.index(QUIET)
    program.ask(f"setattr(window.view, 'caret', {quiet})")
    assert reader.get(found, "Accessible", "Description") == "no label"
    program.ask(f"setattr(window.view, 'caret', {start})")
    program.ask(f"window.view.select(Fragment({start}, {start + len(CLAIM)}))")
    program.ask("window.labelling.put('CLAIM')")
    program.until(f"any(one['text'] == [{CLAIM!r}] for one in spans())")
    program.ask(f"setattr(window.view, 'caret', {start + 3})")
    assert "claim, chosen" in reader.get(found, "Accessible", "Description")
