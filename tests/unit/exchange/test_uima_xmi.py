"""UIMA XMI: files of INCEpTION say what their TSV says, ours load in cassis, and hostile ones do no harm."""

from __future__ import annotations

import warnings
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import cassis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from in_layers import links, once, reduced, spans
from made_projects import Plan, all_facts, bring, export, made, project_in
from read_again import NOTHING, drafts
from shared_data import DATA

from annotator.exchange.inception import uima_xmi, webanno_tsv
from annotator.exchange.inception.layers_in import TOKEN
from annotator.exchange.inception.xmi_types import Types
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions
from annotator.model.job import run
from annotator.model.marks import Marks
from annotator.model.records import Fragment, RoleEnd
from annotator.model.resources import resource
from annotator.model.scheme import Attribute, Label, Scheme, read_scheme
from annotator.plugins import door
from annotator.services.importing import plan_import
from annotator.services.importing_known import Known

FILES = DATA / "tools/inception"
needs_data = pytest.mark.skipif(not FILES.is_dir(), reason="the shared files are not at hand")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    'xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" '
    'xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore" '
    'xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" '
    'xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmi:version="2.0">'
)
SOFA = '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Ada 😀 said no."/>'
TYPES = (
    '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>{}</types>'
    "</typeSystemDescription>"
)
FEATURE = (
    "<featureDescription><name>{}</name><description/><rangeTypeName>{}</rangeTypeName></featureDescription>"
)


def put(folder: Path, *elements: str, types: str = "", name: str = "a.xmi", sofa: str = SOFA) -> Path:
    path = folder / name
    path.write_text(f"{HEAD}{''.join(elements)}{sofa}</xmi:XMI>", "utf-8")
    if types:
        (folder / "TypeSystem.xml").write_text(TYPES.format(types), "utf-8")
    return path


def type_of(name: str, above: str = "uima.tcas.Annotation", **features: str) -> str:
    held = "".join(FEATURE.format(one, f"uima.cas.{held}") for one, held in features.items())
    return (
        f"<typeDescription><name>{name}</name><supertypeName>{above}</supertypeName>"
        f"<features>{held}</features></typeDescription>"
    )


def read(path: Path) -> tuple[list[Draft], list[str]]:
    return drafts(uima_xmi.FORMAT.importer, path, scheme=NOTHING)


@pytest.fixture(scope="module")
def default() -> Scheme:
    found = read_scheme(resource("schemes/default.toml"))
    return replace(found, labels=(*found.labels, Label("TOPIC", "article")))


# --- the same as TSV -----------------------------------------------------------------------------------


def said(marks: Marks, text: str, names: dict[str, str]) -> tuple[Any, ...]:
    """What marks say, without their keys; blanks at the ends of spans are none in TSV."""
    known = {}
    for one in marks.spans:
        (start, end), units = one.fragments[0], text.encode("utf-16-le")
        words = units[2 * start : 2 * end].decode("utf-16-le")
        start += len(words) - len(words.lstrip())
        start += len(text) - len(text.lstrip()) - start if not text[:start].strip() else 0
        attributes = tuple(sorted((names.get(name, name), value) for name, value in one.attributes.items()))
        known[one.key] = (names.get(one.label, one.label), start, start + len(words.strip()), attributes)
    frames = [
        (one.label, tuple((end.role, known[end.key]) for end in one.ends), sorted(one.attributes))
        for one in marks.frames
    ]
    return sorted(known.values()), sorted(frames), text.rstrip()


