"""Labels for articles that the project has already: new ones are added, the rest is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import Plan, all_facts, bring, export, facts, made, project_in

from annotator.model.errors import NotAllowed, UserError
from annotator.model.ids import id_text, new_id
from annotator.model.job import run
from annotator.model.records import Annotator, Article, Fragment, RoleEnd, Span
from annotator.model.scheme_edits import Place, RenameItem
from annotator.model.text import sha256_of
from annotator.services.importing import ImportOptions, plan_import
from annotator.services.importing_known import Known
from annotator.services.importing_stored import join_job, write
from annotator.services.project import Project

TEXT = "The mayor said the old bridge is safe for now. Rask-Holt said no, and the mayor said yes."
ANN = (
    "T1\tSOURCE 0 9\tThe mayor\nT2\tCLAIM 15 45\tthe old bridge is safe for now\n"
    "R1\tLINK from:T2 to:T1\nA1\tdenied T2 no\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, "p") as found:
        yield found


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize("has_left", [False, True])
def test_annotators_whom_an_import_brought_stay_where_they_work(project, tmp_path, count, has_left):
    article, text = with_text(project), "Rask-Holt left."
    people = [Annotator(new_id(), f"Ben {at}") for at in range(count)]
    here = Article(new_id(), "b", "", text, sha256_of(text))
    made = [Span(new_id(), here.id, "SOURCE", (Fragment(0, 9),), one.id, 5) for one in people]
    project.write_import(Plan([*people, here, *made]))
    project.people.work_as("Ben 0")
    if has_left:
        project.add_span(article, "SOURCE", [Fragment(0, 9)])
        project.undo()  # that the article is begun is no step of its own: it stays
        project.people.work_as("Anna")
    project.undo()
    assert (project.people.articles_of_each()[people[0].id].labelled, len(project.article_ids())) == (0, 1)
    project.redo()
    assert project.people.articles_of_each()[people[0].id].labelled == 1
    project.undo()
    project.people.work_as("Ben 0")
    project.add_span(article, "SOURCE", [Fragment(0, 9)])
    export(project, tmp_path / "out.jsonl", "jsonl")
    assert b'"annotator":"Ben 0"' in (tmp_path / "out.jsonl").read_bytes()
    assert run(project.check()) == ()


def test_what_was_labelled_in_a_copy_follows_names_that_changed_meanwhile(project, tmp_path):
    article = with_text(project)
    run(project.copy_to(tmp_path / "ben.annot"))
    copy = Project.open(tmp_path / "ben.annot", "Ben")
    claim = (
        copy.add_span(article, "CLAIM", [Fragment(15, 45)], attributes={"kind": "direct"}).changes[0].after
    )
    source = copy.add_span(article, "SOURCE", [Fragment(0, 9)]).changes[0].after
    ends = (RoleEnd("claim", "span", claim.id), RoleEnd("source", "span", source.id))
    copy.add_frame(article, "TELLS", ends)
    export(copy, tmp_path / "ben.jsonl", "jsonl", annotator=copy.annotator.id)
    copy.close()
    for edit in (
        RenameItem(Place("CLAIM"), "SAID"),
        RenameItem(Place("SAID"), "STATED"),
        RenameItem(Place("STATED", "attribute", "kind"), "form"),
        RenameItem(Place("STATED", "attribute", "form", "direct"), "quoted"),
        RenameItem(Place("TELLS", "role", "source"), "who"),
        RenameItem(Place("TELLS"), "TELLING"),
    ):
        project.schemes.change(edit)
    summary = bring(project, tmp_path / "ben.jsonl")
    assert (summary.problems, summary.joined) == ((), ("ben.jsonl, line 1: ferry.txt: 3 new",))
    content = project.content(article)
    assert [(one.label, one.attributes) for one in content.spans] == [
        ("SOURCE", {}),
        ("STATED", {"form": "quoted"}),
    ]
    assert [(one.label, [end.role for end in one.roles]) for one in content.frames] == [
        ("TELLING", ["claim", "who"])
    ]
    assert bring(project, tmp_path / "ben.jsonl").joined == (), "what is there already is not doubled"


def with_text(project: Project, text: str = TEXT, name: str = "ferry.txt") -> bytes:
    article = Article(new_id(), name, "Ferry", text, sha256_of(text), "en")
    project.write_import(Plan([article]))
    return article.id


def standoff(tmp_path: Path, ann: str = ANN, text: str = TEXT, by: str = "Ben") -> Path:
    folder = tmp_path / "brat"
    folder.mkdir(exist_ok=True)
    (folder / "ferry.txt").write_text(text, "utf-8")
    (folder / f"ferry_{by}.ann").write_text(ann, "utf-8")
    return folder / f"ferry_{by}.ann"


def labels(project: Project, path: Path, **options: Any) -> Any:
    options = {"chosen": {"whose": "file_name"}, "new_labels": "add", **options}
    return bring(project, path, **options)


def test_labels_for_a_stored_text_are_added_under_the_annotator_that_the_file_names(project, tmp_path):
    article = with_text(project)
    mine = project.add_span(article, "CLAIM", [Fragment(15, 45)])
    before = project.content(article)
    summary = labels(project, standoff(tmp_path))
    assert (summary.articles, summary.labelled, summary.already) == (0, 1, 0)
    assert (summary.spans, summary.frames, summary.copies, summary.problems) == (2, 1, (), ())
    assert summary.joined == ("ferry_Ben.ann: 3 new",)
    content = project.content(article)
    names = {one.id: one.name for one in project.annotators()}
    assert sorted(names[one.annotator] for one in content.spans) == ["Anna", "Ben", "Ben"]
    assert all(one in content.spans for one in before.spans)
    assert mine.changes
    assert project.undo_name() == "Import labels for 1 article"
    project.undo()
    assert project.content(article).spans == before.spans
    assert run(project.check()) == ()


def test_labels_that_are_there_are_counted_and_not_doubled(project, tmp_path):
    article = with_text(project)
    labels(project, standoff(tmp_path))
    before = project.content(article)
    again = labels(project, standoff(tmp_path))
    assert (again.spans, again.frames, again.already, again.labelled) == (0, 0, 3, 0)
    assert again.copies == ("ferry_Ben.ann is already in the project, with its labels (3)",)
    more = ANN + "T4\tCLAIM 47 64\tRask-Holt said no\nR2\tLINK from:T4 to:T1\n"
    third = labels(project, standoff(tmp_path, more))
    assert (third.spans, third.frames, third.already) == (1, 1, 3)
    content = project.content(article)
    assert all(one in content.spans for one in before.spans)
    assert all(one in content.frames for one in before.frames)
    assert len(content.frames) == 2


def test_what_is_said_otherwise_of_the_same_words_is_left_as_it_is_and_told(project, tmp_path):
    """T-43."""
    article = with_text(project)
    labels(project, standoff(tmp_path))
    before = project.content(article)
    summary = labels(project, standoff(tmp_path, ANN.replace("denied T2 no", "denied T2 yes")))
    assert project.content(article).spans == before.spans
    assert "3), 1 of them otherwise and left as they are" in summary.copies[0]


def test_labels_of_two_annotators_and_a_new_text_come_in_together(project, tmp_path):
    with_text(project)
    standoff(tmp_path)
    path = standoff(tmp_path, by="Cleo")
    (tmp_path / "brat" / "other.txt").write_text("Another text of its own.", "utf-8")
    (tmp_path / "brat" / "other_Cleo.ann").write_text("T1\tCLAIM 0 12\tAnother text\n", "utf-8")
    summary = labels(project, path.parent)
    assert (summary.articles, summary.labelled, summary.spans, summary.frames) == (1, 1, 5, 2)
    assert project.undo_name() == "Import 1 article, labels for 1 more"
    assert {one.name for one in project.annotators()} == {"Anna", "Ben", "Cleo"}


def test_another_version_of_the_text_is_named_or_its_words_are_looked_for(project, tmp_path):
    words = "Nobody on the council had asked for another report about it, and none was written."
    article = with_text(project, f"Council.\n\n{TEXT.replace('old ', '')}\n\n{words}")
    path = standoff(
        tmp_path,
        ANN + "T4\tSOURCE 70 79\tthe mayor\nT5\tSOURCE 47 56\tRask-Holt\nT6\tCLAIM 80 84\tsaid\n",
        f"{TEXT}\n\n{words}",
    )
    named = labels(project, path)
    assert named.articles == 1
    assert any("has an article of this name with another text" in one for one in named.notes)
    project.undo()
    found = labels(project, path, find_words=True)
    assert (found.articles, found.labelled) == (0, 1)
    text = project.content(article).article.text
    covered = {(one.label, text[one.start : one.end]) for one in project.content(article).spans}
    # "the mayor" and "said" stand several times: what stands beside them tells which is meant.
    assert covered == {
        ("SOURCE", "The mayor"),
        ("SOURCE", "the mayor"),
        ("SOURCE", "Rask-Holt"),
        ("CLAIM", "said"),
    }
    said = [str(one) for one in found.problems]
    assert any("CLAIM 'the old bridge is safe for now': it is not told where" in one for one in said)
    assert any("LINK: the words of one of its ends are not found" in one for one in said)
    assert "the text there is another version" in found.joined[0]
    (later,) = [one for one in project.content(article).spans if text[one.start : one.end] == "the mayor"]
    assert later.start > text.index("said no")
    assert run(project.check()) == ()


def test_a_quite_different_text_of_the_same_name_is_an_article_of_its_own(project, tmp_path):
    with_text(project, "Nothing in this text has anything to do with the other one at all.")
    summary = labels(project, standoff(tmp_path), find_words=True)
    assert (summary.articles, summary.labelled, summary.spans, summary.frames) == (1, 0, 2, 1)
    assert project.counts().articles == 2


def test_two_articles_of_one_text_are_told_apart_by_their_names(project, tmp_path):
    first, second = with_text(project, name="a.txt"), with_text(project, name="ferry.txt")
    labels(project, standoff(tmp_path))
    assert len(project.content(second).spans) == 2
    assert not project.content(first).spans


@pytest.fixture
def shared_work(project: Project, tmp_path: Path) -> Iterator[tuple[Project, Project, Path, bytes]]:
    """A project, a colleague's project made from its export, and what the colleague sends back."""
    article = with_text(project)
    claim = project.add_span(article, "CLAIM", [Fragment(15, 45)]).changes[0].record.id
    out = tmp_path / "out.jsonl"
    export(project, out, "jsonl")
    with project_in(tmp_path, "other") as other:
        other.people.work_as("Berta")
        bring(other, out)
        other.add_span(article, "SOURCE", [Fragment(0, 9)])
        other.add_actor("Ida Rask", "author", article)
        other.set_reading(article, "done")
        back = tmp_path / "back.jsonl"
        export(other, back, "jsonl")
        yield project, other, back, claim


