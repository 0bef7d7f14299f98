"""Writes the tables of keys and of the command line into the guide, from the program itself."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.cli.command import Doors, Picture
from annotator.cli.main import commands, parser
from annotator.model.formats import Format
from annotator.model.resources import resource
from annotator.model.scheme import Scheme, read_scheme
from annotator.services.exporting import formats_out
from annotator.services.importing import formats_in
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


_FORMATS = (
    "What can be read is described under [Import](import.md), what can be written under "
    "[Export](export.md). Whether a format can hold what you have is said before an export, with counts: "
    "in the window, or with `--dry-run`."
)


def formats_page() -> str:
    """Return the page of all formats, each with what its own code says of it."""
    known = {**formats_in(), **formats_out()}
    parts = [
        "# Formats",
        _FORMATS,
        _table(("format", "in", "out", "what it is"), (_format_row(*one) for one in sorted(known.items()))),
    ]
    for name, one in sorted(known.items()):
        parts += [f"## {one.title}", one.about, *_format_parts(name, one)]
    return "\n\n".join(parts) + "\n"


def _format_row(name: str, one: Format) -> list[str]:
    is_in, is_out = name in formats_in(), name in formats_out()
    return [f"`{name}`", "yes" if is_in else "–", "yes" if is_out else "–", one.title]


def _format_parts(name: str, one: Format) -> Iterator[str]:
    if one.example:
        yield f"```\n{one.example}\n```"
    commands_ = []
    if name in formats_in():
        commands_.append(f"    annotator import my.annot articles{one.suffixes[0]} --format {name}")
    if one.exporter is not None and name in formats_out():
        commands_.append(f"    annotator export my.annot --format {name} --out dataset{one.exporter.suffix}")
    yield "\n".join(commands_)
    for what, options in (("import", one.options_in), ("export", one.options_out)):
        for option in options:
            titles = option.titles or option.values
            values = "; ".join(
                f"`{value}` {title}" for value, title in zip(option.values, titles, strict=True)
            )
            yield f"`--option {option.name}=…` at {what}: {option.title.lower()}: {values}."
    if one.lost:
        yield "Not in it:"
        yield "\n".join(f"- {what}" for what in one.lost)


PAGES = {"keys.md": keys_page, "command-line.md": command_page, "formats.md": formats_page}


def main() -> int:
    """Write all pages."""
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
