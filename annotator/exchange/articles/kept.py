"""Keeps what was read of slow files, so that a preview, a trial and the import read each of them once."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from annotator.exchange.files import digest_of
from annotator.model.errors import UserError
from annotator.model.formats import Draft, ImportOptions

_LIMIT = 100_000_000
"""Bytes of a file that is looked at: none that is read as one article has more."""
MOST = 8_000_000
"""Characters of all texts that are kept; a longer one is not."""
Key = tuple[object, ...]
Article = tuple[Draft, str]
"""An article, and the encoding it was read in."""


class Kept:
    """The articles that were read last, as long as their files hold the same."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._found: OrderedDict[Key, Article] = OrderedDict()
        self._lock = Lock()
        """Previews and trials read on threads of their own."""

    def get(self, key: Key | None) -> Article | None:
        """Return what was read under a key, None where it has to be read."""
        with self._lock:
            if key is None:
                return None
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def keep(self, key: Key | None, article: Article) -> None:
        """Keep what was read, and forget what was asked for longest ago where that is too much."""
        with self._lock:
            if key is None or key in self._found or len(article[0].text) > self._most:
                return
            self._found[key] = article
            self._size += len(article[0].text)
            while self._size > self._most:
                _key, (old, _encoding) = self._found.popitem(last=False)
                self._size -= len(old.text)


KEPT = Kept()
"""Of all readers of one article together."""


def key_of(kind: object, path: Path, options: ImportOptions) -> Key | None:
    """Return what tells one reading of a file from others: who reads what, with what was chosen."""
    try:
        held = digest_of(path, _LIMIT)
    except UserError:
        return None  # whoever reads it says why
    return kind, str(path), held, options.encoding, tuple(sorted(options.chosen.items()))