def test_a_colleagues_work_on_the_same_articles_comes_back(shared_work):
    project, other, back, _ = shared_work
    summary = bring(project, back)
    assert (summary.articles, summary.spans, summary.already, summary.labelled) == (0, 1, 1, 1)
    assert all_facts(project) == all_facts(other)
    (content,) = project.contents()
    names = {one.id: one.name for one in project.annotators()}
    assert ("Berta", "done") in {(names[one.annotator], one.state) for one in content.readings}
    again = bring(project, back)
    assert (again.spans, again.already, len(again.copies)) == (0, 2, 1)


def test_an_own_label_that_was_changed_here_meanwhile_stays_as_it_is_here(shared_work):
    project, _, back, claim = shared_work
    (content,) = project.contents()
    project.change_span(claim, fragments=[Fragment(19, 45)], note="mine")
    before = project.content(content.article.id).spans
    summary = bring(project, back)
    assert (summary.spans, summary.already) == (1, 1)
    assert "1 of them otherwise and left as they are" in summary.joined[0]
    after = project.content(content.article.id).spans
    assert len(after) == 2
    assert before[0] in after


def test_the_same_text_under_another_id_gets_the_records_too(shared_work, tmp_path):
    _, other, back, _ = shared_work
    with project_in(tmp_path, "third") as third:
        own = with_text(third, name="elsewhere.txt")
        summary = bring(third, back)
        assert (summary.articles, summary.spans, summary.labelled) == (0, 2, 1)
        content = third.content(own)
        assert facts(content)["spans"] == facts(next(other.contents()))["spans"]
        assert {one.article for one in (*content.spans, *content.readings)} == {own}
        assert run(third.check()) == ()


