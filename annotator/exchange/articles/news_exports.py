"""Takes texts apart that news archives export with many articles in one file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from annotator.exchange.articles.web_page import parsed, read_shown, shown_text
from annotator.exchange.articles.written_days import written_day
from annotator.model.blocks import find_day
from annotator.model.formats import Draft

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEXIS = re.compile(
    r"^[ \t]*(?:[0-9]{1,6} (?:of|von|de|sur) [0-9]{1,6} DO[CK]UMENT(?:S|EN|E)?"
    r"|Do[ck]ument [0-9]{1,6} (?:of|von|de|sur) [0-9]{1,6})[ \t\r]*$",
    re.MULTILINE,
)
"""What stands above each article of LexisNexis."""
_FIELD = re.compile(r"([A-ZÄÖÜÉÈ][A-ZÄÖÜÉÈ -]{2,30}): ?(.*)")
_LENGTH = frozenset({"LENGTH", "LÄNGE", "LONGUEUR"})
_BEHIND = re.compile(
    r"(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|GRAPHIC|SUBJECT|DOCUMENT-TYPE|JOURNAL-CODE|ACC-NO|UPDATE|SPRACHE"
    r"|LANGUE|RUBRIK|NOTES|TYPE)\s?:|\s{8,}(?:Copyright|All Rights Reserved|Alle Rechte)"
)
"""How the lines behind an article begin."""
_FACTS = {
    **dict.fromkeys(("BYLINE", "AUTOR", "AUTEUR"), "byline"),
    **dict.fromkeys(("SECTION", "RUBRIK"), "section"),
}
_OTHERS = {
    "ProQuest": re.compile(r"^(?:Full text|Volltext|Texto completo|Texte intégral): ", re.MULTILINE),
    "Factiva": re.compile(r"^(?:Document|Dokument) [A-Za-z0-9]{20,30}[ \t\r]*$", re.MULTILINE),
    "Europresse": re.compile(r"^©? ?[0-9]{4} .{0,80}\. Tous droits réservés\.", re.MULTILINE),
    "a mailbox": re.compile(r"^From \S+ +\w{3} \w{3} +[0-9]{1,2} [0-9:]{5,8} [0-9]{4}", re.MULTILINE),
}
_TOP = 8
"""Blanks before a line that stands in the middle."""
_NEXIS_PAGE = re.compile(r"<DOC NUMBER=\d+>\s*<DOCFULL>\s*-->")
"""What stands, in a comment, above each article in a page of LexisNexis."""
_FACTIVA_PAGE = re.compile(r"""<div [^<>]*class=["'](?:article \w+Article)["']""")
_HOUR = re.compile(r"\d{1,2}:\d\d")


def taken_apart(draft: Draft) -> list[Draft]:
    """Return the articles of a text that LexisNexis exported; none of any other."""
    heads = [*_NEXIS.finditer(draft.text)]
    if not heads or draft.text[: heads[0].start()].strip("\ufeff \t\r\n\f"):
        return []
    ends = [*(one.start() for one in heads[1:]), len(draft.text)]
    pieces = [draft.text[head.end() : end] for head, end in zip(heads, ends, strict=True)]
    made = [_article(draft, piece, number) for number, piece in enumerate(pieces, 1)]
    found = [one for one in made if one is not None]
    if found and (left := len(made) - len(found)):
        said = f"{left:,} document{'s' if left > 1 else ''} without text left out"
        found[0] = replace(found[0], notes=(*found[0].notes, said))
    return found


def text_of_page(page: str) -> str:
    """Return what a page holds that an archive made, as text in the way of LexisNexis; nothing of others."""
    found = [*map(_of_nexis, _NEXIS_PAGE.split(page)[1:])]
    if not found and _FACTIVA_PAGE.search(page):
        made = [*map(_of_factiva, parsed(page).xpath("//div[starts-with(@class, 'article ')]"))]
        found = (
            [f"{at} of {len(made)} DOCUMENTS\n\n{one}" for at, one in enumerate(made, 1)] if any(made) else []
        )
    return "\n\n".join(found)


def _of_nexis(piece: str) -> str:
    lines = read_shown(piece).text.split("\n\n")
    day = next((at for at, one in enumerate(lines[:_TOP]) if _day(one)), 0)
    return "\n\n".join([*(f"{'':{_TOP}}{one}" for one in lines[: day + 1]), *lines[day + 1 :]])


def _of_factiva(article: HtmlElement) -> str:
    """Return an article of Factiva: its fields have codes in a table, or follow one another."""
    rows = {one[0].text_content().strip(): shown_text(one[1]) for one in article.iter("tr") if len(one) > 1}
    lines = [" ".join(one.text_content().split()) for one in article if one.tag == "div"]
    day = rows.get("PD") or next(filter(_day, lines), "")
    behind = lines[lines.index(day) + 1 :] if day in lines else []
    outlet = rows.get("SN") or next((one for one in behind if not _HOUR.fullmatch(one)), "")
    writers = rows.get("BY") or " ".join(article.xpath(".//div[@class='author']//text()")).strip()
    heads = article.xpath(".//*[contains(@class, 'Headline')]")
    body = [shown_text(one) for one in article.xpath(".//p[contains(@class, 'articleParagraph')]")]
    top = [f"{'':{_TOP}}{one}" for one in (outlet, day) if one]
    fields = [
        *(shown_text(one) for one in heads[:1]),
        *([f"BYLINE: {writers}"] if writers else []),
        "LENGTH: ",
    ]
    return "\n\n".join([*top, *fields, *body]) if body else ""


def note_on(text: str) -> str:
    """Return a note on a text that holds several articles as an archive exports them; nothing on others."""
    for name, sign in _OTHERS.items():
        count = len(sign.findall(text))
        if count > 1:
            return f"it seems to hold {count:,} texts as from {name}, and was read as one article; split it"
    return ""


def _article(whole: Draft, piece: str, number: int) -> Draft | None:
    """Return one article: outlet and day stand in the middle, then its headline and fields, up to LENGTH."""
    lines = [one.rstrip("\r\f") for one in piece.split("\n")]
    begun = (at for at, one in enumerate(lines) if one.strip() and not _is_centred(one))
    first = next(begun, len(lines))
    above = [one.strip() for one in lines[:first] if one.strip()]
    fields, begins = _fields(lines, first)
    ends = next((at for at in range(begins, len(lines)) if _BEHIND.match(lines[at])), len(lines))
    body = "\n".join(lines[begins:ends]).strip()
    headline = fields.get("", "") or fields.get("HEADLINE", "")
    if not body:
        return None
    day = next(filter(None, map(_day, above)), "")
    meta = {_FACTS[name]: value for name, value in fields.items() if name in _FACTS and value}
    meta |= {"published": day} if day else {}
    meta |= {"outlet": above[0]} if above and not _day(above[0]) else {}
    text = f"{headline}\n\n{body}" if headline else body
    return replace(whole, name=f"{whole.name}:{number}", text=text, title=headline, meta=meta)


def _day(line: str) -> str:
    return written_day(line) or find_day(line)


def _is_centred(line: str) -> bool:
    return line.startswith(" " * _TOP)


def _fields(lines: Sequence[str], first: int) -> tuple[dict[str, str], int]:
    """Return what stands above the text, the headline under no name, and where the text begins."""
    fields: dict[str, str] = {}
    name, last = "", first
    for at in range(first, len(lines)):
        found = _FIELD.fullmatch(lines[at])
        if found is not None:
            name = found[1]
            fields[name] = found[2].strip()
            last = at + 1
            if name in _LENGTH:
                return fields, at + 1
        elif lines[at].strip() and at == last:
            fields[name] = f"{fields.get(name, '')} {lines[at].strip()}".strip()
            last = at + 1
        elif lines[at].strip() and name and at > last:
            return fields, at
    return fields, first
