"""``config/competitors/*.yaml``: one rival a file, with the sources it shows itself in."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from config.durations import Duration
from config.model import KEY_PATTERN, ConfigModel, Domain, Line, Region
from config.steps import StepConfig, StepOptions

ParameterValue = str | int | bool | tuple[str, ...]
Render = Literal["auto", "static", "browser"]
Report = Literal["changes", "additions", "order"]


class ProductConfig(ConfigModel):
    """A rival's product and the tags it shares with what accounts use."""

    name: Line = Field(min_length=1, description="The product's name.", examples=["VerifyFlow"])
    tags: tuple[Line, ...] = Field(
        default=(),
        description="What it does, in the tags that accounts carry under `uses`.",
        examples=[["kyc", "document-verification"]],
    )


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
    render: Render = "auto"
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    ignore_text: tuple[str, ...] = ()
    report: Report = "changes"
    wait_for: str | None = None
    steps: tuple[StepOptions, ...] = ()
    base: str | None = None
    enabled: bool = True
    parameters: dict[str, ParameterValue] = Field(default_factory=dict)
    file: str = ""
    line: int = 0


class SourceEntry(ConfigModel):
    """The common keys of a source as written in YAML; the loader adds what the type asks for."""

    type: str | None = Field(
        default=None,
        description="What kind of source it is; guessed from the address where it is left out.",
        examples=["pricing"],
    )
    url: str | None = Field(
        default=None, description="The address.", examples=["https://northbeam.example/pricing"]
    )
    name: str | None = Field(
        default=None,
        pattern=KEY_PATTERN,
        max_length=100,
        description="Name of the source after the competitor's, instead of the one made from type and address.",
        examples=["plans"],
    )
    every: Duration | None = Field(
        default=None,
        description="How often to look; the type's own pace where it is left out.",
        examples=["6h"],
    )
    render: Render = Field(
        default="auto",
        description="`auto` opens a page in the browser only if it shows nothing without scripts; "
        "`browser` always does, `static` never.",
    )
    only: str | tuple[str, ...] = Field(
        default=(),
        description="CSS selectors of the parts that count; all else is left out.",
        examples=["#plans"],
    )
    ignore: str | tuple[str, ...] = Field(
        default=(), description="CSS selectors of parts that do not count.", examples=[[".testimonials"]]
    )
    ignore_text: str | tuple[str, ...] = Field(
        default=(),
        description="Patterns (regular expressions) of text that does not count.",
        examples=["visitors today"],
    )
    report: Report = Field(
        default="changes",
        description="`changes` is all that is new, gone or different; `additions` only what is new; `order` also a "
        "list in another order.",
    )
    wait_for: str | None = Field(
        default=None,
        description="CSS selector that the browser waits for before the page is read.",
        examples=[".price"],
    )
    steps: tuple[StepConfig, ...] = Field(
        default=(),
        description="What the browser does on the page before it is read, in this order.",
        examples=[[{"click": "#annual"}, {"wait_for": ".plan"}]],
    )
    base: str | None = Field(
        default=None,
        description="Address of the service, where it is not the public one.",
        examples=["https://status.northbeam.example"],
    )
    enabled: bool = Field(
        default=True, description="`false` pauses the source and keeps what is known of it."
    )


class CompetitorConfig(ConfigModel):
    """A rival: its names, market, products and sources. ``key`` is the file's name without ``.yaml``."""

    key: str = Field(pattern=KEY_PATTERN, max_length=100)
    name: Line = Field(min_length=1, description="The name people use.", examples=["Northbeam Identity"])
    domain: Domain = Field(description="Its web domain.", examples=["northbeam.example"])
    aliases: tuple[Line, ...] = Field(
        default=(), description="Other names under which it is found in texts.", examples=[["Northbeam"]]
    )
    market: Line = Field(
        min_length=1,
        description="The market in which you meet; competitors of one market share the word.",
        examples=["identity-verification"],
    )
    products: tuple[ProductConfig, ...] = Field(default=(), description="What it sells against you.")
    regions: tuple[Region, ...] = Field(
        default=(),
        description="Countries it sells in, as two-letter codes in capitals; empty for everywhere.",
        examples=[["GB", "IE"]],
    )
    industries: tuple[Line, ...] = Field(
        default=(), description="Industries it sells to; empty for all.", examples=[["banking"]]
    )
    sources: tuple[SourceConfig, ...] = Field(
        default=(), description="Where it shows itself; an address, or an address with options, per line."
    )
