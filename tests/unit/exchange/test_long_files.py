"""Files with very many labels on one text take time with their length alone."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from made_projects import SCHEME, bring, project_in

MANY = 10_000
WORDS = "Ada 😀 "


def a_page() -> Any:
    def value(number: int) -> dict[str, Any]:
        path = f"/div[1]/p[{number + 1}]/text()[1]"
        place = {"start": path, "startOffset": 0, "end": path, "endOffset": 3}
        return {**place, "text": "Ada", "hypertextlabels": ["CLAIM"]}

    return {"text": "<div>" + "<p>Ada</p>" * MANY + "</div>"}, value


def counted() -> Any:
    def value(number: int) -> dict[str, Any]:
        place = {"globalOffsets": {"start": 3 * number, "end": 3 * number + 3}}
        return {**place, "start": "/", "end": "/", "text": "Ada", "hypertextlabels": ["CLAIM"]}

    return {"text": "<div>" + "<p>Ada</p>" * MANY + "</div>"}, value


def one_text() -> Any:
    path = "/div[1]/text()[1]"

    def value(number: int) -> dict[str, Any]:
        at = number * (len(WORDS) + 1)
        place = {"start": path, "startOffset": at, "end": path, "endOffset": at + 3}
        return {**place, "text": "Ada", "hypertextlabels": ["CLAIM"]}

    return {"text": f"<div>{WORDS * MANY}</div>"}, value


def one_paragraph() -> Any:
    words = [f"{number:05}" for number in range(MANY)]

    def value(number: int) -> dict[str, Any]:
        at = number * 9  # of UTF-16: a word, a blank, a pair, a blank
        place = {"start": "0", "startOffset": at, "end": "0", "endOffset": at + 5}
        return {**place, "text": words[number], "paragraphlabels": ["CLAIM"]}

    return {"talk": [{"author": "Ben", "text": " 😀 ".join(words)}]}, value


@pytest.mark.parametrize(
    "made", [a_page(), counted(), one_text(), one_paragraph()], ids=["page", "counted", "text", "talk"]
)
def test_many_regions_of_one_task(tmp_path: Path, made: Any) -> None:
    data, value = made
    results = [
        {"id": str(at), "from_name": "tag", "to_name": next(iter(data)), "type": "labels", "value": value(at)}
        for at in range(MANY)
    ]
    took, spans = read(tmp_path, "t.json", [{"data": data, "annotations": [{"result": results}]}])
    assert spans == MANY
    assert took < 5  # several times that, where each region looks at all of the text


def test_words_of_a_long_text_of_spacy_2(tmp_path: Path) -> None:
    tokens = [{"orth": "Ada", "ner": "U-CLAIM"}] * MANY
    paragraph = {"raw": "Ada " * MANY + "x" * 900_000, "sentences": [{"tokens": tokens}]}
    took, spans = read(tmp_path, "t.json", [{"id": 1, "paragraphs": [paragraph]}])
    assert spans == MANY
    assert took < 1


def read(folder: Path, name: str, value: Any) -> tuple[float, int]:
    """Import a file, returning the CPU seconds that took, and how many spans there are."""
    (folder / name).write_text(json.dumps(value), "utf-8")
    with project_in(folder, "p", SCHEME) as project:
        began = time.process_time()
        summary = bring(project, folder / name)
        took = time.process_time() - began
        assert summary.problems == ()
        return took, sum(len(one.spans) for one in project.contents())
