"""Arguments that imports and exports share: choices among labels, and the formats' own options."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence

from annotator.model.errors import WrongChoice
from annotator.model.formats import Format, Option


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
            raise WrongChoice(f"There is no option {name!r} of this format; {there}.")
        if value not in values[name]:
            listed = ", ".join(sorted(values[name]))
            raise WrongChoice(f"{value!r} is no value of the option {name!r}; the values are {listed}.")
    return dict(given)


def named(formats: Mapping[str, Format], name: str) -> list[Format]:
    """Return the format of that name, or all where none is named or known (which is told elsewhere)."""
    return [formats[name]] if name in formats else list(formats.values())
