"""The tools that exports are for take them: by their own readers where at hand, else by their rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brat_rules
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import SCHEME, Plan, bring, export, fill, made, project_in

from annotator.exchange.brat.brat_names import Names, apart, fit
from annotator.model.job import run
from annotator.model.records import Fragment, RoleEnd
from annotator.model.resources import resource
from annotator.model.scheme import Attribute, Label, Role, Scheme, read_scheme
from annotator.model.splitting import Part
from annotator.services.datasets import dataset_job
from annotator.services.datasets_choice import DatasetChoice
from annotator.services.exporting_choice import ExportChoice
from annotator.services.project import Project

TEXTS = (
    "Ada Rask 😀 said no.\nBen Holt of Port Ver agreed.",
    "Mayor Léa Ortiz doubts it. “It is safe”, said Cho Winn.",
    "Nobody said yes. Dan Poe left early.",
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Articles with nested, overlapping, broken and linked spans of two annotators."""
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    with project_in(tmp_path, "p") as found:
        bring(found, *(tmp_path / f"{number}.txt" for number in range(len(TEXTS))))
        for number, article in enumerate(found.article_ids()):
            text = TEXTS[number]
            first, name, half = (text.index(" ", at) for at in (0, 5, 12))
            claim = _span(found, article, "CLAIM", Fragment(half + 1, len(text) - 1))
            source = _span(found, article, "SOURCE", Fragment(0, name))
            other = _span(found, article, "PERSON", Fragment(0, first))
            pieces = (Fragment(0, first), Fragment(half + 1, text.index(" ", half + 1)))
            found.add_span(article, "CLAIM", pieces, attributes={"denied": "yes", "kind": "direct"})
            ends = [RoleEnd("claim", "span", claim), RoleEnd("source", "span", source)]
            if number:
                found.add_frame(article, "TELLS", [*ends, RoleEnd("source", "span", other)])
                found.add_frame(
                    article, "LINK", [RoleEnd("from", "span", source), RoleEnd("to", "span", claim)]
                )
            if number == 2:
                found.articles.add_label(article, "TOPIC")
        yield found


def _span(project: Project, article: Any, label: str, place: Fragment) -> Any:
    return project.add_span(article, label, (place,)).changes[0].record.id


# --- spaCy -------------------------------------------------------------------------------------------


