"""Files of other tools in shapes that are rare but theirs: read right, with a note, or refused clearly."""

from __future__ import annotations

import gc
import json
import time
from pathlib import Path
from typing import Any

import pytest
from lxml.etree import SerialisationError
from made_projects import SCHEME, bring, export, project_in

from annotator.exchange import xlsx_out
from annotator.model.errors import UserError
from annotator.model.records import ArticleContent, Fragment
from annotator.model.scheme import Label, Scheme
from annotator.services.importing import ImportSummary

TEXT = "Ada said no."
Read = tuple[ImportSummary, list[ArticleContent]]


def read(folder: Path, name: str, data: Any, **options: Any) -> Read:
    path = folder / name
    path.write_bytes(
        data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    )
    with project_in(folder, "p") as project:
        summary = bring(project, path, **options)
        return summary, [*project.contents()]


def covered(found: Read) -> list[tuple[str, str]]:
    return [(one.label, each.article.text[one.start : one.end]) for each in found[1] for one in each.spans]


def said(found: Read) -> str:
    return " | ".join([*map(str, found[0].problems), *map(str, found[0].notes)])


def task(*results: Any, **more: Any) -> list[Any]:
    return [{"data": {"text": TEXT}, "annotations": [{"result": [*results]}], **more}]


def region(**value: Any) -> dict[str, Any]:
    value = {"start": 0, "end": 3, "text": "Ada", **value}
    return {"id": "a", "type": "labels", "from_name": "wording", "to_name": "text", "value": value}


def test_label_studio_before_its_version_1(tmp_path: Path) -> None:
    made = [{"data": {"text": TEXT}, "completions": [{"result": [region(labels=["CLAIM"])]}]}]
    found = read(tmp_path, "a.json", made)
    assert dict(found[0].formats) == {"label_studio": 1}
    assert covered(found) == [("CLAIM", "Ada")]


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ({"taxonomy": [["Kind", "Direct"], ["Kind", "Other"]]}, "Kind / Direct, Kind / Other"),
        ({"rating": 4}, "4"),
        ({"number": 0}, "0"),
        ({"text": ["two", "remarks"]}, "two, remarks"),
    ],
)
def test_what_is_said_of_a_region_is_not_the_words_it_covers(tmp_path: Path, value: Any, answer: str) -> None:
    _, (content,) = read(tmp_path, "a.json", task(region(labels=["CLAIM"]), region(**value)))
    assert dict(content.spans[0].attributes) == {"wording": answer}


def test_regions_without_a_label_and_drafts_are_counted(tmp_path: Path) -> None:
    made = task(region(labels=[]), {**region(labels=["CLAIM"]), "id": "b"}, drafts=[{"result": []}])
    found = read(tmp_path, "a.json", made)
    assert covered(found) == [("CLAIM", "Ada")]
    assert "1 × regions without a label" in said(found)
    assert "1 × drafts, which nobody submitted" in said(found)


def test_labels_of_old_doccano_are_numbers(tmp_path: Path) -> None:
    rows = [
        {"text": TEXT, "annotations": [{"label": 1, "start_offset": 0, "end_offset": 3, "user": 1}]},
        {"text": "Ben.", "annotations": [{"label": 2, "user": 1}]},
    ]
    data = "\n".join(map(json.dumps, rows))
    found = read(tmp_path, "a.jsonl", data, labels={"1": "CLAIM", "2": "TOPIC"})
    assert dict(found[0].formats) == {"doccano": 1}
    assert covered(found) == [("CLAIM", "Ada")]
    assert [one.label for each in found[1] for one in each.labels] == ["TOPIC"]


