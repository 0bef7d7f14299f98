"""Words of XMI that are not parsed: nothing reads otherwise than with all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared_data import DATA

from annotator.exchange.inception import xmi_in, xmi_words
from annotator.exchange.inception.xmi_in import read_views
from annotator.exchange.inception.xmi_types import Types, elements_of
from annotator.model.errors import UserError

_SEG = 'xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"'
_HEAD = (
    '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    f'xmlns:custom="http:///webanno/custom.ecore" {_SEG}>'
)
_WORDS = (
    '<seg:Sentence xmi:id="2" sofa="1" begin="0" end="12"/>'
    '<seg:Token xmi:id="3" sofa="1" begin="0" end="3"/>\n<seg:Token xmi:id="4" sofa="1" begin="4" end="8"/>'
)
_END = (
    '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="4 3 she said"/>'
    '<cas:View sofa="1" members="2 3 4 5 6 7"/></xmi:XMI>'
)
_SAYS = '<custom:Says xmi:id="5" sofa="1" begin="3" end="4" who="6" level="9"/>'
_LINK = '<custom:SaysLink xmi:id="6" role="teller" target="{}"/>'


def outcome(data: bytes) -> object:
    try:
        return [
            (one.name, one.text, str(one.layers), one.facts, one.faults) for one in read_views(data, Types())
        ]
    except UserError as error:
        return str(error)


def both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    quick = outcome(data)
    with monkeypatch.context() as patched:
        patched.setattr(xmi_in, "most_elements_of", elements_of)
        return quick, outcome(data)


@pytest.mark.parametrize(
    ("head", "inner", "parsed"),
    [
        (_HEAD, _SAYS, 0),
        (_HEAD, _SAYS + _LINK.format(4), 1),
        (_HEAD, _SAYS + _LINK.format(2), 1),
        (_HEAD, _SAYS + _LINK.format(44), 0),
        (_HEAD, '<custom:Near xmi:id="5" sofa="1" begin="0" end="3" Governor="3" Dependent="4"/>', 2),
        (
            _HEAD,
            '<cas:FSArray xmi:id="6" elements="3 4"/><custom:Says xmi:id="5" sofa="1" begin="0" who="6"/>',
            2,
        ),
        (_HEAD, _SAYS + _LINK.format("7") + '<cas:FSArray xmi:id="7" elements=" 3 x 4"/>', 2),
        (_HEAD, '<custom:Says xmi:id="4" sofa="1" begin="0" end="3"/>', 3),
        (_HEAD, '<seg:Token xmi:id="4" sofa="1" begin="0" end="3"/>', 4),
        (_HEAD, f"<!-- {_WORDS.replace('--', '')} -->", 3),
        (_HEAD, f"<?hidden {_WORDS}?>", 3),
        (_HEAD, '<custom:Says xmlns:seg="http:///other.ecore" xmi:id="5" sofa="1" begin="0" end="3"/>', 3),
        (_HEAD.replace(_SEG, 'xmlns:seg="http:///other.ecore"'), _SAYS, 3),
        (_HEAD, "<custom:Says", 0),
        (_HEAD, '<seg:Token xmi:id="7" sofa="1" begin="4" end="8" pos="5"/>', 1),
        ('<?xml version="1.0" encoding="UTF-8"?>\n' + _HEAD, _SAYS, 0),
    ],
)
def test_nothing_reads_otherwise(head: str, inner: str, parsed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = (head + _WORDS + inner + _END).encode()
    quick, whole = both(data, monkeypatch)
    assert quick == whole
    if isinstance(quick, list):
        found = xmi_words.most_elements_of(data)
        assert sum("Token" in one.type or "Sentence" in one.type for one in found) == parsed


def test_another_encoding_reads_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ('<?xml version="1.0" encoding="UTF-16"?>' + _HEAD + _WORDS + _SAYS + _END).encode("utf-16")
    quick, whole = both(data, monkeypatch)
    assert quick == whole
    assert isinstance(quick, list)


@pytest.mark.skipif(not DATA.exists(), reason="no shared data")
def test_files_of_other_programs_read_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted((DATA / "tools").rglob("*.xmi"))
    assert files
    for path in files:
        quick, whole = both(Path(path).read_bytes(), monkeypatch)
        assert quick == whole, path
