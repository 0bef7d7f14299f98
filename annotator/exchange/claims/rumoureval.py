"""Format `rumoureval`: threads of a claim and what is said to it, as in RumourEval; only written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from annotator.exchange.claims.negatives import NEGATIVES, SEED, Negatives
from annotator.exchange.claims.stance_pairs import Pair, pairs_of, sentence_words, stances_option
from annotator.exchange.file_names import FileNames
from annotator.exchange.files import TABLE_LIMIT, read_bytes
from annotator.model.formats import ExportSource, Format, Option, Target
from annotator.model.ids import Id, id_text
from annotator.model.records import ArticleContent

_VALUES = {"support": "support", "deny": "deny", "question": "query"}
_COMMENT = "comment"
LAYOUT = Option(
    "layout",
    "Layout",
    ("2019", "2017"),
    ("of 2019: twitter-english and key.json", "of 2017: rumoureval-data and subtaska.json"),
)
_FOLDERS = {"2019": "twitter-english", "2017": "rumoureval-data"}
_KEYS = {"2019": "key.json", "2017": "subtaska.json"}


class RumourEvalExporter:
    """Writes a thread for each claim, a reply for each stance, and the key."""

    suffix = ""
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what threads do not hold."""
        return pairs_of(content, source).left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the threads of each article, then the key to all of them."""
        writer = _Writer(source, target)
        negatives: Negatives[str] = Negatives(source)
        for count, content in enumerate(source.contents, 1):
            pairs = pairs_of(content, source).pairs
            said = [" ".join(sentence_words(content, one)) for one in pairs]
            labelled = [
                (pair, words, _VALUES.get(pair.side, _COMMENT))
                for pair, words in zip(pairs, said, strict=True)
            ]
            writer.article(content, labelled)
            writer.article(content, [(*one, _COMMENT) for one in negatives.of(content, pairs, said)])
            yield count
        writer.key()

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read the threads and what the key says of them."""
        layout = _layout(source)
        key = _loaded(path / _KEYS[layout])
        key = key["subtaskaenglish"] if layout == "2019" else key
        replies = 0
        for count, name in enumerate(source.proof.keys(), 1):
            thread = path / name
            claim = _loaded(thread / "source-tweet" / f"{thread.name}.json")
            structure = _loaded(thread / "structure.json")[thread.name]
            said = [_loaded(thread / "replies" / f"{one}.json") for one in structure]
            replies += len(said)
            pieces = [(key[one["id_str"]], _told(one)) for one in said]
            source.proof.check(name, claim["text"], [*pieces, ("", _told(claim))])
            yield count
        source.proof.check_count(len(list(path.glob("*/*/*/structure.json"))))
        if replies != len(key):
            raise ValueError


def _told(post: Mapping[str, Any]) -> list[str]:
    """Return all that a post that was read again tells, in the order of `_meant`."""
    by = "" if post["in_reply_to_status_id"] is None else post["user"]["name"]
    numbers = ("id", "id_str", "in_reply_to_status_id", "in_reply_to_status_id_str")
    return [post["text"], by, post["lang"], post["record"], *(str(post[one]) for one in numbers)]


def _meant(text: str, by: str, language: str, record: Id, *, number: int, to: int | None) -> list[str]:
    return [text, by, language, id_text(record), *[str(number)] * 2, *[str(to)] * 2]


def _loaded(path: Path) -> Any:
    return json.loads(read_bytes(path, TABLE_LIMIT))


def _layout(source: ExportSource) -> str:
    return source.chosen.get(LAYOUT.name, LAYOUT.values[0])


class _Writer:
    """Numbers what is said, and keeps the key until the end."""

    def __init__(self, source: ExportSource, target: Target) -> None:
        self._source = source
        self._target = target
        self._layout = _layout(source)
        self._names = FileNames()
        self._stems: dict[Id, str] = {}
        self._number = 0
        self._key: dict[str, str] = {}

    def article(self, content: ArticleContent, labelled: Sequence[tuple[Pair, str, str]]) -> None:
        """Write a thread for each claim of an article."""
        threads: dict[str, list[tuple[Pair, str, str]]] = {}
        for one in labelled:
            threads.setdefault(one[0].claim, []).append(one)
        for claim, said in threads.items():
            self._thread(content, claim, said)

    def _thread(self, content: ArticleContent, claim: str, said: Sequence[tuple[Pair, str, str]]) -> None:
        article = content.article
        if article.id not in self._stems:
            self._stems[article.id] = self._names.stem(article.name)
        people = {one.id: one.name for one in content.actors}
        own = self._next()
        folder = f"{_FOLDERS[self._layout]}/{self._stems[article.id]}/{own}"
        self._file(
            f"{folder}/source-tweet/{own}.json", _post(own, claim, article.language, id_text(article.id))
        )
        replies: dict[str, list[Any]] = {}
        pieces = [("", _meant(claim, "", article.language, article.id, number=own, to=None))]
        for pair, words, label in said:
            number = self._next()
            reply = _post(number, words, article.language, id_text(pair.frame.id), to=own)
            holder = next((one.end for one in pair.frame.roles if one.role == "holder"), None)
            by = people.get(holder, "") if holder is not None else ""
            reply["user"] = {"name": by}
            self._file(f"{folder}/replies/{number}.json", reply)
            self._key[str(number)] = label
            replies[str(number)] = []
            pieces.append((label, _meant(words, by, article.language, pair.frame.id, number=number, to=own)))
        self._file(f"{folder}/structure.json", {str(own): replies})
        self._source.proof.wrote(folder, claim, pieces)

    def key(self) -> None:
        """Write the key."""
        is_2019 = self._layout == "2019"
        self._file(
            _KEYS[self._layout],
            {"subtaskaenglish": self._key, "subtaskbenglish": {}} if is_2019 else self._key,
        )

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _file(self, name: str, data: Any) -> None:
        self._target.open(name).write(orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE))


def _post(number: int, text: str, language: str, record: str, to: int | None = None) -> dict[str, Any]:
    """Return a post as Twitter's interface gave it, as far as there is anything to say."""
    return {
        "id": number,
        "id_str": str(number),
        "text": text,
        "lang": language,
        "in_reply_to_status_id": to,
        "in_reply_to_status_id_str": None if to is None else str(to),
        "record": record,
    }


FORMAT = Format(
    "rumoureval",
    "RumourEval threads (a folder)",
    (".json",),
    exporter=RumourEvalExporter(),
    about=(
        "Threads as in RumourEval 2017 and 2019: the claim is the source post, and each stance on it a "
        "reply, with the sentences that show it. Support and agree are support, deny and disagree deny, "
        "question is query, neutral, discuss and unrelated are comment. `record` has the id of the article "
        "and of the stance. The source post itself has no label. Unrelated replies are comment; they are "
        "drawn as for `fnc1`, and stand in threads of their own. Name the key for the "
        "part that it is of: train-key.json, say."
    ),
    example='{"id":2,"id_str":"2","text":"The mayor doubted it.","lang":"en","in_reply_to_status_id":1}',
    lost=(
        "stances that no words show, or on what stands in another article",
        "where the words stand; spans, frames that are no stances, strength and other attributes, notes",
        "who annotated, and when; titles and facts of articles",
        "labels of articles, recorded emptiness, suggestions",
    ),
    options_out=(stances_option("all"), LAYOUT, NEGATIVES, SEED),
)
