"""Asking a language model: where, whether texts may go there, and what it took.

Address, model and consent are this person's own, kept on this machine for one project: a project file from
somebody else can send nothing anywhere.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace

from annotator.model.alike import count_new
from annotator.model.allowed import allow, allowed, withdraw
from annotator.model.changes import Changes
from annotator.model.errors import UserError
from annotator.model.ids import Id, id_text
from annotator.model.job import Job, Progress
from annotator.model.records import Record, SuggestedFrame, SuggestedSpan
from annotator.model.said import Said, joined, say
from annotator.model.scheme import Scheme, scheme_to_text
from annotator.model.suggesting import SuggestInput
from annotator.nlp.chat import KEY_VARIABLE, KEYS, TIMEOUT, key_of, target
from annotator.services.suggesting import SuggestionPlan, SuggestProcess, plan_suggestions

__all__ = ["KEY_VARIABLE", "Answers", "Setup", "key_of", "plan_answers", "target"]

SUGGESTER = "language_model"
_SETUPS, _CONSENTS = "language_models", "consents"
_LIMIT = 3600.0
"""Seconds for one article, which may be sent in many pieces; each has a limit of its own."""
_LONG = 3
"""Seconds from which on it is said that an answer is waited for."""
_IN_A_ROW = 3
"""Failures one after the other, after which no further article is sent."""
_VERSION = "1"
_MILLION = 1_000_000
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Setup:
    """Which model at which address; prices are per million tokens, 0 where none was given."""

    address: str = ""
    model: str = ""
    price_in: float = 0.0
    price_out: float = 0.0


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model proposed, and what that took."""

    plan: SuggestionPlan
    requests: int
    tokens_in: int
    tokens_out: int
    dropped: int
    """Spans with words that stand nowhere in the text."""
    unfit: int
    """Spans and frames without a label that there is, or without parts that were found."""
    seconds: float
    cost: float
    not_asked: int = 0
    """Articles that were not sent, after too many failures in a row."""


def setup_of(project: Id) -> Setup:
    """Return what this person set up for a project; empty when nothing."""
    try:
        found = json.loads(allowed(_SETUPS).get(id_text(project), "{}"))
        prices = (float(found.get(name, 0)) for name in ("price_in", "price_out"))
        return Setup(str(found.get("address", "")), str(found.get("model", "")), *prices)
    except (ValueError, TypeError, AttributeError):
        return Setup()


def keep_setup(project: Id, setup: Setup) -> None:
    """Remember what this person set up for a project; raises UserError for what cannot work."""
    target(setup.address)
    if not setup.model:
        raise UserError("Which model? Give the name that the server knows it by.")
    allow(_SETUPS, id_text(project), json.dumps(asdict(setup)))


def keep_key(address: str, key: str) -> None:
    """Keep the key for an address with this person's own settings; an empty one is forgotten."""
    if key:
        allow(KEYS, address, key)
    else:
        withdraw(KEYS, address)


def consents(project: Id) -> frozenset[str]:
    """Return the addresses that this person agreed to send texts of a project to."""
    start = _about(project, "")
    return frozenset(one.removeprefix(start) for one in allowed(_CONSENTS) if one.startswith(start))


def give_consent(project: Id, address: str) -> None:
    """Remember that texts of a project may go to an address."""
    allow(_CONSENTS, _about(project, address), "yes")


def withdraw_consent(project: Id, address: str) -> None:
    """Let no more texts of a project go to an address."""
    withdraw(_CONSENTS, _about(project, address))


def _about(project: Id, address: str) -> str:
    return f"{id_text(project)} {address}"


def question(setup: Setup, articles: int) -> Said:
    """Return what a person has to agree to before anything is sent: to which address, and what."""
    where = target(setup.address)
    is_open = where.scheme == "http" and where.hostname not in _HERE
    asked = say(
        "Send to {address} (model {model}): the text of {n} article(s) and the guidelines of the scheme?"
        " Who runs that address can read and keep them.",
        articles,
        address=setup.address,
        model=setup.model,
    )
    return joined(
        asked,
        say("Your key goes with them.") if key_of(setup.address) else "",
        say("The connection is not encrypted: others on the way can read it.") if is_open else "",
        say("Nothing is sent before you agree, and nothing goes anywhere else."),
    )


def plan_answers(
    inputs: Sequence[tuple[Id, SuggestInput]], setup: Setup, scheme: Scheme, *, consent: str
) -> Job[Answers]:
    """Ask for each article and return what came of it; raises UserError when the first ones all fail.

    `consent` is the address that the person agreed to; any other is refused before a connection is made.
    """
    told = {"address": setup.address, "model": setup.model, "consent": consent, "timeout": TIMEOUT}
    choice = json.dumps({**told, "scheme": scheme_to_text(scheme)})
    plans: list[SuggestionPlan] = []
    with SuggestProcess(time_limit=_LIMIT) as process:
        for number, one in enumerate(inputs):
            job = plan_suggestions([one], suggester=SUGGESTER, choice=choice, process=process)
            plans.append((yield from _one(job, Progress(number, len(inputs), _so_far(plans, setup)))))
            if len(plans) >= _IN_A_ROW and not any(plan.proposals for plan in plans[-_IN_A_ROW:]):
                break
    answers = _answers(plans, setup, len(inputs) - len(plans))
    if plans and not any(plan.proposals for plan in plans):
        used = say("It took {took} all the same.", took=_took(answers))
        is_used = answers.tokens_in or answers.tokens_out
        raise UserError(
            joined(plans[0].failures[0].reason, _rest(answers.not_asked), used if is_used else "")
        )
    return answers


