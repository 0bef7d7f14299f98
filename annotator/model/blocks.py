"""Finds an article's blocks: which paragraph is its headline, byline, caption, … and which is body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

Block = tuple[int, int, str]
"""Start, end (code points, end exclusive, without the blanks around) and kind."""

_HEAD = 8
"""Byline, date and headline are looked for in so many first paragraphs."""
_TITLE_LONGEST = 200
_WRAPPED_WIDTHS = (50, 100)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_NAME = r"(?:[A-ZÀ-ÞĀ-Ž][\w'’.\-]*|d[aeiou]s?|del|di|la|le|van|von|der|bin|al|el)"
_COUNTER = re.compile(r"(?:\(?\d{1,3}\s*(?:/|of)\s*\d{1,3}\)?|[\W_]{3,}|\d{1,3})\.?")
_MENU = re.compile(
    r"(?:follow\s+\S+(?:\s+\S+){0,4}\s+on\s+(?:twitter|facebook|instagram|x)\b|subscribe to\b"
    r"|sign up (?:for|to)\b|do you support\b.*like the page"
    r"|read more\b|see also\b|related\b.{0,60}$|previously:|view (?:gallery|full results|comments)\b"
    r"|click here\b|share (?:this|on)\b|advertisement\b|get .{2,40} newsletters?$"
    r"|abstract\.?$|full text\.?$|copyright\b.{0,120}$|all rights reserved|<tweet\b|watch the full\b"
    r"|continue reading\b|we are sorry,|skip to\b)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    rf"(?:by|BYLINE|written by|reporting by|story by)\s*:?\s+{_NAME}"
    rf"(?:,?\s+(?:{_NAME}|and|for|of|the|in|&|\|)){{0,12}}"
    r"(?:\s*(?:[|,–—-]|posted|published).{0,60})?\.?$",
    re.IGNORECASE | re.DOTALL,
)
_BYLINE_CASED = re.compile(rf"(?:By|BY|by)\s+(?:{_NAME}\s+){{1,4}}{_NAME}")
_BYLINE_COLON = re.compile(r"(?:by|byline|author|written by)\s*:\s*\S.{1,100}$", re.IGNORECASE)
_PERSON = re.compile(
    rf"[A-ZÀ-ÞĀ-Ž][\w'’.\-]+(?:\s+{_NAME}){{1,4}}(?:\s*(?:,|and|&)\s*{_NAME}(?:\s+{_NAME}){{1,4}}){{0,3}}$"
)
_CREDIT = re.compile(
    r"(?:\((?:[^()]*\b(?:photo|image|picture|file pic|getty|reuters|afp|ap)\b[^()]*)\)\.?$"
    r"|\b(?:photo|picture|image)s?(?: credit)?\s*(?:by|:|courtesy)\s*[^.]{2,60}\.?$"
    r"|^(?:photo|picture|image|caption)s?\s*:)",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"[^.!?\n]{0,50}\b(?:Getty(?: Images)?|/\s?(?:Reuters|AP|AFP|EPA|dpa))\.?$")
_BETWEEN_DASHES = re.compile(r"[-–—*•]+\s*\S.{1,100}?\s*[-–—*•]+$")
_DATELINE = re.compile(rf"{_NAME}[\w\s.,'’()/À-ž-]{{1,70}}(?:\s[-–—]+|\|)$")
_TURN = re.compile(r"(?P<who>[A-ZÀ-Þ][A-ZÀ-Þ0-9 .,'’()/&-]{1,70}):\s")
_TURN_CASED = re.compile(rf"(?P<who>[A-ZÀ-Þ][\w.'’-]+(?: {_NAME}){{0,3}}):\s+\S")
_QUESTION = re.compile(r"(?:Q\s*[:.]|Question\s*:|QUESTION\s*:|Q\s*[—–-]\s)")
_ANSWER = re.compile(r"(?:A\s*:|Answer\s*:|ANSWER\s*:|A\s*[—–-]\s)")
_NO_SPEAKER = re.compile(
    r"(?:BY|BYLINE|AUTHOR|UPDATED?|EXCLUSIVE|BREAKING(?: NEWS)?|CORRECTION|NOTE|EDITOR'?S? NOTE|WATCH|PHOTOS?"
    r"|VIDEO|READ|RELATED|MORE|BOOM|WOW|POLL|REPORT|ANALYSIS|OPINION|LIVE|VIDEO TRANSCRIPT)$"
)
_SENTENCES = re.compile(r"[a-zà-ž]{2}[.!?][\"”’']?\s+\S+\s+\S+\s")
_DATE_WORDS = re.compile(
    r"\d{4}-\d\d-\d\dt[\d:.]+z?|"
    rf"\b(?:{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|{'|'.join(_DAYS)}|mon|tue|wed|thu|fri|sat|sun"
    r"|updated?|published|posted|last|modified|first|on|at|of|noon|midnight|[ap]\.?m|[ecmp][sd]?t|gmt|utc|bst|cet|hrs?|ist"
    r"|\d+(?:st|nd|rd|th)?)\b\.?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)")
_WRITTEN = re.compile(
    r"\b(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"(?P<m>{'|'.join(_MONTHS)}|(?:{'|'.join(month[:3] for month in _MONTHS)}|sept)\.?)"
    r"(?:\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?)?,?\s+(?P<y>\d{4})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    text: str


def find_blocks(text: str, title: str = "") -> tuple[Block, ...]:
    """Return one block for every paragraph (or line) that is not blank, in text order.

    With a `title` from elsewhere, only a first paragraph equal to it is taken for the headline.
    """
    paragraphs = _paragraphs(text)
    kinds = _head_kinds(paragraphs, title)
    cased = _has_cased_turns(paragraphs)
    for at in range(len(kinds), len(paragraphs)):
        kinds.append(_kind(paragraphs, at, cased))
    _mark_captions(paragraphs, kinds)
    _mark_questions(paragraphs, kinds)
    return tuple((one.start, one.end, kind) for one, kind in zip(paragraphs, kinds, strict=True))


def find_title(text: str, name: str, blocks: Sequence[Block] | None = None) -> str:
    """Return the headline, else the start of the first paragraph, else the file's name."""
    found = find_blocks(text) if blocks is None else blocks
    for start, end, kind in found:
        if kind == "headline":
            return " ".join(text[start:end].split())
    for wanted in (("body", "subhead", "transcript_turn", "question"), None):
        for start, end, kind in found:
            if wanted is None or kind in wanted:
                return _shortened(" ".join(text[start : min(end, start + 200)].split()))
    return name


