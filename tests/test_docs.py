"""The guide says what is: its tables, links, commands, names and examples are compared with the program."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType

import pytest

from annotator import __version__
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme, scheme_from_data
from annotator.services.exporting import formats_out
from annotator.services.importing import formats_in
from annotator.ui import actions

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
BY_NAME = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_tables", DOCS / "make_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["keys.md", "command-line.md", "formats.md"])
def test_tables_are_those_of_the_program(tables: ModuleType, name: str) -> None:
    """Made anew with `python docs/make_tables.py` after every change of keys or arguments."""
    assert (DOCS / name).read_text(encoding="utf-8") == tables.PAGES[name]()


def test_every_action_and_key_is_in_the_guide() -> None:
    page = (DOCS / "keys.md").read_text(encoding="utf-8")
    assert {row.id for row in actions.TABLE} == set(re.findall(r"`([a-z_]+)` \|$", page, re.MULTILINE))
    assert all(f"`{key}`" in page for row in actions.TABLE for key in row.keys)


@BY_NAME
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith(("http", "#"))]
    assert [link for link in links if not (page.parent / link.partition("#")[0]).exists()] == []


@BY_NAME
def test_commands_are_understood(page: Path, tables: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    parsers = tables.subparsers()
    for line in re.findall(r"^    annotator (?!\w+ \[)(.+)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        name, *rest = shlex.split(line)
        try:
            parsers[name].parse_args(rest)
        except SystemExit:
            pytest.fail(f"{line}: {capsys.readouterr().err}")


@BY_NAME
def test_options_exist(page: Path, tables: ModuleType) -> None:
    known = {
        option
        for one in tables.subparsers().values()
        for action in tables.arguments(one)
        for option in action.option_strings
    }
    elsewhere = {
        "--universal", "--generate-hashes", "--no-annotate", "--no-header", "--python-version", "--strict",
    }  # fmt: skip
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page.read_text(encoding="utf-8")))
    assert named <= known | elsewhere


def keys_in_prose(page: Path) -> set[str]:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    plain = set(re.findall(r"`([A-Z0-9\[\],.<>+?])`", text))
    combined = re.findall(r"\b(?:Ctrl|Alt|Shift)(?:\+(?:Ctrl|Alt|Shift))*\+(?:\w+)", text)
    return plain | set(combined) | set(re.findall(r"\bF\d{1,2}\b", text))


@pytest.mark.parametrize(
    "name",
    ["first-steps.md", "labelling.md", "frames.md", "suggestions.md", "import.md", "several-annotators.md"],
)
def test_keys_in_the_prose_exist(name: str) -> None:
    scheme = read_scheme(resource("schemes/default.toml"))
    known = {key for row in (*actions.TABLE, *actions.label_rows(scheme)) for key in row.keys}
    known |= {label.key.upper() for label in scheme.labels if label.key} | {"1", "2", "3", "4"}
    known |= {"Alt+Shift"}  # held while moving, said of two keys at once
    assert keys_in_prose(DOCS / name) <= known


def test_names_in_the_prose_are_those_of_the_window() -> None:
    """What stands in asterisks and begins with a capital, on the pages for those who use the window."""
    window = "".join(one.read_text(encoding="utf-8") for one in (ROOT / "annotator" / "ui").rglob("*.py"))
    window = window.replace("&", "")
    missing = {
        f"{page}: {name}"
        for page in (
            "first-steps",
            "labelling",
            "frames",
            "several-annotators",
            "schemes",
            "import",
            "export",
        )
        for whole in re.findall(
            r"(?<![*\w])\*([A-Z][^*\n]+)\*(?![*\w])", (DOCS / f"{page}.md").read_text(encoding="utf-8")
        )
        for name in whole.rstrip(".").split(" › ")
        if f'"{name}' not in window
    }
    assert missing == {"first-steps: Claims, stances, sources"}, "which is the title of a scheme"


def first_column(page: str, after: str) -> list[str]:
    """Return the code words of the first column of the first table below a line that holds `after`."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    start = next(at for at, line in enumerate(lines) if after in line)
    rows = []
    for line in lines[start + 1 :]:
        if line.startswith("|"):
            rows.append(line)
        elif rows:
            break
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row.split("|")[1])]


