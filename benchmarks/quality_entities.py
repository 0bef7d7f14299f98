"""Measures the built-in entities on wikigold and WNUT-17: F1 in percent, strict and overlapping, and speed.

python -m benchmarks.quality_entities [--data FOLDER] [--part develop|check|all] [--errors N] [--json]
python -m benchmarks.quality_entities --fresh [--errors N]   # the invented articles of `fresh_names*.txt`

Gold labels are fewer than ours, so both are mapped (`MAPS`); numbers, dates and sums are in no gold and are
not counted.  An article ("the") at the start of a name counts on neither side: wikigold has it in some names
and not in others.  Documents with an even number are for developing, with an odd one for checking: look at
the errors of the first part only.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from annotator.nlp.entities import find_entities
from annotator.nlp.tokens import cut
from benchmarks.names_gold import ALL_NAMES, Named, read_names

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
GOALS = {"wikigold": 65.0}
CPU_GOAL = 15.0
"""Milliseconds for a news article of 5,000 characters."""
_PLACES = {"GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
_OTHERS = dict.fromkeys(("NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "LANGUAGE"), "MISC")
MAPS: Mapping[str, Mapping[str, str]] = {
    "wikigold": {"PERSON": "PER", "ORG": "ORG", **_PLACES, **_OTHERS},
    "wnut17": {"PERSON": "person", "ORG": "ORG", **dict.fromkeys(_PLACES, "location")},
}
"""Our label -> the gold's, for each corpus."""
_GOLD = {"corporation": "ORG", "group": "ORG", "creative-work": "", "product": ""}
_FILES = {"wikigold": "ner/wikigold.first-half.conll", "wnut17": "ner/wnut17.dev.conll"}
_PARTS = {"develop": (0,), "check": (1,), "all": (0, 1)}
_HIDDEN = frozenset(("ORDINAL",))
"""Labels that no one marks in the invented articles."""
_SENTENCES = 50
_CLOSING = frozenset((".", ",", ";", ":", "!", "?", ")", "]", "%", "'s", "'", "n't"))
_OPENING = frozenset(("(", "[", "$", "#"))


class Entity(NamedTuple):
    """A stretch of a document with a label."""

    start: int
    end: int
    label: str


class Document(NamedTuple):
    """A text and what is marked in it."""

    text: str
    gold: frozenset[Entity]


@dataclass
class Counted:
    """Right, proposed and wanted ones of a label."""

    strict: Counter[str] = field(default_factory=Counter)
    overlap_found: Counter[str] = field(default_factory=Counter)
    overlap_gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def add(self, document: Document, found: frozenset[Entity]) -> None:
        """Count one document."""
        for one in found:
            self.found[one.label] += 1
            self.overlap_found[one.label] += any(_meets(one, other) for other in document.gold)
        for one in document.gold:
            self.gold[one.label] += 1
            self.overlap_gold[one.label] += any(_meets(one, other) for other in found)
        for one in found & document.gold:
            self.strict[one.label] += 1
        self.errors += _errors(document, found)

    def scores(self) -> dict[str, tuple[float, float, float, float]]:
        """Return precision, recall and F1 (strict), and F1 (overlapping) by label, and of all."""
        labels = [*sorted(self.gold), "all"]
        return {label: self._score(label) for label in labels}

    def _score(self, label: str) -> tuple[float, float, float, float]:
        def number(counts: Counter[str]) -> int:
            return counts.total() if label == "all" else counts[label]

        found, gold = number(self.found) or 1, number(self.gold) or 1
        precision, recall = number(self.strict) / found, number(self.strict) / gold
        loose = _f1(number(self.overlap_found) / found, number(self.overlap_gold) / gold)
        return 100 * precision, 100 * recall, _f1(precision, recall), loose


def documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a CoNLL file; where it marks none, so many sentences are one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    has_marks = any(line.startswith("-DOCSTART-") for line in lines)
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in lines:
        word, _, tag = line.strip().replace("\t", " ").rpartition(" ")
        if word == "-DOCSTART-" or (not word and not has_marks and len(sentences) == _SENTENCES):
            if any(sentences):
                yield _document(sentences)
            sentences = [[]]
        elif not word:
            sentences.append([])
        else:
            sentences[-1].append((word, tag))
    if any(sentences):
        yield _document(sentences)


def _document(sentences: list[list[tuple[str, str]]]) -> Document:
    text, before = "", "O"
    gold: list[Entity] = []
    for word, tag in (pair for sentence in sentences for pair in [*sentence, ("", "O")]):
        if not word:
            before = "O"
            continue
        is_tight = not text or word in _CLOSING or text[-1] in _OPENING
        start = len(text) + (0 if is_tight else 1)
        text = f"{text}{'' if is_tight else ' '}{word}"
        if tag != "O":
            label = _GOLD.get(tag[2:], tag[2:])
            if tag.startswith("I") and before[2:] == tag[2:] and gold:
                gold[-1] = gold[-1]._replace(end=len(text))
            else:
                gold.append(Entity(start, len(text), label))
        before = tag
    return Document(text, frozenset(_bare(one, text) for one in gold if one.label))


