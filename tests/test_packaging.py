"""The wheel runs in an environment of its own, far from the checkout; the source archive is complete."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the source archive, built without any download."""
    out = tmp_path_factory.mktemp("dist")
    call = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        str(out),
        "--sdist",
        "--wheel",
        str(ROOT),
    ]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def environment(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty environment with the wheel in it; its dependencies are those of this one."""
    place = tmp_path_factory.mktemp("an environment") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    (wheel,) = built.glob("*.whl")
    packages = site_packages(place)
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python(place)),
        "install",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*install, "--quiet", str(wheel)], check=True)
    here = Path(sysconfig.get_paths()["purelib"])
    # Only the folder, not its .pth files: the checkout itself must not be found through it.
    (packages / "borrowed.pth").write_text(f"{here}\n", encoding="utf-8")
    return place


def python(place: Path) -> Path:
    return place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages(place: Path) -> Path:
    (found,) = [*place.glob("lib/python3.*/site-packages"), *place.glob("Lib/site-packages")]
    return found


def annotator(place: Path, folder: Path, *arguments: str) -> dict[str, object]:
    """Run the installed command in a folder and return its JSON answer."""
    command = python(place).with_name("annotator" + (".exe" if os.name == "nt" else ""))
    done = subprocess.run(
        [command, *arguments, "--json"], cwd=folder, capture_output=True, text=True, check=False,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def inside(place: Path, folder: Path, code: str) -> str:
    done = subprocess.run([python(place), "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_wheel_is_what_runs(environment: Path, tmp_path: Path) -> None:
    found = Path(inside(environment, tmp_path, "import annotator; print(annotator.__file__)"))
    assert found.is_relative_to(environment)


def test_resources_and_seeds_come_with_it(environment: Path, tmp_path: Path) -> None:
    code = "from annotator.model.resources import resource, seeds; print(resource('schemes')); print(seeds())"
    schemes, seeds = (Path(line) for line in inside(environment, tmp_path, code).splitlines())
    for folder, name in ((schemes, "schemes"), (seeds, "seeds")):
        assert folder.is_relative_to(environment)
        assert names(folder) == names(ROOT / ("resources/schemes" if name == "schemes" else "seeds"))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


def test_the_command_works_far_from_the_checkout(environment: Path, tmp_path: Path) -> None:
    seeds = inside(environment, tmp_path, "from annotator.model.resources import seeds; print(seeds())")
    texts = sorted(str(path) for path in Path(seeds).glob("*.txt"))
    assert texts
    assert annotator(environment, tmp_path, "new", "far.annot", "--annotator", "Ada")["annotator"] == "Ada"
    assert annotator(environment, tmp_path, "import", "far.annot", *texts)["articles"] == len(texts)
    info = annotator(environment, tmp_path, "info", "far.annot")
    assert info["articles"] == len(texts)
    assert {"jsonl", "text", "csv"} <= set(info["formats_in"])  # type: ignore[call-overload]
    assert (tmp_path / "far.annot").is_file()


def test_the_wheel_holds_no_tests_and_its_licence(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        held = packed.namelist()
    assert not [name for name in held if name.startswith(("tests/", "docs/", "benchmarks/"))]
    assert not [name for name in held if "__pycache__" in name]
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in held if ".dist-info/" in name}
    assert "annotator/_resources/annotator-jsonl.schema.json" in held


def test_the_source_archive_holds_what_is_needed_to_work_on_it(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        held = {name.partition("/")[2] for name in packed.getnames()}
    for name in (
        "start.py", "README.md", "CHANGELOG.md", "LICENSE", "NOTICE", "pyproject.toml", "tests/conftest.py",
        "annotator/app/__main__.py", "resources/requirements/start.txt", "docs/README.md",
    ):  # fmt: skip
        assert name in held
    assert not [name for name in held if name.startswith((".venv", "out/"))]
