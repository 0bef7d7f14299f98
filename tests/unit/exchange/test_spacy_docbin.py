"""DocBin files: spaCy itself reads ours and writes what we read; what is none is refused in bounds."""

from __future__ import annotations

import resource as machine
import struct
import zlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
import srsly
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import Plan, bring, export, made, project_in
from read_again import NOTHING
from spacy.strings import get_string_id
from spacy.symbols import IDS
from spacy.tokens import Doc, DocBin, Span

from annotator.exchange.flat import Stretch
from annotator.exchange.training.docbin_parts import BEGINS, GOES_ON, number_of, row, rows_covered
from annotator.exchange.training.spacy_tokens import spacy_tokens
from annotator.model.ids import new_id
from annotator.model.records import Fragment
from annotator.model.records import Span as Marked

AN_ID = new_id()
MARKED = Marked(AN_ID, AN_ID, "CLAIM", (Fragment(0, 1),), AN_ID, 0)


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return spacy.blank("en")


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=40))
def test_strings_have_the_numbers_of_spacy(text: str) -> None:
    assert number_of(text) == get_string_id(text)


def test_names_of_its_own_have_its_own_numbers() -> None:
    assert {name: number_of(name) for name in IDS if name} == {name: one for name, one in IDS.items() if name}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_spacy_reads_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, nlp: spacy.language.Language, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("bin")
    with project_in(folder, "a") as project, project_in(folder, "b") as other:
        project.write_import(Plan(data.draw(made(project.annotator.id))))
        export(project, folder / "out", "spacy")
        files = sorted((folder / "out").glob("*.spacy"))
        docs = [doc for file in files for doc in DocBin().from_disk(file).get_docs(nlp.vocab)]
        contents = list(project.contents())
        assert [doc.text for doc in docs] == [one.article.text for one in contents]
        for doc, content in zip(docs, contents, strict=True):
            expected = Counter((one.label, one.start, one.end) for one in content.spans)
            group = doc.spans.get("sc", ())
            found = Counter((one.label_, one.start_char, one.end_char) for one in group)
            assert found == Counter(dict.fromkeys(expected, 1))
            entities = [(one.label_, one.start_char, one.end_char) for one in doc.ents]
            assert set(entities) <= set(expected)
            assert bool(entities) == bool(expected)
            assert set(doc.cats) == {one.label for one in content.labels}
        assert bring(other, *files).problems == ()
        again = Counter(
            (one.label, one.start, one.end, c.article.text) for c in other.contents() for one in c.spans
        )
        assert set(again) == {
            (one.label, one.start, one.end, c.article.text) for c in contents for one in c.spans
        }


@given(data=st.data(), text=st.text("ab. \n\u00a0\u200d\u0301😀ש", max_size=12))
def test_tokens_and_blanks_make_up_any_text(data: st.DataObject, text: str) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=4)))
    places = [*pairwise(cuts)]
    words, starts, spaces = spacy_tokens(
        text, [Stretch(AN_ID, *one, "CLAIM", (MARKED,), 0) for one in places]
    )
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text
    ends = {start + len(word) for start, word in zip(starts, words, strict=True)}
    assert all(start in starts and end in ends for start, end in places)


def test_a_joiner_behind_a_blank(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada \u200d said so.", "utf-8")
    with project_in(tmp_path, "a") as project, project_in(tmp_path, "b") as other:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(6, 13),))
        export(project, tmp_path / "out", "spacy")
        bring(other, tmp_path / "out/part-0001.spacy")
        (content,) = other.contents()
        assert content.article.text == "Ada \u200d said so."
        assert [one.fragments for one in content.spans] == [(Fragment(6, 13),)]


def test_what_spacy_writes_comes_in(tmp_path: Path, nlp: spacy.language.Language) -> None:
    doc = nlp.make_doc("Ada Rask said no 😀.  Twice.")
    doc.ents = [Span(doc, 0, 2, "PERSON")]
    doc.spans["sc"] = [Span(doc, 0, 2, "PERSON"), Span(doc, 1, 4, "CLAIM")]
    doc.spans["other"] = [Span(doc, 3, 4, "CLAIM")]
    doc.cats = {"SPORT": 0.0, "NEWS": 1.0}
    bare = Doc(nlp.vocab, words=["No", "blanks"])
    DocBin(docs=[doc, bare], store_user_data=True).to_disk(tmp_path / "a.spacy")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.spacy", new_labels="add")
        assert summary.problems == ()
        first, second = project.contents()
        assert (first.article.text, second.article.text) == (doc.text, "No blanks ")
        covered = {(one.label, first.article.text[one.start : one.end]) for one in first.spans}
        assert covered == {("PERSON", "Ada Rask"), ("CLAIM", "Rask said no"), ("CLAIM", "no")}
        assert [one.label for one in first.labels] == ["NEWS"]
        assert any("put together" in note for note in summary.notes)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 4, "DocBin of spaCy"),
        (zlib.compress(b"\xc1\xc1\xc1"), "DocBin of spaCy"),
        (zlib.compress(b"\x81\xa1a\x01"), "DocBin of spaCy"),
        (zlib.compress(srsly.msgpack_dumps([1, 2])), "DocBin of spaCy"),
        (zlib.compress(b"\0" * 200_000_000, 9), "more than 150,000,000 bytes unpacked"),
    ],
)
def test_what_is_no_docbin_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "a.spacy").write_bytes(data)
    before = machine.getrusage(machine.RUSAGE_SELF).ru_maxrss
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.spacy")
        assert words in str(summary.problems[0])
        assert summary.articles == 0
    assert machine.getrusage(machine.RUSAGE_SELF).ru_maxrss - before < 400_000