def find_facts(text: str, blocks: Sequence[Block]) -> dict[str, str]:
    """Return the byline, and the day of publication as YYYY-MM-DD, where blocks say them plainly."""
    facts: dict[str, str] = {}
    for start, end, kind in blocks:
        content = " ".join(text[start:end].split())
        if kind == "byline" and "byline" not in facts:
            facts["byline"] = re.sub(
                r"^(?:by|byline|author|written by)\s*:?\s+", "", content, flags=re.IGNORECASE
            ).rstrip(".")
        day = find_day(content) if kind in ("date", "byline") else ""
        if day and "published" not in facts:
            facts["published"] = day
    return facts


def find_day(text: str) -> str:
    """Return the one day that a text writes out or gives as YYYY-MM-DD, or nothing; never a guess."""
    iso, written = _ISO.search(text), _WRITTEN.search(text)
    if iso:
        parts = tuple(int(one) for one in iso.groups())
    elif written and (written["d1"] or written["d2"]):
        month = next(at for at, one in enumerate(_MONTHS, 1) if one.startswith(written["m"].lower()[:3]))
        parts = (int(written["y"]), month, int(written["d1"] or written["d2"]))
    else:
        return ""
    try:
        return date(*parts).isoformat()
    except ValueError:
        return ""


def _paragraphs(text: str) -> list[_Paragraph]:
    lines: list[_Paragraph] = []
    runs: list[list[_Paragraph]] = [[]]
    at = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            runs[-1].append(_Paragraph(start, start + len(bare), bare))
        elif runs[-1]:
            runs.append([])
        at += len(line) + 1
    # Two lines may look full by chance, so they are joined only where longer runs are wrapped as well.
    is_wrapped = any(len(run) > 2 and _is_wrapped(run) for run in runs)
    for run in runs:
        lines += [_joined(text, run)] if is_wrapped and _is_wrapped(run) else run
    return lines


def _joined(text: str, run: list[_Paragraph]) -> _Paragraph:
    start, end = run[0].start, run[-1].end
    return _Paragraph(start, end, text[start:end])


def _is_wrapped(run: list[_Paragraph]) -> bool:
    """Lines are one paragraph when each was full: the next line's first word had no room on it."""
    if len(run) < 2:
        return False
    width = max(one.end - one.start for one in run)
    if not _WRAPPED_WIDTHS[0] <= width <= _WRAPPED_WIDTHS[1]:
        return False
    return all(len(one.text) + 1 + len(after.text.split(None, 1)[0]) > width for one, after in pairwise(run))


def _head_kinds(paragraphs: list[_Paragraph], title: str) -> list[str]:
    """Return the kinds of the first paragraphs, up to where the body begins."""
    kinds: list[str] = []
    for at, one in enumerate(paragraphs[:_HEAD]):
        after = paragraphs[at + 1].text if at + 1 < len(paragraphs) else ""
        kind = _head_kind(one.text, kinds, title, after)
        if not kind:
            break
        kinds.append(kind)
    return kinds


def _head_kind(content: str, kinds: list[str], title: str, after: str) -> str:
    if _is_byline(content):
        return "byline"
    if _is_date(content):
        return "date"
    if _COUNTER.fullmatch(content) or _MENU.match(content):
        return "navigation"
    has_headline = "headline" in kinds
    if not has_headline and after and _is_headline(content, title):
        return "" if _is_turn(content) and _is_turn(after) else "headline"
    if has_headline and kinds[-1] in ("headline", "date") and "byline" not in kinds and _is_person(content):
        return "byline"
    return ""


