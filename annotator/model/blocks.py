"""Finds an article's blocks: which paragraph is its headline, byline, caption, … and which is body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from annotator.model.block_neighbours import mark_captions, mark_questions
from annotator.model.navigation import is_counter, is_furniture, is_menu, opens_menu
from annotator.model.paragraphs import Paragraph, find_paragraphs

_Matches = Callable[[str], object]
Block = tuple[int, int, str]
"""Start, end (code points, end exclusive, without the blanks around) and kind."""

_HEAD = 8
"""Byline, date and headline are looked for in so many first paragraphs."""
_TITLE_LONGEST = 200
_LEAD_SHORTEST = 100
"""A first paragraph with a full stop that is longer is the lead, not the headline."""
_BELOW_SHORTEST = 40
"""What stands below a subhead is longer."""
_LONG = 240
"""Characters of a paragraph from which on it is a caption or of the body."""
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_NAME = r"(?:[A-ZÀ-ÞĀ-Ž][\w'’.\-]*|d[aeiou]s?|del|di|la|le|van|von|der|bin|al|el)"
_WORD = r"[^\W\d_][\w'’.\-]*"
_MADE = "(?:written|reporting|reported|story|presented|compiled|interview|words|text)"
_BYLINE = re.compile(
    rf"\(?(?:by|byline|{_MADE} by)\s*:?\s+{_WORD}(?:[,;]?\s+(?:{_WORD}|&|\|)){{0,24}}"
    r"(?:\s*(?:[|,–—-]|posted|published).{0,60})?\.?\)?$",
    re.IGNORECASE | re.DOTALL,
)
_BYLINE_CASED = re.compile(rf"(?:\(?\w+ )?(?:By|BY|by)\s+(?:{_NAME}\s+){{1,4}}{_NAME}")
_SIGNED = re.compile(
    rf"(?:[–—-]\s+{_NAME}(?:\s+{_NAME}){{1,3}}\.?|(?:[–—-]|â€”)\s*[^@]{{1,40}}\(@\w+\)\W.{{0,30}}\d{{4}}"
    r"|[\w.+-]+@[\w.-]+\.\w{2,}\W?)"
)
_AGENCY_SIGNED = re.compile(r"[–—-]*\s?(?:Reuters?|REUTERS?|AP|AFP|UPI|dpa)\.?")
_OUTLET = re.compile(
    r"(?:The )?(?:[A-ZÀ-Þ][\w.’'-]+ ){0,4}(?:Agency|Bulletin|Chronicle|Courier|Daily|Dispatch|Echo|Examiner"
    r"|Gazette|Guardian|Herald|Journal|Mail|Messenger|Monitor|News|Observer|Post|Press|Register|Star"
    r"|Standard|Telegraph|Times|Tribune)|Reuters|AP|AFP|UPI|dpa"
)
_BYLINE_COLON = re.compile(r"(?:by|byline|author|written by)\s*:\s*\S.{1,100}$", re.IGNORECASE)
_BYLINE_OPENING = re.compile(rf"\(?(?:by|byline|author|{_MADE} by)\s*:?\s+", re.IGNORECASE)
_BYLINE_START = re.compile(rf"[–—-]|â|[\w.+-]+@|R[Ee][Uu]|AP|AFP|UPI|dpa|\(?(?i:by|author|{_MADE})")
"""How all of these open; hardly any paragraph does."""
_PERSON = re.compile(
    rf"[A-ZÀ-ÞĀ-Ž][\w'’.\-]+(?:\s+{_NAME}){{1,4}}(?:\s*(?:,|and|&)\s*{_NAME}(?:\s+{_NAME}){{1,4}}){{0,3}}$"
)
_NO_NAMES = re.compile(r"\b(?:A(?!\.)|AND|AT|FOR|FROM|IN|ON|THE|THIS|TO|WITH)\b")
"""Words in capitals that no name has."""
_CREDIT = re.compile(
    r"(?:[(\[](?:[^()]*\b(?:photo|image|picture|file pic|getty|reuters|afp|ap|handout)\b[^()]*)[)\]]\.?$"
    r"|\b(?:photo|picture|image)s?(?: credit)?\s*(?:by|:|courtesy)\s*[^.]{2,60}\.?$"
    r"|^(?:photo|picture|image|caption)s?\s*:|^a (?:photo|video) posted by .*\d{4})",
    re.IGNORECASE,
)
_CREDIT_WORDS = (b"photo", b"picture", b"image", b"caption", b"video")
_BRACKETED = re.compile(r"\[[A-Z]{2,5}\]$")
_AGENCY = re.compile(
    r"[^.!?\n]{0,50}\b(?:Getty(?: Images)?|/\s?(?:Reuters|AP|AFP|EPA|dpa))\.?"
    r"|[A-Z]{2,5} (?:Photo|PHOTO)\b.{0,50}"
)
_BETWEEN_DASHES = re.compile(r"[-–—*•]+\s*\S.{1,100}?\s*[-–—*•]+$")
_DATELINE = re.compile(rf"(?=.*[,(\d]|[^a-zà-ž]+$){_NAME}[\w\s.,'’()/À-ž-]{{1,70}}(?:\s[-–—]+|\|)$")
_TURN = re.compile(r"(?P<who>[A-ZÀ-Þ][A-ZÀ-Þ0-9 .,'’()/&-]{1,70}):\s")
_TURNS = 3
_TURN_CASED = re.compile(rf"(?P<who>[A-ZÀ-Þ][\w.'’-]+(?: {_NAME}){{0,3}}):\s+\S")
_QUESTION = re.compile(r"(?:Q\s*[:.]|Question\s*:|QUESTION\s*:|Q\s*[—–-]\s)")
_ANSWER = re.compile(r"(?:A\s*:|Answer\s*:|ANSWER\s*:|A\s*[—–-]\s)")
_NO_SPEAKER = re.compile(
    r"(?:BY|BYLINE|AUTHOR|UPDATED?|EXCLUSIVE|BREAKING(?: NEWS)?|CORRECTION|NOTE|EDITOR'?S? NOTE|WATCH|PHOTOS?"
    r"|VIDEO|READ|RELATED|MORE|BOOM|WOW|POLL|REPORT|ANALYSIS|OPINION|LIVE|VIDEO TRANSCRIPT)$"
)
_SENTENCES = re.compile(r"[a-zà-ž]{2}[.!?][\"”’']?\s+\S+\s+\S+\s")
_QUOTED = re.compile(r"['‘“\"](?!.*[.,!?]['’”\"]$)[^'‘’“”\"]{3,40}['’”\"]")
_LEAD = re.compile(r"\([A-Z]{2,5}\)\s*[-–—]|An? .*[.]$")
_DATE_WORDS = (
    *(*_MONTHS, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    *(*_DAYS, "mon", "tue", "wed", "thu", "fri", "sat", "sun", "noon", "midnight", "am", "a.m", "pm", "p.m"),
    *("update", "updated", "published", "posted", "last", "modified", "first", "on", "at", "of", "hr", "hrs"),
    *("gmt", "utc", "bst", "cet", "ist", *(one + other for one in "ecmp" for other in ("t", "st", "dt"))),
)
"""Words that a line with a date may have beside numbers."""
_DATE_STARTS = frozenset(one[:2] for one in _DATE_WORDS)
_OF_DATE = re.compile(
    rf"\d{{4}}-\d\d-\d\dt[\d:.]+z?|\b(?:{'|'.join(map(re.escape, _DATE_WORDS))}|\d+(?:st|nd|rd|th)?)\b\.?"
)
"""What a line with a date has, in small letters."""
_NO_SENTENCE = ("by", "byline", "author", "reuters", "dpa", "question", "answer")
_OTHER = frozenset(one[:4] for one in (*_DATE_WORDS, *_MADE[3:-1].split("|"), *_NO_SENTENCE))
"""How dates, bylines, questions and answers open, in small letters: with so many of a word, or with all."""
_OPENING, _CLOSING = "'\"‘“", "?!…,;:'\"’”"
"""Quotation marks before a sentence, and what it may end with beside a full stop."""
_LETTER = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
_DATED = re.compile(r"\d{4}|[ap]\.?m\b|:\d\d", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)")
_WRITTEN = re.compile(
    r"\b(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"(?P<m>{'|'.join(_MONTHS)}|(?:{'|'.join(month[:3] for month in _MONTHS)}|sept)\.?)"
    r"(?:\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?)?,?\s+(?P<y>\d{4})\b",
    re.IGNORECASE,
)


def find_blocks(text: str, title: str = "") -> tuple[Block, ...]:
    """Return one block for every paragraph (or line) that is not blank, in text order.

    With a `title` from elsewhere, only a first paragraph equal to it is taken for the headline.
    """
    paragraphs = find_paragraphs(text)
    kinds = _head_kinds(paragraphs, title)
    first, has_credit = _first_kinds(paragraphs, text), _credit_in(text)
    others = _like_prose(text, first, has_credit)
    for at in range(len(kinds), len(paragraphs)):
        is_prose = at > 1 and _is_prose(paragraphs[at].text, others)
        kinds.append("body" if is_prose else _kind(paragraphs, at, first, has_credit))
    mark_captions(paragraphs, kinds)
    mark_questions(paragraphs, kinds)
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
    """Return byline, outlet, and the day of publication as YYYY-MM-DD, where blocks say them plainly."""
    facts: dict[str, str] = {}
    for start, end, kind in blocks:
        if kind not in ("byline", "date"):
            continue
        content = " ".join(text[start:end].split())
        if kind == "byline" and _OUTLET.fullmatch(content):
            facts.setdefault("outlet", content)
        elif kind == "byline" and not _SIGNED.fullmatch(content):
            facts.setdefault("byline", _BYLINE_OPENING.sub("", content).rstrip(".)"))
        day = find_day(content)
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


def _head_kinds(paragraphs: list[Paragraph], title: str) -> list[str]:
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
    for kind, matches in _HEAD_KINDS:
        if matches(content):
            return kind
    if "headline" not in kinds:
        is_headline = after and _is_headline(content, title) and not (_is_turn(content) and _is_turn(after))
        return "headline" if is_headline else ""
    if kinds[-1] == "byline" and len(content) <= 40 and _OUTLET.fullmatch(content):
        return "byline"
    if kinds[-1] in ("headline", "date") and "byline" not in kinds and _is_person(content):
        return "byline"
    return ""


def _is_headline(content: str, title: str) -> bool:
    if title:
        return content.split() == title.split()
    if len(content) > _TITLE_LONGEST or "\n" in content or content[-1] in ",:-–—|":
        return False
    if _BETWEEN_DASHES.match(content) or _is_dateline(content) or _has_credit(content):
        return False
    return _is_title_case(content) or not (_SENTENCES.search(content) or _is_lead(content))


def _is_lead(content: str) -> bool:
    return bool(_LEAD.match(content)) or (len(content) > _LEAD_SHORTEST and content.endswith("."))


def _is_title_case(content: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", content)
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _is_byline(content: str) -> bool:
    if len(content) > 160 or not _BYLINE_START.match(content):
        return False
    if _SIGNED.fullmatch(content) or _AGENCY_SIGNED.fullmatch(content):
        return True
    if _BYLINE_COLON.match(content):
        return True
    return bool(_BYLINE.match(content) and _BYLINE_CASED.match(content) and content.count(".") < 4)


def _is_person(content: str) -> bool:
    is_name = len(content) <= 60 and bool(_PERSON.match(content)) and content[-1] not in ".!?"
    return is_name and not (content.isupper() and _NO_NAMES.search(content.partition(" AND ")[0]))


def _is_date(content: str) -> bool:
    if len(content) > 100 or (content[0].isalpha() and content[:2].casefold() not in _DATE_STARTS):
        return False
    if not _DIGIT.search(content):
        return False
    if content.isdigit() or not _DATED.search(content):
        return False
    return not _LETTER.search(_OF_DATE.sub("", content.lower()))


def _first_kinds(paragraphs: list[Paragraph], text: str) -> list[tuple[str, _Matches]]:
    """Return what is asked first of a text's paragraphs, without what no paragraph of this text can be."""
    found = [(kind, matches) for kind, signs, matches in _FIRST_KINDS if any(one in text for one in signs)]
    if text.count(":") >= _TURNS and _has_cased_turns(paragraphs):
        found.append(("transcript_turn", _TURN_CASED.match))
    return found