@needs_data
@pytest.mark.parametrize(
    "folder", sorted(one.parent.name for one in FILES.rglob("reference.xmi")) if FILES.is_dir() else []
)
def test_xmi_says_what_the_tsv_beside_it_says(folder: str) -> None:
    (path,) = FILES.rglob(f"{folder}/reference.xmi")
    options = ImportOptions(scheme=NOTHING, chosen={"words": "spans"})
    draft, *notes = reversed([*uima_xmi.FORMAT.importer.read(path, options)])
    assert isinstance(draft, Draft)
    told = [*map(str, notes)]
    tsv = path.with_name("reference.tsv")
    (other,) = webanno_tsv.FORMAT.importer.read(tsv, options)
    assert [one.partition(": ")[2][:14] for one in told] == ["no type system"]
    assert isinstance(other, Draft)
    # In some pairs, the two files name the layer or a feature differently.
    names: dict[str, str] = {}
    if "webanno.custom.Span|" in tsv.read_text("utf-8"):
        names = {"NamedEntity": "Span", "intValue": "integerValue"}
    assert draft.marks is not None
    assert other.marks is not None
    expected = said(draft.marks, draft.text, names)
    found = said(other.marks, other.text, {})
    assert found[:2] == (
        [*expected[0]],
        [(*one[:2], [names.get(each, each) for each in one[2]]) for one in expected[1]],
    )
    assert found[2] == expected[2]


@needs_data
def test_every_xml_of_inception_is_read_or_refused_with_a_sentence() -> None:
    files = [*FILES.rglob("*.xmi"), *FILES.rglob("*.xml")]
    assert len(files) == 39
    refused = Counter()
    for path in files:
        plan = run(plan_import([path], ImportOptions(new_labels="add"), Known(NOTHING)))
        plan.close()
        problems = [str(one) for one in plan.summary.problems if "is empty" not in one.reason]
        problems = [one for one in problems if "which is not there" not in one and "covers" not in one]
        assert plan.summary.articles == (not problems)
        refused.update(one.partition(": ")[2] for one in problems)
    alone = "it is a type system, which says what UIMA XMI may hold; the .xmi itself is missing"
    assert refused.pop(alone) == 1
    assert not refused


# --- out and in again ----------------------------------------------------------------------------------


def load(folder: Path, path: Path) -> cassis.Cas:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Trying to add feature")
        types = cassis.load_typesystem(folder / "TypeSystem.xml")
    return cassis.load_cas_from_xmi(path, typesystem=types)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_out_and_in_again_loses_what_is_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("round")
    with project_in(folder, "a") as project, project_in(folder, "b") as other:
        project.write_import(Plan(data.draw(made(project.annotator.id))))
        written = export(project, folder / "out", "uima_xmi")
        summary = bring(other, folder / "out")
        assert (summary.problems, [one for one in summary.notes if "out/" in one]) == ((), [])
        expected = {content.article.text: reduced(content, blanks=False) for content in project.contents()}
        assert {text: once(one) for text, one in all_facts(other).items()} == expected
        if not written.left_out:
            assert {text: once(one) for text, one in all_facts(project).items()} == expected
        assert run(other.check()) == ()
        for path in (folder / "out").glob("*.xmi"):
            cas = load(folder / "out", path)
            assert cas.to_xmi().encode() == path.read_bytes()
            own = expected[cas.sofa_string]
            found = {(one.label, one.get_covered_text()) for one in cas.select("webanno.custom.Span")}
            text = cas.sofa_string
            assert found == {(label, text[at[0].start : at[0].end]) for label, at, _, _ in own["spans"]}
            assert len(cas.select("webanno.custom.Frame")) >= len(own["frames"])


