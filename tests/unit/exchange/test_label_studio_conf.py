"""The configuration beside Label Studio's tasks: every label, colour and question, and whose file it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from made_projects import FLAG, SCHEME, WORDS, bring, export, project_in

from annotator.exchange.tools.label_studio_conf import Controls, conf_text, meant, read_again
from annotator.model.errors import UserError
from annotator.model.records import Fragment
from annotator.model.resources import resource
from annotator.model.scheme import Attribute, Label, Scheme, read_scheme
from annotator.services.exporting import formats_out
from annotator.services.project import Project

TEXT = "Ada said no."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with project_in(tmp_path, "p") as found:
        bring(found, tmp_path / "a.txt")
        claim = found.add_span(found.article_ids()[0], "CLAIM", (Fragment(9, 11),)).changes[0].record
        found.change_span(claim.id, attributes={"denied": "yes", "wording": "none at all"})
        yield found


def parts(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def values(tree: ElementTree.Element, path: str) -> list[str]:
    return [one.get("value", "") for one in tree.findall(path)]


def test_everything_of_a_scheme_is_in_it() -> None:
    tree = parts(conf_text(SCHEME))
    assert values(tree, "Labels/Label") == ["CLAIM", "SOURCE", "PERSON"]
    assert values(tree, "Relations/Relation") == ["TELLS", "LINK", "SAME"]
    assert values(tree, "Choices[@name='article']/Choice") == ["TOPIC"]
    denied = tree.find(".//Choices[@name='denied']")
    assert denied is not None
    assert denied.attrib["perRegion"] == "true"
    assert (denied.attrib["whenTagName"], denied.attrib["whenLabelValue"]) == ("label", "CLAIM")
    assert values(denied, "Choice") == ["no", "yes"]
    assert tree.find(".//TextArea[@name='wording']") is not None
    text = tree.find("Text")
    assert text is not None
    assert text.attrib == {"name": "text", "value": "$text", "granularity": "symbol"}


def test_a_label_that_looks_like_a_field_of_the_task_is_shown_with_another_sign() -> None:
    money = replace(
        SCHEME.of("span")[0], name="$MONEY", attributes=(Attribute("of", "choice", ("$x", "5 $")),)
    )
    scheme = replace(SCHEME, labels=(money, *SCHEME.labels[1:]))
    tree = parts(conf_text(scheme))
    label = tree.findall("Labels/Label")[0]
    assert (label.get("value"), label.get("alias")) == ("＄MONEY", "$MONEY")
    chosen = [(one.get("value"), one.get("alias")) for one in tree.findall(".//Choices[@name='of']/Choice")]
    assert chosen == [("＄x", "$x"), ("5 $", None)]
    assert read_again(conf_text(scheme).encode()) == meant(scheme)


def test_what_is_asked_of_a_label_is_seen_with_its_head_when_such_a_region_is_chosen() -> None:
    tree = parts(conf_text(SCHEME))
    assert tree.findall("Header") == []
    views = {view.find("Header").get("value"): view for view in tree.findall("View")}  # type: ignore[union-attr]
    assert list(views) == ["denied", "kind", "wording"]
    for name, view in views.items():
        asked = view.find(f"*[@name='{name}']")
        assert asked is not None
        assert view.get("visibleWhen") == "region-selected"
        when = [(one.get("whenTagName"), one.get("whenLabelValue")) for one in (view, asked)]
        assert when == [("label", "CLAIM")] * 2


def test_it_has_the_colours_of_the_scheme_and_holds_for_any_name() -> None:
    odd = '<b>"two" & more'
    other = Attribute("kind", "choice", ("unset", "third"))
    scheme = Scheme(
        odd + "--",
        "",
        (
            Label(odd, "span", title="T", colour="#aa3300", attributes=(FLAG, Attribute("label", "text"))),
            Label("B", "span", attributes=(FLAG, other)),
            Label("C", "span", attributes=(Attribute("kind", "choice", ("unset", "first")), WORDS)),
        ),
    )
    tree = parts(conf_text(scheme))
    first = tree.find("Labels/Label")
    assert first is not None
    assert first.attrib == {"value": odd, "hint": "T", "background": "#aa3300"}
    names = [one.get("name") for one in tree.iter() if one.get("name")]
    assert sorted(set(names)) == sorted(names)
    assert Controls(scheme).own["label"] == "label_"
    assert tree.find(".//TextArea[@name='label']") is not None
    denied, kind = (tree.find(f".//Choices[@name='{name}']") for name in ("denied", "kind"))
    assert denied is not None
    assert denied.attrib["whenLabelValue"] == f"{odd},B"
    assert kind is not None
    assert values(kind, "Choice") == ["unset", "third", "first"]
    assert {one.get("toName") for one in tree.iter() if one.get("toName")} == {"text"}


def test_it_lies_beside_the_tasks_and_fits_them(project: Project, tmp_path: Path) -> None:
    export(project, tmp_path / "tasks.json", "label_studio")
    tree = parts((tmp_path / "tasks.labels.xml").read_text("utf-8"))
    (task,) = json.loads((tmp_path / "tasks.json").read_text("utf-8"))
    kinds = {"labels": "Labels", "choices": "Choices", "textarea": "TextArea"}
    results = task["annotations"][0]["result"]
    assert [one["type"] for one in results] == ["labels", "choices", "textarea"]
    for one in results:
        control = tree.find(f".//{kinds[one['type']]}[@name='{one['from_name']}']")
        assert control is not None
        assert control.get("toName") == one["to_name"]
    assert not list(tmp_path.glob(".annotator*"))
    export(project, tmp_path / "tasks.json", "label_studio")
    with project_in(tmp_path, "q") as other:
        assert bring(other, tmp_path / "tasks.json").problems == ()
        (span,) = next(iter(other.contents())).spans
        assert span.attributes == {"denied": "yes", "wording": "none at all"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<Label value="CLAIM"', '<Label value="CLAIMS"'),
        ('<Relation value="LINK"', '<Relation value="LINKS"'),
        ('<Choice value="TOPIC"', '<Choice value="TOPICS"'),
        ('<Choice value="two words"', '<Choice value="two word"'),
        ('<TextArea name="wording"', '<TextArea name="words"'),
        ('whenLabelValue="CLAIM"', 'whenLabelValue="SOURCE"'),
        ('toName="text"', 'toName="texts"'),
        ("</View>", ""),
    ],
)
def test_another_name_on_the_disk_is_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    exporter = formats_out()["label_studio"].exporter
    assert exporter is not None
    verify = exporter.verify

    def spoiled(path: Path, *given: Any) -> Iterator[int]:
        (conf,) = path.parent.glob(f"{path.stem}.labels.xml*")
        written = conf.read_text("utf-8")
        assert before in written
        conf.write_text(written.replace(before, after), "utf-8")
        return verify(path, *given)

    monkeypatch.setattr(type(exporter), "verify", lambda _self, *given: spoiled(*given))
    with pytest.raises(UserError):
        export(project, tmp_path / "tasks.json", "label_studio")
    assert not list(tmp_path.glob("tasks*"))


@pytest.mark.parametrize(
    "scheme", [SCHEME, read_scheme(resource("schemes/default.toml")), Scheme("", "", ())]
)
def test_what_it_says_is_what_is_meant(scheme: Scheme) -> None:
    odd = Label(
        '<b>"two"\n&\x0b', "span", title="\x1f", attributes=(Attribute("a\tb", "choice", ("\x02", "")),)
    )
    for one in (scheme, replace(scheme, labels=(*scheme.labels, odd))):
        assert read_again(conf_text(one).encode()) == meant(one)


def test_it_is_no_article_when_the_folder_is_imported(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    export(project, folder / "tasks.json", "label_studio")
    (folder / "other.xml").write_text("<newsitem><p>Ben agreed.</p></newsitem>", "utf-8")
    assert (folder / "tasks.labels.xml").exists()
    with project_in(tmp_path, "q") as other:
        summary = bring(other, folder)
        assert summary.problems == ()
        assert sorted(one.article.text for one in other.contents()) == [TEXT, "Ben agreed."]
        assert dict(summary.formats) == {"label_studio": 1, "xml": 1}


def test_the_configuration_of_somebody_else_stays(project: Project, tmp_path: Path) -> None:
    (tmp_path / "tasks.labels.xml").write_text("<View/>", "utf-8")
    with pytest.raises(UserError, match=r"tasks\.labels\.xml would be written too"):
        export(project, tmp_path / "tasks.json", "label_studio")
    assert (tmp_path / "tasks.labels.xml").read_text("utf-8") == "<View/>"
    assert sorted(one.name for one in tmp_path.iterdir() if "tasks" in one.name) == ["tasks.labels.xml"]
    assert not list(tmp_path.glob(".annotator*"))


def test_the_default_scheme_has_one() -> None:
    scheme = read_scheme(resource("schemes/default.toml"))
    tree = parts(conf_text(scheme))
    assert len(values(tree, "Labels/Label")) == len(scheme.of("span"))
    assert len(values(tree, "Relations/Relation")) == len(scheme.of("frame"))
    colours = [one.get("background") for one in tree.findall("Labels/Label")]
    assert len(set(colours)) == len(colours)


def test_what_is_not_read_of_a_task_is_told(tmp_path: Path) -> None:
    region = {"id": "r", "type": "labels", "value": {"start": 0, "end": 3, "labels": ["SOURCE"]}}
    choices = {"type": "choices", "value": {"choices": ["TOPIC", "OTHER"]}}
    pairwise = {"type": "pairwise", "value": {"selected": "left"}}
    ranked = {"type": "ranker", "value": {"ranker": {"good": ["a"]}}}
    written = {"type": "chatmessage", "to_name": "chat", "value": {"chatmessage": {"content": "Hi"}}}
    task = {
        "data": {"text": TEXT},
        "annotations": [
            {"result": [region, {"type": "rating", "value": {"rating": 4}}, pairwise, ranked, written]},
            {"result": [region, region], "was_cancelled": True},
        ],
        "predictions": [{"result": [choices], "model_version": "m"}],
    }
    (tmp_path / "a.json").write_text(json.dumps([task]), "utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "a.json", format_name="label_studio")
        told = " | ".join(summary.notes)
        assert "left out: 1 × skipped annotations, with what was in them" in told
        assert "left out: 2 × labels of the whole text that a model proposed" in told
        assert "left out: 1 × results of kinds that are not read" in told
        assert "left out: 1 × choices between two texts" in told
        assert "left out: 1 × messages of a chat that was written while labelling" in told
        assert "a.json, record 1: rating: 4" in told
        assert (summary.spans, summary.article_labels, summary.problems) == (1, 0, ())
