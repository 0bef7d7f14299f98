"""Which suggesters a project uses, and what each of them has still to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from annotator.model.changes import Changes
from annotator.model.errors import UserError
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.layers import LAYERS, layer_of, only
from annotator.model.own_cues import SETTING as CUES_SETTING
from annotator.model.records import ArticleContent, Span, SuggestedFrame, SuggestedSpan
from annotator.model.said import Said, say
from annotator.model.scheme import Scheme
from annotator.model.steps import has_learned, suggester_name
from annotator.model.suggesting import Proposals, SuggestInput, suggest_input
from annotator.plugins import door
from annotator.services.cues import own
from annotator.services.learning import RULES, better_choice, parser_of, proposes_as
from annotator.services.learning import SUGGESTER as LEARNED
from annotator.services.pipelines import SETTING as PIPELINE_SETTING
from annotator.services.pipelines import known_names
from annotator.services.project import Project
from annotator.services.suggesting import (
    Failure,
    SuggestionPlan,
    SuggestionSummary,
    SuggestProcess,
    batches,
    plan_suggestions,
)

SETTING = "suggesters"
PIPELINE = PIPELINE_SETTING
"""The entry point that runs a spaCy pipeline in place of the built-in entities: named as the setting."""
_SENDING = "language_model"
_ASKED = (PIPELINE, _SENDING, LEARNED)
"""Suggesters that are chosen and asked in ways of their own."""
ENTITIES = "entities"
USUAL = ("attributions", ENTITIES)
"""What suggests unless the project says otherwise; first what is there soonest."""
NONE = "none"
ASKED_OF = (SETTING, PIPELINE_SETTING, CUES_SETTING)
"""The settings of a project that say who suggests, and with which cues."""
Inputs = list[tuple[Id, SuggestInput]]


@dataclass(frozen=True, slots=True)
class Available:
    """A suggester that can be chosen: the name of its entry point, how it calls itself, what it proposes."""

    name: str
    title: str
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A suggester to run: the name of its entry point, and what it is told to load."""

    name: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionRound:
    """What several suggesters propose for the same articles, to be written in one step."""

    plans: tuple[SuggestionPlan, ...]
    notices: tuple[Said, ...] = ()
    """Who could not suggest, and who does instead."""

    @property
    def suggesters(self) -> tuple[str, ...]:
        """Names and versions of who proposed."""
        return tuple(dict.fromkeys(one.suggester for one in self.plans))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The texts for which nothing could be proposed."""
        return tuple(failure for one in self.plans for failure in one.failures)

    @property
    def summary(self) -> SuggestionSummary:
        """How much there is."""
        looked_at = {article for one in self.plans for article in one.articles}
        spans, frames = (
            sum(getattr(one.summary, name) for one in self.plans) for name in ("spans", "frames")
        )
        return SuggestionSummary(len(looked_at), spans, frames, self.failures)


def available() -> tuple[Available, ...]:
    """Return the suggesters that can be let in or left out."""
    return tuple(
        Available(name, one.name, tuple(one.layers))
        for name, one in door.suggesters().items()
        if name not in _ASKED
    )


def asked_of(project: Project) -> tuple[str, ...]:
    """Return the values of `ASKED_OF`."""
    return tuple(project.setting(name) for name in ASKED_OF)


def names(project: Project) -> tuple[str, ...]:
    """Return the entry points of the suggesters that the project uses."""
    setting = project.setting(SETTING)
    # What sends texts away is never started by a setting that may come from somebody else.
    known = door.suggesters().keys() - {_SENDING}
    return tuple(name for name in (setting.split() if setting else USUAL) if name in known)


def _setting_of(wanted: Collection[str]) -> str:
    """Return the setting that stands for these suggesters, those that are there soonest first."""
    if set(wanted) == set(USUAL):
        return ""
    ordered = [*(one for one in USUAL if one in wanted), *(one for one in wanted if one not in USUAL)]
    return " ".join(ordered) or NONE


def choose(project: Project, wanted: Collection[str]) -> Changes:
    """Let these suggest from now on; what others suggested and nobody decided goes in the same step."""
    gone = set(names(project)) - set(wanted)
    return project.set_setting(SETTING, _setting_of(wanted), *_withdrawal(project, gone))


def _withdrawal(project: Project, unticked: Collection[str]) -> tuple[SuggestionPlan, ...]:
    """Return plans that propose nothing, and so take away what these suggest and nobody decided."""
    nothing = tuple((article, Proposals()) for article in project.article_ids())
    return tuple(
        SuggestionPlan(f"{one.name} {one.version}", (), nothing, instead_of=_others(name))
        for name, one in door.suggesters().items()
        if name in unticked
    )


def chosen(project: Project, layers: Collection[str] = LAYERS) -> tuple[Chosen, ...]:
    """Return the suggesters that the project uses for some layers, in the order in which they run."""
    known = door.suggesters()
    return tuple(_stand_in(project, name) for name in names(project) if set(known[name].layers) & set(layers))


def _stand_in(project: Project, name: str) -> Chosen:
    """Return who suggests under a name: a pipeline for the entities, what was learned where it is better."""
    if name == ENTITIES and (pipeline := project.setting(PIPELINE)):
        return Chosen(PIPELINE, pipeline)
    if name != RULES:
        return Chosen(name)
    parser = parser_of(project)
    learned = better_choice(project.path, project.scheme, parser)
    return Chosen(LEARNED, learned) if learned else Chosen(name, parser)


def inputs_for(project: Project, articles: Iterable[Id], who: Chosen) -> Inputs:
    """Return the texts of those articles that a suggester has not looked at."""
    contents = map(project.find_content, articles)
    cues = own(project)
    return [
        (one.article.id, suggest_input(one, cues))
        for one in contents
        if one is not None and not _is_covered(one, who, project.scheme)
    ]


def _is_covered(content: ArticleContent, who: Chosen, scheme: Scheme) -> bool:
    """Tell whether a suggester has proposed something here before, or its work is done already."""
    plugin = door.suggesters().get(who.name)
    layers = set(plugin.layers) if plugin is not None else set()
    if layers == {"entities"}:
        entities = {label.name for label in scheme.of("span", "entity")}
        # An attribution brings whom it was said to along, as an entity: the others are still to be found.
        others = {one.name for one in door.suggesters().values() if not layers & set(one.layers)}
        proposed = (one for one in content.suggested_spans if suggester_name(one.suggester) not in others)
        spans: Iterable[Span | SuggestedSpan] = (*content.spans, *proposed)
        return any(one.label in entities for one in spans)
    every: tuple[SuggestedFrame | SuggestedSpan, ...] = (*content.suggested_frames, *content.suggested_spans)
    maker = proposes_as(who.choice) if who.name == LEARNED else ""
    name = suggester_name(maker) or (plugin.name if plugin is not None else who.name)
    own = [one for one in every if suggester_name(one.suggester) == name]
    # What was proposed before it was learned waits for better, also in an article that is labelled, and so
    # does what was learned before and does not hold any more.
    past = [one for one in own if _is_of_another(one.suggester, maker, who)]
    is_waiting = any(one.state == "open" for one in past)
    is_labelled = any(layer_of(one.label, scheme) in layers for one in content.frames)
    return len(past) < len(own) or (is_labelled and not is_waiting)


def _is_of_another(suggester: str, maker: str, who: Chosen) -> bool:
    """Tell whether somebody else of the name proposed: other than what was learned last, or the rules."""
    return suggester != maker if who.name == LEARNED else has_learned(suggester)


def all_inputs(project: Project) -> Job[Inputs]:
    """Return the texts of all articles, read in slices."""
    ids, cues = project.article_ids(), own(project)
    found: Inputs = []
    for count, one in enumerate(ids, 1):
        content = project.find_content(one)
        if content is not None:
            found.append((one, suggest_input(content, cues)))
        if count % 20 == 0:
            yield Progress(count, len(ids))
    return found


def plan_round(
    inputs: Inputs,
    who: Sequence[Chosen],
    scheme: Scheme,
    *,
    layers: Collection[str] = LAYERS,
    process: SuggestProcess | None = None,
    is_named: bool = False,
) -> Job[SuggestionRound]:
    """Return what these suggesters propose for texts in some layers, batch by batch.

    A pipeline that fails gives way to the built-in component, unless a person just named it.
    """
    if not who:
        raise UserError("No suggester is chosen for this: choose what suggests in this project first.")
    runner = process if process is not None else SuggestProcess()
    plans: list[SuggestionPlan] = []
    working = _Working(list(who), runner, is_named=is_named)
    done = 0
    try:
        for batch in batches(inputs):
            for number in range(len(who)):
                step = (done + number / len(who) * len(batch), len(batch) / len(who))
                plan = yield from working.plan(number, batch, step, len(inputs))
                plans.append(_limited(plan, layers, scheme))
            done += len(batch)
    finally:
        if process is None:
            runner.close()
    return SuggestionRound(tuple(plans), tuple(working.notices))


@dataclass(slots=True)
class _Working:
    """Who suggests in a round; a pipeline that fails gives way to the built-in component."""

    who: list[Chosen]
    process: SuggestProcess
    is_named: bool
    notices: list[Said] = field(default_factory=list)
    _gone: set[str] = field(default_factory=set)

    def plan(self, number: int, batch: Inputs, step: tuple[float, float], total: int) -> Job[SuggestionPlan]:
        """Let one of them look at a batch."""
        one = self.who[number]
        try:
            plan = yield from _part(_asked(batch, one, self.process), step, total)
        except UserError as error:
            if one.name != PIPELINE or self.is_named:
                raise
            self.notices.append(say("{why} The built-in component suggests instead.", why=error.args[0]))
            self._gone.add(one.choice)  # an installed one suggests by the name by which it is chosen
            one = self.who[number] = Chosen(ENTITIES)
            plan = yield from _part(_asked(batch, one, self.process), step, total)
        instead = _others(one.name)
        return replace(plan, instead_of=instead | self._gone if instead else instead)


def _asked(batch: Inputs, who: Chosen, process: SuggestProcess) -> Job[SuggestionPlan]:
    return plan_suggestions(batch, suggester=who.name, choice=who.choice, process=process)


def _others(name: str) -> frozenset[str]:
    """Return the names of those that a suggester stands in for: entities come from one at a time."""
    built_in = door.suggesters().get(ENTITIES)
    if name not in (ENTITIES, PIPELINE) or built_in is None:
        return frozenset()
    return frozenset({built_in.name, *known_names()})


def _part(job: Job[SuggestionPlan], step: tuple[float, float], total: int) -> Job[SuggestionPlan]:
    """Run a job as a part of a larger one, whose progress is that of the whole."""
    try:
        while True:
            progress = next(job)
            share = progress.done / progress.total if progress.total else 0.0
            yield Progress(int(step[0] + step[1] * share), total, progress.what)
    except StopIteration as end:
        plan: SuggestionPlan = end.value
        return plan
    finally:
        job.close()


def _limited(plan: SuggestionPlan, layers: Collection[str], scheme: Scheme) -> SuggestionPlan:
    """Return what a plan holds of some layers."""
    kept = tuple(one for one in plan.layers if one in layers)
    if kept == plan.layers:
        return plan
    proposals = tuple((article, only(one, kept, scheme)) for article, one in plan.proposals)
    return replace(plan, layers=kept, proposals=proposals)
