"""The sample articles with the attributions of the project's own gold, for `benchmarks.quality --sample`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from annotator.services.project import Project
from annotator.services.sample import build_sample
from benchmarks.effort_gold import Words, gold_of
from benchmarks.polnear import Article, Attribution, joined


def read_sample() -> Iterator[Article]:
    """Yield the annotated articles of the sample; all their attributions, nested ones too."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gold.annot"
        build_sample(path, whole=True)
        project = Project.open(path, read_only=True)
        try:
            for content in project.contents():
                text = content.article.text
                gold = gold_of(content, project.scheme).attributions
                parts = ([_pieces(text, words) for words in (one.source, one.cue, one.claim)] for one in gold)
                yield Article(content.article.name, text, (tuple(Attribution(*part) for part in parts),))
        finally:
            project.close()


def _pieces(text: str, words: Words) -> tuple[tuple[int, int], ...]:
    return joined(text, ((one.start, one.end) for pieces in words for one in pieces))