def _bare(one: Entity, text: str) -> Entity:
    words = text[one.start : one.end]
    return one._replace(start=one.start + 4) if words[:4].lower() == "the " else one


def _meets(one: Entity, other: Entity) -> bool:
    return one.label == other.label and one.start < other.end and other.start < one.end


def _errors(document: Document, found: frozenset[Entity]) -> Iterator[str]:
    text = document.text
    for one in sorted(found ^ document.gold):
        before, after = text[max(0, one.start - 30) : one.start], text[one.end : one.end + 20]
        kind = "missed" if one in document.gold else "wrong"
        yield f"{kind} {one.label:9} {before}[[{text[one.start : one.end]}]]{after}"


def find(text: str, labels: Mapping[str, str]) -> frozenset[Entity]:
    """Return what the program finds, in the labels of the gold."""
    found = find_entities(cut(text, "en"))
    return frozenset(
        _bare(Entity(one.start, one.end, labels[one.label]), text) for one in found if one.label in labels
    )


def measure(corpus: str, data: Path, part: str) -> Counted:
    """Return the counts of one corpus."""
    counted = Counted()
    for number, document in enumerate(documents(data / _FILES[corpus])):
        if number % 2 in _PARTS[part]:
            counted.add(document, find(document.text, MAPS[corpus]))
    return counted


def measure_fresh(path: Path) -> Counted:
    """Return the counts of the invented articles, in the program's own labels."""
    counted = Counted()
    for one in read_names(path):
        text = one.article.text
        found = find_entities(cut(text, "en"))
        counted.add(*decided(one, frozenset(_bare(Entity(*each[:3]), text) for each in found)))
    return counted


def decided(one: Named, found: frozenset[Entity]) -> tuple[Document, frozenset[Entity]]:
    """Return an article's gold and what is found without what may be seen either way."""
    left = {each for each in found if each.label not in _HIDDEN and not _is_open(one, each)}
    gold = set()
    for name in one.names:
        near = (each.label for each in left if each.start < name.end and name.start < each.end)
        label = next((label for label in near if label in name.labels), name.labels[0])
        if not name.is_open:
            gold.add(Entity(name.start, name.end, label))
    return Document(one.article.text, frozenset(gold)), frozenset(left)


def _is_open(one: Named, found: Entity) -> bool:
    return any(name.is_open and found.start < name.end and name.start < found.end for name in one.names)


def speed(data: Path) -> float:
    """Return CPU milliseconds per 5,000 characters of news, tokens included; 0 where there is no news."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((data / "polnear" / "text").glob("*.txt"))]
    for text in texts[:5]:
        find_entities(cut(text, "en"))
    begun = time.process_time()
    for text in texts:
        find_entities(cut(text, "en"))
    length = sum(map(len, texts))
    return 1000 * (time.process_time() - begun) / length * 5000 if length else 0.0


def _f1(precision: float, recall: float) -> float:
    return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--part", choices=_PARTS, default="all")
    parser.add_argument(
        "--errors", type=int, default=0, help="show so many errors of the part for developing"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--fresh", action="store_true", help="the invented articles instead")
    options = parser.parse_args()
    if options.fresh:
        for path in ALL_NAMES:
            fresh = measure_fresh(path)
            _show(path.stem, fresh)
            print("\n".join(fresh.errors[: options.errors]))
        return 0
    counted = {
        one: measure(one, options.data, options.part)
        for one in _FILES
        if (options.data / _FILES[one]).is_file()
    }
    if not counted:
        print(f"There is no corpus in {options.data}.", file=sys.stderr)
        return 2
    cpu = speed(options.data)
    if options.json:
        print(json.dumps({"cpu_ms": cpu, **{name: one.scores() for name, one in counted.items()}}))
        return 0
    for name, one in counted.items():
        _show(name, one)
    print(f"CPU per 5,000 characters of news: {cpu:.1f} ms (goal {CPU_GOAL:.0f})")
    if options.errors:
        print("\n".join(measure("wikigold", options.data, "develop").errors[: options.errors]))
    return 0


def _show(name: str, counted: Counted) -> None:
    print(f"{name:12}  precision  recall  F1 strict  F1 overlap")
    for label, (precision, recall, strict, loose) in counted.scores().items():
        goal = GOALS.get(name) if label == "all" else None
        verdict = "" if goal is None else f"  goal {goal:.0f}: {'reached' if strict >= goal else 'MISSED'}"
        print(f"  {label:10}  {precision:9.1f}  {recall:6.1f}  {strict:9.1f}  {loose:10.1f}{verdict}")


if __name__ == "__main__":
    sys.exit(main())
