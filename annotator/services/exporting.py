"""Exports a project: written aside, re-read and compared with the stored texts, then swapped in."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from annotator.model.collecting import no_collecting
from annotator.model.errors import UserError, WrongChoice
from annotator.model.formats import Exporter, ExportSource, Format, Target, Written, chosen_of
from annotator.model.ids import Id
from annotator.model.job import Job, Progress, run
from annotator.model.listed import not_there
from annotator.model.records import ArticleContent
from annotator.plugins import door
from annotator.services import leftovers
from annotator.services.exporting_choice import ExportChoice, chosen_content
from annotator.services.exporting_place import (
    AsideFile,
    AsideFolder,
    not_written,
    remove,
    safe_place,
    swap,
)
from annotator.services.moment import Ask, Moment, Overtaken, at_hand
from annotator.services.project import Project
from annotator.services.spool import Spool

_STEP = 20
_NOT_READ_AGAIN = (
    "What was written cannot be read again ({error}); nothing was put in place. Check the disk, then report "
    "this as a fault of the program."
)
_TIMES = 3
"""How often an export begins, when the project changes under it."""


def formats_out() -> Mapping[str, Format]:
    """Return the formats that can be exported, by name."""
    return door.exporters()


def export_job(project: Project, out: Path, choice: ExportChoice | None = None) -> Job[Written]:
    """Write the project to a file or folder, on the project's own thread, in short slices: see `exported`."""
    return exported(at_hand(project), out, choice or ExportChoice())


def exported(ask: Ask, out: Path, choice: ExportChoice) -> Job[Written]:
    """Write the project that is asked to a file or folder, on any thread, in short slices.

    What was there before stays whole until the new one is written, proved and safe on the disk.
    Raises UserError when the place or the disk does not allow it, or a covered text differs.
    """
    if not choice.each:
        return (yield from _export(ask, out, choice))
    done = Written(0, 0, 0)
    for annotator in ask(lambda project: project.annotators()):
        own = replace(choice, annotator=annotator.id, each=False, touched=True)
        written = yield from _export(ask, _of_annotator(out, annotator.name), own)
        left_out = Counter(done.left_out) + Counter(written.left_out)
        done = Written(
            done.articles + written.articles,
            done.spans + written.spans,
            done.frames + written.frames,
            left_out,
            (*done.places, *written.places),
            (*done.replaced, *written.replaced),
            Counter(done.remarks) + Counter(written.remarks),
        )
    return done


def _of_annotator(out: Path, name: str) -> Path:
    """Return the place for one annotator's work: the name in it, as far as it can stand in a file's name."""
    plain = re.sub(r"[^\w-]+", "_", name).strip("_") or "annotator"
    return out.with_name(f"{out.stem}.{plain}{out.suffix}")


def _export(ask: Ask, out: Path, choice: ExportChoice) -> Job[Written]:
    _, exporter = chosen_exporter(choice.format_name)
    target = safe_place(out, ask(lambda project: project.path), is_folder=not exporter.suffix)
    leftovers.clear(target.parent)
    aside = target.with_name(leftovers.name())
    try:
        written = yield from write_proved(ask, aside, choice)
        if written.articles or not choice.touched:
            was_there = swap(aside, target, choice.format_name)
            written = replace(written, places=(out,), replaced=(out,) if was_there else ())
    except OSError as error:
        raise not_written(error, target) from error
    finally:
        with contextlib.suppress(OSError):  # a medium that is read-only or gone says so above
            remove(aside)
    return written


def write_proved(ask: Ask, aside: Path, choice: ExportChoice) -> Job[Written]:
    """Write a choice of the project to a place where nothing is yet, read it again and compare it.

    Raises UserError when a covered text differs, OSError when the disk does not take it.
    """
    kind, exporter = chosen_exporter(choice.format_name)
    written = _Source(ask, choice, exporter, kind)
    try:
        with no_collecting():
            place = AsideFile(aside) if exporter.suffix else AsideFolder(aside)
            total = max(1, (yield from _writing(written, place)))
            for count in _read_again(exporter.verify(aside, written, written.source)):
                if count % _STEP == 0:
                    yield Progress(total + count, 2 * total, "comparing")
            for _ in place.check():
                yield Progress(2 * total, 2 * total, "comparing")
    finally:
        written.close()
    yield Progress(2 * total, 2 * total, "done")
    return written.counts()


def _read_again(counts: Iterator[int]) -> Iterator[int]:
    """Yield what a proof yields; what breaks on a damaged file is told as such."""
    try:
        yield from counts
    except (LookupError, ValueError, TypeError, AttributeError, RuntimeError) as error:
        raise UserError(_NOT_READ_AGAIN, error=repr(error)) from error


