"""Format `semeval`: stances as in SemEval-2016 task 6, a table of targets and texts; only written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.exchange.claims.claim_sentences import proved_line
from annotator.exchange.claims.negatives import NEGATIVES, SEED, Negatives
from annotator.exchange.claims.stance_pairs import Pair, pairs_of, sentence_words, stances_option
from annotator.exchange.tables.cells import (
    FORMULAS,
    MADE_HARMLESS,
    is_formula,
    makes_harmless,
    on_one_line,
    tsv_line,
    tsv_rows,
)
from annotator.model.formats import ExportSource, Format, Option, Target
from annotator.model.ids import Id
from annotator.model.proof import not_whole
from annotator.model.records import ArticleContent

_HEAD = ("ID", "Target", "Tweet", "Stance")
_VALUES = {"support": "FAVOR", "deny": "AGAINST"}
_NONE = "NONE"
QUESTIONS = Option("questions", "Questioning is", ("none", "against"), ("NONE", "AGAINST"))


class SemEvalExporter:
    """Writes a row for each stance that words of an article show."""

    suffix = ".tsv"
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what the table does not hold."""
        found = pairs_of(content, source)
        if makes_harmless(source):
            texts = (on_one_line(one) for pair in found.pairs for one in (pair.claim, _said(content, pair)))
            found.left_out[MADE_HARMLESS] += sum(map(is_formula, texts))
        return +found.left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the table, yielding how many articles are written."""
        file = target.open()
        file.write(tsv_line(_HEAD))
        negatives: Negatives[str] = Negatives(source)
        for count, content in enumerate(source.contents, 1):
            for row in _rows(content, source, negatives):
                file.write(proved_line([len(source.proof) + 1, *row], source))
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the table."""
        with path.open("rb") as file:
            if next(file, b"") != tsv_line(_HEAD):
                raise not_whole(path.name)
            yield from source.proof.check_rows(tsv_rows(file))


def _rows(
    content: ArticleContent, source: ExportSource, negatives: Negatives[str]
) -> Iterator[tuple[str, str, str]]:
    pairs = pairs_of(content, source).pairs
    said = [_said(content, one) for one in pairs]
    values = _VALUES | ({"question": "AGAINST"} if source.chosen.get("questions") == "against" else {})
    for pair, words in zip(pairs, said, strict=True):
        yield pair.claim, words, values.get(pair.side, _NONE)
    for pair, words in negatives.of(content, pairs, said):
        yield pair.claim, words, _NONE


def _said(content: ArticleContent, pair: Pair) -> str:
    return " ".join(sentence_words(content, pair))


FORMAT = Format(
    "semeval",
    "SemEval-2016 stances (TSV)",
    (".tsv",),
    exporter=SemEvalExporter(),
    about=(
        "A table as in SemEval-2016 task 6, which has tweets: here the sentences that show a stance. Target "
        "is what it is on: a claim, a claim card, an actor, an action, the article. Support and agree are "
        "FAVOR, deny and disagree AGAINST, neutral, discuss and unrelated NONE, and so is question unless "
        "chosen otherwise. As there, no quotation marks stand around texts (`quoting=3` in pandas). "
        "Pairs of a target and unrelated sentences are NONE; they are drawn as for `fnc1`."
    ),
    example="ID\tTarget\tTweet\tStance\n1\tthe bridge is safe\tThe mayor doubted it.\tAGAINST",
    lost=(
        "stances that no words show, or on what stands in another article; line breaks and tabs",
        "where the words stand; spans, frames that are no stances, strength and other attributes, notes",
        "who holds a stance; who annotated, and when; names, titles and facts of articles",
        "labels of articles, recorded emptiness, suggestions",
    ),
    options_out=(stances_option("all"), QUESTIONS, NEGATIVES, SEED, FORMULAS),
    is_quoted=False,
)
