"""A pipeline in a folder whose code leaves a marker file when it is imported."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import spacy

CODE = """
from pathlib import Path
from spacy.language import Language

Path(r"{marker}").write_text("ran")

@Language.component("marking")
def marking(doc):
    doc.ents = [doc.char_span(0, 3, "PERSON")]
    return doc
"""


@dataclass(frozen=True, slots=True)
class Marking:
    """The folder of the pipeline, the place of the marker, and what has to be on PYTHONPATH."""

    folder: Path
    marker: Path
    packages: Path


def build(place: Path) -> Marking:
    """Write the pipeline and the package that brings its component, without importing that."""
    made = Marking(place / "pipeline", place / "marker", place / "packages")
    info = made.packages / "marking_component-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: marking_component\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[spacy_factories]\nmarking = marking_component:marking\n")
    (made.packages / "marking_component.py").write_text(CODE.format(marker=made.marker))
    nlp = spacy.blank("en")
    nlp.meta["name"] = "marking"
    nlp.to_disk(made.folder)
    config = (made.folder / "config.cfg").read_text()
    config = config.replace("pipeline = []", 'pipeline = ["marking"]')
    config = config.replace("[components]\n", '[components]\n\n[components.marking]\nfactory = "marking"\n')
    (made.folder / "config.cfg").write_text(config)
    meta = json.loads((made.folder / "meta.json").read_text())
    (made.folder / "meta.json").write_text(json.dumps(meta | {"pipeline": ["marking"]}))
    return made