def test_spacy_trains_names_and_spans_on_every_shape(project: Project, tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Corpus, Example

    export(project, tmp_path / "bin", "spacy")
    export(project, tmp_path / "doc.json", "spacy_json")
    export(project, tmp_path / "pairs.json", "spacy_json", chosen={"shape": "training"})
    spacy.util.fix_random_seed(7)
    learner = spacy.blank("en")
    learner.add_pipe("ner")
    learner.add_pipe("spancat")  # looks for spans in the group "sc"
    docs = json.loads((tmp_path / "doc.json").read_text("utf-8"))
    pairs = json.loads((tmp_path / "pairs.json").read_text("utf-8"))
    kinds = {
        "bin": list(Corpus(tmp_path / "bin")(learner)),
        "doc": [
            Example(learner.make_doc(one["text"]), Doc(learner.vocab).from_json(one, validate=True))
            for one in docs
        ],
        "pairs": [Example.from_dict(learner.make_doc(text), said) for text, said in pairs],
    }
    spans = {
        name: [
            sorted((one.text, one.label_) for one in example.reference.spans["sc"]) for example in examples
        ]
        for name, examples in kinds.items()
    }
    assert spans["bin"] == spans["doc"] == spans["pairs"]
    assert [len(one) for one in spans["bin"]] == [4, 4, 4]
    assert all(example.reference.ents for examples in kinds.values() for example in examples)
    assert kinds["doc"][2].reference.cats == {"TOPIC": 1.0}
    examples = [one for every in kinds.values() for one in every]
    learner.initialize(lambda: examples)
    losses = [learner.update(examples) for _ in range(8)]
    assert min(one["ner"] for one in losses) < losses[0]["ner"] / 2
    assert losses[-1]["spancat"] < losses[0]["spancat"] / 10


# --- Hugging Face ------------------------------------------------------------------------------------

DATASETS = [
    ("jsonl", {}),
    *(("hugging_face", {"task": task}) for task in ("tokens", "relations", "pairs")),
    ("dygie", {}),
    ("doccano", {}),
    ("prodigy", {}),
    ("label_studio", {}),
    ("spacy_json", {}),
]
TABLES = [("csv", "articles"), ("csv", "spans"), ("tsv", "ends")]


def test_datasets_opens_files_and_folders_as_they_are(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One test for all: bringing in the library takes longer than its work."""
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.setenv(name, "1")
    import datasets

    datasets.disable_progress_bars()
    cache = str(tmp_path / "cache")
    parts = tuple(Part(name, 1 / 3) for name in ("train", "dev", "test"))
    alone: set[str] = set()
    for format_name, chosen in DATASETS:
        out = tmp_path / f"{format_name}{''.join(chosen.values())}.jsonl"
        written = export(project, out, format_name, chosen=chosen)
        loaded = datasets.load_dataset("json", data_files=str(out), cache_dir=cache, split="train")
        assert loaded.num_rows >= written.articles - 1
        folder = tmp_path / f"set {out.stem}"
        choice = ExportChoice(format_name, chosen=chosen)
        run(dataset_job(project, folder, DatasetChoice(choice, parts, ("outlet",), seed=3)))
        splits = datasets.load_dataset(str(folder), cache_dir=cache)
        features = [one.features for one in splits.values()]
        assert all(one == features[0] for one in features)
        there = {one.stem for one in folder.iterdir() if one.suffix in (".jsonl", ".json")}
        assert {{"validation": "dev"}.get(name, name) for name in splits} == there
        if format_name == "jsonl":
            alone = {name for name, split in splits.items() if list(split["text"]) == [TEXTS[0]]}
            alone = {{"validation": "dev"}.get(name, name) for name in alone}
            assert len(alone) == 1  # the article without a frame is a part of its own
        bare = {"train", "dev", "test"} - there
        assert bare == (alone if chosen.get("task") in ("relations", "pairs") else set())
        card = (folder / "dataset_card.md").read_text("utf-8")
        assert all(f"There is no file {name}" in card for name in bare)
        if chosen.get("task") == "tokens":
            assert features[0]["tags"] == datasets.List(datasets.Value("string"))
        if format_name == "jsonl":
            texts = {one["text"] for split in splits.values() for one in split}
            assert texts == set(TEXTS)
            assert {len(one["spans"]) for split in splits.values() for one in split} == {4}
    for format_name, option in TABLES:
        folder = tmp_path / f"set {format_name} {option}"
        export_choice = ExportChoice(format_name, chosen={"table": option})
        choice = DatasetChoice(export_choice, parts, ("outlet",), seed=3)
        run(dataset_job(project, folder, choice))
        rows = [
            one for split in datasets.load_dataset(str(folder), cache_dir=cache).values() for one in split
        ]
        if option == "articles":
            assert {one["text"] for one in rows} == set(TEXTS)
        if option == "spans":
            texts = {one["article"]: one for one in rows}
            assert len(texts) == len(TEXTS)
            assert all(type(one["start"]) is int for one in rows)


# --- seqeval -----------------------------------------------------------------------------------------


def _tags(path: Path) -> list[list[str]]:
    blocks = path.read_text("utf-8").split("\n\n")
    return [
        [line.split("\t")[1] for line in block.split("\n") if line]
        for block in blocks
        if block.strip() and not block.startswith("-DOCSTART-")
    ]


@pytest.mark.parametrize(("tags", "scheme"), [("bio", "IOB2"), ("iob1", ""), ("io", ""), ("iobes", "IOBES")])
def test_seqeval_scores_every_way_of_tagging(
    project: Project, tmp_path: Path, tags: str, scheme: str
) -> None:
    from seqeval import scheme as schemes
    from seqeval.metrics import f1_score, precision_score, recall_score

    export(project, tmp_path / "a.conll", "conll", chosen={"tags": tags})
    gold = _tags(tmp_path / "a.conll")
    more = {"mode": "strict", "scheme": getattr(schemes, scheme)} if scheme else {}
    assert f1_score(gold, gold, **more) == 1.0
    # Five spans are left of those that overlap, and three of them are claims: another copy has these alone.
    changed = [[tag if "CLAIM" in tag else "O" for tag in sentence] for sentence in gold]
    assert precision_score(gold, changed, **more) == 1.0
    assert recall_score(gold, changed, **more) == pytest.approx(3 / 5)
    assert f1_score(gold, changed, **more) == pytest.approx(3 / 4)


# --- brat --------------------------------------------------------------------------------------------


def _brat_faults(folder: Path) -> list[str]:
    conf = brat_rules.read_conf(folder / "annotation.conf")
    return [
        fault
        for path in sorted(folder.glob("*.ann"))
        for fault in brat_rules.faults(
            path.read_bytes().decode(), path.with_suffix(".txt").read_bytes().decode(), conf
        )
    ]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_brat_has_nothing_to_complain_about(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("brat")
    with project_in(folder, "a") as project:
        fill(project, data)
        export(project, folder / "out", "brat")
        assert _brat_faults(folder / "out") == []


def test_brat_takes_attributions_in_both_ways_of_naming(tmp_path: Path) -> None:
    text = "Ada said: no.\nBen said\nyes twice.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    with project_in(tmp_path, "p", read_scheme(resource("schemes/default.toml"))) as project:
        bring(project, tmp_path / "a.txt")
        (article,) = project.article_ids()
        claim = _span(project, article, "CLAIM", Fragment(14, 27))
        cue = _span(project, article, "CUE", Fragment(18, 22))
        project.add_frame(
            article, "ATTRIBUTION", [RoleEnd("claim", "span", claim), RoleEnd("cue", "span", cue)]
        )
        for names in ("scheme", "polnear"):
            export(project, tmp_path / names, "brat", chosen={"names": names})
            assert _brat_faults(tmp_path / names) == []
        lines = (tmp_path / "polnear" / "a.ann").read_text("utf-8").splitlines()
        assert "T1\tContent 14 22;23 27\tBen said yes " in lines[0] + " "


HOW = "how so?"
ODD = Scheme(
    "odd",
    "",
    (
        Label(
            "Two words", "span", attributes=(Attribute("how so?", "choice", ("unset", "a", "b c", "d|e")),)
        ),
        Label("Two_words", "span", attributes=(Attribute("how so?", "choice", ("no", "yes")),)),
        Label("Äußerung", "span"),
        Label("声明", "span"),
        Label(
            "says,that", "frame", roles=(Role("who is it", ("span",)), Role("who_is_it", ("span",), most=1))
        ),
    ),
)


def test_names_that_brat_cannot_have_are_told_and_no_two_become_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada said no.", "utf-8")
    with project_in(tmp_path, "p", ODD) as project:
        bring(project, tmp_path / "a.txt")
        (article,) = project.article_ids()
        spans = [
            project.add_span(article, one.name, (Fragment(at, at + 2),), attributes=given)
            .changes[0]
            .record.id
            for at, (one, given) in enumerate(
                zip(ODD.labels, [{"how so?": "b c"}, {"how so?": "yes"}, {}, {}], strict=False)
            )
        ]
        ends = [RoleEnd("who is it", "span", spans[0]), RoleEnd("who_is_it", "span", spans[1])]
        project.add_frame(article, "says,that", ends)
        written = export(project, tmp_path / "out", "brat")
        assert _brat_faults(tmp_path / "out") == []
        assert written.left_out == {"names that brat cannot have, written another way": 7}
        labels = {line.split()[1] for line in (tmp_path / "out" / "a.ann").read_text("utf-8").splitlines()}
        assert {"Two_words", "Two_words_2", "Au_erung", "__"} <= labels
    assert fit("") == "_"
    assert apart(["a b", "a_b", "a-b"], {"a-b": "a_b"}) == {"a-b": "a_b", "a_b": "a_b_2", "a b": "a_b_3"}
    assert Names(SCHEME, is_polnear=False).labels == {one.name: one.name for one in SCHEME.labels}


# --- Label Studio, doccano, Prodigy: what they say they take -----------------------------------------
# Their own packages do not go beside the checks. label-studio-sdk 2 wants OpenCV below 4.13 and with it an
# older numpy; the last one without OpenCV, 1.0.12, brings 27 packages more (nltk, Pillow, black, …), and its
# validate_task fails on every task with annotations. doccano 1.8 wants Django, SQLAlchemy 1 and pandas 1.

OFFSET = {"type": "integer", "minimum": 0}
NAME = {"type": "string", "minLength": 1}


def shape(*needed: str, **parts: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(needed), "properties": parts}


def many(items: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


REGION = shape(
    "id", "from_name", "to_name", "type", "value",
    type={"enum": ["labels", "choices", "textarea"]},
    value=shape("start", "end", start=OFFSET, end=OFFSET, labels=many(NAME, minItems=1), text={}),
)  # fmt: skip
RELATION = shape(
    "type", "from_id", "to_id", "direction", "labels",
    type={"const": "relation"}, direction={"enum": ["left", "right", "bi"]}, labels=many(NAME),
)  # fmt: skip
WHOLE = shape("id", "from_name", "to_name", "type", "value", value=shape("choices", choices=many(NAME)))
RESULTS = many({"anyOf": [REGION, RELATION, WHOLE]})
SHAPES: dict[str, dict[str, Any]] = {
    "label_studio": many(
        shape(
            "data",
            data=shape("text", text=NAME),
            annotations=many(shape("result", result=RESULTS)),
            predictions=many(shape("result", result=RESULTS, score={"type": "number"}, model_version=NAME)),
        )
    ),
    "doccano": shape(
        "text", "entities", "relations",
        text=NAME,
        entities=many(
            shape(
                "id", "start_offset", "end_offset", "label",
                start_offset=OFFSET, end_offset=OFFSET, label=NAME,
            )
        ),
        relations=many(
            shape("from_id", "to_id", "type", from_id=OFFSET, to_id=OFFSET, type=NAME, id={"type": "integer"})
        ),
        cats=many(NAME),
    ),
    "doccano labels": shape(
        "text", "label",
        text=NAME,
        label=many(many({}, prefixItems=[OFFSET, OFFSET, NAME], minItems=3, maxItems=3)),
    ),
    "prodigy": shape(
        "text", "tokens", "spans", "relations",
        text=NAME,
        tokens=many(
            shape(
                "text", "start", "end", "id", "ws",
                start=OFFSET, end=OFFSET, id=OFFSET, ws={"type": "boolean"},
            )
        ),
        spans=many(
            shape(
                "start", "end", "label", "token_start", "token_end",
                start=OFFSET, end=OFFSET, token_start=OFFSET, token_end=OFFSET,
            )
        ),
        relations=many(
            shape("head", "child", "head_span", "child_span", "label", head=OFFSET, child=OFFSET, label=NAME)
        ),
        answer={"enum": ["accept", "reject", "ignore"]},
    ),
}  # fmt: skip


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_annotation_tools_get_the_shapes_that_they_describe(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("shapes")
    with project_in(folder, "a") as project:
        fill(project, data)
        for name, wanted in SHAPES.items():
            format_name, _, chosen = name.partition(" ")
            out = folder / f"{name}.json"
            export(project, out, format_name, chosen={"shape": chosen} if chosen else {})
            raw = out.read_bytes()
            rows = [json.loads(raw)] if format_name == "label_studio" else map(json.loads, raw.splitlines())
            for row in rows:
                jsonschema.validate(row, wanted)
                _hold_together(format_name, row)


def _hold_together(name: str, row: Any) -> None:
    """What a schema cannot say: ids are one of a kind, ends are there, tokens and places agree."""
    if name == "label_studio":
        for one in (each for task in row for part in ("annotations", "predictions") for each in task[part]):
            ids = [each["id"] for each in one["result"] if each["type"] == "labels"]
            ends = [each[end] for each in one["result"] if "from_id" in each for end in ("from_id", "to_id")]
            assert len(ids) == len(set(ids))
            assert set(ends) <= set(ids)
    elif name == "doccano" and "entities" in row:
        ids = [one["id"] for one in row["entities"]]
        assert len(ids) == len(set(ids))
        assert {one[end] for one in row["relations"] for end in ("from_id", "to_id")} <= set(ids)
        assert all(
            0 <= one["start_offset"] < one["end_offset"] <= len(row["text"]) for one in row["entities"]
        )
    elif name == "prodigy":
        tokens = row["tokens"]
        assert [one["id"] for one in tokens] == list(range(len(tokens)))
        assert all(row["text"][one["start"] : one["end"]] == one["text"] for one in tokens)
        worded = [one for one in row["spans"] if row["text"][one["start"] : one["end"]].strip()]
        for one in worded:
            assert one["start"] <= tokens[one["token_start"]]["start"]
            assert tokens[one["token_end"]]["end"] <= one["end"]
        assert all(one["head_span"] in row["spans"] for one in row["relations"])


# --- DyGIE++ -----------------------------------------------------------------------------------------


def test_dygie_has_tokens_of_the_document_and_nothing_leaves_its_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Léa 😀 left. Ada Rask has said so. It rains.", "utf-8")
    with project_in(tmp_path, "p", read_scheme(resource("schemes/default.toml"))) as project:
        bring(project, tmp_path / "a.txt")
        (article,) = project.article_ids()
        source = _span(project, article, "SOURCE", Fragment(12, 20))
        cue = _span(project, article, "CUE", Fragment(21, 29))
        claim = _span(project, article, "CLAIM", Fragment(34, 42))
        roles = [("claim", claim), ("source", source), ("cue", cue)]
        project.add_frame(article, "ATTRIBUTION", [RoleEnd(role, "span", one) for role, one in roles])
        project.add_frame(article, "ATTRIBUTION", [RoleEnd(role, "span", one) for role, one in roles[:2]])
        written = export(project, tmp_path / "o.jsonl", "dygie")
        (row,) = [json.loads(line) for line in (tmp_path / "o.jsonl").read_bytes().splitlines()]
    assert row["sentences"] == [
        ["Léa", "😀", "left", "."],
        ["Ada", "Rask", "has", "said", "so", ".", "It", "rains", "."],
    ]
    assert row["ner"] == [[], [[4, 5, "SOURCE"], [6, 7, "CUE"], [10, 11, "CLAIM"]]]
    assert row["events"] == [[], [[[6, "ATTRIBUTION"], [10, 11, "claim"], [4, 5, "source"]]]]
    assert row["relations"] == [[], [[10, 11, 4, 5, "ATTRIBUTION"]]]
    assert written.left_out == {"words of triggers after the first one, which stands for all": 1}


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_dygie_readers_find_every_end_in_its_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("dygie")
    with project_in(folder, "a") as project:
        project.write_import(Plan(data.draw(made(project.annotator.id))))
        written = export(project, folder / "o.jsonl", "dygie")
        rows = [json.loads(line) for line in (folder / "o.jsonl").read_bytes().splitlines()]
    ner = 0
    for row in rows:
        assert row.keys() - {"_name", "_starts"} == {
            "doc_key", "dataset", "sentences", "ner", "relations", "events",
        }  # fmt: skip
        at = 0
        for words, names, relations in zip(row["sentences"], row["ner"], row["relations"], strict=True):
            inside = range(at, at + len(words))
            assert words
            assert all(words)
            assert all({*one[:-1]} <= {*inside} for one in (*names, *relations))
            assert all(one[0] <= one[1] for one in names)
            ner += len(names)
            at += len(words)
    lost = written.left_out
    gone = ("spans without a word", "spans that are the same as another one, written once")
    assert ner == written.spans - sum(lost.get(what, 0) for what in gone)


# --- W3C Web Annotation ------------------------------------------------------------------------------

TARGET = {
    "anyOf": [
        shape("source", "selector", source=NAME, selector=many(shape("type"), minItems=1)),
        shape("id", id={"type": "string", "pattern": "^urn:"}),
        shape("source", source=NAME),
    ]
}
MOTIVATIONS = {"enum": ["tagging", "linking", "classifying", "commenting", "identifying"]}
ANNOTATION = shape(
    "id", "type", "target", "motivation",
    id={"type": "string", "pattern": "^urn:uuid:"},
    type={"const": "Annotation"},
    motivation=MOTIVATIONS,
    created={"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
    creator=shape("type", "name", type={"enum": ["Person", "Software"]}),
    body=many(
        shape("type", "purpose", type={"enum": ["TextualBody", "SpecificResource"]}, purpose=MOTIVATIONS)
    ),
    target=many(TARGET, minItems=1),
)  # fmt: skip
PAGE = shape(
    "@context", "id", "type", "items", type={"const": "AnnotationPage"}, items=many(ANNOTATION),
    id={"type": "string", "pattern": "^urn:uuid:"},
)  # fmt: skip


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_web_annotations_keep_to_their_model(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("web")
    with project_in(folder, "a") as project:
        fill(project, data)
        export(project, folder / "out", "web_annotation")
        for path in (folder / "out").glob("*.jsonld"):
            page, text = json.loads(path.read_bytes()), path.with_suffix(".txt").read_bytes().decode()
            jsonschema.validate(page, PAGE)
            assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
            ids = [one["id"] for one in page["items"]]
            assert len(ids) == len(set(ids))
            for target in (each for one in page["items"] for each in one["target"] if "selector" in each):
                # Several selectors of one target are ways to the same words.
                place, quote = target["selector"]
                assert (place["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
                start, end = place["start"], place["end"]
                assert text[start:end] == quote["exact"]
                assert text[:start].endswith(quote["prefix"])
                assert text[end:].startswith(quote["suffix"])
