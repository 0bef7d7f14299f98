"""Writes a scheme as the file that `read_scheme` reads; comments of a file that was read are not kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from annotator.model.disk import remedy, unwritten
from annotator.model.errors import UserError
from annotator.model.scheme import Attribute, Label, Role, Scheme

_PARTS = ("labels", "attributes", "roles")
_ALWAYS = ("name", "title", "kind", "ends")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def write_scheme(scheme: Scheme, path: Path) -> None:
    """Write a scheme file; raises UserError when it cannot be written."""
    aside = path.with_name(path.name + ".part")
    try:
        aside.write_text(scheme_to_toml(scheme), encoding="utf-8", newline="\n")
        aside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise UserError(
            "The scheme {path} cannot be written: {reason}. {remedy}",
            path=path,
            reason=unwritten(error),
            remedy=remedy(error),
        ) from error


def scheme_to_toml(scheme: Scheme) -> str:
    """Return the scheme as TOML, in the order in which it is shown; reading it gives the same scheme."""
    return "\n".join(_lines(scheme)).lstrip("\n") + "\n"


def _lines(scheme: Scheme) -> Iterator[str]:
    yield from _facts(scheme)
    for label in scheme.labels:
        yield from ("", "[[labels]]", *_facts(label))
        for attribute in label.attributes:
            yield from ("", "[[labels.attributes]]", *_facts(attribute))
        for role in label.roles:
            yield from ("", "[[labels.roles]]", *_facts(role))


def _facts(item: Scheme | Label | Attribute | Role) -> Iterator[str]:
    """Yield `name = value` for what differs from what holds when nothing is said."""
    for one in (one for one in fields(item) if one.init):
        value = getattr(item, one.name)
        if one.name not in _PARTS and (one.name in _ALWAYS or (value != one.default and value is not None)):
            yield f"{one.name} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_value, value))}]"
    return _text(value) if isinstance(value, str) else str(value)


def _text(text: str) -> str:
    plain = "\n" in text and "'''" not in text and not text.endswith("'")
    if plain and not any(_is_control(one) for one in text if one != "\n"):
        return f"'''\n{text}'''"
    return f'"{"".join(_escaped(text))}"'


def _escaped(text: str) -> Iterable[str]:
    return (_SHORT.get(one) or (f"\\u{ord(one):04x}" if _is_control(one) else one) for one in text)


def _is_control(one: str) -> bool:
    return one < " " or one == "\x7f"
