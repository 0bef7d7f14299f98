"""Learning in the background: by itself, when asked, or not at all; pipelines are trained into a folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from annotator.model.errors import UserError
from annotator.model.job import Progress
from annotator.model.learning import Comparison, Learned
from annotator.model.suggesting import Proposals
from annotator.services import learning, pipeline_training
from annotator.services.pipeline_training import Trained
from annotator.services.suggesting import SuggestionPlan
from annotator.ui import learning as ui_learning
from annotator.ui import status

LEARNED = Learned(
    ("CLAIM",), {}, "rules 1", (Comparison("CLAIM", 70, 40, 75, 45, 70, 75),), 10, 80, moves=("CLAIM",)
)


class Learner:
    """Stands in for `learn_from`; fails when told to."""

    def __init__(self) -> None:
        self.lessons: list[object] = []
        self.error: Exception | None = None
        self.learned = LEARNED

    def learn(self, lessons: object) -> Iterator[Progress]:
        self.lessons.append(lessons)
        yield Progress(0, 1)
        if self.error is not None:
            raise self.error
        return self.learned


@pytest.fixture
def learner(monkeypatch: pytest.MonkeyPatch) -> Learner:
    found = Learner()
    monkeypatch.setattr(learning, "learn_from", found.learn)
    monkeypatch.setattr(learning, "FEWEST", 3)
    monkeypatch.setattr(ui_learning, "_CALM", 0)
    monkeypatch.setattr(ui_learning, "_ENOUGH", 2)
    return found


@pytest.fixture
def renewed(desk, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    found: list[bool] = []
    monkeypatch.setattr(desk.session.proposer, "renew", lambda: found.append(True))
    return found


def label(desk, count: int) -> None:
    article = desk.content.article.id
    for at in range(count):
        place = [(at * 7, at * 7 + 5)]
        desk.session.do(lambda project, place=place: project.add_span(article, "CUE", place))
    desk.settle()


def test_it_learns_when_asked_and_says_what_came_of_it(learner, desk, renewed) -> None:
    desk.do("learn")
    desk.qtbot.waitUntil(lambda: bool(renewed))
    assert len(learner.lessons) == 1
    assert "Learned from the labels; F1 on articles held out: Claim 70 → 75 by overlap." in desk.said


def test_what_came_of_it_stays_when_a_suggestion_goes_for_it(
    learner, desk, renewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, milliseconds in (("_SAME", 0), ("_READ", 10_000), ("_KEPT", 60_000), ("_SAID", 120_000)):
        monkeypatch.setattr(status, name, milliseconds)
    desk.do("learn")
    desk.qtbot.waitUntil(lambda: bool(renewed))
    bar = desk.window.status
    bar.set_usual("Tab next")
    assert bar.hint.text().startswith("Learned from the labels")
    assert 30_000 < bar._said.remainingTime() < 90_000
    desk.session.warned.emit("Undone.")
    bar.set_usual("c claim")
    assert bar._said.remainingTime() < 30_000


def test_that_the_rules_stay_is_said_only_to_who_asked(
    learner, desk, renewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "learned", replace(LEARNED, moves=()))
    desk.session.proposer.is_automatic = True
    label(desk, 3)
    desk.qtbot.waitUntil(lambda: bool(renewed))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert not [one for one in desk.said if "earned" in one]
    renewed.clear()
    desk.do("learn")
    desk.qtbot.waitUntil(lambda: bool(renewed))
    assert [one for one in desk.said if "earned" in one] == [
        "Nothing learned yet that is better than the rules: they stay."
    ]


def test_it_begins_by_itself_after_enough_labels(learner, desk, renewed) -> None:
    desk.session.proposer.is_automatic = True
    label(desk, 3)
    desk.qtbot.waitUntil(lambda: bool(renewed))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert len(learner.lessons) >= 1


def test_it_begins_once_an_article_is_done(learner, desk, renewed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ui_learning, "_CALM", 600_000)
    monkeypatch.setattr(ui_learning, "_SOON", 0)
    desk.session.proposer.is_automatic = True
    label(desk, 3)
    article = desk.content.article.id
    desk.session.do(lambda project: project.set_reading(article, "done"))
    desk.qtbot.waitUntil(lambda: bool(renewed))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert len(learner.lessons) == 1


def test_it_does_not_begin_where_it_is_switched_off_or_little_was_labelled(learner, desk) -> None:
    label(desk, 3)  # suggestions are not automatic here
    desk.session.proposer.is_automatic = True
    desk.window.settings.choose("learning", False)
    label(desk, 3)
    desk.window.settings.choose("learning", True)
    desk.session.proposer.is_automatic = False
    desk.qtbot.wait(50)
    desk.settle()
    assert learner.lessons == []


def test_too_few_labels_are_said_only_when_it_was_asked(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "FEWEST", 10_000)
    desk.do("learn")
    desk.qtbot.waitUntil(lambda: any("Learning starts at 10000" in one for one in desk.said))


def test_what_fails_is_said_and_it_can_be_asked_again(learner, desk, renewed) -> None:
    learner.error = UserError("The process that did this broke down.")
    desk.do("learn")
    desk.qtbot.waitUntil(lambda: "The process that did this broke down." in desk.said)
    learner.error = None
    desk.do("learn")
    desk.qtbot.waitUntil(lambda: bool(renewed))


def test_a_mistake_is_reported(learner, desk, told) -> None:
    learner.error = ValueError("bad")
    desk.do("learn")
    desk.qtbot.waitUntil(lambda: bool(told.mistakes))
    told.mistakes.clear()


def test_a_pipeline_is_trained_into_the_folder_that_is_chosen(
    desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def train(material: object, out: Path) -> Iterator[Progress]:
        asked.append(out)
        yield Progress(1, 2)
        return Trained(out, ("ner",), {"ner": ["PERSON"]}, {"ents_f": 0.5}, 4)

    monkeypatch.setattr(pipeline_training, "train", train)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "out"), ""))
    desk.do("train")
    banner = desk.window.banner
    desk.qtbot.waitUntil(banner.isVisible)
    assert banner.text.accessibleName().startswith("A spaCy pipeline (ner) was written to ")
    assert asked == [tmp_path / "out"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    desk.do("train")
    assert len(asked) == 1


def test_what_suggesters_write_teaches_nothing_and_what_is_decided_does(learner, desk, renewed) -> None:
    content = desk.content
    waiting = [one for one in content.suggested_frames if one.state == "open"]
    assert len(waiting) > 3
    desk.session.proposer.is_automatic = True
    anew = SuggestionPlan(
        waiting[0].suggester, ("attributions", "stances"), ((content.article.id, Proposals()),)
    )
    desk.session.do(lambda project: project.write_suggestions(anew, undoable=True))
    desk.settle()
    assert not [one for one in desk.content.suggested_frames if one.state == "open"]
    assert learner.lessons == []
    desk.session.undo()
    desk.settle()
    desk.session.do(lambda project: project.reject([one.id for one in waiting[:3]]))
    desk.qtbot.waitUntil(lambda: bool(renewed))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert learner.lessons


ANEW = "What was learned before does not hold any more: it is learned anew."


def test_what_holds_no_more_is_learned_anew_by_itself(learner, desk, renewed) -> None:
    label(desk, 3)
    model = learning.model_path(desk.session.path)
    model.write_bytes(b"cut off in the mid")
    desk.session.proposer.is_automatic = True
    desk.session.project_changed.emit()
    desk.qtbot.waitUntil(lambda: bool(renewed))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert ANEW in desk.said
    assert "Learned from the labels; F1 on articles held out: Claim 70 → 75 by overlap." in desk.said
    assert len(learner.lessons) == 1


def test_labels_of_an_earlier_time_are_learned_from_by_itself(learner, desk, renewed) -> None:
    desk.session.ask(lambda project: learning.is_due(project, 1), lambda _: None)  # it is seen
    label(desk, 3)  # learning is not automatic yet: as if the program had been closed before it began
    path = desk.session.path
    desk.session.close_project()
    desk.settle()
    desk.session.proposer.is_automatic = True
    desk.open(path)
    desk.qtbot.waitUntil(lambda: bool(renewed))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert len(learner.lessons) == 1
    assert ANEW not in desk.said


def test_nothing_is_learned_after_opening_where_no_labels_wait(
    learner, desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(learning, "is_due", lambda _, enough: looked.append(enough))
    desk.session.proposer.is_automatic = True
    desk.session.project_changed.emit()
    desk.qtbot.waitUntil(lambda: bool(looked))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert (looked, learner.lessons) == ([2], [])


def test_what_holds_no_more_is_left_where_learning_is_off_or_little_is_labelled(
    learner, desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []
    monkeypatch.setattr(learning, "is_outdated", lambda _: looked.append(True) or True)
    desk.session.project_changed.emit()
    desk.qtbot.wait(50)
    desk.settle()
    assert looked == []
    monkeypatch.setattr(learning, "FEWEST", 10_000)
    desk.session.proposer.is_automatic = True
    desk.session.project_changed.emit()
    desk.qtbot.waitUntil(lambda: bool(looked))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert (learner.lessons, ANEW in desk.said) == ([], False)


def test_that_nothing_can_be_kept_is_said_once_and_nothing_is_learned_in_vain(
    learner, desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, looked, real = desk.session.path, [], ui_learning._look
    monkeypatch.setattr(ui_learning, "_look", lambda project: looked.append(real(project)) or looked[-1])
    learning.model_path(path).mkdir()
    desk.session.ask(lambda project: learning.is_due(project, 1), lambda _: None)  # it is seen
    label(desk, 3)
    for opening in (1, 2):
        desk.session.close_project()
        desk.settle()
        desk.session.proposer.is_automatic = True
        desk.open(path)
        desk.qtbot.waitUntil(lambda opening=opening: len(looked) >= opening)
        desk.session.proposer.is_automatic = False
        desk.settle()
    said = [one for one in desk.said if "Nothing is learned from this project" in one]
    assert len(said) == 1
    assert said[0].endswith(f"cannot be kept in {learning.model_path(path)}: a folder has that name.")
    assert learner.lessons == []
    learning.model_path(path).rmdir()
    assert learning.refusal(path) is None


def test_another_annotator_may_come_while_it_learns(
    learner, desk, renewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()
    real = learner.learn

    def learn(lessons: object) -> Iterator[Progress]:
        while not may_end.is_set():
            yield Progress(0, 1)
        return (yield from real(lessons))

    monkeypatch.setattr(learning, "learn_from", learn)
    desk.do("learn")
    desk.qtbot.waitUntil(lambda: desk.session.long_work.is_busy)
    desk.session.do(lambda project: project.people.work_as("Bea"))
    label(desk, 1)
    may_end.set()
    desk.qtbot.waitUntil(lambda: bool(renewed))
    assert "Learned from the labels; F1 on articles held out: Claim 70 → 75 by overlap." in desk.said
    assert desk.session.annotator.name == "Bea"
    mine = [one for one in desk.content.spans if one.annotator == desk.session.annotator.id]
    assert [one.label for one in mine] == ["CUE"]


def test_where_others_labels_count_it_is_learned_anew_once_they_are_at_work(
    learner, desk, renewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui_learning, "_ENOUGH", 100)
    monkeypatch.setattr(learning, "FEWEST", 0)
    seen: list[bool] = []
    monkeypatch.setattr(learning, "may_be_another", lambda _: True)
    monkeypatch.setattr(learning, "is_another", lambda _: seen.append(True) or len(seen) > 1)
    desk.session.proposer.is_automatic = True
    desk.session.do(lambda project: project.people.work_as("Bea"))
    desk.qtbot.waitUntil(lambda: bool(seen))
    desk.settle()
    assert learner.lessons == [], "the same labels count"
    desk.session.do(lambda project: project.people.work_as("Cem"))
    desk.qtbot.waitUntil(lambda: bool(renewed))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert len(learner.lessons) == 1
    assert [one for one in desk.said if one.startswith("Other people's labels count now")]


def test_with_too_few_labels_left_it_says_that_what_was_learned_is_forgotten(
    learner, desk, renewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "FEWEST", 1_000)
    monkeypatch.setattr(learning, "was_learned", lambda _: True)
    learner.error = UserError("What was learned before is forgotten.")
    desk.session.proposer.is_automatic = True
    label(desk, 3)
    desk.qtbot.waitUntil(lambda: bool(renewed))
    desk.session.proposer.is_automatic = False
    desk.settle()
    assert "What was learned before is forgotten." in desk.said
