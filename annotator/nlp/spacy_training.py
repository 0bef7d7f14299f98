"""Trains an ordinary spaCy pipeline from labels: ner, span_finder and spancat, textcat_multilabel."""

from __future__ import annotations

import random
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from annotator.model.disk import unwritten
from annotator.model.errors import UserError
from annotator.model.job import Job, Progress
from annotator.model.learning import Bounds, Lesson, Marked
from annotator.model.units import paragraph_bounds

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

KEY = "sc"
"""Where the pipeline puts spans that may overlap: `doc.spans["sc"]`."""
CANDIDATES = "span_candidates"
"""Where its `span_finder` puts the spans that `spancat` then labels or drops."""
BATCH = 8
_ROOM = 20_000_000
"""Bytes that there has to be room for before training begins; pipelines take some 12 MB."""
_DROP = 0.2
_PATIENCE, _LEAST_PATIENCE = 3, 400
"""Passes, and steps, without a better score held out after which a component is as good as it gets."""
_SEED = 0
_SCORES = {"ner": "ents_f", "spancat": f"spans_{KEY}_f", "textcat_multilabel": "cats_score"}
"""By which of spaCy's scores a component is judged."""
_LEAST = 0.2
"""The chance of being a start or end from which `span_finder` takes a word: `spancat` drops the rest."""
_ENDS: dict[str, Any] = {
    "@layers": "chain.v1",
    "*": {
        "parts": {
            "@layers": "concatenate.v1",
            "*": {one: {"@layers": f"reduce_{one}.v1"} for one in ("first", "last", "mean", "max")},
        },
        "hidden": {"@layers": "Maxout.v1", "nO": 128, "nP": 2, "normalize": True, "dropout": 0.0},
    },
}
"""What `spancat` sees of a span: also its first and last word, which tell long claims from parts of them."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What one article teaches a pipeline."""

    lesson: Lesson
    categories: tuple[str, ...]
    """Labels of the whole article."""
    is_held: bool = False
    """Whether it is not learned from, but kept to measure with."""


def train_pipeline(
    taught: Sequence[Taught], entities: Sequence[str], out: str, passes: int
) -> Job[dict[str, Any]]:
    """Train and write a pipeline; return its components, labels and scores; raises UserError."""
    random.seed(_SEED)
    folder = _free(Path(out))
    import spacy  # noqa: PLC0415 - takes a second to import

    spacy.util.fix_random_seed(_SEED)
    language = Counter(one.lesson.input.language for one in taught).most_common(1)
    nlp = spacy.blank(language[0][0] if language else "en")
    parts = _Parts(nlp, frozenset(entities))
    held = [one for one in taught if one.is_held]
    learned = [one for one in taught if not one.is_held]
    examples = _all(parts, learned)
    _add_components(nlp, examples)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy tells of deprecations in its own parts
        measured = _all(parts, held)
        yield from _train(nlp, examples, measured, passes)
        scores = _scores(nlp, measured)
        nlp.meta["name"] = _name(folder.name)
        nlp.meta["description"] = f"Trained by annotator on {len(learned)} labelled articles."
        nlp.meta["performance"] = scores
        _write(nlp, folder)
    labels = {name: list(nlp.get_pipe(name).labels) for name in nlp.pipe_names}
    return {"components": list(nlp.pipe_names), "labels": labels, "scores": scores, "articles": len(learned)}


def _free(out: Path) -> Path:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError("{out} is there already: name a folder that is new or empty.", out=out)
    if not out.parent.is_dir():
        raise UserError("There is no folder {parent}: choose another one.", parent=out.parent)
    with _writing(out), _beside(out) as aside:  # training takes minutes, and would be for nothing
        (Path(aside) / "room").write_bytes(bytes(_ROOM))
    return out


class _Parts:
    """Turns labelled articles into examples."""

    def __init__(self, nlp: Language, entities: frozenset[str]) -> None:
        self._nlp = nlp
        self._entities = entities

    def paragraphs(self, one: Lesson) -> Iterator[Example]:
        """Yield an example per labelled paragraph."""
        text = one.input.text
        for start, end in paragraph_bounds(text):
            if text[start:end].strip() and any(a < end and start < b for a, b in one.known):
                yield self._paragraph(text[start:end], start, one.marked)

    def _paragraph(self, text: str, start: int, marked: Iterable[Marked]) -> Example:
        from spacy.training import Example  # noqa: PLC0415 - takes a second to import
        from spacy.util import filter_spans  # noqa: PLC0415 - as above

        doc, gold = self._nlp.make_doc(text), self._nlp.make_doc(text)
        found: list[Any] = []
        for label, pieces in marked:
            bounds = _inside(pieces, start, len(text))
            span = gold.char_span(*bounds, label, alignment_mode="contract") if bounds else None
            found += [span] if span is not None else []
        gold.set_ents(filter_spans([one for one in found if one.label_ in self._entities]))
        gold.spans[KEY] = [one for one in found if one.label_ not in self._entities]
        gold.spans[CANDIDATES] = list(gold.spans[KEY])
        return Example(doc, gold)

    def whole(self, one: Taught, labels: Iterable[str]) -> Example:
        """Return an article as an example of its categories."""
        from spacy.training import Example  # noqa: PLC0415 - takes a second to import

        doc = self._nlp.make_doc(one.lesson.input.text)
        cats = {label: float(label in one.categories) for label in labels}
        return Example.from_dict(doc, {"cats": cats})


def _inside(pieces: Sequence[Bounds], start: int, length: int) -> Bounds | None:
    """Return a span from its first to its last piece within a paragraph, if it lies in it."""
    first, last = pieces[0][0] - start, pieces[-1][1] - start
    return (first, last) if 0 <= first < last <= length else None