@pytest.mark.parametrize(("start", "end", "is_told"), [(10, 99, False), (12, 15, True)])
def test_a_place_beyond_the_text_is_no_place_in_other_units(
    tmp_path: Path, start: int, end: int, is_told: bool
) -> None:
    one = {"start": start, "end": end, "label": "CLAIM", "text": "no."}
    data = [{"text": "😀 Ada said no.", "annotations": [one]}]
    found = read(tmp_path, "a.json", data, new_labels="add")
    assert covered(found) == []
    assert "lies beyond the text of 14 characters" in said(found)
    assert ("it fits if the offsets are UTF-16 units" in said(found)) is is_told


def test_annotations_with_a_start_and_an_end_are_spans(tmp_path: Path) -> None:
    one = {"start": 0, "end": 3, "label": "SOURCE", "text": "Ada"}
    found = read(
        tmp_path, "a.json", [{"text": TEXT, "annotations": [one, {"label": "NEWS"}]}], new_labels="add"
    )
    assert (covered(found), found[0].problems) == ([("SOURCE", "Ada")], ())
    assert [label.label for label in found[1][0].labels] == ["NEWS"]
    wrong = [{"text": TEXT, "annotations": [{"start": 0, "label": "SOURCE"}]}]
    (tmp_path / "b").mkdir()
    assert "annotations[0].end: there is no end" in said(read(tmp_path / "b", "a.json", wrong))


def test_what_doccano_holds_beside_labels_is_kept_or_named(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "label": [[0, 3, "CLAIM"]],
        "meta": {"deep": {"a": 1}},
        "Comments": [{"text": "Why?"}],
    }
    found = read(tmp_path, "a.jsonl", row)
    assert "left out: deep" in said(found)
    assert any("Why?" in one for one in found[1][0].article.notes)


def test_spans_that_are_no_list_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", [[TEXT, {"entities": {"a": 1}}]])
    assert "entities: it is an object, it has to be a list" in said(found)


def test_entities_without_tokens_are_those_of_spacy(tmp_path: Path) -> None:
    made = {"text": TEXT, "ents": [{"start": 0, "end": 3, "label": "CLAIM"}], "title": None}
    assert covered(read(tmp_path, "a.json", made)) == [("CLAIM", "Ada")]


def prodigy(**more: Any) -> dict[str, Any]:
    tokens = [{"id": 0, "start": 0, "end": 3}, {"id": 1, "start": 4, "end": 8}]
    return {"text": TEXT, "_view_id": "x", "answer": "accept", "tokens": tokens, **more}


def test_options_of_prodigy_with_numbers(tmp_path: Path) -> None:
    row = prodigy(options=[{"id": 1, "text": "TOPIC"}, {"id": ["odd"], "text": ""}], accept=[1])
    _, (content,) = read(tmp_path, "a.jsonl", row)
    assert [one.label for one in content.labels] == ["TOPIC"]


