"""``config/health.yaml``: parts, metrics, thresholds, bands, flag rules and plays."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from config.model import ConfigModel

#: The closed set of flag codes, with what ``at_least`` means for each (empty: the rule takes no threshold).
FLAG_THRESHOLDS: dict[str, str] = {
    "competitor_named_account": "exposure of the signal that names the account, 0 to 1",
    "competitor_exposure_high": "Competitor Activity Index, 0 to 100",
    "cai_jump": "points that the Competitor Activity Index rose within 7 days",
    "product_equivalent_launched": "exposure of the launch, 0 to 1",
    "competitor_price_cut": "percent by which a rival's price fell",
    "stakeholder_left": "number of stakeholders lost",
    "usage_drop": "percent by which active users fell",
    "ticket_spike": "percent by which the ticket volume rose over the period before",
    "renewal_near": "days to the renewal, or fewer",
    "payment_late": "days that invoices stay unpaid (DSO)",
    "health_yellow": "",
    "health_red": "",
}


class MetricConfig(ConfigModel):
    """How one raw metric becomes 0-100: linear between ``worst`` and ``best``, clamped at both ends.

    ``unit`` is shown to people; ``weight`` is the metric's share of its part.
    """

    name: str = Field(
        pattern=r"^[a-z][a-z0-9_]*$",
        description="Name of the metric, as used under `metrics` of an account and in imports.",
        examples=["nps"],
    )
    label: str = Field(description="What people read.", examples=["Net Promoter Score"])
    worst: float = Field(description="Raw value that counts as 0 points; every worse value does too.")
    best: float = Field(description="Raw value that counts as 100 points. May be lower than `worst`.")
    weight: float = Field(gt=0, description="Share of the metric in its part, relative to the others.")
    unit: str = Field(default="", description="Shown after the value, such as `%` or `days`.")


class PartConfig(ConfigModel):
    """A weighted part of the health score."""

    name: Literal["financial", "engagement", "relationship", "risk"] = Field(description="Which part.")
    weight: float = Field(gt=0, description="Share of the part in the score; all parts together make 100.")
    metrics: tuple[MetricConfig, ...] = Field(description="The metrics that the part is made of.")


class BandConfig(ConfigModel):
    """Score limits: green from ``green``, yellow from ``yellow``; leaving a band needs ``hysteresis`` points more."""

    green: float = Field(default=75, ge=0, le=100, description="Scores from here on are green.")
    yellow: float = Field(default=50, ge=0, le=100, description="Scores from here to green are yellow.")
    hysteresis: float = Field(
        default=3, ge=0, le=20, description="Points beyond a limit before an account changes its band."
    )


class CompetitorExposureConfig(ConfigModel):
    """How competitors enter the risk part: their metric's weight, and the most bands they may move an account."""

    weight: float = Field(
        default=0.4, gt=0, lt=1, description="Share of competitor exposure in the risk part, between 0 and 1."
    )
    max_bands: int = Field(
        default=1, ge=0, le=2, description="How many bands competitors may move an account at most."
    )
    blind_share: float = Field(
        default=0.5,
        gt=0,
        le=1,
        description="Share of unreachable sources of the rivals that threaten an account from which its "
        "exposure is unknown (grey) instead of low.",
    )


class FlagRuleConfig(ConfigModel):
    """When a flag is raised on an account, at which level, and what to do."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="Which flag; there is a closed list of them.")
    level: Literal[1, 2, 3] = Field(
        default=1, description="1 is for the owner to know, 2 to act on, 3 to act on at once."
    )
    at_least: float | None = Field(default=None, description="Threshold; its meaning depends on the code.")
    due_days: int = Field(default=5, ge=0, description="Days until the owner should have acted.")
    play: str = Field(default="", description="What to do, in plain words; shown with the flag.")


class HealthConfig(ConfigModel):
    """All of ``health.yaml``."""

    parts: tuple[PartConfig, ...] = Field(description="The parts of the score.")
    bands: BandConfig = Field(default=BandConfig(), description="Limits between green, yellow and red.")
    competitors: CompetitorExposureConfig = Field(
        default=CompetitorExposureConfig(), description="How competitors enter the score."
    )
    flags: tuple[FlagRuleConfig, ...] = Field(default=(), description="The flags and their plays.")
