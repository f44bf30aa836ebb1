"""``config/health.yaml``: parts, metrics, computed figures, profiles, bands, flag rules and plays."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from config.accounts import Tier
from config.model import ConfigModel

PartName = Literal["financial", "engagement", "relationship", "risk"]

#: The closed set of flag codes, with what ``at_least`` means for each (empty: the rule takes no threshold).
FLAG_THRESHOLDS: dict[str, str] = {
    "competitor_named_account": "exposure of the signal that names the account, 0 to 1",
    "competitor_exposure_high": "Competitor Activity Index, 0 to 100",
    "cai_jump": "points that the Competitor Activity Index rose within 7 days",
    "product_equivalent_launched": "exposure of the launch, 0 to 1",
    "competitor_price_cut": "percent by which a rival's price fell",
    "competitor_hired_vertical": "exposure of the hiring or appointment, 0 to 1",
    "stakeholder_left": "number of stakeholders lost",
    "usage_drop": "percent by which active users fell from one month to the next",
    "ticket_spike": "percent by which the ticket volume rose over the period before",
    "negative_sentiment": "how far the tone of recent contacts lies below zero, 0 to 1",
    "renewal_near": "days to the renewal, or fewer",
    "payment_late": "days that invoices stay unpaid (DSO)",
    "health_yellow": "",
    "health_red": "",
}
#: Flags whose figure is graver the smaller it is.
FALLING_THRESHOLDS = frozenset({"renewal_near"})


class PointsStepConfig(ConfigModel):
    """Raw values from ``at_least`` on give ``points``, up to the next step."""

    at_least: float = Field(description="Raw value from which the step holds.")
    points: float = Field(ge=0, le=100, description="Points that it gives, 0 to 100.")


class MetricConfig(ConfigModel):
    """How one raw metric becomes 0-100 points.

    ``linear`` (the default) is a straight line from ``worst`` to ``best``, clamped at both ends; ``steps`` gives the
    points of the highest step reached; ``percentile`` ranks the value among the accounts of the same tier.
    """

    name: str = Field(
        pattern=r"^[a-z][a-z0-9_]*$",
        description="Name of the metric, as used under `metrics` of an account and in imports.",
        examples=["nps"],
    )
    label: str = Field(description="What people read.", examples=["Net Promoter Score"])
    rule: Literal["linear", "steps", "percentile"] = Field(
        default="linear", description="How the raw value becomes points."
    )
    worst: float | None = Field(
        default=None, description="Raw value that counts as 0 points; every worse value does too."
    )
    best: float | None = Field(
        default=None, description="Raw value that counts as 100 points. May be lower than `worst`."
    )
    steps: tuple[PointsStepConfig, ...] = Field(
        default=(),
        description="For the rule `steps`, in ascending order; below the first step its points hold.",
    )
    better: Literal["higher", "lower"] = Field(
        default="higher", description="For the rule `percentile`: which end is the good one."
    )
    weight: float = Field(gt=0, description="Share of the metric in its part, relative to the others.")
    unit: str = Field(default="", description="Shown after the value, such as `%` or `days`.")

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.rule == "linear" and (self.worst is None or self.best is None):
            raise ValueError("a linear metric needs 'worst' and 'best'; write both, or another 'rule'")
        rising = [step.at_least for step in self.steps]
        if self.rule == "steps" and (not rising or rising != sorted(set(rising))):
            raise ValueError(
                "the steps are missing or not in ascending order; write them from small to large"
            )
        return self


class PartConfig(ConfigModel):
    """A weighted part of the health score."""

    name: PartName = Field(description="Which part.")
    weight: float = Field(gt=0, description="Share of the part in the score; all parts together make 100.")
    metrics: tuple[MetricConfig, ...] = Field(description="The metrics that the part is made of.")


class ComputedConfig(ConfigModel):
    """A metric that is worked out from raw figures wherever nobody reports it.

    ``value``: of as it stands. ``ratio``: of / to × times. ``remainder``: 100 × (1 - of / to).
    ``change``: percent against the period before. ``year_change``: percent of the last three periods against the
    same three a year earlier. ``stability``: 100 × (1 - deviation / mean) over the last twelve periods.
    ``fading``: 100 × (1 - 0.5^(value / times)), where the value grows by a day each day.
    """

    metric: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="The metric that it gives.")
    how: Literal["value", "ratio", "remainder", "change", "year_change", "stability", "fading"] = Field(
        description="The formula."
    )
    of: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="The raw figure it starts from.")
    to: str | None = Field(
        default=None, pattern=r"^[a-z][a-z0-9_]*$", description="The raw figure it is divided by."
    )
    times: float | Literal["days_in_period"] = Field(
        default=100.0, description="Factor of a ratio, or half-life in days of what fades."
    )

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.how in ("ratio", "remainder") and self.to is None:
            raise ValueError(f"'{self.how}' needs 'to'; name the figure to divide by")
        if self.how == "fading" and (isinstance(self.times, str) or self.times <= 0):
            raise ValueError("'fading' needs a half-life above 0; write 'times: 45'")
        return self


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
        description="Share of the time in which the sources of the rivals that threaten an account could not be "
        "read, over the last week or over the whole window, from which its exposure is unknown (grey).",
    )


class MetricChangeConfig(ConfigModel):
    """What a profile changes of one metric; what it leaves out stays."""

    weight: float | None = Field(default=None, gt=0, description="Share of the metric in its part.")
    worst: float | None = Field(default=None, description="Raw value that counts as 0 points.")
    best: float | None = Field(default=None, description="Raw value that counts as 100 points.")


class ProfileConfig(ConfigModel):
    """What is different for the accounts of one tier."""

    parts: dict[PartName, float] = Field(
        default_factory=dict, description="Other weights of parts; all parts together make 100 again."
    )
    metrics: dict[str, MetricChangeConfig] = Field(
        default_factory=dict, description="Other weights or limits of metrics, by name."
    )
    bands: BandConfig | None = Field(default=None, description="Other limits between green, yellow and red.")
    competitors: CompetitorExposureConfig | None = Field(
        default=None, description="Another share of competitors."
    )


class LevelStepConfig(ConfigModel):
    """From which figure on a flag has a higher level."""

    at: float = Field(description="The figure, in the unit of `at_least`.")
    level: Literal[2, 3] = Field(description="The level from there on.")


class FlagRuleConfig(ConfigModel):
    """When a flag is raised on an account, at which level, and what to do.

    Level 1 mails the owner talking points, level 2 proposes a check-in with an agenda, level 3 asks for an action plan.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="Which flag; there is a closed list of them.")
    level: Literal[1, 2, 3] = Field(
        default=1, description="1 is for the owner to know, 2 to act on, 3 to act on at once."
    )
    at_least: float | None = Field(default=None, description="Threshold; its meaning depends on the code.")
    levels: tuple[LevelStepConfig, ...] = Field(
        default=(), description="Figures from which the level is higher, such as 25 for level 3."
    )
    due_days: int = Field(default=5, ge=0, description="Days until the owner should have acted.")
    play: str = Field(default="", description="What to do, in plain words; shown with the flag.")
    talking_points: tuple[str, ...] = Field(
        default=(), description="What to say; in the mail of level 1. Without them, `defaults` has some."
    )
    agenda: tuple[str, ...] = Field(default=(), description="What to talk about in the check-in of level 2.")
    action_plan: tuple[str, ...] = Field(default=(), description="The steps of the escalation of level 3.")


