"""Guesses what the columns of a table, or the fields of records, are used for; a person may say otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from annotator.exchange.articles.web_page import read_shown
from annotator.exchange.tables.column_names import ARTICLE, FACTS, NAMES, TEXTS_AT_LAST
from annotator.model.blocks import find_day
from annotator.model.errors import UserError
from annotator.model.formats import Draft, Nth

USES = ("text", "title", "name", "language", "label", "meta", "skip")
LABEL = "label"
_NOT_PLAIN, _SIGNS = re.compile(r"[\W_]+"), re.compile(r"[^\w\s]+|_+")
_NOTHING_CHOSEN: Mapping[str, str] = {}
_META_LONGEST = 2000
_PROSE_WORDS, _PHRASE_WORDS, _PROSE_DENSE, _MOSTLY = 5, 3, 12, 0.6
"""Words that make a cell prose, and fewer in columns that are called as those of texts may be; characters in
scripts without blanks; and the share of cells that are prose."""

_SPEAKERS = frozenset({"claimant", "politician", "speaker", "speakername"})
"""Columns of people; a title directly behind one is theirs, not that of an article."""
_ARTICLE_NAME = "articlename"
_DAY_LONGEST = 40
"""Characters of a cell that is a day."""
_IN_BRACKETS = re.compile(r"\[.*\]\s*|\{.*\}\s*|\((?![^()]*\)\s*\S).*\)\s*", re.DOTALL)
"""A list or a tree, and no remark in brackets before what is said."""
_HTML, _ID = "html", "id"
"""How columns end whose texts are parts of web pages, and those of names."""
LOOKED_AT = 10
"""Rows above which a table names its columns at the latest."""
_NAME_LONGEST = 60
_UNNAMED = "unnamed"
_OF_WORDS = frozenset({"tok", "token", "word", "form", "lemma", "pos", "upos", "xpos"})
"""Columns of tables that have a word of a text in each row; two of them tell such a table."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What each column is used for."""

    by_column: Mapping[str, str]
    meta_names: Mapping[str, str] = field(default_factory=dict)

    def column(self, use: str) -> str | None:
        """Return the column with this use, if there is one."""
        return next((name for name, one in self.by_column.items() if one == use), None)

    @property
    def labels(self) -> list[str]:
        """Return the columns that were chosen to hold labels of the whole text."""
        return [name for name, one in self.by_column.items() if one == LABEL]

    def told_days(self) -> list[str]:
        """Return the columns that are days of publication by what they hold, not by their names."""
        days = [name for name, fact in self.meta_names.items() if fact == "published"]
        return [name for name in days if FACTS.get(plain_name(name), name) != "published"]

    def without(self, columns: Container[str]) -> Uses:
        """Return the same without the facts that these columns would be."""
        names = {name: fact for name, fact in self.meta_names.items() if name not in columns}
        return replace(self, meta_names=names)


def choose_uses(
    columns: Sequence[str],
    chosen: Mapping[str, str],
    *,
    at_last: bool = False,
    cells: Mapping[str, Sequence[str]] | None = None,
) -> Uses:
    """Return what each column is for: as chosen, else guessed by its name; raises UserError when no text is.

    A choice that names unknown columns or uses is refused; so are two columns for one use.  `at_last`, a
    column is taken for the text whose name others may have, too; with `cells`, one that holds prose.
    """
    _refuse_odd_choice(columns, chosen)
    uses = _guessed(columns, chosen, cells, at_last=at_last)
    if not columns:
        raise UserError("no column in it has a name, so none can hold the text")
    if "text" not in uses.values():
        if len(_OF_WORDS & set(map(plain_name, columns))) > 1:
            raise UserError(
                "it has a word in each row; convert it to columns of words and tags, as CoNLL has"
            )
        listed = ", ".join(repr(name) for name in columns)
        raise UserError(
            "no column is known to hold the text; choose one of these as text: {listed}", listed=listed
        )
    meta = {name: FACTS.get(plain_name(name), name) for name, use in uses.items() if use == "meta"}
    meta |= {title: f"{who} {title}" for title, who in _of_speakers(columns).items() if title in meta}
    return Uses(uses, {**meta, **_days_by_content(meta, cells or {})})


def _of_speakers(columns: Iterable[str]) -> dict[str, str]:
    """Return the columns of titles of people, and those of these people."""
    plain = [(name, plain_name(name)) for name in columns]
    return {
        title: who
        for (who, one), (title, own) in pairwise(plain)
        if one in _SPEAKERS and own in NAMES["title"]
    }


