"""brat folders as others lay them out: a configuration above, blanks in it, and BioNLP's pairs of files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from made_projects import all_facts, bring, export, project_in
from read_again import NOTHING

from annotator.exchange.brat.brat_in import conf_of, text_of
from annotator.exchange.brat.brat_names import fit
from annotator.model.formats import ImportOptions
from annotator.model.records import ArticleContent
from annotator.model.resources import resource
from annotator.model.scheme import Attribute, Label, Scheme, read_scheme
from annotator.services.importing import ImportSummary

TEXT = "The mayor said the bridge is safe.\n"
NAMES = "T1\tOffice 0 9\tThe mayor\nT2\tThing 15 25\tthe bridge\n"
EVENTS = "*\tEquiv T1 T2\nT3\tSaying 10 14\tsaid\nE1\tSaying:T3 Who:T1 What:T2\nM1\tSpeculation E1\n"


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for ending, text in files.items():
        (folder / f"a.{ending}").write_text(text, "utf-8")
    return folder


def read(folder: Path, lines: Iterable[str]) -> tuple[ImportSummary, ArticleContent]:
    """Import lines of standoff into a project without a scheme; return what is said, and the article."""
    put(folder / "in", txt=TEXT, ann="\n".join(lines))
    with project_in(folder, "p", NOTHING) as project:
        summary = bring(project, folder / "in", new_labels="add")
        (content,) = project.contents()
    return summary, content


def test_the_configuration_may_lie_above_the_folder(tmp_path: Path) -> None:
    inner = put(tmp_path / "corpus" / "part" / "one", txt=TEXT, ann=NAMES + "A1\tMood T1 High\n")
    conf = tmp_path / "corpus" / "annotation.conf"
    conf.write_text("[entities]\nOffice\n[attributes]\nMood   \t Arg:Office, Value:High|Low\n", "utf-8")
    assert conf_of(inner / "a.ann") == conf
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, tmp_path / "corpus", new_labels="add").problems == ()
        office = project.scheme.label("Office")
        assert office is not None
        assert [(one.name, one.values) for one in office.attributes] == [("Mood", ("unset", "High", "Low"))]


def test_attributes_may_be_told_before_the_labels_that_have_them(tmp_path: Path) -> None:
    put(tmp_path / "in", txt=TEXT, ann=NAMES + EVENTS)
    (tmp_path / "in" / "annotation.conf").write_text(
        "[attributes]\t\nMood Arg:<EVENT>, Value:High | Low\nOld Arg: Thing\n"
        "[entities]\nOffice\nThing\n[relations]\n[events]\nSaying Who:Office, What:Thing\n",
        "utf-8",
    )
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, tmp_path / "in", new_labels="add").problems == ()
        known = {
            one.name: [(each.name, each.values) for each in one.attributes] for one in project.scheme.labels
        }
    assert known["Thing"] == [("Old", ("no", "yes"))]
    assert ("Mood", ("unset", "High", "Low")) in known["Saying"]


def test_the_text_of_standoff_may_be_called_so_with_other_capitals(tmp_path: Path) -> None:
    (tmp_path / "A.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.ann").write_text(NAMES, "utf-8")
    (tmp_path / "b.ann").write_text(NAMES, "utf-8")
    for name in ("B.txt", "b.TXT"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert text_of(tmp_path / "a.ann", ImportOptions()) == (tmp_path / "A.txt", "")
    assert text_of(tmp_path / "b.ann", ImportOptions()) == (None, "")  # which of the two is not said


def test_a_long_line_without_tabs_is_no_relation(tmp_path: Path) -> None:
    # To try all ways in which its ends could be parted would take for ever.
    put(tmp_path / "in", txt=TEXT, ann=NAMES + "R1 Near " + "a:b:c " * 60 + "end\n")
    with project_in(tmp_path, "p", NOTHING) as project:
        (problem,) = bring(project, tmp_path / "in", new_labels="add").problems
    assert "is no line of brat standoff" in str(problem)


def test_a_number_sign_begins_a_remark_only_where_a_line_begins(tmp_path: Path) -> None:
    put(tmp_path / "in", txt=TEXT, ann=NAMES + "A1\tUnit T2 #Segments\n")
    (tmp_path / "in" / "annotation.conf").write_text(
        "# Names\n[entities]\nOffice\n#Gone\nThing\n[attributes]\nUnit Arg:Thing, Value:Low|#Segments|%\n",
        "utf-8",
    )
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, tmp_path / "in", new_labels="add").problems == ()
        thing = project.scheme.label("Thing")
        assert thing is not None
        assert thing.attributes[0].values == ("unset", "Low", "#Segments", "%")


def test_a_configuration_too_far_above_is_another_one(tmp_path: Path) -> None:
    inner = put(tmp_path / "1" / "2" / "3" / "4" / "5", txt=TEXT, ann=NAMES)
    (tmp_path / "annotation.conf").write_text("[entities]\nOffice\n", "utf-8")
    assert conf_of(inner / "a.ann") is None


def test_blanks_before_the_tab_of_a_configuration_are_no_part_of_a_name(tmp_path: Path) -> None:
    put(
        tmp_path / "in",
        txt=TEXT,
        ann=NAMES + "T3\tAttribution-no-source 10 14\tsaid\nE1\tAttribution-no-source:T3 Content:T2 \n",
    )
    (tmp_path / "in" / "annotation.conf").write_text(
        "[entities]\nOffice\nThing\t\n[events]\nAttribution-no-source \tContent:Thing, Cue:Office\n", "utf-8"
    )
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, tmp_path / "in", new_labels="add").problems == ()
        event = project.scheme.label("Attribution-no-source")
        assert event is not None
        assert [one.name for one in event.roles][:2] == ["Content", "Cue"]


@pytest.mark.parametrize("name", ["", "a.a1", "a.a2"])
def test_names_and_events_of_bionlp_are_read_as_one(tmp_path: Path, name: str) -> None:
    folder = put(tmp_path / "in", txt=TEXT, a1=NAMES, a2=EVENTS)
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder / name, new_labels="add")
        assert (summary.problems, dict(summary.formats)) == ((), {"brat": 1})
        (content,) = project.contents()
        found = {(one.label, content.article.text[one.start : one.end]) for one in content.spans}
        assert found == {("Office", "The mayor"), ("Thing", "the bridge"), ("TRIGGER", "said")}
        assert sorted(one.label for one in content.frames) == ["Equiv", "Saying"]
        saying = next(one for one in content.frames if one.label == "Saying")
        assert saying.attributes == {"Speculation": "yes"}


def test_names_alone_are_read_too(tmp_path: Path) -> None:
    put(tmp_path / "in", txt=TEXT, a1=NAMES)
    with project_in(tmp_path, "p", NOTHING) as project:
        bring(project, tmp_path / "in", new_labels="add")
        (content,) = project.contents()
        assert len(content.spans) == 2


def test_what_is_wrong_in_the_second_file_is_named_with_both(tmp_path: Path) -> None:
    put(tmp_path / "in", txt=TEXT, a1=NAMES, a2="E1\tSaying Who:T1\n")
    with project_in(tmp_path, "p", read_scheme(resource("schemes/default.toml"))) as project:
        first = bring(project, tmp_path / "in", new_labels="add").problems[0]
    assert (first.file, first.line) == ("a.a1 + a.a2", 3)


def test_folders_with_the_same_texts_may_be_of_one_annotator_each(tmp_path: Path) -> None:
    put(tmp_path / "in" / "ada", txt=TEXT, ann="T1\tOffice 0 9\tThe mayor\n")
    put(tmp_path / "in" / "ben", ann="T1\tOffice 0 9\tThe mayor\n")  # the text of both lies above
    put(tmp_path / "in", txt=TEXT)
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "in", new_labels="add", chosen={"whose": "folder"})
        assert summary.problems == ()
        (content,) = project.contents()
        names = {one.id: one.name for one in project.annotators()}
        assert sorted(names[one.annotator] for one in content.spans) == ["ada", "ben"]
    with project_in(tmp_path, "q", NOTHING) as project:
        notes = bring(project, tmp_path / "in", new_labels="add").notes
        assert "(option whose=folder takes each folder for another annotator's)" in " ".join(notes)


def test_lines_with_blanks_for_tabs_and_tabs_for_blanks_are_read(tmp_path: Path) -> None:
    lines = (
        "T1 Office 0 9 The mayor",
        "T2\tThing\t15\t25\tthe bridge",
        "T3  Saying  10 14;15 25  said the bridge",
        "R1 About Arg1:T3 Arg2:T2",
        "E1 Saying:T3 Who:T1",
        "A1\tMood\tT1\tHigh",
        "#1 AnnotatorNotes T2 which one?",
    )
    summary, content = read(tmp_path, lines)
    assert summary.problems == ()
    assert "a.ann, line 1: 7 lines have blanks where brat has tabs" in " ".join(map(str, summary.notes))
    assert sorted(one.label for one in content.frames) == ["About", "Saying"]
    said = {one.label: (dict(one.attributes), one.note, len(one.fragments)) for one in content.spans}
    assert said["Office"] == ({"Mood": "High"}, "", 1)
    assert said["Thing"] == ({}, "which one?", 1)


def test_labels_of_others_may_have_blanks_and_colons(tmp_path: Path) -> None:
    lines = (
        "T1\tHigh Office 0 9\tThe mayor",
        "T2\tGO:12 15 25",
        "R1\tspeaks of Arg1:T1 Arg2:T2",
        "R2\tGO:is Arg1:T2 Arg2:T1",
        "A1\tMood T1 very high",
    )
    summary, content = read(tmp_path, lines)
    assert summary.problems == ()
    assert [(one.label, dict(one.attributes)) for one in content.spans] == [
        ("High Office", {"Mood": "very high"}),
        ("GO:12", {}),
    ]
    assert sorted(one.label for one in content.frames) == ["GO:is", "speaks of"]


def test_hyphens_alone_are_no_name_in_a_configuration() -> None:
    assert [fit(one) for one in ("--", "a-b", "-")] == ["__", "a-b", "_"]


def test_pieces_may_be_quoted_without_a_blank_between_them(tmp_path: Path) -> None:
    lines = (
        "T1\tOffice 0 3;4 9\tThemayor",
        "T2\tThing 15 18;19 25\tthe bridge",
        "T3\tSaying 10 14;26 28\tsays",
    )
    summary, content = read(tmp_path, lines)
    assert [[tuple(piece) for piece in one.fragments] for one in content.spans] == [
        [(0, 3), (4, 9)],
        [(15, 18), (19, 25)],
    ]
    (problem,) = summary.problems
    assert "says" in str(problem)


def test_roles_that_are_numbered_from_one_keep_their_numbers(tmp_path: Path) -> None:
    lines = (
        NAMES.strip(),
        "T3\tSaying 10 14\tsaid",
        "E1\tSaying:T3 Arg1:T1 Arg2:T2",
        "E2\tSaying:T3 Arg1:T1",
    )
    _, content = read(tmp_path, lines)
    roles = [[end.role for end in one.roles if end.role != "trigger"] for one in content.frames]
    assert sorted(roles) == [["Arg1"], ["Arg1", "Arg2"]]


def test_names_that_brat_cannot_have_are_shown_there_and_come_back(tmp_path: Path) -> None:
    kind = Attribute("程度", "choice", ("unset", "高"))
    labels = (Label("状态", "span", attributes=(kind,)), Label("部位", "span"), Label("noun.act", "span"))
    put(tmp_path / "in", txt=TEXT, ann=NAMES.replace("Office", "__").replace("Thing", "noun_act"))
    with project_in(tmp_path, "p", Scheme("odd", "", labels)) as project:
        bring(project, tmp_path / "in", labels={"__": "状态", "noun_act": "noun.act"})
        before = all_facts(project)
        assert {label for one in before.values() for label, *_ in one["spans"]} == {"状态", "noun.act"}
        export(project, tmp_path / "out", "brat")
    shown = (tmp_path / "out" / "visual.conf").read_text("utf-8")
    assert ("\n__ | 状态\n" in shown, "\nnoun_act | noun.act\n" in shown) == (True, True)
    with project_in(tmp_path, "q", NOTHING) as other:
        assert bring(other, tmp_path / "out", new_labels="add").problems == ()
        assert all_facts(other) == before
        added = other.scheme.label("状态")
        assert added is not None
        assert [one.name for one in added.attributes] == ["程度"]
    (tmp_path / "out" / "visual.conf").write_text("[labels]\nnoun_act | noun.act\n", "utf-8")
    with project_in(tmp_path, "r", NOTHING) as third:  # as others show their labels
        bring(third, tmp_path / "out", new_labels="add")
        assert third.scheme.label("noun_act") is not None
