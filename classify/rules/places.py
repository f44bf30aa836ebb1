# ruff: noqa: E501 (a pattern or word list is read as one line)
"""Places in a text: countries and cities from the libraries' own tables, and a few business cities beside them."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

from babel import Locale

#: Business cities, regions and short names that the tables do not hold.
_MORE = (
    "Munich|Zürich|Hamburg|Frankfurt|Cologne|Stuttgart|Düsseldorf|Leipzig|Hannover|Hanover|Nuremberg|Barcelona|Valencia|Seville|Milan|Turin|"
    "Naples|Florence|Lyon|Marseille|Toulouse|Lille|Bordeaux|Geneva|Basel|Lausanne|Rotterdam|Utrecht|Eindhoven|The Hague|Antwerp|Ghent|"
    "Gothenburg|Malmö|Aarhus|Bergen|Tampere|Turku|Espoo|Kraków|Krakow|Wrocław|Wroclaw|Gdańsk|Gdansk|Poznań|Brno|Porto|Cork|Galway|"
    "Manchester|Birmingham|Leeds|Bristol|Edinburgh|Glasgow|Cardiff|Liverpool|Cambridge|Oxford|Sheffield|Nottingham|San Francisco|"
    "San Jose|San Diego|Seattle|Portland|Austin|Dallas|Houston|San Antonio|Boston|Philadelphia|Atlanta|Miami|Orlando|Tampa|Charlotte|"
    "Raleigh|Nashville|Minneapolis|St. Louis|Kansas City|Salt Lake City|Las Vegas|Pittsburgh|Cleveland|Columbus|Cincinnati|Baltimore|"
    "Washington|Palo Alto|Mountain View|Silicon Valley|Montreal|Ottawa|Calgary|Waterloo|Guadalajara|Monterrey|Medellín|São Paulo|Rio de Janeiro|"
    "Brasília|Córdoba|Mumbai|Delhi|New Delhi|Bangalore|Bengaluru|Hyderabad|Chennai|Pune|Gurgaon|Beijing|Shenzhen|Guangzhou|Hangzhou|"
    "Osaka|Kyoto|Busan|Hanoi|Abu Dhabi|Doha|Tel Aviv|Cape Town|Canberra|Wellington|Ohio|Texas|California|Florida|Virginia|Oregon|"
    "Illinois|Michigan|Pennsylvania|North Carolina|Tennessee|Arizona|Colorado|Massachusetts|New Jersey|New York|Ontario|Quebec|"
    "Bavaria|Catalonia|Scotland|Wales|England|Britain|Great Britain|the UK|UK|U.K.|USA|US|U.S.|EU|Europe|Asia|Africa|North America|"
    "South America|Latin America|Middle East|Asia-Pacific|APAC|EMEA|DACH|Benelux|Nordics|Baltics|Scandinavia|Southeast Asia|Korea|Czech Republic|Turkey"
)
#: Places that are also people's or companies' names, or plain words: believed only after a preposition.
AMBIGUOUS = frozenset(
    [
        "Jordan",
        "Chad",
        "Georgia",
        "Jersey",
        "Guinea",
        "Mali",
        "Niger",
        "Cuba",
        "Victoria",
        "Sydney",
        "Austin",
        "Charlotte",
        "Florence",
        "Orlando",
        "Columbus",
        "Nice",
        "US",
        "UK",
        "EU",
        "Washington",
        "Virginia",
        "Madrid",
        "Vincennes",
        "Eastern",
        "Central",
        "Pacific",
        "Mountain",
        "Center",
        "Troll",
        "Davis",
        "Casey",
        "Perth",
        "Wallis",
        "Reunion",
        "Cambridge",
        "Oxford",
        "Lima",
        "Santiago",
        "Phoenix",
        "Denver",
        "Lincoln",
        "Cleveland",
        "Waterloo",
        "Bergen",
        "Nelson",
        "Wellington",
        "London",
        "Paris",
        "Berlin",
        "Vienna",
        "Rome",
    ]
)
_SKIPPED_ZONES = re.compile(
    r"^(Etc|SystemV|posix|right|GMT|UTC|US/|Brazil/|Canada/|Chile/|Mexico/|Arctic|Antarctica)"
)
_PREPOSITION = r"(?:\b(?:in|to|into|across|from|at|for|near|outside|throughout|around|entering?|enters|between|and|or)\s+(?:the\s+)?|\b(?:Hola|Bonjour|Ciao|Hallo|Hej|Olá|Servus|Ahoj),?\s+|,\s*|[-–|(/]\s*)"


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of all places, those that are plain words too only behind a preposition."""
    cities = {
        zone.rsplit("/", 1)[-1].replace("_", " ")
        for zone in available_timezones()
        if "/" in zone and not _SKIPPED_ZONES.match(zone)
    }
    countries = {name for code, name in Locale("en").territories.items() if len(code) == 2}
    names = {
        name
        for name in cities | countries | set(_MORE.split("|"))
        if not name.isascii() or re.match(r"[A-Z][A-Za-z .'-]+$", name)
    }
    sure = sorted(names - AMBIGUOUS, key=len, reverse=True)
    unsure = sorted(AMBIGUOUS, key=len, reverse=True)
    joined = "|".join(re.escape(name) for name in sure)
    maybe = "|".join(re.escape(name) for name in unsure)
    return re.compile(
        rf"(?<![\w-])(?P<sure>{joined})(?![\w-])|{_PREPOSITION}(?P<unsure>{maybe})(?![\w-]|\s+[A-Z][a-z]+\b)"
    )


def find_places(text: str) -> tuple[str, ...]:
    """Return the places named, as written, each once."""
    found: dict[str, None] = {}
    for match in _pattern().finditer(text):
        found.setdefault(match["sure"] or match["unsure"])
    return tuple(found)[:10]
