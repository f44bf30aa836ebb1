"""When is a flag up? Conditions by rule, and what becomes of the flags that are living already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from config.health import FlagRuleConfig, HealthConfig
from healthmerge.score import Merged
from store.accounts import Account
from store.exposures import Exposure
from store.flags import Flag
from store.kinds import Band, Category, FlagState, ReasonCode

History = Mapping[str, Sequence[tuple[date, float]]]
#: After a person closed a flag, the same condition stays quiet for so long.
QUIET = timedelta(days=14)
TOP_LEVEL = 3
#: Thresholds of rules that state none; the meaning of each is in the configuration's description.
DEFAULTS = {
    "competitor_named_account": 0.0,
    "competitor_exposure_high": 60.0,
    "cai_jump": 20.0,
    "product_equivalent_launched": 0.0,
    "competitor_price_cut": 0.01,
    "stakeholder_left": 1.0,
    "usage_drop": 15.0,
    "ticket_spike": 50.0,
    "renewal_near": 90.0,
    "payment_late": 60.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the conditions read of one account. ``exposures`` count and are younger than a half-life."""

    account: Account
    merged: Merged
    index: float
    index_before: float
    values: Mapping[str, float]
    history: History
    exposures: Sequence[Exposure]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A condition that holds: its subject, the reason, and the signal behind it."""

    because: str
    subject: str = ""
    signal_id: int | None = None


Condition = Callable[[Situation, float], Iterator[Raised]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagChanges:
    """What to write: flags to open, living ones to rewrite, and those whose condition ended."""

    opened: tuple[Flag, ...] = ()
    updated: tuple[Flag, ...] = ()
    ended: tuple[Flag, ...] = ()


def decide_flags(
    config: HealthConfig,
    situation: Situation,
    living: Sequence[Flag],
    closed_by_people: Mapping[tuple[int, str, str], datetime],
) -> FlagChanges:
    """Return what becomes of an account's flags. A rule that is absent is off; its living flags end."""
    opened: list[Flag] = []
    updated: list[Flag] = []
    held: set[tuple[str, str]] = set()
    by_key = {(flag.code, flag.subject): flag for flag in living}
    for rule in config.flags:
        for raised in _raised(rule, situation):
            key = (rule.code, raised.subject)
            if key in held:
                continue
            held.add(key)
            if flag := by_key.get(key):
                updated.extend(_refreshed(flag, raised, rule, situation.now))
            elif not _quiet(situation, rule, raised, closed_by_people):
                opened.append(_new(rule, raised, situation))
    ended = tuple(flag for key, flag in by_key.items() if key not in held)
    return FlagChanges(opened=tuple(opened), updated=tuple(updated), ended=ended)


def _raised(rule: FlagRuleConfig, situation: Situation) -> Iterator[Raised]:
    condition = CONDITIONS.get(rule.code)
    if condition is None:
        return
    threshold = rule.at_least if rule.at_least is not None else DEFAULTS.get(rule.code, 0.0)
    yield from condition(situation, threshold)


def _quiet(
    situation: Situation,
    rule: FlagRuleConfig,
    raised: Raised,
    closed: Mapping[tuple[int, str, str], datetime],
) -> bool:
    # A flag of one signal or one renewal is dealt with for good; a lasting condition comes back after a while.
    at = closed.get((situation.account.id, rule.code, raised.subject))
    return at is not None and (bool(raised.subject) or situation.now - at < QUIET)


def _new(rule: FlagRuleConfig, raised: Raised, situation: Situation) -> Flag:
    return Flag(
        account_id=situation.account.id,
        code=rule.code,
        subject=raised.subject,
        level=rule.level,
        owner=situation.account.owner,
        because=raised.because,
        play=" ".join(rule.play.split()),
        signal_id=raised.signal_id,
        opened_at=situation.now,
        due_at=situation.now + timedelta(days=rule.due_days),
    )


def _refreshed(flag: Flag, raised: Raised, rule: FlagRuleConfig, now: datetime) -> Iterator[Flag]:
    fresh = replace(flag, because=raised.because)
    if flag.state is FlagState.SNOOZED and flag.snoozed_until is not None and flag.snoozed_until <= now:
        due = now + timedelta(days=rule.due_days)
        fresh = replace(fresh, state=FlagState.OPEN, snoozed_until=None, due_at=due)
    elif (
        flag.state is FlagState.OPEN
        and flag.due_at is not None
        and flag.due_at < now
        and flag.level < TOP_LEVEL
    ):
        fresh = replace(fresh, level=flag.level + 1, due_at=now + timedelta(days=rule.due_days))
    if fresh != flag:
        yield fresh


def _of_signal(exposure: Exposure, words: str) -> Raised:
    because = f"{words}: {exposure.headline}"
    return Raised(because=because, subject=f"signal:{exposure.signal_id}", signal_id=exposure.signal_id)


def _codes(exposure: Exposure) -> set[ReasonCode]:
    return {reason.code for reason in exposure.reasons}


