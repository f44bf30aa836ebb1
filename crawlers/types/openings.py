"""What all job boards share: an opening as an entry."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.kinds import Category, FactKind
from store.records import Entry

EVERY = timedelta(hours=12)
SLUG = r"[A-Za-z0-9_.-]+"


def opening(
    *,
    id: str,
    title: str,
    url: str,
    place: str = "",
    team: str = "",
    text: str = "",
    published: datetime | None = None,
) -> Entry:
    """Return an opening; without a description its text says title and place."""
    return Entry(
        id=id,
        title=title,
        url=url,
        text=text or (f"{title} — {place}" if place else title),
        published=published,
        kind=FactKind.OPENING,
        attributes={"place": place, "team": team, "url": url},
        category_hint=Category.HIRING,
    )


def joined(*parts: str) -> str:
    """Return the parts that are not empty, each once, with commas."""
    return ", ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
