"""BioC, PubTator, MAE, graphs of arguments; and files of tools that are known and not read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from read_again import frames, read, said, spans

TEXT = "Ada said no."

# --- BioC ------------------------------------------------------------------------------------------------

BIOC = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE collection SYSTEM "BioC.dtd">
<collection><source>own</source><date/><key/><document><id>d1</id><infon key="outlet">Own</infon>
<passage><offset>0</offset><text>A title.</text></passage>
<passage><infon key="type">body</infon><offset>9</offset>
<sentence><offset>9</offset><text>Ada said no.</text><annotation id="T1"><infon key="type">PERSON</infon>
<infon key="id">Q1</infon><location offset="9" length="3"/><text>Ada</text></annotation></sentence>
<sentence><offset>22</offset><text>Ben left and Cy.</text><annotation id="T2"><infon key="type">PERSON</infon>
<location offset="22" length="3"/><location offset="35" length="2"/><text>Ben Cy</text></annotation>
<annotation id="T3"><location offset="22" length="3"/><text>Ann</text></annotation></sentence>
<relation id="R1"><infon key="type">KNOWS</infon><node refid="T1" role="who"/><node refid="T2" role="whom"/>
</relation></passage></document><document><id>d2</id><passage><offset>x</offset><text>Lost.</text></passage>
</document></collection>"""


def test_bioc_counts_from_the_start_of_its_document(tmp_path: Path) -> None:
    found = read(tmp_path, "a.xml", BIOC)
    assert dict(found[0].formats) == {"corpora": 1}
    (content,) = found[1]
    assert content.article.text == "A title.\n\nAda said no. Ben left and Cy."
    assert spans(found) == [("PERSON", ["Ada"]), ("PERSON", ["Ben", "Cy"])]
    assert frames(found) == [("KNOWS", [("who", "Ada"), ("whom", "Ben")])]
    assert {"id": "Q1"} in [dict(one.attributes) for one in content.spans]
    assert content.article.meta["outlet"] == "Own"
    assert "T3: the file says it covers 'Ann', but the article has 'Ben'" in said(found)
    assert "documents[1].passages[0].offset: it has to be a whole number" in said(found)


def test_bioc_in_json_reads_the_same(tmp_path: Path) -> None:
    mark = {"id": "1", "infons": {"type": "PERSON"}, "text": "Ada", "locations": [{"offset": 9, "length": 3}]}
    untyped = {"id": "2", "infons": {}, "text": "no", "locations": [{"offset": 18, "length": 2}]}
    passages = [
        {"offset": 0, "text": "A title.", "annotations": []},
        {"offset": 9, "text": "Ada said no.", "annotations": [mark, untyped]},
    ]
    relations = [{"id": "R1", "infons": {}, "nodes": [{"refid": "1"}, {"refid": "2", "role": "to"}]}]
    document = {"id": "7", "infons": {}, "passages": passages, "relations": relations}
    found = read(tmp_path, "a.json", {"source": "own", "infons": {}, "documents": [document]})
    assert spans(found) == [("PERSON", ["Ada"]), ("annotation", ["no"])]
    assert frames(found) == [("relation", [("arg", "Ada"), ("to", "no")])]


@pytest.mark.parametrize("ending", [".txt", ".pubtator"])
def test_pubtator_holds_a_title_an_abstract_and_marks(tmp_path: Path, ending: str) -> None:
    lines = [
        "\n7|t|Ferries late",
        "7|a|Ada said no.",
        "7\t13\t16\tAda\tPERSON\tQ1",
        "7\t13\t16\tBen\tPERSON\tQ2",
        "7\tKNOWS\tQ1\tQ2",
        "odd",
        "",
        "8|t|Another",
    ]
    found = read(tmp_path, f"a{ending}", "\n".join(lines))
    assert dict(found[0].formats) == {"corpora": 1}
    assert [one.article.text for one in found[1]] == ["Ferries late\nAda said no.", "Another"]
    assert spans(found) == [("PERSON", ["Ada"])]
    assert "line 5: line 5: the file says it covers 'Ben'" in said(found)
    assert "relations between concepts were left out: 1" in said(found)
    assert "line 7: 'odd' is no line of PubTator" in said(found)


def test_a_text_that_only_has_such_signs_is_a_text(tmp_path: Path) -> None:
    assert dict(read(tmp_path, "a.txt", "He wrote 7|a|b on the wall.")[0].formats) == {"text": 1}


def test_what_is_none_of_them_is_refused_where_it_is_chosen(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "three").mkdir()
    text = read(tmp_path / "one", "a.txt", "Ada left.\nBen stayed.\n", format_name="corpora")
    assert said(text) == "a.txt: it does not begin as PubTator does, with 12345|t| and a title"
    other = read(tmp_path / "two", "a.xml", "<doc><p>Ada left.</p></doc>", format_name="corpora")
    assert "its elements are those of none of the corpora that are read" in said(other)
    rows = [{"full_text": TEXT, "spans": []}, {"body": TEXT}]
    mixed = read(tmp_path / "three", "a.jsonl", "\n".join(map(json.dumps, rows)), format_name="corpora")
    assert [one.article.text for one in mixed[1]] == [TEXT]
    assert "a.jsonl, line 2: no field tells which tool or corpus it is of" in said(mixed)


# --- MAE and i2b2 ----------------------------------------------------------------------------------------

MAE = """<?xml version="1.0" encoding="UTF-8" ?><Task><TEXT><![CDATA[
Mrs Mohr wants the house repainted.
]]></TEXT><TAGS>{}</TAGS></Task>"""


