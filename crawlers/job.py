"""What parent and crawling process say to each other: one job in, lines of JSON out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from config.settings import CrawlSettings
from store.kinds import FetchState, Look
from store.sources import Source


class Job(BaseModel):
    """One crawl. ``database_url`` is None for a dry fetch; ``keys`` are service keys by source type."""

    model_config = ConfigDict(frozen=True)

    sources: tuple[Source, ...]
    settings: CrawlSettings
    database_url: str | None = None
    run_id: int | None = None
    look: Look = Look.REGULAR
    now: datetime | None = None
    keys: dict[str, str] = Field(default_factory=dict)


class Done(BaseModel):
    """One source is finished and committed. ``before`` is its earlier state if that turned."""

    event: Literal["done"] = "done"
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
    """All sources are done and everything is committed."""

    event: Literal["finished"] = "finished"


class Failed(BaseModel):
    """The crawl stopped early for a reason that concerns all sources."""

    event: Literal["failed"] = "failed"
    message: str


Line = Annotated[Done | Fetched | Finished | Failed, Field(discriminator="event")]
LINES: TypeAdapter[Done | Fetched | Finished | Failed] = TypeAdapter(Line)
