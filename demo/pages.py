"""Renders a rival's pages: its facts through its own templates, with the noise of one request."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from demo.calendar import Calendar, written
from demo.noise import Noise
from demo.world.faults import VARIANT_RIVAL, VARIANT_SLOGAN, VARIANT_WEEKS
from demo.world.records import Gathering, Opening, Plan, Rival, Story
from demo.world.state import rival_at

#: A newsroom shows this many stories; older ones fall off, which is no news.
NEWS_ON_A_PAGE = 6

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}
_LABELS = {
    "home": "Home",
    "pricing": "Pricing",
    "team": "Leadership",
    "careers": "Careers",
    "customers": "Customers",
    "partners": "Partners",
    "integrations": "Integrations",
    "events": "Events",
    "changelog": "What’s new",
    "product": "Product",
    "terms": "Terms of service",
    "news": "News",
    "status": "Status",
}
_TICKERS = {"e-signature": "signatures", "payables-fraud": "payments checked"}
_QUOTES = (
    ("We switched it on before lunch and forgot about it by dinner.", "Head of Operations, a regional bank"),
    (
        "The first vendor who answered our security questions on the same day.",
        "Chief Risk Officer, an insurer",
    ),
    ("Our analysts asked whether something was broken. It was just quiet.", "Fraud Lead, a payment firm"),
    ("I can explain it to the regulator, and I have.", "Compliance Director, a lender"),
    ("It does one thing, and it does it every time.", "VP Engineering, a marketplace"),
    ("Support knew the answer and the reason.", "Product Manager, a travel group"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a rival's site. ``type`` names its template."""

    type: str
    path: str
    heading: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One request, as far as it shapes a page: which week, on which calendar, at which address, the how manieth."""

    week: int
    calendar: Calendar
    origin: str
    counter: int


def page_at(rival: Rival, path: str) -> Page | None:
    """Return the page of a rival's site at a path; None if there is none."""
    for source in rival.sources:
        if source.path == path and source.type in _LABELS:
            return _page(rival, source.type, path, _LABELS[source.type])
    if path in {"/contact", "/privacy", "/login", "/signup"}:
        return _page(rival, "plain", path, path[1:].title())
    if any(story_path(story) == path for story in rival.stories):
        return _page(rival, "article", path, "News")
    if any(opening_path(opening) == path for opening in rival.openings):
        return _page(rival, "opening", path, "Careers")
    return None


def render_page(rival: Rival, page: Page, visit: Visit) -> str:
    """Return the page's HTML with the noise of this visit."""
    noise = Noise(rival.key, page.path, visit.week, visit.counter, rival.style.skeleton)
    template = _environment(rival.style.dates, visit.calendar).get_template("page.html.j2")
    return noise.ruffle(template.render(_context(rival, page, visit, noise)))


def render_css(rival: Rival, build: str) -> str:
    """Return the style sheet of a build, whose class names are hashed where the site hashes them."""
    noise = Noise(rival.key, "", 0, 0, rival.style.skeleton)
    noise.build = build
    dark = rival.style.skeleton in {"saas", "startup"}
    return (
        _environment("long", None)
        .get_template("site.css.j2")
        .render(
            c=noise.css,
            style=rival.style,
            dark=dark,
            radius={"corporate": "4px", "saas": "12px", "startup": "18px", "minimal": "0"}[
                rival.style.skeleton
            ],
            shadow="box-shadow: 0 2px 10px rgba(0, 0, 0, .06);" if dark else "",
        )
    )


def money(plan: Plan) -> str:
    """Write the price of a plan: $1,299."""
    return "Contact us" if plan.amount is None else f"{_SYMBOLS[plan.currency]}{plan.amount:,}"


