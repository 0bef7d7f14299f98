"""Format `fever`: claims with a verdict and the sentences for it, as in FEVER; only written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange import flat as flats
from annotator.exchange.claims.negatives import NEGATIVES, SEED, Negatives
from annotator.exchange.claims.stance_pairs import Pair, pairs_of, stances_option, trimmed
from annotator.exchange.json_records import covered, other_words
from annotator.model.formats import ExportSource, Format, Option, Target
from annotator.model.ids import Id, id_from_text, id_text
from annotator.model.proof import Piece
from annotator.model.records import ArticleContent

_SUPPORTS, _REFUTES, _OPEN = "SUPPORTS", "REFUTES", "NOT ENOUGH INFO"
_VALUES = {"support": _SUPPORTS, "deny": _REFUTES}
EVIDENCE = Option(
    "evidence",
    "Evidence",
    ("fever", "plain"),
    (
        "as in FEVER too: [[[number, number, page, sentence]]]",
        "as sentences alone, which every library loads",
    ),
)
_Sentences = list[dict[str, Any]]


class FeverExporter:
    """Writes a record for each stance that words of an article show."""

    suffix = ".jsonl"

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what the records do not hold."""
        return pairs_of(content, source).left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the records, yielding how many articles are written."""
        file = target.open()
        negatives: Negatives[_Sentences] = Negatives(source)
        is_nested = source.chosen.get(EVIDENCE.name, EVIDENCE.values[0]) == EVIDENCE.values[0]
        for count, content in enumerate(source.contents, 1):
            pairs = pairs_of(content, source).pairs
            said = _sentences(content, pairs)
            labelled = [
                (pair, _VALUES.get(pair.side, _OPEN), one) for pair, one in zip(pairs, said, strict=True)
            ]
            labelled += [(pair, _OPEN, one) for pair, one in negatives.of(content, pairs, said)]
            for pair, label, sentences in labelled:
                number = len(source.proof) + 1
                record = _record(number, pair, label, sentences, is_nested=is_nested)
                source.proof.wrote(
                    str(number), pair.claim, _meant(number, label, sentences, is_nested=is_nested)
                )
                file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            yield count

    def verify(self, path: Path, texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the records, comparing every sentence with the text of its article."""
        count = 0
        with path.open("rb") as file:
            for line in file:
                record = json.loads(line)
                count += 1
                source.proof.check(str(record["id"]), record["claim"], _told(record))
                for one in record["sentences"]:
                    if covered(texts[id_from_text(one["page"])], one["start"], one["end"]) != one["text"]:
                        raise other_words(record["id"])
                yield count
        source.proof.check_count(count)


def _sentences(content: ArticleContent, pairs: Sequence[Pair]) -> list[_Sentences]:
    """Return the sentences of each pair, with where they stand and which of the article they are."""
    text, page = content.article.text, id_text(content.article.id)
    numbers = {bounds: at for at, bounds in enumerate(flats.plain_sentences(text))} if pairs else {}
    found = []
    for pair in pairs:
        places = ((numbers[one], *trimmed(text, one)) for one in pair.sentences)
        found.append(
            [
                {"page": page, "number": number, "start": start, "end": end, "text": text[start:end]}
                for number, start, end in places
            ]
        )
    return found


def _record(number: int, pair: Pair, label: str, sentences: _Sentences, *, is_nested: bool) -> dict[str, Any]:
    is_open = label == _OPEN
    record: dict[str, Any] = {
        "id": number,
        "verifiable": "NOT VERIFIABLE" if is_open else "VERIFIABLE",
        "label": label,
        "claim": pair.claim,
    }
    if is_nested:
        pages = [[number, number, one["page"], one["number"]] for one in sentences]
        record["evidence"] = [[[number, None, None, None]]] if is_open else [pages]
    return {**record, "sentences": sentences}


def _meant(number: int, label: str, sentences: _Sentences, *, is_nested: bool) -> list[Piece]:
    """Return what a record has to tell, in the order of `_told`."""
    places = [(one["page"], one["number"]) for one in sentences]
    if label in _VALUES.values():
        verdict, evidence = "VERIFIABLE", [str([number, number, *one]) for one in places]
    else:
        verdict, evidence = "NOT VERIFIABLE", [str([number, None, None, None])]
    texts = [one["text"] for one in sentences]
    return [
        (label, texts),
        (verdict, [str(one) for one in places]),
        ("evidence", evidence if is_nested else []),
    ]


def _told(record: Mapping[str, Any]) -> list[Piece]:
    """Return what a record that was read again tells."""
    sentences = record["sentences"]
    places = [str((one["page"], one["number"])) for one in sentences]
    (evidence,) = record.get("evidence", [[]])
    return [
        (record["label"], [one["text"] for one in sentences]),
        (record["verifiable"], places),
        ("evidence", [str(one) for one in evidence]),
    ]


FORMAT = Format(
    "fever",
    "FEVER claims with evidence (JSONL)",
    (".jsonl",),
    exporter=FeverExporter(),
    about=(
        "Claims as in FEVER: support and agree are SUPPORTS, deny and disagree REFUTES, everything else NOT "
        "ENOUGH INFO, which has no evidence there. In place of Wikipedia stand the articles: a page is the "
        "id of one, and `sentences` has the words with their place in it, in characters. Claims with "
        "unrelated sentences are NOT ENOUGH INFO; they are drawn as for `fnc1`."
    ),
    example=(
        '{"id":1,"verifiable":"VERIFIABLE","label":"REFUTES","claim":"the bridge is safe","evidence":[[[1,1,'
        '"019b8d0e-5100-7000-8000-00000000000a",0]]],"sentences":[{"page":'
        '"019b8d0e-5100-7000-8000-00000000000a","number":0,"start":0,"end":21,'
        '"text":"The mayor doubted it."}]}'
    ),
    lost=(
        "stances that no words show, or on what stands in another article",
        "spans, frames that are no stances, strength and other attributes of stances, notes",
        "who holds a stance; who annotated, and when; names, titles and facts of articles",
        "labels of articles, recorded emptiness, suggestions",
    ),
    options_out=(stances_option("all"), EVIDENCE, NEGATIVES, SEED),
)
