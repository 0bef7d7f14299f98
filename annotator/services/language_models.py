"""Asking a language model: where, whether texts may go there, and what it took.

Address, model and consent are this person's own, kept on this machine for one project: a project file from
somebody else can send nothing anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass

from annotator.model.allowed import allow, allowed, withdraw
from annotator.model.errors import UserError
from annotator.model.ids import Id, id_text
from annotator.model.job import Job, Progress
from annotator.model.scheme import Scheme, scheme_to_text
from annotator.model.suggesting import SuggestInput
from annotator.nlp.chat import KEY_VARIABLE, KEYS, key_of, target
from annotator.services.suggesting import SuggestionPlan, SuggestProcess, plan_suggestions

__all__ = ["KEY_VARIABLE", "Answers", "Setup", "key_of", "plan_answers"]

SUGGESTER = "language_model"
_SETUPS, _CONSENTS = "language_models", "consents"
_LIMIT = 3600.0
"""Seconds for one article, which may be sent in many pieces; each has a limit of its own."""
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
    """Quoted words that stand nowhere in the text, and labels that there are not."""
    seconds: float
    cost: float


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


def question(setup: Setup, articles: int) -> str:
    """Return what a person has to agree to before anything is sent: to which address, and what."""
    where = target(setup.address)
    far = where.hostname not in _HERE
    plain = " The connection is not encrypted: others on the way can read it." if far else ""
    key = " Your key goes with them." if key_of(setup.address) else ""
    return (
        f"Send to {setup.address} (model {setup.model}): the texts of {articles} articles and the guidelines"
        f" of the scheme? Who runs that address can read and keep them.{key}"
        f"{plain if where.scheme == 'http' else ''} Nothing was sent so far, and nothing goes anywhere else."
    )


def plan_answers(
    inputs: Sequence[tuple[Id, SuggestInput]], setup: Setup, scheme: Scheme, *, consent: str
) -> Job[Answers]:
    """Ask for each article and return what came of it; raises UserError when the first ones all fail.

    `consent` is the address that the person agreed to; any other is refused before a connection is made.
    """
    choice = json.dumps(
        {"address": setup.address, "model": setup.model, "consent": consent, "scheme": scheme_to_text(scheme)}
    )
    plans: list[SuggestionPlan] = []
    with SuggestProcess(time_limit=_LIMIT) as process:
        for number, one in enumerate(inputs):
            job = plan_suggestions([one], suggester=SUGGESTER, choice=choice, process=process)
            plans.append((yield from _one(job, Progress(number, len(inputs), _so_far(plans, setup)))))
            if len(plans) >= _IN_A_ROW and not any(plan.proposals for plan in plans[-_IN_A_ROW:]):
                break
    if plans and not any(plan.proposals for plan in plans):
        raise UserError(plans[0].failures[0].reason)
    return _answers(plans, setup)


def _one(job: Job[SuggestionPlan], progress: Progress) -> Job[SuggestionPlan]:
    """Run the job of one article, and say how far all of them are."""
    with closing(job):
        while True:
            try:
                next(job)
            except StopIteration as end:
                plan: SuggestionPlan = end.value
                return plan
            yield progress


def _answers(plans: Sequence[SuggestionPlan], setup: Setup) -> Answers:
    figures = _summed(plans)
    plan = SuggestionPlan(
        f"{setup.model.replace(' ', '_')} {_VERSION}",
        plans[0].layers if plans else (),
        tuple(one for plan in plans for one in plan.proposals),
        tuple(one for plan in plans for one in plan.failures),
        operation=f"Ask {setup.model}",
    )
    counts = {
        name: round(figures.get(name, 0)) for name in ("requests", "tokens_in", "tokens_out", "dropped")
    }
    return Answers(plan, **counts, seconds=figures.get("seconds", 0), cost=_cost(figures, setup))


def _summed(plans: Sequence[SuggestionPlan]) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for plan in plans:
        for _, proposals in plan.proposals:
            found |= {name: found.get(name, 0) + more for name, more in proposals.figures.items()}
    return found


def _cost(figures: Mapping[str, float], setup: Setup) -> float:
    spent = figures.get("tokens_in", 0) * setup.price_in + figures.get("tokens_out", 0) * setup.price_out
    return spent / _MILLION


def _so_far(plans: Sequence[SuggestionPlan], setup: Setup) -> str:
    figures = _summed(plans)
    tokens = figures.get("tokens_in", 0) + figures.get("tokens_out", 0)
    cost = _cost(figures, setup)
    return f"{tokens:,.0f} tokens" + (f", {cost:.4f}" if cost else "")


def sentence(answers: Answers) -> str:
    """Return what a person wants to know of it afterwards."""
    summary, failures = answers.plan.summary, answers.plan.failures
    tokens = f"{answers.tokens_in:,} + {answers.tokens_out:,} tokens"
    cost = f", cost {answers.cost:.4f}" if answers.cost else ""
    dropped = (
        f" {answers.dropped} proposals do not stand in the text and were dropped." if answers.dropped else ""
    )
    failed = f" {len(failures)} articles failed: {failures[0].reason}" if failures else ""
    return (
        f"{summary.spans} spans and {summary.frames} frames proposed for {summary.articles} articles"
        f" ({tokens}, {answers.seconds:.0f} s{cost}).{dropped}{failed}"
    )