def _named(situation: Situation, threshold: float) -> Iterator[Raised]:
    for item in situation.exposures:
        if _codes(item) & {ReasonCode.NAMED, ReasonCode.THEIR_CUSTOMER} and item.score >= threshold:
            customer = ReasonCode.THEIR_CUSTOMER in _codes(item)
            yield _of_signal(
                item, f"{item.rival_name} names this account{' as its customer' if customer else ''}"
            )


def _launched(situation: Situation, threshold: float) -> Iterator[Raised]:
    for item in situation.exposures:
        launch = item.category is Category.LAUNCH and ReasonCode.PRODUCT_OVERLAP in _codes(item)
        if launch and item.score >= threshold:
            yield _of_signal(item, f"{item.rival_name} launched an equivalent of what the account uses")


def _price_cut(situation: Situation, threshold: float) -> Iterator[Raised]:
    for item in situation.exposures:
        prices = item.facts.get("prices") or []
        falls = [-_percent(price) for price in prices if isinstance(price, Mapping) and _percent(price) < 0]
        if falls and max(falls) >= threshold:
            yield _of_signal(item, f"{item.rival_name} cut a price by {max(falls):g} %")


def _percent(price: Mapping[str, object]) -> float:
    try:
        return float(str(price.get("percent")))
    except ValueError:
        return 0.0


def _stakeholder_left(situation: Situation, threshold: float) -> Iterator[Raised]:
    moved = [item for item in situation.exposures if ReasonCode.STAKEHOLDER_MOVED in _codes(item)]
    if len(moved) >= threshold:
        for item in moved:
            yield _of_signal(item, f"a stakeholder moved to {item.rival_name}")
    lost = situation.values.get("stakeholder_loss", 0.0)
    if lost >= max(threshold, 1.0):
        people = "1 stakeholder was" if lost == 1 else f"{lost:g} stakeholders were"
        yield Raised(because=f"{people} lost in the last half-year")


def _exposure_high(situation: Situation, threshold: float) -> Iterator[Raised]:
    if situation.index >= threshold:
        yield Raised(because=f"the Competitor Activity Index stands at {situation.index:.0f} of 100")


def _jump(situation: Situation, threshold: float) -> Iterator[Raised]:
    rise = situation.index - situation.index_before
    if rise >= threshold:
        words = (
            f"rose by {rise:.0f} points in 7 days, from {situation.index_before:.0f} to {situation.index:.0f}"
        )
        yield Raised(because=f"the Competitor Activity Index {words}")


def _usage(situation: Situation, threshold: float) -> Iterator[Raised]:
    falls = [
        -situation.values.get("active_users_change", 0.0),
        -_change(situation.history.get("active_users", ())),
    ]
    if max(falls) >= threshold:
        yield Raised(because=f"active users fell by {max(falls):.0f} %")


def _tickets(situation: Situation, threshold: float) -> Iterator[Raised]:
    rise = _change(situation.history.get("ticket_volume", ()))
    if rise >= threshold:
        yield Raised(because=f"the ticket volume rose by {rise:.0f} % over the period before")


def _change(values: Sequence[tuple[date, float]]) -> float:
    """Return the percent by which the latest value differs from the one before; 0 if there is none."""
    if len(values) < 2 or values[-2][1] <= 0:
        return 0.0
    return 100.0 * (values[-1][1] - values[-2][1]) / values[-2][1]


def _renewal(situation: Situation, threshold: float) -> Iterator[Raised]:
    renewal = situation.account.renewal
    if renewal is None:
        return
    days = (renewal - situation.now.date()).days
    if 0 <= days <= threshold:
        yield Raised(
            because=f"the contract renews in {days} days, on {renewal.isoformat()}",
            subject=renewal.isoformat(),
        )


def _payment(situation: Situation, threshold: float) -> Iterator[Raised]:
    days = situation.values.get("dso_days")
    if days is not None and days >= threshold:
        yield Raised(because=f"invoices stay unpaid for {days:.0f} days")


def _band(band: Band) -> Condition:
    def condition(situation: Situation, _: float) -> Iterator[Raised]:
        merged = situation.merged
        if merged.band is band and merged.score is not None:
            because = f"the health score stands at {merged.score:.0f}"
            if situation.index > 0 and merged.without is not None and merged.without - merged.score >= 0.5:
                because += f", and would be {merged.without:.0f} without competitors"
            yield Raised(because=because)

    return condition


CONDITIONS: dict[str, Condition] = {
    "competitor_named_account": _named,
    "competitor_exposure_high": _exposure_high,
    "cai_jump": _jump,
    "product_equivalent_launched": _launched,
    "competitor_price_cut": _price_cut,
    "stakeholder_left": _stakeholder_left,
    "usage_drop": _usage,
    "ticket_spike": _tickets,
    "renewal_near": _renewal,
    "payment_late": _payment,
    "health_yellow": _band(Band.YELLOW),
    "health_red": _band(Band.RED),
}