@pytest.mark.parametrize("at", range(0, 400, 37))
def test_a_torn_docbin_is_refused_in_words(tmp_path: Path, nlp: spacy.language.Language, at: int) -> None:
    doc = nlp.make_doc("Ada Rask said no.")
    doc.spans["sc"] = [Span(doc, 0, 2, "PERSON")]
    message = srsly.msgpack_loads(zlib.decompress(DocBin(docs=[doc]).to_bytes()))
    names = sorted(message)
    name = names[at % len(names)]
    message[name] = [7] if isinstance(message[name], bytes) else b"\x07"
    (tmp_path / "a.spacy").write_bytes(zlib.compress(srsly.msgpack_dumps(message)))
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.spacy", new_labels="add")
        assert summary.problems or summary.articles == 1


PLACES = {
    "Ada": (0, 3),
    "Rask-Ho": (4, 11),
    "sk": (6, 8),
    " said": (14, 19),
    " ": (14, 15),
    "no 😀": (20, 24),
}
GROWN = ["Ada", "Rask-Holts", "Rask", "said", "no 😀"]


@pytest.mark.parametrize(
    ("alignment", "spans", "left_out"),
    [
        ("cut", [*PLACES], {}),
        ("strict", ["Ada", "no 😀"], {"spans that begin or end inside a word or with a blank, left out": 4}),
        (
            "contract",
            ["Ada", "Rask-", "said", "no 😀"],
            {"spans that hold no whole word, left out": 2, "moved": 2},
        ),
        ("expand", GROWN, {"spans that hold no whole word, left out": 1, "moved": 3}),
    ],
)
def test_spans_inside_words_are_aligned_as_chosen_and_counted(
    tmp_path: Path, nlp: spacy.language.Language, alignment: str, spans: list[str], left_out: dict[str, int]
) -> None:
    (tmp_path / "a.txt").write_text("Ada Rask-Holts said no 😀.", "utf-8")
    moved = "spans that began or ended inside a word or with a blank, moved to whole words"
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        (article,) = project.article_ids()
        for number, place in enumerate(PLACES.values()):
            project.add_span(article, ("CLAIM", "SOURCE")[number % 2], (Fragment(*place),))
        chosen = {"alignment": alignment}
        written = export(project, tmp_path / "out", "spacy", chosen=chosen)
    (doc,) = DocBin().from_disk(tmp_path / "out" / "part-0001.spacy").get_docs(nlp.vocab)
    assert sorted(one.text for one in doc.spans["sc"]) == sorted(spans)
    assert written.left_out == {moved if name == "moved" else name: n for name, n in left_out.items()}


def test_spans_that_become_the_same_are_written_once(tmp_path: Path, nlp: spacy.language.Language) -> None:
    (tmp_path / "a.txt").write_text("Ada Rask said no.", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        (article,) = project.article_ids()
        for place in ((4, 6), (5, 8)):
            project.add_span(article, "CLAIM", (Fragment(*place),))
        written = export(project, tmp_path / "out", "spacy", chosen={"alignment": "expand"})
    (doc,) = DocBin().from_disk(tmp_path / "out" / "part-0001.spacy").get_docs(nlp.vocab)
    assert [one.text for one in doc.spans["sc"]] == ["Rask"]
    assert written.left_out["spans that are the same as another one, written once"] == 1


@pytest.mark.parametrize("count", [1, 2, 5])
def test_rows_of_an_entity_begin_it_and_go_on(count: int) -> None:
    words = [f"word{at}" for at in range(count)]
    found = [struct.unpack("=QQQ", one) for one in rows_covered([*map(row, words)], "CLAIM")]
    assert found == [
        (get_string_id(word), GOES_ON if at else BEGINS, get_string_id("CLAIM"))
        for at, word in enumerate(words)
    ]


@pytest.mark.parametrize("text", ["a b.\nc d", " a", "a ", "a\u200d b", "a  b"])
def test_a_blank_at_the_edge_of_a_span_is_a_token_of_its_own(text: str) -> None:
    for start, end in ((at, after) for at in range(len(text)) for after in range(at + 1, len(text) + 1)):
        words, starts, spaces = spacy_tokens(text, [Stretch(new_id(), start, end, "X", (), 0)])
        assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text
        ends = [at + len(word) for at, word in zip(starts, words, strict=True)]
        assert start in starts
        assert end in ends