def test_a_label_that_prodigy_asked_about(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jsonl", prodigy(label="CLAIM", spans=[{"start": 0, "end": 3}]))
    assert covered(found) == [("CLAIM", "Ada")]
    assert found[0].problems == ()


@pytest.mark.parametrize("answer", ["reject", "ignore"])
def test_a_label_of_a_text_that_was_not_accepted_is_named(tmp_path: Path, answer: str) -> None:
    found = read(tmp_path, "a.jsonl", prodigy(label="TOPIC") | {"answer": answer})
    assert found[1][0].labels == ()
    assert "1 × labels of the whole text that were not accepted" in said(found)


@pytest.mark.parametrize(
    "ends",
    [
        {"head": 0, "child": 1},
        {
            "head_span": {"start": 0, "end": 3, "label": None},
            "child_span": {"start": 4, "end": 8, "label": None},
        },
    ],
)
def test_relations_of_words_without_a_label(tmp_path: Path, ends: Any) -> None:
    spans = [{"start": 0, "end": 3, "token_end": 0, "label": "CLAIM"}, {"start": 4, "end": 8, "label": None}]
    row = prodigy(spans=spans, relations=[{**ends, "label": "LINK"}])
    found = read(tmp_path, "a.jsonl", row, labels={"WORDS": "SOURCE"})
    assert covered(found) == [("CLAIM", "Ada"), ("SOURCE", "said")]
    assert len(found[1][0].frames) == 1


def test_a_number_of_thousands_of_digits_is_no_place_in_standoff(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    found = read(tmp_path, "a.ann", f"T1\tCLAIM 0 {'9' * 5000}\tAda\nT2\tCLAIM 0 3\tAda\n")
    assert covered(found) == [("CLAIM", "Ada")]
    assert "line 1: T1: expected LABEL START END" in said(found)


def test_a_row_of_webanno_without_its_columns_says_nothing(tmp_path: Path) -> None:
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Claim|label\n\n\n#Text=Ada said\n"
    found = read(tmp_path, "a.tsv", f"{head}1-1\t0-3\tAda\n1-2\t4-8\tsaid\tCLAIM\t\n")
    assert covered(found) == [("CLAIM", "said")]
    assert "line 6: expected 1 columns after the word, found 0" in said(found)


def test_a_nul_in_a_table_ends_no_row(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", "text\nhi\0there\nFine.\n")
    assert [one.article.text for one in found[1]] == ["Fine."]
    assert "line 2: NUL character" in said(found)


@pytest.mark.parametrize("name", ["a\0b", "a\nb", "a\tb"])
def test_a_label_with_control_characters_is_refused(tmp_path: Path, name: str) -> None:
    rows = {"text": TEXT, "label": [[0, 3, name], [4, 8, "CLAIM"]]}
    found = read(tmp_path, "a.jsonl", rows, new_labels="add")
    assert covered(found) == [("CLAIM", "said")]
    assert "is no name for a label: it has control characters" in said(found)
    # What it is in the scheme can still be chosen.
    (tmp_path / "again").mkdir()
    assert len(covered(read(tmp_path / "again", "a.jsonl", rows, labels={name: "SOURCE"}))) == 2


def test_a_scheme_with_control_characters_makes_a_workbook(tmp_path: Path) -> None:
    scheme = Scheme("s", "", (*SCHEME.labels, Label("a\0b", "frame")))
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p", scheme) as project:
        bring(project, tmp_path / "a.txt")
        assert export(project, tmp_path / "o.xlsx", "xlsx").articles == 1


def test_a_workbook_of_spans_alone_is_no_workbook_of_articles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(0, 3),))
        export(project, tmp_path / "o.xlsx", "xlsx", chosen={"table": "spans"})
    with project_in(tmp_path, "q") as other:
        summary = bring(other, tmp_path / "o.xlsx")
        assert (summary.articles, len(summary.problems)) == (0, 1)
        assert "there is no sheet of their articles" in str(summary.problems[0])
        chosen = {"text": "text"}
        assert bring(other, tmp_path / "o.xlsx", columns=chosen).articles == 1


TOKENS = [("CLAIM", "Ada Rask"), ("SOURCE", "Ben")]


@pytest.mark.parametrize(
    "data",
    [
        "# id 1d5c\tdomain=en\nAda _ _ B-CLAIM\nRask _ _ I-CLAIM\n\n# id 2\tdomain=en\nBen _ _ B-SOURCE\n",
        "# sent_id = 1\nAda x x B-CLAIM\nRask x x I-CLAIM\n# x x O\n\n# y = 2\nBen x x B-SOURCE\n",
        "#\thttp://example.org [2009]\n1\tAda\tB-CLAIM\n2\tRask\tI-CLAIM\n\n1\tBen\tB-SOURCE\n",
        "1-2\tAdaRask\tO\n1\tAda\tB-CLAIM\n2\tRask\tI-CLAIM\n\n1\tBen\tB-SOURCE\n1.1\t_\tO\n",
        "Ada\tB-CLAIM\t\nRask\tI-CLAIM\t\n\nBen\tB-SOURCE\t\n",
    ],
)
def test_columns_with_comments_numbers_and_tabs_at_their_ends(tmp_path: Path, data: str) -> None:
    found = read(tmp_path, "a.conll", data)
    assert covered(found) == TOKENS
    assert found[0].problems == ()


def test_a_word_may_be_a_sharp(tmp_path: Path) -> None:
    found = read(tmp_path, "a.conll", "# O\nAda B-CLAIM\n\n# B-SOURCE\n")
    assert covered(found) == [("CLAIM", "Ada"), ("SOURCE", "#")]
    assert found[1][0].article.text == "# Ada\n#\n"


def test_columns_without_tags_say_so(tmp_path: Path) -> None:
    row = "\tx\tx\tX\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
    found = read(tmp_path, "a.conllu", f"1\tAda{row}2\tsaid{row}")
    assert (covered(found), found[1][0].article.text) == ([], "Ada said\n")
    assert "values of the last column that are no tags were left out: 2" in said(found)


def test_a_no_break_space_is_a_part_of_a_word(tmp_path: Path) -> None:
    assert covered(read(tmp_path, "a.conll", "5\xa0km B-CLAIM\naway O\n")) == [("CLAIM", "5\xa0km")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Ada B-CLAIM\rBen O\r", "its lines end in CR only"),
        ("-DOCSTART- O\n\n", "there is no line with a word and its tag in it"),
        ("\n\n", "there is no line with a word and its tag in it"),
        ("#begin document (bc/0); part 000\nbc 0 0 Ada NNP (PERSON)\n", "it is CoNLL-2012"),
    ],
)
def test_columns_that_cannot_be_read_are_refused(tmp_path: Path, data: str, words: str) -> None:
    found = read(tmp_path, "a.conll", data)
    assert (found[1], words in said(found)) == ([], True)


