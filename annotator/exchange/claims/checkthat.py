"""Format `checkthat`: how worth checking each sentence is, as in the CheckThat! tasks; only written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.exchange.claims.claim_sentences import (
    Sentence,
    losses,
    proved_line,
    sentences_of,
    speakers,
)
from annotator.exchange.tables.cells import FORMULAS, Cell, tsv_line, tsv_rows
from annotator.model.formats import ExportSource, Format, Option, Target
from annotator.model.ids import Id
from annotator.model.proof import not_whole
from annotator.model.records import ArticleContent

_HEADS = {
    "2022": ("topic", "tweet_id", "tweet_url", "tweet_text", "class_label"),
    "2021": ("topic_id", "tweet_id", "tweet_url", "tweet_text", "claim", "check_worthiness"),
    "2020": ("topic_id", "tweet_id", "tweet_url", "tweet_text", "claim", "claim_worthiness"),
    "debates": (),
}
LAYOUT = Option(
    "layout",
    "Layout",
    tuple(_HEADS),
    (
        "of 2022: topic, tweet_id, tweet_url, tweet_text, class_label",
        "of 2021: with claim and check_worthiness",
        "of 2020: with claim and claim_worthiness",
        "of debates (task 5 of 2018 to 2020), without a head",
    ),
)
LABEL = Option(
    "label",
    "Class is",
    ("checkworthy", "claim"),
    ("worth checking (task 1A)", "has a claim of fact (task 1B of 2022)"),
)
MINOR = Option("minor", "Hardly worth checking is", ("no", "yes"), ("0", "1"))
UNSET = Option(
    "unset",
    "Claims of which nothing is said",
    ("leave_out", "no"),
    ("their sentences are left out", "are not worth checking"),
)
_UNSET = "sentences with claims of which nobody said whether they are worth checking"


class CheckThatExporter:
    """Writes a row for each sentence."""

    suffix = ".tsv"
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what the table does not hold."""
        rows = source.once(_rows, content)
        texts = ([one for one in row if isinstance(one, str)] for row in rows if row is not None)
        found = losses(content, source, texts)
        found[_UNSET] += rows.count(None)
        return +found

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the table, yielding how many articles are written."""
        file = target.open()
        head = _HEADS[_layout(source)]
        if head:
            file.write(tsv_line(head))
        before = 1 if head else 0
        for count, content in enumerate(source.contents, 1):
            for row in source.once(_rows, content):
                if row is not None:
                    numbered = [*row[:before], len(source.proof) + 1, *row[before:]]
                    file.write(proved_line(numbered, source, is_quoted=True))
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the table."""
        with path.open("rb") as file:
            head = _HEADS[_layout(source)]
            if head and next(file, b"") != tsv_line(head):
                raise not_whole(path.name)
            yield from source.proof.check_rows(tsv_rows(file, is_quoted=True))


def _layout(source: ExportSource) -> str:
    return source.chosen.get(LAYOUT.name, LAYOUT.values[0])


def _rows(content: ArticleContent, source: ExportSource) -> list[list[Cell] | None]:
    """Return a row for each sentence, without its number; None for one that is left out."""
    layout, article = _layout(source), content.article
    said = speakers(content, source) if layout == "debates" else {}
    found: list[list[Cell] | None] = []
    for sentence in sentences_of(content, source):
        worthy = _worthy(sentence, source)
        if worthy is None:
            found.append(None)
        elif layout == "debates":
            names = dict.fromkeys(said[one.id] for one in sentence.claims if one.id in said)
            found.append([", ".join(names), sentence.text, worthy])
        else:
            facts = [article.title or article.name, article.meta.get("url", ""), sentence.text]
            found.append([*facts, *([] if layout == "2022" else [int(sentence.has_fact)]), worthy])
    return found


def _worthy(sentence: Sentence, source: ExportSource) -> int | None:
    """Return the class of a sentence, None where it has none."""
    if source.chosen.get(LABEL.name) == "claim":
        return int(sentence.has_fact)
    value = sentence.checkworthy
    if value == "unset" and source.chosen.get(UNSET.name, UNSET.values[0]) == "leave_out":
        return None
    return int(value == "yes" or (value == "minor" and source.chosen.get(MINOR.name) == "yes"))


FORMAT = Format(
    "checkthat",
    "CheckThat! check-worthiness (TSV)",
    (".tsv",),
    exporter=CheckThatExporter(),
    about=(
        "A row for each sentence, 1 where it is worth checking and 0 where it is not, in the layouts of the "
        "CheckThat! tasks of 2020 to 2022, which have tweets, and of their debates. A sentence is as worth "
        "checking as the claim in it that is so most; one without a claim is not. `claim` tells whether it "
        "has a claim of type fact. The topic is the title of the article, tweet_id the number of the row, "
        "tweet_url the address of the article. Quotation marks stand around a text only where it has some "
        "itself."
    ),
    example="topic\ttweet_id\ttweet_url\ttweet_text\tclass_label\nFerry\t1\t\tForty ships sank.\t1",
    lost=(
        "where claims stand in their sentences, their attributes but type and checkworthy, notes",
        "spans that are no claims, frames (of attributions, the speakers of debates), line breaks and tabs",
        "who annotated, and when; names and facts of articles",
        "labels of articles, recorded emptiness, suggestions",
    ),
    options_out=(LAYOUT, LABEL, MINOR, UNSET, FORMULAS),
)
