"""What the files of an import are, found out in the background before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model.errors import EncodingRefused, UserError
from annotator.model.formats import ImportOptions, Option, Preview
from annotator.model.job import Job, Progress
from annotator.ui.saying import translated

if TYPE_CHECKING:
    from annotator.services.importing_files import Source

MOST = 300
"""Files that are looked into; more are read when they are imported."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One file: what it is, what it would give, or why it cannot be read."""

    path: Path
    name: str
    size: int = 0
    format_name: str = ""
    """What it is read as."""
    fitting: tuple[str, ...] = ()
    """The formats that recognise it, by name."""
    is_chosen: bool = False
    """Whether a person chose the format."""
    is_left_out: bool = False
    """Whether a person leaves it out."""
    options: ImportOptions = field(default_factory=ImportOptions)
    preview: Preview | None = None
    refused: str = ""
    is_there: bool = True
    """Whether it is a file of its own, and no part of an archive that could not be unpacked."""
    stamp: tuple[int, int] = (0, 0)
    """Its size and when it was last written, when it was looked into."""
    likely: tuple[str, ...] = ()
    """Encodings that would fit, for a file refused because of its encoding."""

    @property
    def lacks_text(self) -> bool:
        """Whether it is a table of which no column is known to hold the text."""
        columns = self.preview.columns if self.preview else ()
        return bool(columns) and all(one.use != "text" for one in columns)

    @property
    def is_ready(self) -> bool:
        """Whether it can be imported as it stands."""
        return not (self.refused or self.lacks_text or self.is_left_out)


@dataclass(frozen=True, slots=True)
class Look:
    """All files; `unseen` are those that were not looked into, `notes` what was left out."""

    files: tuple[Looked, ...] = ()
    unseen: tuple[Looked, ...] = ()
    notes: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    """What the formats are called, by name."""
    options_of: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    kept: object = None
    """What was unpacked; gone when nobody holds it any more."""

    @property
    def options(self) -> tuple[Option, ...]:
        """What the formats of the files leave to a person."""
        used = {one.format_name for one in (*self.files, *self.unseen) if not one.is_left_out}
        return tuple(option for name, found in self.options_of.items() if name in used for option in found)

    def updated(self, changed: Sequence[Looked]) -> Look:
        """Return it with these files in the place of those that lie there."""
        anew = {one.path: one for one in changed}
        return replace(self, files=tuple(anew.get(one.path, one) for one in self.files))


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are imported in one go, because the same was chosen for them."""

    paths: tuple[Path, ...]
    options: ImportOptions
    format_name: str = ""
    """The format that was chosen; what each file is recognised as, where none was."""
    kept: object = None
    """What has to be there as long as the files are read."""


def look(paths: Sequence[Path]) -> Job[Look]:
    """Find out what the files and the files in folders are."""
    # Late: loads the formats, which the window does without until then.
    from annotator.services.importing import formats_in  # noqa: PLC0415
    from annotator.services.importing_archives import unpack_job  # noqa: PLC0415
    from annotator.services.importing_files import find_sources  # noqa: PLC0415

    formats = {name: one for name, one in formats_in().items() if one.importer is not None}
    unpacked = yield from unpack_job(paths, formats)
    found = find_sources(unpacked.paths, formats, "")
    importers = {name: one.importer for name, one in formats.items() if one.importer is not None}
    names = {id(one): name for name, one in importers.items()}
    files = [
        Looked(Path(one.file), one.file, refused=one.reason, is_there=False) for one in unpacked.problems
    ]
    for place, one in found.refused:
        files.append(Looked(place, one.file, _stamp(place)[0], refused=one.reason))
    for count, source in enumerate(found.sources[:MOST], 1):
        fitting = tuple(name for name, one in importers.items() if one.recognises(source.path))
        name = names[id(source.importer)]
        files.append(look_again(Looked(source.path, source.name, source.size, name, fitting)))
        yield Progress(count, min(len(found.sources), MOST), source.name)
    return Look(
        tuple(files),
        tuple(_unseen(source, names) for source in found.sources[MOST:]),
        found.notes,
        {name: one.title for name, one in formats.items()},
        {name: one.options_in for name, one in formats.items()},
        unpacked,
    )


def _unseen(source: Source, names: Mapping[int, str]) -> Looked:
    name = names[id(source.importer)]
    return Looked(source.path, source.name, source.size, name, stamp=_stamp(source.path))


def look_again(one: Looked) -> Looked:
    """Look into a file with what was chosen for it."""
    from annotator.services.importing import preview  # noqa: PLC0415 - late as above

    one = replace(one, stamp=_stamp(one.path))
    try:
        return replace(one, preview=preview(one.path, one.options, one.format_name), refused="")
    except EncodingRefused as error:
        return replace(one, preview=None, refused=_reason(one, error), likely=error.likely)
    except UserError as error:
        return replace(one, preview=None, refused=_reason(one, error))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return 0, 0
    return found.st_size, found.st_mtime_ns


def changed_since(found: Look) -> Job[tuple[str, ...]]:
    """Return the names of the files that were written after they were looked into."""
    files = (*found.files, *found.unseen)
    yield Progress(0, len(files))
    return tuple(one.name for one in files if one.is_ready and _stamp(one.path) != one.stamp)


def stamped_anew(found: Look) -> Look:
    """Return the files with those that were not looked into as they are now."""
    return replace(found, unseen=tuple(replace(one, stamp=_stamp(one.path)) for one in found.unseen))


def _reason(one: Looked, error: UserError) -> str:
    # The name stands beside the reason already.
    return translated(error).removeprefix(f"{one.path.name}: ")


def look_all_again(files: Sequence[Looked]) -> Job[tuple[Looked, ...]]:
    """Look into these files with what was chosen for them."""
    done = []
    for count, one in enumerate(files, 1):
        done.append(look_again(one))
        yield Progress(count, len(files), one.name)
    return tuple(done)


def groups(found: Look) -> list[Group]:
    """Return what is to be imported together; refused files go along, so that the result names them."""
    kept: dict[tuple[object, ...], tuple[Looked | None, list[Path]]] = {}
    names = {one.path: one.name for one in (*found.files, *found.unseen) if one.name != one.path.name}
    for one in found.files:
        if one.is_left_out or not one.is_there:
            continue
        chosen = one.format_name if one.is_chosen else ""
        key = (chosen, one.options.encoding, tuple(sorted(one.options.columns.items())))
        kept.setdefault(key, (one, []))[1].append(one.path)
    if found.unseen:
        kept.setdefault(("", None, ()), (None, []))[1].extend(one.path for one in found.unseen)
    return [
        Group(
            tuple(paths),
            replace(first.options if first is not None else ImportOptions(), names=names),
            first.format_name if first is not None and first.is_chosen else "",
            found.kept,
        )
        for first, paths in kept.values()
    ]
