"""brat standoff: every kind of line, torn and wrong ones, and that out and in again loses what is told."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from made_projects import all_facts, bring, export, project_in
from read_again import NOTHING
from shared_data import DATA

from annotator.exchange.brat.brat_lines import read_lines, without_number
from annotator.exchange.brat.brat_out import Standoff, Written
from annotator.model.errors import UserError
from annotator.model.records import ArticleContent, Fragment
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.model.scheme_edits import RenameItem
from annotator.model.scheme_parts import Place

TEXT = "The mayor said the bridge is safe, but nobody drives there.\nShe asked why.\n"
ANN = """T1\tSource 0 9\tThe mayor
T2\tCue 10 14\tsaid
T3\tContent 15 33;39 52\tthe bridge is safe nobody drives
T4\tAttribution 10 14\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
T5\tContent 60 63\tShe
T6\tAsking 64 69\tasked
E2\tAsking:T6 Who:T5 About:E1
R1\tNear Arg1:T1 Arg2:T5\t
*\tEquiv T1 T5
A1\tDenied E1
A2\tMood T3 High
N1\tReference T1 Wiki:42\tThe Mayor
#1\tAnnotatorNotes T3\tsaid twice
#2\tLemma T2\tsay
"""


FIRST = ANN.split("T5", maxsplit=1)[0]


@pytest.fixture
def default() -> Scheme:
    return read_scheme(resource("schemes/default.toml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made_folder = tmp_path / "in"
    made_folder.mkdir()
    return made_folder


def put(folder: Path, ann: str, text: str = TEXT, name: str = "a") -> None:
    (folder / f"{name}.txt").write_text(text, "utf-8", newline="")
    (folder / f"{name}.ann").write_text(ann, "utf-8", newline="")


def covered(content: ArticleContent) -> dict[str, list[str]]:
    text, found = content.article.text, {}
    for one in content.spans:
        found.setdefault(one.label, []).append(" … ".join(text[start:end] for start, end in one.fragments))
    return found


def test_every_kind_of_line_comes_in(tmp_path: Path, folder: Path) -> None:
    put(folder, ANN)
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add")
        assert summary.problems == ()
        (content,) = project.contents()
        assert covered(content) == {
            "Source": ["The mayor"],
            "Cue": ["said"],
            "Content": ["the bridge is safe … nobody drives", "She"],
            "TRIGGER": ["asked"],
        }
        names = {one.id: content.article.text[one.start : one.end] for one in content.spans}
        frames = {one.label: one for one in content.frames}
        names |= {one.id: one.label for one in content.frames}
        ends = {label: [(end.role, names[end.end]) for end in frame.roles] for label, frame in frames.items()}
        words = "the bridge is safe, but nobody drives"
        assert ends == {
            "Attribution": [
                ("Source", "The mayor"),
                ("Cue", "said"),
                ("Content", words),
            ],
            "Asking": [("Who", "She"), ("About", "Attribution"), ("trigger", "asked")],
            "Near": [("Arg1", "The mayor"), ("Arg2", "She")],
            "Equiv": [("member", "The mayor"), ("member", "She")],
        }
        assert frames["Attribution"].attributes == {"Denied": "yes"}
        spans = {one.label: one for one in content.spans if one.start != 60}
        assert spans["Content"].attributes == {"Mood": "High"}
        assert spans["Content"].note == "said twice"
        assert spans["Source"].attributes == {"Reference": "Wiki:42 The Mayor"}
        assert spans["Cue"].attributes == {"Lemma": "say"}
        assert content.article.name == "a.txt"
        assert (summary.articles, summary.spans, summary.frames) == (1, 5, 4)
        assert {one.how for one in summary.labels} == {"added"}
        project.undo()
        assert (list(project.article_ids()), project.scheme.labels) == ([], ())


def test_attributions_become_those_of_the_scheme(tmp_path: Path, folder: Path, default: Scheme) -> None:
    put(folder, FIRST + "T7\tCue 64 69\tasked\nT8\tAttribution-no-source 64 69\tasked\n"
        "T9\tContent 70 73\twhy\nE3\tAttribution-no-source:T8 Cue:T7 Content:T9\n")  # fmt: skip
    with project_in(tmp_path, "p", default) as project:
        assert bring(project, folder).problems == ()
        (content,) = project.contents()
        first, second = sorted(content.frames, key=lambda one: one.id)
        assert (first.label, [one.role for one in first.roles]) == (
            "ATTRIBUTION",
            ["source", "cue", "claim"],
        )
        assert [one.role for one in second.roles] == ["cue", "claim", "implicit_source"]
        assert [one.name for one in content.actors] == ["not said"]
        export(project, tmp_path / "out", "brat", chosen={"names": "polnear"})
        lines = (tmp_path / "out" / "a.ann").read_text("utf-8").splitlines()
        assert "E1\tAttribution:T6 Source:T1 Cue:T2 Content:T3" in lines
        assert [one for one in lines if one.startswith("E2")] == [
            "E2\tAttribution-no-source:T7 Cue:T4 Content:T5"
        ]


def test_attributions_of_corpora_find_renamed_labels(tmp_path: Path, folder: Path, default: Scheme) -> None:
    put(folder, FIRST)
    renamed = {"CLAIM": "ASSERTION", "SOURCE": "SPEAKER", "CUE": "VERB", "ATTRIBUTION": "REPORT"}
    with project_in(tmp_path, "p", default) as project, project_in(tmp_path, "q", default) as other:
        for name, to in renamed.items():
            project.schemes.change(RenameItem(Place(name), to))
        for one in (project, other):
            assert bring(one, folder).problems == ()
        (content,), (plain,) = project.contents(), other.contents()
        assert [one.label for one in content.frames] == ["REPORT" for _ in plain.frames]
        assert sorted(one.label for one in content.spans) == sorted(
            renamed.get(one.label, one.label) for one in plain.spans
        )
        export(project, tmp_path / "new", "brat", chosen={"names": "polnear"})
        export(other, tmp_path / "old", "brat", chosen={"names": "polnear"})
        assert (tmp_path / "new" / "a.ann").read_bytes() == (tmp_path / "old" / "a.ann").read_bytes()


def test_what_is_not_in_the_scheme_is_named_once_with_its_count(
    tmp_path: Path, folder: Path, default: Scheme
) -> None:
    put(folder, "T1\tMayor 0 9\tThe mayor\nT2\tMayor 60 63\tShe\nT3\tCue 10 14\tsaid\nA1\tLoud T3\n")
    with project_in(tmp_path, "p", default) as project:
        summary = bring(project, folder)
        assert [str(one) for one in summary.problems] == [
            "a.ann: label: CUE has no attribute 'Loud' in the scheme; left out once",
            (
                "a.ann: label: the scheme of this project has no label 'Mayor': "
                "add it, choose one of the scheme for it, or leave it out; left out 2 times"
            ),
        ]
        assert summary.articles == 1
    with project_in(tmp_path, "q", default) as project:
        chosen = {"Mayor": "SOURCE", "Cue.Loud": ""}
        assert bring(project, folder, labels=chosen).problems == ()
        (content,) = project.contents()
        assert covered(content) == {"SOURCE": ["The mayor", "She"], "CUE": ["said"]}


@pytest.mark.parametrize(
    ("ann", "words"),
    [
        ("T1\tA 0 999\tThe mayor\n", "line 1: T1: "),
        ("T1\tA 9 0\tx\n", "is empty or ends before it starts"),
        ("T1\tA 0 9\tThe baker\n", "the file says it covers 'The baker', but the article has 'The mayor'"),
        ("T1\tA 0 9\tThe mayor\nT1\tA 0 9\tThe mayor\n", "line 2: T1: the id T1 stands twice"),
        ("T1 A 0-9 The mayor\n", "line 1: 'T1 A 0-9 The mayor' is no line of brat standoff"),
        ("T1\tA zero 9\tThe mayor\n", "expected LABEL START END"),
        ("T1\tA 0 9\tThe mayor\nR1\tB Arg1:T1 Arg2:T9\n", "R1: Arg2 points to 'T9', which is not there"),
        ("T1\tA 0 9\tThe mayor\nR1\tB Arg1:T1\n", "a relation has two ends, not 1"),
        ("T1\tA 0 9\tThe mayor\nE1\tB Arg1:T1\n", "expected LABEL:ID"),
        ("T1\tA 0 9\tThe mayor\nE1\tB:T1 Arg1\n", "expected ROLE:ID"),
        ("T1\tA 0 9\tThe mayor\nR1\t \n", "line 2: R1: expected a label, and what it links"),
        ("A1\tNegation T7\n", "it is about 'T7', which is not there"),
        ("A1\tNegation\n", "expected a name and the id of what it is about"),
        ("T1\tA 0 9\tThe mayor\n???\n", "nor the rest of T1 above"),
        ("T1\tA 0 9\tThe mayor\nA1\tN T1 x\nA2\tN T1 y\n", "T1 has two values of N"),
    ],
)
def test_a_line_that_is_wrong_is_named_and_the_rest_goes_on(
    tmp_path: Path, folder: Path, ann: str, words: str
) -> None:
    put(folder, ann + "T90\tOTHER 60 63\tShe\n")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add")
        assert words in " | ".join(map(str, summary.problems))
        (content,) = project.contents()
        assert "She" in [content.article.text[one.start : one.end] for one in content.spans]


def test_a_torn_line_is_put_together_and_said(tmp_path: Path, folder: Path) -> None:
    put(folder, "T1\tA 53 63\tthere.\nShe\nT2\tB 0 3\tThe\n")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add")
        assert summary.problems == ()
        assert "a.ann, line 2: the line is torn: it is the rest of what T1 covers" in " ".join(summary.notes)
        (content,) = project.contents()
        assert covered(content) == {"A": ["there.\nShe"], "B": ["The"]}


def test_a_covered_text_that_stands_elsewhere_is_taken_from_there_and_said(
    tmp_path: Path, folder: Path
) -> None:
    put(folder, "T1\tA 20 26\tnobody\n")
    with project_in(tmp_path, "p", NOTHING) as project:
        assert "the words stand at 39 alone" in str(bring(project, folder, new_labels="add").problems[0])
        project.undo()
        summary = bring(project, folder, new_labels="add", find_words=True)
        assert summary.problems == ()
        assert "taken from 39, the only place where it stands" in " ".join(summary.notes)
        (content,) = project.contents()
        assert covered(content) == {"A": ["nobody"]}


def test_offsets_count_the_text_as_the_file_has_it(tmp_path: Path, folder: Path) -> None:
    put(folder, "T1\tA 14 19\tthree\nT2\tB 10 12\t😀2\n", "\ufeffone\r\ntwo\r😀2\r\nthree\r\n")
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, folder, new_labels="add").problems == ()
        (content,) = project.contents()
        assert content.article.text == "one\ntwo\n😀2\nthree\n"
        assert covered(content) == {"A": ["three"], "B": ["😀2"]}


@pytest.mark.parametrize(
    ("mark", "ends", "shift", "more", "notes"),
    [
        ("\ufeff", "\n", 0, 0, ["do not count the byte-order mark"]),
        ("", "\n", 1, 0, ["count a byte-order mark that the text has not"]),
        ("", "\r\n", 0, 0, ["two characters of a line end as one"]),
        ("", "\n", 0, 1, ["one character of a line end as two"]),
        ("\ufeff", "\n", 1, 1, ["one character of a line end as two"]),
        ("", "\n", 1, 1, ["one character of a line end as two", "that the text has not"]),
    ],
)
def test_offsets_may_count_the_text_as_it_was_elsewhere(
    tmp_path: Path, folder: Path, mark: str, ends: str, shift: int, more: int, notes: list[str]
) -> None:
    at = [one + shift for one in (0, 3, 4 + more, 7 + more, 12 + more, 17 + more)]
    lines = "T1\tA {} {}\tOne\nT2\tB {} {};{} {}\ttwo three\n".format(*at)
    put(folder, lines, f"{mark}One{ends}two and three.{ends}")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add")
        assert summary.problems == ()
        said = [one for one in summary.notes if "count" in one]
        assert len(said) == len(notes)
        assert all(one in " ".join(said) for one in notes)
        assert "mark dropped" not in " ".join(summary.notes)
        (content,) = project.contents()
        assert covered(content) == {"A": ["One"], "B": ["two … three"]}
        assert not content.article.text.startswith("\ufeff")


def test_standoff_without_a_text_is_refused_and_the_text_named(tmp_path: Path, folder: Path) -> None:
    (folder / "lonely.ann").write_text("T1\tA 0 1\tx\n", "utf-8")
    (folder / "b.txt").write_text("Text of b.", "utf-8")
    (folder / "b_anna.ann").write_text("T1\tA 0 4\tText\n", "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add", chosen={"whose": "importer"})
        reasons = {one.file: one.reason for one in summary.problems}
        assert "there is no text lonely.txt beside it" in reasons["lonely.ann"]
        assert "but there is b.txt: if 'anna' is the annotator's name, choose so" in reasons["b_anna.ann"]
        assert reasons["b_anna.ann"].endswith("(option whose=file_name)")


def test_standoff_of_an_annotator_finds_its_text_unasked(tmp_path: Path) -> None:
    """Unless it has a text of its own: that is what its name says first."""
    texts, labels = tmp_path / "in" / "text", tmp_path / "in" / "attributions"
    texts.mkdir(parents=True)
    labels.mkdir()
    for name in ("b", "c_anna"):
        (texts / f"{name}.txt").write_text(f"Text of {name}.", "utf-8")
    for name in ("b_anna", "b_ben", "c_anna"):
        (labels / f"{name}.ann").write_text("T1\tA 0 4\tText\n", "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "in", new_labels="add")
        assert (summary.articles, summary.spans, summary.problems) == (2, 3, ())
        said = "labels in files that end in _{0}.ann, with a text of the name before it, are by {0}"
        assert [one for one in summary.notes if "end in _" in one] == [
            said.format("anna"),
            said.format("ben"),
        ]
        names = {one.id: one.name for one in project.annotators()}
        own = project.annotator.name
        by = {one.article.name: {names[span.annotator] for span in one.spans} for one in project.contents()}
        assert by == {"b.txt": {"anna", "ben"}, "c_anna.txt": {own}}


def test_annotators_by_the_names_of_files_share_one_article(tmp_path: Path) -> None:
    texts, labels = tmp_path / "text", tmp_path / "attributions"
    texts.mkdir()
    labels.mkdir()
    (texts / "b.txt").write_text("Text of b.", "utf-8")
    for name, end in (("anna", 4), ("ben", 7)):
        (labels / f"b_{name}.ann").write_text(f"T1\tA 0 {end}\t{'Text of b.'[:end]}\n", "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, texts, labels, new_labels="add", chosen={"whose": "file_name"})
        assert (summary.articles, summary.problems, summary.copies) == (1, (), ())
        (content,) = project.contents()
        names = {one.id: one.name for one in project.annotators()}
        assert {names[one.annotator]: one.end for one in content.spans} == {"anna": 4, "ben": 7}
        written = export(project, tmp_path / "out", "brat", each=True)
        assert written.articles == 2
        assert (tmp_path / "out.anna" / "b.ann").read_text("utf-8") == "T1\tA 0 4\tText\n"
        assert (tmp_path / "out.ben" / "b.ann").read_text("utf-8") == "T1\tA 0 7\tText of\n"
        assert not (tmp_path / "out.Anna").exists()


def test_a_configuration_says_what_added_labels_have(tmp_path: Path, folder: Path) -> None:
    put(folder, ANN)
    (folder / "annotation.conf").write_text(
        "[entities]\n!Words\n\tSource\n\tContent\n[relations]\nNear Arg1:Source, Arg2:Content\n"
        "Equiv Arg1:Source, Arg2:Source, <REL-TYPE>:symmetric-transitive\n"
        "[events]\nAttribution Source?:Source, Cue*:<ENTITY>, Content{2}:Content\n"
        "[attributes]\nDenied Arg:<EVENT>\nMood Arg:Content|Source, Value:High|Low\n",
        "utf-8",
    )
    (folder / "visual.conf").write_text("[labels]\n", "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder, new_labels="add")
        assert summary.problems == ()
        # What is read is not said to be left out.
        assert [one for one in summary.notes if ".conf" in one] == [
            "files of other kinds were left out: 1 × .conf"
        ]
        scheme = project.scheme
        content = scheme.label("Content")
        assert content is not None
        assert [(one.name, one.values) for one in content.attributes] == [("Mood", ("unset", "High", "Low"))]
        event = scheme.label("Attribution")
        assert event is not None
        assert [one.name for one in event.roles] == ["Source", "Cue", "Content"]
        assert [one.values for one in event.attributes] == [("no", "yes")]
        export(project, tmp_path / "out", "brat")
        conf = (tmp_path / "out" / "annotation.conf").read_text("utf-8")
        assert "Near\tArg1:<ENTITY>|<EVENT>, Arg2:<ENTITY>|<EVENT>\n" in conf
        assert "Equiv\tArg1:<ENTITY>|<EVENT>, Arg2:<ENTITY>|<EVENT>, <REL-TYPE>:symm" in conf
        assert "Mood\tArg:Source|Content, Value:High|Low\n" in conf
        assert "Denied\tArg:Attribution\n" in conf


def test_an_attribute_without_a_value_does_not_become_one_that_is_simply_there(tmp_path: Path) -> None:
    rows = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Word|gf\n\n\n#Text=Ada\n1-1\t0-3\tAda\t[1]\t\n"
    (tmp_path / "a.tsv").write_text(rows, "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        bring(project, tmp_path / "a.tsv", new_labels="add")
        assert [dict(one.attributes) for content in project.contents() for one in content.spans] == [
            {"gf": ""}
        ]
        assert export(project, tmp_path / "out", "brat").left_out == {"attributes without a value": 1}
        assert (tmp_path / "out/a.tsv.ann").read_text("utf-8") == "T1\tWord 0 3\tAda\n"


@pytest.mark.parametrize("end", ["\n", "\u2028", "\u2029", "\x85", "\n\u2028"])
def test_no_line_holds_what_brat_takes_for_its_end(tmp_path: Path, default: Scheme, end: str) -> None:
    """Brat reads such a line as two, and writes them anew so that nobody can read them."""
    (tmp_path / "a.txt").write_text(f"Ada said it was{end}safe, Ben that it was not.\n", "utf-8")
    with project_in(tmp_path, "p", default) as project, project_in(tmp_path, "q", default) as other:
        bring(project, tmp_path / "a.txt")
        (article,) = project.article_ids()
        text = project.content(article).article.text
        place = Fragment(text.index("it"), text.index(","))
        project.add_span(article, "CLAIM", (place,), attributes={"normalized": f"It{end}is safe."})
        assert export(project, tmp_path / "out", "brat").left_out == {
            "line breaks in notes and text attributes": 1
        }
        ann = (tmp_path / "out/a.ann").read_text("utf-8")
        (words, said) = ann.splitlines()
        after = place.start + len("it was")
        assert words == f"T1\tCLAIM {place.start} {after};{after + len(end)} {place.end}\tit was safe"
        assert said.split("\t")[2].split() == ["It", "is", "safe."]
        bring(other, tmp_path / "out")
        (span,) = next(iter(other.contents())).spans
        assert span.fragments == (place,)


def test_the_number_of_a_further_end_is_no_part_of_its_role() -> None:
    assert [without_number(role) for role in ("Content2", "Content", "A12")] == ["Content", "Content", "A"]
    assert without_number("Arg12", ["Arg1"]) == "Arg1"
    assert without_number("Arg1") == "Arg1"


def test_folders_that_no_export_made_are_left_alone(tmp_path: Path, folder: Path) -> None:
    put(folder, ANN)
    with project_in(tmp_path, "p", NOTHING) as project:
        bring(project, folder, new_labels="add")
        with pytest.raises(UserError, match="holds files that no export of this program made"):
            export(project, folder, "brat")
        export(project, tmp_path / "out", "brat")
        (tmp_path / "out" / "old.ann").write_text("", "utf-8")
        export(project, tmp_path / "out", "brat")
        assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
            ".annotator-export", "a.ann", "a.txt", "annotation.conf",
        ]  # fmt: skip
        assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_what_was_written_and_does_not_agree_is_found(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, ANN)
    with project_in(tmp_path, "p", NOTHING) as project:
        bring(project, folder, new_labels="add")
        export(project, tmp_path / "out", "brat")
        before = (tmp_path / "out" / "a.ann").read_bytes()
        honest = Standoff.written

        def planted(own: Standoff) -> Written:
            made = honest(own)
            made.lines = [one.replace("mayor", "baker") for one in made.lines]
            return made

        monkeypatch.setattr(Standoff, "written", planted)
        with pytest.raises(UserError, match="does not cover what it says"):
            export(project, tmp_path / "out", "brat")
        assert (tmp_path / "out" / "a.ann").read_bytes() == before


@pytest.mark.skipif(not (DATA / "polnear").is_dir(), reason="the shared texts are not at hand")
def test_a_corpus_of_attributions_comes_in_whole_and_goes_out_equal(tmp_path: Path, default: Scheme) -> None:
    source = DATA / "polnear"
    with project_in(tmp_path, "p", default) as project:
        summary = bring(project, source, new_labels="add", chosen={"whose": "file_name"})
        assert (summary.articles, summary.frames, summary.problems) == (111, 4068, ())
        torn = [note for note in summary.notes if "the line is torn" in note]
        assert len(torn) == 3
        export(project, tmp_path / "out", "brat", each=True, chosen={"names": "polnear"})
        other = {}
        for path in sorted((source / "attributions").glob("*.ann")):
            stem, _, by = path.stem.rpartition("_")
            text = (source / "text" / f"{stem}.txt").read_text("utf-8")
            before, after = standoff(path, text), standoff(tmp_path / f"out.{by}" / f"{stem}.ann", text)
            assert before[0] <= after[0]
            if before != after:
                other[path.name] = (before[1] - after[1]).total()
        # Seven events have no ends at all, two are shown by other words than their cue: all nine come back
        # with a cue that shows them, and the import has named each of them.
        assert sum(other.values()) == 9
        told = [note for note in summary.notes if "is taken as its cue" in note or "the cue holds" in note]
        assert Counter(note.partition(",")[0].rpartition("/")[2] for note in told) == other
        again = bring(project, source, new_labels="add", chosen={"whose": "file_name"})
        assert (again.articles, again.spans, again.frames) == (0, 0, 0)
        assert again.already == summary.spans + summary.frames


def standoff(path: Path, text: str) -> tuple[set[object], Counter[object]]:
    """The words and events of a file, without its ids; pieces in order, none over the end of a line."""
    lines = read_lines(path.read_text("utf-8"))
    words = {
        key: (one.label, tuple(place for pair in sorted(one.pieces) for place in in_lines(*pair, text)))
        for key, one in lines.words.items()
    }
    shown = {one.trigger for one in lines.links}
    events = Counter(
        (
            one.label,
            words[one.trigger],
            tuple(sorted({(without_number(role), words[end]) for role, end in one.ends})),
        )
        for one in lines.links
    )
    return {one for key, one in words.items() if key not in shown}, events


def in_lines(start: int, end: int, text: str) -> list[tuple[int, int]]:
    found = re.finditer(r"[^\n]+", text[start:end])
    return [(start + one.start(), start + one.end()) for one in found]


@pytest.mark.skipif(not (DATA / "tools/brat").is_dir(), reason="the shared files are not at hand")
@pytest.mark.parametrize(
    "name",
    ["tutorials/news", "corpora/NCBI-disease", "corpora/TDT", "corpora/BioNLP-ST_2011/BioNLP-ST_2011_ID"],
)
def test_corpora_of_brat_itself_come_back_the_same(tmp_path: Path, name: str) -> None:
    with project_in(tmp_path, "p", NOTHING) as project:
        assert bring(project, DATA / "tools/brat" / name, new_labels="add").problems == ()
        assert export(project, tmp_path / "out", "brat").left_out == {}
        with project_in(tmp_path, "q", project.scheme) as other:
            assert bring(other, tmp_path / "out").problems == ()
            assert all_facts(other) == all_facts(project)


def test_a_configuration_is_read_again_when_it_changes(tmp_path: Path, folder: Path) -> None:
    put(folder, ANN)
    conf = folder / "annotation.conf"
    for number, values in enumerate(["High|Low", "High|Low|None"]):
        conf.write_text(f"[entities]\nContent\n[attributes]\nMood Arg:Content, Value:{values}\n", "utf-8")
        with project_in(tmp_path, f"p{number}", NOTHING) as project:
            bring(project, folder, new_labels="add")
            content = project.scheme.label("Content")
            assert content is not None
            assert content.attributes[0].values == ("unset", *values.split("|"))
    conf.unlink()
    with project_in(tmp_path, "p", NOTHING) as project:
        bring(project, folder, new_labels="add")
        content = project.scheme.label("Content")
        assert content is not None
        assert content.attributes[0].kind == "text"


def test_what_shared_tasks_refer_to_is_an_attribute(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rask spoke.", "utf-8")
    (tmp_path / "a.a1").write_text("T1\tPERSON 0 4\tRask\n", "utf-8")
    (tmp_path / "a.a2").write_text("N1\tRegister Annotation:T1 Referent:1590\n", "utf-8")
    with project_in(tmp_path, "p") as project:
        summary = bring(project, tmp_path / "a.a1", new_labels="add")
        (content,) = project.contents()
        assert summary.problems == ()
        assert [one.attributes for one in content.spans] == [{"Register": "1590"}]


def test_words_that_a_file_says_to_cover_nothing_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rask spoke.", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tPERSON 0 4\t\n", "utf-8")
    with project_in(tmp_path, "p") as project:
        (problem,) = bring(project, tmp_path / "a.ann", new_labels="add").problems
        assert "the file says it covers nothing, but the article has 'Rask' at 0 to 4" in str(problem)
