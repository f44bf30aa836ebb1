"""Templates: one environment that escapes everything and knows no undefined names."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from healthmerge.wording import cause_words, tier_words
from store.kinds import Role
from web import facts, formats
from web.access import Visitor, find_visitor
from web.charts import draw_dial, draw_sparkline
from web.listing import address
from web.site import site_of
from web.words import pair_texts

HERE = Path(__file__).parent


@lru_cache(maxsize=8)
def make_templates(currency: str) -> Environment:
    """Return the environment of all pages; money is written in that currency."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        score=formats.format_score,
        delta=formats.format_delta,
        tenth=formats.format_tenth,
        percent=formats.format_percent,
        share=formats.format_share,
        number=formats.format_number,
        size=formats.format_size,
        every=formats.format_every,
        words=formats.format_words,
        cause=cause_words,
        whose_tier=tier_words,
        sentence=lambda text: text[:1].upper() + text[1:],
        lower_first=lambda text: text if text[:2].isupper() else text[:1].lower() + text[1:],
        exact=formats.format_exact,
        day=formats.format_day,
        href=formats.safe_href,
        known_facts=facts.known_facts,
        attributes=facts.describe_attributes,
        same=lambda values: [(value, formats.format_words(str(value))) for value in values],
        money=lambda amount: formats.format_money(amount, currency),
    )
    environment.globals.update(
        ago=formats.format_ago,
        days=formats.format_days,
        sparkline=draw_sparkline,
        dial=draw_dial,
        pairs=pair_texts,
        address=address,
        roles=list(Role),
        static=_static_addresses(),
    )
    return environment


def render(request: Request, template: str, context: dict[str, object], *, status: int = 200) -> HTMLResponse:
    """Return a page. The visitor, their form token, the moment and the day are always known to it."""
    site = site_of(request)
    visitor = getattr(request.state, "visitor", None)
    if not isinstance(visitor, Visitor):
        visitor = find_visitor(request)
    now = site.now()
    common: dict[str, object] = {
        "visitor": visitor,
        "token": visitor.session.token if visitor else "",
        "now": now,
        "today": today_of(now),
        "path": request.url.path,
    }
    return HTMLResponse(
        site.templates.get_template(template).render({**common, **context}), status_code=status
    )


def today_of(now: datetime) -> date:
    """Return the day in UTC."""
    return now.astimezone(UTC).date()


def _static_addresses() -> dict[str, str]:
    # The digest in the address lets browsers keep a file and still get the next version at once.
    return {
        path.name: f"/static/{path.name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:10]}"
        for path in (HERE / "static").iterdir()
        if path.is_file()
    }
