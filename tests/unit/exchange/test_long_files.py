"""Files with very many labels on one text take time with their length alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_projects import SCHEME, bring, project_in

FEW, MANY = 1_250, 10_000
MOST_TIMES = 2.5 * MANY / FEW
"""Where each label looks at all of its text, many take 30 times as long as few, or more."""
WORDS = "Ada 😀 "


def a_page(count: int) -> Any:
    def value(number: int) -> dict[str, Any]:
        path = f"/div[1]/p[{number + 1}]/text()[1]"
        place = {"start": path, "startOffset": 0, "end": path, "endOffset": 3}
        return {**place, "text": "Ada", "hypertextlabels": ["CLAIM"]}

    return {"text": "<div>" + "<p>Ada</p>" * count + "</div>"}, value


def counted(count: int) -> Any:
    def value(number: int) -> dict[str, Any]:
        place = {"globalOffsets": {"start": 3 * number, "end": 3 * number + 3}}
        return {**place, "start": "/", "end": "/", "text": "Ada", "hypertextlabels": ["CLAIM"]}

    return {"text": "<div>" + "<p>Ada</p>" * count + "</div>"}, value


def one_text(count: int) -> Any:
    path = "/div[1]/text()[1]"

    def value(number: int) -> dict[str, Any]:
        at = number * (len(WORDS) + 1)
        place = {"start": path, "startOffset": at, "end": path, "endOffset": at + 3}
        return {**place, "text": "Ada", "hypertextlabels": ["CLAIM"]}

    return {"text": f"<div>{WORDS * count}</div>"}, value


def one_paragraph(count: int) -> Any:
    words = [f"{number:05}" for number in range(count)]

    def value(number: int) -> dict[str, Any]:
        at = number * 9  # of UTF-16: a word, a blank, a pair, a blank
        place = {"start": "0", "startOffset": at, "end": "0", "endOffset": at + 5}
        return {**place, "text": words[number], "paragraphlabels": ["CLAIM"]}

    return {"talk": [{"author": "Ben", "text": " 😀 ".join(words)}]}, value


@pytest.mark.parametrize("made", [a_page, counted, one_text, one_paragraph])
def test_many_regions_of_one_task(tmp_path: Path, made: Any) -> None:
    def task(count: int) -> Any:
        data, value = made(count)
        field = {"from_name": "tag", "to_name": next(iter(data)), "type": "labels"}
        results = [{"id": str(at), **field, "value": value(at)} for at in range(count)]
        return {"data": data, "annotations": [{"result": results}]}

    assert times(tmp_path, task) < MOST_TIMES


def test_words_of_a_long_text_of_spacy_2(tmp_path: Path) -> None:
    def document(count: int) -> Any:
        tokens = [{"orth": "Ada", "ner": "U-CLAIM"}] * count
        paragraph = {"raw": "Ada " * count + "x" * 300 * count, "sentences": [{"tokens": tokens}]}
        return {"id": 1, "paragraphs": [paragraph]}

    assert times(tmp_path, document) < MOST_TIMES


def times(folder: Path, made: Callable[[int], Any]) -> float:
    """Return how many times as long many labels take as few."""
    read(folder, "warm", made(1))
    few, spans = read(folder, "few", made(FEW))
    assert spans == FEW
    many, spans = read(folder, "many", made(MANY))
    assert spans == MANY
    return many / few


def read(folder: Path, name: str, value: Any) -> tuple[float, int]:
    """Import a record, returning the CPU seconds that took, and how many spans there are."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps([value]), "utf-8")
    with project_in(folder, name, SCHEME) as project:
        began = time.process_time()
        summary = bring(project, path)
        took = time.process_time() - began
        assert summary.problems == ()
        return took, sum(len(one.spans) for one in project.contents())
