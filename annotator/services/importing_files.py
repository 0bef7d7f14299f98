"""Finds the files of an import: given ones, and those in given folders, sorted, oddities left out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.exchange.archives import ENDING as ARCHIVE
from annotator.exchange.archives import PACKED
from annotator.exchange.files import cannot_read, file_size, read_start, shown, storable
from annotator.exchange.other_kinds import likely_format, other_kind
from annotator.model.errors import UserError, WrongChoice
from annotator.model.formats import Format, Importer, ImportOptions, Problem
from annotator.model.listed import not_there
from annotator.services.importing_inception import LabelledProject
from annotator.store.locking import has_lock, is_here, is_stale, read_lock

_LOCK_STARTS = (".", "~$", "#")
_LOCK_ENDS = ("~", ".lock", ".tmp", ".part", ".crdownload")
_NOT_MEANT = frozenset({"thumbs.db", "desktop.ini"})
_LARGEST = 1 << 62
_PACKED = {ARCHIVE, *PACKED}
EMPTY = "there is no file in"
"""How a note on folders and archives without a file begins."""
_RENAMED = "to .txt for a text, .csv or .tsv for a table, .conll for a word on each line, .json for records"
"""What files may be renamed to, so that they are known."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read: where it is, what messages and articles call it, how large it is, who reads it."""

    path: Path
    name: str
    size: int
    importer: Importer


