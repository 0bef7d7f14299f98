"""What lies in exported projects of INCEpTION beside texts and labels, and labels that only it can read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.exchange.files import shown
from annotator.exchange.zipped import annotator_of
from annotator.model.formats import Problem
from annotator.model.listed import listed
from annotator.model.said import say

_SETTINGS = re.compile(r"exportedproject\d*\.json")
_BESIDE = ("guideline", "log")
"""Folders of a project that hold neither texts nor labels."""
_SOURCE = "source"
_OWN = {"annotation_ser": "annotation", "curation_ser": "curation"}
"""Folders of labels as INCEpTION itself keeps them, and those that have them in another format."""
_NOBODY = "INITIAL_CAS"
"""What INCEpTION calls the annotator of texts that nobody has opened yet."""


@dataclass(slots=True)
class LabelledProject:
    """The files of exported projects that can be read, each with whether it is plain text."""

    files: Sequence[tuple[Path, bool]]
    _paths: frozenset[Path] = field(init=False)

    def __post_init__(self) -> None:
        self._paths = frozenset(path for path, _ in self.files)

    def beside_labels(self) -> set[Path]:
        """Return settings, guidelines, and copies of texts that stand where labels would."""
        settings = {path for path in self._paths if _SETTINGS.fullmatch(path.name)}
        folders = {one.parent / name for one in settings for name in _BESIDE}
        copies = {path for path, is_plain in self.files if is_plain and self._is_copy(path)}
        return settings | copies | {path for path in self._paths if not folders.isdisjoint(path.parents)}

    def _is_copy(self, path: Path) -> bool:
        """Tell whether a text is that of an annotator, and the text that everybody had is there too."""
        article, folder = path.parent, path.parent.parent
        return folder.name in _OWN.values() and folder.parent / _SOURCE / article.name in self._paths

    def labels_not_read(self, unknown: Iterable[Path]) -> Iterator[tuple[Path, Problem]]:
        """Yield what is wrong where somebody's labels are there in no form that can be read."""
        read = {path.with_name(annotator_of(path.stem)) for path, is_plain in self.files if not is_plain}
        found: dict[Path, list[str]] = {}
        for path in unknown:
            folder = path.parent.parent
            if path.suffix != ".ser" or folder.name not in _OWN or path.stem == _NOBODY:
                continue
            if folder.parent / _OWN[folder.name] / path.parent.name / path.stem not in read:
                found.setdefault(folder, []).append(path.stem)
        for folder, people in found.items():
            reason = say(
                "labels in {n} file(s), by {names}, are there only as INCEpTION itself keeps them (.ser);"
                " export the project there again, in the format UIMA CAS XMI or WebAnno TSV",
                len(people),
                names=listed({*map(shown, people)}),
            )
            yield folder, Problem(folder.name, reason)
