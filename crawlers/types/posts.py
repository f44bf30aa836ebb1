"""Posts and articles by JSON: Bluesky, GDELT's news search, WordPress."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, read_json
from crawlers.paging import by_number, by_token, join_lists
from crawlers.plain import plain_text
from crawlers.types.json_lists import JsonList, json_list_adapter
from store.kinds import Category
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source

WORDPRESS_LIST = "a list of WordPress posts"
POSTS_PER_PAGE = 50


def _bluesky(item: Node, root: Node) -> Entry | None:
    post = item["post"]
    uri, text = post["uri"].text(), post["record"]["text"].text()
    if not uri or item["reason"]:
        return None  # A reason means that it is somebody else's post, only repeated.
    handle = post["author"]["handle"].text()
    return Entry(
        id=uri,
        title=plain_text(text, 120),
        url=f"https://bsky.app/profile/{quote(handle)}/post/{quote(uri.rpartition('/')[2], safe='')}",
        text=plain_text(text),
        published=post["record"]["createdAt"].moment() or post["indexedAt"].moment(),
    )


def _article(item: Node, root: Node) -> Entry | None:
    seen = re.fullmatch(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", item["seendate"].text())
    stamp = "{}-{}-{}T{}:{}:{}+00:00".format(*seen.groups()) if seen else None
    return Entry(
        id=item["url"].text(),
        title=item["title"].text(),
        url=item["url"].text(),
        text=item["title"].text(),
        published=Node(stamp).moment(),
        category_hint=Category.MEDIA,
    )


SERVICES = (
    JsonList(
        name="bluesky",
        about="posts of a Bluesky account, without replies and reposts",
        root="https://public.api.bsky.app",
        path="/xrpc/app.bsky.feed.getAuthorFeed",
        items=("feed",),
        item=_bluesky,
        follow=by_token("an answer of bluesky", "cursor", name="cursor"),
        newest_first=True,
        parameters=(
            Parameter(
                name="handle",
                about="the account",
                required=True,
                pattern=r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}",
                example="northbeam.example",
            ),
        ),
        query=lambda values: {"actor": values["handle"], "limit": 50, "filter": "posts_no_replies"},
        urls=(r"^https?://bsky\.app/profile/(?P<handle>[A-Za-z0-9.-]+\.[A-Za-z]{2,})",),
        every=timedelta(hours=2),
        min_delay=timedelta(seconds=1),
    ),
    JsonList(
        name="gdelt",
        about="news articles of the last day that name a phrase, from GDELT",
        root="https://api.gdeltproject.org",
        path="/api/v2/doc/doc",
        items=("articles",),
        item=_article,
        parameters=(
            Parameter(
                name="query",
                about="a phrase of at least 5 letters",
                required=True,
                pattern=r".{5,200}",
                example="Northbeam Identity",
            ),
        ),
        query=lambda values: {
            "query": f'"{values["query"]}"',
            "mode": "artlist",
            "format": "json",
            "timespan": "1d",
            "maxrecords": 250,
            "sort": "datedesc",
        },
        every=timedelta(hours=6),
        min_delay=timedelta(seconds=5),  # One request in five seconds is allowed.
    ),
)


def wordpress_address(source: Source, key: str | None) -> RequestSpec:
    """Return the request for a WordPress site's newest posts. Raises: SourceSettingsError without url."""
    root = base_url(source, source.url)
    if not root:
        raise SourceSettingsError(source.key, "has no url")
    if "/wp-json/" in urlsplit(root).path:
        return RequestSpec(url=root)
    return RequestSpec(url=urljoin(root + "/", f"wp-json/wp/v2/posts?per_page={POSTS_PER_PAGE}&orderby=date"))


def read_wordpress(
    body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]
) -> tuple[Entry, ...]:
    """Return one entry per post. Raises: SourceError."""
    root = read_json(body, WORDPRESS_LIST).need_list(WORDPRESS_LIST)
    return tuple(_post(item) for item in root if item["id"])


def _post(item: Node) -> Entry:
    return Entry(
        id=item["id"].text(),
        title=plain_text(item["title"]["rendered"].text(), 300),
        url=item["link"].text(),
        text=plain_text(item["content"]["rendered"].text() or item["excerpt"]["rendered"].text()),
        published=item["date_gmt"].moment() or item["date"].moment(),
    )


WORDPRESS = Adapter(
    spec=SourceTypeSpec(
        name="wordpress",
        about="posts of a WordPress site, by its public API (url: the site's home page)",
        default_every=timedelta(hours=6),
        url_patterns=(re.compile(r"/wp-json/wp/v2/posts", re.I),),
    ),
    media=Media.JSON,
    address_of=wordpress_address,
    read=read_wordpress,
    follow=by_number(WORDPRESS_LIST, POSTS_PER_PAGE),
    combine=join_lists,
    newest_first=True,
)


def post_adapters() -> tuple[Adapter, ...]:
    """Return the adapters of this module."""
    return (*(json_list_adapter(service) for service in SERVICES), WORDPRESS)
