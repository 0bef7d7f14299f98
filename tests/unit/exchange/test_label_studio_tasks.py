"""Label Studio's rarer tasks: JSON-MIN, dialogues, pages of HTML, several texts, what is no text."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import read_again
from made_projects import SCHEME, bring, project_in

from annotator.exchange.tools.label_studio import FORMAT
from annotator.model.formats import ImportOptions
from annotator.model.records import ArticleContent
from annotator.services.importing import ImportSummary

TEXT = "Ada 😀 said no. Ben agreed."
TALK = [
    {"author": "Ada Rask:", "text": "It is 😀 safe."},
    {"author": "Ben", "text": "I doubt it."},
    {"text": "So they parted."},
]
PAGE = (
    "<div><p><b>Ada</b>: it is 😀 safe.</p><!-- cut --><p>Ben <i>doubts</i> it.</p><style>p {}</style></div>"
)


def read(folder: Path, *tasks: Any, **options: Any) -> tuple[ImportSummary, list[ArticleContent]]:
    options = {"new_labels": ImportOptions().new_labels, **options}
    summary, contents, _ = read_again.read(folder, "t.json", tasks, SCHEME, **options)
    assert summary.formats == (("label_studio", 1),)
    return summary, contents


def words(content: ArticleContent) -> list[tuple[str, list[str]]]:
    text = content.article.text
    return sorted(
        (one.label, [text[part.start : part.end] for part in one.fragments]) for one in content.spans
    )


def result(value: Any, kind: str = "labels", to: str = "text", **more: Any) -> dict[str, Any]:
    return {"id": f"{kind} {value}", "from_name": "tag", "to_name": to, "type": kind, "value": value, **more}


def task(data: Any, *results: Any, **more: Any) -> dict[str, Any]:
    return {"id": 7, "data": data, "annotations": [{"completed_by": 1, "result": list(results)}], **more}


def span(start: Any, end: Any, label: str = "CLAIM", **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "labels": [label], **more}


# --- JSON-MIN ----------------------------------------------------------------------------------------


def test_json_min_brings_regions_choices_and_remarks_of_each_annotator(tmp_path: Path) -> None:
    row = {
        "text": TEXT,
        "outlet": "Port Paper",
        "id": 7,
        "tag": [span(6, 13, text="said no"), span(0, 3, "SOURCE", text="Ada")],
        "topic": "TOPIC",
        "remark": "A long remark " * 7,
        "annotator": 1,
        "annotation_id": 31,
        "created_at": "2026-01-02T03:04:05Z",
        "lead_time": 3.5,
    }
    other = {
        **row,
        "tag": [span(15, 18, "PERSON", text="Ben")],
        "topic": {"choices": ["TOPIC"]},
        "annotator": 2,
    }
    summary, (content,) = read(tmp_path, row, other)
    assert summary.problems == ()
    assert words(content) == [("CLAIM", ["said no"]), ("PERSON", ["Ben"]), ("SOURCE", ["Ada"])]
    assert [one.label for one in content.labels] == ["TOPIC", "TOPIC"]
    assert len({one.annotator for one in content.spans}) == 2
    assert content.article.meta["outlet"] == "Port Paper"
    assert any("remark, 1: A long remark" in one for one in summary.notes)


@pytest.mark.parametrize("row", [{"text": TEXT, "label": [span(0, 3)]}, {"text": TEXT, "annotation_id": 1}])
def test_json_min_is_told_by_regions_or_by_what_is_said_of_the_annotation(tmp_path: Path, row: Any) -> None:
    summary, (content,) = read(tmp_path, row)
    assert (summary.problems, summary.spans) == ((), len(row.get("label", ())))
    assert content.article.text == TEXT


def test_json_min_of_data_with_an_id_of_its_own_keeps_its_text(tmp_path: Path) -> None:
    row = {"id": 4, "text": TEXT, "kind": "news", "label": [span(0, 3)], "annotator": 1, "annotation_id": 9}
    summary, (content,) = read(tmp_path, row)
    assert (summary.problems, words(content)) == ((), [("CLAIM", ["Ada"])])
    assert content.article.meta["kind"] == "news"


def test_json_min_names_words_that_do_not_stand_there(tmp_path: Path) -> None:
    summary, _ = read(
        tmp_path, {"text": TEXT, "id": 1, "label": [span(0, 3, text="Ben")], "annotation_id": 2}
    )
    assert "covers 'Ben', but the article has 'Ada'" in str(summary.problems)


def test_answers_about_regions_are_no_labels_of_the_text(tmp_path: Path) -> None:
    """Two answers in one field can only be about regions, and then so is a single one elsewhere."""
    first = {
        "text": TEXT,
        "id": 7,
        "tag": [span(0, 3, "SOURCE"), span(6, 13)],
        "form": ["name", "direct"],
        "topic": "TOPIC",
        "annotator": 1,
    }
    second = {**first, "id": 8, "text": "Cho stayed.", "tag": [span(0, 3, "SOURCE")], "form": "name"}
    bare = {name: value for name, value in second.items() if name != "form"} | {"id": 9, "text": "Dan left."}
    summary, contents = read(tmp_path, first, second, bare)
    assert summary.problems == ()
    assert [one.label for content in contents for one in content.labels] == ["TOPIC"] * 3
    told = "answers about regions, which do not say about which"
    left_out = [[note.split()[2] for note in one.article.notes if note.endswith(told)] for one in contents]
    assert left_out == [["2"], ["1"], []]


# --- CSV and TSV -------------------------------------------------------------------------------------


def table(folder: Path, name: str, mark: str, rows: list[dict[str, Any]]) -> Path:
    """Write a table as Label Studio does: columns by name, words in quotation marks, answers as JSON."""
    names = sorted({name for row in rows for name in row})
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=mark, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(names)
        for row in rows:
            cells = (row.get(name, "") for name in names)
            writer.writerow(
                [
                    json.dumps(one, ensure_ascii=False) if isinstance(one, list | dict) else one
                    for one in cells
                ]
            )
    return folder / name


ROW = {
    "annotation_id": 3,
    "annotator": "1",
    "created_at": "2026-01-02T03:04:05Z",
    "form": ["name", "direct"],
    "id": 7,
    "kind": "",
    "lead_time": 2.5,
    "outlet": "[Port] Paper",
    "tag": [span(6, 13, text="said no"), span(0, 3, "SOURCE", text="Ada")],
    "text": TEXT,
}


@pytest.mark.parametrize(("name", "mark"), [("t.csv", ","), ("t.tsv", "\t")])
def test_tables_of_label_studio_bring_regions_of_each_annotator(tmp_path: Path, name: str, mark: str) -> None:
    second = {**ROW, "annotator": "2", "form": "name", "tag": [span(15, 18, "PERSON", text="Ben")]}
    path = table(tmp_path, name, mark, [ROW, second, {**ROW, "id": 8, "text": "Cho 😀 said no.", "tag": ""}])
    with project_in(tmp_path, "p", SCHEME) as project:
        summary = bring(project, path)
        assert (summary.formats, summary.problems) == ((("label_studio", 1),), ())
        first, last = sorted(project.contents(), key=lambda one: one.article.text)
        assert words(first) == [("CLAIM", ["said no"]), ("PERSON", ["Ben"]), ("SOURCE", ["Ada"])]
        assert len({one.annotator for one in first.spans}) == 2
        assert (first.labels, words(last)) == ((), [])
        assert first.article.meta == {"outlet": "[Port] Paper"}
        assert "2 × answers about regions" in " ".join(first.article.notes)


def test_a_column_is_answered_in_all_rows_where_it_is_in_one(tmp_path: Path) -> None:
    rows = [
        {**ROW, "topic": "TOPIC", "remark": "well seen", "place": "Port"},
        {**ROW, "id": 8, "text": "Cho stayed.", "tag": "", "topic": "", "remark": ""},
        {**ROW, "id": 9, "text": "Dan left.", "tag": "", "topic": {"choices": ["TOPIC"]}, "place": ""},
        {**ROW, "id": 10, "text": "Eve did not.", "tag": "", "remark": {"text": ["one", "two"]}},
    ]
    with project_in(tmp_path, "p", SCHEME) as project:
        assert bring(project, table(tmp_path, "t.csv", ",", rows)).problems == ()
        first, *others = sorted((one for one in project.contents()), key=lambda one: one.article.text)
        found = {one.article.text: [label.label for label in one.labels] for one in (first, *others)}
        assert found == {TEXT: ["TOPIC"], "Cho stayed.": [], "Dan left.": ["TOPIC"], "Eve did not.": []}
        assert first.article.meta == {"outlet": "[Port] Paper", "place": "Port"}
        notes = {one.article.text: " ".join(one.article.notes) for one in (first, *others)}
        assert "remark, 1: one, two" in notes["Eve did not."]


def test_a_row_of_another_width_and_words_elsewhere_are_named_with_their_line(tmp_path: Path) -> None:
    wrong = {**ROW, "tag": [span(0, 3, text="Ben")]}
    path = table(tmp_path, "t.csv", ",", [ROW, wrong])
    path.write_text(path.read_text("utf-8") + '4,"1"\n', "utf-8")
    with project_in(tmp_path, "p", SCHEME) as project:
        summary = bring(project, path)
        told = [(one.line, one.reason) for one in summary.problems]
        assert any(line == 4 and "the row has 2 cells" in reason for line, reason in told)
        assert any("covers 'Ben', but the article has 'Ada'" in reason for _, reason in told)
        assert summary.spans == 2


def test_other_tables_are_not_taken_for_those_of_label_studio(tmp_path: Path) -> None:
    rows = [{"annotator": "Ada", "id": 1, "text": "Ada stayed."}]
    with project_in(tmp_path, "p", SCHEME) as project:
        assert bring(project, table(tmp_path, "t.csv", ",", rows)).formats == (("csv", 1),)


def test_the_preview_of_answers_beside_the_data_shows_the_text(tmp_path: Path) -> None:
    row = {"comment": TEXT, "mark": 3.5, "id": 7, "mood": "calm", "annotator": 1, "annotation_id": 2}
    (tmp_path / "t.json").write_text(json.dumps([row]), encoding="utf-8")
    assert FORMAT.importer.preview(tmp_path / "t.json", ImportOptions()).sample == TEXT


def test_the_preview_of_a_table_says_how_many_rows_it_has(tmp_path: Path) -> None:
    shown = FORMAT.importer.preview(table(tmp_path, "t.csv", ",", [ROW, ROW]), ImportOptions())
    assert (shown.rows, shown.columns, shown.sample) == (2, (), TEXT)


# --- What it exports itself --------------------------------------------------------------------------


def test_proposals_of_which_the_file_has_the_numbers_alone_are_counted(tmp_path: Path) -> None:
    first = task({"text": TEXT}, result(span(0, 3)), predictions=[4, 5], drafts=[2])
    second = task({"text": "Cho stayed."}, predictions=[6])
    summary, (one, other) = read(tmp_path, first, {**second, "id": 8})
    assert summary.problems == ()
    assert (words(one), words(other)) == ([("CLAIM", ["Ada"])], [])
    told = "left out: {} × proposals of models, of which the file has the numbers alone"
    assert told.format(2) in one.article.notes
    assert "left out: 1 × drafts, which nobody submitted" in one.article.notes
    assert told.format(1) in other.article.notes


def test_drafts_that_are_no_list_are_named(tmp_path: Path) -> None:
    summary, contents = read(tmp_path, task({"text": TEXT}, result(span(0, 3)), drafts=5))
    assert contents == []
    assert "'drafts' is a number, it has to be a list" in str(summary.problems[0])


# --- Dialogues ---------------------------------------------------------------------------------------


def part(start: Any, end: Any, first: int, last: int, **more: Any) -> dict[str, Any]:
    return result(
        {
            "start": start,
            "end": end,
            "startOffset": first,
            "endOffset": last,
            "paragraphlabels": ["CLAIM"],
            **more,
        },
        "paragraphlabels",
    )


def test_a_dialogue_is_an_article_with_who_says_what(tmp_path: Path) -> None:
    results = [
        part("0", "0", 9, 13, text="safe"),  # as a browser counts: the emoji is two
        part(1, 1, 2, 10),
        part("0", "2", 8, 7),
    ]
    summary, (content,) = read(
        tmp_path, task({"talk": TALK, "audio": "https://paper.example/a.mp3"}, *results)
    )
    assert summary.problems == ()
    assert content.article.text == "Ada Rask: It is 😀 safe.\nBen: I doubt it.\nSo they parted.\n"
    assert words(content) == [
        ("CLAIM", ["doubt it"]),
        ("CLAIM", ["safe"]),
        ("CLAIM", ["safe.", "I doubt it.", "So they"]),
    ]


def test_the_words_of_a_dialogue_may_be_called_otherwise(tmp_path: Path) -> None:
    talk = [
        {"speaker": "Ada", "phrase": "It is safe.", "at": "2024-02-03T04:05:06Z"},
        {"speaker": "Ben", "phrase": "I doubt it.", "at": "2024-02-03T04:05:09Z"},
    ]
    summary, (content,) = read(tmp_path, task({"talk": talk}, part("1", "1", 2, 10)))
    assert summary.problems == ()
    assert content.article.text == "Ada: It is safe.\nBen: I doubt it.\n"
    assert words(content) == [("CLAIM", ["doubt it"])]


def test_a_list_without_who_says_it_is_no_dialogue(tmp_path: Path) -> None:
    items = [{"title": "One", "body": "Ada said no."}]
    summary, (content,) = read(tmp_path, task({"prompt": TEXT, "items": items}))
    assert summary.problems == ()
    assert content.article.text == TEXT


@pytest.mark.parametrize(
    ("region", "told"),
    [
        (part("3", "3", 0, 1), "there is no paragraph 3; there are 3"),
        (part("0", "0", 0, 99), "0 to 99 lies beyond its paragraphs"),
        (part("1", "1", 4, 4), "it covers no words"),
        (part("0", "0", 0, 2, text="No"), "the file says it covers 'No', but the article has 'It'"),
        (part("one", "0", 0, 2), "an offset has to be a number"),
        (part("0", "9" * 5000, 0, 2), "an offset has to be a number"),
    ],
)
def test_places_in_dialogues_that_are_not_there_are_named(tmp_path: Path, region: Any, told: str) -> None:
    summary, _ = read(tmp_path, task({"talk": TALK}, region))
    assert told in str(summary.problems)


# --- Pages -------------------------------------------------------------------------------------------


def on_page(start: str, first: int, end: str, last: int, text: str, **more: Any) -> dict[str, Any]:
    value = {"start": start, "end": end, "startOffset": first, "endOffset": last, "text": text, **more}
    return result({**value, "hypertextlabels": ["CLAIM"]}, "hypertextlabels", "page")


def test_places_on_a_page_are_found_in_its_text(tmp_path: Path) -> None:
    first, second = "/div[1]/p[1]", "/div[1]/p[2]"
    results = [
        on_page(f"{first}/b[1]/text()[1]", 0, f"{first}/text()[1]", 7, "Ada: it is"),
        on_page(f"{first}/text()[1]", 11, f"{first}/text()[1]", 15, "safe"),
        on_page(f"{second}/i/text()", 0, f"{second}/text()[2]", 3, "doubts it"),
        on_page("", 0, "", 0, "safe.\\n\\nBen", globalOffsets={"start": 13, "end": 21}),
    ]
    summary, (content,) = read(tmp_path, task({"page": PAGE}, *results))
    assert summary.problems == ()
    assert content.article.text == "Ada: it is 😀 safe.\nBen doubts it.\n"
    assert words(content) == [
        ("CLAIM", ["Ada: it is"]),
        ("CLAIM", ["doubts it"]),
        ("CLAIM", ["safe"]),
        ("CLAIM", ["safe.\nBen"]),
    ]


def test_line_breaks_and_styles_of_a_page_are_counted_where_it_counts_characters(tmp_path: Path) -> None:
    page = "<p>It is safe.<br>Ben <style>i {}</style>doubts it.<br/>Ada left.</p>"
    results = [
        on_page("", 0, "", 0, "Ben", globalOffsets={"start": 12, "end": 15}),
        on_page("", 0, "", 0, "doubts it.", globalOffsets={"start": 20, "end": 30}),
        on_page("", 0, "", 0, "Ada left.", globalOffsets={"start": 30, "end": 40}),
    ]
    summary, (content,) = read(tmp_path, task({"page": page}, *results))
    assert (summary.problems, content.article.text) == ((), "It is safe.\nBen doubts it.\nAda left.\n")
    assert {covered for _, (covered,) in words(content)} == {"Ben", "doubts it.", "Ada left."}


@pytest.mark.parametrize(
    ("region", "told"),
    [
        (on_page("/div[1]/p[9]/text()[1]", 0, "/div[1]/p[1]/text()[1]", 3, "x"), "the page has no place"),
        (on_page("/div[1]/p[1]/text()[2]", 0, "/div[1]/p[1]/text()[1]", 3, "x"), "the page has no place"),
        (on_page("/div[1]/p[2]/i/text()", 0, "/div[1]/p[2]/i/text()", 7, "x"), "with 7 characters before it"),
        (on_page("", 0, "", 0, "x", globalOffsets={"start": 0, "end": 99}), "99 lies beyond the page of 36"),
        (on_page("/div[1]/p[0]/text()[1]", 0, "/div[1]/p[1]/text()[1]", 3, "x"), "the page has no place"),
        (on_page("/div[1]/p[1]/text()", -9, "/div[1]/p[1]/text()", 3, "x"), "the page has no place"),
        (on_page(f"/p[{'9' * 5000}]", 0, "/div[1]/p[1]/text()", 3, "x"), "the page has no place"),
        (on_page("", 0, "", 0, "x", globalOffsets={"start": -4, "end": 3}), "-4 lies beyond the page of 36"),
    ],
)
def test_places_that_a_page_does_not_have_are_named(tmp_path: Path, region: Any, told: str) -> None:
    summary, _ = read(tmp_path, task({"page": PAGE}, region))
    assert told in str(summary.problems)


def test_tags_stay_where_regions_count_them(tmp_path: Path) -> None:
    summary, (content,) = read(tmp_path, task({"text": PAGE}, result(span(8, 14, text="<b>Ada"))))
    assert (summary.problems, content.article.text) == ((), PAGE)


def test_a_page_without_labels_is_read_as_text_too(tmp_path: Path) -> None:
    whole = f"<!doctype html><html><head><title>x</title></head><body>{PAGE}</body></html>"
    _, (content,) = read(tmp_path, task({"html": whole}))
    assert content.article.text == "Ada: it is 😀 safe.\nBen doubts it.\n"


@pytest.mark.parametrize("text", ["<html></html>", "<!doctype html>", "<style>p {}</style>It is safe."])
def test_what_is_no_page_with_words_is_not_taken_for_one(tmp_path: Path, text: str) -> None:
    summary, contents = read(tmp_path, task({"text": text}))
    assert summary.problems == ()
    assert [one.article.text for one in contents] == ["It is safe." if "safe" in text else text]


@pytest.mark.parametrize(("depth", "is_page"), [(400, True), (5000, False)])
def test_nothing_of_a_page_is_lost_however_deep_it_is(tmp_path: Path, depth: int, is_page: bool) -> None:
    html = "<div>" * depth + "It is safe."
    _, (content,) = read(tmp_path, task({"text": html}))
    assert content.article.text == ("It is safe.\n" if is_page else html)


# --- Several texts -----------------------------------------------------------------------------------


def test_each_text_of_a_task_is_an_article(tmp_path: Path) -> None:
    data = {"first": "Ada said no.", "second": "Ben left early.", "outlet": "Port Paper"}
    results = [
        {**result(span(0, 3, "PERSON", text="Ada"), to="t1"), "id": "a"},
        {**result(span(4, 8, "CLAIM", text="said"), to="t1"), "id": "b"},
        {**result(span(0, 3, "PERSON", text="Ben"), to="t2"), "id": "c"},
        result({"choices": ["TOPIC"]}, "choices", "second"),
        {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["LINK"]},
        {"type": "relation", "from_id": "a", "to_id": "c", "labels": ["LINK"]},
    ]
    summary, (first, second) = read(tmp_path, task(data, *results))
    assert summary.problems == ()
    assert [one.article.name for one in (first, second)] == ["t.json:7 (first)", "t.json:7 (second)"]
    assert words(first) == [("CLAIM", ["said"]), ("PERSON", ["Ada"])]
    assert words(second) == [("PERSON", ["Ben"])]
    assert [one.label for one in second.labels] == ["TOPIC"]
    assert [one.label for one in first.frames] == ["LINK"]
    assert first.article.meta == {"outlet": "Port Paper"}
    assert any("1 × relations between two texts of a task" in one for one in summary.notes)


def test_a_remark_says_which_text_of_which_task_it_is_about(tmp_path: Path) -> None:
    data = {"first": "Ada said no.", "second": "Ben left early."}
    results = [result(span(0, 3), to=name) for name in data]
    stars = {"type": "rating", "from_name": "stars", "to_name": "second", "value": {"rating": 4}}
    summary, _ = read(tmp_path, task(data, *results, stars))
    assert "t.json, record 1: t.json:7 (second): stars, 1: 4" in summary.notes


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        ({"text1": "One.", "text2": "Two."}, {"One.", "Two."}),
        ({"headline": "Bridge", "body": "It is safe."}, {"It is safe."}),
        ({"kind": "x", "reviewed": "It is safe."}, {"It is safe."}),
        ({"text": "It is safe.", "summary": "Safe, and long enough."}, {"It is safe."}),
    ],
)
def test_texts_are_told_by_their_names_where_nothing_is_said_of_them(
    tmp_path: Path, data: Any, texts: set[str]
) -> None:
    _, contents = read(tmp_path, task(data))
    assert {one.article.text for one in contents} == texts


def test_results_about_what_is_no_text_are_counted(tmp_path: Path) -> None:
    data = {"text": TEXT, "image": "https://paper.example/a.jpg"}
    box = result({"x": 1.5, "y": 2.5, "labels": ["Face"]}, "rectanglelabels", "image")
    summary, (content,) = read(tmp_path, task(data, box, result({"rating": 4}, "rating")))
    assert (summary.problems, content.spans) == ((), ())
    assert any("1 × results about what is no text" in one for one in summary.notes)
    assert any("tag, 1: 4" in one for one in summary.notes)


def test_a_task_about_an_image_is_no_article(tmp_path: Path) -> None:
    box = result({"x": 1.5, "rectanglelabels": ["Face"]}, "rectanglelabels", "image")
    summary, contents = read(tmp_path, task({"image": "https://paper.example/a.jpg"}, box))
    assert contents == []
    assert "there is no text in it (image: text ('https://paper.example/a.jpg'))" in str(summary.problems)


def test_an_answer_that_was_written_as_one_text_is_a_note(tmp_path: Path) -> None:
    _, (content,) = read(tmp_path, task({"text": TEXT}, result({"text": "5/5"}, "textarea")))
    assert "tag, 1: 5/5" in content.article.notes


def test_a_result_with_a_fault_is_named_and_the_others_of_its_task_are_taken(tmp_path: Path) -> None:
    odd = (span("a", 3), span(6, 13, ""), {"labels": ["CLAIM"]}, "no", {"start": 0, "end": 3, "labels": 5})
    good = result(span(0, 3, "SOURCE", text="Ada"))
    torn = {"type": "relation", "from_id": good["id"], "labels": ["LINK"]}
    summary, (content,) = read(tmp_path, task({"text": TEXT}, *map(result, odd), torn, good))
    assert words(content) == [("SOURCE", ["Ada"])]
    fields = [one.field.partition("result")[2] for one in summary.problems]
    assert fields == [
        "[3].value",
        "[5].to_id",
        "[0].value.start",
        "[1].value.labels",
        "[2].value.start",
        "[4].value.labels",
    ]


def test_places_of_a_page_are_those_that_have_the_words(tmp_path: Path) -> None:
    value = {
        **dict.fromkeys(("start", "end"), "/div[1]/p[1]/b[1]/text()[1]"),
        "startOffset": 0,
        "endOffset": 3,
        "globalOffsets": {"start": 5, "end": 8},
        "text": "Ada",
        "hypertextlabels": ["SOURCE"],
    }
    far = {**value, "globalOffsets": {"start": 5, "end": 900}}
    rest = dict.fromkeys(("start", "end"), "/div[1]/p[1]/text()[1]")
    spaced = {**value, **rest, "startOffset": 2, "endOffset": 7, "text": "it\n is"}
    made = (result(value), result(far, "far"), result(spaced, "spaced"))
    _, (content,) = read(tmp_path, task({"text": PAGE}, *made))
    assert words(content) == [("SOURCE", ["Ada"]), ("SOURCE", ["it is"])]


@pytest.mark.parametrize("text", ["Ada: no & so on.", "Ada: <i>no</i> & so on."])
def test_a_text_without_tags_at_its_start_is_a_page_where_paths_say_so(tmp_path: Path, text: str) -> None:
    path = {"start": "/text()[1]", "end": "/text()[1]", "startOffset": 0, "endOffset": 3}
    _, (content,) = read(tmp_path, task({"text": text}, result({**path, "htmllabels": ["SOURCE"]})))
    assert words(content) == [("SOURCE", ["Ada"])]
    assert content.article.text.strip() == "Ada: no & so on."


def test_tasks_in_records_of_projects_are_taken_as_tasks(tmp_path: Path) -> None:
    project = {"id": 3, "title": "p", "raw": {"label_config": "<View/>"}}
    good = task({"text": TEXT}, result(span(0, 3, "SOURCE", text="Ada")))
    summary, (content,) = read(
        tmp_path, {"project": project, "tasks": []}, {"project": project, "annotated_tasks": [good]}
    )
    assert (words(content), summary.problems) == ([("SOURCE", ["Ada"])], ())


def test_one_task_of_a_project_with_a_fault_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    good = task({"text": TEXT}, result(span(0, 3, "SOURCE", text="Ada")))
    torn = {**task({"text": TEXT}, result(span(0, 3, "SOURCE"))), "data": None}
    summary, (content,) = read(tmp_path, {"project": {"id": 3}, "tasks": [torn, 7, good]})
    assert words(content) == [("SOURCE", ["Ada"])]
    assert [("data" in str(one), "task 1 is a number" in str(one)) for one in summary.problems] == [
        (True, False),
        (False, True),
    ]


def test_the_text_of_all_records_is_the_field_that_says_most_in_all(tmp_path: Path) -> None:
    made = {"annotator": 1, "annotation_id": 2, "lead_time": 1.5}
    rows = [
        {"said": "Nobody said, of all who were asked, that it is safe.", "plain": "nobody", "id": 1, **made},
        {"said": "It is OK.", "plain": "it is all right", "id": 2, **made},
    ]
    _, contents = read(tmp_path, *rows)
    assert [one.article.text for one in contents] == [one["said"] for one in rows]