def _is_headline(content: str, title: str) -> bool:
    if title:
        return content.split() == title.split()
    if len(content) > _TITLE_LONGEST or "\n" in content or content[-1] in ",:-–—|":
        return False
    if _BETWEEN_DASHES.match(content) or _DATELINE.fullmatch(content):
        return False
    return not _CREDIT.search(content) and (_is_title_case(content) or not _SENTENCES.search(content))


def _is_title_case(content: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", content)
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _is_byline(content: str) -> bool:
    if len(content) > 160 or content[0] not in "bBwWrRsSaA":
        return False
    if _BYLINE_COLON.match(content):
        return True
    return bool(_BYLINE.match(content) and _BYLINE_CASED.match(content) and content.count(".") < 4)


def _is_person(content: str) -> bool:
    return len(content) <= 60 and bool(_PERSON.match(content)) and content[-1] not in ".!?"


def _is_date(content: str) -> bool:
    if len(content) > 100 or not any(char.isdigit() for char in content):
        return False
    if not re.search(r"\d{4}|[ap]\.?m\b|:\d\d", content, re.IGNORECASE):
        return False
    return not re.search(r"\w", _DATE_WORDS.sub("", content))


def _kind(paragraphs: list[_Paragraph], at: int, cased: bool) -> str:
    content = paragraphs[at].text
    if _QUESTION.match(content):
        return "question"
    if _ANSWER.match(content) or _is_turn(content) or (cased and _TURN_CASED.match(content)):
        return "transcript_turn"
    if len(content) > 240:
        return "caption" if _CREDIT.search(content[-90:]) else "body"
    for kind, matches in _SHORT_KINDS:
        if matches(content):
            return kind
    is_subhead = at + 1 < len(paragraphs) and _is_subhead(content, paragraphs[at + 1].text)
    return "subhead" if is_subhead else "body"


def _is_turn(content: str) -> bool:
    found = _TURN.match(content)
    return bool(
        found and not _NO_SPEAKER.match(found["who"].strip()) and re.search("[A-ZÀ-Þ]{2}", found["who"])
    )


def _has_cased_turns(paragraphs: list[_Paragraph]) -> bool:
    """Speakers in ordinary case are trusted where at least three turns, and a third of all, open so."""
    turns = sum(bool(_TURN_CASED.match(one.text)) for one in paragraphs)
    return turns >= 3 and turns * 3 >= len(paragraphs)


def _is_subhead(content: str, after: str) -> bool:
    if content.isupper() and len(content) > 3 and len(content) <= 90:
        return True
    if len(content) > 60 or content[-1] in ".,;:!?\"”’'…)" or not content[0].isupper():
        return False
    return len(content.split()) <= 8 and len(after) > len(content) and not re.search(r"https?://|@", content)


def _is_caption(content: str) -> bool:
    return bool(_CREDIT.search(content) or (len(content) <= 60 and _AGENCY.fullmatch(content)))


def _is_navigation(content: str) -> bool:
    return bool(_COUNTER.fullmatch(content) or _MENU.match(content))


_SHORT_KINDS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("navigation", _is_navigation),
    ("subhead", _BETWEEN_DASHES.fullmatch),
    ("date", _is_date),
    ("byline", _is_byline),
    ("caption", _is_caption),
    ("dateline", _DATELINE.fullmatch),
)


def _mark_captions(paragraphs: list[_Paragraph], kinds: list[str]) -> None:
    """Captions stand twice, once with and once without the credit, and right below gallery counters."""
    for at in range(len(kinds) - 2, -1, -1):
        if kinds[at] != "body":
            continue
        one, after = paragraphs[at].text, paragraphs[at + 1].text
        is_twin = kinds[at + 1] == "caption" and len(one) >= 30 and after.startswith(one.rstrip(". "))
        below = at > 0 and kinds[at - 1] == "navigation" and "/" in paragraphs[at - 1].text
        if is_twin or (below and one[-1] not in '.!?"”'):
            kinds[at] = "caption"


def _mark_questions(paragraphs: list[_Paragraph], kinds: list[str]) -> None:
    """In an interview without speakers' names, short paragraphs that end in a mark are the questions."""
    found = [
        at
        for at in range(1, len(kinds) - 1)
        if kinds[at] == "body" and _is_bare_question(paragraphs[at].text) and kinds[at + 1] == "body"
    ]
    apart = all(after - at > 1 for at, after in pairwise(found))
    if len(found) >= 3 and apart and len(found) * 4 >= kinds.count("body"):
        for at in found:
            kinds[at] = "question"


def _is_bare_question(content: str) -> bool:
    return len(content) <= 300 and content.endswith("?") and not re.search('["“”«»]', content)


def _shortened(content: str, longest: int = 80) -> str:
    if len(content) <= longest:
        return content
    cut = content[:longest].rsplit(" ", 1)[0].rstrip(" ,;:-–—")
    return f"{cut or content[:longest]}…"
