"""Tiers by rule: revenue share, strategic importance, growth potential. A said tier goes before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from config.accounts import Tier
from config.tiers import TierSettings
from store.account_writes import drop_ruled_tiers, write_tiers
from store.accounts import Account, list_accounts
from store.metrics import metric_history

IMPORTANCE, POTENTIAL = "strategic_importance", "arr_potential"


def apply_tier_rule(session: Session, settings: TierSettings) -> int:
    """Give every account without a said tier the tier that the rule finds; return how many moved."""
    if not settings.by_rule:
        drop_ruled_tiers(session)
        return 0
    accounts = list_accounts(session)
    history = metric_history(session, date.min)
    latest = {
        account: {name: points[-1][1] for name, points in metrics.items() if points}
        for account, metrics in history.items()
    }
    return write_tiers(session, tiers_by_rule(accounts, latest, settings))


def tiers_by_rule(
    accounts: Sequence[Account], metrics: Mapping[int, Mapping[str, float]], settings: TierSettings
) -> dict[str, tuple[str, str]]:
    """Return account key → (tier, why) by the rule. Pure; the order of accounts does not matter."""
    total = sum((account.arr for account in accounts if account.arr is not None), Decimal())
    return {account.key: _tier(account, total, metrics.get(account.id, {}), settings) for account in accounts}


def _tier(
    account: Account, total: Decimal, metrics: Mapping[str, float], settings: TierSettings
) -> tuple[str, str]:
    share = None if account.arr is None or not total else float(100 * account.arr / total)
    importance, potential = metrics.get(IMPORTANCE), metrics.get(POTENTIAL)
    if share is not None and share >= settings.strategic_share:
        return Tier.STRATEGIC, f"{share:.1f} % of all revenue, from {settings.strategic_share:g} % on"
    if importance is not None and importance >= settings.strategic_importance:
        return (
            Tier.STRATEGIC,
            f"strategic importance {importance:g}, from {settings.strategic_importance:g} on",
        )
    if share is not None and share >= settings.growth_share:
        return Tier.GROWTH, f"{share:.1f} % of all revenue, from {settings.growth_share:g} % on"
    if potential is not None and potential >= settings.growth_potential:
        return (
            Tier.GROWTH,
            f"growth potential {potential:g} % of ARR, from {settings.growth_potential:g} % on",
        )
    if share is None and importance is None and potential is None:
        return Tier.GROWTH, "nothing is known that the rule looks at"
    return Tier.MAINTENANCE, "below every limit of the rule"