def _like_prose(text: str, first: Sequence[tuple[str, _Matches]], has_credit: _Matches) -> list[_Matches]:
    """Return what may be told of a paragraph of a text although it reads like a sentence."""
    found = [matches for signs, matches in _LIKE_PROSE if any(one in text for one in signs)]
    found += [matches for _, matches in first if matches == _TURN_CASED.match]
    return [*found, has_credit] if has_credit is _has_credit else found


def _is_prose(content: str, others: Sequence[_Matches]) -> bool:
    """Tell at a glance whether a paragraph is a sentence of the body; `others` are what may look like one."""
    last = content[-1]
    # Words may stand apart from their stop, as where a text was put together of tokens.
    is_stopped = last == "." and content[-3:-1].rstrip(" ")[-1:].isalnum()
    if not (is_stopped or last in _CLOSING) or len(content) > _LONG:
        return False
    if not _opens_sentence(content[:5]) or (content[0] in _OPENING and last != "."):
        return False
    for one in others:  # noqa: SIM110 - asked for every paragraph, and a generator takes as long as the rest
        if one(content):
            return False
    return True


@lru_cache(8192)
def _opens_sentence(opening: str) -> bool:
    """Tell by its first characters whether a paragraph is no menu, date, byline, question or turn."""
    bare = opening[1:] if opening[0] in _OPENING else opening
    small = bare.casefold()
    is_word = bare[:1].isalpha() and (bare[1:2].islower() or (bare[:2] == "A " and bare[2:3].islower()))
    is_other = any(small[:size] in _OTHER and not small[size : size + 1].isalnum() for size in (2, 3))
    is_menu_like = opens_menu(small[:3]) and (small[:4] != "the " or small[4:5] == "f")
    return is_word and not (is_other or is_menu_like or small[:4] in _OTHER)


