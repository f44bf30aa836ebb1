"""Posts of Reddit and Mastodon as their APIs give them. Who wrote a post is not read beyond the account watched."""

from __future__ import annotations

from crawlers.errors import SourceError
from crawlers.json_node import Node
from crawlers.plain import plain_text
from store.records import Entry


def reddit_posts(root: Node) -> tuple[Entry, ...]:
    """Return one entry per post of a listing, removed ones left out. Raises: SourceError."""
    if root["kind"].text() != "Listing":
        raise SourceError("not a listing of Reddit")
    posts = (child["data"] for child in root["data"]["children"].need_list("a listing of Reddit"))
    return tuple(_reddit(post) for post in posts if post["name"] and not post["removed_by_category"])


def _reddit(post: Node) -> Entry:
    page = post["permalink"].text()
    return Entry(
        id=post["name"].text(),
        title=plain_text(post["title"].text(), 300),
        url=f"https://www.reddit.com{page}" if page.startswith("/") else post["url"].text(),
        text=plain_text(post["selftext"].text()),
        published=post["created_utc"].moment(),
    )


def mastodon_posts(root: Node) -> tuple[Entry, ...]:
    """Return one entry per status of an account; what it only repeats is left out. Raises: SourceError."""
    statuses = [root] if root["content"].value is not None else list(root.need_list("a list of statuses"))
    return tuple(_status(one) for one in statuses if one["id"] and not one["reblog"])


def _status(status: Node) -> Entry:
    text = plain_text(status["content"].text())
    warning = plain_text(status["spoiler_text"].text(), 200)
    return Entry(
        id=status["url"].text() or status["uri"].text() or status["id"].text(),
        title=plain_text(warning or status["content"].text(), 120),
        url=status["url"].text(),
        text=text,
        published=status["created_at"].moment(),
    )
