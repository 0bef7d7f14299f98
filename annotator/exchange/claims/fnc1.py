"""Format `fnc1`: the two files of the Fake News Challenge: bodies, and the stances they take to headlines."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from annotator.exchange.claims.negatives import NEGATIVES, SEED, Negatives
from annotator.exchange.claims.stance_pairs import (
    ARTICLE_STANCE,
    DECLARED,
    SIDES,
    Pair,
    pairs_of,
    stances_option,
)
from annotator.exchange.files import shown
from annotator.exchange.record_faults import short
from annotator.exchange.tables.cells import (
    FORMULAS,
    MADE_HARMLESS,
    Cell,
    harmless,
    is_formula,
    makes_harmless,
    written_rows,
)
from annotator.exchange.tables.columns import plain_name
from annotator.exchange.tables.csv_lines import CELL_LIMIT, SUFFIXES, open_csv, tables_beside
from annotator.exchange.tables.open_tables import OpenTable
from annotator.exchange.tables.table_in import article_drafts, preview_table
from annotator.model.errors import UserError
from annotator.model.formats import (
    Draft,
    ExportSource,
    Format,
    ImportOptions,
    Item,
    Option,
    Preview,
    Problem,
    Target,
)
from annotator.model.ids import Id
from annotator.model.marks import EndMark, FrameMark, Marks
from annotator.model.records import ArticleContent

_STANCES = ("Headline", "Body ID", "Stance")
_BODIES = ("Body ID", "articleBody")
_OF_HOLDERS = {"support": "agree", "deny": "disagree", "question": "discuss", "neutral": "discuss"}
_BODIES_FILE, _STANCES_FILE = "bodies.csv", "stances.csv"
UNRELATED = Option(
    "unrelated", "Unrelated pairs", ("keep", "leave_out"), ("as stances like any other", "left out")
)


# --- in ----------------------------------------------------------------------------------------------


class Fnc1Importer:
    """Reads a table of stances with the table of bodies beside it."""

    def recognises(self, path: Path) -> bool:
        """Tell by the columns, and by the bodies beside it."""
        return path.suffix.lower() in SUFFIXES and _has(path, _STANCES) and _bodies(path) is not None

    def parts(self, path: Path, _options: ImportOptions) -> tuple[Path, ...]:
        """Return the table of bodies."""
        bodies = _bodies(path)
        return () if bodies is None else (bodies,)

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return the columns of the bodies, and how many there are."""
        return preview_table(open_csv(_needed(path), options), _plain(options))

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield each body with its stances, a claim card for each headline."""
        bodies = _needed(path)
        stances = open_csv(path, options)
        keeps_unrelated = options.chosen.get(UNRELATED.name, "keep") == "keep"
        waiting: dict[str, list[FrameMark]] = {}
        for found in _stances(stances, shown(path.name)):
            if isinstance(found, Problem):
                yield found
            elif keeps_unrelated or found[1].attributes["value"] != "unrelated":
                waiting.setdefault(found[0], []).append(found[1])
        for draft in article_drafts(open_csv(bodies, options), bodies.name, _plain(options)):
            frames = waiting.pop(draft.key, None) if isinstance(draft, Draft) else None
            if frames and isinstance(draft, Draft):
                draft = replace(draft, marks=Marks(frames=frames, declared=(DECLARED,)))
            yield draft
        for key, frames in waiting.items():
            reason = f"there is no body {short(key)} for {len(frames):,} stances"
            yield Problem(shown(path.name), reason, frames[0].line, "Body ID")


def _plain(options: ImportOptions) -> ImportOptions:
    """Return the options without a choice of columns, which the format knows."""
    return replace(options, columns={})


def _stances(table: OpenTable, file: str) -> Iterator[tuple[str, FrameMark] | Problem]:
    """Yield the body and the stance of each row."""
    names = {plain_name(one): one for one in table.columns}
    headline, body, stance = (names[plain_name(one)] for one in _STANCES)
    for found in table.checked(file):
        if isinstance(found, Problem):
            yield found
            continue
        line, values = found
        value, claim = values[stance].strip().lower(), " ".join(values[headline].split())
        if value not in SIDES:
            reason = f"{short(values[stance])} is no stance; expected one of {', '.join(SIDES)}"
            yield Problem(file, reason, line, stance)
        elif not claim:
            yield Problem(file, "there is no headline", line, headline)
        else:
            ends = (EndMark("claim_card", claim, "claim_card"),)
            mark = FrameMark(f"row {line}", ARTICLE_STANCE, ends, {"value": value}, line=line)
            yield values[body].strip(), mark


def _has(path: Path, columns: Sequence[str]) -> bool:
    try:
        found = {plain_name(one) for one in open_csv(path, ImportOptions()).columns}
    except UserError:
        return False
    return {plain_name(one) for one in columns} <= found


def _bodies(path: Path) -> Path | None:
    """Return the bodies beside a table of stances: of the same name but for the word, or the only ones."""
    alike = path.with_name(path.name.replace("stances", "bodies").replace("Stances", "Bodies"))
    if alike != path and alike.is_file() and _has(alike, _BODIES):
        return alike
    found = [one for one in tables_beside(path) if _has(one, _BODIES)]
    return found[0] if len(found) == 1 else None


def _needed(path: Path) -> Path:
    bodies = _bodies(path)
    if bodies is None:
        raise UserError(
            "there is no table of bodies beside it, or more than one; its columns would be "
            + " and ".join(_BODIES)
        )
    return bodies


# --- out ---------------------------------------------------------------------------------------------


class Fnc1Exporter:
    """Writes bodies and stances, with unrelated pairs where they are asked for."""

    suffix = ""
    needs_texts = False

    def losses(self, content: ArticleContent, source: ExportSource) -> Counter[str]:
        """Count what the two files do not hold."""
        found = pairs_of(content, source, shown=False)
        found.left_out["facts of articles"] += len(content.article.meta)
        if makes_harmless(source):
            texts = (content.article.text, *(one.claim for one in found.pairs))
            found.left_out[MADE_HARMLESS] += sum(map(is_formula, texts))
        return +found.left_out

    def write(self, source: ExportSource, target: Target) -> Iterator[int]:
        """Write the bodies, then the stances that were put aside meanwhile."""
        negatives: Negatives[int] = Negatives(source)
        with tempfile.TemporaryFile(prefix="annotator-") as stances:
            bodies = target.open(_BODIES_FILE)
            bodies.write(_line(_BODIES))
            stances.write(_line(_STANCES))
            row = 0
            for number, content in enumerate(source.contents, 1):
                told = _cell(content.article.text, source)
                bodies.write(_line([number, told]))
                source.proof.wrote(f"body {number}", told, [(str(number), ())])
                pairs = pairs_of(content, source, shown=False).pairs
                for words, body, stance in _rows(content, pairs, number, negatives):
                    row, claim = row + 1, _cell(words, source)
                    source.proof.wrote(f"stance {row}", "", [(stance, [claim, str(body)])])
                    stances.write(_line([claim, body, stance]))
                yield number
            stances.seek(0)
            shutil.copyfileobj(stances, target.open(_STANCES_FILE))

    def verify(self, path: Path, _texts: Mapping[Id, str], source: ExportSource) -> Iterator[int]:
        """Re-read both files."""
        csv.field_size_limit(CELL_LIMIT)
        count = 0
        for number, (own, text) in enumerate(_read(path / _BODIES_FILE, _BODIES), 1):
            count += 1
            source.proof.check(f"body {number}", text, [(own, ())])
            yield count
        for row, (claim, body, stance) in enumerate(_read(path / _STANCES_FILE, _STANCES), 1):
            count += 1
            source.proof.check(f"stance {row}", "", [(stance, [claim, body])])
            yield count
        source.proof.check_count(count)


def _rows(
    content: ArticleContent, pairs: Sequence[Pair], number: int, negatives: Negatives[int]
) -> Iterator[tuple[str, int, str]]:
    """Yield the stances of an article, and unrelated pairs."""
    for pair in pairs:
        yield pair.claim, number, _OF_HOLDERS.get(pair.value, pair.value)
    for pair, body in negatives.of(content, pairs, [number]):
        yield pair.claim, body, "unrelated"


def _cell(text: str, source: ExportSource) -> str:
    return harmless(text) if makes_harmless(source) else text


def _line(cells: Sequence[Cell]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode()


def _read(path: Path, columns: Sequence[str]) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = written_rows(file)
        if next(rows) != [*columns]:
            raise ValueError(columns)
        yield from rows


FORMAT = Format(
    "fnc1",
    "FNC-1 stances (a folder of bodies.csv and stances.csv)",
    (".csv",),
    Fnc1Importer(),
    Fnc1Exporter(),
    about=(
        "The Fake News Challenge: a table of bodies, and one of headlines with the stance that a body takes. "
        "A headline becomes a claim card, not a title: it is the claim that the stance is on, and most "
        "headlines stand with bodies of other articles. Stances of articles are written as they are (agree, "
        "disagree, discuss, unrelated); of holders, support is agree, deny is disagree, question and neutral "
        "are discuss. Unrelated pairs are made on request: never with a near copy, an article on the same "
        "claim card, one with the words of the claim or with its holder; fewer where there are no others."
    ),
    example='Headline,Body ID,Stance\n"The ferry stays, mayor says",1,agree',
    lost=(
        "spans, frames that are no stances, strength and other attributes of stances, notes",
        "who holds a stance; who annotated, and when",
        "names, titles and facts of articles; labels of articles, recorded emptiness, suggestions",
        "stances on claims of other articles that are on no claim card",
    ),
    options_in=(UNRELATED,),
    options_out=(stances_option("articles"), NEGATIVES, SEED, FORMULAS),
)