def _kind(
    paragraphs: list[Paragraph], at: int, first: list[tuple[str, _Matches]], has_credit: _Matches
) -> str:
    content = paragraphs[at].text
    for kind, matches in first:
        if matches(content):
            return kind
    if len(content) > _LONG:
        return "caption" if has_credit(content[-90:]) else "body"
    for kind, matches in _SHORT_KINDS:
        if matches(content):
            return kind
    if has_credit(content) or _is_agency(content):
        return "caption"
    if _is_dateline(content):
        return "dateline"
    is_deck = at == 1 and paragraphs[0].text.endswith(";") and len(content) <= _LEAD_SHORTEST
    is_subhead = at + 1 < len(paragraphs) and _is_subhead(content, paragraphs[at + 1].text)
    return "subhead" if is_deck or is_subhead else "body"


def _is_turn(content: str) -> bool:
    found = _TURN.match(content)
    return bool(
        found and not _NO_SPEAKER.match(found["who"].strip()) and re.search("[A-ZÀ-Þ]{2}", found["who"])
    )


def _has_cased_turns(paragraphs: list[Paragraph]) -> bool:
    """Speakers in ordinary case are trusted where at least three turns, and a third of all, open so."""
    turns = sum(bool(_TURN_CASED.match(one.text)) for one in paragraphs)
    return turns >= _TURNS and turns * 3 >= len(paragraphs)


