"""Makes a dataset ready to train on: a folder with train, dev and test that do not leak, and its card."""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.model.errors import UserError
from annotator.model.formats import Format, Written, chosen_of
from annotator.model.ids import Id
from annotator.model.job import Job, Progress
from annotator.model.left_out import frames_gone, spans_gone
from annotator.model.near_copies import PARTLY
from annotator.model.records import ArticleContent
from annotator.model.said import say
from annotator.model.splitting import NOT_SPLIT, Split, Splittable
from annotator.services import leftovers
from annotator.services.agreement import comparison_of
from annotator.services.datasets_card import CARD, Looked, card
from annotator.services.datasets_choice import DatasetChoice
from annotator.services.datasets_columns import README, SUFFIXES, is_bare, readme_job
from annotator.services.datasets_groups import COMPARING, Gathering
from annotator.services.datasets_kept import divided, write_split
from annotator.services.exporting import chosen_exporter, write_proved
from annotator.services.exporting_choice import ExportChoice, chosen_content, whose
from annotator.services.exporting_place import not_written, remove, safe_place, swap
from annotator.services.moment import at_hand
from annotator.services.project import Project

_TIMES = 3
_STEP = 20


@dataclass(frozen=True, slots=True)
class Dataset:
    """What was written of each part, and how the articles were split."""

    written: Mapping[str, Written]
    split: Split
    remarks: Mapping[str, int] = field(default_factory=dict)
    """What else is to be known of what was chosen, with counts."""

    @property
    def left_out(self) -> Mapping[str, int]:
        """What the format cannot hold, with counts over all parts."""
        return sum((Counter(one.left_out) for one in self.written.values()), Counter())


def dataset_job(project: Project, out: Path, choice: DatasetChoice) -> Job[Dataset]:
    """Write a dataset to a new folder, on the project's own thread, in short slices.

    Every part is read again and compared before the folder is put in its place whole.
    Raises UserError when the place, the disk or the shares do not allow it.
    """
    if choice.export.each:
        raise UserError("A dataset holds one annotator's work, or everybody's; choose whose.")
    target = safe_place(out, project.path, is_folder=True)
    leftovers.clear(target.parent)
    aside = target.with_name(leftovers.name())
    try:
        for _ in range(_TIMES):
            began = project.clock()
            remove(aside)
            aside.mkdir()
            made = yield from _write(project, aside, choice)
            if project.clock() == began:
                swap(aside, target, choice.export.format_name)
                return made
    except OSError as error:
        raise not_written(error, target) from error
    finally:
        with contextlib.suppress(OSError):  # a medium that is read-only or gone says so above
            remove(aside)
    raise UserError("The project was changed again and again while the dataset was written. Try again.")


def _write(project: Project, aside: Path, choice: DatasetChoice) -> Job[Dataset]:
    kind, exporter = chosen_exporter(choice.export.format_name)
    export = replace(choice.export, chosen=chosen_of(kind.options_out, choice.export.chosen))
    looked = yield from _look(project, choice)
    found = looked.found
    dealt = divided(found, choice)
    problem = why_not(dealt, len(found), is_adjudicated=choice.export.adjudicated)
    if problem is not None:
        raise problem
    written: dict[str, Written] = {}
    files: dict[str, str] = {}
    places: dict[str, Path] = {}
    for name, ids in dealt.parts.items():
        place = aside / f"{name}{exporter.suffix}"
        chosen = replace(export, articles=frozenset(ids))
        written[name] = _there((yield from write_proved(at_hand(project), place, chosen)))
        if place.is_file() and is_bare(place, is_quoted=kind.is_quoted):
            place.unlink()  # `datasets` takes no file without a record
        else:
            files |= _hashes(aside, place)
            places[name] = place
    _refuse_bare(places, kind)
    if exporter.suffix in SUFFIXES:
        head = yield from readme_job(places, CARD, is_quoted=kind.is_quoted)
        if head:
            (aside / README).write_text(head, encoding="utf-8", newline="\n")
            files[README] = _hash(aside / README)
    made = Dataset(written, dealt, dict(looked.remarks))
    write_split(aside, choice, dealt)
    labels = {name: labels_of(found, ids) for name, ids in dealt.parts.items()}
    bare = [name for name in written if name not in places]
    rule = _rule(choice, dealt)
    rule += [f"There is no file {name}: its articles hold no record of this format." for name in bare]
    words = card(project, export, rule, written, looked, labels=labels, files=files)
    (aside / CARD).write_text(words, encoding="utf-8", newline="\n")
    return made


