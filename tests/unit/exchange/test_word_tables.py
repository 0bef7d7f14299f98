"""Tables with a word in each row: sentences, tags, and as many articles as it takes."""

from __future__ import annotations

from pathlib import Path

from made_projects import bring, project_in

from annotator.exchange.conll import word_tables
from annotator.exchange.conll.word_tables import word_columns
from annotator.exchange.tables.tables import FORMAT
from annotator.model.formats import ImportOptions
from annotator.services.project import Project

ROWS = """\
Sentence #,Word,POS,Tag
Sentence: 1,Ada,NNP,B-per
,Rask,NNP,I-per
,saw,VBD,O
,"Port, Ver",NNP,B-geo
Sentence: 2,Nobody,NN,O
,,NN,O
,came,VBD
,",",",",
Sentence: 3,Ver,NNP,I-geo
"""


def labelled(project: Project) -> list[tuple[str, str]]:
    return [
        (one.label, content.article.text[one.start : one.end])
        for content in project.contents()
        for one in content.spans
    ]


def test_words_with_tags_are_an_article_of_sentences(tmp_path: Path) -> None:
    (tmp_path / "ner.csv").write_text(ROWS, "utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "ner.csv", new_labels="add")
        (content,) = project.contents()
        assert content.article.name == "ner.csv"
        assert content.article.text.strip() == "Ada Rask saw Port, Ver\nNobody ,\nVer"
        assert labelled(project) == [("PERSON", "Ada Rask"), ("geo", "Port, Ver"), ("geo", "Ver")]
    problems = [str(one) for one in summary.problems]
    assert ["line 7: Word: the row has no word" in one for one in problems] == [True, False]
    assert "line 8: the row has 3 cells" in problems[1]
    notes = " ".join(summary.notes)
    assert "blanks between words are unknown" in notes
    assert "came in nowhere, with their values: POS (" in notes  # and not what begins sentences
    assert "tags that go on without a beginning were taken as one: 1" in notes


def test_many_sentences_make_several_articles(tmp_path: Path) -> None:
    count = 2 * word_tables.SENTENCES + 1
    rows = [f"{at},Ada{at},B-per\n" for at in range(count)]
    (tmp_path / "ner.csv").write_text("".join(["sentence_id,token,ner\n", *rows]), "utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "ner.csv", new_labels="add")
        assert sorted(one.article.name for one in project.contents()) == [f"ner.csv:{at}" for at in (1, 2, 3)]
        assert len(labelled(project)) == count
    assert "500 sentences make one" in " ".join(summary.notes)


def test_the_preview_asks_for_no_column_and_a_chosen_one_is_the_text(tmp_path: Path) -> None:
    path = tmp_path / "ner.csv"
    path.write_text(ROWS, "utf-8")
    shown = FORMAT.importer.preview(path, ImportOptions())
    assert shown.columns == ()
    assert shown.sample.startswith("Ada Rask saw")
    chosen = ImportOptions(columns={"Word": "text"})
    assert [one.use for one in FORMAT.importer.preview(path, chosen).columns] == [
        "meta",
        "text",
        "meta",
        "meta",
    ]
    with project_in(tmp_path, "p") as project:
        assert bring(project, path, columns={"Word": "text"}).articles > 3


def test_other_tables_are_no_tables_of_words(tmp_path: Path) -> None:
    assert word_columns(("sentence", "tag")) is None
    (tmp_path / "a.csv").write_text("text,sentence,word,tag\nAda came.,1,Ada,B-per\n", "utf-8")
    (tmp_path / "b.csv").write_text("sentence,word,tag\n", "utf-8")
    with project_in(tmp_path, "p") as project:
        assert bring(project, tmp_path / "a.csv").articles == 1
        assert [one.article.text.strip() for one in project.contents()] == ["Ada came."]
        assert "no rows" in str(bring(project, tmp_path / "b.csv").problems[0])


def test_columns_are_told_by_any_of_their_usual_names() -> None:
    for name in ("Sentence", "sentence_id", "sentence_idx", "Sentence Index"):
        found = word_columns([name, "word", "tag"])
        assert found is not None
        assert found.sentence == name
    assert word_columns(["row", "word", "tag"]) is None
