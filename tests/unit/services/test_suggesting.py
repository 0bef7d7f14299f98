"""The driver of the separate process: plans, cancelling, crashes, hangs, and the death of the parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from annotator.model.changes import Add
from annotator.model.errors import UserError
from annotator.model.ids import new_ids
from annotator.model.job import run
from annotator.model.records import SuggestedFrame, SuggestedSpan
from annotator.model.suggesting import Proposals, ProposedFrame, ProposedSpan, SuggestInput
from annotator.services import suggesting
from annotator.services.suggesting import Haste, SuggestionPlan, SuggestProcess, plan_suggestions

PLUGIN = """
import os, time
from annotator.model.suggesting import ProposedSpan, Proposals

class Suggester:
    def suggest(self, texts):
        for one in texts:
            if "hang" in one.text:
                time.sleep(600)
            if "die" in one.text:
                os._exit(3)
            if "bad" in one.text:
                raise RuntimeError("cannot")
            print("noise on standard output")
            if "slow" in one.text:
                time.sleep(0.3)
            here = str(os.getpriority(os.PRIO_PROCESS, 0)) if hasattr(os, "getpriority") else ""
            span = ProposedSpan("X", ((0, len(one.text)),), 0.5, str(os.getpid()), {"priority": here})
            yield Proposals((span,))

class Plugin:
    name, version, layers = "toy", "2", ("entities",)
    def load(self, choice):
        if choice == "hang":
            time.sleep(600)
        if choice == "die":
            os._exit(3)
        return Suggester()