def _there(written: Written) -> Written:
    """Return counts of what is in the files, without what the format left out of them."""
    spans, frames = spans_gone(written.left_out), frames_gone(written.left_out)
    return replace(written, spans=written.spans - spans, frames=written.frames - frames)


def why_not(dealt: Split, articles: int, *, is_adjudicated: bool) -> UserError | None:
    """Return what refuses a split of nothing, or one that leaves a part empty."""
    if not articles and is_adjudicated:
        return UserError(
            "There is nothing to make a dataset of: the adjudicators have decided on no article yet."
            " They label in it, or mark it as done."
        )
    if not articles:
        return UserError(
            "There is nothing to make a dataset of: no article holds labels that were chosen."
            " Suggestions count once they are accepted."
        )
    empty = [name for name, ids in dealt.parts.items() if not ids]
    if empty:
        return UserError(
            "There is nothing for {empty}: {articles} in {groups} that stay together cannot fill"
            " every part. Annotate more, ask for fewer parts, or let less keep articles together.",
            empty=" and ".join(empty),
            articles=say("{n} article(s)", articles),
            groups=say("{n} group(s)", dealt.groups),
        )
    return None


def _refuse_bare(places: Mapping[str, Path], kind: Format) -> None:
    if not places:
        raise UserError(
            "There is nothing to make a dataset of: no article holds what is written as {format}.",
            format=say(kind.title_out or kind.title),
        )


def _look(project: Project, choice: DatasetChoice) -> Job[Looked]:
    """Look at what is exported: what keeps articles together, who made how much, how far they agree."""
    looked = Looked(comparison_of(project))
    gathering = Gathering(choice.export, project.scheme)
    total = len(project.article_ids())
    for number, (content, compared) in enumerate(_read(project, choice.export), 1):
        made = (content.spans, content.frames)
        looked.made_by.update(one.annotator for records in made for one in records)
        chosen = gathering.take(content)
        if chosen is not None:
            looked.agreed.add(compared or chosen)
        if number % _STEP == 0:
            yield Progress(number, total, COMPARING)
    looked.found, looked.remarks = (yield from gathering.found()), gathering.remarks
    return looked


def _read(project: Project, choice: ExportChoice) -> Iterator[tuple[ArticleContent, ArticleContent | None]]:
    """Yield the chosen annotators' work, and beside adjudicated work that of the others, to compare it."""
    own = project.contents(whose(project, choice))
    if not choice.adjudicated:
        yield from ((content, None) for content in own)
        return
    everybody = replace(choice, adjudicated=False, finished=False)
    for content, whole in zip(own, project.contents(), strict=True):
        yield content, chosen_content(whole, everybody, project.scheme, Counter(), Counter())


def labels_of(found: Sequence[Splittable], ids: tuple[Id, ...]) -> Counter[str]:
    """Return how often each label stands in the articles with these ids."""
    chosen = set(ids)
    return sum((Counter(one.labels) for one in found if one.article in chosen), Counter())


def _hashes(aside: Path, place: Path) -> dict[str, str]:
    """Return the SHA-256 of what was written, and of what lies beside it, by its name in the folder."""
    paths = sorted(place.rglob("*") if place.is_dir() else aside.glob(f"{place.stem}.*"))
    return {path.relative_to(aside).as_posix(): _hash(path) for path in paths if path.is_file()}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _rule(choice: DatasetChoice, dealt: Split) -> list[str]:
    """Return how the articles were split, and what leaks, as sentences for the card."""
    shares = ", ".join(f"{part.name} {part.share:.0%}" for part in choice.parts)
    kept = " or ".join(choice.together)
    alone = [NOT_SPLIT.format(part=part.name) for part in choice.parts if len(choice.parts) == 1]
    return [
        *alone,
        f"Shares asked for: {shares}; seed {choice.seed}.",
        f"Articles with a common {kept} share a part."
        if choice.together
        else "Articles were dealt out one by one.",
        f"Near copies: {PARTLY:.0%} of the runs of five words of the shorter article stand in both.",
        *dealt.said(),
    ]
