"""Every proof reads the file itself: with another letter on the disk, nothing is put in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, export, project_in

from annotator.exchange.brat import brat, brat_conf
from annotator.exchange.files import EXPORTED
from annotator.model.errors import UserError
from annotator.model.formats import ExportSource
from annotator.model.ids import Id
from annotator.model.records import Fragment, RoleEnd
from annotator.model.scheme import Scheme
from annotator.services.exporting import formats_out
from annotator.services.project import Project

TEXT = "Ben 😀 said: “No.”\n\nNobody else did, Ada said."


@pytest.fixture
def project(tmp_path: Path, scheme: Scheme) -> Iterator[Project]:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p", scheme) as found:
        bring(found, tmp_path / "a.txt")
        article = found.article_ids()[0]
        start = TEXT.index("Ada")
        found.add_span(article, "SOURCE", (Fragment(start, start + 3),))
        found.add_span(article, "CLAIM", (Fragment(20, 35),), attributes={"checkworthy": "yes"})
        yield found


NAMES = (
    "brat checkthat conll csv doccano dygie hugging_face jsonl prodigy sentences spacy_json tsv uima_xmi "
    "web_annotation webanno_tsv"
)


@pytest.mark.parametrize("name", NAMES.split())
def test_one_other_letter_in_a_span_is_found(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    exporter = formats_out()[name].exporter
    assert exporter is not None
    verify = exporter.verify

    def spoiled(path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
        (file, *_) = [one for one in files if b"Ada" in one.read_bytes()]
        before = file.read_bytes()
        file.write_bytes(before.replace(b"Ada", b"Ida"))
        yield from verify(path, texts, source)

    export(project, tmp_path / "sound", name)
    assert (tmp_path / "sound").exists()
    monkeypatch.setattr(type(exporter), "verify", lambda _self, *given: spoiled(*given))
    with pytest.raises(UserError):
        export(project, tmp_path / "spoiled", name)
    assert not (tmp_path / "spoiled").exists()


@pytest.mark.parametrize(
    ("name", "chosen", "before", "after"),
    [
        ("prodigy", {}, '"token_start":9', '"token_start":8'),
        ("prodigy", {}, '"token_end":15', '"token_end":14'),
        ("prodigy", {}, '"end":45', '"end":46'),
        ("prodigy", {}, '"answer":', '"answers":'),
        ("prodigy", {}, '"_annotator_id":', '"_annotator":'),
        ("prodigy", {}, '"_annotator_id":"Anna"', '"_annotator_id":"Ann"'),
        ("prodigy", {}, '"name":"a.txt"', '"name":"b.txt"'),
        ("doccano", {}, '"end_offset":45', '"end_offset":46'),
        ("prodigy", {}, '"id":9', '"id":8'),
        ("prodigy", {}, '"text":"did"', '"text":"dad"'),
        ("spacy_json", {}, '"end":45,"label"', '"end":46,"label"'),
        ("spacy_json", {}, '"id":9', '"id":8'),
        ("spacy_json", {}, '"kb_id":""', '"kb_id":"A"'),
        ("spacy_json", {}, "[\n", "[ \n"),
        ("spacy_json", {}, "\n]\n", "\n]"),
        ("spacy_json", {}, "\n]\n", ",\n]\n"),
        ("spacy_json", {"shape": "training"}, "45,", "46,"),
        ("label_studio", {}, '"end":45', '"end":46'),
        ("sentences", {}, '"end":45', '"end":46'),
        ("sentences", {"offsets": "bytes"}, '"pieces":[[4,8]]', '"pieces":[[4,7]]'),
        ("sentences", {"offsets": "utf16"}, '"pieces":[[4,6]]', '"pieces":[[4,5]]'),
        ("sentences", {}, '"labels":["PERSON"]', '"labels":["CLAIM"]'),
        ("csv", {"table": "labels"}, ',"escaped"', ',"escaped5"'),
        ("tsv", {"table": "ends"}, '\t"escaped"', '\t""\t"escaped"'),
        ("checkthat", {}, "tweet_text", "tweet_texts"),
        ("semeval", {}, "Target", "Targets"),
        ("brat", {}, "A1\t", "A1\t\t"),
        ("uima_xmi", {}, "org/resource", "org/source"),
    ],
)
def test_an_offset_that_is_another_one_is_found(
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    chosen: dict[str, str],
    before: str,
    after: str,
) -> None:
    exporter = formats_out()[name].exporter
    assert exporter is not None
    verify = exporter.verify

    def spoiled(path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        files = [path] if path.is_file() else [*path.iterdir()]
        (file, *_) = (one for one in files if before in one.read_text("utf-8"))
        file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
        yield from verify(path, texts, source)

    article = project.article_ids()[0]
    at = TEXT.index("😀")
    project.add_span(article, "SOURCE", (Fragment(len(TEXT) - 9, len(TEXT)),))
    project.add_span(article, "PERSON", (Fragment(at, at + 1),))
    export(project, tmp_path / "sound", name, chosen=chosen)
    monkeypatch.setattr(type(exporter), "verify", lambda _self, *given: spoiled(*given))
    with pytest.raises(UserError):
        export(project, tmp_path / "spoiled", name, chosen=chosen)
    assert not (tmp_path / "spoiled").exists()


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("brat", "AnnotatorNotes T2\tAsked twice; said.", "AnnotatorNotes T2\tAsked twice."),
        ("brat", "AnnotatorNotes T2", "AnnotatorNotes T1"),
        ("brat", "AnnotatorNotes E1", "AnnotatorNotes T1"),
        ("brat", "checkworthy T1 yes", "checkworthy T1 no"),
        ("brat", "A1\tcheckworthy T1 yes\n", ""),
        ("brat", "claim:T1", "claim:T2"),
        ("brat", " source:T2", ""),
        ("brat", "E1\tATTRIBUTION:", "E1\tSTANCE:"),
        ("brat", "[events]\n", "[relations]\n"),
        ("brat", "\nSOURCE\n", "\n"),
        ("brat", "claim*:CLAIM", "claim*:SOURCE"),
        ("webanno_tsv", "Asked twice\\; said.", "Asked twice."),
        ("webanno_tsv", "By ear.[3]", "By eye.[3]"),
        ("webanno_tsv", "By ear.[3]", "*[3]"),
        ("webanno_tsv", "yes[1]", "no[1]"),
        ("webanno_tsv", "claim;source[3]", "source;claim[3]"),
        ("label_studio", "Asked twice; said.", "Asked twice."),
        ("label_studio", '"roles":["claim","source"]', '"roles":["claim","cue"]'),
        ("doccano", '["source",36,39,"SOURCE"]', '["cue",36,39,"SOURCE"]'),
        ("jsonl", '"label":"SOURCE"', '"label":"PERSON"'),
        ("jsonl", '"label":"ATTRIBUTION"', '"label":"STANCE"'),
        ("jsonl", '"checkworthy":"yes"', '"checkworthy":"no"'),
        ("jsonl", '"source":[', '"cue":['),
        ("jsonl", "Asked twice; said.", "Asked twice."),
        ("jsonl", "By ear.", "By eye."),
        ("jsonl", '"annotator":"Anna"', '"annotator":"Anne"'),
    ],
)
def test_another_note_attribute_or_role_is_found(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, before: str, after: str
) -> None:
    article = project.article_ids()[0]
    spans = {one.label: one.id for one in project.content(article).spans}
    project.change_span(spans["SOURCE"], note="Asked twice; said.")
    ends = [RoleEnd(role, "span", spans[role.upper()]) for role in ("claim", "source")]
    frame = project.add_frame(article, "ATTRIBUTION", ends).changes[0].record.id
    project.change_frame(frame, note="By ear.")
    exporter = formats_out()[name].exporter
    assert exporter is not None
    verify = exporter.verify

    def spoiled(path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        files = [path] if path.is_file() else [*path.glob("a*")]
        (file,) = [one for one in files if before in one.read_text("utf-8")] or pytest.fail(
            "\n".join(one.read_text("utf-8") for one in files)
        )
        file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
        yield from verify(path, texts, source)

    monkeypatch.setattr(type(exporter), "verify", lambda _self, *given: spoiled(*given))
    with pytest.raises(UserError):
        export(project, tmp_path / "spoiled", name)
    assert not (tmp_path / "spoiled").exists()


@pytest.mark.parametrize("left_out", ["ATTRIBUTION", "SOURCE", "checkworthy"])
def test_a_name_that_brats_configuration_lacks_is_found(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    article = project.article_ids()[0]
    (span, _) = project.content(article).spans
    project.add_frame(article, "ATTRIBUTION", [RoleEnd(span.label.lower(), "span", span.id)])
    export(project, tmp_path / "sound", "brat")

    def faulty(*given: Any) -> str:
        lines = brat_conf.conf_text(*given).splitlines(keepends=True)
        return "".join(one for one in lines if not one.startswith(left_out))

    monkeypatch.setattr(brat, "conf_text", faulty)
    with pytest.raises(UserError, match=f"'a' has '{left_out}', which annotation.conf does not declare"):
        export(project, tmp_path / "faulty", "brat")
    assert not (tmp_path / "faulty").exists()


DAMAGE = (
    ("csv", rb"\"title\"", b'"titel"'),
    ("tsv", rb"\"outlet\"", b'"outlets"'),
    ("hugging_face", rb"\A[^\n]*\n", b""),
    ("hugging_face", rb"}\n\Z", b"\n"),
    ("prodigy", rb"\"text\":", b'"texts":'),
    ("csv", rb"\"\n\Z", b""),
    ("checkthat", rb"\t(?=[^\t]*\n\Z)", b'\t"x"'),
    ("doccano", rb"}\n\Z", b"\n"),
    ("label_studio", rb"\]\s*\Z", b""),
)


@pytest.mark.parametrize(("name", "what", "instead"), DAMAGE)
def test_a_damaged_file_is_refused_in_a_sentence(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, what: bytes, instead: bytes
) -> None:
    exporter = formats_out()[name].exporter
    assert exporter is not None
    verify = exporter.verify

    def spoiled(path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        before = path.read_bytes()
        after, count = re.subn(what, instead, before, count=1)
        assert count == 1
        path.write_bytes(after)
        yield from verify(path, texts, source)

    monkeypatch.setattr(type(exporter), "verify", lambda _self, *given: spoiled(*given))
    with pytest.raises(UserError, match="written"):
        export(project, tmp_path / "spoiled", name)
    assert not (tmp_path / "spoiled").exists()


@pytest.mark.parametrize("name", sorted(formats_out()))
def test_any_other_byte_on_the_disk_is_found(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Also where the format itself sees nothing of it: at the start of a file, inside and at its end."""
    exporter = formats_out()[name].exporter
    assert exporter is not None
    export(project, tmp_path / "sound", name)
    sizes = [one.stat().st_size for one in _written(tmp_path / "sound")]
    damages = [(number, at) for number, size in enumerate(sizes[:3]) for at in {0, size // 2, size}]

    def spoiled(path: Path, damage: tuple[int, int]) -> Iterator[int]:
        number, at = damage
        file = _written(path)[number]
        data = file.read_bytes()
        file.write_bytes(data[:at] + bytes(one ^ 1 for one in data[at : at + 1] or b" ") + data[at + 1 :])
        yield 1

    assert damages
    for damage in damages:
        monkeypatch.setattr(
            type(exporter), "verify", lambda _self, path, *_, damage=damage: spoiled(path, damage)
        )
        with pytest.raises(UserError, match="other bytes than were written"):
            export(project, tmp_path / "spoiled", name)
        assert not (tmp_path / "spoiled").exists()


def _written(path: Path) -> list[Path]:
    files = [path] if path.is_file() else sorted(path.rglob("*"))
    return [one for one in files if one.is_file() and one.name != EXPORTED]
