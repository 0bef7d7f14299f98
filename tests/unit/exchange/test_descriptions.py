"""What formats say of themselves: every example can be read, and every exporter says what it loses."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_projects import bring, project_in

from annotator.model.scheme import Scheme
from annotator.plugins import door

BRAT_TEXT = "The mayor said the bridge is safe, but for now."
EXAMPLES = [name for name, one in door.importers().items() if one.example]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_can_be_read(tmp_path: Path, name: str) -> None:
    known = door.importers()[name]
    path = tmp_path / f"a{known.suffixes[0]}"
    if name == "brat":
        (tmp_path / "a.txt").write_text(BRAT_TEXT, "utf-8")
    if name == "fnc1":
        (tmp_path / "bodies.csv").write_text("Body ID,articleBody\n1,The ferry stays.\n", "utf-8")
    path.write_text(known.example + "\n", "utf-8")
    with project_in(tmp_path, "p", Scheme("empty", "", ())) as project:
        summary = bring(project, path, format_name=name, new_labels="add")
        assert (summary.articles, summary.problems) == (1, ())


def test_every_format_says_what_it_is_and_every_exporter_what_it_loses() -> None:
    assert [name for name, one in door.importers().items() if not one.about] == []
    assert [name for name, one in door.exporters().items() if not (one.about and one.lost)] == []
    for one in (*door.importers().values(), *door.exporters().values()):
        for option in (*one.options_in, *one.options_out):
            assert len(option.titles) in (0, len(option.values))
