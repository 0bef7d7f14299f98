"""Of which kind an actor is that a suggestion names: by the entities in its mention, and its noun."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model.records import Fragment
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.services.project import Project
from annotator.services.project_people import Entities
from tests.support.made_projects import bring

TEXT = """The quay

Dock Board Secretary-General Jens Stolt said so. US Senator Ivo Kerrin and Ada Quist of Orla said no.
Moscow said nothing, and US officials and the Russian Foreign Minister were silent.
"""
ENTITIES = {
    "Dock Board": "ORG", "Jens Stolt": "PERSON", "US": "GPE", "Ivo Kerrin": "PERSON",
    "Ada Quist": "PERSON", "Orla": "GPE", "Moscow": "GPE", "Russian": "NORP",
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = Project.create(tmp_path / "one.annot", read_scheme(resource("schemes/default.toml")), "Ann")
    (tmp_path / "quay.txt").write_text(TEXT, encoding="utf-8")
    bring(made, tmp_path / "quay.txt")
    (article,) = made.article_ids()
    for words, label in ENTITIES.items():
        start = made.content(article).article.text.index(words)
        made.add_span(article, label, [(start, start + len(words))])
    yield made
    made.close()


@pytest.mark.parametrize(
    ("mention", "name", "kind"),
    [
        ("Dock Board Secretary-General Jens Stolt", "Jens Stolt", "person"),
        ("US Senator Ivo Kerrin", "Ivo Kerrin", "person"),
        ("US Senator Ivo Kerrin", "Ivan Kerrin", "person"),
        ("Ada Quist of Orla", "Ada Quist", "person"),
        ("Ada Quist of Orla", "Mayor Quist", "person"),
        ("Moscow", "Russia", "government"),
        ("US officials", "US officials", "group_unnamed"),
        ("the Russian Foreign Minister", "the Russian Foreign Minister", "person_unnamed"),
        ("Dock Board Secretary-General Jens Stolt", "somebody else", "person"),
        ("were silent", "nobody here", "unspecified"),
    ],
)
def test_kind(project: Project, mention: str, name: str, kind: str) -> None:
    (article,) = project.article_ids()
    content = project.content(article)
    start = content.article.text.index(mention)
    known = Entities(content, project.scheme)
    assert known.kind_of(name, [Fragment(start, start + len(mention))]) == kind