def test_facts_words_and_sentences_go_along(tmp_path: Path, default: Scheme) -> None:
    text = "Léa 😀 said no.\nBen\x0b agreed."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    with project_in(tmp_path, "p", default) as project, project_in(tmp_path, "q", default) as other:
        bring(project, tmp_path / "a.txt")
        own = project.article_ids()[0]
        project.articles.change(own, title="A bridge", meta={"outlet": "Own & Co"}, language="de")
        project.add_span(own, "CLAIM", (Fragment(11, 13),), attributes={"type": "fact"})
        (content,) = project.contents()
        project.add_frame(own, "ATTRIBUTION", (RoleEnd("claim", "span", content.spans[0].id),))
        project.articles.add_label(own, "TOPIC")
        left_out = export(project, tmp_path / "out", "uima_xmi").left_out
        assert left_out == {"characters that XML cannot have, written as �": 1}
        cas = load(tmp_path / "out", tmp_path / "out" / "a.txt.xmi")
        assert cas.to_xmi().encode() == (tmp_path / "out" / "a.txt.xmi").read_bytes()
        assert [one.get_covered_text() for one in cas.select(TOKEN)][:4] == ["Léa", "😀", "said", "no"]
        kind = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
        assert [one.get_covered_text() for one in cas.select(kind)] == ["Léa 😀 said no.", "Ben� agreed."]
        (frame,) = cas.select("webanno.custom.Frame")
        assert [(one.role, one.target.get_covered_text()) for one in frame.links.elements] == [
            ("claim", "no")
        ]
        assert bring(other, tmp_path / "out").problems == ()
        (back,) = other.contents()
        article = back.article
        assert (article.name, article.title, article.language) == ("a.txt", "A bridge", "de")
        assert article.meta == {"outlet": "Own & Co"}
        assert [one.label for one in back.labels] == ["TOPIC"]
        assert back.spans[0].attributes == {"type": "fact"}
        export(project, tmp_path / "again", "uima_xmi")
        for name in ("a.txt.xmi", "TypeSystem.xml"):
            assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()


def test_a_type_system_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    says = '<custom:Says xmi:id="2" sofa="1" begin="0" end="3" level="3"/>'
    other = '<custom:Other xmi:id="3" sofa="1" begin="4" end="6"/>'
    view = '<cas:View sofa="1" members="2 3"/>'
    path = put(tmp_path, says, other, view, types=type_of("webanno.custom.Says", level="String"))
    assert links(read(path)[0][0]) == []
    put(tmp_path, says, other, view, types=type_of("webanno.custom.Says", level="TOP"))
    assert [role for role, *_ in links(read(path)[0][0])] == ["level"]


def test_a_type_system_under_another_name_is_no_article(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    put(folder, '<cas:View sofa="1" members=""/>', types=type_of("webanno.custom.Says"))
    (folder / "linked.xml").symlink_to(folder / "TypeSystem.xml")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, folder)
        assert (summary.articles, summary.problems) == (1, ())


def test_what_does_not_agree_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    with project_in(tmp_path, "p") as project:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(9, 11),))
        monkeypatch.setattr(
            "annotator.exchange.inception.xmi_out.XmiWriter._named", lambda *_: ' label="SOURCE"'
        )
        with pytest.raises(UserError, match="does not read as the same text with the same spans"):
            export(project, tmp_path / "out", "uima_xmi")
        assert not (tmp_path / "out").exists()


# --- what other programs write -------------------------------------------------------------------------


