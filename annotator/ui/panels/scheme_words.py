"""How the scheme editor says what things are, what an edit would touch, and why it cannot be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotator.model.rules import in_sentence
from annotator.model.scheme import Label, LabelKind, Scheme
from annotator.model.scheme_edits import (
    MergeItem,
    RemoveItem,
    ReplaceScheme,
    SchemeEdit,
    operation_name,
)
from annotator.model.scheme_meaning import KNOWN
from annotator.ui.panels.words import tr
from annotator.ui.saying import several

if TYPE_CHECKING:
    from annotator.services.project_scheme import Preview, Touched

Section = tuple[LabelKind, str]
SECTIONS: tuple[Section, ...] = (("span", ""), ("frame", ""), ("article", ""), ("span", "entity"))


def section_title(section: Section) -> str:
    """Return how a group of labels is called."""
    kind, group = section
    titles = {"span": tr("Spans"), "frame": tr("Frames"), "article": tr("Whole articles")}
    return tr("Entities") if group == "entity" else titles[kind] + (f" ({group})" if group else "")


def kind_title(section: Section) -> str:
    """Return how one label of a group is called."""
    return tr("Label of {0}").format(in_sentence(section_title(section)))


def sections(scheme: Scheme) -> list[Section]:
    """Return the groups of labels in the order in which they are shown, also empty ones."""
    more = dict.fromkeys((one.kind, one.group) for one in scheme.labels)
    return list(dict.fromkeys((*SECTIONS, *more)))


def end_title(name: str, scheme: Scheme) -> str:
    """Return how something that may fill a role is called."""
    generic = {
        "span": tr("Any span"),
        "frame": tr("Any frame"),
        "actor": tr("An actor"),
        "claim_card": tr("A claim card"),
        "article": tr("An article"),
    }
    return generic[name] if name in generic else title(scheme.label(name), name)


def title(label: Label | None, name: str) -> str:
    """Return a label's title, with its name where that says more."""
    if label is None or not label.title or label.title.upper() == label.name:
        return name if label is None or not label.title else label.title
    return f"{label.title} ({label.name})"


def touches(found: Preview) -> bool:
    """Tell whether an edit would change annotations or suggestions."""
    return bool(found.annotations or found.suggestions)


def preview_text(edit: SchemeEdit, found: Preview, before: Scheme) -> str:
    """Return in sentences what an edit would do; why not, where it cannot be done."""
    if found.refused:
        return " ".join((tr("This cannot be done."), *found.refused))
    said: list[str] = []
    if isinstance(edit, ReplaceScheme):
        said += _replaced(before, found.scheme)
    if touches(found):
        said.append(_counted(found))
    else:
        said.append(tr("No annotation is touched."))
    warning = known_by_name(edit, before)
    return " ".join((*said, warning)) if warning else " ".join(said)


def done_text(edit: SchemeEdit, found: Preview) -> str:
    """Return in sentences what an edit has done."""
    said = tr("Done: {0}.").format(operation_name(edit).partition(": ")[2])
    if not touches(found):
        return f"{said} {tr('No annotation was touched.')}"
    followed = several("{n} annotation(s) followed.", found.annotations)
    return f"{said} {followed}"


def _counted(found: Preview) -> str:
    said = [f"{who}: {_touched(one)}" for who, one in found.by.items()]
    if found.suggestions:
        said.append(several("{n} suggestion(s)", found.suggestions))
    return tr("Changes {annotations} in {articles} ({by}). One undo takes it all back.").format(
        annotations=several("{n} annotation(s)", found.annotations),
        articles=several("{n} article(s)", found.articles),
        by="; ".join(said),
    )


def _touched(one: Touched) -> str:
    counts = (
        ("{n} span(s)", one.spans),
        ("{n} frame(s)", one.frames),
        ("{n} article label(s)", one.article_labels),
        ("{n} value(s)", one.attributes),
        ("{n} role(s)", one.roles),
    )
    return ", ".join(several(pattern, count) for pattern, count in counts if count)


def _replaced(before: Scheme, after: Scheme) -> Iterable[str]:
    old, new = ({one.name: one for one in scheme.labels} for scheme in (before, after))
    lists = (
        (tr("New labels: {0}."), [name for name in new if name not in old]),
        (tr("Removed, as nothing has them: {0}."), [name for name in old if name not in new]),
        (
            tr("Kept for what has them, but retired: {0}."),
            [name for name, one in new.items() if one.retired and name in old and not old[name].retired],
        ),
    )
    return [text.format(", ".join(names)) for text, names in lists if names]


def known_by_name(edit: SchemeEdit, before: Scheme) -> str:
    """Return what to think of before a label goes that the program knows; empty for others."""
    if not isinstance(edit, MergeItem | RemoveItem) or edit.at.kind != "label":
        return ""
    label = before.label(edit.at.label)
    into = before.label(edit.into) if isinstance(edit, MergeItem) else None
    if label is None or label.meaning not in KNOWN or (into is not None and into.meaning not in KNOWN):
        return ""
    if label.group == "entity":
        return tr("Suggesters propose {0}; what they propose then is left out.").format(label.name)
    return tr("Keys, checks and suggesters of the program work with {0} and will miss it.").format(label.name)
