"""All accounts together: retention, net and gross revenue retention, downgrades, lifetime value, coverage, referrals.

Every figure says of how many accounts it is known; one that is not known of any is None, never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from config.accounts import Tier
from config.health import HealthConfig
from healthmerge.figures import Figures, account_figures
from store.accounts import Account, list_all_accounts
from store.flags import Flag, living_flags
from store.health import Health, latest_health
from store.kinds import Band, OutcomeKind
from store.metrics import metric_history
from store.outcomes import AccountOutcome, arr_changes, list_outcomes
from store.records import JsonObject
from store.users import as_login

PERIOD = timedelta(days=365)
#: A contract that shrank by less is rounding or an exchange rate, not a downgrade.
DOWNGRADE_FROM = 0.005
#: No account is taken to live longer than twenty years: a churn risk of 1 % would promise a century of revenue.
LEAST_CHURN = 0.05
COVERAGE_TARGET = 80.0  # percent of an account's contacts with whom we are in touch
#: Ready to be asked for a referral: green, satisfied, no flag to act on, and not amid a renewal.
REFERRAL_NPS, REFERRAL_CSAT, REFERRAL_RENEWAL_DAYS, REFERRAL_FLAG = 50.0, 90.0, 60, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An account with its revenue a year ago and now (0 after it churned), its health and its values."""

    account: Account
    then: float | None
    now: float | None
    health: Health | None
    figures: Figures
    flags: Sequence[Flag]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a portfolio: value (None is unknown), of how many accounts, and how it is worked out."""

    name: str
    label: str
    value: float | None
    unit: str
    known: int
    of: int
    means: str

    def to_json(self) -> JsonObject:
        """Return the figure for ``--json``."""
        value = None if self.value is None else round(self.value, 2)
        return {
            "name": self.name,
            "label": self.label,
            "value": value,
            "unit": self.unit,
            "known": self.known,
            "of": self.of,
            "means": self.means,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of some accounts: all of them, or one tier. ``bands`` counts the active ones by band."""

    name: str
    accounts: int
    bands: Mapping[str, int]
    figures: tuple[Figure, ...]

    def to_json(self) -> JsonObject:
        """Return the group for ``--json``."""
        return {
            "name": self.name,
            "accounts": self.accounts,
            "bands": dict(self.bands),
            "figures": {figure.name: figure.to_json() for figure in self.figures},
        }


def portfolio(
    session: Session, now: datetime, health: HealthConfig, owner: str | None = None
) -> tuple[Group, ...]:
    """Return the figures of all accounts first, then of each tier; with ``owner``, of that person's accounts."""
    standings = [
        item for item in load_standings(session, now, health) if owner in (None, as_login(item.account.owner))
    ]
    present = {item.account.tier for item in standings}
    tiers = [tier.value for tier in Tier if tier.value in present]
    groups = [_group("all", standings, now.date())]
    groups += [_group(tier, [i for i in standings if i.account.tier == tier], now.date()) for tier in tiers]
    return tuple(groups)


def load_standings(session: Session, now: datetime, health: HealthConfig) -> list[Standing]:
    """Return the accounts that are active, or whose end is recorded, with what the figures need."""
    today = now.date()
    metrics, rows, flags = metric_history(session, date.min), latest_health(session), living_flags(session)
    outcomes = arr_changes(list_outcomes(session, today - PERIOD))
    found = []
    for account in list_all_accounts(session):
        outcome = outcomes.get(account.id)
        if not account.active and (outcome is None or outcome.kind is not OutcomeKind.CHURNED):
            continue  # it left the list without a word; that says nothing of its revenue
        figures = account_figures(account, metrics.get(account.id, {}), health, today)
        found.append(
            Standing(
                account=account,
                then=_then(figures, outcome, today),
                now=_now(figures, outcome),
                health=rows.get(account.id),
                figures=figures,
                flags=flags.get(account.id, ()),
            )
        )
    return found


def _then(figures: Figures, outcome: AccountOutcome | None, today: date) -> float | None:
    """Return the revenue a year ago: as reported of then, else as the year's outcome says it was before."""
    reported = [value for period, value in figures.history.get("arr", ()) if period <= today - PERIOD]
    if reported:
        return reported[-1]
    return float(outcome.arr_before) if outcome and outcome.arr_before is not None else None


def _now(figures: Figures, outcome: AccountOutcome | None) -> float | None:
    if outcome is not None and outcome.kind is OutcomeKind.CHURNED:
        return 0.0
    if outcome is not None and outcome.arr_after is not None:
        return float(outcome.arr_after)
    return figures.values.get("arr")


def _group(name: str, standings: Sequence[Standing], today: date) -> Group:
    active = [item for item in standings if item.account.active]
    bands = {band.value: sum(_band(item) is band for item in active) for band in Band}
    return Group(
        name=name,
        accounts=len(active),
        bands={band: count for band, count in bands.items() if count},
        figures=(*_revenue(standings), *_lifetime(active), *_relations(active), _referral(active, today)),
    )


def _band(item: Standing) -> Band:
    return item.health.band if item.health else Band.GREY