def test_relations_slots_chains_and_finer_types(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        '<cas:NULL xmi:id="0"/><seg:Token xmi:id="2" sofa="1" begin="0" end="3" pos="4"/>',
        '<seg:Token xmi:id="3" sofa="1" begin="7" end="11"/>',
        '<pos:POS_PROPN xmi:id="4" sofa="1" begin="0" end="3" PosValue="NNP"/>',
        '<custom:Says xmi:id="5" sofa="1" begin="7" end="11" tone="low" who="6 7"/>',
        '<custom:SaysWhoLink xmi:id="6" role="teller" target="4"/>',
        '<custom:SaysWhoLink xmi:id="7" target="3"/>',
        '<custom:Near xmi:id="8" sofa="1" begin="0" end="3" Governor="3" Dependent="4" value="by"/>',
        '<custom:CorefLink xmi:id="9" sofa="1" begin="0" end="3" next="10" referenceRelation="same"/>',
        '<custom:CorefLink xmi:id="10" sofa="1" begin="12" end="14" referenceType="pro"/>',
        '<custom:CorefChain xmi:id="11" first="9"/>',
        '<custom:Tags xmi:id="12" sofa="1" begin="0" end="3"><tag>a</tag><tag>b c</tag></custom:Tags>',
        '<custom:Topic xmi:id="13" sofa="1" value="bridges"/>',
        '<meta:DocumentMetaData xmi:id="14" sofa="1" begin="0" end="15" documentTitle="A title" '
        'documentId="x" language="en" documentUri="file:/x"/>',
        '<meta:TagsetDescription xmi:id="15" sofa="1" begin="0" end="15" name="t"/>',
        '<cas:View sofa="1" members="2 3 4 5 8 9 10 11 12 13 14 15"/>',
    )
    (draft,), _ = read(path)
    assert (draft.title, draft.language, draft.meta) == ("A title", "en", {"documentUri": "file:/x"})
    assert spans(draft) == [
        ("POS", 0, 3),
        ("Says", 7, 11),
        ("CorefLink", 0, 3),
        ("pro", 12, 14),
        ("Tags", 0, 3),
        ("Token", 7, 11),
    ]
    assert links(draft) == [
        ("teller", ("from", "Says 5"), ("to", "POS_PROPN 4")),
        ("who", ("from", "Says 5"), ("to", "Token 3")),
        ("by", ("from", "Token 3"), ("to", "POS_PROPN 4")),
        ("same", ("from", "CorefLink 9"), ("to", "CorefLink 10")),
    ]
    assert draft.marks is not None
    assert draft.marks.spans[4].attributes == {"tag": "a, b c"}
    assert [one.label for one in draft.marks.labels] == ["bridges"]


def test_a_type_system_says_what_points_to_what(tmp_path: Path, default: Scheme) -> None:
    says = type_of("my.Attribution", source="FSArray", claim="TOP", mood="String", cues="FSList", to="String")
    words = type_of("my.Words", value="String")
    elements = (
        '<my:Words xmi:id="2" sofa="1" begin="0" end="3" value="SOURCE"/>',
        '<my:Words xmi:id="3" sofa="1" begin="12" end="14" value="CLAIM"/>',
        '<my:Words xmi:id="4" sofa="1" begin="7" end="11" value="CUE"/>',
        '<my:Attribution xmi:id="5" sofa="1" begin="7" end="11" source="6" claim="3" cues="8" to="named"/>',
        '<cas:FSArray xmi:id="6" elements="2"/><cas:NonEmptyFSList xmi:id="8" head="4" tail="8"/>',
    )
    path = put(tmp_path, *elements, types=says + words)
    path.write_text(
        path.read_text("utf-8").replace("<xmi:XMI ", '<xmi:XMI xmlns:my="http:///my.ecore" '), "utf-8"
    )
    with project_in(tmp_path, "p", default) as project:
        summary = bring(project, tmp_path, labels={"Attribution.cues": "cue", "Attribution.to": "anonymity"})
        assert (summary.problems, summary.spans, summary.frames) == ((), 3, 1)
        assert not [one for one in summary.notes if "type system" in one]
        (content,) = project.contents()
        labels = {one.id: one.label for one in content.spans}
        assert {one.role: labels[one.end] for one in content.frames[0].roles} == {
            "source": "SOURCE",
            "claim": "CLAIM",
            "cue": "CUE",
        }


def test_finer_types_are_of_the_layer_above_them() -> None:
    types = Types({"de.tudarmstadt.ukp.dkpro.core.api.ner.type.Own": "a.B", "a.B": "a.B"})
    assert types.layer("de.tudarmstadt.ukp.dkpro.core.api.ner.type.Own").endswith(".Own")
    assert types.layer("de.tudarmstadt.ukp.dkpro.core.api.ner.type.Person").endswith(".NamedEntity")
    assert types.layer("a.B") == "a.B"
    assert list(types.lineage("a.B")) == ["a.B"]


