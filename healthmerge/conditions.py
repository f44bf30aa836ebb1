"""When is a flag up? One condition for each code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from healthmerge.figures import History
from store.accounts import Account
from store.exposures import Exposure
from store.kinds import Band, Category, ReasonCode

#: A figure of usage, tickets, tone or payment that is older than this raises no flag: it is no news.
RECENT = timedelta(days=75)
#: Thresholds of rules that state none; the meaning of each is in the configuration's description.
DEFAULTS = {
    "competitor_named_account": 0.0,
    "competitor_exposure_high": 60.0,
    "cai_jump": 20.0,
    "product_equivalent_launched": 0.0,
    "competitor_price_cut": 0.01,
    "competitor_hired_vertical": 0.0,
    "stakeholder_left": 1.0,
    "usage_drop": 15.0,
    "ticket_spike": 50.0,
    "negative_sentiment": 0.1,
    "renewal_near": 90.0,
    "payment_late": 60.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the conditions read of one account. ``exposures`` count and are younger than a half-life.

    ``score`` and ``band`` are those in force, ``overridden`` if by a person's word.
    """

    account: Account
    score: float | None
    band: Band
    without: float | None
    overridden: bool = False
    index: float
    index_before: float
    values: Mapping[str, float]
    history: History
    exposures: Sequence[Exposure]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A condition that holds: its subject, the reason, the figure behind it, and the signal behind it."""

    because: str
    subject: str = ""
    amount: float | None = None
    signal_id: int | None = None


Condition = Callable[[Situation, float], Iterator[Raised]]


def _of_signal(exposure: Exposure, words: str, amount: float | None = None) -> Raised:
    return Raised(
        because=f"{words}: {exposure.headline}",
        subject=f"signal:{exposure.signal_id}",
        amount=exposure.score if amount is None else amount,
        signal_id=exposure.signal_id,
    )


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
            yield _of_signal(item, f"{item.rival_name} cut a price by {max(falls):g} %", max(falls))


def _percent(price: Mapping[str, object]) -> float:
    try:
        return float(str(price.get("percent")))
    except ValueError:
        return 0.0


def _stakeholder_left(situation: Situation, threshold: float) -> Iterator[Raised]:
    moved = [item for item in situation.exposures if ReasonCode.STAKEHOLDER_MOVED in _codes(item)]
    if len(moved) >= threshold:
        for item in moved:
            yield _of_signal(item, f"a stakeholder moved to {item.rival_name}", float(len(moved)))
    lost = situation.values.get("stakeholder_loss", 0.0)
    if lost >= max(threshold, 1.0):
        people = "1 stakeholder was" if lost == 1 else f"{lost:g} stakeholders were"
        yield Raised(because=f"{people} lost in the last half-year", amount=lost)


def _exposure_high(situation: Situation, threshold: float) -> Iterator[Raised]:
    if situation.index >= threshold:
        because = f"the Competitor Activity Index stands at {situation.index:.0f} of 100"
        yield Raised(because=because, amount=situation.index)


def _jump(situation: Situation, threshold: float) -> Iterator[Raised]:
    rise = situation.index - situation.index_before
    if rise >= threshold:
        words = (
            f"rose by {rise:.0f} points in 7 days, from {situation.index_before:.0f} to {situation.index:.0f}"
        )
        yield Raised(because=f"the Competitor Activity Index {words}", amount=rise)


def _recent(situation: Situation, name: str) -> float | None:
    """Return the latest value of a metric unless it is too old to be news."""
    points = situation.history.get(name, ())
    return points[-1][1] if points and situation.now.date() - points[-1][0] <= RECENT else None


def _usage(situation: Situation, threshold: float) -> Iterator[Raised]:
    change = _recent(situation, "active_users_change")
    if change is not None and -change > threshold:
        yield Raised(because=f"active users fell by {-change:.0f} % in a month", amount=-change)


def _tickets(situation: Situation, threshold: float) -> Iterator[Raised]:
    name = "ticket_volume" if "ticket_volume" in situation.history else "tickets"
    rise = _change(situation.history.get(name, ())) if _recent(situation, name) is not None else 0.0
    if rise >= threshold:
        yield Raised(because=f"the ticket volume rose by {rise:.0f} % over the period before", amount=rise)


def _change(values: Sequence[tuple[date, float]]) -> float:
    """Return the percent by which the latest value differs from the one before; 0 if there is none."""
    if len(values) < 2 or values[-2][1] <= 0:
        return 0.0
    return 100.0 * (values[-1][1] - values[-2][1]) / values[-2][1]


def _sentiment(situation: Situation, threshold: float) -> Iterator[Raised]:
    tone = _recent(situation, "sentiment")
    if tone is not None and -tone >= threshold:
        yield Raised(because=f"the tone of recent contacts is {tone:+.2f}, below zero", amount=-tone)


def _hired(situation: Situation, threshold: float) -> Iterator[Raised]:
    for item in situation.exposures:
        hires = item.category in (Category.HIRING, Category.LEADERSHIP)
        if hires and ReasonCode.SAME_MARKET in _codes(item) and item.score >= threshold:
            yield _of_signal(item, f"{item.rival_name} hires for the market of this account")


def _renewal(situation: Situation, threshold: float) -> Iterator[Raised]:
    renewal = situation.account.renewal
    if renewal is None:
        return
    days = (renewal - situation.now.date()).days
    if 0 <= days <= threshold:
        yield Raised(
            because=f"the contract renews in {days} day{'' if days == 1 else 's'}, on {renewal.day} {renewal:%B %Y}",
            subject=renewal.isoformat(),
            amount=float(days),
        )


def _payment(situation: Situation, threshold: float) -> Iterator[Raised]:
    days = _recent(situation, "dso_days")
    if days is not None and days >= threshold:
        yield Raised(because=f"invoices stay unpaid for {days:.0f} days", amount=days)


def _band(band: Band) -> Condition:
    def condition(situation: Situation, _: float) -> Iterator[Raised]:
        if situation.band is not band or situation.score is None:
            return
        because = f"the health score stands at {situation.score:.0f}"
        without = situation.without
        if situation.overridden:
            because += ", by the word of a person"
        elif situation.index > 0 and without is not None and without - situation.score >= 0.5:
            because += f", and would be {without:.0f} without competitors"
        yield Raised(because=because)

    return condition


CONDITIONS: dict[str, Condition] = {
    "competitor_named_account": _named,
    "competitor_exposure_high": _exposure_high,
    "cai_jump": _jump,
    "product_equivalent_launched": _launched,
    "competitor_price_cut": _price_cut,
    "competitor_hired_vertical": _hired,
    "stakeholder_left": _stakeholder_left,
    "usage_drop": _usage,
    "ticket_spike": _tickets,
    "negative_sentiment": _sentiment,
    "renewal_near": _renewal,
    "payment_late": _payment,
    "health_yellow": _band(Band.YELLOW),
    "health_red": _band(Band.RED),
}
