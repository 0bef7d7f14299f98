"""Format `reuters`: the SGML files of Reuters-21578, a thousand news stories each; only read.

A format needs no more than `annotator.model`: what is in there is the contract, all else may change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from annotator.model.errors import UserError
from annotator.model.formats import Draft, Format, ImportOptions, Item, Note, Option, Preview, Problem
from annotator.model.marks import ArticleMark, Marks
from annotator.model.text import TEXT_LIMIT

SUFFIXES = (".sgm", ".sgml")
ENCODING = "iso-8859-1"
"""The files are ASCII but for a stray byte or two, and in this encoding every byte is a character."""
_STORY = re.compile(r"<REUTERS\b([^>]*)>(.*)", re.DOTALL)
_FACT = re.compile(r'(\w+)="([^"]*)"')
_LIST = re.compile(r"<(TOPICS|PLACES|PEOPLE|ORGS|EXCHANGES|COMPANIES)>(.*?)</\1>", re.DOTALL)
_TEXT = re.compile(r"<TEXT\b([^>]*)>(.*?)</TEXT>", re.DOTALL)
_PART = re.compile(r"<(TITLE|AUTHOR|DATELINE|BODY)>(.*?)</\1>", re.DOTALL)
_DATE = re.compile(r"<DATE>\s*(\d{1,2})-([A-Z]{3})-(\d{4})")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|(\w{1,8}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_KEPT = "\t\n\r"
_START, _END = "<REUTERS", "</REUTERS>"


class ReutersImporter:
    """Reads stories one by one, so that a file of any length takes the memory of one story."""

    def recognises(self, path: Path) -> bool:
        """Tell by the name and the first bytes."""
        if path.suffix.lower() not in SUFFIXES:
            return False
        try:
            with path.open("rb") as file:
                start = file.read(4096)
        except OSError:
            return False
        return b"<REUTERS" in start or b"lewis.dtd" in start

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """Return how many stories there are, and the first one."""
        drafts = [item for item in self.read(path, options) if isinstance(item, Draft)]
        sample = drafts[0].text[:600] if drafts else ""
        return Preview(rows=len(drafts), encoding=options.encoding or ENCODING, sample=sample)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item]:
        """Yield a draft for each story; one that is torn is a problem, and the rest goes on."""
        found = False
        for line, text in _stories(path, options.encoding or ENCODING):
            found = True
            yield from _items(path.name, line, text, options)
        if not found:
            raise UserError("it holds no story: nothing in it begins with <REUTERS")


def _stories(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """Yield the first line and the text of each story, without its end where that is missing."""
    story: list[str] = []
    begun = size = 0
    try:
        with path.open(encoding=encoding, newline="\n") as file:
            for number, line in enumerate(file, 1):
                if line.startswith(_START):
                    if story:
                        yield begun, "".join(story)
                    story, begun, size = [], number, 0
                if line.startswith(_START) or story:
                    size += len(line)
                    if size > TEXT_LIMIT:
                        raise UserError(f"the story of line {begun} has no end in {TEXT_LIMIT:,} characters")
                    story.append(line)
                if story and _END in line:
                    yield begun, "".join(story)
                    story = []
    except UnicodeError as error:
        raise UserError(f"it is not {encoding}: {error}; choose its encoding") from error
    except OSError as error:
        raise UserError(f"it cannot be read: {error.strerror}") from error
    if story:
        yield begun, "".join(story)


def _items(file: str, line: int, text: str, options: ImportOptions) -> Iterator[Item]:
    story, whole = _STORY.match(text), _TEXT.search(text)
    if _END not in text or story is None:
        yield Problem(file, f"the story has no {_END}: the file is torn here", line)
        return
    if whole is None:
        yield Problem(file, "the story has no <TEXT> … </TEXT>", line)
        return
    facts = {name.lower(): value for name, value in _FACT.findall(story[1])}
    number = facts.pop("newid", str(line))
    facts |= dict(_FACT.findall(whole[1].replace("TYPE", "type")))
    lists = {name.lower(): re.findall("<D>(.*?)</D>", found) for name, found in _LIST.findall(text)}
    marks = None
    if options.chosen.get("topics") == "labels":
        marks = Marks(labels=[ArticleMark(_words(one), line=line) for one in lists.get("topics", ())])
    facts.pop("topics", "")  # says no more than that somebody looked for some
    facts |= {name: ", ".join(map(_words, found)) for name, found in lists.items() if found}
    parts = {name: _entities(part) for name, part in _PART.findall(whole[2])}
    facts |= _facts(parts, text)
    words, left_out = _plain(_laid_out(parts, whole[2]))
    yield Draft(
        f"reuters-{number}",
        words,
        _words(parts.get("TITLE", "")),
        "en",
        facts,
        line,
        notes=tuple(_notes(words, left_out)),
        key=number,
        marks=marks,
    )
    if not words.isascii():
        yield Note(file, f"a byte that is not ASCII, read as {next(c for c in words if c > '~')!r}", line)


def _facts(parts: dict[str, str], text: str) -> dict[str, str]:
    found = {"outlet": "Reuters"}
    if "AUTHOR" in parts:
        found["byline"] = _words(parts["AUTHOR"]).removeprefix("by ")
    if "DATELINE" in parts:
        found["dateline"] = _words(parts["DATELINE"]).rstrip(" -")
    day = _DATE.search(text)
    if day and day[2] in _MONTHS:
        found["published"] = date(int(day[3]), _MONTHS.index(day[2]) + 1, int(day[1])).isoformat()
    return found


def _laid_out(parts: dict[str, str], whole: str) -> str:
    """Return the text as it is read: headline, author, and the dateline before the first sentence.

    A text of TYPE="UNPROC" is in no parts, one of TYPE="BRIEF" has hardly more than its headline.
    """
    if not parts:
        return _entities(whole)
    head = [_words(parts[name]) for name in ("TITLE", "AUTHOR") if name in parts]
    dateline, body = parts.get("DATELINE", "").strip(), parts.get("BODY", "")
    if not body:
        body = _entities(_PART.sub("", whole)).strip("* \n\x02\x03")  # the rest of a brief
    opening = f"{dateline} {body.lstrip()}" if dateline else body
    return "\n\n".join([*head, opening])


def _words(text: str) -> str:
    """Return a text on one line."""
    return " ".join(_plain(_entities(text))[0].split())


def _entities(text: str) -> str:
    return _ENTITY.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    if found[1] is not None:
        number = int(found[1])
        return chr(number) if 0 < number < 0xD800 else "\ufffd"
    return _NAMED.get(found[2], found[0])


def _plain(text: str) -> tuple[str, Counter[str]]:
    """Return a text without the control characters that steered the wire, and which these were."""
    left_out = Counter(one for one in text if (one < " " and one not in _KEPT) or "\x7f" <= one < "\xa0")
    if left_out:
        text = text.translate({ord(one): None for one in left_out})
    return text.strip("\n"), left_out


def _notes(text: str, left_out: Counter[str]) -> Iterator[str]:
    # Every story begins and ends with one of these: only others are worth a word.
    others = sum(count for one, count in left_out.items() if one not in "\x02\x03")
    if others:
        yield f"{others} control characters of the wire left out"
    if not text.isascii():
        yield "a byte that is not ASCII was read as ISO-8859-1"


FORMAT = Format(
    "reuters",
    "Reuters-21578 (SGML)",
    SUFFIXES,
    importer=ReutersImporter(),
    about=(
        "Stories of the Reuters wire of 1987, a thousand in a file, with date, dateline, topics, places and "
        "other lists as facts of the article; topics also as labels of the article where that is chosen."
    ),
    options_in=(
        Option(
            "topics",
            "Topics",
            ("facts", "labels"),
            ("as a fact of the article", "also as labels of the article"),
        ),
    ),
)
