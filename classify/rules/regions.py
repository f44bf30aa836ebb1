"""Which places are countries, and which are wider than any: Europe, Asia."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

#: Where a text that names no country lies; it agrees with any of them, and tells none apart.
REGIONS = re.compile(
    r"(?:(?:south ?east |central |western |eastern )?(?:europe|asia)|eu|european union|asia pacific|apac|africa|emea"
    r"|middle east|dach|benelux|nordics|baltics|scandinavia|(?:north |south |latin )?americas?|oceania)"
)
_CITIES = frozenset(("singapore", "luxembourg", "hong kong"))
_ALSO = frozenset(("uk", "britain", "us", "usa", "korea", "scotland", "wales", "england", "northern ireland"))


@cache
def countries() -> frozenset[str]:
    """Return the names of countries as words of small letters, without states that are cities."""
    named = Locale("en").territories.items()
    return frozenset(_flat(name) for code, name in named if len(code) == 2) - _CITIES | _ALSO


def widest(places: tuple[str, ...]) -> tuple[str, ...]:
    """Return the countries among places, else the cities; a continent only where nothing nearer is named."""
    near = tuple(place for place in places if not REGIONS.fullmatch(_flat(place)))
    return tuple(place for place in near if _flat(place) in countries()) or near or places


def towns(places: tuple[str, ...]) -> tuple[str, ...]:
    """Return the places that are neither countries nor wider."""
    near = (place for place in places if not REGIONS.fullmatch(_flat(place)))
    return tuple(place for place in near if _flat(place) not in countries())


def country_of(place: str) -> str:
    """Return the country that a place ends with ("Madrid, Spain" is "Spain"), else its first part."""
    first, *_, last = [part.strip() for part in f"{place},{place}".split(",")]
    return last if _flat(last) in countries() else first


def _flat(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.lower()).strip().removeprefix("the ")
