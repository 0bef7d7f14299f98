"""Which small number stands for which id, and for which word, inside one project file."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from operator import lt
from typing import Any, cast

from annotator.model.ids import Id

_FAR = 1 << 128
_CACHE = 32768
_LATELY = 4096
"""So many ids of records that are made together are kept: it is the next ones that ask for them."""


class _KeyOf(dict[Id, int]):
    """Keys met lately, by id; an id that is new gets one.  A dictionary because it is asked so often."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys

    def __missing__(self, record_id: Id) -> int:
        if len(self) >= _CACHE:
            self.clear()
        key = self._keys.claim(record_id)[0]
        self[record_id] = key
        return key


class _IdOf(dict[int, Id]):
    """Ids met lately, by key."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = keys

    def __missing__(self, key: int) -> Id:
        if len(self) >= _CACHE:
            self.clear()
        found = self[key] = self._keys.id(key)
        return found


class Keys:
    """Ids and their keys, as runs in which both count up by one.

    Importers make ids in runs, so ten thousand articles need ten thousand runs rather than half a
    million pairs.  Keys are given out in ascending order and never again.
    """

    def __init__(self, runs: Iterable[tuple[int, bytes, int]] = ()) -> None:
        self._starts: list[int] = []  # first key per run, ascending
        self._firsts: list[int] = []  # first id per run, as a number
        self._counts: list[int] = []
        self._by_id: list[tuple[int, int]] = []  # (first id, run), ascending
        self._next = 1
        for key, first, count in runs:
            self._append(key, int.from_bytes(first, "big"), count)
        self._by_id.sort()
        self._saved = len(self._starts)
        # The run that is being made: the id that would follow, and the next id that is taken.
        self._following = -1
        self._limit = _FAR
        self.key_of = _KeyOf(self)
        self.id_of = _IdOf(self)

    def _append(self, key: int, first: int, count: int) -> None:
        self._starts.append(key)
        self._firsts.append(first)
        self._counts.append(count)
        self._by_id.append((first, len(self._starts) - 1))
        self._next = key + count

    @property
    def newest(self) -> int:
        """The key that was given out last; 0 before the first."""
        return self._next - 1

    def unsaved(self) -> list[tuple[int, Id, int]]:
        """Return the runs (first key, first id, count) that are not in the file yet, as saved from now."""
        runs = range(self._saved, len(self._starts))
        self._saved, self._following = len(self._starts), -1
        return [(self._starts[at], _as_id(self._firsts[at]), self._counts[at]) for at in runs]

    def find(self, record_id: Id) -> int | None:
        """Return the key of an id, None when it has none yet."""
        return self._find(int.from_bytes(record_id, "big"))

    def _find(self, number: int) -> int | None:
        at = bisect_right(self._by_id, (number, _FAR)) - 1
        if at < 0:
            return None
        first, run = self._by_id[at]
        return self._starts[run] + number - first if number - first < self._counts[run] else None

    def has_between(self, first: Id, last: Id) -> bool:
        """Tell whether any id from one to another has a key."""
        low, high = (int.from_bytes(one, "big") for one in (first, last))
        return self._find(low) is not None or not self._is_free(low, high)

    def claim(self, record_id: Id) -> tuple[int, bool]:
        """Return the key of an id, and whether it was given just now."""
        number = int.from_bytes(record_id, "big")
        if number != self._following or number >= self._limit:
            found = self._find(number)
            if found is not None:
                return found, False
            self._start_run(number)
        else:
            self._counts[-1] += 1
        key = self._next
        self._next = key + 1
        self._following = number + 1
        return key, True

    def claim_run(self, ids: Sequence[Id]) -> range | None:
        """Return keys for ids that are all new and follow one another, None for any others."""
        first, count = int.from_bytes(ids[0], "big"), len(ids)
        last = first + count - 1
        # As many as there are from the first to the last, each above the one before: none is left out.
        if int.from_bytes(ids[-1], "big") != last or not all(map(lt, ids, islice(ids, 1, None))):
            return None
        if first == self._following and last < self._limit:
            self._counts[-1] += count
        elif self._find(first) is None and self._is_free(first, last):
            self._start_run(first)
            self._counts[-1] = count
        else:
            return None
        start = self._next
        self._next = start + count
        self._following = last + 1
        keys, known = range(start, self._next), self.key_of
        if len(known) + count >= _LATELY:
            known.clear()
        known.update(zip(ids, keys, strict=True))
        return keys

    def _is_free(self, first: int, last: int) -> bool:
        """Tell whether no run begins behind the first of some numbers, up to the last."""
        return bisect_right(self._by_id, (last, _FAR)) == bisect_right(self._by_id, (first, _FAR))

    def _start_run(self, number: int) -> None:
        self._starts.append(self._next)
        self._firsts.append(number)
        self._counts.append(1)
        entry = (number, len(self._starts) - 1)
        if not self._by_id or self._by_id[-1] < entry:
            self._by_id.append(entry)
            self._limit = _FAR
        else:
            insort(self._by_id, entry)
            self._limit = self._by_id[bisect_right(self._by_id, entry)][0]

    def place(self, key: int) -> int:
        """Return a number that grows with every new key; also for a key given out long before."""
        return 2 * self.newest + (key != self.newest)

    def id(self, key: int) -> Id:
        """Return the id that a key stands for; KeyError when there is none."""
        run = bisect_right(self._starts, key) - 1
        if run < 0 or key - self._starts[run] >= self._counts[run]:
            raise KeyError(key)
        return _as_id(self._firsts[run] + key - self._starts[run])

    def ids(self, keys: Iterable[int]) -> list[Id]:
        """Return the ids of many keys; quickest when they ascend."""
        found: list[bytes] = []
        start, stop, offset = 0, 0, 0
        for key in keys:
            if not start <= key < stop:
                run = bisect_right(self._starts, key) - 1
                start, offset = self._starts[run], self._firsts[run] - self._starts[run]
                stop = start + self._counts[run]
            found.append((key + offset).to_bytes(16, "big"))
        return cast("list[Id]", found)

    def follow(self, keys: Collection[int]) -> bool:
        """Tell whether ids ascend as keys do, from the lowest to the highest of these."""
        first, last = (bisect_right(self._starts, one) - 1 for one in (min(keys), max(keys)))
        firsts = self._firsts[first : last + 1]
        return all(map(lt, firsts, islice(firsts, 1, None)))

    def meet(self, keys: list[int]) -> list[Id]:
        """Return the ids of many keys, and have them at hand for `id_of`."""
        if len(self.id_of) >= _CACHE:
            self.id_of.clear()
        found = self.ids(keys)
        self.id_of.update(zip(keys, found, strict=True))
        return found


def _as_id(number: int) -> Id:
    return Id(number.to_bytes(16, "big"))


class _WordKeyOf(dict[str, int]):
    """Keys by word; a word that is new gets one."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, word: str) -> int:
        return self._words.add(word)