def mae(folder: Path, *tags: str) -> Any:
    return read(folder, "a.xml", MAE.format("\n".join(tags)))


def test_tags_of_mae_stand_in_the_text_and_links_between_them(tmp_path: Path) -> None:
    found = mae(
        tmp_path,
        '<NOUN id="N0" spans="1~4,5~9" text="Mrs ... Mohr" kind="person" comment="" />',
        '<NOUN id="N1" spans="20~25" text="house" />',
        '<NOUN id="N2" spans="-1~-1" text="" />',
        '<VERB id="V0" start="10" end="15" text="wants" />',
        '<MOOD id="M0" spans="-1~-1" text="" value="calm" />',
        '<ACTS id="A0" fromID="N0" fromText="Mrs" toID="V0" toText="wants" how="gladly" />',
        '<ROLES id="R0" agentID="N0" agentText="Mrs" themeID="N1" themeText="house" otherID="" />',
    )
    assert dict(found[0].formats) == {"corpora": 1}
    assert spans(found) == [("NOUN", ["Mrs", "Mohr"]), ("NOUN", ["house"]), ("VERB", ["wants"])]
    assert frames(found) == [
        ("ACTS", [("from", "Mrs"), ("to", "wants")]),
        ("ROLES", [("agent", "Mrs"), ("theme", "house")]),
    ]
    assert {"kind": "person"} in [dict(one.attributes) for one in found[1][0].spans]
    assert {"how": "gladly"} in [dict(one.attributes) for one in found[1][0].frames]
    assert [(one.label, dict(one.attributes)) for one in found[1][0].labels] == [("MOOD", {"value": "calm"})]
    assert "left out: 1 × NOUN without a place" in said(found)


def test_a_tag_of_mae_with_other_words_is_named(tmp_path: Path) -> None:
    found = mae(tmp_path, '<NOUN id="N0" start="1" end="4" text="Mr." />')
    assert "N0: the file says it covers 'Mr.', but the article has 'Mrs'" in said(found)


def test_xml_with_a_text_of_that_name_and_no_tags_is_an_article(tmp_path: Path) -> None:
    found = read(tmp_path, "a.xml", "<doc><TEXT>Ada left.</TEXT></doc>")
    assert dict(found[0].formats) == {"xml": 1}


# --- graphs of arguments -----------------------------------------------------------------------------------


def test_a_graph_of_arguments_is_stretches_and_what_they_do_to_each_other(tmp_path: Path) -> None:
    graph = """<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE arggraph SYSTEM "arggraph.dtd">
    <arggraph id="m1" topic_id="ferries" stance="pro"><edu id="e1"><![CDATA[They are slow.]]></edu>
    <edu id="e2"><![CDATA[But]]></edu><edu id="e3"><![CDATA[they are safe.]]></edu>
    <adu id="a1" type="opp"/><adu id="a2" type="pro"/><edge id="c1" src="e1" trg="a1" type="seg"/>
    <edge id="c2" src="e2" trg="a2" type="seg"/><edge id="c3" src="e3" trg="a2" type="seg"/>
    <edge id="c4" src="a1" trg="a2" type="reb"/><edge id="c5" src="a2" trg="c4" type="und"/></arggraph>"""
    found = read(tmp_path, "a.xml", graph)
    (content,) = found[1]
    assert content.article.text == "They are slow. But they are safe."
    assert spans(found) == [("opp", ["They are slow."]), ("pro", ["But", "they are safe."])]
    assert frames(found) == [
        ("reb", [("from", "They are slow."), ("to", "But")]),
        ("und", [("from", "But"), ("to", "<reb>")]),
    ]
    assert dict(content.article.meta) == {"topic_id": "ferries", "stance": "pro"}


# --- what is not read --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.json", {"annotatable": {"parts": []}, "anncomplete": False, "entities": []}, "labels of tagtog"),
        (
            "a.json",
            {"images": [{}], "annotations": [{"bbox": [1, 2]}], "categories": []},
            "labels of pictures (COCO)",
        ),
        (
            "a.json",
            {"version": "0.2", "content_type": "text_document", "content": {}},
            "a document of medkit",
        ),
        ("a.jsonl", {"uid": "1", "text": TEXT, "anns": [1], "metadata": {}}, "a document of medkit"),
        ("a.json", {"@context": "x", "target": {}, "body": []}, "it is a Web Annotation"),
        ("a.json", {"@context": "https://schema.org", "claimReviewed": "No."}, "it is a ClaimReview"),
        ("a.xml", "<NAF><raw>Ada left.</raw></NAF>", "it is NAF"),
        ("a.xml", '<FoLiA xmlns="http://ilk.uvt.nl/folia"><text><p/></text></FoLiA>', "it is FoLiA"),
        ("a.xml", "<TimeML>Ada left <TIMEX3>today</TIMEX3>.</TimeML>", "it is TimeML"),
    ],
)
def test_files_of_known_tools_are_refused_by_their_name(
    tmp_path: Path, name: str, data: Any, reason: str
) -> None:
    found = read(tmp_path, name, data if isinstance(data, str) else json.dumps(data))
    assert found[1] == []
    assert reason in said(found)


def test_data_of_another_kind_is_no_list_of_questions(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", {"version": "1", "data": TEXT, "text": TEXT})
    assert [one.article.text for one in found[1]] == [TEXT]


def test_elements_that_label_words_are_counted(tmp_path: Path) -> None:
    tei = "<text><p><rs key='a'>Ada</rs> met <persName>Ben</persName> and <hi>left</hi>.<lb/></p></text>"
    found = read(tmp_path, "a.xml", tei)
    assert "elements that label words were not read: 1 × persname, 1 × rs" in said(found)
