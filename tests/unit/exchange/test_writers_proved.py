"""Faults planted in the writers: what a record says otherwise than the project is refused."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from made_projects import Plan, bring, export, project_in

from annotator.exchange.claims import fnc1
from annotator.model.errors import UserError
from annotator.model.ids import new_ids
from annotator.model.records import Actor, ArticleLabel, ClaimCard, Fragment, Frame, RoleEnd, Span
from annotator.model.scheme import Scheme
from annotator.services.exporting import formats_out
from annotator.services.project import Project

TEXT = "Ada 😀 denied that the bridge is safe.\n\nBen said no."
FAULTS = {
    "sentences": "id annotator is_claim labels start end pieces text name value number label",
    "fever": "verifiable label claim page number start text evidence id",
    "rumoureval": "id id_str text lang in_reply_to_status_id in_reply_to_status_id_str record name",
    "web_annotation": "id type motivation name created purpose value body role source start exact prefix",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, scheme: Scheme) -> Iterator[Project]:
    """Spans with attributes, notes, an actor and a claim card, an attribution, a stance, a label."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    with project_in(folder, "p", scheme) as found:
        bring(found, folder / "a.txt")
        article, by = found.article_ids()[0], found.annotator.id
        ids = iter(new_ids(20))
        actor, card = Actor(next(ids), "Ada Ortiz"), ClaimCard(next(ids), "The bridge is safe.")

        def span(label: str, words: str, **more: Any) -> Span:
            at = TEXT.index(words)
            places = (Fragment(at, at + len(words)),)
            return Span(next(ids), article, label, places, by, 5_000_000, **more)

        source = span("SOURCE", "Ada", actor=actor.id, note="Who?", attributes={"form": "name"})
        claim = span("CLAIM", "the bridge is safe", claim_card=card.id, attributes={"checkworthy": "yes"})
        cue = span("CUE", "denied", attributes={"kind": "speech"})
        ends = [RoleEnd(one.label.lower(), "span", one.id) for one in (claim, source, cue)]
        sides = (RoleEnd("holder", "actor", actor.id), RoleEnd("target", "span", claim.id))
        shown = (*sides, RoleEnd("evidence", "span", cue.id))
        said = Frame(next(ids), article, "ATTRIBUTION", tuple(ends), by, 6_000_000, {"anonymity": "named"})
        stance = Frame(next(ids), article, "STANCE", shown, by, 7_000_000, {"value": "deny"}, "Firm.")
        whole = ArticleLabel(next(ids), article, "ARTICLE_KIND", by, 8_000_000)
        found.write_import(Plan([actor, card, source, claim, cue, said, stance, whole]))
        yield found


def _otherwise(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, list):
        return value[1:]
    return (value or 0) + 1


def _with_fault(record: Any, field: str) -> tuple[Any, bool]:
    """Return a record in which the first field of a name is another one, and whether there is one."""
    if isinstance(record, dict) and record.get(field, []) != []:
        return {**record, field: _otherwise(record[field])}, True
    pairs = (
        record.items() if isinstance(record, dict) else enumerate(record) if isinstance(record, list) else ()
    )
    for key, value in pairs:
        found, is_there = _with_fault(value, field)
        if is_there:
            copy = record.copy()
            copy[key] = found
            return copy, True
    return record, False


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name, fields in FAULTS.items() for field in fields.split()]
)
def test_a_field_that_is_written_otherwise_is_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, field: str
) -> None:
    planted = []

    def faulty(record: Any, *more: Any, **named: Any) -> bytes:
        record, is_there = (record, False) if planted else _with_fault(record, field)
        planted.extend([field] * is_there)
        return orjson.dumps(record, *more, **named)

    export(project, tmp_path / "sound", name)
    module = sys.modules[type(formats_out()[name].exporter).__module__]
    monkeypatch.setattr(module, "orjson", SimpleNamespace(**{**vars(orjson), "dumps": faulty}))
    with pytest.raises(UserError):
        export(project, tmp_path / "faulty", name)
    assert planted
    assert not (tmp_path / "faulty").exists()


@pytest.mark.parametrize("row", [0, 1])
def test_a_cell_of_fnc1_that_is_written_otherwise_is_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: int
) -> None:
    honest, written = fnc1._line, []

    def faulty(cells: Sequence[Any]) -> bytes:
        written.append(cells)
        return honest([f"{cells[0]}1", *cells[1:]] if len(written) == row + 1 else cells)

    monkeypatch.setattr(fnc1, "_line", faulty)
    with pytest.raises(UserError):
        export(project, tmp_path / "faulty", "fnc1")
    assert len(written) > row
    assert not (tmp_path / "faulty").exists()