class Words:
    """Strings that come back again and again, and their keys."""

    def __init__(self, rows: Iterable[tuple[int, str]] = ()) -> None:
        self.key_of = _WordKeyOf(self)
        self.word_of: dict[int, str] = {}
        self._unsaved: list[tuple[int, str]] = []
        for key, word in rows:
            self.key_of[word] = key
            self.word_of[key] = word

    def add(self, word: str) -> int:
        """Give a word its key."""
        key = max(self.word_of, default=0) + 1
        self.key_of[word] = key
        self.word_of[key] = word
        self._unsaved.append((key, word))
        return key

    def find(self, word: str) -> int:
        """Return the key of a word, 0 (which no word has) when it has none yet."""
        return self.key_of.get(word, 0)

    def unsaved(self) -> list[tuple[int, str]]:
        """Return the words that are not in the file yet, and take them as saved."""
        found, self._unsaved = self._unsaved, []
        return found


class Names:
    """What turns ids and words into the small numbers of one file, and back.

    `key` and `word_key` give a new number to what has none; `id` and `word` raise KeyError.
    """

    def __init__(self, keys: Keys, words: Words) -> None:
        self.keys = keys
        self.words = words
        self.key = keys.key_of
        self.id = keys.id_of
        self.word_key = words.key_of
        # Any: what stands there is as narrow as the column it is read for (an origin, a state, …).
        self.word: dict[int, Any] = cast("dict[int, Any]", words.word_of)

    def key_or_none(self, record_id: Id | None) -> int | None:
        """Return the key of an id, None for none."""
        return None if record_id is None else self.key[record_id]

    def id_or_none(self, key: int | None) -> Id | None:
        """Return the id of a key, None for none."""
        return None if key is None else self.id[key]
