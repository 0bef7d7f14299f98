"""The proof of UIMA XMI reads what the importer reads, and sees whatever is another one in a file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from in_layers import covered, written_folder

from annotator.exchange.inception.layers_in import FRAME_LAYER, SPAN_LAYER
from annotator.exchange.inception.xmi_in import read_views
from annotator.exchange.inception.xmi_proof import read_again
from annotator.exchange.inception.xmi_types import types_of
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.services.exporting import formats_out

TEXT = ' Ben 😀 <said>: "No & no."\n\nNobody did,\tAda said. '
SPANS = (
    ("SOURCE", "Ben 😀", {}),
    ("CUE", "<said>", {}),
    ("CLAIM", '"No & no."', {"checkworthy": "yes"}),
    ("PERSON", "Ada", {}),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article that has spans and a frame, as it is written; nobody writes to it."""
    return written_folder(tmp_path_factory.mktemp("written"), TEXT, SPANS, "uima_xmi")


def test_it_reads_what_the_importer_reads(folder: Path) -> None:
    data = (folder / "a.txt.xmi").read_bytes()
    (view,) = read_views(data, types_of((folder / "TypeSystem.xml").read_bytes()))
    found = read_again(data)
    assert found is not None
    text, ((_, said),) = found
    assert text == view.text == TEXT
    told: list[str] = []
    spans = covered(view.layers, view.text)
    assert sorted(spans) == sorted((label, [words]) for label, words, _ in SPANS)
    for label, words in spans:
        told += [SPAN_LAYER, *words, f"label={label}", *(["checkworthy=yes"] if label == "CLAIM" else [])]
    first = data.index(b'<custom:Span xmi:id="') + len('<custom:Span xmi:id="')
    number = int(data[first:].partition(b'"')[0])
    ends = [f"\0{role}\0{number + at}" for role, at in (("source", 0), ("cue", 1), ("claim", 2))]
    assert [*said] == [*told, FRAME_LAYER, "<said>", "label=ATTRIBUTION", *ends]


TOLD = (
    ("Nobody did", "Nobody dud"),
    ('label="PERSON"', 'label="ORG"'),
    ('begin="8" end="14" label="CUE"', 'begin="9" end="14" label="CUE"'),
    ('begin="8" end="14" label="CUE"', 'begin="8" end="15" label="CUE"'),
    ('begin="8" end="14" label="CUE"', 'end="14" label="CUE"'),
    ('<type0:Token xmi:id="6" sofa="1" begin="5" end="7"/>', ""),
    ('<custom:Span xmi:id="', '<custom:Span xmi:id="0'),
    ('role="cue" target="', 'role="cue" target="9'),
    ('links="', 'links="999 '),
    ('checkworthy="yes"', 'checkworthy="no"'),
    ('checkworthy="', 'checkwordy="'),
    ('role="cue"', 'role="clue"'),
    ('label="ATTRIBUTION"', 'label="ATRIBUTION"'),
    ('members="2 ', 'members="'),
    ('members="2 3 4 5 ', 'members="2 3 4 '),
    ('members="', 'numbers="'),
    ('<cas:NULL xmi:id="0"/>', '<cas:NULL xmi:id="5"/>'),
    ('xmi:id="0"', 'xmi:id="nought"'),
    ("</xmi:XMI>", "</xmi:CAS>"),
    ("<cas:View", '<cas:View sofa="2"/><cas:View'),
    (':Token xmi:id="6" sofa="1" begin="5" end="7"/>', ':Token xmi:id="6" sofa="1" begin="5" end="8"/>'),
    (':Token xmi:id="6" sofa="1" begin="5" end="7"/>', ':Token xmi:id="6" sofa="1" begin="4" end="7"/>'),
    (':Token xmi:id="6" sofa="1" begin="5" end="7"/>', ':Token xmi:id="7" sofa="1" begin="5" end="7"/>'),
    (':Token xmi:id="6" sofa="1" begin="5" end="7"/>', ':Token xmi:id="6" sofa="2" begin="5" end="7"/>'),
    (':Token xmi:id="6" sofa="1" begin="5" end="7"/>', ':Token xmi:id="6" end="7" sofa="1" begin="5"/>'),
    (':Sentence xmi:id="3" sofa="1" begin="1"', ':Sentence xmi:id="3" sofa="1" begin="0"'),
)
"""What is another one in a text, in what is said of it, or in the words there."""
BESIDE = (("?>", "? >"),)
"""The same between elements."""


@pytest.mark.parametrize(("before", "after"), [*TOLD, *BESIDE])
def test_whatever_is_another_one_is_seen(folder: Path, before: str, after: str) -> None:
    written = (folder / "a.txt.xmi").read_bytes()
    changed = written.decode().replace(before, after).encode()
    assert changed != written, written
    assert read_again(changed) != read_again(written)


def test_what_is_cut_does_not_hold_together(folder: Path) -> None:
    data = (folder / "a.txt.xmi").read_bytes()
    assert read_again(data[:-2]) is None
    assert read_again(data.partition(b"<type0")[0]) is None
    assert read_again(b"") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("webanno.custom.Frame<", "webanno.custom.Fr<"),
        ("<name>checkworthy<", "<name>checkwordy<"),
        ("<name>holder_actor<", "<name>holder_actors<"),
        ("<name>links<", "<name>link<"),
        ("<rangeTypeName>uima.cas.FSArray<", "<rangeTypeName>uima.cas.FSList<"),
        ("<elementType>webanno.custom.FrameLinksLink<", "<elementType>webanno.custom.Frame<"),
        ("<supertypeName>uima.cas.AnnotationBase<", "<supertypeName>uima.cas.TOP<"),
        ("Token<", "Tokens<"),
        ("</typeSystemDescription>", ""),
    ],
)
def test_a_type_system_with_another_name_is_refused(
    folder: Path, tmp_path: Path, before: str, after: str
) -> None:
    folder = shutil.copytree(folder, tmp_path / "copy")
    exporter = formats_out()["uima_xmi"].exporter
    assert exporter is not None
    file = folder / "TypeSystem.xml"
    written = file.read_text("utf-8")
    assert before in written
    file.write_text(written.replace(before, after), "utf-8")
    with pytest.raises(UserError, match="does not hold together"):
        next(
            iter(
                exporter.verify(
                    folder, {}, ExportSource(read_scheme(resource("schemes/default.toml")), {}, ())
                )
            )
        )