def _revenue(standings: Sequence[Standing]) -> tuple[Figure, ...]:
    pairs = [(i.then, i.now) for i in standings if i.then and i.now is not None]
    known = [(then, now) for then, now in pairs if then is not None and now is not None]
    base = sum(then for then, _ in known)
    kept = sum(now > 0 for _, now in known)
    shrunk = sum(0 < now < then * (1.0 - DOWNGRADE_FROM) for then, now in known)
    of = len(standings)

    def figure(name: str, label: str, part: float, whole: float, means: str) -> Figure:
        value = 100.0 * part / whole if whole else None
        return Figure(name=name, label=label, value=value, unit="%", known=len(known), of=of, means=means)

    return (
        figure(
            "retention", "Retention", kept, len(known), "accounts of a year ago that still have a contract"
        ),
        figure(
            "nrr",
            "Net revenue retention",
            sum(now for _, now in known),
            base,
            "revenue now of the accounts of a year ago, against their revenue then; growth included",
        ),
        figure(
            "grr",
            "Gross revenue retention",
            sum(min(now, then) for then, now in known),
            base,
            "the same without growth: no account counts for more than it did then",
        ),
        figure(
            "downgrade_rate",
            "Downgrades",
            shrunk,
            len(known),
            "accounts of a year ago that stayed with a smaller contract",
        ),
    )


def _lifetime(active: Sequence[Standing]) -> tuple[Figure, ...]:
    margins = [i.figures.values["margin"] / 100.0 for i in active if "margin" in i.figures.values]
    typical = sum(margins) / len(margins) if margins else 1.0
    values = [
        arr * (i.figures.values["margin"] / 100.0 if "margin" in i.figures.values else typical) / churn
        for i in active
        if (arr := i.figures.values.get("arr")) is not None and (churn := _churn(i)) is not None
    ]
    lost = [
        arr * i.health.churn_risk
        for i in active
        if (arr := i.figures.values.get("arr")) is not None
        and i.health is not None
        and i.health.churn_risk is not None
    ]
    costs = "margin" if margins else "no margin is known, so before costs"
    return (
        Figure(
            name="clv",
            label="Lifetime value of an account",
            value=sum(values) / len(values) if values else None,
            unit="money",
            known=len(values),
            of=len(active),
            means=f"yearly revenue × margin / churn risk, at most {1 / LEAST_CHURN:.0f} years; {costs}",
        ),
        Figure(
            name="revenue_at_risk",
            label="Revenue at risk",
            value=sum(lost) if lost else None,
            unit="money",
            known=len(lost),
            of=len(active),
            means="yearly revenue × churn risk, summed",
        ),
    )


def _churn(item: Standing) -> float | None:
    if item.health is None or item.health.churn_risk is None:
        return None
    return max(LEAST_CHURN, item.health.churn_risk)


def _relations(active: Sequence[Standing]) -> tuple[Figure, ...]:
    coverage = _values(active, lambda item: item.figures.values.get("stakeholder_coverage"))
    known = _values(active, lambda item: item.health.coverage * 100.0 if item.health else None)
    return (
        Figure(
            name="stakeholder_coverage",
            label="Stakeholder coverage",
            value=_mean(coverage),
            unit="%",
            known=len(coverage),
            of=len(active),
            means=f"contacts we are in touch with among those we know, on average; "
            f"{sum(value >= COVERAGE_TARGET for value in coverage)} accounts reach {COVERAGE_TARGET:.0f} %",
        ),
        Figure(
            name="health_coverage",
            label="Known of the score",
            value=_mean(known),
            unit="%",
            known=len(known),
            of=len(active),
            means="share of all weight of the score that is known, on average",
        ),
    )


def _referral(active: Sequence[Standing], today: date) -> Figure:
    known = [item for item in active if _satisfied(item) is not None and _band(item) is not Band.GREY]
    ready = sum(is_referral_ready(item, today) for item in known)
    return Figure(
        name="referral_readiness",
        label="Ready for a referral",
        value=100.0 * ready / len(known) if known else None,
        unit="%",
        known=len(known),
        of=len(active),
        means=f"green, NPS from {REFERRAL_NPS:.0f} or CSAT from {REFERRAL_CSAT:.0f} %, no flag of level "
        f"{REFERRAL_FLAG} or more, no renewal within {REFERRAL_RENEWAL_DAYS} days",
    )


def is_referral_ready(item: Standing, today: date) -> bool:
    """Return True if the account may be asked for a referral now."""
    renewal = item.account.renewal
    amid = renewal is not None and 0 <= (renewal - today).days <= REFERRAL_RENEWAL_DAYS
    flagged = any(flag.level >= REFERRAL_FLAG for flag in item.flags)
    return _band(item) is Band.GREEN and bool(_satisfied(item)) and not amid and not flagged


def _satisfied(item: Standing) -> bool | None:
    nps, csat = item.figures.values.get("nps"), item.figures.values.get("csat")
    if nps is None and csat is None:
        return None
    return (nps is not None and nps >= REFERRAL_NPS) or (csat is not None and csat >= REFERRAL_CSAT)


def _values(standings: Sequence[Standing], value: Callable[[Standing], float | None]) -> list[float]:
    return [found for item in standings if (found := value(item)) is not None]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
