"""Format `iam`: claims and their stance to a topic, sentence by sentence, as in IAM; only written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.exchange.claims.claim_sentences import losses, proved_line, sentences_of
from annotator.exchange.claims.stance_pairs import Pair, pairs_of
from annotator.exchange.tables.cells import FORMULAS, Cell, tsv_rows
from annotator.model.formats import ExportSource, Format, Option, Target
from annotator.model.ids import Id
from annotator.model.records import ArticleContent

_CARDS, _TITLES = "cards", "titles"
TOPICS = Option(
    "topics",
    "Topics",
    (_CARDS, _TITLES),
    ("claim cards of the article, each with all its sentences", "the title of the article"),
)
_NO_TOPIC = "articles on no claim card"
_SIDES = {"support": 1, "deny": -1}


class IamExporter:
    """Writes a row for each sentence and topic."""

    suffix = ".tsv"
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what the table does not hold."""
        rows = list(_rows(content, source, 0))
        found = losses(content, source, ([str(one) for one in row[1:3]] for row in rows))
        found[_NO_TOPIC] += not rows
        return +found

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the table, yielding how many articles are written."""
        file = target.open()
        for count, content in enumerate(source.contents, 1):
            for row in _rows(content, source, count):
                file.write(proved_line(row, source))
            yield count

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the table."""
        with path.open("rb") as file:
            yield from source.proof.check_rows(tsv_rows(file))


def _rows(content: ArticleContent, source: ExportSource, number: int) -> Iterator[list[Cell]]:
    pairs = pairs_of(content, source).pairs
    sentences = sentences_of(content, source)
    for card, topic in _topics(content, source):
        for sentence in sentences:
            here = [one for one in pairs if _shows(one, sentence.start, sentence.end, card)]
            claims = [one for one in sentence.claims if card is None or one.claim_card == card]
            is_claim = bool(claims or (here and card is not None))
            stance = _stance(here, is_member=card is not None and bool(claims)) if is_claim else 0
            yield ["C" if is_claim else "O", topic, sentence.text, number, stance]


def _topics(content: ArticleContent, source: ExportSource) -> list[tuple[Id | None, str]]:
    if source.chosen.get(TOPICS.name) == _TITLES:
        return [(None, content.article.title or content.article.name)]
    return [(one.id, one.wording) for one in content.claim_cards]


def _shows(pair: Pair, start: int, end: int, card: Id | None) -> bool:
    is_on = card is None or pair.card == card
    return is_on and any(a < end and start < b for a, b in pair.sentences)


def _stance(pairs: list[Pair], *, is_member: bool) -> int:
    """Return the stance of a sentence: the first one for or against; a claim on the card is for it."""
    sides = (_SIDES.get(one.side, 0) for one in pairs)
    return next((one for one in sides if one), int(is_member and not pairs))


FORMAT = Format(
    "iam",
    "IAM claims with stances (TSV)",
    (".tsv",),
    exporter=IamExporter(),
    about=(
        "Claim detection as in IAM: no head; C for a claim and O for none, topic, sentence, number of the "
        "article, stance. Topics are the claim cards that an article is on, each with all sentences of the "
        "article: one is C where a claim of it is on the card, or where it shows a stance on it. Support and "
        "agree are 1, deny and disagree -1, everything else 0; a claim that is on the card is 1 where no "
        "stance is on it. With titles as topics, C is every sentence with a claim, and the stance is any "
        "that it shows. No quotation marks stand around texts (`quoting=3` in pandas)."
    ),
    example="C\tThe bridge is safe\tThe mayor said the bridge is safe.\t1\t1",
    lost=(
        "where claims stand in their sentences, their attributes and notes",
        "spans that are no claims, frames but the stances on claim cards, line breaks and tabs",
        "who annotated, and when; names and facts of articles; articles on no claim card",
        "labels of articles, recorded emptiness, suggestions",
    ),
    options_out=(TOPICS, FORMULAS),
    is_quoted=False,
)
