"""``config/health.yaml``: parts, metrics, thresholds, bands, flag rules and plays."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from config.model import ConfigModel


class MetricConfig(ConfigModel):
    """How one raw metric becomes 0-100: linear between ``worst`` and ``best``, clamped at both ends.

    ``unit`` is shown to people; ``weight`` is the metric's share of its part.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    worst: float
    best: float
    weight: float = Field(gt=0)
    unit: str = ""


class PartConfig(ConfigModel):
    """A weighted part of the health score."""

    name: Literal["financial", "engagement", "relationship", "risk"]
    weight: float = Field(gt=0)
    metrics: tuple[MetricConfig, ...]


class BandConfig(ConfigModel):
    """Score limits: green from ``green``, yellow from ``yellow``; leaving a band needs ``hysteresis`` points more."""

    green: float = Field(default=75, ge=0, le=100)
    yellow: float = Field(default=50, ge=0, le=100)
    hysteresis: float = Field(default=3, ge=0, le=20)


class CompetitorExposureConfig(ConfigModel):
    """How competitors enter the risk part: their metric's weight, and the most bands they may move an account."""

    weight: float = Field(default=0.4, gt=0, lt=1)
    max_bands: int = Field(default=1, ge=0, le=2)
    blind_share: float = Field(default=0.5, gt=0, le=1)


class FlagRuleConfig(ConfigModel):
    """When a flag is raised on an account, at which level, and what to do."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    level: Literal[1, 2, 3] = 1
    at_least: float | None = None
    due_days: int = Field(default=5, ge=0)
    play: str = ""


class HealthConfig(ConfigModel):
    """All of ``health.yaml``."""

    parts: tuple[PartConfig, ...]
    bands: BandConfig = BandConfig()
    competitors: CompetitorExposureConfig = CompetitorExposureConfig()
    flags: tuple[FlagRuleConfig, ...] = ()
