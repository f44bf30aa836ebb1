"""The one list of all source types. Its order is that in which a bare address is recognised."""

from __future__ import annotations

from functools import cache

from config.catalogue import SourceCatalogue
from crawlers.adapter import Adapter
from crawlers.types.ashby import ASHBY
from crawlers.types.companies_house import companies_house_adapters
from crawlers.types.crtsh import CRTSH
from crawlers.types.edgar import EDGAR
from crawlers.types.edgar_search import EDGAR_SEARCH
from crawlers.types.feed import FEED
from crawlers.types.generic import JSON, PAGE_LIST
from crawlers.types.github_releases import GITHUB_RELEASES
from crawlers.types.gleif import GLEIF
from crawlers.types.greenhouse import GREENHOUSE
from crawlers.types.hackernews import HACKERNEWS
from crawlers.types.hosted_feeds import hosted_feed_adapters
from crawlers.types.hubs import hub_adapters
from crawlers.types.lever import LEVER
from crawlers.types.newsletter import NEWSLETTER
from crawlers.types.pages import page_adapters
from crawlers.types.personio import PERSONIO
from crawlers.types.posts import post_adapters
from crawlers.types.recruitee import RECRUITEE
from crawlers.types.registers import register_adapters
from crawlers.types.releases import release_adapters
from crawlers.types.repositories import repository_adapters
from crawlers.types.research import research_adapters
from crawlers.types.robots_txt import ROBOTS
from crawlers.types.schema_org import SCHEMA_ORG
from crawlers.types.sitemap import SITEMAP
from crawlers.types.smartrecruiters import SMARTRECRUITERS
from crawlers.types.statuspage import STATUSPAGE
from crawlers.types.teamtailor import TEAMTAILOR
from crawlers.types.ted import TED
from crawlers.types.telegram import TELEGRAM
from crawlers.types.usaspending import USASPENDING
from crawlers.types.wikidata import WIKIDATA
from crawlers.types.workable import WORKABLE
from crawlers.types.workday import WORKDAY


@cache
def adapters() -> tuple[Adapter, ...]:
    """Return every source type: services with their own host first, then feeds, then page kinds by path."""
    return (
        GREENHOUSE,
        LEVER,
        ASHBY,
        WORKABLE,
        SMARTRECRUITERS,
        RECRUITEE,
        PERSONIO,
        TEAMTAILOR,
        WORKDAY,
        GITHUB_RELEASES,
        *release_adapters(),
        *repository_adapters(),
        EDGAR,
        EDGAR_SEARCH,
        *companies_house_adapters(),
        GLEIF,
        TED,
        USASPENDING,
        *register_adapters(),
        *hosted_feed_adapters(),
        NEWSLETTER,
        TELEGRAM,
        *hub_adapters(),
        HACKERNEWS,
        *post_adapters(),
        *research_adapters(),
        WIKIDATA,
        CRTSH,
        STATUSPAGE,
        ROBOTS,
        SITEMAP,
        FEED,
        JSON,
        PAGE_LIST,
        SCHEMA_ORG,
        *page_adapters(),
    )


@cache
def catalogue() -> SourceCatalogue:
    """Return what the configuration needs to know of all source types."""
    return SourceCatalogue.of(adapter.spec for adapter in adapters())


@cache
def adapter_for(type_name: str) -> Adapter:
    """Return the adapter of a type or alias. Raises: KeyError for a name that the catalogue does not have."""
    spec = catalogue().find(type_name)
    if spec is None:
        raise KeyError(type_name)
    return next(adapter for adapter in adapters() if adapter.spec is spec)
