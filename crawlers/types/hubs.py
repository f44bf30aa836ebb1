"""Networks that let nobody read without signing in, by feeds of a hub that the analyst runs: RSSHub or RSS-Bridge.

X and LinkedIn forbid crawling, so nothing of theirs is fetched here. Who runs a hub answers for what it does; its own
keys stay with it. A route that breaks answers with an error or an empty feed, and the source says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from config.catalogue import Parameter, SourceTypeSpec
from crawlers.adapter import Adapter, Media, RequestSpec, base_url, parameter
from crawlers.errors import SourceSettingsError
from crawlers.types.feed import read_feed

if TYPE_CHECKING:
    from store.sources import Source

EVERY = timedelta(hours=2)
_HUB = Parameter(
    name="hub",
    about="the root of your own RSSHub",
    required=True,
    pattern=r"https?://\S{3,300}",
    example="https://rsshub.us.example",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network by one route of RSSHub: ``route`` gets the parameter, quoted."""

    name: str
    about: str
    parameter: Parameter
    route: str
    urls: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


NETWORKS = (
    Network(
        name="x",
        about="posts of an X account, by the feed of your own RSSHub (X itself may not be crawled)",
        parameter=Parameter(
            name="account",
            about="the account without @",
            required=True,
            pattern=r"@?\w{1,15}",
            example="northbeam",
        ),
        route="/twitter/user/{}",
        urls=(
            r"^https?://(?:www\.)?(?:x|twitter)\.com/(?!(?:home|search|intent|share|i|hashtag)(?:[/?#]|$))"
            r"(?P<account>\w{1,15})/?(?:[?#]|$)",
        ),
        aliases=("twitter",),
    ),
    Network(
        name="linkedin",
        about="posts of a company at LinkedIn, by the feed of your own RSSHub (LinkedIn itself may not be crawled)",
        parameter=Parameter(
            name="company",
            about="the name behind linkedin.com/company/",
            required=True,
            pattern=r"[\w%.-]{1,100}",
            example="northbeam",
        ),
        route="/linkedin/company/{}/posts",
        urls=(r"^https?://(?:[a-z]{2,3}\.)?linkedin\.com/company/(?P<company>[\w%.-]{1,100})",),
    ),
    Network(
        name="rsshub",
        about="any route of your own RSSHub",
        parameter=Parameter(
            name="route",
            about="the route, as its documentation writes it",
            required=True,
            pattern=r"/[\w%/.:@,=?&~+-]{1,300}",
            example="/instagram/user/northbeam",
        ),
        route="{}",
    ),
)


def _network(network: Network) -> Adapter:
    def address(source: Source, key: str | None) -> RequestSpec:
        value = parameter(source, network.parameter.name).removeprefix("@")
        if not re.fullmatch(network.parameter.pattern or "", value) or ".." in value:
            raise SourceSettingsError(
                source.key, f"'{network.parameter.name}' is {value[:60]!r}; write {network.parameter.about}"
            )
        root = base_url(source, parameter(source, "hub"))
        return RequestSpec(
            url=root + network.route.format(value if network.route == "{}" else quote(value, safe="%"))
        )

    return Adapter(
        spec=SourceTypeSpec(
            name=network.name,
            about=network.about,
            default_every=EVERY,
            url_required=False,
            parameters=(network.parameter, _HUB),
            url_patterns=tuple(re.compile(pattern, re.I) for pattern in network.urls),
            aliases=network.aliases,
        ),
        media=Media.FEED,
        address_of=address,
        read=read_feed,
    )


RSS_BRIDGE = Adapter(
    spec=SourceTypeSpec(
        name="rss-bridge",
        about="a feed of your own RSS-Bridge (url: what its page gives under Atom, Mrss or Json)",
        default_every=EVERY,
        url_patterns=(re.compile(r"[?&]action=display&(?:[^#]*&)?bridge=\w+", re.I),),
    ),
    media=Media.FEED,
    read=read_feed,
)


def hub_adapters() -> tuple[Adapter, ...]:
    """Return the adapters in the order of the table."""
    return (*(_network(network) for network in NETWORKS), RSS_BRIDGE)
