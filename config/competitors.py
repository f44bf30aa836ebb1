"""``config/competitors/*.yaml``: one rival a file, with the sources it shows itself in."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from config.durations import Duration
from config.model import ConfigModel

ParameterValue = str | int | bool | tuple[str, ...]
Render = Literal["static", "browser"]


class ProductConfig(ConfigModel):
    """A rival's product and the tags it shares with what accounts use."""

    name: str = Field(min_length=1)
    tags: tuple[str, ...] = ()


class SourceConfig(ConfigModel):
    """One watched source, after its type was found and its own parameters were checked by the loader.

    ``key`` is ``<rival>/<name>`` and stays the same as long as type and address do.
    ``url`` is empty for types that build their address from ``parameters``.
    ``base`` replaces the type's public API address (self-hosted services, tests).
    """

    key: str
    rival: str
    type: str
    url: str = ""
    every: timedelta
    render: Render = "static"
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_text: tuple[str, ...] = ()
    wait_for: str | None = None
    base: str | None = None
    enabled: bool = True
    parameters: dict[str, ParameterValue] = Field(default_factory=dict)
    file: str = ""
    line: int = 0


class SourceEntry(ConfigModel):
    """The common keys of a source as written in YAML; the loader adds what the type asks for."""

    type: str | None = None
    url: str | None = None
    name: str | None = Field(default=None, pattern=r"^[a-z0-9][a-z0-9._-]*$")
    every: Duration | None = None
    render: Render = "static"
    only: str | tuple[str, ...] = ()
    ignore: str | tuple[str, ...] = ()
    ignore_text: str | tuple[str, ...] = ()
    wait_for: str | None = None
    base: str | None = None
    enabled: bool = True


class CompetitorConfig(ConfigModel):
    """A rival: its names, market, products and sources. ``key`` is the file's name without ``.yaml``."""

    key: str
    name: str = Field(min_length=1)
    domain: str
    aliases: tuple[str, ...] = ()
    market: str
    products: tuple[ProductConfig, ...] = ()
    regions: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = ()
    industries: tuple[str, ...] = ()
    sources: tuple[SourceConfig, ...] = ()
