"""The example of a format of one's own: found by its entry point, and reading what the wire sent."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest
from shared_data import DATA

from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions, Note, Problem
from annotator.model.job import run
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.plugins import door
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known
from annotator.services.project import Project

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "docs/examples/annotator-reuters"
REAL = DATA / "reuters21578"
STORY = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" OLDID="5" NEWID="1">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TOPICS><D>ferries</D><D>grain</D></TOPICS>
<PLACES></PLACES>
<UNKNOWN>&#5;&#22;f0704&#31;wire</UNKNOWN>
<TEXT>&#2;
<TITLE>BELLWATER &lt;BLW> &amp; MILLS
  TO SELL FERRIES</TITLE>
<AUTHOR>    by Ada Ortiz</AUTHOR>
<DATELINE>    BELLWATER, Feb 26 - </DATELINE><BODY>Mayor &#127;Ada Ortiz said
the ferries would go.
    "We keep &#5;the mill," she said.
&#3;</BODY></TEXT>
</REUTERS>
"""
BRIEF = """<REUTERS NEWID="2"><DATE>2-MAR-1987 10:00:00.00</DATE>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>MILLS SAY NO</TITLE>
&#3;</TEXT>
</REUTERS>
<REUTERS NEWID="3">
<TEXT TYPE="UNPROC">&#2;
GRAIN REPORT \xfc
 Wheat.......644 vs.....337
&#3;
</TEXT>
</REUTERS>
"""


@pytest.fixture
def format_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Format]:
    """Install the example as its own metadata says, without a network: on the path, and nowhere else."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = tmp_path / "site" / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n")
    lines = []
    for group, points in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
    monkeypatch.syspath_prepend(str(EXAMPLE))
    (found,) = distributions(path=[str(info.parent)])
    loaded = door.load_all(found.entry_points.select(group=door.IMPORTERS), door.IMPORTERS)
    assert loaded.faults == ()
    monkeypatch.setattr(door, "importers", lambda: loaded.plugins)
    yield loaded.plugins["reuters"]
    sys.modules.pop("annotator_reuters", None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "reut.sgm"
    path.write_bytes((STORY + BRIEF).encode("iso-8859-1"))
    return path


def read(format_: Format, path: Path, **chosen: str) -> list[object]:
    assert format_.importer is not None
    return list(format_.importer.read(path, ImportOptions(chosen=chosen)))


def test_a_story_is_read_with_its_facts_and_without_the_wire(format_: Format, file: Path) -> None:
    story, brief, report, note = read(format_, file)
    assert isinstance(story, Draft)
    assert story.text == (
        "BELLWATER <BLW> & MILLS TO SELL FERRIES\n\nby Ada Ortiz\n\n"
        "BELLWATER, Feb 26 - Mayor Ada Ortiz said\n"
        'the ferries would go.\n    "We keep the mill," she said.'
    )
    assert story.title == "BELLWATER <BLW> & MILLS TO SELL FERRIES"
    assert (story.name, story.key, story.line, story.marks) == ("reuters-1", "1", 2, None)
    assert story.meta == {
        "lewissplit": "TRAIN",
        "oldid": "5",
        "topics": "ferries, grain",
        "outlet": "Reuters",
        "byline": "Ada Ortiz",
        "dateline": "BELLWATER, Feb 26",
        "published": "1987-02-26",
    }
    assert story.notes == ("2 control characters of the wire left out",)
    assert isinstance(brief, Draft)
    assert (brief.text, brief.meta["type"], brief.meta["published"]) == (
        "MILLS SAY NO",
        "BRIEF",
        "1987-03-02",
    )
    assert isinstance(report, Draft)
    assert report.text == "GRAIN REPORT ü\n Wheat.......644 vs.....337"
    assert isinstance(note, Note)
    assert (note.line, "ISO-8859-1" in report.notes[0]) == (report.line, True)


def test_topics_come_as_labels_where_that_is_chosen(format_: Format, file: Path) -> None:
    story = read(format_, file, topics="labels")[0]
    assert isinstance(story, Draft)
    assert story.marks is not None
    assert [one.label for one in story.marks.labels] == ["ferries", "grain"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (STORY.replace("</REUTERS>\n", "") + BRIEF, 2, "no </REUTERS>"),
        (STORY.replace("<TEXT>", "<TXT>") + BRIEF, 2, "no <TEXT>"),
        (STORY + BRIEF.rstrip()[:-12], 21, "no </REUTERS>"),
    ],
    ids=["no end", "no text", "cut off"],
)
def test_a_torn_story_is_named_and_the_others_are_read(
    format_: Format, tmp_path: Path, text: str, line: int, reason: str
) -> None:
    (tmp_path / "torn.sgm").write_text(text, "utf-8")
    found = read(format_, tmp_path / "torn.sgm")
    (problem,) = [one for one in found if isinstance(one, Problem)]
    assert problem.line == line
    assert reason in problem.reason
    assert sum(isinstance(one, Draft) for one in found) == 2


def test_other_files_are_refused_in_words(format_: Format, tmp_path: Path) -> None:
    (tmp_path / "a.sgm").write_text("<BOOK>no</BOOK>")
    assert format_.importer is not None
    assert not format_.importer.recognises(tmp_path / "a.sgm")
    assert not format_.importer.recognises(tmp_path / "gone.sgm")
    with pytest.raises(UserError, match="no story"):
        read(format_, tmp_path / "a.sgm")
    with pytest.raises(UserError, match="cannot be read"):
        read(format_, tmp_path / "gone.sgm")
    (tmp_path / "a.sgm").write_bytes(STORY.encode() + b"\xff")
    assert format_.importer.recognises(tmp_path / "a.sgm")
    with pytest.raises(UserError, match="choose its encoding"):
        list(format_.importer.read(tmp_path / "a.sgm", ImportOptions("utf-8")))


@pytest.mark.skipif(not REAL.is_dir(), reason="Reuters-21578 is not passed on with this program")
def test_every_real_story_comes_into_a_project(format_: Format, tmp_path: Path) -> None:
    project = Project.create(tmp_path / "r.annot", read_scheme(resource("schemes/default.toml")), "Anna")
    paths = sorted(REAL.glob("*.sgm"))
    options = ImportOptions(new_labels="add", chosen={"topics": "labels"})
    plan = run(plan_import(paths, options, Known(project.scheme)))
    project.write_import(plan)
    plan.close()
    copies = sum("has the same text" in one for one in plan.summary.copies)
    assert plan.summary.problems == ()
    assert len(project.article_ids()) == plan.summary.articles == 1000 * len(paths) - copies
    assert plan.summary.article_labels > 100 * len(paths)
    project.close()