def slug(text: str) -> str:
    """Return the text as it stands in addresses and file names."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def story_path(story: Story) -> str:
    """Return the address of a story."""
    return f"/news/{slug(story.name)}"


def opening_path(opening: Opening) -> str:
    """Return the address of an opening."""
    return f"/careers/{slug(opening.name)}"


def newest_stories(rival: Rival) -> list[Story]:
    """Return the stories of a rival, newest first."""
    return sorted(rival.stories, key=lambda story: -story.day)


def sorted_plans(rival: Rival) -> list[Plan]:
    """Return the plans by price, those without a price last."""
    return sorted(rival.plans, key=lambda plan: (plan.amount is None, plan.amount or 0))


def upcoming(rival: Rival, today: int) -> list[Gathering]:
    """Return the gatherings still to come, soonest first."""
    return sorted((item for item in rival.gatherings if item.day >= today), key=lambda item: item.day)


def _page(rival: Rival, kind: str, path: str, heading: str) -> Page:
    title = f"{rival.name}: {rival.about}" if kind == "home" else f"{heading} | {rival.name}"
    return Page(type=kind, path=path, heading=heading, title=title)


def _context(rival: Rival, page: Page, visit: Visit, noise: Noise) -> dict[str, Any]:
    base = rival_at(rival.key, 1)
    today = visit.calendar.day_of_week(visit.week)
    kinds = rival.style.sections
    return {
        "rival": rival,
        "page": page,
        "noise": noise,
        "variant": kinds.get(page.type, ""),
        "canonical": f"{visit.origin}{page.path}",
        "home_url": f"{visit.origin}/",
        "menu": [{"path": s.path, "label": _LABELS[s.type]} for s in rival.sources if s.type in _LABELS],
        "year": visit.calendar.date_of(today).year,
        "ticker": _TICKERS.get(rival.market, "verifications"),
        "quotes": _QUOTES[len(rival.key) % 3 :][:4],
        "slogan": _slogan(rival, visit),
        "base_features": base.features,
        "base_customers": base.customers,
        "newest": newest_stories(rival)[:NEWS_ON_A_PAGE],
        "price_list": sorted_plans(rival),
        "feature_rows": _feature_rows(rival),
        "opening_groups": _opening_groups(rival),
        "upcoming": upcoming(rival, today),
        "clause_list": _clause_list(rival, base),
        "story": next((item for item in rival.stories if story_path(item) == page.path), None),
        "opening": next((item for item in rival.openings if opening_path(item) == page.path), None),
    }


def _slogan(rival: Rival, visit: Visit) -> str:
    is_variant = rival.key == VARIANT_RIVAL and visit.week in VARIANT_WEEKS and visit.counter % 2 == 1
    return VARIANT_SLOGAN if is_variant else rival.slogan


def _feature_rows(rival: Rival) -> list[dict[str, Any]]:
    price_list = sorted_plans(rival)
    names = dict.fromkeys(name for plan in price_list for name in plan.features)
    return [{"name": name, "has": [name in plan.features for plan in price_list]} for name in names]


def _opening_groups(rival: Rival) -> list[dict[str, Any]]:
    teams = dict.fromkeys(opening.team for opening in sorted(rival.openings, key=lambda item: item.team))
    return [{"team": t, "openings": [item for item in rival.openings if item.team == t]} for t in teams]


def _clause_list(rival: Rival, base: Rival) -> list[Any]:
    known = {clause.name for clause in base.clauses}
    kept = [clause for clause in rival.clauses if clause.name in known]
    # Lawyers add before the last clause, so that its number moves although its text stays.
    return [*kept[:-1], *(clause for clause in rival.clauses if clause.name not in known), *kept[-1:]]


@lru_cache(maxsize=64)
def _environment(dates: str, calendar: Calendar | None) -> Environment:
    environment = Environment(
        loader=PackageLoader("demo"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(money=money, slug=slug, story_path=story_path, opening_path=opening_path)
    if calendar is not None:
        environment.filters["date"] = lambda day: written(calendar.date_of(day), dates)
        environment.filters["iso"] = lambda day: calendar.date_of(day).isoformat()
    return environment
