"""Shapes that other tools write now and then: what they say comes in, what cannot be read is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_projects import bring, project_in
from read_again import NOTHING, frames, read, said, spans

from annotator.services import importing_gathering

TEXT = "Ada Rask said no."


def put(folder: Path, **files: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, held in files.items():
        path = folder / name.replace("__", ".")
        path.write_text(held if isinstance(held, str) else json.dumps(held), encoding="utf-8")
    return folder


def test_brat_keeps_all_normalisations_of_a_span(tmp_path: Path) -> None:
    ann = "T1\tPER 0 8\tAda Rask\nN1\tRef T1 Wikidata:Q42\tAda\nN2\tRef T1 GND:118\tRask, A.\n"
    folder = put(tmp_path / "in", a__txt=TEXT, a__ann=ann)
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add")
        (content,) = project.contents()
    assert summary.problems == ()
    assert dict(content.spans[0].attributes) == {"Ref": "Wikidata:Q42 Ada; GND:118 Rask, A."}


def test_slots_of_webanno_may_be_filled_by_anything(tmp_path: Path) -> None:
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Name|value\n#T_SP=x.Say|ROLE_x.Say:args_x.SayArgsLink|{}|kind\n"
    rows = "\n\n#Text=Ada said\n1-1\t0-3\tAda\tPER\t_\t_\t_\t\n1-2\t4-8\tsaid\t_\twho\t1-1\tsay\t\n"
    found = read(tmp_path, "a.tsv", head.format("uima.cas.AnnotationBase") + rows)
    assert found[0].problems == ()
    assert frames(found) == [("who", [("from", "said"), ("to", "Ada")])]


def test_the_version_of_webanno_3_may_be_one_number(tmp_path: Path) -> None:
    rows = "#T_SP=x.Name|value\n\n\n#Text=Ada left\n1-1\t0-3\tAda\tPER[1]\t\n1-2\t4-8\tleft\t_\t\n"
    found = read(tmp_path, "a.tsv", f"#FORMAT=WebAnno TSV 3\n{rows}")
    assert dict(found[0].formats) == {"webanno_tsv": 1}
    assert spans(found) == [("PER", ["Ada"])]


def test_a_draft_of_webanno_3_begins_spans_with_a_letter(tmp_path: Path) -> None:
    head = "# WebAnno TSV 3\n#T_SP=x.Name|value\n#T_RL=x.Link|kind|BT_x.Name\n\n\n"
    head += "#Text=0-21#Ada Rask met Bo Cole.\n"
    rows = [("Ada", "B-PER[1]", "_"), ("Rask", "I-PER[1]", "_"), ("met", "_", "_"), ("Bo", "B-PER[1]", "1-1")]
    rows += [("Cole", "I-PER[1]", "_"), (".", "_", "_")]
    at, lines = 0, []
    for number, (word, name, base) in enumerate(rows, 1):
        lines.append(f"1-{number}\t{at}-{at + len(word)}\t{word}\t{name}\tmet\t{base}\t\n")
        at += len(word) + (number < 5)
    found = read(tmp_path, "a.tsv", head + "".join(lines).replace("met\t_", "_\t_"))
    assert found[0].problems == ()
    assert spans(found) == [("PER", ["Ada Rask"]), ("PER", ["Bo Cole"])]
    assert frames(found) == [("Link", [("from", "Ada Rask"), ("to", "Bo Cole")])]


def test_webanno_3_may_have_lost_its_first_line(tmp_path: Path) -> None:
    rows = "#T_SP=x.Name|value\n\n\n#Text=Ada left\n1-1\t0-3\tAda\tPER\t\n1-2\t4-8\tleft\t_\t\n"
    found = read(tmp_path, "a.tsv", rows)
    assert dict(found[0].formats) == {"webanno_tsv": 1}
    assert spans(found) == [("PER", ["Ada"])]


def test_a_header_of_webanno_2_may_have_lost_its_first_blank(tmp_path: Path) -> None:
    found = read(
        tmp_path, "a.tsv", "# x.Name | value\n\n#id=1\n#text=Ada left\n1-1\tAda\tB-per\n1-2\tleft\tO\n"
    )
    assert dict(found[0].formats) == {"webanno_tsv": 1}
    assert spans(found) == [("per", ["Ada"])]


def test_answers_in_words_are_remarks_and_no_labels(tmp_path: Path) -> None:
    rows = [{"id": 1, "text": TEXT, "label": ["Ada sagte nein.", "calm"]}]
    summary, (content,), _ = read(tmp_path, "a.json", rows)
    assert [one.label for one in content.labels] == ["calm"]
    assert summary.notes == ("a.json, record 1: Ada sagte nein.",)


@pytest.mark.parametrize("place", ["settings__json", "__argilla/settings__json"])
def test_settings_of_argilla_say_what_is_no_label(tmp_path: Path, place: str) -> None:
    said = {"why": [{"value": "since", "user_id": "u1"}], "mood": [{"value": "calm", "user_id": "u1"}]}
    guess = {"value": [{"start": 0, "end": 8, "label": "PER"}], "score": [0.5], "agent": "m"}
    record = {"id": "x", "fields": {"text": TEXT}, "responses": said, "suggestions": {"spans": guess}}
    settings = {"guidelines": "", "fields": [], "questions": [{"name": "why", "settings": {"type": "text"}}]}
    folder = put(tmp_path / "in", records__json=[record])
    put(folder / ".argilla")
    put(folder, **{place: settings})
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add")
        (content,) = project.contents()
    assert summary.problems == ()
    assert [one.label for one in content.labels] == ["calm"]
    assert [one.score for one in content.suggested_spans] == [0.5]
    assert "why, u1: since" in summary.notes[0]


CARD = """---
dataset_info:
  features:
  - name: tokens
    sequence: string
  - name: ner_tags
    sequence:
      class_label:
        names:
          '0': O
          '1': B-PER
          '2': I-PER
  splits:
  - name: train
