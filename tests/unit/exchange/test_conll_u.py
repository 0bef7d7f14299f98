"""CoNLL-U: documents, texts above their sentences, and tags in the last column."""

from __future__ import annotations

from pathlib import Path

import pytest
import read_again
from made_projects import SCHEME, bring, project_in

from annotator.exchange.conll.conll_lines import said_text
from annotator.model.records import ArticleContent
from annotator.services.importing import ImportSummary

UNKNOWN = "blanks between words are unknown"


def row(number: str, word: str, last: str) -> str:
    return "\t".join([number, word, "_", "X", "_", "_", "0", "dep", "_", last])


def read(folder: Path, *lines: str) -> tuple[ImportSummary, list[ArticleContent]]:
    summary, contents, _ = read_again.read(folder, "a.conllu", "\n".join(lines) + "\n", SCHEME)
    assert dict(summary.formats) == {"conll": 1}
    return summary, contents


def covered(content: ArticleContent) -> list[tuple[str, str]]:
    return [(one.label, content.article.text[one.start : one.end]) for one in content.spans]


FIRST = [
    "# newdoc id = ferry",
    "# sent_id = 1",
    "# text = “It’s safe,” said Léa 😀 Ortiz.",
    row("1", "“", "SpaceAfter=No"),
    row("2-3", "It’s", "_"),
    row("2", "It", "NER=B-CLAIM"),
    row("3", "’s", "NER=I-CLAIM"),
    row("4", "safe", "NER=I-CLAIM|SpaceAfter=No"),
    row("5", ",”", "_"),
    row("6", "said", "Gloss=say"),
    row("7", "Léa", "NE=B-PERSON"),
    row("8", "😀", "NE=I-PERSON"),
    row("9", "Ortiz", "Gloss=x|name=I-PERSON|SpaceAfter=No"),
    row("10", ".", "NER=O"),
    "",
]
SECOND = ["# newdoc", "# text = No.", row("1", "No", "NER=S-CLAIM|SpaceAfter=No"), row("2", ".", "_"), ""]


def test_documents_have_their_texts_and_tags(tmp_path: Path) -> None:
    summary, (first, second) = read(tmp_path, *FIRST, *SECOND)
    assert first.article.text == "“It’s safe,” said Léa 😀 Ortiz.\n"
    assert covered(first) == [("CLAIM", "It’s safe"), ("PERSON", "Léa 😀 Ortiz")]
    assert (second.article.text, covered(second)) == ("No.\n", [("CLAIM", "No")])
    told = " | ".join(map(str, summary.notes))
    assert UNKNOWN not in told
    assert "values of the last column that are no tags were left out: 2" in told
    assert summary.problems == ()


CONTRACTED = [
    "# text = Vámonos al mar.",
    row("1-2", "Vámonos", "_"),
    row("1", "Vamos", "_"),
    row("2", "nos", "_"),
    row("3-4", "al", "_"),
    row("3", "a", "_"),
    row("4", "el", "NER=B-PLACE"),
    row("5", "mar", "NER=I-PLACE|SpaceAfter=No"),
    row("5.1", "azul", "_"),
    row("6", ".", "_"),
    "",
]


def test_contracted_words_lie_where_the_text_has_them_as_one(tmp_path: Path) -> None:
    summary, (one,) = read(tmp_path, *CONTRACTED, *SECOND[1:])
    assert one.article.text == "Vámonos al mar.\nNo.\n"
    assert covered(one) == [("PLACE", "al mar"), ("CLAIM", "No")]
    assert (summary.problems, UNKNOWN in " | ".join(map(str, summary.notes))) == ((), False)


@pytest.mark.parametrize("text", ["Vamos al mar.", "Vámonos al mar", "Vámonos a el mar."])
def test_a_text_with_other_words_is_put_together(tmp_path: Path, text: str) -> None:
    summary, (one,) = read(tmp_path, f"# text = {text}", *CONTRACTED[1:], *SECOND[1:])
    assert one.article.text == "Vamos nos a el mar .\nNo.\n"
    assert covered(one) == [("PLACE", "el mar"), ("CLAIM", "No")]
    assert UNKNOWN in " | ".join(map(str, summary.notes))


def test_what_stands_before_the_first_document_is_none(tmp_path: Path) -> None:
    summary, contents = read(tmp_path, "# generator = own", *FIRST, *SECOND)
    assert len(contents) == 2
    assert summary.problems == ()


