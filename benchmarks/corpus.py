"""Makes the corpus the benchmarks run on: the generated articles as annotator JSONL, with their scheme.

The generator (`bench_corpus.py`) is looked for beside the checkout; `--generator` names another place.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator.model.ids import id_text, new_ids
from annotator.model.text import sha256_of

HERE = Path(__file__).resolve().parent
GENERATOR = HERE.parent.parent / "shared" / "tools" / "bench_corpus.py"
SPAN_LABELS = (
    "CLAIM",
    "SOURCE",
    "CUE",
    "STANCE",
    "PERSON",
    "ORG",
    "GPE",
    "DATE",
    "MONEY",
    "PERCENT",
    "EVENT",
    "LAW",
)
FRAME_LABELS = ("attributed_to", "signalled_by", "has_stance")
MADE = {"annotator": "A", "origin": "person", "created": "2026-01-01T00:00:00.000000Z"}


def scheme_text() -> str:
    """Return the scheme of the generated labels, as a scheme file."""
    ends = ", ".join(f'"{name}"' for name in SPAN_LABELS)
    spans = (f'[[labels]]\nname = "{name}"\nkind = "span"\n' for name in SPAN_LABELS)
    frames = (
        f'[[labels]]\nname = "{name}"\nkind = "frame"\nroles = ['
        f'{{ name = "head", ends = [{ends}], least = 1, most = 1 }}, '
        f'{{ name = "child", ends = [{ends}], least = 1, most = 1 }}]\n'
        for name in FRAME_LABELS
    )
    return 'name = "benchmark"\ntitle = "Benchmark"\n\n' + "\n".join([*spans, *frames])


def prepare(folder: Path | None, articles: int) -> Path:
    """Make the articles, as JSONL too, and their scheme; return the folder they are in."""
    folder = folder or Path(tempfile.gettempdir()) / f"annotator-bench-{articles}"
    generate(folder, "--docs", str(articles))
    write_jsonl(folder)
    (folder / "scheme.toml").write_text(scheme_text(), encoding="utf-8")
    return folder


def generate(folder: Path, *arguments: str, generator: Path = GENERATOR) -> Path:
    """Run the generator once; return the folder that holds docs.jsonl and ann_a.jsonl."""
    if not (folder / "manifest.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, str(generator), *arguments, "--formats", "base", "--out", str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def pairs(folder: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each generated article with its labels."""
    with (folder / "docs.jsonl").open("rb") as articles, (folder / "ann_a.jsonl").open("rb") as labels:
        for article, label in zip(articles, labels, strict=True):
            yield orjson.loads(article), orjson.loads(label)


def write_jsonl(folder: Path) -> Path:
    """Write the generated corpus as annotator JSONL, once; return the file."""
    target = folder / "corpus.jsonl"
    if not target.exists():
        with target.open("wb") as file:
            for article, labels in pairs(folder):
                file.write(orjson.dumps(record(article, labels)) + b"\n")
    return target


def record(article: dict[str, Any], labels: dict[str, Any]) -> dict[str, Any]:
    """Return a generated article with its labels as a line of annotator JSONL holds it."""
    text = article["text"]
    ids = [id_text(one) for one in new_ids(1 + len(labels["spans"]) + len(labels["relations"]))]
    span_ids = {span["id"]: one for span, one in zip(labels["spans"], ids[1:], strict=False)}
    frame_ids = ids[1 + len(span_ids) :]
    spans = [_span(one, span_ids[one["id"]], text) for one in labels["spans"]]
    frames = [_frame(one, own, span_ids) for one, own in zip(labels["relations"], frame_ids, strict=True)]
    return {
        "format": "annotator/1",
        "id": ids[0],
        "name": article["id"],
        "title": article["title"],
        "text": text,
        "sha256": sha256_of(text),
        "language": "en",
        "meta": {"outlet": "Generated"},
        "blocks": [],
        "spans": spans,
        "frames": frames,
        "article_labels": [],
        "nothing_here": [],
        "actors": [],
        "claim_cards": [],
    }


def _span(span: dict[str, Any], own: str, text: str) -> dict[str, Any]:
    start, end = span["start"], span["end"]
    covered = {"label": span["label"], "fragments": [[start, end]], "text": [text[start:end]]}
    return {"id": own, **covered, "attributes": {}, "actor": None, "note": "", **MADE}


def _frame(relation: dict[str, Any], own: str, span_ids: dict[str, str]) -> dict[str, Any]:
    roles = {"head": [span_ids[relation["head"]]], "child": [span_ids[relation["child"]]]}
    return {"id": own, "label": relation["label"], "roles": roles, "attributes": {}, "note": "", **MADE}