def test_a_record_with_the_id_of_an_article_that_has_another_text_by_now(shared_work):
    project, _, back, _ = shared_work
    row = orjson.loads(back.read_bytes())
    text = f"By Ida Rask. {TEXT}"
    for one in (*row["blocks"], *row["spans"]):
        one.pop("start", None)
        one["fragments"] = [[start + 13, end + 13] for start, end in one.get("fragments", ())]
    row |= {"text": text, "sha256": sha256_of(text), "blocks": []}
    back.write_bytes(orjson.dumps(row))
    (problem,) = bring(project, back).problems
    assert "let its words be looked for in that article" in problem.reason
    summary = bring(project, back, find_words=True)
    assert (summary.problems, summary.articles, summary.spans, summary.already) == ((), 0, 1, 1)
    row |= {"text": "Quite another text.", "sha256": sha256_of("Quite another text."), "spans": []}
    back.write_bytes(orjson.dumps(row))
    (problem,) = bring(project, back, find_words=True).problems
    assert "another text" in problem.reason
    assert id_text(project.article_ids()[0]) == row["id"]


def test_a_failure_in_the_middle_of_joining_leaves_nothing(project, tmp_path):
    """T-46, T-61."""
    articles = [with_text(project), with_text(project, f"{TEXT} More.", "more.txt")]
    standoff(tmp_path)
    (tmp_path / "brat" / "more.txt").write_text(f"{TEXT} More.", "utf-8")
    (tmp_path / "brat" / "more_Ben.ann").write_text(ANN, "utf-8")
    job = plan_import(
        [tmp_path / "brat"],
        ImportOptions(chosen={"whose": "file_name"}),
        Known(project.scheme, texts=project.known_texts()),
    )
    plan = run(job)
    with pytest.raises(AssertionError, match="join_job has to run first"):
        project.write_import(plan)
    plan = run(join_job(project, plan))
    assert plan.summary.labelled == 2

    def read(article: bytes) -> Any:
        if article == articles[1]:
            raise UserError("the disk is gone")
        return project.content(article)

    before = (project.clock(), project.history())
    with pytest.raises(UserError, match="the disk is gone"):
        project.write_import(replace(plan, read=read))
    assert (project.clock(), project.history()) == before
    assert all(not project.content(one).spans for one in articles)
    project.write_import(plan)
    assert all(project.content(one).spans for one in articles)
    assert run(project.check()) == ()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_brought_twice_is_there_once(tmp_path_factory, data):
    """T-43."""
    folder = tmp_path_factory.mktemp("twice")
    with project_in(folder, "one") as one:
        one.write_import(Plan(data.draw(made(one.annotator.id))))
        export(one, folder / "all.jsonl", "jsonl")
        before = all_facts(one)
        for _ in range(2):
            summary = bring(one, folder / "all.jsonl")
            assert (summary.spans, summary.frames, summary.article_labels) == (0, 0, 0)
            assert all_facts(one) == before
        with project_in(folder, "two") as two:
            bring(two, folder / "all.jsonl")
            assert all_facts(two) == before


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Two projects with the same article, in which a frame can name an actor."""
    with project_in(tmp_path, "ours") as ours, project_in(tmp_path, "theirs") as theirs:
        with_text(ours)
        export(ours, tmp_path / "start.jsonl", "jsonl")
        bring(theirs, tmp_path / "start.jsonl")
        theirs.people.work_as("Ben")
        yield ours, theirs


def speaks(project: Project, *names: str, **facts: str) -> None:
    """Say of a span and of a frame who is meant."""
    (article,) = project.article_ids()
    for start, name in enumerate(names):
        added = project.add_actor(name, "person", **facts).changes
        (actor,) = [one.record.id for one in added]
        span = project.add_span(article, "SOURCE", [Fragment(start, start + 9)]).changes[0].record.id
        project.set_actor(span, actor)
        claim = project.add_span(article, "CLAIM", [Fragment(start + 15, start + 45)]).changes[0].record.id
        roles = [RoleEnd("claim", "span", claim), RoleEnd("by", "actor", actor)]
        project.add_frame(article, "TELLS", roles)


def named_by(project: Project) -> tuple[list[str], int, int]:
    """The names of all actors, and how many of them spans and frames point to."""
    (content,) = project.contents()
    spans = {one.actor for one in content.spans} - {None}
    ends = {end.end for one in content.frames for end in one.roles if end.kind == "actor"}
    assert run(project.check()) == ()
    return sorted(one.name for one in project.actors()), len(spans), len(ends)


def test_an_actor_whom_two_annotators_named_alike_comes_in_once(copies, tmp_path):
    ours, theirs = copies
    speaks(ours, "The mayor")
    speaks(theirs, "The mayor", "Rask-Holt")
    mine = ours.actors()
    export(theirs, tmp_path / "theirs.jsonl", "jsonl")
    assert bring(ours, tmp_path / "theirs.jsonl").spans == 4
    assert named_by(ours) == (["Rask-Holt", "The mayor"], 2, 2)
    again = bring(ours, tmp_path / "theirs.jsonl")
    assert (again.spans, again.frames) == (0, 0)
    assert named_by(ours) == (["Rask-Holt", "The mayor"], 2, 2)
    ours.undo()
    assert ours.actors() == mine


def test_of_two_copies_in_one_import_the_second_is_joined_with_the_first(copies, tmp_path):
    ours, theirs = copies
    speaks(ours, "The mayor")
    speaks(theirs, "The mayor", "Rask-Holt")
    files = [tmp_path / "ours.jsonl", tmp_path / "theirs.jsonl"]
    for one, file in zip(copies, files, strict=True):
        export(one, file, "jsonl")
    with project_in(tmp_path, "both") as both:
        summary = bring(both, *files)
        first = "theirs.jsonl, line 1: ferry.txt stands twice; joined with the first: 6 new"
        assert (summary.copies, summary.spans, summary.labelled) == ((first,), 6, 0)
        assert named_by(both) == (["Rask-Holt", "The mayor"], 2, 2)
        again = bring(both, files[1])
        assert (again.spans, again.frames) == (0, 0)


@pytest.mark.parametrize("names", [("ben", "cem"), ("same", "same")], ids=["two names", "one name"])
def test_an_actor_of_two_files_in_one_import_comes_in_once(copies, tmp_path, names):
    ours, theirs = copies
    files = [tmp_path / str(number) / f"{name}.jsonl" for number, name in enumerate(names)]
    for by, file in zip(("Ben", "Cem"), files, strict=True):
        theirs.people.work_as(by)
        speaks(theirs, "The mayor")
        file.parent.mkdir()
        export(theirs, file, "jsonl")
        theirs.remove([one.id for one in theirs.actors()] + [one.id for one in next(theirs.contents()).spans])
    bring(ours, *files)
    assert named_by(ours) == (["The mayor"], 1, 1)


@pytest.mark.parametrize(
    ("mine", "given", "facts"),
    [
        (["The mayor", "The mayor"], ["The mayor"], {}),
        (["The mayor"], ["The mayor", "The mayor"], {}),
        (["The mayor"], ["The mayor"], {"affiliation": "Eastport"}),
    ],
    ids=["two here", "two in the file", "the file says more"],
)
def test_actors_of_one_name_who_are_told_apart_stay_apart(copies, tmp_path, mine, given, facts):
    ours, theirs = copies
    speaks(ours, *mine)
    speaks(theirs, *given, **facts)
    export(theirs, tmp_path / "theirs.jsonl", "jsonl")
    bring(ours, tmp_path / "theirs.jsonl")
    many = len(mine) + len(given)
    assert named_by(ours) == (["The mayor"] * many, many, many)


def test_an_article_that_was_removed_comes_back_as_the_file_has_it(project, tmp_path):
    article = with_text(project)
    labels(project, standoff(tmp_path))
    export(project, tmp_path / "out.jsonl", "jsonl")
    kept = project.content(article)
    project.add_span(article, "CLAIM", [Fragment(47, 64)])
    before = project.content(article)
    project.articles.remove([article])
    summary = bring(project, tmp_path / "out.jsonl")
    assert (summary.articles, summary.spans, summary.frames, summary.problems) == (1, 2, 1, ())
    after = project.content(article)
    assert (after.spans, after.frames, after.blocks) == (kept.spans, kept.frames, kept.blocks)
    assert run(project.check()) == ()
    project.undo()
    assert project.article_ids() == ()
    project.undo()
    assert project.content(article) == before
    project.redo()
    project.redo()
    assert project.content(article) == after
    assert run(project.check()) == ()


def test_what_cannot_be_stored_is_named_with_its_line(project, tmp_path):
    article = with_text(project)
    export(project, tmp_path / "out.jsonl", "jsonl")
    with project_in(tmp_path, "other") as other:
        job = plan_import([tmp_path / "out.jsonl"], ImportOptions(), Known(other.scheme))
        plan = run(job)
        write(other, plan)
        said = f"^out.jsonl, line 1: ferry.txt: The article {id_text(article)} is in this project already. "
        with pytest.raises(NotAllowed, match=said):
            write(other, plan)
        plan.close()
        assert other.article_ids() == (article,)