def test_words_that_look_like_the_head_of_a_document_are_words(tmp_path: Path) -> None:
    (tmp_path / "a.conll").write_text("# newdocument O\nAda B-PERSON\nsaid O\nno O\n", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.conll", new_labels="add")
        assert len(project.article_ids()) == 1


@pytest.mark.parametrize("line", ["Ada|B-PER said|O no|O", "Ada|NNP|B-PER said|VBD|O no|DT|O"])
def test_sentences_on_a_line_each_are_refused_by_their_name(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.iob").write_text(f"{line}\n{line}\n", "utf-8")
    with project_in(tmp_path, "p") as project:
        (problem,) = bring(project, tmp_path / "a.iob").problems
        assert "it is IOB with a sentence per line (word|tag)" in str(problem)
        assert project.article_ids() == ()


def test_a_bar_in_a_word_is_a_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.iob").write_text("a|b O\nAda B-PERSON\n", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.iob", new_labels="add")
        (content,) = project.contents()
        assert (content.article.text, covered(content)) == ("a|b Ada\n", [("PERSON", "Ada")])


@pytest.mark.parametrize(
    ("text", "words", "starts"),
    [
        ("Ada said no.", ["Ada", "said", "no", "."], [0, 4, 9, 11]),
        ("10 000 boats", ["10 000", "boats"], [0, 7]),
        ("a aa", ["a", "aa"], [0, 2]),
        ("Ada said no.", ["Ada", "no", "."], None),
        ("Ada said no.", ["Ada", "said", "no"], None),
        ("Ada", ["Ada", "said"], None),
        ("", ["Ada"], None),
    ],
)
def test_a_text_is_that_of_its_words_or_not_taken(
    text: str, words: list[str], starts: list[int] | None
) -> None:
    found = said_text(["# sent_id = 1", f"# text = {text}"], words)
    places = [(start, start + len(word)) for start, word in zip(starts or (), words, strict=False)]
    assert found == (None if starts is None else (text, places))


OF_RYE = [("Ada", "_"), ("of", "_"), ("Rye", "B-LOC")]


def test_columns_behind_those_of_all_lines_are_left_out(tmp_path: Path) -> None:
    more = ["\t_", "\tsay.01\t_", "\t_\tARG1"]
    lines = [f"{row(str(at), *words)}{more[at - 1]}" for at, words in enumerate(OF_RYE, 1)]
    summary, (content,) = read(tmp_path, *lines, "", row("1", "No", "_") + "\t_")
    assert (content.article.text, covered(content)) == ("Ada of Rye\nNo\n", [("LOC", "Rye")])
    assert not summary.problems
    assert any("more than 10 columns" in str(one) for one in summary.notes)


def test_who_tagged_a_word_may_stand_behind_its_tag(tmp_path: Path) -> None:
    lines = ["# text = Ada left.", "1\tAda\tB-PER\t-\tbo", "2\tleft\tO", "3\t.\tO"]
    summary, (content,) = read(tmp_path, *lines)
    assert (content.article.text, covered(content)) == ("Ada left.\n", [("PERSON", "Ada")])
    assert not summary.problems


def test_a_torn_line_does_not_cut_the_others(tmp_path: Path) -> None:
    lines = ["1\tAda\t_\tB-PER", "2\tleft\t_\tO", "3\tRye\tO", "4\t.\t_\tO"]
    summary, (content,) = read(tmp_path, *lines)
    assert covered(content) == [("PERSON", "Ada")]
    assert [one.line for one in summary.problems] == [3]


def test_columns_that_stand_below_each_other_by_blanks(tmp_path: Path) -> None:
    lines = [
        "# text = Ada left.",
        "1   Ada    ada  PROPN  _  0",
        "2   left   go   VERB   _  1  x",
        "3   .  .  PUNCT  _  1",
    ]
    summary, (content,) = read(tmp_path, *lines)
    assert (content.article.text, content.spans) == ("Ada left.\n", ())
    assert not summary.problems


def test_numbers_below_each_other_by_blanks_are_no_words(tmp_path: Path) -> None:
    words = [f"{at} {one} _ X _ _ 0 dep _ _" for at, one in enumerate(["She", "left", "the", "harbour"], 1)]
    _summary, (content,) = read(tmp_path, *words, "", "1 Yes _ X _ _ 0 dep _ _")
    assert content.article.text == "She left the harbour\nYes\n"
