"""An importer of files that hold one article each, made of a function that reads one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.exchange.articles.kept import KEPT, key_of
from annotator.exchange.encoding import MARK
from annotator.exchange.files import read_start
from annotator.model.formats import SAMPLE, Draft, ImportOptions, Item, Preview

_START = 4096
_TEXT = ".txt"


@dataclass(frozen=True, slots=True)
class OneArticle:
    """Reads a file as one article."""

    suffixes: tuple[str, ...]
    read_one: Callable[[Path, ImportOptions], tuple[Draft, str]]
    """Returns the article and the encoding it was read in, "" where there is nothing to choose.

    Raises UserError when the file is no article.
    """
    is_general: bool = False
    """Whether it takes only what no other importer recognises."""
    is_slow: bool = False
    """Whether reading it takes so long that what was read is kept for the next time."""

    begins: re.Pattern[bytes] | None = None
    """How files begin that are recognised by it, where their name ends in .txt."""

    apart: Callable[[Draft], Sequence[Draft]] | None = None
    """Returns the articles of one that is several; none of any other."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name, or by how a text begins."""
        ending = path.suffix.lower()
        if self.begins is None or ending != _TEXT:
            return ending in self.suffixes
        return self.begins.match(read_start(path, _START)) is not None

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the start of the text, and the encoding it was read in."""
        draft, encoding = self._read(path, options)
        several = self.apart(draft) if self.apart is not None else ()
        return Preview(
            rows=len(several) or 1, encoding=encoding, sample=draft.text.removeprefix(MARK)[:SAMPLE]
        )

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield the one article, or those that it is taken apart into."""
        draft, _encoding = self._read(path, options)
        yield from (self.apart(draft) if self.apart is not None else ()) or (draft,)

    def _read(self, path: Path, options: ImportOptions) -> tuple[Draft, str]:
        if not self.is_slow:
            return self.read_one(path, options)
        key = key_of(self.read_one, path, options)
        found = KEPT.get(key)
        if found is None:
            found = self.read_one(path, options)
            KEPT.keep(key, found)
        return found


def preview_of(items: Iterable[Item]) -> Preview:
    """Return how many articles a file holds that is read whole, and the start of the first."""
    drafts = [one for one in items if isinstance(one, Draft)]
    return Preview(rows=len(drafts), sample=drafts[0].text[:SAMPLE] if drafts else "")
