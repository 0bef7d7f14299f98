"""Exports of whole projects in every format that comes back, and all that they wrote."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from made_projects import export

from annotator.services.project import Project

CASES: dict[str, tuple[str, dict[str, str]]] = {
    "jsonl": ("jsonl", {}),
    "brat": ("brat", {}),
    "doccano": ("doccano", {}),
    "doccano labels": ("doccano", {"shape": "labels"}),
    "prodigy": ("prodigy", {}),
    "label_studio": ("label_studio", {}),
    "spacy": ("spacy", {}),
    "spacy_json": ("spacy_json", {}),
    "spacy_json training": ("spacy_json", {"shape": "training"}),
    "webanno_tsv": ("webanno_tsv", {}),
    "uima_xmi": ("uima_xmi", {}),
    "xlsx": ("xlsx", {}),
    "conll": ("conll", {}),
    "hugging_face": ("hugging_face", {}),
}


def numbered(path: Path) -> bytes:
    """What a file, or each part of a workbook, holds, with numbers for ids, which are always new."""
    data = path.read_bytes()
    if is_zipfile(path):
        with ZipFile(path) as parts:
            data = b"".join(parts.read(name) for name in sorted(parts.namelist()))
    numbers: dict[bytes, int] = {}
    return re.sub(
        rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        lambda id_: b"%d" % numbers.setdefault(id_[0], len(numbers)),
        data,
    )


def sent(project: Project, folder: Path, case: str) -> tuple[Path, dict[str, bytes], dict[str, int]]:
    """Export into a folder of its own; return what to import, all that was written, and what was lost."""
    format_name, chosen = CASES[case]
    folder.mkdir()
    name = "out.xlsx" if format_name == "xlsx" else "out"
    lost = export(project, folder / name, format_name, chosen=chosen, suggestions=True).left_out
    every = {str(one.relative_to(folder)): numbered(one) for one in folder.rglob("*") if one.is_file()}
    (out,) = [one for one in folder.iterdir() if not one.name.endswith((".xml", ".md"))]
    return out, every, dict(lost)