@pytest.mark.parametrize("tags", ["bio", "io"])
def test_words_that_look_like_numbers_and_comments_come_back(tmp_path: Path, tags: str) -> None:
    (tmp_path / "a.txt").write_text("1 2 3\n\n# # 4\n", "utf-8")
    with project_in(tmp_path, "p") as project, project_in(tmp_path, "q") as other:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(0, 3),))
        export(project, tmp_path / "o.conll", "conll", chosen={"columns": "each", "tags": tags})
        bring(other, tmp_path / "o.conll")
        (content,) = other.contents()
        assert content.article.text.split() == ["1", "2", "3", "#", "#", "4"]


def test_a_workbook_that_does_not_fit_on_the_disk_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise SerialisationError("IO_ENOSPC")

    monkeypatch.setattr(xlsx_out, "_repack", full)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    out = tmp_path / "o.xlsx"
    out.write_text("old", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        before = {*tmp_path.iterdir()}
        with pytest.raises(UserError, match=r"was not written: .*What was there before is unchanged"):
            export(project, out, "xlsx")
        assert {*tmp_path.iterdir()} == before
    assert out.read_text("utf-8") == "old"


def test_a_sentence_of_tsv_may_go_on_without_saying_again_that_it_is_text(tmp_path: Path) -> None:
    file = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Who|value\n\n\n#Text=Ada said\nthat Bo left.\n"
        "1-1\t0-3\tAda\t_\t\n1-2\t14-16\tBo\tPER\t\n\n#Text=No.\n2-1\t23-25\tNo\t_\t\n"
    )
    found = read(tmp_path, "a.tsv", file, new_labels="add")
    assert (found[0].problems, covered(found)) == ((), [("PERSON", "Bo")])
    assert found[1][0].article.text.startswith("Ada said\nthat Bo left.\nNo.")


def test_a_row_of_tsv_that_is_none_does_not_become_text(tmp_path: Path) -> None:
    file = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Who|value\n\n\n#Text=Ada and Bo.\n"
        "1-1 0-3 Ada _\n1-2\t8-10\tBo\tPER\t\n"
    )
    found = read(tmp_path, "a.tsv", file, new_labels="add")
    assert "line 6: '1-1 0-3 Ada _' is no row" in said(found)
    assert all("0-3" not in one.article.text for one in found[1])


