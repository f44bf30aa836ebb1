"""Services whose feeds have a known address: one row a service, all read as feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, Reader, RequestSpec, base_url, parameter
from crawlers.errors import SourceSettingsError
from crawlers.json_node import Node, read_json
from crawlers.types.feed import read_feed
from crawlers.types.social_json import mastodon_posts, reddit_posts
from store.records import Entry

if TYPE_CHECKING:
    from store.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedFeed:
    """A service: ``root`` and ``path`` make the address; ``{}`` is the parameter, quoted for where it stands.

    ``json`` reads the answer of the service's API, which some instances and proxies give instead of the feed;
    ``identity`` finds the same id in the feed's.
    """

    name: str
    about: str
    parameter: str
    meaning: str
    pattern: str
    example: str
    root: str
    path: str
    urls: tuple[str, ...]
    every: timedelta = timedelta(hours=2)
    robots: bool = True
    aliases: tuple[str, ...] = ()
    json: Callable[[Node], tuple[Entry, ...]] | None = None
    identity: str = ""


SERVICES = (
    HostedFeed(
        name="youtube",
        about="videos of a YouTube channel (the 15 newest)",
        parameter="channel",
        meaning="the channel's id, beginning with UC (shown by the page's source as channelId)",
        pattern=r"UC[A-Za-z0-9_-]{22}",
        example="UCBcRF18a7Qf58cCRy5xuWwQ",
        root="https://www.youtube.com",
        path="/feeds/videos.xml?channel_id={}",
        urls=(
            r"^https?://www\.youtube\.com/feeds/videos\.xml\?channel_id=(?P<channel>UC[\w-]{22})",
            r"^https?://(?:www\.)?youtube\.com/channel/(?P<channel>UC[\w-]{22})",
        ),
        robots=False,  # The feed is published for readers; robots.txt closes the rest of the site.
    ),
    HostedFeed(
        name="substack",
        about="posts of a Substack publication",
        parameter="publication",
        meaning="the name before .substack.com",
        pattern=r"[A-Za-z0-9-]+",
        example="northbeam",
        root="https://{}.substack.com",
        path="/feed",
        urls=(r"^https?://(?!www\.)(?P<publication>[\w-]+)\.substack\.com(?:/feed)?/?$",),
    ),
    HostedFeed(
        name="medium",
        about="posts of a Medium publication or author (the 10 newest)",
        parameter="publication",
        meaning="the publication, or @author",
        pattern=r"@?[A-Za-z0-9_.-]+",
        example="northbeam-engineering",
        root="https://medium.com",
        path="/feed/{}",
        urls=(r"^https?://medium\.com/(?:feed/)?(?P<publication>@?[\w.-]+)/?$",),
    ),
    HostedFeed(
        name="reddit",
        about="posts of a subreddit, by its feed",
        parameter="subreddit",
        meaning="the subreddit's name without r/",
        pattern=r"[A-Za-z0-9_]{2,40}",
        example="northbeam",
        root="https://www.reddit.com",
        path="/r/{}/new/.rss",
        urls=(r"^https?://(?:www\.|old\.)?reddit\.com/r/(?P<subreddit>\w{2,40})(?:/(?:new/?)?(?:\.rss)?)?$",),
        json=reddit_posts,
        identity=r"\bt3_[a-z0-9]{3,12}$",
    ),
    HostedFeed(
        name="mastodon",
        about="posts of a Mastodon account",
        parameter="account",
        meaning="the account as user@instance",
        pattern=r"@?[A-Za-z0-9_.]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}|https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,}/@[A-Za-z0-9_.]+",
        example="northbeam@mastodon.example",
        root="https://{instance}",
        path="/@{user}.rss",
        urls=(
            r"^(?P<account>https?://(?!(?:www\.|m\.)?(?:medium|youtube|tiktok|threads|x|twitter)\.(?:com|net)/)"
            r"[a-z0-9.-]+\.[a-z]{2,}/@[a-z0-9_]{1,30})(?:\.rss)?/?(?:[?#]|$)",
        ),
        json=mastodon_posts,
    ),
    HostedFeed(
        name="google-news",
        about="a Google News search; its feed is for personal use only, so ask for permission first",
        parameter="query",
        meaning="the search, phrases in quotes",
        pattern=r".{2,200}",
        example='"Northbeam Identity"',
        root="https://news.google.com",
        path="/rss/search?q={}&hl=en-US&gl=US&ceid=US:en",
        urls=(r"^https?://news\.google\.com/(?:rss/)?search\?(?:[^#]*&)?q=(?P<query>[^&#]+)",),
    ),
)


def _adapter(service: HostedFeed) -> Adapter:
    def address(source: Source, key: str | None) -> RequestSpec:
        value = parameter(source, service.parameter).strip()
        if not re.fullmatch(service.pattern, value):
            raise SourceSettingsError(
                source.key,
                f"'{service.parameter}' is {value!r}; write {service.meaning}, such as {service.example}",
            )
        return RequestSpec(url=_address(service, source, value))

    spec = SourceTypeSpec(
        name=service.name,
        about=service.about,
        default_every=service.every,
        url_required=False,
        parameters=(
            Parameter(
                name=service.parameter,
                about=service.meaning,
                required=True,
                pattern=service.pattern,
                example=service.example,
            ),
        ),
        url_patterns=tuple(re.compile(pattern, re.I) for pattern in service.urls),
        aliases=service.aliases,
    )
    return Adapter(
        spec=spec, media=Media.FEED, address_of=address, read=_reader(service), robots=service.robots
    )


def _reader(service: HostedFeed) -> Reader:
    def read(
        body: bytes, url: str, content_type: str | None, options: Mapping[str, Any]
    ) -> tuple[Entry, ...]:
        if service.json is not None and body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
            return service.json(read_json(body, f"an answer of {service.name}"))
        entries = read_feed(body, url, content_type, options)
        return tuple(replace(entry, id=_identity(service, entry.id)) for entry in entries)

    return read


def _identity(service: HostedFeed, written: str) -> str:
    found = re.search(service.identity, written) if service.identity else None
    return found[0] if found else written


def _address(service: HostedFeed, source: Source, value: str) -> str:
    if "{instance}" in service.root:
        user, instance = _account(value)
        return base_url(source, f"https://{instance}") + service.path.format(user=quote(user))
    quoted = quote_plus(value) if "?" in service.path else quote(value, safe="@")
    return base_url(source, service.root.format(quoted)) + service.path.format(quoted)


def _account(value: str) -> tuple[str, str]:
    """Return user and instance of an account written as ``user@instance`` or as the address of its page."""
    if "://" in value:
        instance, _, user = value.partition("://")[2].partition("/@")
    else:
        user, _, instance = value.removeprefix("@").partition("@")
    return user, instance


PODCAST = Adapter(
    spec=SourceTypeSpec(
        name="podcast",
        about="episodes of a podcast, by its feed",
        default_every=timedelta(hours=12),
        url_patterns=(
            re.compile(
                r"^https?://(?:feeds\.(?:buzzsprout|transistor|simplecast|megaphone|acast|captivate|libsyn|soundcloud)"
                r"\.(?:com|fm)|rss\.art19\.com|anchor\.fm/s|[\w-]+\.(?:podbean\.com/feed|podigee\.io/feed|libsyn\.com/rss))\b",
                re.I,
            ),
            re.compile(r"/podcast(?:s)?/(?:feed|rss)(?:\.xml)?/?(?:[?#]|$)", re.I),
        ),
    ),
    media=Media.FEED,
    read=read_feed,
)


def hosted_feed_adapters() -> tuple[Adapter, ...]:
    """Return the services' adapters in the order of the table, and the podcast's."""
    return (*(_adapter(service) for service in SERVICES), PODCAST)