def test_several_texts_in_one_file_are_several_articles(tmp_path: Path) -> None:
    more = (
        '<cas:Sofa xmi:id="20" sofaNum="2" sofaID="de" sofaString="Nein."/>'
        '<cas:Sofa xmi:id="21" sofaNum="3" sofaID="pdf" sofaURI="file:/etc/passwd"/>'
        '<cas:View sofa="1" members="2"/><cas:View sofa="20" members="4"/>'
    )
    words = "".join(
        f'<custom:Span xmi:id="{key}" sofa="{sofa}" begin="0" end="3" label="L{key}"/>'
        for key, sofa in ((2, 1), (3, 1), (4, 20))
    )
    drafts, told = read(put(tmp_path, words, sofa=SOFA + more))
    assert [(one.name, one.text, spans(one)) for one in drafts] == [
        ("a.xmi", "Ada 😀 said no.", [("L2", 0, 3)]),
        ("a.xmi (de)", "Nein.", [("L4", 0, 3)]),
    ]
    assert "a.xmi: 1 annotations are in no index of it and were left out" in told


SPAN = '<custom:Span xmi:id="2" sofa="1" begin="0" end="3" label="A"/>'


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ('<custom:Span xmi:id="2" sofa="1" begin="0" end="3"/>', "Span: the id 2 stands twice"),
        ('<custom:Span sofa="1" begin="0" end="3"/>', "Span: '' is no id"),
        ('<custom:Span xmi:id="3" sofa="1" begin="x" end="3"/>', "Span 3: 'x' to '3' is no place in a text"),
        ('<custom:Span xmi:id="3" sofa="1" begin="-1" end="3"/>', "'-1' to '3' is no place in a text"),
        ('<custom:Span xmi:id="3" sofa="1" begin="0" end="999"/>', "lies beyond the text of"),
        ('<custom:Span xmi:id="3" sofa="1" begin="5" end="6"/>', "or inside one of them"),
        (
            '<custom:R xmi:id="3" sofa="1" begin="0" end="3" Governor="2" Dependent="9"/>',
            "Dependent points to 9",
        ),
        (
            '<custom:R xmi:id="3" sofa="1" begin="0" end="3" Governor="7" Dependent="2"/>',
            "Governor points to 7",
        ),
        (
            '<seg:S xmi:id="3" sofa="1" begin="0" end="3" r="4"/><seg:L xmi:id="4" role="x" target="9"/>',
            "S 3: x points to 9, which is not there",
        ),
        ('<custom:C xmi:id="3" first="9"/>', "C 3: an element of it, 9, is not there"),
        (
            '<custom:C xmi:id="3" first="4"/><custom:K xmi:id="4" sofa="1" begin="0" end="3" next="4"/>',
            "C 3: it goes round in a circle at 4",
        ),
    ],
)
def test_what_is_broken_is_named_and_the_rest_comes_in(tmp_path: Path, element: str, words: str) -> None:
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, put(tmp_path, SPAN, element), new_labels="add")
        assert words in " | ".join(map(str, summary.problems))
        assert summary.articles == 1
        assert "A" in [one.label for content in project.contents() for one in content.spans]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB + HEAD + SOFA.replace("Ada", "&b;") + "</xmi:XMI>", "declares a document type or entities"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + HEAD + SOFA + "</xmi:XMI>", "declares a document type"),
        (HEAD + SOFA, "it is no whole XML: no element found"),
        (HEAD + "</xmi:XMI>", "there is no text in it"),
        (HEAD + "<a>" * 3000 + "</a>" * 3000 + "</xmi:XMI>", "nested more than 8 deep"),
        (TYPES.format(""), "it is a type system"),
        ("<collection><document/></collection>", "it is BioC; choose corpora as its format"),
        ("<!-- <xmi:XMI> --><html/>", "its outermost element is <html>, expected <XMI>"),
        ("", "the file is empty (0 bytes)"),
        (
            '<?xml version="1.0" encoding="no-such"?>' + HEAD.partition("?>")[2] + "</xmi:XMI>",
            "it is no whole XML",
        ),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.xmi").write_text(HEAD.partition("<xmi")[0] * text.startswith("<!DOC") + text, "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        summary = bring(project, tmp_path / "a.xmi", new_labels="add")
        assert words in str(summary.problems[0])
        assert summary.articles == 0


