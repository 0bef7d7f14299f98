"""What a killed export leaves behind is cleared by the next one; what may be in use stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.services import leftovers
from annotator.store import locking

KILLED = """
import os
from annotator.services import leftovers
print(leftovers.name(), flush=True)
os._exit(1)
"""


@pytest.fixture
def of_a_killed_one(tmp_path: Path) -> Path:
    found = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, check=False)
    left = tmp_path / found.stdout.strip()
    left.write_bytes(b"half")
    return left


def test_the_file_of_a_process_that_is_gone_goes(tmp_path: Path, of_a_killed_one: Path) -> None:
    leftovers.clear(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_files_that_may_be_in_use_stay(tmp_path: Path, of_a_killed_one: Path) -> None:
    own = leftovers.name()
    started = locking.here().started
    _, machine, pid, _, token = of_a_killed_one.name.split("-")
    parent = f".annotator-{machine}-{os.getppid()}-{locking._started(os.getppid())}-{token}"
    elsewhere = of_a_killed_one.name.replace(f"-{machine}-", "-00000000-")
    others = (own, parent, elsewhere, ".annotator-abc.part", "annotator.part", f".annotator-{pid}.txt")
    for name in others:
        (tmp_path / name).write_bytes(b"half")
    reused = f".annotator-{machine}-{os.getpid()}-{started + 1}-{token}"
    (tmp_path / reused).write_bytes(b"half")
    leftovers.clear(tmp_path)
    assert {one.name for one in tmp_path.iterdir()} == set(others)


def test_a_folder_that_cannot_be_read_is_left_to_the_export(tmp_path: Path) -> None:
    leftovers.clear(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []
