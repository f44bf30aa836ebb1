"""The whole configuration, loaded and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.accounts import AccountConfig
from config.competitors import CompetitorConfig, SourceConfig
from config.connections import Connection
from config.health import HealthConfig
from config.settings import Settings
from config.subscribers import SubscriberConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything the files of one configuration folder say."""

    folder: Path
    settings: Settings
    health: HealthConfig
    competitors: tuple[CompetitorConfig, ...]
    accounts: tuple[AccountConfig, ...]
    subscribers: tuple[SubscriberConfig, ...]
    connections: tuple[Connection, ...] = ()

    @property
    def sources(self) -> tuple[SourceConfig, ...]:
        """All sources of all rivals, in the order of the files."""
        return tuple(source for competitor in self.competitors for source in competitor.sources)
