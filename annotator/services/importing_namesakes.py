"""Tells which article of a project a text of a file is, where several have the same text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
        self._copies: dict[str, _Copies] = {}
        """By hash, of texts that several articles have, as far as they were asked for."""
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
        if sha256 not in self._copies:
            self._copies[sha256] = _Copies(same, self._names, self._files)
        copies = self._copies[sha256]
        if own := copies.own.get(draft.key):
            return own
        name, named = copies.called(draft.name)
        met = copies.met[name]
        turn = draft.turn or met.setdefault(draft.key, len(met))
        among = named or same
        return among[turn] if turn < len(among) else None

    @cached_property
    def _files(self) -> dict[Id, tuple[str, str]]:
        """What exports call the files of articles."""
        texts, others = FileNames(), FileNames("")
        return {one: (f"{texts.stem(name)}.txt", others.stem(name)) for one, name in self._names.items()}


class _Copies:
    """The articles of one text by what may tell them apart: found at once, however many there are."""

    def __init__(
        self, same: Iterable[Id], names: Mapping[Id, str], files: Mapping[Id, tuple[str, str]]
    ) -> None:
        self.own: dict[str, Id] = {}
        """By their ids, and by what exports call their files: the first one each."""
        self.met: defaultdict[str, dict[str, int]] = defaultdict(dict)
        """By name, what files call their articles: how manyth each is."""
        self._named: defaultdict[str, list[Id]] = defaultdict(list)
        self._plainly: defaultdict[str, list[Id]] = defaultdict(list)
        for one in same:
            for key in (id_text(one), *files[one]):
                self.own.setdefault(key, one)
            self._named[names[one]].append(one)
            self._plainly[_plain(names[one])].append(one)

    def called(self, name: str) -> tuple[str, Sequence[Id]]:
        """Return those of a name, or else of that without its folder, and that name: "" where none is."""
        if name in self._named:
            return name, self._named[name]
        plain = _plain(name)
        return (plain, self._plainly[plain]) if plain in self._plainly else ("", ())


def _plain(name: str) -> str:
    return name.rpartition("/")[2]
