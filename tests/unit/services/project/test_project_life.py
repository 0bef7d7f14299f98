"""The life of a project: made, opened, closed, read only; annotators, settings, scheme, undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.model.article_filter import ArticleFilter
from annotator.model.changes import Add, Edit, Remove
from annotator.model.errors import NotAllowed, UserError
from annotator.model.ids import Id, new_id
from annotator.model.records import Annotator, Article, Fragment, SchemeVersion, Span
from annotator.model.resources import resource
from annotator.model.rules_warnings import warnings
from annotator.model.scheme import Label, read_scheme
from annotator.model.scheme_edits import ReplaceScheme
from annotator.services.project import Project

SCHEME = read_scheme(resource("schemes/default.toml"))


def test_a_new_project_is_empty_and_knows_who_is_at_work(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "new.annot", SCHEME, "Ann")
    assert project.scheme == SCHEME
    assert [one.name for one in project.annotators()] == ["Ann"]
    assert (project.annotator.name, project.annotator.kind) == ("Ann", "person")
    assert project.article_ids() == []
    assert project.actors() == project.claim_cards() == ()
    assert project.undo_name() is project.redo_name() is project.undo() is project.redo() is None
    assert (project.read_only, project.path.name) == (False, "new.annot")
    project.close()


def test_an_existing_file_is_not_overwritten(desk: Any) -> None:
    desk.project.close()
    size = desk.path.stat().st_size
    with pytest.raises(UserError):
        Project.create(desk.path, SCHEME, "Bea")
    assert desk.path.stat().st_size == size
    desk.project = Project.open(desk.path)


def test_the_last_annotator_is_at_work_again(desk: Any) -> None:
    desk.reopen()
    assert desk.project.annotator.name == "Ann"
    ann = desk.project.annotator.id
    desk.project.people.work_as(" Bea ")
    assert desk.project.annotator.name == "Bea"
    desk.reopen()
    assert desk.project.annotator.name == "Bea"
    desk.project.close()
    desk.project = Project.open(desk.path, "Ann")
    assert desk.project.annotator.id == ann
    assert [one.name for one in desk.project.annotators()] == ["Ann", "Bea"]
    assert desk.project.undo_name() == "Import 3 articles"


class Bots:
    operation = "Import"

    def edits(self, _: Id) -> list[Add]:
        return [Add(Annotator(new_id(), "Bot", "program"))]


def test_who_is_at_work_is_told_as_a_change_and_is_no_program(desk: Any) -> None:
    changes = desk.project.people.work_as("Bea")
    assert [one.after.name for one in changes.of(Annotator)] == ["Bea"]
    assert desk.project.people.work_as("Bea").changes == ()
    desk.project.write_import(Bots())
    desk.refuses("Bot is a program", lambda: desk.project.people.work_as(" Bot "))
    assert desk.project.annotator.name == "Bea"


def test_without_a_name_it_is_the_login_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "carla")
    project = Project.create(tmp_path / "a.annot", SCHEME)
    assert project.annotator.name == "carla"
    project.close()


def test_without_a_login_name_there_is_a_name_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    project = Project.create(tmp_path / "a.annot", SCHEME)
    assert project.annotator.name == "annotator"
    project.close()


def test_a_project_that_is_read_only_refuses_every_operation(desk: Any) -> None:
    claim = desk.span("CLAIM", "It is safe")
    bridge = desk.bridge
    desk.project.close()
    desk.project = Project.open(desk.path, "Zoe", read_only=True)
    project = desk.project
    assert project.read_only
    assert (project.annotator.name, len(project.annotators())) == ("Zoe", 1)
    before = desk.everything()
    for operation in (
        lambda: project.add_span(bridge, "CLAIM", [(0, 3)]),
        lambda: project.remove([claim]),
        lambda: project.set_setting("pipeline", "x"),
        lambda: project.write_import(Given("Import", [])),
        project.undo,
    ):
        with pytest.raises(NotAllowed, match="reading only"):
            operation()
    assert not project.set_setting("pipeline", "").changes  # as it is already
    assert desk.everything() == before


class Given:
    """A plan with edits as given, some of which may raise."""

    def __init__(self, operation: str, given: list[Edit | Exception]) -> None:
        self.operation = operation
        self._given = given

    def edits(self, annotator: Id) -> Iterator[Edit]:
        for one in self._given:
            if isinstance(one, Exception):
                raise one
            yield one


def test_an_import_that_fails_leaves_nothing(desk: Any) -> None:
    article = Article(new_id(), "x.txt", "X", "X", "0")
    before = desk.everything()
    with pytest.raises(UserError, match="torn"):
        desk.project.write_import(Given("Import", [Add(article), UserError("torn")]))
    assert desk.everything() == before
    assert desk.project.undo_name() == "Import 3 articles"
    desk.one_step(lambda: desk.project.write_import(Given("Import 1 article", [Add(article)])))


def test_an_import_is_undone_and_done_again(desk: Any) -> None:
    desk.project.undo()
    assert desk.project.article_ids() == []
    desk.project.redo()
    assert list(desk.articles.values()) == desk.project.article_ids()
    assert len(desk.content().blocks) == 3


def test_an_import_can_be_no_step(desk: Any) -> None:
    article = Article(new_id(), "x.txt", "X", "X", "0")
    desk.project.write_import(Given("Import", [Add(article)]), undoable=False)
    assert desk.project.undo_name() == "Import 3 articles"


def test_undo_and_redo_work_after_a_restart(desk: Any) -> None:
    claim = desk.span("CLAIM", "It is safe")
    desk.project.change_span(claim, note="sure")
    desk.project.undo()
    desk.reopen()
    assert (desk.project.undo_name(), desk.project.redo_name()) == ("Add claim", "Change span")
    assert desk.project.redo().operation == "Change span"
    assert desk.get(claim).note == "sure"
    desk.project.undo()
    desk.reopen()
    desk.project.undo()
    assert desk.get(claim) is None
    desk.project.add_actor("Ada")
    assert desk.project.redo_name() is None


def test_settings(desk: Any) -> None:
    assert desk.project.setting("pipeline") == ""
    assert desk.project.set_setting("pipeline", "").changes == ()
    changes = desk.project.set_setting("pipeline", "en_core_web_sm")
    assert changes.operation == desk.project.undo_name() == "Choose a spaCy pipeline"
    assert desk.project.set_setting("other", "1").operation == "Change a setting"
    desk.project.undo()
    assert desk.project.setting("pipeline") == "en_core_web_sm"
    desk.project.set_setting("pipeline", "")
    assert desk.project.set_setting("pipeline", "").changes == ()
    desk.project.undo()
    assert desk.project.setting("pipeline") == "en_core_web_sm"
    desk.reopen()
    assert desk.project.setting("pipeline") == "en_core_web_sm"


def test_the_scheme_is_changed_and_comes_back_with_undo(desk: Any) -> None:
    wider = replace(SCHEME, labels=(*SCHEME.labels, Label("IRONY", "span", "Irony")))
    changes = desk.project.schemes.change(ReplaceScheme(wider))
    assert [change.after.number for change in changes.of(SchemeVersion)] == [2]
    assert desk.project.scheme == wider
    desk.span("IRONY", "safe")
    desk.project.schemes.change(ReplaceScheme(SCHEME))
    assert desk.project.scheme.labels[-1] == Label("IRONY", "span", "Irony", retired=True)
    desk.project.undo()
    desk.project.undo()
    desk.project.undo()
    assert desk.project.scheme == SCHEME
    desk.refuses("no label “IRONY”", lambda: desk.project.add_span(desk.bridge, "IRONY", [(0, 3)]))
    desk.project.redo()
    assert desk.project.scheme == wider
    desk.reopen()
    assert desk.project.scheme == wider
    assert desk.project.schemes.change(ReplaceScheme(wider)).changes == ()


def test_a_preset_is_widened_to_the_default_scheme(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "q.annot", read_scheme(resource("schemes/quotations.toml")), "Ann")
    project.write_import(Given("Import", [Add(Article(new_id(), "x.txt", "X", "She said no.", "0"))]))
    (article,) = project.article_ids()
    project.add_attribution(article, source=[(0, 3)], cue=[(4, 8)], claim=[(9, 11)])
    project.schemes.change(ReplaceScheme(SCHEME))
    assert warnings(project.content(article), project.scheme) == ()
    project.close()


def test_questions(desk: Any) -> None:
    project = desk.project
    desk.span("CLAIM", "It is safe")
    project.set_reading(desk.copy, "done")
    assert project.article_ids("title") == [desk.bridge, desk.empty, desk.copy]
    assert project.article_ids("date")[0] == desk.bridge
    assert project.article_ids(where=ArticleFilter(text="COPY")) == [desk.copy]
    assert project.article_ids(where=ArticleFilter(label="CLAIM")) == [desk.bridge]
    assert [row.spans for row in project.article_rows(project.article_ids())] == [1, 0, 0]
    assert project.find_article("copy.txt") == desk.copy
    assert project.find_article("nothing") is None
    assert set(project.known_texts().values()) == set(desk.articles.values())
    assert [content.article.id for content in project.contents()] == project.article_ids()
    assert [(hit.article, hit.text) for hit in project.search("library")] == [(desk.empty, "library")]
    counts = project.counts()
    assert (counts.articles, counts.done, counts.spans) == (3, 1, 1)
    assert [one.name for one in project.history(2)] == ["Mark as done", "Begin article"]
    assert project.notices == ()
    with pytest.raises(KeyError):
        project.content(new_id())


def test_contents_of_one_annotator(desk: Any) -> None:
    desk.span("CLAIM", "It is safe")
    ann = desk.project.annotator.id
    desk.project.people.work_as("Bea")
    desk.span("CUE", "said")
    spans = [one.label for content in desk.project.contents({ann}) for one in content.spans]
    assert spans == ["CLAIM"]


def test_bad_records_that_came_with_an_import_can_be_mended(desk: Any) -> None:
    odd = Span(new_id(), desk.bridge, "CLAIM", (Fragment(0, 3),), desk.project.annotator.id, 0, {"mood": "x"})
    desk.project.write_import(Given("Import", [Add(odd)]))
    desk.one_step(lambda: desk.project.change_span(odd.id, note="odd"))
    desk.refuses("no attribute “tone”", lambda: desk.project.change_span(odd.id, attributes={"tone": "y"}))
    desk.one_step(lambda: desk.project.change_span(odd.id, attributes={"mood": ""}))
    assert desk.get(odd.id).attributes == {}


def test_undo_that_would_overwrite_later_work_is_refused(desk: Any) -> None:
    claim = desk.span("CLAIM", "It is safe")
    desk.project.write_import(Given("Clean", [Remove(desk.get(claim))]), undoable=False)
    desk.refuses("changed since", desk.project.undo)
