"""Writes the tables of keys and of the command line into the guide, from the program itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.cli.command import Doors, Picture
from annotator.cli.main import commands, parser
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.ui import actions

DOCS = Path(__file__).resolve().parent


def keys_page() -> str:
    """Return the page of all keys."""
    rows = [row for row in actions.TABLE if row.keys]
    without = [row for row in actions.TABLE if not row.keys]
    parts = [
        "# All keys",
        "Every key can be [changed](settings.md), and every action is also in the palette (Ctrl+K).",
        *_menu_tables(rows),
        "## Labels of the default scheme",
        _table(("key", "label"), _label_keys(read_scheme(resource("schemes/default.toml")))),
        "After `E`, the letter of an entity:",
        _table(("letter", "entity"), _entity_keys(read_scheme(resource("schemes/default.toml")))),
        "## Without a key",
        _table(("action", "id"), ([row.text, f"`{row.id}`"] for row in without)),
    ]
    return "\n\n".join(parts) + "\n"


def _menu_tables(rows: list[actions.Row]) -> Iterator[str]:
    for menu in dict.fromkeys(row.menu for row in rows):
        yield f"## {actions.SECTIONS.get(menu, 'Elsewhere').replace('&', '')}"
        here = (row for row in rows if row.menu == menu)
        yield _table(("key", "does", "id"), ([_keys(row.keys), row.text, f"`{row.id}`"] for row in here))


def _keys(keys: Iterable[str]) -> str:
    return " or ".join(f"`{key}`" for key in keys)


def _label_keys(scheme: Scheme) -> Iterator[list[str]]:
    for row in actions.label_rows(scheme):
        if row.keys:
            yield [_keys(row.keys), row.text]


def _entity_keys(scheme: Scheme) -> Iterator[list[str]]:
    for label in scheme.of("span", "entity"):
        if label.key:
            yield [f"`{label.key.upper()}`", f"{label.title} ({label.name})"]


def command_page() -> str:
    """Return the page of the command line."""
    return (DOCS / "command-line.in.md").read_text(encoding="utf-8") + "\n" + "\n\n".join(_commands()) + "\n"


def _commands() -> Iterator[str]:
    for name, one in subparsers().items():
        yield f"### `annotator {name}`"
        yield (one.description or "").capitalize() + "."
        usage = one.format_usage().removeprefix("usage: ")
        yield "    " + " ".join(usage.split())
        yield _table(
            ("argument", "means"), ([_called(action), _meaning(action)] for action in arguments(one))
        )


def subparsers() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command by its name."""

    def _render(_: Picture) -> None:
        raise AssertionError

    top = parser(commands(Doors(lambda *_: 0, _render)))
    (below,) = (one for one in top._actions if isinstance(one, argparse._SubParsersAction))
    return dict(below.choices)


def arguments(one: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the arguments of a command, without --help."""
    return [action for action in one._actions if action.dest != "help"]


def _called(action: argparse.Action) -> str:
    value = str(action.metavar or "|".join(action.choices or ()))
    name = (
        " ".join([*action.option_strings, value]).strip() if action.nargs != 0 else action.option_strings[0]
    )
    return "`" + name.replace("|", "\\|") + "`"


def _meaning(action: argparse.Action) -> str:
    return (action.help or "").replace("|", "\\|")


def _table(head: tuple[str, ...], rows: Iterable[list[str]]) -> str:
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


PAGES = {"keys.md": keys_page, "command-line.md": command_page}


def main() -> int:
    """Write all pages."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
