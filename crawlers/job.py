"""What parent and crawling process say to each other: one job in, lines of JSON out, some with bytes behind them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from config.settings import CrawlSettings
from crawlers.errors import WhyNot
from store.hosts import HostMemory
from store.kinds import FetchState, Look
from store.robots import RobotsAnswer
from store.sources import Source


class Job(BaseModel):
    """One crawl. ``keys`` are service keys by source type; the rest is what earlier crawls left.

    ``known`` holds the sha-256 of each source's last good answer; it is None for a dry fetch. ``told`` holds marks of
    the entries that were stored, of sources that open the pages of new ones. ``in_quiet_hours``: a person asks now.
    """

    model_config = ConfigDict(frozen=True)

    sources: tuple[Source, ...]
    settings: CrawlSettings
    look: Look = Look.REGULAR
    now: datetime | None = None
    in_quiet_hours: bool = False
    keys: dict[str, str] = Field(default_factory=dict)
    known: dict[int, str] | None = None
    told: dict[int, frozenset[str]] = Field(default_factory=dict)
    robots: dict[str, RobotsAnswer] = Field(default_factory=dict)
    hosts: dict[str, HostMemory] = Field(default_factory=dict)


class Head(BaseModel):
    """An answer without its body."""

    url: str
    status: int
    headers: dict[str, str]
    content_type: str | None
    rendered: bool


class Ended(BaseModel):
    """A visit's end, to be stored; ``size`` bytes of body follow the line. Compare `crawlers.outcome.Outcome`."""

    event: Literal["ended"] = "ended"
    source_id: int
    look: Look
    at: datetime
    state: FetchState
    reason: str | None
    head: Head | None
    sha256: str | None
    memory: dict[str, Any] | None
    due_at: datetime | None
    size: int = 0
    body: bytes = Field(default=b"", exclude=True)


class Postponed(BaseModel):
    """A source that was not asked, why, and when it may be."""

    event: Literal["postponed"] = "postponed"
    source_id: int
    until: datetime
    why: WhyNot


class Learned(BaseModel):
    """What the crawl learned of hosts, for the next one."""

    event: Literal["learned"] = "learned"
    robots: tuple[RobotsAnswer, ...] = ()
    hosts: tuple[HostMemory, ...] = ()


class Done(BaseModel):
    """One source is finished and committed. ``before`` is its earlier state if that turned."""

    source: str
    state: FetchState
    reason: str | None = None
    turned: bool = False
    before: FetchState | None = None


class Fetched(BaseModel):
    """The answer of a dry fetch. ``body`` is base64."""

    event: Literal["fetched"] = "fetched"
    source: str
    url: str
    state: FetchState
    reason: str | None
    status: int | None
    headers: dict[str, str]
    content_type: str | None
    rendered: bool
    fetched_at: datetime
    body: str


class Finished(BaseModel):
    """All sources are done."""

    event: Literal["finished"] = "finished"


class Failed(BaseModel):
    """The crawl stopped early for a reason that concerns all sources."""

    event: Literal["failed"] = "failed"
    message: str


Message = Ended | Postponed | Learned | Fetched
LINES: TypeAdapter[Message | Finished | Failed] = TypeAdapter(
    Annotated[Ended | Postponed | Learned | Fetched | Finished | Failed, Field(discriminator="event")]
)
