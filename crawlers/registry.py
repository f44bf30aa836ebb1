"""The one list of all source types. Its order is that in which a bare address is recognised."""

from __future__ import annotations

from functools import cache

from config.catalogue import SourceCatalogue
from crawlers.adapter import Adapter
from crawlers.types.edgar import EDGAR
from crawlers.types.feed import FEED
from crawlers.types.github_releases import GITHUB_RELEASES
from crawlers.types.greenhouse import GREENHOUSE
from crawlers.types.pages import page_adapters


@cache
def adapters() -> tuple[Adapter, ...]:
    """Return every source type: services with their own host first, then feeds, then page kinds by path."""
    return (GREENHOUSE, GITHUB_RELEASES, EDGAR, FEED, *page_adapters())


@cache
def catalogue() -> SourceCatalogue:
    """Return what the configuration needs to know of all source types."""
    return SourceCatalogue.of(adapter.spec for adapter in adapters())


def adapter_for(type_name: str) -> Adapter:
    """Return the adapter of a type or alias. Raises: KeyError for a name that the catalogue does not have."""
    spec = catalogue().find(type_name)
    if spec is None:
        raise KeyError(type_name)
    return next(adapter for adapter in adapters() if adapter.spec is spec)