@dataclass(frozen=True, slots=True)
class _Examples:
    paragraphs: list[Example]
    articles: list[Example]

    def of(self, component: str) -> list[Example]:
        """Return those that a component learns from."""
        return self.articles if component == "textcat_multilabel" else self.paragraphs


def _all(parts: _Parts, taught: Sequence[Taught]) -> _Examples:
    categories = sorted({label for one in taught for label in one.categories})
    with_categories = [one for one in taught if one.categories]
    return _Examples(
        [example for one in taught for example in parts.paragraphs(one.lesson)],
        [parts.whole(one, categories) for one in with_categories],
    )


def _add_components(nlp: Language, examples: _Examples) -> None:
    """Add a component for each kind of label that there is; raises UserError where there is none."""
    if any(one.reference.ents for one in examples.paragraphs):
        nlp.add_pipe("ner")
    longest = max((len(span) for one in examples.paragraphs for span in one.reference.spans[KEY]), default=0)
    if longest:
        # Claims have up to a hundred words: judging each run takes minutes and drowns the right ones.
        finding = {"spans_key": CANDIDATES, "max_length": longest, "threshold": _LEAST}
        nlp.add_pipe("span_finder", config=finding)
        found = {"@misc": "spacy.preset_spans_suggester.v1", "spans_key": CANDIDATES}
        seeing = {"@architectures": "spacy.SpanCategorizer.v1", "reducer": _ENDS}
        nlp.add_pipe("spancat", config={"spans_key": KEY, "suggester": found, "model": seeing})
    if len({label for one in examples.articles for label in one.reference.cats}) > 1:
        nlp.add_pipe("textcat_multilabel")
    if not nlp.pipe_names:
        raise UserError("There is nothing to train a pipeline with: label something first.")


def _train(nlp: Language, examples: _Examples, held: _Examples, passes: int) -> Job[None]:
    """Train one component after another, each as long as it gets better on articles held out."""
    nlp.initialize(lambda: [*examples.paragraphs, *examples.articles])
    done, most = 0, {name: passes * -(-len(examples.of(name)) // BATCH) for name in nlp.pipe_names}
    for name in nlp.pipe_names:
        for step in _train_one(nlp, name, examples.of(name), held.of(name), most[name]):
            yield Progress(done + step, sum(most.values()), "training")
        done += most[name]


def _train_one(
    nlp: Language, name: str, side: list[Example], held: list[Example], most: int
) -> Iterator[int]:
    """Train a component, yielding how far it is, and leave it as it was when it was best."""
    from spacy.training.loop import train_while_improving  # noqa: PLC0415 - takes a second to import

    # What `spancat` judges is found by then: joined from the start, it learns from all runs of words.
    before = ["span_finder"] if name == "spancat" else []
    one_pass, best = -(-len(side) // BATCH), b""

    def _score() -> tuple[float, dict[str, float]]:
        return (_worth(name, nlp.evaluate(held)) if held else 0.0), {}

    with nlp.select_pipes(enable=[*before, name]):
        for _, info, is_best in train_while_improving(
            nlp, nlp.create_optimizer(), islice(_batches(side), most + 1), _score,
            dropout=_DROP, eval_frequency=one_pass, accumulate_gradient=1,
            patience=max(_PATIENCE * one_pass, _LEAST_PATIENCE) if held else 0, max_steps=0, exclude=before,
            annotating_components=before, before_update=None,
        ):  # fmt: skip
            if is_best:
                best = nlp.get_pipe(name).to_bytes()
            yield info["step"]
    nlp.get_pipe(name).from_bytes(best)


def _batches(side: list[Example]) -> Iterator[tuple[int, list[Example]]]:
    """Yield the examples in batches, pass after pass, shuffled, each batch with the number of its pass."""
    for number in count():
        random.shuffle(side)
        for at in range(0, len(side), BATCH):
            yield number, side[at : at + BATCH]


def _worth(name: str, scores: dict[str, Any]) -> float:
    """Return by what a component is judged; what `span_finder` misses is lost, what is too much is not."""
    if name == "span_finder":
        precision, recall = (scores[f"spans_{CANDIDATES}_{one}"] or 0.0 for one in "pr")
        return 10 * precision * recall / (9 * precision + recall) if precision else 0.0
    return float(scores[_SCORES[name]] or 0.0)


def _scores(nlp: Language, examples: _Examples) -> dict[str, float]:
    """Return F-scores on articles that were not learned from; those that there are none for are left out."""
    found: dict[str, float] = {}
    for component, name in _SCORES.items():
        side = examples.of(component)
        scores = nlp.evaluate(side) if side else {}
        if isinstance(scores.get(name), float):
            found[name] = round(scores[name], 4)
    return found


def _write(nlp: Language, folder: Path) -> None:
    """Write a pipeline in one piece; of one that could not be written nothing stays."""
    with _writing(folder), _beside(folder) as aside:
        whole = Path(aside) / folder.name
        nlp.to_disk(whole)
        if folder.exists():
            folder.rmdir()
        whole.replace(folder)


def _beside(folder: Path) -> TemporaryDirectory[str]:
    """Return a folder for what is not whole yet, on the disk where a pipeline goes."""
    return TemporaryDirectory(
        prefix=".annotator-", suffix=".part", dir=folder.parent, ignore_cleanup_errors=True
    )


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Say why a pipeline cannot be written where that is so."""
    try:
        yield
    except OSError as error:
        raise UserError(
            "The pipeline could not be written to {folder}: {reason}.",
            folder=folder,
            reason=unwritten(error),
        ) from error


def _name(text: str) -> str:
    """Return a name as spaCy wants it."""
    kept = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in text.lower())
    return kept.strip("_") or "pipeline"
