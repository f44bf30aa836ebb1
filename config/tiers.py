"""The section ``tiers`` of ``settings.yaml``: how accounts without a said tier get one."""

from __future__ import annotations

from pydantic import Field

from config.model import ConfigModel


class TierSettings(ConfigModel):
    """The rule for tiers. A tier that a file or a connected system says always goes before it.

    Strategic is who reaches ``strategic_share`` or ``strategic_importance``; of the others, growth is who reaches
    ``growth_share`` or ``growth_potential``; the rest is maintenance. Accounts of which nothing of this is known keep
    the tier growth.
    """

    by_rule: bool = Field(
        default=False, description="Whether the rule is applied; else such accounts are growth."
    )
    strategic_share: float = Field(
        default=5,
        gt=0,
        le=100,
        description="Percent of the revenue of all accounts from which one is strategic.",
    )
    strategic_importance: float = Field(
        default=80,
        ge=0,
        le=100,
        description="Metric `strategic_importance` from which an account is strategic.",
    )
    growth_share: float = Field(
        default=1,
        gt=0,
        le=100,
        description="Percent of the revenue of all accounts from which one is growth.",
    )
    growth_potential: float = Field(
        default=20,
        ge=0,
        description="Metric `arr_potential` (percent of ARR) from which an account is growth.",
    )
