"""The reader's own order: threat × contract value × closeness of renewal, and the sentence that says so."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from digest.words import count, listed, money
from store.account_readings import AccountReading
from store.readings import SignalReading

# A small contract or a far renewal lowers a threat, but never hides it: exposure stays the strongest factor.
LEAST_VALUE = 0.3
LEAST_CLOSENESS = 0.4
RENEWAL_HORIZON_DAYS = 365

#: The share of the largest contract that an account counts for where its value is unknown.
TIER_SHARE: Mapping[str, float] = {"strategic": 0.75, "growth": 0.4, "maintenance": 0.15}


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """A signal's threat to one account: exposure in [0, 1], after decay, and what it weighs for this reader."""

    account: AccountReading
    exposure: float
    weight: float
    because: tuple[str, ...] = ()


def value_factor(account: AccountReading, largest: Decimal | None) -> float:
    """Return how much the contract weighs, from `LEAST_VALUE` to 1 for the reader's largest."""
    if account.arr is not None and largest:
        share = float(account.arr / largest)
    else:
        share = TIER_SHARE.get(account.tier, TIER_SHARE["growth"])
    return LEAST_VALUE + (1 - LEAST_VALUE) * min(1.0, share)


def closeness_factor(renewal: date | None, today: date) -> float:
    """Return how close the renewal is, from `LEAST_CLOSENESS` (a year off, past or unknown) to 1 (today)."""
    if renewal is None or renewal < today:
        return LEAST_CLOSENESS
    share = max(0.0, 1 - (renewal - today).days / RENEWAL_HORIZON_DAYS)
    return LEAST_CLOSENESS + (1 - LEAST_CLOSENESS) * share


def weigh(
    account: AccountReading, exposure: float, because: tuple[str, ...], largest: Decimal | None, today: date
) -> Threat:
    """Return the threat with its weight for this reader."""
    weight = exposure * value_factor(account, largest) * closeness_factor(account.renewal, today)
    return Threat(account=account, exposure=exposure, weight=weight, because=because)


def joint_weight(threats: Sequence[Threat]) -> float:
    """Return the weight of several threats in [0, 1]: more accounts weigh more, none less than its largest."""
    return 1 - math.prod(1 - threat.weight for threat in threats)


def order_key(signal: SignalReading, threats: Sequence[Threat]) -> tuple[float, float, float, int]:
    """Return what items are sorted by, first things first; without accounts a signal comes by its impact."""
    return (-joint_weight(threats), -signal.impact, -signal.first_seen_at.timestamp(), signal.id)


def rank_reason(threats: Sequence[Threat], currency: str, today: date) -> str:
    """Return why an item stands where it does; threats come heaviest first."""
    if not threats:
        return "no account of yours is linked to it; placed by its impact"
    account = threats[0].account
    facts = [f"exposure {threats[0].exposure * 100:.0f} of 100"]
    if account.arr is not None:
        facts.append(f"{money(account.arr, currency)} a year")
    if account.renewal is not None and account.renewal >= today:
        facts.append(f"renewal in {count((account.renewal - today).days, 'day')}")
    others = f", and {count(len(threats) - 1, 'more account')}" if len(threats) > 1 else ""
    return f"{account.name}: {listed(facts)}{others}"
