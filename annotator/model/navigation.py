"""Tells words of a web page around its article: menus, counters of galleries, rows of buttons."""

from __future__ import annotations

import re

_COUNTER = re.compile(r"(?:\(?\d{1,3}\s*(?:/|of)\s*\d{1,3}\)?|[\W_]{3,}|\d{1,3})\.?")
_MENU_OPENINGS = (
    *(r"follow\s+\S+(?:\s+\S+){0,4}\s+on\s+(?:twitter|facebook|instagram|x)\b", r"subscribe to\b"),
    *(r"sign up (?:for|to)\b", r"do you support\b.*like the page", r"read more\b", r"related\b.{0,60}$"),
    *(r"previously:", r"view (?:gallery|full results|comments)\b", r"click here\b", r"share (?:this|on)\b"),
    *(r"advertisement\b", r"get .{2,40} newsletters?$", r"abstract\.?$", r"full text\.?$"),
    *(r"copyright\b.{0,120}$", r"all rights reserved", r"<tweet\b", r"continue reading\b", r"we are sorry,"),
    *(r"skip to\b", r"scroll down\b", r"loading\b", r"video loading\b", r"poll loading\b", r"also read\b"),
    *(r"see also\b", r"see (?:more|the (?:photo|video)s?|videos?|photos?)\b", r"watch:", r"watch the full\b"),
    *(r"watch (?:the|a) .{0,30}video", r"listen to .{0,40}(?:interview|podcast)"),
    r"the full (?:story|interview|video) is\b",
)
"""What words of a page around its article open with; the first three characters of each are plain."""
_MENU = re.compile("|".join(_MENU_OPENINGS), re.IGNORECASE)
_MENU_STARTS = frozenset(one[:3] for one in _MENU_OPENINGS)
_SITE = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|co\.uk)$", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:[\w’'+ -]{2,16}[|•·/]\s*){1,9}"
    r"(?:share|print|listen|e-?mail|tweet|save|comments?|facebook|twitter|whatsapp)\b.{0,60}",
    re.IGNORECASE,
)


def is_menu(content: str) -> bool:
    """Tell whether a paragraph asks to go elsewhere, or is the name of a site."""
    is_site = " " not in content and _SITE.match(content)
    return bool(is_site or (opens_menu(content[:3]) and _MENU.match(content)))


def opens_menu(opening: str) -> bool:
    """Tell by its first three characters whether a paragraph may ask to go elsewhere."""
    return opening.casefold() in _MENU_STARTS


def is_counter(content: str) -> bool:
    """Tell whether a paragraph is a number of a few digits, as of a gallery's picture, or no words at all."""
    return not content[0].isalpha() and bool(_COUNTER.fullmatch(content))


def is_furniture(content: str) -> bool:
    """Tell whether a paragraph is a row of buttons."""
    return bool(_FURNITURE.match(content))