class GuideConfig(ConfigModel):
    """What stands in the mails of flags whose rule says nothing of its own."""

    talking_points: tuple[str, ...] = Field(default=(), description="For level 1.")
    agenda: tuple[str, ...] = Field(default=(), description="For level 2.")
    action_plan: tuple[str, ...] = Field(default=(), description="For level 3.")


class HealthConfig(ConfigModel):
    """All of ``health.yaml``."""

    parts: tuple[PartConfig, ...] = Field(description="The parts of the score.")
    computed: tuple[ComputedConfig, ...] = Field(
        default=(), description="Metrics that are worked out from raw figures."
    )
    bands: BandConfig = Field(default=BandConfig(), description="Limits between green, yellow and red.")
    competitors: CompetitorExposureConfig = Field(
        default=CompetitorExposureConfig(), description="How competitors enter the score."
    )
    profiles: dict[Tier, ProfileConfig] = Field(
        default_factory=dict, description="What is different for the accounts of a tier."
    )
    flags: tuple[FlagRuleConfig, ...] = Field(default=(), description="The flags and their plays.")
    guide: GuideConfig = Field(
        default=GuideConfig(), description="Talking points, agenda and plan of flags without their own."
    )
    executives: tuple[str, ...] = Field(
        default=(), description="Subscribers (e-mail) who get every escalation of level 3."
    )

    def metric_names(self) -> frozenset[str]:
        """Return the names that an account may report: the metrics, and the raw figures of computed ones."""
        figures = {name for item in self.computed for name in (item.metric, item.of, item.to) if name}
        return frozenset(figures | {metric.name for part in self.parts for metric in part.metrics})

    def for_tier(self, tier: str) -> HealthConfig:
        """Return the configuration as it holds for the accounts of a tier."""
        profile = next((found for key, found in self.profiles.items() if key.value == tier), None)
        if profile is None:
            return self
        parts = tuple(_profiled(part, profile) for part in self.parts)
        changes = {"bands": profile.bands, "competitors": profile.competitors}
        return self.model_copy(
            update={"parts": parts, **{key: value for key, value in changes.items() if value is not None}}
        )


def _profiled(part: PartConfig, profile: ProfileConfig) -> PartConfig:
    metrics = tuple(
        metric.model_copy(update=profile.metrics[metric.name].model_dump(exclude_none=True))
        if metric.name in profile.metrics
        else metric
        for metric in part.metrics
    )
    return part.model_copy(update={"weight": profile.parts.get(part.name, part.weight), "metrics": metrics})