def _rest(not_asked: int) -> str:
    """Return that articles were left out, where some were."""
    text = "After failures in a row it was stopped: {n} article(s) not sent."
    return say(text, not_asked) if not_asked else ""


def _one(job: Job[SuggestionPlan], progress: Progress) -> Job[SuggestionPlan]:
    """Run the job of one article, and say how far all of them are, and how long it is waited for."""
    began = time.monotonic()
    with closing(job):
        while True:
            try:
                next(job)
            except StopIteration as end:
                plan: SuggestionPlan = end.value
                return plan
            waited = int(time.monotonic() - began)
            waiting = say("waiting for {seconds} s, {so_far}", seconds=waited, so_far=progress.what)
            yield replace(progress, what=waiting) if waited >= _LONG else progress


def _answers(plans: Sequence[SuggestionPlan], setup: Setup, not_asked: int) -> Answers:
    figures = _summed(plans)
    plan = SuggestionPlan(
        f"{setup.model.replace(' ', '_')} {_VERSION}",
        plans[0].layers if plans else (),
        tuple(one for plan in plans for one in plan.proposals),
        tuple(one for plan in plans for one in plan.failures),
        operation=f"Ask {setup.model}",
    )
    names = ("requests", "tokens_in", "tokens_out", "dropped", "unfit")
    counts = {name: round(figures.get(name, 0)) for name in names}
    seconds, cost = figures.get("seconds", 0), _cost(figures, setup)
    return Answers(plan, **counts, seconds=seconds, cost=cost, not_asked=not_asked)


def _summed(plans: Sequence[SuggestionPlan]) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for plan in plans:
        every = (*(one.figures for _, one in plan.proposals), *(one.figures for one in plan.failures))
        for figures in every:
            found |= {name: found.get(name, 0) + more for name, more in figures.items()}
    return found


def _cost(figures: Mapping[str, float], setup: Setup) -> float:
    spent = figures.get("tokens_in", 0) * setup.price_in + figures.get("tokens_out", 0) * setup.price_out
    return spent / _MILLION


def _so_far(plans: Sequence[SuggestionPlan], setup: Setup) -> str:
    figures = _summed(plans)
    tokens = say("{n} token(s)", round(figures.get("tokens_in", 0) + figures.get("tokens_out", 0)))
    cost = _cost(figures, setup)
    return say("{tokens}, {cost:.4f}", tokens=tokens, cost=cost) if cost else tokens


def new_in(changes: Changes) -> int | None:
    """Return how many suggestions were written that were not there; None where they are too many to list."""
    if changes.many:
        return None
    old = [one.before for one in changes.changes if one.after is None]
    new = [one.after for one in changes.changes if one.before is None]
    return count_new(list(_suggested(old)), list(_suggested(new)))


def _suggested(records: Iterable[Record | None]) -> Iterator[SuggestedSpan | SuggestedFrame]:
    return (one for one in records if isinstance(one, SuggestedSpan | SuggestedFrame))


def sentence(answers: Answers, changes: Changes) -> Said:
    """Return what a person wants to know of it once it is written."""
    summary, failures = answers.plan.summary, answers.plan.failures
    proposed, new = summary.spans + summary.frames, new_in(changes)
    dropped = say("{n} span(s) dropped, with words that the text does not hold.", answers.dropped)
    unfit = say("{n} proposal(s) left out, without a label of the scheme or without parts.", answers.unfit)
    news = say("{n} of them new.", new) if new else say("Nothing new.")
    return joined(
        say(
            "{spans} and {frames} proposed for {articles} ({took}).",
            spans=say("{n} span(s)", summary.spans),
            frames=say("{n} frame(s)", summary.frames),
            articles=say("{n} article(s)", summary.articles),
            took=_took(answers),
        ),
        "" if new is None or new == proposed else news,
        dropped if answers.dropped else "",
        unfit if answers.unfit else "",
        say("{n} article(s) failed: {reason}", len(failures), reason=failures[0].reason) if failures else "",
        _rest(answers.not_asked),
    )


def _took(answers: Answers) -> Said:
    took = say(
        "{sent:,} + {answered:,} tokens, {seconds:.0f} s",
        sent=answers.tokens_in,
        answered=answers.tokens_out,
        seconds=answers.seconds,
    )
    return say("{took}, cost {cost:.4f}", took=took, cost=answers.cost) if answers.cost else took