@dataclass(frozen=True, slots=True)
class Found:
    """The files of an import, what was wrong with others, and what was left out."""

    sources: tuple[Source, ...]
    refused: tuple[tuple[Path, Problem], ...]
    """Where each of them is, and what is wrong with it."""
    notes: tuple[str, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong."""
        return tuple(problem for _, problem in self.refused)


def find_sources(
    paths: Sequence[Path],
    formats: Mapping[str, Format],
    format_name: str,
    options: ImportOptions | None = None,
) -> Found:
    """Return the files to read; raises UserError when the named format cannot be imported.

    A file that is read with another one, such as the text beside its labels, is no source of its own.
    """
    chosen = _chosen(formats, format_name)
    names = options.names if options is not None else {}
    sources, unknown, told = list[Source](), list[Path](), list[str]()
    problems = list[tuple[Path, Problem]]()
    for path in paths:
        for file, name, is_given in _files(path, names, problems):
            try:
                size = file_size(file, _LARGEST)
            except UserError as error:
                problems.append((file, Problem(shown(name), str(error))))
                continue
            importer, note = _reader(file, formats, chosen, is_given=is_given)
            told += [f"{shown(name)}: {one}" for one in note]
            if importer is not None:
                sources.append(Source(file, name, size, importer))
            elif is_given:
                problems.append((file, Problem(shown(name), _not_known(file, formats))))
            else:
                unknown.append(file)
    parts = _parts(sources, options or ImportOptions())
    if parts:
        sources = [one for one in sources if _file_of(one.path) not in parts]
        unknown = [one for one in unknown if _file_of(one) not in parts]
    aside, not_read = _beside_labels(sources, unknown, formats)
    sources = [one for one in sources if one.path not in aside]
    problems += not_read
    kinds = Counter(one.suffix.lower() or "no ending" for one in (*unknown, *aside))
    notes = _notes(paths, kinds, is_empty=not (sources or problems))
    return Found(tuple(sources), tuple(problems), (*told, *notes))


def _notes(paths: Sequence[Path], unknown: Mapping[str, int], *, is_empty: bool) -> tuple[str, ...]:
    if unknown:
        kinds = ", ".join(f"{count} × {kind}" for kind, count in sorted(unknown.items()))
        advice = "; unpack what is packed inside to have it read" if _PACKED & unknown.keys() else ""
        return (f"files of other kinds were left out: {kinds}{advice}",)
    names = ", ".join(shown(path.name) for path in paths)
    return (f"{EMPTY} {names}",) if is_empty and names else ()


def _beside_labels(
    sources: Sequence[Source], unknown: Sequence[Path], formats: Mapping[str, Format]
) -> tuple[set[Path], list[tuple[Path, Problem]]]:
    """Return what exported projects hold beside texts and labels, and what is wrong with their labels."""
    plain = formats["text"].importer if "text" in formats else None
    project = LabelledProject([(one.path, one.importer is plain) for one in sources])
    return project.beside_labels(), [*project.labels_not_read(unknown)]


def _parts(sources: Sequence[Source], options: ImportOptions) -> set[tuple[int, int]]:
    """Return the files that are read with another one."""
    found: set[Path] = set()
    for one in sources:
        parts = getattr(one.importer, "parts", None)
        if parts is not None:
            found.update(parts(one.path, options))
    return {*map(_file_of, found)}


def _file_of(path: Path) -> tuple[int, int]:
    """Return what is the same of a file under every name; of one that is gone, of no other."""
    try:
        found = path.stat()
    except OSError:
        return -1, -1
    return found.st_dev, found.st_ino


def _files(
    path: Path, names: Mapping[Path, str], problems: list[tuple[Path, Problem]]
) -> Iterator[tuple[Path, str, bool]]:
    """Yield file, its name (below the given folder, or as it is known) and whether it was given itself."""
    if not path.is_dir():
        yield path, names.get(path) or storable(path.name or str(path)), True
        return
    yield from ((file, name, False) for file, name in _walk(path, "", problems))


def _walk(folder: Path, before: str, problems: list[tuple[Path, Problem]]) -> Iterator[tuple[Path, str]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda one: one.name)
    except OSError as error:
        problems.append((folder, Problem(shown(before or folder.name), str(cannot_read(error)))))
        return
    for entry in entries:
        if _is_left_out(entry.name):
            continue
        name = before + storable(entry.name)
        # Links to folders are not followed: they may lead round in a circle.
        if not _is_folder(entry):
            yield folder / entry.name, name
        elif not entry.is_symlink():
            yield from _walk(folder / entry.name, f"{name}/", problems)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # such as a link that leads to itself
        return False


def _is_left_out(name: str) -> bool:
    plain = name.lower()
    return plain.startswith(_LOCK_STARTS) or plain.endswith(_LOCK_ENDS) or plain in _NOT_MEANT


def _chosen(formats: Mapping[str, Format], format_name: str) -> Importer | None:
    if not format_name:
        return None
    found = formats.get(format_name)
    if found is None or found.importer is None:
        names = [name for name, one in formats.items() if one.importer is not None]
        none = "There is no format {name!r} to import; there are: {known}."
        raise WrongChoice(not_there(none, format_name, names, known=", ".join(names)))
    return found.importer


def _reader(
    path: Path, formats: Mapping[str, Format], chosen: Importer | None, *, is_given: bool
) -> tuple[Importer | None, tuple[str, ...]]:
    """Return who reads a file, if anybody does, and what to say of how that was found."""
    if _is_open(path):
        return None, ()
    if chosen is not None:
        return chosen if is_given or chosen.recognises(path) else None, ()
    importers = [one.importer for one in formats.values() if one.importer is not None]
    importers.sort(key=lambda one: bool(getattr(one, "is_general", False)))
    found = next((one for one in importers if one.recognises(path)), None)
    name = "" if found is not None else _by_content(path, formats, is_given=is_given)
    if name:
        return formats[name].importer, (f"its ending is of no format; read as {name}, as it begins",)
    return found, ()


def _by_content(path: Path, formats: Mapping[str, Format], *, is_given: bool) -> str:
    """Return the format that a file begins like whose ending is of none; in folders, of one without any."""
    ending = path.suffix.lower()
    known = {end for one in formats.values() for end in one.suffixes}
    has_none = not ending or ending[1:].isdecimal()
    if ending in known or not (is_given or has_none) or other_kind(path):
        return ""
    found = likely_format(read_start(path))
    return found if found in formats and formats[found].importer is not None else ""


def _is_open(path: Path) -> bool:
    """Tell what belongs to a project that is open: whoever opens and closes it takes SQLite's lock away."""
    if not has_lock(own := str(path).removesuffix("-wal").removesuffix("-shm")):
        return False  # as nearly all
    holder = read_lock(Path(own))
    return holder is not None and is_here(holder) and not is_stale(holder)


def _not_known(path: Path, formats: Mapping[str, Format]) -> str:
    if _is_open(path):
        return "it is a project that is open; import what was exported from it"
    endings = sorted({end for one in formats.values() if one.importer is not None for end in one.suffixes})
    if path.suffix.lower() in endings:
        return f"it ends in {path.suffix}, but is none of the kinds of file with this ending that are read"
    other = other_kind(path)
    if other:
        return other
    why = f"no format has its ending {path.suffix}" if path.suffix else "its name has no ending"
    return f"{why}: rename it ({_RENAMED}), or choose its format"