def _days_by_content(meta: Mapping[str, str], cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the column of days that no name tells, where there is but one of the kind."""
    free = (
        [one for one in meta if not plain_name(one).endswith(_ID)] if "published" not in meta.values() else []
    )
    filled = {name: [*filter(str.strip, cells.get(name, ()))] for name in free}
    found = [name for name, some in filled.items() if some and all(map(_is_day, some))]
    return dict.fromkeys(found, "published") if len(found) == 1 else {}


def _is_day(cell: str) -> bool:
    return len(cell) <= _DAY_LONGEST and bool(find_day(cell))


def text_column(columns: Sequence[str], chosen: Mapping[str, str] = _NOTHING_CHOSEN) -> str | None:
    """Return the column that is called as one of texts is, or was chosen for them; None without one."""
    try:
        return choose_uses(columns, chosen).column("text")
    except UserError:
        return None


def _guessed(
    columns: Sequence[str],
    chosen: Mapping[str, str],
    cells: Mapping[str, Sequence[str]] | None,
    *,
    at_last: bool,
) -> dict[str, str]:
    uses = {name: chosen.get(name, "") for name in columns}
    is_named = is_beside_articles(columns)
    of_speakers = _of_speakers(columns)
    numbered = {
        name for name, some in (cells or {}).items() if plain_name(name) != "text" and _are_numbers(some)
    }
    free = [name for name in columns if not (is_named and plain_name(name) == ARTICLE)]
    for use, names in NAMES.items():
        if use not in uses.values():
            others = {"text": numbered, "title": of_speakers}.get(use, ())
            fitting = [name for name in free if not uses[name] and name not in others]
            guess = _first(names, fitting)
            if guess is not None:
                uses[guess] = use
    uses = {name: use or "meta" for name, use in uses.items()}
    left = {name: uses[name] for name in free if name not in chosen}
    guesses = (
        text_by_content(left, cells) if cells is not None else None,
        _first(TEXTS_AT_LAST, [name for name in left if "#" not in name and name not in numbered])
        if at_last
        else None,
    )
    for guess in guesses:
        if guess is not None and left[guess] == "meta" and "text" not in uses.values():
            uses[guess] = "text"
    return {**uses, **own_names({name: uses[name] for name in left}, cells or {})}


def own_names(uses: Mapping[str, str], cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return which column names each row, and which then does not: where ids come again, and others do not.

    Parts of one text have the id of that, too.
    """
    ids = [name for name, use in uses.items() if plain_name(name).endswith(_ID) and use in ("meta", "name")]
    named = next((name for name in ids if uses[name] == "name"), None)
    own = (one for one in ids if uses[one] == "meta" and _are_different(cells.get(one, ())))
    if named is None or _are_different(cells.get(named, ("",))) or (other := next(own, None)) is None:
        return {}
    return {named: "meta", other: "name"}


def _are_different(cells: Sequence[str]) -> bool:
    return all(cells) and len({*cells}) == len(cells) > 0


def _are_numbers(cells: Iterable[str]) -> bool:
    filled = [one for cell in cells if (one := cell.strip())]
    return bool(filled) and all(map(str.isdecimal, filled))


def known_uses(columns: Iterable[str]) -> Mapping[str, str]:
    """Return columns with their uses, by their names: titles, names and languages; facts else."""
    return {
        name: next((use for use in ("title", "name", "language") if plain_name(name) in NAMES[use]), "meta")
        for name in columns
    }


def text_by_content(uses: Mapping[str, str], cells: Mapping[str, Sequence[str]]) -> str | None:
    """Return the column that holds the texts where no name tells: of those with prose, the longest.

    What has a known name, as titles and addresses have, is not asked; names of texts at last go first.
    """
    free = [one for one, use in uses.items() if one and use == "meta" and plain_name(one) not in FACTS]
    filled = {name: [*filter(str.strip, cells.get(name, ()))] for name in free}
    named = _first(TEXTS_AT_LAST, [one for one in free if are_prose(filled[one], _PHRASE_WORDS)])
    prose = {one: some for one, some in filled.items() if are_prose(some, _PROSE_WORDS)}
    sizes = {name: sum(map(len, some)) / len(some) for name, some in prose.items()}
    return named if named is not None else max(sizes, key=sizes.__getitem__, default=None)


def are_prose(cells: Sequence[object], words: int = _PROSE_WORDS) -> bool:
    """Tell whether most cells are sentences of so many words, and no lists or addresses."""
    found = sum(isinstance(one, str) and _is_prose(one, words) for one in cells)
    return bool(cells) and found >= _MOSTLY * len(cells)


def _is_prose(cell: str, words: int) -> bool:
    if _IN_BRACKETS.fullmatch(cell):
        return False
    letters = sum(map(str.isalpha, cell))
    is_dense = not cell.isascii() and letters >= _PROSE_DENSE and unicodedata.category(cell[0]) == "Lo"
    return 2 * letters > len(cell) and (len(cell.split()) >= words or is_dense)


def is_beside_articles(columns: Sequence[str]) -> bool:
    """Tell whether rows name an article, in a column that would else be taken for its text."""
    return {ARTICLE, _ARTICLE_NAME} <= {*map(plain_name, columns)}


def _text(values: Mapping[str, str], uses: Uses) -> str:
    """Return the text of a row, that of a page as it is shown; nothing where the page shows nothing."""
    text = _used(values, uses, "text")
    if not plain_name(uses.column("text") or "").endswith(_HTML):
        return text
    try:
        return read_shown(text).text
    except UserError:
        return ""


def draft_of(
    values: Mapping[str, str], uses: Uses, file: str, line: int, notes: tuple[str, ...] = ()
) -> Draft:
    """Return the article of one row or record; `values` hold the columns that are used."""
    key = _used(values, uses, "name").strip()
    meta: dict[str, str] = {}
    for column, name in uses.meta_names.items():
        value = values.get(column, "")
        is_number = not column and value.isdecimal()  # of the row, as pandas writes it
        if value.strip() and len(value) <= _META_LONGEST and not is_number:
            meta.setdefault(name or _UNNAMED, value.strip())
    return Draft(
        name=f"{file}:{key or line}",
        text=_text(values, uses),
        title=" ".join(_used(values, uses, "title").split()),
        language=_used(values, uses, "language").strip(),
        meta=meta,
        line=line,
        notes=notes,
        key=key,
    )


def _used(values: Mapping[str, str], uses: Uses, use: str) -> str:
    """Return what the column with a use says; one of tables may have no name."""
    column = uses.column(use)
    return "" if column is None else values.get(column) or ""


class Keys:
    """The ids of one file: the same one for two different texts is a fault."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, int]] = {}

    def clash(self, key: str, text: str, line: int) -> str:
        """Return what is wrong with this id, or nothing."""
        if not key:
            return ""
        first_line, first = self._found.setdefault(key, (line, hash(text)))
        if first == hash(text):
            return ""
        return (
            f"the id {key!r} stands for two texts, in {_at(first_line)} and in {_at(line)}; "
            "the second is left out"
        )


def _at(line: int) -> str:
    return f"record {line}" if isinstance(line, Nth) else f"line {line}"


def _first(names: Iterable[str], columns: Sequence[str]) -> str | None:
    plain = {plain_name(column): column for column in reversed(columns)}
    return next((plain[name] for name in names if name in plain), None)


def plain_name(column: str) -> str:
    """Return the name of a column as names are compared: small letters and digits alone."""
    return _NOT_PLAIN.sub("", _small(column))


def plain_words(text: str) -> list[str]:
    """Return the words of a text as names are compared; one of signs alone is none."""
    return _SIGNS.sub("", _small(text)).split()


def _small(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).lower()


def is_known(column: str) -> bool:
    """Tell whether a column is called as those of articles are."""
    plain = plain_name(column)
    return plain in FACTS or plain in TEXTS_AT_LAST or any(plain in names for names in NAMES.values())


def head_at(rows: Sequence[Sequence[str]]) -> int:
    """Return which of a table's first rows names its columns: the first, unless a later one clearly does.

    People put titles above their tables, and names over some columns together.
    """
    if not rows or _known(rows[0]):
        return 0
    return next((at for at, row in enumerate(rows[: LOOKED_AT + 1]) if len(_known(row)) > 1), 0)


def _known(row: Sequence[str]) -> list[str]:
    """Return what is known of cells as names of columns; nothing where none of them holds texts."""
    if max(map(len, row), default=0) > _NAME_LONGEST:
        return []
    plain = [*map(plain_name, row)]
    found = [one for one in plain if one in FACTS or any(one in names for names in NAMES.values())]
    return found if any(one in NAMES["text"] for one in plain) else []


def _refuse_odd_choice(columns: Sequence[str], chosen: Mapping[str, str]) -> None:
    listed = ", ".join(repr(name) for name in columns)
    for column, use in chosen.items():
        if column not in columns:
            raise UserError(
                "there is no column {column!r}; the columns are {listed}", column=column, listed=listed
            )
        if use not in USES:
            raise UserError(
                "{use!r} is no use of a column; the uses are {uses}", use=use, uses=", ".join(USES)
            )
    for use in ("text", "title", "name", "language"):
        named = [column for column, one in chosen.items() if one == use]
        if len(named) > 1:
            raise UserError(
                "two columns are chosen as {use}: {named}; choose one", use=use, named=", ".join(named)
            )
