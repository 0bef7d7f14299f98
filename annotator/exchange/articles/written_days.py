"""Reads days that are written in words, where nothing about them can be mistaken."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen januari janeiro",
            "february feb februar février févr febrero febbraio februari fevereiro",
            "march mar märz mars marzo maart mrt março",
            "april apr avril abril aprile",
            "may mai mayo maggio mei maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet juil julio luglio julho",
            "august aug août agosto augustus",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre déc diciembre dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = r"(?P<iso>\d{4}-\d\d-\d\d)(?=[T ]|$|[^\d-])"
_DAY_FIRST = (
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?(?:\s+de)?\s+"
    rf"(?P<m1>{_MONTH})\b\.?(?:\s+de)?,?\s+(?P<y1>\d{{4}})\b"
)
_MONTH_FIRST = rf"(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})\b"
WRITTEN = re.compile(rf"(?<![\w-])(?:{_ISO}|{_DAY_FIRST}|{_MONTH_FIRST})", re.IGNORECASE)
"""A day with its month in words, or as YYYY-MM-DD; never one of three numbers, whose order nobody knows."""
_FIRST_YEAR = 1600


def day_of(found: re.Match[str]) -> str:
    """Return what `WRITTEN` found as YYYY-MM-DD; nothing for a day that never was."""
    parts = found.groupdict()
    if parts["iso"]:
        year, month, day = parts["iso"].split("-")
    else:
        order = "1" if parts["m1"] else "2"
        year, day = parts[f"y{order}"], parts[f"d{order}"]
        month = str(_MONTHS[parts[f"m{order}"].lower()])
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return made.isoformat() if made.year >= _FIRST_YEAR else ""


def written_day(text: str) -> str:
    """Return the day that a text begins with as YYYY-MM-DD; nothing where it begins with none."""
    found = WRITTEN.match(text.strip())
    return day_of(found) if found else ""
