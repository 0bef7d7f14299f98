"""The floor plan, the sizes and the words of the code, checked, and the checks themselves shown to bite."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

LINT = "from importlinter.cli import lint_imports_command as run; run()"
MOST_LINES = 400
MOST_TEST_LINES = 600
MOST_FUNCTION_LINES = 40
TOP_LEVEL = {
    ".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "NOTICE", "README.md", "annotator", "benchmarks", "docs",
    "pyproject.toml", "resources", "seeds", "start.py", "tests",
}  # fmt: skip

PLANTED = [
    ("annotator/model/bad.py", "import annotator.store", "a part above"),
    ("annotator/store/bad.py", "import annotator.nlp", "a part beside"),
    ("annotator/ui/bad.py", "import annotator.cli", "the other face"),
    ("annotator/services/bad.py", "import PySide6.QtCore", "Qt below the window"),
    ("annotator/cli/bad.py", "import qtawesome", "icons on the command line"),
    ("annotator/services/bad.py", "import sqlalchemy", "SQL above the store"),
    ("annotator/ui/bad.py", "import sqlite3", "SQL in the window"),
    ("annotator/services/bad.py", "import spacy", "spaCy above nlp"),
    ("annotator/ui/bad.py", "import csv", "a file format in the window"),
    ("annotator/ui/bad.py", "import annotator.store", "the window past the services"),
    ("annotator/cli/bad.py", "import annotator.exchange", "the command line past the services"),
    ("annotator/app/bad.py", "import annotator.exchange.articles.text_files", "a format by its name"),
    ("annotator/services/bad.py", "import annotator.nlp.entities", "a suggester by its name"),
    ("annotator/extra/__init__.py", "", "a part without a floor"),
]


def python_files(root: Path) -> list[Path]:
    """Return the files of the program and its tools, without environments and caches."""
    folders = [root / name for name in ("annotator", "tests", "benchmarks", "docs", "resources")]
    return [root / "start.py", *(path for folder in folders for path in sorted(folder.rglob("*.py")))]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(__file__).resolve().parent.parent
    folder = tmp_path_factory.mktemp("floors")
    shutil.copy(root / "pyproject.toml", folder)
    shutil.copytree(root / "annotator", folder / "annotator", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_floors_hold(copy: Path) -> None:
    done = lint_imports(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("path", "line", "what"), PLANTED, ids=[what for _, _, what in PLANTED])
def test_a_planted_fault_is_found(copy: Path, path: str, line: str, what: str) -> None:
    planted = copy / path
    planted.parent.mkdir(exist_ok=True)
    try:
        planted.write_text(f'"""Planted: {what}."""\n{line}\n', encoding="utf-8")
        done = lint_imports(copy)
        assert done.returncode == 1, done.stdout
        assert (
            "BROKEN" in done.stdout or "Missing layer" in done.stdout + done.stderr or "extra" in done.stdout
        )
    finally:
        planted.unlink()
        if planted.name == "__init__.py":
            planted.parent.rmdir()


def test_files_are_short(repository: Path) -> None:
    long = {
        str(path.relative_to(repository)): lines
        for path in python_files(repository)
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        >= (MOST_TEST_LINES if "tests" in path.parts else MOST_LINES)
    }
    assert not long


def test_functions_are_short(repository: Path) -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in [repository / "start.py", *(repository / "annotator").rglob("*.py")]
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 >= MOST_FUNCTION_LINES
    ]
    assert not long


def test_half_of_the_functions_are_under_ten_lines(repository: Path) -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in (repository / "annotator").rglob("*.py")
        for node in functions(path)
    )
    assert lengths[len(lengths) // 2] < 10


def test_no_module_gives_a_name_twice(repository: Path) -> None:
    """What is put together of two versions may have both, of which the later one counts unseen."""
    found = {
        str(path.relative_to(repository)): twice
        for path in python_files(repository)
        if (twice := named_twice(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def test_the_check_of_names_bites() -> None:
    text = "A = 1\nB: int = 2\nA = 3\ndef c(): ...\nclass c: ...\nif A:\n    B = 4\n"
    assert named_twice(ast.parse(text)) == ["A", "c"]


def named_twice(tree: ast.Module) -> list[str]:
    """Return what a module names twice at its top, the first of them for nothing."""
    return [name for name, count in Counter(names_of(tree)).items() if count > 1]


def names_of(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                yield node.name
            case ast.Assign():
                yield from (one.id for one in node.targets if isinstance(one, ast.Name))
            case ast.AnnAssign(target=ast.Name(name)):
                yield name


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_every_module_says_what_it_is_for(repository: Path) -> None:
    silent = [
        str(path)
        for path in python_files(repository)
        if "tests" not in path.relative_to(repository).parts
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


WORDS_TO_AVOID = re.compile(
    r"(^|_)(document|documents|workspace|corpus|prediction|predictions|recommender|curation|coder)($|_)"
)


FOLDERS = {"_documents"}
"""Names that systems give to folders."""


def test_identifiers_keep_to_the_words(repository: Path) -> None:
    """One word for one thing; `document` names a kind of actor in data, never a thing of the code."""
    found = sorted(
        {
            f"{path.relative_to(repository)}: {name}"
            for path in (repository / "annotator").rglob("*.py")
            for name in identifiers(path)
            if WORDS_TO_AVOID.search(snake(name)) and name not in FOLDERS
        }
    )
    assert not found


def identifiers(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def test_the_words_check_bites() -> None:
    assert WORDS_TO_AVOID.search(snake("loadDocument"))
    assert WORDS_TO_AVOID.search(snake("documents"))
    assert not WORDS_TO_AVOID.search(snake("documented"))


def broad_catches(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type
            names = {one.id for one in ast.walk(caught) if isinstance(one, ast.Name)} if caught else {""}
            if names & {"", "Exception", "BaseException"}:
                yield f"{path.name}:{node.lineno}"


def test_broad_catches_stay_where_they_belong(repository: Path) -> None:
    """The workers (thread and processes), the plugin door; and what undoes a step and raises again."""
    workers = {f"annotator/{one}.py" for one in ("ui/worker", "nlp/process", "nlp/apart")}
    allowed = {"annotator/plugins/door.py", *workers}
    found = [
        catch
        for path in (repository / "annotator").rglob("*.py")
        if path.relative_to(repository).as_posix() not in allowed
        for catch in broad_catches(path)
        if not raises_again(path, int(catch.rpartition(":")[2]))
    ]
    assert not found


def raises_again(path: Path, line: int) -> bool:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler) and node.lineno == line:
            return isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
    return False


def test_the_top_level_is_what_the_plan_says(repository: Path) -> None:
    if not (repository / ".git").exists():
        pytest.skip("this is no checkout")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=repository, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert {name.partition("/")[0] for name in listed} <= TOP_LEVEL


ELSEWHERE = re.compile(
    r"(?:pypi|files\.pythonhosted|test\.pypi)\.org|--(?:extra-)?index-url|/home/\w{2,}/|/root/|/work/|/Users/\w+/|[A-Z]:\\Users"
)


def test_no_registry_and_no_machine_is_named(repository: Path) -> None:
    skipped = {"test_floors.py"}
    suffixes = {".py", ".md", ".toml", ".txt", ".in", ".json", ".cfg", ".sh", ""}
    found = [
        f"{path.relative_to(repository)}: {match[0]}"
        for folder in ("annotator", "resources", "seeds", "tests", "docs", "benchmarks", ".ci")
        for path in (repository / folder).rglob("*")
        if path.is_file() and path.suffix in suffixes and path.name not in skipped
        if "__pycache__" not in path.parts and "data" not in path.parts
        for match in [ELSEWHERE.search(path.read_text(encoding="utf-8", errors="replace"))]
        if match
    ]
    found += [
        f"{name}: {match[0]}"
        for name in ("README.md", "CHANGELOG.md", "NOTICE", "start.py", "pyproject.toml")
        for match in [ELSEWHERE.search((repository / name).read_text(encoding="utf-8"))]
        if match
    ]
    assert not found


def test_qt_comes_from_essentials_alone(repository: Path) -> None:
    forbidden = re.compile(r"PySide6\.(QtCharts|QtGraphs|QtDataVisualization|QtWebEngine\w*)")
    found = [
        str(path)
        for path in (repository / "annotator").rglob("*.py")
        if forbidden.search(path.read_text("utf-8"))
    ]
    assert not found
