"""Texts with characters that XML cannot have come back from XMI as the article that they were."""

from __future__ import annotations

from pathlib import Path

import cassis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import bring, export, project_in

from annotator.exchange.inception.xmi_proof import read_again
from annotator.exchange.inception.xmi_unfit import FACT_NAME, count_unfit, fit, said_unfit, with_unfit
from annotator.model.changes import Add
from annotator.model.ids import new_id
from annotator.model.records import Article, Fragment, Span
from annotator.model.text import Utf16Map, sha256_of
from annotator.services.project import Project

TEXT = "\x02Léa 😀 said\x0b no.\nBen � \uffff agreed.\x1f"
ODD = st.text(st.sampled_from("a😀\n\t\x01\x0b\x1f\x7f\x85\u2028�\ufffe\uffff"), max_size=12)


class Plan:
    """An article with one labelled stretch."""

    operation = "Import"

    def __init__(self, text: str, words: str) -> None:
        self._text, self._words = text, words

    def edits(self, annotator: object) -> list[object]:
        article = Article(new_id(), "a.txt", "T", self._text, sha256_of(self._text), "en")
        start = self._text.index(self._words)
        place = Fragment(start, start + len(self._words))
        return [Add(article), Add(Span(new_id(), article.id, "CLAIM", (place,), annotator, 5))]


def said_in(folder: Path) -> str:
    types = cassis.load_typesystem(folder / "TypeSystem.xml")
    cas = cassis.load_cas_from_xmi(folder / "a.txt.xmi", types)
    assert cas.sofa_string == fit(TEXT)
    (fact,) = cas.select("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.MetaDataStringField")
    (span,) = cas.select("webanno.custom.Span")
    assert span.get_covered_text() == fit("said\x0b no")
    assert fact.key == FACT_NAME
    return str(fact.value)


def sent(project: Project, folder: Path) -> Path:
    project.write_import(Plan(TEXT, "said\x0b no"))
    left_out = export(project, folder, "uima_xmi").left_out
    assert left_out == {"characters that XML cannot have, written as �": 4}
    return folder


def test_such_a_text_comes_back_as_the_article_it_was(tmp_path: Path) -> None:
    with project_in(tmp_path, "p") as project, project_in(tmp_path, "q") as other:
        out = sent(project, tmp_path / "out")
        assert said_in(out) == "U+0002 at 0, U+000B at 12, U+FFFF at 24, U+001F at 33"
        again = bring(project, out)
        assert (again.articles, again.spans, again.already, again.problems) == (0, 0, 1, ())
        bring(other, out)
        (back,) = other.contents()
        assert (back.article.text, back.article.meta) == (TEXT, {})
        assert [back.article.text[one.start : one.end] for one in back.spans] == ["said\x0b no"]
        export(other, tmp_path / "again", "uima_xmi")
        assert (tmp_path / "again/a.txt.xmi").read_bytes() == (out / "a.txt.xmi").read_bytes()


def test_where_the_text_is_another_one_nothing_is_put_back(tmp_path: Path) -> None:
    with project_in(tmp_path, "p") as project, project_in(tmp_path, "q") as other:
        file = sent(project, tmp_path / "out") / "a.txt.xmi"
        file.write_bytes(file.read_bytes().replace("said�".encode(), b"said!"))
        assert read_again(file.read_bytes()) is None
        summary = bring(other, tmp_path / "out")
        (back,) = other.contents()
        assert back.article.text == fit(TEXT).replace("said�", "said!")
        assert FACT_NAME in back.article.meta
        assert sum("was not taken" in one for one in summary.notes) == 1


@pytest.mark.parametrize(
    "said",
    [
        "",
        "U+0002",
        "U+0002 at 1",
        "U+0002 at 99",
        "U+0000 at 0",
        "U+D800 at 0",
        "U+0041 at 0",
        "U+0002 at 0,",
    ],
)
def test_what_cannot_have_stood_there_is_not_put_there(said: str) -> None:
    assert with_unfit("�Ada", said) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ODD)
def test_every_text_is_had_again(text: str) -> None:
    said, written = said_unfit(text, Utf16Map(text).to_16), fit(text)
    assert len(written.encode("utf-16-le")) == len(text.encode("utf-16-le"))
    assert count_unfit(text) == sum(one != other for one, other in zip(text, written, strict=True))
    assert (with_unfit(written, said) if said else written) == text
