"""WebAnno TSV: files of INCEpTION come in, ours go out and read again, by a second reader too."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import strict_tsv
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from in_layers import links, once, reduced, spans
from made_projects import Plan, all_facts, bring, export, project_in, records
from read_again import NOTHING, drafts
from shared_data import DATA

from annotator.exchange.inception.layers_in import DEPENDENCY, TOKEN
from annotator.exchange.inception.webanno_text import (
    escaped_text,
    escaped_value,
    plain_text,
    plain_value,
    split_cell,
)
from annotator.exchange.inception.webanno_tsv import FORMAT
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions
from annotator.model.ids import Id, new_ids
from annotator.model.job import run
from annotator.model.records import Article, Fragment, Frame, RoleEnd, Span
from annotator.model.resources import resource
from annotator.model.scheme import Attribute, Label, Scheme, read_scheme
from annotator.model.text import sha256_of
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known

FILES = DATA / "tools/inception"
needs_data = pytest.mark.skipif(not FILES.is_dir(), reason="the shared files are not at hand")
FRAME = "webanno.custom.Frame"
NAMED = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value"


def put(folder: Path, head: str, *body: str, version: str = "3.3") -> Path:
    path = folder / "a.tsv"
    layers = f"{head}\n" if head else ""
    path.write_text(f"#FORMAT=WebAnno TSV {version}\n{layers}\n\n" + "\n".join(body) + "\n", "utf-8")
    return path


def read(path: Path, scheme: Scheme = NOTHING) -> tuple[Draft, list[str]]:
    """The article of a file, and what was told beside it."""
    (draft,), told = drafts(FORMAT.importer, path, scheme=scheme)
    return draft, told


@pytest.fixture(scope="module")
def default() -> Scheme:
    return read_scheme(resource("schemes/default.toml"))


# --- out and in again ----------------------------------------------------------------------------------


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # two projects an example: too slow to shrink
)
@given(data=st.data())
def test_out_and_in_again_loses_what_is_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    _out_and_in_again(tmp_path_factory.mktemp("round"), lambda by: data.draw(records((by,), 0)))


def test_a_frame_whose_words_stand_behind_those_of_the_frame_around_it(tmp_path: Path) -> None:
    def nested(by: Id) -> list[Any]:
        text = "Ben said that Ada agreed."
        own, claim, source, inner, outer = new_ids(5)
        around = (RoleEnd("claim", "span", claim), RoleEnd("inside", "frame", inner))
        return [
            Article(own, "a.txt", "T", text, sha256_of(text), "en"),
            Span(claim, own, "CLAIM", (Fragment(0, len(text)),), by, 5),
            Span(source, own, "SOURCE", (Fragment(13, 18),), by, 5),
            Frame(inner, own, "TELLS", (RoleEnd("source", "span", source),), by, 5),
            Frame(outer, own, "TELLS", around, by, 5),
        ]

    (found,) = _out_and_in_again(tmp_path, nested)
    (around,) = (roles for _, roles, _, _ in found["frames"] if len(roles) == 2)
    assert [role for role, _ in around] == ["claim", "inside"]
    assert "Fragment(start=14, end=17)" in repr(around), "it holds the other frame with its source"


def _out_and_in_again(folder: Path, made: Callable[[Id], list[Any]]) -> list[dict[str, Any]]:
    """Export what was made and import it elsewhere; return what is there then, which is what was told."""
    with project_in(folder, "a") as project, project_in(folder, "b") as other:
        project.write_import(Plan(made(project.annotator.id)))
        written = export(project, folder / "out", "webanno_tsv")
        summary = bring(other, folder / "out")
        assert summary.problems == ()
        expected = [reduced(content, blanks=True) for content in project.contents()]
        found = all_facts(other)
        assert sorted(map(once, found.values()), key=repr) == sorted(expected, key=repr)
        if not written.left_out:
            assert {text: once(one) for text, one in all_facts(project).items()} == {
                one["text"]: one for one in expected
            }
        assert run(other.check()) == ()
        for path in (folder / "out").glob("*.tsv"):
            _agrees(strict_tsv.read(path.read_bytes()), list(found.values()))
        return list(found.values())


def _agrees(document: strict_tsv.Document, found: list[dict[str, Any]]) -> None:
    """Hold what the second reader found against what the program did."""
    (one,) = (each for each in found if each["text"] == document.text)
    data = strict_tsv.units(document.text)
    own = [each for each in document.mentions if each.layer.endswith(".Span")]
    assert {(each.features["label"], strict_tsv.words(data, each.start, each.end)) for each in own} == {
        (label, document.text[pieces[0].start : pieces[0].end]) for label, pieces, _, _ in one["spans"]
    }
    frames = [each for each in document.mentions if each.layer.endswith(".Frame")]
    ends = Counter((each.features["label"], role) for each in frames for role, _, _ in each.slots)
    expected = Counter(
        (label, role)
        for (label, roles, _, _), count in one["frames"].items()
        for role, end in roles * count
        if not end.startswith("('actor'")
    )
    assert set(ends) == set(expected)


def test_what_is_written_is_what_the_description_says(tmp_path: Path, default: Scheme) -> None:
    text = "Mayor Léa 😀 said “no”,\nand left. Ben agreed. "
    (tmp_path / "a.txt").write_text(text, "utf-8")
    with project_in(tmp_path, "p", default) as project, project_in(tmp_path, "q", default) as other:
        bring(project, tmp_path / "a.txt")
        own = project.article_ids()[0]
        for label, words in (("SOURCE", "Mayor Léa"), ("CUE", "said"), ("CLAIM", "“no”"), ("PERSON", "Léa")):
            project.add_span(own, label, (Fragment(at := text.index(words), at + len(words)),))
        ids = {one.label: one.id for content in project.contents() for one in content.spans}
        roles = tuple(RoleEnd(one.lower(), "span", ids[one]) for one in ("SOURCE", "CUE", "CLAIM"))
        project.add_frame(own, "ATTRIBUTION", roles)
        assert export(project, tmp_path / "out", "webanno_tsv").left_out == {}
        written = (tmp_path / "out" / "a.txt.tsv").read_text("utf-8").split("\n")
        assert written[:3] == [
            "#FORMAT=WebAnno TSV 3.3",
            "#T_SP=webanno.custom.Span|label",
            f"#T_SP={FRAME}|label|ROLE_{FRAME}:links_{FRAME}LinksLink|uima.tcas.Annotation",
        ]
        assert "1-2\t6-9\tLéa\tSOURCE[1]|PERSON[2]\t_\t_\t_\t" in written
        ends = "source;cue;claim[5]\t1-1[1];1-4[3];1-5[4]"
        assert f"1-4\t13-17\tsaid\tCUE[3]\tATTRIBUTION[5]\t{ends}\t" in written
        assert written[5:8] == [
            "#Text=Mayor Léa 😀 said “no”,",
            "#Text=",
            "1-1\t0-5\tMayor\tSOURCE[1]\t_\t_\t_\t",
        ]
        strict = strict_tsv.read((tmp_path / "out" / "a.txt.tsv").read_bytes())
        assert (strict.text, len(strict.mentions)) == (text, 5)
        bring(other, tmp_path / "out")
        assert all_facts(other) == all_facts(project)
        export(other, tmp_path / "again", "webanno_tsv")
        assert (tmp_path / "again" / "a.txt.tsv").read_text("utf-8").split("\n") == written


@pytest.mark.parametrize("end", [3, 4])
def test_a_note_stays_on_one_of_two_spans_that_become_alike(
    tmp_path: Path, default: Scheme, end: int
) -> None:
    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    with project_in(tmp_path, "p", default) as project, project_in(tmp_path, "q", default) as other:
        bring(project, tmp_path / "a.txt")
        own = project.article_ids()[0]
        project.add_span(own, "SOURCE", (Fragment(0, end),), note="she")
        project.add_span(own, "SOURCE", (Fragment(0, 7 - end),))
        export(project, tmp_path / "out", "webanno_tsv")
        bring(other, tmp_path / "out")
        assert sorted(one.note for content in other.contents() for one in content.spans) == ["", "she"]


def test_what_does_not_agree_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(9, 11),))
        written = "annotator.exchange.inception.webanno_out"
        monkeypatch.setattr(f"{written}.escaped_value", lambda value: value[::-1])
        with pytest.raises(UserError, match="does not read as the same text with the same spans"):
            export(project, tmp_path / "out", "webanno_tsv")
        monkeypatch.setattr(f"{written}.is_fit", lambda text: False)
        monkeypatch.setattr(f"{written}.escaped_text", lambda text: text.upper() if " " in text else text)
        with pytest.raises(UserError, match="does not hold together"):
            export(project, tmp_path / "out", "webanno_tsv")
        assert not (tmp_path / "out").exists()


def test_names_that_no_feature_can_have_are_told(tmp_path: Path) -> None:
    odd = tuple(Attribute(name, "text") for name in ("check-worthy", "check.worthy", "label", "begin", "2nd"))
    scheme = Scheme("odd", "", (Label("A b|c", "span", attributes=odd),))
    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    with project_in(tmp_path, "p", scheme) as project:
        bring(project, tmp_path / "a.txt")
        values = {one.name: f"[{one.name}]*;_->\\" for one in odd}
        project.add_span(project.article_ids()[0], "A b|c", (Fragment(0, 3),), attributes=values)
        left_out = export(project, tmp_path / "out", "webanno_tsv").left_out
        assert left_out == {"names that a feature cannot have, written another way": 5}
        document = strict_tsv.read((tmp_path / "out" / "a.txt.tsv").read_bytes())
        assert document.mentions[0].features == {
            "label": "A b|c",
            "check_worthy": "[check-worthy]*;_->\\",
            "check_worthy2": "[check.worthy]*;_->\\",
            "label2": "[label]*;_->\\",
            "begin2": "[begin]*;_->\\",
            "f_2nd": "[2nd]*;_->\\",
        }


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_what_is_escaped_comes_back(text: str) -> None:
    assert plain_text(escaped_text(text), (3, 3)) == text
    assert plain_value(escaped_value(text)) == text
    assert not {"\n", "\t", "\r"} & {*escaped_text(text), *escaped_value(text)}
    assert split_cell(f"{escaped_value(text)}|{escaped_value(text)}", "|") == [escaped_value(text)] * 2
    assert strict_tsv.unescaped(escaped_value(text)) == text


# --- what INCEpTION writes -----------------------------------------------------------------------------


def test_layers_in_columns(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "#T_SP=webanno.custom.Opinion|value|tone\n"
        "#T_SP=webanno.custom.Says|kind|ROLE_webanno.custom.Says:who_webanno.custom.SaysWhoLink|webanno.custom.Opinion\n"
        "#T_CH=webanno.custom.CorefLink|referenceType|referenceRelation\n"
        "#T_RL=webanno.custom.Near|sure|BT_webanno.custom.Opinion",
        "#Sentence.id=s1",
        "#Text=Ada 😀 said\\t“no” .",
        "1-1\t0-3\tAda\tx\\|y[1]|*[2]\tup[1]|*[2]\t_\t_\t_\tpr[1]\tcoref->1-1\t_\t_\t",
        "1-2\t4-6\t😀\tx\\|y[1]\tup[1]\t_\t_\t_\t_\t_\t_\t_\t",
        "1-3\t7-11\tsaid\t_\t_\tloud\twho;*\t1-1[2];1-4\tpr[1]\t*->1-2\t_\t_\t",
        "1-4\t12-16\t“no”\tz\t*\t_\t_\t_\t_\t_\tvery\t1-1[1_0]\t",
        "1-4.1\t13-15\tno\t*\tlow\t_\t_\t_\t_\t_\t_\t_\t",
        "1-5\t17-18\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_\t",
    )
    draft, told = read(path)
    assert (draft.text, told) == ("Ada 😀 said\t“no” .", [])
    assert spans(draft) == [
        ("x|y", 0, 6),
        ("Opinion", 0, 3),
        ("pr", 0, 3),
        ("Says", 7, 11),
        ("pr", 7, 11),
        ("z", 12, 16),
        ("Opinion", 13, 15),
    ]
    assert links(draft) == [
        ("who", ("from", "Says 1-3"), ("to", "Opinion 1-1[2]")),
        ("who", ("from", "Says 1-3"), ("to", "Opinion 1-4")),
        ("Near", ("from", "Opinion 1-1[1]"), ("to", "Opinion 1-4")),
        ("coref", ("from", "CorefLink 1-1"), ("to", "CorefLink 1-3")),
    ]
    assert draft.marks is not None
    assert draft.marks.frames[2].attributes == {"sure": "very"}
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, path, new_labels="add")
        assert (summary.problems, summary.spans, summary.frames) == ((), 7, 4)
        (content,) = project.contents()
        assert "Ada 😀" in [content.article.text[one.start : one.end] for one in content.spans]


def test_slots_become_a_frame_of_the_scheme(tmp_path: Path, default: Scheme) -> None:
    head = (
        "#T_SP=webanno.custom.Attribution|ROLE_webanno.custom.Attribution:ends_webanno.custom.L"
        "|webanno.custom.Words|anonymity\n#T_SP=webanno.custom.Words|value"
    )
    path = put(
        tmp_path,
        head,
        "#Text=Ada said no",
        "1-1\t0-3\tAda\t_\t_\t_\tSOURCE\t",
        "1-2\t4-8\tsaid\tsource;claim\t1-1;1-3\tnamed\t_\t",
        "1-3\t9-11\tno\t_\t_\t_\tCLAIM\t",
    )
    with project_in(tmp_path, "p", default) as project:
        summary = bring(project, path)
        assert (summary.problems, summary.spans, summary.frames) == ((), 3, 1)
        (content,) = project.contents()
        words = {one.id: one.label for one in content.spans}
        assert {one.role: words[one.end] for one in content.frames[0].roles} == {
            "source": "SOURCE",
            "claim": "CLAIM",
            "cue": "CUE",
        }
        assert content.frames[0].attributes == {"anonymity": "named"}
    with project_in(tmp_path, "q", default) as project:
        summary = bring(project, path, labels={"Attribution": "STANCE"}, new_labels="leave_out")
        assert [one.here for one in summary.labels if one.kind == "frame"] == ["STANCE"]


def test_slots_without_roles_are_called_after_their_feature(tmp_path: Path) -> None:
    head = (
        "#T_SP=custom.Context|kind|ROLE_custom.Context:ToStatus_custom.L|custom.Status\n"
        "#T_SP=custom.Status|value"
    )
    rows = (
        "1-1\t0-3\tAda\t_\t_\t_\tT\t",
        "1-2\t4-8\tsaid\told\t\t1-1;1-3\t_\t",
        "1-3\t9-11\tno\t*\t_\t*\tF\t",
    )
    draft, told = read(put(tmp_path, head, "#Text=Ada said no", *rows))
    assert told == []
    assert [(name, last) for name, _, last in links(draft)] == [
        ("ToStatus", ("to", "Status 1-1")),
        ("ToStatus", ("to", "Status 1-3")),
    ]


def test_older_texts_are_escaped_as_in_java(tmp_path: Path) -> None:
    row = "1-1\t0-1\té\t_\t_\t"
    assert read(put(tmp_path, NAMED, r"#Text=\u00e9\n\"", row, version="3.1"))[0].text == 'é\n"'
    assert read(put(tmp_path, NAMED, r"#Text=\ud83d\ude0a", row, version="3.0"))[0].text == "😊"
    assert read(put(tmp_path, NAMED, r"#Text=\u00e9\"", row, version="3.2"))[0].text == r"\u00e9\""


def test_a_cell_that_says_nothing_beside_a_number_is_no_value(tmp_path: Path) -> None:
    rows = "1-1\t0-3\tAda\t_\tPER[1]\t", "1-2\t4-8\tsaid\t[2]\tOTH[2]\t"
    draft, said = read(put(tmp_path, NAMED, "#Text=Ada said", *rows))
    assert draft.marks is not None
    assert [(one.label, dict(one.attributes)) for one in draft.marks.spans] == [
        ("PER", {}),
        ("OTH", {"identifier": ""}),
    ]
    assert said == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["1-2\t0-3\tAda\tx"], "line 7: expected 2 columns after the word, found 1"),
        (["1-2\t4-8\tsaid\t_\t_\t"] * 3 + ["1-3\t0-3\tAda\tx"], "line 10: expected 2 columns"),
        (["1-2\t0-3\tAda"], "line 7: expected 2 columns after the word, found 0"),
        (
            ["1-2\t4-8\tsaid\t_\t_\t_\t_\t"] * 2,
            "line 7: expected 2 columns after the word, found more (such rows",
        ),
        (["2\t4-8\tsaid\t_\t_\t"], "is no row: expected 1-1, a tab, 0-3, a tab, the word"),
        (["Ada said no"], "'Ada said no' is no row: expected 1-1, a tab, 0-3, a tab, the word"),
        (
            ["1-2\t0-3\tBob\t*\tPER\t"],
            "line 7: NamedEntity 1-2: the file says it covers 'Bob', but the article has",
        ),
        (["1-2\t0-99\tAda\t*\tPER\t"], "0 to 99 lies beyond the text of 11 characters"),
        (["1-2\t3-0\tAda\t*\tPER\t"], "empty or ends before it starts"),
        (["1-2\t3-3\t\t*\tPER\t"], "the stretch 3 to 3 is empty"),
        (["1-2\t0-3\tAda\t*[1\tPER\t"], ""),
    ],
)
def test_a_row_with_a_fault_is_named(tmp_path: Path, rows: list[str], words: str) -> None:
    scheme = Scheme("s", "", (Label("PER", "span", attributes=(Attribute("identifier", "text"),)),))
    first, last = "1-1\t0-3\tAda\t_\t_\t", "1-9\t9-11\tno\t*\tPER\t"
    path = put(tmp_path, NAMED, "#Text=Ada said no", first, *rows, last)
    with project_in(tmp_path, "p", scheme) as project:
        summary = bring(project, path)
        assert words in " | ".join(map(str, summary.problems))
        assert bool(words) == bool(summary.problems)
        assert "no" in [
            content.article.text[one.start : one.end]
            for content in project.contents()
            for one in content.spans
        ]


LINKED = "#T_SP=a.B|ROLE_a.B:r_a.L|a.B\n#T_RL=a.R|BT_a.B\n#T_CH=a.CLink|referenceType|referenceRelation"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("x;y[1]\t1-1[1]\t_\t_\t_", "B: 2 roles, but 1 targets"),
        ("x[1]\t1-7\t_\t_\t_", "B: x points to 1-7, where no B is"),
        ("x[1]\t1-1[9]\t_\t_\t_", "B: x points to 1-1[9], where no B is"),
        ("x[1]\t1-1[1]\t1-4\t_\t_", "R: it links to 1-4, where no B is"),
        ("_\t_\t1-1\t_\t_", "R: it links to 1-1, where no B is"),
        ("_\t_\t_\tpr[1]\tcoref", "CLink: the element does not say its place in a chain"),
    ],
)
def test_a_link_into_nothing_is_named(tmp_path: Path, cells: str, words: str) -> None:
    draft, told = read(put(tmp_path, LINKED, "#Text=Ada", f"1-1\t0-3\tAda\t{cells}\t"))
    assert draft.text == "Ada"
    assert f"a.tsv, line 8: {words}" in " | ".join(told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#FORMAT=WebAnno TSV 3.3\n#T_XX=a|b\n\n", "line 2: '#T_XX=a|b' declares no layer"),
        ("#FORMAT=WebAnno TSV 3.3\n#T_RL=a.R|x\n\n", "do not say between what they are"),
        ("#FORMAT=WebAnno TSV 3.3\n\n\n#Text=a\n1-1\t9999999999-9999999999\ta\n", "cannot be put together"),
        (
            "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=a\n1-1\t0-1\ta\n\n#Text=b\n2-1\t0-1\tb\n",
            "before it ends at 2",
        ),
        ("#id=1\n#text=Ada\n1\tAda\t_\n", "it is WebAnno TSV 1, which says no layers"),
        ("title\ttext\na\tb\n", "it is no WebAnno TSV"),
        (" # a.B | x\n1-1\tAda\tx\n", "there is a word, but no #text= before it"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.tsv").write_text(text, "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.tsv", format_name="webanno_tsv", new_labels="add")
        assert words in str(summary.problems[0])
        assert summary.articles == 0


def test_version_2_finds_its_words_in_their_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(
        " # de.ner.type.NamedEntity | value # a.POS | PosValue # a.Dep | kind | AttachTo=a.POS\n"
        "#id=1\n#text=Ada Lee said no.\n"
        "1-1\tAda\tB-PER|B-ORG\tNNP\t_\t_\t\n"
        "1-2\tLee\tI-PER\t_\tname\t1-1\t\n"
        "1-3\tsays\tO\tVB\t_\t_\t\n"
        "1-4\tno\tO\tUH\tobj|x\t1-2|1-9\t\n"
        "1-5\t.\tO\n\nodd\n"
        "#id=2\n#text=Ben, no.\n2-1\tno\tde.ner.type.NamedEntity_\t_\t_\t_\t\n",
        "utf-8",
    )
    draft, told = read(tmp_path / "a.tsv")
    assert draft.text == "Ada Lee said no.\nBen, no."
    assert spans(draft) == [
        ("PER", 0, 7),
        ("ORG", 0, 3),
        ("POS", 0, 3),
        ("POS", 13, 15),
        ("NamedEntity", 22, 24),
        ("Token", 4, 7),
    ]
    assert links(draft)[0] == ("Dep", ("from", "POS 1-1"), ("to", "Token 1-2"))
    reasons = " | ".join(told)
    for one in (
        "line 6: the sentence has no 'says' here",
        "line 7: Dep: it comes from 1-9, where nothing is",
        "line 8: POS: expected 1 columns, found 0",
        "line 10: it is no row",
        "a file of WebAnno TSV 2",
    ):
        assert one in reasons


def test_an_archive_of_a_project_says_whose_labels_they_are(tmp_path: Path, default: Scheme) -> None:
    text = put(
        tmp_path, "#T_SP=webanno.custom.Span|label", "#Text=Ada", "1-1\t0-3\tAda\tPERSON\t"
    ).read_text()
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as packed:
        packed.writestr("exportedproject1.json", "{}")
        packed.writestr("annotation/news.txt/Ada.tsv", text)
        packed.writestr("annotation/news.txt/Ben.tsv", text.replace("PERSON", "ORG"))
        packed.writestr("annotation/news.txt/INITIAL_CAS.tsv", "broken")
        packed.writestr("curation/news.txt/CURATION_USER.tsv", text)
    with project_in(tmp_path, "p", default) as project:
        summary = bring(project, tmp_path / "p.zip")
        assert (summary.articles, summary.spans) == (1, 3)
        assert "it is no WebAnno TSV" in str(summary.problems[0])
        (content,) = project.contents()
        names = {one.id: one.name for one in project.annotators()}
        assert {(names[one.annotator], one.label) for one in content.spans} == {
            ("Ada", "PERSON"),
            ("Ben", "ORG"),
            ("CURATION_USER", "PERSON"),
        }
        decides = {one.name for one in project.annotators() if one.kind == "adjudicator"}
        assert decides == {"CURATION_USER"}
        assert content.article.name == "news.txt"
    with zipfile.ZipFile(tmp_path / "p.zip") as packed:
        packed.extractall(tmp_path / "unpacked")
    with project_in(tmp_path, "q", default) as project:
        summary = bring(project, tmp_path / "unpacked", format_name="webanno_tsv")
        assert (summary.articles, summary.spans) == (1, 3)
        assert {one.name for one in project.annotators()} == {"Anna", "Ada", "Ben", "CURATION_USER"}


def test_a_curation_without_labels_is_a_decision(tmp_path: Path, default: Scheme) -> None:
    head = "#T_SP=webanno.custom.Span|label"
    text = put(tmp_path, head, "#Text=Ada", "1-1\t0-3\tAda\tPERSON\t").read_text()
    empty = text.replace("PERSON", "_")
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as packed:
        packed.writestr("exportedproject1.json", "{}")
        packed.writestr("annotation/news.txt/Ada.tsv", text)
        packed.writestr("curation/news.txt/CURATION_USER.tsv", empty)
    with project_in(tmp_path, "p", default) as project:
        summary = bring(project, tmp_path / "p.zip")
        assert (summary.articles, summary.spans) == (1, 1)
        (own,) = project.people.adjudicators()
        (content,) = project.contents()
        assert [(one.annotator, one.state) for one in content.readings] == [(own, "done")]
        written = export(project, tmp_path / "o.jsonl", "jsonl", adjudicated=True)
        assert (written.articles, written.spans, written.remarks) == (1, 0, {})
        again = bring(project, tmp_path / "p.zip")
        assert (again.articles, again.spans) == (0, 0)
        (content,) = project.contents()
        assert len(content.readings) == 1


@needs_data
def test_a_curated_project_brings_its_adjudicator(tmp_path: Path, default: Scheme) -> None:
    (packed,) = FILES.rglob("*Curated*.zip")
    with project_in(tmp_path, "p", default) as project:
        bring(project, packed, new_labels="add")
        kinds = {one.name: one.kind for one in project.annotators()}
        assert kinds == {"Anna": "person", "CURATION_USER": "adjudicator"}
        (own,) = project.people.adjudicators()
        (content,) = project.contents({own})
        assert len(content.spans) == 1


def test_bad_archives_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.tsv", b" " * 3_000_000)
    with project_in(tmp_path, "p", NOTHING) as project:
        assert "too much for one article" in str(bring(project, path).problems[0])
        path.write_bytes(path.read_bytes()[:-30])
        told = str(bring(project, path, format_name="webanno_tsv").problems[0])
        assert "the archive is damaged, cut, or locked" in told


@needs_data
def test_every_file_of_inception_is_read_or_refused_with_a_sentence(tmp_path: Path) -> None:
    files = sorted(one for one in FILES.rglob("*.tsv"))
    assert len(files) == 59
    refused = {}
    for path in [*files, *FILES.rglob("*.zip")]:
        options = ImportOptions(new_labels="add")
        plan = run(plan_import([path], options, Known(NOTHING)))
        plan.close()
        problems = [str(one) for one in plan.summary.problems]
        # An empty stretch is no span here: it alone is left out, and what links to it.
        problems = [one for one in problems if "is empty" not in one and "which is not there" not in one]
        if problems:
            refused[path.name] = problems
        assert plan.summary.articles == (not problems)
    assert list(refused) == ["example.tsv"]
    assert "it is WebAnno TSV 1" in refused["example.tsv"][0]


SYNTAX = f"#T_SP=a.Name|value\n#T_RL={DEPENDENCY}|DependencyType|BT_{TOKEN}\n#T_RL=a.Near|value|BT_a.Name"
PARSED = (
    "#Text=Ada said no",
    "1-1\t0-3\tAda\tPER\tsubj\t1-2\t_\t_\t",
    "1-2\t4-8\tsaid\t_\troot\t1-2\t_\t_\t",
    "1-3\t9-11\tno\tNO\tobj\t1-2\tnear\t1-1\t",
)


def test_relations_of_words_are_left_out_and_said_unless_asked_for(tmp_path: Path) -> None:
    path = put(tmp_path, SYNTAX, *PARSED)
    draft, told = read(path)
    assert {one[0] for one in spans(draft)} == {"PER", "NO"}
    assert [one[0] for one in links(draft)] == ["near"]
    assert told == [
        "a.tsv: relations between words, as of syntax, were left out: 3 (option words=spans takes them)"
    ]
    items = list(FORMAT.importer.read(path, ImportOptions(scheme=NOTHING, chosen={"words": "spans"})))
    (draft,) = (one for one in items if isinstance(one, Draft))
    assert sorted(one[0] for one in spans(draft)) == ["NO", "PER", "Token", "Token", "Token"]
    assert len(links(draft)) == 4


ROWS = ("#Text=Ada said no.", "1-1\t0-3\tAda\t_\t_\t", "1-2\t4-8\tsaid\t*[1]\tPER[1]\t")
ROWS += ("1-3\t9-11\tno\t*[1]\tPER[1]\t", "1-4\t11-12\t.\t*[1]\tPER[1]\t")


@pytest.mark.parametrize(
    "order", [(0, 1, 2, 3, 4, 2), (0, 1, 2, 4, 3), (0, 1, 4, 3, 2), (0, 1, 3, 2, 4), (0, 1, 2, 2, 3, 4)]
)
def test_rows_in_another_order_or_twice_cut_no_label(tmp_path: Path, order: Sequence[int]) -> None:
    draft, _ = read(put(tmp_path, NAMED, *(ROWS[at] for at in order)))
    assert draft.marks is not None
    assert [one.fragments for one in draft.marks.spans] == [(Fragment(4, 12),)]


@pytest.mark.parametrize(("lost", "count"), [(1, 3), (2, 4), (4, 1), (0, 0)])
def test_rows_that_are_lost_are_told(tmp_path: Path, lost: int, count: int) -> None:
    _, told = read(put(tmp_path, NAMED, *(one for at, one in enumerate(ROWS) if not lost or at != lost)))
    wanted = [f"a.tsv: {count} characters of its text stand in no row"] if count else []
    assert [one.partition(";")[0] for one in told] == wanted
