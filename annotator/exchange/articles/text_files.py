"""Format `text`: one plain text file is one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from annotator.exchange.articles.news_exports import note_on, taken_apart
from annotator.exchange.articles.one_article import OneArticle
from annotator.exchange.encoding import MARK, decode
from annotator.exchange.files import TEXT_FILE_LIMIT, read_bytes, storable
from annotator.exchange.tables.cell_values import LABEL_MARK
from annotator.exchange.tables.open_tables import has_text
from annotator.model.formats import Draft, Format, ImportOptions
from annotator.model.marks import ArticleMark, Marks

SUFFIXES = (".txt", ".text")
_OTHERS = {
    "JSON": re.compile(r"\ufeff?\s*+\[?\s*+\{\s*+\"[^\"\n]{1,200}+\"\s*+:"),
    "a web page": re.compile(r"\ufeff?\s*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE),
    "a saved web page (MHT)": re.compile(r"\ufeff?\s*+From: <Saved by "),
    "XML": re.compile(r"\ufeff?\s*+<\?xml\s"),
    "a mail": re.compile(
        r"(?:From \S+ .*+\n)?(?:(?!Received: )[A-Z][\w-]*+: .*+\n(?:[ \t].*+\n)*+)*+Received: "
    ),
}
"""How files of other kinds begin, which may have lost their ending."""
_LABELS = re.compile(rf"(?:{LABEL_MARK}\S+[ \t]+)+")
"""Labels before a text, as fastText has them."""
_LABELLED = (
    f"only some of its lines have label and text as fastText has them ({LABEL_MARK}): it is one article"
)
_TABLE = "it holds a table, whose cells {} part, and was read as it stands; name it {} to have its rows read"
_PARTS = {"\t": ("tabs", ".tsv"), ",": ("commas", ".csv"), ";": ("semicolons", ".csv")}
"""What parts the cells of tables: how it is called, and the ending of such a table."""
_TAGGED = re.compile(r"\S+[/|_][A-Z.,:$#'`]{1,6}(?:-\S+)?")
"""A word with its tag behind it."""
_FEWEST, _MOSTLY = 10, 0.9
"""Words that tell that they have tags, and the share of them that has to."""
_WORDS_WITH_TAGS = "it holds words with their tags (word/TAG), and was read as it stands; convert it to CoNLL"
_NO_WORD = "there is no word in it, only numbers and signs"
_MARKS = re.compile(r"<(/?)([A-Za-z_][\w.:-]{0,40})(?:\s[^<>\n]{0,300})?>")
_LOOKS = frozenset({
    "a", "b", "br", "code", "div", "em", "font", "h1", "h2", "h3", "hr", "i", "img", "li",
    "ol", "p", "pre", "span", "strong", "sub", "sup", "table", "td", "tr", "u", "ul",
})  # fmt: skip
"""What says how words look, in texts that quote web pages."""
_MARKED_UP = "it holds marks that are not read ({}), and was taken as it stands; convert it to brat or CoNLL"
_FEWEST_MARKS, _MARKS_SHOWN = 3, 5
_MOSTLY_NUMBERS = "most of its lines are numbers: it says something of another text, and is hardly an article"
_NUMBERS = 5
"""Lines at least, most of which are numbers."""
_START = 20_000
_LINES = 20
"""So many lines tell whether a text is a table."""


def read_text(path: Path, options: ImportOptions) -> tuple[Draft, str]:
    """Return the article of a text file, and its encoding; raises UserError when it is no text."""
    found = decode(read_bytes(path, TEXT_FILE_LIMIT), options.encoding)
    kind = next((kind for kind, pattern in _OTHERS.items() if pattern.match(found.text)), "")
    odd = (f"it holds {kind}, and was read as it stands; rename it, or choose its format",) if kind else ()
    parted = "" if _has_label(found.text) else _parted_by(found.text)
    table = [_TABLE.format(*_PARTS[parted])] if parted else []
    notes = (*found.notes, *odd, *table, *filter(None, [note_on(found.text), _note_on_words(found.text)]))
    return Draft(storable(path.name), found.text, notes=notes), found.encoding


def _note_on_words(text: str) -> str:
    """Return a note on a text without words, or whose words have tags behind them; nothing on others."""
    words = text[:_START].split()
    if words and not any(map(str.isalpha, text)):
        return _NO_WORD
    lines = [one.strip() for one in text[:_START].split("\n") if one.strip()]
    if len(lines) >= _NUMBERS and 2 * sum(map(_is_number, lines)) > len(lines):
        return _MOSTLY_NUMBERS
    marks = Counter(name for _, name in _MARKS.findall(text[:_START]) if name.lower() not in _LOOKS)
    if sum(marks.values()) >= _FEWEST_MARKS and max(marks.values()) > 1:
        return _MARKED_UP.format(", ".join(f"<{one}>" for one, _ in marks.most_common(_MARKS_SHOWN)))
    tagged = sum(_TAGGED.fullmatch(one) is not None for one in words)
    return _WORDS_WITH_TAGS if len(words) >= _FEWEST and tagged >= _MOSTLY * len(words) else ""


def _is_number(line: str) -> bool:
    return line.replace(".", "", 1).replace(",", "").isdecimal()


def _apart(draft: Draft) -> list[Draft]:
    """Return the articles of a text that is several: exported by an archive, or a line each, labelled."""
    if not _has_label(draft.text):
        return taken_apart(draft)
    lines = [*enumerate(map(str.strip, draft.text.removeprefix(MARK).split("\n")), 1)]
    found = [(at, line, _LABELS.match(line)) for at, line in lines if line]
    bare = [line for _, line, head in found if head is None]
    if 2 * len(bare) >= len(found) or any(map(_has_label, bare)):
        return [replace(draft, notes=(*draft.notes, _LABELLED))]
    return [_labelled(draft, *one) for one in found]


def _has_label(text: str) -> bool:
    """Tell whether a text begins with a label, as fastText has it."""
    return text.removeprefix(MARK).lstrip().startswith(LABEL_MARK)


def _labelled(whole: Draft, at: int, line: str, head: re.Match[str] | None) -> Draft:
    said = head[0] if head is not None else ""
    names = dict.fromkeys(one.removeprefix(LABEL_MARK) for one in said.split())
    labels = [ArticleMark(one, line=at) for one in names]
    return replace(
        whole, name=f"{whole.name}:{at}", text=line[len(said) :], line=at, marks=Marks(labels=labels)
    )


def _parted_by(text: str) -> str:
    """Return what parts the cells of a text that is a table; nothing for any other."""
    lines = [one for one in text[:_START].removeprefix(MARK).split("\n")[:_LINES] if one.strip()]
    if len(lines) > 3 and all(one.split("\t", 1)[0].strip() and "\t" in one for one in lines):
        return "\t"
    return next((one for one in _PARTS if _names_columns(lines, one)), "")


def _names_columns(lines: Sequence[str], mark: str) -> bool:
    """Tell whether the first line has names of columns, one of texts among them, and the second has cells."""
    if len(lines) < 2 or not all(mark in one for one in lines[:2]):
        return False
    names = lines[0].rstrip("\r").split(mark)
    return all(one and one == one.strip() for one in names) and has_text(
        [one.strip('"') for one in names], ImportOptions()
    )


FORMAT = Format(
    "text",
    "Text file, one article each",
    SUFFIXES,
    importer=OneArticle(SUFFIXES, read_text, is_general=True, apart=_apart),
    about="Plain text: each file is an article; of an export of LexisNexis, each document; where labels "
    "stand before most lines, as fastText takes them (__label__…), each line.",
)
