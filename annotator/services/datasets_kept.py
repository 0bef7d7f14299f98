"""Keeps the split of a dataset that is made again: what is mended in one article moves no other one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.model.errors import UserError
from annotator.model.ids import Id, id_from_text, id_text
from annotator.model.splitting import Split, Splittable, split

if TYPE_CHECKING:
    from annotator.services.datasets_choice import DatasetChoice

SPLIT = ".annotator-split"
"""The file of a dataset that says which article is in which part."""


def divided(found: Sequence[Splittable], choice: DatasetChoice) -> Split:
    """Return how articles are split: as in the dataset before, where there is one, else dealt anew."""
    anew = split(found, choice.parts, seed=choice.seed, together=choice.together)
    before = _before(choice)
    if not before:
        return anew
    again = split(found, choice.parts, seed=choice.seed, together=choice.together, before=before)
    gets_empty = any(anew.parts[name] and not ids for name, ids in again.parts.items())
    return anew if again.parts == anew.parts or (gets_empty and choice.like is None) else again


def write_split(folder: Path, choice: DatasetChoice, dealt: Split) -> None:
    """Note in the folder of a dataset how it was split."""
    parts = {name: [id_text(one) for one in ids] for name, ids in dealt.parts.items()}
    words = json.dumps({**_asked(choice), "articles": parts}, indent=1)
    (folder / SPLIT).write_text(words + "\n", encoding="utf-8", newline="\n")


def _asked(choice: DatasetChoice) -> dict[str, Any]:
    shares = {part.name: round(part.share, 9) for part in choice.parts}
    return {"seed": choice.seed, "shares": shares, "together": sorted(choice.together)}


def _before(choice: DatasetChoice) -> Mapping[Id, str]:
    """Return which article had which part in the dataset that is named, or in a replaced one asked alike."""
    if choice.like is not None:
        return _homes(_need(choice.like))
    told = _read(choice.before) if choice.before is not None else None
    is_alike = told is not None and all(told.get(name) == said for name, said in _asked(choice).items())
    return _homes(told) if told is not None and is_alike else {}


def dataset_folder(words: str) -> Path:
    """Return the folder of a dataset that tells its split; raises UserError where there is none."""
    _need(Path(words))
    return Path(words)


def _need(folder: Path) -> dict[str, Any]:
    told = _read(folder)
    if told is None:
        raise UserError("{folder} is no dataset of this program that tells its split.", folder=folder)
    return told


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        told = json.loads((folder / SPLIT).read_text(encoding="utf-8"))
        _homes(told)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    else:
        return dict(told)


def _homes(told: Mapping[str, Any]) -> dict[Id, str]:
    return {id_from_text(one): name for name, ids in told["articles"].items() for one in ids}