---
# Own
"""


def test_a_card_of_a_data_set_names_its_tags_and_is_no_article(tmp_path: Path) -> None:
    record = {"tokens": ["Ada", "Rask", "left"], "ner_tags": [1, 2, 0]}
    folder = put(tmp_path / "in", train__jsonl=record, README__md=CARD)
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add")
        (content,) = project.contents()
    assert summary.problems == ()
    assert [(one.label, one.start, one.end) for one in content.spans] == [("PER", 0, 8)]


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("a.json", {"_context": {}, "_views": {}}, "there is no text in it: no view has a sofaString"),
        (
            "a.json",
            {"_context": {}, "_views": {"a": {}}},
            "does not hold together; export it as UIMA CAS XMI",
        ),
        ("a.json", {"projectFileVersion": "1", "assets": {}}, "it holds labels of Azure's Language Studio"),
        ("a.json", {"guidelines": "", "questions": [], "fields": []}, "it holds the settings of a data set"),
        ("a.json", {"e_1": "PER", "m_1": "mood"}, "it says what labels of tagtog are called"),
        ("a.json", {"uri": "", "text": "No.", "target": [{}], "user": ""}, "it holds remarks of Hypothesis"),
        (
            "a.json",
            {"annotations": [], "profile": {"groups": []}},
            "it holds remarks of Hypothesis on pages that are not in it",
        ),
        (
            "a.json",
            {"total": 1, "rows": [{"uri": "", "text": "No.", "target": [], "user": "", "tags": []}]},
            "it holds remarks of Hypothesis",
        ),
        (
            "a.csv",
            "Author,URL,Group,Type,Quote,Comment,Tags\nAda,http://a.example,g,Reply,,No.,\n",
            "it holds remarks of Hypothesis",
        ),
        (
            "a.json",
            {"annotations": [{"body": [{"value": "x"}], "target": [{"source": "a"}]}]},
            "it is a Web Annotation, which points to a text that is not in it",
        ),
        (
            "a.json",  # as IIIF has it
            {"@context": "x", "on": {"full": "a"}, "resource": [{"chars": "No."}]},
            "it is a Web Annotation, which points to a text that is not in it",
        ),
        (
            "a.json",
            {"extractors": [{"name": "PER"}], "documents": [{"location": "1.txt", "extractors": []}]},
            "it holds labels of Azure's Language Studio",
        ),
        (
            "a.jsonl",
            {
                "claim": True,
                "by": [{"text": "Ada", "begin": 4, "end": 7}],
                "span": {"text": "No.", "begin": 1, "end": 4},
            },
            "'claim' is true (true or false), it has to be text",
        ),
        (
            "a.json",
            [{"data": {"image": "set/val/1.jpg"}, "annotations": [{"result": []}]}],
            "there is no text in it (image: text ('set/val/1.jpg'))",
        ),
        ("a.json", [{"page": {}, "tokens": [{"text": "Ada"}]}], "by their places on pages of a PDF (PAWLS)"),
        ("a.json", {"annotations": [{"bounds": {}}]}, "by their places on pages of a PDF (PAWLS)"),
        ("a.json", {"file": {}, "list": []}, "none of its fields holds a text: 'file', 'list'"),
        ("a.xml", "<source_file URI='a.sgm'><document/></source_file>", "it holds labels of ACE (APF)"),
        (
            "a.jsonl",
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            "fetch it with `git lfs pull`",
        ),
        ("a.sgm", "<DOC><ENAMEX TYPE='PERSON'>Ada</ENAMEX></DOC>", "it is SGML, as MUC and ACE have it"),
        ("a.manifest", "CACHE MANIFEST", "it ends in .manifest, but is none of the kinds of file"),
        ("a.json", [[{"id": 1, "text": "Ada", "start_char": 0}]], "a list of words, as Stanza writes it"),
    ],
)
def test_what_is_not_read_is_called_by_its_name(tmp_path: Path, name: str, held: Any, said: str) -> None:
    summary, articles, _ = read(tmp_path, name, held)
    assert articles == []
    assert said in str(summary.problems[0])


def test_relations_of_gate_link_what_is_there(tmp_path: Path) -> None:
    nodes = '<Node id="0"/>Ada<Node id="3"/> met <Node id="8"/>Ben<Node id="11"/>.'
    mark = '<Annotation Id="{}" Type="Person" StartNode="{}" EndNode="{}"/>'
    sets = f"<AnnotationSet>{mark.format(1, 0, 3)}{mark.format(2, 8, 11)}</AnnotationSet>"
    more = '<RelationSet><Relation Id="5" Type="met" Members="2;1"/><Relation Id="6" Type="x" Members="1;9"/>'
    data = f"<GateDocument><TextWithNodes>{nodes}</TextWithNodes>{sets}{more}</RelationSet></GateDocument>"
    found = read(tmp_path, "a.xml", data)
    assert spans(found) == [("Person", ["Ada"]), ("Person", ["Ben"])]
    assert frames(found) == [("met", [("from", "Ben"), ("to", "Ada")])]
    assert "left out: 1 × Relation" in found[0].notes[0]


@pytest.mark.parametrize("kind", ["alone", "PubTator3"])
def test_documents_of_pubtator_need_no_collection(tmp_path: Path, kind: str) -> None:
    place = {"offset": 0, "length": 8}
    mark = {"id": "1", "infons": {"type": "Person"}, "text": "Ada Rask", "locations": [place]}
    passage = {"infons": {"type": "title"}, "offset": 0, "text": TEXT, "annotations": [mark]}
    document = {"_id": "7|None", "id": "7", "infons": {}, "passages": [passage], "pmid": 7, "relations": []}
    found = read(tmp_path, "a.json", document if kind == "alone" else {kind: [document]})
    assert dict(found[0].formats) == {"corpora": 1}
    assert spans(found) == [("Person", ["Ada Rask"])]
    assert found[1][0].article.name == "a.json:7"


def test_records_of_sagemaker_are_known_by_their_text(tmp_path: Path) -> None:
    held = {"annotations": {"entities": [{"label": "PER", "startOffset": 0, "endOffset": 8}]}}
    found = read(tmp_path, "a.manifest", {"source": TEXT, "job": held, "job-metadata": {"job-name": "j"}})
    assert spans(found) == [("PER", ["Ada Rask"])]


def test_proposals_are_as_sure_as_each_says_itself(tmp_path: Path) -> None:
    def region(key: str, start: int, end: int, **more: Any) -> dict[str, Any]:
        value = {"start": start, "end": end, "labels": ["PER"], **more.pop("value", {})}
        return {"id": key, "from_name": "l", "to_name": "text", "type": "labels", "value": value, **more}

    results = [region("a", 0, 3, score=0.25), region("b", 4, 8, value={"confidence": 0.5}), region("c", 0, 8)]
    task = {"data": {"text": TEXT}, "predictions": [{"score": 0.75, "model_version": "m", "result": results}]}
    _, (content,), _ = read(tmp_path, "a.json", [task])
    assert sorted(one.score for one in content.suggested_spans) == [0.25, 0.5, 0.75]
    spans = [{"start": 0, "end": 3, "label": "PER", "score": 0.25}, {"start": 4, "end": 8, "label": "PER"}]
    row = {"text": TEXT, "spans": spans, "_input_hash": 1, "_task_hash": 2, "answer": "ignore"}
    (tmp_path / "b").mkdir()
    _, (content,), _ = read(tmp_path / "b", "b.jsonl", row)
    assert sorted(one.score for one in content.suggested_spans) == [0.25, 1.0]


@pytest.mark.parametrize("name", ["arcs", "arc"])
def test_arcs_of_old_prodigy_are_relations(tmp_path: Path, name: str) -> None:
    words = [("Ada", 0, 3), ("said", 4, 8), ("no", 9, 11)]
    tokens = [{"text": one, "start": at, "end": to, "id": n} for n, (one, at, to) in enumerate(words)]
    arc = {"head": 1, "child": 0, "label": "nsubj"}
    task = {"text": "Ada said no", "tokens": tokens, name: [arc] if name == "arcs" else arc, "_task_hash": 1}
    found = read(tmp_path, "a.jsonl", json.dumps(task | {"answer": "accept"}))
    assert frames(found) == [("nsubj", [("from", "said"), ("to", "Ada")])]
    assert "arc" not in said(found)


@pytest.mark.parametrize(("answer", "states"), [("accept", []), ("reject", ["rejected"])])
def test_pages_of_prodigy_have_the_answer_of_their_task(
    tmp_path: Path, answer: str, states: list[str]
) -> None:
    pages = [
        {"text": TEXT, "spans": [{"start": 0, "end": 8, "label": "PER"}]},
        {"text": "More.", "spans": []},
    ]
    found = read(tmp_path, "a.jsonl", {"pages": pages, "_view_id": "pages", "answer": answer})
    assert dict(found[0].formats) == {"prodigy": 1}
    assert [one.article.name for one in found[1]] == ["a.jsonl:1 (page 1)", "a.jsonl:1 (page 2)"]
    assert [one.state for each in found[1] for one in each.suggested_spans] == states
    assert sum(len(each.spans) for each in found[1]) == 1 - len(states)


def test_more_labels_of_a_text_than_fit_into_memory_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_gathering, "MARKS_LIMIT", 2)
    rows = [{"text": TEXT, "label": [[0, 3, "A"], [4, 8, "B"], [0, 8, "C"]]}, {"text": "More.", "label": []}]
    summary, articles, _ = read(tmp_path, "a.json", rows)
    assert [one.article.text for one in articles] == ["More."]
    assert "the text has 3 labels, and 2 is the limit; split it into several" in str(summary.problems[0])


def test_numbers_tell_which_of_stacked_labels_a_value_is_of(tmp_path: Path) -> None:
    head = "#FORMAT=WebAnno TSV 3.6.1\n#T_SP=x.Ref|entity|identity\n\n\n#Text=work of Ada\n"
    rows = "1-1\t0-4\twork\tthing[1]\t_\t\n1-2\t5-7\tof\tthing[1]\t_\t\n"
    rows += "1-3\t8-11\tAda\tthing[1]|who[2]\tAda_R[2]\t\n"
    summary, articles, _ = read(tmp_path, "a.tsv", head + rows)
    assert summary.problems == ()
    (content,) = articles
    found = sorted((one.start, one.end, dict(one.attributes)) for one in content.spans)
    assert found == [(0, 11, {"entity": "thing"}), (8, 11, {"entity": "who", "identity": "Ada_R"})]


def test_a_line_that_is_no_record_hides_no_labels(tmp_path: Path) -> None:
    held = f"```json\n{json.dumps({'text': TEXT, 'username': 'ben', 'labels': [[0, 3, 'PER']]})}\n"
    summary, articles, names = read(tmp_path, "a.jsonl", held)
    assert (len(summary.problems), articles[0].article.meta) == (1, {})
    assert (spans((summary, articles, names)), [*names.values()]) == ([("PER", ["Ada"])], ["Anna", "ben"])


def test_tasks_of_label_studio_may_say_nothing_yet(tmp_path: Path) -> None:
    tasks = [{"data": {"my_text": one, "my_id": "0" * 20}} for one in ("Ada", "", "Ben")]
    summary, articles, _ = read(tmp_path, "a.json", tasks)
    assert [one.article.text for one in articles] == ["Ada", "Ben"]
    assert [one.line for one in summary.problems] == [2]


def test_label_studio_counts_line_ends_once_and_may_quote_nothing(tmp_path: Path) -> None:
    value = {"start": 4, "end": 7, "text": "", "labels": ["PER"]}
    result = [{"id": "1", "type": "labels", "to_name": "text", "from_name": "l", "value": value}]
    task = {"id": 1, "data": {"text": "Ada\r\nBen left"}, "annotations": [{"result": result}]}
    found = read(tmp_path, "a.json", [task])
    assert (found[0].problems, spans(found)) == ((), [("PER", ["Ben"])])
    assert "positions count the two characters of a line end as one" in str(found[0].notes)


def test_of_what_came_along_with_a_text_of_doccano_nothing_is_lost(tmp_path: Path) -> None:
    record = {"text": TEXT, "labels": [[0, 3, "PER"]], "meta": {"page": 3}, "metadata": "from the archive"}
    summary, articles, _ = read(tmp_path, "a.jsonl", json.dumps(record))
    assert articles[0].article.meta == {"page": "3", "metadata": "from the archive"}
    assert summary.problems == ()


def test_a_cas_in_json_may_be_of_before_2021(tmp_path: Path) -> None:
    apart = {
        "1": {"_type": "Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": TEXT},
        "7": {"_type": "Say", "sofa": 1, "end": 8, "who": 'a "<b>', "args": [{"_type": "Link", "target": 8}]},
        "8": {"_type": "Claim", "sofa": 1, "begin": 14, "end": 16, "is_true": False},
    }
    view = {"Token": [{"sofa": 1, "end": 3}], "Say": [7], "Claim": [8]}
    view["NamedEntity"] = [{"sofa": 1, "end": 8, "value": "PER"}]
    held = {"_context": {"_types": {}}, "_views": {"_InitialView": view}, "_referenced_fss": apart}
    found = read(tmp_path, "a.json", held)
    assert found[0].problems == ()
    assert spans(found) == [("Claim", ["no"]), ("PER", ["Ada Rask"]), ("Say", ["Ada Rask"])]
    (says,) = (one for one in found[1][0].spans if one.label == "Say")
    assert dict(says.attributes) == {"who": 'a "<b>'}
    assert [ends for _, ends in frames(found)] == [[("from", "Ada Rask"), ("to", "no")]]


@pytest.mark.parametrize("between", ["\n", "\r\n"])
def test_words_of_brat_tell_how_it_counts_the_ends_of_lines(tmp_path: Path, between: str) -> None:
    ann = "T1\tPER 0 3\tAda\nT2\tPER 5 8\tBen\nN1\tRef T2 W:Q1\t\tBen\n"
    folder = put(tmp_path / "in", a__ann=ann)
    (folder / "a.txt").write_bytes(f"Ada,{between}Ben".encode())
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, folder, new_labels="add").problems == ()
        (content,) = project.contents()
    assert [(one.start, one.end) for one in content.spans] == [(0, 3), (5, 8)]
    assert dict(content.spans[1].attributes) == {"Ref": "W:Q1 Ben"}


def test_words_that_regions_quote_tell_how_line_ends_are_counted(tmp_path: Path) -> None:
    text = "No.\r\nWe re-read it"
    value = {"start": 10, "end": 14, "text": text[10:14], "labels": ["PART"]}
    result = [{"id": "1", "type": "labels", "to_name": "text", "from_name": "l", "value": value}]
    found = read(tmp_path, "a.json", [{"id": 1, "data": {"text": text}, "annotations": [{"result": result}]}])
    assert (found[0].problems, spans(found)) == ((), [("PART", ["-rea"])])


def test_line_ends_say_nothing_where_words_have_no_blanks(tmp_path: Path) -> None:
    text = "市长说，渡船。\r\n没有人知道，渡船。会留下来"
    found = read(tmp_path, "a.jsonl", json.dumps({"text": text, "label": [[10, 12, "P"], [13, 14, "P"]]}))
    assert spans(found) == [("P", ["有人"]), ("P", ["道"])]


def test_an_answer_that_holds_articles_is_no_task(tmp_path: Path) -> None:
    held = {"data": {"status": "ok", "articles": [{"id": "a", "text": "Ada left."}]}}
    assert "ok" not in [one.article.text for one in read(tmp_path, "a.json", held)[1]]


def test_a_field_without_a_name_is_kept(tmp_path: Path) -> None:
    held = {"text": TEXT, "label": [[0, 3, "PER"]], "": "kept"}
    assert read(tmp_path, "a.jsonl", json.dumps(held))[1][0].article.meta == {"": "kept"}
