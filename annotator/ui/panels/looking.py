"""What the files of an import are, found out in the background before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.model.errors import EncodingRefused, UserError
from annotator.model.formats import ImportOptions, Option, Preview
from annotator.model.job import Job, Progress

MOST = 300
"""Files that are looked into; more are read when they are imported."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One file: what it is, what it would give, or why it cannot be read."""

    path: Path
    name: str
    size: int = 0
    kind: str = ""
    options: ImportOptions = field(default_factory=ImportOptions)
    preview: Preview | None = None
    refused: str = ""
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
        return not self.refused and not self.lacks_text


@dataclass(frozen=True, slots=True)
class Look:
    """All files; `unseen` are those that were not looked into, `notes` what was left out."""

    files: tuple[Looked, ...] = ()
    unseen: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    """What the formats of the files leave to a person."""


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are imported in one go, because the same was chosen for them."""

    paths: tuple[Path, ...]
    options: ImportOptions


def look(paths: Sequence[Path]) -> Job[Look]:
    """Find out what the files and the files in folders are."""
    # Late: loads the formats, which the window does without until then.
    from annotator.services.importing import formats_in  # noqa: PLC0415
    from annotator.services.importing_files import find_sources  # noqa: PLC0415

    formats = formats_in()
    found = find_sources(paths, formats, "")
    files = [Looked(Path(one.file), one.file, refused=one.reason) for one in found.problems]
    for count, source in enumerate(found.sources[:MOST], 1):
        kind = next((one.title for one in formats.values() if one.importer is source.importer), "")
        files.append(look_again(Looked(source.path, source.name, source.size, kind)))
        yield Progress(count, min(len(found.sources), MOST), source.name)
    unseen = tuple(one.path for one in found.sources[MOST:])
    used = {id(source.importer) for source in found.sources}
    options = [option for one in formats.values() if id(one.importer) in used for option in one.options_in]
    return Look(tuple(files), unseen, found.notes, tuple(options))


def look_again(one: Looked) -> Looked:
    """Look into a file with what was chosen for it."""
    from annotator.services.importing import preview  # noqa: PLC0415 - late as above

    try:
        return replace(one, preview=preview(one.path, one.options), refused="")
    except EncodingRefused as error:
        return replace(one, preview=None, refused=_reason(one, error), likely=error.likely)
    except UserError as error:
        return replace(one, preview=None, refused=_reason(one, error))


def _reason(one: Looked, error: UserError) -> str:
    # The name stands beside the reason already.
    return str(error).removeprefix(f"{one.path.name}: ")


def look_all_again(files: Sequence[Looked]) -> Job[tuple[Looked, ...]]:
    """Look into these files with what was chosen for them."""
    done = []
    for count, one in enumerate(files, 1):
        done.append(look_again(one))
        yield Progress(count, len(files), one.name)
    return tuple(done)


def groups(files: Iterable[Looked], unseen: Iterable[Path]) -> list[Group]:
    """Return what is to be imported together; refused files go along, so that the result names them."""
    kept: dict[tuple[object, ...], tuple[ImportOptions, list[Path]]] = {}
    for one in files:
        options = one.options
        key = (options.encoding, tuple(sorted(options.columns.items())))
        kept.setdefault(key, (options, []))[1].append(one.path)
    rest = list(unseen)
    if rest:
        kept.setdefault((None, ()), (ImportOptions(), []))[1].extend(rest)
    return [Group(tuple(paths), options) for options, paths in kept.values()]