def _is_subhead(content: str, after: str) -> bool:
    is_loud = content.isupper() and content[0].isalnum() and 3 < len(content) <= 90
    if is_loud or _QUOTED.fullmatch(content):
        return True
    if len(content) > 60 or content[-1] in ".,;:!?\"”’'…)–—-" or not content[0].isupper():
        return False
    stands_above = len(content.split()) <= 8 and len(after) > max(len(content), _BELOW_SHORTEST)
    return stands_above and not re.search(r"https?://|@", content)


def _credit_in(text: str) -> _Matches:
    """Return what tells credits of a text: where none of their words stands in it, the short way."""
    return _has_credit if _says_credit(text) else _has_credit_in_brackets


def _has_credit(content: str) -> bool:
    """Tell whether a photographer or an agency is named; few paragraphs need the long look."""
    return _has_credit_in_brackets(content) or (_says_credit(content) and bool(_CREDIT.search(content)))


def _says_credit(content: str) -> bool:
    small = content.encode().lower()
    return any(map(small.__contains__, _CREDIT_WORDS))


def _has_credit_in_brackets(content: str) -> bool:
    return content.rstrip(".").endswith((")", "]")) and bool(_CREDIT.search(content))


def _is_agency(content: str) -> bool:
    return len(content) <= 60 and bool(_AGENCY.fullmatch(content))


def _is_dateline(content: str) -> bool:
    return content[-1] in "-–—|" and bool(_DATELINE.fullmatch(content))


_HEAD_KINDS: tuple[tuple[str, _Matches], ...] = (
    ("byline", _is_byline),
    ("date", _is_date),
    ("navigation", is_menu),
    ("navigation", is_counter),
    ("navigation", is_furniture),
)
_FIRST_KINDS: tuple[tuple[str, Sequence[str], _Matches], ...] = (
    ("question", "Q", _QUESTION.match),
    ("navigation", ("",), is_menu),
    ("navigation", ("",), is_counter),
    ("navigation", ("|", "•", "·", "/"), is_furniture),
    ("byline", "]", _BRACKETED.fullmatch),
    ("caption", "]", _BRACKETED.search),
    ("transcript_turn", "A", _ANSWER.match),
    ("transcript_turn", ":", _is_turn),
)
"""Kinds, the signs of which one is in every paragraph of the kind, and what tells the kind for sure."""
_LIKE_PROSE: tuple[tuple[Sequence[str], _Matches], ...] = (
    ("@", _is_byline),
    (("/", "Getty"), _is_agency),
    ("|•·/", is_furniture),
)
"""What may be told of a paragraph that reads like a sentence, beside turns in ordinary case and credits."""
_SHORT_KINDS: tuple[tuple[str, _Matches], ...] = (
    ("subhead", _BETWEEN_DASHES.fullmatch),
    ("date", _is_date),
    ("byline", _is_byline),
)


def _shortened(content: str, longest: int = 80) -> str:
    if len(content) <= longest:
        return content
    cut = content[:longest].rsplit(" ", 1)[0].rstrip(" ,;:-–—")
    return f"{cut or content[:longest]}…"
