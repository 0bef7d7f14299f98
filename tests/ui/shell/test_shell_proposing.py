"""Suggestions in the background: what fails is said, and tried again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest

from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import Progress
from annotator.model.records import ArticleContent
from annotator.model.resources import resource
from annotator.model.said import say
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import Proposals, ProposedSpan, SuggestInput
from annotator.services import suggesters, suggesting
from annotator.services.cues import keep
from annotator.services.suggesters import SuggestionRound
from annotator.services.suggesting import Failure, SuggestionPlan
from annotator.ui import proposing

Inputs = Sequence[tuple[Id, SuggestInput]]


class Suggester:
    """Fails as often as told, then proposes nothing; keeps for which articles it was asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.unfit: set[Id] = set()
        self.asked: list[list[Id]] = []

    def plan(self, inputs: Inputs, **_: object) -> Iterator[Progress]:
        """Stand in for `plan_suggestions`."""
        articles = [article for article, _ in inputs]
        self.asked.append(articles)
        yield Progress(0, len(inputs))
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        failed = tuple(Failure(one, "Too long.") for one in articles if one in self.unfit)
        proposals = tuple((one, Proposals((), ())) for one in articles if one not in self.unfit)
        return SuggestionPlan("names 1", ("entities",), proposals, failed)


class FirstWord(Suggester):
    """Proposes the first word of each text."""

    def plan(self, inputs: Inputs, **_: object) -> Iterator[Progress]:
        """Stand in for `plan_suggestions`."""
        yield Progress(0, len(inputs))
        span = ProposedSpan("PERSON", ((0, 3),), 0.9, "first word")
        proposals = tuple((article, Proposals((span,), ())) for article, _ in inputs)
        return SuggestionPlan("names 1", ("entities",), proposals)