PLUGIN = Plugin()
"""
POINT = "toy_suggester_of_tests:PLUGIN"


@pytest.fixture
def toy(tmp_path, monkeypatch):
    (tmp_path / "toy_suggester_of_tests.py").write_text(PLUGIN)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return POINT


def _inputs(*texts):
    return [(article, SuggestInput(text)) for article, text in zip(new_ids(len(texts)), texts, strict=True)]


def _is_alive(process_id):
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _wait_for(condition):
    end = time.monotonic() + 30
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_built_in_entities_come_back_as_a_plan_in_order():
    inputs = _inputs("😀 Angela Weber flew to Berlin.", "nothing here", "Paris is calm.")
    told = []
    plan = run(plan_suggestions(inputs), told.append)
    assert plan.articles == tuple(article for article, _ in inputs)
    assert plan.suggester.startswith("built-in entities ")
    assert plan.summary.spans == 3
    assert told[-1].done == told[-1].total == 3
    annotator = new_ids(1)[0]
    edits = list(plan.edits(annotator))
    assert all(isinstance(edit, Add) and isinstance(edit.record, SuggestedSpan) for edit in edits)
    texts = dict(inputs)
    found = [
        (edit.record.label, texts[edit.record.article].text[slice(*edit.record.fragments[0])])
        for edit in edits
    ]
    assert found == [("PERSON", "Angela Weber"), ("GPE", "Berlin"), ("GPE", "Paris")]
    assert len({edit.record.id for edit in edits}) == 3


def test_frames_point_to_the_spans_made_with_them():
    article, annotator = new_ids(2)
    spans = (ProposedSpan("A", ((0, 1),), 1.0, "r"), ProposedSpan("B", ((2, 3), (4, 5)), 1.0, "r"))
    proposals = Proposals(spans, (ProposedFrame("F", (("x", 1), ("y", 0)), 0.5, "why", {"k": "v"}),))
    plan = SuggestionPlan("toy 1", ("attributions",), ((article, proposals),))
    first, second, frame = (edit.record for edit in plan.edits(annotator))
    assert isinstance(frame, SuggestedFrame)
    assert [(one.role, one.kind, one.end) for one in frame.roles] == [
        ("x", "span", second.id),
        ("y", "span", first.id),
    ]
    assert second.fragments == ((2, 3), (4, 5))
    assert (frame.attributes, frame.suggester, plan.summary.frames) == ({"k": "v"}, "toy 1", 1)


def test_one_process_serves_many_calls_and_ends_when_closed(toy):
    with SuggestProcess() as process:
        first = run(plan_suggestions(_inputs("a"), suggester=toy, process=process))
        number = process.process_id
        second = run(plan_suggestions(_inputs("b"), suggester=toy, process=process))
        reasons = {proposals.spans[0].reason for plan in (first, second) for _, proposals in plan.proposals}
        assert reasons == {str(number)}
        assert number != os.getpid()
    assert process.process_id is None
    assert not _is_alive(number)


def test_a_fault_in_one_text_leaves_the_others(toy):
    inputs = _inputs("a", "bad", "c")
    plan = run(plan_suggestions(inputs, suggester=toy))
    assert plan.articles == (inputs[0][0], inputs[2][0])
    assert [(one.article, one.reason) for one in plan.failures] == [(inputs[1][0], "RuntimeError: cannot")]


def test_a_crash_in_one_text_leaves_the_others(toy):
    inputs = _inputs("a", "die", "c")
    plan = run(plan_suggestions(inputs, suggester=toy))
    assert plan.articles == (inputs[0][0], inputs[2][0])
    assert [one.article for one in plan.failures] == [inputs[1][0]]


def test_a_pipeline_that_breaks_down_at_every_text_is_given_up(toy):
    with pytest.raises(UserError, match="mine broke down at 3 articles in a row"):
        run(plan_suggestions(_inputs(*["die"] * 9), suggester=toy, choice="mine"))


def test_breakdowns_with_answers_between_them_are_of_their_texts(toy):
    inputs = _inputs("die", "die", "a", "die", "die", "c")
    plan = run(plan_suggestions(inputs, suggester=toy, choice="mine"))
    assert plan.articles == (inputs[2][0], inputs[5][0])
    assert len(plan.failures) == 4


def test_a_text_that_takes_too_long_is_given_up_and_the_others_stay(toy):
    inputs = _inputs("a", "hang", "c")
    with SuggestProcess(time_limit=1.5) as process:
        plan = run(plan_suggestions(inputs, suggester=toy, process=process))
    assert plan.articles == (inputs[0][0], inputs[2][0])
    assert "longer than" in plan.failures[0].reason


@pytest.mark.parametrize("choice", ["hang", "die"])
def test_a_suggester_that_breaks_down_at_loading_is_a_user_error(toy, choice):
    with SuggestProcess(load_limit=1.5) as process, pytest.raises(UserError, match="broke down at its start"):
        run(plan_suggestions(_inputs("a"), suggester=toy, choice=choice, process=process))


def test_an_unknown_suggester_is_a_user_error():
    with pytest.raises(UserError, match="no suggester named nosuch"):
        run(plan_suggestions(_inputs("a"), suggester="nosuch"))


def test_an_installed_pipeline_that_is_not_there_is_a_user_error():
    with pytest.raises(UserError, match="no installed spaCy pipeline named en_nosuch"):
        run(plan_suggestions(_inputs("a"), suggester="annotator.nlp.installed:SUGGESTER", choice="en_nosuch"))


def test_cancelling_ends_the_process_at_once_and_the_next_call_starts_another(toy):
    with SuggestProcess() as process:
        job = plan_suggestions(_inputs("hang"), suggester=toy, process=process)
        while process.process_id is None:
            next(job)
        number = process.process_id
        next(job)
        job.close()
        assert _wait_for(lambda: not _is_alive(number))
        plan = run(plan_suggestions(_inputs("a"), suggester=toy, process=process))
        assert plan.proposals[0][1].spans[0].reason != str(number)


def test_many_texts_go_in_batches_with_progress(toy, monkeypatch):
    monkeypatch.setattr(suggesting, "BATCH_TEXTS", 4)
    told = []
    plan = run(plan_suggestions(_inputs(*"abcdefghij"), suggester=toy), told.append)
    assert len(plan.proposals) == 10
    assert {4, 8, 10} <= {one.done for one in told}
    assert [one.done for one in told] == sorted(one.done for one in told)


def test_no_articles_give_an_empty_plan(toy):
    plan = run(plan_suggestions([], suggester=toy))
    assert plan.proposals == ()


PARENT = """
import sys
from annotator.model.ids import new_ids
from annotator.model.suggesting import SuggestInput
from annotator.services.suggesting import SuggestProcess, plan_suggestions
process = SuggestProcess()
job = plan_suggestions([(new_ids(1)[0], SuggestInput("hang"))], suggester=sys.argv[1], process=process)
for count, _ in enumerate(job):
    if process.process_id and count > 15:
        print(process.process_id, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of other systems")
def test_the_process_ends_by_itself_when_its_parent_is_killed_in_the_middle_of_work(toy):
    with subprocess.Popen([sys.executable, "-c", PARENT, toy], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        number = int(parent.stdout.readline())
        assert _is_alive(number)
        parent.send_signal(signal.SIGKILL)
    assert _wait_for(lambda: not _is_alive(number))


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priorities elsewhere")
def test_what_nobody_waits_for_steps_back_behind_the_window_and_what_is_urgent_does_not(toy):
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    with SuggestProcess() as process:

        def _priority(haste):
            plan = run(plan_suggestions(_inputs("a"), suggester=toy, process=process, haste=haste))
            return int(plan.proposals[0][1].spans[0].attributes["priority"])

        lower = min(19, ours + 10)
        assert [_priority(Haste()), _priority(Haste(is_urgent=True)), _priority(Haste())] == [
            lower,
            ours,
            lower,
        ]


def test_what_gives_way_keeps_what_it_has_and_names_the_rest_and_the_process_goes_on(toy):
    inputs, is_wanted = _inputs(*["slow"] * 40), threading.Event()
    with SuggestProcess() as process:
        job = plan_suggestions(
            inputs, suggester=toy, process=process, haste=Haste(gives_way=is_wanted.is_set)
        )
        while process.process_id is None:
            next(job)
        number = process.process_id
        for _ in range(12):
            next(job)
        is_wanted.set()
        plan = run(job)
        assert plan.articles + plan.left == tuple(article for article, _ in inputs)
        assert plan.left, "it did not wait for the last of them"
        assert plan.failures == ()
        more = run(plan_suggestions(_inputs("a", "b"), suggester=toy, process=process))
        assert [spans.spans[0].reason for _, spans in more.proposals] == [str(number)] * 2
    assert more.left == ()


def test_what_gives_way_before_it_began_leaves_all(toy):
    inputs = _inputs("a", "b")
    plan = run(plan_suggestions(inputs, suggester=toy, haste=Haste(gives_way=lambda: True)))
    assert (plan.articles, plan.left) == ((), tuple(article for article, _ in inputs))
