"""A rival's stories as RSS, Atom or JSON Feed."""

from __future__ import annotations

import json
from email.utils import format_datetime
from xml.sax.saxutils import escape

from demo.pages import Visit, newest_stories, slug, story_path
from demo.world.records import Rival, Story

#: A feed holds this many entries.
ENTRIES_IN_A_FEED = 10

CONTENT_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


def render_feed(rival: Rival, visit: Visit) -> str:
    """Return the rival's feed in the format it publishes."""
    render = {"rss": _rss, "atom": _atom, "json": _json}[rival.feed]
    return render(rival, newest_stories(rival)[:ENTRIES_IN_A_FEED], visit)


def _rss(rival: Rival, entries: list[Story], visit: Visit) -> str:
    items = "".join(
        f"<item><title>{escape(story.name)}</title><link>{visit.origin}{story_path(story)}</link>"
        f'<guid isPermaLink="false">{rival.key}-{slug(story.name)}</guid>'
        f"<pubDate>{format_datetime(visit.calendar.moment_of(story.day))}</pubDate>"
        f"<description><![CDATA[<p>{escape(story.text)}</p>]]></description></item>\n"
        for story in entries
    )
    built = visit.calendar.moment_of(visit.calendar.day_of_week(visit.week))
    built = built.replace(minute=visit.counter % 60, second=visit.counter * 7 % 60)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>{escape(rival.name)} newsroom</title><link>{visit.origin}/</link>"
        f"<description>{escape(rival.about)}</description><language>en</language>"
        f"<lastBuildDate>{format_datetime(built)}</lastBuildDate>\n{items}</channel></rss>\n"
    )


def _atom(rival: Rival, entries: list[Story], visit: Visit) -> str:
    items = "".join(
        f"<entry><id>tag:{rival.key}.example,2026:{slug(story.name)}</id><title>{escape(story.name)}</title>"
        f'<link rel="alternate" href="{visit.origin}{story_path(story)}"/>'
        f"<published>{visit.calendar.moment_of(story.day).isoformat()}</published>"
        f"<updated>{visit.calendar.moment_of(story.day).isoformat()}</updated>"
        f'<content type="html">{escape("<p>" + escape(story.text) + "</p>")}</content></entry>\n'
        for story in entries
    )
    built = visit.calendar.moment_of(visit.calendar.day_of_week(visit.week))
    built = built.replace(minute=visit.counter % 60, second=visit.counter * 7 % 60)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>tag:{rival.key}.example,2026:blog</id><title>{escape(rival.name)}</title>"
        f"<updated>{built.isoformat()}</updated>\n{items}</feed>\n"
    )


def _json(rival: Rival, entries: list[Story], visit: Visit) -> str:
    items = [
        {
            "id": f"{rival.key}-{slug(story.name)}",
            "url": f"{visit.origin}{story_path(story)}",
            "title": story.name,
            "content_html": f"<p>{escape(story.text)}</p>",
            "date_published": visit.calendar.moment_of(story.day).isoformat(),
        }
        for story in entries
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": rival.name,
        "home_page_url": f"{visit.origin}/",
        "_served": visit.counter,
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)