def test_what_would_grow_out_of_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.exchange.inception.xmi_in.MOST_LINKS", 50)
    ends = " ".join(map(str, range(100, 110)))
    many = [f'<custom:S xmi:id="{key}" sofa="1" begin="0" end="3" all="2"/>' for key in range(100, 110)]
    held = f'<cas:FSArray xmi:id="2" elements="{ends}"/>'
    chains = [f'<custom:C xmi:id="{key}" first="9"/>' for key in range(10, 70)]
    element = '<custom:K xmi:id="9" sofa="1" begin="0" end="3"/>'
    for elements in ((*many, held), (element, *chains)):
        path = put(tmp_path, *elements, types=type_of("webanno.custom.S", all="FSArray"))
        with pytest.raises(UserError, match="point to more than 50 others"):
            read(path)
    types = Types({f"a.T{at}": f"a.T{at + 1}" for at in range(1000)})
    assert len(list(types.lineage("a.T0"))) == 100


def test_names_in_a_type_system_are_never_run(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    name = f"x=__import__('pathlib').Path({str(gone)!r}).touch(), y"
    path = put(tmp_path, SPAN, types=type_of("webanno.custom.Span", **{name: "String", "label": "String"}))
    (draft,), told = read(path)
    assert (spans(draft), told, gone.exists()) == ([("A", 0, 3)], [], False)
    (tmp_path / "TypeSystem.xml").write_text(BOMB + TYPES.format(""), "utf-8")
    with project_in(tmp_path, "p", NOTHING) as project:
        assert "declares a document type" in str(bring(project, path).problems[0])


def test_an_archive_brings_its_type_system(tmp_path: Path, default: Scheme) -> None:
    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    with project_in(tmp_path, "p", default) as project, project_in(tmp_path, "q", default) as other:
        bring(project, tmp_path / "a.txt")
        project.add_span(project.article_ids()[0], "CLAIM", (Fragment(9, 11),), note="sure")
        export(project, tmp_path / "out", "uima_xmi")
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
            for name in ("a.txt.xmi", "TypeSystem.xml"):
                packed.write(tmp_path / "out" / name, name)
            packed.writestr("../../evil.xmi", "no")
        assert door.importers()["uima_xmi"].importer.preview(tmp_path / "a.zip", ImportOptions()).rows == 1
        summary = bring(other, tmp_path / "a.zip")
        assert "a.zip: ../../evil.xmi: it is no UIMA XMI" in str(summary.problems[0])
        assert all_facts(other) == all_facts(project)
        assert not (tmp_path.parent.parent / "evil.xmi").exists()


def test_attributes_with_the_names_of_python_come_back(tmp_path: Path) -> None:
    odd = tuple(Attribute(name, "text") for name in ("type", "self", "value"))
    scheme = Scheme("odd", "", (Label("A", "span", attributes=odd),))
    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    with project_in(tmp_path, "p", scheme) as project, project_in(tmp_path, "q", scheme) as other:
        bring(project, tmp_path / "a.txt")
        values = {one.name: f"<{one.name}>\n" for one in odd}
        project.add_span(project.article_ids()[0], "A", (Fragment(0, 3),), attributes=values)
        assert export(project, tmp_path / "out", "uima_xmi").left_out == {}
        bring(other, tmp_path / "out")
        assert all_facts(other) == all_facts(project)