def test_formats_are_those_of_the_program() -> None:
    assert sorted(first_column("import.md", "annotator import my.annot articles/")) == sorted(formats_in())
    assert sorted(first_column("export.md", "The same data gives the same bytes")) == sorted(formats_out())


def test_endings_of_files_are_those_of_the_program() -> None:
    said = (DOCS / "import.md").read_text(encoding="utf-8")
    for name, one in formats_in().items():
        row = next(line for line in said.splitlines() if line.startswith(f"| `{name}`"))
        assert set(re.findall(r"`(\.\w+)`", row)) == set(one.suffixes), name


def test_schemes_are_those_that_come_with_the_program() -> None:
    names = sorted(path.stem for path in resource("schemes").glob("*.toml"))
    assert sorted(first_column("schemes.md", "chosen when it is made")) == names


def test_the_example_scheme_holds_together() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (DOCS / "schemes.md").read_text("utf-8"), re.DOTALL)
    scheme = scheme_from_data(tomllib.loads(example))
    assert [label.name for label in scheme.labels] == ["CLAIM", "SUPPORTS"]


def test_roles_are_those_of_the_default_scheme() -> None:
    label = read_scheme(resource("schemes/default.toml")).label("ATTRIBUTION")
    assert label is not None
    assert sorted(first_column("frames.md", "## Attribution")) == sorted(role.name for role in label.roles)


def test_fields_of_the_record_are_those_of_its_schema() -> None:
    schema = json.loads(resource("annotator-jsonl.schema.json").read_text(encoding="utf-8"))
    assert sorted(first_column("jsonl.md", "have to be converted")) == sorted(schema["properties"])


def test_the_example_of_reading_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (DOCS / "jsonl.md").read_text("utf-8"), re.DOTALL)
    record = {
        "spans": [{"id": "s1", "text": ["Ada", "Lovelace"]}],
        "frames": [{"label": "ATTRIBUTION", "roles": {"source": ["s1"]}}, {"label": "STANCE", "roles": {}}],
    }
    (tmp_path / "dataset.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "jsonl.md", "exec"), {})
    assert capsys.readouterr().out == "Ada … Lovelace\n"


def test_the_newest_change_is_of_this_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == __version__


def test_the_first_version_is_told_in_parts_and_without_what_was_before() -> None:
    """Nobody had a state before the first version; each thing is told once, in the part it belongs to."""
    first = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").rpartition("\n## ")[2]
    assert re.findall(r"\b(?:no longer|not any ?more|used to)\b", first) == []
    head, *parts = re.split(r"^### .+$", first, flags=re.MULTILINE)
    assert "\n- " not in head
    lines = [line for part in parts for line in part.strip().split("\n")]
    assert len(lines) == len(set(lines)) < 100


def test_every_page_is_in_a_list_of_contents() -> None:
    linked = set()
    for contents in (DOCS / "README.md", DOCS / "decisions" / "README.md"):
        found = re.findall(r"\]\(([^)#]+)\)", contents.read_text(encoding="utf-8"))
        linked |= {(contents.parent / link).resolve() for link in found}
    contents = {DOCS / "README.md", DOCS / "decisions" / "README.md"}
    pages = {page for page in DOCS.rglob("*.md") if ".in." not in page.name} - contents
    assert pages - linked == set()


WAY = (DOCS / "where-is-what.md").read_text(encoding="utf-8")


def test_files_on_the_way_are_there() -> None:
    _, _, way = WAY.partition("## An hour's reading")
    named = re.findall(r"`((?:exchange|model|nlp|services|store|ui)/[\w/.]+)`", way.partition("## `")[0])
    assert len(named) > 20
    assert [one for one in named if not (ROOT / "annotator" / one).exists()] == []


@pytest.mark.parametrize("section", WAY.split("\n## `")[1:], ids=lambda one: one.partition("`")[0])
def test_every_file_of_a_large_folder_has_its_place(section: str) -> None:
    folder, _, table = section.partition("`")
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    patterns = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    names = [path.name for path in sorted((ROOT / folder).glob("*.py"))]
    names += [f"{path.parent.name}/" for path in sorted((ROOT / folder).glob("*/__init__.py"))]
    lost = {one for one in names if not any(fnmatchcase(one, pattern) for pattern in patterns)}
    gone = {pattern for pattern in patterns if not any(fnmatchcase(one, pattern) for one in names)}
    assert (lost - {"__init__.py"}, gone) == (set(), set())