def _writing(written: _Source, target: AsideFile | AsideFolder) -> Job[int]:
    """Write the project as it is at one moment; returns how many articles are written.

    What cannot be taken back from what is written meanwhile makes it begin anew; the last time it goes
    through without a pause, and whatever else asks the project waits for it.
    """
    with target:
        for number in range(1, _TIMES + 1):
            target.begin()
            try:
                if number < _TIMES:
                    yield from _write_once(written, target)
                else:
                    written.ask(lambda _: run(_write_once(written, target)))
            except Overtaken:
                if number == _TIMES:
                    raise  # rather than to prove a part of it
                continue
            break
        target.sync()
    return len(written)


def _write_once(written: _Source, target: Target) -> Job[None]:
    """Write everything as it is now; raises Overtaken."""
    total = written.begin()
    for count in written.exporter.write(written.source, target):
        if count % _STEP == 0:
            yield Progress(count, 2 * total, "writing")


class _Source(Mapping[Id, str]):
    """The chosen contents, once; afterwards the texts that were given out, by article."""

    def __init__(self, ask: Ask, choice: ExportChoice, exporter: Exporter, kind: Format) -> None:
        self.ask = ask
        self.choice = choice
        self._kind = kind
        self.exporter = exporter
        self._keeps_texts: bool = getattr(exporter, "needs_texts", True)
        self._moment = Moment(ask, choice)
        self.begin()

    def begin(self) -> int:
        """Begin to give out what is there now; return how many articles there are, at least one."""
        self._moment.close()
        self._moment = Moment(self.ask, self.choice)
        self._texts = Spool()
        self._numbers: dict[Id, int] = {}
        self._spans = self._frames = 0
        self._above: set[Id] = set()
        self._left_out: Counter[str] = Counter()
        self._remarks: Counter[str] = Counter()
        self.source = export_source(self._moment, self.choice, self._kind, self._contents())
        return max(1, len(self._moment))

    def _contents(self) -> Iterator[ArticleContent]:
        """Yield what is chosen of every article, noting its text and counting its records."""
        is_whole = self.choice.is_whole
        for content in self._moment.contents():
            chosen = self._chosen(content, is_whole=is_whole)
            if chosen is None:
                continue
            self._numbers[chosen.article.id] = len(self._numbers)
            self._spans += len(chosen.spans)
            self._frames += len(chosen.frames)
            self._above.update([one.id for one in chosen.actors])
            self._above.update([one.id for one in chosen.claim_cards])
            if losses := self.exporter.losses(chosen, self.source):
                self._left_out += losses
            yield chosen
            if self._keeps_texts:
                # Now that it is written, which needs its bytes: Python keeps them with a text.
                self._texts.put(chosen.article.text.encode())
        if is_whole:
            self._left_out += unused(self._moment, self._above)

    def _chosen(self, content: ArticleContent, *, is_whole: bool) -> ArticleContent | None:
        """Return what is exported of an article; nearly always that is all of it."""
        if is_whole and not (content.suggested_spans or content.suggested_frames):
            return content
        return chosen_content(content, self.choice, self.source.scheme, self._left_out, self._remarks)

    def counts(self) -> Written:
        """Return how much was given out."""
        return Written(
            len(self._numbers),
            self._spans,
            self._frames,
            dict(self._left_out),
            remarks=dict(self._remarks),
        )

    def close(self) -> None:
        """Remove the texts from the disk, and hear no more of what is written."""
        self._moment.close()
        self._texts.close()

    def __getitem__(self, article: Id) -> str:
        return self._texts[self._numbers[article]].decode()

    def __iter__(self) -> Iterator[Id]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def export_source(
    moment: Moment, choice: ExportChoice, kind: Format, contents: Iterable[ArticleContent]
) -> ExportSource:
    """Return what an exporter is given for a choice."""
    return ExportSource(
        moment.scheme,
        moment.annotators,
        contents,
        choice.suggestions or choice.rejected,
        chosen_of(kind.options_out, choice.chosen),
    )


def unused(moment: Moment, above: set[Id]) -> Counter[str]:
    """Count what no article refers to, and so stands in no article's record."""
    actors, cards = len(moment.actors - above), len(moment.claim_cards - above)
    return +Counter({"unused actors": actors, "unused claim cards": cards})


def chosen_exporter(format_name: str) -> tuple[Format, Exporter]:
    """Return a format that can be exported; raises UserError when there is none of that name."""
    known = formats_out()
    found = known.get(format_name)
    if found is None or found.exporter is None:
        none = "There is no format {name!r} to export; there are: {known}."
        raise WrongChoice(not_there(none, format_name, known, known=", ".join(known)))
    return found, found.exporter
