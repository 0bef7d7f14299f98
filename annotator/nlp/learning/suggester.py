"""The suggester that betters the rules by what was learned, and the job that learns it."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

from annotator.model.errors import UserError
from annotator.model.job import Job
from annotator.model.learning import Learned, Lesson
from annotator.model.suggesting import Proposals, Suggester, SuggesterPlugin, SuggestInput
from annotator.nlp.learning.bettering import Known, Use, bettered
from annotator.nlp.learning.improving import see
from annotator.nlp.learning.model_file import file_hash, read_model, write_model
from annotator.nlp.learning.tagger import Tagger
from annotator.nlp.learning.training import learn
from annotator.nlp.learning.words import lines


class Better:
    """Lets the rules propose, then moves their edges and scores as was learned."""

    def __init__(self, rules: Suggester, plugin: SuggesterPlugin, learned: Learned, model: bytes) -> None:
        # By the rules' name, so that what they proposed before gives way to it.
        self.name = plugin.name
        self.version = f"{plugin.version}+{learned.model[:8]}"
        self._rules = rules
        self._learned = learned
        self._tagger = Tagger(model) if learned.adds else None

    def suggest(self, texts: Iterable[SuggestInput]) -> Iterator[Proposals]:
        """Yield the proposals of each text, in order."""
        for one in texts:
            told = replace(one, cues=(*one.cues, *self._learned.cues))
            (proposals,) = self._rules.suggest(iter([told]))
            yield self._better(one.text, proposals)

    def _better(self, text: str, proposals: Proposals) -> Proposals:
        learned, every = self._learned, list(lines(text))
        seen = see(self._tagger, learned.labels, every, proposals) if self._tagger else []
        known = Known(
            text, every, proposals, seen, learned.edges, (learned.judging,), learned.frames, learned.ranking
        )
        return bettered(known, Use(learned.least, learned.moves, learned.adds, outermost=learned.outermost))


@dataclass(frozen=True, slots=True)
class LearnedPlugin:
    """The entry point of the suggester that learned from the project's labels."""

    name: str = "learned"
    version: str = "1"
    layers: tuple[str, ...] = ("attributions", "stances")

    def load(self, choice: str) -> Better:
        """Load the model (JSON: path, hash, rules); raises UserError for one that was not learned here."""
        try:
            found = json.loads(choice)
            path, expected, point = Path(found["path"]), str(found["hash"]), str(found["rules"])
            pipeline = str(found.get("pipeline", ""))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError("Nothing was learned for this project yet.") from error
        # CRFsuite trusts its files: only one that was written on this machine is given to it.
        if not expected or file_hash(path) != expected:
            raise UserError(
                "{name} was not learned here; it is learned anew from the labels.", name=path.name
            )
        learned, model = read_model(path)
        plugin = rules_at(point)
        if learned.rules != rules_name(plugin):
            raise UserError(
                "{name} was learned with other rules; it is learned anew from the labels.", name=path.name
            )
        return Better(plugin.load(pipeline), plugin, learned, model)


SUGGESTER = LearnedPlugin()


def rules_at(point: str) -> SuggesterPlugin:
    """Return the suggester whose proposals are bettered, by its entry point."""
    module, _, attribute = point.partition(":")
    return cast(SuggesterPlugin, getattr(importlib.import_module(module), attribute))


def rules_name(plugin: SuggesterPlugin) -> str:
    """Return name and version of rules, by which a model knows them again."""
    return f"{plugin.name} {plugin.version}"


def learn_to_file(
    lessons: Sequence[Lesson],
    rules: tuple[str, str, dict[str, Any]],
    labels: Sequence[str],
    frames: dict[str, dict[str, str]],
    path: str,
) -> Job[dict[str, Any]]:
    """Learn, write the model, and return what it is, with `hash`, that of the file.

    `rules` are the entry point of the suggester to better, what it is told to load, and what is kept beside
    all that is learned.
    """
    point, told, kept = rules
    plugin = rules_at(point)
    learned, model = yield from learn(lessons, plugin.load(told), labels, frames)
    learned = replace(learned, rules=rules_name(plugin), **kept)
    written = write_model(Path(path), learned, model)
    return {**asdict(learned), "hash": written}