@pytest.fixture
def begun(open_desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a way to open a new project with three articles while a suggester is at work."""

    def _begin(suggester: Suggester):
        monkeypatch.setattr(proposing, "_PAUSE", 0)
        monkeypatch.setattr(suggesting, "plan_suggestions", suggester.plan)
        monkeypatch.setattr(suggesters, "USUAL", ("entities",))
        desk = open_desk()
        scheme = read_scheme(resource("schemes/default.toml"))
        desk.session.create_project(tmp_path / "new.annot", scheme, "Anna")
        desk.qtbot.waitUntil(lambda: desk.session.path is not None)
        texts = [tmp_path / f"{name}.txt" for name in "abc"]
        for one in texts:
            one.write_text(f"The mayor spoke. {one.name}\n", encoding="utf-8")
        desk.session.import_paths(texts)
        desk.qtbot.waitUntil(lambda: len(desk.session.order) == 3 and desk.session.content is not None)
        return desk

    return _begin


def test_a_batch_that_failed_is_tried_again_and_that_is_said(begun) -> None:
    suggester = Suggester(UserError("The suggester broke down."))
    desk = begun(suggester)
    desk.session.proposer.take(desk.session.order)
    desk.qtbot.waitUntil(lambda: len(suggester.asked) == 2)
    assert suggester.asked[0] == suggester.asked[1] == list(desk.session.order)
    said = [one for one in desk.said if "The suggester broke down." in one]
    assert said == ["No suggestions just now; tried again in 0 seconds. The suggester broke down."]


def test_a_mistake_is_reported_and_the_batch_is_tried_again(begun, told) -> None:
    suggester = Suggester(ValueError("bad"))
    desk = begun(suggester)
    desk.session.proposer.take(desk.session.order)
    desk.qtbot.waitUntil(lambda: len(suggester.asked) == 2)
    assert [str(one) for one in told.mistakes] == ["bad"]
    told.mistakes.clear()


def test_a_text_that_failed_is_tried_again_when_it_is_opened(begun) -> None:
    suggester = Suggester()
    desk = begun(suggester)
    _, second, third = desk.session.order
    suggester.unfit.add(second)
    desk.session.proposer.take(desk.session.order)
    said = "No suggestions for 1 article: Too long. Opening one tries again."
    desk.qtbot.waitUntil(lambda: said in desk.said)
    assert len(suggester.asked) == 1
    desk.session.proposer.is_automatic = True
    for article in (third, second):
        desk.session.open_article(article)
        desk.settle()
    desk.qtbot.waitUntil(lambda: suggester.asked[1:] == [[second]])


def test_a_pipeline_that_fails_gives_way_to_the_built_in_component(begun) -> None:
    suggester = Suggester(UserError("The pipeline is not installed."))
    desk = begun(suggester)
    desk.session.do(lambda project: project.set_setting("pipeline", "en_pipeline"))
    desk.settle()
    desk.session.proposer.take(desk.session.order)
    desk.qtbot.waitUntil(lambda: len(suggester.asked) == 2)
    assert suggester.asked[0] == suggester.asked[1]
    assert "The pipeline is not installed. The built-in component suggests instead." in desk.said


def test_a_question_to_the_project_that_fails_is_asked_again(begun, monkeypatch: pytest.MonkeyPatch) -> None:
    suggester, refused = Suggester(), []
    desk = begun(suggester)
    real = proposing.inputs_of

    def inputs(project, articles, who):
        if not refused:
            refused.append(True)
            raise UserError("The disk does not answer.")
        return real(project, articles, who)

    monkeypatch.setattr(proposing, "inputs_of", inputs)
    desk.session.proposer.take(desk.session.order)
    desk.qtbot.waitUntil(lambda: suggester.asked == [list(desk.session.order)])
    assert any("The disk does not answer." in one for one in desk.said)


def test_several_suggesters_take_turns_and_one_that_fails_does_not_hold_up_the_other(
    begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggester, asked = Suggester(), []
    desk = begun(suggester)
    monkeypatch.setattr(proposing, "_PAUSE", 30)
    monkeypatch.setattr(proposing, "_BATCH", 2)
    first, second = suggesters.Chosen("first"), suggesters.Chosen("second")
    monkeypatch.setattr(suggesters, "chosen", lambda project: (first, second))
    monkeypatch.setattr(desk.session.proposer, "_pause", 30)

    def plan(inputs: Inputs, **more: object) -> Iterator[Progress]:
        asked.append((more["suggester"], [article for article, _ in inputs]))
        if more["suggester"] == "first":
            raise UserError("The first one broke.")
        return (yield from suggester.plan(inputs))

    monkeypatch.setattr(suggesting, "plan_suggestions", plan)
    desk.session.proposer._who = None
    desk.session.proposer.take(desk.session.order)
    desk.qtbot.waitUntil(lambda: len(suggester.asked) == 2)
    a, b, c = desk.session.order
    assert asked == [("first", [a, b]), ("second", [a, b]), ("second", [c])]
    desk.session.proposer._later.stop()
    desk.session.proposer._try_again()
    desk.qtbot.waitUntil(lambda: len(asked) == 4)
    assert asked[3] == ("first", [a, b])
    desk.session.proposer.cancel()


def test_the_article_in_view_goes_before_those_that_wait(begun, monkeypatch: pytest.MonkeyPatch) -> None:
    suggester = Suggester()
    desk = begun(suggester)
    monkeypatch.setattr(proposing, "_BATCH", 1)
    *_, last = desk.session.order
    desk.session.proposer.is_automatic = True
    desk.session.proposer.take(desk.session.order)
    desk.session.open_article(last)
    desk.qtbot.waitUntil(lambda: len(suggester.asked) == 3)
    assert suggester.asked.index([last]) < 2


def test_nothing_runs_when_nobody_is_chosen(begun) -> None:
    suggester = Suggester()
    desk = begun(suggester)
    desk.session.do(lambda project: project.set_setting("suggesters", suggesters.NONE))
    desk.settle()
    desk.session.proposer.take(desk.session.order)
    desk.settle()
    assert suggester.asked == []
    assert desk.session.proposer._who == ()


def test_what_follows_the_article_in_view_comes_first(begun, monkeypatch: pytest.MonkeyPatch) -> None:
    suggester = Suggester()
    desk = begun(suggester)
    monkeypatch.setattr(proposing, "_BATCH", 1)
    first, second, third = desk.session.order
    desk.session.open_article(second)
    desk.settle()
    desk.session.proposer._begin()
    desk.qtbot.waitUntil(lambda: len(suggester.asked) == 3)
    assert suggester.asked == [[second], [third], [first]]


def test_starting_over_ends_the_process_and_looks_at_all_again(begun) -> None:
    suggester = Suggester()
    desk = begun(suggester)
    proposer, ended = desk.session.proposer, []

    class Process:
        def close(self) -> None:
            ended.append(True)

    proposer.take(desk.session.order)
    desk.qtbot.waitUntil(lambda: len(suggester.asked) > 0)
    desk.settle()
    proposer._process, before, proposer.is_automatic = Process(), len(suggester.asked), True
    proposer.start_over()
    desk.qtbot.waitUntil(lambda: ended == [True] and len(suggester.asked) > before)
    assert proposer.looked_at


def test_a_batch_gives_way_to_an_article_that_is_opened_and_is_written_after_it(
    begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggester, hastes, written, awaited = Suggester(), [], [], []
    desk = begun(suggester)
    proposer, (a, b, c) = desk.session.proposer, desk.session.order

    def plan(inputs: Inputs, **more: object) -> Iterator[Progress]:
        articles, haste = [article for article, _ in inputs], more["haste"]
        suggester.asked.append(articles)
        hastes.append(haste.is_urgent)
        awaited.append(proposer.is_awaited)
        done = articles if haste.is_urgent or hastes.count(True) else articles[:1]
        while len(done) < len(articles) and not haste.gives_way():
            yield Progress(1, len(articles))
        yield Progress(len(done), len(articles))
        proposals = tuple((one, Proposals((), ())) for one in done)
        return SuggestionPlan("names 1", ("entities",), proposals, left=tuple(articles[len(done) :]))

    monkeypatch.setattr(suggesting, "plan_suggestions", plan)
    monkeypatch.setattr(proposer, "_write", lambda *plans: written.append([one.articles for one in plans]))
    proposer.take([a, b])
    desk.qtbot.waitUntil(lambda: suggester.asked == [[a, b]])
    proposer.is_automatic = True
    desk.session.open_article(c)
    desk.qtbot.waitUntil(lambda: len(written) == 3)
    assert suggester.asked == [[a, b], [c], [b]]
    assert hastes == awaited == [False, True, False]
    assert not proposer.is_awaited
    assert written == [[(c,)], [(a,)], [(b,)]]


def test_what_was_put_aside_is_looked_at_again_after_a_cancel(begun, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = begun(Suggester())
    proposer, article = desk.session.proposer, desk.session.order[0]
    plan = SuggestionPlan("names 1", ("entities",), ((article, Proposals((), ())),))
    proposer.looked_at.add(article)
    proposer._first = desk.session.order[1]
    monkeypatch.setattr(proposer, "_next", lambda: None)
    proposer._on_plan(plan)
    assert proposer._aside == [plan]
    proposer.cancel()
    assert (proposer._aside, article in proposer.looked_at) == ([], False)


def test_all_articles_are_suggested_for_in_one_step(begun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesters, "plan_suggestions", FirstWord().plan)
    desk = begun(Suggester())
    desk.session.suggest()
    said = "Suggested anew for 3 articles."
    desk.qtbot.waitUntil(lambda: said in desk.said)
    assert [len(one.suggested_spans) for one in contents(desk)] == [1, 1, 1]
    desk.session.undo()
    desk.settle()
    assert [len(one.suggested_spans) for one in contents(desk)] == [0, 0, 0]


def test_the_article_in_view_is_served_while_all_are_suggested_for(
    begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, given = Event(), list[object]()

    def for_all(*_: object, process: object = None, **__: object) -> Iterator[Progress]:
        given.append(process)
        while not may_end.is_set():
            yield Progress(0, 3)
        return SuggestionRound(())

    monkeypatch.setattr(suggesters, "plan_round", for_all)
    suggester = Suggester()
    desk = begun(suggester)
    desk.session.suggest()
    desk.qtbot.waitUntil(lambda: bool(given))
    desk.session.proposer.is_automatic = True
    last = desk.session.order[-1]
    desk.session.open_article(last)
    desk.qtbot.waitUntil(lambda: [last] in suggester.asked)
    desk.session.proposer.is_automatic = False
    assert desk.session.long_work.is_busy, "the others are still being suggested for"
    assert given == [None], "in a process that nobody else asks meanwhile"
    may_end.set()
    desk.qtbot.waitUntil(lambda: not desk.session.long_work.is_busy)


def test_what_was_about_to_begin_by_itself_is_not_done_twice(begun, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesters, "plan_suggestions", FirstWord().plan)
    suggester = Suggester()
    desk = begun(suggester)
    proposer = desk.session.proposer
    proposer.is_automatic = True
    proposer._soon.start()
    desk.session.suggest()
    assert not proposer._soon.isActive()
    proposer._begin()  # its answer is on the way when all are asked for again
    desk.session.suggest()
    desk.qtbot.waitUntil(lambda: "Suggested anew for 3 articles." in desk.said)
    proposer.is_automatic = False
    desk.settle()
    assert suggester.asked == []


class Rounds:
    """Suggests for all articles: a round does not end before it is let; keeps the cues it was asked with."""

    def __init__(self) -> None:
        self.cues: list[tuple[str, ...]] = []
        self.may_end = Event()

    def plan(self, inputs: Inputs, *_: object, **__: object) -> Iterator[Progress]:
        """Stand in for `plan_round`."""
        cues = inputs[0][1].cues
        self.cues.append(cues)
        while not self.may_end.is_set():
            yield Progress(0, 3)
        span = ProposedSpan("PERSON", ((0, 3 if cues else 9),), 0.9, "for the test")
        proposals = tuple((article, Proposals((span,), ())) for article, _ in inputs)
        return SuggestionRound((SuggestionPlan("names 1", ("entities",), proposals),))


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> Rounds:
    found = Rounds()
    monkeypatch.setattr(suggesters, "plan_round", found.plan)
    return found


def with_cue(desk, rounds: Rounds) -> None:
    """Give the project a cue, and begin to suggest for all articles with it."""
    desk.session.do(lambda project: keep(project, ["muse : s"]))
    desk.session.suggest()
    desk.qtbot.waitUntil(lambda: len(rounds.cues) == 1)


def ends(desk) -> list[list[int]]:
    return [[span.end for span in one.suggested_spans] for one in contents(desk)]


def test_redoing_cues_lets_all_be_looked_at_with_them_where_nothing_else_is_left(
    begun, rounds: Rounds
) -> None:
    desk = begun(Suggester())
    with_cue(desk, rounds)
    desk.session.proposer.cancel()
    desk.session.cancel()
    desk.session.undo()
    desk.settle()
    assert len(rounds.cues) == 1
    rounds.may_end.set()
    desk.session.redo()
    desk.qtbot.waitUntil(lambda: "Suggested anew for 3 articles." in desk.said)
    desk.settle()
    assert [bool(one) for one in rounds.cues] == [True, True]
    assert ends(desk) == [[3], [3], [3]]
    desk.session.undo()
    desk.session.undo()
    desk.session.redo()
    desk.settle()
    assert len(rounds.cues) == 2  # one more redo brings back what was suggested
    desk.session.redo()
    desk.settle()
    assert (len(rounds.cues), ends(desk)) == (2, [[3], [3], [3]])


def test_undoing_cues_lets_suggesting_for_all_begin_again_without_them(begun, rounds: Rounds) -> None:
    desk = begun(Suggester())
    with_cue(desk, rounds)
    desk.session.undo()
    desk.qtbot.waitUntil(lambda: len(rounds.cues) == 2)
    assert "What suggests was changed: all articles are looked at from the beginning." in desk.said
    rounds.may_end.set()
    desk.qtbot.waitUntil(lambda: "Suggested anew for 3 articles." in desk.said)
    desk.settle()
    assert [bool(one) for one in rounds.cues] == [True, False]
    assert ends(desk) == [[9], [9], [9]]


def test_what_was_found_with_cues_undone_at_the_last_moment_is_not_written(begun, rounds: Rounds) -> None:
    desk = begun(Suggester())
    with_cue(desk, rounds)
    work = desk.session.long_work
    write = work.write

    def _write(*given: object, **more: object) -> None:
        # The undo is on its way to the file, and nobody in the window has heard of it.
        work.write = write
        desk.session.do(lambda project: project.undo())
        write(*given, **more)

    work.write = _write
    rounds.may_end.set()
    desk.qtbot.waitUntil(lambda: len(rounds.cues) == 2)
    desk.settle()
    assert ends(desk) == [[9], [9], [9]]


def test_a_round_that_was_stopped_does_not_begin_again(begun, rounds: Rounds) -> None:
    desk = begun(Suggester())
    with_cue(desk, rounds)
    desk.qtbot.waitUntil(desk.window.status.job.isVisible)
    desk.window.status.job.stop.click()
    desk.session.undo()
    desk.settle()
    assert len(rounds.cues) == 1
    assert ends(desk) == [[], [], []]


def test_other_changes_leave_a_round_alone(begun, rounds: Rounds) -> None:
    desk = begun(Suggester())
    with_cue(desk, rounds)
    desk.session.do(lambda project: project.set_setting("guideline", "anything"))
    rounds.may_end.set()
    desk.qtbot.waitUntil(lambda: "Suggested anew for 3 articles." in desk.said)
    assert len(rounds.cues) == 1
    assert ends(desk) == [[3], [3], [3]]


def test_suggesting_for_all_is_stopped_in_the_middle(begun, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []

    def for_all(*_: object, **__: object) -> Iterator[Progress]:
        try:
            while True:
                yield Progress(1, 3)
        finally:
            ended.append(True)

    monkeypatch.setattr(suggesters, "plan_round", for_all)
    desk = begun(Suggester())
    desk.session.suggest()
    desk.qtbot.waitUntil(lambda: desk.window.status.job.left.text().startswith("1/3"))
    desk.window.status.job.stop.click()
    desk.qtbot.waitUntil(lambda: bool(ended))
    desk.settle()
    assert desk.said[-1] == "Suggesting: stopped."
    assert [len(one.suggested_spans) for one in contents(desk)] == [0, 0, 0]


def test_what_still_waited_at_a_cancel_is_looked_at_when_it_is_opened(
    begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggesters, "USUAL", ("attributions", "entities"))
    suggester = Suggester(UserError("The suggester broke down."))
    monkeypatch.setattr(suggesting, "plan_suggestions", suggester.plan)
    desk = begun(suggester)
    monkeypatch.setattr(proposing, "_PAUSE", 1000)
    desk.session.proposer._pause = 1000
    desk.session.proposer.take(desk.session.order)
    desk.qtbot.waitUntil(lambda: bool(desk.session.proposer._held))
    desk.session.proposer.cancel()
    desk.settle()
    assert not desk.session.proposer.looked_at


def contents(desk) -> list[ArticleContent]:
    found: list[list[ArticleContent]] = []
    order = list(desk.session.order)
    desk.session.ask(lambda project: [project.content(one) for one in order], found.append)
    desk.settle()
    return found[0]


@pytest.fixture
def all_begun(begun, rounds: Rounds):
    """Return a window in which all articles are being suggested for."""
    desk = begun(Suggester())
    desk.session.suggest()
    desk.qtbot.waitUntil(lambda: len(rounds.cues) == 1)
    return desk


def test_what_is_learned_meanwhile_lets_suggesting_for_all_begin_again(
    all_begun, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = all_begun
    desk.session.proposer.renew()  # as learning does at its end: nothing better was learned
    desk.settle()
    assert len(rounds.cues) == 1
    monkeypatch.setattr(suggesters, "chosen", lambda _: (suggesters.Chosen("learned", "better"),))
    desk.session.proposer.renew()
    desk.qtbot.waitUntil(lambda: len(rounds.cues) == 2)
    assert "What suggests was changed: all articles are looked at from the beginning." in desk.said
    rounds.may_end.set()
    desk.qtbot.waitUntil(lambda: "Suggested anew for 3 articles." in desk.said)
    desk.settle()
    assert ends(desk) == [[9], [9], [9]]


def test_what_is_learned_at_the_last_moment_is_asked_too(
    all_begun, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = all_begun
    monkeypatch.setattr(suggesters, "chosen", lambda _: (suggesters.Chosen("learned", "better"),))
    rounds.may_end.set()  # before anybody in the window heard of it
    desk.qtbot.waitUntil(lambda: "Suggested anew for 3 articles." in desk.said)
    assert len(rounds.cues) == 2


def test_another_annotator_may_come_while_all_are_suggested_for(all_begun, rounds: Rounds) -> None:
    desk = all_begun
    desk.session.do(lambda project: project.people.work_as("Bea"))
    desk.settle()
    rounds.may_end.set()
    desk.qtbot.waitUntil(lambda: "Suggested anew for 3 articles." in desk.said)
    desk.settle()
    assert (len(rounds.cues), ends(desk)) == (1, [[9], [9], [9]])
    assert desk.window.status.annotator.text() == "At work: Bea"
    desk.session.undo()
    desk.settle()
    assert ends(desk) == [[], [], []]


def test_who_suggests_instead_is_said_when_all_were_looked_at(begun, monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(inputs: Inputs, *_: object, **__: object) -> Iterator[Progress]:
        yield Progress(0, 3)
        plans = (SuggestionPlan("names 1", ("entities",), tuple((one, Proposals()) for one, _ in inputs)),)
        return SuggestionRound(plans, (say("It is gone. The built-in component suggests instead."),))

    monkeypatch.setattr(suggesters, "plan_round", plan)
    desk = begun(Suggester())
    desk.session.suggest()
    said = "It is gone. The built-in component suggests instead. Suggested anew for 3 articles."
    desk.qtbot.waitUntil(lambda: said in desk.said)


def test_imported_articles_are_looked_at_although_nobody_opens_them(begun, tmp_path: Path) -> None:
    suggester = Suggester()
    desk = begun(suggester)
    desk.session.proposer.is_automatic = True
    late = tmp_path / "late.txt"
    late.write_text("The council spoke.\n", encoding="utf-8")
    desk.session.import_paths([late])
    desk.qtbot.waitUntil(lambda: len(desk.session.order) == 4)
    desk.qtbot.waitUntil(lambda: set(desk.session.order) <= desk.session.proposer.looked_at)
    desk.settle()
    asked = [article for batch in suggester.asked for article in batch]
    assert sorted(asked) == sorted(desk.session.order)


def test_tab_does_not_say_that_nothing_waits_while_suggestions_are_on_their_way(begun) -> None:
    suggester, goes_on = FirstWord(), Event()
    plan = suggester.plan

    def waits(inputs: Inputs, **more: object) -> Iterator[Progress]:
        while not goes_on.wait(0.01):
            yield Progress(0, len(inputs))
        return (yield from plan(inputs, **more))

    suggester.plan = waits  # type: ignore[method-assign]
    desk = begun(suggester)
    desk.session.proposer.take(desk.session.order)
    desk.qtbot.waitUntil(lambda: desk.session.proposer.is_at_work)
    desk.do("next_suggestion")
    yet = "Nothing to go to yet: suggestions are on their way."
    desk.qtbot.waitUntil(lambda: yet in desk.said)
    goes_on.set()
    desk.qtbot.waitUntil(lambda: not desk.session.proposer.is_at_work)
    desk.settle()
    desk.do("next_suggestion")
    assert desk.session.chosen is not None
    assert desk.said.count(yet) == 1
