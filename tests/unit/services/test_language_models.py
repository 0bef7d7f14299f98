"""Asking a language model for articles: consent, what it took, failures, and an end at any time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from model_server import Reply, model_server, refused, said

from annotator.model.allowed import allow, allowed
from annotator.model.changes import Change, Changes
from annotator.model.errors import UserError
from annotator.model.ids import id_text, new_id, new_ids
from annotator.model.job import run
from annotator.model.resources import resource
from annotator.model.scheme import read_scheme
from annotator.model.suggesting import SuggestInput
from annotator.services.language_models import (
    Setup,
    consents,
    give_consent,
    keep_key,
    keep_setup,
    new_in,
    plan_answers,
    question,
    sentence,
    setup_of,
    withdraw_consent,
)
from annotator.services.project import Project
from annotator.services.suggesters import SETTING, names

SCHEME = read_scheme(resource("schemes/default.toml"))
ANSWER = said({"spans": [{"label": "CUE", "text": "said"}, {"label": "CUE", "text": "sang"}]})
NONE = Changes("Ask")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def _inputs(count=2):
    return [(one, SuggestInput(f"Ada said {number}.")) for number, one in enumerate(new_ids(count))]


def _setup(server, **more):
    return Setup(server.address, "tiny model", **more)


def _ask(server, inputs, tell=lambda _: None, **more):
    setup = _setup(server, **more)
    return run(plan_answers(inputs, setup, SCHEME, consent=setup.address), tell)


def test_answers_are_counted_with_what_they_cost():
    told, inputs = [], _inputs()
    with model_server(ANSWER) as server:
        answers = _ask(server, inputs, told.append, price_in=2.0, price_out=10.0)
    assert answers.plan.articles == tuple(one for one, _ in inputs)
    assert (answers.requests, answers.tokens_in, answers.tokens_out, answers.dropped) == (2, 200, 40, 2)
    assert answers.cost == pytest.approx(200 * 2e-6 + 40 * 10e-6)
    assert answers.plan.suggester == "tiny_model 1"
    assert answers.plan.operation == "Ask tiny model"
    assert {one.what for one in told} == {"0 tokens", "120 tokens, 0.0004"}
    assert answers.unfit == 0
    words = sentence(answers, Changes("Ask", many=True))
    assert words.startswith("2 spans and 0 frames proposed for 2 articles (200 + 40 tokens, ")
    assert "cost 0.0008" in words
    assert "2 spans dropped, " in words
    assert "new" not in words, "they are too many to tell"
    assert "left out" not in words
    assert "hold. 3 proposals left out, without" in sentence(replace(answers, unfit=3), NONE)


def test_what_is_new_is_told_from_what_was_there_already():
    with model_server(ANSWER) as server:
        answers = _ask(server, _inputs(2))
    adds = [edit.record for edit in answers.plan.edits(new_ids(1)[0])]
    again = [replace(one, id=new_id()) for one in adds]
    added = [Change(None, one) for one in adds]
    assert new_in(Changes("Ask", tuple(added))) == 2
    assert "new" not in sentence(answers, Changes("Ask", tuple(added)))
    assert "articles (200 + 40 tokens, " in sentence(answers, NONE)
    assert "s). Nothing new. 2 spans dropped" in sentence(answers, NONE)
    anew = [*added, *(Change(one, None) for one in again[:1])]
    assert new_in(Changes("Ask", tuple(anew))) == 1
    assert "s). 1 of them new. 2 spans" in sentence(answers, Changes("Ask", tuple(anew)))
    assert new_in(Changes("Ask", many=True)) is None


def test_an_article_that_fails_is_named_and_the_others_go_on():
    inputs = _inputs(3)
    with model_server(ANSWER, said("no"), ANSWER) as server:
        answers = _ask(server, inputs)
    assert [one.article for one in answers.plan.failures] == [inputs[1][0]]
    assert "1 article failed: The model's answer is not the JSON" in sentence(answers, NONE)
    assert answers.plan.summary.spans == 2
    assert "not sent" not in sentence(answers, NONE)
    with model_server(ANSWER) as server:
        fewer = _ask(server, inputs[:2])
    assert (answers.requests, answers.tokens_in) == (3, 3 * fewer.tokens_in // 2), "paid for all the same"


def test_when_all_fail_that_is_said_and_no_more_is_sent_than_needed():
    with model_server(refused(401, "who are you")) as server:
        with pytest.raises(UserError, match=r"does not know the key.*who are you"):
            _ask(server, _inputs(9))
        assert len(server.asked) == 3
        with pytest.raises(UserError, match=r"stopped: 6 articles not sent\.$"):
            _ask(server, _inputs(9))
    with (
        model_server(said("no")) as server,
        pytest.raises(
            UserError, match=r"not sent\. It took [1-9]\d* \+ [1-9]\d* tokens, \d+ s all the same\.$"
        ),
    ):
        _ask(server, _inputs(9))


def test_after_three_failures_in_a_row_what_came_before_is_kept():
    with model_server(ANSWER, refused(403)) as server:
        answers = _ask(server, _inputs(9))
        assert len(server.asked) == 4
    assert len(answers.plan.proposals) == 1
    assert len(answers.plan.failures) == 3
    assert answers.not_asked == 5
    assert sentence(answers, NONE).endswith("it was stopped: 5 articles not sent.")


def test_no_articles_need_no_server():
    answers = run(plan_answers([], Setup("http://127.0.0.1:9", "tiny"), SCHEME, consent=""))
    assert (answers.plan.articles, answers.requests) == ((), 0)


@pytest.mark.parametrize("consent", ["", "http://127.0.0.1:9/v1"])
def test_without_consent_nothing_is_sent(consent):
    with model_server(ANSWER) as server:
        with pytest.raises(UserError, match="Nothing was sent"):
            run(plan_answers(_inputs(), _setup(server), SCHEME, consent=consent))
        assert server.connections == 0


def test_a_job_that_is_closed_ends_the_question_at_once(monkeypatch):
    monkeypatch.setattr("annotator.services.language_models.TIMEOUT", 1e6)
    with model_server(Reply(is_held=True)) as server:
        setup = _setup(server)
        job = plan_answers(_inputs(), setup, SCHEME, consent=setup.address)
        while not server.asked:
            next(job)
        job.close()  # never ends where it waits for the answer
        assert len(server.asked) == 1


def test_setup_and_consent_are_kept_for_one_project_and_one_address():
    mine, other = new_ids(2)
    setup = Setup("http://127.0.0.1:8080/v1", "tiny", 1.5, 2.0)
    assert setup_of(mine) == Setup()
    keep_setup(mine, setup)
    give_consent(mine, setup.address)
    assert setup_of(mine) == setup
    assert (consents(mine), consents(other)) == ({setup.address}, set())
    withdraw_consent(mine, setup.address)
    assert consents(mine) == set()
    assert setup_of(other) == Setup()


@pytest.mark.parametrize("text", ["[]", "{", '{"price_in": "much"}', "7"])
def test_a_setup_that_cannot_be_read_is_none(text):
    (project,) = new_ids(1)
    allow("language_models", id_text(project), text)
    assert setup_of(project) == Setup()


def test_what_cannot_work_is_not_kept():
    (project,) = new_ids(1)
    with pytest.raises(UserError, match="no address"):
        keep_setup(project, Setup("nonsense", "tiny"))
    with pytest.raises(UserError, match="Which model"):
        keep_setup(project, Setup("http://localhost/v1"))
    assert setup_of(project) == Setup()


def test_a_key_is_kept_and_forgotten():
    keep_key("http://a", "secret")
    assert allowed("keys") == {"http://a": "secret"}
    keep_key("http://a", "")
    assert allowed("keys") == {}


def test_the_question_names_address_and_what_is_sent():
    near = question(Setup("http://127.0.0.1:8080/v1", "tiny"), 3)
    for words in ("http://127.0.0.1:8080/v1", "tiny", "the text of 3 articles", "guidelines of the scheme"):
        assert words in near
    far = Setup("http://models.example/v1", "tiny")
    assert "not encrypted" not in near
    assert "not encrypted" in question(far, 1)
    assert "not encrypted" not in question(replace(far, address="https://models.example/v1"), 1)


def test_a_setting_of_a_project_never_starts_what_sends_texts_away(tmp_path):
    project = Project.create(tmp_path / "p.annot", SCHEME, "Ada")
    project.set_setting(SETTING, "language_model entities")
    assert names(project) == ("entities",)
    project.close()
