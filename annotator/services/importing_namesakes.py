"""Tells which article of a project a text of a file is, where several have the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from annotator.exchange.file_names import FileNames
from annotator.model.formats import Draft
from annotator.model.ids import Id, id_text


class Stored:
    """The articles of the project: by id their hashes, and those that alone have their name."""

    def __init__(self, articles: Iterable[tuple[Id, str, str]]) -> None:
        self.hashes: dict[Id, str] = {}
        self._names: dict[Id, str] = {}
        self.same: dict[str, list[Id]] = {}
        """By hash, in the order of the project."""
        self._met: dict[tuple[str, str], dict[str, int]] = {}
        """By text and name, what files call their articles: how manyth each is."""
        for article, sha256, name in articles:
            self.hashes[article] = sha256
            self._names[article] = name
            self.same.setdefault(sha256, []).append(article)
        count = Counter(self._names.values())
        self.named = {name: article for article, name in self._names.items() if count[name] == 1}

    def meant(self, sha256: str, draft: Draft) -> Id | None:
        """Return which article of this text a draft is: by its key, its file's name, its name, its turn."""
        same = self.same[sha256]
        if len(same) == 1:
            return None if draft.turn else same[0]
        if own := [one for one in same if draft.key in (id_text(one), *self._files[one])]:
            return own[0]
        name, named = self._called(same, draft.name)
        met = self._met.setdefault((sha256, name), {})
        turn = draft.turn or met.setdefault(draft.key, len(met))
        among = named or same
        return among[turn] if turn < len(among) else None

    def _called(self, same: Sequence[Id], name: str) -> tuple[str, Sequence[Id]]:
        """Return those of a name, or else of that without its folder, and that name: "" where none is."""
        if named := [one for one in same if self._names[one] == name]:
            return name, named
        plain = _plain(name)
        named = [one for one in same if _plain(self._names[one]) == plain]
        return plain if named else "", named

    @cached_property
    def _files(self) -> dict[Id, tuple[str, str]]:
        """What exports call the files of articles."""
        texts, others = FileNames(), FileNames("")
        return {one: (f"{texts.stem(name)}.txt", others.stem(name)) for one, name in self._names.items()}


def _plain(name: str) -> str:
    return name.rpartition("/")[2]
