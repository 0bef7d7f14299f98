"""Datasets: parts that do not leak, proved and swapped in whole, and a card that says what they are."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys

import orjson
import pytest
from made_projects import Plan

from annotator.model.errors import UserError
from annotator.model.ids import new_ids
from annotator.model.job import run
from annotator.model.records import Actor, Article, ClaimCard, Fragment, Span
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.splitting import Part
from annotator.model.text import sha256_of
from annotator.services.datasets import dataset_job
from annotator.services.datasets_choice import DatasetChoice
from annotator.services.datasets_columns import is_bare, readme_job
from annotator.services.datasets_groups import ACTOR
from annotator.services.datasets_kept import SPLIT
from annotator.services.datasets_survey import surveyed_split
from annotator.services.exporting_choice import ExportChoice
from annotator.services.moment import at_hand
from annotator.services.project import Project
from annotator.store.contents import Contents

COUNT = 24


def text_of(number):
    """Return a text that shares no run of words with another one, except that of its neighbour of a pair."""
    own = number // 2 if number < 8 else number
    words = " ".join(f"word{own}x{at}" for at in range(60))
    return f"{'Mayor ' * (number % 2)}{words} Ada Ortiz said no."


@pytest.fixture
def project(tmp_path):
    found = Project.create(tmp_path / "p.annot", read_scheme(resource("schemes/default.toml")), "Anna | one")
    card, actor = ClaimCard(new_ids(1)[0], "It is no."), Actor(new_ids(1)[0], "Ada Ortiz", "person")
    records = [card, actor]
    for number in range(COUNT):
        article, claim, source = new_ids(3)
        text = text_of(number)
        at = text.index("Ada")
        records += [
            Article(article, f"{number}.txt", "", text, sha256_of(text), meta={"outlet": f"P{number % 2}"}),
            Span(
                claim, article, "CLAIM", (Fragment(0, 9),), found.annotator.id, 5,
                claim_card=card.id if number in (9, 15, 20) else None,
            ),
            Span(
                source, article, "SOURCE", (Fragment(at, at + 9),), found.annotator.id, 5,
                actor=actor.id if number % 3 == 0 else None,
            ),
        ]  # fmt: skip
    found.write_import(Plan(records))
    yield found
    found.close()


def make(project, out, **choice):
    return run(dataset_job(project, out, DatasetChoice(**choice)))


def names(path):
    return [int(orjson.loads(line)["name"][:-4]) for line in path.read_bytes().splitlines()]


def parts_of(out):
    return {number: path.stem for path in sorted(out.glob("*.jsonl")) for number in names(path)}


def test_copies_and_members_of_a_card_share_a_part_and_all_is_there(project, tmp_path):
    made = make(project, tmp_path / "d", parts=(Part("train", 0.5), Part("dev", 0.25), Part("test", 0.25)))
    where = parts_of(tmp_path / "d")
    assert sorted(where) == list(range(COUNT))
    assert all(where[number] == where[number + 1] for number in range(0, 8, 2))
    assert where[9] == where[15] == where[20]
    assert (made.split.groups, made.split.largest) == (COUNT - 4 - 2, 3)
    assert {name: one.articles for name, one in made.written.items()} == {"train": 12, "dev": 6, "test": 6}
    leaks = {leak.kind: (leak.count, leak.total) for leak in made.split.leaks}
    assert leaks["near copy"][0] == leaks["claim card"][0] == 0
    assert leaks["actor"] == (1, 1)
    assert leaks["outlet"] == (2, 2)


def test_the_same_choice_gives_the_same_bytes_and_takes_the_place_of_the_last_one(project, tmp_path):
    make(project, tmp_path / "d")
    before = {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()}
    make(project, tmp_path / "d")
    assert {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()} == before
    make(project, tmp_path / "d", seed=2)
    assert {path.name: path.read_bytes() for path in (tmp_path / "d").iterdir()} != before
    assert [path.name for path in tmp_path.iterdir() if ".part" in path.name] == []


def test_what_is_mended_in_an_article_moves_no_other_one(project, tmp_path):
    out, parts = tmp_path / "d", (Part("train", 0.5), Part("dev", 0.25), Part("test", 0.25))
    first = make(project, out, parts=parts)
    was = parts_of(out)
    for content in [*project.contents()][10:13]:
        project.remove([content.spans[0].id])
    make(project, tmp_path / "anew", parts=parts)
    assert parts_of(tmp_path / "anew") != was
    seen = run(surveyed_split(at_hand(project), DatasetChoice(parts=parts, before=out)))
    made = make(project, out, parts=parts, before=out)
    assert parts_of(out) == was
    assert [one.split.kept for one in (first, made, seen)] == [0, COUNT, COUNT]
    assert made.split.moved == 0
    said = f"Articles that stay in the part which they had in the dataset before: {COUNT}."
    assert said in (out / "dataset_card.md").read_text(encoding="utf-8")
    assert make(project, tmp_path / "new", seed=9, like=out).split.kept == COUNT
    assert parts_of(tmp_path / "new") == was
    assert make(project, out, parts=parts, seed=9, before=out).split.kept == 0, "another number deals anew"


@pytest.mark.parametrize(
    "words", ["", "{", "[]", '{"articles": {"train": [1]}}', '{"articles": ["x"]}', "[" * 9999]
)
def test_a_split_that_cannot_be_read_is_none(project, tmp_path, words):
    out = tmp_path / "d"
    make(project, out)
    was = parts_of(out)
    (out / SPLIT).write_text(words, encoding="utf-8")
    assert make(project, out, before=out).split.kept == 0
    assert parts_of(out) == was
    with pytest.raises(UserError, match="is no dataset of this program that tells its split"):
        make(project, out, like=tmp_path)


def test_the_card_says_what_is_in_the_files(project, tmp_path):
    out = tmp_path / "d"
    made = make(project, out)
    card = (out / "dataset_card.md").read_text("utf-8")
    for name in ("train", "dev", "test"):
        data = (out / f"{name}.jsonl").read_bytes()
        assert f"| `{name}.jsonl` | `{hashlib.sha256(data).hexdigest()}` |" in card
    about = hashlib.sha256((tmp_path / "d" / "README.md").read_bytes()).hexdigest()
    assert f"| `README.md` | `{about}` |" in card
    row = re.search(r"\| `CLAIM` \| (\d+) \| (\d+) \| (\d+) \|", card)
    assert row is not None
    assert [int(one) for one in row.groups()] == [one.articles for one in made.written.values()]
    assert "| Anna \\| one | person | 48 |" in card
    assert "seed 1" in card
    assert "Leaks by actor: 1 of the 1 in several articles stand in more than one part." in card
    assert "Quotation marks are inside" in card


@pytest.mark.parametrize(
    ("name", "chosen", "mark", "there"),
    [("tsv", {}, "", 0), ("tsv", {"table": "spans"}, "\n", 3 * COUNT), ("conll", {}, "B-", 2 * COUNT)],
)
def test_what_the_format_left_out_is_not_counted(project, tmp_path, name, chosen, mark, there):
    spans = [span for number in project.article_ids() for span in project.content(number).spans]
    for span in spans:  # of two that overlap, CoNLL writes the longer one; tables of spans have both
        if span.label == "CLAIM":
            project.add_span(span.article, "CLAIM", [Fragment(0, 4)])
    made = make(project, tmp_path / "d", export=ExportChoice(name, chosen=chosen))
    written = {path.stem: path.read_text("utf-8") for path in (tmp_path / "d").glob(f"*.{name}")}
    head = 1 if chosen else 0
    for part, one in made.written.items():
        in_file = written[part].count(mark) - head if mark else 0
        assert (one.spans, one.frames) == (in_file, 0), part
    assert sum(one.spans for one in made.written.values()) == there
    card = (tmp_path / "d" / "dataset_card.md").read_text("utf-8")
    assert ("more than the format can hold" in card) == (there < len(spans) + COUNT)


def test_a_dataset_of_one_part_says_that_nothing_is_held_out(project, tmp_path):
    make(project, tmp_path / "d", parts=(Part("train", 1.0),))
    words = "Nothing is held out: all articles are in train."
    assert words in (tmp_path / "d" / "dataset_card.md").read_text("utf-8")
    make(project, tmp_path / "e", parts=(Part("train", 0.5), Part("test", 0.5)))
    assert "held out" not in (tmp_path / "e" / "dataset_card.md").read_text("utf-8")


def test_the_card_says_what_was_chosen_of_the_format_and_knows_what_lies_beside(project, tmp_path):
    make(project, tmp_path / "d", export=ExportChoice(chosen={"offsets": "utf16"}))
    card = (tmp_path / "d" / "dataset_card.md").read_text("utf-8")
    assert "in the format `jsonl` with `offsets=utf16`." in card
    assert "offsets count" not in card
    assert "without the quotation marks" not in card
    assert b'"fragments_utf16"' in (tmp_path / "d" / "test.jsonl").read_bytes()
    make(project, tmp_path / "l", export=ExportChoice("label_studio"))
    make(project, tmp_path / "i", export=ExportChoice(inner=True))
    assert "without the quotation marks" in (tmp_path / "i" / "dataset_card.md").read_text("utf-8")
    beside = hashlib.sha256((tmp_path / "l" / "dev.labels.xml").read_bytes()).hexdigest()
    assert f"| `dev.labels.xml` | `{beside}` |" in (tmp_path / "l" / "dataset_card.md").read_text("utf-8")


def test_records_that_are_pairs_have_no_columns_to_tell_of(project, tmp_path):
    make(project, tmp_path / "d", export=ExportChoice("spacy_json", chosen={"shape": "training"}))
    visible = [one.suffix for one in (tmp_path / "d").iterdir() if not one.name.startswith(".")]
    assert sorted(visible) == [".json", ".json", ".json", ".md"]
    make(project, tmp_path / "d", export=ExportChoice("spacy_json"))
    assert (tmp_path / "d" / "README.md").is_file()


def test_what_cannot_fill_every_part_is_refused_and_leaves_nothing(project, tmp_path):
    with pytest.raises(UserError, match="nothing for"):
        make(project, tmp_path / "d", together=("outlet",))
    with pytest.raises(UserError, match="no article holds labels that were chosen"):
        make(project, tmp_path / "d", export=ExportChoice(finished=True))
    with pytest.raises(UserError, match="make 1 together"):
        make(project, tmp_path / "d", parts=(Part("train", 0.5), Part("test", 0.2)))
    with pytest.raises(UserError, match="one annotator"):
        make(project, tmp_path / "d", export=ExportChoice(each=True))
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("p.annot")] == []


def test_a_folder_of_other_files_is_not_replaced(project, tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "own.txt").write_text("mine")
    with pytest.raises(UserError, match="no export of this program"):
        make(project, tmp_path / "d")
    assert (tmp_path / "d" / "own.txt").read_text() == "mine"


def test_a_project_that_changes_meanwhile_is_written_anew(project, tmp_path):
    job = dataset_job(project, tmp_path / "d", DatasetChoice())
    next(job)
    first = project.article_ids()[0]
    project.add_span(first, "CUE", [(0, 5)])
    made = run(job)
    assert sum(one.spans for one in made.written.values()) == 2 * COUNT + 1


def test_actors_and_finished_articles_narrow_what_is_dealt_out(project, tmp_path):
    for article in project.article_ids()[:12]:
        project.set_reading(article, "done")
    thirds = (Part("train", 0.6), Part("test", 0.4))
    made = make(project, tmp_path / "d", parts=thirds, together=(ACTOR,), export=ExportChoice(finished=True))
    where = parts_of(tmp_path / "d")
    assert sorted(where) == list(range(12))
    assert len({where[number] for number in (0, 3, 6, 9)}) == 1
    assert made.split.largest == 4


def test_a_format_of_folders_gives_a_folder_for_each_part(project, tmp_path):
    make(project, tmp_path / "d", export=ExportChoice("brat"))
    folders = sorted(path.name for path in (tmp_path / "d").iterdir() if path.is_dir())
    assert folders == ["dev", "test", "train"]
    assert len(list((tmp_path / "d").rglob("*.ann"))) == COUNT
    assert f"`train/{next((tmp_path / 'd' / 'train').glob('*.ann')).name}`" in (
        tmp_path / "d" / "dataset_card.md"
    ).read_text("utf-8")


def test_every_article_is_read_once_to_split_and_once_to_write(project, tmp_path, monkeypatch):
    read = []
    honest = Contents._read

    def contents(self, keys, by, **how):
        for content in honest(self, keys, by, **how):
            read.append(content.article.id)
            yield content

    monkeypatch.setattr(Contents, "_read", contents)
    make(project, tmp_path / "d")
    assert len(read) == 2 * COUNT


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"seed": 5, "together": (ACTOR,)},
        {"export": ExportChoice("conll", labels=frozenset({"CLAIM"}), touched=True)},
        {"parts": (Part("train", 0.8), Part("test", 0.2))},
    ],
)
def test_what_a_dataset_would_hold_is_what_it_holds(project, tmp_path, choice):
    found = run(surveyed_split(at_hand(project), DatasetChoice(**choice)))
    made = make(project, tmp_path / "d", **choice)
    assert {name: one.articles for name, one in found.parts.items()} == {
        name: one.articles for name, one in made.written.items()
    }
    spans = {name: one.labels["CLAIM"] + one.labels["SOURCE"] for name, one in found.parts.items()}
    assert spans == {name: one.spans for name, one in made.written.items()}
    assert found.split == made.split
    assert found.problem is None


def test_what_was_seen_is_dealt_out_anew_without_reading_it_again(project):
    asked = []

    def ask(query):
        asked.append(query)
        return query(project)

    first = run(surveyed_split(ask, DatasetChoice()))
    count = len(asked)
    other = DatasetChoice(ExportChoice("conll", inner=True), together=())
    again = run(surveyed_split(ask, other, first.seen))
    assert len(asked) == count
    assert (first.split.groups, again.split.groups) == (COUNT - 6, COUNT)
    assert again == run(surveyed_split(ask, other))
    count = len(asked)
    run(surveyed_split(ask, DatasetChoice(ExportChoice(finished=True)), first.seen))
    assert len(asked) > count


def test_what_would_refuse_a_dataset_is_told_before(project):
    none = run(surveyed_split(at_hand(project), DatasetChoice(ExportChoice(finished=True))))
    assert "There is nothing to make a dataset of" in str(none.problem)
    card = run(surveyed_split(at_hand(project), DatasetChoice(together=("outlet",))))
    assert "There is nothing for" in str(card.problem)
    assert card.split.groups == 2


def test_a_dataset_of_what_no_article_holds_is_refused(project, tmp_path):
    for name in ("fever", "semeval"):
        with pytest.raises(UserError, match="no article holds what is written as"):
            make(project, tmp_path / "d", export=ExportChoice(name))
        assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a,b\n", True),
        ("", True),
        ("a,b\n1,2\n", False),
        ("1,It sailed.\n", False),
        ("a,a\n", False),
        ("said,It sailed!\n", False),
    ],
)
def test_a_table_without_rows_is_bare(tmp_path, text, is_one):
    (tmp_path / "a.csv").write_text(text, "utf-8-sig")
    assert is_bare(tmp_path / "a.csv") is is_one


def test_columns_without_names_are_numbered_for_those_who_load_them(tmp_path):
    parts = {name: tmp_path / f"{name}.tsv" for name in ("train", "dev")}
    parts["train"].write_text("1\tIt sailed.\t0\n2\tIt sank.\t1\n", "utf-8")
    parts["dev"].write_text("3\t\t\n", "utf-8")
    said = run(readme_job(parts, "card.md"))
    assert '  names: ["column 1", "column 2", "column 3"]' in said
    kinds = [line.split(": ")[1] for line in said.splitlines() if "dtype" in line]
    assert kinds == ["int64", "string", "string"]


def test_quotation_marks_that_stand_around_no_text_are_told(project, tmp_path):
    table = tmp_path / "train.tsv"
    table.write_text('O\t"It sails,\t1\nO\tNo.\tx\nO\t"Yes.\t2\n', "utf-8")
    said = run(readme_job({"train": table}, "card.md", is_quoted=False))
    assert "  quoting: 3\n" in said
    assert "int64" not in said
    for name, chosen, is_told in (("iam", {"topics": "titles"}, True), ("csv", {}, False)):
        make(project, tmp_path / name, export=ExportChoice(name, chosen=chosen))
        assert ("quoting: 3" in (tmp_path / name / "README.md").read_text("utf-8")) is is_told


def test_what_is_chosen_loads_nothing_of_what_makes_it() -> None:
    code = (
        "import sys, annotator.services.datasets_choice as _;"
        "print({'annotator.services.datasets', 'annotator.services.agreement'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"