def test_a_cas_in_json_read_as_other_json_says_what_to_choose(tmp_path: Path) -> None:
    cas = {"%TYPES": {}, "%FEATURE_STRUCTURES": [], "%VIEWS": {}}
    found = read(tmp_path, "a.json", cas, format_name="article_jsonl")
    assert "it is a UIMA CAS in JSON; choose uima_xmi as its format" in said(found)
    assert found[1] == []


def test_bioc_in_json_is_refused_and_what_to_do_is_said(tmp_path: Path) -> None:
    made = {"source": "own", "infons": {}, "documents": [{"id": "1", "passages": [{"text": TEXT}]}]}
    found = read(tmp_path, "a.json", json.dumps(made))
    assert found[1] == []
    assert "it is BioC in JSON, which this program does not read; convert it to brat" in said(found)


@pytest.mark.parametrize(
    ("text", "is_noted"),
    [(f"__label__NEWS {TEXT}\n__label__SPORT No.\n", True), (f"{TEXT} __label__NEWS\n", False)],
)
def test_labels_of_fasttext_are_noted(tmp_path: Path, text: str, is_noted: bool) -> None:
    found = read(tmp_path, "a.txt", text)
    assert len(found[1]) == 1
    assert ("it holds labels as fastText has them" in said(found)) is is_noted


def test_a_full_disk_is_told_once_and_not_by_the_library_too(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    resource = pytest.importorskip("resource")
    (tmp_path / "a.txt").write_text("\n".join(f"{number} {TEXT}" for number in range(4000)), "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
        try:
            with pytest.raises(UserError, match="was not written"):
                export(project, tmp_path / "o.xlsx", "xlsx")
            gc.collect()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert capfd.readouterr().err == ""


def test_what_simple_spans_say_of_themselves_comes_in_and_the_rest_is_named(tmp_path: Path) -> None:
    record = {
        "text": TEXT,
        "spans": [
            {"id": 1, "start": 0, "end": 3, "label": "SOURCE", "note": "sure?", "colour": "red"},
            {"id": 2, "start": 9, "end": 11, "label": "CLAIM", "attributes": {"mood": 3, "odd": ["x"]}},
        ],
        "relations": [{"from": 1, "to": 2, "label": "LINK", "note": "says", "attributes": 5}],
    }
    before = time.time()
    found = read(tmp_path, "a.json", record, new_labels="add")
    (content,) = found[1]
    source, claim = sorted(content.spans, key=lambda one: one.start)
    assert (source.note, dict(claim.attributes)) == ("sure?", {"mood": "3"})
    assert [one.note for one in content.frames] == ["says"]
    assert min(one.created for one in (*content.spans, *content.frames)) >= int(before * 1_000_000)
    assert "spans and relations that were not read: attributes, attributes.odd, colour" in said(found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"text": "Words."}\n', "JSON"),
        ('[\n  {"text": "Words."}\n]', "JSON"),
        ("<!DOCTYPE html><p>Words.", "a web page"),
        ("\n<html lang=en><p>Words.", "a web page"),
        ("<?xml version='1.0'?><nitf/>", "XML"),
        ("“{Words} and <more>, he said.", ""),
        ('{Words "and": more}', ""),
    ],
)
def test_a_text_file_that_holds_another_kind_is_noted(tmp_path: Path, text: str, kind: str) -> None:
    summary, (content,) = read(tmp_path, "a.txt", text)
    said = f"a.txt: it holds {kind}, and was read as it stands; rename it, or choose its format"
    assert [one for one in summary.notes if "it holds" in one] == ([said] if kind else [])
    assert content.article.text.strip() == text.strip()
