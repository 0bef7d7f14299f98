"""Arguments that imports and exports share: choices among labels, and the formats' own options."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from annotator.model.errors import WrongChoice
from annotator.model.formats import Format, ImportOptions, Option
from annotator.model.listed import listed, not_there
from annotator.model.said import Said
from annotator.model.scheme import LabelKind, Scheme


def labels(text: str) -> tuple[str, str]:
    """Return what `Content=CLAIM` or `Content=` chooses: a label of the file, and the one it is here."""
    name, equals, here = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not LABEL=HERE, as in Content=CLAIM; leave HERE empty to leave the label out"
        )
    return name, here


def option(text: str) -> tuple[str, str]:
    """Return what `names=polnear` chooses: an option of the format, and its value."""
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE, as in names=polnear")
    return name, value


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the argument for the formats' own options."""
    parser.add_argument(
        "--option",
        metavar="NAME=VALUE",
        type=option,
        action="append",
        default=[],
        help="an option of the format (see the page of formats); may be given several times",
    )


def chosen(given: Sequence[tuple[str, str]], known: Iterable[Option]) -> Mapping[str, str]:
    """Return the chosen options; raises WrongChoice for one that no format has, or another value."""
    values: dict[str, set[str]] = {}
    for one in known:
        values.setdefault(one.name, set()).update(one.values)
    for name, value in given:
        if name not in values:
            there = f"there are: {', '.join(sorted(values))}" if values else "it has none"
            none = "There is no option {name!r} of this format; {there}."
            raise WrongChoice(not_there(none, name, values, there=there))
        if value not in values[name]:
            there = ", ".join(sorted(values[name]))
            raise WrongChoice(f"{value!r} is no value of the option {name!r}; the values are {there}.")
    return dict(given)


def label_named(scheme: Scheme, name: str) -> str:
    """Return the label of that name, or of that title, whatever the capitals; raises WrongChoice for none."""
    known = [one.name for one in scheme.labels]
    if name in known:
        return name
    wanted = name.casefold()
    alike = [one.name for one in scheme.labels if wanted in (one.name.casefold(), one.title.casefold())]
    if len(alike) == 1:
        return alike[0]
    none = "The scheme has no label {name}; it has {known}."
    raise WrongChoice(not_there(none, name, known, known=listed(known)))


def labels_of_scheme(options: ImportOptions, scheme: Scheme) -> ImportOptions:
    """Return options whose labels are of the scheme, if none may be added; raises WrongChoice for another."""
    if options.new_labels == "add":
        return options
    known = {  # what LABEL.role= and LABEL.attribute= choose is no label
        name: here if not here or "." in name else label_named(scheme, here)
        for name, here in options.labels.items()
    }
    return replace(options, labels=known)


def labels_not_there(options: ImportOptions, found: Iterable[str]) -> Iterable[Said]:
    """Yield a sentence for each label that was spoken of and that no file has."""
    names = set(found)
    for name in options.labels:
        kind, _, label = name.partition(":")
        plain = label if kind in get_args(LabelKind) else name
        if "." not in name and names.isdisjoint((name, plain)):
            yield not_there("The files have no label {name}.", plain, names)


def named(formats: Mapping[str, Format], name: str) -> list[Format]:
    """Return the format of that name, or all where none is named or known (which is told elsewhere)."""
    return [formats[name]] if name in formats else list(formats.values())
