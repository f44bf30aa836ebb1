"""Looks at sources of the world without a network."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from lxml import html

from demo.calendar import Calendar
from demo.matching import normalised
from demo.pages import Visit
from demo.site import Answer, answer
from demo.world.records import Rival, SourceRecord
from demo.world.state import rival_at

CALENDAR = Calendar(date(2026, 11, 9))
SCRIPT_DATA = {"pricing": "/api/plans.json", "careers": "/api/openings.json", "events": "/api/events.json"}


def look(rival: Rival, source: SourceRecord, week: int, counter: int = 0) -> Answer:
    """Return the answer of a source; of the data behind it where a script builds the page."""
    host, path = address(rival, source)
    return ask(host, path, week, counter)


def ask(host: str, path: str, week: int, counter: int = 0) -> Answer:
    """Return the answer of an address."""
    origin = f"http://{host}.localhost:8010"
    return answer(
        f"{host}.localhost", path, Visit(week=week, calendar=CALENDAR, origin=origin, counter=counter)
    )


def address(rival: Rival, source: SourceRecord) -> tuple[str, str]:
    """Return host name and path of a source."""
    if source.type == "edgar":
        return "sec", f"/submissions/CIK{rival.cik}.json"
    if source.type == "greenhouse":
        return "greenhouse", f"/v1/boards/{rival.key}/jobs"
    if source.type == "github-releases":
        return "github", f"/repos/{rival.repo}/releases"
    if source.render == "browser":
        return rival.key, SCRIPT_DATA[source.type]
    return rival.key, source.path


def shown(key: str, week: int, counter: int = 0) -> str:
    """Return the normalised text of a source by key, with what logos are called and where they lie."""
    rival = rival_at(key.partition("/")[0], week)
    source = next(item for item in rival.sources if f"{rival.key}/{item.name}" == key)
    found = look(rival, source, week, counter)
    return normalised(visible_text(found))


def visible_text(found: Answer) -> str:
    """Return what a reader, or a program reading for one, finds in an answer."""
    text = found.body.decode()
    if not found.content_type.startswith("text/html"):
        return text
    page = html.fromstring(text)
    logos = " ".join(f"{image.get('alt')} {image.get('src')}" for image in page.iter("img"))
    return f"{' '.join(page.itertext())} {logos}"


def facts(rival: Rival, source: SourceRecord, week: int, counter: int) -> list[str]:
    """Return the strings that a source must show in a week, whatever the noise."""
    text = shown(f"{rival.key}/{source.name}", week, counter)
    return [name for name in expected_names(rival, source) if re.search(re.escape(normalised(name)), text)]


def expected_names(rival: Rival, source: SourceRecord) -> list[str]:
    """Return names and prices that belong on a page."""
    fields: dict[str, tuple[Any, ...]] = {
        "pricing": rival.plans,
        "team": rival.people,
        "careers": rival.openings,
        "greenhouse": rival.openings,
        "customers": rival.customers,
        "partners": rival.partners,
        "integrations": rival.integrations,
        "changelog": rival.releases,
        "product": rival.features,
        "terms": rival.clauses,
    }
    names = [item.name for item in fields.get(source.type, ())]
    amounts = [str(plan.amount) for plan in rival.plans if plan.amount and source.type == "pricing"]
    return names + amounts
